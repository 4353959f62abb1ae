"""Somebody from outside, who was there, says something about one experience: a link, a code by mail, no account."""

import asyncio
import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import httpx
import pytest
from aiosmtpd.smtp import Envelope, Session
from sqlalchemy import create_engine

from app.guidance.outside.letters import LANGUAGES, letter
from app.guidance.outside.schemas import OutsidePage
from app.guidance.outside.tasks import forget_outside
from app.platform.clock import system_clock
from app.platform.jobs import enqueue, run_worker
from tests.guidance.test_second_wall import Bare
from tests.ids import new_id
from tests.mail_server import mail_server
from tests.test_access_document import table
from tests.world import World

TO = "ria@haven.example"
SIXTEEN = date(2010, 3, 2)
SAID = {
    "saidBy": "Ria, begeleider op de kade",
    "good": "Yara vroeg zelf of ze de touwen mocht vastmaken.",
    "grew": "Eerst stil, later stelde ze vragen.",
    "tip": "Loop nog eens een nacht mee.",
    "words": ["nieuwsgierig", "doorzetten"],
}
OURS = {"X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}


class Inbox:
    """A mail server; `refuses`: what it says to a recipient."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.refuses: str | None = None

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(
            (envelope.rcpt_tos, message_from_bytes(envelope.original_content or b"", policy=policy.default))
        )
        return "250 OK"

    def last(self) -> str:
        return str(self.mails[-1][1].get_content())

    def link(self) -> str:
        return self.last().partition("/buiten?taal=")[2].split()[0].partition("#")[2]

    def code(self) -> str:
        found = re.search(r"\b\d{6}\b", self.last())
        assert found
        return found[0]


@pytest.fixture
def inbox(world: World) -> Iterator[Inbox]:
    made = Inbox()
    with mail_server(world, made):
        yield made


async def work(world: World) -> None:
    await run_worker(world.app.state.settings, until_empty=True)


def turns(world: World, born: date) -> None:
    """The pupil is of another age, and home looks along."""
    world.change(
        "update person set birth_date = :born, home_sharing_since = :today where id = :pupil",
        born=born, today=world.clock.today(), pupil=world.pupil,
    )  # fmt: skip


async def ask(world: World, entry: UUID, link: UUID | None = None, **fields: Any) -> httpx.Response:
    body = {"entryId": str(entry), "who": "mijn begeleider bij de haven", "to": TO} | fields
    return await world.client(world.pupil).put(f"/v1/me/outside-links/{link or new_id(world)}", json=body)


async def sent(world: World, inbox: Inbox, entry: UUID | None = None, **fields: Any) -> tuple[UUID, str]:
    """A pupil of 16 asks, and the mail arrives: the link, and what stands in the mail."""
    turns(world, SIXTEEN)
    link = new_id(world)
    made = await ask(world, entry or world.new_entry(), link, **fields)
    assert (made.status_code, made.json()["going"]) == (201, True)
    await work(world)
    return link, inbox.link()


class Coach:
    """A browser of somebody who is nobody here."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(world.app), base_url=world.settings.origin, headers=OURS
        )

    async def code(self, link: str) -> httpx.Response:
        return await self.client.post("/v1/outside/codes", json={"link": link})

    async def prove(self, code: str) -> httpx.Response:
        return await self.client.post("/v1/outside/sessions", json={"code": code})

    async def page(self) -> httpx.Response:
        return await self.client.get("/v1/outside/entry")

    async def says(self, version: int | None = None, **fields: Any) -> httpx.Response:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return await self.client.put("/v1/outside/answer", json=SAID | fields, headers=headers)


async def inside(world: World, inbox: Inbox, link: str) -> Coach:
    coach = Coach(world)
    assert (await coach.code(link)).status_code == 201
    await work(world)
    assert (await coach.prove(inbox.code())).status_code == 201
    return coach


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def own(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.client(world.pupil).get("/v1/me/outside-links")).json()["items"]
    return found


