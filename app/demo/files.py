"""The files of the region, all made here."""

from dataclasses import dataclass

from app.media.models import MediaKind


@dataclass(frozen=True, slots=True)
class File:
    """Bytes with their media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file as an attachment needs it. `display` and `thumbnail` are there for photos; sizes are in pixels."""

    kind: MediaKind
    name: str
    original: File
    display: File | None = None
    thumbnail: File | None = None
    width: int | None = None
    height: int | None = None


def make_files() -> dict[str, list[Made]]:
    return {}
