"""Pupils without e-mail: cards, PINs, the window of a class, and what a teacher does for them."""

import asyncio
import io
import re
import statistics
import time
import zlib
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
import segno
from sqlalchemy import make_url

from app.access.cards.actions import coming_in
from app.access.cards.actions.coming_in import is_easy
from app.access.cards.actions.printing import NewCard
from app.access.cards.actions.sheet import card_sheet
from tests.conftest import NOON
from tests.world import World

PIN = "4071"
OTHER_PIN = "9264"


async def by_card(world: World, secret: str, pin: str = PIN, choose: bool = False, **fields: Any) -> httpx.Response:
    body = {"secret": secret, "pin": pin, "choosePin": choose, **fields}
    return await world.client(None).post("/v1/sessions/by-card", json=body)


async def by_code(world: World, code: str, pupil: UUID, pin: str = PIN, choose: bool = False) -> httpx.Response:
    body = {"code": code, "pupilId": str(pupil), "pin": pin, "choosePin": choose}
    return await world.client(None).post("/v1/sessions/by-class-code", json=body)


async def open_window(world: World, group: UUID | None = None, teacher: UUID | None = None) -> str:
    teaching = world.client(teacher or world.teacher)
    path = f"/v1/groups/{group or world.group}"
    (await teaching.put(f"{path}/class-window")).raise_for_status()
    code: str = (await teaching.get(f"{path}/sign-in")).json()["window"]["code"]
    return code


async def with_pin(world: World, pupil: UUID) -> str:
    """A card whose PIN was chosen."""
    secret = world.new_card(pupil)
    assert (await by_card(world, secret, choose=True)).status_code == 201
    return secret


async def listed(world: World, pupil: UUID) -> dict[str, Any]:
    page = (await world.client(world.teacher).get(f"/v1/groups/{world.group}/sign-in")).json()
    return next(one for one in page["pupils"] if one["id"] == str(pupil))


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"]


# --- a card -------------------------------------------------------------------------------------------


async def test_a_new_card_lets_the_pupil_choose_a_pin_and_then_asks_for_it(world: World) -> None:
    secret = world.new_card(world.pupil)
    look = await world.client(None).post("/v1/cards/look", json={"secret": secret})
    assert look.json() == {"choosePin": True}
    first = await by_card(world, secret, choose=True)
    assert (first.status_code, first.json()["givenName"], first.json()["device"]) == (201, "Yara", "shared")
    assert "max-age" not in first.headers["set-cookie"].lower()
    look = await world.client(None).post("/v1/cards/look", json={"secret": secret})
    assert look.json() == {"choosePin": False}
    assert (await by_card(world, secret)).status_code == 201
    assert (await by_card(world, secret.lower(), device="own")).status_code == 201
    assert problem(await by_card(world, secret, OTHER_PIN)) == (401, "/problems/wrong-pin")


