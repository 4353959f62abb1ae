"""A region: `python -m bench.region` measures a school's pages with 2,000 pupils in the database and with 100,000.

It takes some minutes and some GB below var/, so it is no part of `make bench`; all of it is removed. Figures stand in
docs/counts.md. Two databases run side by side, one with a school alone and one with fifty of the same, and each page is
asked of both in turn. The city's figures are set in both as well.
"""

import asyncio
import hashlib
import os
import resource
import shutil
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from rich.console import Console
from rich.table import Table
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from uuid_utils.compat import uuid7

from app.insight.actions import publish
from app.insight.days import Reference
from app.main import create_app
from app.platform.clock import system_clock
from app.platform.db import asyncpg_arguments, migrate
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings

PUPILS, GROUPS = 2_000, 80
SCHOOLS = int(os.environ.get("BENCH_SCHOOLS", "50"))
ENTRIES = int(os.environ.get("BENCH_ENTRIES", "40"))
TOKEN = "bench-region-dean"
PAGES = {
    "overview": "",
    "care": "/care",
    "conversations": "/conversations",
    "dossiers": "/dossiers",
    "figures": "/counts",
}
WARM, TURNS = 10, 30

# Ten school years of stories, of which a fifth of this year; as wide as those of pupils are.
SCHOOL = """
with placed as (
    select uuidv7() person, uuidv7() placement, uuidv7() member, n from generate_series(0, {pupils} - 1) n
), groups as (
    insert into school_group (id, school_id, school_year, name, level, study_year)
    select uuidv7(), $1, $2, 'K' || g, (array['vmbo', 'havo', 'vwo', 'mbo'])[1 + g % 4], 1 + g % 4
    from generate_series(0, {groups} - 1) g returning id, name
), people as (
    insert into person (id, given_name, family_name, search_name, birth_date)
    select person, 'Kind', 'Nummer ' || n, 'kind nummer ' || n, date '2012-03-02' from placed
), placements as (
    insert into placement (id, pupil_id, school_id, starts_on) select placement, person, $1, $3::date from placed
), members as (
    insert into group_membership (id, placement_id, group_id, starts_on)
    select member, placement, groups.id, $3::date from placed join groups on groups.name = 'K' || (n % {groups})
)
insert into entry (id, pupil_id, placement_id, school_year, kind, state, ring, title, happened_on, sort_on, body,
    details, work_fields, version, changed_on, updated_at, shared_at)
select uuidv7(), person, placement, $2 - case when e < {entries} / 5 then 0 else 1 + e % 9 end, 'experience',
    (array['seen', 'seen', 'shared', 'asked_back'])[1 + e % 4], 1 + e % 2, 'Bezoek aan de haven', $3::date, $3::date,
    repeat('Ik zag hoe een kraan een schip lost en praatte met de kraanmachinist. ', 8),
    jsonb_build_object('kind', 'experience', 'form', (array['company_visit', 'fair', 'open_day'])[1 + (n + e) % 3]),
    array[(array['zorg', 'ict', 'bouw', 'transport', 'handel'])[1 + (n * 7 + e) % 5]], 1, $3::date, $4, $4
from placed, generate_series(0, {entries} - 1) e where n % 3 > 0
""".format(pupils=PUPILS, groups=GROUPS, entries=ENTRIES * 3 // 2)


async def _fill(connection: asyncpg.Connection, year: int, begun: date, shared: datetime, schools: int) -> list[UUID]:
    made = []
    for number in range(schools):
        school = uuid7()
        await connection.execute(
            "insert into school (id, name, brin, site) values ($1, $2, $3, '00')", school, f"School {school}",
            f"{number:02}{str(school)[-2:]}",
        )  # fmt: skip
        await connection.execute(SCHOOL, school, year, begun, shared)
        made.append(school)
        if sys.stderr.isatty():
            print(f"\r{len(made)} of {schools} schools", end="", file=sys.stderr, flush=True)
    await connection.execute("vacuum analyze")
    return made


@dataclass(frozen=True, slots=True)
class Region:
    """A database with schools; the dean of `school` is signed in. What it took to make it and to set its figures."""

    settings: Settings
    school: UUID
    entries: int
    figures: int
    filled_s: float
    set_s: float
    set_mb: float


async def _made(settings: Settings, schools: int) -> Region:
    """An empty database gets so many schools."""
    now, today = system_clock.now(), system_clock.today()
    year = today.year - (today.month < 8)
    begun, shared = date(year, 8, 1), now.replace(year=year, month=9, day=15)
    connection: Any = await asyncpg.connect(**asyncpg_arguments(settings.database_owner_url or ""))
    for one in range(year - 10, year + 2):
        await connection.execute(
            "insert into school_year values ($1, $2, $3)", one, date(one, 8, 1), date(one + 1, 7, 31)
        )
    start = time.perf_counter()
    school, *_ = await _fill(connection, year, begun, shared, schools)
    filled = time.perf_counter() - start
    dean = uuid7()
    await connection.execute("insert into person values ($1, 'Dean', 'Meting', 'dean meting', null, 'nl')", dean)
    await connection.execute(
        "insert into staff_role (id, person_id, school_id, role, starts_on) values ($1, $2, $3, 'dean', $4)",
        uuid7(), dean, school, begun,
    )  # fmt: skip
    await connection.execute(
        "insert into session (id, token_hash, person_id, device, label, created_at, last_seen_at, expires_at,"
        " idle_seconds, proved_at) values ($1, $2, $3, 'own', 'Meting', $4, $4, $5, 86400, $4)",
        uuid7(), hashlib.sha256(TOKEN.encode()).digest(), dean, now, now + timedelta(days=1),
    )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    engine = create_async_engine(settings.database_worker_url or "")
    start = time.perf_counter()
    async with async_sessionmaker(engine).begin() as session:
        assert await publish(session, Reference(year, 1, date(year, 10, 1)), now)
        figures = await session.scalar(text("select count(*) from insight_figure"))
    spent = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    await engine.dispose()
    entries = await connection.fetchval("select count(*) from entry")
    await connection.execute("vacuum analyze")
    await connection.close()
    return Region(settings, school, entries, figures or 0, filled, spent, grown)


@asynccontextmanager
async def _dean(region: Region) -> AsyncIterator[httpx.AsyncClient]:
    """The dean of its school, at an app in this process."""
    app = create_app(region.settings, system_clock)
    async with app.router.lifespan_context(app):
        origin, headers = region.settings.origin, {"Cookie": f"sid={TOKEN}"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=origin, headers=headers) as client:
            yield client


async def _compared(small: Region, large: Region) -> Table:
    """Each page of both in turn, on connections that are warm: medians in ms, and their ratio."""
    table = Table("page", "alone, ms", f"among {SCHOOLS}, ms", "ratio")
    async with _dean(small) as alone, _dean(large) as among:
        for name, path in PAGES.items():
            spent: tuple[list[float], list[float]] = ([], [])
            for turn in range(WARM + TURNS):
                for client, region, times in zip((alone, among), (small, large), spent, strict=True):
                    start = time.perf_counter()
                    answer = await client.get(f"/v1/schools/{region.school}{path}")
                    if turn >= WARM:
                        times.append((time.perf_counter() - start) * 1000)
                    assert answer.status_code == 200, answer.text
                    assert path or answer.json()["pupilCount"] == PUPILS
            one, many = (statistics.median(times) for times in spent)
            table.add_row(name, f"{one:.1f}", f"{many:.1f}", f"{many / one:.2f}")
    return table


async def _run(few: Settings, many: Settings) -> None:
    small, large = await _made(few, 1), await _made(many, SCHOOLS)
    print(f"{SCHOOLS * PUPILS:,} pupils, {large.entries:,} entries, made in {large.filled_s:.0f} s")
    print(f"figures: {large.figures:,} set in {large.set_s:.1f} s, {large.set_mb:.0f} MB more")
    Console().print(await _compared(small, large))


def main() -> None:
    """Engines of its own, two of each, below var/bench-region."""
    base = Settings()
    folder = base.var_dir / "bench-region"
    few, many = (base.model_copy(update={"var_dir": folder / part, "log_level": "error"}) for part in ("few", "many"))
    try:
        with embedded_engines(few) as one, embedded_engines(many) as other:
            migrate(one)
            migrate(other)
            asyncio.run(_run(one, other))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
