"""Pages of a school's admin: everybody of the school, and nothing of what they made."""

import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from app.people.models import GroupMembership, Person, PersonAlias, Placement
from app.people.names import fold
from tests.world import World


async def page(world: World, path: str, person: UUID | None = None, **query: Any) -> Any:
    answer = await world.client(person or world.admin).get(f"/v1/schools/{world.kust}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def listed(world: World, **query: Any) -> list[str]:
    return [one["name"].removesuffix(" de Wit") for one in (await page(world, "people", **query))["items"]]


async def test_the_list_has_everybody_of_the_school_and_nobody_else(world: World) -> None:
    names = await listed(world)
    assert names == sorted(names)
    assert set(names) == {
        "Yara", "Omar", "Joost", "Fleur", "Wim", "Samira", "Ans", "Nadia", "Ellen", "Karim", "Lot",
    }  # fmt: skip


async def test_the_list_shows_by_kind_what_needs_doing(world: World) -> None:
    world.new_pupil("Lin", world.kust, world.group, ends_on=date(2026, 10, 1))
    world.new_pupil("Oud", world.kust, world.group, starts_on=date(2024, 8, 1), ends_on=date(2025, 7, 31))
    world.change("update group_membership set ends_on = '2026-11-23' where placement_id = :p", p=world.placement)
    world.change("delete from account where person_id in (:a, :b)", a=world.classmate, b=world.dean)
    world.change("update person set closed_at = now() where id = :w", w=world.former_teacher)
    kinds = ("pupil", "staff", "guardian", "no_group", "no_way_in", "closed", "ended")
    assert {kind: await listed(world, kind=kind) for kind in kinds} == {
        "pupil": ["Omar", "Yara"],
        "staff": ["Ans", "Fleur", "Joost", "Samira", "Wim"],
        "guardian": ["Ellen", "Karim", "Lot", "Nadia"],
        "no_group": ["Yara"],
        "no_way_in": ["Omar", "Samira"],
        "closed": ["Wim"],
        "ended": ["Lin"],
    }
    world.new_card(world.classmate)
    assert await listed(world, kind="no_way_in") == ["Samira"]


async def test_a_card_of_last_year_is_no_way_in(world: World) -> None:
    world.change("delete from account where person_id = :a", a=world.classmate)
    world.new_card(world.classmate, last_day=date(2026, 7, 31))
    assert await listed(world, kind="no_way_in") == ["Omar"]


async def test_a_name_is_found_by_its_parts_without_accents_and_page_by_page(world: World) -> None:
    world.change("update person set given_name = 'Zoë', search_name = 'zoe de wit' where id = :y", y=world.pupil)
    assert await listed(world, query="WIT zoë") == ["Zoë"]
    first = await page(world, "people", limit=7)
    second = await page(world, "people", limit=7, cursor=first["nextCursor"])
    names = [one["name"] for one in first["items"] + second["items"]]
    assert (first["total"], len(names), len(set(names)), second["nextCursor"]) == (11, 11, 11, None)


async def test_the_key_of_the_roster_tells_namesakes_apart(world: World) -> None:
    world.change("delete from account where username = 'yara'")
    twin, _ = world.new_pupil("Yara", world.kust, world.other_group)
    world.add(PersonAlias(id=uuid7(), person_id=twin, school_id=world.kust, kind="roster", value="30112"))
    rows = (await page(world, "people", query="yara"))["items"]
    assert {(row["group"]["name"], row["mark"]) for row in rows} == {("2B", "30112"), ("2A", str(world.pupil)[-4:])}


async def test_a_person_has_one_row_whatever_they_are_here(world: World) -> None:
    world.change("update guardianship set guardian_id = :t where guardian_id = :g", t=world.teacher, g=world.guardian)
    [row] = (await page(world, "people", query="joost"))["items"]
    assert (row["isStaff"], row["isGuardian"], row["roles"], row["endedOn"]) == (True, True, ["teacher"], None)


async def test_a_page_about_a_pupil_tells_nothing_of_what_the_pupil_made(world: World) -> None:
    world.new_entry("Bezoek aan de haven")
    world.new_draft("Nog niet af")
    answer = await world.client(world.admin).get(f"/v1/schools/{world.kust}/people/{world.pupil}")
    assert "haven" not in answer.text
    assert not {"entryCount", "sharedCount", "lastSharedOn"} & set(answer.json())


async def test_the_page_about_a_pupil_says_who_the_guardians_are_and_how_the_pupil_comes_in(world: World) -> None:
    world.new_card(world.pupil)
    yara = await page(world, f"people/{world.pupil}")
    assert yara["ways"] == {"username": "yara", "cardSince": "2026-11-24", "hasPin": False, "schoolAccount": False}
    assert [(g["name"], g["custody"], g["state"]) for g in yara["guardians"]] == [
        ("Karim de Wit", "no", "confirmed"),
        ("Lot de Wit", "yes", "claimed"),
        ("Nadia de Wit", "yes", "confirmed"),
    ]
    nadia = await page(world, f"people/{world.guardian}")
    assert ([child["name"] for child in nadia["children"]], nadia["administered"]) == (["Yara de Wit"], False)


async def test_a_guardian_with_a_child_elsewhere_shows_only_the_child_here(world: World) -> None:
    merge = "update guardianship set guardian_id = :g where guardian_id = :o"
    world.change(merge, g=world.guardian, o=world.other_guardian)
    world.change(
        "insert into guardianship (id, guardian_id, pupil_id, custody, state) values (:i, :g, :p, 'yes', 'confirmed')",
        i=uuid7(), g=world.guardian, p=world.other_pupil,
    )  # fmt: skip
    nadia = await page(world, f"people/{world.guardian}")
    assert [child["name"] for child in nadia["children"]] == ["Omar de Wit", "Yara de Wit"]


async def test_the_overview_counts_what_needs_doing(world: World) -> None:
    world.new_group(world.kust, "2D")
    overview = await page(world, "administration")
    counts = {key: value for key, value in overview.items() if type(value) is int}
    assert counts == {
        "schoolYear": 2026, "pupils": 2, "staff": 5, "guardians": 4, "groups": 3, "noGroup": 0, "noWayIn": 0,
        "groupsWithoutTeacher": 1, "guardiansToConfirm": 1, "closed": 0,
    }  # fmt: skip
    assert overview["virusScan"] is False, "no scanner is named in this test's settings"


async def test_groups_of_earlier_years_stay_to_be_looked_at(world: World) -> None:
    last = world.new_group(world.kust, "1A", school_year=2025)
    world.add(
        GroupMembership(
            id=uuid7(),
            placement_id=world.placement,
            group_id=last,
            starts_on=date(2025, 8, 1),
            ends_on=date(2026, 7, 31),
        )
    )
    groups = await page(world, "groups", schoolYear=2025)
    assert ([g["name"] for g in groups["items"]], groups["schoolYears"]) == (["1A"], [2027, 2026, 2025])
    assert (await page(world, "groups"))["schoolYear"] == 2026


# --- figures ------------------------------------------------------------------------------------------

SIZE = 2_000


def _fill(world: World) -> None:
    """A school of 2,000 pupils, in groups of 25."""
    people, placements, memberships = [], [], []
    for number in range(SIZE):
        person, placement = uuid7(), uuid7()
        name = f"Kind {number % 40:02} van der Groep {number:04}"
        people.append(
            {"id": person, "given_name": f"Kind {number % 40:02}", "family_name": f"van der Groep {number:04}",
             "search_name": fold(name), "birth_date": date(2012, 1, 1) + timedelta(days=number % 700)}
        )  # fmt: skip
        placements.append({"id": placement, "pupil_id": person, "school_id": world.kust, "starts_on": date(2026, 8, 1)})
        memberships.append(
            {"id": uuid7(), "placement_id": placement, "group_id": world.group, "starts_on": date(2026, 8, 1)}
        )
    with world.engine.begin() as connection:
        connection.execute(insert(Person), people)
        connection.execute(insert(Placement), placements)
        connection.execute(insert(GroupMembership), memberships)
    world.change("analyze")


async def test_the_list_of_a_school_of_two_thousand_is_one_statement_within_thirty_milliseconds(world: World) -> None:
    _fill(world)
    client = world.client(world.admin)
    path = f"/v1/schools/{world.kust}/people"
    best: dict[str, float] = {}
    for query in ({}, {"kind": "pupil"}, {"kind": "no_way_in"}, {"query": "groep 1999"}):
        for _ in range(100):  # what else the machine does is not the list's
            started = time.perf_counter()
            answer = await client.get(path, params=query)
            taken = time.perf_counter() - started
            assert answer.status_code == 200
            best[str(query)] = min(taken, best.get(str(query), taken))
            if best[str(query)] < 0.02:
                break
    print({query: f"{taken * 1000:.1f} ms" for query, taken in best.items()})
    assert (await client.get(path, params={"kind": "pupil"})).json()["total"] == SIZE + 2
    assert max(best.values()) < 0.03
