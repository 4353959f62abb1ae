"""What somebody tries who means harm, with talks, home, mail and links from outside; and what days change meanwhile."""

import asyncio
import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import text

from app.access.actions import PER_ACCOUNT, hash_of
from tests.guidance.coach import Coach, Inbox, agree, ask, asked_along, inside, own, sent, turns
from tests.guidance.coach import work as mails
from tests.guidance.test_conversations import put, read, step
from tests.guidance.test_homework import begin, change, content, share
from tests.guidance.test_rounds import round_of
from tests.guidance.test_second_wall import EVERYBODY, Bare, bare
from tests.guidance.test_weekly_mail import Post, code_in, confirm, post, work
from tests.guidance.test_weekly_mail import ask as ask_address
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import PASSWORD, World

__all__ = ["bare", "post"]

BIRTHDAY = date(2010, 11, 25)
"""Of a pupil who is fifteen, until tomorrow."""


# --- what days change ------------------------------------------------------------------------------


async def test_a_sixteenth_birthday_between_preparation_and_talk_closes_what_was_said_at_home(world: World) -> None:
    world.change("update person set birth_date = :born where id = :id", born=BIRTHDAY, id=world.pupil)
    pupil, dean, guardian = (world.client(who) for who in (world.pupil, world.dean, world.guardian))
    talk = world.new_conversation(with_home=True)
    assert (await put(pupil, talk, "sheet", doubt="Zorg of techniek.", ready=True)).status_code == 200
    assert (await read(guardian, talk))["sheet"] is None
    world.at(BIRTHDAY.replace(year=2026))
    world.say_why(world.dean, world.pupil)
    assert (await guardian.get(f"/v1/conversations/{talk}")).status_code == 404
    assert (await put(dean, talk, "record", 0, pupilVoice="Zorg.", steps=[step(world)])).status_code == 200
    assert (await put(pupil, talk, "agreement", 1, ring=2)).status_code == 200
    assert (await read(pupil, talk))["homeOpen"] is False
    for path in (f"/v1/conversations/{talk}", f"/v1/pupils/{world.pupil}/conversations"):
        assert (await guardian.get(path)).status_code == 404, path
    assert str(talk) not in (await guardian.get("/v1/me/conversations")).text
    world.change("update person set home_sharing_since = :day where id = :id", day=world.clock.today(), id=world.pupil)
    assert (await read(guardian, talk))["record"]["pupilVoice"] == "Zorg."


async def test_who_loses_custody_between_planning_and_talk_reads_no_record_and_another_parent_does(
    world: World,
) -> None:
    pupil, dean, guardian = (world.client(who) for who in (world.pupil, world.dean, world.guardian))
    other = world.client(world.new_guardian("Sanne", world.pupil))
    talk = world.new_conversation(with_home=True)
    assert [(await read(who, talk))["state"] for who in (guardian, other)] == ["planned"] * 2
    world.change("update guardianship set custody = 'no' where guardian_id = :id", id=world.guardian)
    assert (await put(dean, talk, "record", 0, pupilVoice="Zorg.")).status_code == 200
    assert (await put(pupil, talk, "agreement", 1)).status_code == 200
    assert (await guardian.get(f"/v1/conversations/{talk}")).status_code == 404
    assert (await read(other, talk))["state"] == "agreed"


async def test_from_the_sixteenth_birthday_on_who_was_asked_along_knows_nothing_of_a_link(
    world: World, bare: Bare, inbox: Inbox
) -> None:
    link = await asked_along(world)
    world.change("update entry set ring = 1")
    knows = "select count(*) from outside_link"
    address = "select outside_address(:link)"
    assert bare("guardian", knows) == 1
    assert bare("guardian", address, link=link) is not None
    turns(world, date(2010, 11, 24))
    for who in ("guardian", "teacher"):
        assert bare(who, address, link=link) is None, who
        assert bare(who, "update outside_link set ended_at = now(), end_reason = 'refused'") in (0, "refused"), who
        assert await agree(world, getattr(world, who), link, "no") == 404, who
    assert bare("guardian", knows) == 0, "the story stays at school"
    assert bare("teacher", knows) == 1, "that somebody was asked"
    assert bare("pupil", address, link=link) == "ria@haven.example"
    assert [one["state"] for one in await own(world)] == ["ready"]


