"""What every kind of file is read into. Keys are the administration's own, case folded."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from app.people.models import Level


class RosterRefused(Exception):
    """A file that cannot be read as a whole; `code` says why (`roster.<code>` in the catalogues)."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(f"{code}: {value}" if value else code)
        self.code, self.value = code, value


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that cannot be used: in which file, on which line (from 1), why, and the value that is in the way."""

    file: str
    line: int
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class RosterSchool:
    """A school site. `site` is the two figures after the BRIN; 00 is the main one."""

    brin: str
    site: str
    name: str

    @property
    def key(self) -> str:
        """'01AB00'."""
        return self.brin + self.site


@dataclass(frozen=True, slots=True)
class RosterGroup:
    """A class in a school year, known by the year it starts in."""

    key: str
    school: str
    school_year: int
    name: str
    level: Level
    study_year: int


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A pupil, a member of staff or a guardian; `family_name` with its infix."""

    key: str
    given_name: str
    family_name: str
    birth_date: date | None = None
    eckid: str | None = None
    login: str | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A pupil at a school, in a group where that is known; from and to as the administration has it.

    In a file of changes `school` may be empty where the group is not in it: the group tells.
    """

    pupil: str
    school: str
    group: str | None
    starts_on: date | None = None
    ends_on: date | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Teaching:
    """A member of staff at a school, with a group or without; as Enrolment."""

    teacher: str
    school: str
    group: str | None
    starts_on: date | None = None
    ends_on: date | None = None
    line: int = 0
    is_mentor: bool = False


@dataclass(slots=True)
class Roster:
    """A whole file. `whole`: who is not in it has left; otherwise it tells only what changed, and who is `gone`."""

    schools: dict[str, RosterSchool] = field(default_factory=dict)
    groups: dict[str, RosterGroup] = field(default_factory=dict)
    pupils: dict[str, RosterPerson] = field(default_factory=dict)
    staff: dict[str, RosterPerson] = field(default_factory=dict)
    guardians: dict[str, RosterPerson] = field(default_factory=dict)
    enrolments: list[Enrolment] = field(default_factory=list)
    teachings: list[Teaching] = field(default_factory=list)
    guardianships: set[tuple[str, str]] = field(default_factory=set)
    """(guardian, pupil)"""
    problems: list[Problem] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    """What is left out on purpose, such as the lower classes of a primary school, by reason."""
    whole: bool = True
    gone: set[str] = field(default_factory=set)
    unclear: set[str] = field(default_factory=set)
    """People of whom a row is broken: what is known of them stays, they have not left."""
