"""Somebody from outside, who was there, says something about one experience: a link, a code by mail, no account."""

import asyncio
import hashlib
import json
import re
import secrets
from datetime import timedelta

import httpx
import pytest

from app.guidance.outside.schemas import OutsidePage
from tests.guidance.coach import (
    SAID,
    TO,
    Coach,
    Inbox,
    decide,
    inside,
    own,
    problem,
    sent,
    work,
)
from tests.world import World

# --- from asking to the talent picture -------------------------------------------------------------


async def test_a_coach_says_something_and_it_stands_there_once_the_pupil_takes_it_in(
    world: World, inbox: Inbox
) -> None:
    entry = world.new_entry()
    link, held = await sent(world, inbox, entry)
    text = inbox.last()
    assert "Yara" in text
    assert "Kustlijn" in text
    assert "mijn begeleider bij de haven" in text
    assert all(hidden not in text for hidden in ("de Wit", "2A", "Bezoek aan de haven"))
    coach = await inside(world, inbox, held)
    page = (await coach.page()).json()
    assert (page["givenName"], page["school"], page["title"]) == ("Yara", "Kustlijn", "Bezoek aan de haven")
    assert (await coach.says()).json() == {"version": 1}
    [waiting] = await own(world)
    assert (waiting["state"], waiting["answer"]["good"]) == ("answered", SAID["good"])
    for reader in (world.teacher, world.guardian, world.dean):
        at_entry = (await world.client(reader).get(f"/v1/entries/{entry}/outside")).json()
        assert [(one["who"], one["answer"]) for one in at_entry["items"]] == [(waiting["who"], None)]
    picture = f"/v1/pupils/{world.pupil}/picture"
    assert (await world.client(world.pupil).get(picture)).json()["words"] == []

    assert (await decide(world, link, "accepted")).json()["state"] == "accepted"
    for reader in (world.teacher, world.guardian):
        [shown] = (await world.client(reader).get(f"/v1/entries/{entry}/outside")).json()["items"]
        assert (shown["answer"]["saidBy"], shown["answer"]["words"]) == (SAID["saidBy"], SAID["words"])
        words = (await world.client(reader).get(picture)).json()["words"]
        assert {word["word"] for word in words} == set(SAID["words"])
        [said] = words[0]["said"]
        assert (said["voice"], said["saidBy"], said["by"], said["themselves"]) == (
            "outside",
            SAID["saidBy"],
            None,
            True,
        )
    assert problem(await coach.page()) == (403, "outside-code-needed")
    assert problem(await coach.code(held)) == (410, "outside-gone")


async def test_words_noted_by_the_pupil_and_words_from_outside_stand_beside_each_other(world: World) -> None:
    entry = world.new_entry()
    world.new_word(entry, world.pupil, "geduld", "outside", said_by="een klant")
    link = world.new_outside(entry, {"words": ["geduld"]})
    assert (await decide(world, link, "accepted")).status_code == 200
    [word] = (await world.client(world.pupil).get(f"/v1/pupils/{world.pupil}/picture")).json()["words"]
    assert {(said["saidBy"], said["themselves"]) for said in word["said"]} == {
        ("een klant", False), ("Ria van de kade", True)
    }  # fmt: skip


async def test_the_pupil_thanks_and_leaves_it_out_and_may_think_again(world: World) -> None:
    entry = world.new_entry()
    link = world.new_outside(entry, {"words": ["rustig"]})
    count = "select count(*) from talent_word"
    for decision, words in (("left_out", 0), ("accepted", 1), ("left_out", 0), ("accepted", 1), ("hidden", 0)):
        assert (await decide(world, link, decision)).status_code == 200
        assert world.scalar(count) == words
        [shown] = (await world.client(world.teacher).get(f"/v1/entries/{entry}/outside")).json()["items"]
        assert (shown["answer"] is not None) == (decision == "accepted")


async def test_what_the_pupil_does_not_want_the_mentor_reads_only_when_the_pupil_lets_them(world: World) -> None:
    entry = world.new_entry()
    link = world.new_outside(entry, {"good": "Iets naars"})
    path = f"/v1/entries/{entry}/outside"
    await decide(world, link, "hidden")
    assert (await world.client(world.teacher).get(path)).json()["items"][0]["answer"] is None
    await decide(world, link, "hidden", tellMentor=True)
    shown = (await world.client(world.teacher).get(path)).json()["items"][0]["answer"]
    assert (shown["good"], shown["state"]) == ("Iets naars", "hidden")
    assert (await world.client(world.guardian).get(path)).json()["items"][0]["answer"] is None


