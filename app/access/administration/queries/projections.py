"""What the pages of a school's admin share: who belongs to it, what somebody comes in with, and what was done."""

from typing import Any

from sqlalchemy import Date, Select, Text, Uuid, and_, case, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.access.administration.actions.acts import NOT_UNDONE
from app.access.administration.models import AdminAct
from app.access.administration.policy import own_schools, register
from app.access.cards.models import PupilCard
from app.access.models import Account
from app.access.school_accounts.models import Identity
from app.people.models import Person, PersonAlias
from app.people.projections import full_name
from app.platform.reads import TODAY, VIEWER, json_object, parameter

SCHOOL_ID = parameter("school_id", Uuid())
OWN_SCHOOL = SCHOOL_ID.in_(own_schools(VIEWER, TODAY))
_AMSTERDAM: ColumnElement[str] = literal_column("'Europe/Amsterdam'")
YES: ColumnElement[bool] = literal_column("true")


def day(moment: Any) -> ColumnElement[Any]:
    return cast(func.timezone(_AMSTERDAM, moment), Date)


def not_over(dated: Any) -> ColumnElement[bool]:
    return or_(dated.ends_on.is_(None), dated.ends_on >= TODAY)


def live_card(person_id: Any) -> ColumnElement[bool]:
    return and_(PupilCard.pupil_id == person_id, PupilCard.revoked_at.is_(None), PupilCard.last_day >= TODAY)


def way_in(person_id: Any) -> ColumnElement[bool]:
    """Whether somebody has anything to come in with."""
    return or_(
        exists().where(Account.person_id == person_id),
        exists().where(live_card(person_id)),
        exists().where(Identity.person_id == person_id),
    )


def _roster_key(person_id: Any) -> ColumnElement[Any]:
    return (
        select(PersonAlias.value)
        .where(PersonAlias.person_id == person_id, PersonAlias.school_id == SCHOOL_ID, PersonAlias.kind == "roster")
        .order_by(PersonAlias.value)
        .limit(literal_column("1"))
        .scalar_subquery()
    )


def mark(person_id: Any, twins: Any) -> ColumnElement[Any]:
    """What tells apart who have the same name and birth date: the roster's key, else the last four of the id."""
    return case((twins > 1, func.coalesce(_roster_key(person_id), func.right(cast(person_id, Text), 4))))


def acts(condition: ColumnElement[bool], most: int) -> Select[Any]:
    actor, about, undoing = aliased(Person), aliased(Person), aliased(AdminAct)
    undoable = and_(
        AdminAct.kind.not_in([kind.value for kind in NOT_UNDONE]),
        day(AdminAct.at) == TODAY,
        ~exists().where(undoing.undoes == AdminAct.id),
    )
    return (
        select(AdminAct.id, AdminAct.at, json_object(
            id=AdminAct.id,
            kind=AdminAct.kind,
            at=AdminAct.at,
            by=full_name(actor),
            about=full_name(about),
            facts=AdminAct.facts,
            undoable=undoable,
        ).label("act"))
        .join(actor, actor.id == AdminAct.actor_id)
        .outerjoin(about, about.id == AdminAct.person_id)
        .where(AdminAct.school_id == SCHOOL_ID, condition)
        .order_by(AdminAct.at.desc(), AdminAct.id.desc())
        .limit(literal_column(str(most)))
    )  # fmt: skip


people = register(SCHOOL_ID, TODAY)
_twins = func.count().over(partition_by=(Person.search_name, Person.birth_date))
everyone = (
    select(
        Person.id,
        Person.search_name,
        full_name().label("name"),
        Person.birth_date,
        Person.closed_at,
        people.c.is_pupil,
        people.c.is_staff,
        people.c.is_guardian,
        people.c.placed,
        people.c.group_id,
        people.c.roles,
        people.c.ended_on,
        _twins.label("twins"),
    )
    .select_from(people)
    .join(Person, Person.id == people.c.person_id)
    .cte("everyone")
)
