"""Pages about data: what is held about somebody, and what a school was asked."""

import json
from typing import Any

from sqlalchemy import BigInteger, Date, Integer, Uuid, and_, case, cast, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.access.administration.policy import own_schools
from app.people.models import Group, GroupMembership, Guardianship, Person, Placement, School, StaffRole
from app.people.projections import full_name, group_ref, person_ref, runs, school_ref
from app.platform.reads import NOW, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portability.erasure import plan
from app.portability.erasure.models import Correction, CorrectionState, Erasure, ErasureState, Keeping
from app.portability.erasure.policy import data_known, data_school, goes_whole, may_ask_erasure
from app.portability.erasure.retention import ANSWER_DAYS, TAKE_BACK_DAYS

_PERSON = parameter("person_id", Uuid())
_SCHOOL = parameter("school_id", Uuid())
_UNDER_WAY = (ErasureState.ASKED.value, ErasureState.RUNNING.value, ErasureState.CLEARING.value)
_SHOWN_FOR: ColumnElement[Any] = literal_column("interval '30 days'")
_YEAR: ColumnElement[Any] = literal_column("interval '1 year'")
_AMSTERDAM: ColumnElement[str] = literal_column("'Europe/Amsterdam'")


def _in_days(days: int) -> ColumnElement[Any]:
    return TODAY + literal_column(str(days), Integer())


def _answer_by(asked: Any) -> ColumnElement[Any]:
    return cast(func.timezone(_AMSTERDAM, asked.asked_at), Date) + literal_column(str(ANSWER_DAYS), Integer())


_TABLES: ColumnElement[Any] = literal_column(f"'{json.dumps(plan.counted())}'::jsonb", JSONB())
_counts = select(func.held_about(_PERSON, _TABLES, type_=JSONB()).label("by_table")).subquery("counts")


def _held() -> ColumnElement[Any]:
    """By kind how many rows there are; to others than the person no number."""
    parts = []
    for kind in plan.KINDS:
        tables = plan.tables_of(kind)
        numbers = [func.coalesce(cast(_counts.c.by_table.op("->>")(table), BigInteger()), 0) for table in tables]
        total: Any = literal_column("null::bigint")
        if numbers:
            total = case((_counts.c.by_table.is_not(None), sum(numbers[1:], numbers[0])))
        parts.append(func.json_build_object("kind", literal_column(f"'{kind}'"), "count", total))
    return func.json_build_array(*parts)


_asker = aliased(Person)
_ended = func.coalesce(Erasure.done_at, Erasure.taken_back_at)
_erasure = (
    select(
        json_object(
            id=Erasure.id,
            state=Erasure.state,
            asked_as=Erasure.asked_as,
            asked_by=case((Erasure.asked_by != Erasure.person_id, full_name(_asker))),
            mine=func.coalesce(Erasure.asked_by == VIEWER, literal_column("false")),
            asked_at=Erasure.asked_at,
            due_on=Erasure.due_on,
            ended_at=_ended,
        )
    )
    .select_from(Erasure)
    .outerjoin(_asker, _asker.id == Erasure.asked_by)
    .where(Erasure.person_id == Person.id, or_(Erasure.state.in_(_UNDER_WAY), _ended > NOW - _SHOWN_FOR))
    .order_by(Erasure.asked_at.desc(), Erasure.id.desc())
    .limit(literal_column("1"))
    .correlate(Person)
    .scalar_subquery()
)

_corrections = (
    select(
        json_list(
            json_object(
                id=Correction.id,
                about=Correction.about,
                said=Correction.said,
                asked_at=Correction.asked_at,
                answer_by=_answer_by(Correction),
                mine=Correction.asked_by == VIEWER,
                state=Correction.state,
                answer=Correction.answer,
                answered_at=Correction.answered_at,
            ),
            Correction.asked_at.desc(),
            Correction.id.desc(),
        )
    )
    .where(Correction.person_id == Person.id)
    .correlate(Person)
    .scalar_subquery()
)

_kept_until = (
    select(json_object(goes_on=Keeping.goes_on, told=Keeping.told_on.is_not(None)))
    .where(Keeping.person_id == Person.id)
    .correlate(Person)
    .scalar_subquery()
)

_group = (
    select(group_ref())
    .select_from(Placement)
    .join(GroupMembership, GroupMembership.placement_id == Placement.id)
    .join(Group, Group.id == GroupMembership.group_id)
    .where(Placement.pupil_id == Person.id, runs(Placement, TODAY), runs(GroupMembership, TODAY))
    .order_by(GroupMembership.starts_on.desc(), GroupMembership.id)
    .limit(literal_column("1"))
    .correlate(Person)
    .scalar_subquery()
)

