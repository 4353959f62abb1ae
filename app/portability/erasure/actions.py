"""Asking that one is forgotten, taking it back, and having put right what a school keeps."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from fastapi import Request
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.access import beside
from app.access.actions import PER_ACCOUNT, count_tries
from app.access.administration.policy import own_schools
from app.access.cards.actions import coming_in
from app.access.models import Session
from app.access.viewer import signed_in, token_hash
from app.platform.clock import Clock
from app.platform.db import Database, Transaction
from app.platform.errors import AlreadyDifferent, Conflict, Invalid, NotAllowed, NotFound, Problem, WrongPin
from app.platform.ids import check_client_id
from app.platform.settings import Settings
from app.portability.erasure.models import AskedAs, Correction, CorrectionState, Erasure, ErasureState
from app.portability.erasure.policy import another_year, data_known, data_school, may_ask_erasure
from app.portability.erasure.retention import TAKE_BACK_DAYS
from app.portability.erasure.schemas import (
    CorrectionAnswer,
    CorrectionAsked,
    CorrectionReceipt,
    ErasureAsked,
    ErasureReceipt,
    Kept,
)

FRESH = timedelta(minutes=10)
"""Who has no password or PIN here shows who they are by having signed in so short ago."""
MOST_OPEN = 10
"""Corrections that wait for an answer, of one person."""
_UNDER_WAY = (ErasureState.ASKED, ErasureState.RUNNING, ErasureState.CLEARING)


@asynccontextmanager
async def shown_again(request: Request, secret: str) -> AsyncIterator[Transaction]:
    """A transaction of who is signed in, who has just shown again who they are: by password, PIN or signing in anew.

    Misses count, and lock, as they do at the door. Raises Invalid (422) for a wrong one, TooManyRequests (429),
    Conflict (409) where who signs in elsewhere has to do that anew.
    """
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    settings: Settings = request.app.state.settings
    now, today = clock.now(), clock.today()
    async with signed_in(request) as tx:
        viewer = tx.viewer
    async with coming_in.at_the_door(database) as session:
        claimed = await beside.claim(session, viewer, secret, now)
    if isinstance(claimed, Conflict) and claimed.code == "no_code_here":
        async with signed_in(request) as tx:
            since = await tx.session.scalar(
                select(func.greatest(Session.created_at, Session.proved_at)).where(
                    Session.token_hash == token_hash(request)
                )
            )
            if since is None or since < now - FRESH:
                raise Conflict("sign_in_anew")
            yield tx
        return
    if isinstance(claimed, Problem):
        raise claimed
    if not secret:
        raise Invalid("missing", "/secret")
    await beside.check(claimed, secret, settings.pin_pepper.get_secret_value())
    async with coming_in.at_the_door(database) as session:
        if claimed.caller is None:
            await count_tries(session, {claimed.subject: PER_ACCOUNT}, now, tries=-1)
        else:
            try:
                await coming_in.let_in(session, claimed.caller, None, now, today)
            except WrongPin as wrong:
                raise Invalid("code_differs", "/secret") from wrong
    async with signed_in(request) as tx:
        yield tx


async def require_may_ask(tx: Transaction, person_id: UUID) -> AskedAs:
    """As what this viewer may ask it. Raises NotFound (404), NotAllowed (403) to who may know of these data."""
    answers = data_school(person_id, tx.today)
    asked_as, known, here = (
        await tx.session.execute(
            select(
                may_ask_erasure(tx.viewer, person_id, tx.today),
                data_known(tx.viewer, person_id, tx.today),
                answers.in_(own_schools(tx.viewer, tx.today)),
            )
        )
    ).one()
    # Of the schools of a pupil it is the one that answers for them: not the one that they left for another.
    if asked_as is None or (asked_as == AskedAs.SCHOOL and not here):
        raise NotAllowed if known else NotFound
    return AskedAs(asked_as)


async def ask(tx: Transaction, erasure_id: UUID, asked: ErasureAsked) -> tuple[ErasureReceipt, bool]:
    """Asks that somebody is forgotten, in seven days; the same again is harmless. Returns whether it is new, too.

    Raises NotFound (404), NotAllowed (403), AlreadyDifferent and Conflict (409) where another one is under way,
    Invalid (422) where a school does not say on whose request.
    """
    asked_as = await require_may_ask(tx, asked.person_id)
    if asked_as is AskedAs.SCHOOL and not asked.why:
        raise Invalid("text_missing", "/why")
    why = asked.why if asked_as is AskedAs.SCHOOL else ""
    known = await tx.session.get(Erasure, erasure_id)
    if known is None:
        check_client_id(erasure_id, tx.now, "/erasureId")
        values = {
            "id": erasure_id,
            "person_id": asked.person_id,
            "school_id": data_school(asked.person_id, tx.today),
            "asked_by": tx.viewer,
            "asked_as": asked_as,
            "why": why,
            "asked_at": tx.now,
            "due_on": tx.today + timedelta(days=TAKE_BACK_DAYS),
        }
        # Two at once: one asks it, the other reads that it was asked.
        made = await tx.session.execute(insert(Erasure).values(values).on_conflict_do_nothing().returning(Erasure.id))
        is_new = made.first() is not None
        known = await tx.session.get(Erasure, erasure_id, populate_existing=True)
        if known is not None and is_new:
            return _receipt(known), True
    if known is None:
        under_way = select(Erasure.id).where(Erasure.person_id == asked.person_id, Erasure.state.in_(_UNDER_WAY))
        raise Conflict("erasure_under_way") if await tx.session.scalar(under_way) else AlreadyDifferent
    if known.person_id != asked.person_id or known.asked_by != tx.viewer:
        raise AlreadyDifferent
    return _receipt(known), False


def _receipt(erasure: Erasure) -> ErasureReceipt:
    return ErasureReceipt(id=erasure.id, state=ErasureState(erasure.state), due_on=erasure.due_on)


async def take_back(tx: Transaction, erasure_id: UUID) -> None:
    """Nothing is erased after all; again is harmless. Raises NotFound (404), Conflict (409) once it has begun."""
    back = (
        update(Erasure)
        .where(Erasure.id == erasure_id, Erasure.state == ErasureState.ASKED)
        .values(state=ErasureState.TAKEN_BACK, taken_back_at=tx.now)
        .returning(Erasure.id)
        .execution_options(synchronize_session=False)
    )
    if await tx.session.scalar(back) is not None:
        return
    state = await tx.session.scalar(select(Erasure.state).where(Erasure.id == erasure_id))
    if state is None:
        raise NotFound
    if state != ErasureState.TAKEN_BACK:
        raise Conflict("erasure_begun")


async def keep_another_year(tx: Transaction, person_id: UUID) -> Kept:
    """Puts the day on which all goes off by a year. Raises NotFound (404), Conflict (409) where it is not near."""
    if not await tx.session.scalar(select(data_known(tx.viewer, person_id, tx.today))):
        raise NotFound
    goes_on = await tx.session.scalar(select(another_year(person_id, tx.today)))
    if goes_on is None:
        raise Conflict("keeping_not_near")
    return Kept(goes_on=goes_on)


async def ask_correction(
    tx: Transaction, correction_id: UUID, asked: CorrectionAsked
) -> tuple[CorrectionReceipt, bool]:
    """Asks the school to put something right; the same again is harmless. Returns whether it is new, too.

    Raises NotFound (404), AlreadyDifferent and Conflict (409) where no school answers or too many wait.
    """
    known, school_id = (
        await tx.session.execute(
            select(data_known(tx.viewer, asked.person_id, tx.today), data_school(asked.person_id, tx.today))
        )
    ).one()
    if not known:
        raise NotFound
    kept = await tx.session.get(Correction, correction_id)
    if kept is None:
        if school_id is None:
            raise Conflict("no_school")
        check_client_id(correction_id, tx.now, "/correctionId")
        waiting = select(func.count()).where(
            Correction.person_id == asked.person_id, Correction.state == CorrectionState.ASKED
        )
        if (await tx.session.scalar(waiting) or 0) >= MOST_OPEN:
            raise Conflict("too_many_corrections")
        values = {
            "id": correction_id,
            "person_id": asked.person_id,
            "school_id": school_id,
            "asked_by": tx.viewer,
            "about": asked.about,
            "said": asked.said,
            "asked_at": tx.now,
        }
        made = insert(Correction).values(values).on_conflict_do_nothing().returning(Correction.id)
        if await tx.session.scalar(made) is not None:
            return CorrectionReceipt(id=correction_id, state=CorrectionState.ASKED), True
        kept = await tx.session.get(Correction, correction_id, populate_existing=True)
    same = kept is not None and (kept.person_id, kept.about, kept.said, kept.asked_by) == (
        asked.person_id, asked.about, asked.said, tx.viewer,
    )  # fmt: skip
    if kept is None or not same:
        raise AlreadyDifferent
    return CorrectionReceipt(id=kept.id, state=CorrectionState(kept.state)), False


async def withdraw_correction(tx: Transaction, correction_id: UUID) -> None:
    """Takes back what one asked. Raises NotFound (404), Conflict (409) once it was answered."""
    own = delete(Correction).where(Correction.id == correction_id, Correction.asked_by == tx.viewer)
    waiting = own.where(Correction.state == CorrectionState.ASKED).returning(Correction.id)
    if await tx.session.scalar(waiting.execution_options(synchronize_session=False)) is not None:
        return
    mine = select(Correction.id).where(Correction.id == correction_id, Correction.asked_by == tx.viewer)
    raise Conflict("wrong_state") if await tx.session.scalar(mine) else NotFound


async def answer_correction(tx: Transaction, school_id: UUID, correction_id: UUID, said: CorrectionAnswer) -> None:
    """The school's answer, once; the same again is harmless.

    Raises NotFound (404), Conflict (409) where it was answered otherwise, NotAllowed (403) for one's own question,
    Invalid (422) where nothing changes and it is not said why.
    """
    here = select(Correction).where(Correction.id == correction_id, Correction.school_id == school_id)
    kept = await tx.session.scalar(here.with_for_update()) or await tx.session.scalar(here)
    administers = func.admin_schools(tx.viewer, tx.today).table_valued("school_id").render_derived()
    own = await tx.session.scalar(select(administers.c.school_id).where(administers.c.school_id == school_id))
    if kept is None or own is None:
        raise NotFound
    if kept.state != CorrectionState.ASKED:
        if (kept.state, kept.answer, kept.answered_by) == (said.outcome, said.answer, tx.viewer):
            return
        raise Conflict("wrong_state")
    if kept.asked_by == tx.viewer:
        raise NotAllowed
    if said.outcome == "not_changed" and not said.answer:
        raise Invalid("text_missing", "/answer")
    kept.state, kept.answer, kept.answered_by, kept.answered_at = said.outcome, said.answer, tx.viewer, tx.now