async def test_a_pin_is_chosen_once(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    assert problem(await by_card(world, secret, OTHER_PIN, choose=True)) == (409, "/problems/wrong-state")
    assert (await by_card(world, secret)).status_code == 201


async def test_a_pin_is_not_chosen_by_who_thinks_there_is_one(world: World) -> None:
    secret = world.new_card(world.pupil)
    assert problem(await by_card(world, secret)) == (409, "/problems/wrong-state")
    assert world.scalar("select count(*) from pupil_pin") == 0


@pytest.mark.parametrize("easy", ["0000", "1234", "98765", "7890", "0203", "0302", "2013", "020313"])
async def test_a_pin_that_classmates_would_guess_is_not_taken(easy: str, world: World) -> None:
    answer = await by_card(world, world.new_card(world.pupil), easy, choose=True)
    assert answer.json()["errors"][0] == {
        "pointer": "/pin", "code": "pin_too_easy", "detail": "Deze pincode is te makkelijk te raden. Kies een andere.",
    }  # fmt: skip


def test_most_pins_are_fine() -> None:
    taken = sum(is_easy(f"{pin:04}", date(2013, 3, 2)) for pin in range(10_000))
    assert taken == 33


@pytest.mark.parametrize("pin", ["123", "1234567", "12a4", "١٢٣٤", "", " 4071"])
async def test_a_pin_is_four_to_six_figures(pin: str, world: World) -> None:
    assert (await by_card(world, world.new_card(world.pupil), pin, choose=True)).status_code == 422


async def test_an_unknown_a_replaced_and_an_old_card_look_the_same_and_like_a_wrong_pin(world: World) -> None:
    replaced = world.new_card(world.pupil, revoked_at=NOON)
    last_year = world.new_card(world.classmate, last_day=date(2026, 7, 31))
    right = await with_pin(world, world.other_pupil)
    looks = [
        await world.client(None).post("/v1/cards/look", json={"secret": secret})
        for secret in (replaced, last_year, "A" * 26, right + "A", "é")
    ]
    assert {problem(look) for look in looks} == {(401, "/problems/wrong-card")}
    tries = [await by_card(world, secret) for secret in (replaced, last_year, "A" * 26)]
    tries.append(await by_card(world, right, OTHER_PIN))
    answers = [{**answer.json(), "requestId": None} for answer in tries]
    assert answers == [answers[0]] * 4
    ignored = {"x-request-id"}
    headers = [{k: v for k, v in answer.headers.items() if k not in ignored} for answer in tries]
    assert headers == [headers[0]] * 4


async def test_who_does_not_exist_takes_as_long_as_a_wrong_pin(world: World) -> None:
    """Medians of nine; half of the slower one apart would tell nobody anything."""
    right = await with_pin(world, world.pupil)
    times: dict[str, list[float]] = {"A" * 26: [], right: []}
    for _ in range(9):
        world.change("delete from pin_misses")
        for secret, taken in times.items():
            started = time.perf_counter()
            assert (await by_card(world, secret, OTHER_PIN)).status_code == 401
            taken.append(time.perf_counter() - started)
    nobody, somebody = (statistics.median(taken) for taken in times.values())
    assert abs(nobody - somebody) < max(nobody, somebody) / 2


async def test_a_card_ends_with_the_school_year(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    world.at(date(2027, 7, 31))
    assert (await by_card(world, secret)).status_code == 201
    world.at(date(2027, 8, 1))
    assert problem(await by_card(world, secret)) == (401, "/problems/wrong-pin")


# --- locks --------------------------------------------------------------------------------------------


async def test_five_wrong_pins_lock_for_minutes_and_the_teacher_sees_until_when(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    answers = [await by_card(world, secret, OTHER_PIN) for _ in range(5)]
    assert [problem(answer) for answer in answers] == [(401, "/problems/wrong-pin")] * 4 + [
        (429, "/problems/pin-locked")
    ]
    locked = await by_card(world, secret)
    assert (problem(locked), locked.headers["retry-after"]) == ((429, "/problems/pin-locked"), "300")
    assert (await listed(world, world.pupil))["lockedUntil"] == "2026-11-24T11:05:00+00:00"
    world.clock.set(NOON + timedelta(minutes=4, seconds=59))
    assert (await by_card(world, secret)).headers["retry-after"] == "1"
    world.clock.set(NOON + timedelta(minutes=5))
    assert (await by_card(world, secret)).status_code == 201
    assert (await listed(world, world.pupil))["lockedUntil"] is None
    assert (await by_card(world, secret, OTHER_PIN)).status_code == 401


async def test_tries_at_the_same_moment_count_as_many(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    answers = await asyncio.gather(*(by_card(world, secret, OTHER_PIN) for _ in range(12)))
    assert (
        sorted(problem(answer) for answer in answers)
        == [(401, "/problems/wrong-pin")] * 4 + [(429, "/problems/pin-locked")] * 8
    )


async def test_one_of_two_who_choose_a_pin_at_the_same_moment_has_chosen(world: World) -> None:
    secret = world.new_card(world.pupil)
    answers = await asyncio.gather(*(by_card(world, secret, pin, choose=True) for pin in (PIN, OTHER_PIN)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_the_wait_grows_to_half_an_hour_and_no_longer(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    waits = []
    for _ in range(8):
        for _ in range(5):
            answer = await by_card(world, secret, OTHER_PIN)
        waits.append(int(answer.headers["retry-after"]) // 60)
        world.clock.set(world.clock.now() + timedelta(seconds=int(answer.headers["retry-after"])))
    assert waits == [5, 10, 15, 20, 25, 30, 30, 30]
    assert (await by_card(world, secret)).status_code == 201


async def test_a_class_cannot_be_locked_out_by_who_has_the_code(world: World) -> None:
    cards = {pupil: await with_pin(world, pupil) for pupil in (world.pupil, world.classmate)}
    code = await open_window(world)
    for pupil in cards:
        for _ in range(6):
            answer = await by_code(world, code, pupil, OTHER_PIN)
        assert problem(answer) == (429, "/problems/pin-locked")
    for secret in cards.values():
        assert (await by_card(world, secret)).status_code == 201


async def test_a_whole_school_signs_in_from_one_address(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    for _ in range(70):
        assert (await world.client(None).post("/v1/cards/look", json={"secret": secret})).status_code == 200


async def test_guessing_class_codes_is_slowed_down_and_cards_go_on(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    code = await open_window(world)
    client = world.client(None)
    for number in range(60):
        assert (await client.post("/v1/class-codes/look", json={"code": f"BCD{number}"})).status_code == 401
    assert (await client.post("/v1/class-codes/look", json={"code": "BCDFGH"})).status_code == 429
    assert (await client.post("/v1/class-codes/look", json={"code": code})).status_code == 429
    assert (await by_card(world, secret)).status_code == 201
    world.clock.set(NOON + timedelta(minutes=1))
    assert (await client.post("/v1/class-codes/look", json={"code": code})).status_code == 200


# --- in class -----------------------------------------------------------------------------------------


async def test_the_code_on_the_board_shows_the_names_of_that_class_and_lets_a_pupil_in(world: World) -> None:
    code = await open_window(world)
    assert re.fullmatch("[BCDFGHJKLMNPRSTVWXZ]{6}", code)
    found = (
        await world.client(None).post("/v1/class-codes/look", json={"code": f" {code[:3].lower()} {code[3:]}"})
    ).json()
    assert found == {
        "group": "2A",
        "level": "vmbo",
        "school": "Kustlijn",
        "closesAt": "2026-11-24T11:15:00Z",
        "pupils": [
            {"id": str(world.classmate), "name": "Omar", "choosePin": True},
            {"id": str(world.pupil), "name": "Yara", "choosePin": True},
        ],
    }
    assert (await by_code(world, code, world.pupil, choose=True)).json()["givenName"] == "Yara"
    world.clock.set(NOON + timedelta(minutes=2))
    await with_pin(world, world.classmate)
    assert (await by_code(world, code, world.classmate)).status_code == 201
    page = (await world.client(world.teacher).get(f"/v1/groups/{world.group}/sign-in")).json()
    assert [(one["name"], one["chosePin"]) for one in page["window"]["arrivals"]] == [
        ("Omar de Wit", False), ("Yara de Wit", True),
    ]  # fmt: skip


async def test_two_of_the_same_name_are_told_apart(world: World) -> None:
    namesake, _ = world.new_pupil("Jara", world.kust, world.group)
    world.change("update person set given_name = 'Yara', family_name = 'Aksu' where id = :id", id=namesake)
    code = await open_window(world)
    found = (await world.client(None).post("/v1/class-codes/look", json={"code": code})).json()
    assert [one["name"] for one in found["pupils"]] == ["Omar", "Yara A.", "Yara d."]


async def test_a_window_closes_after_a_quarter_of_an_hour_or_when_the_teacher_says(world: World) -> None:
    code = await open_window(world)
    assert await open_window(world) == code
    world.clock.set(NOON + timedelta(minutes=15))
    client = world.client(None)
    assert problem(await client.post("/v1/class-codes/look", json={"code": code})) == (
        401, "/problems/wrong-class-code",
    )  # fmt: skip
    assert problem(await by_code(world, code, world.pupil)) == (401, "/problems/wrong-pin")
    page = (await world.client(world.teacher).get(f"/v1/groups/{world.group}/sign-in")).json()
    assert page["window"] is None
    second = await open_window(world)
    assert second != code
    assert (await world.client(world.teacher).delete(f"/v1/groups/{world.group}/class-window")).status_code == 204
    assert (await client.post("/v1/class-codes/look", json={"code": second})).status_code == 401


async def test_a_code_opens_for_nobody_of_another_class(world: World) -> None:
    await with_pin(world, world.other_pupil)
    code = await open_window(world)
    answers = [await by_code(world, code, pupil) for pupil in (world.other_pupil, uuid4(), world.teacher)]
    assert {problem(answer) for answer in answers} == {(401, "/problems/wrong-pin")}
    assert world.scalar("select count(*) from pin_misses") == 0


async def test_who_left_the_class_is_no_longer_on_its_list(world: World) -> None:
    world.change("update group_membership set ends_on = '2026-11-23' where placement_id = :id", id=world.placement)
    code = await open_window(world)
    found = (await world.client(None).post("/v1/class-codes/look", json={"code": code})).json()
    assert [one["name"] for one in found["pupils"]] == ["Omar"]


# --- what a teacher does ------------------------------------------------------------------------------


async def _sheet(world: World, *pupils: UUID) -> httpx.Response:
    body = {"pupilIds": [str(pupil) for pupil in pupils]} if pupils else {}
    return await world.client(world.teacher).post(f"/v1/groups/{world.group}/cards", json=body)


async def test_a_new_card_ends_the_old_one_with_its_pin_and_sessions(world: World) -> None:
    old = await with_pin(world, world.pupil)
    theirs = await with_pin(world, world.classmate)
    signed_in = world.client(world.pupil)
    sheet = await _sheet(world, world.pupil)
    assert (sheet.headers["content-type"], sheet.headers["cache-control"]) == ("application/pdf", "no-store")
    assert (await signed_in.get("/v1/me")).status_code == 401
    assert (await by_card(world, old)).status_code == 401
    assert (await by_card(world, theirs)).status_code == 201
    now = await listed(world, world.pupil)
    assert (now["cardSince"], now["hasPin"]) == ("2026-11-24", False)
    assert world.scalar("select count(*) from pupil_card where revoked_at is null") == 2


async def test_a_sheet_is_for_the_whole_class_and_for_nobody_else(world: World) -> None:
    assert (await _sheet(world)).content.startswith(b"%PDF")
    held = world.scalar("select array_agg(pupil_id order by pupil_id) from pupil_card")
    assert held == sorted([world.pupil, world.classmate])
    assert (await _sheet(world, world.pupil, world.other_pupil)).json()["errors"][0]["pointer"] == "/pupilIds"


def test_the_sheet_has_ten_cards_to_a_page_with_their_codes_and_names() -> None:
    cards = [NewCard(f"Çağla Łukasz-Žižek {number}", "7a", "po", "De Schelpentuin", "A" * 25 + "BCDEFGHIJKL"[number])
             for number in range(11)]  # fmt: skip
    pdf = card_sheet(cards, "https://portfolio.example", NOON)
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 2
    streams = [
        zlib.decompress(part) for part in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL) if part[:1] == b"x"
    ]
    drawn = sum(part.count(b" re f") for part in streams)
    expected = 0
    for card in cards:
        matrix = segno.make_qr(f"https://portfolio.example/k#{card.secret}", error="m").matrix
        expected += sum(len(re.findall(b"\x01+", bytes(line))) for line in matrix)
    assert drawn == expected
    assert io.BytesIO(pdf).read(5) == b"%PDF-"


async def test_a_lost_card_works_no_longer_and_the_pin_stays(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    signed_in = world.client(world.pupil)
    assert (await world.client(world.teacher).delete(f"/v1/pupils/{world.pupil}/card")).status_code == 204
    assert (await signed_in.get("/v1/me")).status_code == 401
    assert (await by_card(world, secret)).status_code == 401
    assert (await by_code(world, await open_window(world), world.pupil)).status_code == 201


async def test_a_reset_opens_the_lock_and_the_pupil_chooses_anew(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    for _ in range(6):
        await by_card(world, secret, OTHER_PIN)
    signed_in = world.client(world.pupil)
    assert (await world.client(world.teacher).delete(f"/v1/pupils/{world.pupil}/pin")).status_code == 204
    assert (await signed_in.get("/v1/me")).status_code == 401
    assert (await listed(world, world.pupil))["lockedUntil"] is None
    assert (await by_card(world, secret, OTHER_PIN, choose=True)).status_code == 201
    assert (await by_card(world, secret)).status_code == 401


# --- what is kept, and who can reach it ---------------------------------------------------------------


async def test_neither_secret_nor_pin_is_kept(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    kept = world.scalar("select string_agg(t::text, ' ') from (select c::text t from pupil_card c"
                        " union all select p::text from pupil_pin p) rows")  # fmt: skip
    assert secret not in kept
    assert PIN not in re.sub(r"[0-9a-f-]{30,}|\$argon2id\$\S+|\d{4}-\d\d-\d\d", "", kept)
    assert world.scalar("select pin_hash from pupil_pin").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_without_the_pepper_a_pin_cannot_be_found(world: World) -> None:
    secret = await with_pin(world, world.pupil)
    pepper = world.settings.pin_pepper
    world.app.state.settings = world.settings.model_copy(update={"pin_pepper": type(pepper)("x" * 32)})
    try:
        assert (await by_card(world, secret)).status_code == 401
    finally:
        world.app.state.settings = world.settings
    assert (await by_card(world, secret)).status_code == 201


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [
        ("teacher", (2, 2, 1)),
        ("admin", (2, 0, 0)),
        *((nobody, (0, 0, 0)) for nobody in ("other_teacher", "former_teacher", "dean", "pupil", "")),
    ],
)
async def test_the_second_wall_shows_a_teacher_the_own_class_only_and_an_admin_no_pin(
    viewer: str, sees: tuple[int, int, int], world: World
) -> None:
    for pupil in (world.pupil, world.classmate, world.other_pupil):
        await with_pin(world, pupil)
    await open_window(world)
    await open_window(world, world.far_group, world.far_teacher)
    person = str(getattr(world, viewer)) if viewer else ""
    url = make_url(world.settings.database_url or "").set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as app:
        app.execute("select set_config('app.viewer', %s, true), set_config('app.today', '2026-11-24', true)", [person])
        counts = [
            app.execute(f"select count(*) from {table}").fetchone()
            for table in ("pupil_card", "pupil_pin", "class_window")
        ]
    assert counts == [(count,) for count in sees]


# --- at the same moment -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "chosen_before"),
    [("new card", True), ("revoked", True), ("reset", True), ("new card", False), ("revoked", False)],
)
async def test_a_card_or_pin_that_ends_while_it_is_checked_lets_nobody_in(
    what: str, chosen_before: bool, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it otherwise, who holds a lost card could choose the PIN of the new one."""
    secret = await with_pin(world, world.pupil) if chosen_before else world.new_card(world.pupil)
    teaching, check = world.client(world.teacher), coming_in.check_pin

    async def meanwhile(*args: Any) -> str | None:
        checked = await check(*args)
        path = f"/v1/pupils/{world.pupil}"
        if what == "new card":
            only = {"pupilIds": [str(world.pupil)]}
            (await teaching.post(f"/v1/groups/{world.group}/cards", json=only)).raise_for_status()
        else:
            (await teaching.delete(f"{path}/card" if what == "revoked" else f"{path}/pin")).raise_for_status()
        return checked

    monkeypatch.setattr(coming_in, "check_pin", meanwhile)
    assert problem(await by_card(world, secret, choose=not chosen_before)) == (401, "/problems/wrong-pin")
    assert world.scalar("select count(*) from session where person_id = :pupil", pupil=world.pupil) == 0
    pins = 1 if what == "revoked" and chosen_before else 0
    assert world.scalar("select count(*) from pupil_pin where pupil_id = :pupil", pupil=world.pupil) == pins
