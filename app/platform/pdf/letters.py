"""Texts of people as paper can show them: letters that there are, and the direction that they are read in."""

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

UNKNOWN = "\u25a1"
"""Stands for a letter that none of the fonts has."""

_TEXT_FONTS = (
    "atkinson-regular", "vazirmatn-regular", "noto-sans-regular", "noto-sans-math", "noto-sans-symbols", "noto-emoji",
)  # fmt: skip
_JOINERS = "\u200c\u200d"


@cache
def _covered() -> frozenset[str]:
    """Every letter that some font has."""
    # Here, so that a process that only serves pages does not hold it.
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for name in _TEXT_FONTS:
        with files("app.platform.pdf").joinpath("fonts", f"{name}.ttf").open("rb") as file, TTFont(file) as font:
            found |= font.getBestCmap().keys()
    return frozenset(map(chr, found))


def legible(text: str) -> str:
    """The text with what can be printed of it: hidden marks go, look-alikes stand in, the rest becomes UNKNOWN."""
    return "".join(map(_legible_letter, unicodedata.normalize("NFC", text)))


def _legible_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter in "\n\t ":
        return letter
    if letter in _JOINERS:
        return letter
    if category in ("Cc", "Cf") or "\ufe00" <= letter <= "\ufe0f":
        return ""
    if category[0] == "Z":
        return letter if letter == "\u00a0" else " "
    if letter in _covered():
        return letter
    alike = unicodedata.normalize("NFKC", letter)
    if alike != letter and all(each in _covered() for each in alike):
        return alike
    return "" if category[0] == "M" else UNKNOWN


def reads_from_right(text: str) -> bool:
    """Whether the first letter that has a direction is read from the right."""
    for letter in text:
        if (direction := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
            return direction != "L"
    return False


def line(text: str) -> dict[str, Any]:
    """A text for `said` in house.typ, on one line."""
    shown = legible(" ".join(text.split()))
    return {"text": shown, "rtl": reads_from_right(shown)}


def paragraphs(text: str) -> list[dict[str, Any]]:
    """A text for `lines` in house.typ: as many as it has lines with something on them."""
    return [line(each) for each in text.splitlines() if each.strip()]
