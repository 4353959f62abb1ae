"""What is done with entries, feedback and files: thin endpoints over the actions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.access.idempotency import OnlyOnce
from app.access.viewer import Write
from app.media.renditions.made import Width
from app.media.schemas import AttachmentChange, AttachmentOut, Captions, UploadFinish, UploadPlan, UploadStart
from app.platform.errors import problems
from app.platform.http import with_etag
from app.platform.storage import Storage
from app.portfolio.actions import entries, feedback, files
from app.portfolio.schemas import Audience, EntryContent, EntryReceipt, FeedbackIn, FeedbackOut

router = APIRouter(prefix="/v1")

IfMatch = Annotated[str | None, Header(max_length=40, description='the version this change starts from: `"3"`')]


def _storage(request: Request) -> Storage:
    storage: Storage = request.app.state.storage
    return storage


# By cookie, so that on a shared device the address of one person's file is never given to the next.
_KEPT_BRIEFLY = {"Cache-Control": "private, max-age=300", "Vary": "Cookie"}

Store = Annotated[Storage, Depends(_storage)]


@router.put(
    "/entries/{entry_id}",
    tags=["entries"],
    responses={201: {"model": EntryReceipt}, **problems(401, 403, 404, 409, 412, 422)},
)
async def put_entry(
    tx: Write, response: Response, entry_id: UUID, content: EntryContent, if_match: IfMatch = None
) -> EntryReceipt:
    """Keeps an entry under the id that the device made: new (201), or changed from the version in `If-Match`."""
    receipt, is_new = await entries.put(tx, entry_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.put("/entries/{entry_id}/audience", tags=["entries"], responses=problems(401, 403, 404, 409, 412, 422, 428))
async def put_audience(
    tx: Write, response: Response, entry_id: UUID, audience: Audience, if_match: IfMatch = None
) -> EntryReceipt:
    """Chooses who may see the entry; 0 takes it back to a draft."""
    return with_etag(response, await entries.choose_ring(tx, entry_id, audience.ring, if_match))


@router.delete("/entries/{entry_id}", tags=["entries"], status_code=204, responses=problems(401, 403, 404, 422))
async def trash_entry(tx: Write, entry_id: UUID) -> None:
    """Puts one's own entry in the trash, from where it can come back."""
    await entries.trash(tx, entry_id)


@router.post("/entries/{entry_id}/restore", tags=["entries"], responses=problems(401, 403, 404, 409, 422))
async def restore_entry(tx: Write, response: Response, entry_id: UUID) -> EntryReceipt:
    """Brings an entry back from the trash or the archive, as it was."""
    return with_etag(response, await entries.restore(tx, entry_id))


@router.post("/entries/{entry_id}/archive", tags=["entries"], responses=problems(401, 403, 404, 409, 422))
async def archive_entry(tx: Write, response: Response, entry_id: UUID) -> EntryReceipt:
    """Puts an entry away: kept, out of the timeline, seen by nobody else."""
    return with_etag(response, await entries.archive(tx, entry_id))


@router.put("/entries/{entry_id}/seen", tags=["feedback"], status_code=204, responses=problems(401, 403, 404, 409, 422))
async def mark_seen(tx: Write, entry_id: UUID) -> None:
    """The teacher has looked at it; only after it was really opened."""
    await feedback.mark_seen(tx, entry_id)


@router.post(
    "/entries/{entry_id}/feedback",
    tags=["feedback"],
    status_code=201,
    responses=problems(400, 401, 403, 404, 409, 422),
)
async def give_feedback(tx: Write, once: OnlyOnce, entry_id: UUID, said: FeedbackIn) -> FeedbackOut:
    """Says something about the entry as it is now: words, a question back, an answer, or a parent's reaction."""
    return await once.answer(lambda: feedback.give(tx, entry_id, said), 201, FeedbackOut)


@router.delete("/feedback/{feedback_id}", tags=["feedback"], status_code=204, responses=problems(401, 404, 409, 422))
async def withdraw_feedback(tx: Write, feedback_id: UUID) -> None:
    """Takes back what one has just said, within ten minutes."""
    await feedback.withdraw(tx, feedback_id)


