"""Activities are planned, published, cancelled; and who was not there is written down."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.guidance.activities.models import Activity, ActivityAbsence, ActivityGroup, ActivityState
from app.guidance.activities.policy import guided_groups, invited_on_the_day, may_plan
from app.guidance.activities.schemas import ActivityContent, ActivityReceipt, Attendance
from app.guidance.organisations.models import Organisation
from app.people.models import Group
from app.platform.db import Transaction
from app.platform.errors import AlreadyDifferent, Invalid, NotFound, PreconditionNeeded, VersionConflict
from app.platform.ids import check_client_id


async def put(
    tx: Transaction, activity_id: UUID, content: ActivityContent, if_match: str | None
) -> tuple[ActivityReceipt, bool]:
    """Plans an activity, or changes it from the version one had. Returns the receipt and whether it is new.

    Raises NotFound (404), AlreadyDifferent (409), VersionConflict (412), Invalid (422), PreconditionNeeded (428).
    """
    school_id = await _school_of(tx, content)
    await _check_organisation(tx, content.organisation_id)
    columns = content.model_dump(by_alias=False, exclude={"group_ids"})
    if if_match is None:
        check_client_id(activity_id, tx.now, "/id")
        made = insert(Activity).values(
            id=activity_id, school_id=school_id, planned_by=tx.viewer, version=1, updated_at=tx.now, **columns
        )
        activity = await tx.session.scalar(made.on_conflict_do_nothing().returning(Activity))
        if activity is not None:
            await _invite(tx, activity, content.group_ids)
            return await _receipt(tx, activity), True
        activity = await _find(tx, activity_id)
        if any(getattr(activity, name) != value for name, value in columns.items()):
            raise AlreadyDifferent
        return await _receipt(tx, activity), False
    activity = await _find(tx, activity_id)
    _require_version(activity, if_match)
    for name, value in columns.items():
        setattr(activity, name, value)
    activity.school_id = school_id
    _touch(tx, activity)
    await _invite(tx, activity, content.group_ids)
    return await _receipt(tx, activity), False


async def move(tx: Transaction, activity_id: UUID, state: ActivityState, if_match: str | None) -> ActivityReceipt:
    """Publishes or cancels; again is harmless.

    Raises NotFound (404), VersionConflict (412), PreconditionNeeded (428).
    """
    activity = await _find(tx, activity_id)
    if activity.state != state:
        if if_match is None:
            raise PreconditionNeeded
        _require_version(activity, if_match)
        activity.state = state
        _touch(tx, activity)
    return await _receipt(tx, activity)


async def attend(tx: Transaction, activity_id: UUID, told: Attendance) -> None:
    """Who was not there. Raises NotFound (404), Invalid (422) for who is not invited."""
    activity = await _find(tx, activity_id)
    invited = set(
        await tx.session.scalars(invited_on_the_day().where(Activity.id == activity.id).select_from(Activity))
    )
    if not invited.issuperset(told.absent):
        raise Invalid("not_invited", "/absent")
    await tx.session.execute(delete(ActivityAbsence).where(ActivityAbsence.activity_id == activity.id))
    if told.absent:
        rows = [{"activity_id": activity.id, "pupil_id": pupil} for pupil in set(told.absent)]
        await tx.session.execute(insert(ActivityAbsence).values(rows))


async def _school_of(tx: Transaction, content: ActivityContent) -> UUID:
    """The school of these groups, which one guides, all of the school year of that day. Raises Invalid (422)."""
    guided = guided_groups(tx.viewer, tx.today).subquery()
    year = func.school_year_of(content.happens_on)
    found = (
        await tx.session.execute(
            select(Group.id, guided.c.school_id)
            .join(guided, guided.c.group_id == Group.id)
            .where(Group.id.in_(content.group_ids), Group.school_year == year)
        )
    ).all()
    schools: set[UUID] = {school_id for _, school_id in found}
    if len(found) != len(set(content.group_ids)) or len(schools) != 1:
        raise Invalid("not_guided", "/groupIds")
    return schools.pop()


async def _check_organisation(tx: Transaction, organisation_id: UUID | None) -> None:
    """Raises Invalid (422) for one that is not in the directory."""
    if organisation_id and await tx.session.get(Organisation, organisation_id) is None:
        raise Invalid("unknown_organisation", "/organisationId")


async def _invite(tx: Transaction, activity: Activity, group_ids: list[UUID]) -> None:
    gone = delete(ActivityGroup).where(
        ActivityGroup.activity_id == activity.id, ActivityGroup.group_id.not_in(group_ids)
    )
    await tx.session.execute(gone)
    rows = [{"activity_id": activity.id, "group_id": group} for group in set(group_ids)]
    await tx.session.execute(insert(ActivityGroup).values(rows).on_conflict_do_nothing())


async def _find(tx: Transaction, activity_id: UUID) -> Activity:
    found = select(Activity).where(Activity.id == activity_id, may_plan(tx.viewer, tx.today)).with_for_update()
    activity = await tx.session.scalar(found)
    if activity is None:
        raise NotFound
    return activity


def _require_version(activity: Activity, if_match: str) -> None:
    if if_match.strip('"') != str(activity.version):
        raise VersionConflict(activity.version)


def _touch(tx: Transaction, activity: Activity) -> None:
    activity.version += 1
    activity.updated_at = tx.now


async def _receipt(tx: Transaction, activity: Activity) -> ActivityReceipt:
    await tx.session.flush()
    count = await tx.session.scalar(select(func.count()).select_from(_invited(activity).subquery()))
    return ActivityReceipt(
        id=activity.id, version=activity.version, state=ActivityState(activity.state), pupils=count or 0
    )


def _invited(activity: Activity) -> Select[Any]:
    return invited_on_the_day().where(Activity.id == activity.id)
