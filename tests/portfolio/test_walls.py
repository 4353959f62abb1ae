"""Two walls: with the first one taken away, row-level security still shows nobody what is not theirs."""

import hashlib
import importlib
import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import true

from app.platform.db import Database
from app.platform.reads import Read
from app.portfolio import policy
from app.portfolio.queries import entry as page
from tests.world import World

FORBIDDEN = ("classmate", "other_pupil", "other_teacher", "far_teacher", "former_teacher", "other_guardian",
             "no_custody", "unconfirmed", "far_dean", "admin", "coordinator")  # fmt: skip
ALLOWED = ("pupil", "teacher", "dean", "guardian")
CONTENT = ("entry", "entry_version", "feedback", "attachment")


async def _rows(world: World, person: UUID | None, table: str) -> int:
    """How many rows of a table come out of a bare `select`, with nothing but the session to go by."""
    database: Database = world.app.state.database
    token = world.client(person).headers.get("cookie", "sid=none").removeprefix("sid=")
    async with database.pages.acquire() as connection, connection.transaction():  # type: ignore[union-attr]
        await connection.fetchval(
            "select viewer from begin_request($1, $2, $3)",
            hashlib.sha256(token.encode()).digest(),
            world.clock.now(),
            world.clock.today(),
        )
        return int(await connection.fetchval(f"select count(*) from {table}"))


@pytest.mark.parametrize("table", CONTENT)
async def test_a_select_without_any_condition_shows_only_what_is_allowed(table: str, world: World) -> None:
    entry = world.new_entry()
    world.new_file(entry)
    world.new_feedback(entry, world.teacher)
    seen = {who: await _rows(world, getattr(world, who), table) for who in FORBIDDEN + ALLOWED}
    assert {who for who, count in seen.items() if count and who in FORBIDDEN} == set()
    allowed = ("pupil",) if table == "entry_version" else ALLOWED
    assert {who: seen[who] for who in allowed} == dict.fromkeys(allowed, 1)


@pytest.mark.parametrize("table", [*CONTENT, "access_log"])
async def test_without_a_session_there_is_nothing(table: str, world: World) -> None:
    world.new_file(world.new_entry())
    assert await _rows(world, None, table) == 0
    async with world.app.state.database.pages.acquire() as connection:
        assert await connection.fetchval(f"select count(*) from {table}") == 0


async def test_a_page_without_its_first_wall_still_shows_nothing(world: World, monkeypatch: Any) -> None:
    """The entry page is built again with a policy that allows everything; the second wall is all that is left."""
    world_entry = world.new_entry()
    monkeypatch.setattr(policy, "may_see", lambda sight: true())
    open_page: Read = importlib.reload(page).ENTRY
    monkeypatch.undo()
    importlib.reload(page)
    outcome = {}
    for who in FORBIDDEN + ALLOWED:
        token = world.client(getattr(world, who)).headers["cookie"].removeprefix("sid=")
        found = await open_page.run(
            world.app.state.database,
            hashlib.sha256(token.encode()).digest(),
            world.clock.now(),
            world.clock.today(),
            entry_id=world_entry,
        )
        assert found is not None
        outcome[who] = found.body is not None
    assert outcome == dict.fromkeys(FORBIDDEN, False) | dict.fromkeys(ALLOWED, True)


async def _run_as(world: World, person: UUID, statement: str, *arguments: Any) -> None:
    token = world.client(person).headers["cookie"].removeprefix("sid=")
    async with world.app.state.database.pages.acquire() as connection, connection.transaction():
        await connection.fetchval(
            "select viewer from begin_request($1, $2, $3)",
            hashlib.sha256(token.encode()).digest(),
            world.clock.now(),
            world.clock.today(),
        )
        await connection.execute(statement, *arguments)


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set title = 'Anders' where id = $1",
        "update entry set pupil_id = (select viewer_id()) where id = $1",
        "delete from entry where id = $1",
        "update access_log set rule = 'home' where entry_id = $1",
    ],
)
async def test_nobody_writes_for_another_past_the_first_wall(statement: str, world: World) -> None:
    with pytest.raises(Exception, match=r"only the pupil|permission denied"):
        await _run_as(world, world.teacher, statement, world.new_entry())


