"""The pupil's links, the yes of mentor and parent, and the one page of who holds a link."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.access.actions import hash_of
from app.access.viewer import Write, page
from app.guidance.outside import queries
from app.guidance.outside.actions import asking, holding
from app.guidance.outside.actions.holding import CODE_MINUTES, PAGE_MINUTES, Now
from app.guidance.outside.schemas import (
    CodeMailed,
    CodeTyped,
    Decided,
    DecisionReceipt,
    EntryOutside,
    LinkAsked,
    LinkHeld,
    LinkReceipt,
    OutsideAnswerIn,
    OutsideOpened,
    OutsidePage,
    OutsideReceipt,
    OwnLinks,
    RequestAnswer,
    Requests,
)
from app.media.actions import file_address, thumbnail_address
from app.media.renditions.made import Width
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import InvalidFields, OutsideCodeNeeded, problems
from app.platform.http import with_etag
from app.platform.settings import Settings
from app.portfolio.api import IfMatch, Store

router = APIRouter(prefix="/v1", tags=["outside"])


def _mails(request: Request) -> bool:
    settings: Settings = request.app.state.settings
    return settings.mails


# --- the pupil, mentor and parent ------------------------------------------------------------------


@router.get("/me/outside-links", response_model=OwnLinks, responses=problems(401))
async def list_outside_links(request: Request) -> Response:
    """Whom one asked outside, newest first."""
    return await page(request, queries.OWN_LINKS)


@router.get("/entries/{entry_id}/outside", response_model=EntryOutside, responses=problems(401, 403, 404, 422))
async def read_entry_outside(request: Request, entry_id: UUID) -> Response:
    """Who was asked outside about an entry; for others than the pupil with what the pupil took in."""
    return await page(request, queries.ENTRY_LINKS, entry_id=entry_id)


@router.put(
    "/me/outside-links/{link_id}",
    responses={201: {"model": LinkReceipt}, **problems(401, 403, 404, 409, 422, 429)},
)
async def ask_outside(tx: Write, request: Request, response: Response, link_id: UUID, asked: LinkAsked) -> LinkReceipt:
    """Asks somebody outside about one own experience (201); the same again changes nothing."""
    receipt, is_new = await asking.ask(tx, link_id, asked, _mails(request))
    response.status_code = 201 if is_new else 200
    return receipt


@router.post("/me/outside-links/{link_id}/mails", status_code=204, responses=problems(401, 404, 409, 422, 429))
async def mail_outside_again(tx: Write, request: Request, link_id: UUID) -> None:
    """Mails the link anew; the one before stops working."""
    await asking.mail_again(tx, link_id, _mails(request))


@router.delete("/me/outside-links/{link_id}", status_code=204, responses=problems(401, 404, 422))
async def withdraw_outside(tx: Write, link_id: UUID) -> None:
    """Withdraws a link: it opens nothing from now on."""
    await asking.withdraw(tx, link_id)


@router.put("/me/outside-links/{link_id}/decision", responses=problems(401, 404, 412, 422, 428))
async def decide_outside(
    tx: Write, response: Response, link_id: UUID, decided: Decided, if_match: IfMatch = None
) -> DecisionReceipt:
    """Takes in what was said, leaves it out, or does not want it, from the version in `If-Match`; ends the link."""
    return with_etag(response, await asking.decide(tx, link_id, decided, if_match))


@router.get("/me/outside-requests", response_model=Requests, responses=problems(401))
async def list_outside_requests(request: Request) -> Response:
    """Links of pupils of 12 to 15 that wait for one's yes as mentor or parent, and those one answered."""
    return await page(request, queries.REQUESTS)


@router.put("/outside-links/{link_id}/consent", status_code=204, responses=problems(401, 404, 409, 422))
async def answer_outside_request(tx: Write, link_id: UUID, given: RequestAnswer) -> None:
    """Says yes or no as mentor or parent, at any time again; a no ends the link."""
    await asking.consent(tx, link_id, given)


# --- who holds a link ------------------------------------------------------------------------------

COOKIES = ("__Host-outside", "outside")
"""Behind TLS, and on a laptop without; beside the session of who is signed in, and never in its place."""


