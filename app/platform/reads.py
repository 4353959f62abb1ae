"""A page is one statement: session, permission and JSON in one round trip. What few pages have may be one more.

`Read` compiles a SQLAlchemy select once. The statement that goes out is

    select request.viewer, page.* from begin_request(…) as request left join lateral (<select>) page on true

so the database learns who looks before it can touch a row. Were the order ever another, the settings that
row-level security reads would be empty and nothing would be visible.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from pydantic.alias_generators import to_camel
from sqlalchemy import (
    ARRAY,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Select,
    Subquery,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    column,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql.asyncpg import PGCompiler_asyncpg
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.sql.elements import ColumnElement

from app.platform.db import Database
from app.platform.errors import BadCursor
from app.platform.telemetry.doing import statement


def parameter(name: str, of_type: Any) -> ColumnElement[Any]:
    """A value that is given by name when the page is read; without one it is null."""
    return cast(bindparam(name, None, type_=of_type, required=False), of_type)


_REQUEST = (
    func.begin_request(
        parameter("token_hash", LargeBinary()),
        parameter("now", DateTime(timezone=True)),
        parameter("today", Date()),
    )
    .table_valued(*(column(name) for name in ("viewer", "running", "ended", "cutoffs", "home")))
    .render_derived(name="request")
)

VIEWER: ColumnElement[UUID] = literal_column("request.viewer", Uuid())
"""In a page's select: the signed-in person."""

RUNNING, ENDED, HOME = (literal_column(f"request.{name}", ARRAY(Uuid)) for name in ("running", "ended", "home"))
"""In a page's select: placements at the viewer's school that run, that have ended this school year; own children."""

CUTOFFS: ColumnElement[Any] = literal_column("request.cutoffs", ARRAY(Date))
"""In a page's select: until which day what was shared may be seen, for each of ENDED."""

TODAY: ColumnElement[date] = parameter("today", Date())
"""In a page's select: the date in Europe/Amsterdam."""

NOW: ColumnElement[datetime] = parameter("now", DateTime(timezone=True))
"""In a page's select: the moment of the request."""


_EXTRA = ("next_cursor", "version", "ask_why")


def json_object(**fields: Any) -> ColumnElement[Any]:
    """A JSON object in SQL; keys become camelCase, as in the response models."""
    parts: list[Any] = []
    for name, value in fields.items():
        parts += [literal_column(f"'{to_camel(name)}'"), value]
    return func.json_build_object(*parts)


def json_list(item: ColumnElement[Any], *order: Any) -> ColumnElement[Any]:
    """All rows as one JSON array, in the given order; no rows give `[]`, never null."""
    return func.coalesce(
        func.json_agg(aggregate_order_by(item, *order) if order else item), literal_column("'[]'::json")
    )


def cursor_of(*sort_key: Any) -> ColumnElement[str]:
    """The sort key of an item as an opaque word for a URL: base64url of a JSON array of strings."""
    key = func.json_build_array(*(cast(part, Text) for part in sort_key))
    encoded = func.encode(func.convert_to(cast(key, Text), literal_column("'UTF8'")), literal_column("'base64'"))
    return func.translate(encoded, literal_column("E'+/=\\n'"), literal_column("'-_'"))


LIMIT = parameter("limit", Integer())
"""In a page's select: how many items a page holds; one more is read to know whether another page follows."""

ONE_MORE = LIMIT + literal_column("1")


def paged(
    rows: Any, item: ColumnElement[Any], *joins: tuple[Any, ColumnElement[bool]], maybe: bool = False
) -> Subquery:
    """One row (`listed`, `next_cursor`) from rows that carry their `place` (1…) and their `cursor`.

    `maybe`: rows that find nothing by `joins` are listed as well.
    """
    listed = func.json_agg(aggregate_order_by(item, rows.c.place)).filter(rows.c.place <= LIMIT)
    following = func.max(rows.c.cursor).filter(rows.c.place == LIMIT)
    statement = select(
        func.coalesce(listed, literal_column("'[]'::json")).label("listed"),
        case((func.count() > LIMIT, following)).label("next_cursor"),
    ).select_from(rows)
    for joined, on in joins:
        statement = statement.join(joined, on, isouter=maybe)
    return statement.subquery()


@dataclass(frozen=True, slots=True)
class Page:
    """What came back for a signed-in person; `body` is None where there is nothing that they may know of.

    `ask_why` is a pupil (JSON) whose page opens only after the viewer has said why.
    """

    body: bytes | None
    next_cursor: str | None
    version: int | None
    ask_why: str | None


