"""OneRoster 1.1 and 1.2, CSV binding: a zip of tables (1EdTech OneRoster 1.2 CSV Binding).

Tolerant in what is harmless (case of headers, byte order mark, `;`, Windows-1252), strict in what is not: a zip
that unpacks to more than it should, or a table that lacks a column that it cannot do without, is refused as a whole.
"""

import csv
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from typing import IO

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
from app.people.rosters.values import (
    in_scope,
    read_birth_date,
    read_date,
    read_key,
    read_level,
    read_name,
    school_year_of,
)

MOST_FILES, MOST_BYTES, MOST_RATIO = 60, 400_000_000, 200
_NEEDED = {
    "orgs": {"sourcedid", "name", "type"},
    "classes": {"sourcedid", "title", "schoolsourcedid"},
    "users": {"sourcedid", "givenname", "familyname"},
    "enrollments": {"classsourcedid", "usersourcedid", "role"},
}
_PUPILS, _TEACHERS, _GUARDIANS = {"student"}, {"teacher", "aide", "proctor"}, {"guardian", "parent", "relative"}
_BRIN = re.compile(r"(\d{2}[A-Za-z]{2})(\d{2})?$")
_ECKID = re.compile(r"\{\s*eck-?id\s*:\s*([^}]+)\}", re.IGNORECASE)

_SCHOOL_YEAR = re.compile(r"20[0-9]{2}$")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError
)  # fmt: skip
"""What a damaged zip raises, depending on where it is damaged."""

Row = dict[str, str]


def read_oneroster(source: IO[bytes], today: date, level: Level | None = None) -> Roster:
    """Reads a bundle. `level` is that of classes which do not tell theirs. Raises RosterRefused."""
    return _Bundle(_open(source), today, level).read()


def _open(source: IO[bytes]) -> zipfile.ZipFile:
    try:
        bundle = zipfile.ZipFile(source)
    except _BROKEN as error:
        raise RosterRefused("no_zip") from error
    members = bundle.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > MOST_FILES or unpacked > MOST_BYTES or (unpacked > 1_000_000 and unpacked / packed > MOST_RATIO):
        raise RosterRefused("too_large")
    if any(member.flag_bits & 1 for member in members):
        raise RosterRefused("encrypted")
    return bundle


