"""Who are you (accounts, sessions) and who looked (the access log)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, CreatedAt, Id, Moment


class Account(Base):
    """A user name with a password (argon2id). Other ways in get tables of their own beside this one."""

    __tablename__ = "account"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    username: Mapped[str] = mapped_column(Text, unique=True, doc="folded: lower case, no accents")
    password_hash: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Session(Base):
    """A signed-in device. Only the SHA-256 of the cookie's value is kept."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("device in ('own', 'shared')", name="device"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    device: Mapped[str] = mapped_column(Text, doc="'own': mine; 'shared': used together, nothing stays behind")
    label: Mapped[str] = mapped_column(Text, doc="browser and system, as people know them")
    created_at: Mapped[CreatedAt]
    last_seen_at: Mapped[Moment]
    idle_seconds: Mapped[int] = mapped_column(Integer, doc="ends after so long without a request")
    expires_at: Mapped[Moment] = mapped_column(doc="ends then at the latest")
    factor_due: Mapped[bool] = mapped_column(server_default="false", doc="opens nothing until a second factor is given")
    proved_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), doc="when a second factor was given here last"
    )


class SignInAttempts(Base):
    """Counts tries per subject in a window; the subject is a hash of an account name or of an address."""

    __tablename__ = "sign_in_attempts"

    subject: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    window_start: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class AccessLog(Base):
    """Somebody else looked at a pupil's content: one line per viewer, thing and day. Lines are only ever added."""

    __tablename__ = "access_log"
    __table_args__ = (
        Index(
            "ix_access_log_once_a_day",
            "pupil_id",
            "on_date",
            "viewer_id",
            "entry_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    viewer_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    entry_id: Mapped[UUID | None] = mapped_column(doc="none: the portfolio as a whole")
    rule: Mapped[str] = mapped_column(Text, doc="what allowed it: 'school' or 'home'")
    on_date: Mapped[date]
    at: Mapped[Moment]
    reason_id: Mapped[UUID | None] = mapped_column(doc="why, where somebody had to say so: a look_reason")


class OutsideLook(Base):
    """Who holds a link from outside looked at the one entry behind it: one line a day. Lines are only ever added."""

    __tablename__ = "outside_look"
    __table_args__ = (Index(None, "pupil_id", "on_date"),)

    link_id: Mapped[UUID] = mapped_column(primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    entry_id: Mapped[UUID]
    who: Mapped[str] = mapped_column(Text, doc="what they are to the pupil, as the pupil wrote it")
    at: Mapped[Moment]


class IdempotencyKey(Base):
    """The first answer to a request, kept so that a retry gets the same one."""

    __tablename__ = "idempotency_key"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary, doc="SHA-256 of method, path and body")
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    created_at: Mapped[CreatedAt]