class _Compiler(PGCompiler_asyncpg):
    """Writes what the code says as it is; only what a request brings goes by number.

    A plan that is made once for all requests counts on what it knows: which states, which ring.
    """

    def visit_bindparam(self, bindparam: Any, *arguments: Any, literal_binds: bool = False, **options: Any) -> str:
        plain = bindparam.type.dialect_impl(self.dialect).literal_processor(self.dialect) is not None
        options["literal_binds"] = literal_binds or (bindparam.value is not None and plain)
        return str(super().visit_bindparam(bindparam, *arguments, **options))  # type: ignore[no-untyped-call]


class Read:
    """A page, compiled once: when it is first read.

    `page` selects at most one row with a column `body` (json) and, where they apply, `next_cursor` (text, see
    `cursor_of`) and `version` (int). Its own parameters are `bindparam`s, given by name to `run`. Where it shows
    content of a pupil it also selects `pupil_id`, `entry_id` and `rule`, and the look is logged with the read; a list
    selects `pupil_ids` and `rule`.

    `parts` are lists in the body that are empty for most: the page selects a column of that name, whether there is
    one (bool), and only then the part's own statement is run. So a large plan is not set up for nothing.
    """

    def __init__(self, page: Select[Any], **parts: "Read") -> None:
        self._page: Select[Any] | None = page
        self._written: tuple[str, list[str], dict[str, Any]] | None = None
        self._parts = parts
        self._extra = tuple(name for name in _EXTRA if name in page.selected_columns)

    def asked(self, token_hash: bytes, now: datetime, today: date, **parameters: Any) -> tuple[str, list[Any]]:
        """The statement and its values in order, as asyncpg takes them."""
        sql, names, constants = self._compiled()
        values = {**constants, "token_hash": token_hash, "now": now, "today": today, **parameters}
        return sql, [values.get(name) for name in names]

    def _compiled(self) -> tuple[str, list[str], dict[str, Any]]:
        """When it is first asked for: a server that starts anew answers before it has written a hundred statements."""
        if self._written is None:
            assert self._page is not None
            self._written, self._page = self._compile(self._page), None
        return self._written

    def _compile(self, page: Select[Any]) -> tuple[str, list[str], dict[str, Any]]:
        shown = page.offset(literal_column("0")).lateral("page")
        statement = select(
            VIEWER.label("viewer"),
            func.convert_to(cast(shown.c.body, Text), literal_column("'UTF8'")).label("body"),
            *(shown.c[name] for name in (*self._extra, *self._parts)),
            *_logged(shown),
        ).select_from(_REQUEST.outerjoin(shown, true()))
        dialect = asyncpg_dialect()  # type: ignore[no-untyped-call]
        dialect.statement_compiler = _Compiler
        # As PostgreSQL reads texts (standard_conforming_strings); without a connection the dialect cannot know.
        dialect._backslash_escapes = False
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        return str(compiled), list(getattr(compiled, "positiontup", None) or ()), constants

    async def run(
        self, database: Database, token_hash: bytes, now: datetime, today: date, **parameters: Any
    ) -> Page | None:
        """One round trip, one more for each part. None: nobody holds this session.

        Raises asyncpg.PostgresError, OSError.
        """
        assert database.pages is not None
        sql, values = self.asked(token_hash, now, today, **parameters)
        with statement("page"):
            row = await database.pages.fetchrow(sql, *values)
        if row is None or row["viewer"] is None:
            return None
        body = row["body"]
        for name, part in self._parts.items():
            if body is not None:
                found = await part.run(database, token_hash, now, today, **parameters) if row[name] else None
                body = b'%s,"%s":%s}' % (body[:-1], name.encode(), (found and found.body) or b"[]")
        return Page(body, *(row[name] if name in self._extra else None for name in _EXTRA))


def _logged(shown: Any) -> list[Any]:
    if "pupil_ids" in shown.c:
        return [func.log_looks(shown.c.pupil_ids, shown.c.rule, NOW)]
    return [func.log_look(shown.c.pupil_id, shown.c.entry_id, shown.c.rule, NOW)] if "rule" in shown.c else []


def moment(text: str) -> datetime:
    """A moment out of a cursor. Raises ValueError where it has no time zone, OverflowError outside the calendar."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return found.astimezone(UTC)


def word(text: str) -> str:
    """A text out of a cursor. Raises ValueError for what PostgreSQL cannot keep: NUL and lone surrogates."""
    if b"\x00" in text.encode():
        raise ValueError("text holds NUL")
    return text


def cursor_key(cursor: str | None, **parts: Callable[[str], Any]) -> dict[str, Any]:
    """The sort key out of a cursor, each part by its own reader; all None without one. Raises BadCursor (400)."""
    if cursor is None:
        return dict.fromkeys(parts)
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        return {name: read(text) for (name, read), text in zip(parts.items(), key, strict=True)}
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise BadCursor from error
