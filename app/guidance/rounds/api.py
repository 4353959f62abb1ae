"""Talks by class: who had one, planning in one go, and what staff agreed to do."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.rounds import actions, queries
from app.guidance.rounds.schemas import (
    AgreedSteps,
    GroupRounds,
    RoundContent,
    RoundOut,
    RoundTakeBack,
    SchoolRounds,
    TakenBack,
)
from app.platform.errors import problems

router = APIRouter(prefix="/v1", tags=["rounds"])


@router.get("/schools/{school_id}/conversations", response_model=SchoolRounds, responses=problems(401, 404, 422))
async def read_school_rounds(request: Request, school_id: UUID) -> Response:
    """The classes of a dean's school, or a teacher's own, with their talks of this school year in numbers."""
    return await page(request, queries.SCHOOL_ROUNDS, school_id=school_id)


@router.get("/groups/{group_id}/conversations", response_model=GroupRounds, responses=problems(401, 404, 422))
async def read_group_rounds(request: Request, group_id: UUID) -> Response:
    """A class by pupil with the talks of this school year, and what planning them in one go asks. No content."""
    return await page(request, queries.GROUP_ROUNDS, group_id=group_id)


@router.post("/groups/{group_id}/conversations", status_code=201, responses=problems(401, 404, 409, 422))
async def plan_round(tx: Write, group_id: UUID, wanted: RoundContent) -> RoundOut:
    """Plans up to forty talks in one go, under the ids that the device made; the same again changes nothing."""
    return await actions.plan(tx, group_id, wanted)


@router.post("/groups/{group_id}/conversations/take-back", responses=problems(401, 404, 422))
async def take_round_back(tx: Write, group_id: UUID, asked: RoundTakeBack) -> TakenBack:
    """Takes back what one planned today, as far as nobody prepared or changed it."""
    return await actions.take_back(tx, group_id, asked)


@router.get("/me/agreed-steps", response_model=AgreedSteps, responses=problems(401, 404))
async def list_agreed_steps(request: Request) -> Response:
    """What the signed-in member of staff agreed to do in talks, from its day or reminder on."""
    return await page(request, queries.AGREED_STEPS)
