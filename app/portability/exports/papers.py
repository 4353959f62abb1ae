"""A CV and a plusdocument for who has an etalage: set beside the files, on disk until their turn in the zip comes."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.platform.pdf.making import NotSet
from app.platform.storage import Storage
from app.portability.exports.archive import Archive
from app.portability.exports.html import slug
from app.portability.showcases.models import PaperKind
from app.portability.showcases.setting import paper_pdf

log = logging.getLogger(__name__)

FOLDER = "papier"
_AT_ONCE = 2
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Paper:
    """One PDF in the zip, and the page of the etalage that it was made of."""

    path: str
    kind: PaperKind
    title: str


class Papers:
    """Those that are being set."""

    def __init__(self, waiting: list[tuple[Paper, Future[Path | None]]]) -> None:
        self._waiting = waiting

    def write(self, archive: Archive) -> list[Paper]:
        """Puts each in its place; those that were made. Raises what the store raises."""
        made = []
        for paper, future in self._waiting:
            path = future.result()
            if path is not None:
                archive.bytes(paper.path, _pieces(path), path.stat().st_size)
                made.append(paper)
        return made


@contextmanager
def being_set(
    rows: list[dict[str, Any]], storage: Storage, made_at: datetime, stopping: threading.Event | None
) -> Iterator[Papers]:
    """Begins with each of `holding.PAPERS`; nothing is left of them at the end of `with`."""
    with TemporaryDirectory(prefix="papers-") as folder, ThreadPoolExecutor(_AT_ONCE, "paper") as pool:
        waiting = []
        for place, row in enumerate(rows):
            kind = PaperKind(row["kind"])
            title = row["paper"]["title"]
            path = f"{FOLDER}/{kind.value}-{slug(title)}-{row['page_id'][-12:]}.pdf"
            to = Path(folder) / f"{place}.pdf"
            future = pool.submit(_set, to, storage, kind, row["paper"], made_at, stopping)
            waiting.append((Paper(path, kind, title), future))
        try:
            yield Papers(waiting)
        finally:
            for _, future in waiting:
                future.cancel()


def _set(
    to: Path,
    storage: Storage,
    kind: PaperKind,
    paper: dict[str, Any],
    made_at: datetime,
    stopping: threading.Event | None,
) -> Path | None:
    try:
        to.write_bytes(paper_pdf(storage, kind, paper, made_at, stopping))
    except NotSet:
        log.exception("an export goes without a %s", kind.value)
        return None
    return to


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
