"""Talks: lists, the page of one, and what is done with it."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access import beside
from app.access.cards.actions.coming_in import at_the_door
from app.access.viewer import Write, page, signed_in
from app.guidance.conversations import actions, queries
from app.guidance.conversations.models import Way
from app.guidance.conversations.schemas import (
    AgreementBeside,
    AgreementContent,
    AgreementReceipt,
    ConversationContent,
    ConversationLists,
    ConversationMove,
    ConversationPage,
    ConversationReceipt,
    PupilConversations,
    RecordContent,
    RecordReceipt,
    SheetContent,
    SheetReceipt,
    StepReceiptOfTalk,
)
from app.guidance.steps.schemas import StepChange
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import Problem, problems
from app.platform.http import with_etag
from app.platform.settings import Settings
from app.portfolio.api import IfMatch

router = APIRouter(prefix="/v1", tags=["conversations"])


@router.get("/me/conversations", response_model=ConversationLists, responses=problems(401, 404))
async def list_my_conversations(request: Request) -> Response:
    """The pupil's own talks; those that a member of staff holds; for a parent those one may know of."""
    return await page(request, queries.MY_CONVERSATIONS)


@router.get("/pupils/{pupil_id}/conversations", response_model=PupilConversations, responses=problems(401, 404, 422))
async def list_pupil_conversations(request: Request, pupil_id: UUID) -> Response:
    """The talks of one pupil, and with whom one can be planned."""
    return await page(request, queries.PUPIL_CONVERSATIONS, pupil_id=pupil_id)


@router.get("/conversations/{conversation_id}", response_model=ConversationPage, responses=problems(401, 403, 404, 422))
async def read_conversation(request: Request, conversation_id: UUID) -> Response:
    """One talk with all that belongs to it, as far as the viewer may see it; the look is logged."""
    return await page(request, queries.CONVERSATION, conversation_id=conversation_id)


@router.put(
    "/conversations/{conversation_id}",
    responses={201: {"model": ConversationReceipt}, **problems(401, 403, 404, 409, 412, 422)},
)
async def put_conversation(
    tx: Write, response: Response, conversation_id: UUID, content: ConversationContent, if_match: IfMatch = None
) -> ConversationReceipt:
    """Plans a talk under the id that the device made (201), or changes it from the version in `If-Match`."""
    receipt, is_new = await actions.put(tx, conversation_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.put("/conversations/{conversation_id}/state", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def move_conversation(
    tx: Write, response: Response, conversation_id: UUID, change: ConversationMove, if_match: IfMatch = None
) -> ConversationReceipt:
    """Called off, on again, or held, from the version in `If-Match`."""
    return with_etag(response, await actions.move(tx, conversation_id, change.state, if_match))


@router.put("/conversations/{conversation_id}/sheet", responses=problems(401, 404, 409, 412, 422, 428))
async def put_sheet(
    tx: Write, response: Response, conversation_id: UUID, content: SheetContent, if_match: IfMatch = None
) -> SheetReceipt:
    """The pupil's own gespreksblad, from the version in `If-Match` where there is one."""
    return with_etag(response, await actions.put_sheet(tx, conversation_id, content, if_match))


@router.put("/conversations/{conversation_id}/record", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def put_record(
    tx: Write, response: Response, conversation_id: UUID, content: RecordContent, if_match: IfMatch = None
) -> RecordReceipt:
    """Adds a version of the record after the one in `If-Match`; `"0"` where there is none."""
    return with_etag(response, await actions.put_record(tx, conversation_id, content, if_match))


@router.put("/conversations/{conversation_id}/agreement", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def agree(
    tx: Write, conversation_id: UUID, content: AgreementContent, if_match: IfMatch = None
) -> AgreementReceipt:
    """The pupil's akkoord on the version of the record in `If-Match`, on an own device."""
    return await actions.agree(tx, conversation_id, content, if_match, Way.OWN)


@router.put(
    "/conversations/{conversation_id}/agreement/beside",
    responses=problems(401, 403, 404, 409, 412, 422, 428, 429),
)
async def agree_beside(
    request: Request, conversation_id: UUID, content: AgreementBeside, if_match: IfMatch = None
) -> AgreementReceipt:
    """The pupil's akkoord on the screen of staff, with the pupil's own PIN or password."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    settings: Settings = request.app.state.settings
    now, today, secret = clock.now(), clock.today(), content.secret.get_secret_value()
    async with signed_in(request) as tx:
        pupil_id = await actions.pupil_beside(tx, conversation_id, if_match)
    async with at_the_door(database) as session:
        claimed = await beside.claim(session, pupil_id, secret, now)
    if isinstance(claimed, Problem):
        raise claimed
    await beside.check(claimed, secret, settings.pin_pepper.get_secret_value())
    async with beside.as_shown(database, claimed, now, today) as tx:
        return await actions.agree(tx, conversation_id, content, if_match, Way.BESIDE)


@router.put("/conversations/{conversation_id}/steps/{step_id}/state", responses=problems(401, 403, 404, 412, 422, 428))
async def move_step_of_talk(
    tx: Write,
    response: Response,
    conversation_id: UUID,
    step_id: UUID,
    change: StepChange,
    if_match: IfMatch = None,
) -> StepReceiptOfTalk:
    """A step of staff is done, let go, or open again, by whose it is. The pupil's are at /v1/me/steps."""
    return with_etag(response, await actions.move_step(tx, conversation_id, step_id, change.state, if_match))
