"""With the first wall taken away: what the app's role reads and writes of talks, in whoever's name."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.guidance.test_second_wall import EVERYBODY, Bare, bare
from tests.test_access_document import table as stated_in
from tests.world import World

__all__ = ["bare"]

SCHOOL = {"teacher", "dean"}


def readers(bare: Bare, table: str) -> set[str]:
    return {who for who in EVERYBODY if bare(who, f"select count(*) from {table}")}


async def test_a_talk_opens_further_step_by_step(world: World, bare: Bare) -> None:
    talk = world.new_conversation()
    world.new_sheet(talk, ready_at=None)
    assert readers(bare, "conversation") == {"pupil"} | SCHOOL
    assert readers(bare, "prep_sheet") == {"pupil"}, "a draft is nobody else's"
    world.change("update conversation set with_home = true")
    assert readers(bare, "conversation") == {"pupil", "guardian"} | SCHOOL
    world.change("update prep_sheet set ready_at = now()")
    assert readers(bare, "prep_sheet") == {"pupil"} | SCHOOL
    world.new_record(talk)
    assert readers(bare, "conversation_record") == {"pupil"} | SCHOOL
    world.new_agreement(talk)
    for table in ("conversation_record", "conversation_agreement"):
        assert readers(bare, table) == {"pupil", "guardian"} | SCHOOL
    assert readers(bare, "prep_sheet") == {"pupil"} | SCHOOL, "home never reads the sheet"


async def test_home_reads_the_last_version_once_it_is_agreed_and_no_other(world: World, bare: Bare) -> None:
    talk = world.new_agreed_conversation()
    for table, count in (("conversation_record", 1), ("conversation_agreement", 1), ("next_step", 3)):
        assert bare("guardian", f"select count(*) from {table}") == count
    world.new_record(talk, 2, written_by=world.teacher)
    for table in ("conversation", "conversation_record", "conversation_agreement", "next_step"):
        assert bare("guardian", f"select count(*) from {table}") == 0
    world.new_agreement(talk, 2)
    assert bare("guardian", "select max(version) from conversation_record") == 2
    assert bare("guardian", "select count(*) from conversation_record") == 1
    world.change("update conversation_agreement set ring = 1 where record_version = 2")
    assert bare("guardian", "select count(*) from conversation_record") == 0
    assert bare("dean", "select count(*) from conversation_record") == 2


async def test_a_select_without_any_condition_shows_what_the_document_says(world: World, bare: Bare) -> None:
    stated = stated_in("Who reads a talk")
    read: dict[str, set[str]] = {}
    talk = world.new_conversation()
    world.new_sheet(talk, ready_at=None)
    read["planned"] = readers(bare, "conversation")
    read["sheet, draft"] = readers(bare, "prep_sheet")
    world.change("update conversation set with_home = true")
    read["with home"] = readers(bare, "conversation")
    world.change("update prep_sheet set ready_at = now()")
    read["sheet, ready"] = readers(bare, "prep_sheet")
    world.new_record(talk, steps=[{"id": str(world.new_id()), "text": "Bellen", "who": "pupil"}])
    read["record"] = readers(bare, "conversation_record")
    world.new_agreement(talk)
    read["record, agreed"] = readers(bare, "conversation_agreement")
    read["steps, agreed"] = readers(bare, "next_step")
    tried = {who: {column: "yes" if who in read[column] else "no" for column in read} for who in EVERYBODY}
    assert tried == stated


@pytest.mark.parametrize(
    "closes",
    [
        "update guardianship set custody = 'no'",
        "update guardianship set state = 'ended'",
        "update person set birth_date = '2010-11-24' where id = :pupil",
    ],
    ids=["custody", "ended", "sixteen today"],
)
async def test_what_closes_home_closes_talks(closes: str, world: World, bare: Bare) -> None:
    world.new_agreed_conversation(with_home=True)
    assert bare("guardian", "select count(*) from next_step") == 3
    world.change(closes, **({"pupil": world.pupil} if ":pupil" in closes else {}))
    for table in ("conversation", "conversation_record", "conversation_agreement", "next_step"):
        assert bare("guardian", f"select count(*) from {table}") == 0


async def test_after_the_placement_staff_read_nothing_new_and_after_the_year_nothing(world: World, bare: Bare) -> None:
    talk = world.new_agreed_conversation()
    world.change("update placement set ends_on = :day", day=world.clock.today() + timedelta(days=1))
    world.at(world.clock.today() + timedelta(days=9))
    assert bare("dean", "select count(*) from conversation_record") == 1
    assert bare("dean", "update conversation set place = 'Aula'") == 0
    world.at(date(2027, 8, 1))
    assert bare("dean", "select count(*) from conversation_record") == 0
    world.at(date(2027, 3, 1))
    world.change("update conversation set changed_on = '2027-02-01' where id = :talk", talk=talk)
    assert bare("dean", "select count(*) from conversation_record") == 0


PLAN = (
    "insert into conversation (id, pupil_id, placement_id, kind, on_day, held_with, planned_by, made_at, changed_at,"
    " changed_by, changed_on, version) values (uuidv7(), :pupil, :placement, 'career', '2026-12-01', :with, :by,"
    " now(), now(), :by, :day, 1)"
)


async def test_one_plans_in_ones_own_name_with_staff_of_the_pupil(world: World, bare: Bare) -> None:
    def plan(who: str, **other: Any) -> Any:
        usual = {"pupil": world.pupil, "placement": world.placement, "with": world.teacher}
        usual |= {"by": getattr(world, who), "day": world.clock.today()}
        return bare(who, PLAN, **(usual | other))

    planned = {who for who in EVERYBODY if who != "nobody" and plan(who) == 1}
    assert planned == {"pupil"} | SCHOOL
    assert plan("pupil", **{"with": world.dean}) == 1
    for stranger in (world.other_teacher, world.former_teacher, world.far_dean, world.admin, world.guardian):
        assert plan("pupil", **{"with": stranger}) == "refused"
        assert plan("dean", **{"with": stranger}) == "refused"
    assert plan("teacher", by=world.dean) == "refused"
    assert plan("pupil", pupil=world.classmate) == "refused"
    assert plan("dean", pupil=world.classmate) == "refused", "the placement is of another pupil"
    assert plan("dean", day=date(2026, 1, 1)) == "refused"
    world.change("update placement set ends_on = :day where id = :id", day=date(2026, 11, 20), id=world.placement)
    assert plan("pupil") == plan("dean") == "refused"


CHANGE = "update conversation set {} , version = version + 1, changed_by = viewer_id()"


async def test_what_is_planned_is_changed_by_who_may_until_it_is_held(world: World, bare: Bare) -> None:
    world.new_conversation()
    place = CHANGE.format("place = 'Aula'")
    changed = {who: bare(who, place) for who in EVERYBODY}
    assert changed == dict.fromkeys(EVERYBODY, 0) | {"teacher": 1, "dean": 1, "pupil": "refused"}
    world.change("update conversation set planned_by = pupil_id")
    assert bare("pupil", place) == 1
    assert bare("pupil", CHANGE.format("held_at = now()")) == "refused"
    assert bare("dean", "update conversation set place = 'Aula'") == "refused", "a version more, each time"
    assert (
        bare("dean", "update conversation set version = version + 1, changed_by = :by", by=world.teacher) == "refused"
    )
    assert bare("dean", CHANGE.format("held_with = '" + str(world.other_teacher) + "'")) == "refused"
    world.change("update conversation set held_at = now()")
    assert bare("dean", place) == "refused"
    assert bare("dean", CHANGE.format("held_at = null")) == 1, "held by mistake"


NEVER = (
    "update conversation set pupil_id = pupil_id",
    "update conversation set placement_id = placement_id",
    "update conversation set planned_by = planned_by",
    "update conversation set prepared_at = now()",
    "update conversation set record_version = 0",
    "update conversation set agreed_version = 1",
    "update conversation set agreed_ring = 2",
    "delete from prep_sheet",
    "update conversation_record set pupil_voice = 'Ik kies zorg.'",
    "update conversation_record set written_by = written_by",
    "delete from conversation_record",
    "update conversation_agreement set record_version = record_version",
    "update conversation_agreement set way = 'own'",
    "delete from conversation_agreement",
    "update next_step set conversation_id = null",
    "update next_step set who = 'pupil'",
    "update next_step set staff_id = staff_id",
    "delete from next_step",
)


async def test_what_no_page_writes_nobody_can(world: World, bare: Bare) -> None:
    world.new_agreed_conversation()
    for statement in NEVER:
        assert {bare(who, statement) for who in ("pupil", "dean", "teacher", "guardian")} == {"refused"}, statement
    # A plan of today can be taken back; a talk that was prepared or held cannot.
    assert {bare(who, "delete from conversation") for who in ("pupil", "dean", "teacher", "guardian")} == {0}


async def test_the_sheet_is_the_pupils_with_own_stories_until_the_talk(world: World, bare: Bare) -> None:
    talk, entry = world.new_conversation(), world.new_entry()
    far = world.new_entry(pupil_id=world.classmate)
    add = (
        "insert into prep_sheet (conversation_id, pupil_id, entry_ids, updated_at, version)"
        " values (:talk, :pupil, :entries, now(), 1)"
    )

    def adds(who: str, *entries: UUID, pupil: UUID = world.pupil) -> Any:
        return bare(who, add, talk=talk, pupil=pupil, entries=list(entries))

    assert adds("pupil", entry) == 1
    assert adds("pupil", far) == "refused"
    assert adds("pupil", *[entry] * 4) == "refused"
    assert adds("classmate", pupil=world.classmate) == "refused"
    assert {adds(who) for who in ("dean", "teacher", "guardian")} == {"refused"}
    world.new_sheet(talk)
    assert bare("pupil", "update prep_sheet set doubt = 'Geen'") == 1
    assert {who: bare(who, "update prep_sheet set doubt = 'Geen'") for who in ("dean", "guardian", "classmate")} == {
        "dean": 0, "guardian": 0, "classmate": 0,
    }  # fmt: skip
    world.new_record(talk)
    assert bare("pupil", "update prep_sheet set doubt = 'Geen'") == "refused"


RECORD = (
    "insert into conversation_record (conversation_id, version, pupil_voice, staff_voice, steps, written_by,"
    " written_at) values (:talk, :version, :pupil_voice, :staff_voice, cast(:steps as jsonb), :by, now())"
)


async def test_a_record_is_written_by_staff_of_the_pupil_version_after_version(world: World, bare: Bare) -> None:
    talk = world.new_conversation()

    def write(who: str, version: int = 1, **other: Any) -> Any:
        said = {"pupil_voice": "Ik wil iets met apparaten.", "staff_voice": "Yara zoekt verder.", "steps": []}
        values = {"talk": talk, "version": version, "by": getattr(world, who)} | said | other
        return bare(who, RECORD, **(values | {"steps": json.dumps(values["steps"])}))

    wrote = {who for who in EVERYBODY if who != "nobody" and write(who) == 1}
    assert wrote == SCHOOL
    assert write("dean", by=world.teacher) == "refused"
    assert write("dean", 2) == "refused"
    step: dict[str, Any] = {"id": str(world.new_id()), "text": "Bellen", "who": "pupil"}
    assert write("dean", steps=[step]) == 1
    for wrong in (
        [step] * 2,
        [step | {"who": "staff"}],
        [step | {"who": "staff", "staffId": str(world.far_dean)}],
        [step | {"who": "mama"}],
        [step | {"text": ""}],
        [step | {"dueOn": "2026-13-01"}],
        [{"text": "Bellen", "who": "pupil"}],
        "stap",
    ):
        assert write("dean", steps=wrong) == "refused", wrong
    world.new_record(talk)
    assert write("dean", 1) == "refused"
    assert write("pupil", 2, pupil_voice="Nu weet ik het.") == 1
    assert write("pupil", 2, staff_voice="Yara is knap.") == "refused"
    assert write("pupil", 2, steps=[step]) == "refused"
    world.new_agreement(talk)
    assert write("pupil", 2, pupil_voice="Nu weet ik het.") == "refused"
    assert write("dean", 2) == 1


async def test_akkoord_is_the_pupils_and_on_the_last_version_only(world: World, bare: Bare) -> None:
    talk = world.new_conversation()
    world.new_record(talk)
    world.new_record(talk, 2, written_by=world.teacher)
    agree = (
        "insert into conversation_agreement (conversation_id, record_version, pupil_id, ring, way, agreed_at)"
        " values (:talk, :version, :pupil, :ring, 'own', now())"
    )

    def agrees(who: str, version: int = 2, pupil: UUID = world.pupil, ring: int = 2) -> Any:
        return bare(who, agree, talk=talk, version=version, pupil=pupil, ring=ring)

    assert {who for who in EVERYBODY if agrees(who) == 1} == {"pupil"}
    assert agrees("pupil", 1) == "refused"
    assert agrees("classmate", pupil=world.classmate) == "refused"
    world.change("update person set birth_date = '2015-01-01' where id = :pupil", pupil=world.pupil)
    assert agrees("pupil", ring=1) == "refused", "eleven: chosen together, as with stories"
    assert agrees("pupil") == 1
    world.new_agreement(talk, 2)
    assert {who: bare(who, "update conversation_agreement set words = 'Nee'") for who in ("dean", "guardian")} == {
        "dean": 0, "guardian": 0,
    }  # fmt: skip


async def test_a_step_of_a_talk_is_moved_by_whose_it_is(world: World, bare: Bare) -> None:
    world.new_agreed_conversation()
    done = "update next_step set done_at = now() where who = '{}'"
    moved = {
        who: [bare(who, done.format(whose)) for whose in ("pupil", "staff", "home")]
        for who in ("pupil", "dean", "teacher", "guardian", "classmate")
    }
    assert moved == {
        "pupil": [1, "refused", 1], "dean": [0, 1, 0], "teacher": [0, 0, 0], "guardian": [0, 0, 0],
        "classmate": [0, 0, 0],
    }  # fmt: skip
    word = "update next_step set text = 'Iets anders' where who = '{}'"
    assert bare("pupil", word.format("pupil")) == 1
    assert bare("pupil", word.format("home")) == bare("dean", word.format("staff")) == "refused"
    slip = (
        "insert into next_step (id, pupil_id, text, made_at, version, conversation_id, who)"
        " select uuidv7(), :pupil, 'Zelf bedacht', now(), 1, id, 'pupil' from conversation"
    )
    assert {bare(who, slip, pupil=world.pupil) for who in ("pupil", "dean", "guardian")} == {"refused"}


async def test_a_step_alone_stays_the_pupils_alone(world: World, bare: Bare) -> None:
    world.new_step(world.pupil)
    assert readers(bare, "next_step") == {"pupil"}


FUNCTIONS = {"note_sheet", "guard_record", "note_record", "guard_agreement", "note_agreement"}


async def test_what_runs_as_the_owner_is_not_for_everybody(world: World) -> None:
    guarded = (
        "select array_agg(proname::text) from pg_proc where prosecdef"
        " and 'search_path=public, pg_temp' = any(proconfig)"
        " and not exists (select from aclexplode(proacl) given where given.grantee = 0)"
    )
    assert set(world.scalar(guarded)) >= FUNCTIONS
