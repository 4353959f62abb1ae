"""A kind reminder by staff to a pupil. Whom it may concern is derived each time (queries.py)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.guidance.activities.models import Activity
from app.people.models import Person
from app.platform.orm import Base, Id, Moment


class ReminderKind(StrEnum):
    """Which of the fixed sentences: something of school still waits, or nothing was told for a while."""

    OPEN = "open"
    QUIET = "quiet"


class Reminder(Base):
    """One sentence to one pupil; `id` is one tap, which may be for several. A trigger keeps it to one in a week."""

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("kind in ('open', 'quiet')", name="kind"),
        CheckConstraint("(kind = 'open') = (activity_id is not null)", name="about"),
        Index(None, "pupil_id", "sent_on"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    activity_id: Mapped[UUID | None] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"))
    sent_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    sent_on: Mapped[date]
    sent_at: Mapped[Moment]
    seen_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="closed by the pupil")
