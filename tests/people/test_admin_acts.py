"""What a school's admin does: each act, its rules by dates, and that it is written down."""

from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.world import World

TODAY, YESTERDAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 25)
YEAR_END = date(2027, 7, 31)


class Office:
    """The admin of Kustlijn at work, or somebody else who tries."""

    def __init__(self, world: World, person: UUID | None = None) -> None:
        self.world, self.client = world, world.client(person or world.admin)

    async def ask(self, method: str, path: str, **body: Any) -> httpx.Response:
        given = {key: str(value) if isinstance(value, date | UUID) else value for key, value in body.items()}
        return await self.client.request(
            method, f"/v1/schools/{self.world.kust}/{path}", json=given if method != "GET" else None
        )

    async def does(self, method: str, path: str, **body: Any) -> dict[str, Any]:
        answer = await self.ask(method, path, **body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else {}

    async def person(self, person: UUID) -> dict[str, Any]:
        return await self.does("GET", f"people/{person}")

    async def undo(self, done: dict[str, Any]) -> tuple[int, str]:
        return outcome(await self.ask("POST", f"acts/{done['actId']}/undo"))


def outcome(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, "" if answer.is_success else answer.json()["type"].removeprefix("/problems/")


def wrong_field(answer: httpx.Response) -> tuple[int, str, str]:
    error = answer.json()["errors"][0]
    return answer.status_code, error["pointer"], error["code"]


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


NEW_PUPIL = {"givenName": "Mila", "familyName": "van der Zee", "birthDate": date(2013, 5, 9)}


# --- a pupil ------------------------------------------------------------------------------------------


async def test_a_pupil_added_by_hand_is_in_the_group_and_seen_by_its_teacher_at_once(office: Office) -> None:
    world = office.world
    done = await office.does("POST", "pupils", **NEW_PUPIL, groupId=world.group, startsOn=TODAY)
    mila = await office.person(done["id"])
    assert (mila["name"], mila["birthDate"], mila["isPupil"]) == ("Mila van der Zee", "2013-05-09", True)
    [membership] = mila["placements"][0]["memberships"]
    assert (membership["group"]["name"], membership["startsOn"], membership["endsOn"]) == (
        "2A", "2026-11-24", "2027-07-31",
    )  # fmt: skip
    teacher = await world.client(world.teacher).get(f"/v1/groups/{world.group}")
    assert "Mila van der Zee" in [pupil["name"] for pupil in teacher.json()["pupils"]]
    [act] = mila["acts"]
    assert (act["kind"], act["by"], act["undoable"]) == ("pupil_added", "Ans de Wit", False)
    assert act["facts"] == {"group": "2A", "level": "vmbo", "startsOn": "2026-11-24"}


async def test_a_namesake_with_the_same_birth_date_is_asked_about_and_then_told_apart(office: Office) -> None:
    world = office.world
    twice = {**NEW_PUPIL, "groupId": world.group, "startsOn": TODAY}
    first = await office.does("POST", "pupils", **twice)
    assert outcome(await office.ask("POST", "pupils", **(twice | {"givenName": "MÍLA"}))) == (409, "namesake")
    second = await office.does("POST", "pupils", **twice, another=True)
    page = await office.does("GET", "people?query=mila")
    assert {one["mark"] for one in page["items"]} == {first["id"][-4:], second["id"][-4:]}
    assert (await office.person(world.pupil))["mark"] is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"birthDate": date(2024, 1, 1)}, (422, "/birthDate", "out_of_range")),
        ({"birthDate": date(1930, 1, 1)}, (422, "/birthDate", "out_of_range")),
        ({"startsOn": date(2031, 1, 1)}, (422, "/startsOn", "out_of_range")),
        ({"startsOn": date(2027, 8, 1)}, (422, "/startsOn", "out_of_range")),
        ({"givenName": "\u202eMila"}, (422, "/givenName", "invalid_characters")),
        ({"familyName": " "}, (422, "/familyName", "too_short")),
    ],
)
async def test_what_a_pupil_cannot_be_is_pointed_at(
    fields: dict[str, Any], wrong: tuple[int, str, str], office: Office
) -> None:
    asked = {**NEW_PUPIL, "groupId": office.world.group, "startsOn": TODAY} | fields
    assert wrong_field(await office.ask("POST", "pupils", **asked)) == wrong
    assert office.world.scalar("select count(*) from admin_act") == 0


