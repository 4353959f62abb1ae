"""What somebody has beside a password: passkeys, apps that show codes, and codes on paper for when those are lost."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, DateTime, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.access.models import Session
from app.people.models import Person
from app.platform.orm import Base, Id, Moment


class FactorKind(StrEnum):
    """A key in a device or password manager (WebAuthn), or an app with six figures every half minute (TOTP)."""

    PASSKEY = "passkey"
    APP = "app"


class Purpose(StrEnum):
    """What a challenge was made for; it is good for nothing else."""

    GIVE_PASSKEY = "give_passkey"
    ADD_PASSKEY = "add_passkey"
    ADD_APP = "add_app"


class What(StrEnum):
    """What happened to somebody's second factor."""

    ADDED = "added"
    REMOVED = "removed"
    NEW_CODES = "new_codes"
    CODE_USED = "code_used"
    RESET = "reset"


class Factor(Base):
    """One passkey or app of a person, under a name that tells it from others."""

    __tablename__ = "second_factor"
    __table_args__ = (
        CheckConstraint(
            "case kind when 'passkey' then num_nulls(credential_id, public_key, sign_count, backed_up) = 0"
            " when 'app' then num_nulls(sealed_secret, last_step) = 0 else false end",
            name="kind",
        ),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    credential_id: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary, doc="COSE")
    sign_count: Mapped[int | None] = mapped_column(BigInteger, doc="never goes back; 0 where the key does not count")
    backed_up: Mapped[bool | None] = mapped_column(Boolean, doc="also kept outside of that one device")
    sealed_secret: Mapped[bytes | None] = mapped_column(LargeBinary, doc="AES-GCM, with a key out of the pepper")
    last_step: Mapped[int | None] = mapped_column(BigInteger, doc="half minutes since 1970; no earlier code is taken")


class RecoveryCode(Base):
    """One of ten codes on paper, each good for once: 120 random bits, of which the SHA-256 is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index(None, "person_id"),)

    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class FactorChallenge(Base):
    """What a passkey must sign, or the sealed secret of an app that has not shown a code yet; of one session."""

    __tablename__ = "factor_challenge"
    __table_args__ = (CheckConstraint("purpose in ('give_passkey', 'add_passkey', 'add_app')", name="purpose"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey(Session.id, ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[Moment]


class FactorMisses(Base):
    """Tries since the last right one, and until when no other is taken."""

    __tablename__ = "factor_misses"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    locked_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class FactorChange(Base):
    """Something changed about somebody's second factor, for that person to know."""

    __tablename__ = "factor_change"
    __table_args__ = (
        CheckConstraint("what in ('added', 'removed', 'new_codes', 'code_used', 'reset')", name="what"),
        Index(None, "person_id", "at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    what: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text, doc="of the factor")
    at: Mapped[Moment]
    session_id: Mapped[UUID | None] = mapped_column(doc="where it happened; told elsewhere and later")
    told: Mapped[bool] = mapped_column(server_default="false")
