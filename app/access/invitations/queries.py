"""An admin's pages about parents: counts, the letters of a group, and the links."""

from typing import Any

from sqlalchemy import Boolean, Text, and_, case, exists, func, literal_column, or_, select, true, tuple_
from sqlalchemy import DateTime as DateTimeType
from sqlalchemy import Uuid as UuidType
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.access.invitations.models import GuardianshipDecision, Invitation
from app.access.invitations.policy import admin_schools
from app.access.models import Account
from app.people.models import Group, GroupMembership, Guardianship, Person, Placement, School
from app.people.projections import full_name, group_ref, person_ref, runs
from app.platform.reads import (
    NOW,
    ONE_MORE,
    TODAY,
    VIEWER,
    Read,
    cursor_of,
    json_list,
    json_object,
    paged,
    parameter,
)

_SCHOOL_ID = parameter("school_id", UuidType())
_OWN = admin_schools(VIEWER, TODAY)
_IS_OWN = School.id.in_(select(_OWN.c.school_id))

_OPEN = and_(
    Invitation.kind == literal_column("'guardian'"),
    Invitation.claimed_at.is_(None),
    Invitation.ended_at.is_(None),
    Invitation.expires_at > NOW,
)


_OFTEN: ColumnElement[int] = literal_column("3")
"""So many wrong codes are more than mistyping."""


def _links(of_pupil: Any, state: str) -> ColumnElement[bool]:
    return and_(Guardianship.pupil_id == of_pupil, Guardianship.state == literal_column(f"'{state}'"))


# --- counts -----------------------------------------------------------------------------------------

_in_group = (
    select(
        GroupMembership.group_id,
        func.count(Placement.pupil_id.distinct()).label("pupils"),
        func.count(Placement.pupil_id.distinct())
        .filter(exists().where(_links(Placement.pupil_id, "confirmed")))
        .label("linked"),
        func.count(Placement.pupil_id.distinct())
        .filter(exists().where(Invitation.person_id == Placement.pupil_id, _OPEN))
        .label("letters"),
        func.count(Placement.pupil_id.distinct())
        .filter(exists().where(Invitation.person_id == Placement.pupil_id, _OPEN, Invitation.misses >= _OFTEN))
        .label("guessed"),
    )
    .join(Placement, and_(Placement.id == GroupMembership.placement_id, runs(Placement, TODAY)))
    .where(runs(GroupMembership, TODAY), Placement.school_id == _SCHOOL_ID)
    .group_by(GroupMembership.group_id)
    .subquery("in_group")
)
_groups = (
    select(
        json_list(
            json_object(
                id=Group.id,
                name=Group.name,
                level=Group.level,
                study_year=Group.study_year,
                pupil_count=_in_group.c.pupils,
                linked_count=_in_group.c.linked,
                letter_count=_in_group.c.letters,
                guessed_count=_in_group.c.guessed,
            ),
            Group.study_year,
            Group.name,
        )
    )
    .select_from(Group)
    .join(_in_group, _in_group.c.group_id == Group.id)
    .where(Group.school_year == func.school_year_of(TODAY))
    .scalar_subquery()
)
_waiting = (
    select(func.count(Guardianship.id.distinct()))
    .join(Placement, and_(Placement.pupil_id == Guardianship.pupil_id, runs(Placement, TODAY)))
    .where(Guardianship.state == literal_column("'claimed'"), Placement.school_id == _SCHOOL_ID)
    .scalar_subquery()
)

PARENTS = Read(
    select(
        json_object(
            id=School.id,
            name=School.name,
            mail=parameter("mail", Boolean()),
            waiting=_waiting,
            groups=_groups,
        ).label("body")
    ).where(School.id == _SCHOOL_ID, _IS_OWN)
)
"""GET /v1/schools/{school_id}/parents, as schemas.ParentsPage."""


# --- letters ----------------------------------------------------------------------------------------

_letters = (
    select(
        json_list(
            json_object(
                id=Invitation.id,
                letter=Invitation.letter,
                made_at=Invitation.made_at,
                expires_at=Invitation.expires_at,
                mail_to=Invitation.mail_to,
                misses=Invitation.misses,
            ),
            Invitation.made_at,
            Invitation.letter,
        )
    )
    .where(Invitation.person_id == Person.id, Invitation.school_id == Group.school_id, _OPEN)
    .correlate(Person, Group)
    .scalar_subquery()
)


def _count(state: str) -> ColumnElement[int]:
    return select(func.count()).where(_links(Person.id, state)).correlate(Person).scalar_subquery()


