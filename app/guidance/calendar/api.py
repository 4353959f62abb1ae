"""The calendar: a page, a file of one activity, and an address for calendar apps."""

import asyncio
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.access.viewer import Write, page
from app.guidance.calendar import actions, queries
from app.guidance.calendar.schemas import Calendar, CalendarAddress, CalendarFeedState
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import Invalid, NotFound, Problem, problems
from app.platform.settings import Settings
from app.portfolio.schemas import Day

router = APIRouter(prefix="/v1", tags=["calendar"])

LONGEST = timedelta(days=400)
_TYPE = "text/calendar"
_AS_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "iCalendar (RFC 5545)", "content": {_TYPE: {"schema": {"type": "string"}}}}
}


@router.get("/me/calendar", response_model=Calendar, responses=problems(401, 404, 422))
async def read_calendar(
    request: Request,
    from_day: Annotated[Day, Query(alias="from", description="the first day")],
    until_day: Annotated[Day, Query(alias="until", description="the last day, at most 400 days on")],
) -> Response:
    """What comes for the signed-in person: pupils what is ready and their own steps, staff what they plan."""
    if until_day < from_day:
        raise Invalid("end_before_start", "/until")
    if until_day - from_day > LONGEST:
        raise Invalid("range_too_long", "/until")
    return await page(request, queries.CALENDAR, from_day=from_day, until_day=until_day)


@router.get("/me/calendar-feed", response_model=CalendarFeedState, responses=problems(401, 404))
async def read_calendar_feed(request: Request) -> Response:
    """Whether the signed-in person has an address for calendar apps."""
    return await page(request, queries.FEED)


@router.post("/me/calendar-feed", status_code=201, responses=problems(401, 404))
async def renew_calendar_feed(tx: Write, request: Request) -> CalendarAddress:
    """A new address for calendar apps, told this once; the one before opens nothing any more."""
    secret = await actions.renew(tx)
    settings: Settings = request.app.state.settings
    return CalendarAddress(address=f"{settings.origin}/v1/calendars/{secret}.ics", made_at=tx.now)


@router.delete("/me/calendar-feed", status_code=204, responses=problems(401, 404))
async def withdraw_calendar_feed(tx: Write) -> None:
    """The address opens nothing any more."""
    await actions.withdraw(tx)


@router.get("/calendars/{secret}.ics", response_class=Response, responses=problems(404, 429) | _AS_FILE)
async def fetch_calendar(request: Request, secret: str) -> Response:
    """For calendar apps, without a session: what comes for whoever this address is of; titles, places, times."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    address = request.client.host if request.client else ""
    async with database.begin() as session:
        found = await actions.fetch(session, secret, address, clock.now(), clock.today())
    if isinstance(found, Problem):
        raise found
    return await _file(request, *found)


@router.get(
    "/activities/{activity_id}/calendar.ics", response_class=Response, responses=problems(401, 404, 422) | _AS_FILE
)
async def download_activity(tx: Write, request: Request, activity_id: UUID) -> Response:
    """One activity as a file for a calendar app, once it is ready for pupils."""
    found = await queries.one_happening(tx.session, tx.viewer, tx.today, activity_id)
    if found is None:
        raise NotFound
    language = await queries.language_of(tx.session, tx.viewer)
    return await _file(request, [found], language, f'attachment; filename="activiteit-{found.starts_on}.ics"')


@router.get(
    "/conversations/{conversation_id}/calendar.ics",
    response_class=Response,
    responses=problems(401, 404, 422) | _AS_FILE,
)
async def download_conversation(tx: Write, request: Request, conversation_id: UUID) -> Response:
    """One talk as a file for a calendar app; what it is about, where and when, and nobody's name."""
    found = await queries.one_talk(tx.session, tx.viewer, tx.today, conversation_id)
    if found is None:
        raise NotFound
    language = await queries.language_of(tx.session, tx.viewer)
    return await _file(request, [found], language, f'attachment; filename="gesprek-{found.starts_on}.ics"')


async def _file(
    request: Request, found: list[queries.Happening], language: str | None, disposition: str = "inline"
) -> Response:
    settings: Settings = request.app.state.settings
    host = urlsplit(settings.origin).hostname or "localhost"
    from app.guidance.calendar import ics  # its library takes a quarter of the start, and few ask for a file

    content = await asyncio.to_thread(ics.write, found, host, language)
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": disposition}
    return Response(content, media_type=_TYPE, headers=headers)
