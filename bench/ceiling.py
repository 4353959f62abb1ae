"""The ceiling: a bare ASGI app that sends the same page, its JSON built by one statement, and nothing else.

No session, no permission, no row-level security (it connects as the owner), no framework: what is left of our own
page's time above this is what all of that costs.
"""

import os
from typing import Any

import asyncpg
from sqlalchemy import literal_column, select
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from app.platform.db import asyncpg_arguments
from app.portfolio.models import Entry
from app.portfolio.queries.projections import card

_PAGE = """
select convert_to(json_build_object('pupil', (
    select json_build_object('id', person.id, 'name', given_name || ' ' || family_name, 'givenName', given_name)
    from person where person.id = $1
), 'items', (select json_agg(card) from (%s) page))::text, 'UTF8')
"""


def _cards() -> str:
    # The very projection of our page, with the viewer put in as a constant: the same bytes for every entry.
    statement = (
        select(card().label("card"))
        .where(Entry.pupil_id == literal_column("$1"))
        .order_by(Entry.sort_on.desc(), Entry.id.desc())
        .limit(literal_column("$2"))
    )
    compiled = statement.compile(dialect=dialect(), compile_kwargs={"literal_binds": True})
    return str(compiled).replace("request.viewer", "$1")


_SQL = _PAGE % _cards()
_pool: "asyncpg.Pool[Any] | None" = None


async def _keep(_: object) -> None:
    """As our own pool does it."""


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """`/{pupil id}/{limit}`."""
    global _pool
    if scope["type"] == "lifespan":
        while True:
            event = (await receive())["type"]
            if event == "lifespan.startup":
                arguments = asyncpg_arguments(os.environ["TALENT_DATABASE_OWNER_URL"])
                _pool = await asyncpg.create_pool(**arguments, min_size=2, max_size=12, reset=_keep)
            elif _pool is not None:
                await _pool.close()
            await send({"type": f"{event}.complete"})
            if event == "lifespan.shutdown":
                return
    assert _pool is not None
    if scope["path"] == "/livez":
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})
        return
    _, pupil, limit = scope["path"].split("/")
    body = await _pool.fetchval(_SQL, pupil, int(limit))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
