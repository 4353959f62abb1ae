"""Parents come in by a code: what works, and what does not."""

import asyncio
import re
import statistics
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.access.hashes import SECRETS
from app.access.invitations.actions import claiming
from app.access.invitations.actions.by_school import NewLetter
from app.access.invitations.actions.codes import ALPHABET, in_groups, new_code, parts
from app.access.invitations.schemas import NewParent
from app.platform.errors import CodeInvalid
from tests.access.claiming import (
    NEW_PASSWORD,
    PARENT,
    browser,
    child,
    claim,
    decide,
    letters,
    links,
    problem,
    waiting_link,
)
from tests.conftest import NOON
from tests.world import World


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