_school = select(school_ref()).where(School.id == data_school(Person.id, TODAY)).correlate(Person).scalar_subquery()

DATA = Read(
    select(
        json_object(
            person=person_ref(),
            own=Person.id == VIEWER,
            is_pupil=exists().where(Placement.pupil_id == Person.id).correlate(Person),
            is_guardian=exists().where(Guardianship.guardian_id == Person.id, Guardianship.state != "ended"),
            is_staff=exists().where(StaffRole.person_id == Person.id, runs(StaffRole, TODAY)),
            birth_date=Person.birth_date,
            school=_school,
            group=_group,
            held=_held(),
            kept_until=_kept_until,
            whole=goes_whole(Person.id, TODAY),
            may_erase=may_ask_erasure(VIEWER, Person.id, TODAY),
            first_day=_in_days(TAKE_BACK_DAYS),
            erasure=_erasure,
            corrections=_corrections,
        ).label("body")
    )
    .select_from(Person)
    .join(_counts, literal_column("true"))
    .where(Person.id == _PERSON, data_known(VIEWER, Person.id, TODAY))
)
"""GET /v1/people/{person_id}/data, as schemas.DataPage."""


_by, _of = aliased(Person), aliased(Person)
_answered = aliased(Person)
_asked_corrections = (
    select(
        json_list(
            json_object(
                id=Correction.id,
                person=person_ref(_of),
                asked_by=full_name(_by),
                about=Correction.about,
                said=Correction.said,
                asked_at=Correction.asked_at,
                answer_by=_answer_by(Correction),
                state=Correction.state,
                answer=Correction.answer,
                answered_at=Correction.answered_at,
                answered_by=case((_answered.id.is_not(None), full_name(_answered))),
            ),
            (Correction.state == CorrectionState.ASKED.value).desc(),
            case((Correction.state == CorrectionState.ASKED.value, Correction.asked_at)),
            Correction.answered_at.desc(),
            Correction.id,
        )
    )
    .select_from(Correction)
    .join(_of, _of.id == Correction.person_id)
    .join(_by, _by.id == Correction.asked_by)
    .outerjoin(_answered, _answered.id == Correction.answered_by)
    .where(Correction.school_id == School.id)
    .correlate(School)
    .scalar_subquery()
)
_gone = aliased(Person)
_asked_erasures = (
    select(
        json_list(
            json_object(
                id=Erasure.id,
                person=case(
                    (and_(_gone.id.is_not(None), Erasure.state.in_(("asked", "taken_back"))), person_ref(_gone))
                ),
                asked_as=Erasure.asked_as,
                asked_at=Erasure.asked_at,
                due_on=Erasure.due_on,
                state=Erasure.state,
                whole=Erasure.whole,
                ended_at=_ended,
            ),
            Erasure.state.in_(_UNDER_WAY).desc(),
            case((Erasure.state.in_(_UNDER_WAY), Erasure.due_on)),
            _ended.desc(),
            Erasure.id,
        )
    )
    .select_from(Erasure)
    .outerjoin(_gone, _gone.id == Erasure.person_id)
    .where(Erasure.school_id == School.id, or_(_ended.is_(None), _ended > NOW - _YEAR))
    .correlate(School)
    .scalar_subquery()
)

REQUESTS = Read(
    select(
        json_object(school=school_ref(), corrections=_asked_corrections, erasures=_asked_erasures).label("body")
    ).where(School.id == _SCHOOL, School.id.in_(own_schools(VIEWER, TODAY)))
)
"""GET /v1/schools/{school_id}/data-requests, as schemas.DataRequests."""

ERASABLE = Read(
    select(
        json_object(
            person=person_ref(),
            whole=goes_whole(Person.id, TODAY),
            first_day=_in_days(TAKE_BACK_DAYS),
            under_way=exists().where(Erasure.person_id == Person.id, Erasure.state.in_(_UNDER_WAY)).correlate(Person),
        ).label("body")
    ).where(
        Person.id == _PERSON,
        _SCHOOL.in_(own_schools(VIEWER, TODAY)),
        may_ask_erasure(VIEWER, Person.id, TODAY) == literal_column("'school'"),
        data_school(Person.id, TODAY) == _SCHOOL,
    )
)
"""GET /v1/schools/{school_id}/people/{person_id}/erasure, as schemas.ErasableShown."""