async def decide(world: World, link: UUID, decision: str, version: int = 1, **fields: Any) -> httpx.Response:
    return await world.client(world.pupil).put(
        f"/v1/me/outside-links/{link}/decision",
        json={"decision": decision} | fields,
        headers={"If-Match": f'"{version}"'},
    )


async def agree(world: World, person: UUID, link: UUID, answer: str = "yes") -> int:
    said = {"version": 1, "answer": answer}
    return (await world.client(person).put(f"/v1/outside-links/{link}/consent", json=said)).status_code


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


# --- who may ask -----------------------------------------------------------------------------------


async def test_under_twelve_nobody_outside_is_asked(world: World, inbox: Inbox) -> None:
    turns(world, date(2014, 11, 25))
    assert problem(await ask(world, world.new_entry())) == (403, "age-rule")
    turns(world, date(2014, 11, 24))
    assert (await ask(world, world.new_entry())).json()["going"] is False


async def test_only_an_own_shared_experience_is_asked_about(world: World, inbox: Inbox) -> None:
    turns(world, SIXTEEN)
    assert problem(await ask(world, world.new_draft())) == (409, "wrong-state")
    assert (await ask(world, world.new_entry(kind="work_sample", details={"kind": "work_sample"}))).status_code == 422
    assert (await ask(world, world.new_entry(pupil_id=world.classmate))).status_code == 404
    for field, value in (("to", "geen adres"), ("days", 91), ("days", 0), ("who", " "), ("language", "de")):
        assert (await ask(world, world.new_entry(), **{field: value})).status_code == 422, field
    assert world.scalar("select count(*) from outside_link") == 0


async def test_the_same_question_twice_is_one(world: World, inbox: Inbox) -> None:
    turns(world, SIXTEEN)
    entry, link = world.new_entry(), new_id(world)
    answers = await asyncio.gather(*(ask(world, entry, link) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) in ([200, 200, 201], [200, 201, 409], [201, 409, 409])
    assert (await ask(world, entry, link)).status_code == 200
    assert problem(await ask(world, entry, link, who="iemand anders")) == (409, "already-exists-different")
    await work(world)
    assert len(inbox.mails) == 1


async def test_ten_links_are_open_at_a_time_and_ten_asked_in_a_day(world: World, inbox: Inbox) -> None:
    turns(world, SIXTEEN)
    entry = world.new_entry()
    for _ in range(10):
        assert (await ask(world, entry)).status_code == 201
    assert problem(await ask(world, entry)) == (409, "too-many-links")
    world.change("update outside_link set ended_at = now(), end_reason = 'withdrawn'")
    assert problem(await ask(world, entry)) == (429, "too-many-requests")


async def test_where_no_mail_is_set_up_nobody_is_asked(world: World) -> None:
    turns(world, SIXTEEN)
    assert problem(await ask(world, world.new_entry())) == (409, "outside-no-mail")


# --- mentor and parent -----------------------------------------------------------------------------


async def asked_along(world: World) -> UUID:
    link = new_id(world)
    assert (await ask(world, world.new_entry(), link)).json()["going"] is False
    return link


async def requests(world: World, person: UUID) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.client(person).get("/v1/me/outside-requests")).json()["items"]
    return found


async def test_from_twelve_to_fifteen_the_mail_goes_when_mentor_and_a_parent_said_yes(
    world: World, inbox: Inbox
) -> None:
    link = await asked_along(world)
    await work(world)
    assert inbox.mails == []
    [at_school], [at_home] = await requests(world, world.teacher), await requests(world, world.guardian)
    assert (at_school["side"], at_home["side"]) == ("school", "home")
    assert (at_home["to"], at_home["who"], at_home["own"]) == (TO, "mijn begeleider bij de haven", None)
    for other in ("classmate", "other_teacher", "far_teacher", "former_teacher", "other_guardian", "no_custody",
                  "unconfirmed", "dean", "admin", "coordinator"):  # fmt: skip
        assert await requests(world, getattr(world, other)) == []
        assert await agree(world, getattr(world, other), link) == 404
    assert await agree(world, world.teacher, link) == 204
    await work(world)
    assert inbox.mails == []
    [waiting] = await own(world)
    assert waiting["needs"] == [{"side": "school", "answer": "yes"}, {"side": "home", "answer": None}]
    assert await agree(world, world.guardian, link) == 204
    await work(world)
    assert [to for to, _ in inbox.mails] == [[TO]]
    assert (await own(world))[0]["state"] == "sent"


