"""Cards, PINs and the locks on them, and the windows in which a class signs in."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Group, Person
from app.platform.orm import Base, Id, Moment


class Way(StrEnum):
    """How a PIN was reached. Each has its own lock: whoever guesses in class cannot lock out who has a card."""

    CARD = "card"
    CLASS = "class"


class PupilCard(Base):
    """A card with a secret of 128 bits, of which only the SHA-256 is kept. A pupil has one live card at most."""

    __tablename__ = "pupil_card"
    __table_args__ = (
        Index("ix_pupil_card_live", "pupil_id", unique=True, postgresql_where=text("revoked_at is null")),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    issued_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    issued_at: Mapped[Moment]
    last_day: Mapped[date] = mapped_column(doc="the end of the school year")
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    may_choose_pin: Mapped[bool] = mapped_column(server_default="true", doc="not with one of the office")


class PupilPin(Base):
    """The pupil's PIN: argon2id over an HMAC with the server's pepper. No row: the pupil may choose one."""

    __tablename__ = "pupil_pin"

    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    pin_hash: Mapped[str] = mapped_column(Text)
    chosen_at: Mapped[Moment]


class PinMisses(Base):
    """Tries since the last right PIN, and until when no other is taken."""

    __tablename__ = "pin_misses"
    __table_args__ = (CheckConstraint("way in ('card', 'class')", name="way"),)

    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    way: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    locked_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ClassWindow(Base):
    """A quarter of an hour in which the pupils of one group sign in by the code on the board."""

    __tablename__ = "class_window"
    __table_args__ = (Index(None, "group_id", "closes_at"),)

    id: Mapped[Id]
    group_id: Mapped[UUID] = mapped_column(ForeignKey(Group.id))
    code: Mapped[str] = mapped_column(Text, unique=True)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    opened_at: Mapped[Moment]
    closes_at: Mapped[Moment]


class ClassArrival(Base):
    """A pupil who came in through a window, for the teacher who watches."""

    __tablename__ = "class_arrival"

    window_id: Mapped[UUID] = mapped_column(ForeignKey(ClassWindow.id, ondelete="CASCADE"), primary_key=True)
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    at: Mapped[Moment]
    chose_pin: Mapped[bool] = mapped_column(doc="the pupil had none, and chose one now")
