"""Pages of staff: the class, what waits to be seen, the school, and the search by name."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    DateTime,
    Text,
    Uuid,
    and_,
    any_,
    case,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Group, GroupAssignment, GroupMembership, Person, Placement, Role, School, StaffRole
from app.people.projections import full_name, group_ref, person_ref, runs, school_ref
from app.platform.reads import (
    ENDED,
    LIMIT,
    ONE_MORE,
    RUNNING,
    TODAY,
    VIEWER,
    Read,
    cursor_of,
    json_list,
    json_object,
    paged,
    parameter,
)
from app.portfolio.models import Entry, EntryState, Feedback, FeedbackKind
from app.portfolio.policy import PAGE, shown_at_school
from app.portfolio.queries.projections import card

_AFTER_ID = parameter("after_id", Uuid())


def _in_group(membership: Any = GroupMembership, placement: Any = Placement) -> ColumnElement[bool]:
    return and_(runs(membership, TODAY), runs(placement, TODAY))


def _my_group() -> ColumnElement[bool]:
    """Groups this viewer is assigned to as a teacher, and all groups of the dean's school."""
    role = aliased(StaffRole)
    assigned = (
        exists()
        .where(
            GroupAssignment.staff_role_id == role.id,
            GroupAssignment.group_id == Group.id,
            runs(GroupAssignment, TODAY),
        )
        .correlate_except(GroupAssignment)
    )
    return exists().where(
        role.person_id == VIEWER,
        role.school_id == Group.school_id,
        runs(role, TODAY),
        or_(role.role == Role.DEAN, and_(role.role == Role.TEACHER, assigned)),
    )


def _mentors() -> ColumnElement[Any]:
    mentor = aliased(Person)
    return (
        select(json_list(full_name(mentor), mentor.family_name))
        .select_from(GroupAssignment)
        .join(StaffRole, StaffRole.id == GroupAssignment.staff_role_id)
        .join(mentor, mentor.id == StaffRole.person_id)
        .where(
            GroupAssignment.group_id == Group.id,
            GroupAssignment.is_mentor,
            runs(GroupAssignment, TODAY),
            runs(StaffRole, TODAY),
        )
        .correlate(Group)
        .scalar_subquery()
    )


# --- the class --------------------------------------------------------------------------------------

_GROUP_ID = parameter("group_id", Uuid())
_member = (
    select(Person.id, Person.given_name, Person.family_name)
    .join(Placement, Placement.pupil_id == Person.id)
    .join(GroupMembership, GroupMembership.placement_id == Placement.id)
    .where(GroupMembership.group_id == _GROUP_ID, _in_group())
    .subquery("member")
)
_shared = (
    select(
        Entry.pupil_id,
        func.count().filter(Entry.school_year == func.school_year_of(TODAY)).label("shared_count"),
        func.max(func.timezone(literal_column("'Europe/Amsterdam'"), Entry.shared_at)).label("last_shared"),
        func.count().filter(Entry.state == EntryState.SHARED).label("to_review"),
        func.bool_or(Entry.state == EntryState.ASKED_BACK).label("asked_back"),
    )
    .where(Entry.pupil_id == any_(func.array(select(_member.c.id).scalar_subquery())), shown_at_school(PAGE))
    .group_by(Entry.pupil_id)
    .subquery("shared")
)
_class = (
    select(
        json_list(
            json_object(
                id=_member.c.id,
                name=_member.c.given_name + " " + _member.c.family_name,
                given_name=_member.c.given_name,
                shared_count=func.coalesce(_shared.c.shared_count, 0),
                last_shared_on=func.to_char(_shared.c.last_shared, literal_column("'YYYY-MM-DD'")),
                to_review=func.coalesce(_shared.c.to_review, 0),
                asked_back=func.coalesce(_shared.c.asked_back, literal_column("false")),
            ),
            _member.c.given_name,
            _member.c.family_name,
        ).label("pupils"),
        func.coalesce(func.sum(_shared.c.to_review), 0).label("to_review"),
    )
    .select_from(_member.outerjoin(_shared, _shared.c.pupil_id == _member.c.id))
    .subquery("class")
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
            mentors=_mentors(),
            to_review=_class.c.to_review,
            pupils=_class.c.pupils,
        ).label("body")
    )
    .select_from(Group)
    .join(School, School.id == Group.school_id)
    .join(_class, true())
    .where(Group.id == _GROUP_ID, _my_group())
)
"""GET /v1/groups/{groupId}, as people.schemas.GroupPage."""


