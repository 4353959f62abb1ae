"""One person, as a school's admin sees them. Nothing of what anybody made."""

from typing import Any

from sqlalchemy import Uuid, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.access.administration.models import AdminAct
from app.access.administration.queries.projections import (
    OWN_SCHOOL,
    SCHOOL_ID,
    acts,
    day,
    everyone,
    live_card,
    mark,
    not_over,
    people,
)
from app.access.cards.models import PupilCard
from app.access.models import Account, Session
from app.access.school_accounts.models import Identity
from app.people.models import Group, GroupAssignment, GroupMembership, Guardianship, Person, Placement, StaffRole
from app.people.projections import full_name, group_ref
from app.platform.reads import NOW, TODAY, VIEWER, Read, json_list, json_object, parameter

PERSON_ID = parameter("person_id", Uuid())


def _memberships() -> ColumnElement[Any]:
    return (
        select(
            json_list(
                json_object(
                    id=GroupMembership.id,
                    group=group_ref(),
                    school_year=Group.school_year,
                    starts_on=GroupMembership.starts_on,
                    ends_on=GroupMembership.ends_on,
                ),
                GroupMembership.starts_on.desc(),
                GroupMembership.id.desc(),
            )
        )
        .select_from(GroupMembership)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(GroupMembership.placement_id == Placement.id)
        .correlate(Placement)
        .scalar_subquery()
    )


_placements = (
    select(
        json_list(
            json_object(
                id=Placement.id, starts_on=Placement.starts_on, ends_on=Placement.ends_on, memberships=_memberships()
            ),
            Placement.starts_on.desc(),
        )
    )
    .where(Placement.pupil_id == PERSON_ID, Placement.school_id == SCHOOL_ID)
    .scalar_subquery()
)


def _assignments() -> ColumnElement[Any]:
    return (
        select(
            json_list(
                json_object(
                    id=GroupAssignment.id,
                    group=group_ref(),
                    school_year=Group.school_year,
                    is_mentor=GroupAssignment.is_mentor,
                    starts_on=GroupAssignment.starts_on,
                    ends_on=GroupAssignment.ends_on,
                ),
                Group.school_year.desc(),
                Group.name,
            )
        )
        .select_from(GroupAssignment)
        .join(Group, Group.id == GroupAssignment.group_id)
        .where(GroupAssignment.staff_role_id == StaffRole.id, Group.school_year >= func.school_year_of(TODAY))
        .correlate(StaffRole)
        .scalar_subquery()
    )


_roles_here = (
    select(
        json_list(
            json_object(
                id=StaffRole.id,
                role=StaffRole.role,
                starts_on=StaffRole.starts_on,
                ends_on=StaffRole.ends_on,
                assignments=_assignments(),
            ),
            StaffRole.ends_on.desc().nulls_first(),
            StaffRole.starts_on.desc(),
        )
    )
    .where(StaffRole.person_id == PERSON_ID, StaffRole.school_id == SCHOOL_ID)
    .scalar_subquery()
)


def _relatives(other: Any, own: Any) -> ColumnElement[Any]:
    relative = aliased(Person)
    return (
        select(
            json_list(
                json_object(
                    id=relative.id, name=full_name(relative), custody=Guardianship.custody, state=Guardianship.state
                ),
                relative.search_name,
                relative.id,
            )
        )
        .select_from(Guardianship)
        .join(relative, relative.id == other)
        .where(own == PERSON_ID)
        .scalar_subquery()
    )


_placed_here = exists().where(
    Placement.pupil_id == Guardianship.pupil_id, Placement.school_id == SCHOOL_ID, not_over(Placement)
)
_children = aliased(Person)
_children_here = (
    select(
        json_list(
            json_object(
                id=_children.id, name=full_name(_children), custody=Guardianship.custody, state=Guardianship.state
            ),
            _children.search_name,
            _children.id,
        )
    )
    .select_from(Guardianship)
    .join(_children, _children.id == Guardianship.pupil_id)
    .where(Guardianship.guardian_id == PERSON_ID, _placed_here)
    .scalar_subquery()
)
_username = select(Account.username).where(Account.person_id == PERSON_ID).scalar_subquery()
_card_since = select(day(PupilCard.issued_at)).where(live_card(PERSON_ID)).scalar_subquery()
_running = and_(
    Session.person_id == PERSON_ID,
    Session.expires_at > NOW,
    Session.last_seen_at + func.make_interval(0, 0, 0, 0, 0, 0, Session.idle_seconds) > NOW,
)
_devices = (
    select(
        json_list(
            json_object(
                id=Session.id, device=Session.device, label=Session.label, last_seen_on=day(Session.last_seen_at)
            ),
            Session.last_seen_at.desc(),
        )
    )
    .where(_running)
    .scalar_subquery()
)
_last_seen = select(day(func.max(Session.last_seen_at))).where(Session.person_id == PERSON_ID).scalar_subquery()
_namesakes = select(everyone.c.twins).where(everyone.c.id == PERSON_ID).scalar_subquery()
_changes = acts(AdminAct.person_id == PERSON_ID, 50).subquery("changes")

PERSON = Read(
    select(
        json_object(
            id=Person.id,
            name=full_name(),
            given_name=Person.given_name,
            family_name=Person.family_name,
            birth_date=Person.birth_date,
            mark=mark(Person.id, _namesakes),
            is_pupil=people.c.is_pupil,
            is_staff=people.c.is_staff,
            is_guardian=people.c.is_guardian,
            administered=and_(or_(people.c.is_pupil, people.c.is_staff), people.c.ended_on.is_(None)),
            is_self=Person.id == VIEWER,
            ended_on=people.c.ended_on,
            closed_on=day(Person.closed_at),
            last_seen_on=_last_seen,
            ways=json_object(
                username=_username,
                card_since=_card_since,
                has_pin=func.pin_chosen(PERSON_ID),
                school_account=exists().where(Identity.person_id == PERSON_ID),
            ),
            placements=_placements,
            roles=_roles_here,
            guardians=case(
                (people.c.placed, _relatives(Guardianship.guardian_id, Guardianship.pupil_id)),
                else_=literal_column("'[]'::json"),
            ),
            children=_children_here,
            sessions=_devices,
            acts=select(json_list(_changes.c.act, _changes.c.at.desc(), _changes.c.id.desc())).scalar_subquery(),
        ).label("body")
    )
    .select_from(people)
    .join(Person, Person.id == people.c.person_id)
    .where(Person.id == PERSON_ID, OWN_SCHOOL)
)
"""GET /v1/schools/{schoolId}/people/{personId}, as schemas.PersonFile."""
