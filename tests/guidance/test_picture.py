"""The talent picture: what is seen of it by whom, and how words come and go."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from asyncpg import PostgresError

from app.guidance.chances.figures import FiguresRefused, keep, packaged, read_figures
from app.platform.settings import Settings
from tests.conftest import NOON
from tests.portfolio.test_walls import _run_as
from tests.world import World


async def picture(world: World, viewer: UUID) -> Any:
    answer = await world.client(viewer).get(f"/v1/pupils/{world.pupil}/picture")
    assert answer.status_code == 200, answer.text
    return answer.json()


def words(of: Any) -> list[tuple[str, list[str]]]:
    return [(word["word"], [said["voice"] for said in word["said"]]) for word in of["words"]]


async def test_it_is_drawn_from_what_the_viewer_may_see(world: World) -> None:
    world.new_entry("Haven", work_fields=["transport"], competencies=["qualities"], happened_on=date(2026, 10, 1))
    world.new_entry("Alleen school", ring=1, work_fields=["zorg"])
    world.new_draft()
    world.new_entry("Rapport", kind="result", details={"kind": "result"})
    world.new_entry("Weg", state="trashed", state_before_trash="shared", trashed_at=world.clock.now())

    async def titles(viewer: UUID) -> set[str]:
        return {entry["title"] for entry in (await picture(world, viewer))["entries"]}

    assert await titles(world.pupil) == {"Haven", "Alleen school", "Nog niet af"}
    assert await titles(world.teacher) == {"Haven", "Alleen school"}
    assert await titles(world.guardian) == {"Haven"}


async def test_a_visit_that_comes_is_in_it_from_its_own_day_on(world: World) -> None:
    told = {"kind": "experience", "expectation": {"before": "Zwaar werk."}}
    world.new_entry(work_fields=["transport"], details=told, sort_on=date(2026, 11, 25))
    assert (await picture(world, world.pupil))["entries"] == []
    world.clock.set(NOON + timedelta(days=1))
    assert len((await picture(world, world.pupil))["entries"]) == 1


async def test_what_changed_between_before_and_after_is_in_it(world: World) -> None:
    told = {"before": "Zwaar werk.", "after": "Veel computers.", "listChoice": "on"}
    world.new_entry(details={"kind": "experience", "expectation": told}, feeling="nice")
    (entry,) = (await picture(world, world.pupil))["entries"]
    assert (entry["expectation"], entry["feeling"]) == (told, "nice")


async def test_the_same_word_has_all_its_voices(world: World) -> None:
    entry = world.new_entry(tags=["Rustig blijven"])
    for who, word in ((world.teacher, "rustig blijven"), (world.guardian, "Rustig blijven"), (world.dean, "handig")):
        answer = await world.client(who).post(f"/v1/entries/{entry}/words", json={"word": word})
        assert answer.status_code == 201, answer.text
    found = {word.lower(): sorted(voices) for word, voices in words(await picture(world, world.pupil))}
    assert found == {"rustig blijven": ["home", "pupil", "school"], "handig": ["school"]}


async def test_the_pupil_notes_what_somebody_outside_said_beside_the_own_word(world: World) -> None:
    entry, pupil = world.new_entry(), world.client(world.pupil)
    said_by = "mijn begeleider bij de haven"
    for told in ({"word": "handig"}, {"word": "Handig", "saidBy": "een klant"}, {"word": "handig", "saidBy": said_by}):
        answer = await pupil.post(f"/v1/entries/{entry}/words", json=told)
        assert answer.status_code == 201, answer.text
    (word,) = (await picture(world, world.teacher))["words"]
    said = {one["voice"]: one["saidBy"] for one in word["said"]}
    assert (said, len(word["said"])) == ({"pupil": None, "outside": said_by}, 2)
    noted = next(one for one in (await picture(world, world.pupil))["words"][0]["said"] if one["voice"] == "outside")
    assert noted["by"]["id"] == str(world.pupil), "it was the pupil who noted it"
    assert (await pupil.delete(f"/v1/words/{noted['wordId']}")).status_code == 204
    assert words(await picture(world, world.pupil)) == [("handig", ["pupil"])]


@pytest.mark.parametrize("who", ["teacher", "dean", "guardian"])
async def test_only_the_pupil_notes_what_was_said_outside(who: str, world: World) -> None:
    entry = world.new_entry()
    told = {"word": "handig", "saidBy": "de buurman"}
    answer = await world.client(getattr(world, who)).post(f"/v1/entries/{entry}/words", json=told)
    assert answer.status_code == 403, answer.text
    sneaked = (
        "insert into talent_word (id, entry_id, author_id, voice, word, key, given_at, said_by)"
        " values (gen_random_uuid(), $1, $2, 'outside', 'handig', 'handig', '2026-11-16', 'de buurman')"
    )
    with pytest.raises(PostgresError, match="row-level security"):
        await _run_as(world, getattr(world, who), sneaked, entry, getattr(world, who))


@pytest.mark.parametrize("said_by", ["", "   ", "x" * 61, "met\x00nul", 7])
async def test_who_said_it_outside_is_told_in_sixty_signs(said_by: Any, world: World) -> None:
    told = {"word": "handig", "saidBy": said_by}
    answer = await world.client(world.pupil).post(f"/v1/entries/{world.new_entry()}/words", json=told)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/saidBy")


async def test_a_word_is_seen_where_its_entry_is(world: World) -> None:
    world.new_word(world.new_entry(ring=1), world.teacher, "handig", "school")
    assert words(await picture(world, world.guardian)) == []
    assert words(await picture(world, world.teacher)) == [("handig", ["school"])]


async def test_the_same_word_again_is_one_word_and_can_be_taken_back(world: World) -> None:
    entry, teacher = world.new_entry(), world.client(world.teacher)
    first, again = [
        (await teacher.post(f"/v1/entries/{entry}/words", json={"word": word})).json() for word in ("Handig", "handig")
    ]
    assert first["id"] == again["id"]
    shown = await picture(world, world.teacher)
    assert shown["words"][0]["said"][0]["wordId"] == first["id"]
    assert (await picture(world, world.pupil))["words"][0]["said"][0]["wordId"] is None, "only its giver takes it back"
    assert (await teacher.delete(f"/v1/words/{first['id']}")).status_code == 204
    assert (await teacher.delete(f"/v1/words/{first['id']}")).status_code == 404
    assert words(await picture(world, world.pupil)) == []


async def test_twelve_words_by_one_person_are_enough(world: World) -> None:
    entry, teacher = world.new_entry(), world.client(world.teacher)
    for number in range(12):
        assert (await teacher.post(f"/v1/entries/{entry}/words", json={"word": f"w{number}"})).status_code == 201
    answer = await teacher.post(f"/v1/entries/{entry}/words", json={"word": "nog een"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/too-many-words")


async def test_who_may_only_look_gives_no_word(world: World) -> None:
    entry = world.new_entry(changed_on=date(2026, 9, 1))
    world.change("update placement set ends_on = '2026-10-01' where id = :id", id=world.placement)
    answer = await world.client(world.dean).post(f"/v1/entries/{entry}/words", json={"word": "handig"})
    assert answer.status_code == 403, answer.text


async def test_the_pupil_hides_and_renames_words_of_all_voices(world: World) -> None:
    entry = world.new_entry(tags=["druk"])
    world.new_word(entry, world.teacher, "Druk", "school")
    pupil = world.client(world.pupil)
    for change, own, others in (
        ({"key": "druk", "shownAs": "vol energie"}, [("vol energie", False)], ["vol energie"]),
        ({"key": "Druk", "hidden": True}, [("Druk", True)], []),
        ({"key": "druk"}, [("Druk", False)], ["Druk"]),
    ):
        assert (await pupil.put("/v1/me/words", json=change)).status_code == 204
        mine = (await picture(world, world.pupil))["words"]
        assert [(word["word"].capitalize(), word["hidden"]) for word in mine] == [
            (word.capitalize(), hidden) for word, hidden in own
        ]
        theirs = [word for word, _ in words(await picture(world, world.teacher))]
        assert [word.lower() for word in theirs] == [word.lower() for word in others]


async def test_a_look_at_the_picture_is_logged(world: World) -> None:
    world.new_entry()
    await picture(world, world.teacher)
    assert world.scalar("select viewer_id from access_log") == world.teacher


# --- chances on work ----------------------------------------------------------------------------------


async def test_the_figures_are_those_of_the_source(world: World) -> None:
    shown = (await world.client(world.pupil).get("/v1/job-chances")).json()
    assert (shown["region"], shown["year"]) == ("Haaglanden", 2016)
    fields = {field["field"]: field["domains"] for field in shown["fields"]}
    assert fields["transport"] == [
        {
            "domain": "Transport, scheepvaart en logistiek",
            "chance": {"all": 4, "mbo2": 4, "mbo3": 5, "mbo4": 3, "bbl": 4, "bol": 3},
        }
    ]
    assert "zorg" not in fields, "the source has none for it"


async def test_a_municipality_replaces_the_figures(world: World, settings: Settings) -> None:
    assert settings.database_owner_url
    newer = {"region": "Haaglanden", "year": 2027, "source": "SBB", "domains": [
        {"domain": "Bouw en infra", "chance": {"all": 5, "mbo2": 4}}
    ]}  # fmt: skip
    keep(settings.database_owner_url, read_figures(json.dumps(newer)))
    newer["domains"][0]["chance"]["all"] = 3  # type: ignore[index]
    keep(settings.database_owner_url, read_figures(json.dumps(newer)))
    shown = (await world.client(world.pupil).get("/v1/job-chances")).json()
    assert (shown["year"], shown["fields"][0]["domains"][0]["chance"]["all"]) == (2027, 3)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda told: told.pop("year"), "year: "),
        (lambda told: told["domains"][0].update(domain="Ruimtevaart"), "Ruimtevaart"),
        (lambda told: told["domains"][0]["chance"].update(all=6), "domains/0/chance/all: "),
        (lambda told: told["domains"].append(told["domains"][0]), "there twice"),
        (lambda told: told.update(extra=1), "extra: "),
    ],
)
def test_figures_that_cannot_be_shown_are_refused_with_a_reason(harm: Any, said: str) -> None:
    told = json.loads(Path("app/reference/data/job_chances.json").read_text())
    harm(told)
    with pytest.raises(FiguresRefused, match=said):
        read_figures(json.dumps(told))
    assert packaged()


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_of_figures_is_refused_in_words(text: bytes) -> None:
    with pytest.raises(FiguresRefused, match=r"^the file: "):
        read_figures(text)
