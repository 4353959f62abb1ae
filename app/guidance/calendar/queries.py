"""What comes for somebody. Each kind is one select with the same columns; `union_all` puts them together."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Integer,
    Select,
    Text,
    Time,
    Uuid,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity
from app.guidance.calendar.models import CalendarFeed
from app.guidance.calendar.policy import agreed_by, is_ready, on_calendar, own_goals, own_talks
from app.guidance.conversations.models import Conversation
from app.guidance.conversations.policy import may_see
from app.guidance.steps.models import NextStep
from app.people.models import Person
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.models import Entry, EntryState
from app.portfolio.policy import PAGE, sight_of

_FROM, _UNTIL = parameter("from_day", Date()), parameter("until_day", Date())
_last_day = func.coalesce(Activity.ends_on, Activity.happens_on)

_about: ColumnElement[str] = Entry.details.op("->>")(literal_column("'activityId'"))
# All of one's own at once, and not once for each activity.
_made = (
    select(_about.label("activity"), Entry.id)
    .ext(distinct_on(_about))
    .where(Entry.pupil_id == VIEWER, _about.is_not(None), Entry.state != EntryState.TRASHED)
    .order_by(_about, Entry.id.desc())
    .subquery("made")
)

_activities: Any = (
    select(
        literal_column("'activity'").label("kind"),
        Activity.id.label("id"),
        Activity.title.label("title"),
        Activity.happens_on.label("starts_on"),
        _last_day.label("ends_on"),
        Activity.starts_at.label("starts_at"),
        Activity.place.label("place"),
        Activity.state.label("state"),
        _made.c.id.label("entry_id"),
        cast(null(), Uuid()).label("conversation_id"),
    )
    .select_from(Activity)
    .outerjoin(_made, _made.c.activity == cast(Activity.id, Text))
    .where(Activity.happens_on <= _UNTIL, _last_day >= _FROM, on_calendar(VIEWER, TODAY))
)

_goals: Any = select(
    literal_column("'goal'"),
    NextStep.id,
    NextStep.text,
    NextStep.due_on,
    NextStep.due_on,
    cast(null(), Time()),
    literal_column("''"),
    cast(null(), Text()),
    cast(null(), Uuid()),
    NextStep.conversation_id,
).where(NextStep.due_on.between(_FROM, _UNTIL), own_goals(VIEWER))

# The kind of talk stands for its title: the screen says it in its own language, and nobody's name.
_talks: Any = select(
    literal_column("'conversation'"),
    Conversation.id,
    cast(Conversation.kind, Text()),
    Conversation.on_day,
    Conversation.on_day,
    Conversation.at_time,
    Conversation.place,
    case((Conversation.cancelled_at.is_not(None), literal_column("'cancelled'"))),
    cast(null(), Uuid()),
    Conversation.id,
).where(Conversation.on_day.between(_FROM, _UNTIL), own_talks(PAGE))

# What staff agreed to do, on its day.
_agreed: Any = select(
    literal_column("'agreed'"),
    NextStep.id,
    NextStep.text,
    NextStep.due_on,
    NextStep.due_on,
    cast(null(), Time()),
    literal_column("''"),
    cast(null(), Text()),
    cast(null(), Uuid()),
    NextStep.conversation_id,
).where(NextStep.due_on.between(_FROM, _UNTIL), agreed_by(PAGE))

_items = union_all(_activities, _goals, _talks, _agreed).subquery("items")

CALENDAR = Read(
    select(
        json_object(
            items=select(
                json_list(
                    json_object(**dict(_items.c.items())),
                    _items.c.starts_on,
                    _items.c.starts_at.nulls_first(),
                    _items.c.title,
                    _items.c.id,
                )
            )
            .select_from(_items)
            .scalar_subquery()
        ).label("body")
    )
)
"""GET /v1/me/calendar, as schemas.Calendar."""

FEED = Read(
    select(
        json_object(
            made_at=select(CalendarFeed.made_at).where(CalendarFeed.person_id == VIEWER).scalar_subquery()
        ).label("body")
    )
)
"""GET /v1/me/calendar-feed, as schemas.CalendarFeedState."""


# --- for calendar apps ------------------------------------------------------------------------------

BACK, AHEAD = timedelta(days=120), timedelta(days=400)
"""How far an address tells back and ahead."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What a calendar app is told of an activity, a talk or one's own step: what, where and when; nobody's name.

    Of a talk (`talk`: its kind) the title is put in words where the file is written.
    """

    id: UUID
    title: str
    place: str
    starts_on: date
    ends_on: date
    starts_at: time | None
    cancelled: bool
    version: int
    updated_at: datetime
    minutes: int | None = None
    talk: str | None = None


def _happenings(viewer: UUID, today: date) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Activity.id,
        Activity.title,
        Activity.place,
        Activity.happens_on,
        _last_day,
        Activity.starts_at,
        Activity.state == literal_column("'cancelled'"),
        Activity.version,
        Activity.updated_at,
        cast(null(), Integer()).label("minutes"),
        cast(null(), Text()).label("talk"),
    )
    return select(*columns).where(is_ready(), on_calendar(viewer, today))


def _own_goals(viewer: UUID) -> Select[Any]:
    columns: tuple[Any, ...] = (
        NextStep.id,
        NextStep.text,
        literal_column("''"),
        NextStep.due_on,
        NextStep.due_on,
        cast(null(), Time()),
        literal_column("false"),
        NextStep.version,
        NextStep.made_at,
        cast(null(), Integer()).label("minutes"),
        cast(null(), Text()).label("talk"),
    )
    return select(*columns).where(own_goals(viewer))


def _talk_columns() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Conversation.id,
        literal_column("''"),
        Conversation.place,
        Conversation.on_day,
        Conversation.on_day,
        Conversation.at_time,
        Conversation.cancelled_at.is_not(None),
        Conversation.version,
        Conversation.changed_at,
        Conversation.minutes,
        Conversation.kind,
    )
    return select(*columns)


async def happenings(session: AsyncSession, viewer: UUID, today: date) -> list[Happening]:
    """All of some months back and a year ahead, as that person may know of it."""
    first, last = today - BACK, today + AHEAD
    found = union_all(
        _happenings(viewer, today).where(Activity.happens_on <= last, _last_day >= first),
        _own_goals(viewer).where(NextStep.due_on.between(first, last)),
        _talk_columns().where(Conversation.on_day.between(first, last), own_talks(sight_of(viewer, today))),
    )
    rows = await session.execute(found.order_by(Activity.happens_on, Activity.id))
    return [Happening(*row) for row in rows]


async def one_happening(session: AsyncSession, viewer: UUID, today: date, activity_id: UUID) -> Happening | None:
    """One activity that is ready, if that person may know of it."""
    row = (await session.execute(_happenings(viewer, today).where(Activity.id == activity_id))).first()
    return Happening(*row) if row else None


async def one_talk(session: AsyncSession, viewer: UUID, today: date, talk_id: UUID) -> Happening | None:
    """One talk that stands in that person's calendar, or that staff of the pupil may know of."""
    known = may_see(sight_of(viewer, today))
    statement = _talk_columns().where(Conversation.id == talk_id, known)
    row = (await session.execute(statement)).first()
    return Happening(*row) if row else None


async def language_of(session: AsyncSession, person_id: UUID) -> str | None:
    """The language that somebody chose."""
    return await session.scalar(select(Person.locale).where(Person.id == person_id))
