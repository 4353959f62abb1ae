"""Pages of choice moments: one's own, and what others may see of a pupil's."""

import json
from typing import Any

from sqlalchemy import and_, case, func, literal_column, select, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.choices.catalogue import motive_codes, suggested
from app.guidance.choices.models import (
    ChoiceKind,
    ChoiceMoment,
    ChoiceOption,
    ChoiceOptionEntry,
    ChoicePick,
    ChoiceSureness,
)
from app.guidance.choices.policy import may_look_back, may_see, offered_choices
from app.people.models import Group, GroupMembership, Level, Person
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object
from app.portfolio.law import TOGETHER_UNTIL
from app.portfolio.models import Entry, EntryState
from app.portfolio.policy import PAGE
from app.portfolio.policy import may_see as may_see_entry
from app.portfolio.queries.portfolio import PUPIL
from app.portfolio.queries.projections import Gate, pupil_head, pupil_known, relation


def _json(value: Any) -> ColumnElement[Any]:
    """Codes of the catalogue, which hold no quotes."""
    return literal_column(f"'{json.dumps(value)}'::json")


def _entries() -> ColumnElement[Any]:
    """Of the stories behind an option those that this viewer may open."""
    return (
        select(json_list(json_object(id=Entry.id, title=Entry.title, kind=Entry.kind), Entry.sort_on, Entry.id))
        .join(ChoiceOptionEntry, ChoiceOptionEntry.entry_id == Entry.id)
        .where(
            ChoiceOptionEntry.option_id == ChoiceOption.id,
            Entry.state != literal_column(f"'{EntryState.TRASHED.value}'"),
            may_see_entry(PAGE),
        )
        .correlate(ChoiceOption)
        .scalar_subquery()
    )


def _options() -> ColumnElement[Any]:
    one = ChoiceOption
    shown = json_object(
        id=one.id,
        code=one.code,
        name=one.name,
        plus=one.plus,
        minus=one.minus,
        seen=one.seen,
        entries=_entries(),
        off_at=one.off_at,
        off_why=one.off_why,
        version=one.version,
    )
    return _of_moment(select(json_list(shown, one.made_at, one.id)), one)


def _sureness() -> ColumnElement[Any]:
    one = ChoiceSureness
    shown = json_object(id=one.id, sure=one.sure, words=one.words, at=one.at)
    return _of_moment(select(json_list(shown, one.at, one.id)), one)


def _picks() -> ColumnElement[Any]:
    one = ChoicePick
    shown = json_object(id=one.id, plan_a=one.plan_a, plan_b=one.plan_b, why=one.why, at=one.at)
    return _of_moment(select(json_list(shown, one.at.desc(), one.id.desc())), one)


def _of_moment(chosen: Any, part: Any) -> ColumnElement[Any]:
    found: ColumnElement[Any] = (
        chosen.where(part.moment_id == ChoiceMoment.id).correlate(ChoiceMoment).scalar_subquery()
    )
    return found


def _level() -> ColumnElement[Any]:
    """Of the class in that school year."""
    member, group = aliased(GroupMembership), aliased(Group)
    return (
        select(group.level)
        .join(member, member.group_id == group.id)
        .where(member.placement_id == ChoiceMoment.placement_id, group.school_year == ChoiceMoment.school_year)
        .order_by(member.starts_on.desc())
        .limit(literal_column("1"))
        .correlate(ChoiceMoment)
        .scalar_subquery()
    )


def choice() -> ColumnElement[Any]:
    """A choice moment as schemas.Choice."""
    return json_object(
        id=ChoiceMoment.id,
        kind=ChoiceMoment.kind,
        level=_level(),
        school_year=ChoiceMoment.school_year,
        ring=ChoiceMoment.ring,
        motives=ChoiceMoment.motives,
        own_motive=ChoiceMoment.own_motive,
        options=_options(),
        sureness=_sureness(),
        picks=_picks(),
        look_back=ChoiceMoment.look_back,
        looked_back_at=ChoiceMoment.looked_back_at,
        may_look_back=may_look_back(TODAY),
        version=ChoiceMoment.version,
        updated_at=ChoiceMoment.updated_at,
    )


