"""Behind the endpoints the database refuses too; at the same moment only one admin acts; cards of the office."""

import asyncio
import hashlib
import importlib
import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from sqlalchemy import make_url, select

from app.access.administration import policy
from app.access.administration.queries import person, projections
from app.access.administration.tasks import sign_out_leavers
from app.access.cards.actions import sheet
from app.access.cards.models import PupilPin
from app.people.models import School
from app.platform.jobs import enqueue, run_worker
from app.platform.reads import Read
from tests.people.test_admin_acts import TODAY, TOMORROW, Office, outcome
from tests.world import World

PIN = "4071"


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


# --- the second wall ----------------------------------------------------------------------------------


def as_app(world: World, person: UUID) -> psycopg.Connection[Any]:
    """A connection in the app's role, in a transaction in which this person looks."""
    url = make_url(world.settings.database_url or "").set(drivername="postgresql")
    connection = psycopg.connect(url.render_as_string(hide_password=False))
    connection.execute(
        "select set_config('app.viewer', %s, true), set_config('app.today', '2026-11-24', true)", [str(person)]
    )
    return connection


OTHERS = ("pupil", "teacher", "dean", "guardian", "coordinator", "far_dean")

ADDED = (
    "insert into person (id, given_name, family_name, search_name) values (uuidv7(), 'A', 'B', 'a b')",
    "insert into placement (id, pupil_id, school_id, starts_on) values (uuidv7(), %(pupil)s, %(kust)s, '2026-11-24')",
    "insert into group_membership (id, placement_id, group_id, starts_on)"
    " values (uuidv7(), %(placement)s, %(other_group)s, '2026-11-24')",
    "insert into staff_role (id, person_id, school_id, role, starts_on)"
    " values (uuidv7(), %(other_guardian)s, %(kust)s, 'dean', '2026-11-24')",
    "insert into group_assignment (id, staff_role_id, group_id, starts_on)"
    " values (uuidv7(), (select id from staff_role where person_id = %(other_teacher)s), %(group)s, '2026-11-24')",
    "insert into school_group (id, school_id, school_year, name, level, study_year)"
    " values (uuidv7(), %(kust)s, 2026, '9Z', 'vmbo', 2)",
    "insert into admin_act (id, school_id, actor_id, kind, at, facts, rows)"
    " values (uuidv7(), %(kust)s, %(viewer)s, 'closed', now(), '{}', '[]')",
)
CHANGED = (
    "update person set given_name = 'A' where id = %(classmate)s",
    "update person set closed_at = now() where id = %(classmate)s",
    "update placement set ends_on = '2026-11-24' where id = %(placement)s",
    "update group_membership set ends_on = '2026-11-24' where placement_id = %(placement)s",
    "delete from group_membership where placement_id = %(placement)s",
    "update staff_role set ends_on = '2026-11-24' where person_id = %(former_teacher)s",
    "update group_assignment set ends_on = '2026-11-24' where group_id = %(group)s",
    "delete from group_assignment where group_id = %(group)s",
    "update school_group set name = '9Z' where id = %(group)s",
)


def ids(world: World, viewer: UUID) -> dict[str, Any]:
    names = ("pupil", "classmate", "placement", "kust", "group", "other_group", "other_guardian", "other_teacher",
             "former_teacher")  # fmt: skip
    return {name: getattr(world, name) for name in names} | {"viewer": viewer}


@pytest.mark.parametrize("statement", ADDED)
async def test_the_database_lets_only_the_admin_of_the_school_add(statement: str, world: World) -> None:
    for who in OTHERS:
        person = getattr(world, who)
        with as_app(world, person) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement, ids(world, person))
    with as_app(world, world.admin) as connection:
        assert connection.execute(statement, ids(world, world.admin)).rowcount == 1
        connection.rollback()


