"""Mail to somebody outside, in the language that the pupil chose for them. It names a pupil by the given name alone."""

import json
import re
from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en", "tr", "pl", "ar", "bg")


_LINKED = re.compile(r"(?<=\S)[.:/@\\](?=\S)")
"""What makes mail programs see an address in a word."""


@cache
def _letters() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(
        files("app.guidance.outside").joinpath("letters.json").read_text("utf-8")
    )
    return loaded


def plain(words: str) -> str:
    """Words of a pupil as they stand in a mail that we send: on one line, and nothing in them can be opened."""
    return _LINKED.sub(" ", " ".join(words.split()))


def letter(language: str, kind: str, **values: str) -> tuple[str, str]:
    """Subject and text of `link` or `code`; values are filled in as they are. Raises KeyError where a text lacks."""
    texts = _letters()[language]
    subject, text = (texts[f"{kind}.{part}"].format(**values) for part in ("subject", "text"))
    # A name may hold a line break; a subject may not.
    return " ".join(subject.split()), text