async def test_a_group_of_another_school_cannot_be_chosen(office: Office) -> None:
    asked = {**NEW_PUPIL, "groupId": office.world.far_group, "startsOn": TODAY}
    assert wrong_field(await office.ask("POST", "pupils", **asked)) == (422, "/groupId", "invalid")


async def test_a_corrected_name_is_found_without_accents_and_can_be_put_back(office: Office) -> None:
    world = office.world
    done = await office.does("PATCH", f"people/{world.pupil}", familyName="Bensaïd")
    assert [one["name"] for one in (await office.does("GET", "people?query=bensaid"))["items"]] == ["Yara Bensaïd"]
    yara = await office.person(world.pupil)
    assert yara["acts"][0]["facts"]["before"]["familyName"] == "de Wit"
    assert yara["acts"][0]["facts"]["after"]["familyName"] == "Bensaïd"
    assert await office.undo(done) == (204, "")
    yara = await office.person(world.pupil)
    assert (yara["name"], [act["kind"] for act in yara["acts"]]) == ("Yara de Wit", ["undone", "corrected"])
    assert await office.undo(done) == (409, "wrong-state")


async def test_a_corrected_birth_date_moves_the_age_rules_at_once(office: Office) -> None:
    world = office.world
    await office.does("PATCH", f"people/{world.pupil}", birthDate=date(2009, 3, 2))
    assert (await world.client(world.pupil).get("/v1/me")).json()["pupil"]["ageRule"] == "from16"


async def test_a_move_ends_the_group_the_day_before_and_the_teachers_follow(office: Office) -> None:
    world = office.world
    done = await office.does(
        "POST", f"placements/{world.placement}/moves", groupId=world.other_group, startsOn=TOMORROW
    )
    sees = f"/v1/pupils/{world.pupil}/portfolio"
    statuses = []
    for day in (TODAY, TOMORROW):
        world.at(day)
        statuses += [(await world.client(who).get(sees)).status_code for who in (world.teacher, world.other_teacher)]
    assert statuses == [200, 404, 404, 200]
    world.at(TODAY)
    act = (await office.person(world.pupil))["acts"][0]
    assert act["facts"] == {"group": "2B", "level": "vmbo", "fromGroup": "2A", "startsOn": "2026-11-25"}
    assert await office.undo(done) == (204, "")
    [membership] = (await office.person(world.pupil))["placements"][0]["memberships"]
    assert (membership["group"]["name"], membership["endsOn"]) == ("2A", None)


async def test_a_move_on_the_first_day_takes_the_place_of_the_group(office: Office) -> None:
    world = office.world
    await office.does("POST", f"placements/{world.placement}/moves", groupId=world.other_group, startsOn=TODAY)
    again = await office.does("POST", f"placements/{world.placement}/moves", groupId=world.group, startsOn=TODAY)
    memberships = (await office.person(world.pupil))["placements"][0]["memberships"]
    assert [(m["group"]["name"], m["startsOn"], m["endsOn"]) for m in memberships] == [
        ("2A", "2026-11-24", "2027-07-31"),
        ("2A", "2026-08-01", "2026-11-23"),
    ]
    assert await office.undo(again) == (204, "")
    memberships = (await office.person(world.pupil))["placements"][0]["memberships"]
    assert [m["group"]["name"] for m in memberships] == ["2B", "2A"]


async def test_the_end_of_a_placement_closes_the_school_on_the_day_after(office: Office) -> None:
    world = office.world
    await office.does("PATCH", f"placements/{world.placement}", endsOn=TODAY)
    new = world.new_entry(changed_on=TOMORROW, happened_on=TODAY, ring=1)
    opens = f"/v1/entries/{new}"
    assert (await world.client(world.teacher).get(opens)).status_code == 200
    world.at(TOMORROW)
    assert (await world.client(world.teacher).get(opens)).status_code == 404
    assert (await office.person(world.pupil))["endedOn"] == "2026-11-24"
    assert outcome(await office.ask("PATCH", f"placements/{world.placement}", endsOn=YEAR_END)) == (409, "wrong-state")


