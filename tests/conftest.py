"""Real PostgreSQL and S3 for every test, a clock that stands still, and a small world to look at."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI

from app.main import create_app
from app.platform.clock import FixedClock
from app.platform.db import migrate
from app.platform.embedded import embedded_engines
from app.platform.jobs import jobs
from app.platform.settings import Settings
from tests.world import World, empty, hasten

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, twelve o'clock in The Hague."""

# What is due each hour is begun by a test, never by the machine's clock: that would come between in some minutes only.
jobs.periodic_defaults["max_delay"] = -1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test has an address of its own: of those that share one, workers run the first and no other.

    Schemathesis names the endpoint in a test's name, and pytest leaves that out of the address.
    """
    for item in items:
        endpoint = getattr(item, "operation_label", None)
        if endpoint and endpoint not in item.nodeid:
            item._id = item.id.with_params(endpoint)  # type: ignore[attr-defined]
    assert len({item.nodeid for item in items}) == len(items)


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Engines of the tests' own, one set for each process, migrated; TALENT_VAR_DIR keeps two runs apart."""
    base = Settings()
    beside = os.environ.get("PYTEST_XDIST_WORKER", "")
    var_dir = base.var_dir / f"test{beside}"
    with embedded_engines(base.model_copy(update={"var_dir": var_dir, "log_level": "error"})) as running:
        migrate(running)
        hasten(running)
        yield running


@pytest.fixture(scope="session")
def clock() -> FixedClock:
    """The clock of the app; every test starts at NOON."""
    return FixedClock(NOON)


@pytest.fixture(scope="session")
async def app(settings: Settings, clock: FixedClock) -> AsyncIterator[FastAPI]:
    """The whole app, started."""
    made = create_app(settings, clock)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def world(settings: Settings, app: FastAPI, clock: FixedClock) -> AsyncIterator[World]:
    """Two schools with the people that the rules are about; fresh for every test."""
    clock.set(NOON)
    empty(settings)
    made = World(settings, app, clock)
    yield made
    await made.close()
