"""Decoders are where files do harm: they run in a process of their own, bounded in memory and time, without passwords.

The worker itself never reads what is in a file.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.media.models import MediaKind
from app.media.renditions.made import Made, Refused

MEMORY_BYTES = 2_000_000_000
"""Address space of one decoder; a film's decoder maps more than it uses."""

REFUSED = 3
"""How a decoder ends that takes the file for no good; its output has the code."""

_NICE = 10
_LOOK_S = 0.5
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")


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
    with subprocess.Popen(
        [sys.executable, "-m", "app.media.renditions", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ} | {"HOME": str(folder)},
        start_new_session=True,  # Ctrl-C is for us, and must not make a file look broken
        preexec_fn=_stand_back,
    ) as child:
        try:
            out, complaint = _wait(child, cost.wait_s, stopping)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)  # with the programs that the decoder started
            raise
    if child.returncode == REFUSED:
        raise Refused(out.decode())
    if child.returncode < 0 and -child.returncode not in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        raise Refused("unreadable")
    if child.returncode != 0:
        raise RuntimeError(f"the decoder ended with {child.returncode}: {complaint.decode(errors='replace')[-300:]}")
    told: dict[str, Any] = json.loads(out)
    placeholder = told.pop("placeholder")
    for name in ("file", "picture"):
        told[name] = Path(told[name]) if told[name] else None
    return Rendered(Made(**told), placeholder)


def _wait(child: subprocess.Popen[bytes], seconds: int, stopping: threading.Event) -> tuple[bytes, bytes]:
    """What the child wrote, to both. Raises Refused when it takes too long, RuntimeError when we are to stop."""
    end = time.monotonic() + seconds
    while True:
        try:
            return child.communicate(timeout=_LOOK_S)
        except subprocess.TimeoutExpired:
            if stopping.is_set():
                raise RuntimeError("the worker stops; this file is for the next one") from None
            if time.monotonic() > end:
                raise Refused("too_complex") from None


def _stand_back() -> None:
    """People who look at a page go first."""
    os.nice(_NICE)
