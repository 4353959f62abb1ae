"""Signing in and out. Every way in ends in `open_session`; passwords are the first of them."""

import asyncio
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pwdlib import PasswordHash
from sqlalchemy import ARRAY, Text, and_, delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.hashes import nobodys_hash
from app.access.models import Account, Session
from app.access.schemas import Device, MeChange
from app.people.models import Guardianship, Person, Placement, Role, School, StaffRole
from app.people.names import fold
from app.people.projections import runs
from app.platform.db import Transaction
from app.platform.errors import AccountClosed, Conflict, Invalid, NotFound, Problem, TooManyRequests, WrongPassword

PASSWORDS = PasswordHash.recommended()
_HASHING = asyncio.Semaphore(2)
"""A hash takes 64 MiB and a core: two at a time, so that a class signing in leaves room for pages."""

_NOBODY = nobodys_hash(65_536, 3, 4)
"""Checked for names that do not exist, so that they take as long as those that do."""

PER_ACCOUNT = 5
PER_ADDRESS = 100
WINDOW = timedelta(minutes=1)
"""Tries a minute. A school is one address, so that alone keeps nobody out: over its limit a name has one try left."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives without use, and at most."""

    idle: timedelta
    absolute: timedelta


SHARED = Lifetime(timedelta(minutes=10), timedelta(hours=2))
PUPIL = Lifetime(timedelta(hours=12), timedelta(days=14))
GUARDIAN = Lifetime(timedelta(minutes=30), timedelta(hours=12))
STAFF = Lifetime(timedelta(minutes=30), timedelta(hours=10))
COORDINATOR = Lifetime(timedelta(minutes=15), timedelta(hours=8))
FACTOR_DUE = Lifetime(timedelta(minutes=10), timedelta(minutes=10))
"""Until a second factor is given."""


def hash_of(token: str) -> bytes:
    """What is kept of a cookie's value."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who a user name may belong to, and the hash that the password must fit; nobody's hash where it is unknown."""

    person_id: UUID | None
    password_hash: str


async def find_account(session: AsyncSession, username: str, address: str, now: datetime) -> Candidate | Problem:
    """Counts a try and looks the account up, in one transaction that commits whatever comes of it.

    Returns TooManyRequests (429) instead of raising it, so that the try stays counted.
    """
    busy = await count_tries(session, _by_address(address), now)
    if wait := await count_tries(session, _by_name(username, 1 if busy else PER_ACCOUNT), now):
        return TooManyRequests(wait)
    known = select(Account).where(Account.username == fold(username), Account.closed_at.is_(None))
    account = await session.scalar(known)
    return Candidate(account.person_id, account.password_hash) if account else Candidate(None, _NOBODY)


def _by_address(address: str) -> dict[str, int]:
    return {f"address:{address}": PER_ADDRESS}


def _by_name(username: str, limit: int = PER_ACCOUNT) -> dict[str, int]:
    return {f"account:{fold(username)}": limit}


async def forgive_try(session: AsyncSession, username: str, address: str, now: datetime) -> None:
    """Takes back the try that `find_account` counted: the password was right, and signing in often is no guessing."""
    await count_tries(session, _by_address(address) | _by_name(username), now, tries=-1)


async def check_password(candidate: Candidate, password: str) -> UUID:
    """The person, once the password fits; no connection is held meanwhile.

    Raises WrongPassword (401): the same, and as slow, for a name that does not exist.
    """
    async with _HASHING:
        right = await asyncio.to_thread(PASSWORDS.verify, password, candidate.password_hash)
    if not right or candidate.person_id is None:
        raise WrongPassword
    return candidate.person_id


async def hash_password(password: str) -> str:
    """What is kept of a password; no connection should be held meanwhile."""
    async with _HASHING:
        return await asyncio.to_thread(PASSWORDS.hash, password)


_COUNT = text(
    "insert into sign_in_attempts select subject, :window, :tries from unnest(cast(:subjects as bytea[])) subject"
    " on conflict (subject, window_start) do update set count = sign_in_attempts.count + excluded.count"
    " returning subject, count"
)


