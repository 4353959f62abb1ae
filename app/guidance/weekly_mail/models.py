"""Addresses for mail, and which weekly mails went out. What the app's role may not write goes by functions (0028)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Moment


class WeeklyMailState(StrEnum):
    """waiting → sending → sent or refused; nothing: there was nothing new, or it was switched off."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    NOTHING = "nothing"
    REFUSED = "refused"
    GIVEN_UP = "given_up"


class MailAddress(Base):
    """Somebody's address: good since `confirmed_at`; `pending` waits for its code, and the old one stays until then."""

    __tablename__ = "mail_address"
    __table_args__ = (CheckConstraint("(address is null) = (confirmed_at is null)", name="confirmed"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    address: Mapped[str | None] = mapped_column(Text)
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    pending: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary, doc="made by the worker when it mails the code")
    code_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    misses: Mapped[int] = mapped_column(Integer)
    weekly: Mapped[bool] = mapped_column(doc="whether the weekly mail is on")
    bounces: Mapped[int] = mapped_column(Integer, doc="times in a row that the address was refused")
    stopped_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="nothing is mailed since")
    off_secret: Mapped[bytes] = mapped_column(LargeBinary, unique=True, doc="in each mail: switches it off")


class WeeklyMail(Base):
    """One person's mail of one Friday: what became of it. No address, and nothing of what it was about."""

    __tablename__ = "weekly_mail"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'sending', 'sent', 'nothing', 'refused', 'given_up')", name="state"),
        Index(None, "friday"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    friday: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(Integer, doc="times it was handed to the mail server without a clear no")
    at: Mapped[Moment]
    answer: Mapped[int | None] = mapped_column(Integer, doc="what the mail server said, where it said no")