# --- in another's place ----------------------------------------------------------------------------


async def test_a_parent_throws_away_no_card_on_which_another_parent_said_something(world: World, bare: Bare) -> None:
    other = world.new_guardian("Sanne", world.pupil)
    path = await begin(world, world.guardian)
    assert (await share(world, world.pupil, path, "home")).status_code == 409, "nothing on it"
    assert (await change(world, world.guardian, path, 1, childText="Dat wist ik niet!")).status_code == 200
    assert (await share(world, world.pupil, path, "home", 2)).status_code == 200
    said = {"childText": "Dat wist ik niet!", "homeText": "Ik wilde piloot worden."}
    assert (await change(world, other, path, 3, **said)).status_code == 200
    assert (await share(world, world.pupil, path, "nobody", 4)).status_code == 200
    assert (await world.client(world.guardian).delete(path)).status_code == 403
    assert bare("guardian", "delete from homework") == 0
    assert (await world.client(other).delete(path)).status_code == 404
    world.change("update homework set home_text = '', home_by = null")
    assert (await world.client(world.guardian).delete(path)).status_code == 204


async def test_whether_a_sheet_was_begun_is_told_to_who_planned_the_talk(world: World, bare: Bare) -> None:
    talk = world.new_conversation()
    world.new_sheet(talk, ready_at=None)
    assert {who for who in EVERYBODY if bare(who, "select talk_begun(:talk)", talk=talk)} == {"dean"}


async def test_ids_of_others_in_what_one_sends_are_refused(world: World) -> None:
    pupil, dean, teacher = (world.client(who) for who in (world.pupil, world.dean, world.teacher))
    far, own_entry = world.new_entry(pupil_id=world.classmate), world.new_entry()
    talk = world.new_conversation()
    moment, (option,) = world.new_choice(world.pupil, world.placement, "techniek")
    far_talk = world.new_conversation(pupil=world.classmate)
    offer = world.new_homework_offer(world.far_group)
    their_step = world.new_step(world.classmate)

    async def link(entry: UUID) -> httpx.Response:
        return await ask(world, entry)

    answers = {
        "story on a sheet": await put(pupil, talk, "sheet", entryIds=[str(own_entry), str(far)]),
        "sheet of another": await put(pupil, far_talk, "sheet", doubt="Van mij."),
        "story behind a choice": await pupil.put(
            f"/v1/me/choices/{moment}/options/{new_id(world)}", json={"name": "Zorg", "entryIds": [str(far)]}
        ),
        "choice of another": await world.client(world.classmate).put(
            f"/v1/me/choices/{moment}/options/{option}", json={"name": "Zorg"}, headers={"If-Match": '"1"'}
        ),
        "link to a story": await link(far),
        "card of another class": await pupil.put(
            f"/v1/homework/{new_id(world)}", json=content(world, offerId=str(offer))
        ),
        "card in a classmate's name": await pupil.put(
            f"/v1/homework/{new_id(world)}", json=content(world, pupilId=str(world.classmate))
        ),
        "step for staff elsewhere": await put(
            dean, talk, "record", 0, steps=[step(world, who="staff", staffId=str(world.far_dean))]
        ),
        "pupil of another class": await teacher.post(
            f"/v1/groups/{world.group}/conversations", json=round_of(world, world.pupil, world.other_pupil)
        ),
        "class of another school": await teacher.post(
            f"/v1/groups/{world.far_group}/conversations", json=round_of(world, world.other_pupil)
        ),
        "talk of a classmate in a round": await teacher.post(
            f"/v1/groups/{world.group}/conversations",
            json=round_of(world, world.pupil)
            | {"talks": [round_of(world, world.pupil)["talks"][0] | {"id": str(far_talk)}]},
        ),
    }
    refused = {what: answer.status_code for what, answer in answers.items() if answer.status_code < 400}
    assert refused == {}
    assert {answer.status_code for answer in answers.values()} <= {404, 409, 422}
    assert "Bezoek aan de haven" not in "".join(answer.text for answer in answers.values())
    # The id of a step that somebody else has makes no step of theirs another one.
    assert (await put(dean, talk, "record", 0, steps=[step(world) | {"id": str(their_step)}])).status_code in (200, 409)
    await put(pupil, talk, "agreement", 1)
    assert world.scalar("select pupil_id from next_step where id = :id", id=their_step) == world.classmate


