"""The pupil makes a step, changes it, does it or lets it go, and brings it back."""

from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from app.guidance.steps.models import NextStep, Who
from app.guidance.steps.queries import IS_OPEN, IS_TO_DO
from app.guidance.steps.schemas import StepContent, StepReceipt, StepState
from app.people.models import Placement
from app.platform.db import Transaction
from app.platform.errors import (
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    PreconditionNeeded,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portfolio.models import Entry, EntryState

MAX_OPEN = 50
"""Steps that a pupil has open at a time."""

_CHANGES = ("text", "due_on", "remind_on")


async def put(tx: Transaction, step_id: UUID, content: StepContent, if_match: str | None) -> tuple[StepReceipt, bool]:
    """Makes a step, or changes it from the version one had; the same again is harmless. Returns whether it is new, too.

    Raises NotAllowed (403) for what home does, NotFound (404: also for who is no pupil), Conflict and AlreadyDifferent
    (409), VersionConflict (412), Invalid (422).
    """
    if if_match is None:
        made = await _make(tx, step_id, content)
        if made is not None:
            return _receipt(made), True
        step = await _find(tx, step_id)
        if any(getattr(step, name) != value for name, value in content.model_dump(by_alias=False).items()):
            raise AlreadyDifferent
        return _receipt(step), False
    step = await _find(tx, step_id)
    if any(getattr(step, name) != getattr(content, name) for name in _CHANGES):
        if step.who != Who.PUPIL:
            raise NotAllowed
        _require_version(step, if_match)
        for name in _CHANGES:
            setattr(step, name, getattr(content, name))
        step.version += 1
        await tx.session.flush()
    return _receipt(step), False


async def move(tx: Transaction, step_id: UUID, state: StepState, if_match: str | None) -> StepReceipt:
    """Done, let go, or open again; the same again is harmless.

    Raises NotFound (404), Conflict (409) where too many are open, VersionConflict (412), PreconditionNeeded (428).
    """
    step = await _find(tx, step_id)
    if _state(step) != state:
        if if_match is None:
            raise PreconditionNeeded
        _require_version(step, if_match)
        if state is StepState.OPEN:
            await _require_room(tx)
        step.done_at = tx.now if state is StepState.DONE else None
        step.let_go_at = tx.now if state is StepState.LET_GO else None
        step.version += 1
        await tx.session.flush()
    return _receipt(step)


async def _make(tx: Transaction, step_id: UUID, content: StepContent) -> NextStep | None:
    """None where this id is taken."""
    if await tx.session.scalar(select(NextStep.id).where(NextStep.id == step_id)) is not None:
        return None
    if await tx.session.scalar(select(Placement.id).where(Placement.pupil_id == tx.viewer).limit(1)) is None:
        raise NotFound
    check_client_id(step_id, tx.now, "/id")
    if content.entry_id is not None:
        own = select(Entry.id).where(
            Entry.id == content.entry_id, Entry.pupil_id == tx.viewer, Entry.state != EntryState.TRASHED
        )
        if await tx.session.scalar(own) is None:
            raise Invalid("not_own_entry", "/entryId")
    await _require_room(tx)
    values = content.model_dump(by_alias=False)
    making = insert(NextStep).values(id=step_id, pupil_id=tx.viewer, made_at=tx.now, version=1, **values)
    return await tx.session.scalar(making.on_conflict_do_nothing().returning(NextStep))


async def _require_room(tx: Transaction) -> None:
    # One at a time for one pupil: two tabs do not make the fifty-first together.
    await tx.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('next_step ' || cast(:pupil as text), 0))"),
        {"pupil": tx.viewer},
    )
    count = (
        select(func.count())
        .select_from(NextStep)
        .where(NextStep.pupil_id == tx.viewer, NextStep.conversation_id.is_(None), IS_OPEN)
    )
    if (await tx.session.scalar(count) or 0) >= MAX_OPEN:
        raise Conflict("too_many_steps")


async def _find(tx: Transaction, step_id: UUID) -> NextStep:
    own = (NextStep.id == step_id, NextStep.pupil_id == tx.viewer, IS_TO_DO)
    found = select(NextStep).where(*own).with_for_update()
    step = await tx.session.scalar(found)
    if step is None:
        raise NotFound
    return step


def _require_version(step: NextStep, if_match: str) -> None:
    if if_match.strip('"') != str(step.version):
        raise VersionConflict(step.version)


def _state(step: NextStep) -> StepState:
    if step.done_at is not None:
        return StepState.DONE
    return StepState.LET_GO if step.let_go_at is not None else StepState.OPEN


def _receipt(step: NextStep) -> StepReceipt:
    return StepReceipt(id=step.id, version=step.version, state=_state(step))
