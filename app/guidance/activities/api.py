"""Activities: planned by staff for their groups, waiting for pupils."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.activities import actions, queries, signing_up
from app.guidance.activities.models import ActivityState
from app.guidance.activities.schemas import (
    ActivityContent,
    ActivityList,
    ActivityPage,
    ActivityReceipt,
    Attendance,
    CityContent,
    CityList,
    CityPage,
    Copies,
    CopyReceipts,
    MyActivity,
    WaitingList,
)
from app.platform.errors import problems
from app.platform.http import with_etag
from app.portfolio.api import IfMatch

router = APIRouter(prefix="/v1", tags=["activities"])


@router.get("/schools/{school_id}/activities", response_model=ActivityList, responses=problems(401, 404, 422))
async def list_activities(request: Request, school_id: UUID) -> Response:
    """What is planned and was done since last school year, for the groups of this teacher or dean; and what the city
    offers them."""
    return await page(request, queries.ACTIVITIES, school_id=school_id)


@router.get("/activities/{activity_id}", response_model=ActivityPage, responses=problems(401, 404, 422))
async def read_activity(request: Request, activity_id: UUID) -> Response:
    """One activity, with everybody it is for and what they shared of it."""
    return await page(request, queries.ACTIVITY, activity_id=activity_id)


@router.get("/me/activities", response_model=WaitingList, responses=problems(401, 404))
async def list_waiting(request: Request) -> Response:
    """What comes, and what was and has no entry yet, for the signed-in pupil."""
    return await page(request, queries.WAITING)


@router.get("/me/activities/{activity_id}", response_model=MyActivity, responses=problems(401, 404, 422))
async def read_my_activity(request: Request, activity_id: UUID) -> Response:
    """One that is or was meant for the signed-in pupil, also after something was made of it."""
    return await page(request, queries.MY_ACTIVITY, activity_id=activity_id)


@router.put("/me/activities/{activity_id}/sign-up", status_code=204, responses=problems(401, 404, 409, 422))
async def sign_up(tx: Write, activity_id: UUID) -> None:
    """The signed-in pupil comes. Again changes nothing."""
    await signing_up.sign_up(tx, activity_id, tx.viewer)


@router.delete("/me/activities/{activity_id}/sign-up", status_code=204, responses=problems(401, 404, 409, 422))
async def sign_off(tx: Write, activity_id: UUID) -> None:
    """The signed-in pupil does not come after all. Again changes nothing."""
    await signing_up.sign_off(tx, activity_id, tx.viewer)


@router.put("/activities/{activity_id}/sign-ups/{pupil_id}", status_code=204, responses=problems(401, 404, 409, 422))
async def sign_pupil_up(tx: Write, activity_id: UUID, pupil_id: UUID) -> None:
    """This pupil comes, says somebody who guides a group of the activity; also after the last day."""
    await signing_up.sign_up(tx, activity_id, pupil_id)


@router.delete("/activities/{activity_id}/sign-ups/{pupil_id}", status_code=204, responses=problems(401, 404, 409, 422))
async def sign_pupil_off(tx: Write, activity_id: UUID, pupil_id: UUID) -> None:
    """This pupil does not come, says somebody who guides a group of the activity; also after the last day."""
    await signing_up.sign_off(tx, activity_id, pupil_id)


@router.get("/city-activities", response_model=CityList, responses=problems(401, 404))
async def list_city_activities(request: Request) -> Response:
    """What the city planned, for its coordinator: with counts, never with people."""
    return await page(request, queries.CITY_ACTIVITIES)


@router.get("/city-activities/{activity_id}", response_model=CityPage, responses=problems(401, 404, 422))
async def read_city_activity(request: Request, activity_id: UUID) -> Response:
    """One activity of the city."""
    return await page(request, queries.CITY_ACTIVITY, activity_id=activity_id)


@router.put(
    "/city-activities/{activity_id}",
    responses={201: {"model": ActivityReceipt}, **problems(401, 404, 409, 412, 422)},
)
async def put_city_activity(
    tx: Write, response: Response, activity_id: UUID, content: CityContent, if_match: IfMatch = None
) -> ActivityReceipt:
    """Plans an activity of the city (201), or changes it from the version in `If-Match`. It is published and
    cancelled like any other."""
    receipt, is_new = await actions.put_for_city(tx, activity_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


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
    return with_etag(response, receipt)


@router.post("/activities/{activity_id}/publish", responses=problems(401, 404, 412, 422, 428))
async def publish_activity(
    tx: Write, response: Response, activity_id: UUID, if_match: IfMatch = None
) -> ActivityReceipt:
    """From now on it waits for the pupils of its groups. Again changes nothing."""
    return with_etag(response, await actions.move(tx, activity_id, ActivityState.PUBLISHED, if_match))


@router.post("/activities/{activity_id}/cancel", responses=problems(401, 404, 412, 422, 428))
async def cancel_activity(
    tx: Write, response: Response, activity_id: UUID, if_match: IfMatch = None
) -> ActivityReceipt:
    """It waits for nobody any more; what was made of it stays. Again changes nothing."""
    return with_etag(response, await actions.move(tx, activity_id, ActivityState.CANCELLED, if_match))


@router.post("/activities/{activity_id}/copies", status_code=201, responses=problems(401, 404, 409, 422))
async def copy_activity(tx: Write, activity_id: UUID, wanted: Copies) -> CopyReceipts:
    """The same on other days, under ids that the device made, so that a second sending is the same copies."""
    return await actions.copy(tx, activity_id, wanted)


@router.put("/activities/{activity_id}/attendance", status_code=204, responses=problems(401, 404, 422))
async def put_attendance(tx: Write, activity_id: UUID, told: Attendance) -> None:
    """Who was not there; everybody else was."""
    await actions.attend(tx, activity_id, told)
