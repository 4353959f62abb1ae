"""Invitations, and what a school decided about who is whose parent."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Guardianship, Person, School
from app.platform.orm import Base, Id, Moment


class InvitationKind(StrEnum):
    """What the code is good for."""

    GUARDIAN = "guardian"
    ACCOUNT = "account"
    RESET = "reset"


class Relation(StrEnum):
    """What somebody says to be to the child; the school decides what that opens."""

    MOTHER = "mother"
    FATHER = "father"
    CARETAKER = "caretaker"
    OTHER = "other"


class Invitation(Base):
    """A code for one person, good once, within thirty days. Of its secret half only an argon2id hash is kept."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("kind in ('guardian', 'account', 'reset')", name="kind"),
        CheckConstraint("relation in ('mother', 'father', 'caretaker', 'other')", name="relation"),
        CheckConstraint("(claimed_at is null) = (claimed_by is null)", name="claimed"),
        Index(None, "school_id", "person_id"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(Text)
    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id))
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id), doc="the pupil (guardian), or who gets the account or the new password"
    )
    letter: Mapped[int] = mapped_column(SmallInteger, doc="which of the letters for two homes: 1 or 2")
    selector: Mapped[str] = mapped_column(Text, unique=True, doc="the first four characters: finds the row, no secret")
    secret_hash: Mapped[str | None] = mapped_column(Text, doc="none until the worker sends it by mail")
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="withdrawn, or replaced by another")
    mail_to: Mapped[str | None] = mapped_column(Text)
    mailed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    misses: Mapped[int] = mapped_column(Integer, server_default="0", doc="wrong secrets with this selector")
    claimed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    relation: Mapped[str | None] = mapped_column(Text, doc="as the parent said")


class GuardianshipDecision(Base):
    """What the school decided about a parent's link, by whom and when. Lines are only ever added."""

    __tablename__ = "guardianship_decision"
    __table_args__ = (Index(None, "guardianship_id", "decided_at"),)

    id: Mapped[Id]
    guardianship_id: Mapped[UUID] = mapped_column(ForeignKey(Guardianship.id))
    decided_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[Moment]
    state: Mapped[str] = mapped_column(Text)
    custody: Mapped[str] = mapped_column(Text)
    opened_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Text)
