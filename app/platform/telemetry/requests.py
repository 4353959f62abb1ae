"""What is told of every request: a line in the log, figures and a span, as the settings wish."""

import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.types import Scope

from app.platform.settings import Settings
from app.platform.telemetry.doing import Doing, current, span, tracing
from app.platform.telemetry.traces import tracer

if TYPE_CHECKING:
    from app.platform.db import Database
    from app.platform.telemetry.metrics import ServingFigures

log = logging.getLogger("app.requests")

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_OF_OPERATORS = frozenset({"/livez", "/readyz"})


class Answer:
    """The status that went out; 0 as long as nothing did, and so where somebody hung up."""

    status = 0


def route_of(scope: Scope) -> str:
    """The route's pattern, never the path: ids are personal data too."""
    if path := getattr(scope.get("route"), "path", None):
        return str(path)
    return "unknown" if scope["path"].startswith("/v1/") else "screens"


class Requests:
    """One for a serving process; open between start and end of the app."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._figures: ServingFigures | None = None

    @contextmanager
    def open(self, database: "Database") -> Iterator[None]:
        """Figures are served and spans are sent meanwhile. Raises OSError where the port of figures is taken."""
        with ExitStack() as stack:
            stack.enter_context(tracing(stack.enter_context(tracer(self._settings, "app"))))
            if self._settings.metrics_port is not None:
                from app.platform.telemetry.metrics import ServingFigures

                figures = ServingFigures(database)
                stack.callback(
                    figures.serve(self._settings.metrics_host, self._settings.metrics_port, "TALENT_METRICS_PORT")
                )
                self._figures = figures
                stack.callback(setattr, self, "_figures", None)
            yield

    @contextmanager
    def told(self, scope: Scope) -> Iterator[Answer]:
        """Around one request."""
        answer, doing = Answer(), Doing(uuid4().hex)
        scope.setdefault("state", {})["request_id"] = doing.id
        method = scope["method"] if scope["method"] in _METHODS else "other"
        figures = self._figures
        token = current.set(doing)
        began = time.perf_counter()
        if figures:
            figures.began()
        try:
            with span(method) as traced:
                yield answer
                if traced is not None:
                    route = route_of(scope)
                    traced.update_name(f"{method} {route}")
                    attributes = {"http.request.method": method, "http.route": route, "talent.request_id": doing.id}
                    traced.set_attributes(attributes | {"http.response.status_code": answer.status})
        finally:
            seconds = time.perf_counter() - began
            route = route_of(scope)
            if figures:
                figures.ended(method, route, answer.status, seconds, doing.statements)
            level = logging.DEBUG if route == "screens" or route in _OF_OPERATORS else logging.INFO
            if log.isEnabledFor(level):
                told = {"method": method, "route": route, "status": answer.status, "ms": round(seconds * 1000, 1)}
                log.log(level, "request", extra=told | {"statements": doing.statements})
            current.reset(token)
