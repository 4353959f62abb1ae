"""Talks are planned, moved, called off, put on again, and held."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import any_, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from app.guidance.conversations.actions.standing import (
    lock,
    require_open,
    require_version,
    see,
    teaches,
)
from app.guidance.conversations.models import (
    Conversation,
    ConversationState,
)
from app.guidance.conversations.policy import state_of, talk_partners
from app.guidance.conversations.schemas import (
    ConversationContent,
    ConversationReceipt,
)
from app.people.models import Placement
from app.people.projections import runs
from app.platform.db import Transaction
from app.platform.errors import (
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    PreconditionNeeded,
)
from app.platform.ids import check_client_id
from app.portfolio.policy import sight_of

AHEAD = timedelta(days=400)
"""So far ahead a talk is planned."""

MAX_ASKED = 10
"""Talks to come that a pupil asked for: more would fill the days of a mentor."""

_PLANNED = ("kind", "on_day", "at_time", "minutes", "place", "held_with", "with_home")


async def put(
    tx: Transaction, conversation_id: UUID, content: ConversationContent, if_match: str | None
) -> tuple[ConversationReceipt, bool]:
    """Plans a talk, or changes what was planned from the version one had. Returns whether it is new, too.

    Raises NotFound (404), NotAllowed (403) for a pupil with what staff planned, Conflict and AlreadyDifferent (409),
    VersionConflict (412), Invalid (422).
    """
    if if_match is None:
        return await _plan(tx, conversation_id, content)
    talk = await _change(tx, conversation_id)
    if any(getattr(talk, name) != getattr(content, name) for name in _PLANNED) or talk.pupil_id != content.pupil_id:
        require_version(talk.version, if_match)
        require_open(talk)
        if talk.pupil_id != content.pupil_id:
            raise Invalid("other_pupil", "/pupilId")
        _check_day(tx, content, talk)
        if content.held_with != talk.held_with:
            await _require_partner(tx, talk.placement_id, content.held_with)
        if (talk.on_day, talk.at_time) != (content.on_day, content.at_time):
            talk.was_on_day, talk.was_at_time = talk.on_day, talk.at_time
        for name in _PLANNED:
            setattr(talk, name, getattr(content, name))
        await _touch(tx, talk)
    return await _receipt(tx, talk), False


async def move(
    tx: Transaction, conversation_id: UUID, state: ConversationState, if_match: str | None
) -> ConversationReceipt:
    """Called off, on again, or held; the same again is harmless.

    Raises NotFound (404), NotAllowed (403), Conflict (409) where a record is there, VersionConflict (412),
    PreconditionNeeded (428).
    """
    talk = await _change(tx, conversation_id)
    is_now = (
        ConversationState.CANCELLED
        if talk.cancelled_at is not None
        else ConversationState.HELD
        if talk.held_at is not None
        else ConversationState.PLANNED
    )
    if is_now != state:
        if if_match is None:
            raise PreconditionNeeded
        require_version(talk.version, if_match)
        if talk.record_version > 0:
            raise Conflict("talk_held")
        if talk.pupil_id == tx.viewer and ConversationState.HELD in (state, is_now):
            raise NotAllowed
        if {state, is_now} == {ConversationState.HELD, ConversationState.CANCELLED}:
            raise Conflict("wrong_state")
        talk.cancelled_at = tx.now if state is ConversationState.CANCELLED else None
        talk.held_at = tx.now if state is ConversationState.HELD else None
        await _touch(tx, talk)
    return await _receipt(tx, talk)


async def _plan(
    tx: Transaction, conversation_id: UUID, content: ConversationContent
) -> tuple[ConversationReceipt, bool]:
    before = await tx.session.scalar(select(Conversation).where(Conversation.id == conversation_id))
    if before is not None:
        return await _same(tx, before, content), False
    placement_id = await _placement_of(tx, content)
    check_client_id(conversation_id, tx.now, "/id")
    _check_day(tx, content, None)
    if content.pupil_id == tx.viewer:
        await _require_room(tx)
    values = {name: getattr(content, name) for name in _PLANNED}
    values |= {"pupil_id": content.pupil_id, "placement_id": placement_id, "planned_by": tx.viewer}
    values |= {"made_at": tx.now, "changed_at": tx.now, "changed_by": tx.viewer, "changed_on": tx.today, "version": 1}
    making = insert(Conversation).values(id=conversation_id, **values).on_conflict_do_nothing()
    made = await tx.session.scalar(making.returning(Conversation))
    if made is not None:
        return await _receipt(tx, made), True
    # Made between the two looks: by a second tap, or it is somebody else's.
    before = await tx.session.scalar(select(Conversation).where(Conversation.id == conversation_id))
    if before is None:
        raise AlreadyDifferent
    return await _same(tx, before, content), False


async def _require_room(tx: Transaction) -> None:
    # One at a time for one pupil: two tabs do not ask for the eleventh together.
    await tx.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('conversation ' || cast(:pupil as text), 0))"),
        {"pupil": tx.viewer},
    )
    asked = (Conversation.pupil_id == tx.viewer, Conversation.planned_by == tx.viewer)
    to_come = (Conversation.on_day >= tx.today, Conversation.held_at.is_(None), Conversation.cancelled_at.is_(None))
    count = select(func.count()).select_from(Conversation).where(*asked, *to_come)
    if (await tx.session.scalar(count) or 0) >= MAX_ASKED:
        raise Conflict("too_many_talks")


async def _same(tx: Transaction, before: Conversation, content: ConversationContent) -> ConversationReceipt:
    planned = {"pupil_id": content.pupil_id} | {name: getattr(content, name) for name in _PLANNED}
    if before.planned_by != tx.viewer or any(getattr(before, name) != value for name, value in planned.items()):
        raise AlreadyDifferent
    return await _receipt(tx, before)


async def _placement_of(tx: Transaction, content: ConversationContent) -> UUID:
    """The pupil's placement at the school of whom the talk is with, where one may plan for this pupil."""
    sight = sight_of(tx.viewer, tx.today)
    own = Placement.pupil_id == tx.viewer
    known = select(Placement.id).where(
        Placement.pupil_id == content.pupil_id, runs(Placement, tx.today), or_(own, Placement.id == any_(sight.running))
    )
    placements = (await tx.session.scalars(known)).all()
    if not placements:
        raise NotFound
    for placement_id in placements:
        if await _is_partner(tx, placement_id, content.held_with):
            return placement_id
    raise Invalid("no_partner", "/heldWith")


