"""The sheet of cards as a PDF (A4): ten cards of 85 × 54 mm to a page, with lines to cut along."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from fpdf import FPDF

from app.access.cards.actions.printing import NewCard
from app.access.paper import draw_qr, new_paper, write
from app.platform.i18n import DEFAULT, say

WIDTH: Final = 85.0
HEIGHT: Final = 54.0
"""Of a card, in mm: as a bank card, so that it fits where those fit."""

_COLUMNS, _ROWS = 2, 5
_LEFT = (210 - _COLUMNS * WIDTH) / 2
_TOP = (297 - _ROWS * HEIGHT) / 2
_QR_MM = 36.0


def card_sheet(cards: Sequence[NewCard], origin: str, now: datetime) -> bytes:
    """The PDF. The address in the QR code has the secret behind its #, so that no server or log gets to see it."""
    pdf = new_paper(say(DEFAULT, "card.sheet"), now)
    for number, card in enumerate(cards):
        place = number % (_COLUMNS * _ROWS)
        if place == 0:
            pdf.add_page()
            _cut_lines(pdf)
        _card(pdf, card, origin, _LEFT + place % _COLUMNS * WIDTH, _TOP + place // _COLUMNS * HEIGHT)
    return bytes(pdf.output())


def _cut_lines(pdf: FPDF) -> None:
    pdf.set_draw_color(120)
    pdf.set_line_width(0.15)
    pdf.set_dash_pattern(dash=1.5, gap=1.5)
    for column in range(_COLUMNS + 1):
        x = _LEFT + column * WIDTH
        pdf.line(x, _TOP - 5, x, 297 - _TOP + 5)
    for row in range(_ROWS + 1):
        y = _TOP + row * HEIGHT
        pdf.line(_LEFT - 5, y, 210 - _LEFT + 5, y)
    pdf.set_dash_pattern()


def _card(pdf: FPDF, card: NewCard, origin: str, x: float, y: float) -> None:
    draw_qr(pdf, f"{origin}/k#{card.secret}", x + 2, y + 3, _QR_MM)
    beside, width = x + 41, WIDTH - 44
    pdf.set_xy(beside, y + 6)
    write(pdf, card.name, 14 if len(card.name) <= 30 else 10 if len(card.name) <= 60 else 7, width)
    pdf.set_xy(beside, pdf.get_y() + 1.5)
    write(pdf, "\n".join(filter(None, [_group(card), card.school])), 9, width)
    pdf.set_xy(x + 5, y + 41)
    write(pdf, say(DEFAULT, "card.how"), 9, WIDTH - 10)
    pdf.set_xy(x + 5, pdf.get_y() + 0.5)
    write(pdf, say(DEFAULT, "card.lost"), 9, WIDTH - 10)


def _group(card: NewCard) -> str | None:
    if card.group is None:
        return None
    return say(DEFAULT, "card.group_po" if card.level == "po" else "card.group", name=card.group)
