"""What a page costs the database, in rows."""

import hashlib
from typing import Any
from uuid import UUID

import asyncpg

from app.platform.db import asyncpg_arguments
from app.platform.reads import Read
from tests.world import World


async def entries_read(world: World, page: Read, viewer: UUID, *, of: str = "entry", **parameters: Any) -> int:
    """Rows of entries (or of another table) that are read for this page, also inside functions and for naught."""
    token = world.client(viewer).headers["Cookie"].removeprefix("sid=")
    token_hash = hashlib.sha256(token.encode()).digest()
    sql, values = page.asked(token_hash, world.clock.now(), world.clock.today(), **parameters)
    world.change(f"analyze {of}")
    connection = await asyncpg.connect(
        **asyncpg_arguments(world.settings.database_url or ""),
        # As at a big school: of a small table all is read at once, and when depends on its statistics.
        server_settings={"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off"},
    )
    try:
        async with connection.transaction():
            row = await connection.fetchrow(sql, *values)
            assert row is not None
            assert row["body"] is not None
            found: int = await connection.fetchval(
                "select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relname = $1",
                of,
            )
            return found
    finally:
        await connection.close()
