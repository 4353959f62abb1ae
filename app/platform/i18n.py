"""The server's few words to people, from catalogues: texts of problems in every language, paper and mail in Dutch."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

LOCALES = ("nl", "en", "tr", "ar", "pl", "bg")
DEFAULT = "nl"


@cache
def catalogue(locale: str) -> dict[str, Any]:
    """All texts of one language, by key."""
    text = files("app.platform").joinpath("locales", f"{locale}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def locale_of(accept_language: str | None) -> str:
    """The first language of an Accept-Language header that we speak; Dutch otherwise."""
    for part in (accept_language or "").split(","):
        language = part.split(";")[0].strip()[:2].lower()
        if language in LOCALES:
            return language
    return DEFAULT


def say(locale: str, key: str, **values: object) -> str:
    """A text with its values filled in. Raises KeyError where the catalogue lacks it."""
    return str(catalogue(locale)[key]).format(**values)


def direction(language: str) -> str:
    """How a page in it runs, as HTML names it."""
    return "rtl" if language == "ar" else "ltr"


def plural(language: str, count: int) -> str:
    """The plural category of a whole number, as Unicode CLDR has it for the six languages."""
    if language == "ar":
        if count in (0, 1, 2):
            return ("zero", "one", "two")[count]
        rest = count % 100
        return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"
    if count == 1:
        return "one"
    if language == "pl":
        few = 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14
        return "few" if few else "many"
    return "other"
