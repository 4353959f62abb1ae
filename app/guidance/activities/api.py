"""Activities: planned by staff for their groups, waiting for pupils."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.activities import actions, queries
from app.guidance.activities.models import ActivityState
from app.guidance.activities.schemas import (
    ActivityContent,
    ActivityList,
    ActivityPage,
    ActivityReceipt,
    Attendance,
    WaitingList,
)
from app.platform.errors import problems
from app.portfolio.api import IfMatch

router = APIRouter(prefix="/v1", tags=["activities"])


@router.get("/schools/{school_id}/activities", response_model=ActivityList, responses=problems(401, 404, 422))
async def list_activities(request: Request, school_id: UUID) -> Response:
    """What is planned and was done this school year, for the groups of this teacher or dean."""
    return await page(request, queries.ACTIVITIES, school_id=school_id)


@router.get("/activities/{activity_id}", response_model=ActivityPage, responses=problems(401, 404, 422))
async def read_activity(request: Request, activity_id: UUID) -> Response:
    """One activity, with everybody it is for and what they shared of it."""
    return await page(request, queries.ACTIVITY, activity_id=activity_id)


@router.get("/me/activities", response_model=WaitingList, responses=problems(401, 404))
async def list_waiting(request: Request) -> Response:
    """What comes, and what was and has no entry yet, for the signed-in pupil."""
    return await page(request, queries.WAITING)


@router.put(
    "/activities/{activity_id}",
    responses={201: {"model": ActivityReceipt}, **problems(401, 404, 409, 412, 422)},
)
async def put_activity(
    tx: Write, response: Response, activity_id: UUID, content: ActivityContent, if_match: IfMatch = None
) -> ActivityReceipt:
    """Plans an activity under the id that the device made (201), or changes it from the version in `If-Match`."""
    receipt, is_new = await actions.put(tx, activity_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return _with_etag(response, receipt)


@router.post("/activities/{activity_id}/publish", responses=problems(401, 404, 412, 422, 428))
async def publish_activity(
    tx: Write, response: Response, activity_id: UUID, if_match: IfMatch = None
) -> ActivityReceipt:
    """From now on it waits for the pupils of its groups. Again changes nothing."""
    return _with_etag(response, await actions.move(tx, activity_id, ActivityState.PUBLISHED, if_match))


@router.post("/activities/{activity_id}/cancel", responses=problems(401, 404, 412, 422, 428))
async def cancel_activity(
    tx: Write, response: Response, activity_id: UUID, if_match: IfMatch = None
) -> ActivityReceipt:
    """It waits for nobody any more; what was made of it stays. Again changes nothing."""
    return _with_etag(response, await actions.move(tx, activity_id, ActivityState.CANCELLED, if_match))


@router.put("/activities/{activity_id}/attendance", status_code=204, responses=problems(401, 404, 422))
async def put_attendance(tx: Write, activity_id: UUID, told: Attendance) -> None:
    """Who was not there; everybody else was."""
    await actions.attend(tx, activity_id, told)


def _with_etag(response: Response, receipt: ActivityReceipt) -> ActivityReceipt:
    response.headers["ETag"] = f'"{receipt.version}"'
    return receipt
