"""Pages of a school's admin: what needs doing, people, one person, groups, one group. Nothing of what anybody made."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.access.administration.actions.acts import NOT_UNDONE
from app.access.administration.models import AdminAct
from app.access.administration.policy import own_schools, register
from app.access.cards.models import PupilCard
from app.access.models import Account, Session
from app.access.school_accounts.models import Identity
from app.people.models import (
    Group,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    Person,
    PersonAlias,
    Placement,
    School,
    SchoolYear,
    StaffRole,
)
from app.people.projections import full_name, group_ref, runs, school_ref
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

SCHOOL_ID = parameter("school_id", Uuid())
VIRUS_SCAN = parameter("virus_scan", Boolean())
_OWN_SCHOOL = SCHOOL_ID.in_(own_schools(VIEWER, TODAY))
_AMSTERDAM: ColumnElement[str] = literal_column("'Europe/Amsterdam'")
_YES: ColumnElement[bool] = literal_column("true")


def _day(moment: Any) -> ColumnElement[Any]:
    return cast(func.timezone(_AMSTERDAM, moment), Date)


def _not_over(dated: Any) -> ColumnElement[bool]:
    return or_(dated.ends_on.is_(None), dated.ends_on >= TODAY)


def _live_card(person_id: Any) -> ColumnElement[bool]:
    return and_(PupilCard.pupil_id == person_id, PupilCard.revoked_at.is_(None), PupilCard.last_day >= TODAY)


def _way_in(person_id: Any) -> ColumnElement[bool]:
    """Whether somebody has anything to come in with."""
    return or_(
        exists().where(Account.person_id == person_id),
        exists().where(_live_card(person_id)),
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


def _mark(person_id: Any, twins: Any) -> ColumnElement[Any]:
    """What tells apart who have the same name and birth date: the roster's key, else the last four of the id."""
    return case((twins > 1, func.coalesce(_roster_key(person_id), func.right(cast(person_id, Text), 4))))


# --- acts ---------------------------------------------------------------------------------------------


