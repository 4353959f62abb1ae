"""Entries: what happened or was made, its versions, and what others said of it."""

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person, Placement, SchoolYear
from app.platform.orm import Base, CreatedAt, Id, Moment
from app.reference.codes import Kind


class EntryState(StrEnum):
    """draft (only the pupil) → shared → asked_back → shared → seen; archived and trashed are put away by the pupil."""

    DRAFT = "draft"
    SHARED = "shared"
    ASKED_BACK = "asked_back"
    SEEN = "seen"
    ARCHIVED = "archived"
    TRASHED = "trashed"


class Ring(IntEnum):
    """How far an entry reaches."""

    PUPIL = 0
    SCHOOL = 1
    HOME = 2


OPEN_STATES = (EntryState.SHARED, EntryState.ASKED_BACK, EntryState.SEEN)
"""The states in which others may see an entry."""


class FeedbackKind(StrEnum):
    """What was said: words, a question back, the pupil's answer to it, or a parent's encouragement."""

    COMMENT = "comment"
    ASK_BACK = "ask_back"
    ANSWER = "answer"
    REACTION = "reaction"


class Voice(StrEnum):
    """From where it was said."""

    PUPIL = "pupil"
    SCHOOL = "school"
    HOME = "home"


def _in(column: str, values: type[StrEnum]) -> str:
    return f"{column} in ({', '.join(repr(value.value) for value in values)})"


class Entry(Base):
    """One thing in a portfolio. `details` holds the kind's own fields (schemas.py), `version` is the ETag."""

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint(_in("kind", Kind), name="kind"),
        CheckConstraint(_in("state", EntryState), name="state"),
        CheckConstraint("ring between 0 and 2", name="ring"),
        CheckConstraint(
            "state not in ('shared', 'asked_back', 'seen') or (ring > 0 and placement_id is not null)",
            name="shared_somewhere",
        ),
        Index(None, "pupil_id", "sort_on", "id"),
        Index("ix_entry_to_review", "placement_id", "shared_at", postgresql_where="state = 'shared'"),
        Index(None, "placement_id", "shared_at"),
        Index(
            "ix_entry_activity",
            text("(details ->> 'activityId')"),
            postgresql_where="(details ->> 'activityId') is not null",
        ),
        Index("ix_entry_trashed_at", "trashed_at", postgresql_where="trashed_at is not null"),
        Index(None, "taken_to", postgresql_using="gin", postgresql_where="taken_to is not null"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    placement_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Placement.id), doc="with which school it is shared: the pupil's placement on that day"
    )
    taken_to: Mapped[list[UUID] | None] = mapped_column(
        ARRAY(Uuid),
        doc="placements at other schools to which the pupil took it along; triggers alone write this (0033)",
    )
    school_year: Mapped[int] = mapped_column(ForeignKey(SchoolYear.start_year))
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default="draft")
    ring: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    title: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    sort_on: Mapped[date] = mapped_column(doc="happened_on, or the day it was made")
    body: Mapped[str] = mapped_column(Text, server_default="")
    feeling: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    competencies: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    work_fields: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    version: Mapped[int] = mapped_column(Integer)
    changed_on: Mapped[date] = mapped_column(doc="day of the last change to its content, Europe/Amsterdam")
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[Moment]
    shared_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    trashed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    state_before_trash: Mapped[str | None] = mapped_column(Text)

    # Counts changes of content only: what others do with an entry must not stop the pupil who is writing.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class EntryVersion(Base):
    """The content of an entry as it was shared, or changed after that."""

    __tablename__ = "entry_version"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey(Entry.id, ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[Moment]


class Feedback(Base):
    """Something said about one version of an entry."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint(_in("kind", FeedbackKind), name="kind"),
        CheckConstraint(_in("voice", Voice), name="voice"),
        Index(None, "entry_id"),
    )

    id: Mapped[Id]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey(Entry.id, ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    voice: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, server_default="")
    reaction: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
