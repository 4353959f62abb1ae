"""Figures as a file for a spreadsheet: as Dutch Excel opens it, with its source and its day in it."""

import csv
import io
import unicodedata
from datetime import date

from app.insight.models import Family
from app.insight.schemas import Counts, FigureOut
from app.platform.i18n import DEFAULT, say
from app.reference.catalogue import forms, work_fields

_MONTHS = ("januari", "april", "augustus", "oktober")
_COLUMNS = ("schooljaar", "vastgesteld", "schoolsoort", "onderdeel", "naam", "leerlingen", "keer")
_FORMULA = ("=", "+", "-", "@")


def sheet(counts: Counts) -> str:
    """All figures of what is shown: `;` between cells, a byte order mark before them; nothing is read as a formula."""
    assert counts.shown
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    whose = counts.school.name if counts.school else _say("city")
    day = _day(counts.shown.set_on)
    year = f"{counts.shown.school_year}-{counts.shown.school_year + 1}"
    rows.writerow([_say("source"), _say("product")])
    rows.writerow([_say("whose"), _plain(whose)])
    rows.writerow([_say("set_on"), day])
    if counts.shown.fictional and counts.school is None:
        rows.writerow([_say("note"), _say("fictional")])
    rows.writerow([_say("note"), _say("tens")])
    rows.writerow([])
    rows.writerow([_say(f"column_{column}") for column in _COLUMNS])
    for figure in sorted(counts.figures, key=_place):
        rows.writerow([year, day, _say(f"level_{figure.level}"), *_told(figure)])
    return "\ufeff" + written.getvalue()


def name_of(counts: Counts) -> str:
    """How the file is called; it says nothing but what is in it."""
    assert counts.shown
    return f"cijfers-{'school' if counts.school else 'stad'}-{counts.shown.set_on}.csv"


def _told(figure: FigureOut) -> list[str]:
    few = figure.pupils == 0
    return [
        _say(f"family_{figure.family}"),
        _names()[figure.family, figure.code],
        _say("few") if few else str(figure.pupils),
        "" if figure.times is None else str(figure.times),
    ]


def _names() -> dict[tuple[Family, str], str]:
    fields = {(Family.FIELD, field.code.value): field.name[DEFAULT] for field in work_fields()}
    named = {(Family.FORM, form.code.value): form.name[DEFAULT] for form in forms()}
    return fields | named | {(Family.ALL, code): _say(f"code_{code}") for code in ("placed", "shared")}


def _place(figure: FigureOut) -> tuple[int, int]:
    levels = ("po", "vmbo", "havo", "vwo", "mbo")
    return levels.index(figure.level), list(_names()).index((figure.family, figure.code))


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[(day.month - 1) // 3] if day.month != 8 else 'augustus'} {day.year}"


def _plain(text: str) -> str:
    # Spreadsheets pass over blanks before a formula, and some take wide signs for it as well.
    return f"'{text}" if unicodedata.normalize("NFKC", text).lstrip().startswith(_FORMULA) else text


def _say(key: str) -> str:
    return say(DEFAULT, f"insight.{key}")
