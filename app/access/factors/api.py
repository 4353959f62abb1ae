"""Giving a second factor, and looking after one's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import check_current, prove_session
from app.access.cards.actions.coming_in import at_the_door
from app.access.factors.actions import giving, keeping, password
from app.access.factors.policy import Holder, find_holder, require_colleague, require_fresh
from app.access.factors.queries import FACTORS, what_is_due
from app.access.factors.schemas import (
    AppAdded,
    AppSecret,
    CodeGiven,
    FactorDue,
    FactorRenamed,
    Factors,
    NewFactor,
    PasskeyAdded,
    PasskeyGiven,
    PasskeyOptions,
    PasswordGiven,
    RecoveryCodes,
    Welcome,
)
from app.access.schemas import Me
from app.access.viewer import Write, drop_cookie, keep_cookie, page, token_hash, welcome
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import Conflict, Problem, problems
from app.platform.settings import Settings

router = APIRouter(prefix="/v1", tags=["access"])
_GIVEN: dict[str, Any] = {"status_code": 201, "response_model": Me, "responses": problems(401, 403, 422, 429)}

_ANEW = _GIVEN | {"response_model": Welcome, "responses": problems(401, 403, 409, 422, 429)}


@asynccontextmanager
async def _holder(request: Request, *, fresh: bool = False) -> AsyncIterator[tuple[AsyncSession, Holder]]:
    """A transaction of whoever holds this session, recognised elsewhere or not."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    hashed = token_hash(request)
    async with at_the_door(database) as session:
        holder = await find_holder(session, hashed, clock.now(), clock.today())
        if fresh:
            require_fresh(holder, clock.now())
        yield session, holder


