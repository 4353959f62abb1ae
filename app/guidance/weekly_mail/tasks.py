"""Mail in the background: the code for an address, and the weekly mails."""

import asyncio
import hashlib
import logging
import secrets
import smtplib
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.guidance.weekly_mail import sending
from app.guidance.weekly_mail.letter import code_letter
from app.guidance.weekly_mail.models import MailAddress
from app.people.models import Person
from app.platform.jobs import RETRY, enqueue, jobs, tools
from app.platform.mail import send_mail

log = logging.getLogger(__name__)

CODE_GOOD_FOR = timedelta(hours=24)


@jobs.task(name="mail_code", retry=RETRY, pass_context=True)
async def mail_code(context: JobContext, person_id: str, now: str) -> None:
    """Makes a code and mails it to the address that waits for one. Run again, the code of the last mail is good."""
    settings = tools(context).settings
    code = f"{secrets.randbelow(10**8):08}"
    async with tools(context).sessions.begin() as session:
        found = (
            await session.execute(
                select(MailAddress, Person.locale)
                .join(Person, Person.id == MailAddress.person_id)
                .where(MailAddress.person_id == UUID(person_id), MailAddress.pending.is_not(None))
                # Until the code is kept no other address takes its place: it would be good with a code sent elsewhere.
                .with_for_update(of=MailAddress)
            )
        ).one_or_none()
        if found is None:
            return
        address, locale = found
        address.code_hash = hashlib.sha256(f"{person_id}{code}".encode()).digest()
        address.code_until = datetime.fromisoformat(now) + CODE_GOOD_FOR
        to = str(address.pending)
    letter = code_letter(locale, f"{code[:4]} {code[4:]}")
    try:
        await asyncio.to_thread(send_mail, settings, to, letter.subject, letter.text, letter.html)
    except smtplib.SMTPRecipientsRefused as error:
        if sending.no_such_address(error) is None:
            raise


@jobs.periodic(cron="5 * * * *")
@jobs.task(name="plan_weekly_mails", queueing_lock="plan_weekly_mails", retry=RETRY, pass_context=True)
async def plan_weekly_mails(context: JobContext, timestamp: int) -> None:
    """Every hour: on Friday afternoon, outside school holidays, the mails of that week."""
    now = datetime.fromtimestamp(timestamp, UTC)
    friday = sending.due_on(now)
    if friday is None or not tools(context).settings.mails:
        return
    async with tools(context).sessions.begin() as session:
        await plan(session, friday, now)


async def plan(session: AsyncSession, friday: date, now: datetime) -> None:
    """A job for each mail that was not planned yet, in the same transaction."""
    await sending.forget_old(session, friday)
    for person_id in await sending.plan(session, friday, now):
        await enqueue(
            session, send_weekly_mail, person_id=str(person_id), friday=friday.isoformat(), now=now.isoformat()
        )


@jobs.task(name="send_weekly_mail", retry=RETRY, pass_context=True)
async def send_weekly_mail(context: JobContext, person_id: str, friday: str, now: str) -> None:
    """One mail. Where the server is away or busy the queue tries again; a refused address is counted."""
    at_hand, whose, day, moment = (
        tools(context),
        UUID(person_id),
        date.fromisoformat(friday),
        datetime.fromisoformat(now),
    )
    async with at_hand.sessions.begin() as session:
        mail = await sending.begin(session, whose, day, moment, at_hand.settings.origin)
    if mail is None:
        return
    try:
        await asyncio.to_thread(
            send_mail,
            at_hand.settings,
            mail.to,
            mail.letter.subject,
            mail.letter.text,
            mail.letter.html,
            mail.headers,
        )
    except OSError as error:  # smtplib's own are OSErrors as well
        answer = sending.no_such_address(error)
        async with at_hand.sessions.begin() as session:
            if answer is not None:
                await sending.refused(session, whose, day, answer, moment)
            elif sending.surely_not_sent(error):
                await sending.put_back(session, whose, day, sending.answer_of(error))
        if answer is None:
            raise
        log.warning("a weekly mail was refused with %s", answer)
        return
    async with at_hand.sessions.begin() as session:
        await sending.sent(session, whose, day)
