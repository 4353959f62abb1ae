"""The loopbaandossier: filling it, handing it in, reading and closing it, and its PDF."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.access.viewer import Write, page
from app.guidance.dossiers import actions, files, queries
from app.guidance.dossiers.schemas import (
    ChecklistContent,
    ChecklistReceipt,
    DossierClosing,
    DossierPdfOut,
    HandInPage,
    HandInReceipt,
    HomeDossier,
    MyDossier,
    PartContent,
    PartReceipt,
    ReaderChoice,
    ReaderNote,
    SchoolChecklist,
    SchoolDossiers,
)
from app.media.renditions.made import Width
from app.platform.errors import problems
from app.platform.http import with_etag
from app.portfolio.api import IfMatch, Store
from app.reference.codes import Competency

router = APIRouter(prefix="/v1", tags=["dossiers"])

_KEPT_BRIEFLY = {"Cache-Control": "private, max-age=300", "Vary": "Cookie"}
_NEVER_KEPT = {"Cache-Control": "no-store"}


@router.get("/me/dossier", response_model=MyDossier, responses=problems(401, 404))
async def read_my_dossier(request: Request) -> Response:
    """One's own dossier as it is now, what counts for it, and what it lacks; for pupils of vmbo 3 and 4."""
    return await page(request, queries.MY_DOSSIER)


@router.put(
    "/me/dossier/parts/{competency}",
    responses={201: {"model": PartReceipt}, **problems(401, 404, 409, 412, 422)},
)
async def write_dossier_part(
    tx: Write, response: Response, competency: Competency, content: PartContent, if_match: IfMatch = None
) -> PartReceipt:
    """Writes one competency: for the first time (201), or from the version in `If-Match`."""
    receipt, is_new = await actions.write_part(tx, competency, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.put(
    "/me/dossier/hand-ins/{hand_in_id}",
    responses={201: {"model": HandInReceipt}, **problems(401, 404, 409, 422)},
)
async def hand_in_dossier(tx: Write, response: Response, hand_in_id: UUID) -> HandInReceipt:
    """Hands it in as it is now, under an id that the device made (201). With 409 `errors` says what it lacks."""
    receipt, is_new = await actions.hand_in(tx, hand_in_id)
    response.status_code = 201 if is_new else 200
    return receipt


@router.post("/me/dossier/hand-ins/{hand_in_id}/withdraw", responses=problems(401, 404, 409, 422))
async def withdraw_dossier(tx: Write, hand_in_id: UUID) -> HandInReceipt:
    """Takes it back, as long as nobody of school looked. Again changes nothing."""
    return await actions.withdraw(tx, hand_in_id)


@router.get("/dossiers/{hand_in_id}", response_model=HandInPage, responses=problems(401, 404, 422))
async def read_hand_in(request: Request, hand_in_id: UUID) -> Response:
    """A dossier as it was handed in; the look is logged."""
    return await page(request, queries.HAND_IN, hand_in_id=hand_in_id)


@router.put("/dossiers/{hand_in_id}/reader", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def name_second_reader(
    tx: Write, response: Response, hand_in_id: UUID, choice: ReaderChoice, if_match: IfMatch = None
) -> HandInReceipt:
    """A dean asks a colleague to read along, or nobody any more."""
    return with_etag(response, await actions.name_reader(tx, hand_in_id, choice, if_match))


@router.put("/dossiers/{hand_in_id}/note", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def write_reader_note(
    tx: Write, response: Response, hand_in_id: UUID, said: ReaderNote, if_match: IfMatch = None
) -> HandInReceipt:
    """What the second reader found."""
    return with_etag(response, await actions.note(tx, hand_in_id, said, if_match))


@router.put("/dossiers/{hand_in_id}/closing", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def close_dossier(
    tx: Write, response: Response, hand_in_id: UUID, closing: DossierClosing, if_match: IfMatch = None
) -> HandInReceipt:
    """A dean closes it as good, or gives it back with a reason."""
    return with_etag(response, await actions.close(tx, hand_in_id, closing, if_match))


@router.get(
    "/dossiers/{hand_in_id}/files/{attachment_id}",
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 404, 422),
)
async def read_dossier_file(tx: Write, store: Store, hand_in_id: UUID, attachment_id: UUID) -> RedirectResponse:
    """Sends the browser to a file as it was handed in, for some minutes."""
    url = await files.read_file(tx, store, hand_in_id, attachment_id)
    return RedirectResponse(url, status_code=302, headers=_KEPT_BRIEFLY)


@router.get(
    "/dossiers/{hand_in_id}/files/{attachment_id}/thumbnail",
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 404, 422),
)
async def read_dossier_thumbnail(
    tx: Write,
    store: Store,
    hand_in_id: UUID,
    attachment_id: UUID,
    width: Annotated[Width, Query(description="pixels")] = Width.MEDIUM,
    accept: Annotated[str, Header(max_length=1000)] = "",
) -> RedirectResponse:
    """The same to a small picture of it."""
    url = await files.read_thumbnail(tx, store, hand_in_id, attachment_id, width, "image/webp" in accept)
    return RedirectResponse(url, status_code=302, headers=_KEPT_BRIEFLY | {"Vary": "Cookie, Accept"})


@router.post("/dossiers/{hand_in_id}/pdf", status_code=202, responses=problems(401, 404, 422))
async def ask_dossier_pdf(tx: Write, hand_in_id: UUID) -> DossierPdfOut:
    """Has the PDF made, unless it is there or under way; the dossier says when it is ready, or failed."""
    return await files.ask_pdf(tx, hand_in_id)


@router.get(
    "/dossiers/{hand_in_id}/pdf",
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 404, 409, 422),
)
async def read_dossier_pdf(tx: Write, store: Store, hand_in_id: UUID) -> RedirectResponse:
    """Sends the browser to the PDF, for some minutes."""
    return RedirectResponse(await files.pdf_address(tx, store, hand_in_id), status_code=302, headers=_NEVER_KEPT)


@router.get("/schools/{school_id}/dossiers", response_model=SchoolDossiers, responses=problems(401, 404, 422))
async def list_school_dossiers(request: Request, school_id: UUID) -> Response:
    """The groups of vmbo 3 and 4 that one guides, by pupil: open, handed in, given back or good."""
    return await page(request, queries.SCHOOL_DOSSIERS, school_id=school_id)


@router.get("/schools/{school_id}/dossier-checklist", response_model=SchoolChecklist, responses=problems(401, 404, 422))
async def read_dossier_checklist(request: Request, school_id: UUID) -> Response:
    """What the school asks this school year."""
    return await page(request, queries.CHECKLIST, school_id=school_id)


@router.put("/schools/{school_id}/dossier-checklist", responses=problems(401, 403, 404, 412, 422, 428))
async def put_dossier_checklist(
    tx: Write, response: Response, school_id: UUID, content: ChecklistContent, if_match: IfMatch = None
) -> ChecklistReceipt:
    """Says what the school asks, from the version in `If-Match`: 0 where there is none of this school year yet."""
    return with_etag(response, await actions.put_checklist(tx, school_id, content, if_match))


@router.get("/children/{pupil_id}/dossier", response_model=HomeDossier, responses=problems(401, 404, 422))
async def read_child_dossier(request: Request, pupil_id: UUID) -> Response:
    """For a parent: the child's dossier once it was closed as good, without the stories that stay at school."""
    return await page(request, queries.HOME_DOSSIER, pupil_id=pupil_id)
