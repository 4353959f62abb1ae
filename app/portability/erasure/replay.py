"""After a backup was restored: who was erased since is erased again."""

import asyncio
import logging
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text

from app.platform.storage import Storage
from app.portability.erasure.purge import LEDGER, Purge, Sessions

log = logging.getLogger(__name__)

_AGAIN = text(
    "insert into erasure (id, person_id, asked_as, asked_at, due_on)"
    " select :erasure, id, 'term', :now, :today from person where id = :person"
    " on conflict (person_id) where state in ('asked', 'running', 'clearing')"
    " do update set due_on = :today, asked_at = least(erasure.asked_at, excluded.asked_at) returning id"
)
_ENDED = text("select exists (select from erasure where id = :erasure and state in ('clearing', 'done'))")
_ASKED = text(
    "update erasure set state = 'asked', due_on = :today, asked_at = least(asked_at, :now)"
    " where id = :erasure and state in ('asked', 'taken_back') returning id"
)


async def replay_erasures(sessions: Sessions, storage: Storage, now: datetime, today: date) -> int:
    """Erases again everybody on the list whom the restored database knows from before; how many.

    `sessions` are the owner's. The list stands in the store below `erased/`, which a restore of objects must leave
    alone. Run it before anybody can sign in; run again it does nothing, also where somebody began anew since.
    """
    never = datetime.max.replace(tzinfo=now.tzinfo)
    pages = await asyncio.to_thread(lambda: list(storage.older(LEDGER, never)))
    again = 0
    for key in sorted(key for keys in pages for key in keys):
        erasure_id, person_id = (UUID(part) for part in key.removeprefix(LEDGER).split("."))
        values = {"erasure": erasure_id, "person": person_id, "now": now, "today": today}
        async with sessions.begin() as session:
            if await session.scalar(_ENDED, values):
                continue
            found = await session.scalar(_ASKED, values) or await session.scalar(_AGAIN, values)
        if found is not None:
            await Purge(sessions, storage, found).run(now, today)
            again += 1
    log.info("%s people were erased again after a restore", again)
    return again
