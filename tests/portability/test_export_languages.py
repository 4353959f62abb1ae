"""The pages that one takes along speak the pupil's language, whole, and in its direction."""

import json
import string
from importlib.resources import files

import pytest

from app.platform.i18n import DEFAULT, LOCALES
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.exports.html import day_of, number, say, spoken
from tests.portability.filled import export_of, fill, told_in
from tests.world import World

FORMS = {
    "nl": {"one"}, "en": {"one"}, "tr": {"one"}, "bg": {"one"}, "pl": {"one", "few"},
    "ar": {"one", "two", "few", "many"},
}  # fmt: skip
COUNTED = {"stories.count", "about.missing"}


def _words(locale: str) -> dict[str, str]:
    path = files("app.portability.exports").joinpath("words", f"{locale}.json")
    words: dict[str, str] = json.loads(path.read_text("utf-8"))
    return words


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_language_says_all_that_dutch_says(locale: str) -> None:
    ours, dutch = _words(locale), _words(DEFAULT)
    counted = {f"{key}.{form}" for key in COUNTED for form in FORMS[locale]}
    plain = {key for key in dutch if key.removesuffix(".one") not in COUNTED} | COUNTED
    assert ours.keys() == plain | counted
    wrong = [key for key in plain if _values(ours[key]) != _values(dutch[key])]
    assert wrong == []
    assert all(text.strip() for text in ours.values())


def test_days_numbers_and_counts_are_said_as_people_say_them() -> None:
    said = {}
    for locale in LOCALES:
        with spoken(locale):
            counts = [say("stories.count", count=count) for count in (0, 1, 2, 5, 22, 111)]
            said[locale] = (day_of("2026-11-24T23:30:00+00:00"), number(2.5), counts)
    assert said["nl"][:2] == ("25 november 2026", "2,5")
    assert said["en"][:2] == ("25 November 2026", "2.5")
    assert said["bg"][0] == "25 ноември 2026 г."  # noqa: RUF001
    assert said["pl"][2] == ["0 historii", "1 historia", "2 historie", "5 historii", "22 historie", "111 historii"]
    assert said["ar"][2] == ["0 قصة", "قصة واحدة", "قصتان", "5 قصص", "22 قصة", "111 قصة"]
    with spoken("fy"):
        assert say("start") == "Begin", "a language that we do not speak is Dutch"
    assert say("start") == "Begin"


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_pages_speak_it_in_its_direction(world: World, settings: Settings, locale: str) -> None:
    storage = Storage(settings)
    storage.ensure_bucket([settings.origin])
    fill(world, storage)
    world.change("update person set locale = :locale where id = :id", locale=locale, id=world.pupil)
    made = await export_of(world, settings)
    pages = [name for name in made.namelist() if name.endswith(".html")]
    direction = "rtl" if locale == "ar" else "ltr"
    for name in pages:
        assert made.read(name).decode().startswith(f'<!doctype html><html lang="{locale}" dir="{direction}">'), name
    start = made.read("index.html").decode()
    assert _words(locale)["about"] in start
    assert _words(locale)["paper"] in start
    if locale != DEFAULT:
        assert _words(DEFAULT)["howto"] not in start
        assert _words(DEFAULT)["picture.intro"] not in made.read("talentbeeld.html").decode()
    assert told_in(made)["pupil"]["locale"] == locale
