"""A card that is being filled in or was, and the card that school puts ready for a group."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Group, Person, Placement
from app.platform.orm import Base, Id, Moment


class HomeworkState(StrEnum):
    """draft (who began it, and the pupil) → shared, with home or with school as well, by the pupil; and back."""

    DRAFT = "draft"
    SHARED = "shared"


class HomeworkOffer(Base):
    """A card that school puts ready for a group, to do before a day; each card once a year."""

    __tablename__ = "homework_offer"
    __table_args__ = (UniqueConstraint("group_id", "card"),)

    id: Mapped[Id]
    group_id: Mapped[UUID] = mapped_column(ForeignKey(Group.id))
    card: Mapped[str] = mapped_column(Text)
    card_version: Mapped[int] = mapped_column(SmallInteger)
    on_day: Mapped[date]
    offered_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    offered_at: Mapped[Moment]


class Homework(Base):
    """One card with both answers. `*_by` is on whose device an answer was given; a trigger keeps the voices apart.

    `version` is the ETag. A sound is an attachment of this card, sent by whoever is in `*_by`.
    """

    __tablename__ = "homework"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'shared')", name="state"),
        CheckConstraint("(state = 'shared') = (shared_at is not null)", name="shared"),
        CheckConstraint(
            "with_school = (placement_id is not null) and (state = 'shared' or not with_school)", name="school"
        ),
        CheckConstraint("(child_by is null) = (child_text = '' and child_sound is null)", name="child"),
        CheckConstraint("(home_by is null) = (home_text = '' and home_sound is null)", name="home"),
        CheckConstraint("length(child_text) <= 2000 and length(home_text) <= 2000", name="length"),
        Index(None, "pupil_id"),
        Index(None, "offer_id"),
        Index(None, "placement_id"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    begun_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    card: Mapped[str] = mapped_column(Text)
    card_version: Mapped[int] = mapped_column(SmallInteger)
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey(HomeworkOffer.id, ondelete="SET NULL"))
    language: Mapped[str] = mapped_column(Text, doc="beside Dutch: what the parent reads and answers in")
    child_text: Mapped[str] = mapped_column(Text, server_default="")
    child_sound: Mapped[UUID | None]
    child_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    home_text: Mapped[str] = mapped_column(Text, server_default="")
    home_sound: Mapped[UUID | None]
    home_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    state: Mapped[str] = mapped_column(Text, server_default="draft")
    with_school: Mapped[bool] = mapped_column(server_default="false")
    placement_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Placement.id), doc="with which school: the pupil's placement on that day"
    )
    changed_on: Mapped[date] = mapped_column(doc="day of the last change to what is said, Europe/Amsterdam")
    begun_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    shared_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column(Integer)
