"""Somebody with a code: what it is for, an account made with it, a child added to one, a new password.

Three steps, so that no connection is held while a code or a password is hashed: a transaction finds the invitation and
counts the try, the code is checked, and a transaction takes it. Wrong, used, withdrawn and old codes are answered the
same, and as slowly. A transaction says which code it is about, and sees and writes nothing of any other.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from app.access.actions import count_tries
from app.access.hashes import NO_SECRET
from app.access.invitations.actions.codes import fits, parts
from app.access.invitations.models import Invitation, InvitationKind, Relation
from app.access.invitations.schemas import NewParent
from app.access.models import Account, Session
from app.access.passwords import why_weak
from app.people.models import Guardianship, Person, School
from app.people.names import fold
from app.platform.db import Database
from app.platform.errors import CodeInvalid, Conflict, Invalid, TooManyRequests

PER_CODE, CODE_EVERY = 5, timedelta(minutes=15)
PER_ADDRESS, ADDRESS_EVERY = 10, timedelta(hours=1)
"""Tries with one selector, and wrong codes from one address. Right codes always pass there: a school is one address."""
_WAIT_S = 60
"""So long who typed too many wrong codes from one address is asked to wait."""

_ABOUT = text("select set_config('app.claim', :selector, true)")


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation whose code was right, with what a new password must not hold."""

    id: UUID
    kind: InvitationKind
    selector: str
    person_id: UUID
    names: tuple[str, ...] = field(repr=False)


@asynccontextmanager
async def about(database: Database, selector: str) -> AsyncIterator[AsyncSession]:
    """A transaction of nobody, about this code."""
    async with database.begin() as session:
        await session.execute(_ABOUT, {"selector": selector})
        yield session


async def open_invitation(database: Database, typed: str, address: str, now: datetime, today: date) -> Offer:
    """What this code is for. Raises CodeInvalid (410) and TooManyRequests (429)."""
    selector, secret = parts(typed)
    async with about(database, selector) as session:
        wait = await count_tries(session, {f"invitation:{selector}": PER_CODE}, now, every=CODE_EVERY)
        found = None if wait else await _find(session, selector, now, today)
    if wait:
        raise TooManyRequests(wait)
    offer, secret_hash = found or (None, NO_SECRET)
    right = await fits(secret, secret_hash)
    async with about(database, selector) as session:
        if right and offer:
            await count_tries(session, {f"invitation:{selector}": PER_CODE}, now, tries=-1, every=CODE_EVERY)
            return offer
        missed = update(Invitation).where(Invitation.selector == selector, *_is_open(now))
        await session.execute(missed.values(misses=Invitation.misses + 1))
        slow = await count_tries(session, {f"codes:{address}": PER_ADDRESS}, now, every=ADDRESS_EVERY)
    raise TooManyRequests(_WAIT_S) if slow else CodeInvalid()


async def _find(session: AsyncSession, selector: str, now: datetime, today: date) -> tuple[Offer, str] | None:
    holds = func.invitation_holds(Invitation.school_id, Invitation.person_id, Invitation.kind, today)
    row = (
        await session.execute(
            select(Invitation, School.name, Person)
            .join(School, School.id == Invitation.school_id)
            .join(Person, Person.id == Invitation.person_id)
            .where(Invitation.selector == selector, Invitation.secret_hash.is_not(None), *_is_open(now), holds)
        )
    ).first()
    if row is None:
        return None
    invitation, school, person = row
    kind = InvitationKind(invitation.kind)
    names = (school,) if kind == InvitationKind.GUARDIAN else (school, person.given_name, person.family_name)
    return Offer(invitation.id, kind, selector, person.id, names), invitation.secret_hash or NO_SECRET


def _is_open(now: datetime) -> tuple[Any, ...]:
    return Invitation.claimed_at.is_(None), Invitation.ended_at.is_(None), Invitation.expires_at > now


