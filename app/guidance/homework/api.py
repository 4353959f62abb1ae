"""Thuisopdracht: cards of a pupil, and those that school puts ready."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.access.viewer import Write, page
from app.guidance.homework import actions, offers, queries, sounds
from app.guidance.homework.schemas import (
    GroupHomework,
    Homework,
    HomeworkContent,
    HomeworkList,
    HomeworkReceipt,
    OfferContent,
    OfferReceipt,
    Sharing,
    SoundStart,
)
from app.media.schemas import AttachmentOut, UploadFinish, UploadPlan
from app.platform.errors import problems
from app.platform.http import with_etag
from app.portfolio.api import IfMatch, Store

router = APIRouter(prefix="/v1", tags=["homework"])


@router.get("/pupils/{pupil_id}/homework", response_model=HomeworkList, responses=problems(401, 403, 404, 422))
async def list_homework(request: Request, pupil_id: UUID) -> Response:
    """The cards of one pupil, as far as the viewer may see them; the look is logged."""
    return await page(request, queries.CARDS_OF_PUPIL, pupil_id=pupil_id)


@router.get("/homework/{homework_id}", response_model=Homework, responses=problems(401, 403, 404, 422))
async def read_homework(request: Request, homework_id: UUID) -> Response:
    """One card with both answers and what this viewer may do with it; the look is logged."""
    return await page(request, queries.HOMEWORK, homework_id=homework_id)


@router.put(
    "/homework/{homework_id}",
    responses={201: {"model": HomeworkReceipt}, **problems(401, 403, 404, 409, 412, 422)},
)
async def put_homework(
    tx: Write, response: Response, homework_id: UUID, content: HomeworkContent, if_match: IfMatch = None
) -> HomeworkReceipt:
    """Begins a card under the id that the device made (201), or changes it from the version in `If-Match`."""
    receipt, is_new = await actions.put(tx, homework_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.put("/homework/{homework_id}/sharing", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def share_homework(
    tx: Write, response: Response, homework_id: UUID, sharing: Sharing, if_match: IfMatch = None
) -> HomeworkReceipt:
    """The pupil lets it reach home, or school as well, or nobody, from the version in `If-Match`."""
    return with_etag(response, await actions.share(tx, homework_id, sharing.reach, if_match))


@router.delete("/homework/{homework_id}", status_code=204, responses=problems(401, 403, 404, 422))
async def remove_homework(tx: Write, homework_id: UUID) -> None:
    """Throws a card away, with what was said on it."""
    await actions.remove(tx, homework_id)


@router.post(
    "/homework/{homework_id}/sounds",
    status_code=201,
    responses=problems(401, 403, 404, 409, 413, 415, 422, 503),
)
async def start_sound(tx: Write, store: Store, homework_id: UUID, start: SoundStart) -> UploadPlan:
    """Announces a spoken answer and says where it goes; the same id again gives the same plan."""
    return await sounds.start(tx, store, homework_id, start)


@router.post("/homework-sounds/{sound_id}/complete", responses=problems(401, 403, 404, 409, 415, 422, 503))
async def complete_sound(tx: Write, store: Store, sound_id: UUID, finish: UploadFinish) -> AttachmentOut:
    """It was sent: checks what arrived. Twice gives the same answer."""
    return await sounds.complete(tx, store, sound_id, finish)


@router.get(
    "/homework-sounds/{sound_id}/file",
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 403, 404, 409, 422),
)
async def read_sound(tx: Write, store: Store, sound_id: UUID) -> RedirectResponse:
    """Sends the browser to what was said, for some minutes, after asking again whether this viewer may hear it."""
    url = await sounds.address(tx, store, sound_id)
    return RedirectResponse(url, status_code=302, headers={"Cache-Control": "private, no-store"})


@router.get("/groups/{group_id}/homework", response_model=GroupHomework, responses=problems(401, 404, 422))
async def list_group_homework(request: Request, group_id: UUID) -> Response:
    """The cards that were put ready for a group that one guides, and who shared them with school."""
    return await page(request, queries.CARDS_OF_GROUP, group_id=group_id)


@router.put("/homework-offers/{offer_id}", responses={201: {"model": OfferReceipt}, **problems(401, 404, 409, 422)})
async def put_offer(tx: Write, response: Response, offer_id: UUID, content: OfferContent) -> OfferReceipt:
    """Puts a card ready for a group, under the id that the device made (201); the same again changes nothing."""
    receipt, is_new = await offers.offer(tx, offer_id, content)
    response.status_code = 201 if is_new else 200
    return receipt


@router.delete("/homework-offers/{offer_id}", status_code=204, responses=problems(401, 404, 422))
async def take_offer_back(tx: Write, offer_id: UUID) -> None:
    """Takes a card back; what was begun of it stays with who began it."""
    await offers.take_back(tx, offer_id)