async def test_the_app_makes_no_tables_and_passes_no_policy(world: World) -> None:
    async with world.app.state.database.pages.acquire() as connection:
        role = await connection.fetchrow(
            "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"
        )
        assert not any(role.values())
        with pytest.raises(Exception, match="permission denied"):
            await connection.execute("create table public.extra (id int)")


async def test_a_pooled_connection_carries_nobody_over(world: World) -> None:
    """Right after a teacher's page the same connection, without a session, sees nothing."""
    entry = world.new_entry()
    assert (await world.client(world.teacher).get(f"/v1/entries/{entry}")).status_code == 200
    pool = world.app.state.database.pages
    connections = [await pool.acquire() for _ in range(pool.get_size())]
    try:
        assert [await c.fetchval("select count(*) from entry") for c in connections] == [0] * len(connections)
    finally:
        for connection in connections:
            await pool.release(connection)


async def test_who_looked_is_kept_with_the_look_itself(world: World) -> None:
    entry = world.new_entry()
    for who in (world.teacher, world.teacher, world.guardian):
        await world.client(who).get(f"/v1/entries/{entry}")
    await world.client(world.other_teacher).get(f"/v1/entries/{entry}")
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    assert {(look["viewerName"], look["voice"]) for look in looks} == {
        ("Joost de Wit", "school"),
        ("Nadia de Wit", "home"),
    }
    assert all(json.dumps(look["things"]).count("Bezoek aan de haven") == 1 for look in looks)


# --- time ---------------------------------------------------------------------------------------------


async def _sees(world: World, who: UUID, entry: UUID) -> bool:
    return (await world.client(who).get(f"/v1/entries/{entry}")).status_code == 200


async def test_after_the_placement_staff_see_nothing_new_and_after_the_school_year_nothing(world: World) -> None:
    entry = world.new_entry()
    world.change("update placement set ends_on = '2027-01-15' where id = :id", id=world.placement)
    world.change("update group_membership set ends_on = '2027-01-15' where placement_id = :id", id=world.placement)
    seen = {}
    for day in (date(2027, 1, 15), date(2027, 1, 16), date(2027, 7, 31), date(2027, 8, 1)):
        world.at(day)
        seen[day.isoformat()] = [await _sees(world, who, entry) for who in (world.teacher, world.dean)]
    assert seen == {
        "2027-01-15": [True, True],
        "2027-01-16": [True, True],
        "2027-07-31": [True, True],
        "2027-08-01": [False, False],
    }
    world.at(date(2027, 1, 20))
    world.change("update entry set changed_on = '2027-01-16' where id = :id", id=entry)
    assert not await _sees(world, world.teacher, entry)
    assert not await _sees(world, world.dean, entry)


async def test_home_closes_at_sixteen_and_at_eighteen_until_the_pupil_says_yes(world: World) -> None:
    entry = world.new_entry()
    pupil = world.client(world.pupil)
    guardian = world.guardian
    world.at(date(2029, 3, 1))
    assert await _sees(world, guardian, entry)
    yes, address = {"version": 1, "answer": "yes"}, f"/v1/pupils/{world.pupil}/consents/home_sharing"
    assert (await pupil.put(address, json=yes)).status_code == 403
    world.at(date(2029, 3, 2))
    assert not await _sees(world, guardian, entry)
    assert (await pupil.put(address, json=yes)).status_code == 204
    assert await _sees(world, guardian, entry)
    world.at(date(2031, 3, 1))
    assert await _sees(world, guardian, entry)
    world.at(date(2031, 3, 2))
    assert not await _sees(world, guardian, entry)


async def test_a_substitute_sees_the_class_on_the_days_that_were_agreed(world: World) -> None:
    entry = world.new_entry()
    substitute = world.new_teacher("Inval", world.kust, world.group, until=date(2026, 11, 27))
    world.at(date(2026, 11, 27))
    assert await _sees(world, substitute, entry)
    world.at(date(2026, 11, 28))
    assert not await _sees(world, substitute, entry)


async def test_another_school_does_not_see_what_was_shared_before(world: World) -> None:
    entry = world.new_entry()
    world.change("update placement set ends_on = '2026-11-01' where id = :id", id=world.placement)
    world.place(world.pupil, world.duin, world.far_group, starts_on=date(2026, 11, 2))
    portfolio = await world.client(world.far_teacher).get(f"/v1/pupils/{world.pupil}/portfolio")
    assert portfolio.status_code == 200
    assert portfolio.json()["items"] == []
    assert not await _sees(world, world.far_teacher, entry)
