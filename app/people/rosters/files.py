"""Which kind of file it is, and reading it."""

from datetime import date
from typing import IO

from app.people.models import Level
from app.people.rosters.edexml import read_edexml
from app.people.rosters.oneroster import read_oneroster
from app.people.rosters.roster import Roster, RosterRefused


def read_roster(source: IO[bytes], today: date, level: Level | None = None) -> Roster:
    """Reads a OneRoster bundle (zip) or an EDEXML file, by what it begins with. Raises RosterRefused."""
    source.seek(0)
    start = source.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    source.seek(0)
    if start.startswith(b"PK"):
        return read_oneroster(source, today, level)
    if start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return read_edexml(source, today)
    raise RosterRefused("unknown_file")