@router.post(
    "/entries/{entry_id}/attachments",
    tags=["files"],
    status_code=201,
    responses=problems(401, 403, 404, 409, 413, 415, 422, 503),
)
async def start_upload(tx: Write, store: Store, entry_id: UUID, start: UploadStart) -> UploadPlan:
    """Announces a file of one's own entry and says where its parts go; the same id again gives the same plan."""
    return await files.start(tx, store, entry_id, start)


@router.get("/attachments/{attachment_id}/upload", tags=["files"], responses=problems(401, 403, 404, 422, 503))
async def read_upload(tx: Write, store: Store, attachment_id: UUID) -> UploadPlan:
    """What has arrived and what is still to be sent, with fresh addresses; for resuming."""
    return await files.resume(tx, store, attachment_id)


@router.post(
    "/attachments/{attachment_id}/complete",
    tags=["files"],
    responses=problems(401, 403, 404, 409, 415, 422, 503),
)
async def complete_upload(tx: Write, store: Store, attachment_id: UUID, finish: UploadFinish) -> AttachmentOut:
    """All parts were sent: checks what arrived and puts it in the entry. Twice gives the same answer."""
    return await files.complete(tx, store, attachment_id, finish)


@router.patch("/attachments/{attachment_id}", tags=["files"], responses=problems(401, 403, 404, 422))
async def change_attachment(tx: Write, attachment_id: UUID, change: AttachmentChange) -> AttachmentOut:
    """Describes what can be seen or heard."""
    return await files.describe(tx, attachment_id, change.alt)


@router.delete("/attachments/{attachment_id}", tags=["files"], status_code=204, responses=problems(401, 403, 404, 422))
async def remove_attachment(tx: Write, attachment_id: UUID) -> None:
    """Takes a file out of one's own entry."""
    await files.remove(tx, attachment_id)


@router.get(
    "/attachments/{attachment_id}/file",
    tags=["files"],
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 404, 409, 422),
)
async def read_file(tx: Write, store: Store, attachment_id: UUID) -> RedirectResponse:
    """Sends the browser to the file for some minutes, after asking again whether this viewer may see it."""
    url = await files.file_address(tx, store, attachment_id)
    return RedirectResponse(url, status_code=302, headers=_KEPT_BRIEFLY)


@router.get(
    "/attachments/{attachment_id}/thumbnail",
    tags=["files"],
    status_code=302,
    response_class=RedirectResponse,
    responses=problems(401, 404, 409, 422),
)
async def read_thumbnail(
    tx: Write,
    store: Store,
    attachment_id: UUID,
    width: Annotated[Width, Query(description="pixels")] = Width.MEDIUM,
    accept: Annotated[str, Header(max_length=1000)] = "",
) -> RedirectResponse:
    """The same for a small picture of it: WebP for browsers that say that they know it, else JPEG."""
    url = await files.thumbnail_address(tx, store, attachment_id, width, "image/webp" in accept)
    return RedirectResponse(url, status_code=302, headers=_KEPT_BRIEFLY | {"Vary": "Cookie, Accept"})


@router.get(
    "/attachments/{attachment_id}/captions",
    tags=["files"],
    response_class=Response,
    responses=problems(401, 404, 422) | {200: {"content": {"text/vtt": {}}}},
)
async def read_captions(tx: Write, attachment_id: UUID) -> Response:
    """What is said in a film, for the player."""
    return Response(await files.captions(tx, attachment_id), media_type="text/vtt", headers=_KEPT_BRIEFLY)


@router.put("/attachments/{attachment_id}/captions", tags=["files"], responses=problems(401, 403, 404, 409, 422))
async def write_captions(tx: Write, attachment_id: UUID, captions: Captions) -> AttachmentOut:
    """Writes what is said in one's own film; empty takes it away."""
    return await files.caption(tx, attachment_id, captions.vtt)
