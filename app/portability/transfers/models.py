"""A transfer to one school, what goes along with it, and what parents said. How it stands is derived (policy.py)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, DateTime, ForeignKey, Index, Integer, SmallInteger, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person, Placement
from app.platform.orm import Base, Id, Moment
from app.portfolio.models import Entry


class TransferState(StrEnum):
    """draft → asked (a parent, under 16) → offered → accepted. Derived by `transfer_state` (migration 0033).

    `refused`: by home or by the school; `closed`: the placement ended before the school said anything.
    """

    DRAFT = "draft"
    ASKED = "asked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class EndReason(StrEnum):
    """Who ended it: the pupil, a parent, or the new school."""

    WITHDRAWN = "withdrawn"
    HOME = "home"
    SCHOOL = "school"


class ItemKind(StrEnum):
    """What goes along: an entry, the words of the talent picture, an open step, a talk."""

    ENTRY = "entry"
    WORDS = "words"
    STEP = "step"
    TALK = "talk"


class Transfer(Base):
    """Facts about one transfer. `version` is the ETag; the app's role sets no more than that (migration 0033)."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("end_reason in ('withdrawn', 'home', 'school')", name="end_reason"),
        CheckConstraint("(ended_at is null) = (end_reason is null)", name="ended"),
        CheckConstraint("(sent_at is null) = (expires_on is null)", name="sent"),
        CheckConstraint("sent_at is not null or (accepted_at is null and ended_at is null)", name="draft"),
        CheckConstraint(
            "coalesce(end_reason, '') <> 'school' or (accepted_at is null and length(refusal) between 1 and 500)",
            name="refusal",
        ),
        Index(None, "pupil_id"),
        Index(None, "placement_id"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    placement_id: Mapped[UUID] = mapped_column(ForeignKey(Placement.id), doc="the pupil's, at the school it goes to")
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(Integer)
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expires_on: Mapped[date | None] = mapped_column(doc="the last day on which the school can accept")
    accepted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), doc="mentor or dean of the new school")
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    end_reason: Mapped[str | None] = mapped_column(Text)
    refusal: Mapped[str] = mapped_column(Text, server_default="", doc="why the school does not take it, in its words")


class TransferItem(Base):
    """One thing that goes along. `thing_id`: the entry, step or talk; of words the pupil."""

    __tablename__ = "transfer_item"
    __table_args__ = (
        CheckConstraint("kind in ('entry', 'words', 'step', 'talk')", name="kind"),
        Index(None, "entry_id", postgresql_where="entry_id is not null"),
    )

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey(Transfer.id, ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    thing_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    entry_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Entry.id, ondelete="CASCADE"),
        Computed("case when kind = 'entry' then thing_id end", persisted=True),
    )
    taken_back_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class TransferConsent(Base):
    """What one guardian said about one transfer, and to which text. Read by that guardian alone."""

    __tablename__ = "transfer_consent"
    __table_args__ = (CheckConstraint("answer in ('yes', 'no')", name="answer"),)

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey(Transfer.id, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(SmallInteger, doc="of the text that was shown")
    answered_at: Mapped[Moment]
