"""When weekly mails go, to whom, and what becomes of each. At most one too many after a crash, never a flood."""

import hashlib
import smtplib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import Date, DateTime, case, func, literal, literal_column, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.weekly_mail.actions import token_of
from app.guidance.weekly_mail.letter import Letter, weekly_letter
from app.guidance.weekly_mail.models import MailAddress, WeeklyMail, WeeklyMailState
from app.people.models import Person
from app.platform.clock import AMSTERDAM
from app.reference.catalogue import in_school_holiday

FRIDAY, FROM, UNTIL = 4, time(16), time(20)
"""On Friday from four o'clock; who was missed then, because something was away, gets it before the quiet begins."""
MOST_BOUNCES = 3
"""So many weeks in a row an address may be refused."""
MOST_TRIES = 2
"""So often a mail is handed over without knowing whether it arrived."""
LOOK_BACK = timedelta(days=60)
"""News is never older than that."""
LOG_KEPT = timedelta(days=400)


def due_on(now: datetime) -> date | None:
    """The Friday whose mail is due at this moment, by the clock in The Hague; None otherwise and in school holidays."""
    here = now.astimezone(AMSTERDAM)
    due = here.weekday() == FRIDAY and FROM <= here.time() < UNTIL and not in_school_holiday(here.date())
    return here.date() if due else None


async def plan(session: AsyncSession, friday: date, now: datetime) -> list[UUID]:
    """Notes down for whom there is a mail on this Friday; those who were not there yet."""
    wanted: Any = select(
        MailAddress.person_id,
        literal(friday, Date()),
        literal_column(f"'{WeeklyMailState.WAITING.value}'"),
        literal_column("0"),
        literal(now, DateTime(timezone=True)),
    ).where(MailAddress.weekly, MailAddress.confirmed_at.is_not(None), MailAddress.stopped_at.is_(None))
    made = (
        insert(WeeklyMail)
        .from_select(["person_id", "friday", "state", "tries", "at"], wanted)
        .on_conflict_do_nothing()
        .returning(WeeklyMail.person_id)
    )
    return list(await session.scalars(made))