@pytest.mark.parametrize("statement", CHANGED)
async def test_the_database_lets_only_the_admin_of_the_school_change(statement: str, world: World) -> None:
    for who in OTHERS:
        person = getattr(world, who)
        with as_app(world, person) as connection:
            assert connection.execute(statement, ids(world, person)).rowcount == 0, who
    with as_app(world, world.admin) as connection:
        assert connection.execute(statement, ids(world, world.admin)).rowcount >= 1
        connection.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "insert into staff_role (id, person_id, school_id, role, starts_on)"
        " values (uuidv7(), %(admin)s, %(kust)s, 'dean', '2026-11-24')",
        "insert into staff_role (id, person_id, role, starts_on)"
        " values (uuidv7(), %(teacher)s, 'coordinator', '2026-11-24')",
        "insert into placement (id, pupil_id, school_id, starts_on)"
        " values (uuidv7(), %(pupil)s, %(duin)s, '2026-11-24')",
        "insert into group_membership (id, placement_id, group_id, starts_on)"
        " values (uuidv7(), %(placement)s, %(far_group)s, '2026-11-24')",
        "insert into pupil_card (id, pupil_id, secret_hash, issued_by, issued_at, last_day)"
        " values (uuidv7(), %(pupil)s, 'x', %(admin)s, now(), '2027-07-31')",
        "insert into pupil_card (id, pupil_id, secret_hash, issued_by, issued_at, last_day, may_choose_pin)"
        " values (uuidv7(), %(other_pupil)s, 'x', %(admin)s, now(), '2027-07-31', false)",
        "insert into admin_act (id, school_id, actor_id, kind, at, facts, rows)"
        " values (uuidv7(), %(kust)s, %(dean)s, 'closed', now(), '{}', '[]')",
        "update admin_act set at = now()",
        "delete from admin_act",
        "delete from placement",
        "delete from person",
        "update person set home_sharing_since = '2026-11-24' where id = %(pupil)s",
        "update staff_role set role = 'dean' where person_id = %(teacher)s",
        "update placement set pupil_id = %(classmate)s",
        "insert into guardianship (id, guardian_id, pupil_id, custody) values (uuidv7(), %(admin)s, %(pupil)s, 'yes')",
    ],
)
async def test_the_database_keeps_an_admin_from_content_and_from_other_schools(statement: str, world: World) -> None:
    names = ("admin", "teacher", "pupil", "classmate", "other_pupil", "kust", "duin", "placement", "far_group", "dean")
    with as_app(world, world.admin) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement, {name: getattr(world, name) for name in names})


async def test_nobody_makes_the_own_role_or_the_own_name_different(world: World) -> None:
    world.change("update staff_role set ends_on = '2026-12-01' where person_id = :a", a=world.admin)
    longer = "update staff_role set ends_on = '2027-12-01' where person_id = %s"
    with as_app(world, world.admin) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(longer, [world.admin])
    older = "update person set birth_date = '2000-01-01' where id = %s"
    with as_app(world, world.pupil) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(older, [world.pupil])


async def test_an_admin_reads_no_pin_and_no_entry_and_the_acts_of_the_own_school_only(world: World) -> None:
    world.new_card(world.pupil)
    world.add(PupilPin(pupil_id=world.pupil, pin_hash="x", chosen_at=world.clock.now()))
    world.new_entry()
    await Office(world).does("PATCH", f"people/{world.pupil}", givenName="Yaara")
    seen = {}
    for who in ("admin", "dean", "far_dean", "pupil"):
        with as_app(world, getattr(world, who)) as connection:
            tables = ("pupil_pin", "entry", "admin_act")
            seen[who] = [connection.execute(f"select count(*) from {table}").fetchone()[0] for table in tables]  # type: ignore[index]
    assert (seen["admin"], seen["dean"][2], seen["far_dean"][2], seen["pupil"][2]) == ([0, 0, 1], 0, 0, 0)