FORGED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("conversations/{talk}", "dean", {"preparedAt": "2026-11-24T10:00:00Z"}),
    ("conversations/{talk}", "dean", {"plannedBy": "{pupil}"}),
    ("conversations/{talk}", "dean", {"agreedVersion": 1}),
    ("conversations/{talk}/sheet", "pupil", {"pupilId": "{classmate}"}),
    ("conversations/{talk}/sheet", "pupil", {"readyAt": "2026-01-01T10:00:00Z"}),
    ("conversations/{talk}/record", "dean", {"writtenBy": "{pupil}"}),
    ("conversations/{talk}/agreement", "pupil", {"recordVersion": 1}),
    ("conversations/{talk}/agreement", "pupil", {"way": "beside"}),
    ("me/outside-links/{talk}", "pupil", {"mailedAt": "2026-11-24T10:00:00Z"}),
    ("me/mail/address", "guardian", {"confirmedAt": "2026-11-24T10:00:00Z"}),
    ("me/notice-settings/home_new", "guardian", {"personId": "{pupil}"}),
    ("home/{pupil}/seen", "guardian", {"guardianId": "{pupil}"}),
)


@pytest.mark.parametrize(("path", "who", "more"), FORGED)
async def test_what_is_not_asked_is_not_taken(path: str, who: str, more: dict[str, Any], world: World) -> None:
    known = {"talk": world.new_conversation(), "pupil": world.pupil, "classmate": world.classmate}
    values = {name: value.format(**known) if isinstance(value, str) else value for name, value in more.items()}
    answer = await world.client(getattr(world, who)).put(f"/v1/{path.format(**known)}", json=values)
    assert answer.status_code == 422
    assert f"/{next(iter(more))}" in [error["pointer"] for error in answer.json()["errors"]]


async def test_nothing_happens_before_its_turn(world: World) -> None:
    pupil, dean, talk = world.client(world.pupil), world.client(world.dean), world.new_conversation()
    assert problem(await put(pupil, talk, "agreement", 0)) == (409, "nothing-recorded")
    assert problem(await put(dean, talk, "agreement/beside", 0, secret=PASSWORD)) == (409, "nothing-recorded")
    assert (await put(pupil, talk, "record", 0, pupilVoice="Zelf geschreven.")).status_code == 409
    assert (await put(pupil, talk, "state", 1, state="held")).status_code == 403
    assert (await put(dean, talk, "record", 0, pupilVoice="Zorg.")).status_code == 200
    for state in ("planned", "cancelled"):
        assert (await put(dean, talk, "state", 1, state=state)).status_code == 409, state
    assert (await put(pupil, talk, "sheet", ready=True)).status_code == 409
    assert (await read(dean, talk))["state"] == "recorded"


# --- akkoord on the screen of staff ----------------------------------------------------------------


async def test_a_code_typed_beside_says_nothing_on_a_record_that_changed(world: World) -> None:
    dean, talk = world.client(world.dean), world.new_conversation()
    world.new_record(talk)
    world.new_record(talk, 2, written_by=world.teacher, staff_voice="Anders opgeschreven.")
    stale = await put(dean, talk, "agreement/beside", 1, secret=PASSWORD)
    assert stale.status_code == 412
    assert (await read(dean, talk))["agreement"] is None
    # While it is typed somebody else writes on: akkoord is on what was on the screen, or on nothing.
    said, wrote = await asyncio.gather(
        put(dean, talk, "agreement/beside", 2, secret=PASSWORD),
        put(world.client(world.teacher), talk, "record", 2, pupilVoice="Nog een zin."),
    )
    assert wrote.status_code == 200
    page = await read(dean, talk)
    assert (page["state"], page["record"]["version"]) == ("recorded", 3)
    assert said.status_code == 412 or page["agreement"]["recordVersion"] == 2


async def test_of_thirty_guesses_of_a_password_at_once_five_count(world: World) -> None:
    dean, talk = world.client(world.dean), world.new_conversation()
    world.new_record(talk)
    guesses = [put(dean, talk, "agreement/beside", 1, secret=f"gok nummer {number}") for number in range(30)]
    answers = [answer.status_code for answer in await asyncio.gather(*guesses)]
    assert (answers.count(422), answers.count(429)) == (PER_ACCOUNT, 30 - PER_ACCOUNT)


