"""The numbers of a dean's overview are those of the rule that opens entries, though they are counted another way."""

import hashlib
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.platform.db import asyncpg_arguments
from tests.world import World

BY_THE_RULE = """
select pupil_id, bool_or(school_year = school_year_of($1)) this_year, count(*) filter (where state = 'shared') to_review
from entry where state in ('shared', 'asked_back', 'seen') and ring >= 1
    and placement_id = any (running_placements() || ended_placements())
group by pupil_id having bool_or(school_year = school_year_of($1) or state = 'shared') order by pupil_id
"""
COUNTED = "select pupil_id, this_year, to_review from shared_by_pupil($1) order by pupil_id"


def _fill(world: World) -> None:
    """Entries in every state, of two years, at two schools; of who left, changed before and after that day."""
    last_year = {"school_year": 2025, "happened_on": date(2026, 5, 1)}
    world.new_draft()
    world.new_entry("Gedeeld")
    world.new_entry("Alleen school", ring=1)
    world.new_entry("Gevraagd", state="asked_back")
    world.new_entry("Bekeken", state="seen")
    world.new_entry("Vorig jaar, wacht nog", **last_year)
    world.new_entry("Klaar", state="archived", state_before_trash="seen")
    world.new_entry("Weg", state="trashed", state_before_trash="shared", trashed_at=world.clock.now())
    mate = world.scalar("select id from placement where pupil_id = :mate", mate=world.classmate)
    theirs = {"pupil_id": world.classmate, "placement_id": mate}
    world.new_entry("Vorig jaar", state="seen", **theirs, **last_year)
    world.new_entry("Voor hij ging", changed_on=date(2026, 9, 1), **theirs)
    world.new_entry("Daarna veranderd", changed_on=world.clock.today(), **theirs)


async def _asked(world: World, viewer: UUID, query: str) -> list[tuple[Any, ...]]:
    """What the app's role gets for this viewer."""
    token = hashlib.sha256(world.client(viewer).headers["Cookie"].removeprefix("sid=").encode()).digest()
    connection = await asyncpg.connect(**asyncpg_arguments(world.settings.database_url or ""))
    try:
        async with connection.transaction():
            today = world.clock.today()
            await connection.fetch("select * from begin_request($1, $2, $3)", token, world.clock.now(), today)
            return [tuple(row) for row in await connection.fetch(query, today)]
    finally:
        await connection.close()


@pytest.mark.parametrize("left", [False, True], ids=["all are there", "one left"])
async def test_what_is_counted_is_what_the_rule_opens(left: bool, world: World) -> None:
    _fill(world)
    if left:
        world.change("update placement set ends_on = '2026-10-01' where pupil_id = :mate", mate=world.classmate)
    people = ("dean", "teacher", "far_dean", "far_teacher", "former_teacher", "guardian", "pupil", "classmate", "admin")
    found = {}
    for who in people:
        viewer = getattr(world, who)
        by_the_rule = await _asked(world, viewer, BY_THE_RULE)
        assert await _asked(world, viewer, COUNTED) == by_the_rule, who
        found[who] = {pupil: told for pupil, *told in by_the_rule}
    assert found["dean"] == {world.pupil: [True, 3], world.classmate: [True, 1 if left else 2]}
    assert not any(found[who] for who in people if who not in ("dean", "teacher"))


async def test_the_overview_counts_pupils_of_this_year_and_what_waits(world: World) -> None:
    _fill(world)
    page = (await world.client(world.dean).get(f"/v1/schools/{world.kust}")).json()
    (group,) = [each for each in page["groups"] if each["id"] == str(world.group)]
    assert (group["pupilCount"], group["sharedThisYear"], group["toReview"]) == (2, 2, 5)
    world.change("update entry set school_year = 2025 where pupil_id = :mate", mate=world.classmate)
    page = (await world.client(world.dean).get(f"/v1/schools/{world.kust}")).json()
    (group,) = [each for each in page["groups"] if each["id"] == str(world.group)]
    assert (group["sharedThisYear"], group["toReview"]) == (1, 5)


async def test_the_numbers_are_for_nobody_without_a_role_and_end_with_it(world: World) -> None:
    _fill(world)
    today = world.clock.today()
    assert await _asked(world, world.dean, COUNTED)
    world.change("update staff_role set ends_on = :day where person_id = :dean", day=today - timedelta(1),
                 dean=world.dean)  # fmt: skip
    assert await _asked(world, world.dean, COUNTED) == []
