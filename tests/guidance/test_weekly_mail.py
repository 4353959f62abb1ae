"""The weekly mail: an address with its code, one mail on Friday that names nothing, off by one tap; its troubles."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.smtp import Envelope, Session

from app.guidance.weekly_mail import sending
from app.guidance.weekly_mail.letter import LANGUAGES, code_letter, weekly_letter, words
from app.guidance.weekly_mail.tasks import plan, send_weekly_mail
from app.platform.clock import AMSTERDAM
from app.platform.i18n import plural
from app.platform.jobs import enqueue, run_worker
from app.platform.mail import send_mail
from tests.access.claiming import claim
from tests.guidance.test_notices import as_worker, count, share
from tests.mail_server import mail_server
from tests.portfolio.test_entries import problem
from tests.world import World

TO = "thuis@example.nl"
FRIDAY = datetime(2026, 11, 27, 16, 5, tzinfo=AMSTERDAM)
HIDDEN = ("Yara", "de Wit", "Kustlijn", "2A", "bakker", "brood", "Nadia", "Omar")


class Post:
    """A mail server that takes mail in, or says what it is told to say."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.to_address = self.to_mail = "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.to_address.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_address

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(
            (envelope.rcpt_tos, message_from_bytes(envelope.original_content or b"", policy=policy.default))
        )
        return self.to_mail


@pytest.fixture
def post(world: World) -> Iterator[Post]:
    """A mail server that the app and the worker know."""
    made = Post()
    with mail_server(world, made):
        yield made


async def work(world: World) -> None:
    await run_worker(world.app.state.settings, until_empty=True)


def give_address(world: World, person: UUID, **fields: Any) -> str:
    """A confirmed address; the secret that stands in its mails."""
    return world.new_mail_address(person, **fields)


async def on_friday(world: World, now: datetime = FRIDAY) -> None:
    """What the worker does at this moment."""
    friday = sending.due_on(now)
    if friday is not None:
        await as_worker(world, plan, friday, now.astimezone(UTC))
    await work(world)


