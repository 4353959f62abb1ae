"""The pupil's etalage, a parent's yes, and the one page of who holds a link."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.access.actions import hash_of
from app.access.viewer import Write, page
from app.media.actions import file_address, thumbnail_address
from app.media.renditions.made import Width
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import NotFound, ShowcaseGone, problems
from app.platform.settings import Settings
from app.portability.showcases import queries
from app.portability.showcases.actions import composing, papers, sharing, visiting
from app.portability.showcases.actions.sharing import Place
from app.portability.showcases.actions.visiting import Now
from app.portability.showcases.models import PaperKind
from app.portability.showcases.schemas import (
    MyShowcases,
    PageContent,
    PageReceipt,
    PaperContent,
    PaperPdf,
    PaperReceipt,
    ShareAddress,
    ShareAsked,
    ShareReceipt,
    ShowcaseAnswer,
    ShowcaseMaterial,
    ShowcasePageOut,
    ShowcaseRequests,
    VisitBegin,
    VisitPage,
)
from app.portfolio.api import IfMatch, Store

router = APIRouter(prefix="/v1", tags=["showcases"])

_NEVER_KEPT = {"Cache-Control": "no-store"}
_WIDTH = Query(description="pixels")


def _place(request: Request) -> Place:
    settings: Settings = request.app.state.settings
    return Place(settings.origin, settings.pin_pepper.get_secret_value())


# --- the pupil ---------------------------------------------------------------------------------------


@router.get("/me/showcases", response_model=MyShowcases, responses=problems(401))
async def list_showcases(request: Request) -> Response:
    """One's own pages, and those that were thrown away."""
    return await page(request, queries.MY_SHOWCASES)


@router.get("/me/showcase-material", response_model=ShowcaseMaterial, responses=problems(401))
async def read_showcase_material(request: Request) -> Response:
    """Own stories, photos, films and words that can be put on a page."""
    return await page(request, queries.MATERIAL)


@router.get("/me/showcases/{page_id}", response_model=ShowcasePageOut, responses=problems(401, 404, 422))
async def read_showcase(request: Request, page_id: UUID) -> Response:
    """One own page: what it holds, what others see of it, its links and papers."""
    return await page(request, queries.SHOWCASE_PAGE, page_id=page_id)


@router.put(
    "/me/showcases/{page_id}",
    responses={201: {"model": PageReceipt}, **problems(401, 404, 409, 412, 422)},
)
async def write_showcase(
    tx: Write, response: Response, page_id: UUID, content: PageContent, if_match: IfMatch = None
) -> PageReceipt:
    """Makes a page under the id that the device made (201), or changes it from the version in `If-Match`."""
    receipt, is_new = await composing.write_page(tx, page_id, content, if_match)
    response.status_code = 201 if is_new else 200
    response.headers["ETag"] = f'"{receipt.version}"'
    return receipt


@router.delete("/me/showcases/{page_id}", status_code=204, responses=problems(401, 404, 422))
async def remove_showcase(tx: Write, page_id: UUID) -> None:
    """Throws a page away; its links open nothing. It can come back for thirty days."""
    await composing.remove_page(tx, page_id)


@router.post("/me/showcases/{page_id}/restore", status_code=204, responses=problems(401, 404, 409, 422))
async def restore_showcase(tx: Write, page_id: UUID) -> None:
    """Takes a page back that was thrown away."""
    await composing.restore_page(tx, page_id)


@router.put(
    "/me/showcases/{page_id}/papers/{kind}",
    responses={201: {"model": PaperReceipt}, **problems(401, 404, 409, 412, 422)},
)
async def write_showcase_paper(
    tx: Write, response: Response, page_id: UUID, kind: PaperKind, content: PaperContent, if_match: IfMatch = None
) -> PaperReceipt:
    """Writes the lines of a CV or a plusdocument: first (201), or from the version in `If-Match`."""
    receipt, is_new = await composing.write_paper(tx, page_id, kind, content, if_match)
    response.status_code = 201 if is_new else 200
    response.headers["ETag"] = f'"{receipt.version}"'
    return receipt


