"""A module of ours in a process of its own: one folder, no passwords, and behind everybody who looks at a page."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

_LOOK_S = 0.2
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")


def run_apart(
    module: str, arguments: Iterable[object], folder: Path, wait_s: float, stopping: threading.Event, nice: int
) -> tuple[int, bytes, str]:
    """`python -m module …` to its end: exit status (below zero: the signal that ended it), output, complaints.

    `folder` is its home; `nice` says how far it stands back (0 to 19). Raises TimeoutError when it takes longer than
    `wait_s`, RuntimeError where `stopping` is set meanwhile; both leave nothing of it running.
    """
    with subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ} | {"HOME": str(folder)},
        # Ctrl-C is for us, and must not make a file look broken. A group, not a session: Linux shares processors
        # between sessions first, and only within one does being nice count.
        process_group=0,
        preexec_fn=partial(os.nice, nice),
    ) as child:
        try:
            out, complaint = _wait(child, wait_s, stopping)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)  # with the programs that it started
            raise
    return child.returncode, out, complaint.decode(errors="replace")


def _wait(child: subprocess.Popen[bytes], seconds: float, stopping: threading.Event) -> tuple[bytes, bytes]:
    end = time.monotonic() + seconds
    while True:
        try:
            return child.communicate(timeout=_LOOK_S)
        except subprocess.TimeoutExpired:
            if stopping.is_set():
                raise RuntimeError("the worker stops; this is for the next one") from None
            if time.monotonic() > end:
                raise TimeoutError from None
