"""How administrations write dates, names and levels."""

import re
import unicodedata
from datetime import date

from app.people.models import Level

_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:T.*)?$"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})$"),
)
_MOST_NAME, _EARLIEST = 100, 1900


def read_date(text: str) -> date | None:
    """A date as '2026-08-31', '20260831' or '31-08-2026'; nothing where nothing stands. Raises ValueError."""
    if not text:
        return None
    for pattern in _DATES:
        if found := pattern.match(text):
            try:
                day = date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                break
            if day.year >= _EARLIEST:
                return day
    raise ValueError(text)


def read_birth_date(text: str, today: date) -> date | None:
    """A date on which somebody alive can have been born. Raises ValueError."""
    born = read_date(text)
    if born is not None and not date(today.year - 110, 1, 1) <= born <= today:
        raise ValueError(text)
    return born


def read_name(text: str) -> str:
    """A name in one line, as people write it. Raises ValueError where nothing visible is left, or too much."""
    seen = (char for char in " ".join(text.split()) if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    name = " ".join("".join(seen).split())
    if not name or len(name) > _MOST_NAME:
        raise ValueError(text[:_MOST_NAME])
    return unicodedata.normalize("NFC", name)


def read_key(text: str) -> str:
    """An administration's key; the same key in another case is the same."""
    return text.strip().casefold()


_PRIMARY = re.compile(r"(?:groep|g|po)[\s\-]*([1-8])\b")
_LEVELS: tuple[tuple[str, Level], ...] = (
    (r"vmbo|\btl|\bkb|\bbb|\bgl|\bmavo", Level.VMBO),
    (r"havo|\bh(?=\d)", Level.HAVO),
    (r"vwo|gym|ath|\bv(?=\d)", Level.VWO),
    (r"mbo|\bbol|\bbbl", Level.MBO),
)
_YEAR = re.compile(r"\d")


def read_level(text: str, otherwise: Level | None) -> tuple[Level, int] | None:
    """Level and study year out of 'groep 7', 'vmbo-2', 'H4', '3' (at a school of level `otherwise`); None: not told."""
    words = text.strip().casefold()
    if found := _PRIMARY.match(words):
        return Level.PO, int(found[1])
    level = next((level for pattern, level in _LEVELS if re.search(pattern, words)), otherwise)
    year = _YEAR.search(words.lstrip("0"))
    if level is None or year is None or not 1 <= int(year[0]) <= (8 if level is Level.PO else 6):
        return None
    return level, int(year[0])


def in_scope(level: Level, study_year: int) -> bool:
    """The portfolio begins in groep 7."""
    return level is not Level.PO or study_year >= 7


def school_year_of(day: date) -> int:
    """The year in which the school year of this day starts."""
    return day.year - (day.month < 8)