async def test_two_who_say_yes_at_the_same_moment_send_one_mail(world: World, inbox: Inbox) -> None:
    link = await asked_along(world)
    assert set(
        await asyncio.gather(*(agree(world, person, link) for person in (world.teacher, world.guardian) for _ in "123"))
    ) == {204}
    await work(world)
    assert len(inbox.mails) == 1


async def test_one_no_is_a_no(world: World, inbox: Inbox) -> None:
    link = await asked_along(world)
    mother = world.new_guardian("Salima", world.pupil)
    await agree(world, world.guardian, link)
    assert await agree(world, mother, link, "no") == 204
    assert await agree(world, world.teacher, link) == 409
    await work(world)
    assert inbox.mails == []
    assert (await own(world))[0]["state"] == "refused"


async def test_a_yes_taken_back_closes_an_open_page(world: World, inbox: Inbox) -> None:
    link = await asked_along(world)
    await agree(world, world.teacher, link)
    await agree(world, world.guardian, link)
    await work(world)
    coach = await inside(world, inbox, inbox.link())
    assert [one["own"] for one in await requests(world, world.guardian)] == ["yes"]
    assert await agree(world, world.guardian, link, "no") == 204
    assert problem(await coach.page()) == (403, "outside-code-needed")


async def test_custody_that_ends_between_asking_and_mailing_keeps_the_mail_here(world: World, inbox: Inbox) -> None:
    link = await asked_along(world)
    await agree(world, world.teacher, link)
    await agree(world, world.guardian, link)
    world.change("update guardianship set custody = 'no' where guardian_id = :g", g=world.guardian)
    await work(world)
    assert inbox.mails == []
    [waiting] = await own(world)
    assert (waiting["state"], waiting["needs"][1]["answer"]) == ("waiting", None)


async def test_on_the_sixteenth_birthday_the_pupil_decides_alone(world: World, inbox: Inbox) -> None:
    link = await asked_along(world)
    world.at(date(2029, 3, 2))
    world.change("update outside_link set asked_at = :now, expires_at = :until",
                 now=world.clock.now(), until=world.clock.now() + timedelta(days=30))  # fmt: skip
    assert await requests(world, world.teacher) == []
    assert await agree(world, world.teacher, link) in (403, 404)
    [mine] = await own(world)
    assert (mine["state"], mine["needs"]) == ("ready", [])
    assert (await world.client(world.pupil).post(f"/v1/me/outside-links/{link}/mails")).status_code in (204, 409)


async def test_a_class_without_a_mentor_asks_its_teachers_and_without_teachers_the_dean(world: World) -> None:
    link = world.new_outside(world.new_entry(), mailed_at=None)
    world.change("update group_assignment set is_mentor = false")
    assert len(await requests(world, world.teacher)) == 1
    world.change("delete from group_assignment")
    assert len(await requests(world, world.dean)) == 1
    assert await agree(world, world.teacher, link) == 404


async def test_a_teacher_whose_own_child_it_is_says_yes_once(world: World, inbox: Inbox) -> None:
    link = await asked_along(world)
    world.change("update guardianship set guardian_id = :t where guardian_id = :g", t=world.teacher, g=world.guardian)
    assert [one["side"] for one in await requests(world, world.teacher)] == ["home"]
    await agree(world, world.teacher, link)
    await work(world)
    assert inbox.mails == []


