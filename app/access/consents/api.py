"""The register of consent: what is asked, answering, and who in a class may be recognisable."""

from uuid import UUID

from fastapi import APIRouter

from app.access.consents import actions
from app.access.consents.schemas import ConsentAnswer, ConsentPage, GroupConsents
from app.access.viewer import Write
from app.platform.errors import problems
from app.reference.codes import PurposeCode

router = APIRouter(prefix="/v1", tags=["consents"])


@router.get("/pupils/{pupil_id}/consents", responses=problems(401, 404, 422))
async def read_consents(tx: Write, pupil_id: UUID) -> ConsentPage:
    """What is asked about a pupil, how it stands, and the register; for the pupil and guardians.

    What is open and this person's to answer counts as asked by being read.
    """
    return await actions.read(tx, pupil_id)


@router.put("/pupils/{pupil_id}/consents/{purpose}", status_code=204, responses=problems(401, 403, 404, 409, 422))
async def answer_consent(tx: Write, pupil_id: UUID, purpose: PurposeCode, body: ConsentAnswer) -> None:
    """Answers yes or no, at any time again; the answer before ends and stays in the register."""
    await actions.answer(tx, pupil_id, purpose, body)


@router.get("/groups/{group_id}/consents", responses=problems(401, 404, 422))
async def read_group_consents(tx: Write, group_id: UUID) -> GroupConsents:
    """Who in a class of one's own may be recognisable in photos and films."""
    return await actions.of_group(tx, group_id)
