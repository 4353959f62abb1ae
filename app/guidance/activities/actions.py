"""Activities are planned, published, copied, cancelled; and who was not there is written down."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from app.guidance.activities.models import Activity, ActivityAbsence, ActivityGroup, ActivityState
from app.guidance.activities.policy import (
    coordinates_city,
    guided_groups,
    guided_schools,
    guides,
    invited_on_the_day,
    plans_at_school,
    plans_for_city,
    taking_part,
)
from app.guidance.activities.schemas import (
    ActivityContent,
    ActivityPlan,
    ActivityReceipt,
    Attendance,
    CityContent,
    Copies,
    CopyReceipts,
)
from app.guidance.organisations.models import Organisation
from app.people.models import Group
from app.platform.db import Transaction
from app.platform.errors import AlreadyDifferent, Invalid, NotFound, PreconditionNeeded, VersionConflict
from app.platform.ids import check_client_id

Put = tuple[ActivityReceipt, bool]
"""The receipt, and whether it is new."""


async def put(tx: Transaction, activity_id: UUID, content: ActivityContent, if_match: str | None) -> Put:
    """Plans an activity for groups, or changes it from the version one had.

    Raises NotFound (404), AlreadyDifferent (409), VersionConflict (412), Invalid (422).
    """
    if if_match is None:
        school_id = await _school_of(tx, content, None)
        activity, is_new = await _plan(tx, activity_id, content, school_id)
        if is_new:
            await _invite(tx, activity, content.group_ids)
        elif await _groups_of(tx, activity) != set(content.group_ids):
            raise AlreadyDifferent
    else:
        activity, is_new = await _find(tx, activity_id, plans_at_school(tx.viewer, tx.today)), False
        _require_version(activity, if_match)
        activity.school_id = await _school_of(tx, content, activity)
        await _change(tx, activity, content)
        await _invite(tx, activity, content.group_ids)
    return await _receipt(tx, activity), is_new


async def put_for_city(tx: Transaction, activity_id: UUID, content: CityContent, if_match: str | None) -> Put:
    """Plans an activity of the city, or changes it from the version one had.

    Raises NotFound (404), AlreadyDifferent (409), VersionConflict (412), Invalid (422).
    """
    if not await tx.session.scalar(select(coordinates_city(tx.viewer, tx.today))):
        raise NotFound
    if if_match is None:
        activity, is_new = await _plan(tx, activity_id, content, None)
    else:
        activity, is_new = await _find(tx, activity_id, plans_for_city(tx.viewer, tx.today)), False
        _require_version(activity, if_match)
        await _change(tx, activity, content)
    return await _receipt(tx, activity), is_new


async def move(tx: Transaction, activity_id: UUID, state: ActivityState, if_match: str | None) -> ActivityReceipt:
    """Publishes or cancels; again is harmless.

    Raises NotFound (404), VersionConflict (412), Invalid (422) without groups, PreconditionNeeded (428).
    """
    activity = await _find(tx, activity_id)
    if activity.state != state:
        if if_match is None:
            raise PreconditionNeeded
        _require_version(activity, if_match)
        if state is ActivityState.PUBLISHED:
            await _require_groups(tx, activity)
            activity.published_at = activity.published_at or tx.now
        activity.state = state
        _touch(tx, activity)
    return await _receipt(tx, activity)


async def copy(tx: Transaction, activity_id: UUID, wanted: Copies) -> CopyReceipts:
    """Makes the same activity on other days; under the same ids again it is the same.

    Raises NotFound (404), AlreadyDifferent (409), Invalid (422).
    """
    source = await _find(tx, activity_id)
    groups = await _groups_of(tx, source)
    guided = set(await tx.session.scalars(select(guided_groups(tx.viewer, tx.today).subquery().c.group_id)))
    if not guided.issuperset(groups):
        raise Invalid("not_guided", "/copies")
    if wanted.publish:
        await _require_groups(tx, source)
    plan = {name: getattr(source, name) for name in _PLANNED}
    for place, day in enumerate(wanted.copies):
        if groups and _school_year(day.happens_on) != _school_year(source.happens_on):
            raise Invalid("other_school_year", f"/copies/{place}/happensOn")
        _check_day(tx, day.happens_on, f"/copies/{place}/happensOn")
        check_client_id(day.id, tx.now, f"/copies/{place}/id")
    made = []
    for day in wanted.copies:
        later = day.happens_on - source.happens_on
        values = plan | {
            "happens_on": day.happens_on,
            "ends_on": _shifted(source.ends_on, later),
            "sign_up_until": _shifted(source.sign_up_until, later),
            "bands": source.bands,
        }
        activity, is_new = await _keep(tx, day.id, values, source.school_id, publish=wanted.publish)
        if is_new:
            await _invite(tx, activity, groups)
        made.append(await _receipt(tx, activity))
    return CopyReceipts(items=made)


async def attend(tx: Transaction, activity_id: UUID, told: Attendance) -> None:
    """Who was not there, says who guides a group of it today; having planned it once is not enough.

    Raises NotFound (404), Invalid (422) for who does not take part.
    """
    activity = await _find(tx, activity_id, and_(plans_at_school(tx.viewer, tx.today), guides(tx.viewer, tx.today)))
    there = set(await tx.session.scalars(taking_part().where(Activity.id == activity.id).select_from(Activity)))
    if not there.issuperset(told.absent):
        raise Invalid("not_invited", "/absent")
    await tx.session.execute(delete(ActivityAbsence).where(ActivityAbsence.activity_id == activity.id))
    if told.absent:
        rows = [{"activity_id": activity.id, "pupil_id": pupil} for pupil in set(told.absent)]
        await tx.session.execute(insert(ActivityAbsence).values(rows))


# --- planning ----------------------------------------------------------------------------------------

_PLANNED = tuple(ActivityPlan.model_fields)


def _columns(content: ActivityPlan) -> dict[str, Any]:
    columns = content.model_dump(by_alias=False, exclude={"group_ids"})
    return columns | {"questions": [question.model_dump(mode="json") for question in content.questions]}


async def _plan(tx: Transaction, activity_id: UUID, content: ActivityPlan, school_id: UUID | None) -> tuple[Any, bool]:
    check_client_id(activity_id, tx.now, "/id")
    _check_day(tx, content.happens_on, "/happensOn")
    await _check_offer(tx, content.offered_by)
    await _check_organisation(tx, content.organisation_id)
    columns = _columns(content)
    activity, is_new = await _keep(tx, activity_id, columns, school_id)
    if not is_new and any(getattr(activity, name) != value for name, value in columns.items()):
        raise AlreadyDifferent
    return activity, is_new


async def _keep(
    tx: Transaction, activity_id: UUID, columns: dict[str, Any], school_id: UUID | None, *, publish: bool = False
) -> tuple[Activity, bool]:
    """The activity under this id, and whether it is new. Raises AlreadyDifferent (409) where it is somebody else's."""
    state = ActivityState.PUBLISHED if publish else ActivityState.DRAFT
    made = insert(Activity).values(
        id=activity_id, school_id=school_id, planned_by=tx.viewer, version=1, updated_at=tx.now, state=state,
        published_at=tx.now if publish else None, **columns,
    )  # fmt: skip
    activity = await tx.session.scalar(made.on_conflict_do_nothing().returning(Activity))
    if activity is not None:
        return activity, True
    try:
        return await _find(tx, activity_id), False
    except NotFound:
        raise AlreadyDifferent from None