_pupils = (
    select(
        json_list(
            json_object(
                id=Person.id,
                name=full_name(),
                given_name=Person.given_name,
                linked=_count("confirmed"),
                waiting=_count("claimed"),
                letters=_letters,
            ),
            Person.family_name,
            Person.given_name,
            Person.id,
        )
    )
    .select_from(GroupMembership)
    .join(Placement, and_(Placement.id == GroupMembership.placement_id, runs(Placement, TODAY)))
    .join(Person, Person.id == Placement.pupil_id)
    .where(GroupMembership.group_id == Group.id, runs(GroupMembership, TODAY))
    .correlate(Group)
    .scalar_subquery()
)

LETTERS = Read(
    select(
        json_object(id=Group.id, name=Group.name, level=Group.level, study_year=Group.study_year, pupils=_pupils).label(
            "body"
        )
    )
    .join(School, School.id == Group.school_id)
    .where(Group.id == parameter("group_id", UuidType()), _IS_OWN)
)
"""GET /v1/groups/{group_id}/letters, as schemas.LettersPage."""


# --- links ------------------------------------------------------------------------------------------

_Parent = aliased(Person, name="parent")
_WORDS = parameter("words", Text())
_AFTER_TIME = parameter("after_time", DateTimeType(timezone=True))
_AFTER_ID = parameter("after_id", UuidType())

_reason = (
    select(GuardianshipDecision.reason)
    .where(GuardianshipDecision.guardianship_id == Guardianship.id)
    .order_by(GuardianshipDecision.decided_at.desc(), GuardianshipDecision.id.desc())
    .limit(literal_column("1"))
    .correlate(Guardianship)
    .scalar_subquery()
)
_used = (
    select(Invitation)
    .where(Invitation.person_id == Guardianship.pupil_id, Invitation.claimed_by == Guardianship.guardian_id)
    .order_by(Invitation.claimed_at.desc())
    .limit(literal_column("1"))
    .correlate(Guardianship)
    .lateral("used")
)
_placed = (
    exists()
    .where(Placement.pupil_id == Guardianship.pupil_id, Placement.school_id == _SCHOOL_ID, runs(Placement, TODAY))
    .correlate(Guardianship)
)
_group = (
    select(group_ref())
    .select_from(Placement)
    .join(GroupMembership, and_(GroupMembership.placement_id == Placement.id, runs(GroupMembership, TODAY)))
    .join(Group, Group.id == GroupMembership.group_id)
    .where(Placement.pupil_id == Guardianship.pupil_id, Placement.school_id == _SCHOOL_ID, runs(Placement, TODAY))
    .order_by(Group.name)
    .limit(literal_column("1"))
    .correlate(Guardianship)
    .scalar_subquery()
)
_found = (
    select(
        Guardianship.created_at,
        Guardianship.id,
        json_object(
            id=Guardianship.id,
            state=Guardianship.state,
            custody=Guardianship.custody,
            opened_on=Guardianship.opened_on,
            reason=_reason,
            since=Guardianship.created_at,
            relation=_used.c.relation,
            letter=case(
                (
                    _used.c.id.is_not(None),
                    json_object(letter=_used.c.letter, made_at=_used.c.made_at, mail_to=_used.c.mail_to),
                )
            ),
            parent=json_object(
                id=_Parent.id, name=full_name(_Parent), given_name=_Parent.given_name, username=Account.username
            ),
            pupil=person_ref(),
            group=_group,
            own=_Parent.id == VIEWER,
        ).label("item"),
    )
    .select_from(Guardianship)
    .join(Person, Person.id == Guardianship.pupil_id)
    .join(_Parent, _Parent.id == Guardianship.guardian_id)
    .outerjoin(Account, Account.person_id == _Parent.id)
    .outerjoin(_used, true())
    .where(
        _SCHOOL_ID.in_(select(_OWN.c.school_id)),
        Guardianship.state == parameter("state", Text()),
        _placed,
        (literal_column("' '") + Person.search_name + literal_column("' '") + _Parent.search_name).op("~")(_WORDS),
        or_(
            _AFTER_TIME.is_(None),
            tuple_(Guardianship.created_at, Guardianship.id) < tuple_(_AFTER_TIME, _AFTER_ID),
        ),
    )
    .order_by(Guardianship.created_at.desc(), Guardianship.id.desc())
    .limit(ONE_MORE)
    .subquery("found")
)
_numbered = select(
    _found.c.item,
    cursor_of(_found.c.created_at, _found.c.id).label("cursor"),
    func.row_number().over(order_by=(_found.c.created_at.desc(), _found.c.id.desc())).label("place"),
).subquery("numbered")
_listed = paged(_numbered, _numbered.c.item)

LINKS = Read(
    select(
        json_object(items=_listed.c.listed, next_cursor=_listed.c.next_cursor).label("body"), _listed.c.next_cursor
    ).where(_SCHOOL_ID.in_(select(_OWN.c.school_id)))
)
"""GET /v1/schools/{school_id}/guardianships, as schemas.LinkPage; newest first."""
