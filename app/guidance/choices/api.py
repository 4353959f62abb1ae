"""Choice moments: the pupil's own, and what others may see of them."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.choices import actions, queries
from app.guidance.choices.schemas import (
    ChoiceBegin,
    ChoiceReceipt,
    LookBack,
    MotivesContent,
    MyChoices,
    OptionContent,
    OptionPlace,
    OptionReceipt,
    PickContent,
    PupilChoices,
    RingChange,
    SureContent,
)
from app.platform.errors import problems
from app.platform.http import with_etag
from app.portfolio.api import IfMatch

router = APIRouter(prefix="/v1", tags=["choices"])


@router.get("/me/choices", response_model=MyChoices, responses=problems(401, 404))
async def list_choices(request: Request) -> Response:
    """The signed-in pupil's choice moments, and which fit the class of today."""
    return await page(request, queries.MY_CHOICES)


@router.get("/pupils/{pupil_id}/choices", response_model=PupilChoices, responses=problems(401, 403, 404, 422))
async def read_choices(request: Request, pupil_id: UUID) -> Response:
    """A pupil's choice moments as far as the viewer may see them; the look is logged."""
    return await page(request, queries.PUPIL_CHOICES, pupil_id=pupil_id)


@router.put(
    "/me/choices/{choice_id}",
    responses={201: {"model": ChoiceReceipt}, **problems(401, 404, 409, 422)},
)
async def begin_choice(tx: Write, response: Response, choice_id: UUID, wanted: ChoiceBegin) -> ChoiceReceipt:
    """Begins a moment under the id that the device made (201); the same again changes nothing."""
    receipt, is_new = await actions.begin(tx, choice_id, wanted)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.put("/me/choices/{choice_id}/motives", responses=problems(401, 404, 412, 422, 428))
async def put_motives(
    tx: Write, response: Response, choice_id: UUID, content: MotivesContent, if_match: IfMatch = None
) -> ChoiceReceipt:
    """Why, from the version of the moment in `If-Match`."""
    return with_etag(response, await actions.say_why(tx, choice_id, content, if_match))


@router.put("/me/choices/{choice_id}/ring", responses=problems(401, 403, 404, 412, 422, 428))
async def put_ring(
    tx: Write, response: Response, choice_id: UUID, change: RingChange, if_match: IfMatch = None
) -> ChoiceReceipt:
    """Who looks along, from the version of the moment in `If-Match`."""
    return with_etag(response, await actions.let_see(tx, choice_id, change.ring, if_match))


@router.put(
    "/me/choices/{choice_id}/options/{option_id}",
    responses={201: {"model": OptionReceipt}, **problems(401, 404, 409, 412, 422)},
)
async def put_option(
    tx: Write,
    response: Response,
    choice_id: UUID,
    option_id: UUID,
    content: OptionContent,
    if_match: IfMatch = None,
) -> OptionReceipt:
    """Puts something on the list (201), or changes it from the version in `If-Match`."""
    receipt, is_new = await actions.put_option(tx, choice_id, option_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.put("/me/choices/{choice_id}/options/{option_id}/place", responses=problems(401, 404, 409, 412, 422, 428))
async def place_option(
    tx: Write,
    response: Response,
    choice_id: UUID,
    option_id: UUID,
    wanted: OptionPlace,
    if_match: IfMatch = None,
) -> OptionReceipt:
    """Off the list with a why, or back on it, from the version in `If-Match`."""
    return with_etag(response, await actions.place(tx, choice_id, option_id, wanted, if_match))


@router.put("/me/choices/{choice_id}/sureness/{sure_id}", status_code=204, responses=problems(401, 404, 409, 422))
async def put_sureness(tx: Write, choice_id: UUID, sure_id: UUID, content: SureContent) -> None:
    """How sure one is today; a row in time, beside those of before."""
    await actions.say_how_sure(tx, choice_id, sure_id, content)


@router.delete("/me/choices/{choice_id}/sureness/{sure_id}", status_code=204, responses=problems(401, 404, 422))
async def take_sureness_back(tx: Write, choice_id: UUID, sure_id: UUID) -> None:
    """Takes back what one said today."""
    await actions.take_sure_back(tx, choice_id, sure_id)


@router.put(
    "/me/choices/{choice_id}/picks/{pick_id}",
    responses={201: {"model": ChoiceReceipt}, **problems(401, 404, 409, 412, 422, 428)},
)
async def put_pick(
    tx: Write, response: Response, choice_id: UUID, pick_id: UUID, content: PickContent, if_match: IfMatch = None
) -> ChoiceReceipt:
    """Chooses (201), from the version of the moment in `If-Match`; what was chosen before stays in view."""
    receipt, is_new = await actions.pick(tx, choice_id, pick_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.put("/me/choices/{choice_id}/look-back", responses=problems(401, 404, 409, 412, 422, 428))
async def put_look_back(
    tx: Write, response: Response, choice_id: UUID, content: LookBack, if_match: IfMatch = None
) -> ChoiceReceipt:
    """What one thinks of it a year later, from the version of the moment in `If-Match`."""
    return with_etag(response, await actions.look_back(tx, choice_id, content, if_match))