def _acts(condition: ColumnElement[bool], most: int) -> Select[Any]:
    actor, about, undoing = aliased(Person), aliased(Person), aliased(AdminAct)
    undoable = and_(
        AdminAct.kind.not_in([kind.value for kind in NOT_UNDONE]),
        _day(AdminAct.at) == TODAY,
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


# --- people -------------------------------------------------------------------------------------------

_people = register(SCHOOL_ID, TODAY)
_twins = func.count().over(partition_by=(Person.search_name, Person.birth_date))
_everyone = (
    select(
        Person.id,
        Person.search_name,
        full_name().label("name"),
        Person.birth_date,
        Person.closed_at,
        _people.c.is_pupil,
        _people.c.is_staff,
        _people.c.is_guardian,
        _people.c.placed,
        _people.c.group_id,
        _people.c.roles,
        _people.c.ended_on,
        _twins.label("twins"),
    )
    .select_from(_people)
    .join(Person, Person.id == _people.c.person_id)
    .cte("everyone")
)
_here = _everyone.c.ended_on.is_(None)
_NO_GROUP = and_(_everyone.c.placed, _everyone.c.group_id.is_(None))
_NO_WAY_IN = and_(or_(_everyone.c.placed, func.cardinality(_everyone.c.roles) > 0), ~_way_in(_everyone.c.id))
_KIND = parameter("kind", Text())
_WORDS = parameter("words", Text())
_AFTER_NAME = parameter("after_name", Text())
_AFTER_ID = parameter("after_id", Uuid())
_found = (
    select(_everyone)
    .where(
        case(
            (_KIND == "pupil", and_(_everyone.c.is_pupil, _here)),
            (_KIND == "staff", and_(_everyone.c.is_staff, _here)),
            (_KIND == "guardian", _everyone.c.is_guardian),
            (_KIND == "no_group", _NO_GROUP),
            (_KIND == "no_way_in", _NO_WAY_IN),
            (_KIND == "closed", _everyone.c.closed_at.is_not(None)),
            (_KIND == "ended", ~_here),
            else_=_YES,
        ),
        (literal_column("' '") + _everyone.c.search_name).op("~")(_WORDS),
    )
    .cte("found")
)
_listed = (
    select(
        _found,
        cursor_of(_found.c.search_name, _found.c.id).label("cursor"),
        func.row_number().over(order_by=(_found.c.search_name, _found.c.id)).label("place"),
    )
    .where(or_(_AFTER_NAME.is_(None), tuple_(_found.c.search_name, _found.c.id) > tuple_(_AFTER_NAME, _AFTER_ID)))
    .order_by(_found.c.search_name, _found.c.id)
    .limit(ONE_MORE)
    .subquery("listed")
)
_their_group = select(group_ref()).where(Group.id == _listed.c.group_id).scalar_subquery()
_rows = paged(
    _listed,
    json_object(
        id=_listed.c.id,
        name=_listed.c.name,
        birth_date=_listed.c.birth_date,
        mark=_mark(_listed.c.id, _listed.c.twins),
        is_pupil=_listed.c.is_pupil,
        is_staff=_listed.c.is_staff,
        is_guardian=_listed.c.is_guardian,
        roles=_listed.c.roles,
        group=_their_group,
        ended_on=_listed.c.ended_on,
        closed=_listed.c.closed_at.is_not(None),
        has_way_in=_way_in(_listed.c.id),
    ),
)

PEOPLE = Read(
    select(
        json_object(
            items=_rows.c.listed,
            total=select(func.count()).select_from(_found).scalar_subquery(),
            next_cursor=_rows.c.next_cursor,
        ).label("body"),
        _rows.c.next_cursor,
    )
    .select_from(School)
    .join(_rows, _YES)
    .where(School.id == SCHOOL_ID, _OWN_SCHOOL)
)
"""GET /v1/schools/{schoolId}/people, as schemas.PeoplePage; a statement whatever the size of the school."""


# --- what needs doing ---------------------------------------------------------------------------------

_counts = (
    select(
        func.count().filter(_everyone.c.placed).label("pupils"),
        func.count().filter(func.cardinality(_everyone.c.roles) > 0).label("staff"),
        func.count().filter(_everyone.c.is_guardian).label("guardians"),
        func.count().filter(_NO_GROUP).label("no_group"),
        func.count().filter(_NO_WAY_IN).label("no_way_in"),
        func.count().filter(_everyone.c.closed_at.is_not(None)).label("closed"),
    )
    .select_from(_everyone)
    .subquery("counts")
)
_this_year = and_(Group.school_id == SCHOOL_ID, Group.school_year == func.school_year_of(TODAY))
_taught = exists().where(
    GroupAssignment.group_id == Group.id,
    StaffRole.id == GroupAssignment.staff_role_id,
    runs(GroupAssignment, TODAY),
    runs(StaffRole, TODAY),
)
_groups_now = (
    select(func.count().label("all"), func.count().filter(~_taught).label("untaught"))
    .select_from(Group)
    .where(_this_year)
    .subquery("groups_now")
)
_to_confirm = (
    select(func.count())
    .select_from(Guardianship)
    .join(Placement, Placement.pupil_id == Guardianship.pupil_id)
    .where(Guardianship.state == "claimed", Placement.school_id == SCHOOL_ID, runs(Placement, TODAY))
    .scalar_subquery()
)
_latest = _acts(_YES, 10).subquery("latest")

OVERVIEW = Read(
    select(
        json_object(
            school=school_ref(),
            school_year=func.school_year_of(TODAY),
            pupils=_counts.c.pupils,
            staff=_counts.c.staff,
            guardians=_counts.c.guardians,
            groups=_groups_now.c.all,
            no_group=_counts.c.no_group,
            no_way_in=_counts.c.no_way_in,
            groups_without_teacher=_groups_now.c.untaught,
            guardians_to_confirm=_to_confirm,
            closed=_counts.c.closed,
            virus_scan=VIRUS_SCAN,
            acts=select(json_list(_latest.c.act, _latest.c.at.desc(), _latest.c.id.desc())).scalar_subquery(),
        ).label("body")
    )
    .select_from(School)
    .join(_counts, _YES)
    .join(_groups_now, _YES)
    .where(School.id == SCHOOL_ID, _OWN_SCHOOL)
)
"""GET /v1/schools/{schoolId}/administration, as schemas.Overview."""


# --- one person ---------------------------------------------------------------------------------------

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
    Placement.pupil_id == Guardianship.pupil_id, Placement.school_id == SCHOOL_ID, _not_over(Placement)
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
_card_since = select(_day(PupilCard.issued_at)).where(_live_card(PERSON_ID)).scalar_subquery()
_running = and_(
    Session.person_id == PERSON_ID,
    Session.expires_at > NOW,
    Session.last_seen_at + func.make_interval(0, 0, 0, 0, 0, 0, Session.idle_seconds) > NOW,
)
_devices = (
    select(
        json_list(
            json_object(
                id=Session.id, device=Session.device, label=Session.label, last_seen_on=_day(Session.last_seen_at)
            ),
            Session.last_seen_at.desc(),
        )
    )
    .where(_running)
    .scalar_subquery()
)
_last_seen = select(_day(func.max(Session.last_seen_at))).where(Session.person_id == PERSON_ID).scalar_subquery()
_namesakes = select(_everyone.c.twins).where(_everyone.c.id == PERSON_ID).scalar_subquery()
_changes = _acts(AdminAct.person_id == PERSON_ID, 50).subquery("changes")

PERSON = Read(
    select(
        json_object(
            id=Person.id,
            name=full_name(),
            given_name=Person.given_name,
            family_name=Person.family_name,
            birth_date=Person.birth_date,
            mark=_mark(Person.id, _namesakes),
            is_pupil=_people.c.is_pupil,
            is_staff=_people.c.is_staff,
            is_guardian=_people.c.is_guardian,
            administered=and_(or_(_people.c.is_pupil, _people.c.is_staff), _people.c.ended_on.is_(None)),
            is_self=Person.id == VIEWER,
            ended_on=_people.c.ended_on,
            closed_on=_day(Person.closed_at),
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
                (_people.c.placed, _relatives(Guardianship.guardian_id, Guardianship.pupil_id)),
                else_=literal_column("'[]'::json"),
            ),
            children=_children_here,
            sessions=_devices,
            acts=select(json_list(_changes.c.act, _changes.c.at.desc(), _changes.c.id.desc())).scalar_subquery(),
        ).label("body")
    )
    .select_from(_people)
    .join(Person, Person.id == _people.c.person_id)
    .where(Person.id == PERSON_ID, _OWN_SCHOOL)
)
"""GET /v1/schools/{schoolId}/people/{personId}, as schemas.PersonFile."""


