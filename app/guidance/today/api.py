"""The pupil's day."""

from fastapi import APIRouter, Request, Response

from app.access.viewer import page
from app.guidance.today import queries
from app.guidance.today.schemas import Today
from app.platform.errors import problems

router = APIRouter(prefix="/v1", tags=["today"])


@router.get("/me/today", response_model=Today, responses=problems(401, 404))
async def read_today(request: Request) -> Response:
    """What stands on the signed-in pupil's home today: a reminder, a step, and something of years ago."""
    return await page(request, queries.TODAY_PAGE)
