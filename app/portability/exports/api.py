"""Taking everything along: asked for, followed, fetched; and what the file looks like, for other programs."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.access.viewer import Write, page
from app.platform.errors import problems
from app.portability.exports import actions, queries, schema
from app.portability.exports.schemas import ExportList, ExportOut
from app.portfolio.api import Store

router = APIRouter(prefix="/v1", tags=["exports"])

_NEVER_KEPT = {"Cache-Control": "no-store"}


@router.get("/me/exports", response_model=ExportList, responses=problems(401, 404))
async def list_my_exports(request: Request) -> Response:
    """One's own exports, the newest first; how far the one is that is being made."""
    return await page(request, queries.MY_EXPORTS)


@router.post("/me/exports", status_code=202, responses={200: {"model": ExportOut}, **problems(401, 404)})
async def ask_export(tx: Write, response: Response) -> ExportOut:
    """Has one's whole portfolio put in one file (202). While one is being made, that is the one (200)."""
    found, is_new = await actions.ask(tx)
    response.status_code = 202 if is_new else 200
    return found


@router.get(
    "/me/exports/{export_id}/file",
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 404, 409, 422),
)
async def read_export(tx: Write, store: Store, export_id: UUID) -> RedirectResponse:
    """Sends the browser to the zip, for some minutes. It is kept for a week."""
    return RedirectResponse(await actions.address(tx, store, export_id), status_code=302, headers=_NEVER_KEPT)


@router.delete("/me/exports/{export_id}", status_code=204, responses=problems(401, 404, 422))
async def throw_export_away(tx: Write, export_id: UUID) -> None:
    """Stops it, or removes it before its week is over. Again changes nothing."""
    await actions.throw_away(tx, export_id)


@router.get("/schemas/portfolio-1.json", responses={200: {"content": {"application/schema+json": {}}}})
async def read_portfolio_schema(request: Request) -> dict[str, Any]:
    """The JSON Schema of portfolio.json, for everybody."""
    return schema.json_schema(request.app.state.settings.origin)
