"""Puts an export together: the zip is written while it goes out, and memory does not grow with photos."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from botocore.exceptions import ClientError

from app.platform.storage import Storage
from app.portability.exports import schema
from app.portability.exports.archive import Archive
from app.portability.exports.holding import PAPERS, Holding, Stopped
from app.portability.exports.html import slug, spoken
from app.portability.exports.leap2a import Feed
from app.portability.exports.papers import being_set
from app.portability.exports.parts import HEAVY, PARTS, PUPIL
from app.portability.exports.site import Site
from app.portability.exports.story_page import Row

FILES = "bestanden"
_AHEAD = 4
"""Files that are fetched before their turn; larger ones than `_SMALL` are fetched in their turn, a piece at a time."""
_SMALL = 4 * 1024 * 1024
_TELL_EVERY = 25

GoOn = Callable[[int, int], bool]
"""Told how far it is of how much; whether to go on."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is in it: stories, files, and files that were not ready or are lost."""

    stories: int
    files: int
    missing: int

    def as_json(self) -> dict[str, int]:
        """As kept with the export."""
        return {"stories": self.stories, "files": self.files, "missing": self.missing}


def make(
    holding: Holding,
    storage: Storage,
    archive: Archive,
    made_at: datetime,
    origin: str,
    go_on: GoOn,
    stopping: threading.Event | None = None,
) -> Made:
    """Writes everything. Raises Stopped, and what Storage raises."""
    rows = {part.name: holding.all(part.name) for part in PARTS if part.name not in HEAVY}
    (pupil,), people = holding.all("pupil"), holding.all("people")
    wanted = _give_paths(rows["files"], rows["keptFiles"])
    steps = len(rows["entries"]) + len(wanted)
    if not go_on(0, steps):
        raise Stopped
    # Paper is set while files are fetched.
    with being_set(holding.all(PAPERS), storage, made_at, stopping) as papers:
        lost = _write_files(archive, storage, wanted, lambda done: go_on(done, steps))
        on_paper = papers.write(archive)
    for file in chain(rows["files"], rows["keptFiles"]):
        if file.get("path") in lost:
            file["path"] = None
    with spoken(pupil["locale"]):
        for path, content in Site(pupil, people, rows, made_at, on_paper).pages():
            archive.text(path, content)
    if not go_on(steps, steps):
        raise Stopped
    with archive.member("portfolio.json") as out:
        for piece in _portfolio(holding, rows, pupil, people, made_at, origin):
            out.write(piece.encode())
    archive.text(
        f"portfolio-{schema.VERSION}.schema.json", json.dumps(schema.json_schema(origin), ensure_ascii=False, indent=1)
    )
    by_entry: dict[str, list[Row]] = {}
    for file in rows["files"]:
        if file["entry_id"]:
            by_entry.setdefault(file["entry_id"], []).append(file)
    with archive.member("leap2a.xml") as out:
        feed = Feed(pupil, f"{origin}/portfolio/{pupil['id']}/", made_at)
        shown = (entry for entry in rows["entries"] if entry["state"] != "trashed")
        with spoken(pupil["locale"]):
            for piece in feed.write(shown, by_entry, rows["steps"], rows["showcasePages"]):
                out.write(piece.encode())
    archive.close()
    missing = sum(not file["path"] for file in rows["files"])
    return Made(len(rows["entries"]), len(wanted) - len(lost), missing)


def _give_paths(files: list[Row], kept: list[Row]) -> dict[str, tuple[str, int]]:
    """Gives every file that is ready its place in the zip; by place the key in the store and the size.

    By content: the same bytes are in it once, also where a dossier kept them.
    """
    wanted: dict[str, tuple[str, int]] = {}
    by_hash: dict[str, str] = {}
    for file in chain(files, kept):
        file["path"] = None
        if not file["file_key"] or file.get("state", "ready") != "ready":
            continue
        sha256 = file["file_sha256"] or file["file_key"].rpartition("/")[2]
        if sha256 not in by_hash:
            by_hash[sha256] = f"{FILES}/{sha256[:16]}-{_name(file['name'], file['file_type'] or file['media_type'])}"
            wanted[by_hash[sha256]] = (file["file_key"], file["file_size"] or 0)
        file["path"] = by_hash[sha256]
    return wanted


_ENDINGS = {"image/jpeg": "jpg", "video/mp4": "mp4", "audio/mp4": "m4a"}


def _name(name: str, media_type: str) -> str:
    """A name to read, with the ending of what is kept: a HEIC is a JPEG by now."""
    stem, _, ending = name.rpartition(".")
    return f"{slug(stem or ending)}.{_ENDINGS.get(media_type, slug(ending, 5))}"


def _write_files(
    archive: Archive, storage: Storage, wanted: dict[str, tuple[str, int]], go_on: Callable[[int], bool]
) -> set[str]:
    """Puts the files in, some fetched ahead; the places of those that the store has lost. Raises Stopped."""
    lost: set[str] = set()
    with ThreadPoolExecutor(_AHEAD, "export") as pool:
        waiting: deque[tuple[str, int, str, Future[bytes] | None]] = deque()
        queue = iter(wanted.items())
        done = 0
        try:
            while True:
                for path, (key, size) in queue:
                    waiting.append((path, size, key, pool.submit(storage.get, key) if size <= _SMALL else None))
                    if len(waiting) >= _AHEAD:
                        break
                if not waiting:
                    return lost
                path, size, key, fetched = waiting.popleft()
                try:
                    archive.bytes(path, (fetched.result(),) if fetched else storage.pieces(key), size)
                except ClientError as error:
                    if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                        raise
                    lost.add(path)
                done += 1
                if done % _TELL_EVERY == 0 and not go_on(done):
                    raise Stopped
        finally:
            for *_, fetched in waiting:
                if fetched:
                    fetched.cancel()


def _portfolio(
    holding: Holding, rows: dict[str, list[Row]], pupil: Row, people: list[Row], made_at: datetime, origin: str
) -> Iterator[str]:
    """portfolio.json, a row at a time."""
    head: dict[str, Any] = {
        "$schema": f"{origin}{schema.PATH}",
        "format": schema.FORMAT,
        "version": schema.VERSION,
        "madeAt": made_at.isoformat(),
        "madeBy": origin,
        "leftOut": schema.left_out(),
        "pupil": schema.row_of(PUPIL, pupil),
        "people": [
            {"id": each["id"], "givenName": each["given_name"], "familyName": each["family_name"]} for each in people
        ],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    for part in PARTS:
        yield f',\n "{part.name}": ['
        between = "\n  "
        for row in rows[part.name] if part.name in rows else holding.rows(part.name):
            yield between + json.dumps(schema.row_of(part, row), ensure_ascii=False)
            between = ",\n  "
        yield "]"
    yield "\n}\n"