def plain(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def page(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


# --- the mail -----------------------------------------------------------------------------------------


async def test_the_mail_as_it_arrives_names_nobody_and_nothing(world: World, post: Post) -> None:
    token = give_address(world, world.guardian, address=TO)
    await share(world)
    await on_friday(world)
    [(to, message)] = post.mails
    origin = world.settings.origin
    assert to == [TO]
    assert plain(message) == (
        "Goedemiddag,\n"
        "\n"
        "Er is iets nieuws bij uw kind. Er staat 1 nieuw bericht klaar.\n"
        "\n"
        f"Lees het in het Talentportfolio:\n{origin}/berichten\n"
        "\n"
        "Wat er is gemaakt of gezegd, staat niet in deze mail. Dat staat achter slot en is na inloggen te lezen.\n"
        "\n"
        "Deze mail komt hooguit één keer per week, op vrijdag. In schoolvakanties komt er geen mail.\n"
        "\n"
        f"Geen mail meer? Afmelden kan met één tik:\n{origin}/mail-uit#{token}\n"
    )
    assert message["subject"] == "Nieuws in het Talentportfolio"
    assert message["from"] == "Talent <noreply@example.nl>"
    assert message["auto-submitted"] == "auto-generated"
    assert message["list-unsubscribe"] == f"<{origin}/v1/weekly-mail/{token}/off>"
    assert message["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    for hidden in HIDDEN:
        assert hidden not in message.as_string() + plain(message) + page(message)


async def test_the_page_in_the_mail_has_the_same_words_and_loads_nothing(world: World, post: Post) -> None:
    give_address(world, world.guardian)
    await share(world)
    await on_friday(world)
    html = page(post.mails[0][1])
    assert re.findall(r"(?:src|background|@import|url\()", html.replace("background:#", "")) == []
    shown = re.sub(r"<title>.*?</title>|<[^>]+>", " ", html)
    for line in re.sub(r":?\nhttp\S+", "", plain(post.mails[0][1])).split("\n\n"):
        assert line.strip() in " ".join(shown.split()), line


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_mail_is_in_the_readers_own_language_and_direction(language: str, world: World, post: Post) -> None:
    give_address(world, world.guardian)
    world.change("update person set locale = :l where id = :g", l=language, g=world.guardian)
    await share(world)
    await on_friday(world)
    [(_, message)] = post.mails
    assert message["subject"] == words(language)["subject"]
    assert words(language)["private"] in plain(message)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page(message)


def test_the_six_catalogues_have_the_same_sentences_and_all_their_plurals() -> None:
    forms = {"nl": 2, "en": 2, "tr": 2, "pl": 4, "ar": 6, "bg": 2}
    for language in LANGUAGES:
        assert list(words(language)) == list(words("nl"))
        for name in ("notices", "children"):
            assert len(words(language)[name]) == forms[language]
            assert {plural(language, number) for number in range(300)} <= set(words(language)[name])
        letter = code_letter(language, "1234 5678")
        assert "1234 5678" in letter.text
        assert "1234 5678" in letter.html


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("nl", 1, "one"), ("nl", 0, "other"), ("tr", 2, "other"), ("bg", 21, "other"),
        ("pl", 1, "one"), ("pl", 3, "few"), ("pl", 12, "many"), ("pl", 22, "few"),
        ("pl", 25, "many"), ("pl", 112, "many"),
        ("ar", 0, "zero"), ("ar", 1, "one"), ("ar", 2, "two"), ("ar", 7, "few"),
        ("ar", 11, "many"), ("ar", 100, "other"),
        ("ar", 103, "few"),
    ],
)  # fmt: skip
def test_numbers_take_the_form_of_the_language(language: str, number: int, form: str) -> None:
    assert plural(language, number) == form


def test_one_child_and_more_children_and_none() -> None:
    said = [weekly_letter("nl", 3, children, "s", "o").text.split("\n\n")[1] for children in (0, 1, 2)]
    assert said == [
        "Er staan 3 nieuwe berichten klaar.",
        "Er is iets nieuws bij uw kind. Er staan 3 nieuwe berichten klaar.",
        "Er is iets nieuws bij uw kinderen. Er staan 3 nieuwe berichten klaar.",
    ]


# --- when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-27T15:59:59", None),
        ("2026-11-27T16:00:00", date(2026, 11, 27)),
        ("2026-11-27T19:59:59", date(2026, 11, 27)),
        ("2026-11-27T20:00:00", None),
        ("2026-11-26T16:30:00", None),
        ("2026-10-23T16:30:00", None),  # autumn
        ("2026-12-18T16:30:00", date(2026, 12, 18)),  # the last day of school
        ("2027-01-01T16:30:00", None),
        # By the clock in The Hague, before and after it changes.
        ("2027-03-26T16:00:00", date(2027, 3, 26)),
        ("2027-04-02T16:00:00", date(2027, 4, 2)),
        ("2027-04-02T15:30:00", None),
    ],
)
def test_mails_go_on_friday_afternoon_and_not_in_holidays(now: str, due: date | None) -> None:
    assert sending.due_on(datetime.fromisoformat(now).replace(tzinfo=AMSTERDAM).astimezone(UTC)) == due


async def test_where_nothing_is_new_there_is_no_mail(world: World, post: Post) -> None:
    give_address(world, world.guardian)
    await on_friday(world)
    assert post.mails == []
    assert world.scalar("select state from weekly_mail") == "nothing"


async def test_a_week_has_one_mail_and_the_next_tells_only_what_is_newer(world: World, post: Post) -> None:
    give_address(world, world.guardian)
    await share(world)
    for _ in ("planned", "again"):
        await on_friday(world)
    assert len(post.mails) == 1
    await on_friday(world, FRIDAY + timedelta(days=7))
    assert len(post.mails) == 1, "the same news is not told twice"
    world.at(date(2026, 12, 9))
    await share(world, "Nieuw")
    await on_friday(world, FRIDAY + timedelta(days=14))
    assert len(post.mails) == 2
    assert len({message["message-id"] for _, message in post.mails}) == 2


async def test_news_of_a_holiday_waits_for_the_first_friday_of_school(world: World, post: Post) -> None:
    give_address(world, world.guardian)
    world.at(date(2026, 12, 22))
    await share(world)
    for friday in (date(2026, 12, 25), date(2027, 1, 1)):
        await on_friday(world, datetime(friday.year, friday.month, friday.day, 16, 5, tzinfo=AMSTERDAM))
    assert post.mails == []
    await on_friday(world, datetime(2027, 1, 8, 16, 5, tzinfo=AMSTERDAM))
    assert len(post.mails) == 1


async def test_what_was_read_or_is_switched_off_by_mail_is_not_mailed(world: World, post: Post) -> None:
    give_address(world, world.guardian)
    await share(world)
    guardian = world.client(world.guardian)
    choice = {"inApp": True, "byMail": False}
    assert (await guardian.put("/v1/me/notice-settings/home_new", json=choice)).status_code == 204
    assert await count(world, world.guardian) == 1, "in the app it is there"
    await on_friday(world)
    assert (await guardian.put("/v1/me/notice-settings/home_new", json=choice | {"byMail": True})).status_code == 204
    world.change("update notice set read_at = at")
    await on_friday(world, FRIDAY + timedelta(days=7))
    assert post.mails == []


