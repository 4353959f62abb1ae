"""A school to measure on: classes of 30 and of 500, a portfolio of 40 entries for everybody who matters."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from pwdlib import PasswordHash
from uuid_utils.compat import uuid7

from bench import agenda, conversation

PASSWORD = "meten is weten 2026"
TOKENS = {
    "pupil": "bench-pupil",
    "mentor": "bench-mentor",
    "mentor of 500": "bench-mentor-500",
    "pupil of ten years": "bench-ten-years",
    "dean of 2000": "bench-dean-2000",
    "dean of ten years": "bench-dean-ten-years",
    "pupil with much ahead": "bench-agenda",
}
CLASSMATES = 30
"""Pupils who are signed in, for what a whole class does at once."""
ENTRIES = 40
FILES_PER_ENTRY = 2


@dataclass(frozen=True, slots=True)
class World:
    """Ids that the benchmarks ask for."""

    pupil: UUID
    class_30: UUID
    class_500: UUID
    username: str
    dean_of_2000: UUID
    school_of_2000: UUID
    school_of_ten_years: UUID
    ten_years: UUID
    conversation: UUID


def classmate(number: int) -> str:
    """The token of one of the class."""
    return f"bench-classmate-{number}"


async def build(connection: asyncpg.Connection, now: datetime, today: date) -> World:
    """Fills an empty, migrated database as its owner."""
    start_year = today.year - (today.month < 8)
    year_start = date(start_year, 8, 1)
    for year in range(start_year - 10, start_year + 2):
        await connection.execute(
            "insert into school_year values ($1, $2, $3)", year, date(year, 8, 1), date(year + 1, 7, 31)
        )
    school, mentor, large_mentor = uuid7(), uuid7(), uuid7()
    role, large_role = uuid7(), uuid7()
    small, large = uuid7(), uuid7()
    pupils = [uuid7() for _ in range(530)]
    placements = {pupil: uuid7() for pupil in pupils}
    copy = connection.copy_records_to_table
    await copy("school", records=[(school, "Meetschool", "99XX", "00")], columns=["id", "name", "brin", "site"])
    await copy(
        "person",
        records=[
            (person, f"Kind{place}", "Meting", f"kind{place} meting", date(start_year - 13, 1, 1))
            for place, person in enumerate([mentor, large_mentor, *pupils])
        ],
        columns=["id", "given_name", "family_name", "search_name", "birth_date"],
    )
    await copy(
        "staff_role",
        records=[
            (role, mentor, school, "teacher", year_start),
            (large_role, large_mentor, school, "teacher", year_start),
        ],
        columns=["id", "person_id", "school_id", "role", "starts_on"],
    )
    await copy(
        "school_group",
        records=[(group, school, start_year, name, "vmbo", 2) for group, name in ((small, "2A"), (large, "2B"))],
        columns=["id", "school_id", "school_year", "name", "level", "study_year"],
    )
    await copy(
        "group_assignment",
        records=[(uuid7(), role, small, True, year_start), (uuid7(), large_role, large, True, year_start)],
        columns=["id", "staff_role_id", "group_id", "is_mentor", "starts_on"],
    )
    await copy(
        "placement",
        records=[(placements[pupil], pupil, school, year_start) for pupil in pupils],
        columns=["id", "pupil_id", "school_id", "starts_on"],
    )
    await copy(
        "group_membership",
        records=[
            (uuid7(), placements[pupil], small if place < 30 else large, year_start)
            for place, pupil in enumerate(pupils)
        ],
        columns=["id", "placement_id", "group_id", "starts_on"],
    )
    entries, files = _entries(pupils, placements, start_year, year_start, now)
    ten_years = pupils[1]
    entries += _ten_years(ten_years, placements[ten_years], start_year, now)
    await copy("entry", records=entries, columns=_ENTRY_COLUMNS)
    await copy("attachment", records=files, columns=_FILE_COLUMNS)
    await copy(
        "session",
        records=[
            (uuid7(), hashlib.sha256(token.encode()).digest(), person, "own", "meting", now, 86_400, now + timedelta(1))
            for token, person in [
                *zip(TOKENS.values(), (pupils[0], mentor, large_mentor, ten_years), strict=False),
                *((classmate(number), pupils[number]) for number in range(CLASSMATES)),
            ]
        ],
        columns=[
            "id", "token_hash", "person_id", "device", "label", "last_seen_at", "idle_seconds", "expires_at",
        ],
    )  # fmt: skip
    await copy(
        "account",
        records=[(pupils[0], "meting", PasswordHash.recommended().hash(PASSWORD))],
        columns=["person_id", "username", "password_hash"],
    )
    large_school, dean = await _large_school(connection, year_start, now, "dean of 2000", 1)
    old_school, _ = await _large_school(connection, year_start, now, "dean of ten years", 10)
    await agenda.build(connection, year_start, now, TOKENS["pupil with much ahead"])
    talk = await conversation.build(connection, pupils[0], mentor, now, today)
    await connection.execute("analyze")
    return World(pupils[0], small, large, "meting", dean, large_school, old_school, ten_years, talk)


def _ten_years(pupil: UUID, placement: UUID, start_year: int, now: datetime) -> list[tuple[Any, ...]]:
    """400 entries over the ten school years before this one, with tags, over all kinds of work."""
    fields = ("bouw", "handel", "horeca", "ict", "mobiliteit", "techniek", "transport", "zorg", "groen", "media")
    expectation = {"before": "Zwaar werk.", "after": "Veel computers.", "listChoice": "on"}
    details = json.dumps({"kind": "experience", "form": "company_visit", "expectation": expectation})
    found = []
    for number in range(400):
        year = start_year - 1 - number % 10
        day = date(year, 9, 1) + timedelta(days=number // 2)
        field = fields[number * 7 % 10]
        found.append((
            uuid7(), pupil, placement, year, "experience", "seen", 2, f"Bezoek {number}", day, day, "", details, "[]",
            ["qualities", "motives"], [field], 1, day, now, now, [f"woord {number % 40}"],
        ))  # fmt: skip
    return found


async def _large_school(
    connection: asyncpg.Connection, year_start: date, now: datetime, who: str, years: int
) -> tuple[UUID, UUID]:
    """Another school, of 2,000 pupils in 80 groups, with activities that were; and its dean, whose token is of `who`.

    Every pupil had eight experiences in each of so many years.
    """
    copy = connection.copy_records_to_table
    school, dean = uuid7(), uuid7()
    pupils = [uuid7() for _ in range(2_000)]
    await copy(
        "school", records=[(school, "Grote school", "98XX", f"{years:02}")], columns=["id", "name", "brin", "site"]
    )
    await copy(
        "person",
        records=[
            (person, "Kind", "Groot", f"kind groot {place}", date(year_start.year - 14, 1, 1))
            for place, person in enumerate([dean, *pupils])
        ],
        columns=["id", "given_name", "family_name", "search_name", "birth_date"],
    )
    await copy(
        "staff_role",
        records=[(uuid7(), dean, school, "dean", year_start)],
        columns=["id", "person_id", "school_id", "role", "starts_on"],
    )
    await copy(
        "placement",
        records=[(uuid7(), pupil, school, year_start) for pupil in pupils],
        columns=["id", "pupil_id", "school_id", "starts_on"],
    )
    groups = [uuid7() for _ in range(80)]
    await copy(
        "school_group",
        records=[
            (each, school, year_start.year, f"G{place}", "vmbo", 1 + place % 4) for place, each in enumerate(groups)
        ],
        columns=["id", "school_id", "school_year", "name", "level", "study_year"],
    )
    await connection.execute(
        "insert into group_membership (id, placement_id, group_id, starts_on)"
        " select uuidv7(), id, ($2::uuid[])[1 + row_number() over () % 80], starts_on"
        " from placement where school_id = $1",
        school, groups,
    )  # fmt: skip
    activities = [uuid7() for _ in range(40)]
    await copy(
        "activity",
        records=[
            (each, school, dean, "published", f"Bezoek {place}", year_start + timedelta(days=place), 1, now)
            for place, each in enumerate(activities)
        ],
        columns=["id", "school_id", "planned_by", "state", "title", "happens_on", "version", "updated_at"],
    )
    await copy(
        "activity_group",
        records=[(each, groups[(place + 8 * n) % 80]) for place, each in enumerate(activities) for n in range(10)],
        columns=["activity_id", "group_id"],
    )
    await connection.execute(
        "insert into session"
        " (id, token_hash, person_id, device, label, last_seen_at, idle_seconds, expires_at, proved_at)"
        " values (uuidv7(), $1, $2, 'own', 'meting', $3, 86400, $4, $3)",
        hashlib.sha256(TOKENS[who].encode()).digest(), dean, now, now + timedelta(1),
    )  # fmt: skip
    await connection.execute(
        "insert into entry (id, pupil_id, placement_id, school_year, kind, state, ring, title, happened_on, sort_on,"
        " version, changed_on, updated_at, shared_at, details, work_fields, body)"
        " select uuidv7(), pupil_id, placement.id, school_year_of(placement.starts_on) - year, 'experience',"
        " case when number = 8 then 'shared' else 'seen' end, 1, 'Bezoek', day, day, 1, day, day, day,"
        " '{\"kind\": \"experience\"}', array['zorg', 'ict'], repeat('Een helm op. ', 40)"
        " from placement, generate_series(0, $2::int - 1) year, generate_series(1, 8) number,"
        " lateral (select (placement.starts_on - make_interval(years => year, days => -number))::date as day) made"
        " where placement.school_id = $1",
        school, years,
    )  # fmt: skip
    return school, dean


_ENTRY_COLUMNS = [
    "id", "pupil_id", "placement_id", "school_year", "kind", "state", "ring", "title", "happened_on", "sort_on",
    "body", "details", "answers", "competencies", "work_fields", "version", "changed_on", "updated_at", "shared_at",
    "tags",
]  # fmt: skip
_FILE_COLUMNS = [
    "id", "entry_id", "pupil_id", "kind", "media_type", "name", "alt", "size", "position", "state", "object_key",
    "file_key", "thumbnail_key", "width", "height",
]  # fmt: skip


def _entries(
    pupils: list[UUID], placements: dict[UUID, UUID], start_year: int, year_start: date, now: datetime
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    entries, files = [], []
    details = json.dumps(
        {"kind": "experience", "form": "company_visit", "organisation": "Haven", "hours": 6.0, "logbook": []}
    )
    answers = json.dumps(
        [{"questionId": "B-motives-1", "questionVersion": 1, "competency": "motives",
          "question": "Waar kreeg je energie van?", "text": "Van het mee mogen doen.", "attachmentId": None,
          "skipped": False}]
    )  # fmt: skip
    story = (
        "Eerst kregen we schoenen en een helm. Daarna mochten we kijken hoe de kraan de containers van het schip tilt. "
    )
    for place, pupil in enumerate(pupils):
        for number in range(ENTRIES if place < 60 else 5):
            entry, day = uuid7(), year_start + timedelta(days=2 * number)
            entries.append((
                entry, pupil, placements[pupil], start_year, "experience", "shared" if number % 8 == 0 else "seen", 2,
                f"Bezoek aan bedrijf {number}", day, day, story * 2, details, answers, ["motives"], ["transport"], 1,
                day, now, now, [],
            ))  # fmt: skip
            for position in range(FILES_PER_ENTRY):
                key = uuid7().hex
                files.append((
                    uuid7(), entry, pupil, "photo", "image/jpeg", "foto.jpg", "De kraan in de haven", 2_000_000,
                    position, "ready", key, f"{key}d", f"{key}t", 2048, 1536,
                ))  # fmt: skip
    return entries, files
