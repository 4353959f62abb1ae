"""Consents, as they were asked and answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment


class Consent(Base):
    """One person was asked one thing about one pupil. An answer ends by another answer; lines are never removed."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("answer in ('yes', 'no')", name="answer"),
        CheckConstraint("(answer is null) = (answered_at is null)", name="answered"),
        Index(
            "ix_consent_current",
            "pupil_id",
            "purpose",
            "version",
            "asked_of",
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
        Index(None, "asked_of"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    purpose: Mapped[str] = mapped_column(Text, doc="reference/data/consents.json")
    version: Mapped[int] = mapped_column(SmallInteger, doc="of the text that was shown")
    asked_of: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    asked_at: Mapped[Moment]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="withdrawn, or answered anew")