def _cookie_name(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return COOKIES[0] if settings.tls else COOKIES[1]


def _held(request: Request) -> bytes:
    """Raises OutsideCodeNeeded (403) without a cookie."""
    if token := request.cookies.get(_cookie_name(request)):
        return hash_of(token)
    raise OutsideCodeNeeded


def _now(request: Request) -> Now:
    clock: Clock = request.app.state.clock
    return Now(clock.now(), clock.today())


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def _keep_cookie(request: Request, response: Response, token: str) -> None:
    settings: Settings = request.app.state.settings
    # Without an age: it goes with the browser.
    response.set_cookie(_cookie_name(request), token, path="/", secure=settings.tls, httponly=True, samesite="strict")


@router.post("/outside/codes", status_code=201, responses=problems(410, 422, 429))
async def mail_outside_code(request: Request, response: Response, held: LinkHeld) -> CodeMailed:
    """Mails a code to the address that the link went to; it works in this browser."""
    address = request.client.host if request.client else ""
    link = held.link.get_secret_value()
    _keep_cookie(request, response, await holding.ask_code(_database(request), link, address, _now(request)))
    return CodeMailed(minutes=CODE_MINUTES)


@router.post("/outside/sessions", status_code=201, responses=problems(403, 422))
async def open_outside(request: Request, response: Response, typed: CodeTyped) -> OutsideOpened:
    """Opens the page with the code; five tries, and once."""
    settings: Settings = request.app.state.settings
    pepper = settings.pin_pepper.get_secret_value()
    code = typed.code.get_secret_value()
    token = await holding.prove(_database(request), _held(request), code, pepper, _now(request))
    _keep_cookie(request, response, token)
    return OutsideOpened(minutes=PAGE_MINUTES)


@router.delete("/outside/sessions/current", status_code=204)
async def leave_outside(request: Request, response: Response) -> None:
    """Closes the page in this browser."""
    settings: Settings = request.app.state.settings
    if token := request.cookies.get(_cookie_name(request)):
        await holding.leave(_database(request), hash_of(token))
    response.delete_cookie(_cookie_name(request), path="/", secure=settings.tls, httponly=True, samesite="strict")


@router.get("/outside/entry", response_model=OutsidePage, responses=problems(403))
async def read_outside(request: Request) -> Response:
    """The one experience, as far as the pupil shows it; the look is logged."""
    body = await holding.read(_database(request), _held(request), _now(request))
    return Response(body, media_type="application/json")


@router.put("/outside/answer", responses=problems(403, 412, 422))
async def answer_outside(
    request: Request, response: Response, said: OutsideAnswerIn, if_match: IfMatch = None
) -> OutsideReceipt:
    """Keeps what is said, first or from the version in `If-Match`, until the pupil decides or the link ends."""
    if not (said.good or said.grew or said.tip or said.words):
        raise InvalidFields(errors=[("/good", "nothing_said")])
    version = await holding.say(_database(request), _held(request), said, if_match, _now(request))
    response.headers["ETag"] = f'"{version}"'
    return OutsideReceipt(version=version)


_FILE_RESPONSES = problems(403, 404, 422)


@router.get(
    "/outside/files/{attachment_id}",
    status_code=302,
    response_class=RedirectResponse,
    responses=_FILE_RESPONSES,
)
async def read_outside_file(request: Request, store: Store, attachment_id: UUID) -> RedirectResponse:
    """Sends the browser to one of the shown files, for some minutes."""
    found = await holding.file(_database(request), _held(request), attachment_id, _now(request))
    return RedirectResponse(file_address(store, found, False), status_code=302)


@router.get(
    "/outside/files/{attachment_id}/thumbnail",
    status_code=302,
    response_class=RedirectResponse,
    responses=_FILE_RESPONSES,
)
async def read_outside_thumbnail(
    request: Request,
    store: Store,
    attachment_id: UUID,
    width: Annotated[Width, Query(description="pixels")] = Width.MEDIUM,
) -> RedirectResponse:
    """The same for a small picture of it."""
    found = await holding.file(_database(request), _held(request), attachment_id, _now(request))
    return RedirectResponse(thumbnail_address(store, found, width, False, False), status_code=302)
