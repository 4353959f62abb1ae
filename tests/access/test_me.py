"""What the screens are told about who is signed in."""

from datetime import date

import pytest

from app.reference.catalogue import age_band
from tests.world import World


@pytest.mark.parametrize(
    ("level", "study_year"),
    [("po", 7), ("po", 8), ("vmbo", 1), ("vmbo", 2), ("vmbo", 3), ("havo", 2), ("havo", 5), ("vwo", 3), ("mbo", 1)],
)
async def test_the_band_of_the_questions_follows_the_group(level: str, study_year: int, world: World) -> None:
    world.change(
        "update school_group set level = :level, study_year = :year where id = :id",
        level=level,
        year=study_year,
        id=world.group,
    )
    pupil = (await world.client(world.pupil).get("/v1/me")).json()["pupil"]
    assert pupil["band"] == age_band(level, study_year).value
    assert pupil["kid"] is (level == "po")


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2025, 3, 1), "under12"),
        (date(2025, 3, 2), "from12"),
        (date(2029, 3, 1), "from12"),
        (date(2029, 3, 2), "from16"),
        (date(2031, 3, 2), "from18"),
    ],
)
async def test_the_age_rule_changes_on_the_birthday(day: date, rule: str, world: World) -> None:
    world.change("update placement set starts_on = '2020-08-01'")
    world.change("update group_membership set starts_on = '2020-08-01'")
    client = world.client(world.pupil)
    world.at(day)
    assert (await client.get("/v1/me")).json()["pupil"]["ageRule"] == rule


async def test_a_parent_reads_the_language_they_chose_and_dutch_where_we_do_not_speak_theirs(world: World) -> None:
    parent = world.client(world.guardian)
    assert (await parent.patch("/v1/me", json={"locale": "ar"})).json()["locale"] == "ar"
    assert (await parent.get("/v1/me")).json()["locale"] == "ar"
    world.change("update person set locale = 'fy' where id = :id", id=world.guardian)
    assert (await parent.get("/v1/me")).json()["locale"] == "nl"
