"""A pupil at the door: with a card, or in class by the code on the board; then the PIN.

Three steps, so that no connection is held while a PIN is hashed: a transaction finds who this may be and counts the
try, the PIN is checked, and a transaction lets the pupil in. What is wrong is answered the same, and as slowly.
"""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import count_tries, hash_of, in_turn
from app.access.cards.models import ClassArrival, ClassWindow, PinMisses, PupilCard, PupilPin, Way
from app.access.cards.policy import group_pupils
from app.access.cards.schemas import ClassFound, ClassMate
from app.access.hashes import NO_SECRET, SECRETS
from app.people.models import Group, Person, School
from app.platform.db import Database
from app.platform.errors import (
    Conflict,
    Invalid,
    PinLocked,
    Problem,
    TooManyRequests,
    WrongCard,
    WrongClassCode,
    WrongPin,
)

_HASHING = asyncio.Semaphore(2)

UNKNOWN_PER_ADDRESS = 60
"""Unknown cards or class codes a minute. Right cards always pass: a school is one address."""
PER_WINDOW = 90
"""PINs a minute in one class."""

_SIGNING_IN = text("select set_config('app.sign_in', 'on', true)")
_COUNT_MISS = text(
    "insert into pin_misses as m values (:pupil, :way, 1, null)"
    " on conflict (pupil_id, way) do update set count = m.count + 1, locked_until = case"
    "  when (m.count + 1) % 5 = 0 then cast(:now as timestamptz) + least(m.count + 1, 30) * interval '1 minute' end"
    " where m.locked_until is null or m.locked_until <= :now returning locked_until"
)
"""Every fifth miss after another closes for 5, 10, … at most 30 minutes. No row comes back while it is closed."""


@asynccontextmanager
async def at_the_door(database: Database) -> AsyncIterator[AsyncSession]:
    """A transaction in which nobody is signed in, and that may look for who is coming in."""
    async with database.begin() as session:
        await session.execute(_SIGNING_IN)
        yield session


@dataclass(frozen=True, slots=True)
class Caller:
    """Who says to be whom; `pupil_id` is None where that cannot be, `pin_hash` where a PIN is yet to be chosen."""

    way: Way
    pupil_id: UUID | None = None
    birth_date: date | None = None
    pin_hash: str | None = NO_SECRET
    window_id: UUID | None = None
    locked_for_s: int = 0
    secret: str | None = field(default=None, repr=False)


def card_hash(secret: str) -> bytes:
    """What is kept of a card's secret."""
    return hash_of(secret.strip().upper())


def class_code(typed: str) -> str:
    """A class code as it is kept: capitals, without spaces."""
    return "".join(typed.upper().split())


async def look_at_card(session: AsyncSession, secret: str, address: str, now: datetime, today: date) -> bool | Problem:
    """Whether the holder of a card that works is yet to choose a PIN; nothing about whose it is.

    Conflict (409) with a card that the school printed, which lets nobody choose one: that happens in class.
    """
    card = await _live_card(session, secret, today)
    if card is None:
        return await _unknown(session, address, now) or WrongCard()
    chooses = await session.get(PupilPin, card.pupil_id) is None
    return Conflict("pin_in_class") if chooses and not card.may_choose_pin else chooses


async def look_at_class(
    session: AsyncSession, code: str, address: str, now: datetime, today: date
) -> ClassFound | Problem:
    """Who may sign in by this code, while its window is open."""
    window = await _open_window(session, code, now)
    if slow := await _unknown(session, address, now, tries=0 if window else 1):
        return slow
    if window is None:
        return WrongClassCode()
    own = group_pupils(window.group_id, today)
    found = await session.execute(
        select(Person.id, Person.given_name, Person.family_name, PupilPin.pupil_id.is_(None))
        .join(own, own.c.pupil_id == Person.id)
        .outerjoin(PupilPin, PupilPin.pupil_id == Person.id)
        .order_by(Person.given_name, Person.family_name, Person.id)
    )
    pupils = [(id_, given, family, choose) for id_, given, family, choose in found]
    givens = [given for _, given, _, _ in pupils]
    group, school = (
        await session.execute(
            select(Group, School).join(School, School.id == Group.school_id).where(Group.id == window.group_id)
        )
    ).one()
    return ClassFound(
        group=group.name,
        level=group.level,
        school=school.name,
        closes_at=window.closes_at,
        pupils=[
            ClassMate(id=id_, name=f"{given} {family[:1]}." if givens.count(given) > 1 else given, choose_pin=choose)
            for id_, given, family, choose in pupils
        ],
    )


async def call_with_card(
    session: AsyncSession, secret: str, chooses: bool, address: str, now: datetime, today: date
) -> Caller | Problem:
    """Counts a try for whoever holds this card; who does not exist is found out by the PIN."""
    card = await _live_card(session, secret, today)
    if card is None:
        return await _unknown(session, address, now) or Caller(Way.CARD)
    if chooses and not card.may_choose_pin:
        return Conflict("pin_in_class")
    caller = await _caller(session, Way.CARD, card.pupil_id, chooses, now)
    return caller if isinstance(caller, Problem) else replace(caller, secret=secret)


async def call_in_class(
    session: AsyncSession, code: str, pupil_id: UUID, chooses: bool, address: str, now: datetime, today: date
) -> Caller | Problem:
    """Counts a try for this pupil of the class whose window is open."""
    window = await _open_window(session, code, now)
    if slow := await _unknown(session, address, now, tries=0 if window else 1):
        return slow
    if window is None:
        return Caller(Way.CLASS)
    if wait := await count_tries(session, {f"class window:{window.id}": PER_WINDOW}, now):
        return TooManyRequests(wait)
    own = group_pupils(window.group_id, today)
    if await session.scalar(select(own.c.pupil_id).where(own.c.pupil_id == pupil_id)) is None:
        return Caller(Way.CLASS)
    return await _caller(session, Way.CLASS, pupil_id, chooses, now, window.id)


