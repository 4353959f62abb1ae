"""The loopbaandossier from open to good: what counts, what lacks, the snapshot, closing, second reader, home."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from app.people.models import Role
from tests.dossiers import CODES, file_of, fill_dossier, new_hand_in, third_year
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World


@pytest.fixture(autouse=True)
def grown(world: World) -> None:
    third_year(world)


async def mine(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/v1/me/dossier")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def write(
    client: httpx.AsyncClient, competency: str, version: int | None = None, **fields: Any
) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.put(f"/v1/me/dossier/parts/{competency}", json=fields, headers=headers)


async def hand_in(client: httpx.AsyncClient, which: UUID) -> httpx.Response:
    return await client.put(f"/v1/me/dossier/hand-ins/{which}")


async def close(
    client: httpx.AsyncClient, which: UUID, outcome: str, reason: str = "", version: int | None = 1
) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    body = {"outcome": outcome, "reason": reason}
    return await client.put(f"/v1/dossiers/{which}/closing", json=body, headers=headers)


async def handed_in(world: World) -> UUID:
    """The pupil's dossier, filled and handed in by the pupil."""
    fill_dossier(world)
    which = new_id(world)
    answer = await hand_in(world.client(world.pupil), which)
    assert answer.status_code == 201, answer.text
    return which


# --- filling ---------------------------------------------------------------------------------------


async def test_a_dossier_begins_open_and_says_what_lacks(world: World) -> None:
    world.new_entry("Interview met een kapitein", competencies=["networking"])
    found = await mine(world.client(world.pupil))
    assert (found["state"], found["mayWrite"], found["school"]["name"]) == ("open", True, "Kustlijn")
    assert [part["competency"] for part in found["parts"]] == CODES
    shown = {part["competency"]: [each["title"] for each in part["evidence"]] for part in found["parts"]}
    assert shown == {code: [] for code in CODES} | {"networking": ["Interview met een kapitein"]}
    assert [(lack["competency"], lack["what"]) for lack in found["missing"]] == [
        (code, what) for code in CODES for what in ("entries", "text")
    ]


async def test_drafts_archived_stories_and_those_of_another_school_do_not_count(world: World) -> None:
    world.new_entry("Klad", state="draft", ring=0, placement_id=None, shared_at=None, competencies=CODES)
    world.new_entry("Opgeruimd", state="archived", state_before_trash="seen", competencies=CODES)
    before = world.place(world.pupil, world.duin, world.far_group, date(2025, 8, 1), date(2026, 7, 31))
    world.new_entry("Vorige school", placement_id=before, competencies=CODES)
    found = await mine(world.client(world.pupil))
    assert [part["evidence"] for part in found["parts"]] == [[], [], [], [], []]


async def test_an_answer_to_a_question_of_a_competency_counts_and_looks_back(world: World) -> None:
    told = {"questionId": "C-1", "questionVersion": 1, "competency": "steering", "question": "Wat is je plan B?"}
    world.new_entry("Open dag", answers=[told | {"text": "Kok worden"}])
    world.new_entry("Leeg", answers=[told | {"text": "  "}, told | {"text": "Kok", "skipped": True}])
    part = (await mine(world.client(world.pupil)))["parts"][CODES.index("steering")]
    assert [(each["title"], each["reflects"]) for each in part["evidence"]] == [("Open dag", True)]


async def test_a_part_is_written_from_the_version_that_one_had(world: World) -> None:
    pupil, entry = world.client(world.pupil), world.new_entry(competencies=["motives"])
    first = await write(pupil, "motives", text="Ik wil helpen.", entryIds=[str(entry)])
    assert (first.status_code, first.headers["ETag"]) == (201, '"1"')
    assert (await write(pupil, "motives", text="Ik wil helpen.", entryIds=[str(entry)])).status_code == 200
    assert problem(await write(pupil, "motives", text="Anders")) == (409, "already-exists-different")
    changed = await write(pupil, "motives", 1, text="Mensen helpen.", entryIds=[str(entry)])
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    stale = await write(pupil, "motives", 1, text="Ander tabblad")
    assert (stale.status_code, stale.json()["current"]) == (412, 2)
    part = (await mine(pupil))["parts"][CODES.index("motives")]
    assert (part["text"], part["entryIds"], part["version"]) == ("Mensen helpen.", [str(entry)], 2)


