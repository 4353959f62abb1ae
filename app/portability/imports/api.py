"""Bringing in what was made elsewhere."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.access.viewer import Write, page
from app.platform.errors import problems
from app.platform.reads import cursor_key, moment
from app.portability.imports import actions, queries
from app.portability.imports.schemas import BringList, BringOut, BringPlan, BringSent, BringStart, BroughtPage
from app.portfolio.api import Store

router = APIRouter(prefix="/v1", tags=["imports"])


@router.get("/me/imports", response_model=BringList, responses=problems(401, 404))
async def list_my_imports(request: Request) -> Response:
    """One's own imports, the newest first, each with its report."""
    return await page(request, queries.MY_IMPORTS)


@router.post("/me/imports", status_code=201, responses=problems(401, 404, 409, 422, 429, 503))
async def start_import(tx: Write, store: Store, announced: BringStart) -> BringPlan:
    """Announces a file, and says where its parts go."""
    return await actions.start(tx, store, announced)


@router.get("/me/imports/{import_id}", response_model=BringOut, responses=problems(401, 404, 422))
async def read_my_import(request: Request, import_id: UUID) -> Response:
    """How an import stands, and its report."""
    return await page(request, queries.MY_IMPORT, import_id=import_id)


@router.post("/me/imports/{import_id}/sent", status_code=204, responses=problems(401, 404, 409, 422, 503))
async def have_import_brought(tx: Write, store: Store, import_id: UUID, what: BringSent) -> None:
    """The file was sent: it is brought in, as drafts of one's own. Again changes nothing."""
    await actions.sent(tx, store, import_id, what)


@router.get("/me/brought-records", response_model=BroughtPage, responses=problems(400, 401, 404, 422))
async def list_brought_records(
    request: Request,
    entry_id: Annotated[UUID | None, Query(alias="entryId", description="only those at this entry")] = None,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Response:
    """What others said elsewhere, and what was kept there: as text, the newest first."""
    after = cursor_key(cursor, after_at=moment, after_id=UUID)
    return await page(request, queries.BROUGHT, entry_id=entry_id, limit=limit, **after)


@router.get(
    "/me/brought-sounds/{sound_id}/file",
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 404, 409, 422),
)
async def read_brought_sound(tx: Write, store: Store, sound_id: UUID) -> RedirectResponse:
    """Sends the browser to what was said aloud elsewhere, for some minutes."""
    url = await actions.address(tx, store, sound_id)
    return RedirectResponse(url, status_code=302, headers={"Cache-Control": "private, no-store"})


@router.delete("/me/brought-records/{record_id}", status_code=204, responses=problems(401, 404, 422))
async def throw_brought_record_away(tx: Write, record_id: UUID) -> None:
    """Throws one of them away, for good."""
    await actions.throw_away(tx, record_id)
