"""Choosing takes time: a list, reasons, how sure through the months, a choice, another one, and looking back."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World

REALLY = "0192a000-0000-7000-8000-000000000000"


class Pupil:
    """The pupil's own page of choices, on one device."""

    def __init__(self, world: World, who: UUID | None = None) -> None:
        self.world, self.client = world, world.client(who or world.pupil)
        self.id = new_id(world)

    async def begin(self, kind: str = "direction") -> httpx.Response:
        return await self.client.put(f"/v1/me/choices/{self.id}", json={"kind": kind})

    async def put(self, path: str, body: dict[str, Any], version: int | None = None) -> httpx.Response:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return await self.client.put(f"/v1/me/choices/{self.id}/{path}", json=body, headers=headers)

    async def option(self, **fields: Any) -> str:
        option = new_id(self.world)
        answer = await self.put(f"options/{option}", fields)
        assert answer.status_code == 201, answer.text
        return str(option)

    async def sure(self, sure: int, words: str = "") -> httpx.Response:
        return await self.put(f"sureness/{new_id(self.world)}", {"sure": sure, "words": words})

    async def pick(self, version: int | None, plan_a: str | None, plan_b: str | None = None) -> httpx.Response:
        return await self.put(f"picks/{new_id(self.world)}", {"planA": plan_a, "planB": plan_b}, version)

    async def page(self) -> dict[str, Any]:
        answer = await self.client.get("/v1/me/choices")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def choice(self) -> dict[str, Any]:
        return dict((await self.page())["choices"][0])


@pytest.mark.parametrize(
    ("level", "year", "kind", "first"),
    [
        ("vmbo", 2, "direction", "bwi"),
        ("havo", 3, "direction", "cm"),
        ("vwo", 3, "direction", "cm"),
        ("vmbo", 4, "study", None),
        ("havo", 5, "study", None),
        ("vwo", 6, "study", None),
        ("mbo", 1, "study", None),
        ("po", 8, "transfer", "to_pro"),
        ("po", 7, None, None),
        ("vmbo", 3, None, None),
        ("havo", 4, None, None),
    ],
)
async def test_the_class_says_which_moment_fits(
    level: str, year: int, kind: str | None, first: str | None, world: World
) -> None:
    world.change("update school_group set level = :l, study_year = :y where id = :g", l=level, y=year, g=world.group)
    pupil = Pupil(world)
    offered = (await pupil.page())["offered"]
    assert [one["kind"] for one in offered] == ([kind] if kind else [])
    assert [one["suggestions"][:1] for one in offered] == ([[first] if first else []] if kind else [])
    for every in ("direction", "study", "transfer"):
        pupil.id = new_id(world)
        assert (await pupil.begin(every)).status_code == (201 if every == kind else 404)


async def test_a_pupil_without_a_class_and_who_is_no_pupil_begin_nothing(world: World) -> None:
    world.change("update group_membership set ends_on = '2026-10-01' where placement_id = :p", p=world.placement)
    for who in (world.pupil, world.teacher, world.guardian):
        one = Pupil(world, who)
        assert (await one.page())["offered"] == []
        assert (await one.begin()).status_code == 404


async def test_one_moment_a_year_also_from_two_tabs(world: World) -> None:
    tabs = [Pupil(world) for _ in range(4)]
    answers = await asyncio.gather(*(tab.begin() for tab in tabs))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {problem(one)[1] for one in answers if one.status_code == 409} == {"choice-begun"}
    winner = next(tab for tab, answer in zip(tabs, answers, strict=True) if answer.status_code == 201)
    assert (await winner.begin()).status_code == 200, "an answer that got lost does no harm"
    page = await winner.page()
    assert [one["choiceId"] for one in page["offered"]] == [str(winner.id)] == [one["id"] for one in page["choices"]]
    world.change("update school_group set study_year = 4 where id = :g", g=world.group)
    assert problem(await winner.begin("study"))[1] == "already-exists-different"