async def test_an_end_can_be_taken_back_on_the_same_day_only(office: Office) -> None:
    world = office.world
    done = await office.does("PATCH", f"placements/{world.placement}", endsOn=YEAR_END)
    assert await office.undo(done) == (204, "")
    assert (await office.person(world.pupil))["placements"][0]["endsOn"] is None
    done = await office.does("PATCH", f"placements/{world.placement}", endsOn=YEAR_END)
    world.at(TOMORROW)
    assert (await office.person(world.pupil))["acts"][0]["undoable"] is False
    assert await office.undo(done) == (409, "undo-too-late")


async def test_what_a_colleague_changed_since_is_not_undone(office: Office) -> None:
    world = office.world
    done = await office.does("PATCH", f"placements/{world.placement}", endsOn=YEAR_END)
    await office.does("PATCH", f"placements/{world.placement}", endsOn=TOMORROW)
    assert await office.undo(done) == (409, "changed-since")


async def test_who_left_comes_back_and_two_places_never_run_at_once(office: Office) -> None:
    world = office.world
    path, body = f"people/{world.pupil}/placements", {"groupId": world.group, "startsOn": TOMORROW}
    assert outcome(await office.ask("POST", path, **body)) == (409, "overlap")
    await office.does("PATCH", f"placements/{world.placement}", endsOn=TODAY)
    await office.does("POST", path, **body)
    assert [p["startsOn"] for p in (await office.person(world.pupil))["placements"]] == ["2026-11-25", "2026-08-01"]


# --- staff --------------------------------------------------------------------------------------------


async def test_a_new_colleague_has_the_role_and_no_way_in_yet(office: Office) -> None:
    done = await office.does("POST", "staff", givenName="Noor", familyName="Bakker", role="teacher", startsOn=TOMORROW)
    noor = await office.person(done["id"])
    assert [(role["role"], role["startsOn"], role["endsOn"]) for role in noor["roles"]] == [
        ("teacher", "2026-11-25", None)
    ]
    assert noor["ways"] == {"username": None, "cardSince": None, "hasPin": False, "schoolAccount": False}
    assert [one["name"] for one in (await office.does("GET", "people?kind=no_way_in"))["items"]] == ["Noor Bakker"]


async def test_a_role_runs_from_its_first_to_its_last_day(office: Office) -> None:
    world = office.world
    done = await office.does("POST", f"people/{world.teacher}/roles", role="dean", startsOn=TOMORROW)
    school = f"/v1/schools/{world.kust}"
    days = [TODAY, TOMORROW, date(2026, 12, 1), date(2026, 12, 2)]
    await office.does("PATCH", f"roles/{done['id']}", endsOn=date(2026, 12, 1))
    statuses = []
    for day in days:
        world.at(day)
        statuses.append((await world.client(world.teacher).get(school)).status_code)
    assert statuses == [404, 200, 200, 404]


async def test_with_the_role_of_teacher_the_groups_end_too(office: Office) -> None:
    world = office.world
    role = (await office.person(world.teacher))["roles"][0]
    await office.does("PATCH", f"roles/{role['id']}", endsOn=TODAY)
    world.at(TOMORROW)
    role = (await office.person(world.teacher))["roles"][0]
    assert [a["endsOn"] for a in role["assignments"]] == ["2026-11-24"]
    group = await office.does("GET", f"groups/{world.group}")
    assert group["teachers"] == []


async def test_a_substitute_sees_the_class_between_two_days(office: Office) -> None:
    world = office.world
    await office.does(
        "POST", f"groups/{world.group}/assignments", personId=world.other_teacher, startsOn=TOMORROW,
        endsOn=date(2026, 12, 11),
    )  # fmt: skip
    statuses = []
    for day in (TODAY, TOMORROW, date(2026, 12, 11), date(2026, 12, 12)):
        world.at(day)
        statuses.append((await world.client(world.other_teacher).get(f"/v1/groups/{world.group}")).status_code)
    assert statuses == [404, 200, 200, 404]


async def test_a_mentor_is_one_until_the_end_of_the_school_year(office: Office) -> None:
    world = office.world
    path = f"groups/{world.group}/assignments"
    done = await office.does("POST", path, personId=world.other_teacher, isMentor=True, startsOn=TODAY)
    teachers = (await office.does("GET", f"groups/{world.group}"))["teachers"]
    assert ("Fleur de Wit", True, "2027-07-31") in [(t["name"], t["isMentor"], t["endsOn"]) for t in teachers]
    again = await office.ask("POST", path, personId=world.other_teacher, startsOn=TOMORROW)
    assert outcome(again) == (409, "overlap")
    await office.does("PATCH", f"assignments/{done['id']}", endsOn=TODAY)
    world.at(TOMORROW)
    assert [t["name"] for t in (await office.does("GET", f"groups/{world.group}"))["teachers"]] == ["Joost de Wit"]


