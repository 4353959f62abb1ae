"""Counts on fixed days: who reads them, what they count, and that they are set once."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from app.insight.actions import CODES, publish
from app.insight.days import Reference, newest
from app.insight.models import Publication, PublishedFigure
from app.people.models import GroupMembership, Person, Placement
from tests.guidance.test_second_wall import Bare, bare  # noqa: F401
from tests.ids import new_id
from tests.test_access_document import table
from tests.world import World

FIRST = Reference(2026, 1, date(2026, 10, 1))
SECOND = Reference(2026, 2, date(2027, 1, 1))
SEPTEMBER = datetime(2026, 9, 15, 10, tzinfo=UTC)
Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def worker(world: World) -> AsyncIterator[Sessions]:
    engine = create_async_engine(world.settings.database_worker_url or "")
    yield async_sessionmaker(engine)
    await engine.dispose()


async def set_figures(world: World, worker: Sessions, reference: Reference = FIRST) -> UUID | None:
    async with worker.begin() as session:
        return await publish(session, reference, world.clock.now())


def fill(world: World, school: UUID, level: str, pupils: int, sharing: int, **fields: Any) -> list[UUID]:
    """So many more pupils at a school, of whom some shared a visit in September; the ids of those visits."""
    group = world.new_group(school, f"{level} {new_id(world).hex[-6:]}", level=level)
    rows: list[Any] = []
    placed = []
    for number in range(pupils):
        person, placement = new_id(world), new_id(world)
        name = f"Kind {number}"
        begun = date(2026, 8, 1)
        rows += [
            (Person, {"id": person, "given_name": "Kind", "family_name": name, "search_name": name}),
            (Placement, {"id": placement, "pupil_id": person, "school_id": school, "starts_on": begun}),
            (
                GroupMembership,
                {"id": new_id(world), "placement_id": placement, "group_id": group, "starts_on": begun},
            ),
        ]
        placed.append((person, placement))
    with world.engine.begin() as connection:
        for table in (Person, Placement, GroupMembership):
            connection.execute(table.__table__.insert(), [values for kind, values in rows if kind is table])
    return [share(world, *placed[number], **fields) for number in range(sharing)]


def share(world: World, pupil: UUID, placement: UUID, **fields: Any) -> UUID:
    values = {"work_fields": ["zorg"], "details": {"kind": "experience", "form": "company_visit"}}
    return world.new_entry(pupil_id=pupil, placement_id=placement, shared_at=SEPTEMBER, **(values | fields))


async def read(world: World, who: str = "coordinator", path: str = "/v1/city-counts") -> dict[str, Any]:
    answer = await world.client(getattr(world, who)).get(path)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def cell(counts: dict[str, Any], level: str, code: str) -> tuple[int, int | None]:
    found = [(one["pupils"], one["times"]) for one in counts["figures"] if (one["level"], one["code"]) == (level, code)]
    assert len(found) == 1
    return found[0]


async def test_before_the_first_figures_the_coordinator_reads_that_there_are_none(world: World) -> None:
    found = await read(world)
    assert (found["sets"], found["shown"], found["figures"], found["years"]) == ([], None, [], [])
    assert found["report"]["total"] == 18378
    answer = await world.client(world.coordinator).get("/v1/city-counts/sheet")
    assert answer.status_code == 404


async def test_it_counts_pupils_once_and_visits_each_time_in_tens(world: World, worker: Sessions) -> None:
    visits = fill(world, world.kust, "havo", 120, 17)
    pupil, placement = (world.scalar(f"select {name} from entry where id = :id", id=visits[0]) for name in
                        ("pupil_id", "placement_id"))  # fmt: skip
    for fields in ({"work_fields": ["zorg", "zorg", "ict"]}, {"details": {"kind": "experience", "form": "fair"}},
                   {"kind": "work_sample", "details": {"kind": "work_sample"}}, {"work_fields": []}):  # fmt: skip
        share(world, pupil, placement, **fields)
    assert await set_figures(world, worker)
    counts = await read(world)
    names = ("placed", "shared", "zorg", "company_visit", "ict", "fair")
    assert {name: cell(counts, "havo", name) for name in names} == {
        "placed": (120, None),
        "shared": (10, 20),
        "zorg": (10, 20),
        "company_visit": (10, 10),
        "ict": (0, None),
        "fair": (0, None),
    }  # fmt: skip
    assert len([one for one in counts["figures"] if one["level"] == "havo"]) == len(CODES)


async def test_drafts_what_is_put_away_and_what_was_shared_later_or_elsewhere_do_not_count(
    world: World, worker: Sessions
) -> None:
    visits = fill(world, world.kust, "havo", 100, 16)
    for number, change in enumerate((
        "state = 'draft', ring = 0", "state = 'archived'", "state = 'trashed'", "school_year = 2025",
        "shared_at = '2026-10-01 00:00 Europe/Amsterdam'", f"placement_id = '{world.placement}'",
    )):  # fmt: skip
        world.change(f"update entry set {change} where id = :id", id=visits[number])
    world.change("update entry set shared_at = '2026-09-30 23:59 Europe/Amsterdam' where id = :id", id=visits[6])
    await set_figures(world, worker)
    assert cell(await read(world), "havo", "shared") == (10, 10)
    world.change("update entry set state = 'archived' where id = :id", id=visits[7])
    world.change("delete from insight_figure; delete from insight_publication")
    await set_figures(world, worker)
    assert cell(await read(world), "havo", "shared") == (0, None)


async def test_who_leaves_or_moves_up_stays_counted_where_they_were(world: World, worker: Sessions) -> None:
    """Else the difference of two tables would say what the few who left had done."""
    fill(world, world.kust, "havo", 100, 20)
    fill(world, world.duin, "havo", 100, 9)
    told = world.scalar("select placement_id from entry limit 1")
    assert await set_figures(world, worker)
    world.change("update group_membership set ends_on = '2026-10-31' where placement_id = :id", id=told)
    world.change("update placement set ends_on = '2026-10-31' where id = :id", id=told)
    mover = world.scalar("select pupil_id from placement where id = :id", id=told)
    there = world.place(mover, world.duin, world.new_group(world.duin, "2V", level="vwo"), date(2026, 11, 1))
    world.place(mover, world.duin, world.new_group(world.duin, "2D", level="havo"), date(2026, 12, 1))
    share(world, mover, there)
    assert await set_figures(world, worker, SECOND)
    own = {name: await read(world, who, f"/v1/schools/{school}/counts") for name, who, school in (
        ("before", "dean", world.kust), ("after", "far_dean", world.duin))}  # fmt: skip
    assert cell(own["before"], "havo", "shared") == (20, 20)
    assert cell(own["after"], "havo", "shared") == (0, None)
    assert cell(await read(world), "vwo", "placed") == (0, None), "the mover is there, at the first level of the year"
    assert world.scalar("select pupils from participation(:school, 2026, '2027-01-01') where level = 'vwo' limit 1",
                        school=world.duin) == 1  # fmt: skip


async def test_a_school_reads_its_own_and_a_small_one_only_counts_in_the_city(world: World, worker: Sessions) -> None:
    fill(world, world.kust, "havo", 130, 40)
    fill(world, world.duin, "havo", 60, 20)
    await set_figures(world, worker)
    own = await read(world, "dean", f"/v1/schools/{world.kust}/counts")
    assert own["school"]["name"] == "Kustlijn"
    assert (cell(own, "havo", "zorg"), own["report"]) == ((40, 40), None)
    assert await read(world, "admin", f"/v1/schools/{world.kust}/counts") == own
    elsewhere = await read(world, "far_dean", f"/v1/schools/{world.duin}/counts")
    assert (elsewhere["shown"], elsewhere["figures"]) == (None, [])
    assert cell(await read(world), "havo", "zorg") == (60, 60)


async def test_figures_are_set_once_also_by_two_workers_and_by_a_clock_that_was_set_back(
    world: World, worker: Sessions
) -> None:
    fill(world, world.kust, "havo", 100, 20)
    set_by = await asyncio.gather(*(set_figures(world, worker) for _ in range(4)))
    assert len([one for one in set_by if one]) == 1
    world.change("update entry set state = 'archived'")
    assert await set_figures(world, worker) is None
    assert await set_figures(world, worker, SECOND)
    assert await set_figures(world, worker, FIRST) is None
    counts = await read(world)
    assert [one["quarter"] for one in counts["sets"]] == [2, 1]
    assert (cell(counts, "havo", "shared"), counts["shown"]["setOn"]) == ((0, None), "2027-01-01")
    earlier = await read(world, path=f"/v1/city-counts?publication={counts['sets'][1]['id']}")
    assert cell(earlier, "havo", "shared") == (20, 20)
    assert [one["schoolYear"] for one in counts["years"]] == [2026]
    assert counts["years"][0]["figures"] == counts["figures"]


async def test_a_school_that_grows_within_the_year_stays_with_the_smaller_ones(world: World, worker: Sessions) -> None:
    fill(world, world.kust, "havo", 100, 0)
    fill(world, world.duin, "havo", 90, 0)
    await set_figures(world, worker)
    fill(world, world.duin, "havo", 60, 0)
    await set_figures(world, worker, SECOND)
    assert (await read(world, "far_dean", f"/v1/schools/{world.duin}/counts"))["figures"] == []
    assert cell(await read(world, "dean", f"/v1/schools/{world.kust}/counts"), "havo", "placed") == (100, None)


async def test_where_nobody_is_at_school_nothing_is_set(world: World, worker: Sessions) -> None:
    assert await set_figures(world, worker, Reference(2030, 1, date(2030, 10, 1))) is None
    assert (await read(world))["sets"] == []


@pytest.mark.parametrize(
    ("today", "year", "quarter"),
    [("2026-09-30", 2025, 4), ("2026-10-01", 2026, 1), ("2026-12-31", 2026, 1), ("2027-01-01", 2026, 2),
     ("2027-03-31", 2026, 2), ("2027-04-01", 2026, 3), ("2027-07-31", 2026, 3), ("2027-08-01", 2026, 4)],
)  # fmt: skip
def test_the_days_are_known_beforehand(today: str, year: int, quarter: int) -> None:
    found = newest(date.fromisoformat(today))
    assert (found.school_year, found.quarter) == (year, quarter)


async def test_the_sheet_opens_as_a_table_and_runs_nothing(world: World, worker: Sessions) -> None:
    world.change("update school set name = '=HYPERLINK(1);x' where id = :id", id=world.kust)
    fill(world, world.kust, "havo", 100, 20)
    await set_figures(world, worker)
    answer = await world.client(world.dean).get(f"/v1/schools/{world.kust}/counts/sheet")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="cijfers-school-2026-10-01.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[:3] == [
        ["Bron", "Talentportfolio"],
        ["Van", "'=HYPERLINK(1);x"],
        ["Vastgesteld op", "1 oktober 2026"],
    ]
    at = rows.index([])
    assert rows[at + 1][-2:] == ["Leerlingen (minstens)", "Aantal keer (minstens)"]
    figures = [row for row in rows[at + 2 :] if row[2] == "havo"]
    assert ["2026-2027", "1 oktober 2026", "havo", "Soort werk", "Zorg en welzijn", "20", "20"] in figures
    assert ["2026-2027", "1 oktober 2026", "havo", "Soort ervaring", "stage", "minder dan 10", ""] in figures
    assert len(figures) == len(CODES)


READERS = ("coordinator", "dean", "admin", "far_dean")


async def test_bare_sql_reads_only_figures_that_are_ones_own_and_writes_none(
    world: World,
    worker: Sessions,
    bare: Bare,  # noqa: F811
) -> None:
    fill(world, world.kust, "havo", 100, 20)
    fill(world, world.duin, "mbo", 100, 20)
    await set_figures(world, worker)
    whose = "select count(*) > 0 from insight_figure where school_id is not distinct from cast(:school as uuid)"
    stated = table("Figures")
    tried = {
        who: {
            "figures of the city": "yes" if bare(who, whose, school=None) else "no",
            "figures of the school": "yes" if bare(who, whose, school=world.kust) else "no",
        }
        for who in stated
    }
    assert tried == stated
    for who in stated:
        assert bool(bare(who, "select count(*) from insight_publication")) is (who in READERS)
    # The coordinator reads no story, and nobody counts exactly, adds, changes or removes.
    assert bare("coordinator", "select count(*) from entry") == 0
    for statement in (
        "select pupils from participation((select id from school limit 1), 2026::integer, '2026-10-01')",
        "update insight_figure set pupils = 10",
        "delete from insight_figure",
        "insert into insight_publication select uuidv7(), 2026, 3, '2027-04-01', now()",
        "update insight_publication set fictional = true",
    ):
        assert {bare(who, statement) for who in READERS} == {"refused"}


async def test_the_database_keeps_tens_only_and_not_even_the_worker_changes_them(
    world: World, worker: Sessions
) -> None:
    fill(world, world.kust, "havo", 100, 20)
    publication = await set_figures(world, worker)
    for pupils, times in ((7, None), (15, 20), (0, 10), (20, 3), (-10, None)):
        row = {"publication_id": publication, "level": "mbo", "family": "field", "code": "zorg"}
        with pytest.raises(Exception, match="in_tens"):
            world.add(PublishedFigure(id=new_id(world), pupils=pupils, times=times, **row))
    again = {"id": new_id(world), "school_year": 2026, "quarter": 1, "made_at": world.clock.now()}
    with pytest.raises(Exception, match="uq_insight_publication"):
        world.add(Publication(set_on=date(2026, 10, 2), **again))
    for statement in ("update insight_figure set pupils = 0", "delete from insight_publication"):
        async with worker() as session:
            with pytest.raises(Exception, match="permission denied"):
                await session.execute(text(statement))
