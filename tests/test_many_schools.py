"""What a school's pages cost has to do with that school, not with how many others are in the city."""

import hashlib
from collections import Counter
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from app.guidance.care.queries import SCHOOL_CARE
from app.guidance.dossiers.queries import SCHOOL_DOSSIERS
from app.guidance.rounds.queries import SCHOOL_ROUNDS
from app.insight.models import PublishedFigure
from app.insight.queries import SCHOOL as FIGURES
from app.platform.db import asyncpg_arguments
from app.platform.reads import Read
from app.portfolio.queries.school import SCHOOL
from tests.world import YEAR_START, World

PUPILS, STORIES = 40, 10
OTHERS, THEIR_PUPILS, THEIR_STORIES = 20, 500, 2
PAGES = {
    "overview": SCHOOL,
    "care": SCHOOL_CARE,
    "conversations": SCHOOL_ROUNDS,
    "dossiers": SCHOOL_DOSSIERS,
    "figures": FIGURES,
}
OF_PUPILS = ("person", "placement", "group_membership", "school_group", "entry", "insight_figure")
"""Tables of which every school brings its own rows."""
MADE = """
with made as (
    select uuidv7() person, uuidv7() placement, n from generate_series(1, :pupils) n
), class as (
    insert into school_group (id, school_id, school_year, name, level, study_year)
    select uuidv7(), :school, 2026, 'M' || n, 'vmbo', 2 from generate_series(0, :pupils / 10 - 1) n returning id, name
), people as (
    insert into person (id, given_name, family_name, search_name)
    select person, 'Kind', 'Meting ' || n, 'kind meting ' || n from made
), placed as (
    insert into placement (id, pupil_id, school_id, starts_on) select placement, person, :school, :begun from made
), members as (
    insert into group_membership (id, placement_id, group_id, starts_on)
    select uuidv7(), placement, class.id, :begun from made join class on class.name = 'M' || n % (:pupils / 10)
)
insert into entry (id, pupil_id, placement_id, school_year, kind, state, ring, title, happened_on, sort_on, version,
    changed_on, updated_at, shared_at, details)
select uuidv7(), person, placement, 2026, 'experience', case when story = 1 then 'shared' else 'seen' end, 1, 'Bezoek',
    day, day, 1, day, day, day, '{"kind": "experience"}'
from made, generate_series(1, :stories) story, lateral (select :begun + story as day) on_day
"""


@pytest.mark.parametrize("name", PAGES)
async def test_a_page_of_a_school_reads_no_row_more_for_other_schools(name: str, world: World) -> None:
    _fill(world, world.kust, PUPILS, STORIES)
    figures = world.new_figures(world.kust)
    token = world.client(world.dean).headers["cookie"].removeprefix("sid=")
    alone = await _rows_read(world, PAGES[name], token)
    for number in range(OTHERS):
        school = world.new_school(f"School {number}", f"{number:02}ZZ")
        _fill(world, school, THEIR_PUPILS, THEIR_STORIES)
        for code in ("zorg", "ict", "bouw"):
            told = {"level": "vmbo", "family": "field", "code": code, "pupils": 20, "times": 30}
            world.add(PublishedFigure(id=world.new_id(), publication_id=figures, school_id=school, **told))
    among = await _rows_read(world, PAGES[name], token)
    # As often by another index of the same school is no harm: it is a fifth of one other school.
    more = {table: (alone[table], among[table]) for table in OF_PUPILS if among[table] > alone[table] + 100}
    assert more == {}
    assert name == "figures" or among["placement"] >= PUPILS, "it was read at all"


def _fill(world: World, school: UUID, pupils: int, stories: int) -> None:
    given = {"school": school, "pupils": pupils, "stories": stories, "begun": YEAR_START}
    with world.engine.begin() as connection:
        # No reference is looked up for what is made by one statement.
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(MADE), given)


async def _rows_read(world: World, page: Read, token: str) -> Counter[str]:
    """Rows that the database took in hand for it, by table, those within its own functions too."""
    with world.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What tests before it left behind in tables and indexes would make another plan.
        connection.execute(text("vacuum analyze"))
    now = world.clock.now() + timedelta(minutes=1)
    hashed = hashlib.sha256(token.encode()).digest()
    sql, values = page.asked(hashed, now, world.clock.today(), school_id=world.kust)
    connection = await asyncpg.connect(**asyncpg_arguments(world.settings.database_url or ""))
    try:
        async with connection.transaction():
            # With so few rows it is cheapest to read a table whole and look things up in that; in a city it is not.
            for way in ("seqscan", "hashjoin", "mergejoin"):
                await connection.execute(f"set local enable_{way} = off")
            row = await connection.fetchrow(sql, *values)
            assert row is not None
            assert row["body"] is not None
            read = await connection.fetch(
                "select relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows"
                " from pg_stat_xact_user_tables"
            )
    finally:
        await connection.close()
    return Counter({each["relname"]: each["rows"] for each in read})
