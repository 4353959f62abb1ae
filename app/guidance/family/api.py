"""The parent's own page."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.family import actions, queries
from app.guidance.family.schemas import HomePage, Seen
from app.platform.errors import problems

router = APIRouter(prefix="/v1", tags=["family"])


@router.get("/home", response_model=HomePage, responses=problems(401, 404))
async def read_home(request: Request) -> Response:
    """A parent's children: what is new since last time, and the newest of what they share with home."""
    return await page(request, queries.HOME)


@router.put("/home/{pupil_id}/seen", status_code=204, responses=problems(401, 404, 422))
async def see_child(tx: Write, pupil_id: UUID, seen: Seen) -> None:
    """The page of this child was on screen, as it was at `asOf`; from then on what comes is new."""
    await actions.see(tx, pupil_id, seen)
