"""One school life, from groep 7 to the eighteenth birthday, with the clock set forward: who sees what on which day.

Nothing acts on these days but the days themselves: no job runs and nobody presses a button, except where it says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.people.models import GroupAssignment, GroupMembership, School, StaffRole
from tests.world import World

BORN = date(2016, 3, 2)


class Life:
    """The story's people, and what each of them can open."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.primary: UUID = world.add(School(id=uuid4(), name="De Zandbank", brin="03CC"))
        self.college, self.other_college = world.kust, world.duin
        self.child = world.new_person("Noor", BORN)
        self.mother = world.new_guardian("Fatima", self.child)
        self.father = world.new_guardian("Rik", self.child, custody="no")
        self.entries: dict[str, UUID] = {}

    @contextmanager
    def on(self, day: str) -> Iterator[None]:
        """The clock stands at noon of this day."""
        self.world.at(date.fromisoformat(day))
        yield

    def class_of(self, school: UUID, name: str, level: str, study_year: int) -> UUID:
        """A class in the school year of today."""
        today = self.world.clock.today()
        year = today.year - (today.month < 8)
        group: UUID = self.world.new_group(school, name, year, level)
        self.world.change("update school_group set study_year = :y where id = :g", y=study_year, g=group)
        return group

    def starts_at(self, school: UUID, group: UUID) -> UUID:
        """Placed from today."""
        return self.world.place(self.child, school, group, self.world.clock.today())

    def moves_to(self, group: UUID, placement: UUID) -> None:
        """Another class of the same school from today."""
        today = self.world.clock.today()
        self.world.change(
            "update group_membership set ends_on = :day where placement_id = :p and ends_on is null",
            day=today - timedelta(1),
            p=placement,
        )
        self.world.add(GroupMembership(id=uuid4(), placement_id=placement, group_id=group, starts_on=today))

    def leaves(self, placement: UUID, last_day: str) -> None:
        """The placement ends with this day."""
        for table, column in (("group_membership", "placement_id"), ("placement", "id")):
            self.world.change(
                f"update {table} set ends_on = :day where {column} = :p and ends_on is null", day=last_day, p=placement
            )

    def teaches(self, name: str, school: UUID, group: UUID, until: str | None = None) -> UUID:
        """A teacher of this class from today, to the end of the school year or the day that was agreed."""
        today = self.world.clock.today()
        last = date.fromisoformat(until) if until else date(today.year + (today.month >= 8), 7, 31)
        person = self.world.new_person(name)
        role = StaffRole(id=uuid4(), person_id=person, school_id=school, role="teacher", starts_on=today)
        self.world.add(
            GroupAssignment(
                id=uuid4(), staff_role_id=self.world.add(role), group_id=group, starts_on=today, ends_on=last
            )
        )
        return person

    async def shares(self, title: str, ring: int = 2) -> None:
        """Noor makes an entry today and shares it."""
        entry, client = UUID(int=_uuid7(self.world)), self.world.client(self.child)
        body = {"title": title, "body": "Ik was erbij.", "details": {"kind": "experience"}}
        made = await client.put(f"/v1/entries/{entry}", json=body)
        assert made.status_code == 201, made.text
        answer = await client.put(
            f"/v1/entries/{entry}/audience", json={"ring": ring}, headers={"If-Match": made.headers["etag"]}
        )
        assert answer.status_code == 200, answer.text
        self.entries[title] = entry

    async def keeps_at_school(self, title: str, who: UUID) -> int:
        """Somebody wants this to be for school only; the status of the answer."""
        client, entry = self.world.client(who), self.entries[title]
        version = self.world.scalar("select version from entry where id = :e", e=entry)
        answer = await client.put(
            f"/v1/entries/{entry}/audience", json={"ring": 1}, headers={"If-Match": f'"{version}"'}
        )
        return answer.status_code

    async def sees(self, who: UUID) -> set[str]:
        """The titles that this person can open."""
        client = self.world.client(who)
        found = {}
        for title, entry in self.entries.items():
            found[title] = (await client.get(f"/v1/entries/{entry}")).status_code
        assert set(found.values()) <= {200, 404}, found
        return {title for title, status in found.items() if status == 200}

    async def me(self) -> dict[str, Any]:
        """What Noor's own screens know of her."""
        me: dict[str, Any] = (await self.world.client(self.child).get("/v1/me")).json()["pupil"]
        return me

    async def answers_about_home(self, answer: str) -> int:
        """Noor says whether home may look along."""
        said = await self.world.client(self.child).put(
            f"/v1/pupils/{self.child}/consents/home_sharing", json={"version": 1, "answer": answer}
        )
        return said.status_code

    async def at_home(self) -> str:
        """What the mother's page says about her child."""
        page = (await self.world.client(self.mother).get("/v1/home")).json()
        state: str = page["children"][0]["state"]
        return state


