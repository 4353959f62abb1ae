"""EDEXML, as Dutch primary schools' administrations export it: groups, pupils and staff of one school.

Read in one pass that keeps little in memory; entities, document types and references to elsewhere are refused.
"""

from collections.abc import Iterator
from datetime import date
from typing import IO
from xml.etree.ElementTree import Element, ParseError  # the parser below is defusedxml's

from app.people.models import Level
from app.people.rosters.roster import (
    Enrolment,
    Problem,
    Roster,
    RosterGroup,
    RosterPerson,
    RosterRefused,
    RosterSchool,
    Teaching,
)
from app.people.rosters.values import in_scope, read_birth_date, read_date, read_key, read_name, school_year_of


def read_edexml(source: IO[bytes], today: date) -> Roster:
    """Reads a file. Raises RosterRefused."""
    return _Reader(today).read(source)


class _Reader:
    """One file: the school stands first, then its groups, pupils and staff."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._roster = Roster()
        self._school = ""
        self._year = school_year_of(today)
        self._out_of_scope: set[str] = set()
        self._number = {"leerling": 0, "leerkracht": 0, "groep": 0}

    def read(self, source: IO[bytes]) -> Roster:
        """All of it; a problem's `line` counts the elements of its kind."""
        seen_root = False
        for place, element in _elements(source):
            seen_root = seen_root or place[:1] == ("EDEX",)
            if not seen_root:
                raise RosterRefused("no_edexml")
            match place:
                case ("EDEX", "school"):
                    self._read_school(element)
                case ("EDEX", "groepen" | "samengestelde_groepen", _):
                    self._read_group(element)
                case ("EDEX", "leerlingen", "leerling"):
                    self._read_pupil(element)
                case ("EDEX", "leerkrachten", "leerkracht"):
                    self._read_teacher(element)
                case _:
                    continue
            element.clear()
        if not self._school:
            raise RosterRefused("no_edexml")
        return self._roster

    def _problem(self, kind: str, code: str, value: str = "") -> None:
        self._roster.problems.append(Problem(kind, self._number[kind], code, value[:100]))

    def _read_school(self, element: Element) -> None:
        brin = _text(element, "brincode").upper()
        site = (_text(element, "dependancecode") or "00")[-2:].rjust(2, "0")
        if len(brin) == 6:
            brin, site = brin[:4], brin[4:]
        if len(brin) != 4:
            raise RosterRefused("no_brin", brin)
        school = RosterSchool(brin, site, _text(element, "naam") or _text(element, "schoolnaam") or brin)
        told = _text(element, "schooljaar")[:4]
        self._year = int(told) if told.isdigit() else self._year
        self._school = school.key
        self._roster.schools[school.key] = school

    def _read_group(self, element: Element) -> None:
        self._number["groep"] += 1
        key = read_key(element.get("key", ""))
        told = _text(element, "jaargroep")
        if element.tag == "samengestelde_groep" or not told.isdigit():
            return  # the pupils in it say their own year
        if not in_scope(Level.PO, int(told)):
            self._out_of_scope.add(key)
            self._roster.ignored["younger"] += 1
            return
        try:
            name = read_name(_text(element, "naam"))
        except ValueError:
            self._problem("groep", "no_name", key)
            return
        self._roster.groups[key] = RosterGroup(key, self._school, self._year, name, Level.PO, int(told))

    def _read_pupil(self, element: Element) -> None:
        self._number["leerling"] += 1
        key, told = read_key(element.get("key", "")), _text(element, "jaargroep")
        if told.isdigit() and not in_scope(Level.PO, int(told)):
            self._roster.ignored["younger"] += 1
            return
        group = read_key(_key_of(element, "groep"))
        if group in self._out_of_scope:
            self._roster.ignored["younger"] += 1
            return
        if not key:
            self._problem("leerling", "no_key")
        elif key in self._roster.pupils:
            self._problem("leerling", "twice", key)
        elif group and group not in self._roster.groups:
            self._problem("leerling", "unknown_class", group)
        else:
            self._add_pupil(element, key, group)

    def _add_pupil(self, element: Element, key: str, group: str) -> None:
        try:
            born = read_birth_date(_text(element, "geboortedatum"), self._today)
            starts = read_date(_text(element, "instroomdatum"))
        except ValueError as error:
            self._problem("leerling", "bad_date", str(error))
            return
        try:
            self._roster.pupils[key] = _person(element, key, born)
        except ValueError:
            self._problem("leerling", "no_name", key)
            return
        self._roster.enrolments.append(Enrolment(key, self._school, group or None, starts))

    def _read_teacher(self, element: Element) -> None:
        self._number["leerkracht"] += 1
        key = f"leerkracht/{read_key(element.get('key', ''))}"  # pupils and staff are numbered apart
        try:
            self._roster.staff[key] = _person(element, key, None)
        except ValueError:
            self._problem("leerkracht", "no_name", key)
            return
        groups = [read_key(each.get("key", "")) for each in element.findall("groepen/groep")]
        taught = [group for group in groups if group in self._roster.groups]
        if not taught:
            self._roster.teachings.append(Teaching(key, self._school, None))
        for group in taught:
            self._roster.teachings.append(Teaching(key, self._school, group, is_mentor=len(taught) == 1))


def _elements(source: IO[bytes]) -> Iterator[tuple[tuple[str, ...], Element]]:
    """Each element when it has ended, with its place from the root. Raises RosterRefused."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    place: list[str] = []
    try:
        for happened, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if happened == "start":
                element.tag = name
                place.append(name)
            else:
                yield tuple(place), element
                place.pop()
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise RosterRefused("broken_xml", str(error)[:100]) from error


def _text(element: Element, name: str) -> str:
    """What stands in a child element, or else in an attribute."""
    return (element.findtext(name) or element.get(name) or "").strip()


def _key_of(element: Element, name: str) -> str:
    child = element.find(name)
    return (child.get("key") or child.text or "").strip() if child is not None else ""


def _person(element: Element, key: str, born: date | None) -> RosterPerson:
    given = _text(element, "roepnaam") or _text(element, "voornamen") or _text(element, "voorletters-1")
    family = " ".join(filter(None, (_text(element, "voorvoegsel"), _text(element, "achternaam"))))
    eckid, login = _text(element, "eckid"), _text(element, "gebruikersnaam")
    return RosterPerson(
        key, read_name(given), read_name(family), born, eckid.casefold() or None, login.casefold() or None
    )
