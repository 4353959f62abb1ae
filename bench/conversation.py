"""The dean's one page: a prepared talk that is being recorded, of a pupil with 40 entries, after two agreed ones."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import Select, literal_column, select
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from uuid_utils.compat import uuid7

from app.platform.reads import json_list
from app.portfolio.models import Entry, Feedback
from app.portfolio.policy import PAGE, hears_until, is_heard
from app.portfolio.queries.projections import card

_SHOWN = "pupil_id = (select pupil_id from talk) and state not in ('archived', 'trashed') and kind <> 'result'"


def _person(where: str) -> str:
    name = "'id', id, 'name', given_name || ' ' || family_name, 'givenName', given_name"
    return f"(select json_build_object({name}) from person where {where})"


def _steps(record: str) -> str:
    return f"""(
        select json_agg(json_build_object(
            'id', told.value->>'id', 'text', told.value->>'text', 'who', told.value->>'who',
            'staff', {_person("id = (told.value->>'staffId')::uuid")},
            'dueOn', (told.value->>'dueOn')::date, 'remindOn', (told.value->>'remindOn')::date,
            'state', case when done_at is not null then 'done' when let_go_at is not null then 'let_go'
                     else 'open' end,
            'endedAt', coalesce(done_at, let_go_at), 'version', step.version) order by told.place)
        from jsonb_array_elements({record}.steps) with ordinality told(value, place)
        left join next_step step on step.id = (told.value->>'id')::uuid)"""


def for_all(cards: Select[Any], viewer: str) -> str:
    """Cards of our page without the rule of who reads what was said there: that belongs to what permission costs."""
    heard = is_heard(hears_until(PAGE), Feedback.created_at, Feedback.author_id)
    page, rule = (
        str(part.compile(dialect=dialect(), compile_kwargs={"literal_binds": True})) for part in (cards, heard)
    )
    assert rule in page
    return page.replace(rule, "true").replace("request.viewer", viewer)


def _cards() -> str:
    # The very projection of our page, with a constant for the viewer.
    chosen = select(json_list(card(), literal_column("chosen.place")))
    chosen = chosen.select_from(Entry).where(Entry.id == literal_column("chosen.id"))
    compiled = for_all(chosen, "(select pupil_id from talk)")
    joined = compiled.replace("FROM entry", "FROM entry, unnest(sheet.entry_ids) with ordinality chosen(id, place)", 1)
    assert joined != compiled
    return joined


SQL = f"""
with talk as materialized (select * from conversation where id = $1::uuid),
counted as (
    select school_year, count(*) entries from entry
    where pupil_id = (select pupil_id from talk) and state not in ('archived', 'trashed') group by school_year
), placed as (
    select school_year, min(school.name) school, min(school_group.name) name, min(level) level,
           min(study_year) study_year
    from placement join group_membership on placement_id = placement.id
    join school_group on school_group.id = group_id join school on school.id = placement.school_id
    where pupil_id = (select pupil_id from talk) group by school_year
)
select convert_to(json_build_object(
    'id', talk.id, 'kind', kind, 'state', 'recorded', 'onDay', on_day, 'atTime', at_time, 'minutes', minutes,
    'place', place, 'withHome', with_home, 'wasOnDay', was_on_day, 'wasAtTime', was_at_time,
    'cancelledAt', cancelled_at, 'heldAt', held_at, 'preparedAt', prepared_at,
    'pupil', (
        select json_build_object(
            'id', person.id, 'name', given_name || ' ' || family_name, 'givenName', given_name,
            'school', json_build_object('id', school.id, 'name', school.name),
            'group', json_build_object('id', school_group.id, 'name', school_group.name, 'level', level,
                                       'studyYear', study_year))
        from person join placement on pupil_id = person.id join school on school.id = placement.school_id
        join group_membership on placement_id = placement.id join school_group on school_group.id = group_id
        where person.id = talk.pupil_id order by placement.starts_on desc limit 1
    ),
    'heldWith', {_person("id = talk.held_with")}, 'plannedBy', {_person("id = talk.planned_by")},
    'changedBy', {_person("id = talk.changed_by")}, 'ended', false, 'homeOpen', true, 'young', false,
    'viewer', 'school',
    'rights', json_build_object('change', false, 'prepare', false, 'write', true, 'speak', false, 'agree', false),
    'partners', (
        select json_agg(json_build_object(
            'id', person.id, 'name', given_name || ' ' || family_name, 'givenName', given_name,
            'isMentor', is_mentor, 'isDean', is_dean) order by is_mentor desc, is_dean desc, given_name, person.id)
        from talk_partners(talk.placement_id, current_date) join person on person.id = person_id
    ),
    'sheet', (
        select json_build_object(
            'entryIds', '[]'::json, 'shown', ({_cards()}), 'hidden', 0, 'foundOut', found_out, 'doubt', doubt,
            'ask', ask, 'maybeNext', maybe_next, 'readyAt', ready_at, 'updatedAt', updated_at,
            'version', sheet.version)
        from prep_sheet sheet where conversation_id = talk.id
    ),
    'record', (
        select json_build_object(
            'version', record.version, 'pupilVoice', pupil_voice, 'staffVoice', staff_voice,
            'steps', {_steps("record")}, 'writtenBy', {_person("id = record.written_by")},
            'writtenAt', written_at)
        from conversation_record record where conversation_id = talk.id and version = talk.record_version
    ),
    'agreement', null,
    'earlier', (
        select json_agg(json_build_object(
            'id', before.id, 'kind', before.kind, 'onDay', before.on_day,
            'heldWith', {_person("id = before.held_with")}, 'pupilVoice', pupil_voice,
            'steps', {_steps("record")}) order by before.on_day desc)
        from conversation before join conversation_record record
          on record.conversation_id = before.id and record.version = before.record_version
        where before.pupil_id = talk.pupil_id and before.id <> talk.id and before.on_day <= talk.on_day
    ),
    'picture', json_build_object(
        'years', (
            select json_agg(json_build_object(
                'schoolYear', school_year, 'schoolName', school, 'groupName', name, 'level', level,
                'studyYear', study_year, 'entryCount', coalesce(entries, 0)) order by school_year desc)
            from counted full join placed using (school_year)),
        'entries', (
            select json_agg(json_build_object(
                'id', id, 'kind', kind, 'state', state, 'title', title, 'on', sort_on, 'schoolYear', school_year,
                'workFields', work_fields, 'competencies', competencies, 'feeling', feeling,
                'expectation', nullif(details->'expectation', 'null'::jsonb)) order by sort_on, id)
            from entry where {_SHOWN}),
        'words', (
            select coalesce(json_agg(word order by newest desc), '[]') from (
                select max(sort_on) newest, json_build_object('key', lower(tag), 'word', min(tag), 'hidden', false,
                    'said', json_agg(json_build_object('voice', 'pupil', 'entryId', id, 'by', null, 'saidBy', null,
                                                       'wordId', null) order by sort_on desc)) word
                from entry, unnest(tags) tag where {_SHOWN} group by lower(tag)
            ) words)
    ),
    'choices', '[]'::json, 'homework', '[]'::json,
    'version', talk.version
)::text, 'UTF8')
from talk
"""
"""The very JSON of the page, built by one statement without permission; `$1` is the talk."""


async def build(connection: asyncpg.Connection, pupil: UUID, mentor: UUID, now: datetime, today: date) -> UUID:
    """Makes the talks as the database's owner; the one that is looked at."""
    placement = await connection.fetchval("select id from placement where pupil_id = $1", pupil)
    entries = [row["id"] for row in await connection.fetch("select id from entry where pupil_id = $1 limit 3", pupil)]
    talks = [await _talk(connection, pupil, placement, mentor, now, today + timedelta(days)) for days in (-200, -90, 0)]
    for talk in talks[:-1]:
        await connection.execute(
            "insert into conversation_agreement (conversation_id, record_version, pupil_id, words, ring, way,"
            " agreed_at) values ($1, 1, $2, 'Klopt.', 2, 'own', $3)",
            *(talk, pupil, now),
        )
    await connection.execute(
        "insert into prep_sheet (conversation_id, pupil_id, entry_ids, found_out, doubt, ask, maybe_next, ready_at,"
        " updated_at, version) values ($1, $2, $3, $4, $4, $4, $4, $5, $5, 1)",
        *(talks[-1], pupil, entries, "Ik wil weten hoe iets werkt. " * 5, now),
    )
    return talks[-1]


async def _talk(
    connection: asyncpg.Connection, pupil: UUID, placement: UUID, mentor: UUID, now: datetime, on_day: date
) -> UUID:
    talk = uuid7()
    await connection.execute(
        "insert into conversation (id, pupil_id, placement_id, kind, on_day, held_with, planned_by, made_at,"
        " changed_at, changed_by, changed_on, version) values ($1, $2, $3, 'career', $4, $5, $5, $6, $6, $5, $4, 1)",
        *(talk, pupil, placement, on_day, mentor, now),
    )
    steps: list[dict[str, Any]] = [
        {"id": str(uuid7()), "text": f"Een kleine stap {place}", "who": "pupil", "dueOn": str(on_day)}
        for place in range(3)
    ]
    await connection.execute(
        "insert into conversation_record (conversation_id, version, pupil_voice, staff_voice, steps, written_by,"
        " written_at) values ($1, 1, $2, $2, cast($3::text as jsonb), $4, $5)",
        *(talk, "We zoeken werk met zorg en techniek. " * 8, json.dumps(steps), mentor, now),
    )
    return talk
