"""The people of the region: ten years of children who move up from groep 7, their families, and who teaches them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from app.access.cards.actions.coming_in import card_hash
from app.access.cards.models import PupilCard
from app.access.invitations.actions.by_school import GOOD_FOR
from app.access.invitations.models import Invitation
from app.access.models import Account
from app.demo.cast import CODE_HASH
from app.demo.rows import Dice, Rows, data, year_end, year_start
from app.people.models import (
    Group,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    Person,
    PersonAlias,
    Placement,
    School,
    SchoolYear,
    StaffRole,
)
from app.people.names import fold

YEARS_BACK = 6
"""School years of history before the current one."""

_CLASS_OF_CHILDREN = 22
_CLASS_OF_YOUTH = 20
_FIRST_YEAR_MBO = 6
"""School years after groep 7."""


@dataclass(slots=True)
class Year:
    """A pupil's school year: where, in which group, and who was the mentor."""

    group_id: UUID
    group_name: str
    placement_id: UUID
    level: str
    study_year: int
    mentor: UUID


@dataclass(slots=True)
class Guardian:
    """A parent or guardian as the stories need it: `sees` when the link opens the child's ring 2."""

    id: UUID
    language: str
    sees: bool


@dataclass(slots=True)
class Pupil:
    """A pupil with the school years that this region knows of."""

    id: UUID
    username: str
    given_name: str
    family_name: str
    birth_date: date
    cohort: int
    home_yes: date | None
    years: dict[int, Year] = field(default_factory=dict)
    guardians: list[Guardian] = field(default_factory=list)


@dataclass(slots=True)
class _Family:
    name: str
    origin: dict[str, Any]
    children: list[Pupil]


@dataclass(slots=True)
class _ClassYear:
    id: UUID
    name: str
    school: str
    level: str
    study_year: int
    mentor: UUID


