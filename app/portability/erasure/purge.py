"""The erasure itself: rows, then objects; every step may be killed and done again, by two at once as well.

Steps commit one by one, and the last one does them all again while it holds the person: what was being written
meanwhile waits for that, and then finds nobody to belong to.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.media.actions import all_keys
from app.platform.storage import Storage
from app.portability.erasure import plan

log = logging.getLogger(__name__)

EVIDENCE_YEARS = 5
"""As long as somebody can go to court about it (BW 3:310)."""

STRAY = timedelta(hours=2)
"""So long after its row went an object may still arrive: an address to send to is good for an hour, and a file that is
being worked on is kept at the end of that."""

LEDGER = "erased/"
"""Where the store keeps who was erased, beside the database and its backups: ids in keys, nothing in the objects."""
LEDGER_KEPT = timedelta(days=40)
"""Backups are kept for 35 days."""

_SOME = 200

_BEGIN = text("select begin_erasure(:erasure, :now, :today)")
_ROWS = text("select erase_rows(:erasure, :of_table, :by_column, :via_table, :via_column)")
_CELLS = text("select erase_cells(:erasure, :of_table, :by_column, :cells)")
_MENTIONS = text("select erase_mentions(:erasure, :of_table, :in_column)")
_JOBS = text("select erase_jobs(:erasure, cast(:tables as jsonb))")
_OBJECTS = text("select collect_objects(:erasure, :of_table, :key, :upload, :by_column, :via_table, :via_column)")
_EVIDENCE = text("select keep_evidence(:erasure, :today, :years)")
_HOLD = text("select hold_erased(:erasure)")
_FINISH = text("select finish_erasure(:erasure, :now, :today)")
_CLOSE = text("select close_erasure(:erasure, :now)")
_STATE = text("select state, person_id, rows_gone_at from erasure where id = :erasure")
_NOTE = text(
    "insert into erasure_object (erasure_id, key) select :erasure, key from unnest(cast(:keys as text[])) key"
    " on conflict do nothing"
)
_ORIGINALS_OF = text("select key from erasure_object where erasure_id = :erasure and starts_with(key, 'original/')")
_SOME_KEYS = text(
    "select key, upload_id from erasure_object where erasure_id = :erasure and key > :after order by key limit :some"
)
_FORGET_KEYS = text("delete from erasure_object where erasure_id = :erasure and key = any (cast(:keys as text[]))")

Sessions = async_sessionmaker[AsyncSession]
Step = Callable[[AsyncSession], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Purge:
    """One erasure in hand."""

    sessions: Sessions
    storage: Storage
    erasure_id: UUID

    async def run(self, now: datetime, today: date) -> None:
        """As far as it gets today; what is left is for the next time. Raises what the database and the store raise."""
        whole = await self._begin(now, today)
        if whole is not None:
            try:
                await self._rows_go(whole, now, today)
            except ProgrammingError as error:
                if not isinstance(error.orig, InsufficientPrivilege):
                    raise
                log.info("erasure %s: another worker was first", self.erasure_id)
        await self._clear(now)

    async def _rows_go(self, whole: bool, now: datetime, today: date) -> None:
        for step in self._steps(whole, today):
            async with self.sessions.begin() as session:
                await step(session)
        async with self.sessions.begin() as session:
            await self._finish(session, whole, now, today)

    async def _begin(self, now: datetime, today: date) -> bool | None:
        async with self.sessions.begin() as session:
            whole: bool | None = await session.scalar(_BEGIN, {"erasure": self.erasure_id, "now": now, "today": today})
        return whole

    async def _finish(self, session: AsyncSession, whole: bool, now: datetime, today: date) -> None:
        # Whoever adds a row that leads to this person waits from here on.
        if not await session.scalar(_HOLD, self._one()):
            return
        for step in self._steps(whole, today):
            await step(session)
        outcome = await session.scalar(_FINISH, {**self._one(), "now": now, "today": today})
        log.info("erasure %s: rows are gone, the person is %s", self.erasure_id, outcome)

    def _one(self) -> dict[str, Any]:
        return {"erasure": self.erasure_id}

    def _steps(self, whole: bool, today: date) -> list[Step]:
        return [
            self._evidence(today),
            *(self._objects(objects) for objects in plan.OBJECTS),
            self._made_of_originals,
            self._jobs,
            *(self._cells(written) for written in plan.WRITTEN if written.cells),
            *(self._rows(rows) for rows in plan.going(whole)),
            *(self._mentions(table, column) for table, column, placed in plan.MENTIONS if whole or not placed),
        ]

    def _evidence(self, today: date) -> Step:
        return self._call(_EVIDENCE, today=today, years=EVIDENCE_YEARS)

    def _objects(self, objects: plan.Objects) -> Step:
        via_table, via_column = objects.via or (None, None)
        return self._call(
            _OBJECTS,
            of_table=objects.table,
            key=objects.key,
            upload=objects.upload,
            by_column=objects.column,
            via_table=via_table,
            via_column=via_column,
        )

    async def _made_of_originals(self, session: AsyncSession) -> None:
        """What was made of a file has keys that its own key tells, also while the worker is making it."""
        originals = (await session.scalars(_ORIGINALS_OF, self._one())).all()
        keys = [key for original in originals for key in all_keys(original)]
        await session.execute(_NOTE, {**self._one(), "keys": keys})

    async def _jobs(self, session: AsyncSession) -> None:
        await session.execute(_JOBS, {**self._one(), "tables": json.dumps(plan.JOBS)})

    def _cells(self, written: plan.Written) -> Step:
        return self._call(_CELLS, of_table=written.table, by_column=written.column, cells=list(written.cells))

    def _rows(self, rows: plan.Rows) -> Step:
        via_table, via_column = rows.via or (None, None)
        return self._call(_ROWS, of_table=rows.table, by_column=rows.column, via_table=via_table, via_column=via_column)

    def _mentions(self, table: str, column: str) -> Step:
        return self._call(_MENTIONS, of_table=table, in_column=column)

    def _call(self, statement: Any, **values: Any) -> Step:
        async def step(session: AsyncSession) -> None:
            await session.execute(statement, {**self._one(), **values})

        return step

    async def _clear(self, now: datetime) -> None:
        """Objects go at once, and again when none can arrive any more; then it is done, and the list has the id."""
        async with self.sessions() as session:
            found = (await session.execute(_STATE, self._one())).one_or_none()
        if found is None or found.state != "clearing":
            return
        settled = now - found.rows_gone_at >= STRAY
        await asyncio.to_thread(self.storage.put, ledger_key(self.erasure_id, found.person_id), b"", "text/plain")
        async for keys in self._keys():
            await asyncio.to_thread(self._remove, keys)
            if settled:
                async with self.sessions.begin() as session:
                    await session.execute(_FORGET_KEYS, {**self._one(), "keys": [key for key, _ in keys]})
        if settled:
            async with self.sessions.begin() as session:
                await session.execute(_CLOSE, {**self._one(), "now": now})

    async def _keys(self) -> AsyncIterator[list[tuple[str, str | None]]]:
        after = ""
        while True:
            async with self.sessions() as session:
                found = await session.execute(_SOME_KEYS, {**self._one(), "after": after, "some": _SOME})
                keys = [(row.key, row.upload_id) for row in found]
            if not keys:
                return
            yield keys
            after = keys[-1][0]

    def _remove(self, keys: list[tuple[str, str | None]]) -> None:
        for key, upload_id in keys:
            if upload_id:
                self.storage.abort_upload(key, upload_id)
            self.storage.delete(key)


def ledger_key(erasure_id: UUID, person_id: UUID) -> str:
    """The key in the store by which a restore knows that this person was erased."""
    return f"{LEDGER}{erasure_id}.{person_id}"
