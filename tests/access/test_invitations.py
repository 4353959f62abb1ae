"""Parents come in by a code, and the school says what opens: letters, claims, decisions, new passwords."""

import asyncio
import re
import statistics
import time
import zlib
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
import segno
from sqlalchemy import make_url

from app.access.hashes import SECRETS
from app.access.invitations.actions import claiming, letter
from app.access.invitations.actions.by_school import NewLetter
from app.access.invitations.actions.codes import ALPHABET, in_groups, new_code, parts
from app.access.invitations.actions.letter import letters_pdf
from app.access.invitations.models import InvitationKind
from app.access.invitations.schemas import NewParent
from app.access.paper import arabic
from app.people.models import Guardianship, StaffRole
from app.platform.errors import CodeInvalid
from tests.conftest import NOON
from tests.ids import new_id
from tests.world import PASSWORD, YEAR_START, World

NEW_PASSWORD = "vier droge laarzen onderweg"
PARENT = {"givenName": "Salma", "familyName": "Haddad", "relation": "mother"}


async def claim(world: World, code: str, username: str = "salma.haddad", **fields: Any) -> httpx.Response:
    body = {"code": code, "username": username, "password": NEW_PASSWORD, "parent": PARENT, **fields}
    return await world.client(None).post("/v1/accounts", json=body)


def browser(world: World, answer: httpx.Response) -> httpx.AsyncClient:
    """Where this answer signed somebody in."""
    client = world.client(None)
    client.headers["Cookie"] = f"sid={answer.cookies['sid']}"
    return client


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"]


def field(answer: httpx.Response) -> tuple[int, str, str]:
    error = answer.json()["errors"][0]
    return answer.status_code, error["pointer"], error["code"]


async def links(world: World, state: str = "claimed", admin: UUID | None = None, **query: Any) -> list[dict[str, Any]]:
    path = f"/v1/schools/{world.kust}/guardianships"
    answer = await world.client(admin or world.admin).get(path, params={"state": state, **query})
    found: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
    return found


async def decide(world: World, link: str, admin: UUID | None = None, **decision: Any) -> httpx.Response:
    body = {"state": "confirmed", "custody": "yes", **decision}
    return await world.client(admin or world.admin).put(f"/v1/guardianships/{link}/decision", json=body)


async def waiting_link(world: World) -> tuple[httpx.AsyncClient, str]:
    """A new parent of the pupil, signed in, whose claim waits."""
    answer = await claim(world, world.new_invitation(world.pupil))
    assert answer.status_code == 201, answer.text
    [link] = [one for one in await links(world) if one["parent"]["name"] == "Salma Haddad"]
    return browser(world, answer), link["id"]


async def child(parent: httpx.AsyncClient) -> dict[str, Any]:
    [only] = (await parent.get("/v1/home")).json()["children"]
    found: dict[str, Any] = only
    return found


# --- a code, and an account --------------------------------------------------------------------------


async def test_a_parent_comes_in_by_a_code_and_sees_nothing_until_the_school_confirms(world: World) -> None:
    entry = world.new_entry()
    code = world.new_invitation(world.pupil)
    look = await world.client(None).post("/v1/invitations/look", json={"code": in_groups(code).lower()})
    assert look.json() == {"kind": "guardian"}
    answer = await claim(world, code, locale="ar")
    assert (answer.status_code, answer.json()["name"], answer.json()["locale"]) == (201, "Salma Haddad", "ar")
    assert "Yara" not in answer.text
    parent = browser(world, answer)
    waiting = await child(parent)
    assert (waiting["state"], waiting["name"], waiting["school"], waiting["items"]) == ("waiting", None, None, [])
    assert (await parent.get(f"/v1/entries/{entry}")).status_code == 404

    [link] = [one for one in await links(world) if one["parent"]["name"] == "Salma Haddad"]
    assert link | {"id": 0, "parent": 0, "pupil": 0, "group": 0, "since": 0, "letter": 0} == {
        "id": 0, "state": "claimed", "custody": "no", "openedOn": None, "reason": None, "since": 0,
        "relation": "mother", "letter": 0, "parent": 0, "pupil": 0, "group": 0, "own": False,
    }  # fmt: skip
    assert link["parent"]["username"] == "salma.haddad"
    assert (link["pupil"]["name"], link["group"]["name"], link["letter"]["letter"]) == ("Yara de Wit", "2A", 1)
    assert (await decide(world, link["id"])).status_code == 204
    opened = await child(parent)
    assert (opened["state"], opened["givenName"], opened["total"]) == ("open", "Yara", 1)
    assert (await parent.get(f"/v1/entries/{entry}")).status_code == 200


