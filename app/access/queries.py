"""Pages about oneself: who am I, where am I signed in."""

from datetime import datetime
from typing import get_args

from sqlalchemy import and_, case, exists, func, literal_column, select
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.sql.elements import ColumnElement

from app.access.consents.policy import consent_state, home_asked
from app.access.factors.models import FactorChange
from app.access.models import Account, Session
from app.access.schemas import Locale
from app.access.school_accounts.models import SchoolAccountSession
from app.people.models import (
    Group,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    Person,
    Placement,
    Role,
    School,
    StaffRole,
)
from app.people.projections import age_band, full_name, group_ref, runs, school_ref
from app.platform.reads import NOW, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.reference.catalogue import purpose_of
from app.reference.codes import PurposeCode

_SPOKEN = case((Person.locale.in_(get_args(Locale)), Person.locale), else_="nl")
"""The language of the screens: Dutch for who reads one that they do not speak."""

_AGE_RULE = case(
    (func.coalesce(func.years_old(Person.birth_date, TODAY), 0) < 12, "under12"),
    (func.years_old(Person.birth_date, TODAY) < 16, "from12"),
    (func.years_old(Person.birth_date, TODAY) < 18, "from16"),
    else_="from18",
)


def _pupil_self() -> ColumnElement[object]:
    running = and_(runs(Placement, TODAY), runs(GroupMembership, TODAY))
    return (
        select(
            json_object(
                school=case((runs(Placement, TODAY), school_ref())),
                group=case((running, group_ref())),
                level=Group.level,
                study_year=Group.study_year,
                band=age_band(),
                age_rule=_AGE_RULE,
                home_sharing=func.home_open(Person.birth_date, Person.home_sharing_since, TODAY),
                home_closes_on=func.home_closes_on(Person.birth_date, TODAY),
                home_asked=home_asked(TODAY),
                recognisable=consent_state(purpose_of(PurposeCode.RECOGNISABLE), TODAY),
                kid=Group.level == "po",
            )
        )
        .select_from(Placement)
        .join(School, School.id == Placement.school_id)
        .join(GroupMembership, GroupMembership.placement_id == Placement.id)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(Placement.pupil_id == Person.id, GroupMembership.starts_on <= TODAY)
        .order_by(GroupMembership.starts_on.desc(), GroupMembership.id.desc())
        .limit(literal_column("1"))
        .correlate(Person)
        .scalar_subquery()
    )


def _roles() -> ColumnElement[object]:
    return (
        select(
            json_list(
                json_object(role=StaffRole.role, school=case((School.id.is_not(None), school_ref()))),
                StaffRole.starts_on,
            )
        )
        .select_from(StaffRole)
        .outerjoin(School, School.id == StaffRole.school_id)
        .where(StaffRole.person_id == Person.id, runs(StaffRole, TODAY))
        .correlate(Person)
        .scalar_subquery()
    )


def _groups() -> ColumnElement[object]:
    return (
        select(json_list(group_ref(), Group.name))
        .select_from(StaffRole)
        .join(GroupAssignment, GroupAssignment.staff_role_id == StaffRole.id)
        .join(Group, Group.id == GroupAssignment.group_id)
        .where(
            StaffRole.person_id == Person.id,
            StaffRole.role == Role.TEACHER,
            runs(StaffRole, TODAY),
            runs(GroupAssignment, TODAY),
        )
        .correlate(Person)
        .scalar_subquery()
    )


_HERE = Session.token_hash == parameter("token_hash", BYTEA())
_CURRENT_DEVICE = select(Session.device).where(_HERE).scalar_subquery()
_CURRENT_PROVIDER = (
    select(SchoolAccountSession.provider_id)
    .join(Session, Session.id == SchoolAccountSession.session_id)
    .where(_HERE)
    .scalar_subquery()
)


def _factor_changed_at() -> ColumnElement[datetime]:
    """What changed in this very session needs no telling."""
    here = select(Session.id).where(_HERE).scalar_subquery()
    return (
        select(func.max(FactorChange.at))
        .where(
            FactorChange.person_id == Person.id,
            FactorChange.told.is_(False),
            FactorChange.session_id.is_distinct_from(here),
        )
        .correlate(Person)
        .scalar_subquery()
    )


ME = Read(
    select(
        json_object(
            id=Person.id,
            name=full_name(),
            given_name=Person.given_name,
            locale=_SPOKEN,
            device=_CURRENT_DEVICE,
            roles=_roles(),
            groups=_groups(),
            pupil=_pupil_self(),
            is_guardian=exists().where(Guardianship.guardian_id == Person.id),
            has_password=exists().where(Account.person_id == Person.id),
            factor_changed_at=_factor_changed_at(),
            school_account=_CURRENT_PROVIDER,
        ).label("body")
    ).where(Person.id == VIEWER)
)
"""GET /v1/me, as schemas.Me."""

SESSIONS = Read(
    select(
        json_object(
            items=json_list(
                json_object(
                    id=Session.id,
                    device=Session.device,
                    label=Session.label,
                    created_at=Session.created_at,
                    last_seen_at=Session.last_seen_at,
                    current=_HERE,
                ),
                Session.last_seen_at.desc(),
            )
        ).label("body")
    ).where(
        Session.person_id == VIEWER,
        ~Session.factor_due,
        Session.expires_at > NOW,
        Session.last_seen_at + func.make_interval(0, 0, 0, 0, 0, 0, Session.idle_seconds) > NOW,
    )
)
"""GET /v1/sessions, as schemas.SessionList."""
