"""What is said in a film, as WebVTT (https://www.w3.org/TR/webvtt1/): kept are cues with their times, nothing else."""

import re

from app.platform.errors import Invalid

_TIME = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
_TIMING = re.compile(rf"^\s*({_TIME})\s+-->\s+({_TIME})(?:\s.*)?$")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")


def captions_of(vtt: str) -> str:
    """The cues of it, without styles and notes. Raises Invalid (422) where there are none."""
    text = vtt.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("WEBVTT"):
        raise Invalid("no_webvtt", "/vtt")
    cues = [cue for block in _BLANK.split(text)[1:] if (cue := _cue(block))]
    if not cues:
        raise Invalid("no_webvtt", "/vtt")
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _cue(block: str) -> str | None:
    """Times and words; the name of a cue and where it stands on the screen are left out."""
    lines = block.strip("\n").split("\n")
    for number, line in enumerate(lines[:2]):
        if (timing := _TIMING.match(line)) and (words := lines[number + 1 :]):
            return "\n".join([f"{timing[1]} --> {timing[2]}", *words])
    return None
