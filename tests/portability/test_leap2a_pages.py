"""Pages of an etalage as selections of Leap2A: out, in again, and those of another system."""

import json
from typing import Any
from uuid import UUID

import pytest

from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.imports.leap2a_pages import OnPage, Pages
from app.portability.showcases.schemas import PageContent, kept
from tests.ids import new_id
from tests.portability.filled import bring, export_of, keep_file, photo, zipped
from tests.showcases import content, page_of, section, story
from tests.world import World


@pytest.fixture(autouse=True)
def storage(settings: Settings) -> Storage:
    made = Storage(settings)
    made.ensure_bucket([settings.origin])
    return made


def pages_of(world: World, pupil: UUID) -> list[dict[str, Any]]:
    found = world.scalar("select json_agg(content order by id) from showcase_page where pupil_id = :id", id=pupil)
    return found or []


def told_on(world: World, page: dict[str, Any]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Headings, and below each the titles with how many photos."""

    def title(entry: str) -> str:
        return str(world.scalar("select title from entry where id = :id", id=entry))

    return [
        (part["heading"], [(title(each["entryId"]), len(each["fileIds"])) for each in part["stories"]])
        for part in page["sections"]
    ]


async def test_a_page_goes_out_as_a_selection_and_comes_in_as_a_page(
    world: World, settings: Settings, storage: Storage
) -> None:
    crane, ship = world.new_entry("De kraan"), world.new_entry("Het schip")
    seen, other = keep_file(world, storage, crane, photo()), keep_file(world, storage, crane, photo("red"))
    mark = world.new_entry("Een 9", kind="result", details={"kind": "result"})
    away = world.new_entry("Weggelegd", state="archived")
    sections = [
        section(world, story(ship), story(crane, other), heading="Wat ik <het> liefst deed", text="Met de hand."),
        section(world, story(mark), story(crane, seen, other), story(away), heading="En dit"),
    ]
    whole = kept(PageContent.model_validate(content(world) | {"intro": "Hoi & welkom", "sections": sections}))
    page_of(world, content=whole)
    page_of(world, content=whole | {"title": "Weg"}, removed_at=world.clock.now())
    made = await export_of(world, settings)
    feed = made.read("leap2a.xml").decode()
    assert feed.count("leap2:selection") == 1, "what was thrown away does not go along"
    assert "Een 9" not in feed[feed.index("<title>Wie ben ik") :], "no mark stands on it"
    assert "Ik mocht de kraan zien." in feed[feed.index("<title>Wie ben ik") :]

    members = {name: made.read(name) for name in made.namelist() if name == "leap2a.xml" or name[:9] == "bestanden"}
    content_ = zipped({**members})
    report = (await bring(world, settings, content_, world.classmate))["report"]
    assert (report["own"], report["ownParts"], report["skipped"]) == (1, {"showcasePages": 1}, [])
    (page,) = pages_of(world, world.classmate)
    assert (page["title"], page["intro"], page["template"]) == ("Wie ben ik", "Hoi & welkom", "blank")
    assert told_on(world, page) == [
        ("Wat ik <het> liefst deed", [("Het schip", 0), ("De kraan", 1)]),
        ("En dit", [("De kraan", 2)]),
    ]
    client = world.client(world.classmate)
    assert [each["title"] for each in (await client.get("/v1/me/showcases")).json()["pages"]] == ["Wie ben ik"]
    assert world.scalar("select count(*) from showcase_share where pupil_id = :id", id=world.classmate) == 0
    again = (await bring(world, settings, content_, world.classmate))["report"]
    assert (again["own"], again["records"]) == (0, 0)


def _feed(*entries: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:leap2="http://terms.leapspecs.org/" xmlns:p="http://elders.example/export/leap/7/1111111111/">'
        f"<generator>Mahara</generator>{''.join(entries)}</feed>"
    ).encode()


def _one(id_: str, of_type: str = "entry", inside: str = "") -> str:
    return f'<entry><id>p:{id_}</id><title>T {id_}</title><rdf:type rdf:resource="leap2:{of_type}"/>{inside}</entry>'


def _part(id_: str, order: int | None = None) -> str:
    place = "" if order is None else f' leap2:display_order="{order}"'
    return f'<link rel="leap2:has_part" href="p:{id_}"{place}/>'


def _webpage(id_: str, inside: str, term: str = "Webpage") -> str:
    kind = f'<category term="{term}" scheme="categories:selection_type#"/>'
    return _one(id_, "selection", f"<summary>Kort</summary><content>Alles wat erop staat</content>{inside}{kind}")


async def test_a_page_of_another_system_comes_in_with_its_stories(world: World, settings: Settings) -> None:
    shown_at = '<link rel="leap2:is_part_of" href="p:view"/>'
    brought = _feed(
        _webpage("view", _part("c", 2) + _part("a", 1) + _part("view") + _part("nowhere") + _part("mark")),
        _webpage("empty", _part("nowhere")),
        _webpage("set", _part("view"), "Website"),
        _webpage("blog", _part("a"), "Blog"),
        _one("a"), _one("b", inside=shown_at), _one("c", inside=shown_at), _one("mark", "achievement"),
    )  # fmt: skip
    report = (await bring(world, settings, brought))["report"]
    assert (report["entries"], report["ownParts"]) == (4, {"showcasePages": 1})
    left = [each["what"] for each in report["skipped"] if each["why"] == "selection"]
    assert sorted(left) == ["T blog", "T empty", "T set"]
    (page,) = pages_of(world, world.pupil)
    assert (page["title"], page["intro"]) == ("T view", "Kort")
    assert told_on(world, page) == [("", [("T a", 0), ("T c", 0), ("T b", 0)])], "in its order, and no mark"
    later = brought.replace(b"1111111111", b"2222222222")
    assert (await bring(world, settings, later))["report"]["own"] == 0, "the same, exported later"


async def test_the_twenty_first_page_is_kept_as_text(world: World, settings: Settings) -> None:
    pages = [_webpage(f"view{number}", _part("a")) for number in range(230)]
    report = (await bring(world, settings, _feed(_one("a"), *pages)))["report"]
    assert (report["ownParts"], report["records"], report["skippedCount"]) == ({"showcasePages": 20}, 180, 30)
    assert len(pages_of(world, world.pupil)) == 20


def test_no_page_grows_past_what_a_screen_takes(world: World) -> None:
    pages, ids = Pages(), {str(number): new_id(world) for number in range(2_000)}
    assert pages.add("page", [OnPage(each, "x" * 120) for each in ids])
    for each in ids:
        pages.names("page", each)
    made = pages.content("page", "T" * 500, "i" * 9_000, world.pupil, lambda id_: (ids[id_], ids[id_]))
    assert made
    PageContent.model_validate(json.loads(json.dumps(kept(made))))
    assert len(made.sections) == 12
    assert sum(len(part.stories) for part in made.sections) == 144
    assert sum(len(each.file_ids) for part in made.sections for each in part.stories) == 60
