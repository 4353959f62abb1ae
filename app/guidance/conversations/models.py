"""A conversation and what belongs to it: the pupil's sheet, the record version by version, and the pupil's akkoord.

Where it stands is derived (`state_of`, policy.py) from facts on the conversation. The last of those (`prepared_at`,
`record_version`, `agreed_*`) are kept by triggers when a sheet, a record or an akkoord is written; nobody sets them.
"""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person, Placement
from app.platform.orm import Base, Id, Moment


class ConversationKind(StrEnum):
    """What it is about: how it goes, later, a sector or profile, a study, or the step from primary school."""

    PROGRESS = "progress"
    CAREER = "career"
    SECTOR_PROFILE = "sector_profile"
    STUDY = "study"
    TRANSFER = "transfer"


class ConversationState(StrEnum):
    """planned → prepared → held → recorded → agreed; or cancelled. Derived, see policy.state_of."""

    PLANNED = "planned"
    PREPARED = "prepared"
    HELD = "held"
    RECORDED = "recorded"
    AGREED = "agreed"
    CANCELLED = "cancelled"


class Way(StrEnum):
    """Where the pupil gave the akkoord: signed in on an own device, or with the own code on the screen of staff."""

    OWN = "own"
    BESIDE = "beside"


MAX_SHOWN = 3
"""Entries that a pupil brings along."""

MAX_STEPS = 10
"""Next steps in one record."""


class Conversation(Base):
    """A talk of one pupil with one member of staff, at one placement. `version` is the ETag of what was planned."""

    __tablename__ = "conversation"
    __table_args__ = (
        CheckConstraint(
            "kind in ('progress', 'career', 'sector_profile', 'study', 'transfer')",
            name="kind",
        ),
        CheckConstraint("minutes between 5 and 240", name="minutes"),
        CheckConstraint("length(place) <= 120", name="place"),
        CheckConstraint("cancelled_at is null or held_at is null", name="one_end"),
        CheckConstraint("agreed_version <= record_version", name="agreed"),
        Index(None, "pupil_id", "on_day"),
        Index(None, "placement_id", "on_day"),
        Index(None, "held_with", "on_day"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey(Placement.id), doc="the pupil's placement when it was planned: whose staff may know of it"
    )
    kind: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date]
    at_time: Mapped[time | None] = mapped_column(doc="by the clock in The Hague")
    minutes: Mapped[int] = mapped_column(SmallInteger, server_default="30")
    place: Mapped[str] = mapped_column(Text, server_default="")
    held_with: Mapped[UUID] = mapped_column(ForeignKey(Person.id), doc="the member of staff")
    planned_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    with_home: Mapped[bool] = mapped_column(Boolean, server_default="false", doc="parents are invited")
    was_on_day: Mapped[date | None] = mapped_column(doc="where it was moved: the day before that")
    was_at_time: Mapped[time | None]
    cancelled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    held_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    changed_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    changed_on: Mapped[date] = mapped_column(doc="day of the last change to it or to what belongs to it")
    version: Mapped[int] = mapped_column(Integer)
    prepared_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), doc="the pupil said that the sheet is ready"
    )
    record_version: Mapped[int] = mapped_column(Integer, server_default="0", doc="0: nothing is recorded yet")
    agreed_version: Mapped[int | None] = mapped_column(Integer, doc="of the record; agreed where it is the last one")
    agreed_ring: Mapped[int | None] = mapped_column(SmallInteger, doc="1: school, 2: school and home")
    agreed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class PrepSheet(Base):
    """The pupil's gespreksblad. Nobody else reads it before the pupil says that it is ready."""

    __tablename__ = "prep_sheet"
    __table_args__ = (
        CheckConstraint(f"cardinality(entry_ids) <= {MAX_SHOWN}", name="entries"),
        CheckConstraint(
            "length(found_out) <= 1000 and length(doubt) <= 1000 and length(ask) <= 1000"
            " and length(maybe_next) <= 1000",
            name="texts",
        ),
        Index(None, "pupil_id"),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey(Conversation.id), primary_key=True)
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    entry_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}", doc="own entries, in order")
    found_out: Mapped[str] = mapped_column(Text, server_default="")
    doubt: Mapped[str] = mapped_column(Text, server_default="")
    ask: Mapped[str] = mapped_column(Text, server_default="")
    maybe_next: Mapped[str] = mapped_column(Text, server_default="")
    ready_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(Integer)


class ConversationRecord(Base):
    """What was said, in both voices, with the next steps: rows are added and never changed.

    Of one sitting of one writer the last version stays (a trigger removes the one before it within half an hour).
    `steps`: [{id, text, who: pupil|staff|home, staffId, dueOn, remindOn}].
    """

    __tablename__ = "conversation_record"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("length(pupil_voice) <= 4000 and length(staff_voice) <= 4000", name="texts"),
        CheckConstraint("fit_for_steps(steps)", name="steps"),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey(Conversation.id), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_voice: Mapped[str] = mapped_column(Text, server_default="")
    staff_voice: Mapped[str] = mapped_column(Text, server_default="")
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    written_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    written_at: Mapped[Moment]


class ConversationAgreement(Base):
    """The pupil's akkoord on exactly one version of the record, with an own sentence beside it where there is one."""

    __tablename__ = "conversation_agreement"
    __table_args__ = (
        CheckConstraint("length(words) <= 500", name="words"),
        CheckConstraint("ring in (1, 2)", name="ring"),
        CheckConstraint("way in ('own', 'beside')", name="way"),
        ForeignKeyConstraint(
            ["conversation_id", "record_version"],
            ["conversation_record.conversation_id", "conversation_record.version"],
        ),
        Index(None, "pupil_id"),
    )

    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    record_version: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    words: Mapped[str] = mapped_column(Text, server_default="")
    ring: Mapped[int] = mapped_column(SmallInteger, doc="1: school, 2: school and home")
    way: Mapped[str] = mapped_column(Text)
    agreed_at: Mapped[Moment]