def _uuid7(world: World) -> int:
    moment = int(world.clock.now().timestamp() * 1000)
    return moment << 80 | 0x7 << 76 | 0x2 << 62 | uuid4().int & (1 << 62) - 1


@pytest.fixture
def life(world: World) -> Life:
    return Life(world)


async def test_one_pupil_from_ten_to_eighteen(life: Life) -> None:
    with life.on("2026-08-31"):  # ten years old, groep 7
        groep7 = life.class_of(life.primary, "7a", "po", 7)
        at_primary = life.starts_at(life.primary, groep7)
        amina = life.teaches("Amina", life.primary, groep7)
        await life.shares("Naar de brandweer")
        for who in (amina, life.mother):
            assert await life.sees(who) == {"Naar de brandweer"}
        assert await life.sees(life.father) == set(), "without custody nothing opens by itself"
        assert await life.keeps_at_school("Naar de brandweer", life.child) == 403, "at ten that is chosen together"
        assert (await life.me())["ageRule"] == "under12"

    with life.on("2026-11-02"):  # the teacher is ill for two weeks
        stand_in = life.teaches("Inval", life.primary, groep7, until="2026-11-13")
        assert await life.sees(stand_in) == {"Naar de brandweer"}
    with life.on("2026-11-14"):
        assert await life.sees(stand_in) == set()
        assert await life.sees(amina) == {"Naar de brandweer"}

    with life.on("2027-08-30"):  # groep 8, another teacher
        groep8 = life.class_of(life.primary, "8a", "po", 8)
        life.moves_to(groep8, at_primary)
        bram = life.teaches("Bram", life.primary, groep8)
        await life.shares("Kinder-EHBO")
        assert await life.sees(bram) == {"Naar de brandweer", "Kinder-EHBO"}
        assert await life.sees(amina) == set(), "the class of last year is not hers any more"

    with life.on("2028-03-01"):
        assert await life.keeps_at_school("Kinder-EHBO", life.child) == 403
    with life.on("2028-03-02"):  # twelve
        assert await life.keeps_at_school("Kinder-EHBO", life.child) == 200
        assert await life.sees(life.mother) == {"Naar de brandweer"}
        assert await life.sees(bram) == {"Naar de brandweer", "Kinder-EHBO"}
        assert (await life.me())["ageRule"] == "from12"

    with life.on("2028-07-31"):  # the last day of primary school
        life.leaves(at_primary, "2028-07-31")
        assert await life.sees(bram) == {"Naar de brandweer", "Kinder-EHBO"}
    with life.on("2028-08-01"):
        assert await life.sees(bram) == set()

    with life.on("2028-08-28"):  # vmbo, another school
        klas1 = life.class_of(life.college, "1B", "vmbo", 1)
        at_college = life.starts_at(life.college, klas1)
        karel = life.teaches("Karel", life.college, klas1)
        assert await life.sees(karel) == set(), "what was shared with one school is not for the next"
        await life.shares("Een dag op de werf")
        assert await life.sees(karel) == {"Een dag op de werf"}
        assert await life.sees(life.mother) == {"Naar de brandweer", "Een dag op de werf"}

    with life.on("2028-11-06"):  # the dean says why, first
        client = life.world.client(life.world.dean)
        entry = life.entries["Een dag op de werf"]
        assert (await client.get(f"/v1/entries/{entry}")).status_code == 403
        await client.post(f"/v1/pupils/{life.child}/look-reasons", json={"why": "conversation"})
        assert (await client.get(f"/v1/entries/{entry}")).status_code == 200
        assert (await client.get(f"/v1/entries/{life.entries['Kinder-EHBO']}")).status_code == 404
    with life.on("2028-11-13"):
        assert (await client.get(f"/v1/entries/{entry}")).status_code == 403, "a reason holds for a week"

    with life.on("2029-01-15"):  # to another school, in the middle of the year
        life.leaves(at_college, "2029-01-14")
        klas1_there = life.class_of(life.other_college, "1C", "vmbo", 1)
        life.starts_at(life.other_college, klas1_there)
        tjeerd = life.teaches("Tjeerd", life.other_college, klas1_there)
        await life.shares("Bij de bakker")
        assert await life.sees(karel) == {"Een dag op de werf"}, "what was there stays until the summer"
        assert await life.sees(tjeerd) == {"Bij de bakker"}
    with life.on("2029-08-01"):
        assert await life.sees(karel) == set()

    at_home = {"Naar de brandweer", "Een dag op de werf", "Bij de bakker"}
    with life.on("2032-01-30"):
        assert (await life.me())["homeClosesOn"] is None
    with life.on("2032-02-01"):  # thirty days before sixteen: told
        assert (await life.me())["homeClosesOn"] == "2032-03-02"
        assert await life.sees(life.mother) == at_home
        assert await life.answers_about_home("yes") == 403, "a yes counts from the birthday on"
    with life.on("2032-03-02"):  # sixteen
        assert await life.sees(life.mother) == set()
        assert await life.at_home() == "pupil_decides"
        assert (await life.me())["homeAsked"] is True
    with life.on("2032-03-05"):
        assert await life.answers_about_home("yes") == 204
        assert await life.sees(life.mother) == at_home

    with life.on("2034-03-01"):
        assert await life.sees(life.mother) == at_home
    with life.on("2034-03-02"):  # eighteen: asked anew
        assert await life.sees(life.mother) == set()
        assert (await life.me())["homeAsked"] is True
        assert await life.answers_about_home("no") == 204
        assert (await life.me())["homeAsked"] is False
        assert await life.at_home() == "pupil_decides"

        assert await life.sees(life.child) == set(life.entries), "all of it is hers, always"
        looked = (await life.world.client(life.child).get("/v1/me/looks?limit=100")).json()["items"]
        assert {look["viewerName"].split()[0] for look in looked} == {
            "Amina", "Inval", "Bram", "Karel", "Tjeerd", "Samira", "Fatima",
        }  # fmt: skip
        assert life.world.scalar("select count(*) from placement where pupil_id = :p", p=life.child) == 3