# --- what the coach sees ---------------------------------------------------------------------------


async def test_the_coach_sees_what_the_pupil_shows_and_nothing_else(world: World, inbox: Inbox) -> None:
    answers = [
        {"questionId": f"B-{name}", "questionVersion": 1, "question": f"Vraag {name}?", "text": name, "skipped": False}
        for name in ("toon", "houd")
    ]
    entry = world.new_entry(body="Verhaal", feeling="great", tags=["geheim"])
    shown, spoken, of_day = world.new_file(entry), world.new_file(entry), world.new_file(entry)
    answers[1]["attachmentId"] = str(spoken)
    details = {"kind": "experience", "form": "internship", "organisation": "Haven", "hours": 8,
               "expectation": {"before": "Mijn angst"},
               "logbook": [{"on": "2026-11-02", "text": "Dag een", "attachmentIds": [str(of_day)]}]}  # fmt: skip
    world.change(
        "update entry set answers = cast(:a as jsonb), details = cast(:d as jsonb) where id = :id",
        a=json.dumps(answers), d=json.dumps(details), id=entry,
    )  # fmt: skip
    world.new_feedback(entry, world.teacher)
    _, held = await sent(world, inbox, entry, shownAnswers=["B-toon"])
    coach = await inside(world, inbox, held)
    page = (await coach.page()).json()
    OutsidePage.model_validate_json((await coach.page()).content, strict=True)
    assert set(page) == {
        "givenName", "school", "who", "locale", "until", "title", "happenedOn", "endedOn", "body", "form",
        "organisation", "hours", "logbook", "answers", "files", "answer",
    }  # fmt: skip
    assert [one["text"] for one in page["answers"]] == ["toon"]
    assert (page["logbook"], [one["id"] for one in page["files"]]) == ([], [str(shown)])
    for hidden in ("houd", "Mijn angst", "geheim", "Wat zag je daar", "de Wit", "2A", str(world.pupil), str(entry)):
        assert hidden not in (await coach.page()).text
    assert (await coach.client.get(f"/v1/outside/files/{shown}")).status_code == 302
    assert (await coach.client.get(f"/v1/outside/files/{shown}/thumbnail")).status_code == 302
    for other in (spoken, of_day, world.new_file(world.new_entry())):
        assert (await coach.client.get(f"/v1/outside/files/{other}")).status_code == 404

    world.change("update outside_link set shows_logbook = true")
    page = (await coach.page()).json()
    assert [day["text"] for day in page["logbook"]] == ["Dag een"]
    assert {one["id"] for one in page["files"]} == {str(shown), str(of_day)}


async def test_an_outside_session_opens_no_other_endpoint(world: World, inbox: Inbox) -> None:
    entry = world.new_entry()
    file = world.new_file(entry)
    _, held = await sent(world, inbox, entry)
    coach = await inside(world, inbox, held)
    token = coach.client.cookies["outside"]
    ids = {"entry_id": entry, "pupil_id": world.pupil, "group_id": world.group, "school_id": world.kust,
           "attachment_id": file, "person_id": world.teacher}  # fmt: skip
    # Its secret is no session of anybody, under whatever name it is sent.
    coach.client.cookies.set("sid", token)
    open_to_all = {"/v1/openapi.json"}
    tried = 0
    for path, methods in world.app.openapi()["paths"].items():
        operation = methods.get("get")
        if operation is None or path.startswith("/v1/outside/") or "401" not in operation["responses"]:
            open_to_all.add(path)
            continue
        address = re.sub(r"\{(\w+)\}", lambda name: str(ids.get(name[1], entry)), path)
        answer = await coach.client.get(address, params={"from": "2026-11-01", "until": "2026-11-30"})
        assert answer.status_code in (401, 422), (path, answer.status_code)
        tried += 1
    assert tried > 50


async def test_the_look_of_a_coach_stands_in_who_looked(world: World, inbox: Inbox) -> None:
    entry = world.new_entry()
    link, held = await sent(world, inbox, entry)
    coach = await inside(world, inbox, held)
    for _ in range(3):
        await coach.page()
    await world.client(world.teacher).get(f"/v1/entries/{entry}")
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    by_voice = {look["voice"]: look for look in looks}
    assert by_voice["outside"] == {
        "on": "2026-11-24", "viewerId": str(link), "viewerName": "mijn begeleider bij de haven", "voice": "outside",
        "role": None, "reason": None, "things": [{"entryId": str(entry), "title": "Bezoek aan de haven"}],
    }  # fmt: skip
    assert by_voice["school"]["viewerName"] == "Joost de Wit"
    first = (await world.client(world.pupil).get("/v1/me/looks?limit=1")).json()
    second = await world.client(world.pupil).get(f"/v1/me/looks?limit=1&cursor={first['nextCursor']}")
    assert len(first["items"]) == len(second.json()["items"]) == 1


