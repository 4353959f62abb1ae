"""Saying why one looks."""

from uuid import UUID

from fastapi import APIRouter

from app.access.reasons import actions
from app.access.reasons.schemas import LookReasonIn
from app.access.viewer import Write
from app.platform.errors import problems

router = APIRouter(prefix="/v1", tags=["access"])


@router.post("/pupils/{pupil_id}/look-reasons", status_code=204, responses=problems(401, 403, 404, 422))
async def say_why(pupil_id: UUID, body: LookReasonIn, tx: Write) -> None:
    """A dean says why a portfolio outside the own classes is opened; it holds for a week and the pupil reads it."""
    await actions.say_why(tx, pupil_id, body)
