"""Codes: what they are for, accounts and passwords made with them; and the school's side of it."""

import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.concurrency import run_in_threadpool

from app.access.actions import Lifetime, device_label, hash_password, open_session
from app.access.factors.schemas import Welcome
from app.access.invitations.actions import by_school, claiming
from app.access.invitations.actions.codes import new_codes
from app.access.invitations.models import InvitationKind
from app.access.invitations.queries import LETTERS, LINKS, PARENTS
from app.access.invitations.schemas import (
    AccountLetterAsked,
    ChildAdded,
    Code,
    CodeFound,
    CodeLook,
    Decision,
    LettersAsked,
    LettersPage,
    LinkPage,
    MailAsked,
    NewAccount,
    NewPasswordByCode,
    ParentsPage,
)
from app.access.invitations.tasks import mail_invitation
from app.access.schemas import Device
from app.access.viewer import Write, earlier_session, page, signed_in, welcome
from app.people.models import GuardianshipState
from app.people.names import fold
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import Conflict, Invalid, problems
from app.platform.jobs import enqueue
from app.platform.reads import cursor_key, moment
from app.platform.settings import Settings

router = APIRouter(prefix="/v1", tags=["access"])

_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}


async def _offer(request: Request, code: Code) -> claiming.Offer:
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    address = request.client.host if request.client else ""
    return await claiming.open_invitation(database, code.get_secret_value(), address, clock.now(), clock.today())


@router.post("/invitations/look", responses=problems(410, 422, 429))
async def look_at_code(request: Request, body: CodeLook) -> CodeFound:
    """What a code is for; not about whom."""
    return CodeFound(kind=(await _offer(request, body.code)).kind)


@router.post("/accounts", status_code=201, response_model=Welcome, responses=problems(410, 422, 429))
async def make_account(request: Request, body: NewAccount) -> Response:
    """An account by invitation, signed in at once. A parent's child shows when the school has confirmed."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    offer = await _offer(request, body.code)
    if offer.kind == InvitationKind.RESET or (body.parent is None) == (offer.kind == InvitationKind.GUARDIAN):
        raise Invalid("missing" if body.parent is None else "invalid", "/parent")
    names = (body.parent.given_name, body.parent.family_name) if body.parent else ()
    password = body.password.get_secret_value()
    claiming.check_new_password(password, "/password", body.username, *names, *offer.names)
    password_hash = await hash_password(password)
    async with claiming.about(database, offer.selector) as session:
        person_id = await claiming.make_account(
            session, offer, body.parent, body.username, password_hash, body.locale, clock.now()
        )
        token, lifetime = await _come_in(request, session, person_id, body.device)
    return await welcome(request, token, lifetime, body.device, clock.now(), clock.today())


@router.post("/passwords", status_code=201, response_model=Welcome, responses=problems(410, 422, 429))
async def renew_password(request: Request, body: NewPasswordByCode) -> Response:
    """A new password with a code of the school, signed in at once; all other sessions end."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    offer = await _offer(request, body.code)
    if offer.kind != InvitationKind.RESET:
        raise Invalid("invalid", "/code")
    password = body.password.get_secret_value()
    claiming.check_new_password(password, "/password", *offer.names)
    password_hash = await hash_password(password)
    async with claiming.about(database, offer.selector) as session:
        person_id = await claiming.renew_password(session, offer, password_hash, clock.now())
        token, lifetime = await _come_in(request, session, person_id, body.device)
    return await welcome(request, token, lifetime, body.device, clock.now(), clock.today())


@router.post("/me/children", status_code=204, responses=problems(401, 409, 410, 422, 429))
async def add_child(request: Request, body: ChildAdded) -> None:
    """Another child for one's own account; it shows when the school has confirmed."""
    async with signed_in(request):
        pass  # who is not signed in is told so before the code is looked at
    offer = await _offer(request, body.code)
    if offer.kind != InvitationKind.GUARDIAN:
        raise Invalid("invalid", "/code")
    async with signed_in(request) as tx:
        await claiming.add_child(tx.session, offer, tx.viewer, body.relation, tx.now)


async def _come_in(request: Request, session: AsyncSession, person_id: UUID, device: Device) -> tuple[str, Lifetime]:
    clock: Clock = request.app.state.clock
    label = device_label(request.headers.get("user-agent", ""))
    earlier = earlier_session(request)
    return await open_session(session, person_id, device, label, earlier, clock.now(), clock.today())


