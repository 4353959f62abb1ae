"""The pupil asks somebody outside, mails again, withdraws, and decides about the answer; mentor and parent agree."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.access.actions import count_tries, in_turn
from app.guidance.outside.models import AnswerState, EndReason, OutsideConsent, OutsideLink
from app.guidance.outside.policy import (
    ALONE_FROM,
    ASKS_A_DAY,
    FROM_AGE,
    MAILS_A_DAY,
    MAX_OPEN,
    TEXT_VERSION,
    allowed,
    own_side,
)
from app.guidance.outside.schemas import Decided, DecisionReceipt, LinkAsked, LinkReceipt, RequestAnswer
from app.guidance.outside.tasks import mail_outside_link
from app.people.models import Person
from app.platform.db import Transaction
from app.platform.errors import (
    AgeRule,
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotFound,
    PreconditionNeeded,
    TooManyRequests,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.platform.jobs import enqueue
from app.portfolio.law import years_old
from app.portfolio.models import OPEN_STATES, Entry
from app.reference.codes import Kind

_DAY = timedelta(days=1)


async def ask(tx: Transaction, link_id: UUID, asked: LinkAsked, mails: bool) -> tuple[LinkReceipt, bool]:
    """Asks somebody about an own experience; from 16 on the mail goes at once. Returns whether it is new, too.

    Raises NotFound (404), AgeRule (403) under 12, Conflict and AlreadyDifferent (409), Invalid (422),
    TooManyRequests (429).
    """
    before = await _same(tx, link_id, asked)
    if before is not None:
        return before, False
    check_client_id(link_id, tx.now, "/id")
    entry = await tx.session.scalar(select(Entry).where(Entry.id == asked.entry_id, Entry.pupil_id == tx.viewer))
    if entry is None:
        raise NotFound
    age = await _age(tx, tx.viewer)
    if age < FROM_AGE:
        raise AgeRule
    if entry.kind != Kind.EXPERIENCE:
        raise Invalid("no_experience", "/entryId")
    if entry.state not in OPEN_STATES:
        raise Conflict("wrong_state")
    if not mails:
        raise Conflict("outside_no_mail")
    await _require_room(tx)
    values: dict[str, Any] = {
        "id": link_id,
        "pupil_id": tx.viewer,
        "mail_to": asked.to,
        "asked_at": tx.now,
        "expires_at": tx.now + timedelta(days=asked.days),
        **_shown(asked),
    }
    made = await tx.session.scalar(
        insert(OutsideLink).values(values).on_conflict_do_nothing().returning(OutsideLink.id)
    )
    if made is None:
        raise AlreadyDifferent
    going = age >= ALONE_FROM
    if going:
        await enqueue(tx.session, mail_outside_link, link_id=str(link_id), again=False)
    return LinkReceipt(id=link_id, going=going), True


def _shown(asked: LinkAsked) -> dict[str, Any]:
    return {
        "entry_id": asked.entry_id,
        "who": asked.who,
        "locale": asked.language,
        "shown_answers": sorted(set(asked.shown_answers)),
        "shows_logbook": asked.shows_logbook,
    }


async def _same(tx: Transaction, link_id: UUID, asked: LinkAsked) -> LinkReceipt | None:
    """The answer once more. Raises AlreadyDifferent (409) where the id was for something else."""
    own = (OutsideLink.id == link_id, OutsideLink.pupil_id == tx.viewer)
    link = await tx.session.scalar(select(OutsideLink).where(*own))
    if link is None:
        return None
    address = await tx.session.scalar(select(func.outside_address(link_id)))
    days = (link.expires_at - link.asked_at).days
    if (address, days) != (asked.to, asked.days) or any(
        getattr(link, name) != value for name, value in _shown(asked).items()
    ):
        raise AlreadyDifferent
    going = bool(await tx.session.scalar(select(allowed(tx.today)).where(*own)))
    return LinkReceipt(id=link_id, going=going)


async def _age(tx: Transaction, pupil: UUID) -> int:
    """Whole years; a child whose birthday is unknown counts as young."""
    born = await tx.session.scalar(select(Person.birth_date).where(Person.id == pupil))
    return years_old(born, tx.today) if born else 0


async def _require_room(tx: Transaction) -> None:
    # One at a time for one pupil: two tabs do not make the eleventh together.
    await in_turn(tx.session, [tx.viewer])
    is_open = (OutsideLink.pupil_id == tx.viewer, OutsideLink.ended_at.is_(None), OutsideLink.expires_at > tx.now)
    if (await tx.session.scalar(select(func.count()).select_from(OutsideLink).where(*is_open)) or 0) >= MAX_OPEN:
        raise Conflict("too_many_links")
    await _count(tx, f"outside-asks:{tx.viewer}", ASKS_A_DAY)


async def _count(tx: Transaction, subject: str, limit: int) -> None:
    if wait := await count_tries(tx.session, {subject: limit}, tx.now, every=_DAY):
        raise TooManyRequests(wait)


async def mail_again(tx: Transaction, link_id: UUID, mails: bool) -> None:
    """Mails a link anew; the one that was mailed before stops working.

    Raises NotFound (404), Conflict (409) where it ended or may not go, TooManyRequests (429).
    """
    own = (OutsideLink.id == link_id, OutsideLink.pupil_id == tx.viewer)
    row = (
        await tx.session.execute(select(OutsideLink.ended_at, OutsideLink.expires_at, allowed(tx.today)).where(*own))
    ).first()
    if row is None:
        raise NotFound
    ended_at, expires_at, goes = row
    if ended_at is not None or expires_at <= tx.now or not goes:
        raise Conflict("wrong_state")
    if not mails:
        raise Conflict("outside_no_mail")
    await _count(tx, f"outside-mails:{link_id}", MAILS_A_DAY)
    await enqueue(tx.session, mail_outside_link, link_id=str(link_id), again=True)


async def withdraw(tx: Transaction, link_id: UUID) -> None:
    """The link opens nothing from now on; again is harmless. Raises NotFound (404)."""
    own = (OutsideLink.id == link_id, OutsideLink.pupil_id == tx.viewer)
    if await tx.session.scalar(select(OutsideLink.id).where(*own)) is None:
        raise NotFound
    ends = update(OutsideLink).where(*own, OutsideLink.ended_at.is_(None))
    await tx.session.execute(ends.values(ended_at=tx.now, end_reason=EndReason.WITHDRAWN.value))


async def consent(tx: Transaction, link_id: UUID, given: RequestAnswer) -> None:
    """A mentor or a parent says yes or no, also later again. With both the mail goes; a no ends the link.

    Raises NotFound (404), also from the pupil's 16th birthday on; Conflict (409) where the link ended or the text is
    another.
    """
    side = await tx.session.scalar(select(own_side(link_id)))
    if side is None:
        raise NotFound
    if given.version != TEXT_VERSION:
        raise Conflict("text_changed")
    # Of two who say yes at the same moment the second sees the first: the mail goes once, and it goes.
    await in_turn(tx.session, [link_id])
    link = (await tx.session.execute(select(OutsideLink).where(OutsideLink.id == link_id))).scalar_one_or_none()
    if link is None:
        raise NotFound
    if link.ended_at is not None or link.expires_at <= tx.now:
        raise Conflict("wrong_state")
    goes = select(func.outside_allowed(link_id, tx.today))
    went = await tx.session.scalar(goes)
    said = {"answer": given.answer, "version": given.version, "answered_at": tx.now}
    await tx.session.execute(
        insert(OutsideConsent)
        .values(link_id=link_id, person_id=tx.viewer, side=side, **said)
        .on_conflict_do_update(index_elements=["link_id", "person_id"], set_=said)
    )
    if given.answer == "no":
        ends = update(OutsideLink).where(OutsideLink.id == link_id, OutsideLink.ended_at.is_(None))
        await tx.session.execute(ends.values(ended_at=tx.now, end_reason=EndReason.REFUSED.value))
    elif link.mailed_at is None and not went and await tx.session.scalar(goes):
        await enqueue(tx.session, mail_outside_link, link_id=str(link_id), again=False)


_DECIDE = text("select done, now_version from outside_decide(:link, :seen, :decision, :tell, :now)")


async def decide(tx: Transaction, link_id: UUID, decided: Decided, if_match: str | None) -> DecisionReceipt:
    """The pupil takes an answer in, thanks and leaves it out, or does not want it; one may think again.

    Raises NotFound (404), VersionConflict (412) where it was changed since it was read, PreconditionNeeded (428).
    """
    if if_match is None:
        raise PreconditionNeeded
    figures = if_match.strip().strip('"')
    seen = int(figures) if figures.isascii() and figures.isdigit() and len(figures) < 10 else 0
    values = {
        "link": link_id,
        "seen": seen,
        "decision": decided.decision.value,
        "tell": decided.tell_mentor,
        "now": tx.now,
    }
    done, version = (await tx.session.execute(_DECIDE, values)).one()
    if version is None:
        raise NotFound
    if not done:
        raise VersionConflict(version)
    return DecisionReceipt(id=link_id, state=AnswerState(decided.decision), version=version)
