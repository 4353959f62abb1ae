"""Signing in and out, and what is one's own: settings and devices."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access import actions
from app.access.factors.schemas import Welcome
from app.access.queries import ME, SESSIONS
from app.access.schemas import Me, MeChange, SessionList, SignIn
from app.access.viewer import Write, drop_cookie, earlier_session, nobody, page, token_hash, welcome
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import Problem, problems

router = APIRouter(prefix="/v1", tags=["access"])


def _forget(request: Request, response: Response, shared: bool) -> None:
    if shared:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    drop_cookie(request, response)


@router.post("/sessions", status_code=201, response_model=Welcome, responses=problems(401, 422, 429))
async def sign_in(request: Request, body: SignIn) -> Response:
    """Signs in with user name and password; the session is in a cookie that scripts cannot read."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    now, today = clock.now(), clock.today()
    address = request.client.host if request.client else ""
    earlier = earlier_session(request)
    async with database.begin() as session:
        candidate = await actions.find_account(session, body.username, address, now)
    if isinstance(candidate, Problem):
        raise candidate
    person_id = await actions.check_password(candidate, body.password.get_secret_value())
    async with database.begin() as session:
        await actions.forgive_try(session, body.username, address, now)
        label = actions.device_label(request.headers.get("user-agent", ""))
        token, lifetime = await actions.open_session(session, person_id, body.device, label, earlier, now, today)
    return await welcome(request, token, lifetime, body.device, now, today)


@router.get("/me", response_model=Me, responses=problems(401, 404))
async def read_me(request: Request) -> Response:
    """Who is signed in here, with roles, groups and, for a pupil, what the age rules say."""
    return await page(request, ME)


@router.patch("/me", response_model=Me, responses=problems(401, 403, 404, 422))
async def change_me(request: Request, body: MeChange) -> Response:
    """Changes one's own settings."""
    await _change(request, body)
    return await page(request, ME)


async def _change(request: Request, body: MeChange) -> None:
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    async with database.transaction(token_hash(request), clock.now(), clock.today()) as tx:
        if tx is None:
            raise await nobody(request)
        await actions.change_me(tx, body)


@router.get("/sessions", response_model=SessionList, responses=problems(401, 404))
async def list_sessions(request: Request) -> Response:
    """Where one is signed in."""
    return await page(request, SESSIONS)


@router.delete("/sessions", status_code=204, responses=problems(401))
async def sign_out_everywhere(request: Request, response: Response, tx: Write) -> None:
    """Signs out on every device, this one too."""
    _forget(request, response, shared=await actions.end_all_sessions(tx, token_hash(request)))


@router.delete("/sessions/current", status_code=204, responses=problems(401))
async def sign_out(request: Request, response: Response, tx: Write) -> None:
    """Signs out here. A shared device forgets all it kept."""
    _forget(request, response, shared=await actions.end_current_session(tx, token_hash(request)))


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(401, 404, 422))
async def sign_out_elsewhere(session_id: UUID, tx: Write) -> None:
    """Signs out another of one's own devices."""
    await actions.end_session(tx, session_id)
