"""Talks: planned, prepared, held on one screen, recorded in two voices, agreed, and read at home."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import PASSWORD, World

IN_A_WEEK = "2026-12-01"


async def plan(client: httpx.AsyncClient, talk: UUID, version: int | None = None, **fields: Any) -> httpx.Response:
    content = {"kind": "career", "onDay": IN_A_WEEK, "atTime": "13:30", "place": "Kamer 1.12"} | fields
    content = {name: str(value) if isinstance(value, UUID) else value for name, value in content.items()}
    return await client.put(f"/v1/conversations/{talk}", json=content, headers=_from(version))


async def put(
    client: httpx.AsyncClient, talk: UUID, what: str, version: int | None = None, **fields: Any
) -> httpx.Response:
    return await client.put(f"/v1/conversations/{talk}/{what}", json=fields, headers=_from(version))


def _from(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"{version}"'}


async def read(client: httpx.AsyncClient, talk: UUID) -> dict[str, Any]:
    answer = await client.get(f"/v1/conversations/{talk}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def lists(client: httpx.AsyncClient, pupil: UUID | None = None) -> dict[str, list[str]]:
    answer = await client.get(f"/v1/pupils/{pupil}/conversations" if pupil else "/v1/me/conversations")
    assert answer.status_code == 200, answer.text
    return {name: [talk["id"] for talk in answer.json()[name]] for name in ("coming", "open", "behind")}


def step(world: World, text: str = "Meelopen in het ziekenhuis", **fields: Any) -> dict[str, Any]:
    return {"id": str(new_id(world)), "text": text, "who": "pupil"} | fields


# --- the whole way ----------------------------------------------------------------------------------


async def test_from_planned_to_agreed_and_read_at_home(world: World) -> None:
    pupil, dean, guardian = (world.client(who) for who in (world.pupil, world.dean, world.guardian))
    talk, entry = new_id(world), world.new_entry()
    made = await plan(dean, talk, pupilId=world.pupil, heldWith=world.dean, withHome=True)
    assert (made.status_code, made.json()["state"], made.headers["ETag"]) == (201, "planned", '"1"')
    assert (await read(guardian, talk))["state"] == "planned"

    sheet = await put(pupil, talk, "sheet", entryIds=[str(entry)], doubt="Techniek of zorg.")
    assert sheet.json() == {"version": 1, "readyAt": None}
    assert (await read(dean, talk))["sheet"] is None
    await put(pupil, talk, "sheet", 1, entryIds=[str(entry)], doubt="Techniek of zorg.", ready=True)
    page = await read(dean, talk)
    assert (page["state"], page["sheet"]["doubt"]) == ("prepared", "Techniek of zorg.")
    assert [shown["title"] for shown in page["sheet"]["shown"]] == ["Bezoek aan de haven"]
    assert [entry["title"] for entry in page["picture"]["entries"]] == ["Bezoek aan de haven"]
    at_home = await read(guardian, talk)
    assert (at_home["state"], at_home["sheet"], at_home["picture"]) == ("planned", None, None)

    steps = [
        step(world, dueOn="2026-12-19"),
        step(world, "De afdeling bellen", who="staff", staffId=str(world.dean)),
        step(world, "Mee naar de open avond", who="home", dueOn="2027-01-22"),
    ]
    said = {"pupilVoice": "Ik wil iets met apparaten.", "staffVoice": "Yara zoekt verder.", "steps": steps}
    assert (await put(dean, talk, "record", 0, **said)).json()["version"] == 1
    page = await read(pupil, talk)
    assert (page["state"], page["record"]["pupilVoice"]) == ("recorded", "Ik wil iets met apparaten.")
    assert page["rights"] == {"change": False, "prepare": False, "write": False, "speak": True, "agree": True}
    assert (await pupil.get("/v1/me/steps")).json()["open"] == []
    assert (await read(guardian, talk))["record"] is None

    agreed = await put(pupil, talk, "agreement", 1, words="Ik vind het nog spannend.")
    assert (agreed.status_code, agreed.json()["recordVersion"]) == (200, 1)
    for reader in (pupil, dean, guardian):
        page = await read(reader, talk)
        assert (page["state"], page["agreement"]["words"]) == ("agreed", "Ik vind het nog spannend.")
        assert [one["who"] for one in page["record"]["steps"]] == ["pupil", "staff", "home"]
    mine = (await pupil.get("/v1/me/steps")).json()["open"]
    assert [(one["text"], one["who"]) for one in mine] == [
        ("Meelopen in het ziekenhuis", "pupil"),
        ("Mee naar de open avond", "home"),
    ]
    assert {one["conversationId"] for one in mine} == {str(talk)}


async def test_pupil_and_teacher_plan_too_and_others_do_not(world: World) -> None:
    tried = {}
    for who in ("pupil", "classmate", "other_pupil", "teacher", "other_teacher", "former_teacher", "far_teacher",
                "dean", "far_dean", "guardian", "admin", "coordinator"):  # fmt: skip
        client = world.client(getattr(world, who))
        tried[who] = (await plan(client, new_id(world), pupilId=world.pupil, heldWith=world.teacher)).status_code
    assert tried == dict.fromkeys(tried, 404) | {"pupil": 201, "teacher": 201, "dean": 201}


async def test_a_pupil_is_offered_the_mentor_first_and_the_dean(world: World) -> None:
    found = (await world.client(world.pupil).get(f"/v1/pupils/{world.pupil}/conversations")).json()
    assert [(one["givenName"], one["isMentor"]) for one in found["partners"]] == [("Joost", True), ("Samira", False)]
    at_home = (await world.client(world.guardian).get(f"/v1/pupils/{world.pupil}/conversations")).json()
    assert (at_home["partners"], at_home["viewer"]) == ([], "home")


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"onDay": "2026-11-23"}, "/onDay"),
        ({"onDay": "2028-01-01"}, "/onDay"),
        ({"onDay": "3000-01-01"}, "/onDay"),
        ({"kind": "praatje"}, "/kind"),
        ({"minutes": 0}, "/minutes"),
        ({"atTime": "25:00"}, "/atTime"),
        ({"place": "a" * 121}, "/place"),
        ({"place": "a\x00b"}, "/place"),
        ({"withHome": "ja"}, "/withHome"),
        ({"mood": "blij"}, "/mood"),
        ({"atTime": "13:30:07"}, None),
    ],
)
async def test_what_does_not_fit_is_named(told: dict[str, Any], pointer: str | None, world: World) -> None:
    asked = {"pupilId": world.pupil, "heldWith": world.dean} | told
    answer = await plan(world.client(world.dean), new_id(world), **asked)
    assert problem(answer)[0] == 422
    if pointer:
        assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_talk_is_with_staff_of_the_pupil(world: World) -> None:
    for stranger in (world.other_teacher, world.former_teacher, world.far_dean, world.guardian, world.pupil):
        answer = await plan(world.client(world.dean), new_id(world), pupilId=world.pupil, heldWith=stranger)
        assert answer.json()["errors"][0]["pointer"] == "/heldWith"


async def test_a_double_tap_plans_one_talk(world: World) -> None:
    pupil, talk = world.client(world.pupil), new_id(world)
    asked = {"pupilId": world.pupil, "heldWith": world.dean}
    answers = await asyncio.gather(*(plan(pupil, talk, **asked) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    assert problem(await plan(pupil, talk, **asked, minutes=60)) == (409, "already-exists-different")
    assert (await lists(pupil))["coming"] == [str(talk)]


async def test_a_pupil_asks_for_ten_talks_at_most_also_from_two_tabs(world: World) -> None:
    pupil, asked = world.client(world.pupil), {"pupilId": world.pupil, "heldWith": world.teacher}
    talks = [world.new_conversation(planned_by=world.pupil) for _ in range(9)]
    world.new_conversation()
    answers = await asyncio.gather(*(plan(pupil, new_id(world), **asked) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {problem(answer)[1] for answer in answers if answer.status_code == 409} == {"too-many-talks"}
    assert (await put(pupil, talks[0], "state", 1, state="cancelled")).status_code == 200
    assert (await plan(pupil, new_id(world), **asked)).status_code == 201


# --- moved, called off ------------------------------------------------------------------------------


async def test_a_moved_talk_says_when_it_was(world: World) -> None:
    dean, pupil, talk = world.client(world.dean), world.client(world.pupil), world.new_conversation()
    moved = {"pupilId": world.pupil, "heldWith": world.dean, "onDay": "2026-12-03", "atTime": "09:00"}
    assert (await plan(dean, talk, 1, **moved)).json()["version"] == 2
    page = await read(pupil, talk)
    assert [page[name] for name in ("onDay", "atTime", "wasOnDay", "wasAtTime")] == [
        "2026-12-03", "09:00:00", IN_A_WEEK, "13:30:00",
    ]  # fmt: skip
    assert page["changedBy"]["givenName"] == "Samira"
    assert problem(await plan(dean, talk, 1, **(moved | {"place": "Aula"}))) == (412, "version-conflict")
    assert (await plan(dean, talk, 1, **moved)).status_code == 200, "an answer that got lost"


async def test_a_pupil_changes_what_the_pupil_planned_only(world: World) -> None:
    pupil = world.client(world.pupil)
    by_dean, own = world.new_conversation(), world.new_conversation(planned_by=world.pupil)
    asked = {"pupilId": world.pupil, "heldWith": world.teacher}
    assert problem(await plan(pupil, by_dean, 1, **asked)) == (403, "not-allowed")
    assert problem(await put(pupil, by_dean, "state", 1, state="cancelled")) == (403, "not-allowed")
    assert (await plan(pupil, own, 1, **asked)).status_code == 200
    assert problem(await put(pupil, own, "state", 2, state="held")) == (403, "not-allowed")
    assert (await put(pupil, own, "state", 2, state="cancelled")).json()["state"] == "cancelled"


async def test_a_talk_that_is_off_takes_no_sheet_and_no_record_and_comes_back(world: World) -> None:
    dean, pupil, talk = world.client(world.dean), world.client(world.pupil), world.new_conversation()
    for _ in ("off", "again"):
        assert (await put(dean, talk, "state", 1, state="cancelled")).json() == {
            "id": str(talk), "state": "cancelled", "version": 2,
        }  # fmt: skip
    assert problem(await put(pupil, talk, "sheet", doubt="Zorg")) == (409, "talk-cancelled")
    assert problem(await put(dean, talk, "record", 0, staffVoice="Toch")) == (409, "talk-cancelled")
    assert problem(await put(dean, talk, "state", None, state="planned")) == (428, "precondition-needed")
    assert problem(await put(dean, talk, "state", 1, state="planned")) == (412, "version-conflict")
    assert (await put(dean, talk, "state", 2, state="planned")).json()["state"] == "planned"
    assert (await put(pupil, talk, "sheet", doubt="Zorg")).status_code == 200


async def test_talks_stand_in_the_list_where_they_wait(world: World) -> None:
    pupil, today = world.client(world.pupil), world.clock.today()
    later = world.new_conversation(on_day=today + timedelta(days=9))
    soon = world.new_conversation(on_day=today, at_time=None)
    off = world.new_conversation(on_day=today + timedelta(days=1), cancelled_at=world.clock.now())
    passed = world.new_conversation(on_day=today - timedelta(days=3))
    recorded, agreed = world.new_conversation(), world.new_agreed_conversation()
    world.new_record(recorded)
    assert await lists(pupil) == {
        "coming": [str(soon), str(off), str(later)], "open": [str(passed), str(recorded)], "behind": [str(agreed)],
    }  # fmt: skip
    assert await lists(world.client(world.dean)) == await lists(pupil)
    assert await lists(world.client(world.teacher)) == {"coming": [], "open": [], "behind": []}
    assert await lists(world.client(world.teacher), world.pupil) == await lists(pupil)
    assert await lists(world.client(world.guardian)) == {"coming": [], "open": [], "behind": [str(agreed)]}


# --- the sheet --------------------------------------------------------------------------------------


async def test_a_draft_is_nobody_elses_and_ready_can_be_taken_back(world: World) -> None:
    pupil, talk = world.client(world.pupil), world.new_conversation()
    staff = [world.client(who) for who in (world.dean, world.teacher)]
    for version, ready in ((None, False), (1, True), (2, False)):
        answer = await put(pupil, talk, "sheet", version, ask="Kan dat?", ready=ready)
        assert answer.status_code == 200
        for reader in staff:
            page = await read(reader, talk)
            assert (page["sheet"] is not None, page["state"]) == (ready, "prepared" if ready else "planned")


async def test_two_phones_of_one_pupil_lose_nothing(world: World) -> None:
    pupil, talk = world.client(world.pupil), world.new_conversation()
    answers = await asyncio.gather(*(put(pupil, talk, "sheet", doubt=text) for text in ("Zorg", "Techniek")))
    assert sorted(answer.status_code for answer in answers) == [200, 428]
    written = next(answer for answer in answers if answer.status_code == 200)
    assert written.json()["version"] == 1
    assert problem(await put(pupil, talk, "sheet", 7, doubt="Iets anders")) == (412, "version-conflict")
    assert (await put(pupil, talk, "sheet", 1, doubt="Samen")).json()["version"] == 2
    assert (await put(pupil, talk, "sheet", 1, doubt="Samen")).json()["version"] == 2, "again is harmless"


async def test_an_entry_put_away_or_made_a_draft_leaves_the_sheet_of_others(world: World) -> None:
    pupil, dean, talk = world.client(world.pupil), world.client(world.dean), world.new_conversation()
    kept, gone, drafted = (world.new_entry(title) for title in ("Haven", "Ziekenhuis", "Kas"))
    chosen = [str(gone), str(kept), str(drafted)]
    await put(pupil, talk, "sheet", entryIds=chosen, ready=True)
    assert [one["title"] for one in (await read(dean, talk))["sheet"]["shown"]] == ["Ziekenhuis", "Haven", "Kas"]
    world.change("update entry set state = 'trashed' where id = :id", id=gone)
    world.change("update entry set state = 'draft', ring = 0 where id = :id", id=drafted)
    sheet = (await read(dean, talk))["sheet"]
    assert ([one["title"] for one in sheet["shown"]], sheet["entryIds"], sheet["hidden"]) == (["Haven"], [], 0)
    sheet = (await read(pupil, talk))["sheet"]
    assert ([one["title"] for one in sheet["shown"]], sheet["hidden"]) == (["Haven", "Kas"], 2)
    assert (await put(pupil, talk, "sheet", 1, entryIds=chosen, ask="Kan dat?")).status_code == 200
    for table in ("entry_version", "entry"):
        name = "entry_id" if table == "entry_version" else "id"
        world.change(f"delete from {table} where {name} = :id", id=gone)
    assert (await put(pupil, talk, "sheet", 2, entryIds=chosen, ask="Of dit?")).status_code == 200
    assert (await read(pupil, talk))["sheet"]["entryIds"] == chosen[1:]


async def test_only_own_stories_stand_on_a_sheet_and_each_once(world: World) -> None:
    pupil, talk, own = world.client(world.pupil), world.new_conversation(), str(world.new_entry())
    far = str(world.new_entry(pupil_id=world.classmate))
    away = str(world.new_entry(state="trashed"))
    for wrong, at in (([own, far], "/entryIds/1"), ([away], "/entryIds/0"), ([str(new_id(world))], "/entryIds/0")):
        answer = await put(pupil, talk, "sheet", entryIds=wrong)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, at)
    assert (await put(pupil, talk, "sheet", entryIds=[own, own])).status_code == 422
    assert (await put(pupil, talk, "sheet", entryIds=[own] * 4)).status_code == 422
    assert (await put(pupil, talk, "sheet", doubt="a" * 1001)).status_code == 422


async def test_once_held_the_sheet_stays_as_it_was(world: World) -> None:
    pupil, dean, talk = world.client(world.pupil), world.client(world.dean), world.new_conversation()
    await put(pupil, talk, "sheet", doubt="Zorg", ready=True)
    assert (await put(dean, talk, "state", 1, state="held")).json()["state"] == "held"
    assert problem(await put(pupil, talk, "sheet", 1, doubt="Iets anders", ready=True)) == (409, "talk-held")
    assert (await put(pupil, talk, "sheet", 1, doubt="Zorg", ready=True)).status_code == 200, "the same is harmless"
    assert (await put(dean, talk, "state", 2, state="planned")).json()["state"] == "prepared"


# --- the record and the akkoord ---------------------------------------------------------------------


async def test_of_two_who_record_at_once_one_reads_what_the_other_wrote(world: World) -> None:
    talk = world.new_conversation()
    writers = [world.client(who) for who in (world.dean, world.teacher)]
    answers = await asyncio.gather(
        *(
            put(writer, talk, "record", 0, staffVoice=text)
            for writer, text in zip(writers, ("Een", "Twee"), strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    second = next(answer for answer in answers if answer.status_code == 412)
    assert second.json()["current"] == 1
    page = await read(writers[0], talk)
    assert page["record"]["staffVoice"] in ("Een", "Twee")
    both = await put(writers[1], talk, "record", 1, staffVoice="Een en twee")
    assert both.json()["version"] == 2


async def test_of_one_sitting_the_last_version_stays_and_of_another_all(world: World) -> None:
    dean, talk = world.client(world.dean), world.new_conversation()
    for version in range(4):
        await put(dean, talk, "record", version, staffVoice="a" * (version + 1))
    assert (await put(dean, talk, "record", 3, staffVoice="aaaa")).json()["version"] == 4, "again is harmless"
    await put(world.client(world.teacher), talk, "record", 4, staffVoice="b")
    kept = "select array_agg(version order by version) from conversation_record"
    assert world.scalar(kept) == [4, 5]


async def test_a_pupil_says_it_in_the_own_voice_until_the_akkoord(world: World) -> None:
    pupil, talk = world.client(world.pupil), world.new_conversation()
    assert problem(await put(pupil, talk, "record", 0, pupilVoice="Ik begin")) == (409, "wrong-state")
    world.new_record(talk)
    mine = {"pupilVoice": "Zo zei ik het.", "staffVoice": "Yara zoekt verder."}
    assert problem(await put(pupil, talk, "record", 1, **(mine | {"staffVoice": "Top"}))) == (403, "not-allowed")
    assert (await put(pupil, talk, "record", 1, **mine)).json()["version"] == 2
    assert (await put(pupil, talk, "agreement", 2)).status_code == 200
    later = mine | {"pupilVoice": "Toch anders."}
    assert problem(await put(pupil, talk, "record", 2, **later)) == (409, "wrong-state")


async def test_akkoord_after_the_record_changed_is_refused_and_a_change_after_it_undoes_it(world: World) -> None:
    pupil, dean, guardian = (world.client(who) for who in (world.pupil, world.dean, world.guardian))
    talk, same = world.new_conversation(), step(world)
    gone = step(world, "De open avond")
    await put(dean, talk, "record", 0, staffVoice="Een", steps=[same, gone])
    await put(dean, talk, "record", 1, staffVoice="Twee", steps=[same, gone])
    refused = await put(pupil, talk, "agreement", 1)
    assert (problem(refused), refused.json()["current"]) == ((412, "version-conflict"), 2)
    assert problem(await put(pupil, talk, "agreement", None)) == (428, "precondition-needed")
    assert (await put(pupil, talk, "agreement", 2)).status_code == 200
    assert (await guardian.get(f"/v1/conversations/{talk}")).status_code == 200
    again = [same | {"text": "Meelopen bij radiologie"}]
    assert (await put(dean, talk, "record", 2, staffVoice="Drie", steps=again)).json()["version"] == 3
    page = await read(pupil, talk)
    assert (page["state"], page["agreement"]["recordVersion"], page["record"]["version"]) == ("recorded", 2, 3)
    assert (await guardian.get(f"/v1/conversations/{talk}")).status_code == 404
    assert (await put(pupil, talk, "agreement", 3)).status_code == 200
    mine = (await pupil.get("/v1/me/steps")).json()
    assert [one["text"] for one in mine["open"]] == ["Meelopen bij radiologie"]
    assert [(one["text"], one["state"]) for one in mine["behind"]] == [("De open avond", "let_go")]


async def test_a_record_and_an_akkoord_at_the_same_moment_never_cross(world: World) -> None:
    pupil, dean, talk = world.client(world.pupil), world.client(world.dean), world.new_conversation()
    await put(dean, talk, "record", 0, staffVoice="Een")
    wrote, agreed = await asyncio.gather(
        put(dean, talk, "record", 1, staffVoice="Twee"), put(pupil, talk, "agreement", 1)
    )
    assert wrote.status_code == 200
    assert agreed.status_code in (200, 412)
    assert (await read(pupil, talk))["state"] == "recorded"


async def test_only_the_pupil_says_akkoord(world: World) -> None:
    talk = world.new_conversation(with_home=True)
    world.new_record(talk)
    for who in (world.dean, world.teacher, world.guardian, world.classmate):
        assert problem(await put(world.client(who), talk, "agreement", 1)) == (404, "not-found")


async def test_the_reach_of_an_akkoord_is_the_pupils_from_twelve_on(world: World) -> None:
    pupil, guardian, talk = world.client(world.pupil), world.client(world.guardian), world.new_conversation()
    world.new_record(talk)
    assert (await put(pupil, talk, "agreement", 1, ring=1)).status_code == 200
    assert (await guardian.get(f"/v1/conversations/{talk}")).status_code == 404
    assert (await put(pupil, talk, "agreement", 1, ring=2)).status_code == 200
    assert (await read(guardian, talk))["record"]["staffVoice"] == "Yara zoekt verder."
    world.change("update person set birth_date = '2015-06-01' where id = :id", id=world.pupil)
    assert problem(await put(pupil, talk, "agreement", 1, ring=1)) == (403, "age-rule")


# --- on one screen ----------------------------------------------------------------------------------


async def test_on_the_screen_of_staff_the_pupils_own_password_says_akkoord(world: World) -> None:
    dean, talk = world.client(world.dean), world.new_conversation()
    world.new_record(talk, steps=[step(world)])
    said = await put(dean, talk, "agreement/beside", 1, secret=PASSWORD, words="Klopt.")
    assert said.status_code == 200, said.text
    page = await read(dean, talk)
    assert (page["state"], page["agreement"]["way"], page["viewer"]) == ("agreed", "beside", "school")
    assert (await world.client(world.pupil).get("/v1/me/steps")).json()["open"] != []
    sessions = "select count(*) from session where person_id = :pupil and label = ''"
    assert world.scalar(sessions, pupil=world.pupil) == 0, "nothing of it stays open"


async def test_another_password_says_nothing_and_is_counted(world: World) -> None:
    dean, talk = world.client(world.dean), world.new_conversation()
    world.new_record(talk)
    for _ in range(5):
        wrong = await put(dean, talk, "agreement/beside", 1, secret="een ander wachtwoord")
        assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/secret")
    assert problem(await put(dean, talk, "agreement/beside", 1, secret=PASSWORD)) == (429, "too-many-requests")
    assert (await read(dean, talk))["state"] == "recorded"


async def test_a_child_with_a_pin_types_the_pin_and_it_locks(world: World) -> None:
    dean, talk, card = world.client(world.dean), world.new_conversation(), world.new_card(world.pupil)
    world.new_record(talk)
    chosen = {"secret": card, "pin": "2580", "choosePin": True, "device": "shared"}
    assert (await world.client(None).post("/v1/sessions/by-card", json=chosen)).status_code == 201
    for count in range(1, 6):
        wrong = await put(dean, talk, "agreement/beside", 1, secret="1379")
        assert wrong.status_code == (429 if count == 5 else 422), count
    assert problem(await put(dean, talk, "agreement/beside", 1, secret="2580"))[0] == 429
    world.clock.set(world.clock.now() + timedelta(minutes=6))  # type: ignore[attr-defined]
    assert (await put(dean, talk, "agreement/beside", 1, secret="2580")).status_code == 200


async def test_who_has_no_code_here_says_it_on_an_own_device(world: World) -> None:
    dean, talk = world.client(world.dean), world.new_conversation()
    world.new_record(talk)
    world.change("delete from account where person_id = :pupil", pupil=world.pupil)
    assert problem(await put(dean, talk, "agreement/beside", 1, secret="2580")) == (409, "no-code-here")


async def test_a_screen_of_somebody_else_asks_nobodys_code(world: World) -> None:
    talk = world.new_conversation(with_home=True)
    world.new_record(talk)
    for who, status in ((world.guardian, 403), (world.pupil, 403), (world.far_dean, 404), (world.classmate, 404)):
        answer = await put(world.client(who), talk, "agreement/beside", 1, secret=PASSWORD)
        assert answer.status_code == status
    refused = await put(world.client(world.dean), talk, "agreement/beside", 7, secret=PASSWORD)
    assert problem(refused) == (412, "version-conflict")


# --- who looks, and what ends -----------------------------------------------------------------------


async def test_a_dean_says_why_before_the_page_and_before_writing(world: World) -> None:
    talk, dean = world.new_conversation(), world.client(world.dean)
    world.change("delete from look_reason")
    assert problem(await dean.get(f"/v1/conversations/{talk}")) == (403, "reason-needed")
    assert problem(await put(dean, talk, "record", 0, staffVoice="Een")) == (403, "reason-needed")
    assert problem(await put(dean, talk, "agreement/beside", 0, secret=PASSWORD)) == (403, "reason-needed")
    assert (await lists(dean))["coming"] == [str(talk)], "that there is a talk needs no reason"
    said = await dean.post(f"/v1/pupils/{world.pupil}/look-reasons", json={"why": "conversation"})
    assert said.status_code == 204
    assert (await read(dean, talk))["viewer"] == "school"


async def test_every_look_is_told_to_the_pupil_and_no_look_is_not(world: World) -> None:
    talk = world.new_conversation(with_home=True)
    await read(world.client(world.guardian), talk)
    looked = "select array_agg(distinct rule) from access_log where pupil_id = :pupil"
    assert world.scalar(looked, pupil=world.pupil) is None, "home saw a day and a place"
    await read(world.client(world.teacher), talk)
    world.new_record(talk)
    world.new_agreement(talk)
    await read(world.client(world.guardian), talk)
    assert world.scalar(looked, pupil=world.pupil) == ["home", "school"]


@pytest.mark.parametrize(
    "closes",
    ["update guardianship set custody = 'no'", "update person set birth_date = '2010-11-25' where given_name = 'Yara'"],
    ids=["custody", "sixteen"],
)
async def test_between_planning_and_talk_home_can_close(closes: str, world: World) -> None:
    talk, agreed = world.new_conversation(with_home=True), world.new_agreed_conversation()
    guardian = world.client(world.guardian)
    world.change(closes)
    world.at(world.clock.today() + timedelta(days=1))
    for one in (talk, agreed):
        assert (await guardian.get(f"/v1/conversations/{one}")).status_code == 404
    assert (await lists(guardian))["coming"] == []
    if "birth_date" in closes:
        assert (await read(world.client(world.pupil), talk))["homeOpen"] is False
        world.change("update person set home_sharing_since = '2026-11-25' where given_name = 'Yara'")
        assert (await read(guardian, agreed))["state"] == "agreed"


async def test_a_placement_that_ends_ends_the_plan_and_keeps_what_was(world: World) -> None:
    talk, agreed = world.new_conversation(), world.new_agreed_conversation()
    pupil, dean, far_dean = (world.client(who) for who in (world.pupil, world.dean, world.far_dean))
    world.change("update placement set ends_on = :day where id = :id", day=world.clock.today(), id=world.placement)
    world.at(world.clock.today() + timedelta(days=1))
    world.place(world.pupil, world.duin, world.far_group, starts_on=world.clock.today())
    assert (await read(pupil, talk))["ended"] is True
    assert (await pupil.get("/v1/me/today")).json()["talk"] is None
    page = await read(dean, agreed)
    assert (page["record"]["staffVoice"], page["rights"]["write"]) == ("Yara zoekt verder.", False)
    assert problem(await put(dean, talk, "record", 0, staffVoice="Toch")) == (403, "not-allowed")
    assert problem(await put(dean, talk, "state", 1, state="cancelled")) == (403, "not-allowed")
    assert (await far_dean.get(f"/v1/conversations/{agreed}")).status_code == 404
    world.at(date(2027, 8, 1))
    assert (await dean.get(f"/v1/conversations/{agreed}")).status_code == 404
    assert (await read(pupil, agreed))["state"] == "agreed"


async def test_agreed_talks_of_before_stand_beside_the_next_one(world: World) -> None:
    before = world.new_agreed_conversation(on_day=date(2026, 9, 11))
    world.new_agreed_conversation(on_day=date(2027, 1, 11))
    talk = world.new_conversation()
    world.change("update next_step set done_at = now() where who = 'pupil'")
    earlier = (await read(world.client(world.dean), talk))["earlier"]
    assert [one["id"] for one in earlier] == [str(before)]
    assert [one["state"] for one in earlier[0]["steps"]] == ["done", "open", "open"]


# --- steps of a talk --------------------------------------------------------------------------------


async def test_a_step_of_staff_is_done_by_whose_it_is(world: World) -> None:
    talk = world.new_agreed_conversation()
    dean, teacher, pupil = (world.client(who) for who in (world.dean, world.teacher, world.pupil))
    steps = {one["who"]: one for one in (await read(dean, talk))["record"]["steps"]}
    staffs, pupils = f"steps/{steps['staff']['id']}/state", f"steps/{steps['pupil']['id']}/state"
    assert problem(await put(teacher, talk, staffs, 1, state="done")) == (403, "not-allowed")
    assert problem(await put(dean, talk, pupils, 1, state="done")) == (403, "not-allowed")
    assert problem(await put(pupil, talk, pupils, 1, state="done")) == (404, "not-found")
    assert (await put(dean, talk, staffs, 1, state="done")).json()["version"] == 2
    assert (await put(dean, talk, staffs, 1, state="done")).json()["version"] == 2, "again is harmless"
    assert problem(await put(dean, talk, staffs, 1, state="open")) == (412, "version-conflict")


async def test_a_pupil_does_own_steps_and_those_of_home_and_rewords_only_the_own(world: World) -> None:
    talk, pupil = world.new_agreed_conversation(), world.client(world.pupil)
    steps = {one["who"]: one["id"] for one in (await read(pupil, talk))["record"]["steps"]}

    async def says(whose: str, what: str, **body: Any) -> int:
        path = f"/v1/me/steps/{steps[whose]}{what}"
        return (await pupil.put(path, json=body, headers={"If-Match": '"1"'})).status_code

    assert await says("home", "", text="Mama blijft thuis") == 403
    assert await says("staff", "/state", state="done") == 404
    assert await says("home", "/state", state="done") == 200
    assert await says("pupil", "", text="Meelopen bij radiologie") == 200
    assert (await read(world.client(world.dean), talk))["record"]["steps"][0]["text"] == "Meelopen in het ziekenhuis"


async def test_a_talk_stands_on_home_from_two_weeks_before_and_then_its_akkoord(world: World) -> None:
    pupil, day = world.client(world.pupil), world.clock.today() + timedelta(days=15)
    talk = world.new_conversation(on_day=day)

    async def today(part: str) -> str | None:
        found = (await pupil.get("/v1/me/today")).json()[part]
        return found and str(found["id"])

    assert await today("talk") is None
    world.at(day - timedelta(days=14))
    assert await today("talk") == str(talk)
    world.new_record(talk)
    assert (await today("talk"), await today("toAgree")) == (None, str(talk))
    world.new_agreement(talk)
    assert await today("toAgree") is None