async def test_only_own_stories_go_in_and_each_once(world: World) -> None:
    pupil, entry = world.client(world.pupil), world.new_entry(competencies=["motives"])
    of_another = world.new_entry(pupil_id=world.classmate)
    for ids, code in (
        ([of_another], "not_own_entry"),
        ([entry, entry], "same_story"),
        ([new_id(world)], "not_own_entry"),
    ):
        refused = await write(pupil, "motives", entryIds=[str(each) for each in ids])
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, code)
    assert (await write(pupil, "motives", text="a" * 3_001)).status_code == 422
    assert (await write(pupil, "motives", text="\x00")).status_code == 422
    assert (await write(pupil, "motives", text="مرحبا 😀 é", entryIds=[])).status_code == 201


async def test_two_tabs_that_write_at_once_do_not_lose_each_others_words(world: World) -> None:
    pupil = world.client(world.pupil)
    await write(pupil, "steering", text="Eerst")
    answers = await asyncio.gather(*(write(pupil, "steering", 1, text=f"Tabblad {n}") for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


@pytest.mark.parametrize(("level", "year"), [("vmbo", 2), ("havo", 3), ("mbo", 3), ("vmbo", 5)])
async def test_only_vmbo_three_and_four_keep_one(world: World, level: str, year: int) -> None:
    world.change("update school_group set level = :level, study_year = :year", level=level, year=year)
    fill_dossier(world)
    pupil = world.client(world.pupil)
    assert (await pupil.get("/v1/me/dossier")).status_code == 404
    assert (await write(pupil, "motives", text="Ik")).status_code == 404
    assert (await hand_in(pupil, new_id(world))).status_code == 404


# --- handing in ------------------------------------------------------------------------------------


async def test_what_lacks_is_named_and_nothing_is_handed_in(world: World) -> None:
    fill_dossier(world, "networking")
    refused = await hand_in(world.client(world.pupil), new_id(world))
    assert problem(refused) == (409, "dossier-incomplete")
    assert [(each["pointer"], each["detail"]) for each in refused.json()["errors"]] == [
        ("/parts/networking/entries", "Kies nog een verhaal bij ‘Wie helpt?’."),
        ("/parts/networking/text", "Schrijf je eigen woorden bij ‘Wie helpt?’."),
    ]
    assert world.scalar("select count(*) from dossier_hand_in") == 0


async def test_a_chosen_story_that_was_put_away_lacks_again(world: World) -> None:
    entry = fill_dossier(world)
    pupil = world.client(world.pupil)
    assert (await mine(pupil))["missing"] == []
    world.change("update entry set state = 'trashed' where id = :id", id=entry)
    assert {lack["what"] for lack in (await mine(pupil))["missing"]} == {"entries"}
    assert (await hand_in(pupil, new_id(world))).status_code == 409


async def test_handing_in_twice_is_once_and_of_two_at_the_same_moment_one_counts(world: World) -> None:
    fill_dossier(world)
    pupil, which = world.client(world.pupil), new_id(world)
    answers = await asyncio.gather(*(hand_in(pupil, which) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    others = await asyncio.gather(*(hand_in(pupil, new_id(world)) for _ in range(3)))
    assert {problem(answer) for answer in others} == {(409, "dossier-handed-in")}
    assert world.scalar("select count(*) from dossier_hand_in") == 1


async def test_ids_are_made_by_a_device_and_of_nobody_else(world: World) -> None:
    fill_dossier(world)
    pupil = world.client(world.pupil)
    assert (await hand_in(pupil, UUID("00000000-0000-4000-8000-000000000000"))).status_code == 422
    assert world.scalar("select count(*) from dossier_hand_in") == 0
    which = await handed_in_again(world, pupil)
    assert (await hand_in(world.client(world.classmate), which)).status_code == 404


async def handed_in_again(world: World, pupil: httpx.AsyncClient) -> UUID:
    which = new_id(world)
    assert (await hand_in(pupil, which)).status_code == 201
    return which


async def test_a_file_that_is_still_being_made_ready_is_waited_for(world: World) -> None:
    entry = fill_dossier(world)
    file = world.new_file(entry, state="received", file_key=None)
    pupil = world.client(world.pupil)
    assert problem(await hand_in(pupil, new_id(world))) == (409, "dossier-files")
    world.change("update attachment set state = 'ready', file_key = 'file/x' where id = :id", id=file)
    assert (await hand_in(pupil, new_id(world))).status_code == 201


async def test_what_was_handed_in_stays_as_it_was(world: World) -> None:
    entry = fill_dossier(world)
    file = world.new_file(entry, alt="De kraan", file_sha256="ab" * 32)
    world.new_feedback(entry, world.teacher)
    which = new_id(world)
    await hand_in(world.client(world.pupil), which)
    before = (await world.client(world.dean).get(f"/v1/dossiers/{which}")).json()["snapshot"]
    (told,) = before["entries"]
    assert (told["title"], told["files"][0]["alt"], told["files"][0]["sha256"]) == (
        "Bezoek aan de haven", "De kraan", "ab" * 32,
    )  # fmt: skip
    assert [(said["author"], said["voice"], said["text"]) for said in told["feedback"]] == [
        ("Joost de Wit", "school", "Wat zag je daar?")
    ]
    world.change("update entry set title = 'Anders', state = 'trashed' where id = :id", id=entry)
    world.change("update dossier_part set text = 'Anders'")
    world.change("delete from attachment where id = :id", id=file)
    world.change("delete from feedback")
    world.change("delete from entry_version")
    world.change("delete from entry where id = :id", id=entry)
    for reader in (world.pupil, world.dean, world.teacher):
        assert (await world.client(reader).get(f"/v1/dossiers/{which}")).json()["snapshot"] == before
    assert (await world.client(world.dean).get(f"/v1/dossiers/{which}/files/{file}")).status_code == 302
    assert (await world.client(world.dean).get(f"/v1/dossiers/{which}/files/{file}/thumbnail")).status_code == 302


async def test_while_school_has_it_nothing_is_written_and_afterwards_again(world: World) -> None:
    which = await handed_in(world)
    pupil = world.client(world.pupil)
    assert problem(await write(pupil, "motives", 1, text="Toch anders")) == (409, "dossier-handed-in")
    assert (await mine(pupil))["state"] == "handed_in"
    assert (await close(world.client(world.dean), which, "returned", "Vertel wie je hielp.")).status_code == 200
    assert (await write(pupil, "motives", 1, text="Toch anders")).status_code == 200


async def test_it_is_taken_back_as_long_as_nobody_looked(world: World) -> None:
    pupil = world.client(world.pupil)
    which = await handed_in(world)
    assert (await pupil.get(f"/v1/dossiers/{which}")).json()["rights"]["withdraw"] is True
    taken = await pupil.post(f"/v1/me/dossier/hand-ins/{which}/withdraw")
    assert (taken.status_code, taken.json()["state"]) == (200, "withdrawn")
    assert (await world.client(world.dean).get(f"/v1/dossiers/{which}")).status_code == 404
    again = await handed_in_again(world, pupil)
    assert (await world.client(world.dean).get(f"/v1/dossiers/{again}")).status_code == 200
    assert problem(await pupil.post(f"/v1/me/dossier/hand-ins/{again}/withdraw")) == (409, "dossier-opened")


async def test_looking_and_taking_back_at_once_end_in_one_of_the_two(world: World) -> None:
    which = await handed_in(world)
    pupil, dean = world.client(world.pupil), world.client(world.dean)
    looked, taken = await asyncio.gather(
        dean.get(f"/v1/dossiers/{which}"), pupil.post(f"/v1/me/dossier/hand-ins/{which}/withdraw")
    )
    state = world.scalar("select state from dossier_hand_in")
    opened = world.scalar("select opened_at is not null from dossier_hand_in")
    assert taken.status_code == (200 if state == "withdrawn" else 409)
    assert looked.status_code in (200, 404)
    assert state in ("withdrawn", "handed_in")
    assert opened or state == "withdrawn"


# --- closing ---------------------------------------------------------------------------------------


async def test_back_with_a_reason_and_then_good(world: World) -> None:
    first = await handed_in(world)
    pupil, dean = world.client(world.pupil), world.client(world.dean)
    empty = await close(dean, first, "returned", "  ")
    assert (empty.status_code, empty.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert (await close(dean, first, "returned", "Vertel wie je hielp.")).status_code == 200
    found = await mine(pupil)
    assert (found["state"], found["mayWrite"]) == ("open", True)
    assert [(each["state"], each["reason"], each["closedBy"]) for each in found["handIns"]] == [
        ("returned", "Vertel wie je hielp.", "Samira de Wit")
    ]
    await write(pupil, "networking", 1, text="Mijn oom.", entryIds=found["parts"][4]["entryIds"])
    second = await handed_in_again(world, pupil)
    assert (await close(dean, second, "done")).status_code == 200
    found = await mine(pupil)
    assert (found["state"], [each["state"] for each in found["handIns"]]) == ("done", ["done", "returned"])
    words = [
        (await dean.get(f"/v1/dossiers/{each}")).json()["snapshot"]["parts"][4]["text"] for each in (first, second)
    ]
    assert words == ["Dit kan ik goed.", "Mijn oom."], "the first one is as it was"
    assert problem(await write(pupil, "networking", 2, text="Nog meer")) == (409, "dossier-done")
    assert problem(await hand_in(pupil, new_id(world))) == (409, "dossier-done")


async def test_of_two_deans_at_once_one_closes_it(world: World) -> None:
    colleague = world.new_staff("Femke", world.kust, Role.DEAN)
    which = await handed_in(world)
    answers = await asyncio.gather(
        close(world.client(world.dean), which, "done"),
        close(world.client(colleague), which, "returned", "Nog iets."),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert world.scalar("select version from dossier_hand_in") == 2


async def test_the_same_closing_again_changes_nothing_and_another_one_is_told(world: World) -> None:
    which = await handed_in(world)
    dean = world.client(world.dean)
    assert (await close(dean, which, "done", version=None)).status_code == 428
    assert (await close(dean, which, "done")).json()["version"] == 2
    assert (await close(dean, which, "done")).json()["version"] == 2
    assert (await close(dean, which, "returned", "Nee")).status_code == 412
    assert problem(await close(dean, which, "returned", "Nee", 2)) == (409, "dossier-closed")


async def test_good_is_for_a_school_year_and_the_next_one_begins_with_what_is_there(world: World) -> None:
    which = await handed_in(world)
    await close(world.client(world.dean), which, "done")
    world.change("update dossier_hand_in set handed_in_on = '2026-05-20'")
    found = await mine(world.client(world.pupil))
    assert (found["state"], found["mayWrite"], found["parts"][0]["text"]) == ("open", True, "Dit kan ik goed.")
    rows = (await world.client(world.dean).get(f"/v1/schools/{world.kust}/dossiers")).json()["groups"][0]["pupils"]
    assert {row["state"] for row in rows} == {"open"}


# --- the second reader -----------------------------------------------------------------------------


async def test_a_second_reader_reads_along_before_it_is_closed(world: World) -> None:
    which = await handed_in(world)
    dean, reader = world.client(world.dean), world.client(world.other_teacher)
    assert (await reader.get(f"/v1/dossiers/{which}")).status_code == 404
    page = (await dean.get(f"/v1/dossiers/{which}")).json()
    assert str(world.other_teacher) in {each["id"] for each in page["colleagues"]}
    body = {"personId": str(world.other_teacher)}
    named = await dean.put(f"/v1/dossiers/{which}/reader", json=body, headers={"If-Match": '"1"'})
    assert named.json()["version"] == 2
    assert problem(await close(dean, which, "done", version=2)) == (409, "dossier-reader-waits")
    listed = (await reader.get(f"/v1/schools/{world.kust}/dossiers")).json()
    assert [(each["handInId"], each["noted"]) for each in listed["toRead"]] == [(str(which), False)]
    assert (await reader.get(f"/v1/dossiers/{which}")).json()["rights"] == {
        "withdraw": False, "close": False, "nameReader": False, "note": True,
    }  # fmt: skip
    bare = {"agrees": False, "remark": ""}
    refused = await reader.put(f"/v1/dossiers/{which}/note", json=bare, headers={"If-Match": '"2"'})
    assert refused.json()["errors"][0]["pointer"] == "/remark"
    said = {"agrees": False, "remark": "Netwerken is mager."}
    assert (await reader.put(f"/v1/dossiers/{which}/note", json=said, headers={"If-Match": '"2"'})).status_code == 200
    found = (await dean.get(f"/v1/dossiers/{which}")).json()["reader"]
    assert (found["person"]["givenName"], found["agrees"], found["remark"]) == ("Fleur", False, "Netwerken is mager.")
    assert (await world.client(world.pupil).get(f"/v1/dossiers/{which}")).json()["reader"] is None
    assert (await close(dean, which, "done", version=3)).status_code == 200
    assert (await reader.get(f"/v1/dossiers/{which}")).status_code == 404, "it is closed: nothing waits any more"


async def test_a_second_reader_works_at_the_school_and_is_somebody_else(world: World) -> None:
    which = await handed_in(world)
    dean = world.client(world.dean)
    for person in (world.dean, world.far_teacher, world.guardian, world.admin, new_id(world)):
        body = {"personId": str(person)}
        refused = await dean.put(f"/v1/dossiers/{which}/reader", json=body, headers={"If-Match": '"1"'})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_a_colleague")


# --- who, and until when ---------------------------------------------------------------------------


async def test_looks_of_school_are_kept_and_the_pupil_reads_them(world: World) -> None:
    which = await handed_in(world)
    await world.client(world.teacher).get(f"/v1/dossiers/{which}")
    await world.client(world.pupil).get(f"/v1/dossiers/{which}")
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    assert [(look["viewerName"], look["voice"]) for look in looks] == [("Joost de Wit", "school")]


async def test_when_the_placement_ends_school_reads_on_this_year_and_closes_nothing(world: World) -> None:
    which = await handed_in(world)
    dean = world.client(world.dean)
    for table in ("placement", "group_membership"):
        column = "id" if table == "placement" else "placement_id"
        world.change(f"update {table} set ends_on = '2026-11-24' where {column} = :id", id=world.placement)
    world.clock.set(world.clock.now() + timedelta(days=1))
    assert (await dean.get(f"/v1/dossiers/{which}")).status_code == 200
    assert (await close(dean, which, "done")).status_code == 403
    world.clock.set(world.clock.now().replace(year=2027, month=8, day=2))
    assert (await dean.get(f"/v1/dossiers/{which}")).status_code == 404
    assert (await world.client(world.pupil).get("/v1/me/dossier")).json()["mayWrite"] is False


async def test_at_another_school_it_is_handed_in_anew_and_the_old_school_has_nothing_to_do(world: World) -> None:
    first = await handed_in(world)
    for table in ("placement", "group_membership"):
        column = "id" if table == "placement" else "placement_id"
        world.change(f"update {table} set ends_on = '2026-11-24' where {column} = :id", id=world.placement)
    world.clock.set(world.clock.now() + timedelta(days=1))
    there = world.place(world.pupil, world.duin, world.far_group, world.clock.today())
    pupil = world.client(world.pupil)
    found = await mine(pupil)
    assert (found["state"], found["school"]["name"], found["parts"][0]["text"]) == (
        "open",
        "Duinrand",
        "Dit kan ik goed.",
    )
    assert (await hand_in(pupil, new_id(world))).status_code == 409, "stories of before are not shared with this school"
    entry = world.new_entry("Nieuw", placement_id=there, competencies=CODES)
    world.change("update dossier_part set entry_ids = array[cast(:id as uuid)]", id=entry)
    second = await handed_in_again(world, pupil)
    states = {str(each["id"]): each["state"] for each in (await mine(pupil))["handIns"]}
    assert states == {str(first): "withdrawn", str(second): "handed_in"}
    assert (await world.client(world.far_dean).get(f"/v1/dossiers/{second}")).status_code == 200
    assert (await world.client(world.far_dean).get(f"/v1/dossiers/{first}")).status_code == 404
    assert (await world.client(world.dean).get(f"/v1/dossiers/{second}")).status_code == 404


async def test_home_reads_it_once_it_is_good_and_without_what_stays_at_school(world: World) -> None:
    entry = fill_dossier(world)
    only_school = world.new_entry("Alleen school", ring=1, competencies=["motives"])
    ids = text("update dossier_part set entry_ids = entry_ids || cast(:id as uuid) where competency = 'motives'")
    with world.engine.begin() as connection:
        connection.execute(ids, {"id": only_school})
    which = await handed_in_again(world, world.client(world.pupil))
    parent = world.client(world.guardian)
    assert (await parent.get(f"/v1/children/{world.pupil}/dossier")).status_code == 404
    await close(world.client(world.dean), which, "done")
    found = (await parent.get(f"/v1/children/{world.pupil}/dossier")).json()
    shown = {part["competency"]: [each["id"] for each in part["entries"]] for part in found["parts"]}
    assert shown == {code: [str(entry)] for code in CODES}
    assert found["parts"][1]["text"] == "Dit kan ik goed."
    assert (await parent.get(f"/v1/dossiers/{which}")).status_code == 404, (
        "the whole of it stays between pupil and school"
    )
    world.change("update entry set ring = 1 where id = :id", id=entry)
    found = (await parent.get(f"/v1/children/{world.pupil}/dossier")).json()
    assert {len(part["entries"]) for part in found["parts"]} == {0}
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    assert ("Nadia de Wit", "home") in {(look["viewerName"], look["voice"]) for look in looks}


async def test_the_overview_shows_states_by_class_and_no_content(world: World) -> None:
    which = await handed_in(world)
    found = (await world.client(world.dean).get(f"/v1/schools/{world.kust}/dossiers")).json()
    rows = {
        group["group"]["name"]: {row["pupil"]["givenName"]: row for row in group["pupils"]} for group in found["groups"]
    }
    assert {name: {each: row["state"] for each, row in pupils.items()} for name, pupils in rows.items()} == {
        "2A": {"Yara": "handed_in", "Omar": "open"},
        "2B": {},
    }
    assert rows["2A"]["Yara"]["handInId"] == str(which)
    own = (await world.client(world.teacher).get(f"/v1/schools/{world.kust}/dossiers")).json()
    assert ([group["group"]["name"] for group in own["groups"]], own["isDean"]) == (["2A"], False)
    assert world.scalar("select count(*) from access_log") == 0


# --- the checklist ---------------------------------------------------------------------------------


def needs(**changed: Any) -> dict[str, Any]:
    return {"needs": {code: {"entries": 1} for code in CODES} | changed}


async def put_list(client: httpx.AsyncClient, school: UUID, version: int | None, **body: Any) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.put(f"/v1/schools/{school}/dossier-checklist", json=body, headers=headers)


async def test_a_dean_says_what_the_school_asks_and_the_next_year_begins_with_it(world: World) -> None:
    dean, pupil = world.client(world.dean), world.client(world.pupil)
    first = (await dean.get(f"/v1/schools/{world.kust}/dossier-checklist")).json()
    assert (first["version"], first["fromYear"], first["mayChange"]) == (0, None, True)
    assert (await put_list(dean, world.kust, None, **needs())).status_code == 428
    asked = needs(networking={"entries": 2, "reflection": True, "text": False}) | {"note": "Denk aan je stageverslag."}
    assert (await put_list(dean, world.kust, 0, **asked)).json() == {"schoolYear": 2026, "version": 1}
    assert (await put_list(dean, world.kust, 0, **asked)).json()["version"] == 1, "the same again is harmless"
    assert (await put_list(dean, world.kust, 0, **needs())).status_code == 412
    assert (await put_list(dean, world.kust, 1, **needs(motives={"entries": 9}))).status_code == 422
    fill_dossier(world)
    found = await mine(pupil)
    assert found["note"] == "Denk aan je stageverslag."
    assert [(lack["competency"], lack["what"]) for lack in found["missing"]] == [
        ("networking", "entries"), ("networking", "reflection"),
    ]  # fmt: skip
    world.change("update dossier_checklist set school_year = 2025")
    assert (await mine(pupil))["missing"] == found["missing"]
    assert (await dean.get(f"/v1/schools/{world.kust}/dossier-checklist")).json()["fromYear"] == 2025


async def test_a_list_that_changes_meanwhile_leaves_what_was_handed_in(world: World) -> None:
    which = await handed_in(world)
    dean = world.client(world.dean)
    await put_list(dean, world.kust, 0, **needs(qualities={"entries": 3}))
    assert (await dean.get(f"/v1/dossiers/{which}")).json()["snapshot"]["checklist"]["needs"]["qualities"][
        "entries"
    ] == 1
    assert (await close(dean, which, "done")).status_code == 200


async def test_of_two_deans_who_write_the_list_at_once_one_is_told(world: World) -> None:
    colleague = world.new_staff("Femke", world.kust, Role.DEAN)
    answers = await asyncio.gather(
        put_list(world.client(world.dean), world.kust, 0, **needs(qualities={"entries": 2})),
        put_list(world.client(colleague), world.kust, 0, **needs(qualities={"entries": 3})),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_a_page_of_a_dossier_is_one_statement_for_school_and_pupil(world: World) -> None:
    which = new_hand_in(world)
    for reader in (world.dean, world.pupil):
        page = (await world.client(reader).get(f"/v1/dossiers/{which}")).json()
        assert page["snapshot"]["entries"][0]["files"][0]["id"] == str(file_of(world, which))
