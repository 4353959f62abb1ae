"""The pupil's day in one statement, however much there is: each part is found by an index."""

from typing import Any

from sqlalchemy import Date, Integer, Text, and_, case, cast, column, exists, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityAbsence, ActivityState
from app.guidance.activities.queries import PLAN
from app.guidance.care.models import Reminder, ReminderKind
from app.guidance.choices.queries import todays_choice
from app.guidance.conversations.queries import next_talk, to_agree
from app.guidance.steps.models import NextStep
from app.guidance.steps.queries import IS_OPEN, IS_TO_DO, step
from app.people.models import Person
from app.people.projections import full_name
from app.platform.reads import TODAY, VIEWER, Read, json_object
from app.portfolio.models import OPEN_STATES, Entry, EntryState
from app.portfolio.queries.projections import card
from app.reference.codes import Kind

_ONE: ColumnElement[int] = literal_column("1")
_REMINDED_DAYS: ColumnElement[int] = literal_column("14")
"""After so many days a reminder that nobody closed goes by itself."""
_AROUND: ColumnElement[int] = literal_column("3")
"""Days before and after that still are 'this week a year ago'."""
_LONGEST: ColumnElement[int] = literal_column("15")
"""Years that one can look back: from groep 7 to the end of mbo, and some."""


_TALK_DAYS: ColumnElement[int] = literal_column("14")
"""So many days before a talk it stands on home."""


def _is(value: Any) -> ColumnElement[str]:
    return literal_column(f"'{value.value}'")


def _reminder() -> ColumnElement[Any]:
    of_it = Entry.details.op("->>")(literal_column("'activityId'")) == cast(Activity.id, Text)
    begun = exists().where(Entry.pupil_id == VIEWER, of_it, Entry.state != _is(EntryState.TRASHED))
    away = exists().where(ActivityAbsence.activity_id == Activity.id, ActivityAbsence.pupil_id == VIEWER)
    waits = and_(Activity.state == _is(ActivityState.PUBLISHED), ~begun, ~away)
    told = exists().where(
        Entry.pupil_id == VIEWER,
        Entry.state.in_([_is(state) for state in OPEN_STATES]),
        Entry.shared_at >= Reminder.sent_at,
    )
    return (
        select(
            json_object(
                id=Reminder.id,
                kind=Reminder.kind,
                by=full_name(),
                sent_on=Reminder.sent_on,
                activity=case(
                    (Activity.id.is_not(None), json_object(id=Activity.id, version=Activity.version, **PLAN))
                ),
            )
        )
        .join(Person, Person.id == Reminder.sent_by)
        .outerjoin(Activity, Activity.id == Reminder.activity_id)
        .where(
            Reminder.pupil_id == VIEWER,
            Reminder.seen_at.is_(None),
            Reminder.sent_on > TODAY - _REMINDED_DAYS,
            or_(waits, and_(Reminder.kind == _is(ReminderKind.QUIET), ~told)),
        )
        .order_by(Reminder.sent_at.desc(), Reminder.id.desc())
        .limit(_ONE)
        .scalar_subquery()
    )


def _step() -> ColumnElement[Any]:
    on = func.coalesce(NextStep.remind_on, NextStep.due_on)
    return (
        select(step())
        .where(NextStep.pupil_id == VIEWER, IS_TO_DO, IS_OPEN, on <= TODAY)
        .order_by(on, NextStep.made_at, NextStep.id)
        .limit(_ONE)
        .scalar_subquery()
    )


def _year_ago() -> ColumnElement[Any]:
    """The day itself before the days around it, then the last year first, then the nearest day; always the same one."""
    years = func.generate_series(_ONE, _LONGEST).table_valued(column("ago", Integer())).render_derived("years")
    that_day = cast(TODAY - func.make_interval(years.c.ago), Date)
    # As `years_old` counts birthdays: what was on 29 February comes back on 1 March.
    turned = func.years_old(Entry.happened_on, TODAY) - func.years_old(Entry.happened_on, TODAY - _ONE)
    on_the_day = turned == _ONE
    apart = func.abs(Entry.sort_on - that_day)
    # `limit` keeps each year a probe of its own: however much there is, only these few days are read.
    nearest = (
        select(Entry.id, on_the_day.label("on_the_day"), apart.label("apart"), Entry.sort_on)
        .where(
            Entry.pupil_id == VIEWER,
            Entry.sort_on.between(that_day - _AROUND, that_day + _AROUND),
            Entry.happened_on.is_not(None),
            Entry.state.in_([_is(state) for state in OPEN_STATES]),
            Entry.kind != _is(Kind.RESULT),
        )
        .order_by(on_the_day.desc(), apart, Entry.sort_on.desc(), Entry.id)
        .limit(_ONE)
        .lateral("nearest")
    )
    chosen = (
        select(nearest.c.id, nearest.c.on_the_day, years.c.ago)
        .select_from(years)
        .join(nearest, literal_column("true"))
        .order_by(nearest.c.on_the_day.desc(), years.c.ago, nearest.c.apart)
        .limit(_ONE)
        .subquery("chosen")
    )
    return (
        select(json_object(years=chosen.c.ago, on_the_day=chosen.c.on_the_day, entry=card()))
        .select_from(chosen)
        .join(Entry, Entry.id == chosen.c.id)
        .scalar_subquery()
    )


TODAY_PAGE = Read(
    select(
        json_object(
            reminder=_reminder(),
            talk=next_talk(VIEWER, _TALK_DAYS),
            to_agree=to_agree(VIEWER),
            step=_step(),
            choice=todays_choice(),
            year_ago=_year_ago(),
        ).label("body")
    )
)
"""GET /v1/me/today, as schemas.Today."""
