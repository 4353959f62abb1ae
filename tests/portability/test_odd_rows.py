"""Whatever stands in a file of a portfolio: it is read, left with a word in the report, or refused as a whole."""

import json
import random
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

import pytest
from defusedxml.ElementTree import fromstring

from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.exports.schema import FORMAT
from app.portability.imports.bringing import _row
from app.portability.imports.brought import Report
from app.portability.imports.leap2a import Feed
from app.portability.imports.own import OwnFile
from app.portability.imports.parcel import BringRefused, Parcel
from tests.ids import new_id
from tests.portability.filled import bring, export_of, fill, told_in, zipped
from tests.world import World

MAHARA = Path(__file__).with_name("mahara-22.10.xml")
TURNS = 100
FIRST, LAST = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"


@pytest.fixture(autouse=True)
def storage(settings: Settings) -> Storage:
    made = Storage(settings)
    made.ensure_bucket([settings.origin])
    return made


@pytest.mark.parametrize("moment", [FIRST, LAST, "gisteren", 5, None])
async def test_a_moment_of_no_calendar_keeps_no_story_out(world: World, settings: Settings, moment: Any) -> None:
    row = {"id": str(new_id(world)), "title": "Van elders", "details": {"kind": "experience"}, "createdAt": moment}
    told = {"format": FORMAT, "version": 1, "pupil": {"id": "x"}, "people": [{"givenName": "Wie"}]}
    told["entries"] = [row | {"sortOn": str(moment)[:10]}, row | {"id": str(new_id(world)), "title": "Gewoon"}]
    told["feedback"] = [{"id": str(new_id(world)), "entryId": row["id"], "text": "Van niemand"}]
    brought = await bring(world, settings, zipped({"portfolio.json": json.dumps(told)}))
    assert (brought["state"], brought["report"]["entries"]) == ("done", 2)
    kept = "select count(*) from entry where created_at <= :now and sort_on between '1990-01-01' and '2100-01-01'"
    assert world.scalar(kept, now=world.clock.now().replace(year=2100)) == 2


def _spoil(told: Any, chance: random.Random) -> None:
    odd = (None, 5, -1, 1.5, True, "", "x", [], {}, [None], [[1]], {"a": 1}, FIRST, 10**30, "\0", "\ud800", "a" * 5_000)
    depth = 0
    while keys := [*told] if isinstance(told, dict) else [*range(len(told))]:
        key, depth = chance.choice(keys), depth + 1
        if not isinstance(told[key], dict | list) or not told[key] or (depth > 1 and chance.random() < 0.15):
            told[key] = json.loads(json.dumps(chance.choice(odd)))
            return
        told = told[key]


def _read(source: OwnFile | Feed, world: World) -> None:
    source.ids()
    for story in source.stories():
        _row(story, world.clock.now())
    for told in source.records():
        json.dumps(told.content if hasattr(told, "content") else told.values)
    assert all(file.id for file in source.carried())


async def test_an_export_of_ours_with_anything_in_it(
    world: World, settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    fill(world, storage)
    whole, chance, path = json.dumps(told_in(await export_of(world, settings))), random.Random(7), tmp_path / "own.zip"
    for _ in range(TURNS):
        told = json.loads(whole)
        for _ in range(chance.choice((1, 2, 5))):
            _spoil(told, chance)
        path.write_bytes(zipped({"portfolio.json": json.dumps(told)}))
        with closing(Parcel(path)) as parcel, suppress(BringRefused):
            _read(OwnFile(parcel, world.pupil, Report("own")), world)


def test_a_feed_of_others_with_anything_in_it(world: World, tmp_path: Path) -> None:
    whole, chance, path = MAHARA.read_bytes(), random.Random(11), tmp_path / "leap2a.xml"
    odd = ("", "x", FIRST, LAST, "9" * 40, "http://[", "portfolio:", ":", "%zz", "a" * 30_000, "²", "../../x")
    for _ in range(TURNS):
        feed = fromstring(whole)
        for _ in range(chance.choice((1, 5, 20))):
            each = chance.choice([*feed.iter()])
            if each.attrib and chance.random() < 0.5:
                each.set(chance.choice([*each.attrib]), chance.choice(odd))
            else:
                each.text = chance.choice(odd)
        path.write_bytes(tostring(feed, "utf-8"))
        with closing(Parcel(path)) as parcel, suppress(BringRefused):
            _read(Feed(parcel, world.pupil, Report("leap2a")), world)
