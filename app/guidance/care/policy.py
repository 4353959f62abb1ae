"""Of whom was nothing heard, as SQL: each fact found by index, and however long the history at the same cost.

Terms run from 1 August, 1 January and 1 April (`term_start`, migration 0021). In the first ten days of a term, of
September and of a pupil at this school nobody is missed; the summer is not silence.
"""

from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    CTE,
    Boolean,
    Date,
    Integer,
    Text,
    Uuid,
    and_,
    any_,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import LateralFromClause, TableValuedAlias

from app.guidance.activities.models import Activity, ActivityAbsence, ActivityGroup, ActivitySignUp, ActivityState
from app.guidance.activities.policy import guided_groups, on_the_day
from app.guidance.care.models import Reminder
from app.people.models import Group, GroupMembership, Person, Placement
from app.people.policy import Today, Viewer, as_date
from app.people.projections import runs

PATIENCE_DAYS = 10
"""Longer than this something is open; shorter than this nobody is missed."""

REST_DAYS = 7
"""A pupil gets one reminder in so many days."""


class Facts(NamedTuple):
    """One row a pupil (`pupil`), and one row for each open activity of a pupil (`open`); the rest is their base.

    A page adds all of them where it stands, as they look at who asks.
    """

    member: CTE
    pupil: CTE
    planned: CTE
    open: CTE


def term_start(today: Today) -> ColumnElement[Any]:
    """The first day of the term."""
    return func.term_start(as_date(today), type_=Date())


def _number(value: int) -> ColumnElement[int]:
    return literal_column(str(value), Integer())


def _first_of_year(today: Today, month: int) -> ColumnElement[Any]:
    return func.make_date(func.school_year_of(as_date(today)), _number(month), _number(1))


def _members(viewer: Viewer, today: Today, running: ColumnElement[Any], of: ColumnElement[bool]) -> CTE:
    """Who is today in a group of this school year that one guides."""
    guided = guided_groups(viewer, today).subquery("guided")
    return (
        select(
            Group.id.label("group_id"),
            Group.school_id,
            Placement.id.label("placement_id"),
            Placement.starts_on,
            Person.id.label("pupil_id"),
            Person.given_name,
            Person.family_name,
        )
        .select_from(guided)
        .join(Group, Group.id == guided.c.group_id)
        .join(GroupMembership, GroupMembership.group_id == Group.id)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .join(Person, Person.id == Placement.pupil_id)
        .where(
            of,
            Group.school_year == func.school_year_of(as_date(today)),
            runs(GroupMembership, today),
            runs(Placement, today),
            Placement.id == any_(running),
        )
        .cte("member")
    )


def _shared(member: CTE, today: Today) -> TableValuedAlias:
    """What each shared at this school since 1 August, and since when something waits to be looked at."""
    placements = func.array(select(member.c.placement_id).scalar_subquery())
    return (
        func.shared_this_year(placements, as_date(today))
        .table_valued(
            column("placement_id", Uuid()),
            column("in_term", Boolean()),
            column("waiting_since", Date()),
            column("about", ARRAY(Text)),
            column("fields", Text()),
        )
        .render_derived("shared")
    )


def _reminded(member: CTE, today: Today) -> LateralFromClause:
    since = func.least(term_start(today), as_date(today) - _number(REST_DAYS - 1))
    return (
        select(func.max(Reminder.sent_on).label("on"))
        .where(Reminder.pupil_id == member.c.pupil_id, Reminder.sent_on >= since)
        .lateral("reminded")
    )


def facts(viewer: Viewer, today: Today, running: ColumnElement[Any], of: ColumnElement[bool]) -> Facts:
    """The facts about everybody in these groups (`of`: which) that the viewer guides.

    `running`: ids of the placements that this viewer may see as staff today.
    """
    day = as_date(today)
    member = _members(viewer, today, running, of)
    shared, reminded = _shared(member, today), _reminded(member, today)
    missed_from = func.greatest(term_start(today), _first_of_year(today, 9), member.c.starts_on)
    pupil = (
        select(
            member.c.group_id,
            member.c.school_id,
            member.c.pupil_id,
            member.c.given_name,
            member.c.family_name,
            and_(
                ~shared.c.in_term,
                day - missed_from >= _number(PATIENCE_DAYS),
            ).label("quiet"),
            shared.c.about,
            shared.c.fields,
            case((shared.c.waiting_since < day - _number(PATIENCE_DAYS), shared.c.waiting_since)).label(
                "waiting_since"
            ),
            reminded.c.on.label("reminded_on"),
        )
        .select_from(member)
        .join(shared, shared.c.placement_id == member.c.placement_id)
        .outerjoin(reminded, literal_column("true"))
        .cte("known")
    )
    planned = _planned(today)
    return Facts(member, pupil, planned, _open(pupil, planned))


def _planned(today: Today) -> CTE:
    """For each group what is of this school year, and ended and was published more than ten days ago, side by side.

    One row a group: the pupils of a group have it in common, so it is looked up once and not for each of them.
    """
    published_on = cast(func.timezone(literal_column("'Europe/Amsterdam'"), Activity.published_at), Date)
    since = func.greatest(Activity.happens_on, Activity.ends_on, published_on)
    return (
        select(
            ActivityGroup.group_id,
            func.array_agg(Activity.id).label("ids"),
            func.array_agg(Activity.title).label("titles"),
            func.array_agg(Activity.happens_on).label("firsts"),
            func.array_agg(Activity.ends_on).label("lasts"),
            func.array_agg(Activity.sign_up).label("chosen"),
        )
        .join(ActivityGroup, ActivityGroup.activity_id == Activity.id)
        .where(
            Activity.state == literal_column(f"'{ActivityState.PUBLISHED.value}'"),
            Activity.happens_on >= _first_of_year(today, 8),
            since < as_date(today) - _number(PATIENCE_DAYS),
        )
        .group_by(ActivityGroup.group_id)
        .cte("planned")
    )


def _open(pupil: CTE, planned: CTE) -> CTE:
    """What a pupil took part in, more than ten days ago, and shared nothing of."""
    was_in, placed = aliased(GroupMembership), aliased(Placement)
    one = (
        func.unnest(planned.c.ids, planned.c.titles, planned.c.firsts, planned.c.lasts, planned.c.chosen)
        .table_valued(
            column("id", Uuid()),
            column("title", Text()),
            column("happens_on", Date()),
            column("ends_on", Date()),
            column("sign_up", Boolean()),
        )
        .render_derived("one")
    )
    signed = exists().where(ActivitySignUp.activity_id == one.c.id, ActivitySignUp.pupil_id == pupil.c.pupil_id)
    absent = exists().where(ActivityAbsence.activity_id == one.c.id, ActivityAbsence.pupil_id == pupil.c.pupil_id)
    written = func.coalesce(cast(one.c.id, Text) == any_(pupil.c.about), literal_column("false"))
    return (
        select(pupil.c.group_id, pupil.c.pupil_id, one.c.id, one.c.title, one.c.happens_on, one.c.ends_on)
        .select_from(pupil)
        .join(placed, placed.pupil_id == pupil.c.pupil_id)
        .join(was_in, was_in.placement_id == placed.id)
        .join(planned, planned.c.group_id == was_in.group_id)
        .join(one, literal_column("true"))
        .where(
            placed.school_id == pupil.c.school_id,
            on_the_day(was_in, one.c.happens_on),
            on_the_day(placed, one.c.happens_on),
            or_(~one.c.sign_up, signed),
            ~absent,
            ~written,
        )
        .distinct()
        .cte("open")
    )
