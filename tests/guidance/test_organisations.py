"""The directory of organisations: shared by the schools of the city, in numbers where it is about pupils."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import Connection, create_engine

from tests.guidance.test_activities import plan, put
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World


def told(**fields: Any) -> dict[str, Any]:
    content = {"name": "Rederij Noorderkop", "place": "Scheveningen", "website": "https://noorderkop.example"}
    return (
        content | {"workFields": ["transport"], "forms": ["company_visit"], "note": "Meld je bij de slagboom."} | fields
    )


async def keep(
    client: httpx.AsyncClient, organisation: UUID, content: dict[str, Any], version: int | None = None
) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.put(f"/v1/organisations/{organisation}", json=content, headers=headers)


async def names(client: httpx.AsyncClient, query: str = "") -> list[str]:
    answer = await client.get(f"/v1/organisations{query}")
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


async def read(client: httpx.AsyncClient, organisation: UUID) -> dict[str, Any]:
    answer = await client.get(f"/v1/organisations/{organisation}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@contextmanager
def as_the_app(world: World) -> Iterator[Connection]:
    """A transaction of the role that the app has, which row-level security holds for."""
    engine = create_engine(world.settings.database_url or "")
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def visited(world: World, organisation: UUID, **fields: Any) -> UUID:
    return world.new_activity(world.group, organisation_id=organisation, form="company_visit", **fields)


def stories(world: World, activity: UUID, count: int, **fields: Any) -> None:
    for _ in range(count):
        world.new_entry(details={"kind": "experience", "activityId": str(activity)}, **fields)


async def test_what_one_school_adds_all_schools_read(world: World) -> None:
    organisation = new_id(world)
    assert (await keep(world.client(world.teacher), organisation, told())).status_code == 201
    assert (await keep(world.client(world.teacher), organisation, told())).status_code == 200, "sent twice"
    for who in (world.teacher, world.far_dean, world.coordinator):
        page = await read(world.client(who), organisation)
        assert (page["name"], page["version"], page["archived"]) == ("Rederij Noorderkop", 1, False)
    changed = await keep(world.client(world.far_dean), organisation, told(note="Bel eerst."), 1)
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert problem(await keep(world.client(world.teacher), organisation, told(note="Mail eerst."), 1))[0] == 412


async def test_it_is_found_by_parts_of_name_and_place_and_by_kind_of_work(world: World) -> None:
    world.new_organisation("Café De Zeemeeuw", "Scheveningen", work_fields=["horeca"])
    world.new_organisation("Machinebouw Krul", "Den Haag", work_fields=["techniek", "ict"])
    client = world.client(world.teacher)
    assert await names(client) == ["Café De Zeemeeuw", "Machinebouw Krul"]
    assert await names(client, "?query=CAFE zee") == ["Café De Zeemeeuw"]
    assert await names(client, "?query=den haag") == ["Machinebouw Krul"]
    assert await names(client, "?query=eemeeuw") == [], "words are found by how they begin"
    assert await names(client, "?field=ict") == ["Machinebouw Krul"]
    assert await names(client, "?query=%28%5B*%2B%5C") == []


async def test_a_long_directory_comes_in_pages(world: World) -> None:
    for number in range(5):
        world.new_organisation(f"Bakker {number}")
    client, seen, cursor = world.client(world.dean), [], ""
    while True:
        page = (await client.get(f"/v1/organisations?limit=2{cursor}")).json()
        seen += [item["name"] for item in page["items"]]
        if not page["nextCursor"]:
            break
        cursor = f"&cursor={page['nextCursor']}"
    assert seen == [f"Bakker {number}" for number in range(5)]


async def test_there_are_no_two_of_one_name_in_one_place_and_one_is_told_which_is_there(world: World) -> None:
    there = world.new_organisation("Café De Zeemeeuw", "Scheveningen")
    teacher, other = world.client(world.teacher), new_id(world)
    answer = await keep(teacher, other, told(name="  cafe DE  zeemeeuw ", place="SCHEVENINGEN"))
    assert problem(answer) == (409, "organisation-exists")
    assert answer.json()["existing"] == str(there)
    assert "Café De Zeemeeuw, Scheveningen" in answer.json()["detail"]
    assert (await keep(teacher, other, told(name="Café De Zeemeeuw", place="Delft"))).status_code == 201
    answer = await keep(teacher, other, told(name="Café De Zeemeeuw", place="Scheveningen"), 1)
    assert (problem(answer), answer.json()["existing"]) == ((409, "organisation-exists"), str(there))


async def test_who_takes_no_part_any_more_is_put_aside_and_can_come_back(world: World) -> None:
    organisation, client = world.new_organisation(), world.client(world.teacher)
    path = f"/v1/organisations/{organisation}"
    assert problem(await client.post(f"{path}/archive"))[0] == 428
    for _ in ("puts aside", "again"):
        answer = await client.post(f"{path}/archive", headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["archived"], answer.json()["version"]) == (200, True, 2)
    assert await names(client) == []
    assert await names(client, "?archived=true") == ["Rederij Noorderkop"]
    assert problem(await keep(client, new_id(world), told()))[0] == 409, "it is still there under its name"
    back = await client.post(f"{path}/restore", headers={"If-Match": '"2"'})
    assert (back.json()["archived"], back.json()["version"]) == (False, 3)


async def test_what_it_offered_is_counted_for_all_schools_and_linked_for_the_own(world: World) -> None:
    organisation = world.new_organisation()
    own = visited(world, organisation)
    visited(world, organisation, happens_on=date(2026, 9, 8))
    visited(world, organisation, state="draft", title="Nog een plan")
    far = {"school_id": world.duin, "planned_by": world.far_dean, "organisation_id": organisation}
    world.new_activity(world.far_group, **far, form="guest_lesson", title="Geheim van een ander")
    stories(world, own, 2)
    page = await read(world.client(world.teacher), organisation)
    offered = {(each["school"]["name"], each["form"], each["schoolYear"]): each["times"] for each in page["offered"]}
    assert offered == {("Kustlijn", "company_visit", 2026): 2, ("Duinrand", "guest_lesson", 2026): 1}
    assert {each["title"] for each in page["own"]} == {"Bezoek aan de haven", "Nog een plan"}
    assert sorted(each["shared"] for each in page["own"]) == [0, 0, 2]
    assert (await read(world.client(world.coordinator), organisation))["own"] == []


@pytest.mark.parametrize(("shared", "shown"), [(9, None), (10, 10)])
async def test_stories_are_counted_for_the_whole_city_from_ten_pupils_on(
    shared: int, shown: int | None, world: World
) -> None:
    organisation = world.new_organisation()
    activity = visited(world, organisation)
    for number in range(shared):
        stories(world, activity, 1, pupil_id=world.add_person(f"Kind {number}"))
    hidden = {"details": {"kind": "experience", "activityId": str(visited(world, organisation))}}
    world.new_entry(**hidden, state="draft", ring=0, placement_id=None, shared_at=None)
    world.new_entry(**hidden, state="trashed")
    for who in (world.teacher, world.far_dean, world.coordinator):
        assert (await read(world.client(who), organisation))["stories"] == shown


async def test_an_activity_is_tied_to_one_that_is_in_the_directory(world: World) -> None:
    organisation, teacher, activity = world.new_organisation(), world.client(world.teacher), new_id(world)
    made = await put(teacher, activity, plan(world, organisation="Rederij", organisationId=str(organisation)))
    assert made.status_code == 201
    assert (await teacher.get(f"/v1/activities/{activity}")).json()["organisationId"] == str(organisation)
    unknown = await put(teacher, activity, plan(world, organisationId=str(new_id(world))), 1)
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/organisationId")
    free = await put(teacher, activity, plan(world, organisation="De bakker op de hoek"), 1)
    assert free.status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \u200b "),
        ("name", "a" * 201),
        ("website", "http://haven.example"),
        ("website", "javascript:alert(1)"),
        ("website", "https://haven.example@elders.example"),
        ("website", "https://localhost"),
        ("website", "https://haven.example/een kade"),
        ("note", "a" * 501),
        ("note", "\x00"),
        ("workFields", ["toveren"]),
        ("forms", ["company_visit"] * 20),
        ("pupils", 3),
    ],
)
async def test_what_cannot_be_is_refused_by_field(field: str, value: Any, world: World) -> None:
    answer = await keep(world.client(world.teacher), new_id(world), told(**{field: value}))
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{field}")


async def test_names_in_any_script_are_kept(world: World) -> None:
    for name in ("مخبز السلام", "Bäckerei 🥐 Łukasz", "חנות"):
        organisation = new_id(world)
        assert (await keep(world.client(world.teacher), organisation, told(name=name))).status_code == 201
        assert (await read(world.client(world.dean), organisation))["name"] == name


async def test_row_level_security_keeps_the_directory_from_pupils(world: World) -> None:
    """Without the first wall: the app's role, in the name of a pupil."""
    world.new_organisation()
    for viewer, seen in ((world.teacher, 1), (world.pupil, 0), (world.guardian, 0), (world.admin, 0)):
        with as_the_app(world) as connection:
            connection.exec_driver_sql(
                "select set_config('app.viewer', %s, true), set_config('app.today', '2026-11-24', true)", (str(viewer),)
            )
            assert connection.exec_driver_sql("select count(*) from organisation").scalar() == seen
            told_of = connection.exec_driver_sql("select count(*) from organisation_offers(uuidv7())").scalar()
            assert told_of == 0
