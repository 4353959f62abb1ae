"""Who may ask somebody outside, who says yes to it, and how the mail goes."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.guidance.outside.letters import LANGUAGES, letter
from app.guidance.outside.tasks import forget_outside
from app.platform.clock import system_clock
from app.platform.jobs import enqueue
from tests.guidance.coach import (
    SIXTEEN,
    TO,
    Coach,
    Inbox,
    agree,
    ask,
    asked_along,
    inside,
    own,
    problem,
    sent,
    turns,
    work,
)
from tests.ids import new_id
from tests.world import World

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
