"""A link for somebody from outside, who agreed to it, the codes, and what was said."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, CheckConstraint, DateTime, ForeignKey, Integer, LargeBinary, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment
from app.portfolio.models import Entry


class Side(StrEnum):
    """Who else says yes where the pupil is 12 to 15."""

    SCHOOL = "school"
    HOME = "home"


class AnswerState(StrEnum):
    """sent → accepted (stands with the entry), left_out (thanks) or hidden (not wanted); the pupil may change this."""

    SENT = "sent"
    ACCEPTED = "accepted"
    LEFT_OUT = "left_out"
    HIDDEN = "hidden"


class EndReason(StrEnum):
    """Why a link ended before its last day."""

    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    DECIDED = "decided"


class OutsideLink(Base):
    """One person from outside, one entry, some days. Its secret is made when the mail goes; only a hash is kept.

    The app's role does not read `mail_to` and `token_hash`: ask `outside_address`.
    """

    __tablename__ = "outside_link"
    __table_args__ = (
        CheckConstraint("locale in ('nl', 'en', 'tr', 'pl', 'ar', 'bg')", name="locale"),
        CheckConstraint("end_reason in ('withdrawn', 'refused', 'decided')", name="end_reason"),
        CheckConstraint("(ended_at is null) = (end_reason is null)", name="ended"),
        CheckConstraint("expires_at > asked_at and expires_at <= asked_at + interval '91 days'", name="days"),
        CheckConstraint("length(who) between 1 and 80", name="who"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey(Entry.id, ondelete="CASCADE"), index=True)
    who: Mapped[str] = mapped_column(Text, doc="what they are to the pupil, in the pupil's words")
    mail_to: Mapped[str | None] = mapped_column(Text, deferred=True, doc="removed some days after the end")
    locale: Mapped[str] = mapped_column(Text, doc="in which language they are asked")
    shown_answers: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default="{}", doc="ids of the questions whose answers come along"
    )
    shows_logbook: Mapped[bool] = mapped_column(Boolean, server_default="false")
    asked_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True, deferred=True, doc="SHA-256")
    mailed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    bounced_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="the last mail was refused")
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    end_reason: Mapped[str | None] = mapped_column(Text)


class OutsideConsent(Base):
    """What one person of school or home said about one link, and to which text."""

    __tablename__ = "outside_consent"
    __table_args__ = (
        CheckConstraint("side in ('school', 'home')", name="side"),
        CheckConstraint("answer in ('yes', 'no')", name="answer"),
    )

    link_id: Mapped[UUID] = mapped_column(ForeignKey(OutsideLink.id, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    side: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(SmallInteger, doc="of the text that was shown")
    answered_at: Mapped[Moment]


class OutsideSession(Base):
    """A browser that asked for a code, and, once the code was right, opens the one page. The app's role reads none."""

    __tablename__ = "outside_session"

    id: Mapped[Id]
    link_id: Mapped[UUID] = mapped_column(ForeignKey(OutsideLink.id, ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True, doc="SHA-256 of the cookie's value")
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary, doc="HMAC; none until mailed, and once used")
    tries: Mapped[int] = mapped_column(SmallInteger)
    asked_at: Mapped[Moment]
    code_until: Mapped[Moment]
    opened_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[Moment]


class OutsideAnswer(Base):
    """What was said. Only its pupil reads it, until the pupil takes it in."""

    __tablename__ = "outside_answer"
    __table_args__ = (
        CheckConstraint("state in ('sent', 'accepted', 'left_out', 'hidden')", name="state"),
        CheckConstraint("cardinality(words) <= 3", name="words"),
    )

    link_id: Mapped[UUID] = mapped_column(ForeignKey(OutsideLink.id, ondelete="CASCADE"), primary_key=True)
    said_by: Mapped[str] = mapped_column(Text, doc="name or role, as they wrote it themselves")
    good: Mapped[str] = mapped_column(Text, doc="what went well, one moment")
    grew: Mapped[str] = mapped_column(Text, doc="what they saw grow")
    tip: Mapped[str] = mapped_column(Text)
    words: Mapped[list[str]] = mapped_column(ARRAY(Text))
    sent_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    told_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), doc="the pupil does not want it and let school read it"
    )
