"""Reference data over the wire: for everybody, in two languages, kept by the browser."""

import pytest

from tests.world import World


@pytest.mark.parametrize(("language", "name"), [("nl", "Zorg en welzijn"), ("en-GB,nl;q=0.8", "Care and wellbeing")])
async def test_who_is_not_signed_in_reads_it_in_their_language(language: str, name: str, world: World) -> None:
    answer = await world.client(None).get("/v1/reference", headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer.json()["workFields"][0] == {"code": "zorg", "name": name, "icon": "care"}
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("seen", ["{}", "W/{}", '"older", {}'])
async def test_a_browser_that_has_it_gets_nothing_again(seen: str, world: World) -> None:
    browser = world.client(None)
    etag = (await browser.get("/v1/reference")).headers["etag"]
    again = await browser.get("/v1/reference", headers={"If-None-Match": seen.format(etag)})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)


async def test_what_was_kept_in_dutch_is_not_taken_for_english(world: World) -> None:
    browser = world.client(None)
    etag = (await browser.get("/v1/reference", headers={"Accept-Language": "nl"})).headers["etag"]
    english = await browser.get("/v1/reference", headers={"Accept-Language": "en", "If-None-Match": etag})
    assert english.status_code == 200


async def test_an_interview_in_group_8_asks_first_who_you_spoke(world: World) -> None:
    answer = await world.client(None).get("/v1/questions", params={"band": "A", "kind": "interview"})
    first, second = answer.json()["items"][:2]
    assert first == {
        "id": "A-networking-1",
        "version": 1,
        "competency": "networking",
        "text": "Met wie heb je gepraat? Wat weet je nu van die persoon?",
    }
    assert second["competency"] == "work_exploration"
    assert [question["id"] for question in answer.json()["before"]][-1] == "boundary-before-3"


@pytest.mark.parametrize(
    "asked", [{"band": "E", "kind": "interview"}, {"band": "A"}, {"band": "A", "kind": "article", "rotation": -1}]
)
async def test_a_set_that_does_not_exist_is_refused_in_words(asked: dict[str, str | int], world: World) -> None:
    answer = await world.client(None).get("/v1/questions", params=asked)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/validation")


async def test_vwo_4_hears_of_studies(world: World) -> None:
    asked = {"band": "C", "kind": "reflection", "level": "vwo"}
    answer = await world.client(None).get("/v1/questions", params=asked)
    assert answer.json()["items"][0]["text"].startswith("Tussen welke profielen of studies")
