"""What others say of an entry, and what the pupil says back. Each word stays with the version it was said of."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from app.access.models import AccessLog
from app.people.models import Person
from app.people.schemas import PersonRef
from app.platform.clock import AMSTERDAM
from app.platform.db import Transaction
from app.platform.errors import AlreadyDifferent, Conflict, NotAllowed, NotFound
from app.platform.ids import check_client_id
from app.portfolio.actions.entries import share_again
from app.portfolio.actions.standing import Standing, hold, reach, require
from app.portfolio.law import Action, can
from app.portfolio.models import Entry, EntryState, Feedback, FeedbackKind, Voice
from app.portfolio.schemas import FeedbackIn, FeedbackOut
from app.reference.codes import ReactionCode

_UNDO = timedelta(minutes=10)


async def mark_seen(tx: Transaction, entry_id: UUID) -> None:
    """The teacher has looked at it; again is harmless.

    Raises NotFound (404), NotAllowed (403), Conflict (409) where it was not opened since it was shared, or where a
    question back waits.
    """
    standing = await hold(tx, entry_id, Action.FEEDBACK)
    entry = standing.entry
    if standing.own:
        raise NotAllowed
    if entry.state == EntryState.SEEN:
        return
    if not can(standing.actor, Action.MARK_SEEN, entry, tx.today):
        raise Conflict("wrong_state")
    if not await _was_opened(tx, entry):
        raise Conflict("not_opened")
    entry.state, entry.seen_at, entry.seen_by, entry.updated_at = EntryState.SEEN, tx.now, tx.viewer, tx.now


async def _was_opened(tx: Transaction, entry: Entry) -> bool:
    # The log keeps the first look of a day, so days are compared and not moments.
    shared_on = entry.shared_at.astimezone(AMSTERDAM).date() if entry.shared_at else entry.changed_on
    opened = exists().where(
        AccessLog.viewer_id == tx.viewer,
        AccessLog.pupil_id == entry.pupil_id,
        AccessLog.entry_id == entry.id,
        AccessLog.on_date >= shared_on,
    )
    return bool(await tx.session.scalar(select(opened)))


async def give(tx: Transaction, entry_id: UUID, said: FeedbackIn) -> FeedbackOut:
    """Says something of the entry as it is now. The same again is answered with what is there.

    Raises NotFound (404), NotAllowed (403), AlreadyDifferent, Conflict (409), Invalid (422).
    """
    check_client_id(said.id, tx.now, "/id")
    standing = await reach(tx, entry_id)
    if earlier := await tx.session.get(Feedback, said.id):
        return await _same(tx, earlier, entry_id, said)
    _ask_law(tx, standing, said.kind)
    entry = standing.entry
    given = await tx.session.scalar(
        insert(Feedback)
        .values(
            id=said.id,
            entry_id=entry.id,
            version=entry.version,
            author_id=tx.viewer,
            voice=_voice(standing, said.kind),
            kind=said.kind,
            text=said.text,
            reaction=said.reaction,
            created_at=tx.now,
        )
        .on_conflict_do_nothing()
        .returning(Feedback)
    )
    if given is None:
        # Sent twice at once by somebody who cannot lock the entry; or the id is somebody else's.
        if (earlier := await tx.session.get(Feedback, said.id)) is None:
            raise AlreadyDifferent
        return await _same(tx, earlier, entry_id, said)
    if said.kind is FeedbackKind.ASK_BACK:
        entry.state, entry.updated_at = EntryState.ASKED_BACK, tx.now
    elif said.kind is FeedbackKind.ANSWER:
        share_again(tx, entry)
    return await _shown(tx, given)


def _ask_law(tx: Transaction, standing: Standing, kind: FeedbackKind) -> None:
    match kind:
        case FeedbackKind.REACTION:
            require(standing, Action.REACT, tx.today)
        case FeedbackKind.ASK_BACK:
            require(standing, Action.ASK_BACK, tx.today)
        case FeedbackKind.COMMENT | FeedbackKind.ANSWER:
            require(standing, Action.FEEDBACK, tx.today)
    if kind is FeedbackKind.ANSWER:
        if not standing.own:
            raise NotAllowed
        if standing.entry.state != EntryState.ASKED_BACK:
            raise Conflict("no_question")


def _voice(standing: Standing, kind: FeedbackKind) -> Voice:
    if standing.own:
        return Voice.PUPIL
    return Voice.HOME if kind is FeedbackKind.REACTION else Voice.SCHOOL


async def _same(tx: Transaction, earlier: Feedback, entry_id: UUID, said: FeedbackIn) -> FeedbackOut:
    first = (earlier.author_id, earlier.entry_id, earlier.kind, earlier.text, earlier.reaction)
    if first != (tx.viewer, entry_id, said.kind, said.text, said.reaction):
        raise AlreadyDifferent
    return await _shown(tx, earlier)


async def _shown(tx: Transaction, given: Feedback) -> FeedbackOut:
    author = await tx.session.get_one(Person, given.author_id)
    return FeedbackOut(
        id=given.id,
        kind=FeedbackKind(given.kind),
        voice=Voice(given.voice),
        author=PersonRef(id=author.id, name=author.name, given_name=author.given_name),
        text=given.text,
        reaction=ReactionCode(given.reaction) if given.reaction else None,
        version=given.version,
        created_at=given.created_at,
        own=True,
    )


async def withdraw(tx: Transaction, feedback_id: UUID) -> None:
    """Takes back one's own words within ten minutes, and what they did to the entry; again is harmless.

    Raises NotFound (404), Conflict (409) when it is too late.
    """
    given = await tx.session.scalar(
        select(Feedback).where(Feedback.id == feedback_id, Feedback.author_id == tx.viewer).with_for_update()
    )
    if given is None:
        raise NotFound
    if given.withdrawn_at:
        return
    if tx.now - given.created_at > _UNDO:
        raise Conflict("too_late")
    given.withdrawn_at = tx.now
    if given.kind in (FeedbackKind.ASK_BACK, FeedbackKind.ANSWER):
        entry = (await hold(tx, given.entry_id, Action.FEEDBACK)).entry
        waits = await _question_waits(tx, entry)
        if waits and given.kind == FeedbackKind.ANSWER and entry.state == EntryState.SHARED:
            entry.state, entry.updated_at = EntryState.ASKED_BACK, tx.now
        elif not waits and entry.state == EntryState.ASKED_BACK:
            entry.state, entry.updated_at = EntryState.SEEN if entry.seen_at else EntryState.SHARED, tx.now


async def _question_waits(tx: Transaction, entry: Entry) -> bool:
    """Whether the last of all questions and answers that stand is a question."""
    last = (
        select(Feedback.kind)
        .where(
            Feedback.entry_id == entry.id,
            Feedback.kind.in_((FeedbackKind.ASK_BACK, FeedbackKind.ANSWER)),
            Feedback.withdrawn_at.is_(None),
        )
        .order_by(Feedback.created_at.desc(), Feedback.id.desc())
        .limit(1)
    )
    return await tx.session.scalar(last) == FeedbackKind.ASK_BACK