async def test_without_the_first_wall_cards_pins_and_acts_of_another_school_stay_hidden(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is built again with a policy that gives every school to everybody."""
    far = world.new_staff("Verre", world.duin, "admin")
    await Office(world).does("PATCH", f"people/{world.pupil}", givenName="Yaara")
    world.new_card(world.pupil)
    world.add(PupilPin(pupil_id=world.pupil, pin_hash="x", chosen_at=world.clock.now()))
    monkeypatch.setattr(policy, "own_schools", lambda viewer, today: select(School.id))
    importlib.reload(projections)
    open_page: Read = importlib.reload(person).PERSON
    monkeypatch.undo()
    for module in (projections, person):
        importlib.reload(module)
    token = world.client(far).headers["cookie"].removeprefix("sid=")
    found = await open_page.run(
        world.app.state.database, hashlib.sha256(token.encode()).digest(), world.clock.now(), world.clock.today(),
        school_id=world.kust, person_id=world.pupil,
    )  # fmt: skip
    assert found is not None
    assert found.body is not None
    body = json.loads(found.body)
    assert (body["acts"], body["ways"]["cardSince"], body["ways"]["hasPin"]) == ([], None, False)


# --- at the same moment -------------------------------------------------------------------------------


async def test_two_admins_who_end_each_other_leave_one(office: Office) -> None:
    world = office.world
    await office.does("POST", f"people/{world.dean}/roles", role="admin", startsOn=TODAY)
    colleague = Office(world, world.dean)
    roles = {
        who: world.scalar("select id from staff_role where person_id = :p and role = 'admin'", p=who)
        for who in (world.admin, world.dean)
    }
    answers = await asyncio.gather(
        office.ask("PATCH", f"roles/{roles[world.dean]}", endsOn=TODAY),
        colleague.ask("PATCH", f"roles/{roles[world.admin]}", endsOn=TODAY),
    )
    assert sorted(outcome(answer) for answer in answers) == [(200, ""), (409, "last-admin")]


async def test_the_same_pupil_sent_ten_times_is_one_pupil(office: Office) -> None:
    body = {"givenName": "Mila", "familyName": "Vos", "birthDate": date(2013, 5, 9)}
    asked = [office.ask("POST", "pupils", **body, groupId=office.world.group, startsOn=TODAY) for _ in range(10)]
    statuses = [answer.status_code for answer in await asyncio.gather(*asked)]
    assert sorted(statuses) == [201, *[409] * 9]


async def test_an_act_is_undone_once(office: Office) -> None:
    done = await office.does("PATCH", f"groups/{office.world.group}", name="2K")
    answers = await asyncio.gather(*(office.undo(done) for _ in range(6)))
    assert sorted(answers) == [(204, ""), *[(409, "wrong-state")] * 5]


async def test_who_comes_in_while_the_account_is_closed_does_not_stay(world: World) -> None:
    """Both orders end the same: no session is left."""
    office = Office(world)
    for _ in range(4):
        password = {"username": "joost", "password": "een lang wachtwoord"}
        await asyncio.gather(
            office.ask("PUT", f"people/{world.teacher}/closure"),
            world.client(None).post("/v1/sessions", json=password),
        )
        assert world.scalar("select count(*) from session where person_id = :t", t=world.teacher) == 0
        world.change("delete from sign_in_attempts")
        await office.does("DELETE", f"people/{world.teacher}/closure")


# --- cards of the office ------------------------------------------------------------------------------


async def come_in(world: World, secret: str, choose: bool, pin: str = PIN) -> httpx.Response:
    body = {"secret": secret, "pin": pin, "choosePin": choose}
    return await world.client(None).post("/v1/sessions/by-card", json=body)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The secrets of the cards that are made from here on, as they stand in the QR codes."""
    made: list[str] = []
    draw = sheet.card_sheet

    def watch(cards: Any, origin: str, now: datetime) -> bytes:
        made.extend(card.secret for card in cards)
        return draw(cards, origin, now)

    monkeypatch.setattr(sheet, "card_sheet", watch)
    return made


async def test_a_card_of_the_office_works_with_the_pin_that_the_pupil_has(office: Office, printed: list[str]) -> None:
    world = office.world
    old = world.new_card(world.pupil)
    assert (await come_in(world, old, choose=True)).status_code == 201
    inside = world.client(world.pupil)
    sheet = await office.ask("POST", "cards", pupilIds=[str(world.pupil)])
    assert (sheet.headers["content-type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    assert (await inside.get("/v1/me")).status_code == 401
    assert (await come_in(world, old, choose=False)).status_code == 401
    assert (await come_in(world, printed[0], choose=False)).status_code == 201


async def test_whoever_prints_a_card_cannot_come_in_with_it_as_the_pupil(office: Office, printed: list[str]) -> None:
    world = office.world
    await office.ask("POST", "cards", pupilIds=[str(world.pupil)])
    look = await world.client(None).post("/v1/cards/look", json={"secret": printed[0]})
    assert outcome(look) == (409, "pin-in-class")
    assert outcome(await come_in(world, printed[0], choose=True)) == (409, "pin-in-class")
    assert outcome(await come_in(world, printed[0], choose=False)) == (409, "wrong-state")
    assert world.scalar("select count(*) from pupil_pin") == 0


async def test_with_a_card_of_the_office_the_pin_is_chosen_in_class_and_then_it_works(
    office: Office, printed: list[str]
) -> None:
    world = office.world
    await office.ask("POST", "cards", groupId=str(world.group))
    body = {"code": world.new_window(world.group), "pupilId": str(world.pupil), "pin": PIN, "choosePin": True}
    assert (await world.client(None).post("/v1/sessions/by-class-code", json=body)).status_code == 201
    mine = [secret for secret in printed if (await come_in(world, secret, choose=False)).status_code == 201]
    assert (len(printed), len(mine)) == (2, 1)


async def test_a_reset_by_the_teacher_does_not_open_a_card_of_the_office(office: Office, printed: list[str]) -> None:
    world = office.world
    await office.ask("POST", "cards", pupilIds=[str(world.pupil)])
    world.add(PupilPin(pupil_id=world.pupil, pin_hash="x", chosen_at=world.clock.now()))
    await world.client(world.teacher).delete(f"/v1/pupils/{world.pupil}/pin")
    assert outcome(await come_in(world, printed[0], choose=True)) == (409, "pin-in-class")


async def test_a_card_of_the_teacher_lets_the_pupil_choose_a_pin_as_before(office: Office, printed: list[str]) -> None:
    world = office.world
    await office.ask("POST", "cards", pupilIds=[str(world.pupil)])
    await world.client(world.teacher).post(f"/v1/groups/{world.group}/cards", json={"pupilIds": [str(world.pupil)]})
    assert (await come_in(world, printed[0], choose=False)).status_code == 401
    assert (await come_in(world, printed[1], choose=True)).status_code == 201


async def test_cards_are_for_pupils_who_are_here_and_each_pupils_page_tells_of_it(office: Office) -> None:
    world = office.world
    answer = await office.ask("POST", "cards", pupilIds=[str(world.pupil), str(world.other_pupil)])
    assert answer.status_code == 422
    assert (await office.ask("POST", "cards", groupId=str(world.far_group))).status_code == 422
    assert (await office.ask("POST", "cards")).status_code == 422
    await office.ask("POST", "cards", groupId=str(world.group))
    for pupil in (world.pupil, world.classmate):
        [act] = (await office.person(pupil))["acts"]
        assert (act["kind"], act["facts"]["group"], act["undoable"]) == ("cards_printed", "2A", False)


async def test_a_pupil_without_a_group_gets_a_card_too(office: Office, printed: list[str]) -> None:
    world = office.world
    world.change("delete from group_membership where placement_id = :p", p=world.placement)
    answer = await office.ask("POST", "cards", pupilIds=[str(world.pupil)])
    assert (answer.status_code, len(printed)) == (200, 1)


# --- by itself ----------------------------------------------------------------------------------------


async def test_who_left_is_signed_out_soon_after_midnight_and_a_pupil_comes_in_again(office: Office) -> None:
    world = office.world
    world.change("update staff_role set ends_on = '2026-11-24' where person_id = :t", t=world.teacher)
    world.change("update placement set ends_on = '2026-11-24' where id = :p", p=world.placement)
    devices = {who: world.client(getattr(world, who)) for who in ("teacher", "pupil", "dean", "guardian")}
    world.change("update session set created_at = :now", now=world.clock.now())

    async def inside() -> list[str]:
        return [who for who, device in devices.items() if (await device.get("/v1/me")).status_code == 200]

    await _hour(world, datetime(2026, 11, 24, 22, 5, tzinfo=UTC))
    assert await inside() == ["teacher", "pupil", "dean", "guardian"]
    await _hour(world, datetime(2026, 11, 24, 23, 5, tzinfo=UTC))
    assert await inside() == ["dean", "guardian"]
    world.at(TOMORROW)
    devices["pupil"] = world.client(world.pupil)
    world.change("update session set created_at = :now", now=world.clock.now())
    await _hour(world, datetime(2026, 11, 25, 12, 5, tzinfo=UTC))
    assert "pupil" in await inside()


async def _hour(world: World, moment: datetime) -> None:
    """What the worker does in this hour."""
    async with world.app.state.database.begin() as session:
        await enqueue(session, sign_out_leavers, timestamp=int(moment.timestamp()))
    await run_worker(world.settings, until_empty=True)
