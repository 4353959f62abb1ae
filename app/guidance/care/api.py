"""Care: of whom nothing was heard, and a kind reminder."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.care import actions, queries
from app.guidance.care.schemas import GroupCare, RemindersOut, RemindPupils, SchoolCare
from app.platform.errors import problems

router = APIRouter(prefix="/v1", tags=["care"])


@router.get("/groups/{group_id}/care", response_model=GroupCare, responses=problems(401, 404, 422))
async def read_group_care(request: Request, group_id: UUID) -> Response:
    """Pupils of a group that one guides for whom something can be done, and what the class saw as a whole."""
    return await page(request, queries.GROUP_CARE, group_id=group_id)


@router.get("/schools/{school_id}/care", response_model=SchoolCare, responses=problems(401, 404, 422))
async def read_school_care(request: Request, school_id: UUID) -> Response:
    """The groups of a dean's school, or a teacher's own, in numbers."""
    return await page(request, queries.SCHOOL_CARE, school_id=school_id)


@router.put(
    "/reminders/{reminder_id}",
    responses={201: {"model": RemindersOut}, **problems(401, 404, 409, 422)},
)
async def put_reminder(tx: Write, response: Response, reminder_id: UUID, asked: RemindPupils) -> RemindersOut:
    """Reminds one pupil or several, under the id that the device made (201); the same again changes nothing."""
    outcome, is_new = await actions.remind(tx, reminder_id, asked)
    response.status_code = 201 if is_new else 200
    return outcome


@router.delete("/reminders/{reminder_id}", status_code=204, responses=problems(401, 404, 422))
async def take_reminder_back(tx: Write, reminder_id: UUID) -> None:
    """Takes back what one sent today, as far as nobody closed it."""
    await actions.take_back(tx, reminder_id)


@router.put("/me/reminders/{reminder_id}/seen", status_code=204, responses=problems(401, 404, 422))
async def close_reminder(tx: Write, reminder_id: UUID) -> None:
    """The pupil read it."""
    await actions.close(tx, reminder_id)