def check_new_password(password: str, pointer: str, *names: str) -> None:
    """Raises Invalid (422) for a password that is short or easy to guess."""
    if weak := why_weak(password, names):
        raise Invalid(weak, pointer)


async def make_account(
    session: AsyncSession,
    offer: Offer,
    parent: NewParent | None,
    username: str,
    password_hash: str,
    locale: str,
    now: datetime,
) -> UUID:
    """The account that this code is for; a parent is a new person, whose link waits for the school.

    Raises CodeInvalid (410) where somebody else was first, Invalid (422) for a user name that is taken.
    """
    await _hold(session, offer, now)
    person_id = offer.person_id if parent is None else await _new_person(session, parent, locale)
    await _take(session, offer, person_id, parent.relation if parent else None, now)
    made = await session.scalar(
        insert(Account)
        .values(person_id=person_id, username=fold(username), password_hash=password_hash)
        .on_conflict_do_nothing()
        .returning(Account.person_id)
    )
    if made is None:
        raise Invalid("username_taken", "/username")
    if parent is not None:
        await _link(session, offer, person_id, now)
    return person_id


async def _new_person(session: AsyncSession, parent: NewParent, locale: str) -> UUID:
    person = Person(
        id=uuid7(),
        given_name=parent.given_name,
        family_name=parent.family_name,
        search_name=fold(f"{parent.given_name} {parent.family_name}"),
        locale=locale,
    )
    session.add(person)
    await session.flush()
    return person.id


async def add_child(session: AsyncSession, offer: Offer, viewer: UUID, relation: Relation, now: datetime) -> None:
    """Another child for who is signed in; the link waits for the school.

    Raises CodeInvalid (410) where somebody else was first, Conflict (409) where that child is there already.
    """
    await session.execute(_ABOUT, {"selector": offer.selector})
    await _take(session, offer, viewer, relation, now)
    await _link(session, offer, viewer, now)


async def renew_password(session: AsyncSession, offer: Offer, password_hash: str, now: datetime) -> UUID:
    """The new password of whom this code is for; all sessions end. Raises CodeInvalid (410)."""
    await _take(session, offer, offer.person_id, None, now)
    await session.execute(
        update(Account).where(Account.person_id == offer.person_id).values(password_hash=password_hash)
    )
    await session.execute(delete(Session).where(Session.person_id == offer.person_id))
    return offer.person_id


async def _hold(session: AsyncSession, offer: Offer, now: datetime) -> None:
    """Whoever else has this code waits from here on, and then finds it used."""
    held = select(Invitation.id).where(Invitation.id == offer.id, *_is_open(now)).with_for_update()
    if await session.scalar(held) is None:
        raise CodeInvalid


async def _take(session: AsyncSession, offer: Offer, person_id: UUID, relation: Relation | None, now: datetime) -> None:
    """The code is used up: of all who try at the same moment, one finds it open."""
    taken = await session.scalar(
        update(Invitation)
        .where(Invitation.id == offer.id, *_is_open(now))
        .values(claimed_at=now, claimed_by=person_id, relation=relation)
        .returning(Invitation.id)
    )
    if taken is None:
        raise CodeInvalid


async def _link(session: AsyncSession, offer: Offer, guardian_id: UUID, now: datetime) -> None:
    """The parent of this child, says this person: without custody until the school says otherwise."""
    waiting = {"state": "claimed", "custody": "no", "opened_on": None, "confirmed_at": None, "created_at": now}
    ties = {"guardian_id": guardian_id, "pupil_id": offer.person_id}
    linked = None
    if guardian_id != offer.person_id:
        linked = await session.scalar(
            insert(Guardianship)
            .values(id=uuid7(), **ties, **waiting)
            .on_conflict_do_update(
                index_elements=["guardian_id", "pupil_id"], set_=waiting, where=Guardianship.state == "ended"
            )
            .returning(Guardianship.id)
        )
    if linked is None:
        raise Conflict("already_linked")
