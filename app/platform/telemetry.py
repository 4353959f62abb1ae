"""Logs for the operator: one JSON object a line, ids of requests, never content or names."""

import json
import logging
from datetime import UTC, datetime

_FIELDS = ("request_id", "path", "job", "attachment_id", "provider", "reason")


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            # Where it went wrong, without the message: database errors quote the row they failed on.
            line["error"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            if trace:
                line["where"] = f"{trace.tb_frame.f_code.co_filename.rsplit('/app/', 1)[-1]}:{trace.tb_lineno}"
        return json.dumps(line, ensure_ascii=False)


def configure_logging(level: str) -> None:
    """Sends all logs to standard error as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").disabled = True
    # fontTools among them: it would tell the letters of the names on a sheet of cards.
    for chatty in ("fontTools", "httpx", "alembic.runtime.plugins", "procrastinate.periodic", "procrastinate.worker"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