async def test_a_second_child_at_another_school_comes_under_the_same_account(world: World) -> None:
    parent, first = await waiting_link(world)
    far_admin = world.new_staff("Bea", world.duin, "admin")
    code = world.new_invitation(world.other_pupil, school_id=world.duin)
    added = await parent.post("/v1/me/children", json={"code": code, "relation": "mother"})
    assert added.status_code == 204
    assert [one["state"] for one in (await parent.get("/v1/home")).json()["children"]] == ["waiting", "waiting"]
    path = f"/v1/schools/{world.duin}/guardianships?state=claimed"
    [second] = (await world.client(far_admin).get(path)).json()["items"]
    assert (await decide(world, second["id"])).status_code == 404
    assert (await decide(world, first, far_admin)).status_code == 404
    assert (await decide(world, second["id"], far_admin)).status_code == 204
    states = {one["givenName"]: one["state"] for one in (await parent.get("/v1/home")).json()["children"]}
    assert states == {None: "waiting", "Bas": "open"}
    again = await parent.post(
        "/v1/me/children", json={"code": world.new_invitation(world.other_pupil), "relation": "mother"}
    )
    assert problem(again) == (410, "/problems/code-invalid"), "Bas is not at Kustlijn"
    open_letter = world.new_invitation(world.other_pupil, school_id=world.duin, letter=2)
    again = await parent.post("/v1/me/children", json={"code": open_letter, "relation": "mother"})
    assert problem(again) == (409, "/problems/already-linked")
    assert world.scalar("select count(*) from invitation where claimed_at is null and letter = 2") == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7kqm-2xnb-4htr-9wzc", "7KQM2XNB4HTR9WZC"),
        ("  7KQM 2XNB\t4HTR  9WZC ", "7KQM2XNB4HTR9WZC"),
        ("OIL1-U000-0000-0000", "0111V00000000000"),
        ("٠١٢٣-۴۵۶۷-4HTR-9WZC", "012345674HTR9WZC"),
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str, meant: str) -> None:
    assert "".join(parts(typed)) == meant


def test_a_code_holds_sixty_bits_in_its_secret_and_no_sign_that_looks_like_another() -> None:
    assert len(ALPHABET) == 32
    assert not set("OILU") & set(ALPHABET)
    made = [new_code() for _ in range(200)]
    assert {len(code) for code in made} == {16}
    assert {len(parts(code)[1]) for code in made} == {12}
    assert all(set(code) <= set(ALPHABET) for code in made)
    assert len(set(made)) == 200


async def test_of_a_code_only_its_first_four_characters_and_a_slow_hash_are_kept(
    world: World, printed: list[NewLetter]
) -> None:
    await letters(world, [world.pupil])
    code = printed[-1].code
    kept = world.scalar("select to_jsonb(i)::text from invitation i")
    assert code[4:] not in kept
    assert f'"selector": "{code[:4]}"' in kept
    assert world.scalar("select secret_hash from invitation").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


# --- what does not work ------------------------------------------------------------------------------


async def test_a_used_an_old_a_withdrawn_and_a_wrong_code_look_the_same(world: World) -> None:
    used = world.new_invitation(world.pupil)
    assert (await claim(world, used)).status_code == 201
    elsewhere = world.new_invitation(world.other_pupil)  # made by Kustlijn, where Bas is not placed
    world.change("update placement set ends_on = '2026-11-23' where pupil_id = :mate", mate=world.classmate)
    left = world.new_invitation(world.classmate)
    dead = [
        used,
        world.new_invitation(world.pupil, expires_at=NOON),
        world.new_invitation(world.pupil, ended_at=NOON),
        world.new_invitation(world.pupil, secret_hash=None, mail_to="thuis@example.nl"),
        world.new_invitation(world.pupil)[:15] + "#",
        elsewhere,
        left,
        new_code(),
        "x",
        "é" * 100,
    ]
    ways: list[tuple[str, dict[str, Any]]] = [
        ("/v1/invitations/look", {}),
        ("/v1/accounts", {"username": "iemand", "password": NEW_PASSWORD, "parent": PARENT}),
        ("/v1/passwords", {"password": NEW_PASSWORD}),
        ("/v1/me/children", {"relation": "father"}),
    ]
    parent = world.client(world.guardian)
    for path, body in ways:
        world.change("delete from sign_in_attempts")
        answers = []
        for code in dead:
            answers.append(await parent.post(path, json={"code": code, **body}))
            world.change("delete from sign_in_attempts")
        assert {problem(answer) for answer in answers} == {(410, "/problems/code-invalid")}, path
        assert len({re.sub(r'"requestId":[^,}]*', "", answer.text) for answer in answers}) == 1
    assert world.scalar("select count(*) from account where username = 'iemand'") == 0
    assert world.scalar("select count(*) from invitation where claimed_at is not null") == 1


async def test_wrong_used_and_unknown_codes_take_the_same_time(world: World) -> None:
    """Medians of twelve; half of the slowest apart would tell nobody anything."""
    used = world.new_invitation(world.pupil, claimed_at=NOON, claimed_by=world.guardian, secret_hash=_slow())
    open_one = world.new_invitation(world.pupil, secret_hash=_slow())
    nobody = world.client(None)

    async def took(code: str) -> float:
        world.change("delete from sign_in_attempts")
        begun = time.perf_counter()
        answer = await nobody.post("/v1/invitations/look", json={"code": code})
        assert answer.status_code == 410
        return time.perf_counter() - begun

    tries: dict[str, list[float]] = {"used": [], "wrong": [], "unknown": []}
    for _ in range(12):
        tries["used"].append(await took(used))
        tries["wrong"].append(await took(open_one[:4] + "0" * 12))
        tries["unknown"].append(await took(new_code()))
    medians = {way: statistics.median(times) for way, times in tries.items()}
    assert max(medians.values()) - min(medians.values()) < max(medians.values()) / 2, medians


