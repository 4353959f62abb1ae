"""What a decoder gives back, or why it gives nothing."""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

PICTURE_PX = 2_560
"""The longest side of any picture that is kept."""


class Width(IntEnum):
    """Of thumbnails, in pixels, at most."""

    SMALL = 320
    MEDIUM = 640
    LARGE = 1280


THUMBNAIL_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
"""Media types by ending: browsers that know WebP get that."""


def thumbnail_names() -> list[str]:
    """What distinguishes the thumbnails of one picture: '320.webp' and so on."""
    return [f"{width}.{ending}" for width in Width for ending in THUMBNAIL_TYPES]


class Refused(Exception):
    """The file cannot be taken; `code` is the reason that people read in words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one file, as files in the decoder's folder. Sizes in pixels, of what is shown."""

    file: Path | None
    """What is kept of it; None: the file as it came."""
    file_type: str
    picture: Path | None
    """Upright JPEG or PNG, of which thumbnails are made; None: there is nothing to see of it."""
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    peaks: list[int] | None = None
    """Waveform of a sound: 64 values, 0 to 100."""
    caution: str | None = None
    """Kept, but people are told: a code, as 'pdf_script'."""