async def _change(tx: Transaction, activity: Activity, content: ActivityPlan) -> None:
    if content.happens_on != activity.happens_on:
        _check_day(tx, content.happens_on, "/happensOn")
    if content.offered_by != activity.offered_by:
        await _check_offer(tx, content.offered_by)
    await _check_organisation(tx, content.organisation_id)
    for name, value in _columns(content).items():
        setattr(activity, name, value)
    _touch(tx, activity)


def _check_day(tx: Transaction, day: date, pointer: str) -> None:
    """From this school year on, so that pupils can still tell about it, up to the next. Raises Invalid (422)."""
    if not 0 <= _school_year(day) - _school_year(tx.today) <= 1:
        raise Invalid("out_of_school_years", pointer)


async def _check_offer(tx: Transaction, offered_by: UUID | None) -> None:
    if offered_by is None:
        return
    offer = select(Activity.id).where(
        Activity.id == offered_by,
        Activity.school_id.is_(None),
        Activity.state != ActivityState.DRAFT,
        func.cardinality(Activity.bands) > 0,
    )
    if await tx.session.scalar(offer) is None:
        raise Invalid("no_offer", "/offeredBy")


async def _school_of(tx: Transaction, content: ActivityContent, before: Activity | None) -> UUID:
    """The school of these groups, all of the school year of that day, which one guides or which were invited already.

    Raises Invalid (422).
    """
    guided = guided_groups(tx.viewer, tx.today).subquery()
    if not content.group_ids:
        if before is not None and before.school_id is not None:
            return before.school_id
        schools: set[UUID] = set(await tx.session.scalars(guided_schools(tx.viewer, tx.today)))
    else:
        had = select(ActivityGroup.group_id).where(ActivityGroup.activity_id == (before.id if before else None))
        found = (
            await tx.session.execute(
                select(Group.id, Group.school_id).where(
                    Group.id.in_(content.group_ids),
                    Group.school_year == func.school_year_of(content.happens_on),
                    or_(Group.id.in_(select(guided.c.group_id)), Group.id.in_(had)),
                )
            )
        ).all()
        schools = {school_id for _, school_id in found}
        if len(found) != len(set(content.group_ids)):
            raise Invalid("not_guided", "/groupIds")
    if len(schools) != 1:
        raise Invalid("not_guided", "/groupIds")
    school_id = schools.pop()
    # Pupils of the one school know of it already: they would read on about the other.
    if before is not None and before.published_at is not None and before.school_id != school_id:
        raise Invalid("not_guided", "/groupIds")
    return school_id


