"""The teacher's page about how a group signs in."""

from datetime import datetime

from sqlalchemy import Date, and_, case, cast, func, select
from sqlalchemy import Uuid as UuidType
from sqlalchemy.sql.elements import ColumnElement

from app.access.cards.models import ClassArrival, ClassWindow, PinMisses, PupilCard, PupilPin
from app.access.cards.policy import group_pupils, teacher_groups
from app.people.models import Group, Person, School
from app.people.projections import full_name, school_ref
from app.platform.reads import NOW, TODAY, VIEWER, Read, json_list, json_object, parameter


def _arrivals() -> ColumnElement[object]:
    return (
        select(
            json_list(
                json_object(id=Person.id, name=full_name(), at=ClassArrival.at, chose_pin=ClassArrival.chose_pin),
                ClassArrival.at.desc(),
                Person.id,
            )
        )
        .select_from(ClassArrival)
        .join(Person, Person.id == ClassArrival.pupil_id)
        .where(ClassArrival.window_id == ClassWindow.id)
        .correlate(ClassWindow)
        .scalar_subquery()
    )


def _window() -> ColumnElement[object]:
    return (
        select(json_object(code=ClassWindow.code, closes_at=ClassWindow.closes_at, arrivals=_arrivals()))
        .where(ClassWindow.group_id == Group.id, ClassWindow.closes_at > NOW)
        .correlate(Group)
        .scalar_subquery()
    )


def _locked_until() -> ColumnElement[datetime | None]:
    return (
        select(func.max(PinMisses.locked_until))
        .where(PinMisses.pupil_id == Person.id, PinMisses.locked_until > NOW)
        .correlate(Person)
        .scalar_subquery()
    )


def _pupils() -> ColumnElement[object]:
    own = group_pupils(Group.id, TODAY).lateral()
    live = and_(PupilCard.pupil_id == Person.id, PupilCard.revoked_at.is_(None), PupilCard.last_day >= TODAY)
    since = cast(func.timezone("Europe/Amsterdam", PupilCard.issued_at), Date)
    return (
        select(
            json_list(
                json_object(
                    id=Person.id,
                    name=full_name(),
                    given_name=Person.given_name,
                    card_since=case((PupilCard.id.is_not(None), since)),
                    has_pin=PupilPin.pupil_id.is_not(None),
                    locked_until=_locked_until(),
                ),
                Person.family_name,
                Person.given_name,
                Person.id,
            )
        )
        .select_from(own)
        .join(Person, Person.id == own.c.pupil_id)
        .outerjoin(PupilCard, live)
        .outerjoin(PupilPin, PupilPin.pupil_id == Person.id)
        .correlate(Group)
        .scalar_subquery()
    )


_OWN = teacher_groups(VIEWER, TODAY)

GROUP_SIGN_IN = Read(
    select(
        json_object(
            id=Group.id,
            name=Group.name,
            level=Group.level,
            study_year=Group.study_year,
            school=school_ref(),
            window=_window(),
            pupils=_pupils(),
        ).label("body")
    )
    .join(School, School.id == Group.school_id)
    .where(Group.id == parameter("group_id", UuidType()), Group.id.in_(select(_OWN.c.group_id)))
)
"""GET /v1/groups/{group_id}/sign-in, as schemas.GroupSignIn."""
