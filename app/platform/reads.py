"""A page is one statement: session, permission and JSON in one round trip.

`Read` compiles a SQLAlchemy select once. The statement that goes out is

    select request.viewer, page.* from begin_request(…) as request(viewer) left join lateral (<select>) page on true

so the database learns who looks before it can touch a row. Were the order ever another, the settings that
row-level security reads would be empty and nothing would be visible.
"""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic.alias_generators import to_camel
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    LargeBinary,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.sql.elements import ColumnElement

from app.platform.db import Database

_REQUEST = (
    func.begin_request(
        bindparam("token_hash", type_=LargeBinary()),
        bindparam("now", type_=DateTime(timezone=True)),
        bindparam("today", type_=Date()),
    )
    .table_valued(Column("viewer", Uuid()))
    .render_derived(name="request")
)

VIEWER: ColumnElement[UUID] = _REQUEST.c.viewer
"""In a page's select: the signed-in person."""

TODAY: ColumnElement[date] = bindparam("today", type_=Date())
"""In a page's select: the date in Europe/Amsterdam."""

NOW: ColumnElement[datetime] = bindparam("now", type_=DateTime(timezone=True))
"""In a page's select: the moment of the request."""


_EXTRA = ("next_cursor", "version")


def json_object(**fields: Any) -> ColumnElement[Any]:
    """A JSON object in SQL; keys become camelCase, as in the response models."""
    pairs = ((literal_column(f"'{to_camel(name)}'"), value) for name, value in fields.items())
    return func.json_build_object(*(part for pair in pairs for part in pair))


def json_list(item: ColumnElement[Any], *order: Any) -> ColumnElement[Any]:
    """All rows as one JSON array, in the given order; no rows give `[]`, never null."""
    return func.coalesce(func.json_agg(aggregate_order_by(item, *order) if order else item), literal_column("'[]'::json"))


def cursor_of(*sort_key: Any) -> ColumnElement[str]:
    """The sort key of an item as an opaque word for a URL: base64url of a JSON array of strings."""
    key = func.json_build_array(*(cast(part, Text) for part in sort_key))
    encoded = func.encode(func.convert_to(cast(key, Text), literal_column("'UTF8'")), literal_column("'base64'"))
    return func.translate(encoded, literal_column("E'+/=\\n'"), literal_column("'-_'"))


@dataclass(frozen=True, slots=True)
class Page:
    """What came back for a signed-in person; `body` is None where there is nothing that they may know of."""

    body: bytes | None
    next_cursor: str | None
    version: int | None


class Read:
    """A page, compiled once.

    `page` selects at most one row with a column `body` (json) and, where they apply, `next_cursor` (text, see
    `cursor_of`) and `version` (int). Its own parameters are `bindparam`s, given by name to `run`.
    """

    def __init__(self, page: Select[Any]) -> None:
        shown = page.correlate(_REQUEST).offset(literal_column("0")).lateral("page")
        self._extra = tuple(name for name in _EXTRA if name in shown.c)
        statement = select(
            VIEWER,
            func.convert_to(cast(shown.c.body, Text), literal_column("'UTF8'")).label("body"),
            *(shown.c[name] for name in self._extra),
        ).select_from(_REQUEST.outerjoin(shown, true()))
        compiled = statement.compile(dialect=asyncpg_dialect(), compile_kwargs={"render_postcompile": True})
        self.sql = str(compiled)
        self._names: list[str] = list(getattr(compiled, "positiontup", None) or ())
        self._constants: dict[str, Any] = {k: v for k, v in compiled.params.items() if v is not None}

    async def run(
        self, database: Database, token_hash: bytes, now: datetime, today: date, **parameters: Any
    ) -> Page | None:
        """One round trip. None: nobody holds this session. Raises asyncpg.PostgresError, OSError."""
        assert database.pages is not None
        values = {**self._constants, "token_hash": token_hash, "now": now, "today": today, **parameters}
        row = await database.pages.fetchrow(self.sql, *(values.get(name) for name in self._names))
        if row is None or row["viewer"] is None:
            return None
        return Page(row["body"], *(row[name] if name in self._extra else None for name in _EXTRA))


def decode_cursor(cursor: str) -> list[str]:
    """The sort key again. Raises ValueError where the word was not made by `cursor_of`."""
    padded = cursor + "=" * (-len(cursor) % 4)
    key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    if not (isinstance(key, list) and key and all(isinstance(part, str) for part in key)):
        raise ValueError("not a sort key")
    return key
