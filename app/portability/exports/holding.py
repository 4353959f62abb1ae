"""What a portfolio holds, read by the worker in one look of the database and set aside on disk, part by part."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row
from sqlalchemy import make_url

from app.portability.exports.parts import PARTS, PUPIL
from app.portability.showcases.models import PaperKind

PAPERS = "papers"
"""What a CV or a plusdocument is made of: `page_id`, `kind`, and `paper` as the function `showcase_paper` gives it."""

_AT_ONCE = 200


class Stopped(Exception):
    """It was thrown away, begun anew by another worker, or the account was closed: there is nothing to go on with."""


class Holding:
    """Rows as the database gave them (snake_case), by the name of their part; read as often as one wants."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(self, part: str) -> Iterator[dict[str, Any]]:
        """The rows of a part, one at a time."""
        with (self._folder / part).open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def all(self, part: str) -> list[dict[str, Any]]:
        """The rows of a part, at once."""
        return [*self.rows(part)]


class Reader:
    """Reads a portfolio and keeps it until the end of `with`. Raises psycopg.Error."""

    def __init__(self, database_url: str, export_id: UUID, today: date) -> None:
        url = make_url(database_url).set(drivername="postgresql")
        self._conninfo = url.render_as_string(hide_password=False)
        self._export_id, self._today = export_id, today
        self._open = ExitStack()

    def __enter__(self) -> Holding:
        """Raises Stopped where there is nothing to read any more."""
        with ExitStack() as opening:
            folder = Path(opening.enter_context(TemporaryDirectory(prefix="export-")))
            with psycopg.connect(self._conninfo, row_factory=dict_row) as connection:
                # One look: what changes meanwhile is in it as a whole or not at all.
                connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                connection.read_only = True
                connection.execute("set local time zone 'UTC'")
                for part in (PUPIL, *PARTS):
                    self._set_aside(connection, folder / part.name, part.name)
                with (folder / "people").open("w", encoding="utf-8") as out:
                    found = connection.execute("select * from portfolio_people(%s)", [self._export_id])
                    for row in found:
                        out.write(json.dumps({name: str(value) for name, value in row.items()}) + "\n")
                self._set_papers_aside(connection, folder)
            if (folder / PUPIL.name).stat().st_size == 0:
                raise Stopped
            self._open = opening.pop_all()
        return Holding(folder)

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def _set_aside(self, connection: psycopg.Connection[Any], path: Path, part: str) -> None:
        with path.open("w", encoding="utf-8") as out, connection.cursor(name="part") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute("select found::text from portfolio_part(%s, %s) as found", [self._export_id, part])
            for row in cursor:
                out.write(row["found"] + "\n")

    def _set_papers_aside(self, connection: psycopg.Connection[Any], folder: Path) -> None:
        """Those that have lines; of a kind that has none, the newest page with the lines it begins with."""
        held = Holding(folder)
        pages = [row for row in held.rows("showcasePages") if row["removed_at"] is None]
        newest = [row["id"] for row in sorted(pages, key=lambda row: row["updated_at"], reverse=True)]
        written = {(row["page_id"], row["kind"]) for row in held.rows("showcaseDocuments")}
        with (folder / PAPERS).open("w", encoding="utf-8") as out:
            for kind in PaperKind:
                for page_id in [id_ for id_ in newest if (id_, kind.value) in written] or newest[:1]:
                    asked = "select showcase_paper(%s, %s, %s) as paper"
                    row = connection.execute(asked, [page_id, kind.value, self._today]).fetchone()
                    paper = row and row["paper"]
                    if paper and (paper["about"] or paper["words"] or any(map(_tells, paper["parts"]))):
                        out.write(json.dumps({"page_id": page_id, "kind": kind.value, "paper": paper}) + "\n")


def _tells(part: dict[str, Any]) -> bool:
    return bool(part["text"] or part["items"])
