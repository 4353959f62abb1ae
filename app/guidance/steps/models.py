"""A next step: the pupil's alone, or agreed in a conversation (then it says who does it)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment
from app.portfolio.models import Entry


class Who(StrEnum):
    """Who does it. What a pupil makes alone is the pupil's."""

    PUPIL = "pupil"
    STAFF = "staff"
    HOME = "home"


class NextStep(Base):
    """Something small to do. Open until it is done or let go; `version` is the ETag.

    A step of a conversation comes to be when the pupil says akkoord (a trigger, migration 0024): then staff who may
    see the talk read it, and home where it reads the record.
    """

    __tablename__ = "next_step"
    __table_args__ = (
        CheckConstraint("length(text) between 1 and 200", name="text"),
        CheckConstraint("done_at is null or let_go_at is null", name="one_end"),
        CheckConstraint("who in ('pupil', 'staff', 'home')", name="who"),
        CheckConstraint("(who = 'staff') = (staff_id is not null)", name="staff"),
        CheckConstraint("who = 'pupil' or conversation_id is not null", name="agreed"),
        Index(None, "pupil_id"),
        Index(None, "entry_id"),
        Index(None, "conversation_id", postgresql_where="conversation_id is not null"),
        Index(None, "staff_id", postgresql_where="staff_id is not null"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(doc="the last day for it, as the pupil chose")
    remind_on: Mapped[date | None] = mapped_column(doc="from this day it stands on the pupil's home")
    entry_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Entry.id, ondelete="SET NULL"), doc="the story it came from"
    )
    made_at: Mapped[Moment]
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    let_go_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column(Integer)
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversation.id"), doc="the talk in which it was agreed; none: the pupil's alone"
    )
    who: Mapped[str] = mapped_column(Text, server_default="pupil")
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), doc="where staff does it: which of them")