async def forget_old(session: AsyncSession, friday: date) -> None:
    """The log is kept for a year and a bit."""
    await session.execute(text("delete from weekly_mail where friday < :oldest"), {"oldest": friday - LOG_KEPT})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that is to go now."""

    to: str
    letter: Letter
    headers: dict[str, str]


async def begin(session: AsyncSession, person_id: UUID, friday: date, now: datetime, origin: str) -> Outgoing | None:
    """Takes this mail in hand; None where it went, where there is nothing new, or where it is not wanted (any more)."""
    mail = await session.get(WeeklyMail, (person_id, friday), with_for_update=True)
    if mail is None or mail.state not in (WeeklyMailState.WAITING, WeeklyMailState.SENDING):
        return None
    if mail.tries >= MOST_TRIES:
        mail.state = WeeklyMailState.GIVEN_UP
        return None
    found = (
        await session.execute(
            select(MailAddress.address, MailAddress.off_secret, Person.locale)
            .join(Person, Person.id == MailAddress.person_id)
            .where(
                MailAddress.person_id == person_id,
                MailAddress.weekly,
                MailAddress.confirmed_at.is_not(None),
                MailAddress.stopped_at.is_(None),
            )
        )
    ).one_or_none()
    last = await session.scalar(
        select(func.max(WeeklyMail.at)).where(
            WeeklyMail.person_id == person_id, WeeklyMail.state == WeeklyMailState.SENT, WeeklyMail.friday < friday
        )
    )
    since = max(last, now - LOOK_BACK) if last else now - LOOK_BACK
    told = (
        await session.execute(
            text("select notices, children from news_for(:person, :since, :before, :today)"),
            {"person": person_id, "since": since, "before": now, "today": friday},
        )
    ).one()
    if found is None or not told.notices:
        mail.state = WeeklyMailState.NOTHING
        return None
    mail.state, mail.tries, mail.at = WeeklyMailState.SENDING, mail.tries + 1, now
    token = token_of(found.off_secret)
    letter = weekly_letter(
        found.locale, told.notices, told.children, f"{origin}/berichten", f"{origin}/mail-uit#{token}"
    )
    return Outgoing(str(found.address), letter, _headers(person_id, friday, origin, token))


def _headers(person_id: UUID, friday: date, origin: str, token: str) -> dict[str, str]:
    """The same Message-ID however often it is sent: a mailbox that has it already shows it once."""
    once = hashlib.sha256(f"{person_id} {friday} {token}".encode()).hexdigest()[:40]
    host = urlsplit(origin).hostname or "localhost"
    return {
        "Message-ID": f"<weekly.{once}@{host}>",
        "List-Unsubscribe": f"<{origin}/v1/weekly-mail/{token}/off>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"Talentportfolio <weekly.{host}>",
        "Precedence": "list",
    }


async def sent(session: AsyncSession, person_id: UUID, friday: date) -> None:
    """It went; the address is good."""
    await _settle(session, person_id, friday, WeeklyMailState.SENT)
    await session.execute(
        update(MailAddress)
        .where(MailAddress.person_id == person_id, MailAddress.bounces > 0)
        .values(bounces=0)
        .execution_options(synchronize_session=False)
    )


async def refused(session: AsyncSession, person_id: UUID, friday: date, answer: int, now: datetime) -> None:
    """The server says that there is no such address. After some weeks nothing is sent any more."""
    await _settle(session, person_id, friday, WeeklyMailState.REFUSED, answer=answer)
    await bounced(session, MailAddress.person_id == person_id, now)


async def bounced(session: AsyncSession, whose: ColumnElement[bool], now: datetime, times: int = 1) -> int:
    """Counts that mail came back; stops after some times. How many addresses it was about."""
    counted = MailAddress.bounces + times
    done = await session.scalars(
        update(MailAddress)
        .where(whose, MailAddress.stopped_at.is_(None))
        .values(bounces=counted, stopped_at=case((counted >= MOST_BOUNCES, now)))
        .returning(MailAddress.person_id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


async def bounced_later(session: AsyncSession, addresses: list[str], now: datetime, times: int) -> int:
    """Counts mail that came back afterwards, as an operator tells; how many of these addresses are known here."""
    told = {address.lower() for address in addresses}
    return await bounced(session, func.lower(MailAddress.address).in_(told), now, times)


async def put_back(session: AsyncSession, person_id: UUID, friday: date, answer: int | None) -> None:
    """It surely did not go; the queue tries again later."""
    mail = await session.get_one(WeeklyMail, (person_id, friday), with_for_update=True)
    mail.state, mail.tries, mail.answer = WeeklyMailState.WAITING, mail.tries - 1, answer


async def _settle(
    session: AsyncSession, person_id: UUID, friday: date, state: WeeklyMailState, answer: int | None = None
) -> None:
    await session.execute(
        update(WeeklyMail)
        .where(WeeklyMail.person_id == person_id, WeeklyMail.friday == friday)
        .values(state=state, answer=answer)
        .execution_options(synchronize_session=False)
    )


def no_such_address(error: Exception) -> int | None:
    """The answer of a server that refuses the address for good (5xx to RCPT TO); None for all else.

    What is wrong with our own name, password or sender is no fault of the address.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((answer[0] for answer in error.recipients.values()), default=0)
        return code if code >= 500 else None
    return None


def surely_not_sent(error: Exception) -> bool:
    """Whether a mail that failed so did not go: the server said so, or was not reached."""
    return not isinstance(error, smtplib.SMTPServerDisconnected)


def answer_of(error: Exception) -> int | None:
    """The number that the server answered with, if it did."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((answer[0] for answer in error.recipients.values()), default=None)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None
