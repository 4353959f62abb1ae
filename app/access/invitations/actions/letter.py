"""Letters with a code as a PDF (A4), one page each: what it is, how it goes, the code to scan and to type."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from fpdf import FPDF

from app.access.invitations.actions.by_school import NewLetter, last_moment
from app.access.invitations.actions.codes import in_groups
from app.access.invitations.models import InvitationKind
from app.access.paper import HEIGHT, WIDTH, arabic, draw_qr, new_paper, write
from app.platform.clock import AMSTERDAM
from app.platform.i18n import DEFAULT, say

_MARGIN: Final = 25.0
_COLUMN = WIDTH - 2 * _MARGIN
_ADDRESS_TOP: Final = 50.0
"""Where the window of a Dutch envelope shows who it is for."""
_QR_MM: Final = 56.0
_LANGUAGES = (("en", "English"), ("tr", "Türkçe"), ("ar", "العربية"), ("pl", "Polski"), ("bg", "Български"))


def letters_pdf(letters: Sequence[NewLetter], origin: str, now: datetime) -> bytes:
    """The PDF. The address in the QR code has the code behind its #, so that no server or log gets to see it."""
    pdf = new_paper(say(DEFAULT, "letter.title"), now)
    day = f"{last_moment(now.astimezone(AMSTERDAM).date()):%d-%m-%Y}"
    for letter in letters:
        pdf.add_page()
        _envelope(pdf, letter)
        _words(pdf, letter, origin.partition("://")[2])
        _code(pdf, letter, f"{origin}/uitnodiging", day)
        _other_languages(pdf, letter.kind)
    return bytes(pdf.output())


def _envelope(pdf: FPDF, letter: NewLetter) -> None:
    pdf.set_xy(_MARGIN, 20)
    write(pdf, letter.school, 16, _COLUMN)
    pdf.set_xy(_MARGIN, _ADDRESS_TOP)
    is_guardian = letter.kind == InvitationKind.GUARDIAN
    write(pdf, say(DEFAULT, "letter.to" if is_guardian else "letter.to.person", name=letter.name), 12, _COLUMN)
    if letter.group:
        write(pdf, say(DEFAULT, "card.group_po" if letter.level == "po" else "card.group", name=letter.group), 12, 100)
    if letter.homes > 1:
        write(pdf, say(DEFAULT, "letter.home", home=letter.home, homes=letter.homes), 10, _COLUMN)


def _words(pdf: FPDF, letter: NewLetter, host: str) -> None:
    pdf.set_xy(_MARGIN, 84)
    write(pdf, say(DEFAULT, f"letter.{letter.kind}.head"), 20, _COLUMN)
    pdf.set_xy(_MARGIN, pdf.get_y() + 3)
    write(pdf, say(DEFAULT, f"letter.{letter.kind}.what"), 12, _COLUMN)
    steps = ("letter.step.scan", f"letter.{letter.kind}.step.2", f"letter.{letter.kind}.step.3")
    for step in steps:
        pdf.set_xy(_MARGIN, pdf.get_y() + 2.5)
        write(pdf, say(DEFAULT, step, site=f"{host}/uitnodiging"), 12, _COLUMN)


def _code(pdf: FPDF, letter: NewLetter, address: str, day: str) -> None:
    top = pdf.get_y() + 6
    pdf.set_draw_color(35, 133, 65)
    pdf.set_line_width(0.6)
    pdf.rect(_MARGIN, top, _COLUMN, _QR_MM + 4, round_corners=True, corner_radius=4)
    draw_qr(pdf, f"{address}#{letter.code}", _MARGIN + 2, top + 2, _QR_MM)
    beside, width = _MARGIN + _QR_MM + 8, _COLUMN - _QR_MM - 12
    pdf.set_xy(beside, top + 9)
    write(pdf, say(DEFAULT, "letter.code"), 12, width)
    pdf.set_xy(beside, pdf.get_y() + 1)
    groups = in_groups(letter.code).split("-")
    write(pdf, "  ".join(groups[:2]) + "\n" + "  ".join(groups[2:]), 24, width)
    pdf.set_xy(beside, pdf.get_y() + 3)
    write(pdf, say(DEFAULT, "letter.until", day=day), 10, width)
    pdf.set_y(top + _QR_MM + 4)


def _other_languages(pdf: FPDF, kind: InvitationKind) -> None:
    pdf.set_xy(_MARGIN, pdf.get_y() + 7)
    for language, name in _LANGUAGES:
        line = say(DEFAULT, f"letter.{kind}.{language}")
        if language == "ar":
            write(pdf, arabic(f"{name}: {line}"), 11, _COLUMN, right=True)
        else:
            write(pdf, f"{name}: {line}", 10.5, _COLUMN)
        pdf.set_xy(_MARGIN, pdf.get_y() + 1.5)
    assert pdf.get_y() < HEIGHT - 10, "a letter is one page"
