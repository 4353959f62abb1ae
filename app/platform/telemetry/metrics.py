"""Figures for Prometheus, on a port of their own that no browser reaches.

Labels are patterns of routes, names of tasks and states: never an id, never a name. The library is imported only
where figures are wished for.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any

import psycopg
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from app.platform.telemetry.asked import ASKED, Asked

if TYPE_CHECKING:
    from app.platform.db import Database

log = logging.getLogger(__name__)

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 25)
_JOB_BUCKETS = (0.1, 0.5, 1, 5, 15, 60, 300, 1200)


class _Figures:
    """A registry of its own, so that two apps in one process (tests) do not meet."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def serve(self, host: str, port: int, setting: str) -> Callable[[], None]:
        """Answers on /metrics until what it returns is called. Raises OSError, naming the setting of the port."""
        try:
            server, thread = start_http_server(port, host, self.registry)
        except OSError as error:
            raise OSError(f"{host}:{port} cannot be used ({error.strerror}): set {setting}") from error

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return stop


class ServingFigures(_Figures):
    """Of a serving process: requests by route, and its connections to the database."""

    def __init__(self, database: "Database") -> None:
        super().__init__()
        labels = ("method", "route", "status")
        self._requests = Counter("talent_requests", "Requests answered", labels, registry=self.registry)
        self._seconds = Histogram(
            "talent_request_seconds",
            "From the first byte to the last",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._statements = Counter("talent_statements", "Statements by route", ("route",), registry=self.registry)
        self._running = Gauge("talent_requests_running", "Requests in hand", registry=self.registry)
        self._kept: dict[Any, Any] = {}
        self.registry.register(_Pools(database))

    def began(self) -> None:
        """A request came in."""
        self._running.inc()

    def ended(self, method: str, route: str, status: int, seconds: float, statements: int) -> None:
        """A request was answered."""
        self._running.dec()
        self._child(self._requests, method, route, str(status)).inc()
        self._child(self._seconds, route).observe(seconds)
        if statements:
            self._child(self._statements, route).inc(statements)

    def _child(self, family: Any, *labels: str) -> Any:
        # Finding a child by its labels costs as much as all the rest.
        key = (family, labels)
        child = self._kept.get(key)
        if child is None:
            child = self._kept[key] = family.labels(*labels)
        return child


class _Pools(Collector):
    """Connections of both pools: in use, idle, and at most."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    def collect(self) -> Iterable[GaugeMetricFamily]:
        family = GaugeMetricFamily("talent_pool_connections", "Connections to the database", labels=("pool", "state"))
        writes: Any = self._database.engine.pool
        family.add_metric(("writes", "used"), writes.checkedout())
        family.add_metric(("writes", "idle"), writes.checkedin())
        family.add_metric(("writes", "most"), self._database.most_connections)
        if pages := self._database.pages:
            family.add_metric(("pages", "used"), pages.get_size() - pages.get_idle_size())
            family.add_metric(("pages", "idle"), pages.get_idle_size())
            family.add_metric(("pages", "most"), pages.get_max_size())
        yield family


class WorkingFigures(_Figures):
    """Of a worker: the jobs it did, and what the database says of the whole installation."""

    def __init__(self, database_url: str) -> None:
        super().__init__()
        labels = ("task", "outcome")
        self._jobs = Counter("talent_jobs_done", "Jobs, by how they ended", labels, registry=self.registry)
        self._seconds = Histogram(
            "talent_job_seconds", "What a job took", ("task",), buckets=_JOB_BUCKETS, registry=self.registry
        )
        self.registry.register(_OfTheDatabase(database_url))

    def ended(self, task: str, outcome: str, seconds: float) -> None:
        """A job came to an end."""
        self._jobs.labels(task, outcome).inc()
        self._seconds.labels(task).observe(seconds)


class _OfTheDatabase(Collector):
    """Asked when somebody looks, and not too often."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._lock = Lock()
        self._found: dict[str, tuple[float, GaugeMetricFamily]] = {}

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Named without asking: the database may be away when this is set up."""
        for asked in ASKED:
            yield GaugeMetricFamily(asked.name, asked.says, labels=asked.labels)

    def collect(self) -> Iterable[GaugeMetricFamily]:
        reached = 1
        with self._lock:
            now = time.monotonic()
            stale = [each for each in ASKED if now - self._found.get(each.name, (float("-inf"),))[0] > each.fresh_s]
            try:
                if stale:
                    self._ask(stale, now)
            except psycopg.Error as error:
                log.warning("figures of the database could not be read", exc_info=error)
                self._found.clear()
                reached = 0
            says = "1 where the database answered"
            return [GaugeMetricFamily("talent_database_reached", says, reached), *(f for _, f in self._found.values())]

    def _ask(self, stale: list[Asked], now: float) -> None:
        options = "-c statement_timeout=10s"
        with psycopg.connect(self._url, connect_timeout=3, autocommit=True, options=options) as database:
            for asked in stale:
                family = GaugeMetricFamily(asked.name, asked.says, labels=asked.labels)
                for row in database.execute(asked.sql.encode()):
                    family.add_metric([str(label) for label in row[:-1]], float(row[-1]))
                self._found[asked.name] = (now, family)