async def test_a_list_with_plus_and_minus_and_what_was_seen_of_it(world: World) -> None:
    entry, pupil = world.new_entry("Bij de bakker"), Pupil(world)
    await pupil.begin()
    await pupil.option(code="hbr", plus="Koken", minus="Vroeg op", seen="Een keuken", entryIds=[str(entry)])
    own = await pupil.option(name="Kapper 💇‍♀️ تصفيف")
    changed = await pupil.put(f"options/{own}", {"name": "Kapster"}, 1)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    kapper, hbr = sorted((await pupil.choice())["options"], key=lambda option: option["code"] or "")
    assert (hbr["code"], hbr["plus"], hbr["minus"], hbr["seen"]) == ("hbr", "Koken", "Vroeg op", "Een keuken")
    assert hbr["entries"] == [{"id": str(entry), "title": "Bij de bakker", "kind": "experience"}]
    assert (kapper["name"], kapper["code"], kapper["entries"]) == ("Kapster", None, [])
    world.change("update entry set state = 'trashed' where id = :id", id=entry)
    assert (await pupil.choice())["options"][0]["entries"] == []


async def test_off_the_list_with_a_why_and_back(world: World) -> None:
    pupil = Pupil(world)
    await pupil.begin()
    option = await pupil.option(code="groen")
    for _ in ("goes", "again"):
        gone = await pupil.put(f"options/{option}/place", {"onList": False, "why": "Te koud"}, 1)
        assert (gone.status_code, gone.json()["version"]) == (200, 2)
    found = (await pupil.choice())["options"][0]
    assert (found["offWhy"], found["offAt"] is None) == ("Te koud", False)
    assert problem(await pupil.put(f"options/{option}/place", {"onList": True}, 1)) == (412, "version-conflict")
    assert problem(await pupil.put(f"options/{option}/place", {"onList": True})) == (428, "precondition-needed")
    assert (await pupil.put(f"options/{option}/place", {"onList": True}, 2)).status_code == 200
    found = (await pupil.choice())["options"][0]
    assert (found["offWhy"], found["offAt"]) == ("", None)


