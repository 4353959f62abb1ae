"""Who holds a session, also one that is not recognised anywhere else because it still owes a second factor."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.factors.models import Factor
from app.access.models import Session
from app.people.models import Guardianship, Person, StaffRole
from app.people.projections import runs
from app.platform.db import Transaction
from app.platform.errors import FactorNeeded, NotAllowed, NotFound, SignInNeeded, StepUpNeeded

FRESH = timedelta(minutes=5)
"""So long after a second factor was given (or a sign-in, by who has none) one may change what it is."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a session. `due`: nothing else opens until a second factor is given, or set up."""

    session: Session
    given_name: str
    due: Literal["give", "enrol"] | None
    has_factor: bool
    must: bool
    may: bool

    @property
    def person_id(self) -> UUID:
        return self.session.person_id

    def is_fresh(self, now: datetime) -> bool:
        """Whether this person was shown to be themselves just now: by the second factor, or before there is one by
        signing in. Who owes the very first one has just signed in, and is not asked twice.
        """
        if self.has_factor:
            return self.session.proved_at is not None and self.session.proved_at > now - FRESH
        return self.session.factor_due or self.session.created_at > now - FRESH


async def find_holder(session: AsyncSession, token_hash: bytes, now: datetime, today: date) -> Holder:
    """The living session of this cookie, held until the transaction ends. Raises SignInNeeded (401)."""
    staff = (StaffRole.person_id == Session.person_id, runs(StaffRole, today))
    must = exists().where(*staff, func.asks_factor(StaffRole.role))
    may = or_(
        exists().where(*staff),
        exists().where(Guardianship.guardian_id == Session.person_id, Guardianship.state != "ended"),
    )
    idle = func.make_interval(0, 0, 0, 0, 0, 0, Session.idle_seconds)
    row = (
        await session.execute(
            select(Session, Person.given_name, must, may, exists().where(Factor.person_id == Session.person_id))
            .join(Person, Person.id == Session.person_id)
            .where(Session.token_hash == token_hash, Session.expires_at > now, Session.last_seen_at + idle > now)
            .with_for_update(of=Session)
        )
    ).one_or_none()
    if row is None:
        raise SignInNeeded
    held, given_name, asked, allowed, has_factor = row
    owes = held.factor_due or (asked and held.proved_at is None)
    if owes and not asked and not has_factor:
        raise SignInNeeded  # what it owed is no longer asked: a new sign-in will do
    due: Literal["give", "enrol"] | None = ("give" if has_factor else "enrol") if owes else None
    return Holder(held, given_name, due, has_factor, asked, allowed)


def require_fresh(holder: Holder, now: datetime) -> None:
    """Changing one's second factor asks for a fresh one; the first asks for a fresh sign-in, or the password anew.

    Raises FactorNeeded (401) where it is owed, NotAllowed (403) to pupils, StepUpNeeded (403).
    """
    if holder.due == "give":
        raise FactorNeeded
    if not holder.may:
        raise NotAllowed
    if not holder.is_fresh(now):
        raise StepUpNeeded


async def require_colleague(tx: Transaction, person_id: UUID) -> None:
    """Raises NotFound (404) unless the viewer administers a school of this person today, who is somebody else."""
    if not await tx.session.scalar(select(func.administers(tx.viewer, person_id, tx.today))):
        raise NotFound
