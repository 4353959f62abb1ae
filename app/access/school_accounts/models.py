"""Whose school account is whose, and what is kept of a sign-in while it is elsewhere."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.access.models import Session
from app.access.schemas import Device
from app.people.models import Person
from app.platform.orm import Base, CreatedAt, Id, Moment


class Identity(Base):
    """An account at a provider, tied to a person for good: (issuer, subject) is never given to another."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"), Index(None, "person_id"))

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    issuer: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    created_at: Mapped[CreatedAt]


class StartedSignIn(Base):
    """A browser that was sent to a provider and is yet to come back: once, within ten minutes."""

    __tablename__ = "started_sign_in"
    __table_args__ = (Index(None, "expires_at"),)

    state_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    provider_id: Mapped[str] = mapped_column(Text)
    nonce: Mapped[str] = mapped_column(Text)
    code_verifier: Mapped[str] = mapped_column(Text)
    device: Mapped[Device] = mapped_column(Text)
    return_to: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[Moment]


class SchoolAccountSession(Base):
    """That a session began with a school account: when it ends there, it ends here."""

    __tablename__ = "school_account_session"
    __table_args__ = (Index(None, "identity_id"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey(Session.id, ondelete="CASCADE"), primary_key=True)
    identity_id: Mapped[UUID] = mapped_column(ForeignKey(Identity.id))
    provider_id: Mapped[str] = mapped_column(Text)
    provider_session: Mapped[str | None] = mapped_column(Text, doc="`sid`: the session at the provider")


class SeenLogoutToken(Base):
    """A word of a provider that somebody signed out, which is heard once."""

    __tablename__ = "seen_logout_token"
    __table_args__ = (Index(None, "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, doc="SHA-256 of issuer and jti")
    expires_at: Mapped[Moment]