# --- mail ------------------------------------------------------------------------------------------


async def test_with_another_mailbox_the_secret_of_the_old_one_switches_nothing(world: World, post: Post) -> None:
    old = world.new_mail_address(world.guardian)
    assert (await world.client(None).get(f"/v1/weekly-mail/{old}")).json() == {"weekly": True}
    assert (await ask_address(world, world.guardian, "nieuw@example.nl")).status_code == 204
    await work(world)
    assert (await world.client(None).get(f"/v1/weekly-mail/{old}")).status_code == 200, "not shown to be one's own yet"
    assert (await confirm(world, world.guardian, code_in(post.mails[-1][1]))).status_code == 204
    assert (await world.client(None).post(f"/v1/weekly-mail/{old}/off")).status_code == 404
    assert (await world.client(world.guardian).get("/v1/me/mail")).json()["weekly"] is True


async def test_the_same_mailbox_again_keeps_the_secret_of_its_mails(world: World, post: Post) -> None:
    held = world.new_mail_address(world.guardian, address="Thuis@Example.nl")
    await ask_address(world, world.guardian, "thuis@example.nl")
    await work(world)
    assert (await confirm(world, world.guardian, code_in(post.mails[-1][1]))).status_code == 204
    assert (await world.client(None).post(f"/v1/weekly-mail/{held}/off")).status_code == 204


def _until_somebody_waits(world: World) -> None:
    until = time.monotonic() + 30
    while not world.scalar("select exists (select from pg_locks where not granted)"):
        assert time.monotonic() < until


async def test_an_address_is_not_good_with_a_code_that_went_to_another(world: World, bare: Bare, post: Post) -> None:
    """A second address is asked for in the moment between making a code for the first one and keeping it."""
    guardian = world.client(world.guardian)
    await ask_address(world, world.guardian, "kwaad@example.nl")
    begun = {"token": hash_of(guardian.headers["Cookie"].removeprefix("sid=")), "now": world.clock.now()}
    with bare.engine.connect() as meanwhile:
        meanwhile.execute(text("select begin_request(:token, :now, :today)"), begun | {"today": world.clock.today()})
        meanwhile.execute(text("select ask_mail_address('slachtoffer@example.nl', :now)"), {"now": world.clock.now()})
        mailing = asyncio.create_task(work(world))
        await asyncio.to_thread(_until_somebody_waits, world)
        meanwhile.commit()
    await mailing
    assert [to for to, _ in post.mails] == [["slachtoffer@example.nl"]]


