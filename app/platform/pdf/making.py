"""A PDF is set in a process of its own, bounded in memory and time, which sees one folder and no passwords."""

import json
import shutil
import tempfile
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.platform.apart import run_apart

MEMORY_BYTES = 1_500_000_000
"""Address space of the process; what it really uses is a tenth of that."""

_CPU_S, _WAIT_S = 60, 120
_NICE = 5
"""Somebody waits for it, but those who look at a page go first."""


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
    try:
        status, _, complaint = run_apart("app.platform.pdf", arguments, folder, _WAIT_S, stopping, _NICE)
    except TimeoutError:
        raise NotSet("it takes too long") from None
    if status != 0:
        raise NotSet(f"ended with {status}: {complaint[-500:]}")
