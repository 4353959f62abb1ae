"""What this task is busy with: a request or a job. Log lines and spans are told apart by it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer


@dataclass(slots=True)
class Doing:
    """One request or job: its id, which is ours and says nothing about anybody, and how many statements it took."""

    id: str
    statements: int = 0


current: ContextVar[Doing | None] = ContextVar("current", default=None)
"""The request or job of this task; None between them."""

_tracers: list["Tracer"] = []
"""The tracer, where there is one: where nothing is traced, nothing of OpenTelemetry is imported."""

_NOTHING: AbstractContextManager[None] = nullcontext()


@contextmanager
def tracing(tracer: "Tracer | None") -> Iterator[None]:
    """Spans go to this tracer meanwhile."""
    if tracer is None:
        yield
        return
    _tracers.append(tracer)
    try:
        yield
    finally:
        _tracers.remove(tracer)


def span(name: str, **attributes: str | int) -> AbstractContextManager[Any]:
    """A span around something within a request or a job; nothing where nothing is traced.

    What goes wrong is told by its kind alone: messages of the database quote the row.
    """
    if not _tracers:
        return _NOTHING
    return _tracers[-1].start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    )


def statement(name: str) -> AbstractContextManager[Any]:
    """Around one statement: counts it, and traces it by this name."""
    doing = current.get()
    if doing is not None:
        doing.statements += 1
    return span(name) if _tracers else _NOTHING


def count_statements(engine: Engine) -> None:
    """Counts and traces all that goes to the database by this engine, by its first word; never its values."""

    @event.listens_for(engine, "before_cursor_execute")
    def begin(_: Any, __: Any, sql: str, ___: Any, context: Any, ____: bool) -> None:
        around = statement(sql.split(maxsplit=1)[0].lower())
        if around is not _NOTHING and context is not None:
            context.talent_span = around
            around.__enter__()

    @event.listens_for(engine, "after_cursor_execute")
    def end(_: Any, __: Any, ___: str, ____: Any, context: Any, _____: bool) -> None:
        _leave(context)

    @event.listens_for(engine, "handle_error")
    def fail(error: Any) -> None:
        _leave(error.execution_context)


def _leave(context: Any) -> None:
    around = getattr(context, "talent_span", None)
    if around is not None:
        context.talent_span = None
        around.__exit__(None, None, None)