async def test_twelve_on_a_list_at_most_also_from_two_tabs(world: World) -> None:
    moment, _ = world.new_choice(world.pupil, world.placement, *(f"Opleiding {number}" for number in range(11)))
    pupil = Pupil(world)
    pupil.id = moment
    answers = await asyncio.gather(*(pupil.put(f"options/{new_id(world)}", {"name": str(n)}) for n in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {problem(one)[1] for one in answers if one.status_code == 409} == {"choice-list-full"}


async def test_a_suggestion_stands_on_the_list_once(world: World) -> None:
    pupil = Pupil(world)
    await pupil.begin()
    await pupil.option(code="zw")
    assert problem(await pupil.put(f"options/{new_id(world)}", {"code": "zw"})) == (409, "choice-listed")
    own = await pupil.option(name="Zorg")
    assert problem(await pupil.put(f"options/{own}", {"code": "zw"}, 1)) == (409, "choice-listed")


async def test_doubt_stays_in_view_through_time(world: World) -> None:
    pupil = Pupil(world)
    await pupil.begin()
    for day, sure, words in (
        (date(2026, 11, 24), 4, "Zorg lijkt me leuk"),
        (date(2027, 1, 12), 2, "Na de open dag twijfel ik"),
        (date(2027, 3, 1), 5, ""),
    ):
        world.at(day)
        assert (await pupil.sure(sure, words)).status_code == 204
    found = (await pupil.choice())["sureness"]
    assert [(one["at"][:10], one["sure"]) for one in found] == [
        ("2026-11-24", 4), ("2027-01-12", 2), ("2027-03-01", 5),
    ]  # fmt: skip
    assert found[1]["words"] == "Na de open dag twijfel ik"


async def test_what_was_said_today_is_taken_back_and_what_was_said_before_is_not(world: World) -> None:
    pupil = Pupil(world)
    await pupil.begin()
    said = new_id(world)
    for _ in ("says", "again"):
        assert (await pupil.put(f"sureness/{said}", {"sure": 3})).status_code == 204
    assert problem(await pupil.put(f"sureness/{said}", {"sure": 4}))[1] == "already-exists-different"
    world.at(date(2026, 11, 25))
    address = f"/v1/me/choices/{pupil.id}/sureness/{said}"
    assert (await pupil.client.delete(address)).status_code == 404
    world.at(date(2026, 11, 24))
    assert (await pupil.client.delete(address)).status_code == 204
    assert (await pupil.choice())["sureness"] == []


async def test_a_plan_a_plan_b_another_plan_and_open_again(world: World) -> None:
    pupil = Pupil(world)
    await pupil.begin()
    care, technology = await pupil.option(code="zw"), await pupil.option(code="pie")
    assert (await pupil.pick(1, care, technology)).status_code == 201
    assert problem(await pupil.put(f"options/{care}/place", {"onList": False}, 1)) == (409, "choice-is-plan")
    assert problem(await pupil.pick(1, technology)) == (412, "version-conflict")
    assert problem(await pupil.pick(None, technology)) == (428, "precondition-needed")
    for day, version, plan in ((25, 2, technology), (26, 3, None)):
        world.at(date(2026, 11, day))
        assert (await pupil.pick(version, plan)).status_code == 201
    picks = (await pupil.choice())["picks"]
    assert [(one["planA"], one["planB"]) for one in picks] == [(None, None), (technology, None), (care, technology)]


async def test_of_two_devices_that_choose_the_second_is_told(world: World) -> None:
    moment, (one, other) = world.new_choice(world.pupil, world.placement, "Zorg", "Techniek")
    pupil = Pupil(world)
    pupil.id = moment
    answers = await asyncio.gather(pupil.pick(1, str(one)), pupil.pick(1, str(other)))
    assert sorted(answer.status_code for answer in answers) == [201, 412]


async def test_one_chooses_only_what_is_on_the_own_list(world: World) -> None:
    _, (theirs,) = world.new_choice(world.classmate, world.placement, "Zorg")
    pupil = Pupil(world)
    await pupil.begin()
    mine, off = await pupil.option(code="zw"), await pupil.option(code="eo")
    await pupil.put(f"options/{off}/place", {"onList": False}, 1)
    for plan_a, plan_b, pointer in ((str(theirs), None, "/planA"), (off, None, "/planA"), (mine, off, "/planB")):
        answer = await pupil.pick(1, plan_a, plan_b)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_year_later_one_looks_back(world: World) -> None:
    pupil = Pupil(world)
    await pupil.begin()
    option, told = await pupil.option(code="zw"), {"again": "partly", "different": "Veel schrijven"}
    assert problem(await pupil.put("look-back", told, 1)) == (409, "look-back-early")
    await pupil.pick(1, option)
    world.at(date(2027, 11, 23))
    assert (await pupil.choice())["mayLookBack"] is False
    world.at(date(2027, 11, 24))
    today = (await pupil.client.get("/v1/me/today")).json()["choice"]
    assert (today["choiceId"], today["lookBack"]) == (str(pupil.id), True)
    for _ in ("tells", "again"):
        assert (await pupil.put("look-back", told, 2)).status_code == 200
    found = await pupil.choice()
    assert found["lookBack"] == {"again": "partly", "different": "Veel schrijven", "advice": ""}
    assert (await pupil.client.get("/v1/me/today")).json()["choice"] is None


async def test_at_the_next_school_one_looks_back_at_once(world: World) -> None:
    moment, (option,) = world.new_choice(world.pupil, world.placement, "Zorg")
    world.new_pick(moment, option)
    world.change("update placement set ends_on = '2027-02-01' where id = :p", p=world.placement)
    world.place(world.pupil, world.duin, world.far_group, date(2027, 2, 2))
    pupil = Pupil(world)
    for day, may in ((date(2027, 2, 1), False), (date(2027, 2, 2), True)):
        world.at(day)
        assert (await pupil.choice())["mayLookBack"] is may


async def test_home_asks_as_long_as_nothing_is_chosen(world: World) -> None:
    pupil = Pupil(world)

    async def asked() -> Any:
        return (await pupil.client.get("/v1/me/today")).json()["choice"]

    assert await asked() == {"kind": "direction", "level": "vmbo", "choiceId": None, "lookBack": False}
    await pupil.begin()
    option = await pupil.option(code="zw")
    assert (await asked())["choiceId"] == str(pupil.id)
    await pupil.pick(1, option)
    assert await asked() is None
    world.at(date(2026, 11, 25))
    await pupil.pick(2, None)
    assert (await asked())["choiceId"] == str(pupil.id), "open again, so home asks again"


async def test_the_id_of_another_makes_nothing_and_tells_nothing(world: World) -> None:
    theirs, (option,) = world.new_choice(world.classmate, world.placement, "Zorg")
    sure, picked = world.new_sureness(theirs, 2), world.new_pick(theirs, option)
    pupil, mine = Pupil(world), new_id(world)
    pupil.id = theirs
    assert (await pupil.begin()).status_code == 404
    pupil.id = mine
    await pupil.begin()
    for path, body in (
        (f"options/{option}", {"name": "Zorg"}),
        (f"sureness/{sure}", {"sure": 2}),
        (f"picks/{picked}", {"planA": None}),
    ):
        assert (await pupil.put(path, body, None if "options" in path else 1)).status_code == 404, path


async def test_reasons_are_kept_in_the_order_of_the_list(world: World) -> None:
    pupil = Pupil(world)
    await pupil.begin()
    told = {"motives": ["friends", "fun"], "ownMotive": "Mijn oom doet het ook"}
    for _ in ("says", "again"):
        assert (await pupil.put("motives", told, 1)).json()["version"] == 2
    found = await pupil.choice()
    assert (found["motives"], found["ownMotive"]) == (["fun", "friends"], "Mijn oom doet het ook")
    assert problem(await pupil.put("motives", {"motives": []}, 1)) == (412, "version-conflict")


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("motives", {"motives": ["rank"]}, "/motives/0"),
        ("motives", {"motives": ["fun"] * 21}, "/motives"),
        ("motives", {"ownMotive": "a\x00b"}, "/ownMotive"),
        ("ring", {"ring": 3}, "/ring"),
        (f"options/{REALLY}", {"name": "a" * 121}, "/name"),
        (f"options/{REALLY}", {"name": "\u200b"}, "/name"),
        (f"options/{REALLY}", {"name": "   "}, None),
        (f"options/{REALLY}", {}, None),
        (f"options/{REALLY}", {"code": "zw", "name": "Zorg"}, None),
        (f"options/{REALLY}", {"code": "cello"}, "/code"),
        (f"options/{REALLY}", {"code": "to_havo"}, "/code"),
        (f"options/{REALLY}", {"name": "Zorg", "plus": "a" * 1001}, "/plus"),
        (f"options/{REALLY}", {"name": "Zorg", "entryIds": [REALLY]}, "/entryIds"),
        (f"options/{REALLY}", {"name": "Zorg", "score": 8}, "/score"),
        (f"sureness/{REALLY}", {"sure": 6}, "/sure"),
        (f"sureness/{REALLY}", {"sure": 0}, "/sure"),
        (f"sureness/{REALLY}", {"sure": 3, "at": "2020-01-01"}, "/at"),
        (f"picks/{REALLY}", {"planA": None, "planB": REALLY}, None),
        (f"picks/{REALLY}", {"planA": REALLY, "planB": REALLY}, None),
        (f"picks/{REALLY}", {}, "/planA"),
        ("look-back", {"again": "maybe"}, "/again"),
    ],
)
async def test_what_does_not_fit_is_named(path: str, body: dict[str, Any], pointer: str | None, world: World) -> None:
    pupil = Pupil(world)
    await pupil.begin()
    answer = await pupil.put(path, body, 1 if "options" not in path else None)
    assert problem(answer)[0] == 422, answer.text
    if pointer:
        assert answer.json()["errors"][0]["pointer"] == pointer


