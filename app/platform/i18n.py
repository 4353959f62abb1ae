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
