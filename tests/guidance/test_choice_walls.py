"""Choice moments with the first wall taken away: what the app's role reads and writes in whoever's name."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine

from app.guidance.choices.models import ChoiceOptionEntry
from tests.guidance.test_second_wall import EVERYBODY, Bare
from tests.ids import new_id
from tests.test_access_document import table
from tests.world import World

TABLES = ("choice_moment", "choice_option", "choice_option_entry", "choice_sureness", "choice_pick")


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


def fill(world: World, ring: int) -> dict[str, UUID]:
    """The pupil's choice of this year with something in each table."""
    world.change("delete from choice_moment")
    moment, (care, trade) = world.new_choice(world.pupil, world.placement, "Zorg", "Handel", ring=ring)
    world.add(ChoiceOptionEntry(option_id=care, entry_id=world.new_entry()))
    return {
        "moment": moment,
        "option": care,
        "other": trade,
        "sure": world.new_sureness(moment, 2),
        "pick": world.new_pick(moment, care),
    }


async def test_a_select_without_any_condition_shows_what_the_document_says(world: World, bare: Bare) -> None:
    stated = table("Who reads a choice moment")
    tried: dict[str, dict[str, str]] = {who: {} for who in stated}
    for ring in (0, 1, 2):
        fill(world, ring)
        for who in stated:
            found = {bool(bare(who, f"select count(*) from {name}")) for name in TABLES}
            assert len(found) == 1, (who, ring)
            tried[who][f"ring {ring}"] = "yes" if found == {True} else "no"
    assert tried == stated


REFUSED = (
    "update choice_moment set pupil_id = pupil_id",
    "update choice_moment set placement_id = placement_id",
    "update choice_moment set kind = 'study'",
    "update choice_moment set school_year = 2025",
    "update choice_moment set made_at = made_at",
    "delete from choice_moment",
    "update choice_option set moment_id = moment_id",
    "update choice_option set made_at = made_at",
    "delete from choice_option",
    "update choice_option_entry set entry_id = entry_id",
    "update choice_sureness set sure = 5",
    "update choice_pick set why = 'Moest'",
    "delete from choice_pick",
    "select guard_choice_ring()",
)


async def test_what_no_page_writes_nobody_writes(world: World, bare: Bare) -> None:
    fill(world, 2)
    for statement in REFUSED:
        for who in ("pupil", "teacher", "dean", "guardian"):
            assert bare(who, statement) == "refused", (who, statement)


async def test_nobody_says_or_changes_anything_in_the_pupils_place(world: World, bare: Bare) -> None:
    found = fill(world, 2)
    for who in set(EVERYBODY) - {"pupil"}:
        for statement in (
            "update choice_moment set ring = 2, motives = '{pays}'",
            "update choice_option set plus = 'Mooi'",
            "delete from choice_option_entry",
            "delete from choice_sureness",
        ):
            assert bare(who, statement) in (0, "refused"), (who, statement)
        told: dict[str, Any] = {"id": new_id(world), "moment": found["moment"], "now": world.clock.now()}
        for statement, more in (
            ("insert into choice_sureness (id, moment_id, sure, at) values (:id, :moment, 5, :now)", {}),
            ("insert into choice_pick (id, moment_id, plan_a, at) values (:id, :moment, null, :now)", {}),
            (
                "insert into choice_option (id, moment_id, name, version, made_at)"
                " values (:id, :moment, 'Zorg', 1, :now)",
                {},
            ),
        ):
            assert bare(who, statement, **told, **more) == "refused", (who, statement)


BEGIN = (
    "insert into choice_moment (id, pupil_id, placement_id, kind, school_year, ring, version, made_at, updated_at,"
    " changed_on) values (:id, :pupil, :placement, :kind, :year, :ring, 1, :now, :now, :today)"
)


async def test_only_a_moment_that_fits_today_begins_and_only_unshared(world: World, bare: Bare) -> None:
    their_placement = world.scalar("select id from placement where pupil_id = :p", p=world.classmate)
    fits: dict[str, Any] = {"id": new_id(world), "pupil": world.pupil, "placement": world.placement}
    fits |= {"kind": "direction", "year": 2026, "ring": 0, "now": world.clock.now(), "today": world.clock.today()}
    assert bare("pupil", BEGIN, **fits) == 1
    for other in (
        {"pupil": world.classmate},
        {"placement": their_placement},
        {"kind": "study"},
        {"year": 2025},
        {"ring": 1},
    ):
        assert bare("pupil", BEGIN, **(fits | other)) == "refused", other


async def test_the_way_through_time_is_written_on_the_day_itself(world: World, bare: Bare) -> None:
    found = fill(world, 0)
    sure = "insert into choice_sureness (id, moment_id, sure, at) values (:id, :moment, 5, :at)"
    pick = "insert into choice_pick (id, moment_id, plan_a, at) values (:id, :moment, :option, :at)"
    for days, outcome in ((0, 1), (-1, "refused"), (1, "refused")):
        told = {"id": new_id(world), "moment": found["moment"], "at": world.clock.now() + timedelta(days=days)}
        assert bare("pupil", sure, **told) == outcome
        assert bare("pupil", pick, **told, option=found["option"]) == outcome
    assert bare("pupil", "delete from choice_sureness") == 1
    world.change("update choice_sureness set at = at - interval '1 day'")
    assert bare("pupil", "delete from choice_sureness") == 0


async def test_a_plan_is_of_the_own_list_and_a_story_is_ones_own(world: World, bare: Bare) -> None:
    _, (theirs,) = world.new_choice(world.classmate, world.placement, "Zorg")
    world.change("update choice_moment set kind = 'study'")
    found = fill_beside(world)
    entry = world.new_entry(pupil_id=world.classmate, ring=2)
    pick = "insert into choice_pick (id, moment_id, plan_a, at) values (:id, :moment, :theirs, :at)"
    told = {"id": new_id(world), "moment": found, "theirs": theirs, "at": world.clock.now()}
    assert bare("pupil", pick, **told) == "refused"
    tie = "insert into choice_option_entry select id, :entry from choice_option"
    assert bare("pupil", tie, entry=entry) == "refused"


def fill_beside(world: World) -> UUID:
    return world.new_choice(world.pupil, world.placement, "Zorg")[0]


async def test_under_twelve_school_alone_is_no_choice(world: World, bare: Bare) -> None:
    fill(world, 0)
    world.change("update person set birth_date = '2015-06-01' where id = :p", p=world.pupil)
    assert bare("pupil", "update choice_moment set ring = 1") == "refused"
    assert bare("pupil", "update choice_moment set ring = 2") == 1