@pytest.mark.parametrize(
    "change",
    [
        "update guardianship set custody = 'no' where guardian_id = :g",
        "update guardianship set state = 'ended' where guardian_id = :g",
        "update mail_address set weekly = false where person_id = :g",
        "update mail_address set stopped_at = now() where person_id = :g",
        "update person set closed_at = now() where id = :g",
        "update account set closed_at = now() where person_id = :g",
        "delete from mail_address where person_id = :g",
    ],
)
async def test_who_may_not_know_or_does_not_want_to_gets_nothing_even_once_planned(
    change: str, world: World, post: Post
) -> None:
    give_address(world, world.guardian)
    await share(world)
    await as_worker(world, plan, FRIDAY.date(), FRIDAY.astimezone(UTC))
    world.change(change, g=world.guardian)
    await work(world)
    assert post.mails == []


# --- troubles -----------------------------------------------------------------------------------------


async def test_an_address_that_is_refused_three_weeks_stops_and_is_told_to_the_parent_and_in_counts(
    world: World, post: Post
) -> None:
    give_address(world, world.guardian, address=TO)
    post.to_address = "550 5.1.1 no such user"
    for week in range(4):
        world.at(date(2026, 11, 24) + timedelta(days=7 * week))
        await share(world, f"Week {week}")
        await on_friday(world, FRIDAY + timedelta(days=7 * week))
    states = world.scalar("select array_agg(state order by friday) from weekly_mail")
    assert states == ["refused"] * 3, "after the third nothing is planned"
    assert world.scalar("select array_agg(answer) from weekly_mail") == [550] * 3
    state = (await world.client(world.guardian).get("/v1/me/mail")).json()
    assert (state["address"], state["stoppedAt"] is not None) == (TO, True)
    counts = (await world.client(world.admin).get(f"/v1/schools/{world.kust}/weekly-mail")).json()
    assert counts == {"weekly": 0, "off": 0, "waiting": 0, "stopped": 1}
    assert world.scalar("select count(*) from procrastinate_jobs where task_name = 'send_weekly_mail'") == 0


@pytest.mark.parametrize(("times", "stops"), [(1, False), (sending.MOST_BOUNCES, True)])
async def test_mail_that_comes_back_later_is_told_by_the_operator(
    times: int, stops: bool, world: World, post: Post
) -> None:
    give_address(world, world.guardian, address="Thuis@Example.nl")
    told = [TO, "niemand@example.nl"]
    assert await as_worker(world, sending.bounced_later, told, world.clock.now(), times) == 1
    assert world.scalar("select bounces from mail_address") == times
    assert world.scalar("select stopped_at is not null from mail_address") is stops


async def test_one_mail_that_arrives_forgives_the_refusals_before(world: World, post: Post) -> None:
    give_address(world, world.guardian)
    world.change("update mail_address set bounces = 2")
    await share(world)
    await on_friday(world)
    assert world.scalar("select bounces from mail_address") == 0


@pytest.mark.parametrize("where", ["to_address", "to_mail"])
async def test_a_server_that_is_busy_is_asked_again_and_nothing_is_counted(
    where: str, world: World, post: Post
) -> None:
    give_address(world, world.guardian)
    await share(world)
    setattr(post, where, "451 4.7.1 try again later")
    await on_friday(world)
    assert world.scalar("select (state, tries, answer)::text from weekly_mail") == "(waiting,0,451)"
    assert world.scalar("select bounces from mail_address") == 0
    assert world.scalar("select scheduled_at is not null from procrastinate_jobs where task_name = 'send_weekly_mail'")
    setattr(post, where, "250 OK")
    post.mails.clear()
    world.change("update procrastinate_jobs set scheduled_at = null")
    await work(world)
    assert len(post.mails) == 1
    assert world.scalar("select state from weekly_mail") == "sent"


async def test_a_crash_between_sending_and_marking_gives_one_mail_too_many_with_the_same_id(
    world: World, post: Post
) -> None:
    give_address(world, world.guardian)
    await share(world)
    await on_friday(world)
    for _ in range(4):  # the worker died before it could write that it went, again and again
        world.change("update weekly_mail set state = 'sending' where state = 'sent'")
        async with world.app.state.database.begin() as session:
            arguments = {"person_id": str(world.guardian), "friday": "2026-11-27", "now": FRIDAY.isoformat()}
            await enqueue(session, send_weekly_mail, **arguments)
        await work(world)
    assert len(post.mails) == 2
    assert len({message["message-id"] for _, message in post.mails}) == 1
    assert world.scalar("select state from weekly_mail") == "given_up"