@router.post("/me/showcases/{page_id}/papers/{kind}/pdf", status_code=202, responses=problems(401, 404, 422))
async def ask_showcase_pdf(tx: Write, page_id: UUID, kind: PaperKind) -> PaperPdf:
    """Has the PDF made of the lines as they are now; the page says when it is ready, or failed."""
    return await papers.ask_pdf(tx, page_id, kind)


@router.get(
    "/me/showcases/{page_id}/papers/{kind}/pdf",
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 404, 409, 422),
)
async def read_showcase_pdf(tx: Write, store: Store, page_id: UUID, kind: PaperKind) -> RedirectResponse:
    """Sends the browser to the PDF, for some minutes."""
    url = await papers.pdf_address(tx, store, page_id, kind)
    return RedirectResponse(url, status_code=302, headers=_NEVER_KEPT)


@router.put(
    "/me/showcase-shares/{share_id}",
    responses={201: {"model": ShareReceipt}, **problems(401, 403, 404, 409, 422, 429)},
)
async def share_showcase(
    tx: Write, request: Request, response: Response, share_id: UUID, asked: ShareAsked
) -> ShareReceipt:
    """A link to one's own page (201); the same again changes nothing. Under 16 a parent says yes first."""
    receipt, is_new = await sharing.share(tx, share_id, asked, _place(request))
    response.status_code = 201 if is_new else 200
    return receipt


@router.get("/me/showcase-shares/{share_id}/address", responses=problems(401, 404, 422))
async def read_share_address(tx: Write, request: Request, share_id: UUID) -> ShareAddress:
    """The address of one's own link once more, and its code."""
    return await sharing.address(tx, share_id, _place(request))


@router.delete("/me/showcase-shares/{share_id}", status_code=204, responses=problems(401, 404, 422))
async def revoke_share(tx: Write, share_id: UUID) -> None:
    """Takes a link back: it opens nothing from now on, also where it is open."""
    await sharing.revoke(tx, share_id)


# --- a parent ----------------------------------------------------------------------------------------


@router.get("/me/showcase-requests", response_model=ShowcaseRequests, responses=problems(401))
async def list_showcase_requests(request: Request) -> Response:
    """Links of children of 12 to 15 that wait for one's yes as a parent, and those one answered; the look is logged."""
    return await page(request, queries.REQUESTS)


@router.put("/showcase-shares/{share_id}/consent", status_code=204, responses=problems(401, 404, 409, 412, 422))
async def answer_showcase_request(tx: Write, share_id: UUID, given: ShowcaseAnswer) -> None:
    """Says yes to the page of the version that was read, or no, at any time again; a no ends the link."""
    await sharing.answer(tx, share_id, given)


_ASKED_FILE = problems(401, 404, 422)


@router.get(
    "/showcase-shares/{share_id}/files/{attachment_id}",
    status_code=302,
    response_class=RedirectResponse,
    responses=_ASKED_FILE,
)
async def read_asked_file(tx: Write, store: Store, share_id: UUID, attachment_id: UUID) -> RedirectResponse:
    """Sends a parent who is asked for a yes to a photo or film of the page, for some minutes."""
    found = await sharing.asked_file(tx, share_id, attachment_id)
    return RedirectResponse(file_address(store, found, False), status_code=302, headers=_NEVER_KEPT)


@router.get(
    "/showcase-shares/{share_id}/files/{attachment_id}/thumbnail",
    status_code=302,
    response_class=RedirectResponse,
    responses=_ASKED_FILE,
)
async def read_asked_thumbnail(
    tx: Write,
    store: Store,
    share_id: UUID,
    attachment_id: UUID,
    width: Annotated[Width, _WIDTH] = Width.MEDIUM,
) -> RedirectResponse:
    """The same for a small picture of it."""
    found = await sharing.asked_file(tx, share_id, attachment_id)
    url = thumbnail_address(store, found, width, False, False)
    return RedirectResponse(url, status_code=302, headers=_NEVER_KEPT)


