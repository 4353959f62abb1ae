"""A city to be busy in: classes of 25 with a mentor each, and for every pupil twenty stories and a parent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import asyncpg

PUPILS_A_CLASS = 25
STORIES = 20


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in: the token, and whom they look at (a class, a child, themselves)."""

    token: str
    about: str


async def build(connection: asyncpg.Connection, now: datetime, today: date, classes: int) -> dict[str, list[Person]]:
    """Fills an empty, migrated database as its owner; pupils, teachers and parents."""
    start_year = today.year - (today.month < 8)
    begins = date(start_year, 8, 1)
    for year in range(start_year - 2, start_year + 2):
        await connection.execute(
            "insert into school_year values ($1, $2, $3)", year, date(year, 8, 1), date(year + 1, 7, 31)
        )
    await connection.execute(
        "create temporary table made on commit drop as select number, class, uuidv7() pupil, uuidv7() parent,"
        " uuidv7() placement from generate_series(0, $1::int * $2::int - 1) number,"
        " lateral (select number / $2) of_class (class)",
        classes, PUPILS_A_CLASS,
    )  # fmt: skip
    await connection.execute(
        "create temporary table led on commit drop as"
        " select class, uuidv7() teacher, uuidv7() role, uuidv7() school_group, uuidv7() school"
        " from generate_series(0, $1::int - 1) class",
        classes,
    )
    schools = "(select min(school::text)::uuid school from led group by class / 20)"
    await connection.execute(
        f"insert into school (id, name, brin, site) select school, 'School ' || place, '9' || place % 10 || 'XX',"
        f" lpad((place / 10)::text, 2, '0') from (select school, row_number() over () - 1 place from {schools} s) x"
    )
    await connection.execute("update led set school = s.school from (select class / 20 part, min(school::text)::uuid"
                             " school from led group by 1) s where led.class / 20 = s.part")  # fmt: skip
    person = "insert into person (id, given_name, family_name, search_name, birth_date)"
    born = date(start_year - 13, 1, 1)
    for who, table in (("pupil", "made"), ("parent", "made"), ("teacher", "led")):
        number = "number" if table == "made" else "class"
        await connection.execute(
            f"{person} select {who}, '{who} ' || {number}, 'Meting', '{who} ' || {number}, $1 from {table}",
            born if who == "pupil" else date(1980, 1, 1),
        )
    await connection.execute(
        "insert into staff_role (id, person_id, school_id, role, starts_on)"
        " select role, teacher, school, 'teacher', $1 from led",
        begins,
    )
    await connection.execute(
        "insert into school_group (id, school_id, school_year, name, level, study_year)"
        " select school_group, school, $1, 'K' || class, 'vmbo', 2 from led",
        start_year,
    )
    await connection.execute(
        "insert into group_assignment (id, staff_role_id, group_id, is_mentor, starts_on)"
        " select uuidv7(), role, school_group, true, $1 from led",
        begins,
    )
    await connection.execute(
        "insert into placement (id, pupil_id, school_id, starts_on)"
        " select placement, pupil, school, $1 from made join led using (class)",
        begins,
    )
    await connection.execute(
        "insert into group_membership (id, placement_id, group_id, starts_on)"
        " select uuidv7(), placement, school_group, $1 from made join led using (class)",
        begins,
    )
    await connection.execute(
        "insert into guardianship (id, guardian_id, pupil_id, custody, state)"
        " select uuidv7(), parent, pupil, 'yes', 'confirmed' from made"
    )
    await connection.execute(
        "insert into entry (id, pupil_id, placement_id, school_year, kind, state, ring, title, happened_on, sort_on,"
        " version, changed_on, updated_at, shared_at, details, work_fields, body)"
        " select uuidv7(), pupil, placement, $1, 'experience', case when story = 1 then 'shared' else 'seen' end, 2,"
        " 'Bezoek ' || story, day, day, 1, day, day, day, '{\"kind\": \"experience\"}', array['zorg', 'ict'],"
        " repeat('Een helm op. ', 40) from made, generate_series(1, $2::int) story,"
        " lateral (select $3::date + story as day) made_on",
        start_year, STORIES, begins,
    )  # fmt: skip
    for who, table in (("pupil", "made"), ("parent", "made"), ("teacher", "led")):
        number = "number" if table == "made" else "class"
        await connection.execute(
            "insert into session"
            " (id, token_hash, person_id, device, label, last_seen_at, idle_seconds, expires_at, proved_at)"
            f" select uuidv7(), sha256(convert_to('morning-{who}-' || {number}, 'UTF8')), {who}, 'own', 'meting', $1,"
            f" 86400, $2, $1 from {table}",
            now, now + timedelta(1),
        )  # fmt: skip
    found = {}
    for who, query in (
        ("pupil", "select number, pupil from made order by 1"),
        ("parent", "select number, pupil from made order by 1"),
        ("teacher", "select class, school_group from led order by 1"),
    ):
        found[who] = [Person(f"morning-{who}-{row[0]}", str(row[1])) for row in await connection.fetch(query)]
    return found