async def test_two_workers_at_the_same_moment_send_one(world: World, post: Post) -> None:
    give_address(world, world.guardian)
    await share(world)
    await as_worker(world, plan, FRIDAY.date(), FRIDAY.astimezone(UTC))
    async with world.app.state.database.begin() as session:
        arguments = {"person_id": str(world.guardian), "friday": "2026-11-27", "now": FRIDAY.isoformat()}
        await enqueue(session, send_weekly_mail, **arguments)
    await work(world)  # two at once
    assert len({message["message-id"] for _, message in post.mails}) == 1
    assert len(post.mails) <= 2


async def test_the_log_knows_no_addresses(world: World, post: Post) -> None:
    give_address(world, world.guardian, address=TO)
    await share(world)
    await on_friday(world)
    assert TO not in world.scalar("select weekly_mail::text from weekly_mail")
    assert TO not in (world.scalar("select string_agg(args::text, ' ') from procrastinate_jobs") or "")


@pytest.mark.parametrize("name", ["subject", "Message-ID", "List-Unsubscribe"])
def test_a_line_break_writes_no_header(name: str, world: World, post: Post) -> None:
    odd = "Dag\r\nBcc: iemand@example.nl"
    subject, headers = (odd, {}) if name == "subject" else ("Dag", {name: odd})
    with pytest.raises(ValueError, match=r"linefeed|carriage"):
        send_mail(world.app.state.settings, TO, subject, "Tekst", None, headers)
    assert post.mails == []


# --- an address ---------------------------------------------------------------------------------------


async def ask(world: World, who: UUID, address: str = TO) -> Any:
    return await world.client(who).put("/v1/me/mail/address", json={"address": address})


async def confirm(world: World, who: UUID, code: str) -> Any:
    return await world.client(who).post("/v1/me/mail/confirmation", json={"code": code})


def code_in(message: EmailMessage) -> str:
    found = re.search(r"\d{4} \d{4}", plain(message))
    assert found
    return found[0]


async def test_an_address_is_good_with_the_code_that_came_to_it(world: World, post: Post) -> None:
    assert (await ask(world, world.guardian)).status_code == 204
    assert world.scalar("select code_hash from mail_address") is None, "the code is made when the mail goes"
    state = (await world.client(world.guardian).get("/v1/me/mail")).json()
    assert state == {"mails": True, "address": None, "pending": TO, "weekly": True, "stoppedAt": None}
    await work(world)
    [(to, message)] = post.mails
    assert (to, message["subject"]) == ([TO], "De code voor het Talentportfolio")
    assert code_in(message) not in world.scalar("select mail_address::text from mail_address")
    assert (await confirm(world, world.guardian, code_in(message))).status_code == 204
    state = (await world.client(world.guardian).get("/v1/me/mail")).json()
    assert (state["address"], state["pending"], state["weekly"]) == (TO, None, True)
    assert problem(await confirm(world, world.guardian, code_in(message))) == (409, "mail-code-gone")


async def test_the_old_address_stays_until_the_new_one_is_shown(world: World, post: Post) -> None:
    give_address(world, world.guardian, address=TO)
    await ask(world, world.guardian, "nieuw@example.nl")
    await share(world)
    await on_friday(world)
    assert [to for to, message in post.mails if "mail-uit" in plain(message)] == [[TO]]


async def test_a_code_is_guessed_five_times_and_good_for_a_day(world: World, post: Post) -> None:
    await ask(world, world.guardian)
    await work(world)
    code = code_in(post.mails[0][1])
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    for _ in range(5):
        answer = await confirm(world, world.guardian, wrong)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "wrong_mail_code")
    assert problem(await confirm(world, world.guardian, code)) == (409, "mail-code-gone")
    await ask(world, world.guardian)
    await work(world)
    world.clock.set(world.clock.now() + timedelta(hours=24, seconds=1))  # type: ignore[attr-defined]
    assert problem(await confirm(world, world.guardian, code_in(post.mails[1][1]))) == (409, "mail-code-gone")


async def test_a_code_is_for_one_person_alone(world: World, post: Post) -> None:
    await ask(world, world.guardian)
    await ask(world, world.other_guardian, "ander@example.nl")
    await work(world)
    code = next(code_in(message) for to, message in post.mails if to == [TO])
    assert (await confirm(world, world.other_guardian, code)).status_code == 422


