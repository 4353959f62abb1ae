"""A question that a school asks besides the product's own, and every wording it ever had."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person, School
from app.platform.orm import Base, Id, Moment
from app.reference.codes import Competency

PREFIX = "school-"
"""In answers a question of a school goes by this and its id."""

_COMPETENCIES = ", ".join(repr(code.value) for code in Competency)


class SchoolQuestion(Base):
    """A question of a school as it is asked now. `version` counts changes, and is the ETag; `kinds` empty is all."""

    __tablename__ = "school_question"
    __table_args__ = (
        CheckConstraint(f"competency in ({_COMPETENCIES})", name="competency"),
        CheckConstraint("cardinality(bands) > 0", name="bands"),
        Index(None, "school_id"),
    )

    id: Mapped[Id]
    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id))
    competency: Mapped[str] = mapped_column(Text)
    bands: Mapped[list[str]] = mapped_column(ARRAY(Text))
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    since: Mapped[Moment] = mapped_column(doc="when this version came")
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id), doc="who made this version")
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SchoolQuestionVersion(Base):
    """A question of a school as it was asked since a moment; nothing here changes or goes."""

    __tablename__ = "school_question_version"

    question_id: Mapped[UUID] = mapped_column(ForeignKey(SchoolQuestion.id, ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="as schemas.SchoolQuestionContent")
    since: Mapped[Moment]
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
