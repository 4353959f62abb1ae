"""One's own address and weekly mail; and switching it off with the mail in hand, without signing in."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from app.access.viewer import Write, page, signed_in
from app.guidance.weekly_mail import actions, queries
from app.guidance.weekly_mail.schemas import AddressAsked, CodeTyped, MailState, SchoolMail, WeeklyChoice
from app.guidance.weekly_mail.tasks import mail_code
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import Conflict, Problem, problems
from app.platform.jobs import enqueue
from app.platform.settings import Settings

router = APIRouter(prefix="/v1", tags=["mail"])

ONE_CLICK = r"/v1/weekly-mail/[A-Za-z0-9_-]{1,100}/off"
"""Here mail programs post a form (RFC 8058), in nobody's name."""

Token = Annotated[str, Path(max_length=100, description="out of a mail")]


@router.get("/me/mail", response_model=MailState, responses=problems(401, 404))
async def read_mail(request: Request) -> Response:
    """Where mail for the signed-in person goes, and whether the weekly mail is on."""
    settings: Settings = request.app.state.settings
    return await page(request, queries.MAIL, mails=settings.mails)


@router.put("/me/mail/address", status_code=204, responses=problems(401, 409, 422, 429))
async def ask_mail_address(request: Request, body: AddressAsked, tx: Write) -> None:
    """Gives an address; a code is mailed to it. Only where mail is set up."""
    settings: Settings = request.app.state.settings
    if not settings.mails:
        raise Conflict("no_mail")
    await actions.ask(tx, body.address)
    await enqueue(tx.session, mail_code, person_id=str(tx.viewer), now=tx.now.isoformat())


@router.delete("/me/mail/address", status_code=204, responses=problems(401))
async def forget_mail_address(tx: Write) -> None:
    """The address is forgotten; nothing is mailed any more."""
    await actions.forget(tx)


@router.post("/me/mail/confirmation", status_code=204, responses=problems(401, 409, 422))
async def confirm_mail_address(request: Request, body: CodeTyped) -> None:
    """The code out of the mail: the address is one's own, and the weekly mail on."""
    async with signed_in(request) as tx:
        problem = await actions.confirm(tx, body.code)
    if problem is not None:
        raise problem


@router.put("/me/mail/weekly", status_code=204, responses=problems(401, 409, 422))
async def switch_weekly_mail(body: WeeklyChoice, tx: Write) -> None:
    """The weekly mail on or off."""
    await actions.switch(tx, body.weekly)


@router.get("/schools/{school_id}/weekly-mail", response_model=SchoolMail, responses=problems(401, 404, 422))
async def read_school_mail(request: Request, school_id: UUID) -> Response:
    """An admin's school: how many parents get the weekly mail, and of how many it came back."""
    return await page(request, queries.SCHOOL_MAIL, school_id=school_id)


@router.get("/weekly-mail/{token}", responses=problems(404, 422, 429))
async def look_at_weekly_mail(request: Request, token: Token) -> WeeklyChoice:
    """Whether the mail that this came out of is on. Looking changes nothing."""
    return WeeklyChoice(weekly=await _by_token(request, token, None))


@router.put("/weekly-mail/{token}", responses=problems(404, 422, 429))
async def choose_weekly_mail(request: Request, token: Token, body: WeeklyChoice) -> WeeklyChoice:
    """Off by one tap, and on again, by who has the mail in hand."""
    return WeeklyChoice(weekly=await _by_token(request, token, body.weekly))


@router.get("/weekly-mail/{token}/off", status_code=303, response_class=Response, responses=problems(422))
async def show_weekly_mail(request: Request, token: Token) -> Response:
    """A mail program or scanner that follows the address: the page with the button. It changes nothing."""
    settings: Settings = request.app.state.settings
    return Response(status_code=303, headers={"Location": f"{settings.origin}/mail-uit#{actions.safe(token)}"})


@router.post("/weekly-mail/{token}/off", status_code=204, responses=problems(404, 422, 429))
async def unsubscribe_weekly_mail(request: Request, token: Token) -> None:
    """One click in a mail program (RFC 8058): off. Again changes nothing."""
    await _by_token(request, token, False)


async def _by_token(request: Request, token: str, weekly: bool | None) -> bool:
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    address = request.client.host if request.client else ""
    async with database.begin() as session:
        outcome = await actions.by_token(session, token, weekly, address, clock.now())
    if isinstance(outcome, Problem):
        raise outcome
    return outcome