async def _check_organisation(tx: Transaction, organisation_id: UUID | None) -> None:
    """Raises Invalid (422) for one that is not in the directory."""
    if organisation_id and await tx.session.get(Organisation, organisation_id) is None:
        raise Invalid("unknown_organisation", "/organisationId")


async def _invite(tx: Transaction, activity: Activity, group_ids: Iterable[UUID]) -> None:
    """These groups, and no others. Raises Invalid (422) where a group of somebody else would be left out."""
    wanted = set(group_ids)
    there = await _groups_of(tx, activity)
    # In this order: whose last own group goes first may invite no other one.
    if rows := [{"activity_id": activity.id, "group_id": group} for group in wanted - there]:
        await tx.session.execute(insert(ActivityGroup).values(rows))
    if there - wanted:
        gone = delete(ActivityGroup).where(
            ActivityGroup.activity_id == activity.id, ActivityGroup.group_id.in_(there - wanted)
        )
        left = set(await tx.session.scalars(gone.returning(ActivityGroup.group_id)))
        if left != there - wanted:
            raise Invalid("not_guided", "/groupIds")


async def _groups_of(tx: Transaction, activity: Activity) -> set[UUID]:
    return set(await tx.session.scalars(select(ActivityGroup.group_id).where(ActivityGroup.activity_id == activity.id)))


async def _require_groups(tx: Transaction, activity: Activity) -> None:
    """Raises Invalid (422) where it is for nobody yet."""
    there = select(ActivityGroup.group_id).where(ActivityGroup.activity_id == activity.id).limit(1)
    if activity.school_id is not None and await tx.session.scalar(there) is None:
        raise Invalid("groups_needed", "/groupIds")


async def _find(tx: Transaction, activity_id: UUID, may: Any = None) -> Activity:
    if may is None:
        may = or_(plans_at_school(tx.viewer, tx.today), plans_for_city(tx.viewer, tx.today))
    activity = await tx.session.scalar(select(Activity).where(Activity.id == activity_id, may).with_for_update())
    if activity is None:
        raise NotFound
    return activity


def _require_version(activity: Activity, if_match: str) -> None:
    if if_match.strip('"') != str(activity.version):
        raise VersionConflict(activity.version)


def _touch(tx: Transaction, activity: Activity) -> None:
    activity.version += 1
    activity.updated_at = tx.now
    activity.changed_by = tx.viewer


def _school_year(day: date) -> int:
    """The year in which the school year of this day starts."""
    return day.year - (day.month < 8)


def _shifted(day: date | None, by: timedelta) -> date | None:
    return None if day is None else day + by


async def _receipt(tx: Transaction, activity: Activity) -> ActivityReceipt:
    await tx.session.flush()
    pupils = None
    if activity.school_id is not None:
        invited = invited_on_the_day().where(Activity.id == activity.id).subquery()
        pupils = await tx.session.scalar(select(func.count()).select_from(invited)) or 0
    return ActivityReceipt(id=activity.id, version=activity.version, state=ActivityState(activity.state), pupils=pupils)
