"""The pupil's transfers, a parent's yes, and what waits at the new school."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.platform.errors import problems
from app.portability.transfers import actions, queries
from app.portability.transfers.models import ItemKind
from app.portability.transfers.schemas import (
    Choosable,
    GoesAlong,
    MyTransfers,
    OfferedTransfer,
    OfferedTransfers,
    OwnTransfer,
    PupilTransfers,
    RequestAnswer,
    SchoolDecision,
    TransferContent,
    TransferReceipt,
    TransferRequests,
    TransferView,
)
from app.portfolio.api import IfMatch

router = APIRouter(prefix="/v1", tags=["transfers"])

# --- the pupil ---------------------------------------------------------------------------------------


@router.get("/me/transfers", response_model=MyTransfers, responses=problems(401))
async def list_transfers(request: Request) -> Response:
    """To which schools one can take things along, and how each transfer stands."""
    return await page(request, queries.MY_TRANSFERS)


@router.get("/me/transfers/{transfer_id}", response_model=OwnTransfer, responses=problems(401, 404, 422))
async def read_own_transfer(request: Request, transfer_id: UUID) -> Response:
    """One transfer of one's own; the ETag is what changes go from."""
    return await page(request, queries.OWN_TRANSFER, transfer_id=transfer_id)


@router.get("/me/transfer-choices/{placement_id}", response_model=Choosable, responses=problems(401, 404, 422))
async def list_choosable(request: Request, placement_id: UUID) -> Response:
    """What can go along to this school, with a proposal."""
    return await page(request, queries.CHOOSABLE, placement_id=placement_id)


@router.put(
    "/me/transfers/{transfer_id}",
    responses={201: {"model": TransferReceipt}, **problems(401, 404, 409, 412, 422)},
)
async def put_transfer(
    tx: Write, response: Response, transfer_id: UUID, content: TransferContent, if_match: IfMatch = None
) -> TransferReceipt:
    """Keeps what goes along under the id that the device made (201), or changes it from the version in `If-Match`."""
    receipt, is_new = await actions.keep(tx, transfer_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return _tagged(response, receipt)


@router.put("/me/transfers/{transfer_id}/sending", responses=problems(401, 404, 409, 412, 422, 428))
async def send_transfer(tx: Write, response: Response, transfer_id: UUID, if_match: IfMatch = None) -> TransferReceipt:
    """Sends it from the version in `If-Match`: to a parent under 16, else to the new school."""
    return _tagged(response, await actions.send(tx, transfer_id, if_match))


@router.delete("/me/transfers/{transfer_id}", status_code=204, responses=problems(401, 404, 422))
async def withdraw_transfer(tx: Write, transfer_id: UUID) -> None:
    """Withdraws it, also after the school accepted: what was open closes. A draft is gone."""
    await actions.withdraw(tx, transfer_id)


@router.put(
    "/me/transfers/{transfer_id}/items/{kind}/{thing_id}", status_code=204, responses=problems(401, 404, 409, 422)
)
async def put_goes_along(tx: Write, transfer_id: UUID, kind: ItemKind, thing_id: UUID, wanted: GoesAlong) -> None:
    """After the school accepted: takes one thing back, or lets it go along after all."""
    await actions.let_go_along(tx, transfer_id, kind, thing_id, wanted.goes_along)


# --- a parent ----------------------------------------------------------------------------------------


@router.get("/me/transfer-requests", response_model=TransferRequests, responses=problems(401))
async def list_transfer_requests(request: Request) -> Response:
    """Transfers of one's children under 16 that wait for a yes, and those that run."""
    return await page(request, queries.REQUESTS)


@router.put("/transfers/{transfer_id}/consent", status_code=204, responses=problems(401, 404, 409, 422))
async def answer_transfer_request(tx: Write, transfer_id: UUID, given: RequestAnswer) -> None:
    """Says yes or no as a parent, at any time again; a no ends it."""
    await actions.answer(tx, transfer_id, given)


# --- the new school ----------------------------------------------------------------------------------


@router.get("/transfers", response_model=OfferedTransfers, responses=problems(401))
async def list_offered_transfers(request: Request) -> Response:
    """What waits for the viewer as mentor or dean of the new school, and what was accepted lately."""
    return await page(request, queries.OFFERED)


@router.get("/transfers/{transfer_id}", response_model=OfferedTransfer, responses=problems(401, 404, 422))
async def read_offered_transfer(request: Request, transfer_id: UUID) -> Response:
    """What a pupil offers, in short; the look is logged."""
    return await page(request, queries.OFFERED_ONE, transfer_id=transfer_id)


@router.get("/transfers/{transfer_id}/view", response_model=TransferView, responses=problems(401, 403, 404, 422))
async def read_transfer_view(request: Request, transfer_id: UUID) -> Response:
    """What the new school has: to its staff once accepted, to the pupil beforehand. The look is logged."""
    return await page(request, queries.VIEW, transfer_id=transfer_id)


@router.put("/transfers/{transfer_id}/decision", status_code=204, responses=problems(401, 404, 409, 422))
async def decide_transfer(tx: Write, transfer_id: UUID, decided: SchoolDecision) -> None:
    """Accepts, or refuses with a word to the pupil."""
    await actions.decide(tx, transfer_id, decided)


@router.get("/pupils/{pupil_id}/transfers", response_model=PupilTransfers, responses=problems(401, 404, 422))
async def list_pupil_transfers(request: Request, pupil_id: UUID) -> Response:
    """What a pupil took along to the school where the viewer works."""
    return await page(request, queries.PUPIL_TRANSFERS, pupil_id=pupil_id)


def _tagged(response: Response, receipt: TransferReceipt) -> TransferReceipt:
    response.headers["ETag"] = f'"{receipt.version}"'
    return receipt
