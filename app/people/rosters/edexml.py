"""EDEXML, as Dutch primary schools' administrations export it: groups, pupils and staff of one school.

Read in one pass that keeps little in memory; entities, document types and references to elsewhere are refused.
"""

import re
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

_YEARS = frozenset("012345678")
"""Others are letters: special education and newcomers, who follow no year."""
_SCHOOL_YEAR = re.compile(r"20[0-9]{2}$")


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
        self._other_groups: dict[str, str] = {}
        self._years_of: dict[str, set[int]] = {}
        self._taught: dict[str, list[str]] = {}
        self._eckids: set[str] = set()
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
        self._add_mixed_groups()
        self._assign_teachers()
        return self._roster

    def _problem(self, kind: str, code: str, value: str = "", of: str = "") -> None:
        """`of`: the key of the person whose row it is, who may well be here already."""
        self._roster.problems.append(Problem(kind, self._number[kind], code, value[:100]))
        self._roster.unclear |= {of} - {""}

    def _read_school(self, element: Element) -> None:
        brin = _text(element, "brincode").upper()
        site = (_text(element, "dependancecode") or "00")[-2:].rjust(2, "0")
        if len(brin) == 6:
            brin, site = brin[:4], brin[4:]
        if len(brin) != 4:
            raise RosterRefused("no_brin", brin)
        school = RosterSchool(brin, site, _text(element, "naam") or _text(element, "schoolnaam") or brin)
        told = _text(element, "schooljaar")[:4]
        self._year = int(told) if _SCHOOL_YEAR.match(told) else self._year
        self._school = school.key
        self._roster.schools[school.key] = school

    def _read_group(self, element: Element) -> None:
        self._number["groep"] += 1
        key, told = _group_key(element), _text(element, "jaargroep")
        try:
            name = read_name(_text(element, "naam"))
        except ValueError:
            self._problem("groep", "no_name", key)
            return
        if not _takes_part(told):
            # Groep 6 and 7 may sit together: the pupils say their own year.
            self._other_groups[key] = name
            self._roster.ignored["younger"] += told in _YEARS
            return
        self._roster.groups[key] = RosterGroup(key, self._school, self._year, name, Level.PO, int(told))

    def _read_pupil(self, element: Element) -> None:
        self._number["leerling"] += 1
        key, told = read_key(element.get("key", "")), _text(element, "jaargroep")
        groups = [_group_key(each) for each in element.findall("groep") if each.get("key")]
        groups += [_group_key(each) for each in element.findall("samengestelde_groepen/samengestelde_groep")]
        if not _takes_part(told) and (told or any(group in self._other_groups for group in groups)):
            self._roster.ignored["younger" if told in _YEARS or not told else "other_year"] += 1
            return
        unknown = [group for group in groups if group not in self._roster.groups and group not in self._other_groups]
        if not key:
            self._problem("leerling", "no_key")
        elif key in self._roster.pupils:
            self._problem("leerling", "twice", key)
        elif unknown:
            self._problem("leerling", "unknown_class", unknown[0], of=key)
        else:
            self._add_pupil(element, key, told, groups)

    def _add_pupil(self, element: Element, key: str, told: str, groups: list[str]) -> None:
        try:
            born = read_birth_date(_text(element, "geboortedatum"), self._today)
            starts = read_date(_text(element, "instroomdatum"))
        except ValueError as error:
            self._problem("leerling", "bad_date", str(error), of=key)
            return
        try:
            pupil = _person(element, key, born)
        except ValueError:
            self._problem("leerling", "no_name", key, of=key)
            return
        if pupil.eckid in self._eckids:
            self._problem("leerling", "twice", pupil.eckid or "", of=key)
            return
        self._eckids.update(filter(None, [pupil.eckid]))
        self._roster.pupils[key] = pupil
        if not groups:
            self._roster.enrolments.append(Enrolment(key, self._school, None, starts))
        for group in groups:
            self._roster.enrolments.append(Enrolment(key, self._school, group, starts))
            if told and group in self._other_groups:
                self._years_of.setdefault(group, set()).add(int(told))

    def _add_mixed_groups(self) -> None:
        """Groups that do not tell a year of ours, and in which pupils of ours are."""
        for key, years in self._years_of.items():
            self._roster.groups[key] = RosterGroup(
                key, self._school, self._year, self._other_groups[key], Level.PO, min(years)
            )

    def _read_teacher(self, element: Element) -> None:
        self._number["leerkracht"] += 1
        own = read_key(element.get("key", ""))
        key = f"leerkracht/{own}"  # pupils and staff are numbered apart
        if not own:
            self._problem("leerkracht", "no_key")
            return
        if key in self._roster.staff:
            self._problem("leerkracht", "twice", own)
            return
        try:
            self._roster.staff[key] = _person(element, key, None)
        except ValueError:
            self._problem("leerkracht", "no_name", own, of=key)
            return
        self._taught[key] = [
            _group_key(each) for each in element.findall("groepen/*") + element.findall("samengestelde_groepen/*")
        ]

    def _assign_teachers(self) -> None:
        roster = self._roster
        for key, told in self._taught.items():
            groups = [group for group in dict.fromkeys(told) if group in roster.groups]
            if not groups:
                roster.teachings.append(Teaching(key, self._school, None))
            for group in groups:
                roster.teachings.append(Teaching(key, self._school, group, is_mentor=len(groups) == 1))


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
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise RosterRefused("broken_xml", str(error)[:100]) from error


def _text(element: Element, name: str) -> str:
    """What stands in a child element, or else in an attribute."""
    return (element.findtext(name) or element.get(name) or "").strip()


def _group_key(element: Element) -> str:
    """Composite groups are numbered apart."""
    key = read_key(element.get("key", ""))
    return f"samengesteld/{key}" if element.tag == "samengestelde_groep" else key


def _takes_part(told: str) -> bool:
    return told in _YEARS and in_scope(Level.PO, int(told))


def _person(element: Element, key: str, born: date | None) -> RosterPerson:
    given = _text(element, "roepnaam") or _text(element, "voornamen") or _text(element, "voorletters-1")
    family = " ".join(filter(None, (_text(element, "voorvoegsel"), _text(element, "achternaam"))))
    eckid, login = _text(element, "eckid"), _text(element, "gebruikersnaam")
    return RosterPerson(
        key, read_name(given), read_name(family), born, eckid.casefold() or None, login.casefold() or None
    )
