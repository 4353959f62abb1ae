"""Figures of the city and of a school: as a page, and as a file for a spreadsheet."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.access.viewer import page
from app.insight import queries
from app.insight.report import report
from app.insight.schemas import Counts
from app.insight.sheet import name_of, sheet
from app.platform.errors import NotFound, problems

router = APIRouter(prefix="/v1", tags=["insight"])

Publication = Annotated[UUID | None, Query(description="of `sets`; without it the newest")]
_TYPE = "text/csv"
_AS_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "A file for a spreadsheet, in Dutch", "content": {_TYPE: {"schema": {"type": "string"}}}}
}


@router.get("/city-counts", response_model=Counts, responses=problems(401, 404, 422))
async def read_city_counts(request: Request, publication: Publication = None) -> Response:
    """The city's figures as they were set, for who works for the city. Groups under ten are not told."""
    return await page(request, queries.CITY, publication_id=publication, report=report())


@router.get("/city-counts/sheet", response_class=Response, responses=problems(401, 404, 422) | _AS_FILE)
async def download_city_counts(request: Request, publication: Publication = None) -> Response:
    """The same figures as a file; 404 while none were set."""
    return _file(await page(request, queries.CITY, publication_id=publication, report=report()))


@router.get("/schools/{school_id}/counts", response_model=Counts, responses=problems(401, 404, 422))
async def read_school_counts(request: Request, school_id: UUID, publication: Publication = None) -> Response:
    """A school's own figures as they were set, for its deans and admins."""
    return await page(request, queries.SCHOOL, school_id=school_id, publication_id=publication)


@router.get("/schools/{school_id}/counts/sheet", response_class=Response, responses=problems(401, 404, 422) | _AS_FILE)
async def download_school_counts(request: Request, school_id: UUID, publication: Publication = None) -> Response:
    """The same figures as a file; 404 while none were set."""
    return _file(await page(request, queries.SCHOOL, school_id=school_id, publication_id=publication))


def _file(read: Response) -> Response:
    counts = Counts.model_validate_json(bytes(read.body))
    if counts.shown is None:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="{name_of(counts)}"'}
    return Response(sheet(counts), media_type=_TYPE, headers=headers)
