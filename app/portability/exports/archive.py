"""A zip that is sent to the store while it is made: what is held of it is one part of the upload, and no more.

`zipfile` of the standard library writes to a stream that cannot go back; a library more would add nothing to that.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from app.platform.clock import AMSTERDAM
from app.platform.storage import Storage

PART = 8 * 1024 * 1024
"""Bytes of a part: S3 takes ten thousand of them, so 80 GB."""


class Upload(io.RawIOBase):
    """Takes bytes in order and sends them to an object in parts. Nothing is there before `finish`."""

    def __init__(self, storage: Storage, key: str, upload_id: str) -> None:
        self._storage, self._key, self._id = storage, key, upload_id
        self._held = bytearray()
        self._parts: list[tuple[int, str]] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        given = memoryview(data)  # type: ignore[arg-type]
        self._held += given
        self.size += len(given)
        while len(self._held) >= PART:
            self._send(bytes(self._held[:PART]))
            del self._held[:PART]
        return len(given)

    def _send(self, piece: bytes) -> None:
        number = len(self._parts) + 1
        self._parts.append((number, self._storage.send_part(self._key, self._id, number, piece)))

    def finish(self) -> None:
        """Sends what is left and puts it together. Raises RuntimeError where the store lost a part."""
        if self._held or not self._parts:
            self._send(bytes(self._held))
            self._held.clear()
        if not self._storage.finish_upload(self._key, self._id, self._parts):
            raise RuntimeError("the store lost a part of an export")


class Archive:
    """Members one after the other. Text is packed; photos and films are so already."""

    def __init__(self, target: io.RawIOBase | io.BufferedIOBase, made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self._at = made_at.astimezone(AMSTERDAM).timetuple()[:6]

    def text(self, path: str, content: str) -> None:
        """A member of text."""
        with self.member(path) as out:
            out.write(content.encode())

    def bytes(self, path: str, pieces: Iterable[bytes], size: int) -> None:
        """A member as it is, in pieces."""
        with self.member(path, packed=False, size=size) as out:
            for piece in pieces:
                out.write(piece)

    @contextmanager
    def member(self, path: str, *, packed: bool = True, size: int = 0) -> Iterator[io.BufferedIOBase]:
        """A member to write to."""
        info = zipfile.ZipInfo(path, self._at)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        info.file_size = size
        with self._zip.open(info, "w", force_zip64=size >= zipfile.ZIP64_LIMIT // 2) as out:
            yield out  # type: ignore[misc]

    def close(self) -> None:
        """Writes the list of members, without which it is no zip."""
        self._zip.close()
