"""Decoders are where files do harm: they run in a process of their own, bounded in memory and time, without passwords.

The worker itself never reads what is in a file.
"""

import json
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.media.models import MediaKind
from app.media.renditions.made import Made, Refused
from app.platform.apart import run_apart

MEMORY_BYTES = 2_000_000_000
"""Address space of one decoder; a film's decoder maps more than it uses."""

REFUSED = 3
"""How a decoder ends that takes the file for no good; its output has the code."""

_NICE = 15
"""Small pictures can wait: people who look at a page go first."""

_WE_STOP = frozenset((-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file may cost, in seconds of processor time and of waiting."""

    cpu_s: int
    wait_s: int


COSTS = {
    MediaKind.PHOTO: Cost(60, 180),
    MediaKind.FILM: Cost(3_600, 7_200),
    MediaKind.SOUND: Cost(300, 600),
    MediaKind.DOCUMENT: Cost(120, 300),
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made of a file, with its thumbnails in the same folder; without a picture there is no placeholder."""

    made: Made
    placeholder: str | None


def render(kind: MediaKind, source: Path, folder: Path, media_type: str, stopping: threading.Event) -> Rendered:
    """What the decoder of this kind makes of `source` in `folder`.

    Raises Refused, also for a file that the decoder does not survive; RuntimeError where the fault is not the file's,
    so also when `stopping` is set meanwhile.
    """
    cost = COSTS[kind]
    arguments = (kind, source, folder, media_type, MEMORY_BYTES, cost.cpu_s)
    try:
        status, out, complaint = run_apart("app.media.renditions", arguments, folder, cost.wait_s, stopping, _NICE)
    except TimeoutError:
        raise Refused("too_complex") from None
    if status == REFUSED:
        raise Refused(out.decode())
    if status < 0 and status not in _WE_STOP:
        raise Refused("unreadable")
    if status != 0:
        raise RuntimeError(f"the decoder ended with {status}: {complaint[-300:]}")
    told: dict[str, Any] = json.loads(out)
    placeholder = told.pop("placeholder")
    for name in ("file", "picture"):
        told[name] = Path(told[name]) if told[name] else None
    return Rendered(Made(**told), placeholder)
