"""docs/access.md says what is so: every cell of its tables is tried on the running product."""

from datetime import date
from pathlib import Path
from uuid import UUID

from tests.world import World

DOCUMENT = Path(__file__).parents[1] / "docs" / "access.md"
WORDS = {200: "yes", 404: "no", 401: "no", 403: "asked why"}


def table(heading: str) -> dict[str, dict[str, str]]:
    """The table under a heading: by key, what each column says."""
    section = DOCUMENT.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    columns = rows[0][2:]
    return {row[1].strip("`"): dict(zip(columns, row[2:], strict=True)) for row in rows[2:]}


async def _opens(world: World, who: str, entry: UUID) -> str:
    world.change("delete from look_reason")
    person, _, without = who.partition(" without ")
    if person in ("dean", "far_dean") and not without:
        world.say_why(getattr(world, person), world.pupil)
    client = world.client(None if person == "nobody" else getattr(world, person))
    return WORDS[(await client.get(f"/v1/entries/{entry}")).status_code]


async def test_who_opens_an_entry(world: World) -> None:
    entries = {
        "ring 0": world.new_draft(),
        "ring 1": world.new_entry(ring=1),
        "ring 2": world.new_entry(ring=2),
        "put away": world.new_entry(state="archived"),
    }
    stated = table("Who opens an entry")
    tried = {who: {name: await _opens(world, who, entry) for name, entry in entries.items()} for who in stated}
    assert tried == stated


async def _says(world: World, purpose: str, answer: str) -> None:
    said = await world.client(world.pupil).put(
        f"/v1/pupils/{world.pupil}/consents/{purpose}", json={"version": 1, "answer": answer}
    )
    assert said.status_code == 204


async def _on_this_birthday(world: World) -> dict[str, str]:
    entry = world.new_entry()
    pupil = world.client(world.pupil)
    home = (await world.client(world.guardian).get(f"/v1/entries/{entry}")).status_code
    alone = await pupil.put(f"/v1/entries/{entry}/audience", json={"ring": 1}, headers={"If-Match": '"1"'})
    asked = (await pupil.get(f"/v1/pupils/{world.pupil}/consents")).json()["items"][0]
    return {
        "home sees ring 2": WORDS[home],
        "the pupil alone may choose 'school only'": "yes" if alone.status_code == 200 else "no",
        "answers for photos and films": asked["decides"],
    }


async def test_what_a_birthday_changes(world: World) -> None:
    stated, tried = table("What a birthday changes"), {}
    for key in stated:
        age, _, yes = key.partition(" ")
        world.at(date(2026, 11, 24))
        world.change("delete from consent; update person set home_sharing_since = null")
        world.change(
            "update person set birth_date = :born where id = :pupil",
            born=date(2026 - int(age), 11, 24),
            pupil=world.pupil,
        )
        if yes == "old yes":
            world.at(date(2026, 11, 23))
        if yes:
            await _says(world, "home_sharing", "yes")
        world.at(date(2026, 11, 24))
        tried[key] = await _on_this_birthday(world)
    assert tried == stated


async def test_what_a_school_change_changes(world: World) -> None:
    before, changed = world.new_entry(), world.new_entry(changed_on=date(2027, 1, 20))
    for table_name, column in (("group_membership", "placement_id"), ("placement", "id")):
        world.change(f"update {table_name} set ends_on = '2027-01-14' where {column} = :p", p=world.placement)
    there = world.place(world.pupil, world.duin, world.far_group, date(2027, 1, 15))
    new = world.new_entry(placement_id=there, changed_on=date(2027, 1, 20))
    columns = {
        "before, until 31 July": (date(2027, 7, 31), before),
        "changed since, until 31 July": (date(2027, 7, 31), changed),
        "before, from 1 August": (date(2027, 8, 1), before),
        "made at the next school": (date(2027, 7, 31), new),
    }
    stated = table("What a school change changes")
    tried: dict[str, dict[str, str]] = {who: {} for who in stated}
    for who in stated:
        for column, (day, entry) in columns.items():
            world.at(day)
            tried[who][column] = await _opens(world, who, entry)
    assert tried == stated