async def call_beside(session: AsyncSession, pupil_id: UUID, now: datetime) -> Caller | Problem:
    """Counts a try for a pupil with a PIN who shows it on the screen of staff, as one in class."""
    return await _caller(session, Way.CLASS, pupil_id, False, now)


async def check_pin(caller: Caller, pin: str, pepper: str) -> str | None:
    """The hash of a PIN chosen now, or None where the PIN fits; no connection is held meanwhile.

    Raises WrongPin (401), PinLocked (429) at every fifth in a row, Invalid (422) for a new one that is easy to guess.
    """
    mixed = hmac.new(pepper.encode(), (caller.pupil_id or UUID(int=0)).bytes + pin.encode(), hashlib.sha256).hexdigest()
    if caller.pin_hash is None:
        if is_easy(pin, caller.birth_date):
            raise Invalid("pin_too_easy", "/pin")
        async with _HASHING:
            return await asyncio.to_thread(SECRETS.hash, mixed)
    async with _HASHING:
        right = await asyncio.to_thread(SECRETS.verify, mixed, caller.pin_hash)
    if right and caller.pupil_id is not None:
        return None
    raise PinLocked(caller.locked_for_s) if caller.locked_for_s else WrongPin


async def let_in(session: AsyncSession, caller: Caller, chosen: str | None, now: datetime, today: date) -> UUID:
    """The pupil whose PIN was right: misses are forgotten, a new PIN is kept, the teacher sees who came.

    Raises WrongPin (401) where the card or the PIN ended while it was checked, Conflict (409) where somebody else chose
    a PIN meanwhile.
    """
    assert caller.pupil_id is not None, "a PIN fits somebody"
    await in_turn(session, [caller.pupil_id])
    if caller.secret is not None:
        card = await _live_card(session, caller.secret, today)
        if card is None or card.pupil_id != caller.pupil_id:
            raise WrongPin
    if chosen is None:
        kept_pin = select(PupilPin.pin_hash).where(PupilPin.pupil_id == caller.pupil_id)
        if await session.scalar(kept_pin) != caller.pin_hash:
            raise WrongPin
    if chosen is not None:
        values = {"pupil_id": caller.pupil_id, "pin_hash": chosen, "chosen_at": now}
        kept = await session.execute(
            insert(PupilPin).values(values).on_conflict_do_nothing().returning(PupilPin.pupil_id)
        )
        if kept.first() is None:
            raise Conflict("wrong_state")
    await session.execute(
        delete(PinMisses).where(PinMisses.pupil_id == caller.pupil_id, PinMisses.way == caller.way.value)
    )
    if caller.window_id is not None:
        arrival = {
            "window_id": caller.window_id,
            "pupil_id": caller.pupil_id,
            "at": now,
            "chose_pin": chosen is not None,
        }
        await session.execute(insert(ClassArrival).values(arrival).on_conflict_do_nothing())
    return caller.pupil_id


def is_easy(pin: str, birth_date: date | None) -> bool:
    """One digit again and again, a run up or down, or the day or year of birth."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        return True
    patterns = ("%d%m", "%m%d", "%Y", "%d%m%y", "%y%m%d", "%m%d%y")
    return birth_date is not None and pin in {birth_date.strftime(pattern) for pattern in patterns}


async def _live_card(session: AsyncSession, secret: str, today: date) -> PupilCard | None:
    live = (PupilCard.secret_hash == card_hash(secret), PupilCard.revoked_at.is_(None), PupilCard.last_day >= today)
    return await session.scalar(select(PupilCard).where(*live))


async def _open_window(session: AsyncSession, code: str, now: datetime) -> ClassWindow | None:
    wanted = (ClassWindow.code == class_code(code), ClassWindow.closes_at > now)
    return await session.scalar(select(ClassWindow).where(*wanted))


async def _unknown(session: AsyncSession, address: str, now: datetime, tries: int = 1) -> Problem | None:
    """Counts what is not known from this address; TooManyRequests where that was too often this minute."""
    wait = await count_tries(session, {f"unknown cards and codes:{address}": UNKNOWN_PER_ADDRESS}, now, tries)
    return TooManyRequests(wait) if wait else None


async def _caller(
    session: AsyncSession, way: Way, pupil_id: UUID, chooses: bool, now: datetime, window_id: UUID | None = None
) -> Caller | Problem:
    """The pupil, with the try counted before it is made: tries at the same moment count as many."""
    birth_date, pin_hash = (
        await session.execute(
            select(Person.birth_date, PupilPin.pin_hash)
            .outerjoin(PupilPin, PupilPin.pupil_id == Person.id)
            .where(Person.id == pupil_id)
        )
    ).one()
    if chooses != (pin_hash is None):
        return Conflict("wrong_state")
    if pin_hash is None:
        return Caller(way, pupil_id, birth_date, None, window_id)
    counted = (await session.execute(_COUNT_MISS, {"pupil": pupil_id, "way": way.value, "now": now})).first()
    if counted is None:
        until = await session.scalar(
            select(PinMisses.locked_until).where(PinMisses.pupil_id == pupil_id, PinMisses.way == way.value)
        )
        return PinLocked(_seconds(until, now))
    return Caller(way, pupil_id, birth_date, pin_hash, window_id, _seconds(counted.locked_until, now))


def _seconds(until: datetime | None, now: datetime) -> int:
    return max(1, int((until - now + timedelta(seconds=0.999)).total_seconds())) if until else 0