def _slow() -> str:
    return str(SECRETS.hash("BCDFGHJKMNPQ"))


async def test_of_a_hundred_who_claim_at_once_one_wins(world: World) -> None:
    code = world.new_invitation(world.pupil)
    answers = await asyncio.gather(*(claim(world, code, f"ouder{number}") for number in range(100)))
    counts = {status: [a.status_code for a in answers].count(status) for status in (201, 410, 429)}
    assert counts[201] == 1
    assert sum(counts.values()) == 100, counts
    assert world.scalar("select count(*) from guardianship where state = 'claimed' and custody = 'no'") == 1
    assert world.scalar("select count(*) from person where family_name = 'Haddad'") == 1
    assert world.scalar("select count(*) from account where username like 'ouder%'") == 1


async def test_those_who_claim_at_once_with_the_code_looked_at_before_find_it_taken(world: World) -> None:
    """Past the limit of tries: the offers are there, and the row decides."""
    code = world.new_invitation(world.pupil)
    database = world.app.state.database
    offer = await claiming.open_invitation(database, code, "1.2.3.4", NOON, NOON.date())
    parent = NewParent.model_validate(PARENT)

    async def take(number: int) -> bool:
        try:
            async with claiming.about(database, offer.selector) as session:
                await claiming.make_account(session, offer, parent, f"ouder{number}", "hash", "nl", NOON)
        except CodeInvalid:
            return False
        return True

    assert sum(await asyncio.gather(*(take(number) for number in range(100)))) == 1
    assert world.scalar("select count(*) from person where family_name = 'Haddad'") == 1


async def test_guessing_one_letter_s_code_stops_after_five_tries_and_the_admin_sees_it(world: World) -> None:
    code = world.new_invitation(world.pupil)
    nobody = world.client(None)

    async def look(typed: str) -> httpx.Response:
        return await nobody.post("/v1/invitations/look", json={"code": typed})

    guesses = [await look(code[:4] + new_code()[4:]) for _ in range(7)]
    assert [answer.status_code for answer in guesses] == [410] * 5 + [429] * 2
    assert 0 < int(guesses[-1].headers["retry-after"]) <= 901
    assert (await look(code)).status_code == 429
    other = world.new_invitation(world.pupil, letter=2)
    assert (await look(other)).status_code == 200, "another letter is not locked by it"
    page = (await world.client(world.admin).get(f"/v1/groups/{world.group}/letters")).json()
    [yara] = [pupil for pupil in page["pupils"] if pupil["givenName"] == "Yara"]
    assert {letter["letter"]: letter["misses"] for letter in yara["letters"]} == {1: 5, 2: 0}
    [group] = (await world.client(world.admin).get(f"/v1/schools/{world.kust}/parents")).json()["groups"]
    assert group["guessedCount"] == 1
    world.clock.set(NOON + timedelta(minutes=16))  # type: ignore[attr-defined]
    assert (await look(code)).status_code == 200, "waiting is enough: nothing is locked for good"
    unknown = new_code()[:4]
    guesses = [await look(unknown + new_code()[4:]) for _ in range(6)]
    assert guesses[-1].status_code == 429, "as if there were such a letter"


async def test_an_address_with_many_wrong_codes_waits_and_keeps_nobody_out(world: World) -> None:
    nobody = world.client(None)
    tries = [await nobody.post("/v1/invitations/look", json={"code": new_code()}) for _ in range(12)]
    assert [answer.status_code for answer in tries] == [410] * 10 + [429] * 2
    assert tries[-1].headers["retry-after"] == "60"
    answer = await claim(world, world.new_invitation(world.pupil))
    assert answer.status_code == 201, "a school is one address"


async def test_right_codes_are_not_counted_as_tries(world: World) -> None:
    code = world.new_invitation(world.pupil)
    looks = [await world.client(None).post("/v1/invitations/look", json={"code": code}) for _ in range(12)]
    assert {look.status_code for look in looks} == {200}


async def test_a_child_s_name_and_birth_date_open_nothing(world: World) -> None:
    body = {"username": "yara.ouder", "password": NEW_PASSWORD, "parent": PARENT, "birthDate": "2013-03-02"}
    assert (await world.client(None).post("/v1/accounts", json=body)).status_code == 422
    answer = await claim(world, "Yara de Wit 02-03-2013")
    assert problem(answer) == (410, "/problems/code-invalid")


async def test_a_pupil_does_not_become_the_own_parent(world: World) -> None:
    code = world.new_invitation(world.pupil)
    answer = await world.client(world.pupil).post("/v1/me/children", json={"code": code, "relation": "mother"})
    assert problem(answer) == (409, "/problems/already-linked")
    assert world.scalar("select count(*) from invitation where claimed_at is not null") == 0


async def test_two_parents_of_one_name_stay_two(world: World) -> None:
    first = await claim(world, world.new_invitation(world.pupil))
    second = await claim(world, world.new_invitation(world.classmate), username="salma2")
    assert first.json()["id"] != second.json()["id"]
    [one] = [link for link in await links(world) if link["parent"]["username"] == "salma.haddad"]
    await decide(world, one["id"])
    assert (await child(browser(world, first)))["state"] == "open"
    assert (await child(browser(world, second)))["state"] == "waiting"