# --- what waits to be seen ---------------------------------------------------------------------------

_AFTER_TIME = parameter("after_time", DateTime(timezone=True))
_own = func.teacher_pupils(VIEWER, TODAY).table_valued(column("pupil_id", Uuid())).render_derived()
_taught = func.array(select(_own.c.pupil_id).scalar_subquery(), type_=ARRAY(Uuid))
_waiting = and_(Entry.state == EntryState.SHARED, Entry.pupil_id == any_(_taught), shown_at_school(PAGE))
_group_now = (
    select(group_ref())
    .select_from(GroupMembership)
    .join(Group, Group.id == GroupMembership.group_id)
    .where(GroupMembership.placement_id == Entry.placement_id, runs(GroupMembership, TODAY))
    .limit(literal_column("1"))
    .correlate(Entry)
    .scalar_subquery()
)
_answered = exists().where(
    Feedback.entry_id == Entry.id, Feedback.kind == FeedbackKind.ANSWER, Feedback.withdrawn_at.is_(None)
)
_queued = (
    select(
        json_object(pupil=person_ref(), group=_group_now, entry=card(), answered=_answered).label("item"),
        Entry.pupil_id,
        cursor_of(Entry.shared_at, Entry.id).label("cursor"),
        func.row_number().over(order_by=(Entry.shared_at, Entry.id)).label("place"),
    )
    .join(Person, Person.id == Entry.pupil_id)
    .where(
        _waiting,
        or_(_AFTER_TIME.is_(None), tuple_(Entry.shared_at, Entry.id) > tuple_(_AFTER_TIME, _AFTER_ID)),
    )
    .order_by(Entry.shared_at, Entry.id)
    .limit(ONE_MORE)
    .subquery("queued")
)
_queue = paged(_queued, _queued.c.item)

REVIEW_QUEUE = Read(
    select(
        json_object(
            items=_queue.c.listed,
            total=select(func.count()).select_from(Entry).where(_waiting).scalar_subquery(),
            next_cursor=_queue.c.next_cursor,
        ).label("body"),
        _queue.c.next_cursor,
        select(func.array_agg(_queued.c.pupil_id.distinct()).filter(_queued.c.place <= LIMIT))
        .scalar_subquery()
        .label("pupil_ids"),
        literal_column("'school'").label("rule"),
    )
)
"""GET /v1/review-queue, as schemas.ReviewQueue, oldest first; of the classes that one teaches."""


# --- the school -------------------------------------------------------------------------------------