async def count_tries(
    session: AsyncSession, limits: dict[str, int], now: datetime, tries: int = 1, every: timedelta = WINDOW
) -> int:
    """Counts a try for each subject; how many seconds to wait when one of them is over its limit, else 0.

    Limits are of a minute, unless `every` says otherwise. With `tries=0` nothing is added: it only tells whether there
    were too many already.
    """
    seconds = every.total_seconds()
    window = datetime.fromtimestamp(now.timestamp() // seconds * seconds, now.tzinfo)
    hashed = {hashlib.sha256(subject.encode()).digest(): limit for subject, limit in limits.items()}
    counted = await session.execute(_COUNT, {"subjects": list(hashed), "window": window, "tries": tries})
    over = any(count > hashed[bytes(subject)] for subject, count in counted)
    return int((window + every - now).total_seconds()) + 1 if over else 0


_IN_TURN = text("select pg_advisory_xact_lock(key) from unnest(cast(:keys as bigint[])) key")


async def in_turn(session: AsyncSession, person_ids: Iterable[UUID]) -> None:
    """Until this transaction ends none of these people comes in, and nobody changes how they do."""
    await session.execute(_IN_TURN, {"keys": sorted(person_id.int % 2**63 for person_id in person_ids)})


async def open_session(
    session: AsyncSession,
    person_id: UUID,
    device: Device,
    label: str,
    earlier: bytes | None,
    now: datetime,
    today: date,
    *,
    proved_twice: bool = False,
) -> tuple[str, Lifetime]:
    """A new session for a person who has shown who they are; the one this browser had before ends.

    Where a second factor is asked, the session opens nothing until it is given (`prove_session`), unless this way in
    has `proved_twice`. Returns the cookie's value (256 bits; only its hash is kept) and how long it lives.
    Raises AccountClosed (403).
    """
    await in_turn(session, [person_id])
    if await session.scalar(select(Person.closed_at).where(Person.id == person_id)) is not None:
        raise AccountClosed
    lifetime, owes = await _lifetime(session, person_id, device, today)
    due = owes and not proved_twice
    lifetime = FACTOR_DUE if due else lifetime
    token = secrets.token_urlsafe(32)
    past = and_(Session.person_id == person_id, Session.expires_at < now)
    await session.execute(delete(Session).where(or_(Session.token_hash == earlier, past) if earlier else past))
    session.add(
        Session(
            token_hash=hash_of(token),
            person_id=person_id,
            device=device,
            label=label,
            last_seen_at=now,
            created_at=now,
            idle_seconds=int(lifetime.idle.total_seconds()),
            expires_at=now + lifetime.absolute,
            factor_due=due,
            proved_at=now if proved_twice else None,
        )
    )
    return token, lifetime


async def prove_session(session: AsyncSession, held: Session, now: datetime, today: date) -> tuple[str, Lifetime]:
    """A second factor was given in this session: the cookie's value is new, so that nobody who knew it comes along.

    One that owed it lives from now on as others do; one that was whole already ends when it would have.
    """
    lifetime, _ = await _lifetime(session, held.person_id, held.device, today)
    until = now + lifetime.absolute if held.factor_due else min(held.expires_at, now + lifetime.absolute)
    token = secrets.token_urlsafe(32)
    held.created_at = now if held.factor_due else held.created_at
    held.token_hash, held.factor_due, held.proved_at, held.last_seen_at = hash_of(token), False, now, now
    held.idle_seconds, held.expires_at = int(lifetime.idle.total_seconds()), until
    return token, Lifetime(lifetime.idle, until - now)


def renew_session(held: Session, now: datetime) -> tuple[str, Lifetime]:
    """Its person showed anew who they are: it counts as just begun, under another cookie value, and lives no longer."""
    token = secrets.token_urlsafe(32)
    held.token_hash, held.created_at, held.last_seen_at = hash_of(token), now, now
    return token, Lifetime(timedelta(seconds=held.idle_seconds), held.expires_at - now)


async def _lifetime(session: AsyncSession, person_id: UUID, device: str, today: date) -> tuple[Lifetime, bool]:
    """The shortest that fits one of the person's roles: who sees more stays signed in for less.

    And whether a second factor is asked of this person.
    """
    running = select(StaffRole.role).where(StaffRole.person_id == person_id, runs(StaffRole, today))
    roles, is_pupil, is_guardian, owes_factor = (
        await session.execute(
            select(
                func.array(running.scalar_subquery(), type_=ARRAY(Text)),
                select(Placement.id).where(Placement.pupil_id == person_id).exists(),
                select(Guardianship.id).where(Guardianship.guardian_id == person_id).exists(),
                func.owes_factor(person_id, today),
            )
        )
    ).one()
    lifetimes = [SHARED] if device == "shared" else []
    if Role.COORDINATOR in roles:
        lifetimes.append(COORDINATOR)
    if roles:
        lifetimes.append(STAFF)
    if is_guardian:
        lifetimes.append(GUARDIAN)
    if is_pupil or not lifetimes:
        lifetimes.append(PUPIL)
    return min(lifetimes, key=lambda lifetime: (lifetime.idle, lifetime.absolute)), owes_factor


_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("CrOS", "Chromebook"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_label(user_agent: str) -> str:
    """'Chrome, Android': enough to know one's own devices, and nothing more is kept."""
    found = [next((name for mark, name in names if mark in user_agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found))


async def end_session(tx: Transaction, session_id: UUID) -> None:
    """Signs out one of one's own devices. Raises NotFound (404)."""
    ended = await tx.session.execute(
        delete(Session).where(Session.id == session_id, Session.person_id == tx.viewer).returning(Session.id)
    )
    if ended.first() is None:
        raise NotFound


async def end_all_sessions(tx: Transaction, token_hash: bytes) -> bool:
    """Signs out everywhere; tells whether this device was a shared one, whose storage must be emptied."""
    shared = await end_current_session(tx, token_hash)
    await tx.session.execute(delete(Session).where(Session.person_id == tx.viewer))
    return shared


async def end_current_session(tx: Transaction, token_hash: bytes) -> bool:
    """Signs out here; tells whether the device was a shared one, whose storage must be emptied."""
    device = await tx.session.scalar(delete(Session).where(Session.token_hash == token_hash).returning(Session.device))
    return device == "shared"


@dataclass(frozen=True, slots=True)
class PasswordAnew:
    """What the password that is asked once more must fit."""

    username: str
    password_hash: str


async def count_password(session: AsyncSession, account: Account, now: datetime) -> PasswordAnew | Problem:
    """Counts a try, as one at the door. TooManyRequests (429) is returned, so that the try stays counted."""
    if wait := await count_tries(session, _by_name(account.username), now):
        return TooManyRequests(wait)
    return PasswordAnew(account.username, account.password_hash)


async def forgive_password(session: AsyncSession, known: PasswordAnew, now: datetime) -> None:
    """Takes back the try that `count_password` counted: it was right."""
    await count_tries(session, _by_name(known.username), now, tries=-1)


@dataclass(frozen=True, slots=True)
class OwnPassword(PasswordAnew):
    """The account of who is signed in, and the names that its password must not hold."""

    names: tuple[str, ...]


async def own_password(tx: Transaction) -> OwnPassword | Problem:
    """Counts a try, and finds what there is to change.

    Returns TooManyRequests (429) instead of raising it, so that the try stays counted, and Conflict (409) where this
    person signs in without a password.
    """
    found = (
        await tx.session.execute(
            select(Account, Person).join(Person, Person.id == Account.person_id).where(Person.id == tx.viewer)
        )
    ).first()
    if found is None:
        return Conflict("no_password")
    account, person = found
    known = await count_password(tx.session, account, tx.now)
    if isinstance(known, Problem):
        return known
    works = select(StaffRole.school_id).where(StaffRole.person_id == tx.viewer)
    placed = select(Placement.school_id).where(Placement.pupil_id == tx.viewer)
    schools = await tx.session.scalars(select(School.name).where(School.id.in_(works.union(placed))))
    names = (account.username, person.given_name, person.family_name, *schools)
    return OwnPassword(known.username, known.password_hash, names)


async def check_current(known: PasswordAnew, password: str, pointer: str = "/current") -> None:
    """Raises Invalid (422) where that is not the password; no connection is held meanwhile."""
    async with _HASHING:
        right = await asyncio.to_thread(PASSWORDS.verify, password, known.password_hash)
    if not right:
        raise Invalid("password_differs", pointer)


async def change_password(tx: Transaction, known: OwnPassword, password_hash: str, token_hash: bytes) -> None:
    """Keeps the new password, and ends all sessions but this one.

    Raises Conflict (409) where another device changed it while the old one was checked.
    """
    await forgive_password(tx.session, known, tx.now)
    own = (Account.person_id == tx.viewer, Account.password_hash == known.password_hash)
    changed = await tx.session.execute(
        update(Account).where(*own).values(password_hash=password_hash).returning(Account.person_id)
    )
    if changed.first() is None:
        raise Conflict("wrong_state")
    await tx.session.execute(delete(Session).where(Session.person_id == tx.viewer, Session.token_hash != token_hash))


async def change_me(tx: Transaction, change: MeChange) -> None:
    """One's own settings."""
    if change.locale is not None:
        await tx.session.execute(update(Person).where(Person.id == tx.viewer).values(locale=change.locale))
