"""Giving a second factor: at sign-in, or anew for a change that asks for a fresh one.

Each try is counted before it is looked at, in a row that is locked until the transaction ends: tries at the same
moment come one after another, so that one code is never taken twice.
"""

import secrets
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import Lifetime, prove_session
from app.access.factors.codes import recovery_hash, step_of, unseal
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
from app.access.factors.passkeys import Refused, check_given, options_to_give
from app.access.factors.policy import Holder
from app.access.factors.schemas import Credential
from app.platform.errors import FactorLocked, Problem, WrongFactor

CHALLENGE_LIVES = timedelta(minutes=5)

Fits = Callable[[AsyncSession, Holder, datetime], Awaitable[bool]]
"""Whether what was given is right; what is used up by it is marked so."""

_COUNT_MISS = text(
    "insert into factor_misses as m values (:person, 1, null)"
    " on conflict (person_id) do update set count = m.count + 1, locked_until = case"
    "  when (m.count + 1) % 5 = 0 then cast(:now as timestamptz) + least(m.count + 1, 30) * interval '1 minute' end"
    " where m.locked_until is null or m.locked_until <= :now returning locked_until"
)
"""Every fifth miss after another closes for 5, 10, … at most 30 minutes. No row comes back while it is closed."""


async def give(
    session: AsyncSession, holder: Holder, fits: Fits, now: datetime, today: date
) -> tuple[str, Lifetime] | Problem:
    """The cookie's new value and how long it lives; a problem is returned, not raised, so that the try stays counted.

    WrongFactor (403) whatever is wrong, FactorLocked (429) at every fifth in a row.
    """
    counted = (await session.execute(_COUNT_MISS, {"person": holder.person_id, "now": now})).first()
    if counted is None:
        until = await session.scalar(
            select(FactorMisses.locked_until).where(FactorMisses.person_id == holder.person_id)
        )
        return FactorLocked(_seconds(until, now))
    if not await fits(session, holder, now):
        return FactorLocked(_seconds(counted.locked_until, now)) if counted.locked_until else WrongFactor()
    await session.execute(delete(FactorMisses).where(FactorMisses.person_id == holder.person_id))
    return await prove_session(session, holder.session, now, today)


def _seconds(until: datetime | None, now: datetime) -> int:
    return max(1, int((until - now + timedelta(seconds=0.999)).total_seconds())) if until else 1


def fits_app(code: str, pepper: str) -> Fits:
    """Six figures of one of the person's apps, of a half minute later than the last one taken."""

    async def fits(session: AsyncSession, holder: Holder, now: datetime) -> bool:
        for factor in await _own(session, holder.person_id, FactorKind.APP):
            assert factor.sealed_secret is not None
            assert factor.last_step is not None
            secret = unseal(factor.sealed_secret, factor.person_id, pepper)
            if step := step_of(secret, code, factor.last_step, now):
                factor.last_step, factor.last_used_at = step, now
                return True
        return False

    return fits


def fits_recovery_code(code: str) -> Fits:
    """A code on paper, the first time that it is used; its person is told."""

    async def fits(session: AsyncSession, holder: Holder, now: datetime) -> bool:
        used = await session.execute(
            update(RecoveryCode)
            .where(
                RecoveryCode.code_hash == recovery_hash(code),
                RecoveryCode.person_id == holder.person_id,
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=now)
            .returning(RecoveryCode.code_hash)
        )
        if used.first() is None:
            return False
        note(session, holder, What.CODE_USED, None, now)
        return True

    return fits


def fits_passkey(credential: Credential, origin: str) -> Fits:
    """One of the person's passkeys, over the challenge that this session was given last."""

    async def fits(session: AsyncSession, holder: Holder, now: datetime) -> bool:
        challenge = await take_challenge(session, holder, Purpose.GIVE_PASSKEY, now)
        passkeys = await _own(session, holder.person_id, FactorKind.PASSKEY)
        factor = next((each for each in passkeys if _is(each, credential)), None)
        if challenge is None or factor is None:
            return False
        try:
            used = check_given(credential, challenge, origin, factor)
        except Refused:
            return False
        factor.sign_count, factor.backed_up, factor.last_used_at = used.sign_count, used.backed_up, now
        return True

    return fits


def _is(factor: Factor, credential: Credential) -> bool:
    from webauthn import base64url_to_bytes

    try:
        return factor.credential_id == base64url_to_bytes(credential.raw_id)
    except ValueError:
        return False


async def passkey_challenge(session: AsyncSession, holder: Holder, origin: str, now: datetime) -> dict[str, Any]:
    """What one of the person's passkeys is to sign, once, within five minutes."""
    known = [each.credential_id for each in await _own(session, holder.person_id, FactorKind.PASSKEY)]
    challenge = secrets.token_bytes(32)
    await keep_challenge(session, holder, Purpose.GIVE_PASSKEY, challenge, now)
    return options_to_give(origin, challenge, filter(None, known))


async def keep_challenge(session: AsyncSession, holder: Holder, purpose: Purpose, value: bytes, now: datetime) -> None:
    """Keeps a challenge of this session; the one before it is worth nothing any more."""
    kept = {"value": value, "expires_at": now + CHALLENGE_LIVES}
    await session.execute(
        insert(FactorChallenge)
        .values(session_id=holder.session.id, purpose=purpose.value, **kept)
        .on_conflict_do_update(index_elements=["session_id", "purpose"], set_=kept)
    )


async def take_challenge(session: AsyncSession, holder: Holder, purpose: Purpose, now: datetime) -> bytes | None:
    """The challenge of this session, which is used up by that; None where there is none, or it is too old."""
    taken = (
        await session.execute(
            delete(FactorChallenge)
            .where(FactorChallenge.session_id == holder.session.id, FactorChallenge.purpose == purpose.value)
            .returning(FactorChallenge.value, FactorChallenge.expires_at)
        )
    ).first()
    return taken.value if taken and taken.expires_at > now else None


async def _own(session: AsyncSession, person_id: UUID, kind: FactorKind) -> list[Factor]:
    mine = select(Factor).where(Factor.person_id == person_id, Factor.kind == kind.value).order_by(Factor.created_at)
    return list(await session.scalars(mine))


def note(session: AsyncSession, holder: Holder, what: What, name: str | None, now: datetime) -> None:
    """Writes down what happened, for its person to see here and to be told at the next sign-in."""
    session.add(
        FactorChange(person_id=holder.person_id, what=what.value, name=name, at=now, session_id=holder.session.id)
    )
