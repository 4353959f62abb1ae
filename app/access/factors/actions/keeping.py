"""Adding, naming and removing what one has as a second factor; and taking it away from who lost it."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import in_turn
from app.access.factors.actions.giving import keep_challenge, note, take_challenge
from app.access.factors.codes import base32, in_groups, new_recovery_codes, recovery_hash, seal, step_of, unseal
from app.access.factors.models import (
    Factor,
    FactorChallenge,
    FactorChange,
    FactorKind,
    FactorMisses,
    Purpose,
    RecoveryCode,
    What,
)
from app.access.factors.passkeys import Refused, check_added, options_to_add
from app.access.factors.policy import Holder
from app.access.factors.schemas import AppSecret, Credential, NewFactor
from app.access.models import Account, Session
from app.people.models import Person
from app.people.names import fold
from app.platform.db import Transaction
from app.platform.errors import Conflict, FactorNeeded, Invalid, NotFound, Problem

Adds = Callable[[AsyncSession, Holder, datetime], Awaitable[NewFactor | Problem]]
"""Adds a factor. Conflict (409) at the tenth and after too long, Invalid (422): returned, so that a challenge that was
taken stays used up."""

MOST = 10
"""Factors of one person."""
_SECRET = 20
"""Bytes of an app's secret: 160 bits, as RFC 4226 recommends."""


async def start_passkey(session: AsyncSession, holder: Holder, origin: str, now: datetime) -> dict[str, object]:
    """What a browser needs to make a passkey. Raises Conflict (409) at the tenth."""
    await _room(session, holder)
    username, name = await _names(session, holder)
    mine = (Factor.person_id == holder.person_id, Factor.credential_id.is_not(None))
    known = (await session.scalars(select(Factor.credential_id).where(*mine))).all()
    challenge = secrets.token_bytes(32)
    await keep_challenge(session, holder, Purpose.ADD_PASSKEY, challenge, now)
    return options_to_add(origin, holder.person_id, username, name, challenge, filter(None, known))


def a_passkey(name: str, credential: Credential, origin: str) -> Adds:
    """Keeps a passkey that a browser made."""

    async def add(session: AsyncSession, holder: Holder, now: datetime) -> NewFactor | Problem:
        await _room(session, holder)
        challenge = await take_challenge(session, holder, Purpose.ADD_PASSKEY, now)
        if challenge is None:
            return Conflict("factor_expired")
        try:
            made = check_added(credential, challenge, origin)
        except Refused:
            return Invalid("wrong_passkey", "/credential")
        if await session.scalar(select(exists().where(Factor.credential_id == made.credential_id))):
            return Invalid("wrong_passkey", "/credential")
        return await _keep(
            session,
            holder,
            now,
            kind=FactorKind.PASSKEY.value,
            name=name,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            backed_up=made.backed_up,
        )

    return add


async def start_app(session: AsyncSession, holder: Holder, pepper: str, now: datetime) -> AppSecret:
    """A secret for an app; it counts once a code confirms it. Raises Conflict (409) at the tenth."""
    import segno

    await _room(session, holder)
    username, _ = await _names(session, holder)
    secret = secrets.token_bytes(_SECRET)
    await keep_challenge(session, holder, Purpose.ADD_APP, seal(secret, holder.person_id, pepper), now)
    uri = app_uri(secret, username)
    qr = segno.make_qr(uri, error="m").svg_data_uri(scale=8, border=4, light="#fff")
    words = base32(secret)
    return AppSecret(secret=" ".join(words[place : place + 4] for place in range(0, len(words), 4)), uri=uri, qr=qr)


def app_uri(secret: bytes, username: str) -> str:
    """otpauth://…, as apps read it from a QR code."""
    import pyotp

    return pyotp.TOTP(base32(secret)).provisioning_uri(name=username, issuer_name="Talentportfolio")


def an_app(name: str, code: str, pepper: str) -> Adds:
    """Keeps the app whose code confirms that it holds the secret; a wrong code may be typed again."""

    async def add(session: AsyncSession, holder: Holder, now: datetime) -> NewFactor | Problem:
        await _room(session, holder)
        sealed = await session.scalar(
            select(FactorChallenge.value).where(
                FactorChallenge.session_id == holder.session.id,
                FactorChallenge.purpose == Purpose.ADD_APP.value,
                FactorChallenge.expires_at > now,
            )
        )
        if sealed is None:
            return Conflict("factor_expired")
        step = step_of(unseal(sealed, holder.person_id, pepper), code, 0, now)
        if step is None:
            return Invalid("wrong_code", "/code")
        await take_challenge(session, holder, Purpose.ADD_APP, now)
        return await _keep(
            session, holder, now, kind=FactorKind.APP.value, name=name, sealed_secret=sealed, last_step=step
        )

    return add


