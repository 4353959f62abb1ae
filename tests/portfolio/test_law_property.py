"""The law holds in any world: what somebody sees is the same by plain words, by either wall alone, and on the page.

Worlds are made up: two schools, eight persons, and dated ties between them on and around some day. The rules are
stated here once more, in plain Python, from the product description and docs/adr/005.
TALENT_LAW_EXAMPLES makes more worlds.
"""

import hashlib
import os
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, event, given
from hypothesis import settings as effort
from hypothesis import strategies as some
from sqlalchemy import Connection, create_engine, insert, text

from app.access.models import Session
from app.access.reasons.models import LookReason
from app.people.models import (
    Group,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    Person,
    Placement,
    School,
    SchoolYear,
    StaffRole,
)
from app.platform.clock import FixedClock
from app.platform.settings import Settings
from app.portfolio.law import Action, Actor, can, years_old
from app.portfolio.models import Entry
from app.portfolio.policy import visible_entries
from tests.conftest import NOON
from tests.world import empty

EXAMPLES = int(os.environ.get("TALENT_LAW_EXAMPLES", "60"))
THOROUGH = effort(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


# --- a world -----------------------------------------------------------------------------------------


def _id(kind: int, number: int) -> UUID:
    return UUID(int=kind << 64 | number)


PERSONS = [_id(1, number) for number in range(8)]
PUPILS = PERSONS[:2]
"""Of eight persons two may be placed; any of the eight may be staff or guardian as well."""
SCHOOLS = [_id(2, number) for number in range(2)]
GROUPS = {school: [_id(3, 2 * number), _id(3, 2 * number + 1)] for number, school in enumerate(SCHOOLS)}


@dataclass(frozen=True)
class Dated:
    """A tie with a first day and, where it is known, a last."""

    id: UUID
    starts_on: date
    ends_on: date | None

    def runs(self, today: date) -> bool:
        return self.starts_on <= today and (self.ends_on is None or today <= self.ends_on)


@dataclass(frozen=True)
class Placed(Dated):
    pupil_id: UUID
    school_id: UUID


@dataclass(frozen=True)
class Member(Dated):
    placement_id: UUID
    group_id: UUID


@dataclass(frozen=True)
class Works(Dated):
    person_id: UUID
    school_id: UUID | None
    role: str


@dataclass(frozen=True)
class Assigned(Dated):
    staff_role_id: UUID
    group_id: UUID


@dataclass(frozen=True)
class Guards:
    id: UUID
    guardian_id: UUID
    pupil_id: UUID
    custody: str
    state: str
    opened_on: date | None


@dataclass(frozen=True)
class Made:
    id: UUID
    pupil_id: UUID
    placement_id: UUID | None
    state: str
    ring: int
    changed_on: date
    taken_to: list[UUID] | None
    """Placements at other schools to which the pupil took it along."""


@dataclass(frozen=True)
class Said:
    """A viewer said why to look at a pupil."""

    id: UUID
    viewer_id: UUID
    pupil_id: UUID
    given_on: date
    last_day: date


@dataclass(frozen=True)
class Child:
    birth_date: date | None
    said_yes_on: date | None


@dataclass(frozen=True)
class MadeUp:
    """All that the rules are about, on one day."""

    today: date
    children: dict[UUID, Child]
    placements: list[Placed]
    members: list[Member]
    roles: list[Works]
    assignments: list[Assigned]
    guardianships: list[Guards]
    entries: list[Made]
    reasons: list[Said]


TODAYS = some.sampled_from([
    date(2026, 11, 24), date(2026, 7, 31), date(2026, 8, 1), date(2027, 2, 28), date(2027, 3, 1), date(2028, 2, 29),
])  # fmt: skip
FIRST = some.sampled_from([-900, -400, -400, -400, -400, -120, -30, 0, 1])
LAST = some.sampled_from([None, None, -380, -116, -30, -1, 0, 1, 400])
MOSTLY_OPEN = some.sampled_from([None, None, None, None, None, -1, 0, 1])
"""In days from the day that the world is looked at."""
OPEN = ("shared", "asked_back", "seen")
Tie = TypeVar("Tie")


def _few(of: some.SearchStrategy[Tie], least: int, most: int) -> some.SearchStrategy[list[Tie]]:
    return some.lists(of, min_size=least, max_size=most)


@some.composite
def made_up(draw: some.DrawFn) -> MadeUp:
    """A world. Ties of a school are with its own groups, an entry is shared with a placement of its pupil."""
    today = draw(TODAYS)

    def dates(last: some.SearchStrategy[int | None] = MOSTLY_OPEN) -> tuple[date, date | None]:
        starts_on, days = today + timedelta(draw(FIRST)), draw(last)
        return starts_on, None if days is None else max(starts_on, today + timedelta(days))

    def child() -> Child:
        age, days = (
            draw(some.sampled_from([16, 17, 18, 19, 15, 16, 17, 18, 11])),
            draw(some.sampled_from([-1, 0, 1, 200])),
        )
        birth_date = draw(some.sampled_from([None, *[_years_before(today, age) + timedelta(days)] * 6]))
        yes = draw(some.sampled_from([None, -900, -400, -1, 0, 1]))
        return Child(birth_date, None if yes is None else today + timedelta(yes))

    def with_ids(kind: int, ties: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        return ((_id(kind, number), *tie) for number, tie in enumerate(ties))

    placed = draw(_few(some.tuples(some.sampled_from(PUPILS), some.sampled_from(SCHOOLS)), 2, 5))
    placements = [Placed(new, *dates(LAST), *tie) for new, *tie in with_ids(4, placed)]
    in_groups = draw(_few(some.tuples(some.sampled_from(placements), some.booleans()), 2, 8))
    members = [
        Member(new, *dates(LAST), placement.id, GROUPS[placement.school_id][second])
        for new, placement, second in with_ids(5, in_groups)
    ]
    working = draw(
        _few(
            some.tuples(
                some.sampled_from(PERSONS),
                some.sampled_from(SCHOOLS),
                some.sampled_from(
                    ["teacher", "teacher", "teacher", "teacher", "teacher", "dean", "admin", "coordinator"]
                ),
            ),
            3,
            8,
        )
    )
    roles = [
        Works(new, *dates(), person, None if role == "coordinator" else school, role)
        for new, person, school, role in with_ids(6, working)
    ]
    at_school = [role for role in roles if role.school_id]
    teaching = draw(_few(some.tuples(some.sampled_from(at_school), some.booleans()), 2, 8)) if at_school else []
    assignments = [
        Assigned(new, *dates(LAST), role.id, GROUPS[role.school_id][second])
        for new, role, second in with_ids(7, teaching)
    ]
    pairs = draw(
        some.lists(
            some.tuples(some.sampled_from(PERSONS), some.sampled_from(PUPILS)), min_size=2, max_size=6, unique=True
        )
    )
    guardianships = [
        Guards(
            new,
            guardian,
            pupil,
            draw(some.sampled_from(["yes", "yes", "limited", "no"])),
            draw(some.sampled_from(["confirmed", "confirmed", "confirmed", "claimed", "ended"])),
            draw(some.sampled_from([None, today - timedelta(1), today, today + timedelta(1)])),
        )
        for new, guardian, pupil in with_ids(8, pairs)
        if guardian != pupil
    ]
    entries = []
    for number in range(12):
        placement = draw(some.sampled_from(placements))
        state = draw(some.sampled_from([*OPEN, *OPEN, "draft", "archived", "trashed"]))
        ring = draw(some.sampled_from([1, 2])) if state in OPEN else draw(some.integers(0, 2))
        shared_with = placement.id if ring else None
        changed_on = today + timedelta(draw(some.sampled_from([-400, -117, -116, -115, -30, -1, 0])))
        own = [each.id for each in placements if each.pupil_id == placement.pupil_id]
        taken_to = draw(some.none() | some.lists(some.sampled_from(own), min_size=1, max_size=2, unique=True))
        made = Made(_id(9, number), placement.pupil_id, shared_with, state, ring, changed_on, taken_to)
        entries.append(made)
    children = {pupil: child() for pupil in PUPILS}
    deans = [role.person_id for role in roles if role.role == "dean"]
    said = draw(_few(some.tuples(some.sampled_from(deans), some.sampled_from(PUPILS)), 0, 3)) if deans else []
    reasons = []
    for new, viewer, pupil in with_ids(10, said):
        given_on = today + timedelta(draw(some.sampled_from([-7, -6, -1, 0])))
        reasons.append(Said(new, viewer, pupil, given_on, given_on + timedelta(6)))
    return MadeUp(today, children, placements, members, roles, assignments, guardianships, entries, reasons)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


# --- the rules in plain words ------------------------------------------------------------------------


def _age(child: Child, day: date) -> int:
    """In whole years; a birthday on 29 February is kept on 1 March in other years."""
    assert child.birth_date is not None
    born = child.birth_date
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (0 if had_birthday else 1)


def home_is_open(child: Child, today: date) -> bool:
    """Under 16 by itself; at 16 and 17 by a yes since 16; from 18 by a yes since 18. Unknown age: closed."""
    if child.birth_date is None:
        return False
    age, yes = _age(child, today), child.said_yes_on
    if age < 16:
        return True
    return yes is not None and yes <= today and _age(child, yes) >= (16 if age < 18 else 18)


def is_guardian_at_home(world: MadeUp, viewer: UUID, pupil: UUID) -> bool:
    """The school confirmed the link, and there is custody or the school opened it by hand."""
    return home_is_open(world.children[pupil], world.today) and any(
        tie.guardian_id == viewer
        and tie.pupil_id == pupil
        and tie.state == "confirmed"
        and (tie.custody == "yes" or (tie.opened_on is not None and tie.opened_on <= world.today))
        for tie in world.guardianships
    )


def _year_ends_on(day: date) -> date:
    return date(day.year + 1 if day.month >= 8 else day.year, 7, 31)


def _taught(world: MadeUp, role: Works, placement: Placed) -> bool:
    """The pupil is in a group of this teacher; of an ended placement: was, to its end."""

    def belongs(member: Member) -> bool:
        if placement.runs(world.today):
            return member.runs(world.today)
        assert placement.ends_on
        return member.starts_on <= world.today and (member.ends_on is None or member.ends_on >= placement.ends_on)

    groups = {tie.group_id for tie in world.assignments if tie.staff_role_id == role.id and tie.runs(world.today)}
    return any(
        member.placement_id == placement.id and member.group_id in groups and belongs(member)
        for member in world.members
    )


def staff_until(world: MadeUp, viewer: UUID, pupil: UUID, school: UUID) -> tuple[bool, date | None]:
    """Whether the viewer is staff for this pupil at this school, and until which day they see what changed.

    As long as one placement there runs: without such a day. Else until the last one ended, in that school year.
    """
    ended = []
    for role in world.roles:
        if role.person_id != viewer or role.school_id != school or not role.runs(world.today):
            continue
        for placement in world.placements:
            if (placement.pupil_id, placement.school_id) != (pupil, school) or placement.starts_on > world.today:
                continue
            if role.role == "dean" or (role.role == "teacher" and _taught(world, role, placement)):
                if placement.runs(world.today):
                    return True, None
                assert placement.ends_on
                if world.today <= _year_ends_on(placement.ends_on):
                    ended.append(placement.ends_on)
    return bool(ended), max(ended, default=None)


def entry_until(world: MadeUp, viewer: UUID, entry: Made) -> tuple[bool, date | None]:
    """The same for one entry: at the school it is shared with; where it was taken to, as long as the pupil is there."""
    found = (False, None)
    for placement in world.placements:
        staff, until = staff_until(world, viewer, entry.pupil_id, placement.school_id)
        if placement.id in (entry.taken_to or []) and staff and until is None:
            return True, None
        if placement.id == entry.placement_id:
            found = (staff, until)
    return found


def sees(world: MadeUp, viewer: UUID, entry: Made) -> bool:
    """The whole table of the product description."""
    if entry.pupil_id == viewer:
        return True
    if entry.state not in OPEN:
        return False
    if entry.ring >= 1:
        staff, until = entry_until(world, viewer, entry)
        if staff and (until is None or entry.changed_on <= until):
            return True
    return entry.ring >= 2 and is_guardian_at_home(world, viewer, entry.pupil_id)


def owes_reason(world: MadeUp, viewer: UUID, pupil: UUID) -> bool:
    """Dean where the pupil is or was placed, in none of whose own classes the pupil is today, and who said nothing."""
    today = world.today
    mine = [role for role in world.roles if role.person_id == viewer and role.runs(today)]
    is_dean = any(
        role.role == "dean" and placement.school_id == role.school_id and placement.pupil_id == pupil
        for role in mine
        for placement in world.placements
    )
    taught = any(
        placement.pupil_id == pupil and placement.runs(today) and member.runs(today) and tie.runs(today)
        for role in mine
        if role.role == "teacher"
        for tie in world.assignments
        if tie.staff_role_id == role.id
        for member in world.members
        if member.group_id == tie.group_id
        for placement in world.placements
        if placement.id == member.placement_id
    )
    said = any(
        (one.viewer_id, one.pupil_id) == (viewer, pupil) and one.given_on <= today <= one.last_day
        for one in world.reasons
    )
    return is_dean and not taught and not said


def opens(world: MadeUp, viewer: UUID, entry: Made) -> bool:
    """On a page: what may be seen, once the reason is there where one is owed."""
    return sees(world, viewer, entry) and (entry.pupil_id == viewer or not owes_reason(world, viewer, entry.pupil_id))


def lawful(world: MadeUp, viewer: UUID, entry: Made) -> bool:
    """What law.py says, told how the viewer stands to the pupil."""
    staff, until = entry_until(world, viewer, entry)
    home = is_guardian_at_home(world, viewer, entry.pupil_id)
    owes = owes_reason(world, viewer, entry.pupil_id)
    actor = Actor(viewer, world.children[entry.pupil_id].birth_date, staff, until, home, owes)
    return can(actor, Action.READ, entry, world.today)


# --- the same in the database, and on the page -------------------------------------------------------

_EMPTY = "; ".join(
    f"delete from {table}"
    for table in ("access_log", "look_reason", "session", "entry", "guardianship", "group_assignment", "staff_role",
                  "group_membership", "placement", "person")
)  # fmt: skip


def token(person: UUID) -> str:
    return f"token-{person.int}"


def token_hash(person: UUID) -> bytes:
    return hashlib.sha256(token(person).encode()).digest()


def keep(connection: Connection, world: MadeUp, now: datetime) -> None:
    """Puts the world in the database in place of the one before, and signs everybody in."""
    nobody = Child(date(1980, 1, 1), None)
    rows: list[tuple[type[Any], list[dict[str, Any]]]] = [
        (
            Person,
            [
                {"id": person, "given_name": "A", "family_name": "B", "search_name": "a b",
                 "birth_date": child.birth_date, "home_sharing_since": child.said_yes_on}
                for person, child in ((person, world.children.get(person, nobody)) for person in PERSONS)
            ],
        ),
        (Placement, [asdict(tie) for tie in world.placements]),
        (GroupMembership, [asdict(tie) for tie in world.members]),
        (StaffRole, [asdict(tie) for tie in world.roles]),
        (GroupAssignment, [asdict(tie) for tie in world.assignments]),
        (Guardianship, [asdict(tie) for tie in world.guardianships]),
        (LookReason, [asdict(said) | {"why": "asked", "given_at": now} for said in world.reasons]),
        (
            Entry,
            [
                asdict(entry) | {"school_year": 2026, "kind": "experience", "title": "Haven", "sort_on": world.today,
                                 "version": 1, "updated_at": now, "details": {"kind": "experience"}}
                for entry in world.entries
            ],
        ),
        (
            Session,
            [
                {"id": person, "token_hash": token_hash(person), "person_id": person, "device": "own", "label": "",
                 "last_seen_at": now, "idle_seconds": 3600, "expires_at": now + timedelta(days=1), "proved_at": now}
                for person in PERSONS
            ],
        ),
    ]  # fmt: skip
    connection.execute(text(_EMPTY))
    for model, values in rows:
        if values:
            connection.execute(insert(model), values)
    connection.commit()


def by_first_wall(connection: Connection, viewer: UUID, today: date) -> set[UUID]:
    """As the tables' owner, for whom row-level security is not."""
    found = set(connection.scalars(visible_entries(viewer, today).with_only_columns(Entry.id)))
    connection.rollback()
    return found


async def by_second_wall(app: FastAPI, viewer: UUID, now: datetime, today: date) -> set[UUID]:
    """A bare select as the app's role."""
    async with app.state.database.pages.acquire() as connection, connection.transaction():
        await connection.fetchval("select viewer from begin_request($1, $2, $3)", token_hash(viewer), now, today)
        return {row["id"] for row in await connection.fetch("select id from entry")}


async def on_the_pages(client: httpx.AsyncClient, viewer: UUID) -> set[UUID]:
    """All portfolios, and what the viewer has put away."""
    headers = {"Cookie": f"sid={token(viewer)}"}
    found = set()
    paths = [f"/v1/pupils/{pupil}/portfolio?limit=100" for pupil in PUPILS]
    if viewer in PUPILS:
        paths += ["/v1/me/entries?state=archived", "/v1/me/entries?state=trashed"]
    for path in paths:
        page = await client.get(path, headers=headers)
        if page.status_code not in (403, 404):
            found |= {UUID(item["id"]) for item in page.raise_for_status().json()["items"]}
    return found


@pytest.fixture
async def schools(settings: Settings, app: FastAPI, clock: FixedClock) -> AsyncIterator[Connection]:
    """Two schools with two groups each; the database as its owner."""
    assert settings.database_owner_url
    empty(settings)
    engine = create_engine(settings.database_owner_url)
    with engine.connect() as connection:
        connection.execute(
            insert(SchoolYear), [{"start_year": 2026, "starts_on": date(2026, 8, 1), "ends_on": date(2027, 7, 31)}]
        )
        connection.execute(insert(School), [{"id": school, "name": "S", "brin": "00AA"} for school in SCHOOLS])
        connection.execute(
            insert(Group),
            [
                {"id": group, "school_id": school, "school_year": 2026, "name": "2A", "level": "vmbo", "study_year": 2}
                for school, groups in GROUPS.items()
                for group in groups
            ],
        )
        connection.commit()
        yield connection
    clock.set(NOON)
    empty(settings)
    engine.dispose()


@THOROUGH
@given(made_up())
async def test_everybody_sees_the_same_by_every_way(
    schools: Connection, app: FastAPI, clock: FixedClock, settings: Settings, world: MadeUp
) -> None:
    today = world.today
    now = datetime(today.year, today.month, today.day, 11, tzinfo=UTC)
    clock.set(now)
    keep(schools, world, now)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=settings.origin) as client:
        for viewer in PERSONS:
            expected = {entry.id for entry in world.entries if sees(world, viewer, entry)}
            others = any(entry.pupil_id != viewer and entry.id in expected for entry in world.entries)
            event("sees something of another" if others else "sees nothing of another")
            on_page = {entry.id for entry in world.entries if opens(world, viewer, entry)}
            event("owes a reason" if on_page != expected else "owes none")
            assert {entry.id for entry in world.entries if lawful(world, viewer, entry)} == on_page
            assert by_first_wall(schools, viewer, today) == expected
            assert await by_second_wall(app, viewer, now, today) == expected
            assert await on_the_pages(client, viewer) == on_page


# --- ages --------------------------------------------------------------------------------------------

LEAP = [date(year, 2, 29) for year in (2004, 2008, 2012, 2024, 2028)]
DAYS = some.one_of(
    some.sampled_from([*LEAP, *(day + timedelta(step) for day in LEAP for step in (-1, 1, 365, 366))]),
    some.dates(date(1995, 1, 1), date(2035, 12, 31)),
)


@THOROUGH
@given(some.lists(some.tuples(some.none() | DAYS, some.none() | DAYS, DAYS), min_size=1, max_size=50))
def test_the_database_counts_years_as_people_do(
    schools: Connection, cases: list[tuple[date | None, date | None, date]]
) -> None:
    born, yes, today = (list(column) for column in zip(*cases, strict=True))
    rows = schools.execute(
        text(
            "select years_old(born, today), home_open(born, yes, today) from"
            " unnest(cast(:born as date[]), cast(:yes as date[]), cast(:today as date[])) as t (born, yes, today)"
        ),
        {"born": born, "yes": yes, "today": today},
    ).all()
    for (birth_date, said_yes_on, day), (years, is_open) in zip(cases, rows, strict=True):
        child = Child(birth_date, said_yes_on)
        assert is_open == home_is_open(child, day)
        if birth_date is None:
            assert years is None
        elif birth_date <= day:
            assert years == _age(child, day) == years_old(birth_date, day)