async def test_only_a_teacher_gets_a_group(office: Office) -> None:
    world = office.world
    path = f"groups/{world.group}/assignments"
    for person in (world.dean, world.far_teacher, world.guardian):
        assert outcome(await office.ask("POST", path, personId=person, startsOn=TODAY)) == (409, "no-teacher")


async def test_an_admin_gives_no_role_and_no_group_to_oneself(office: Office) -> None:
    world = office.world
    for role in ("teacher", "dean"):
        answer = await office.ask("POST", f"people/{world.admin}/roles", role=role, startsOn=TODAY)
        assert outcome(answer) == (403, "not-allowed")
    answer = await office.ask("POST", f"groups/{world.group}/assignments", personId=world.admin, startsOn=TODAY)
    assert outcome(answer) == (403, "not-allowed")


async def test_nobody_becomes_coordinator_at_a_school(office: Office) -> None:
    answer = await office.ask("POST", f"people/{office.world.teacher}/roles", role="coordinator", startsOn=TODAY)
    assert answer.status_code == 422


async def test_a_pupil_gets_no_role_and_a_parent_can(office: Office) -> None:
    world = office.world
    asked = {"role": "teacher", "startsOn": TODAY}
    assert outcome(await office.ask("POST", f"people/{world.pupil}/roles", **asked)) == (409, "is-pupil")
    assert outcome(await office.ask("POST", f"people/{world.guardian}/roles", **asked)) == (201, "")
    assert outcome(await office.ask("POST", f"people/{world.far_teacher}/roles", **asked)) == (404, "not-found")


async def test_the_same_role_runs_once(office: Office) -> None:
    asked = {"role": "teacher", "startsOn": TODAY}
    assert outcome(await office.ask("POST", f"people/{office.world.teacher}/roles", **asked)) == (409, "overlap")


async def test_what_is_yet_to_begin_can_be_called_off_and_what_began_cannot(office: Office) -> None:
    world = office.world
    path = f"groups/{world.group}/assignments"
    coming = await office.does("POST", path, personId=world.other_teacher, startsOn=TOMORROW)
    role = await office.does("POST", f"people/{world.dean}/roles", role="teacher", startsOn=TOMORROW)
    await office.does("POST", path, personId=world.dean, startsOn=TOMORROW)
    called_off = await office.does("DELETE", f"assignments/{coming['id']}")
    await office.does("DELETE", f"roles/{role['id']}")
    teachers = (await office.does("GET", f"groups/{world.group}"))["teachers"]
    assert [teacher["name"] for teacher in teachers] == ["Joost de Wit"]
    assert [one["role"] for one in (await office.person(world.dean))["roles"]] == ["dean"]
    assert await office.undo(called_off) == (204, "")
    world.at(TOMORROW)
    assert outcome(await office.ask("DELETE", f"assignments/{coming['id']}")) == (409, "wrong-state")


async def test_the_last_admin_stays(office: Office) -> None:
    world = office.world
    own = (await office.person(world.admin))["roles"][0]["id"]
    assert outcome(await office.ask("PATCH", f"roles/{own}", endsOn=TOMORROW)) == (409, "last-admin")
    given = await office.does("POST", f"people/{world.dean}/roles", role="admin", startsOn=TODAY)
    ended = await office.does("PATCH", f"roles/{own}", endsOn=TOMORROW)
    assert await office.undo(given) == (409, "last-admin")
    assert await office.undo(ended) == (403, "not-allowed")
    assert await Office(world, world.dean).undo(ended) == (204, "")


async def test_an_end_before_the_start_and_a_slip_of_the_keys_are_pointed_at(office: Office) -> None:
    path = f"placements/{office.world.placement}"
    assert wrong_field(await office.ask("PATCH", path, endsOn=date(2026, 7, 1))) == (
        422, "/endsOn", "end_before_start",
    )  # fmt: skip
    assert wrong_field(await office.ask("PATCH", path, endsOn=date(2062, 7, 1))) == (422, "/endsOn", "out_of_range")


