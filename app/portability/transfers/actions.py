"""The pupil chooses, sends, withdraws and takes back; a parent answers; the new school decides.

What moves a transfer on are functions in the database (migration 0033), which ask who the viewer is.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.access.actions import in_turn
from app.people.models import Placement
from app.platform.db import Transaction
from app.platform.errors import (
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotFound,
    PreconditionNeeded,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portability.transfers.models import ItemKind, Transfer, TransferItem, TransferState
from app.portability.transfers.policy import TEXT_VERSION, state_of
from app.portability.transfers.schemas import RequestAnswer, SchoolDecision, TransferContent, TransferReceipt

_Things = set[tuple[str, UUID]]

_SEND = text("select outcome, now_version from transfer_send(:id, cast(:seen as integer), :now)")
_ANSWER = text("select transfer_answer(:id, :said, :version, :now)")
_DECIDE = text("select transfer_decide(:id, :accepts, :why, :now)")
_WITHDRAW = text("select transfer_withdraw(:id, :now)")
_GOES_ALONG = text("select transfer_goes_along(:id, :kind, :thing, :goes, :now)")


async def keep(
    tx: Transaction, transfer_id: UUID, content: TransferContent, if_match: str | None
) -> tuple[TransferReceipt, bool]:
    """Keeps what goes along, as a draft that nobody else knows of. Returns whether it is new, too.

    Raises NotFound (404), AlreadyDifferent and Conflict (409: sent already, another one is under way),
    VersionConflict (412), Invalid (422: something that cannot go along).
    """
    await in_turn(tx.session, [tx.viewer])
    things: _Things = {(thing.kind.value, thing.id) for thing in content.items}
    held = await tx.session.scalar(select(Transfer).where(Transfer.id == transfer_id, Transfer.pupil_id == tx.viewer))
    if held is None:
        await _begin(tx, transfer_id, content.placement_id)
        await _choose(tx, transfer_id, content, things)
        return await _receipt(tx, transfer_id), True
    if held.placement_id != content.placement_id:
        raise AlreadyDifferent
    known = await _things(tx, transfer_id)
    if known == things:
        return await _receipt(tx, transfer_id), False
    # Locked where it is still a draft: what was sent meanwhile stays as it was sent.
    draft = select(Transfer.version).where(Transfer.id == transfer_id, Transfer.sent_at.is_(None)).with_for_update()
    version = await tx.session.scalar(draft)
    if version is None or await _state(tx, transfer_id) != TransferState.DRAFT:
        raise Conflict("transfer_sent")
    if if_match is None:
        raise AlreadyDifferent
    if if_match.strip() != f'"{version}"':
        raise VersionConflict(version)
    await tx.session.execute(delete(TransferItem).where(TransferItem.transfer_id == transfer_id))
    await _choose(tx, transfer_id, content, things)
    changed = update(Transfer).where(Transfer.id == transfer_id)
    await tx.session.execute(changed.values(version=version + 1, changed_at=tx.now))
    return await _receipt(tx, transfer_id), False


async def _begin(tx: Transaction, transfer_id: UUID, placement_id: UUID) -> None:
    going_on = or_(Placement.ends_on.is_(None), Placement.ends_on >= tx.today)
    mine = select(Placement.id).where(Placement.id == placement_id, Placement.pupil_id == tx.viewer, going_on)
    if await tx.session.scalar(mine) is None:
        raise NotFound
    check_client_id(transfer_id, tx.now, "/id")
    under_way = select(func.count()).where(
        Transfer.pupil_id == tx.viewer,
        Transfer.placement_id == placement_id,
        state_of(tx.today).in_([TransferState.DRAFT, TransferState.ASKED, TransferState.OFFERED]),
    )
    if await tx.session.scalar(under_way):
        raise Conflict("transfer_under_way")
    made = await tx.session.scalar(
        insert(Transfer)
        .values(
            id=transfer_id,
            pupil_id=tx.viewer,
            placement_id=placement_id,
            made_at=tx.now,
            changed_at=tx.now,
            version=1,
        )
        .on_conflict_do_nothing()
        .returning(Transfer.id)
    )
    if made is None:  # the id is somebody else's
        raise NotFound


async def _choose(tx: Transaction, transfer_id: UUID, content: TransferContent, things: _Things) -> None:
    for place, thing in enumerate(content.items):
        fits = select(func.transfer_fits(transfer_id, thing.kind.value, thing.id))
        if not await tx.session.scalar(fits):
            raise Invalid("cannot_go_along", f"/items/{place}/id")
    rows = [{"transfer_id": transfer_id, "kind": kind, "thing_id": thing} for kind, thing in things]
    if rows:
        await tx.session.execute(insert(TransferItem), rows)


async def _things(tx: Transaction, transfer_id: UUID) -> _Things:
    rows = await tx.session.execute(
        select(TransferItem.kind, TransferItem.thing_id).where(TransferItem.transfer_id == transfer_id)
    )
    return {(kind, thing) for kind, thing in rows}


async def _state(tx: Transaction, transfer_id: UUID) -> str | None:
    return await tx.session.scalar(select(state_of(tx.today, transfer_id)))


async def _receipt(tx: Transaction, transfer_id: UUID) -> TransferReceipt:
    row = await tx.session.execute(select(Transfer.version, state_of(tx.today)).where(Transfer.id == transfer_id))
    version, state = row.one()
    return TransferReceipt(id=transfer_id, state=TransferState(state), version=version)


async def send(tx: Transaction, transfer_id: UUID, if_match: str | None) -> TransferReceipt:
    """Sends it, from the version that was seen: to a parent under 16, else to the new school; again is harmless.

    Raises NotFound (404), Conflict (409: over, or nothing goes along), VersionConflict (412), PreconditionNeeded (428).
    """
    if if_match is None:
        raise PreconditionNeeded
    figures = if_match.strip().strip('"')
    seen = int(figures) if figures.isascii() and figures.isdigit() and len(figures) < 10 else 0
    outcome, version = (await tx.session.execute(_SEND, {"id": transfer_id, "seen": seen, "now": tx.now})).one()
    if outcome == "changed":
        raise VersionConflict(version)
    _require(outcome)
    return await _receipt(tx, transfer_id)


async def withdraw(tx: Transaction, transfer_id: UUID) -> None:
    """Withdraws it, also after the school accepted; again is harmless. Raises NotFound (404)."""
    _require(await tx.session.scalar(_WITHDRAW, {"id": transfer_id, "now": tx.now}))


async def let_go_along(tx: Transaction, transfer_id: UUID, kind: ItemKind, thing_id: UUID, goes: bool) -> None:
    """Takes one thing back after the school accepted, or lets it go along after all.

    Raises NotFound (404), Conflict (409) where nothing goes along now.
    """
    values: dict[str, Any] = {"id": transfer_id, "kind": kind.value, "thing": thing_id, "goes": goes, "now": tx.now}
    _require(await tx.session.scalar(_GOES_ALONG, values))


async def answer(tx: Transaction, transfer_id: UUID, given: RequestAnswer) -> None:
    """A parent says yes or no, also later again; a no ends it, and closes what was open.

    Raises NotFound (404), also from the pupil's 16th birthday on; Conflict (409) where it is over, or the text is
    another.
    """
    if given.version != TEXT_VERSION:
        raise Conflict("text_changed")
    values = {"id": transfer_id, "said": given.answer, "version": given.version, "now": tx.now}
    _require(await tx.session.scalar(_ANSWER, values))


async def decide(tx: Transaction, transfer_id: UUID, decided: SchoolDecision) -> None:
    """The new school accepts, or refuses with a word to the pupil; the first of two decides.

    Raises NotFound (404), Conflict (409) where it was decided or is over, Invalid (422) without a why.
    """
    accepts = decided.decision == "accepted"
    if not accepts and decided.why is None:
        raise Invalid("text_missing", "/why")
    values = {"id": transfer_id, "accepts": accepts, "why": decided.why or "", "now": tx.now}
    _require(await tx.session.scalar(_DECIDE, values))


_CONFLICTS = {"closed": "transfer_closed", "empty": "transfer_empty"}


def _require(outcome: str | None) -> None:
    if outcome in _CONFLICTS:
        raise Conflict(_CONFLICTS[outcome])
    if outcome != "done":
        raise NotFound
