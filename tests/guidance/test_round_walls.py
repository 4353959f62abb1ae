"""Talks of a class with the first wall taken away: who takes a talk back, and who learns when staff are taken."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from tests.guidance.test_second_wall import EVERYBODY, Bare
from tests.world import World


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


async def test_only_who_planned_it_today_takes_a_talk_back(world: World, bare: Bare) -> None:
    world.new_conversation()
    for who in EVERYBODY:
        assert bare(who, "delete from conversation") == (1 if who == "dean" else 0), who


@pytest.mark.parametrize(
    "since",
    [
        "update conversation set version = 2",
        "update conversation set changed_on = changed_on - 1",
        "update conversation set held_at = now()",
        "update placement set ends_on = '2026-11-20'",
    ],
)
async def test_what_changed_since_stays(since: str, world: World, bare: Bare) -> None:
    world.new_conversation()
    world.change(since)
    assert bare("dean", "delete from conversation") == 0


async def test_what_a_pupil_has_begun_to_prepare_stays(world: World, bare: Bare) -> None:
    world.new_sheet(world.new_conversation(), ready_at=None)
    assert bare("dean", "delete from conversation") == 0


async def test_when_staff_are_taken_is_for_who_plans_for_the_class(world: World, bare: Bare) -> None:
    world.new_conversation()
    for function in ("staff_times(:group)", "round_partners(:group, app_today())"):
        for who in EVERYBODY:
            found = bare(who, f"select count(*) from {function}", group=world.group)
            assert bool(found) == (who in ("teacher", "dean")), (who, function)