# --- sessions and closing ------------------------------------------------------------------------------


async def test_a_closed_account_is_out_at_once_and_comes_in_by_no_way(office: Office) -> None:
    world = office.world
    inside = world.client(world.teacher)
    await office.does("PUT", f"people/{world.teacher}/closure")
    assert (await inside.get("/v1/me")).status_code == 401
    password = {"username": "joost", "password": "een lang wachtwoord"}
    answer = await world.client(None).post("/v1/sessions", json=password)
    assert outcome(answer) == (403, "account-closed")
    await office.does("DELETE", f"people/{world.teacher}/closure")
    assert (await world.client(None).post("/v1/sessions", json=password)).status_code == 201


async def test_a_closed_pupil_does_not_come_in_with_a_card(office: Office) -> None:
    world = office.world
    card = {"secret": world.new_card(world.pupil), "pin": "4071", "choosePin": True}
    await office.does("PUT", f"people/{world.pupil}/closure")
    assert outcome(await world.client(None).post("/v1/sessions/by-card", json=card)) == (403, "account-closed")
    assert world.scalar("select count(*) from pupil_pin") == 0


async def test_one_closes_neither_oneself_nor_who_also_belongs_elsewhere(office: Office) -> None:
    world = office.world
    assert outcome(await office.ask("PUT", f"people/{world.admin}/closure")) == (403, "not-allowed")
    world.place(world.pupil, world.duin, world.far_group)
    assert outcome(await office.ask("PUT", f"people/{world.pupil}/closure")) == (409, "elsewhere-too")
    assert outcome(await office.ask("PUT", f"people/{world.guardian}/closure")) == (404, "not-found")
    assert outcome(await office.ask("DELETE", f"people/{world.pupil}/closure")) == (409, "wrong-state")


async def test_ended_sessions_are_out_and_counted(office: Office) -> None:
    world = office.world
    phone, tablet = world.client(world.guardian), world.client(world.guardian)
    assert len((await office.person(world.guardian))["sessions"]) == 2
    await office.does("DELETE", f"people/{world.guardian}/sessions")
    assert [(await device.get("/v1/me")).status_code for device in (phone, tablet)] == [401, 401]
    act = (await office.person(world.guardian))["acts"][0]
    assert (act["kind"], act["facts"]) == ("sessions_ended", {"count": 2})


async def test_who_is_put_out_of_the_last_role_at_once_is_signed_out(office: Office) -> None:
    world = office.world
    inside, role = world.client(world.teacher), (await office.person(world.teacher))["roles"][0]["id"]
    await office.does("PATCH", f"roles/{role}", endsOn=YESTERDAY)
    assert (await inside.get("/v1/me")).status_code == 401


# --- groups -------------------------------------------------------------------------------------------


async def test_a_group_is_made_for_the_next_year_and_filled_before_it_starts(office: Office) -> None:
    world = office.world
    made = await office.does("POST", "groups", name="3A", level="vmbo", studyYear=3, schoolYear=2027)
    await office.does("POST", f"placements/{world.placement}/moves", groupId=made["id"], startsOn=date(2027, 8, 1))
    groups = await office.does("GET", "groups?schoolYear=2027")
    assert [(group["name"], group["pupilCount"]) for group in groups["items"]] == [("3A", 1)]
    assert [group["name"] for group in (await office.does("GET", "groups"))["items"]] == ["2A", "2B"]


async def test_a_name_is_given_once_a_year(office: Office) -> None:
    world = office.world
    asked = {"name": "2A", "level": "vmbo", "studyYear": 2, "schoolYear": 2026}
    assert outcome(await office.ask("POST", "groups", **asked)) == (409, "name-taken")
    assert outcome(await office.ask("POST", "groups", **asked | {"schoolYear": 2025})) == (422, "validation")
    assert outcome(await office.ask("POST", "groups", **asked | {"level": "po"})) == (422, "validation")
    assert outcome(await office.ask("PATCH", f"groups/{world.group}", name="2B")) == (409, "name-taken")
    done = await office.does("PATCH", f"groups/{world.group}", name="2K")
    assert (await office.does("GET", f"groups/{world.group}"))["name"] == "2K"
    assert await office.undo(done) == (204, "")
    assert (await office.does("GET", f"groups/{world.group}"))["name"] == "2A"