async def test_five_codes_a_day(world: World, post: Post) -> None:
    answers = [(await ask(world, world.guardian, f"a{number}@example.nl")).status_code for number in range(6)]
    assert answers == [204] * 5 + [429]


@pytest.mark.parametrize("address", ["geen adres", "a@b", "a@b.nl\nBcc: x@y.nl", "a@b.nl, c@d.nl", "<a@b.nl>", ""])
async def test_an_odd_address_is_refused(address: str, world: World, post: Post) -> None:
    assert problem(await ask(world, world.guardian, address))[0] == 422


async def test_where_no_mail_is_set_up_no_address_is_taken(world: World) -> None:
    assert problem(await ask(world, world.guardian)) == (409, "no-mail")
    assert (await world.client(world.guardian).get("/v1/me/mail")).json()["mails"] is False


async def test_who_came_in_with_a_mailed_code_has_shown_the_mailbox(world: World, post: Post) -> None:
    path = f"/v1/schools/{world.kust}/mailed-invitations"
    sent = await world.client(world.admin).post(path, json={"personId": str(world.pupil), "to": TO})
    assert sent.status_code == 204
    await work(world)
    made = await claim(world, plain(post.mails[0][1]).partition("/uitnodiging#")[2][:16])
    assert made.status_code == 201
    state = (await world.client(UUID(made.json()["id"])).get("/v1/me/mail")).json()
    assert (state["address"], state["weekly"]) == (TO, True)


async def test_the_weekly_mail_goes_off_and_on_and_the_address_away(world: World, post: Post) -> None:
    guardian = world.client(world.guardian)
    assert problem(await guardian.put("/v1/me/mail/weekly", json={"weekly": True})) == (409, "no-mail-address")
    assert (await guardian.put("/v1/me/mail/weekly", json={"weekly": False})).status_code == 204
    give_address(world, world.guardian)
    for weekly in (False, False, True):
        assert (await guardian.put("/v1/me/mail/weekly", json={"weekly": weekly})).status_code == 204
        assert (await guardian.get("/v1/me/mail")).json()["weekly"] is weekly
    for _ in ("gone", "again"):
        assert (await guardian.delete("/v1/me/mail/address")).status_code == 204
    assert (await guardian.get("/v1/me/mail")).json()["address"] is None


# --- off by one tap -----------------------------------------------------------------------------------


async def test_a_scanner_that_follows_the_address_switches_nothing_off(world: World, post: Post) -> None:
    token = give_address(world, world.guardian)
    nobody = world.client(None)
    answer = await nobody.get(f"/v1/weekly-mail/{token}/off")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{world.settings.origin}/mail-uit#{token}")
    assert (await nobody.head(f"/v1/weekly-mail/{token}/off")).status_code in (303, 405)
    assert (await nobody.get(f"/v1/weekly-mail/{token}")).json() == {"weekly": True}


async def test_a_mail_program_switches_off_with_one_click_as_the_standard_says(world: World, post: Post) -> None:
    token = give_address(world, world.guardian)
    await share(world)
    await on_friday(world)
    address = str(post.mails[0][1]["list-unsubscribe"])[1:-1]
    client = world.client(None)
    client.headers.clear()  # a server of a mail program: no cookie, no header of ours
    for _ in ("off", "again"):
        answer = await client.post(address, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 204, answer.text
    assert (await world.client(None).get(f"/v1/weekly-mail/{token}")).json() == {"weekly": False}


async def test_one_tap_off_and_on_again_without_signing_in(world: World, post: Post) -> None:
    token = give_address(world, world.guardian)
    for weekly in (False, False, True):
        answer = await world.client(None).put(f"/v1/weekly-mail/{token}", json={"weekly": weekly})
        assert (answer.status_code, answer.json()) == (200, {"weekly": weekly})
    assert world.scalar("select count(*) from mail_address") == 1


async def test_a_secret_cannot_be_guessed_and_guessing_is_slowed(world: World, post: Post) -> None:
    token = give_address(world, world.guardian)
    nobody = world.client(None)
    for wrong in (token[:-1], token + "A", token[::-1], "A", "....", "%2e%2e"):
        assert (await nobody.put(f"/v1/weekly-mail/{wrong}", json={"weekly": False})).status_code == 404, wrong
    for number in range(60):
        last = await nobody.get(f"/v1/weekly-mail/{number:043}")
    assert last.status_code == 429
    assert (await nobody.put(f"/v1/weekly-mail/{token}", json={"weekly": False})).status_code == 200, "the right one"
    odd = await nobody.get("/v1/weekly-mail/a%0d%0aSet-Cookie:x/off")
    assert "set-cookie" not in odd.headers