def choices_of(pupil: Any) -> ColumnElement[Any]:
    """A pupil's choice moments that the viewer of a page may see, as a list of schemas.Choice; for other pages too."""
    return (
        select(json_list(choice(), ChoiceMoment.school_year.desc(), ChoiceMoment.made_at.desc(), ChoiceMoment.id))
        .where(ChoiceMoment.pupil_id == pupil, may_see(PAGE))
        .correlate(Person)
        .scalar_subquery()
    )


def _suggestions(offered: Any) -> ColumnElement[Any]:
    fitting = [
        (and_(offered.c.kind == literal_column(f"'{kind}'"), offered.c.level == literal_column(f"'{level}'")), codes)
        for kind in ChoiceKind
        for level in Level
        if (codes := suggested(kind, level))
    ]
    return case(*((fits, _json(codes)) for fits, codes in fitting), else_=_json([]))


def _offered() -> ColumnElement[Any]:
    offered = offered_choices(VIEWER, TODAY)
    begun = (
        select(ChoiceMoment.id)
        .where(
            ChoiceMoment.pupil_id == VIEWER,
            ChoiceMoment.kind == offered.c.kind,
            ChoiceMoment.school_year == func.school_year_of(TODAY),
        )
        .correlate(offered)
        .scalar_subquery()
    )
    shown = json_object(
        kind=offered.c.kind,
        level=offered.c.level,
        study_year=offered.c.study_year,
        school_year=func.school_year_of(TODAY),
        choice_id=begun,
        suggestions=_suggestions(offered),
    )
    return select(json_list(shown, offered.c.kind)).select_from(offered).scalar_subquery()


def _rings() -> ColumnElement[Any]:
    """As the law's `rings` for one's own."""
    young = func.coalesce(
        func.years_old(Person.birth_date, TODAY) < literal_column(str(TOGETHER_UNTIL)), literal_column("true")
    )
    return case((young, _json([0, 2])), else_=_json([0, 1, 2]))


MY_CHOICES = Read(
    select(
        json_object(
            offered=_offered(), choices=choices_of(VIEWER), motives=_json(list(motive_codes())), rings=_rings()
        ).label("body")
    ).where(Person.id == VIEWER)
)
"""GET /v1/me/choices, as schemas.MyChoices."""


_gate = Gate(Person.id)

PUPIL_CHOICES = Read(
    select(
        _gate.opens(json_object(pupil=pupil_head(), viewer=relation(Person.id), choices=choices_of(Person.id))).label(
            "body"
        ),
        _gate.ask_why.label("ask_why"),
        _gate.opens(Person.id).label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        relation(Person.id).label("rule"),
    )
    .select_from(Person)
    .join(_gate.on, true())
    .where(Person.id == PUPIL, pupil_known(Person.id))
)
"""GET /v1/pupils/{pupilId}/choices, as schemas.PupilChoices; the look is logged."""


def todays_choice() -> ColumnElement[Any]:
    """What stands on the pupil's home: a moment of this year without a choice, or one to look back at; else null."""
    offered = offered_choices(VIEWER, TODAY)
    newest = (
        select(ChoicePick.plan_a)
        .where(ChoicePick.moment_id == ChoiceMoment.id)
        .order_by(ChoicePick.at.desc(), ChoicePick.id.desc())
        .limit(literal_column("1"))
        .correlate(ChoiceMoment)
        .scalar_subquery()
    )
    coming = (
        select(
            json_object(
                kind=offered.c.kind,
                level=offered.c.level,
                choice_id=ChoiceMoment.id,
                look_back=literal_column("false"),
            )
        )
        .select_from(offered)
        .outerjoin(
            ChoiceMoment,
            and_(
                ChoiceMoment.pupil_id == VIEWER,
                ChoiceMoment.kind == offered.c.kind,
                ChoiceMoment.school_year == func.school_year_of(TODAY),
            ),
        )
        .where(newest.is_(None))
        .order_by(offered.c.kind)
        .limit(literal_column("1"))
        .scalar_subquery()
    )
    behind = (
        select(
            json_object(
                kind=ChoiceMoment.kind,
                level=_level(),
                choice_id=ChoiceMoment.id,
                look_back=literal_column("true"),
            )
        )
        .where(
            ChoiceMoment.pupil_id == VIEWER,
            ChoiceMoment.looked_back_at.is_(None),
            newest.is_not(None),
            may_look_back(TODAY),
        )
        .order_by(ChoiceMoment.school_year.desc(), ChoiceMoment.id)
        .limit(literal_column("1"))
        .scalar_subquery()
    )
    return func.coalesce(behind, coming)
