"""The directory of organisations, shared by the schools of the city."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.access.viewer import Write, page
from app.guidance.organisations import actions, queries
from app.guidance.organisations.schemas import (
    OrganisationContent,
    OrganisationList,
    OrganisationPage,
    OrganisationReceipt,
)
from app.people.names import fold
from app.platform.errors import problems
from app.platform.http import with_etag
from app.platform.reads import cursor_key, word
from app.portfolio.api import IfMatch
from app.portfolio.pages_api import Cursor, Limit
from app.reference.codes import WorkField

router = APIRouter(prefix="/v1", tags=["organisations"])


@router.get("/organisations", response_model=OrganisationList, responses=problems(400, 401, 404, 422))
async def list_organisations(
    request: Request,
    query: Annotated[str, Query(max_length=100, description="parts of the name or place")] = "",
    field: Annotated[WorkField | None, Query(description="where one sees this kind of work")] = None,
    archived: Annotated[bool, Query(description="those that take no part any more")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """The directory by name, for teachers, deans and the city."""
    after = cursor_key(cursor, after_name=word, after_id=UUID)
    words = "".join(f"(?=.* {re.escape(part)})" for part in fold(query).split())
    asked = {"words": f"^{words}", "field": field and field.value, "archived": archived, "limit": limit}
    return await page(request, queries.ORGANISATIONS, **asked, **after)


@router.get("/organisations/{organisation_id}", response_model=OrganisationPage, responses=problems(401, 404, 422))
async def read_organisation(request: Request, organisation_id: UUID) -> Response:
    """One organisation, what it offered, and how many stories were shared of that."""
    return await page(request, queries.ORGANISATION, organisation_id=organisation_id)


@router.put(
    "/organisations/{organisation_id}",
    responses={201: {"model": OrganisationReceipt}, **problems(401, 404, 409, 412, 422)},
)
async def put_organisation(
    tx: Write, response: Response, organisation_id: UUID, content: OrganisationContent, if_match: IfMatch = None
) -> OrganisationReceipt:
    """Adds one under the id that the device made (201), or changes it from the version in `If-Match`.

    There are no two of one name in one place: 409 says in `existing` which one is there.
    """
    receipt, is_new = await actions.put(tx, organisation_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.post("/organisations/{organisation_id}/archive", responses=problems(401, 404, 412, 422, 428))
async def archive_organisation(
    tx: Write, response: Response, organisation_id: UUID, if_match: IfMatch = None
) -> OrganisationReceipt:
    """They take no part any more; what was done there stays. Again changes nothing."""
    return with_etag(response, await actions.put_aside(tx, organisation_id, if_match, archived=True))


@router.post("/organisations/{organisation_id}/restore", responses=problems(401, 404, 412, 422, 428))
async def restore_organisation(
    tx: Write, response: Response, organisation_id: UUID, if_match: IfMatch = None
) -> OrganisationReceipt:
    """They take part again. Again changes nothing."""
    return with_etag(response, await actions.put_aside(tx, organisation_id, if_match, archived=False))
