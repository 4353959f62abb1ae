"""What is printed: pages of A4 in the product's letters, and QR codes. Drawn anew each time, and kept nowhere."""

import unicodedata
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from itertools import groupby
from typing import Final

import segno
from fpdf import FPDF

from app.platform.i18n import DEFAULT

WIDTH: Final = 210.0
HEIGHT: Final = 297.0
"""Of a page, in mm."""

_FONTS = (
    "atkinson-hyperlegible-next-latin", "atkinson-hyperlegible-next-latin-ext", "vazirmatn-arabic",
    "golos-text-cyrillic",
)  # fmt: skip
_QUIET = 4
"""Modules of white around a QR code, as its standard asks."""


def new_paper(title: str, now: datetime) -> FPDF:
    """A document without pages yet."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(now)
    pdf.set_lang(DEFAULT)
    pdf.set_title(title)
    pdf.set_auto_page_break(False)
    for name in _FONTS:
        with as_file(files("app.access") / "fonts" / f"{name}.ttf") as path:
            pdf.add_font(name, fname=path)
    pdf.set_fallback_fonts(list(_FONTS[1:]))
    return pdf


def write(pdf: FPDF, text: str, points: float, width_mm: float, *, right: bool = False) -> None:
    """Lines of text from where the pen is, in a column so wide; the pen is below it then."""
    pdf.set_font(_FONTS[0], size=points)
    pdf.multi_cell(width_mm, points * 0.45, text, align="R" if right else "L", new_x="LEFT", new_y="NEXT")


def draw_qr(pdf: FPDF, address: str, x: float, y: float, side_mm: float) -> None:
    """A QR code with the white around it."""
    code = segno.make_qr(address, error="m")
    module = side_mm / code.symbol_size(border=_QUIET)[0]
    pdf.set_fill_color(0)
    for row, line in enumerate(code.matrix):
        column = _QUIET
        for dark, run in groupby(line):
            length = len(list(run))
            if dark:
                pdf.rect(x + column * module, y + (row + _QUIET) * module, length * module, module, style="F")
            column += length


@cache
def _forms() -> dict[tuple[str, str], str]:
    """Arabic letters as they look alone, at the end, at the start and within a word: by shape and letters."""
    found = {}
    for point in range(0xFE70, 0xFEFD):
        shape, *letters = unicodedata.decomposition(chr(point)).split() or [""]
        found[shape.strip("<>"), "".join(chr(int(letter, 16)) for letter in letters)] = chr(point)
    return found


def arabic(text: str) -> str:
    """An Arabic sentence on one line, joined and turned around for paper, which knows neither."""
    forms, shaped, joins = _forms(), "", False
    units = _units(text)
    for place, unit in enumerate(units):
        following = units[place + 1] if place + 1 < len(units) else ""
        goes_on = ("initial", unit) in forms and ("isolated", following) in forms and following != "\u0621"
        shape = ("medial" if goes_on else "final") if joins else ("initial" if goes_on else "isolated")
        shaped += forms.get((shape, unit), unit)
        joins = goes_on
    return shaped[::-1]


def _units(text: str) -> list[str]:
    """Letter by letter; lam and alif are written as one."""
    units: list[str] = []
    for letter in text:
        if units and units[-1] == "\u0644" and ("isolated", f"\u0644{letter}") in _forms():
            units[-1] += letter
        else:
            units.append(letter)
    return units