def _pepper(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return settings.pin_pepper.get_secret_value()


def _origin(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return settings.origin


# --- giving ----------------------------------------------------------------------------------------


@router.get("/sessions/current/factor", responses=problems(401))
async def read_factor_due(request: Request) -> FactorDue:
    """What is owed before anything opens, and the ways to give it."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    hashed = token_hash(request)
    async with at_the_door(database) as session:
        return await what_is_due(session, hashed, clock.now(), clock.today())


@router.delete("/sessions/current/factor", status_code=204, responses=problems(401, 409))
async def go_back(request: Request, response: Response) -> None:
    """Gives up a sign-in that still owes a second factor."""
    async with _holder(request) as (session, holder):
        if holder.due is None:
            raise Conflict("wrong_state")
        await session.delete(holder.session)
    drop_cookie(request, response)


@router.post("/sessions/current/factor/passkey-challenge", status_code=201, responses=problems(401, 422))
async def challenge_passkey(request: Request) -> PasskeyOptions:
    """What a passkey is to sign: once, within five minutes."""
    clock: Clock = request.app.state.clock
    async with _holder(request) as (session, holder):
        options = await giving.passkey_challenge(session, holder, _origin(request), clock.now())
    return PasskeyOptions(public_key=options)


@router.post("/sessions/current/factor/by-passkey", **_GIVEN)
async def give_passkey(request: Request, body: PasskeyGiven) -> Response:
    """Gives a passkey; the session opens, under a new cookie value."""
    return await _give(request, giving.fits_passkey(body.credential, _origin(request)))


@router.post("/sessions/current/factor/by-app", **_GIVEN)
async def give_app_code(request: Request, body: CodeGiven) -> Response:
    """Gives the six figures of an app."""
    return await _give(request, giving.fits_app(body.code.get_secret_value(), _pepper(request)))


@router.post("/sessions/current/factor/by-recovery-code", **_GIVEN)
async def give_recovery_code(request: Request, body: CodeGiven) -> Response:
    """Gives a recovery code, which is used up by it."""
    return await _give(request, giving.fits_recovery_code(body.code.get_secret_value()))


@router.post("/sessions/current/factor/by-password", **_ANEW)
async def give_password(request: Request, body: PasswordGiven) -> Response:
    """Gives the password once more, before setting up the first factor in a session that began too long ago."""
    clock: Clock = request.app.state.clock
    now, today = clock.now(), clock.today()
    async with _holder(request) as (session, holder):
        known = await password.find_password(session, holder, now)
    if isinstance(known, Problem):
        raise known
    await check_current(known, body.password.get_secret_value(), "/password")
    async with _holder(request) as (session, holder):
        device = holder.session.device
        given = await password.give_password(session, holder, known, now)
    return await welcome(request, *given, "shared" if device == "shared" else "own", now, today)


async def _give(request: Request, fits: giving.Fits) -> Response:
    clock: Clock = request.app.state.clock
    now, today = clock.now(), clock.today()
    async with _holder(request) as (session, holder):
        device = holder.session.device
        given = await giving.give(session, holder, fits, now, today)
    if isinstance(given, Problem):
        raise given
    return await welcome(request, *given, "shared" if device == "shared" else "own", now, today)


# --- one's own -------------------------------------------------------------------------------------


@router.get("/me/factors", response_model=Factors, responses=problems(401, 404))
async def read_factors(request: Request) -> Response:
    """What one has, how many recovery codes are left, and what changed."""
    return await page(request, FACTORS)


@router.put("/me/factors/changes-seen", status_code=204, responses=problems(401))
async def see_factor_changes(tx: Write) -> None:
    """What changed was read."""
    await keeping.seen(tx)


@router.post("/me/factors/passkey-challenge", status_code=201, responses=problems(401, 403, 409))
async def start_passkey(request: Request) -> PasskeyOptions:
    """What a browser needs to make a passkey."""
    clock: Clock = request.app.state.clock
    async with _holder(request, fresh=True) as (session, holder):
        options = await keeping.start_passkey(session, holder, _origin(request), clock.now())
    return PasskeyOptions(public_key=options)


@router.post("/me/factors/passkeys", status_code=201, responses=problems(401, 403, 409, 422))
async def add_passkey(request: Request, response: Response, body: PasskeyAdded) -> NewFactor:
    """Adds a passkey. Where a second factor was owed, the session opens."""
    return await _add(request, response, keeping.a_passkey(body.name, body.credential, _origin(request)))


@router.post("/me/factors/app-secret", status_code=201, responses=problems(401, 403, 409))
async def start_app(request: Request) -> AppSecret:
    """A secret for an app, shown this once."""
    clock: Clock = request.app.state.clock
    async with _holder(request, fresh=True) as (session, holder):
        return await keeping.start_app(session, holder, _pepper(request), clock.now())


@router.post("/me/factors/apps", status_code=201, responses=problems(401, 403, 409, 422))
async def add_app(request: Request, response: Response, body: AppAdded) -> NewFactor:
    """Adds an app, confirmed by a code that it shows. Where a second factor was owed, the session opens."""
    return await _add(request, response, keeping.an_app(body.name, body.code.get_secret_value(), _pepper(request)))


async def _add(request: Request, response: Response, adds: keeping.Adds) -> NewFactor:
    clock: Clock = request.app.state.clock
    now, today = clock.now(), clock.today()
    async with _holder(request, fresh=True) as (session, holder):
        device = holder.session.device
        made = await adds(session, holder, now)
        given = None if isinstance(made, Problem) else await prove_session(session, holder.session, now, today)
    if isinstance(made, Problem):
        raise made
    assert given is not None
    keep_cookie(request, response, *given, device)
    return made


@router.patch("/me/factors/{factor_id}", status_code=204, responses=problems(401, 404, 422))
async def rename_factor(factor_id: UUID, body: FactorRenamed, tx: Write) -> None:
    """Gives one of one's own another name."""
    await keeping.rename(tx, factor_id, body.name)


@router.delete("/me/factors/{factor_id}", status_code=204, responses=problems(401, 403, 404, 409, 422))
async def remove_factor(request: Request, factor_id: UUID) -> None:
    """Removes one of one's own; the last one stays while a role asks for it."""
    clock: Clock = request.app.state.clock
    async with _holder(request, fresh=True) as (session, holder):
        await keeping.remove(session, holder, factor_id, clock.now())


@router.post("/me/recovery-codes", status_code=201, responses=problems(401, 403, 409))
async def renew_recovery_codes(request: Request) -> RecoveryCodes:
    """Ten new recovery codes, shown this once; the old ones end."""
    clock: Clock = request.app.state.clock
    async with _holder(request, fresh=True) as (session, holder):
        return RecoveryCodes(codes=await keeping.renew_codes(session, holder, clock.now()))


@router.delete("/people/{person_id}/factors", status_code=204, responses=problems(401, 403, 404, 422))
async def reset_factors(request: Request, person_id: UUID, tx: Write) -> None:
    """A school's admin takes away what a colleague lost; sessions end, and the next sign-in sets up anew."""
    await require_colleague(tx, person_id)
    require_fresh(await find_holder(tx.session, token_hash(request), tx.now, tx.today), tx.now)
    await keeping.reset(tx.session, person_id, tx.now)
