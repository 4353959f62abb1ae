"""From an account at a provider to a person here, and the end of sessions that began there.

A person is found once, through what the school's roster says, and tied to the account for good. Nobody is ever made
here, and an e-mail address says nothing about who somebody is.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, delete, exists, false, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from uuid_utils.compat import uuid7

from app.access.actions import count_tries, hash_of
from app.access.models import Account, Session
from app.access.schemas import Device
from app.access.school_accounts.claims import Asserted
from app.access.school_accounts.models import Identity, SchoolAccountSession, SeenLogoutToken, StartedSignIn
from app.access.school_accounts.protocol import Secrets, SignedOut
from app.people.models import AliasKind, PersonAlias, Placement, School, StaffRole
from app.people.projections import runs
from app.platform.errors import TooManyRequests

COMES_BACK = timedelta(minutes=10)
STARTS_PER_ADDRESS = 600
"""A minute. A school is one address: this only keeps the table from being filled."""
REFUSED_PER_ADDRESS = 60
"""Logout tokens a minute that proved nothing."""


def new_secrets() -> Secrets:
    """For one sign-in: 256 random bits each."""
    return Secrets(*(secrets.token_urlsafe(32) for _ in range(3)))


async def start(
    session: AsyncSession,
    provider_id: str,
    given: Secrets,
    device: Device,
    return_to: str,
    address: str,
    now: datetime,
) -> TooManyRequests | None:
    """Keeps what the browser will be asked for when it comes back. Returns the problem, so that the try is counted."""
    if wait := await count_tries(session, {f"school account starts:{address}": STARTS_PER_ADDRESS}, now):
        return TooManyRequests(wait)
    await session.execute(delete(StartedSignIn).where(StartedSignIn.expires_at < now))
    session.add(
        StartedSignIn(
            state_hash=hash_of(given.state),
            provider_id=provider_id,
            nonce=given.nonce,
            code_verifier=given.code_verifier,
            device=device,
            return_to=return_to,
            expires_at=now + COMES_BACK,
        )
    )
    return None


async def take_started(session: AsyncSession, provider_id: str, state: str, now: datetime) -> StartedSignIn | None:
    """What this browser started, once: whoever comes with the same state again finds nothing."""
    taken = delete(StartedSignIn).where(StartedSignIn.state_hash == hash_of(state)).returning(StartedSignIn)
    started = await session.scalar(taken)
    return started if started and started.provider_id == provider_id and started.expires_at > now else None


async def find_identity(session: AsyncSession, said: Asserted, today: date) -> Identity | None:
    """The account's person, who is today at a school that the provider speaks for; None where that is nobody.

    The first time the person is found through the roster: the only one with this ECK iD, else with this login name.
    """
    ties = _ties(said, today)
    same = select(Identity).where(Identity.issuer == said.issuer, Identity.subject == said.subject)
    known = await session.scalar(same)
    person_id = known.person_id if known else await _on_roster(session, said, ties)
    is_here = exists().where(ties.c.person_id == person_id)
    is_closed = exists().where(Account.person_id == person_id, Account.closed_at.is_not(None))
    if person_id is None or not await session.scalar(select(and_(is_here, ~is_closed))):
        return None
    if known is None:
        values = {"id": uuid7(), "person_id": person_id, "issuer": said.issuer, "subject": said.subject}
        await session.execute(insert(Identity).values(values).on_conflict_do_nothing())
        known = await session.scalar(same)
    return known if known and known.person_id == person_id else None


def _ties(said: Asserted, today: date) -> Subquery:
    """Who is placed or works today at the schools that the provider named: (person_id, school_id)."""
    named = (
        School.brin == brin if len(brin) == 4 else and_(School.brin == brin[:4], School.site == brin[4:])
        for brin in said.brins
    )
    schools = select(School.id).where(or_(false(), *named))
    placed = select(Placement.pupil_id.label("person_id"), Placement.school_id)
    works = select(StaffRole.person_id, StaffRole.school_id)
    return union_all(
        placed.where(literal(said.is_pupil), runs(Placement, today), Placement.school_id.in_(schools)),
        works.where(literal(said.is_staff), runs(StaffRole, today), StaffRole.school_id.in_(schools)),
    ).subquery()


async def _on_roster(session: AsyncSession, said: Asserted, ties: Subquery) -> UUID | None:
    """The only person whom the roster of such a school calls so; None where there is nobody, or more than one."""
    if said.eckid:
        found = await _called(session, ties, AliasKind.ECKID, said.eckid)
        if found:
            return found[0] if len(found) == 1 else None
    if not said.login:
        return None
    # A login name may be handed on to somebody else: it never adds an account to who has one there already, and never
    # goes against an ECK iD that the roster knows.
    taken = exists().where(Identity.person_id == ties.c.person_id, Identity.issuer == said.issuer)
    free = [~taken]
    if said.eckid:
        other = aliased(PersonAlias)  # of this same school: another sector knows the pupil by another ECK iD
        there = and_(other.person_id == ties.c.person_id, other.school_id == ties.c.school_id)
        differs = and_(other.kind == AliasKind.ECKID, func.lower(other.value) != said.eckid.lower())
        free.append(~exists().where(there, differs))
    found = await _called(session, ties, AliasKind.LOGIN, said.login, *free)
    return found[0] if len(found) == 1 else None


async def _called(
    session: AsyncSession, ties: Subquery, kind: AliasKind, value: str, *further: ColumnElement[bool]
) -> Sequence[UUID]:
    same = and_(PersonAlias.person_id == ties.c.person_id, PersonAlias.school_id == ties.c.school_id)
    named = (PersonAlias.kind == kind, func.lower(PersonAlias.value) == value.lower(), *further)
    return (await session.scalars(select(ties.c.person_id).join(PersonAlias, same).where(*named).distinct())).all()


async def remember(session: AsyncSession, token: str, identity: Identity, said: Asserted, provider_id: str) -> None:
    """That the session of this token began with this account, so that it can end with it."""
    opened = select(Session.id).where(Session.token_hash == hash_of(token))
    session.add(
        SchoolAccountSession(
            session_id=await session.scalar(opened),
            identity_id=identity.id,
            provider_id=provider_id,
            provider_session=said.provider_session,
        )
    )


async def count_refused(session: AsyncSession, address: str, now: datetime, tries: int) -> TooManyRequests | None:
    """Counts logout tokens that prove nothing; with `tries=0` it only tells whether there were too many."""
    wait = await count_tries(session, {f"refused logout tokens:{address}": REFUSED_PER_ADDRESS}, now, tries)
    return TooManyRequests(wait) if wait else None


async def end_sessions(session: AsyncSession, out: SignedOut, now: datetime) -> bool:
    """Ends the sessions that began with this account, in this session there where it names one. False: heard before."""
    await session.execute(delete(SeenLogoutToken).where(SeenLogoutToken.expires_at < now))
    token_hash = hash_of(f"{out.issuer} {out.token_id}")
    first = insert(SeenLogoutToken).values(token_hash=token_hash, expires_at=out.until).on_conflict_do_nothing()
    if (await session.execute(first.returning(SeenLogoutToken.token_hash))).first() is None:
        return False
    began = (
        select(SchoolAccountSession.session_id)
        .join(Identity, Identity.id == SchoolAccountSession.identity_id)
        .where(Identity.issuer == out.issuer)
    )
    if out.subject:
        began = began.where(Identity.subject == out.subject)
    if out.provider_session:
        began = began.where(SchoolAccountSession.provider_session == out.provider_session)
    await session.execute(delete(Session).where(Session.id.in_(began)))
    return True
