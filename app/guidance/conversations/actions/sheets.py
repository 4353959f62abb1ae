"""The pupil writes the own sheet."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.guidance.conversations.actions.standing import own_talk, require_open, require_version
from app.guidance.conversations.models import (
    PrepSheet,
)
from app.guidance.conversations.schemas import (
    SheetContent,
    SheetReceipt,
)
from app.platform.db import Transaction
from app.platform.errors import (
    Invalid,
    PreconditionNeeded,
)
from app.portfolio.models import Entry, EntryState

_ON_THE_SHEET = ("entry_ids", "found_out", "doubt", "ask", "maybe_next")


async def put_sheet(
    tx: Transaction, conversation_id: UUID, content: SheetContent, if_match: str | None
) -> SheetReceipt:
    """Writes the own sheet, from the version one had; without one where there is none yet. The same again is harmless.

    Raises NotFound (404), Conflict (409) once the talk was held or called off, VersionConflict (412), Invalid (422),
    PreconditionNeeded (428).
    """
    talk = await own_talk(tx, conversation_id)
    sheet = await tx.session.get(PrepSheet, talk.id, populate_existing=True)
    values: dict[str, Any] = {name: getattr(content, name) for name in _ON_THE_SHEET}
    values["entry_ids"] = await _own_entries(tx, content.entry_ids, sheet)
    if sheet is not None and _is_on(sheet, values, content.ready):
        return SheetReceipt(version=sheet.version, ready_at=sheet.ready_at)
    require_open(talk)
    if sheet is None:
        values |= {"conversation_id": talk.id, "pupil_id": tx.viewer, "updated_at": tx.now, "version": 1}
        sheet = PrepSheet(**values, ready_at=tx.now if content.ready else None)
        tx.session.add(sheet)
    else:
        if if_match is None:
            raise PreconditionNeeded
        require_version(sheet.version, if_match)
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
