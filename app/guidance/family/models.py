"""When a parent last saw the page of a child."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Moment


class HomeVisit(Base):
    """One line a guardian and child. What is new counts from `since` as long as the visit of `seen_at` goes on."""

    __tablename__ = "home_visit"

    guardian_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="the end of the visit before this one")
    seen_at: Mapped[Moment]
