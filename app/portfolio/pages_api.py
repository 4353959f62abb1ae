"""Pages: each endpoint is one statement."""

import re
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.access.schemas import LookPage
from app.access.viewer import page
from app.people.names import fold
from app.people.schemas import GroupPage, PupilPage, SchoolPage
from app.platform.errors import problems
from app.platform.reads import cursor_key, moment, word
from app.portfolio import queries
from app.portfolio.schemas import (
    EntryCardList,
    EntryPage,
    PortfolioPage,
    ReviewQueue,
    RunningLogbooks,
    VersionList,
)

router = APIRouter(prefix="/v1", tags=["pages"])

Limit = Annotated[int, Query(ge=1, le=100, description="items on a page")]
Cursor = Annotated[str | None, Query(max_length=500, description="from `nextCursor` or the Link header")]


@router.get("/pupils/{pupil_id}/portfolio", response_model=PortfolioPage, responses=problems(400, 401, 404, 422))
async def read_portfolio(request: Request, pupil_id: UUID, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """The pupil's timeline, newest first, as far as the viewer may see it; the look is logged."""
    after = cursor_key(cursor, after_day=date.fromisoformat, after_id=UUID)
    return await page(request, queries.PORTFOLIO, pupil_id=pupil_id, limit=limit, **after)


@router.get("/entries/{entry_id}", response_model=EntryPage, responses=problems(401, 404, 422))
async def read_entry(request: Request, entry_id: UUID) -> Response:
    """One entry with files, feedback and what this viewer may do with it; the look is logged."""
    return await page(request, queries.ENTRY, entry_id=entry_id)


@router.get("/entries/{entry_id}/versions", response_model=VersionList, responses=problems(401, 404, 422))
async def list_versions(request: Request, entry_id: UUID) -> Response:
    """What one's own entry said before, newest first."""
    return await page(request, queries.VERSIONS, entry_id=entry_id)


@router.get("/me/entries", response_model=EntryCardList, responses=problems(401, 404, 422))
async def list_put_away(request: Request, state: Literal["draft", "archived", "trashed"]) -> Response:
    """One's own drafts, archive or trash, newest first."""
    return await page(request, queries.PUT_AWAY, state=state)


@router.get("/me/logbooks", response_model=RunningLogbooks, responses=problems(401, 404))
async def list_logbooks(request: Request) -> Response:
    """One's own logbooks that run: begun, and of these weeks; the newest first."""
    return await page(request, queries.LOGBOOKS)


@router.get("/me/looks", response_model=LookPage, responses=problems(400, 401, 404, 422))
async def list_looks(request: Request, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Who looked at what of mine, by day, newest first."""
    after = cursor_key(cursor, after_day=date.fromisoformat, after_id=UUID)
    return await page(request, queries.LOOKS, limit=limit, **after)


@router.get("/groups/{group_id}", response_model=GroupPage, responses=problems(401, 404, 422))
async def read_group(request: Request, group_id: UUID) -> Response:
    """The class overview of a teacher of that class, or of the school's dean."""
    return await page(request, queries.GROUP, group_id=group_id)


@router.get("/review-queue", response_model=ReviewQueue, responses=problems(400, 401, 404, 422))
async def read_review_queue(request: Request, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """What pupils shared and nobody has looked at yet, oldest first."""
    after = cursor_key(cursor, after_time=moment, after_id=UUID)
    return await page(request, queries.REVIEW_QUEUE, limit=limit, **after)


@router.get("/schools/{school_id}", response_model=SchoolPage, responses=problems(401, 404, 422))
async def read_school(request: Request, school_id: UUID) -> Response:
    """The dean's school: its groups in counts."""
    return await page(request, queries.SCHOOL, school_id=school_id)


@router.get("/pupils", response_model=PupilPage, responses=problems(400, 401, 404, 422))
async def search_pupils(
    request: Request,
    query: Annotated[str, Query(max_length=100, description="parts of a name; accents and case do not matter")] = "",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Pupils that this member of staff may see, by name."""
    after = cursor_key(cursor, after_name=word, after_id=UUID)
    words = "".join(f"(?=.* {re.escape(word)})" for word in fold(query).split())
    return await page(request, queries.PUPILS, words=f"^{words}", limit=limit, **after)
