"""A pupil with much behind and much ahead: 400 stories, in a school that plans 2,000 activities a year."""

import hashlib
from datetime import date, datetime, timedelta

import asyncpg
from uuid_utils.compat import uuid7

ACTIVITIES = 2_000
OWN = 60
"""Activities of the pupil's own groups; one in six is for who signs up."""
OF_THE_CITY = 20
STORIES = 400


async def build(connection: asyncpg.Connection, year_start: date, now: datetime, token: str) -> None:
    """Makes the school and the pupil, who is signed in with this token."""
    copy, day = connection.copy_records_to_table, year_start + timedelta(days=14)
    school, dean, pupil, placement = uuid7(), uuid7(), uuid7(), uuid7()
    groups = [uuid7() for _ in range(80)]
    await copy("school", records=[(school, "Volle school", "97XX", "00")], columns=["id", "name", "brin", "site"])
    await copy(
        "person",
        records=[
            (person, "Kind", "Agenda", f"kind agenda {place}", date(year_start.year - 13, 1, 1))
            for place, person in enumerate((dean, pupil))
        ],
        columns=["id", "given_name", "family_name", "search_name", "birth_date"],
    )
    await copy(
        "staff_role",
        records=[(uuid7(), dean, school, "dean", year_start)],
        columns=["id", "person_id", "school_id", "role", "starts_on"],
    )
    await copy(
        "school_group",
        records=[(each, school, year_start.year, f"G{place}", "vmbo", 2) for place, each in enumerate(groups)],
        columns=["id", "school_id", "school_year", "name", "level", "study_year"],
    )
    await copy(
        "placement",
        records=[(placement, pupil, school, year_start)],
        columns=["id", "pupil_id", "school_id", "starts_on"],
    )
    await copy(
        "group_membership",
        records=[(uuid7(), placement, group, year_start) for group in groups[:2]],
        columns=["id", "placement_id", "group_id", "starts_on"],
    )
    fields = ("bouw", "handel", "horeca", "ict", "mobiliteit", "techniek", "transport", "zorg", "groen", "media")
    activities = [uuid7() for _ in range(ACTIVITIES + OF_THE_CITY)]
    await copy(
        "activity",
        records=[
            (
                each, school if place < ACTIVITIES else None, dean, "published", f"Bezoek {place}",
                day + timedelta(days=place * 7 % 300), 1, now, now, [fields[place % 10]],
                place % 6 == 0 or place >= ACTIVITIES, [] if place < ACTIVITIES else ["B"],
            )
            for place, each in enumerate(activities)
        ],
        columns=[
            "id", "school_id", "planned_by", "state", "title", "happens_on", "version", "updated_at", "published_at",
            "work_fields", "sign_up", "bands",
        ],
    )  # fmt: skip
    await copy(
        "activity_group",
        records=[
            (each, groups[place % 2] if place < OWN else groups[2 + place % 78])
            for place, each in enumerate(activities[:ACTIVITIES])
        ],
        columns=["activity_id", "group_id"],
    )
    await copy(
        "activity_sign_up",
        records=[(each, pupil, pupil, now) for each in (*activities[:OWN:12], *activities[ACTIVITIES::4])],
        columns=["activity_id", "pupil_id", "signed_by", "signed_at"],
    )
    await connection.execute(
        "insert into entry (id, pupil_id, placement_id, school_year, kind, state, ring, title, happened_on, sort_on,"
        " version, changed_on, updated_at, shared_at, details, work_fields, body)"
        " select uuidv7(), $1, $2, school_year_of(day), 'experience', 'seen', 2, 'Bezoek', day, day, 1,"
        " day, day, day, jsonb_build_object('kind', 'experience', 'activityId', ($4::uuid[])[number]),"
        " array[($5::text[])[1 + number % 7]], repeat('Een helm op. ', 40)"
        " from generate_series(1, $6::int) number,"
        " lateral (select ($3::date - make_interval(years => number % 10, days => number / 10))::date as day) made",
        pupil, placement, now.date(), activities[:20], list(fields), STORIES,
    )  # fmt: skip
    await connection.execute(
        "insert into next_step (id, pupil_id, text, due_on, remind_on, made_at, version)"
        " select uuidv7(), $1, 'Stap', $2::date + number, $2::date + number, $3, 1 from generate_series(0, 19) number",
        pupil, now.date(), now,
    )  # fmt: skip
    await connection.execute(
        "insert into session"
        " (id, token_hash, person_id, device, label, last_seen_at, idle_seconds, expires_at, proved_at)"
        " values (uuidv7(), $1, $2, 'own', 'meting', $3, 86400, $4, $3)",
        hashlib.sha256(token.encode()).digest(), pupil, now, now + timedelta(1),
    )  # fmt: skip