# --- accounts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort", "password_short"),
        ("twaalftekst"[:11], "password_short"),
        ("Welkom123456!", "password_common"),
        ("W@chtw00rd2026", "password_common"),
        ("123456789012", "password_common"),
        ("qwertyuiop12", "password_common"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("abcabcabcabcabc", "password_common"),
        ("zomerzomer2026", "password_common"),
        ("ik hou van jou", "password_common"),
        ("DenHaag-Den-Haag-070", "password_common"),
        ("Haddad-en-de-laarzen", "password_own_name"),
        ("s4lma in het bos daar", "password_own_name"),
        ("de kustlijn vanaf hier", "password_own_name"),
    ],
)
async def test_a_password_that_others_try_first_is_not_taken(password: str, why: str, world: World) -> None:
    code = world.new_invitation(world.pupil)
    assert field(await claim(world, code, password=password)) == (422, "/password", why)
    assert world.scalar("select count(*) from invitation where claimed_at is not null") == 0


@pytest.mark.parametrize(
    "password",
    [
        NEW_PASSWORD,
        "kG7#pw9!zQ2m",
        "849302847561",
        "أربعة أحذية جافة",
        "trompetlawaai op zolder",
        "  trompetlawaai op zolder ",
        "x" * 5 + "Q9!rt&dvbn",
    ],
)
async def test_any_other_long_password_is_taken_whatever_signs_it_holds(password: str, world: World) -> None:
    answer = await claim(world, world.new_invitation(world.pupil), password=password)
    assert answer.status_code == 201, answer.text
    signed_in = await world.client(None).post(
        "/v1/sessions", json={"username": "Salma.Haddad", "password": password, "device": "own"}
    )
    assert signed_in.status_code == 201


async def test_a_user_name_that_is_taken_costs_no_code(world: World) -> None:
    code = world.new_invitation(world.pupil)
    assert field(await claim(world, code, username="NADIA")) == (422, "/username", "username_taken")
    assert world.scalar("select count(*) from person where family_name = 'Haddad'") == 0
    assert (await claim(world, code)).status_code == 201


async def test_user_names_are_told_to_nobody_without_a_code(world: World) -> None:
    known = await claim(world, new_code(), username="nadia")
    unknown = await claim(world, new_code(), username="niemand")
    assert problem(known) == problem(unknown) == (410, "/problems/code-invalid")


async def test_a_colleague_activates_the_account_that_the_school_made(world: World, printed: list[NewLetter]) -> None:
    person = world.add_person("Bente", "Hart")
    world.add(StaffRole(id=new_id(world), person_id=person, school_id=world.kust, role="teacher", starts_on=YEAR_START))
    path = f"/v1/schools/{world.kust}/account-letters"
    (await world.client(world.admin).post(path, json={"personId": str(person)})).raise_for_status()
    code = printed[-1].code
    assert (await world.client(None).post("/v1/invitations/look", json={"code": code})).json() == {"kind": "account"}
    assert field(await claim(world, code)) == (422, "/parent", "invalid"), "a colleague is not somebody new"
    assert field(await claim(world, code, parent=None, password="bente hart 1234")) == (
        422, "/password", "password_own_name",
    )  # fmt: skip
    answer = await claim(world, code, parent=None, username="b.hart")
    assert (answer.status_code, answer.json()["name"]) == (201, "Bente Hart")
    assert answer.json()["roles"][0]["role"] == "teacher"
    assert UUID(answer.json()["id"]) == person
    assert problem(await claim(world, code, parent=None, username="b.hart2")) == (410, "/problems/code-invalid")


async def test_a_new_password_by_letter_ends_the_sessions_and_the_old_password(
    world: World, printed: list[NewLetter]
) -> None:
    old = world.client(world.guardian)
    path = f"/v1/schools/{world.kust}/account-letters"
    (await world.client(world.admin).post(path, json={"personId": str(world.guardian)})).raise_for_status()
    code = printed[-1].code
    assert (await world.client(None).post("/v1/invitations/look", json={"code": code})).json() == {"kind": "reset"}
    assert (await old.get("/v1/me")).status_code == 200, "until the letter is used nothing changes"
    assert problem(await claim(world, code)) == (422, "/problems/validation"), "a reset makes no account"
    body = {"code": code, "password": NEW_PASSWORD}
    short = await world.client(None).post("/v1/passwords", json=body | {"password": "nadia-nadia-nadia"})
    assert field(short)[1:] in {("/password", "password_common"), ("/password", "password_own_name")}
    answer = await world.client(None).post("/v1/passwords", json=body)
    assert (answer.status_code, answer.json()["givenName"]) == (201, "Nadia")
    assert (await old.get("/v1/me")).status_code == 401
    assert (await browser(world, answer).get("/v1/me")).status_code == 200
    for password, status in ((PASSWORD, 401), (NEW_PASSWORD, 201)):
        tried = await world.client(None).post("/v1/sessions", json={"username": "nadia", "password": password})
        assert tried.status_code == status
    assert problem(await world.client(None).post("/v1/passwords", json=body)) == (410, "/problems/code-invalid")