class People:
    """All people, as rows, and the pupils as the stories need them."""

    def __init__(self, rows: Rows, today: date, password_hash: str) -> None:
        self._rows = rows
        self._today = today
        self._hash = password_hash
        self._dice = Dice("people")
        self._names = data("names.toml")
        self._cast = data("cast.toml")
        self._usernames: set[str] = {
            each["username"] for kind in ("pupil", "guardian", "staff") for each in self._cast[kind]
        }
        self._taken_names: set[str] = set()
        self.year = today.year - (today.month < 8)
        self.first_year = self.year - YEARS_BACK
        self.by_username: dict[str, UUID] = {}
        self.pupils: list[Pupil] = []
        self.subject_teachers: dict[UUID, list[UUID]] = defaultdict(list)
        self._families: list[_Family] = []
        self._schools = self._make_schools()
        self._teachers: dict[str, list[tuple[UUID, UUID]]] = defaultdict(list)
        self._make_staff()
        self._classes = self._make_classes()
        for cohort in range(self.first_year - 3, self.year + 1):
            self._make_cohort(cohort)
        self._make_guardians()
        self._make_cards()
        self._make_invitations()
        self._make_aliases()
        self._make_joined()

    def _make_joined(self) -> None:
        """Families of the cast that came later, with dice of their own."""
        self._dice = Dice("joined")
        for each in self._cast["pupil"]:
            if "joined" in each:
                self._make_pupil(self.year - each["behind"], 0, each["behind"], 0, each)
        pupils = {pupil.username: pupil for pupil in self.pupils}
        for each in self._cast["guardian"]:
            if "joined" in each:
                guardian = self._person(each["given"], each["family"], each["username"], locale=each["language"])
                for child in each["children"]:
                    self._tie(guardian, pupils[child], each["language"], each["custody"], each["state"])

    def _make_aliases(self) -> None:
        """What the roster calls those of the cast whose school has accounts of its own."""
        for each in (*self._cast["pupil"], *self._cast["staff"]):
            if "account_at" in each:
                self._rows.add(
                    PersonAlias,
                    id=self._dice.id(self._born),
                    person_id=self.by_username[each["username"]],
                    school_id=self._schools[each["account_at"]],
                    kind="login",
                    value=each["username"],
                )

    def _make_cards(self) -> None:
        for each in self._cast["pupil"]:
            if "card" in each:
                self._rows.add(
                    PupilCard,
                    id=self._dice.id(self._born),
                    pupil_id=self.by_username[each["username"]],
                    secret_hash=card_hash(each["card"]),
                    issued_by=self.by_username["spaans"],
                    issued_at=datetime.combine(year_start(self.year), time(8), UTC),
                    last_day=year_end(self.year),
                    revoked_at=None,
                )

    def _make_invitations(self) -> None:
        for number, each in enumerate(self._cast["invitation"]):
            self._invitation(each["pupil"], each["school"], each["by"], each["selector"], 3 + 4 * number)
        for number, each in enumerate(self._cast["guardian"]):
            if "relation" in each:
                [child] = each["children"]
                claimed_by = self.by_username[each["username"]]
                self._invitation(child, "vmbo", "deruiter", f"DU{number:02}", 12, claimed_by, each["relation"])

    def _invitation(
        self, pupil: str, school: str, by: str, selector: str, days_ago: int,
        claimed_by: UUID | None = None, relation: str | None = None,
    ) -> None:  # fmt: skip
        made_at = datetime.combine(self._today - timedelta(days=days_ago), time(8), UTC)
        self._rows.add(
            Invitation,
            id=self._dice.id(made_at),
            kind="guardian",
            school_id=self._schools[school],
            person_id=self.by_username[pupil],
            letter=1,
            selector=selector,
            secret_hash=CODE_HASH,
            made_by=self.by_username[by],
            made_at=made_at,
            expires_at=made_at + GOOD_FOR,
            ended_at=None,
            mail_to=None,
            mailed_at=None,
            misses=0,
            claimed_at=made_at + timedelta(days=1) if claimed_by else None,
            claimed_by=claimed_by,
            relation=relation,
        )

    # --- schools and staff ------------------------------------------------------------------------

    def _make_schools(self) -> dict[str, UUID]:
        for year in range(self.first_year - 2, self.year + 2):
            self._rows.add(SchoolYear, start_year=year, starts_on=year_start(year), ends_on=year_end(year))
        schools = {}
        for code, school in self._cast["schools"].items():
            schools[code] = self._dice.id(self._born)
            self._rows.add(School, id=schools[code], name=school["name"], brin=school["brin"], site="00")
        return schools

    @property
    def _born(self) -> datetime:
        """When the region's records were made."""
        return datetime.combine(year_start(self.first_year), time(8), UTC)

    def _person(
        self, given: str, family: str, username: str, birth_date: date | None = None, locale: str = "nl",
        home_yes: date | None = None,
    ) -> UUID:  # fmt: skip
        person_id = self._dice.id(self._born)
        self._rows.add(
            Person,
            id=person_id,
            given_name=given,
            family_name=family,
            search_name=fold(f"{given} {family}"),
            birth_date=birth_date,
            locale=locale,
            home_sharing_since=home_yes,
            created_at=self._born,
        )
        self._rows.add(Account, person_id=person_id, username=username, password_hash=self._hash)
        self.by_username[username] = person_id
        return person_id

    def _username(self, given: str, family: str) -> str:
        plain = "".join(char for char in fold(f"{given}.{family}") if char.isalnum() or char == ".")
        name, number = plain, 2
        while name in self._usernames:
            name, number = f"{plain}{number}", number + 1
        self._usernames.add(name)
        return name

    def _make_staff(self) -> None:
        for each in self._cast["staff"]:
            given, _, family = each["name"].partition(" ")
            person = self._person(given, family, each["username"])
            for role in each["roles"]:
                self._staff_role(person, each.get("school"), role)
        for place, name in enumerate(self._names["staff"]["names"]):
            given, _, family = name.partition(" ")
            person = self._person(given, family, self._username(given, family))
            self._staff_role(person, "po" if place < 2 else "mbo" if place < 5 else "vmbo", "teacher")
        for school in ("po", "mbo"):
            person = self._person("Bea", f"van der {'Horst' if school == 'po' else 'Laan'}", f"beheer.{school}")
            self._staff_role(person, school, "admin")

    def _staff_role(self, person: UUID, school: str | None, role: str) -> None:
        role_id = self._dice.id(self._born)
        self._rows.add(
            StaffRole,
            id=role_id,
            person_id=person,
            school_id=self._schools[school] if school else None,
            role=role,
            starts_on=year_start(self.first_year),
            ends_on=None,
        )
        if role == "teacher" and school:
            self._teachers[school].append((person, role_id))

    # --- classes ----------------------------------------------------------------------------------

    def _make_classes(self) -> dict[tuple[int, int, str], _ClassYear]:
        """By school year, years since groep 7, and letter."""
        classes = {}
        for year in range(self.first_year, self.year + 1):
            for step in range(_FIRST_YEAR_MBO + 3):
                for letter in ("A",) if step < 2 else ("B", "C"):
                    classes[year, step, letter] = self._make_class(year, step, letter)
        return classes

    def _make_class(self, year: int, step: int, letter: str) -> _ClassYear:
        mentor, mentor_role = self._mentor(year - step, step, letter)
        if step < 2:
            school, study_year, name = "po", 7 + step, str(7 + step)
        elif step < _FIRST_YEAR_MBO:
            school, study_year, name = "vmbo", step - 1, f"{step - 1}{letter}"
        else:
            school, study_year = "mbo", step - _FIRST_YEAR_MBO + 1
            name = f"{'TL' if letter == 'B' else 'ZW'}{study_year}"
        group = _ClassYear(self._dice.id(self._born), name, school, school, study_year, mentor)
        self._rows.add(
            Group,
            id=group.id,
            school_id=self._schools[school],
            school_year=year,
            name=name,
            level=group.level,
            study_year=study_year,
        )
        self._assign(mentor_role, group.id, year, is_mentor=True)
        if school == "vmbo":
            colleagues = [each for each in self._teachers[school] if each[0] != mentor]
            teacher, role = colleagues[(year * 5 + step * 3 + (letter == "C")) % len(colleagues)]
            self._assign(role, group.id, year, is_mentor=False)
            self.subject_teachers[group.id].append(teacher)
        return group

    def _mentor(self, cohort: int, step: int, letter: str) -> tuple[UUID, UUID]:
        teachers = self._teachers["po" if step < 2 else "vmbo" if step < _FIRST_YEAR_MBO else "mbo"]
        if step < 2:
            return teachers[step]
        if step >= _FIRST_YEAR_MBO:
            return teachers[0 if letter == "C" else 1]
        if cohort == self.year - 3 and letter == "C" and step < 4:
            return teachers[0]
        # A mentor goes along for two years.
        return teachers[1 + (cohort * 2 + (letter == "C") + (step >= 4) * 5) % (len(teachers) - 1)]

    def _assign(self, role: UUID, group: UUID, year: int, *, is_mentor: bool) -> None:
        self._rows.add(
            GroupAssignment,
            id=self._dice.id(self._born),
            staff_role_id=role,
            group_id=group,
            is_mentor=is_mentor,
            starts_on=year_start(year),
            ends_on=None if year == self.year else year_end(year),
        )

    # --- pupils -----------------------------------------------------------------------------------

    def _make_cohort(self, cohort: int) -> None:
        """Children who were in groep 7 in the school year `cohort`."""
        steps_now = self.year - cohort
        from_here = _CLASS_OF_CHILDREN if cohort >= self.first_year - 1 else 0
        cast = [each for each in self._cast["pupil"] if each["behind"] == steps_now and "joined" not in each]
        for number in range(from_here):
            goes_on = number < from_here - 2
            last = min(steps_now, self._last_step(number) if goes_on else 1)
            self._make_pupil(cohort, 0, last, number, cast[number] if number < len(cast) else None)
        if steps_now >= 2:
            for number in range(from_here, 2 * _CLASS_OF_YOUTH + (2 if from_here else 0)):
                self._make_pupil(cohort, 2, min(steps_now, self._last_step(number)), number)
        if steps_now >= _FIRST_YEAR_MBO:
            for number in range(4):
                self._make_pupil(cohort, _FIRST_YEAR_MBO, min(steps_now, 7 + number % 2), number)

    @staticmethod
    def _last_step(number: int) -> int:
        """Half go on to our mbo, for two or three years; the others leave after vmbo."""
        return (8 if number % 3 else 7) if number % 4 < 2 else 5

    def _make_pupil(self, cohort: int, first: int, last: int, number: int, cast: dict[str, Any] | None = None) -> None:
        dice = self._dice
        family = self._family_of(cohort, cast)
        girl = cast["girl"] if cast else dice.happens(0.5)
        given = cast["given"] if cast else self._given_name(family, girl=girl)
        username = cast["username"] if cast else self._username(given, family.name)
        birth_date = self._birth_date(cohort, cast)
        home_yes = self._home_yes(birth_date, sure=cast is not None)
        pupil = Pupil(
            self._person(given, family.name, username, birth_date, home_yes=home_yes),
            username, given, family.name, birth_date, cohort, home_yes,
        )  # fmt: skip
        family.children.append(pupil)
        self.pupils.append(pupil)
        self._place(pupil, first, last, letter=cast.get("group", "A") if cast else "BC"[number % 2])

    def _given_name(self, family: _Family, *, girl: bool) -> str:
        names = family.origin["girls" if girl else "boys"]
        for _ in range(30):
            given: str = self._dice.choice(names)
            if f"{given} {family.name}" not in self._taken_names:
                break
        self._taken_names.add(f"{given} {family.name}")
        return given

    def _family_of(self, cohort: int, cast: dict[str, Any] | None) -> _Family:
        if cast:
            known = next((family for family in self._families if family.name == cast["family"]), None)
            if known:
                return known
        elif self._dice.happens(0.22):
            older = [
                family
                for family in self._families
                if len(family.children) < 3 and 2 <= cohort - family.children[-1].cohort <= 4
            ]
            if older:
                return self._dice.choice(older)
        weights = [origin["weight"] for origin in self._names["origin"]]
        origin = self._dice.choices(self._names["origin"], weights)[0]
        family = _Family(cast["family"] if cast else self._dice.choice(origin["families"]), origin, [])
        self._families.append(family)
        return family

    def _birth_date(self, cohort: int, cast: dict[str, Any] | None) -> date:
        if cast:
            month, day = map(int, cast["born"].split("-"))
            return date(cohort - 10 - cast.get("late", False), month, day)
        late = self._dice.happens(0.12)
        return date(cohort - 11 - late, 10, 1) + timedelta(days=self._dice.randrange(365))

    def _home_yes(self, birth_date: date, *, sure: bool) -> date | None:
        """From 16 and again from 18 it is the pupil who opens the portfolio to home; six in ten do."""
        says_yes = sure or self._dice.happens(0.6)
        weeks = timedelta(weeks=self._dice.randint(1, 8))
        turns = [birth_date + timedelta(days=round(365.25 * age) + 1) + weeks for age in (16, 18)]
        passed = [day for day in turns if day <= self._today]
        return passed[-1] if says_yes and passed else None

    def _place(self, pupil: Pupil, first: int, last: int, letter: str) -> None:
        bounds = [0, 2, _FIRST_YEAR_MBO, 9]
        for school, (start, stop) in zip(("po", "vmbo", "mbo"), pairwise(bounds), strict=True):
            steps = [
                step
                for step in range(max(first, start), min(last, stop - 1) + 1)
                if pupil.cohort + step >= self.first_year
            ]
            if not steps:
                continue
            placement = self._dice.id(self._born)
            left = pupil.cohort + steps[-1] < self.year
            self._rows.add(
                Placement,
                id=placement,
                pupil_id=pupil.id,
                school_id=self._schools[school],
                starts_on=year_start(pupil.cohort + max(first, start)),
                ends_on=year_end(pupil.cohort + steps[-1]) if left else None,
            )
            for step in steps:
                self._join(pupil, placement, step, "A" if step < 2 else letter if letter != "A" else "B")

    def _join(self, pupil: Pupil, placement: UUID, step: int, letter: str) -> None:
        year = pupil.cohort + step
        group = self._classes[year, step, letter]
        self._rows.add(
            GroupMembership,
            id=self._dice.id(self._born),
            placement_id=placement,
            group_id=group.id,
            starts_on=year_start(year),
            ends_on=None if year == self.year else year_end(year),
        )
        pupil.years[year] = Year(group.id, group.name, placement, group.level, group.study_year, group.mentor)

    # --- guardians --------------------------------------------------------------------------------

    def _make_guardians(self) -> None:
        pupils = {pupil.username: pupil for pupil in self.pupils}
        for each in self._cast["guardian"]:
            if "joined" in each:
                continue
            guardian = self._person(each["given"], each["family"], each["username"], locale=each["language"])
            asked = datetime.combine(self._today - timedelta(days=11), time(8), UTC) if "relation" in each else None
            for child in each["children"]:
                self._tie(guardian, pupils[child], each["language"], each["custody"], each["state"], asked=asked)
        taken = {each["family"] for each in self._cast["pupil"]}
        for family in self._families:
            here = [child for child in family.children if self.year in child.years]
            if here and not (family.name in taken and any(child.guardians for child in here)):
                self._make_parents(family, here)

    def _make_parents(self, family: _Family, children: list[Pupil]) -> None:
        dice = self._dice
        parents = [dice.choice(family.origin["mothers"]), dice.choice(family.origin["fathers"])]
        for given in parents[: 2 if dice.happens(0.35) else 1]:
            language = dice.choice(family.origin["languages"])
            guardian = self._person(given, family.name, self._username(given, family.name), locale=language)
            custody = dice.choices(("yes", "limited", "no"), (92, 4, 4))[0]
            state = dice.choices(("confirmed", "claimed", "ended"), (90, 8, 2))[0]
            opened = custody == "limited" and dice.happens(0.5)
            for child in children:
                self._tie(guardian, child, language, custody, state, opened=opened)

    def _tie(
        self,
        guardian: UUID,
        child: Pupil,
        language: str,
        custody: str,
        state: str,
        *,
        opened: bool = False,
        asked: datetime | None = None,
    ) -> None:
        confirmed = datetime.combine(year_start(max(child.years)), time(9), UTC) + timedelta(days=33)
        confirmed = min(confirmed, datetime.combine(self._today, time(6), UTC))
        self._rows.add(
            Guardianship,
            id=self._dice.id(self._born),
            guardian_id=guardian,
            pupil_id=child.id,
            custody=custody,
            state=state,
            opened_on=confirmed.date() if opened and state == "confirmed" else None,
            confirmed_at=None if state == "claimed" else confirmed,
            created_at=asked or confirmed - timedelta(days=3),
        )
        sees = state == "confirmed" and (custody == "yes" or opened)
        child.guardians.append(Guardian(guardian, language, sees))