async def test_of_twenty_codes_typed_at_once_five_count(world: World, post: Post) -> None:
    await ask_address(world, world.guardian)
    await work(world)
    right = code_in(post.mails[-1][1])
    wrong = f"{(int(right.replace(' ', '')) + 1) % 10**8:08}"
    answers = await asyncio.gather(*(confirm(world, world.guardian, wrong) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [409] * 15 + [422] * 5
    assert (await confirm(world, world.guardian, right)).status_code == 409


async def test_nothing_that_a_pupil_wrote_can_be_opened_in_a_mail_from_us(world: World, inbox: Inbox) -> None:
    await sent(world, inbox, who="winnaar\r\n\r\nKlik op www.kwaad.nl/a of http://kwaad.nl, mail a@kwaad.nl")
    told = inbox.last()
    assert "kwaad.nl" not in told
    assert "@" not in told
    assert told.count("http") == 2, "the one address of the link, and what is left of another"
    assert "winnaar Klik op www kwaad nl a of http" in " ".join(told.split())


async def test_a_story_that_is_a_draft_again_is_not_mailed_about(world: World, inbox: Inbox) -> None:
    turns(world, date(2010, 3, 2))
    entry = world.new_entry()
    assert (await ask(world, entry)).json()["going"] is True
    world.change("update entry set state = 'draft', ring = 0 where id = :id", id=entry)
    await mails(world)
    assert inbox.mails == []


# --- a link from outside ---------------------------------------------------------------------------


async def test_after_withdrawal_each_door_of_an_open_page_is_shut(world: World, inbox: Inbox) -> None:
    entry = world.new_entry()
    file = world.new_file(entry)
    link, held = await sent(world, inbox, entry)
    coach = await inside(world, inbox, held)
    assert (await coach.page()).status_code == 200
    assert (await world.client(world.pupil).delete(f"/v1/me/outside-links/{link}")).status_code == 204
    answers = [
        await coach.page(),
        await coach.says(),
        await coach.client.get(f"/v1/outside/files/{file}"),
        await coach.client.get(f"/v1/outside/files/{file}/thumbnail"),
        await coach.code(held),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 404, 404, 410]
    assert not any("Yara" in answer.text or "haven" in answer.text for answer in answers)
    assert world.scalar("select count(*) from outside_answer") == 0


async def test_who_has_the_link_alone_guesses_ten_codes_a_day(world: World, inbox: Inbox) -> None:
    _, held = await sent(world, inbox)
    answers = []
    for _ in range(3):
        answers += [(await Coach(world).code(held)).status_code for _ in range(6)]
        world.clock.set(world.clock.now() + timedelta(hours=1))  # type: ignore[attr-defined]
    assert answers == ([201] * 5 + [429]) * 2 + [429] * 6
    world.at(world.clock.today() + timedelta(days=1))
    assert (await Coach(world).code(held)).status_code == 201


async def test_links_that_somebody_makes_up_leave_no_count_each(world: World) -> None:
    counted = "select count(*) from sign_in_attempts"
    before = world.scalar(counted)
    answers = [(await Coach(world).code(f"verzonnen-{number}")).status_code for number in range(40)]
    assert answers == [410] * 30 + [429] * 10
    assert world.scalar(counted) - before == 1 + 2 * 30


async def test_a_page_of_somebody_else_does_nothing_without_an_account(world: World, inbox: Inbox) -> None:
    """No endpoint that works without signing in acts for another site, nor for a form."""
    _, held = await sent(world, inbox)
    coach = await inside(world, inbox, held)
    secret = world.new_mail_address(world.guardian)
    acts = (
        ("POST", "/v1/outside/codes", {"link": held}),
        ("POST", "/v1/outside/sessions", {"code": "123456"}),
        ("PUT", "/v1/outside/answer", {"saidBy": "x", "good": "x", "grew": "", "tip": "", "words": []}),
        ("DELETE", "/v1/outside/sessions/current", None),
        ("PUT", f"/v1/weekly-mail/{secret}", {"weekly": False}),
    )
    for method, path, body in acts:
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"X-Requested-By": "x"}):
            answer = await coach.client.request(method, path, json=body, headers=headers)
            assert problem(answer) == (403, "csrf"), (method, path)
    assert (await coach.page()).status_code == 200
    assert world.scalar("select weekly from mail_address") is True


# --- calendars -------------------------------------------------------------------------------------


async def test_a_place_writes_no_line_of_its_own_in_a_calendar(world: World) -> None:
    talk = world.new_conversation(place="Aula\r\nATTENDEE:mailto:x@kwaad.nl\r\nEND:VEVENT\u2028URL:http://kwaad.nl")
    for path in (f"/v1/conversations/{talk}/calendar.ics", f"/v1/calendars/{world.new_calendar(world.pupil)}.ics"):
        answer = await world.client(world.pupil).get(path)
        assert answer.status_code == 200, path
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert not {"ATTENDEE", "URL"} & set(event)
        assert not any(line.startswith(("ATTENDEE", "URL")) for line in answer.text.splitlines())


async def test_whose_placement_ended_is_planned_for_no_more(world: World) -> None:
    world.change("update placement set ends_on = :day where id = :id",
                 day=world.clock.today() - timedelta(days=1), id=world.placement)  # fmt: skip
    body = {"kind": "career", "onDay": "2026-12-01", "pupilId": str(world.pupil), "heldWith": str(world.dean)}
    for who in (world.dean, world.teacher, world.pupil):
        answer = await world.client(who).put(f"/v1/conversations/{new_id(world)}", json=body)
        assert answer.status_code == 404
    answer = await world.client(world.teacher).post(
        f"/v1/groups/{world.group}/conversations", json=round_of(world, world.pupil)
    )
    assert answer.status_code == 422
