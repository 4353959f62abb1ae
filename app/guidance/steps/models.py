"""A next step. Today it is the pupil's alone; a conversation may later add who agreed to it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment
from app.portfolio.models import Entry


class NextStep(Base):
    """Something small to do. Open until it is done or let go; `version` is the ETag."""

    __tablename__ = "next_step"
    __table_args__ = (
        CheckConstraint("length(text) between 1 and 200", name="text"),
        CheckConstraint("done_at is null or let_go_at is null", name="one_end"),
        Index(None, "pupil_id"),
        Index(None, "entry_id"),
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
