"""Notices, and which of them somebody wants. Written by triggers on the facts only (migrations 0028 and later)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment


class NoticeKind(StrEnum):
    """What happened."""

    ENTRY_FEEDBACK = "entry_feedback"
    ENTRY_ASKED_BACK = "entry_asked_back"
    ENTRY_SEEN = "entry_seen"
    HOME_REACTION = "home_reaction"
    ACTIVITY_READY = "activity_ready"
    ACTIVITY_MOVED = "activity_moved"
    ACTIVITY_CANCELLED = "activity_cancelled"
    PLACE_LOST = "place_lost"
    TALK_PLANNED = "talk_planned"
    TALK_MOVED = "talk_moved"
    TALK_CANCELLED = "talk_cancelled"
    TALK_RECORDED = "talk_recorded"
    TALK_AGREED = "talk_agreed"
    TALKS_PLANNED = "talks_planned"
    TALKS_PREPARED = "talks_prepared"
    STEP_DUE = "step_due"
    DOSSIER_DONE = "dossier_done"
    DOSSIER_RETURNED = "dossier_returned"
    DOSSIERS_WAITING = "dossiers_waiting"
    DOSSIER_TO_READ = "dossier_to_read"
    HOMEWORK_OFFERED = "homework_offered"
    HOMEWORK_ANSWERED = "homework_answered"
    HOMEWORK_SHARED = "homework_shared"
    HOMEWORK_AT_SCHOOL = "homework_at_school"
    OUTSIDE_ANSWERED = "outside_answered"
    OUTSIDE_ASKED = "outside_asked"
    SHOWCASE_ASKED = "showcase_asked"
    SHOWCASE_AGREED = "showcase_agreed"
    SHOWCASE_REFUSED = "showcase_refused"
    TRANSFER_ASKED = "transfer_asked"
    TRANSFER_AGREED = "transfer_agreed"
    TRANSFER_OFFERED = "transfer_offered"
    TRANSFER_ACCEPTED = "transfer_accepted"
    TRANSFER_REFUSED = "transfer_refused"
    TRANSFER_EXPIRING = "transfer_expiring"
    HOME_CLOSES = "home_closes"
    REVIEW_WAITING = "review_waiting"
    HOME_NEW = "home_new"
    LINK_CONFIRMED = "link_confirmed"
    CONSENT_ASKED = "consent_asked"
    LINK_ASKED = "link_asked"
    FACTOR_CHANGED = "factor_changed"
    EXPORT_READY = "export_ready"
    IMPORT_DONE = "import_done"
    TRASH_GOES = "trash_goes"
    KEEPING_ENDS = "keeping_ends"
    ERASURE_ASKED = "erasure_asked"
    CORRECTION_ANSWERED = "correction_answered"


class Notice(Base):
    """Something happened: to whom it is told, about which thing, by whom; nothing of what was said or shown."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "ix_notice_once_a_day",
            "person_id",
            "kind",
            "about_id",
            "on_day",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index(None, "person_id", "at", "id"),
        Index("ix_notice_unread", "person_id", "at", postgresql_where=text("read_at is null")),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), doc="who reads it")
    kind: Mapped[str] = mapped_column(Text, doc="a NoticeKind; no list in the table, so that kinds come without a lock")
    about_id: Mapped[UUID | None] = mapped_column(doc="an entry, an activity, a pupil: the kind says which")
    pupil_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), doc="who did it last")
    on_day: Mapped[date] = mapped_column(doc="the day that gathers them; of a birthday the birthday")
    at: Mapped[Moment]
    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class NoticeSetting(Base):
    """A kind that somebody switched; without a row both are on. Some cannot be silenced in the app."""

    __tablename__ = "notice_setting"
    __table_args__ = (
        CheckConstraint(
            "in_app or kind not in ('consent_asked', 'factor_changed', 'keeping_ends', 'erasure_asked')", name="heard"
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    in_app: Mapped[bool]
    by_mail: Mapped[bool]
