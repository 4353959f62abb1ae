"""A choice moment, its options, how sure through time, and what was chosen when. Doubt is kept like any answer."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person, Placement, SchoolYear
from app.platform.orm import Base, Id, Moment
from app.portfolio.models import Entry


class ChoiceKind(StrEnum):
    """A direction at school (sector or profile), a study after it, or the school after primary school."""

    DIRECTION = "direction"
    STUDY = "study"
    TRANSFER = "transfer"


class ChoiceMoment(Base):
    """One of a kind for a pupil in a school year. `ring` reaches as with an entry; `version` is the ETag."""

    __tablename__ = "choice_moment"
    __table_args__ = (
        CheckConstraint("kind in ('direction', 'study', 'transfer')", name="kind"),
        CheckConstraint("ring between 0 and 2", name="ring"),
        CheckConstraint("(look_back is null) = (looked_back_at is null)", name="look_back"),
        UniqueConstraint("pupil_id", "kind", "school_year"),
        Index(None, "placement_id"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    placement_id: Mapped[UUID] = mapped_column(ForeignKey(Placement.id), doc="where the pupil was when it began")
    kind: Mapped[str] = mapped_column(Text)
    school_year: Mapped[int] = mapped_column(ForeignKey(SchoolYear.start_year))
    ring: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    motives: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}", doc="codes of reference data")
    own_motive: Mapped[str] = mapped_column(Text, server_default="")
    look_back: Mapped[dict[str, Any] | None] = mapped_column(JSONB, doc="as schemas.LookBack")
    looked_back_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    changed_on: Mapped[date] = mapped_column(doc="day of the last change to any part of it, Europe/Amsterdam")

    @property
    def state(self) -> str:
        """As the law of entries asks it."""
        return "shared" if self.ring else "draft"


class ChoiceOption(Base):
    """Something on the list, or taken off it with a why: a suggestion by its code, or in the pupil's own words."""

    __tablename__ = "choice_option"
    __table_args__ = (
        CheckConstraint("(code is null) = (length(name) > 0)", name="named"),
        UniqueConstraint("moment_id", "id"),
        Index("ix_choice_option_code", "moment_id", "code", unique=True, postgresql_where="code is not null"),
    )

    id: Mapped[Id]
    moment_id: Mapped[UUID] = mapped_column(ForeignKey(ChoiceMoment.id, ondelete="CASCADE"))
    code: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text, server_default="")
    plus: Mapped[str] = mapped_column(Text, server_default="")
    minus: Mapped[str] = mapped_column(Text, server_default="")
    seen: Mapped[str] = mapped_column(Text, server_default="", doc="what the pupil saw of it")
    off_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="not on the list any more")
    off_why: Mapped[str] = mapped_column(Text, server_default="")
    version: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[Moment]


class ChoiceOptionEntry(Base):
    """An own story that shows something of an option."""

    __tablename__ = "choice_option_entry"
    __table_args__ = (Index(None, "entry_id"),)

    option_id: Mapped[UUID] = mapped_column(ForeignKey(ChoiceOption.id, ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey(Entry.id, ondelete="CASCADE"), primary_key=True)


class ChoiceSureness(Base):
    """How sure on one day, from 1 (no idea yet) to 5 (very sure); a change is a row more."""

    __tablename__ = "choice_sureness"
    __table_args__ = (
        CheckConstraint("sure between 1 and 5", name="sure"),
        Index(None, "moment_id", "at"),
    )

    id: Mapped[Id]
    moment_id: Mapped[UUID] = mapped_column(ForeignKey(ChoiceMoment.id, ondelete="CASCADE"))
    sure: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(Text, server_default="")
    at: Mapped[Moment]


class ChoicePick(Base):
    """What the pupil chose on a day; the newest counts. Without `plan_a` the choice is open again."""

    __tablename__ = "choice_pick"
    __table_args__ = (
        CheckConstraint("plan_b is null or (plan_a is not null and plan_a <> plan_b)", name="plans"),
        ForeignKeyConstraint(
            ["moment_id", "plan_a"], ["choice_option.moment_id", "choice_option.id"], name="fk_choice_pick_plan_a"
        ),
        ForeignKeyConstraint(
            ["moment_id", "plan_b"], ["choice_option.moment_id", "choice_option.id"], name="fk_choice_pick_plan_b"
        ),
        Index(None, "moment_id", "at"),
        Index(None, "plan_a"),
        Index(None, "plan_b"),
    )

    id: Mapped[Id]
    moment_id: Mapped[UUID] = mapped_column(ForeignKey(ChoiceMoment.id, ondelete="CASCADE"))
    plan_a: Mapped[UUID | None]
    plan_b: Mapped[UUID | None]
    why: Mapped[str] = mapped_column(Text, server_default="")
    at: Mapped[Moment]
