"""Signing in with a card or in class, and the teacher's side of it."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from app.access.actions import device_label, open_session
from app.access.cards.actions import by_teacher, coming_in
from app.access.cards.queries import GROUP_SIGN_IN
from app.access.cards.schemas import (
    CardFound,
    CardLook,
    CardsAsked,
    ClassFound,
    ClassLook,
    GroupSignIn,
    PinIn,
    SignInByCard,
    SignInByClass,
)
from app.access.factors.schemas import Welcome
from app.access.viewer import Write, earlier_session, page, welcome
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import Problem, problems
from app.platform.settings import Settings

router = APIRouter(prefix="/v1", tags=["access"])


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


@router.post("/cards/look", responses=problems(401, 409, 422, 429))
async def look_at_card(request: Request, body: CardLook) -> CardFound:
    """Whether a card works and has a PIN; not whose it is."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    secret = body.secret.get_secret_value()
    async with coming_in.at_the_door(database) as session:
        found = await coming_in.look_at_card(session, secret, _address(request), clock.now(), clock.today())
    if isinstance(found, Problem):
        raise found
    return CardFound(choose_pin=found)


@router.post("/class-codes/look", responses=problems(401, 422, 429))
async def look_at_class(request: Request, body: ClassLook) -> ClassFound:
    """Who may sign in by a class code, while the teacher has the window open."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    async with coming_in.at_the_door(database) as session:
        found = await coming_in.look_at_class(session, body.code, _address(request), clock.now(), clock.today())
    if isinstance(found, Problem):
        raise found
    return found


@router.post("/sessions/by-card", status_code=201, response_model=Welcome, responses=problems(401, 409, 422, 429))
async def sign_in_by_card(request: Request, body: SignInByCard) -> Response:
    """Signs a pupil in with card and PIN; the first time the pupil chooses the PIN."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    secret = body.secret.get_secret_value()
    async with coming_in.at_the_door(database) as session:
        caller = await coming_in.call_with_card(
            session, secret, body.choose_pin, _address(request), clock.now(), clock.today()
        )
    return await _come_in(request, body, caller)


@router.post("/sessions/by-class-code", status_code=201, response_model=Welcome, responses=problems(401, 409, 422, 429))
async def sign_in_by_class_code(request: Request, body: SignInByClass) -> Response:
    """Signs a pupil in with the code on the board, the own name and PIN."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    async with coming_in.at_the_door(database) as session:
        caller = await coming_in.call_in_class(
            session, body.code, body.pupil_id, body.choose_pin, _address(request), clock.now(), clock.today()
        )
    return await _come_in(request, body, caller)


async def _come_in(request: Request, body: PinIn, caller: coming_in.Caller | Problem) -> Response:
    if isinstance(caller, Problem):
        raise caller
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    settings: Settings = request.app.state.settings
    now, today = clock.now(), clock.today()
    pepper = settings.pin_pepper.get_secret_value()
    chosen = await coming_in.check_pin(caller, body.pin.get_secret_value(), pepper)
    async with coming_in.at_the_door(database) as session:
        pupil_id = await coming_in.let_in(session, caller, chosen, now, today)
        label = device_label(request.headers.get("user-agent", ""))
        token, lifetime = await open_session(
            session, pupil_id, body.device, label, earlier_session(request), now, today
        )
    return await welcome(request, token, lifetime, body.device, now, today)


@router.get("/groups/{group_id}/sign-in", response_model=GroupSignIn, responses=problems(401, 404, 422))
async def read_group_sign_in(request: Request, group_id: UUID) -> Response:
    """How the pupils of one of the teacher's own groups come in: window, cards, PINs, locks."""
    return await page(request, GROUP_SIGN_IN, group_id=group_id)


@router.put("/groups/{group_id}/class-window", status_code=204, responses=problems(401, 404, 422))
async def open_class_window(group_id: UUID, tx: Write) -> None:
    """Opens the window for a quarter of an hour; an open one stays as it is."""
    await by_teacher.open_window(tx, group_id)


@router.delete("/groups/{group_id}/class-window", status_code=204, responses=problems(401, 404, 422))
async def close_class_window(group_id: UUID, tx: Write) -> None:
    """Closes the window; who is in stays in."""
    await by_teacher.close_window(tx, group_id)


@router.post(
    "/groups/{group_id}/cards",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **problems(401, 404, 422)},
)
async def issue_cards(request: Request, group_id: UUID, body: CardsAsked, tx: Write) -> Response:
    """New cards, as a sheet to print; the ones before end, and their PINs. It is never kept: secrets are hashed."""
    settings: Settings = request.app.state.settings
    cards = await by_teacher.issue_cards(tx, group_id, body.pupil_ids)
    from app.access.cards.actions.sheet import card_sheet  # large, and needed once a year

    sheet = await run_in_threadpool(card_sheet, cards, settings.origin, tx.now)
    return Response(sheet, media_type="application/pdf")


@router.delete("/pupils/{pupil_id}/card", status_code=204, responses=problems(401, 404, 422))
async def revoke_card(pupil_id: UUID, tx: Write) -> None:
    """A lost card: it works no longer, and who came in with it is out."""
    await by_teacher.revoke_card(tx, pupil_id)


@router.delete("/pupils/{pupil_id}/pin", status_code=204, responses=problems(401, 404, 422))
async def reset_pin(pupil_id: UUID, tx: Write) -> None:
    """The pupil chooses a new PIN at the next sign-in; locks open, sessions end."""
    await by_teacher.reset_pin(tx, pupil_id)