# --- groups -------------------------------------------------------------------------------------------

_YEAR = func.coalesce(parameter("school_year", Integer()), func.school_year_of(TODAY))


def _in_year(dated: Any) -> ColumnElement[bool]:
    """Today for this year's groups; for another year, all that belong to it."""
    return or_(runs(dated, TODAY), Group.school_year != func.school_year_of(TODAY))


def _pupil_count() -> ColumnElement[Any]:
    return (
        select(func.count(Placement.pupil_id.distinct()))
        .select_from(GroupMembership)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .where(GroupMembership.group_id == Group.id, _in_year(GroupMembership), _in_year(Placement))
        .correlate(Group)
        .scalar_subquery()
    )


def _teacher_names() -> ColumnElement[Any]:
    teacher = aliased(Person)
    return (
        select(json_list(full_name(teacher), GroupAssignment.is_mentor.desc(), teacher.search_name))
        .select_from(GroupAssignment)
        .join(StaffRole, StaffRole.id == GroupAssignment.staff_role_id)
        .join(teacher, teacher.id == StaffRole.person_id)
        .where(GroupAssignment.group_id == Group.id, _in_year(GroupAssignment), _in_year(StaffRole))
        .correlate(Group)
        .scalar_subquery()
    )


_groups = (
    select(
        json_list(
            json_object(
                id=Group.id,
                name=Group.name,
                level=Group.level,
                study_year=Group.study_year,
                school_year=Group.school_year,
                pupil_count=_pupil_count(),
                teachers=_teacher_names(),
            ),
            Group.study_year,
            Group.name,
        )
    )
    .where(Group.school_id == SCHOOL_ID, Group.school_year == _YEAR)
    .scalar_subquery()
)
_years = (
    select(json_list(cast(SchoolYear.start_year, Integer), SchoolYear.start_year.desc()))
    .where(
        SchoolYear.start_year <= func.school_year_of(TODAY) + 1,
        or_(
            SchoolYear.start_year >= func.school_year_of(TODAY),
            exists().where(Group.school_id == SCHOOL_ID, Group.school_year == SchoolYear.start_year),
        ),
    )
    .scalar_subquery()
)