async def test_a_new_letter_for_an_account_ends_the_one_before(world: World, printed: list[NewLetter]) -> None:
    path = f"/v1/schools/{world.kust}/account-letters"
    for _ in range(2):
        (await world.client(world.admin).post(path, json={"personId": str(world.teacher)})).raise_for_status()
    looks = [await world.client(None).post("/v1/invitations/look", json={"code": one.code}) for one in printed]
    assert [look.status_code for look in looks] == [410, 200]


@pytest.mark.parametrize("who", ["pupil", "far_teacher", "other_guardian_of_duin", "coordinator"])
async def test_no_admin_makes_a_password_for_a_pupil_or_for_people_of_elsewhere(who: str, world: World) -> None:
    person = world.new_guardian("Lies", world.other_pupil) if who.startswith("other_g") else getattr(world, who)
    for path in ("account-letters", "mailed-invitations"):
        body = {"personId": str(person)} | (
            {"to": "x@example.nl"} if path.startswith("mail") and who != "pupil" else {}
        )
        answer = await world.client(world.admin).post(f"/v1/schools/{world.kust}/{path}", json=body)
        assert answer.status_code == 422
    assert world.scalar("select count(*) from invitation") == 0


async def test_one_s_own_password_is_changed_by_who_knows_it(world: World) -> None:
    here, there = world.client(world.teacher), world.client(world.teacher)
    path = "/v1/me/password"
    wrong = await here.put(path, json={"current": "iets anders", "password": NEW_PASSWORD})
    assert field(wrong) == (422, "/current", "password_differs")
    weak = await here.put(path, json={"current": PASSWORD, "password": "joost joost joost"})
    assert weak.status_code == 422
    school = await here.put(path, json={"current": PASSWORD, "password": "de kustlijn vanaf hier"})
    assert field(school) == (422, "/password", "password_own_name")
    assert (await here.put(path, json={"current": PASSWORD, "password": NEW_PASSWORD})).status_code == 204
    assert (await here.get("/v1/me")).status_code == 200
    assert (await there.get("/v1/me")).status_code == 401
    signed_in = await world.client(None).post("/v1/sessions", json={"username": "joost", "password": NEW_PASSWORD})
    assert signed_in.status_code == 201