# --- who holds a link --------------------------------------------------------------------------------

_HOUR_S = 3_600


def _cookie_name(request: Request, visit_id: UUID) -> str:
    """One for each visit: two etalages side by side do not shut each other."""
    settings: Settings = request.app.state.settings
    return f"{'__Host-' if settings.tls else ''}etalage-{visit_id}"


def _held(request: Request, visit_id: UUID) -> bytes | None:
    token = request.cookies.get(_cookie_name(request, visit_id))
    return hash_of(token) if token else None


def _now(request: Request) -> Now:
    clock: Clock = request.app.state.clock
    return Now(clock.now(), clock.today())


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


@router.post(
    "/showcase/visits",
    status_code=201,
    response_model=VisitPage,
    responses=problems(403, 410, 422, 429),
)
async def begin_showcase_visit(request: Request, held: VisitBegin) -> Response:
    """Opens a link in this browser, for an hour, and counts that; with the code where one is asked."""
    settings: Settings = request.app.state.settings
    address = request.client.host if request.client else ""
    link, typed = held.link.get_secret_value(), held.code.get_secret_value() if held.code else None
    pepper = settings.pin_pepper.get_secret_value()
    visit = await visiting.begin(_database(request), link, typed, address, pepper, _now(request))
    body = await visiting.read(_database(request), visit.id, hash_of(visit.token), _now(request))
    response = Response(body, status_code=201, media_type="application/json")
    response.set_cookie(
        _cookie_name(request, visit.id),
        visit.token,
        max_age=_HOUR_S,
        path="/",
        secure=settings.tls,
        httponly=True,
        samesite="strict",
    )
    return response


@router.get("/showcase/visits/{visit_id}", response_model=VisitPage, responses=problems(410, 422))
async def read_showcase_visit(request: Request, visit_id: UUID) -> Response:
    """The page that is open in this browser, as it is at this moment."""
    held = _held(request, visit_id)
    if held is None:
        raise ShowcaseGone
    body = await visiting.read(_database(request), visit_id, held, _now(request))
    return Response(body, media_type="application/json")


_FILE = problems(404, 422)


@router.get(
    "/showcase/visits/{visit_id}/files/{attachment_id}",
    status_code=302,
    response_class=RedirectResponse,
    responses=_FILE,
)
async def read_visit_file(request: Request, store: Store, visit_id: UUID, attachment_id: UUID) -> RedirectResponse:
    """Sends the browser to a photo or film of the page, for some minutes."""
    held = _held(request, visit_id)
    if held is None:
        raise NotFound
    found = await visiting.file(_database(request), visit_id, held, attachment_id, _now(request))
    return RedirectResponse(file_address(store, found, False), status_code=302, headers=_NEVER_KEPT)


@router.get(
    "/showcase/visits/{visit_id}/files/{attachment_id}/thumbnail",
    status_code=302,
    response_class=RedirectResponse,
    responses=_FILE,
)
async def read_visit_thumbnail(
    request: Request,
    store: Store,
    visit_id: UUID,
    attachment_id: UUID,
    width: Annotated[Width, _WIDTH] = Width.MEDIUM,
    accept: Annotated[str, Header(max_length=1000)] = "",
) -> RedirectResponse:
    """The same for a small picture of it."""
    held = _held(request, visit_id)
    if held is None:
        raise NotFound
    found = await visiting.file(_database(request), visit_id, held, attachment_id, _now(request))
    url = thumbnail_address(store, found, width, "image/webp" in accept, False)
    return RedirectResponse(url, status_code=302, headers=_NEVER_KEPT)