async def _room(session: AsyncSession, holder: Holder) -> None:
    count = await session.scalar(select(func.count()).where(Factor.person_id == holder.person_id))
    if count is not None and count >= MOST:
        raise Conflict("too_many_factors")


async def _names(session: AsyncSession, holder: Holder) -> tuple[str, str]:
    """User name (the given name for who has none) and name."""
    username, given, family = (
        await session.execute(
            select(Account.username, Person.given_name, Person.family_name)
            .select_from(Person)
            .outerjoin(Account, Account.person_id == Person.id)
            .where(Person.id == holder.person_id)
        )
    ).one()
    return username or given, f"{given} {family}"


async def _keep(session: AsyncSession, holder: Holder, now: datetime, **values: object) -> NewFactor:
    await in_turn(session, [holder.person_id])
    if not holder.has_factor and await session.scalar(select(exists().where(Factor.person_id == holder.person_id))):
        raise FactorNeeded  # the first one was set up elsewhere at this same moment
    factor = Factor(person_id=holder.person_id, created_at=now, last_used_at=now, **values)
    session.add(factor)
    await session.flush()
    note(session, holder, What.ADDED, factor.name, now)
    codes = None if holder.has_factor else await _new_codes(session, holder)
    return NewFactor(id=factor.id, recovery_codes=codes)


async def renew_codes(session: AsyncSession, holder: Holder, now: datetime) -> list[str]:
    """Ten new recovery codes; the old ones are worth nothing. Raises Conflict (409) where there is no factor."""
    if not holder.has_factor:
        raise Conflict("wrong_state")
    note(session, holder, What.NEW_CODES, None, now)
    return await _new_codes(session, holder)


async def _new_codes(session: AsyncSession, holder: Holder) -> list[str]:
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == holder.person_id))
    codes = new_recovery_codes()
    session.add_all(RecoveryCode(code_hash=recovery_hash(code), person_id=holder.person_id) for code in codes)
    return [in_groups(code) for code in codes]


async def rename(tx: Transaction, factor_id: UUID, name: str) -> None:
    """Another name for one of one's own. Raises NotFound (404)."""
    renamed = await tx.session.execute(
        update(Factor)
        .where(Factor.id == factor_id, Factor.person_id == tx.viewer)
        .values(name=name)
        .returning(Factor.id)
    )
    if renamed.first() is None:
        raise NotFound


async def remove(session: AsyncSession, holder: Holder, factor_id: UUID, now: datetime) -> None:
    """Takes one of one's own away; with the last one go the recovery codes.

    Raises NotFound (404), Conflict (409) for the last one of who must have one.
    """
    mine = select(Factor).where(Factor.person_id == holder.person_id).with_for_update()
    factors = {factor.id: factor for factor in await session.scalars(mine)}
    if factor_id not in factors:
        raise NotFound
    if len(factors) == 1 and holder.must:
        raise Conflict("last_factor")
    await session.delete(factors[factor_id])
    if len(factors) == 1:
        await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == holder.person_id))
    note(session, holder, What.REMOVED, factors[factor_id].name, now)


async def seen(tx: Transaction) -> None:
    """The person has read what changed."""
    await tx.session.execute(update(FactorChange).where(FactorChange.person_id == tx.viewer).values(told=True))


async def reset(session: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Somebody lost it all: nothing is left, every session ends, and the next sign-in begins anew."""
    for kept in (Factor, RecoveryCode, FactorMisses, Session):
        await session.execute(delete(kept).where(kept.person_id == person_id))
    session.add(FactorChange(person_id=person_id, what=What.RESET.value, at=now, told=False))


async def reset_by_name(session: AsyncSession, username: str, now: datetime) -> bool:
    """As `reset`, by user name; False where there is nobody of that name."""
    person_id = await session.scalar(select(Account.person_id).where(Account.username == fold(username)))
    if person_id is None:
        return False
    await reset(session, person_id, now)
    return True
