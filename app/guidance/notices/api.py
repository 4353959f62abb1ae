"""The list of notices, the count in the bar, and which kinds somebody wants."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.access.viewer import Write, page
from app.guidance.notices import actions, queries
from app.guidance.notices.models import NoticeKind
from app.guidance.notices.quiet import quiet_at
from app.guidance.notices.schemas import (
    NoticeChoice,
    NoticeCount,
    NoticePage,
    NoticeSettings,
    ReadAll,
    ReadAllDone,
    ReadAllUndone,
)
from app.platform.clock import Clock
from app.platform.errors import problems
from app.platform.reads import cursor_key, moment

router = APIRouter(prefix="/v1", tags=["notices"])


def _quiet(request: Request) -> dict[str, datetime | None]:
    clock: Clock = request.app.state.clock
    quiet = quiet_at(clock.now())
    return {"quiet_since": quiet.since if quiet else None, "quiet_until": quiet.until if quiet else None}


@router.get("/me/notice-count", response_model=NoticeCount, responses=problems(401, 404))
async def count_notices(request: Request) -> Response:
    """How many are unread, for the sign in the bar; in quiet times what came before."""
    return await page(request, queries.COUNT, **_quiet(request))


@router.get("/me/notices", response_model=NoticePage, responses=problems(400, 401, 404, 422))
async def list_notices(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=100, description="items on a page")] = 20,
    cursor: Annotated[str | None, Query(max_length=500, description="from `nextCursor` or the Link header")] = None,
) -> Response:
    """The signed-in person's notices, the newest first; only of what may still be known."""
    after: dict[str, Any] = cursor_key(cursor, after_time=moment, after_id=UUID)
    return await page(request, queries.NOTICES, limit=limit, **_quiet(request), **after)


@router.put("/me/notices/{notice_id}/read", status_code=204, responses=problems(401, 404, 422))
async def read_notice(tx: Write, notice_id: UUID) -> None:
    """This one was read. Again changes nothing."""
    await actions.mark(tx, notice_id, read=True)


@router.delete("/me/notices/{notice_id}/read", status_code=204, responses=problems(401, 404, 422))
async def unread_notice(tx: Write, notice_id: UUID) -> None:
    """This one counts as unread again."""
    await actions.mark(tx, notice_id, read=False)


@router.post("/me/notices/read", responses=problems(401, 422))
async def read_all_notices(tx: Write, body: ReadAll) -> ReadAllDone:
    """All that were there were read; the answer's `readAt` takes it back."""
    return await actions.read_all(tx, body.until)


@router.post("/me/notices/unread", status_code=204, responses=problems(401, 422))
async def unread_all_notices(tx: Write, body: ReadAllUndone) -> None:
    """Takes back what was marked at that moment."""
    await actions.unread_again(tx, body.read_at)


@router.get("/me/notice-settings", response_model=NoticeSettings, responses=problems(401, 404))
async def read_notice_settings(request: Request) -> Response:
    """The kinds that there are for the signed-in person, and which are on."""
    return await page(request, queries.SETTINGS)


@router.put("/me/notice-settings/{kind}", status_code=204, responses=problems(401, 422))
async def change_notice_setting(tx: Write, kind: NoticeKind, body: NoticeChoice) -> None:
    """Switches a kind in the app and in the weekly mail. Consent and safety cannot be silenced in the app."""
    await actions.choose(tx, kind, body)
