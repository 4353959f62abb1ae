"""Which files are taken, how large they may be, and what their first bytes must look like."""

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category

from app.media.models import MediaKind

MAX_FILES = 20
"""Files of one entry."""

ROOM = 5_000_000_000
"""Bytes of one pupil who is at no school; a school says its own (`pupil_room`)."""
MAX_FILES_OF_PUPIL = 2_000
"""Ten years, with a film now and then."""

PART_SIZE = 8 * 1024 * 1024
"""Bytes of every part of an upload but the last."""

HEAD_BYTES = 4_096
"""So much of the start of a file is looked at."""

_MB = 1_000_000
LIMITS = {
    MediaKind.PHOTO: 30 * _MB,
    MediaKind.DOCUMENT: 50 * _MB,
    MediaKind.SOUND: 50 * _MB,
    MediaKind.FILM: 500 * _MB,
}
"""Bytes at most, per kind."""


class Family(StrEnum):
    """What the first bytes say."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    HEIF = "heif"
    MP4 = "mp4"
    MATROSKA = "matroska"
    MPEG_AUDIO = "mpeg_audio"
    OGG = "ogg"
    WAVE = "wave"
    PDF = "pdf"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A media type that we take: what it is to people, how such a file begins, and how its name may end."""

    kind: MediaKind
    family: Family
    endings: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

ACCEPTED = {
    "image/jpeg": Accepted(MediaKind.PHOTO, Family.JPEG, "jpg jpeg jpe jfif"),
    "image/png": Accepted(MediaKind.PHOTO, Family.PNG, "png"),
    "image/webp": Accepted(MediaKind.PHOTO, Family.WEBP, "webp"),
    "image/gif": Accepted(MediaKind.PHOTO, Family.GIF, "gif"),
    "image/heic": Accepted(MediaKind.PHOTO, Family.HEIF, "heic heif"),
    "image/heif": Accepted(MediaKind.PHOTO, Family.HEIF, "heif heic"),
    "video/mp4": Accepted(MediaKind.FILM, Family.MP4, "mp4 m4v"),
    "video/quicktime": Accepted(MediaKind.FILM, Family.MP4, "mov qt"),
    "video/webm": Accepted(MediaKind.FILM, Family.MATROSKA, "webm"),
    "audio/mp4": Accepted(MediaKind.SOUND, Family.MP4, "m4a mp4"),
    "audio/m4a": Accepted(MediaKind.SOUND, Family.MP4, "m4a"),
    "audio/x-m4a": Accepted(MediaKind.SOUND, Family.MP4, "m4a"),
    "audio/mpeg": Accepted(MediaKind.SOUND, Family.MPEG_AUDIO, "mp3"),
    "audio/aac": Accepted(MediaKind.SOUND, Family.MPEG_AUDIO, "aac"),
    "audio/ogg": Accepted(MediaKind.SOUND, Family.OGG, "ogg oga opus"),
    "audio/webm": Accepted(MediaKind.SOUND, Family.MATROSKA, "webm weba"),
    "audio/wav": Accepted(MediaKind.SOUND, Family.WAVE, "wav"),
    "audio/x-wav": Accepted(MediaKind.SOUND, Family.WAVE, "wav"),
    "application/pdf": Accepted(MediaKind.DOCUMENT, Family.PDF, "pdf"),
    f"{_OFFICE}.wordprocessingml.document": Accepted(MediaKind.DOCUMENT, Family.ZIP, "docx"),
    f"{_OFFICE}.presentationml.presentation": Accepted(MediaKind.DOCUMENT, Family.ZIP, "pptx"),
    f"{_OFFICE}.spreadsheetml.sheet": Accepted(MediaKind.DOCUMENT, Family.ZIP, "xlsx"),
    f"{_OPEN}.text": Accepted(MediaKind.DOCUMENT, Family.ZIP, "odt"),
    f"{_OPEN}.presentation": Accepted(MediaKind.DOCUMENT, Family.ZIP, "odp"),
}
"""By media type. SVG and HTML are not here: they can carry script."""

ACCEPTED_NAMES = "jpg, png, webp, heic, gif, mp4, mov, webm, m4a, mp3, ogg, wav, aac, pdf, docx, pptx, xlsx, odt, odp"
"""The same as people know it."""

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_SIGNATURES = (
    (Family.JPEG, re.compile(rb"\xff\xd8\xff")),
    (Family.PNG, re.compile(rb"\x89PNG\r\n\x1a\n")),
    (Family.GIF, re.compile(rb"GIF8[79]a")),
    (Family.WEBP, re.compile(rb"RIFF....WEBP", re.DOTALL)),
    (Family.WAVE, re.compile(rb"RIFF....WAVE", re.DOTALL)),
    (Family.HEIF, re.compile(rb"....ftyp(?:" + b"|".join(_HEIF_BRANDS) + rb")", re.DOTALL)),
    (Family.MP4, re.compile(rb"....(?:ftyp|moov|mdat|wide|free|skip)", re.DOTALL)),
    (Family.MATROSKA, re.compile(rb"\x1aE\xdf\xa3")),
    (Family.OGG, re.compile(rb"OggS")),
    (Family.MPEG_AUDIO, re.compile(rb"ID3|\xff[\xe0-\xff]")),
    (Family.PDF, re.compile(rb"%PDF-")),
    (Family.ZIP, re.compile(rb"PK\x03\x04")),
)


def family_of(head: bytes) -> Family | None:
    """What a file's first bytes look like; None: nothing that we take."""
    return next((family for family, signature in _SIGNATURES if signature.match(head)), None)


def clean_name(name: str, accepted: Accepted) -> str:
    """A file name that is safe to show and to save under: no folders, no control or direction marks, 120 long at most.

    It ends as files of this type do: whoever opens a document that begins like a PDF and is called `.hta` runs it.
    """
    base = re.split(r"[/\\]", name)[-1]
    visible = "".join(char for char in base if category(char)[0] != "C").strip(" .")
    stem, dot, ending = visible.rpartition(".")
    endings = accepted.endings.split()
    if not dot or ending.lower() not in endings:
        stem, ending = visible, endings[0]
    return f"{stem[: 119 - len(ending)].rstrip(' .') or 'file'}.{ending}"
