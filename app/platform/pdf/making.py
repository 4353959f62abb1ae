"""A PDF is set in a process of its own, bounded in memory and time, which sees one folder and no passwords."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1_500_000_000
"""Address space of the process; what it really uses is a tenth of that."""

_CPU_S, _WAIT_S = 60, 120
_NICE = 10
_LOOK_S = 0.2
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")


class NotSet(Exception):
    """The PDF could not be made of this; the text says why, for the log."""


def make_pdf(
    template: Path,
    value: Mapping[str, Any],
    pictures: Mapping[str, Path],
    made_at: datetime,
    stopping: threading.Event | None = None,
) -> bytes:
    """The document that the template makes of a value: PDF/UA-1, or nothing.

    `pictures` are files by the names that the value uses. Texts are never read as markup. Raises NotSet for what
    cannot be set, RuntimeError where `stopping` is set meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix="pdf-") as name:
        folder = Path(name)
        (folder / "value.json").write_text(json.dumps(value), "utf-8")
        (folder / "main.typ").write_bytes(template.read_bytes())
        (folder / "house.typ").write_bytes((Path(__file__).parent / "house.typ").read_bytes())
        for called, path in pictures.items():
            shutil.copyfile(path, folder / called)
        _set(folder, int(made_at.timestamp()), stopping or threading.Event())
        return (folder / "made.pdf").read_bytes()


def _set(folder: Path, made_at: int, stopping: threading.Event) -> None:
    arguments = (folder, made_at, MEMORY_BYTES, _CPU_S)
    with subprocess.Popen(
        [sys.executable, "-m", "app.platform.pdf", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ} | {"HOME": str(folder)},
        start_new_session=True,
        preexec_fn=_stand_back,
    ) as child:
        try:
            complaint = _wait(child, stopping)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
    if child.returncode != 0:
        raise NotSet(f"ended with {child.returncode}: {complaint.decode(errors='replace')[-500:]}")


def _wait(child: subprocess.Popen[bytes], stopping: threading.Event) -> bytes:
    end = time.monotonic() + _WAIT_S
    while True:
        try:
            return child.communicate(timeout=_LOOK_S)[1]
        except subprocess.TimeoutExpired:
            if stopping.is_set():
                raise RuntimeError("the worker stops; this is for the next one") from None
            if time.monotonic() > end:
                raise NotSet("it takes too long") from None


def _stand_back() -> None:
    """People who look at a page go first."""
    os.nice(_NICE)
