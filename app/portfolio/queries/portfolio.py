"""A portfolio: the pupil, the years, and a page of entries, newest first."""

from typing import Any

from sqlalchemy import Date, Uuid, and_, func, literal_column, or_, select, tuple_
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import FromClause

from app.people.models import Group, GroupMembership, Person, Placement, School
from app.platform.reads import ONE_MORE, TODAY, Read, cursor_of, json_list, json_object, paged, parameter
from app.portfolio.models import Entry, EntryState
from app.portfolio.policy import PAGE, may_see
from app.portfolio.queries.projections import Gate, card, placement_known, pupil_head, pupil_known, relation

PUPIL = parameter("pupil_id", Uuid())
_AFTER_DAY = parameter("after_day", Date())
_AFTER_ID = parameter("after_id", Uuid())


def on_the_timeline(pupil: ColumnElement[Any] = PUPIL) -> ColumnElement[bool]:
    """Whether an entry is this pupil's, not put away, and to be seen by this viewer."""
    return and_(
        Entry.pupil_id == pupil,
        Entry.state.not_in((EntryState.ARCHIVED, EntryState.TRASHED)),
        may_see(PAGE),
    )


ON_THE_TIMELINE = on_the_timeline()


def years(pupil: ColumnElement[Any] = PUPIL, shown: FromClause | None = None) -> ColumnElement[Any]:
    """The school years of this pupil in which this viewer knows a group or sees an entry.

    `shown`: the entries on the timeline, where the page has them at hand; else they are looked up.
    """
    if shown is None:
        shown = select(Entry.school_year).where(on_the_timeline(pupil)).subquery("shown")
    counted = (
        select(shown.c.school_year, func.count().label("entry_count")).group_by(shown.c.school_year).subquery("counted")
    )
    placed = (
        select(
            Group.school_year,
            func.min(School.name).label("school_name"),
            func.min(Group.name).label("group_name"),
            func.min(Group.level).label("level"),
            func.min(Group.study_year).label("study_year"),
        )
        .select_from(Placement)
        .join(GroupMembership, GroupMembership.placement_id == Placement.id)
        .join(Group, Group.id == GroupMembership.group_id)
        .join(School, School.id == Placement.school_id)
        .where(Placement.pupil_id == pupil, GroupMembership.starts_on <= TODAY, placement_known())
        .group_by(Group.school_year)
        .subquery("placed")
    )
    year = func.coalesce(counted.c.school_year, placed.c.school_year)
    return (
        select(
            json_list(
                json_object(
                    school_year=year,
                    school_name=placed.c.school_name,
                    group_name=placed.c.group_name,
                    level=placed.c.level,
                    study_year=placed.c.study_year,
                    entry_count=func.coalesce(counted.c.entry_count, 0),
                ),
                year.desc(),
            )
        )
        .select_from(counted.outerjoin(placed, counted.c.school_year == placed.c.school_year, full=True))
        .scalar_subquery()
    )


_picked = (
    select(
        card().label("card"),
        cursor_of(Entry.sort_on, Entry.id).label("cursor"),
        func.row_number().over(order_by=(Entry.sort_on.desc(), Entry.id.desc())).label("place"),
    )
    .where(
        ON_THE_TIMELINE,
        or_(_AFTER_DAY.is_(None), tuple_(Entry.sort_on, Entry.id) < tuple_(_AFTER_DAY, _AFTER_ID)),
    )
    .order_by(Entry.sort_on.desc(), Entry.id.desc())
    .limit(ONE_MORE)
    .subquery("picked")
)
_items = paged(_picked, _picked.c.card)
_gate = Gate(Person.id)

PORTFOLIO = Read(
    select(
        _gate.opens(
            json_object(
                pupil=pupil_head(),
                viewer=relation(Person.id),
                years=years(),
                items=_items.c.listed,
                next_cursor=_items.c.next_cursor,
            )
        ).label("body"),
        _items.c.next_cursor,
        _gate.ask_why.label("ask_why"),
        _gate.opens(Person.id).label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        relation(Person.id).label("rule"),
    )
    .select_from(Person)
    .join(_gate.on, literal_column("true"))
    .join(_items, literal_column("true"))
    .where(Person.id == PUPIL, pupil_known(Person.id))
)
"""GET /v1/pupils/{pupilId}/portfolio, as schemas.PortfolioPage."""
