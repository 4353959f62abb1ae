"""Talks are planned, moved, called off and prepared; recorded version by version; and the pupil says akkoord."""

from datetime import timedelta
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import Select, any_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from app.access.reasons.policy import must_say_why
from app.guidance.conversations.models import (
    Conversation,
    ConversationAgreement,
    ConversationRecord,
    ConversationState,
    PrepSheet,
    Way,
)
from app.guidance.conversations.policy import may_see, state_of, talk_partners
from app.guidance.conversations.schemas import (
    AgreementContent,
    AgreementReceipt,
    ConversationContent,
    ConversationReceipt,
    RecordContent,
    RecordReceipt,
    SheetContent,
    SheetReceipt,
    StepReceiptOfTalk,
)
from app.guidance.steps.models import NextStep, Who
from app.guidance.steps.schemas import StepState
from app.people.models import Person, Placement, StaffRole
from app.people.policy import staff_placements
from app.people.projections import runs
from app.platform.db import Transaction
from app.platform.errors import (
    AgeRule,
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    PreconditionNeeded,
    ReasonNeeded,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portfolio.law import TOGETHER_UNTIL, years_old
from app.portfolio.models import Entry, EntryState, Ring
from app.portfolio.policy import sight_of

AHEAD = timedelta(days=400)
"""So far ahead a talk is planned."""

_PLANNED = ("kind", "on_day", "at_time", "minutes", "place", "held_with", "with_home")
_ON_THE_SHEET = ("entry_ids", "found_out", "doubt", "ask", "maybe_next")


# --- planning ---------------------------------------------------------------------------------------


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
        _require_version(talk.version, if_match)
        _require_open(talk)
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
        _require_version(talk.version, if_match)
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
    talk = await _see(tx, conversation_id)
    if talk.pupil_id == tx.viewer:
        if talk.planned_by != tx.viewer:
            raise NotAllowed
    elif not await _teaches(tx, talk):
        raise NotAllowed
    return await _lock(tx, talk)


async def _touch(tx: Transaction, talk: Conversation) -> None:
    talk.version += 1
    talk.changed_at, talk.changed_by, talk.changed_on = tx.now, tx.viewer, tx.today
    await tx.session.flush()


# --- the pupil's sheet ------------------------------------------------------------------------------


async def put_sheet(
    tx: Transaction, conversation_id: UUID, content: SheetContent, if_match: str | None
) -> SheetReceipt:
    """Writes the own sheet, from the version one had; without one where there is none yet. The same again is harmless.

    Raises NotFound (404), Conflict (409) once the talk was held or called off, VersionConflict (412), Invalid (422),
    PreconditionNeeded (428).
    """
    talk = await _own(tx, conversation_id)
    sheet = await tx.session.get(PrepSheet, talk.id, populate_existing=True)
    values: dict[str, Any] = {name: getattr(content, name) for name in _ON_THE_SHEET}
    values["entry_ids"] = await _own_entries(tx, content.entry_ids, sheet)
    if sheet is not None and _is_on(sheet, values, content.ready):
        return SheetReceipt(version=sheet.version, ready_at=sheet.ready_at)
    _require_open(talk)
    if sheet is None:
        values |= {"conversation_id": talk.id, "pupil_id": tx.viewer, "updated_at": tx.now, "version": 1}
        sheet = PrepSheet(**values, ready_at=tx.now if content.ready else None)
        tx.session.add(sheet)
    else:
        if if_match is None:
            raise PreconditionNeeded
        _require_version(sheet.version, if_match)
        for name, value in values.items():
            setattr(sheet, name, value)
        sheet.ready_at = (sheet.ready_at or tx.now) if content.ready else None
        sheet.updated_at, sheet.version = tx.now, sheet.version + 1
    await tx.session.flush()
    return SheetReceipt(version=sheet.version, ready_at=sheet.ready_at)


def _is_on(sheet: PrepSheet, values: dict[str, Any], ready: bool) -> bool:
    return all(getattr(sheet, name) == value for name, value in values.items()) and (
        (sheet.ready_at is not None) == ready
    )


async def _own_entries(tx: Transaction, wanted: list[UUID], sheet: PrepSheet | None) -> list[UUID]:
    """Those of the stories that are the pupil's. What was chosen before and is gone since is left out."""
    mine = select(Entry.id, Entry.state).where(Entry.id.in_(wanted), Entry.pupil_id == tx.viewer)
    states = {row.id: row.state for row in await tx.session.execute(mine)}
    before = set(sheet.entry_ids) if sheet is not None else set()
    for place, entry_id in enumerate(wanted):
        chosen_now = entry_id not in before
        if chosen_now and states.get(entry_id, EntryState.TRASHED) == EntryState.TRASHED:
            raise Invalid("not_own_entry", f"/entryIds/{place}")
    return [entry_id for entry_id in wanted if entry_id in states]


# --- the record -------------------------------------------------------------------------------------


async def put_record(
    tx: Transaction, conversation_id: UUID, content: RecordContent, if_match: str | None
) -> RecordReceipt:
    """Adds a version of the record after the one that one had (`"0"`: none). The same again is harmless.

    Raises NotFound (404), NotAllowed (403), ReasonNeeded (403), Conflict (409), VersionConflict (412), Invalid (422),
    PreconditionNeeded (428).
    """
    talk = await _see(tx, conversation_id)
    own = talk.pupil_id == tx.viewer
    if not own and not await _teaches(tx, talk):
        raise NotAllowed
    talk = await _lock(tx, talk)
    last = await _last_record(tx, talk)
    steps = [step.model_dump(mode="json", by_alias=True) for step in content.steps]
    said = (content.pupil_voice, content.staff_voice, steps)
    if last is not None and (last.pupil_voice, last.staff_voice, last.steps) == said:
        return RecordReceipt(version=last.version, written_at=last.written_at)
    if if_match is None:
        raise PreconditionNeeded
    _require_version(talk.record_version, if_match)
    if talk.cancelled_at is not None:
        raise Conflict("talk_cancelled")
    if own:
        _require_own_voice(talk, last, content, steps)
    else:
        await _check_steps(tx, talk, content)
    record = ConversationRecord(
        conversation_id=talk.id,
        version=talk.record_version + 1,
        pupil_voice=content.pupil_voice,
        staff_voice=content.staff_voice,
        steps=steps,
        written_by=tx.viewer,
        written_at=tx.now,
    )
    tx.session.add(record)
    await tx.session.flush()
    return RecordReceipt(version=record.version, written_at=record.written_at)


def _require_own_voice(
    talk: Conversation, last: ConversationRecord | None, content: RecordContent, steps: list[dict[str, Any]]
) -> None:
    """The pupil writes in the own voice, in what staff began, as long as there is no akkoord on it."""
    if last is None or talk.agreed_version == talk.record_version:
        raise Conflict("wrong_state")
    if (content.staff_voice, steps) != (last.staff_voice, last.steps):
        raise NotAllowed


async def _check_steps(tx: Transaction, talk: Conversation, content: RecordContent) -> None:
    wanted = {step.staff_id for step in content.steps if step.staff_id is not None}
    school = select(Placement.school_id).where(Placement.id == talk.placement_id).scalar_subquery()
    there = select(StaffRole.person_id).where(StaffRole.person_id.in_(wanted), StaffRole.school_id == school)
    known = set(await tx.session.scalars(there))
    ids = {step.id for step in content.steps}
    elsewhere = select(NextStep.id).where(
        NextStep.id.in_(ids), func.coalesce(NextStep.conversation_id != talk.id, True)
    )
    taken = set(await tx.session.scalars(elsewhere))
    for place, step in enumerate(content.steps):
        if step.staff_id is not None and step.staff_id not in known:
            raise Invalid("no_partner", f"/steps/{place}/staffId")
        if step.id in taken:
            raise AlreadyDifferent
        check_client_id(step.id, tx.now, f"/steps/{place}/id")


async def _last_record(tx: Transaction, talk: Conversation) -> ConversationRecord | None:
    last = select(ConversationRecord).where(
        ConversationRecord.conversation_id == talk.id, ConversationRecord.version == talk.record_version
    )
    return await tx.session.scalar(last)


# --- akkoord ----------------------------------------------------------------------------------------


async def agree(
    tx: Transaction, conversation_id: UUID, content: AgreementContent, if_match: str | None, way: Way
) -> AgreementReceipt:
    """The pupil's akkoord on the version of the record in `If-Match`; again it may have other words or reach.

    Raises NotFound (404) for everybody but the pupil, AgeRule (403) below twelve for school alone, Conflict (409)
    where nothing is recorded, VersionConflict (412) where the record changed, PreconditionNeeded (428).
    """
    talk = await _own(tx, conversation_id)
    if talk.record_version == 0:
        raise Conflict("nothing_recorded")
    if if_match is None:
        raise PreconditionNeeded
    _require_version(talk.record_version, if_match)
    pupil = await tx.session.get_one(Person, tx.viewer)
    young = pupil.birth_date is None or years_old(pupil.birth_date, tx.today) < TOGETHER_UNTIL
    if young and content.ring < Ring.HOME:
        raise AgeRule
    key = {"conversation_id": talk.id, "record_version": talk.record_version}
    said = await tx.session.get(ConversationAgreement, tuple(key.values()))
    if said is None:
        said = ConversationAgreement(
            **key, pupil_id=tx.viewer, words=content.words, ring=content.ring, way=way, agreed_at=tx.now
        )
        tx.session.add(said)
    else:
        said.words, said.ring = content.words, content.ring
    await tx.session.flush()
    return AgreementReceipt(record_version=said.record_version, agreed_at=said.agreed_at)


async def pupil_beside(tx: Transaction, conversation_id: UUID, if_match: str | None) -> UUID:
    """Whose akkoord is asked on this screen, where staff may write the record and it is the version in `If-Match`.

    Raises NotFound (404), NotAllowed (403: the pupil too, who says it without), ReasonNeeded (403), Conflict (409),
    VersionConflict (412), PreconditionNeeded (428).
    """
    talk = await _see(tx, conversation_id)
    if talk.pupil_id == tx.viewer or not await _teaches(tx, talk):
        raise NotAllowed
    await _require_reason(tx, talk)
    if talk.record_version == 0:
        raise Conflict("nothing_recorded")
    if if_match is None:
        raise PreconditionNeeded
    _require_version(talk.record_version, if_match)
    return talk.pupil_id


# --- steps of staff ---------------------------------------------------------------------------------


async def move_step(
    tx: Transaction, conversation_id: UUID, step_id: UUID, state: StepState, if_match: str | None
) -> StepReceiptOfTalk:
    """A member of staff did, or let go, a step that is theirs; or brings it back. The same again is harmless.

    Raises NotFound (404), NotAllowed (403) for the step of another, VersionConflict (412), PreconditionNeeded (428).
    """
    talk = await _see(tx, conversation_id)
    if talk.pupil_id == tx.viewer or not await _teaches(tx, talk):
        raise NotFound
    of_talk = select(NextStep).where(NextStep.id == step_id, NextStep.conversation_id == talk.id)
    step = await tx.session.scalar(of_talk)
    if step is None:
        raise NotFound
    if step.who != Who.STAFF or step.staff_id != tx.viewer:
        raise NotAllowed
    step = (await tx.session.scalars(of_talk.with_for_update().execution_options(populate_existing=True))).one()
    is_now = (
        StepState.DONE
        if step.done_at is not None
        else StepState.LET_GO
        if step.let_go_at is not None
        else StepState.OPEN
    )
    if is_now != state:
        if if_match is None:
            raise PreconditionNeeded
        _require_version(step.version, if_match)
        step.done_at = tx.now if state is StepState.DONE else None
        step.let_go_at = tx.now if state is StepState.LET_GO else None
        step.version += 1
        await tx.session.flush()
    return StepReceiptOfTalk(id=step.id, state=state, version=step.version)


# --- the start of each of them ----------------------------------------------------------------------


async def _see(tx: Transaction, conversation_id: UUID) -> Conversation:
    """The talk, if this person may know of it. Raises NotFound (404)."""
    seen: Select[Any] = select(Conversation).where(
        Conversation.id == conversation_id, may_see(sight_of(tx.viewer, tx.today))
    )
    talk = await tx.session.scalar(seen)
    if talk is None:
        raise NotFound
    return talk  # type: ignore[no-any-return]


async def _own(tx: Transaction, conversation_id: UUID) -> Conversation:
    """The pupil's own talk, locked. Raises NotFound (404)."""
    talk = await _see(tx, conversation_id)
    if talk.pupil_id != tx.viewer:
        raise NotFound
    return await _lock(tx, talk)


async def _lock(tx: Transaction, talk: Conversation) -> Conversation:
    """Until the transaction ends nobody else changes this talk; anew as it is then. ReasonNeeded (403)."""
    await _require_reason(tx, talk)
    locked = select(Conversation).where(Conversation.id == talk.id).with_for_update()
    found = await tx.session.scalar(locked.execution_options(populate_existing=True))
    return found or _gone()


def _gone() -> NoReturn:
    raise NotFound


async def _teaches(tx: Transaction, talk: Conversation) -> bool:
    """Whether this person is staff of the talk's placement, while it runs."""
    found = staff_placements(tx.viewer, tx.today)
    there = exists().select_from(found).where(found.c.placement_id == talk.placement_id, found.c.cutoff.is_(None))
    return bool(await tx.session.scalar(select(there)))


async def _require_reason(tx: Transaction, talk: Conversation) -> None:
    if talk.pupil_id == tx.viewer:
        return
    if await tx.session.scalar(select(must_say_why(tx.viewer, talk.pupil_id, tx.today))):
        pupil = await tx.session.get_one(Person, talk.pupil_id)
        raise ReasonNeeded({"id": str(pupil.id), "name": pupil.name, "givenName": pupil.given_name})


def _require_version(version: int, if_match: str) -> None:
    if if_match.strip('"') != str(version):
        raise VersionConflict(version)


def _require_open(talk: Conversation) -> None:
    """Raises Conflict (409) where it was held or called off."""
    if talk.cancelled_at is not None:
        raise Conflict("talk_cancelled")
    if talk.held_at is not None:
        raise Conflict("talk_held")


async def _receipt(tx: Transaction, talk: Conversation) -> ConversationReceipt:
    found = await tx.session.scalars(select(state_of()).where(Conversation.id == talk.id))
    return ConversationReceipt(id=talk.id, state=ConversationState(found.one()), version=talk.version)
