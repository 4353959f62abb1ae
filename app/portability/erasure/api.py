"""One's data: what is held, having it put right, having it go; and what a school was asked about it."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page, signed_in
from app.platform.errors import problems
from app.portability.erasure import actions, queries
from app.portability.erasure.schemas import (
    CorrectionAnswer,
    CorrectionAsked,
    CorrectionReceipt,
    DataPage,
    DataRequests,
    ErasableShown,
    ErasureAsked,
    ErasureReceipt,
    Kept,
)

router = APIRouter(prefix="/v1", tags=["data"])


@router.get("/people/{person_id}/data", response_model=DataPage, responses=problems(401, 404, 422))
async def read_data(request: Request, person_id: UUID) -> Response:
    """What is held about oneself, or about a child under 16 of whom one has custody: kinds and counts, no content."""
    return await page(request, queries.DATA, person_id=person_id)


@router.put("/people/{person_id}/keeping", responses=problems(401, 404, 409, 422))
async def keep_another_year(tx: Write, person_id: UUID) -> Kept:
    """Puts the day on which everything goes off by a year, once that day is near."""
    return await actions.keep_another_year(tx, person_id)


@router.put(
    "/erasures/{erasure_id}",
    responses={201: {"model": ErasureReceipt}, **problems(401, 403, 404, 409, 422, 429)},
)
async def ask_erasure(request: Request, response: Response, erasure_id: UUID, body: ErasureAsked) -> ErasureReceipt:
    """Asks that somebody is forgotten, under an id that the device made (201). It begins after seven days."""
    async with signed_in(request) as tx:
        await actions.require_may_ask(tx, body.person_id)
    async with actions.shown_again(request, body.secret.get_secret_value()) as tx:
        receipt, is_new = await actions.ask(tx, erasure_id, body)
    response.status_code = 201 if is_new else 200
    return receipt


@router.delete("/erasures/{erasure_id}", status_code=204, responses=problems(401, 404, 409, 422))
async def take_back_erasure(tx: Write, erasure_id: UUID) -> None:
    """Nothing is erased after all, as long as it has not begun: by whoever may know of it."""
    await actions.take_back(tx, erasure_id)


@router.put(
    "/corrections/{correction_id}",
    responses={201: {"model": CorrectionReceipt}, **problems(401, 404, 409, 422)},
)
async def ask_correction(
    tx: Write, response: Response, correction_id: UUID, body: CorrectionAsked
) -> CorrectionReceipt:
    """Asks the school to put right what it keeps, under an id that the device made (201)."""
    receipt, is_new = await actions.ask_correction(tx, correction_id, body)
    response.status_code = 201 if is_new else 200
    return receipt


@router.delete("/corrections/{correction_id}", status_code=204, responses=problems(401, 404, 409, 422))
async def withdraw_correction(tx: Write, correction_id: UUID) -> None:
    """Takes back what one asked, while it waits."""
    await actions.withdraw_correction(tx, correction_id)


@router.get("/schools/{school_id}/data-requests", response_model=DataRequests, responses=problems(401, 404, 422))
async def list_data_requests(request: Request, school_id: UUID) -> Response:
    """What people of the admin's school asked about their data."""
    return await page(request, queries.REQUESTS, school_id=school_id)


@router.put(
    "/schools/{school_id}/corrections/{correction_id}/answer",
    status_code=204,
    responses=problems(401, 403, 404, 409, 422),
)
async def answer_correction(tx: Write, school_id: UUID, correction_id: UUID, body: CorrectionAnswer) -> None:
    """Answers what was asked: it was put right, or why not."""
    await actions.answer_correction(tx, school_id, correction_id, body)


@router.get(
    "/schools/{school_id}/people/{person_id}/erasure",
    response_model=ErasableShown,
    responses=problems(401, 404, 422),
)
async def read_erasable(request: Request, school_id: UUID, person_id: UUID) -> Response:
    """Whether the admin may have this pupil erased on request, and what goes then."""
    return await page(request, queries.ERASABLE, school_id=school_id, person_id=person_id)