async def _is_partner(tx: Transaction, placement_id: UUID, person_id: UUID) -> bool:
    found = talk_partners(placement_id, tx.today)
    with_them = select(found.c.person_id).where(found.c.person_id == person_id)
    return await tx.session.scalar(with_them) is not None


async def _require_partner(tx: Transaction, placement_id: UUID, person_id: UUID) -> None:
    if not await _is_partner(tx, placement_id, person_id):
        raise Invalid("no_partner", "/heldWith")


def _check_day(tx: Transaction, content: ConversationContent, before: Conversation | None) -> None:
    if before is not None and before.on_day == content.on_day:
        return
    if content.on_day < tx.today:
        raise Invalid("day_passed", "/onDay")
    if content.on_day > tx.today + AHEAD:
        raise Invalid("too_far_ahead", "/onDay")


async def _change(tx: Transaction, conversation_id: UUID) -> Conversation:
    """A talk that this person may plan, locked. Raises NotFound (404), NotAllowed (403)."""
    talk = await see(tx, conversation_id)
    if talk.pupil_id == tx.viewer:
        if talk.planned_by != tx.viewer:
            raise NotAllowed
    elif not await teaches(tx, talk):
        raise NotAllowed
    return await lock(tx, talk)


async def _touch(tx: Transaction, talk: Conversation) -> None:
    talk.version += 1
    talk.changed_at, talk.changed_by, talk.changed_on = tx.now, tx.viewer, tx.today
    await tx.session.flush()


async def _receipt(tx: Transaction, talk: Conversation) -> ConversationReceipt:
    found = await tx.session.scalars(select(state_of()).where(Conversation.id == talk.id))
    return ConversationReceipt(id=talk.id, state=ConversationState(found.one()), version=talk.version)