_SCHOOL_ID = parameter("school_id", Uuid())
_this_year = and_(Group.school_id == _SCHOOL_ID, Group.school_year == func.school_year_of(TODAY))
# From its groups to who is in them: one look in the index a group, and not one a pupil.
_placed = (
    select(GroupMembership.group_id, Placement.pupil_id)
    .select_from(Group)
    .join(GroupMembership, GroupMembership.group_id == Group.id)
    .join(Placement, Placement.id == GroupMembership.placement_id)
    .where(_this_year, Placement.school_id == _SCHOOL_ID, _in_group())
    .cte("placed")
)
# As shown_at_school says, by the database's own function: that rule, asked of every entry of a school, is slow.
_busy = (
    func.shared_by_pupil(TODAY)
    .table_valued(column("pupil_id", Uuid()), column("this_year", Boolean()), column("to_review", BigInteger()))
    .render_derived("busy")
)
_by_group = (
    select(
        _placed.c.group_id,
        func.count().label("pupil_count"),
        func.count().filter(_busy.c.this_year).label("shared_this_year"),
        func.coalesce(func.sum(_busy.c.to_review), 0).label("to_review"),
    )
    .select_from(_placed.outerjoin(_busy, _busy.c.pupil_id == _placed.c.pupil_id))
    .group_by(_placed.c.group_id)
    .subquery("by_group")
)
_groups = (
    select(
        json_list(
            json_object(
                id=Group.id,
                name=Group.name,
                level=Group.level,
                study_year=Group.study_year,
                pupil_count=_by_group.c.pupil_count,
                mentors=_mentors(),
                shared_this_year=_by_group.c.shared_this_year,
                to_review=_by_group.c.to_review,
            ),
            Group.study_year,
            Group.name,
        )
    )
    .select_from(Group)
    .join(_by_group, _by_group.c.group_id == Group.id)
    # Said once more: so the database reads the groups of this school, and not those of the whole city.
    .where(_this_year)
    .scalar_subquery()
)

SCHOOL = Read(
    select(
        json_object(
            id=School.id,
            name=School.name,
            school_year=func.school_year_of(TODAY),
            pupil_count=select(func.count(_placed.c.pupil_id.distinct())).scalar_subquery(),
            groups=_groups,
        ).label("body")
    )
    .where(
        School.id == _SCHOOL_ID,
        exists().where(
            StaffRole.person_id == VIEWER,
            StaffRole.school_id == School.id,
            StaffRole.role == Role.DEAN,
            runs(StaffRole, TODAY),
        ),
    )
    .add_cte(_placed, nest_here=True)
)
"""GET /v1/schools/{schoolId}, as people.schemas.SchoolPage; the dean's."""


# --- search -----------------------------------------------------------------------------------------

_WORDS = parameter("words", Text())
_AFTER_NAME = parameter("after_name", Text())
_found = (
    select(
        Person.id,
        Person.search_name,
        full_name().label("name"),
        Person.given_name,
        school_ref().label("school"),
        case((Group.id.is_not(None), group_ref())).label("group"),
    )
    .ext(distinct_on(Person.search_name, Person.id))
    .select_from(Placement)
    .join(Person, Person.id == Placement.pupil_id)
    .join(School, School.id == Placement.school_id)
    .outerjoin(GroupMembership, and_(GroupMembership.placement_id == Placement.id, runs(GroupMembership, TODAY)))
    .outerjoin(Group, Group.id == GroupMembership.group_id)
    .where(
        or_(Placement.id == any_(RUNNING), Placement.id == any_(ENDED)),
        (literal_column("' '") + Person.search_name).op("~")(_WORDS),
        or_(_AFTER_NAME.is_(None), tuple_(Person.search_name, Person.id) > tuple_(_AFTER_NAME, _AFTER_ID)),
    )
    .order_by(Person.search_name, Person.id, Placement.starts_on.desc())
    .limit(ONE_MORE)
    .subquery("found")
)
_placed_found = select(
    _found,
    cursor_of(_found.c.search_name, _found.c.id).label("cursor"),
    func.row_number().over(order_by=(_found.c.search_name, _found.c.id)).label("place"),
).subquery("placed_found")
_hits = paged(
    _placed_found,
    json_object(
        id=_placed_found.c.id,
        name=_placed_found.c.name,
        given_name=_placed_found.c.given_name,
        group=_placed_found.c.group,
        school=_placed_found.c.school,
    ),
)

PUPILS = Read(
    select(json_object(items=_hits.c.listed, next_cursor=_hits.c.next_cursor).label("body"), _hits.c.next_cursor)
)
"""GET /v1/pupils?query=, as people.schemas.PupilPage: staff search by name among the pupils they may see."""
