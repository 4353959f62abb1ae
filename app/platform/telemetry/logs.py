"""Logs for the operator: one JSON object a line, ids of requests, never content or names.

Values come into logs by messages of errors (the database quotes the row it refused) and by messages of libraries
(which write what they were given). So of an error its kind and its place are told, and of a library its own words.
"""

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from app.platform.telemetry.doing import current

_FIELDS = (
    *("request_id", "method", "route", "status", "ms", "statements"),
    *("job", "task", "outcome", "attachment_id", "provider", "reason"),
)
_ROOT = f"{Path(__file__).parents[3]}/"
_MOST_FRAMES, _MOST_CAUSES, _MOST_LETTERS = 30, 4, 200
_OURS = ("app", "__main__", "alembic")
"""Loggers that tell no values; of every other one only the words that stand in its code are told."""


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": _words(record),
        }
        doing = current.get()
        if doing is not None:
            line["request_id"] = doing.id
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            line["errors"] = told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _words(record: logging.LogRecord) -> str:
    if record.name.split(".", 1)[0] in _OURS:
        return record.getMessage()
    if action := getattr(record, "action", None):  # procrastinate: its messages hold the arguments of jobs
        return str(action)
    return str(record.msg).splitlines()[0][:_MOST_LETTERS] if record.msg else ""


def told(error: BaseException) -> list[dict[str, object]]:
    """An error and what it came from: kinds, codes of the database and places in the code; no messages."""
    found: list[dict[str, object]] = []
    seen: BaseException | None = error
    while seen is not None and len(found) < _MOST_CAUSES:
        one: dict[str, object] = {"kind": type(seen).__qualname__}
        for name in ("sqlstate", "constraint_name", "table_name"):
            if value := getattr(seen, name, None) or getattr(getattr(seen, "diag", None), name, None):
                one[name] = value
        one["stack"] = _stack(seen.__traceback__)
        found.append(one)
        if isinstance(seen, BaseExceptionGroup):
            seen = seen.exceptions[0]
        else:
            seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return found


def _stack(trace: TracebackType | None) -> list[str]:
    """Our own frames, and where it ended."""
    frames: list[tuple[bool, str]] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = code.co_filename
        ours = file.startswith(_ROOT) and "/site-packages/" not in file
        for root in (_ROOT, "/site-packages/", f"/python{sys.version_info[0]}.{sys.version_info[1]}/"):
            file = file.rpartition(root)[2]
        frames.append((ours, f"{file}:{trace.tb_lineno} {code.co_name}"))
        trace = trace.tb_next
    return [frame for ours, frame in frames[:-1] if ours][-_MOST_FRAMES:] + [frame for _, frame in frames[-1:]]


def configure_logging(level: str) -> None:
    """Sends all logs to standard error as JSON lines. `level` is that of our own; libraries tell warnings."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines())
    handler.addFilter(lambda record: getattr(record, "action", None) != "job_error")  # told by us, with what it took
    wished = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=max(wished, logging.WARNING), handlers=[handler], force=True)
    for name in ("app", "alembic"):
        logging.getLogger(name).setLevel(wished)
    # Every migration that is left alone would have a line otherwise.
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True


def tell_the_uncaught() -> None:
    """What nobody catches in a thread or on the way out is told as everything else; for a process that is ours."""
    threading.excepthook = lambda failed: _tell(failed.exc_value)
    sys.unraisablehook = lambda failed: _tell(failed.exc_value)


def _tell(error: BaseException | None) -> None:
    logging.getLogger("app").error("nobody caught this", exc_info=error)
