"""With the first wall taken away: what the app's role reads and writes of the cards from home, in whoever's name."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import create_engine

from tests.guidance.test_second_wall import EVERYBODY, Bare
from tests.ids import new_id
from tests.test_access_document import table
from tests.world import World


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


PARENTS = {"state": "draft", "with_school": False, "child_text": ""}


def fill(world: World) -> dict[str, UUID]:
    """A card in each state, both spoken."""
    offer = world.new_homework_offer(world.group)
    cards = {
        "shared with school and home": world.new_homework(offer_id=offer),
        "shared with home only": world.new_homework(with_school=False),
        "draft of the pupil": world.new_homework(state="draft", with_school=False),
        "draft begun by the guardian": world.new_homework(begun_by=world.guardian, **PARENTS),
    }
    for name, card in cards.items():
        speaker = world.guardian if "guardian" in name else world.pupil
        world.new_sound(card, speaker, "home")
    return cards


async def test_a_select_without_any_condition_shows_what_the_document_says(world: World, bare: Bare) -> None:
    cards = fill(world)
    stated = table("Cards from home")
    tried: dict[str, dict[str, str]] = {who: {} for who in stated}
    for who in stated:
        for name, card in cards.items():
            card_seen = bare(who, "select count(*) from homework where id = :id", id=card)
            heard = bare(who, "select count(*) from attachment where homework_id = :id", id=card)
            assert bool(card_seen) == bool(heard), (who, name)
            tried[who][name] = "yes" if card_seen else "no"
        offered = bare(who, "select count(*) from homework_offer")
        tried[who]["put ready for the class"] = "yes" if offered else "no"
    assert tried == stated


SHARED = "update homework set state = 'shared', shared_at = now(), version = version + 1 where id = :id"
REFUSED = (
    ("guardian", "draft begun by the guardian", SHARED),
    ("guardian", "draft begun by the guardian", "update homework set pupil_id = :other where id = :id"),
    ("guardian", "draft begun by the guardian", "update homework set card = 'good_at' where id = :id"),
    ("guardian", "draft begun by the guardian", "update homework set begun_by = :other where id = :id"),
    ("guardian", "draft begun by the guardian",
     "update homework set child_text = 'Ik', child_by = :pupil, changed_on = :today, version = 2 where id = :id"),
    ("guardian", "shared with school and home",
     "update homework set child_text = 'Ik', child_by = :me, changed_on = :today, version = 2 where id = :id"),
    ("guardian", "shared with school and home",
     "update homework set home_text = 'Ik', home_by = :me, changed_on = :today, version = 2 where id = :id"),
    ("guardian", "shared with school and home",
     "update homework set with_school = false, placement_id = null, version = 2 where id = :id"),
    ("pupil", "draft begun by the guardian",
     "update homework set home_text = 'Ik ben trots', changed_on = :today, version = 2 where id = :id"),
    ("pupil", "draft begun by the guardian",
     "update homework set home_text = 'Ik', home_by = :me, changed_on = :today, version = 2 where id = :id"),
    ("pupil", "draft begun by the guardian",
     "update homework set child_sound = home_sound, child_by = :me, changed_on = :today, version = 2 where id = :id"),
    ("pupil", "draft of the pupil", "update homework set version = 9 where id = :id"),
    ("pupil", "draft of the pupil",
     "update homework set child_text = 'Later', changed_on = :today, home_by = :guardian, version = 2 where id = :id"),
    ("pupil", "shared with home only",
     "update homework set with_school = true, placement_id = :far, version = 2 where id = :id"),
    ("pupil", "shared with home only",
     "update homework set child_text = 'Nu', changed_on = date '2026-08-02', version = 2 where id = :id"),
)  # fmt: skip


async def test_the_voices_and_who_shares_hold_without_the_first_wall(world: World, bare: Bare) -> None:
    cards = fill(world)
    far = world.scalar("select id from placement where pupil_id = :other", other=world.other_pupil)
    for who, name, statement in REFUSED:
        known = {
            "id": cards[name], "me": getattr(world, who), "pupil": world.pupil, "guardian": world.guardian,
            "other": world.other_pupil, "far": far, "today": world.clock.today(),
        }  # fmt: skip
        used = {key: value for key, value in known.items() if f":{key}" in statement}
        assert bare(who, statement, **used) == "refused", (who, name, statement)


async def test_only_who_spoke_touches_what_was_said(world: World, bare: Bare) -> None:
    fill(world)
    for statement in (
        "update attachment set file_key = 'other' where homework_id is not null",
        "delete from attachment where homework_id is not null",
    ):
        assert bare("pupil", statement) == 3, "the pupil's own"
        assert bare("guardian", statement) == 1, "the guardian's own"
        for who in set(EVERYBODY) - {"pupil", "guardian"}:
            assert bare(who, statement) == 0, (who, statement)
    entry = world.new_entry()
    moved = "update attachment set homework_id = null, entry_id = :entry where homework_id is not null"
    for who in ("pupil", "guardian"):
        assert bare(who, moved, entry=entry) == "refused", who


BEGIN = """insert into homework (id, pupil_id, begun_by, card, card_version, language, home_text, home_by, changed_on,
    begun_at, updated_at, version)
    values (:id, :pupil, :begun, 'dream', 1, 'nl', 'Ik', :said, :today, now(), now(), 1)"""


async def test_nobody_begins_a_card_in_the_name_of_another(world: World, bare: Bare) -> None:
    about = {"id": new_id(world), "pupil": world.pupil, "today": world.clock.today()}
    for who in set(EVERYBODY) - {"pupil", "guardian", "nobody"}:
        me = getattr(world, who)
        assert bare(who, BEGIN, begun=me, said=me, **about) == "refused", who
    for begun, said in ((world.guardian, world.pupil), (world.pupil, world.pupil)):
        assert bare("guardian", BEGIN, begun=begun, said=said, **about) == "refused"
    assert bare("guardian", BEGIN, begun=world.guardian, said=world.guardian, **about) == 1


OFFER = """insert into homework_offer (id, group_id, card, card_version, on_day, offered_by, offered_at)
    values (:id, :group, 'good_at', 1, :today, :by, now())"""


async def test_a_card_is_put_ready_by_who_guides_the_class_in_the_own_name(world: World, bare: Bare) -> None:
    about = {"id": new_id(world), "group": world.group, "today": world.clock.today()}
    for who in set(EVERYBODY) - {"nobody"}:
        expected = 1 if who in ("teacher", "dean") else "refused"
        assert bare(who, OFFER, by=getattr(world, who), **about) == expected, who
    assert bare("teacher", OFFER, by=world.dean, **about) == "refused"
    world.new_homework_offer(world.group)
    for who in set(EVERYBODY) - {"teacher", "dean"}:
        assert bare(who, "delete from homework_offer") == 0, who
    assert bare("teacher", "update homework_offer set card = 'good_at'") == "refused"


async def test_when_a_parent_was_here_is_that_parents(world: World, bare: Bare) -> None:
    was_here = "insert into home_visit (guardian_id, pupil_id, seen_at) values (:parent, :pupil, now())"
    for who in ("guardian", "no_custody", "other_guardian", "teacher", "pupil"):
        expected = 1 if who == "guardian" else "refused"
        assert bare(who, was_here, parent=getattr(world, who), pupil=world.pupil) == expected, who
    assert bare("no_custody", was_here, parent=world.guardian, pupil=world.pupil) == "refused"
    world.change(was_here, parent=world.guardian, pupil=world.pupil)
    for who in set(EVERYBODY) - {"guardian"}:
        assert not bare(who, "select count(*) from home_visit"), who