# --- links and codes -------------------------------------------------------------------------------


async def test_a_mail_scanner_that_opens_the_link_changes_and_sends_nothing(world: World, inbox: Inbox) -> None:
    await sent(world, inbox)
    before = world.scalar("select (select count(*) from procrastinate_jobs), max(mailed_at) from outside_link")
    scanner = httpx.AsyncClient(transport=httpx.ASGITransport(world.app), base_url=world.settings.origin)
    for method in ("GET", "HEAD"):
        page = await scanner.request(method, "/buiten")
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in page.headers
        assert (await scanner.request(method, "/v1/outside/codes")).status_code == 405
        assert (await scanner.request(method, "/v1/outside/entry")).status_code in (403, 405)
    # Nor does a page elsewhere that sends the form: the door asks for our own.
    foreign = await scanner.post(
        "/v1/outside/codes", json={"link": inbox.link()}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert problem(foreign) == (403, "csrf")
    assert world.scalar("select (select count(*) from procrastinate_jobs), max(mailed_at) from outside_link") == before
    assert world.scalar("select count(*) from outside_session") == 0


async def test_a_forwarded_link_is_worth_nothing_without_the_mailbox(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    stranger, coach = Coach(world), Coach(world)
    assert (await stranger.code(held)).status_code == 201
    await work(world)
    assert inbox.mails[-1][0] == [TO]
    assert problem(await stranger.page()) == (403, "outside-code-needed")
    # And a code that the coach asked for works in the coach's browser alone.
    await coach.code(held)
    await work(world)
    code = inbox.code()
    assert problem(await stranger.prove(code)) == (403, "outside-code-wrong")
    assert (await coach.prove(code)).status_code == 201


async def test_a_code_works_once_for_ten_minutes_and_five_tries(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    used = inbox.code()
    assert problem(await coach.prove(used)) == (403, "outside-code-wrong")
    late = Coach(world)
    await late.code(held)
    await work(world)
    now = world.clock.now()
    world.clock.set(now + timedelta(minutes=10))  # type: ignore[attr-defined]
    assert problem(await late.prove(inbox.code())) == (403, "outside-code-wrong")
    world.clock.set(now)  # type: ignore[attr-defined]
    assert (await late.prove(" ".join(inbox.code()))).status_code == 201


async def test_of_a_hundred_tries_at_once_five_count(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = Coach(world)
    await coach.code(held)
    await work(world)
    right = inbox.code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    answers = await asyncio.gather(*(coach.prove(wrong) for _ in range(100)))
    assert {answer.status_code for answer in answers} == {403}
    assert world.scalar("select tries from outside_session") == 5
    assert problem(await coach.prove(right)) == (403, "outside-code-wrong")


async def test_the_right_code_twice_at_the_same_moment_opens_one_page(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = Coach(world)
    await coach.code(held)
    await work(world)
    answers = await asyncio.gather(*(coach.prove(inbox.code()) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403, 403]


async def test_figures_as_arabic_writes_them_are_the_same_code(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox, language="ar")
    coach = Coach(world)
    await coach.code(held)
    await work(world)
    arabic = inbox.code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert (await coach.prove(arabic)).status_code == 201


async def test_codes_are_asked_for_a_few_times_an_hour(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    for _ in range(5):
        assert (await Coach(world).code(held)).status_code == 201
    refused = await Coach(world).code(held)
    assert problem(refused) == (429, "too-many-requests")
    assert int(refused.headers["retry-after"]) > 0


async def test_a_link_nobody_made_one_that_ended_and_one_of_the_past_look_the_same(world: World, inbox: Inbox) -> None:
    link, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    withdrawn = await world.client(world.pupil).delete(f"/v1/me/outside-links/{link}")
    assert withdrawn.status_code == 204
    answers = [await Coach(world).code(one) for one in (held, secrets.token_urlsafe(32), "x")]
    bodies = [{k: v for k, v in one.json().items() if k != "requestId"} for one in answers]
    assert bodies[0] == bodies[1] == bodies[2]
    assert {answer.status_code for answer in answers} == {410}
    for answer in (await coach.page(), await coach.says()):
        assert problem(answer) == (403, "outside-code-needed")


CLOSES = {
    "put in the trash": "update entry set state = 'trashed', state_before_trash = 'shared'",
    "taken back to a draft": "update entry set state = 'draft', ring = 0",
    "put away": "update entry set state = 'archived', state_before_trash = 'shared'",
    "placement ended": "update placement set ends_on = '2026-11-23'",
    "link expired": "update outside_link set asked_at = '2026-11-01', expires_at = '2026-11-24T10:59Z'",
    "account of the pupil closed": "update person set closed_at = now()",
    "pupil is eleven after all": "update person set birth_date = '2015-06-01'",
}


@pytest.mark.parametrize("why", CLOSES)
async def test_an_open_page_closes_at_once(why: str, world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    assert (await coach.page()).status_code == 200
    world.change(CLOSES[why])
    for answer in (await coach.page(), await coach.says()):
        assert problem(answer) == (403, "outside-code-needed")
    assert problem(await coach.code(held)) == (410, "outside-gone")
    assert world.scalar("select count(*) from outside_answer") == 0


async def test_an_hour_after_the_code_the_page_asks_for_another(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    world.clock.set(world.clock.now() + timedelta(minutes=60))  # type: ignore[attr-defined]
    assert problem(await coach.page()) == (403, "outside-code-needed")


async def test_leaving_closes_the_page(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    token = coach.client.cookies["outside"]
    assert (await coach.client.delete("/v1/outside/sessions/current")).status_code == 204
    coach.client.cookies.set("outside", token)
    assert problem(await coach.page()) == (403, "outside-code-needed")


async def test_the_name_of_the_school_is_that_of_today(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    world.change("update school set name = 'Kustlijn aan Zee' where id = :kust", kust=world.kust)
    assert (await coach.page()).json()["school"] == "Kustlijn aan Zee"


async def test_only_hashes_of_link_and_code_are_kept(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = Coach(world)
    await coach.code(held)
    await work(world)
    assert world.scalar("select token_hash from outside_link") == hashlib.sha256(held.encode()).digest()
    kept = world.scalar("select row_to_json(s)::text from outside_session s")
    assert inbox.code() not in kept
    assert coach.client.cookies["outside"] not in kept
    for arguments in world.scalar("select coalesce(string_agg(args::text, ''), '') from procrastinate_jobs"):
        assert TO not in arguments


# --- what is said ----------------------------------------------------------------------------------


async def test_an_answer_may_be_changed_until_the_pupil_decides(world: World, inbox: Inbox) -> None:
    link, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    assert (await coach.says()).headers["etag"] == '"1"'
    assert (await coach.says()).json() == {"version": 1}, "the same again changes nothing"
    refused = await coach.says(good="Anders")
    assert (problem(refused), refused.json()["current"]) == ((412, "version-conflict"), 1)
    assert (await coach.says(version=1, good="Anders")).json() == {"version": 2}
    assert problem(await decide(world, link, "accepted", version=1)) == (412, "version-conflict")
    assert world.scalar("select count(*) from talent_word") == 0
    assert (await decide(world, link, "accepted", version=2)).status_code == 200
    assert problem(await coach.says(version=2, good="Nog anders")) == (403, "outside-code-needed")
    assert world.scalar("select good from outside_answer") == "Anders"


async def test_the_coach_changes_while_the_pupil_accepts(world: World, inbox: Inbox) -> None:
    link, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    await coach.says()
    changed, *decided = await asyncio.gather(
        coach.says(version=1, words=["anders"]), *(decide(world, link, "accepted") for _ in range(5))
    )
    words = world.scalar("select array_agg(word order by word) from talent_word")
    kept = world.scalar("select words from outside_answer")
    if changed.status_code == 200:
        assert {one.status_code for one in decided} == {412}
        assert (words, kept) == (None, ["anders"])
    else:
        assert {one.status_code for one in decided} == {200}
        assert words == sorted(kept) == sorted(SAID["words"])


async def test_odd_words_are_kept_as_they_are_and_too_long_ones_named(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    odd = "<script>alert(1)</script> 👍 عمل رائع ė́"
    assert (await coach.says(good=odd)).status_code == 200
    assert (await own(world))[0]["answer"]["good"] == odd
    for field, value, code in (
        ("good", "a" * 100_000, "too_long"),
        ("tip", "\x00", "invalid_characters"),
        ("saidBy", "", "too_short"),
        ("words", ["a", "b", "c", "d"], "too_many"),
        ("extra", 1, "unknown_field"),
    ):
        refused = await coach.says(**{field: value})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, code), field
    empty = await coach.says(good="", grew="", tip=" ", words=[])
    assert empty.json()["errors"][0]["code"] == "nothing_said"
