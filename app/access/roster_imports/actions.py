"""Sending a roster, having it read, and having it done."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Uuid, column, func, select

from app.access.roster_imports import tasks
from app.access.roster_imports.models import ImportState, RosterImport
from app.access.roster_imports.schemas import (
    BrokenRow,
    Changes,
    ImportApply,
    ImportList,
    ImportOut,
    ImportPlan,
    ImportStart,
    ManyEnd,
)
from app.people.models import Person, School
from app.people.policy import as_date, as_uuid
from app.people.schemas import SchoolRef
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotFound
from app.platform.jobs import enqueue
from app.platform.storage import Storage

KEPT = timedelta(days=1)
_SHOWN = 20
_ROWS_SHOWN = 1_000


def _own_schools(tx: Transaction) -> Any:
    schools = func.admin_schools(as_uuid(tx.viewer), as_date(tx.today)).table_valued(column("school_id", Uuid()))
    return select(schools.c.school_id)


async def _school(tx: Transaction, school_id: UUID) -> School:
    school = await tx.session.scalar(select(School).where(School.id == school_id, School.id.in_(_own_schools(tx))))
    if school is None:
        raise NotFound
    return school


async def _find(tx: Transaction, import_id: UUID, lock: bool = False) -> RosterImport:
    own = select(RosterImport).where(RosterImport.id == import_id, RosterImport.school_id.in_(_own_schools(tx)))
    found = await tx.session.scalar(own.with_for_update() if lock else own)
    if found is None:
        raise NotFound
    return found


async def start(tx: Transaction, storage: Storage, school_id: UUID, announced: ImportStart) -> ImportPlan:
    """Opens an upload for a school that one administers. Raises NotFound (404)."""
    school = await _school(tx, school_id)
    key = f"roster/{uuid4()}"
    upload_id = await asyncio.to_thread(storage.start_upload, key, "application/octet-stream")
    made = RosterImport(
        id=uuid4(),
        school_id=school.id,
        state=ImportState.ANNOUNCED,
        name=announced.name,
        object_key=key,
        upload_id=upload_id,
        made_by=tx.viewer,
        made_at=tx.now,
    )
    tx.session.add(made)
    await enqueue(tx.session, tasks.forget_roster_file, after=KEPT, key=key, upload_id=upload_id)
    return ImportPlan(id=made.id, url=storage.part_url(key, upload_id, 1, announced.size))


async def read(tx: Transaction, storage: Storage, import_id: UUID, etag: str) -> None:
    """The file has arrived: the worker reads it and works out what it would do.

    Raises NotFound (404), Conflict (409) where it was read already or did not arrive.
    """
    found = await _find(tx, import_id, lock=True)
    if found.state != ImportState.ANNOUNCED:
        raise Conflict("wrong_state")
    if not await asyncio.to_thread(storage.finish_upload, found.object_key, found.upload_id, [(1, etag)]):
        raise Conflict("upload_mismatch")
    found.state = ImportState.READING
    await enqueue(tx.session, tasks.read_roster_import, import_id=str(import_id), today=tx.today.isoformat())


async def apply(tx: Transaction, import_id: UUID, asked: ImportApply) -> None:
    """The worker does it. Raises NotFound (404), Conflict (409) for what was not agreed to, and in another state."""
    found = await _find(tx, import_id, lock=True)
    if found.state != ImportState.READY or found.outcome is None:
        raise Conflict("wrong_state")
    if found.outcome["problems"] and not asked.skip_broken:
        raise Conflict("broken_rows")
    if found.outcome["many"] and not asked.end_many:
        raise Conflict("many_end")
    found.state, found.skip_broken, found.end_many = ImportState.APPLYING, asked.skip_broken, asked.end_many
    await enqueue(tx.session, tasks.apply_roster_import, import_id=str(import_id), today=tx.today.isoformat())


async def one(tx: Transaction, import_id: UUID) -> ImportOut:
    """An import of a school that one administers. Raises NotFound (404)."""
    return await _shown(tx, await _find(tx, import_id))


async def of_school(tx: Transaction, school_id: UUID) -> ImportList:
    """The newest imports of a school that one administers. Raises NotFound (404)."""
    await _school(tx, school_id)
    newest = (
        select(RosterImport)
        .where(RosterImport.school_id == school_id, RosterImport.state != ImportState.ANNOUNCED)
        .order_by(RosterImport.made_at.desc())
        .limit(_SHOWN)
    )
    return ImportList(items=[await _shown(tx, each) for each in await tx.session.scalars(newest)])


async def _shown(tx: Transaction, found: RosterImport) -> ImportOut:
    school, person = await tx.session.get_one(School, found.school_id), await tx.session.get_one(Person, found.made_by)
    outcome = found.outcome or {"counts": {}, "names": {}, "many": [], "problems": [], "ignored": {}, "pupils": 0}
    return ImportOut(
        id=found.id,
        school=SchoolRef(id=school.id, name=school.name),
        state=ImportState(found.state),
        name=found.name,
        made_by=person.name,
        made_at=found.made_at,
        done_at=found.done_at,
        progress=found.progress,
        refusal=found.refusal,
        pupils=outcome["pupils"],
        changes=[
            Changes(
                kind=kind,
                **counts,
                **{f"names_{what}": names for what, names in outcome["names"].get(kind, {}).items()},
            )
            for kind, counts in outcome["counts"].items()
        ],
        problems=[BrokenRow(**row) for row in outcome["problems"][:_ROWS_SHOWN]],
        problem_count=len(outcome["problems"]),
        many=[ManyEnd(**each) for each in outcome["many"]],
        ignored=outcome["ignored"],
    )