async def test_under_twelve_school_alone_is_no_choice(world: World) -> None:
    world.change("update person set birth_date = '2015-06-01' where id = :p", p=world.pupil)
    pupil = Pupil(world)
    await pupil.begin()
    assert (await pupil.page())["rings"] == [0, 2]
    assert problem(await pupil.put("ring", {"ring": 1}, 1)) == (403, "age-rule")
    assert (await pupil.put("ring", {"ring": 2}, 1)).status_code == 200


async def test_who_looks_along_sees_all_of_it_and_nobody_else_anything(world: World) -> None:
    hidden, shown = world.new_draft("Alleen van mij"), world.new_entry("Van ons samen", ring=1)
    pupil = Pupil(world)
    await pupil.begin()
    await pupil.option(code="zw", entryIds=[str(hidden), str(shown)])
    sees = {0: set(), 1: {"teacher", "dean"}, 2: {"teacher", "dean", "guardian"}}
    for ring in (0, 1, 2):
        if ring:
            assert (await pupil.put("ring", {"ring": ring}, ring)).status_code == 200
        for who in ("teacher", "dean", "guardian", "other_teacher", "classmate", "far_dean", "no_custody", "admin"):
            answer = await world.client(getattr(world, who)).get(f"/v1/pupils/{world.pupil}/choices")
            found = answer.json().get("choices") if answer.status_code == 200 else []
            assert bool(found) == (who in sees[ring]), (who, ring)
            if found:
                titles = [one["title"] for one in found[0]["options"][0]["entries"]]
                assert titles == ([] if who == "guardian" else ["Van ons samen"])


