"""ffmpeg, called with an argument list, a named demuxer and no way to the network."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from app.media.renditions.made import Refused

MAX_S = 20 * 60
"""The longest film or sound, in seconds."""

DEMUXERS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "audio/mp4": "mov",
    "audio/m4a": "mov",
    "audio/x-m4a": "mov",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/ogg": "ogg",
    "audio/webm": "matroska",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
}
"""By media type: a playlist that calls itself a film is then no film."""

_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_PART_THERE = 0.9
"""So much of what its head promises must be in a file, or it was cut off."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What ffmpeg says of a file. `duration_ms` is None where the file does not tell."""

    duration_ms: int | None
    has_video: bool
    has_audio: bool


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """One call; its status is for the caller to judge."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-threads", "1", *map(str, arguments)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)


def source_of(path: Path, media_type: str) -> list[str | Path]:
    """The arguments that open this file, and nothing that it points at."""
    return ["-protocol_whitelist", "file,pipe", "-f", DEMUXERS[media_type], "-i", path]


def probe(path: Path, media_type: str) -> Heard:
    """Raises Refused ('unreadable', 'too_long')."""
    told = run(*source_of(path, media_type)).stderr.decode(errors="replace")
    if "Input #0" not in told:
        raise Refused("unreadable")
    found = _DURATION.search(told)
    duration = None
    if found:
        hours, minutes, seconds = found.groups()
        duration = round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)
        if duration > MAX_S * 1000:
            raise Refused("too_long")
    return Heard(duration, ": Video:" in told, ": Audio:" in told)


def require_whole(heard: Heard, made_ms: int | None) -> int:
    """The length of what was made, in ms. Raises Refused where it is far from what the file promised."""
    if not made_ms or (heard.duration_ms and made_ms < heard.duration_ms * _PART_THERE - 500):
        raise Refused("unreadable")
    return made_ms
