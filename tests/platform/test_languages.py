"""The server's words are whole in every language."""

import string
from typing import get_args

import pytest

from app.access.schemas import Locale
from app.platform.i18n import DEFAULT, LOCALES, catalogue

OTHERS = [locale for locale in LOCALES if locale not in (DEFAULT, "en")]


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_people_can_choose_what_the_server_speaks() -> None:
    assert set(get_args(Locale)) == set(LOCALES)


@pytest.mark.parametrize("locale", OTHERS)
def test_a_language_says_all_that_english_says(locale: str) -> None:
    # Paper and the mail with a code speak Dutch, with a line in each other language.
    assert catalogue(locale).keys() == catalogue("en").keys()


@pytest.mark.parametrize("locale", ["en", *OTHERS])
def test_a_text_takes_the_same_values_as_in_dutch(locale: str) -> None:
    dutch = catalogue(DEFAULT)
    wrong = {key: text for key, text in catalogue(locale).items() if not _values(text) <= _values(dutch[key])}
    assert wrong == {}