# --- the school's side --------------------------------------------------------------------------------


@router.get("/schools/{school_id}/parents", response_model=ParentsPage, responses=problems(401, 404, 422))
async def read_parents(request: Request, school_id: UUID) -> Response:
    """An admin's school and its parents, in counts."""
    settings: Settings = request.app.state.settings
    return await page(request, PARENTS, school_id=school_id, mail=settings.mails)


@router.get("/groups/{group_id}/letters", response_model=LettersPage, responses=problems(401, 404, 422))
async def read_letters(request: Request, group_id: UUID) -> Response:
    """The pupils of a group, with the letters that are open for their parents."""
    return await page(request, LETTERS, group_id=group_id)


@router.get("/schools/{school_id}/guardianships", response_model=LinkPage, responses=problems(400, 401, 404, 422))
async def list_links(
    request: Request,
    school_id: UUID,
    state: GuardianshipState,
    query: Annotated[str, Query(max_length=100, description="parts of names, of the parent or the pupil")] = "",
    limit: Annotated[int, Query(ge=1, le=100, description="items on a page")] = 20,
    cursor: Annotated[str | None, Query(max_length=500, description="from `nextCursor` or the Link header")] = None,
) -> Response:
    """Who is whose parent at this school: claimed and waiting, confirmed, or ended; newest first."""
    after = cursor_key(cursor, after_time=moment, after_id=UUID)
    words = "^" + "".join(f"(?=.* {re.escape(word)})" for word in fold(query).split())
    return await page(request, LINKS, school_id=school_id, state=state.value, words=words, limit=limit, **after)


@router.post(
    "/schools/{school_id}/letters",
    response_class=Response,
    responses={**_PDF, **problems(401, 404, 422)},
)
async def make_letters(request: Request, school_id: UUID, body: LettersAsked) -> Response:
    """Letters for parents as a file to print, a page each. It is never kept: of the codes there are hashes."""
    async with signed_in(request) as tx:
        await by_school.require_pupils(tx, school_id, body.pupil_ids)
    codes = await new_codes(len(body.pupil_ids) * body.homes)
    async with signed_in(request) as tx:
        letters = await by_school.letters_for_parents(tx, school_id, body.pupil_ids, body.homes, body.replace, codes)
    return await _printed(request, letters)


@router.post(
    "/schools/{school_id}/account-letters",
    response_class=Response,
    responses={**_PDF, **problems(401, 404, 422)},
)
async def make_account_letter(request: Request, school_id: UUID, body: AccountLetterAsked) -> Response:
    """A letter with a code for an account, or for a new password."""
    async with signed_in(request) as tx:
        letter = await by_school.account_letter(tx, school_id, body.person_id)
    return await _printed(request, [letter])


async def _printed(request: Request, letters: list[by_school.NewLetter]) -> Response:
    settings: Settings = request.app.state.settings
    clock: Clock = request.app.state.clock
    from app.access.invitations.actions.letter import letters_pdf  # large, and needed now and then

    printed = await run_in_threadpool(letters_pdf, letters, settings.origin, clock.now())
    return Response(printed, media_type="application/pdf")


@router.post("/schools/{school_id}/mailed-invitations", status_code=204, responses=problems(401, 404, 409, 422))
async def mail_code(request: Request, school_id: UUID, body: MailAsked, tx: Write) -> None:
    """Sends a code by mail; the worker makes it when it goes. Only where mail is set up."""
    settings: Settings = request.app.state.settings
    invitation_id = await by_school.mailed_invitation(tx, school_id, body.person_id, body.to)
    if not settings.mails:
        raise Conflict("no_mail")
    await enqueue(tx.session, mail_invitation, invitation_id=str(invitation_id))


@router.delete("/invitations/{invitation_id}", status_code=204, responses=problems(401, 404, 422))
async def withdraw_invitation(invitation_id: UUID, tx: Write) -> None:
    """A code that is open stops working."""
    await by_school.withdraw(tx, invitation_id)


@router.put("/guardianships/{guardianship_id}/decision", status_code=204, responses=problems(401, 403, 404, 422))
async def decide(guardianship_id: UUID, body: Decision, tx: Write) -> None:
    """What the school says of a link: confirmed with, with limited or without custody, ended, or waiting again."""
    await by_school.decide(tx, guardianship_id, body)
