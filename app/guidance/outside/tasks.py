"""Mail to somebody outside, and forgetting their address. Secrets are made when the mail goes."""

import asyncio
import logging
import secrets
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.actions import hash_of
from app.guidance.outside.codes import code_hash, new_code
from app.guidance.outside.letters import letter, plain
from app.guidance.outside.models import AnswerState, OutsideAnswer, OutsideLink, OutsideSession
from app.guidance.outside.policy import FORGOTTEN_AFTER
from app.people.models import Person, Placement, School
from app.platform.clock import AMSTERDAM, system_clock
from app.platform.jobs import RETRY, jobs, tools
from app.platform.mail import send_mail
from app.platform.settings import Settings
from app.portfolio.models import OPEN_STATES, Entry, Ring

log = logging.getLogger(__name__)

_REFUSED_FOR_GOOD = 500
_KEPT_SESSIONS = timedelta(days=1)


@jobs.task(name="mail_outside_link", retry=RETRY, pass_context=True)
async def mail_outside_link(context: JobContext, link_id: str, again: bool) -> None:
    """Sends a link with a new secret; the one before stops working. Without `again` only where none was sent yet.

    Consent is asked once more here: a yes may have been taken back since, and the story be a draft again.
    """
    settings, token = tools(context).settings, secrets.token_urlsafe(32)
    link = OutsideLink.id == UUID(link_id)
    async with tools(context).sessions.begin() as session:
        row = (
            await session.execute(
                select(OutsideLink.mail_to, OutsideLink.locale, OutsideLink.who, OutsideLink.expires_at,
                       OutsideLink.mailed_at, Person.given_name, School.name)
                .join(Person, Person.id == OutsideLink.pupil_id)
                .join(Entry, Entry.id == OutsideLink.entry_id)
                .join(Placement, Placement.id == Entry.placement_id)
                .join(School, School.id == Placement.school_id)
                .where(link, OutsideLink.ended_at.is_(None), OutsideLink.mail_to.is_not(None),
                       Entry.state.in_(OPEN_STATES), Entry.ring >= Ring.SCHOOL,
                       func.outside_allowed(OutsideLink.id, system_clock.today()))
                .with_for_update(of=OutsideLink)
            )
        ).first()  # fmt: skip
        if row is None or (row.mailed_at is not None and not again):
            return
        await session.execute(update(OutsideLink).where(link).values(token_hash=hash_of(token)))
    subject, text = letter(
        row.locale,
        "link",
        name=row.given_name,
        school=row.name,
        who=plain(row.who),
        address=f"{settings.origin}/buiten?taal={row.locale}#{token}",
        day=f"{row.expires_at.astimezone(AMSTERDAM):%d-%m-%Y}",
    )
    arrived = await _sent(settings, row.mail_to, subject, text)
    async with tools(context).sessions.begin() as session:
        await _note(session, UUID(link_id), arrived)


@jobs.task(name="mail_outside_code", retry=RETRY, pass_context=True)
async def mail_outside_code(context: JobContext, session_id: str) -> None:
    """Sends a code for one browser; run again, the code of the last mail is the one that works."""
    settings, code = tools(context).settings, new_code()
    pepper = settings.pin_pepper.get_secret_value()
    async with tools(context).sessions.begin() as session:
        row = (
            await session.execute(
                select(OutsideSession.token_hash, OutsideLink.id, OutsideLink.mail_to, OutsideLink.locale)
                .join(OutsideLink, OutsideLink.id == OutsideSession.link_id)
                .where(
                    OutsideSession.id == UUID(session_id),
                    OutsideSession.opened_at.is_(None),
                    OutsideLink.ended_at.is_(None),
                    OutsideLink.mail_to.is_not(None),
                )
            )
        ).first()
        if row is None:
            return
        hashed = code_hash(pepper, row.token_hash, code)
        mine = update(OutsideSession).where(OutsideSession.id == UUID(session_id))
        await session.execute(mine.values(code_hash=hashed))
    subject, text = letter(row.locale, "code", code=code)
    if not await _sent(settings, row.mail_to, subject, text):
        async with tools(context).sessions.begin() as session:
            await session.execute(
                update(OutsideLink).where(OutsideLink.id == row.id).values(bounced_at=system_clock.now())
            )


@jobs.periodic(cron="41 3 * * *")
@jobs.task(name="forget_outside", queueing_lock="forget_outside", retry=RETRY, pass_context=True)
async def forget_outside(context: JobContext, timestamp: int) -> None:
    """Every night: addresses of links that ended two weeks ago (four where an answer still waits), and old sessions."""
    now = system_clock.now()
    waits = exists().where(OutsideAnswer.link_id == OutsideLink.id, OutsideAnswer.state == AnswerState.SENT.value)
    over = or_(
        OutsideLink.ended_at < now - FORGOTTEN_AFTER,
        and_(OutsideLink.expires_at < now - FORGOTTEN_AFTER, ~waits),
        OutsideLink.expires_at < now - 2 * FORGOTTEN_AFTER,
    )
    gone = update(OutsideLink).where(OutsideLink.mail_to.is_not(None), over)
    async with tools(context).sessions.begin() as session:
        forgotten = (await session.scalars(gone.values(mail_to=None).returning(OutsideLink.id))).all()
        await session.execute(delete(OutsideSession).where(OutsideSession.expires_at < now - _KEPT_SESSIONS))
    if forgotten:
        log.info("forgot %s addresses from outside", len(forgotten))


async def _sent(settings: Settings, to: str, subject: str, text: str) -> bool:
    """Whether the mail server took it; False where it says that this address does not exist. Else it is tried again."""
    try:
        await asyncio.to_thread(send_mail, settings, to, subject, text)
    except SMTPRecipientsRefused as refused:
        if all(code >= _REFUSED_FOR_GOOD for code, _ in refused.recipients.values()):
            return False
        raise
    except SMTPResponseException as refused:
        if refused.smtp_code >= _REFUSED_FOR_GOOD:
            return False
        raise
    return True


async def _note(session: AsyncSession, link_id: UUID, arrived: bool) -> None:
    now = system_clock.now()
    values = {"mailed_at": now, "bounced_at": None} if arrived else {"bounced_at": now}
    await session.execute(update(OutsideLink).where(OutsideLink.id == link_id).values(**values))
