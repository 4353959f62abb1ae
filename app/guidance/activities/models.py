"""An activity, the groups it is for, who signed up, and who was not there.

What waits for a pupil is derived: one of an invited group on that day (and signed up, where one signs up), who was
there and made no entry of it yet.
"""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.guidance.organisations.models import Organisation
from app.people.models import Group, Person, School
from app.platform.orm import Base, Id, Moment


class ActivityState(StrEnum):
    """draft (staff only) → published → cancelled; a cancelled one can be published again."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Activity(Base):
    """Something a school does with pupils, or the city: then for bands of age, by signing up. `version` is the ETag."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'published', 'cancelled')", name="state"),
        CheckConstraint("ends_on is null or ends_on >= happens_on", name="days"),
        CheckConstraint("(school_id is null) = (cardinality(bands) > 0)", name="city"),
        CheckConstraint("school_id is not null or sign_up", name="city_sign_up"),
        CheckConstraint("places between 1 and 2000", name="places"),
        Index(None, "school_id", "happens_on"),
        Index(None, "happens_on"),
        Index(None, "organisation_id"),
        Index(None, "planned_by"),
        Index(None, "offered_by"),
    )

    id: Mapped[Id]
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey(School.id), doc="none: of the city")
    planned_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    state: Mapped[str] = mapped_column(Text, server_default="draft")
    title: Mapped[str] = mapped_column(Text)
    form: Mapped[str | None] = mapped_column(Text)
    work_fields: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    organisation: Mapped[str] = mapped_column(Text, server_default="")
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id), doc="in the directory")
    place: Mapped[str] = mapped_column(Text, server_default="")
    happens_on: Mapped[date]
    ends_on: Mapped[date | None]
    starts_at: Mapped[time | None] = mapped_column(doc="by the clock in The Hague")
    bring: Mapped[str] = mapped_column(Text, server_default="", doc="what to take along")
    ask_before: Mapped[str] = mapped_column(Text, server_default="", doc="a question to answer before it")
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]", doc="as ActivityQuestion")
    logbook: Mapped[bool] = mapped_column(server_default="false", doc="pupils keep a logbook of it")
    sign_up: Mapped[bool] = mapped_column(server_default="false", doc="only for who signs up")
    places: Mapped[int | None] = mapped_column(Integer, doc="none: room for everybody")
    sign_up_until: Mapped[date | None] = mapped_column(doc="the last day; none: the day before")
    bands: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}", doc="of the city: for whom")
    offered_by: Mapped[UUID | None] = mapped_column(ForeignKey("activity.id"), doc="what the city offered")
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="pupils may know of it since")
    version: Mapped[int] = mapped_column(Integer)
    updated_at: Mapped[Moment]


class ActivityGroup(Base):
    """A group that an activity is for."""

    __tablename__ = "activity_group"
    __table_args__ = (Index(None, "group_id"),)

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey(Group.id), primary_key=True)


class ActivityAbsence(Base):
    """A pupil who was not there, so for whom nothing waits."""

    __tablename__ = "activity_absence"

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True)
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)


class ActivitySignUp(Base):
    """A pupil who comes, where one signs up; written by the functions `sign_up` and `sign_off` only."""

    __tablename__ = "activity_sign_up"
    __table_args__ = (Index(None, "pupil_id"),)

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True)
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    signed_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id), doc="the pupil, or staff by hand")
    signed_at: Mapped[Moment]