async def test_the_old_password_is_not_guessed_from_a_session_left_open(world: World) -> None:
    here = world.client(world.teacher)
    body = {"current": "een gok misschien", "password": NEW_PASSWORD}
    statuses = [(await here.put("/v1/me/password", json=body)).status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2


# --- the school's word -------------------------------------------------------------------------------


async def test_custody_says_what_opens_and_a_change_holds_at_once(world: World) -> None:
    entry = world.new_entry()
    parent, link = await waiting_link(world)

    async def state() -> tuple[str, int]:
        return (await child(parent))["state"], (await parent.get(f"/v1/entries/{entry}")).status_code

    assert await state() == ("waiting", 404)
    for custody in ("no", "limited"):
        assert (await decide(world, link, custody=custody)).status_code == 204
        assert await state() == ("closed", 404)
        by_hand = {"custody": custody, "openedOn": "2026-11-24"}
        assert field(await decide(world, link, **by_hand)) == (422, "/reason", "reason_missing")
        assert (await decide(world, link, **by_hand, reason="Afgesproken met beide ouders")).status_code == 204
        assert await state() == ("open", 200)
        [shown] = await links(world, "confirmed", query="salma")
        assert (shown["openedOn"], shown["reason"]) == ("2026-11-24", "Afgesproken met beide ouders")
    assert (await decide(world, link)).status_code == 204
    assert await state() == ("open", 200)
    assert (await decide(world, link, custody="no")).status_code == 204
    assert await state() == ("closed", 404)
    assert (await decide(world, link, state="claimed", custody="no")).status_code == 204
    assert await state() == ("waiting", 404)
    assert (await decide(world, link)).status_code == 204
    assert (await decide(world, link, state="ended")).status_code == 204
    assert (await parent.get("/v1/home")).json()["children"] == []
    assert (await parent.get(f"/v1/entries/{entry}")).status_code == 404
    kept = "select count(*) from guardianship_decision where guardianship_id = :link and decided_by = :admin"
    assert world.scalar(kept, link=link, admin=world.admin) == 9


async def test_a_link_opened_by_hand_opens_on_its_day(world: World) -> None:
    parent, link = await waiting_link(world)
    opened = {"custody": "no", "openedOn": "2026-12-01", "reason": "Na het gesprek op 1 december"}
    assert (await decide(world, link, **opened)).status_code == 204
    assert (await child(parent))["state"] == "closed"
    world.change("update session set last_seen_at = '2026-12-01 11:00+00', expires_at = '2026-12-09'")
    world.at(date(2026, 12, 1))
    assert (await child(parent))["state"] == "open"
    far = opened | {"openedOn": "2028-01-01"}
    assert field(await decide(world, link, **far)) == (422, "/openedOn", "too_far_ahead")


async def test_who_is_refused_is_out_and_may_be_invited_again(world: World) -> None:
    parent, link = await waiting_link(world)
    assert (await decide(world, link, state="ended", custody="no")).status_code == 204
    me = (await parent.get("/v1/me")).json()
    assert me["isGuardian"] is True, "their page says that no child is there"
    assert (await parent.get("/v1/home")).json()["children"] == []
    world.change("update guardianship set custody = 'yes', opened_on = '2026-11-01' where id = :link", link=link)
    code = world.new_invitation(world.pupil)
    assert (await parent.post("/v1/me/children", json={"code": code, "relation": "mother"})).status_code == 204
    [again] = [one for one in await links(world) if one["id"] == link]
    assert (again["custody"], again["openedOn"]) == ("no", None)
    assert (await child(parent))["state"] == "waiting"


async def test_a_link_from_the_register_waits_for_the_school_as_well(world: World) -> None:
    parent = world.client(world.unconfirmed)
    assert (await child(parent))["state"] == "waiting"
    [link] = await links(world, query="lot")
    assert (link["relation"], link["letter"], link["parent"]["username"]) == (None, None, "lot")
    assert (await decide(world, link["id"])).status_code == 204
    assert (await child(parent))["state"] == "open"


async def test_links_are_found_by_either_name_and_come_a_page_at_a_time(world: World) -> None:
    for number in range(5):
        world.new_guardian(f"Ouder{number}", world.pupil, state="claimed")
    path = f"/v1/schools/{world.kust}/guardianships"
    admin = world.client(world.admin)
    got: list[str] = []
    cursor = None
    while True:
        params = {"state": "claimed", "limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await admin.get(path, params=params)).raise_for_status().json()
        got += [one["parent"]["givenName"] for one in page["items"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert sorted(got) == ["Lot", *(f"Ouder{number}" for number in range(5))]
    assert len(await links(world, query="OUDER3 de")) == 1
    assert len(await links(world, query="yara")) == 6
    assert await links(world, query="yara omar") == []
    assert await links(world, query="(?=.*") == []


async def test_the_admin_of_another_school_reaches_nothing(world: World) -> None:
    _, link = await waiting_link(world)
    world.new_invitation(world.pupil, letter=2)
    invitation = world.scalar("select id from invitation where letter = 2")
    far = world.client(world.new_staff("Bea", world.duin, "admin"))
    asks = [
        await far.get(f"/v1/schools/{world.kust}/parents"),
        await far.get(f"/v1/groups/{world.group}/letters"),
        await far.get(f"/v1/schools/{world.kust}/guardianships?state=claimed"),
        await far.post(f"/v1/schools/{world.kust}/letters", json={"pupilIds": [str(world.pupil)]}),
        await far.post(f"/v1/schools/{world.kust}/account-letters", json={"personId": str(world.teacher)}),
        await far.delete(f"/v1/invitations/{invitation}"),
        await far.put(f"/v1/guardianships/{link}/decision", json={"state": "confirmed", "custody": "yes"}),
    ]
    assert {answer.status_code for answer in asks} == {404}
    own = await far.post(f"/v1/schools/{world.duin}/letters", json={"pupilIds": [str(world.pupil)]})
    assert field(own) == (422, "/pupilIds", "invalid")
    assert (await far.get(f"/v1/schools/{world.duin}/guardianships?state=claimed")).json()["items"] == []


async def test_after_a_change_of_school_the_new_school_decides(world: World) -> None:
    _, link = await waiting_link(world)
    far_admin = world.new_staff("Bea", world.duin, "admin")
    world.change("update placement set ends_on = '2026-11-23' where id = :placement", placement=world.placement)
    world.place(world.pupil, world.duin, world.far_group, starts_on=date(2026, 11, 24))
    assert (await decide(world, link)).status_code == 404
    assert all(one["id"] != link for one in await links(world))
    assert (await decide(world, link, far_admin)).status_code == 204


async def test_nobody_decides_about_a_link_of_their_own(world: World) -> None:
    world.add(
        Guardianship(id=new_id(world), guardian_id=world.admin, pupil_id=world.pupil, custody="no", state="claimed")
    )
    [own] = [one for one in await links(world) if one["own"]]
    assert problem(await decide(world, own["id"])) == (403, "/problems/not-allowed")
    colleague = world.new_staff("Anton", world.kust, "admin")
    assert (await decide(world, own["id"], colleague)).status_code == 204


async def test_an_admin_whose_role_ended_decides_nothing(world: World) -> None:
    _, link = await waiting_link(world)
    world.change("update staff_role set ends_on = '2026-11-23' where person_id = :admin", admin=world.admin)
    assert (await decide(world, link)).status_code == 404


# --- letters -----------------------------------------------------------------------------------------


async def letters(world: World, pupils: list[UUID], **fields: Any) -> httpx.Response:
    body = {"pupilIds": [str(pupil) for pupil in pupils], **fields}
    return await world.client(world.admin).post(f"/v1/schools/{world.kust}/letters", json=body)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[NewLetter]:
    """The letters that went to print, last one last."""
    seen: list[NewLetter] = []

    def note(letters: list[NewLetter], *rest: Any) -> bytes:
        seen.extend(letters)
        return letters_pdf(letters, *rest)

    monkeypatch.setattr(letter, "letters_pdf", note)
    return seen


async def test_a_group_gets_a_letter_for_each_pupil_and_two_for_two_homes(
    world: World, printed: list[NewLetter]
) -> None:
    answer = await letters(world, [world.pupil, world.classmate, world.pupil], homes=2)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"
    assert [(one.name, one.group, one.home, one.homes) for one in printed] == [
        ("Omar", "2A", 1, 2), ("Omar", "2A", 2, 2), ("Yara", "2A", 1, 2), ("Yara", "2A", 2, 2),
    ]  # fmt: skip
    for number, one in enumerate(printed):
        answer = await claim(world, one.code, username=f"ouder{number}")
        assert answer.status_code == 201
    counts = "select count(*) from guardianship where state = 'claimed' and custody = 'no' and pupil_id = :pupil"
    assert world.scalar(counts, pupil=world.pupil) == 2


async def test_a_code_is_good_for_the_whole_of_its_thirtieth_day(world: World, printed: list[NewLetter]) -> None:
    await letters(world, [world.pupil])
    for moment, status in (("2026-12-24T22:59:00+00:00", 200), ("2026-12-24T23:00:00+00:00", 410)):
        world.clock.set(datetime.fromisoformat(moment))  # type: ignore[attr-defined]
        look = await world.client(None).post("/v1/invitations/look", json={"code": printed[-1].code})
        assert look.status_code == status, moment


async def test_new_letters_replace_open_ones_where_that_is_asked(world: World, printed: list[NewLetter]) -> None:
    for replace in (False, False, True):
        (await letters(world, [world.pupil], replace=replace)).raise_for_status()
    looks = [await world.client(None).post("/v1/invitations/look", json={"code": one.code}) for one in printed]
    assert [look.status_code for look in looks] == [410, 410, 200]


async def test_a_letter_is_withdrawn_once(world: World) -> None:
    code = world.new_invitation(world.pupil)
    path = f"/v1/invitations/{world.scalar('select id from invitation')}"
    admin = world.client(world.admin)
    assert [(await admin.delete(path)).status_code for _ in range(2)] == [204, 404]
    assert (await world.client(None).post("/v1/invitations/look", json={"code": code})).status_code == 410


async def test_codes_that_nobody_used_are_forgotten_a_month_after_their_last_day(world: World) -> None:
    old = {"made_at": NOON - timedelta(days=70)}
    world.new_invitation(world.pupil, expires_at=NOON - timedelta(days=31), **old)
    world.new_invitation(world.pupil, expires_at=NOON - timedelta(days=29), **old)
    used = {"claimed_at": NOON - timedelta(days=60), "claimed_by": world.guardian}
    world.new_invitation(world.pupil, expires_at=NOON - timedelta(days=31), **used, **old)
    (await letters(world, [world.classmate])).raise_for_status()
    assert world.scalar("select count(*) from invitation where person_id = :pupil", pupil=world.pupil) == 2


async def test_the_admin_sees_in_counts_where_letters_are_still_needed(world: World) -> None:
    world.new_invitation(world.pupil)
    world.new_invitation(world.classmate, expires_at=NOON)
    page = (await world.client(world.admin).get(f"/v1/schools/{world.kust}/parents")).json()
    assert (page["name"], page["mail"], page["waiting"]) == ("Kustlijn", False, 1)
    assert [(g["name"], g["pupilCount"], g["linkedCount"], g["letterCount"]) for g in page["groups"]] == [
        ("2A", 2, 2, 1)
    ]
    group = (await world.client(world.admin).get(f"/v1/groups/{world.group}/letters")).json()
    got = {one["givenName"]: (one["linked"], one["waiting"], len(one["letters"])) for one in group["pupils"]}
    assert got == {"Omar": (1, 0, 0), "Yara": (2, 1, 1)}


def test_a_letter_is_one_page_with_its_code_to_scan_whatever_the_names() -> None:
    long = "Bartholomeus Maximiliaan van Oldenbarneveldt tot Stoutenburg-Łukaszewicz"
    kinds = [
        NewLetter(
            InvitationKind.GUARDIAN, long, "Vwo-plus brugklas 1", "vwo", f"Scholengemeenschap {long}", 1, 2, new_code()
        ),
        NewLetter(InvitationKind.ACCOUNT, long, None, None, "Kustlijn", 1, 1, new_code()),
        NewLetter(InvitationKind.RESET, "Çağla Żeromska", None, None, "Kustlijn", 1, 1, new_code()),
    ]
    pdf = letters_pdf(kinds, "https://portfolio.example", NOON)
    pages = [
        zlib.decompress(part) for part in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL) if part[:1] == b"x"
    ]
    drawn = [page for page in pages if page.count(b" re f") > 100]
    assert pdf.count(b"/Type /Page\n") == len(drawn) == 3
    for page, one in zip(drawn, kinds, strict=True):
        matrix = segno.make_qr(f"https://portfolio.example/uitnodiging#{one.code}", error="m").matrix
        runs = sum(sum(1 for dark, _ in groupby(line) if dark) for line in matrix)
        assert page.count(b" re f") == runs


def test_arabic_is_joined_and_turned_around_for_paper() -> None:
    assert arabic("\u0628\u0627\u0628") == "\ufe8f\ufe8e\ufe91"
    assert arabic("\u0644\u0627") == "\ufefb"
    assert arabic("\u0628\u0644\u0627 \u0628") == "\ufe8f \ufefc\ufe91"


# --- the second wall ---------------------------------------------------------------------------------


def _app(world: World, viewer: UUID | None = None, claim: str = "") -> psycopg.Connection[Any]:
    """A connection as the app's role, with what a transaction says of itself."""
    url = make_url(world.settings.database_url or "").set(drivername="postgresql")
    app = psycopg.connect(url.render_as_string(hide_password=False))
    said = {"app.viewer": str(viewer or ""), "app.today": "2026-11-24", "app.claim": claim}
    for name, value in said.items():
        app.execute("select set_config(%s, %s, false)", [name, value])
    app.commit()
    return app


@pytest.mark.parametrize(
    ("viewer", "sees"), [("admin", 2), ("guardian", 0), ("teacher", 0), ("dean", 0), ("far_teacher", 0), (None, 0)]
)
async def test_only_the_school_s_admin_reaches_invitations(viewer: str | None, sees: int, world: World) -> None:
    codes = [world.new_invitation(world.pupil, letter=letter) for letter in (1, 2)]
    person = getattr(world, viewer) if viewer else None
    with _app(world, person) as app:
        assert app.execute("select count(*) from invitation").fetchone() == (sees,)
    with _app(world, person, codes[0][:4]) as app:
        assert app.execute("select count(*) from invitation").fetchone() == (max(sees, 1),), "and of a code its own"


REFUSED = (psycopg.errors.InsufficientPrivilege,)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (
            "insert into guardianship (id, guardian_id, pupil_id, custody, state)"
            " values (uuidv7(), %(other)s, %(pupil)s, 'no', 'claimed')",
            "no claim",
        ),
        ("insert into account values (%(guardian)s, 'x', 'y')", "no claim"),
        ("update guardianship set guardian_id = %(other)s", "no such right"),
        ("update invitation set secret_hash = 'x'", "no such right"),
        ("update account set username = 'x'", "no such right"),
        ("delete from guardianship_decision", "no such right"),
        ("update guardianship_decision set reason = 'x'", "no such right"),
    ],
)
async def test_the_app_writes_nothing_of_this_without_a_claim(statement: str, why: str, world: World) -> None:
    ids = {"other": world.teacher, "pupil": world.pupil, "guardian": world.guardian}
    for viewer in (world.admin, world.guardian, None):
        with _app(world, viewer) as app, pytest.raises(REFUSED):
            app.execute(statement, ids)


async def test_who_is_no_admin_adds_nobody_without_a_claim(world: World) -> None:
    statement = "insert into person (id, given_name, family_name, search_name) values (uuidv7(), 'A', 'B', 'a b')"
    for viewer in (world.teacher, world.guardian, None):
        with _app(world, viewer) as app, pytest.raises(REFUSED):
            app.execute(statement)


async def test_a_claim_makes_nothing_but_a_link_that_waits_for_its_own_child(world: World) -> None:
    code = world.new_invitation(world.pupil, claimed_by=world.teacher, claimed_at=NOON)
    insert = (
        "insert into guardianship (id, guardian_id, pupil_id, custody, state, opened_on)"
        " values (uuidv7(), %s, %s, %s, %s, %s)"
    )
    right: list[Any] = [world.teacher, world.pupil, "no", "claimed", None]
    wrong = [(0, world.dean), (1, world.classmate), (2, "yes"), (3, "confirmed"), (4, "2026-11-24")]
    for place, value in wrong:
        with _app(world, world.teacher, code[:4]) as app, pytest.raises(REFUSED):
            app.execute(insert, [*right[:place], value, *right[place + 1 :]])
    with _app(world, world.teacher, code[:4]) as app:
        app.execute(insert, right)


@pytest.mark.parametrize("viewer", ["guardian", "unconfirmed", "teacher", "dean", "coordinator", "far_admin", None])
async def test_nobody_but_the_school_s_admin_changes_a_link(viewer: str | None, world: World) -> None:
    far_admin = world.new_staff("Bea", world.duin, "admin")
    person = far_admin if viewer == "far_admin" else getattr(world, viewer) if viewer else None
    with _app(world, person) as app:
        changed = app.execute("update guardianship set state = 'confirmed', custody = 'yes'")
        assert changed.rowcount == 0


async def test_a_password_is_changed_by_its_own_person_or_by_a_code_for_it(world: World) -> None:
    reset = world.new_invitation(world.guardian, "reset", claimed_by=world.guardian, claimed_at=NOON)
    guardian = world.new_invitation(world.pupil, claimed_by=world.guardian, claimed_at=NOON)
    for viewer, selector, changed in (
        (world.teacher, "", 1), (None, "", 0), (world.admin, "", 1), (None, reset[:4], 1), (None, guardian[:4], 0),
    ):  # fmt: skip
        with _app(world, viewer, selector) as app:
            assert app.execute("update account set password_hash = 'x'").rowcount == changed
            app.rollback()
