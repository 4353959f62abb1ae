"""The pupil's own steps."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.steps import actions, queries
from app.guidance.steps.schemas import StepChange, StepContent, StepList, StepReceipt
from app.platform.errors import problems
from app.platform.http import with_etag
from app.portfolio.api import IfMatch

router = APIRouter(prefix="/v1", tags=["steps"])


@router.get("/me/steps", response_model=StepList, responses=problems(401, 404))
async def list_steps(request: Request) -> Response:
    """The signed-in pupil's steps; nobody else sees them."""
    return await page(request, queries.STEPS)


@router.put(
    "/me/steps/{step_id}",
    responses={201: {"model": StepReceipt}, **problems(401, 403, 404, 409, 412, 422)},
)
async def put_step(
    tx: Write, response: Response, step_id: UUID, content: StepContent, if_match: IfMatch = None
) -> StepReceipt:
    """Makes a step under the id that the device made (201), or changes it from the version in `If-Match`."""
    receipt, is_new = await actions.put(tx, step_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.put("/me/steps/{step_id}/state", responses=problems(401, 404, 409, 412, 422, 428))
async def move_step(
    tx: Write, response: Response, step_id: UUID, change: StepChange, if_match: IfMatch = None
) -> StepReceipt:
    """Done, let go, or open again, from the version in `If-Match`. The same again changes nothing."""
    return with_etag(response, await actions.move(tx, step_id, change.state, if_match))
