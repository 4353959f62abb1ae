"""A file that somebody brings: a zip, or the feed of another portfolio by itself. Nothing is ever unpacked to a path.

What is hostile or broken as a whole is refused before anything is read; what is large is read a piece at a time.
"""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal
from urllib.parse import unquote

MOST_MEMBERS = 20_000
MOST_UNPACKED = 20_000_000_000
MOST_RATIO = 200
MOST_TEXT = 100_000_000
"""Bytes of portfolio.json or a feed, unpacked."""
_MOST_LIST = 10_000_000
"""Bytes of the list of members: it is held in memory as a whole."""
_TAIL = 66_000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError,
    NotImplementedError, OverflowError,
)  # fmt: skip
"""What a damaged zip raises, depending on where it is damaged."""

Kind = Literal["own", "leap2a"]


class Over(Exception):
    """The import is over: taken away, or its pupil's account was closed."""


class BringRefused(Exception):
    """The file as a whole cannot be brought in; `code` is the reason that people read in words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Parcel:
    """One file. `kind`: whether it is an export of ours; `text`: the one that says what is in it."""

    def __init__(self, path: Path) -> None:
        """Raises BringRefused."""
        self._path = path
        with path.open("rb") as file:
            head = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
        self._zip: zipfile.ZipFile | None = None
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._folder = ""
        if head.startswith(b"PK"):
            self._zip = _open(path)
            self.kind = self._look_inside()
        elif head.startswith(b"<") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            if path.stat().st_size > MOST_TEXT:
                raise BringRefused("too_large")
            self.kind = "leap2a"
        else:
            raise BringRefused("unknown_file")

    def close(self) -> None:
        """Lets go of it."""
        if self._zip:
            self._zip.close()

    def _look_inside(self) -> Kind:
        assert self._zip
        for member in self._zip.infolist():
            _require_harmless(member)
            name = member.filename
            if member.is_dir():
                continue
            if name in self._members:
                raise BringRefused("unsafe_names")
            self._members[name] = member
        found: Kind
        for wanted, found in (("portfolio.json", "own"), ("leap2a.xml", "leap2a")):
            # The one that lies highest: some systems put all in a folder.
            at = [name for name in self._members if name.rpartition("/")[2] == wanted]
            if at:
                self._text = min(at, key=lambda name: (name.count("/"), name))
                self._folder = self._text[: -len(wanted)]
                if self._members[self._text].file_size > MOST_TEXT:
                    raise BringRefused("too_large")
                return found
        raise BringRefused("nothing_known")

    @contextmanager
    def text(self) -> Iterator[IO[bytes]]:
        """portfolio.json, or the feed. Raises BringRefused where it is damaged or locked."""
        if self._zip is None:
            with self._path.open("rb") as file:
                yield file
            return
        try:
            with self._zip.open(self._members[self._text]) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError) as error:
            raise BringRefused("broken_zip") from error

    def find(self, name: str) -> zipfile.ZipInfo | None:
        """The member that the text means by a relative address."""
        for wanted in (name, unquote(name)):
            for folder in (self._folder, f"{self._folder}export_info/", ""):
                if found := self._members.get(folder + wanted):
                    return found
        return None

    def pieces(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Its bytes, a piece at a time. Raises what a damaged zip raises (see BROKEN)."""
        assert self._zip
        with self._zip.open(member) as file:
            while piece := file.read(1024 * 1024):
                yield piece


BROKEN = _BROKEN


def _open(path: Path) -> zipfile.ZipFile:
    _require_short_list(path)
    try:
        opened = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise BringRefused("broken_zip") from error
    members = opened.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise BringRefused("too_large")
    if any(member.flag_bits & 1 for member in members):
        raise BringRefused("encrypted")
    if any(member.file_size > 1_000_000 + MOST_RATIO * member.compress_size for member in members):
        raise BringRefused("too_large")
    return opened


def _require_short_list(path: Path) -> None:
    """Before it is read into memory: a list of a million members is refused by its length alone."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise BringRefused("broken_zip")
    length = struct.unpack_from("<L", tail, at + 12)[0]
    large = tail.rfind(b"PK\x06\x06")
    if 0 <= large <= len(tail) - 56:
        length = max(length if length != 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, large + 40)[0])
    if length > _MOST_LIST:
        raise BringRefused("too_large")


def _require_harmless(member: zipfile.ZipInfo) -> None:
    """No way out of the folder, no link, no name that means two things. Raises BringRefused."""
    name = member.orig_filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name or len(name) > 1_000:
        raise BringRefused("unsafe_names")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BringRefused("unsafe_names")