class _Bundle:
    """One bundle, table by table."""

    def __init__(self, bundle: zipfile.ZipFile, today: date, level: Level | None) -> None:
        self._bundle, self._today, self._level = bundle, today, level
        # Only the name counts, wherever it says it lies: nothing is ever unpacked to a path.
        self._members = {
            member.filename.replace("\\", "/").rpartition("/")[2].casefold(): member
            for member in bundle.infolist()
            if not member.is_dir()
        }
        self._roster = Roster()
        self._orgs: dict[str, str] = {}
        self._years: dict[str, int] = {}
        self._dates: dict[str, tuple[date | None, date | None]] = {}
        self._out_of_scope: set[str] = set()
        self._birth_dates: dict[str, str] = {}
        self._roles: dict[str, set[str]] = {}
        self._disabled: set[str] = set()
        self._eckids: set[str] = set()

    def read(self) -> Roster:
        """The whole bundle."""
        if not {"manifest.csv", "users.csv"} & set(self._members):
            raise RosterRefused("no_oneroster")
        manifest = {
            row.get("propertyname", "").casefold(): row.get("value", "").casefold() for _, row in self._rows("manifest")
        }
        self._roster.whole = "delta" not in {manifest.get(f"file.{name}") for name in ("users", "enrollments")}
        self._read_orgs()
        self._read_sessions()
        self._read_classes()
        self._read_demographics()
        self._read_roles()
        self._read_users()
        self._read_enrollments()
        return self._roster

    # --- tables -----------------------------------------------------------------------------------

    def _rows(self, table: str) -> Iterator[tuple[int, Row]]:
        member = self._members.get(f"{table}.csv")
        if member is None:
            if table in _NEEDED and self._roster.whole and table != "manifest":
                raise RosterRefused("file_missing", f"{table}.csv")
            return
        text = _decoded(self._unpacked(member))
        header = text.partition("\n")[0]
        lines = csv.reader(
            io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ","
        )
        try:
            names = [name.strip().casefold() for name in next(lines, [])]
            if missing := _NEEDED.get(table, set()) - set(names):
                raise RosterRefused("column_missing", f"{table}.csv: {', '.join(sorted(missing))}")
            empty, begins = dict.fromkeys(names, ""), lines.line_num + 1
            for cells in lines:
                if any(cell.strip() for cell in cells):
                    # A row that is too short lacks its last cells.
                    yield begins, empty | {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
                begins = lines.line_num + 1
        except csv.Error as error:
            raise RosterRefused("broken_csv", f"{table}.csv, {lines.line_num}") from error

    def _unpacked(self, member: zipfile.ZipInfo) -> bytes:
        try:
            with self._bundle.open(member) as stream:
                content = stream.read(MOST_BYTES + 1)
        except _BROKEN as error:
            raise RosterRefused("no_zip", member.filename[:100]) from error
        if len(content) > MOST_BYTES:
            raise RosterRefused("too_large")
        return content

    def _active(self, table: str) -> Iterator[tuple[int, Row]]:
        """Rows that are not taken out by a delta file."""
        for line, row in self._rows(table):
            if row.get("status", "").casefold() not in ("tobedeleted", "inactive"):
                yield line, row

    def _problem(self, table: str, line: int, code: str, value: str = "") -> None:
        self._roster.problems.append(Problem(f"{table}.csv", line, code, value[:100]))

    def _read_orgs(self) -> None:
        for line, row in self._active("orgs"):
            if row["type"].casefold() != "school":
                continue
            told = row.get("identifier") or row["sourcedid"]
            found = _BRIN.search(told.replace("-", "").replace(" ", ""))
            if found is None:
                self._problem("orgs", line, "no_brin", told)
                continue
            school = RosterSchool(found[1].upper(), found[2] or "00", row["name"] or found[0].upper())
            self._roster.schools[school.key] = school
            self._orgs[read_key(row["sourcedid"])] = school.key

    def _read_sessions(self) -> None:
        for line, row in self._active("academicsessions" if "academicsessions.csv" in self._members else "terms"):
            key = read_key(row.get("sourcedid", ""))
            try:
                starts, ends = read_date(row.get("startdate", "")), read_date(row.get("enddate", ""))
            except ValueError as error:
                self._problem("academicSessions", line, "bad_date", str(error))
                continue
            self._dates[key] = (starts, ends)
            told = row.get("schoolyear", "")
            if _SCHOOL_YEAR.match(told):
                self._years[key] = int(told) - 1  # OneRoster names a school year by the year in which it ends
            elif starts:
                self._years[key] = school_year_of(starts)

    def _read_classes(self) -> None:
        for line, row in self._active("classes"):
            school = self._orgs.get(read_key(row["schoolsourcedid"]))
            if school is None:
                self._problem("classes", line, "unknown_school", row["schoolsourcedid"])
                continue
            told = next(
                (found for text in (row.get("grades", "").partition(",")[0], row["title"])
                 if text and (found := read_level(text, self._level))), None
            )  # fmt: skip
            try:
                name = read_name(row["title"])
            except ValueError:
                self._problem("classes", line, "no_name", row["sourcedid"])
                continue
            if told is None:
                self._problem("classes", line, "unknown_level", row.get("grades") or row["title"])
                continue
            key = read_key(row["sourcedid"])
            if not in_scope(*told):
                self._out_of_scope.add(key)
                self._roster.ignored["younger"] += 1
                continue
            terms = [read_key(term) for term in row.get("termsourcedids", "").split(",") if term.strip()]
            year = next((self._years[term] for term in terms if term in self._years), school_year_of(self._today))
            self._roster.groups[key] = RosterGroup(key, school, year, name, *told)

    def _read_demographics(self) -> None:
        for _, row in self._active("demographics"):
            self._birth_dates[read_key(row.get("sourcedid", ""))] = row.get("birthdate", "")

    def _read_roles(self) -> None:
        """Since 1.2 the roles stand in a table of their own."""
        for _, row in self._active("roles"):
            self._roles.setdefault(read_key(row.get("usersourcedid", "")), set()).add(row.get("role", "").casefold())

    def _read_users(self) -> None:
        agents: list[tuple[int, str, str]] = []
        seen: set[str] = set()
        for line, row in self._rows("users"):
            key = read_key(row["sourcedid"])
            if row.get("status", "").casefold() in ("tobedeleted", "inactive"):
                self._roster.gone.add(key)
                continue
            if row.get("enableduser", "").casefold() == "false":
                self._disabled.add(key)
                self._roster.ignored["disabled"] += 1
                continue
            roles = self._roles.get(key) or {row.get("role", "").casefold()}
            kinds = self._kinds(roles)
            if not kinds:
                self._roster.ignored["other_role"] += 1
                continue
            if not key:
                self._problem("users", line, "no_key")
                continue
            try:
                person = self._person(key, row)
            except _NoDate as error:
                self._broken(line, key, "bad_date", str(error))
                continue
            except ValueError as error:
                self._broken(line, key, "no_name", str(error))
                continue
            if key in seen or person.eckid in self._eckids:
                self._broken(line, key, "twice", row["sourcedid"] if key in seen else person.eckid or "")
                continue
            seen.add(key)
            self._eckids.update(filter(None, [person.eckid]))
            for people in kinds:
                people[key] = person
            agents += [(line, key, read_key(agent)) for agent in _list(row.get("agentsourcedids", ""))]
        self._tie(agents)

    def _broken(self, line: int, key: str, code: str, value: str) -> None:
        """A row of somebody who may well be here already."""
        self._problem("users", line, code, value)
        self._roster.unclear.add(key)

    def _kinds(self, roles: set[str]) -> list[dict[str, RosterPerson]]:
        """As what somebody is here; a teacher may be a parent as well."""
        if roles & _PUPILS:
            return [self._roster.pupils]
        of_staff, at_home = roles & _TEACHERS, roles & _GUARDIANS
        return [self._roster.staff] * bool(of_staff) + [self._roster.guardians] * bool(at_home)

    def _person(self, key: str, row: Row) -> RosterPerson:
        told = row.get("birthdate") or self._birth_dates.get(key, "")
        try:
            born = read_birth_date(told, self._today)
        except ValueError as error:
            raise _NoDate(told) from error
        given = read_name(row.get("preferredfirstname") or row["givenname"])
        infix, family = row.get("middlename", ""), row["familyname"]
        # Dutch bundles put the infix in `middleName`; a second given name there is no infix.
        parts = [infix] if infix and infix == infix.casefold() else []
        eckid = _ECKID.search(row.get("userids", ""))
        return RosterPerson(
            key,
            given,
            read_name(" ".join([*parts, family])),
            born,
            eckid[1].strip().casefold() if eckid else None,
            row.get("username", "").strip().casefold() or None,
        )

    def _tie(self, agents: list[tuple[int, str, str]]) -> None:
        """In 1.1 a parent may be named by the child, or the child by the parent."""
        roster = self._roster
        for line, one, other in agents:
            if one in roster.pupils and other in roster.guardians:
                roster.guardianships.add((other, one))
            elif one in roster.guardians and other in roster.pupils:
                roster.guardianships.add((one, other))
            elif one in roster.guardians and not roster.whole:
                roster.guardianships.add((one, other))  # a child about whom nothing changed
            elif one in roster.pupils or one in roster.guardians:
                self._problem("users", line, "unknown_agent", other)

    def _read_enrollments(self) -> None:
        roster = self._roster
        for line, row in self._rows("enrollments"):
            group_key, user = read_key(row["classsourcedid"]), read_key(row["usersourcedid"])
            if group_key in self._out_of_scope or user in self._disabled or user in roster.gone:
                continue
            group = roster.groups.get(group_key)
            if group is None and roster.whole:
                self._unenrolled(line, user, "unknown_class", row["classsourcedid"])
                continue
            try:
                starts, ends = read_date(row.get("begindate", "")), read_date(row.get("enddate", ""))
            except ValueError as error:
                self._unenrolled(line, user, "bad_date", str(error))
                continue
            if starts and ends and ends < starts:
                self._unenrolled(line, user, "ends_before_start", row["usersourcedid"])
                continue
            if row.get("status", "").casefold() in ("tobedeleted", "inactive"):
                ends = min(ends or self._today, self._today)
            school = group.school if group else self._orgs.get(read_key(row.get("schoolsourcedid", "")), "")
            self._enrol(line, row, user, (school, group_key), starts, ends)
        if roster.whole:
            self._without_a_pupil()

    def _unenrolled(self, line: int, user: str, code: str, value: str) -> None:
        """A row that says badly where somebody is, which is not that they left."""
        self._problem("enrollments", line, code, value)
        self._roster.unclear.add(user)

    def _enrol(
        self, line: int, row: Row, user: str, place: tuple[str, str], starts: date | None, ends: date | None
    ) -> None:
        roster, role = self._roster, row["role"].casefold()
        # A file of changes names people who are not in it, because nothing about them changed.
        if role in _PUPILS and (user in roster.pupils or not roster.whole):
            roster.enrolments.append(Enrolment(user, *place, starts, ends, line))
        elif role in _TEACHERS and (user in roster.staff or not roster.whole):
            mentor = row.get("primary", "").casefold() == "true"
            roster.teachings.append(Teaching(user, *place, starts, ends, line, mentor))
        elif role in _PUPILS | _TEACHERS:
            self._problem("enrollments", line, "unknown_user", row["usersourcedid"])

    def _without_a_pupil(self) -> None:
        """Pupils of classes that are left out are left out too, with their parents."""
        roster = self._roster
        placed = {enrolment.pupil for enrolment in roster.enrolments}
        left_out = len(roster.pupils) - len(placed)
        if left_out:
            roster.ignored["without_class"] += left_out
        roster.pupils = {key: pupil for key, pupil in roster.pupils.items() if key in placed}
        roster.guardianships = {pair for pair in roster.guardianships if pair[1] in roster.pupils}
        needed = {guardian for guardian, _ in roster.guardianships}
        roster.guardians = {key: person for key, person in roster.guardians.items() if key in needed}
        teaching = {one.teacher for one in roster.teachings}
        roster.staff = {key: person for key, person in roster.staff.items() if key in teaching}


class _NoDate(ValueError):
    """What stands there is no date."""


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark; what is not is Windows-1252, as older administrations write.

    Without NUL, which the database does not take.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\0", "")


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]