async def test_a_parent_reads_no_title_of_what_only_school_sees(world: World, inbox: Inbox) -> None:
    await ask(world, world.new_entry(ring=1))
    [at_home] = await requests(world, world.guardian)
    assert (at_home["entryId"], at_home["entryTitle"]) == (None, None)


# --- mail ------------------------------------------------------------------------------------------


async def test_an_address_that_refuses_is_told_in_words_and_not_tried_again(world: World, inbox: Inbox) -> None:
    inbox.refuses = "550 5.1.1 no such user"
    turns(world, SIXTEEN)
    await ask(world, world.new_entry())
    await work(world)
    assert (await own(world))[0]["state"] == "bounced"
    assert world.scalar("select count(*) from procrastinate_jobs where task_name = 'mail_outside_link'") == 0
    inbox.refuses = None
    link = (await own(world))[0]["id"]
    assert (await world.client(world.pupil).post(f"/v1/me/outside-links/{link}/mails")).status_code == 204
    await work(world)
    assert (await own(world))[0]["state"] == "sent"


async def test_a_server_that_is_busy_is_tried_later(world: World, inbox: Inbox) -> None:
    inbox.refuses = "451 4.3.0 try later"
    turns(world, SIXTEEN)
    await ask(world, world.new_entry())
    await work(world)
    assert (await own(world))[0]["state"] == "ready"
    waits = "select attempts from procrastinate_jobs where task_name = 'mail_outside_link' and status = 'todo'"
    assert world.scalar(waits) == 1


async def test_mailed_again_the_link_before_stops_working_three_times_a_day(world: World, inbox: Inbox) -> None:
    link, first = await sent(world, inbox)
    again = f"/v1/me/outside-links/{link}/mails"
    assert (await world.client(world.pupil).post(again)).status_code == 204
    await work(world)
    assert problem(await Coach(world).code(first)) == (410, "outside-gone")
    assert (await Coach(world).code(inbox.link())).status_code == 201
    for status in (204, 204, 429):
        assert (await world.client(world.pupil).post(again)).status_code == status


async def test_a_link_withdrawn_before_the_mail_goes_is_not_mailed(world: World, inbox: Inbox) -> None:
    turns(world, SIXTEEN)
    link = new_id(world)
    await ask(world, world.new_entry(), link)
    await world.client(world.pupil).delete(f"/v1/me/outside-links/{link}")
    await work(world)
    assert inbox.mails == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_whole_in_every_language(language: str) -> None:
    values = {"name": "Yara", "school": "Kustlijn", "who": "begeleider {x}", "address": "http://x/buiten#a", "day": "1"}
    for kind, given in (("link", values), ("code", {"code": "123456"})):
        subject, text = letter(language, kind, **given)
        assert all(value in subject + text for value in given.values()), kind


async def test_two_weeks_after_the_end_the_address_is_forgotten(world: World) -> None:
    entry, now = world.new_entry(), system_clock.now()
    ended = {"end_reason": "withdrawn"}
    links = {
        "long ended": world.new_outside(entry, ended_at=now - timedelta(days=15), **ended),
        "just ended": world.new_outside(entry, ended_at=now - timedelta(days=13), **ended),
        "open": world.new_outside(entry, asked_at=now, expires_at=now + timedelta(days=9)),
        "expired": world.new_outside(entry, asked_at=now - timedelta(days=30), expires_at=now - timedelta(days=15)),
    }
    async with world.app.state.database.begin() as session:
        await enqueue(session, forget_outside, timestamp=0)
    await work(world)
    kept = {name for name, link in links.items()
            if world.scalar("select mail_to from outside_link where id = :id", id=link)}  # fmt: skip
    assert kept == {"just ended", "open"}


# --- the second wall -------------------------------------------------------------------------------