async def test_the_pupil_reads_who_looked(world: World) -> None:
    world.new_choice(world.pupil, world.placement, ring=1)
    await world.client(world.teacher).get(f"/v1/pupils/{world.pupil}/choices")
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    assert [look["viewerId"] for look in looks] == [str(world.teacher)]


async def test_a_dean_outside_the_own_classes_says_why_first(world: World) -> None:
    world.new_choice(world.pupil, world.placement, ring=1)
    world.change("delete from look_reason")
    answer = await world.client(world.dean).get(f"/v1/pupils/{world.pupil}/choices")
    assert problem(answer) == (403, "reason-needed")


async def test_the_old_school_sees_nothing_of_after_and_nothing_after_the_year(world: World) -> None:
    world.new_choice(world.pupil, world.placement, "Zorg", ring=1)
    world.change("update placement set ends_on = '2027-01-14' where id = :p", p=world.placement)
    world.place(world.pupil, world.duin, world.far_group, date(2027, 1, 15))
    world.say_why(world.far_dean, world.pupil)

    async def found(who: UUID) -> int:
        answer = await world.client(who).get(f"/v1/pupils/{world.pupil}/choices")
        return len(answer.json()["choices"]) if answer.status_code == 200 else 0

    world.at(date(2027, 1, 15))
    assert [await found(who) for who in (world.teacher, world.dean, world.far_dean)] == [1, 1, 0]
    pupil = Pupil(world)
    pupil.id = UUID((await pupil.choice())["id"])
    assert (await pupil.sure(1, "Het is anders hier")).status_code == 204
    assert [await found(who) for who in (world.teacher, world.dean)] == [0, 0], "it changed since"
    world.change("update choice_moment set changed_on = '2027-01-10'")
    world.at(date(2027, 8, 1))
    assert [await found(who) for who in (world.teacher, world.dean)] == [0, 0]


async def test_on_the_sixteenth_birthday_home_waits_for_a_yes(world: World) -> None:
    world.new_choice(world.pupil, world.placement, ring=2)
    world.change("update person set birth_date = '2010-11-25' where id = :p", p=world.pupil)
    for day, count in ((date(2026, 11, 24), 200), (date(2026, 11, 25), 404)):
        world.at(day)
        assert (await world.client(world.guardian).get(f"/v1/pupils/{world.pupil}/choices")).status_code == count


async def test_beside_a_talk_stands_what_the_pupil_let_school_see(world: World) -> None:
    talk = world.new_agreed_conversation(with_home=True)
    world.new_choice(world.pupil, world.placement, "Zorg", ring=0)
    for ring, found in ((0, {"pupil"}), (2, {"pupil", "teacher", "dean"})):
        world.change("update choice_moment set ring = :ring", ring=ring)
        for who in ("pupil", "teacher", "dean", "guardian"):
            page = (await world.client(getattr(world, who)).get(f"/v1/conversations/{talk}")).json()
            assert bool(page["choices"]) == (who in found), (who, ring)