async def test_a_birthday_on_29_february_is_kept_on_1_march(life: Life) -> None:
    life.world.change("update person set birth_date = '2016-02-29' where id = :p", p=life.child)
    with life.on("2026-08-31"):
        groep7 = life.class_of(life.primary, "7a", "po", 7)
        life.starts_at(life.primary, groep7)
        await life.shares("Naar de brandweer")
    seen = {}
    for day in ("2032-02-28", "2032-02-29", "2034-02-28", "2034-03-01"):
        with life.on(day):
            seen[day] = bool(await life.sees(life.mother))
            if day == "2032-02-29":
                assert await life.answers_about_home("yes") == 204
    assert seen == {"2032-02-28": True, "2032-02-29": False, "2034-02-28": True, "2034-03-01": False}


@pytest.mark.parametrize(
    ("moment", "open_at_home"),
    [("2032-03-01T22:59:00+00:00", True), ("2032-03-01T23:01:00+00:00", False)],
)
async def test_a_birthday_begins_at_midnight_in_the_hague(life: Life, moment: str, open_at_home: bool) -> None:
    with life.on("2031-09-01"):
        klas = life.class_of(life.college, "4A", "vmbo", 4)
        life.starts_at(life.college, klas)
        await life.shares("Open dag")
    life.world.clock.set(datetime.fromisoformat(moment))  # type: ignore[attr-defined]
    assert bool(await life.sees(life.mother)) is open_at_home