async def test_a_select_without_any_condition_shows_what_the_document_says(world: World) -> None:
    engine = create_engine(world.settings.database_url or "")
    bare = Bare(world, engine)
    entry = world.new_entry()
    waits = world.new_outside(entry, {})
    taken = world.new_outside(entry, {"state": "accepted"})
    world.change("insert into outside_look select id, asked_at, pupil_id, entry_id, who, asked_at from outside_link")
    count = "select count(*) from outside_answer where link_id = :link"
    stated = table("Somebody from outside")
    tried = {
        who: {
            "that somebody was asked": bare(who, "select count(*) from outside_link"),
            "address": bare(who, "select outside_address(:link)", link=waits),
            "answer that waits": bare(who, count, link=waits),
            "answer that was taken in": bare(who, count, link=taken),
            "look": bare(who, "select count(*) from outside_look"),
        }
        for who in stated
    }
    said = {who: {name: "yes" if found else "no" for name, found in row.items()} for who, row in tried.items()}
    engine.dispose()
    assert said == stated


async def test_with_the_first_wall_taken_away_nobody_does_what_the_actions_forbid(world: World) -> None:
    engine = create_engine(world.settings.database_url or "")
    bare = Bare(world, engine)
    entry = world.new_entry()
    link = world.new_outside(entry, {"words": ["rustig"]})
    everybody = ("pupil", "teacher", "guardian", "dean", "classmate", "admin", "nobody")
    for statement in (
        "select mail_to from outside_link",
        "select token_hash from outside_link",
        "select * from outside_session",
        "update outside_session set tries = 0",
        "update outside_answer set good = 'Top'",
        "update outside_answer set state = 'accepted'",
        "delete from outside_answer",
        "insert into outside_answer (link_id) select id from outside_link",
        "update outside_link set expires_at = expires_at + interval '1 day'",
        "update outside_link set mailed_at = null",
        "update outside_link set ended_at = now(), end_reason = 'decided'",
        "delete from outside_link",
        "delete from outside_consent",
        "update outside_consent set person_id = person_id",
        "insert into outside_look (link_id, on_date, pupil_id, entry_id, who, at)"
        " select id, current_date, pupil_id, entry_id, 'x', now() from outside_link",
        "delete from outside_look",
        "select outside_link_of('x', now(), current_date)",
        "select outside_open(id, now(), current_date) from outside_link",
    ):
        for who in everybody:
            assert bare(who, statement) in ("refused", 0), (who, statement)
    forged = (
        "insert into talent_word (id, entry_id, author_id, voice, word, key, given_at, via_link)"
        " values (gen_random_uuid(), :entry, :pupil, 'outside', 'top', 'top', now(), :link)"
    )
    assert bare("pupil", forged, entry=entry, pupil=world.pupil, link=link) == "refused"
    yes = (
        "insert into outside_consent (link_id, person_id, side, answer, version, answered_at)"
        " values (:link, :person, :side, 'yes', 1, now())"
    )
    for who in (*everybody, "no_custody", "unconfirmed", "other_teacher", "former_teacher"):
        if who == "nobody":
            continue
        for side in ("school", "home"):
            may = (who, side) in {("teacher", "school"), ("guardian", "home")}
            done = bare(who, yes, link=link, person=getattr(world, who), side=side)
            assert (done == 1) == may, (who, side)
    assert bare("teacher", yes, link=link, person=world.guardian, side="home") == "refused"
    seen = {who: bare(who, "select count(*) from outside_link") for who in everybody}
    assert seen == dict.fromkeys(everybody, 0) | dict.fromkeys(("pupil", "teacher", "guardian", "dean"), 1)
    assert {who: bare(who, "select count(*) from outside_answer") for who in everybody} == dict.fromkeys(
        everybody, 0
    ) | {"pupil": 1}
    for who in ("teacher", "guardian", "classmate", "nobody"):
        taken = bare(who, "select now_version from outside_decide(:link, 1, 'accepted', false, now())", link=link)
        assert taken is None, who
    await decide(world, link, "accepted")
    assert bare("pupil", "update talent_word set word = 'briljant' where via_link is not null") == 0
    again = "update outside_link set ended_at = null, end_reason = null"
    assert all(bare(who, again) in ("refused", 0) for who in everybody)
    engine.dispose()