GROUPS = Read(
    select(json_object(school=school_ref(), school_year=_YEAR, school_years=_years, items=_groups).label("body")).where(
        School.id == SCHOOL_ID, _OWN_SCHOOL
    )
)
"""GET /v1/schools/{schoolId}/groups, as schemas.AdminGroupList."""

GROUP_ID = parameter("group_id", Uuid())


def _members() -> ColumnElement[Any]:
    return (
        select(
            json_list(
                json_object(
                    id=_everyone.c.id,
                    name=_everyone.c.name,
                    birth_date=_everyone.c.birth_date,
                    mark=_mark(_everyone.c.id, _everyone.c.twins),
                    since=GroupMembership.starts_on,
                    card_since=_day(PupilCard.issued_at),
                    has_pin=func.pin_chosen(_everyone.c.id),
                    closed=_everyone.c.closed_at.is_not(None),
                ),
                _everyone.c.search_name,
                _everyone.c.id,
            )
        )
        .select_from(GroupMembership)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .join(_everyone, _everyone.c.id == Placement.pupil_id)
        .outerjoin(PupilCard, _live_card(_everyone.c.id))
        .where(GroupMembership.group_id == Group.id, _in_year(GroupMembership), _in_year(Placement))
        .correlate(Group)
        .scalar_subquery()
    )


def _teachers() -> ColumnElement[Any]:
    teacher = aliased(Person)
    return (
        select(
            json_list(
                json_object(
                    id=teacher.id,
                    assignment_id=GroupAssignment.id,
                    name=full_name(teacher),
                    is_mentor=GroupAssignment.is_mentor,
                    starts_on=GroupAssignment.starts_on,
                    ends_on=GroupAssignment.ends_on,
                ),
                GroupAssignment.is_mentor.desc(),
                GroupAssignment.starts_on,
                teacher.search_name,
            )
        )
        .select_from(GroupAssignment)
        .join(StaffRole, StaffRole.id == GroupAssignment.staff_role_id)
        .join(teacher, teacher.id == StaffRole.person_id)
        .where(
            GroupAssignment.group_id == Group.id,
            or_(and_(_not_over(GroupAssignment), _not_over(StaffRole)), Group.school_year < func.school_year_of(TODAY)),
        )
        .correlate(Group)
        .scalar_subquery()
    )


GROUP = Read(
    select(
        json_object(
            id=Group.id,
            name=Group.name,
            level=Group.level,
            study_year=Group.study_year,
            school_year=Group.school_year,
            school=school_ref(),
            starts_on=SchoolYear.starts_on,
            ends_on=SchoolYear.ends_on,
            members=_members(),
            teachers=_teachers(),
        ).label("body")
    )
    .select_from(Group)
    .join(School, School.id == Group.school_id)
    .join(SchoolYear, SchoolYear.start_year == Group.school_year)
    .where(Group.id == GROUP_ID, Group.school_id == SCHOOL_ID, _OWN_SCHOOL)
)
"""GET /v1/schools/{schoolId}/groups/{groupId}, as schemas.AdminGroupFile."""
