"""The ceiling: a bare ASGI app that sends the very JSON of our page, built by one statement, and nothing else.

No session, no permission, no row-level security (it connects as the owner), no framework: what is left of our own
page's time above this is what all of that costs. `make bench` checks that both send the same.
"""

import os
from typing import Any

import asyncpg
from sqlalchemy import func, literal_column, select

from app.platform.db import asyncpg_arguments
from app.platform.reads import cursor_of
from app.portfolio.models import Entry
from app.portfolio.queries.projections import card
from bench import conversation, school

_PAGE = """
with card as (%s), listed as (
    select json_agg(card order by place) filter (where place <= $2) items,
           max(cursor) filter (where place = $2) following, count(*) > $2 more
    from card
), counted as (
    select school_year, count(*) entries from entry
    where pupil_id = $1 and state not in ('archived', 'trashed') group by school_year
), placed as (
    select school_year, min(school.name) school, min(school_group.name) name, min(level) level,
           min(study_year) study_year
    from placement join group_membership on placement_id = placement.id
    join school_group on school_group.id = group_id join school on school.id = placement.school_id
    where pupil_id = $1 group by school_year
)
select convert_to(json_build_object(
    'pupil', (
        select json_build_object(
            'id', person.id, 'name', given_name || ' ' || family_name, 'givenName', given_name,
            'school', json_build_object('id', school.id, 'name', school.name),
            'group', json_build_object('id', school_group.id, 'name', school_group.name, 'level', level,
                                       'studyYear', study_year))
        from person join placement on pupil_id = person.id join school on school.id = placement.school_id
        join group_membership on placement_id = placement.id join school_group on school_group.id = group_id
        where person.id = $1 order by placement.starts_on desc limit 1
    ),
    'viewer', 'self',
    'years', (
        select json_agg(json_build_object(
            'schoolYear', school_year, 'schoolName', school, 'groupName', name, 'level', level, 'studyYear', study_year,
            'entryCount', coalesce(entries, 0)) order by school_year desc)
        from counted full join placed using (school_year)
    ),
    'items', items, 'nextCursor', case when more then following end
)::text, 'UTF8')
from listed
"""


def _cards() -> str:
    # The very projection of our page, with the viewer put in as a constant.
    newest = (Entry.sort_on.desc(), Entry.id.desc())
    statement = (
        select(
            card().label("card"),
            cursor_of(Entry.sort_on, Entry.id).label("cursor"),
            func.row_number().over(order_by=newest).label("place"),
        )
        .where(Entry.pupil_id == literal_column("$1"), Entry.state.not_in(("archived", "trashed")))
        .order_by(*newest)
        .limit(literal_column("$2 + 1"))
    )
    return conversation.for_all(statement, "$1")


_SQL = _PAGE % _cards()

_SHOWN = "pupil_id = $1 and state not in ('archived', 'trashed') and kind <> 'result'"
_PICTURE = (
    _PAGE.replace("with card as (%s), listed as (", "with listed as (")
    .replace(_PAGE[_PAGE.index("    select json_agg(card") : _PAGE.index("), counted")], "    select 1\n")
    .replace(
        "'items', items, 'nextCursor', case when more then following end",
        f"""'entries', (
        select json_agg(json_build_object(
            'id', id, 'kind', kind, 'state', state, 'title', title, 'on', sort_on, 'schoolYear', school_year,
            'workFields', work_fields, 'competencies', competencies, 'feeling', feeling,
            'expectation', nullif(details->'expectation', 'null'::jsonb)) order by sort_on, id)
        from entry where {_SHOWN}
    ),
    'words', (
        select json_agg(word order by newest desc) from (
            select max(sort_on) newest, json_build_object('key', lower(tag), 'word', min(tag), 'hidden', false, 'said',
                json_agg(json_build_object('voice', 'pupil', 'entryId', id, 'by', null, 'wordId', null)
                         order by sort_on desc)) word
            from entry, unnest(tags) tag where {_SHOWN} group by lower(tag)
        ) words
    )""",
    )
)
_pool: "asyncpg.Pool[Any] | None" = None


async def _keep(_: object) -> None:
    """As our own pool does it."""


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """`/{pupil id}/{limit}`, `/{pupil id}/picture`, `/{conversation id}/conversation`, or `/{school id}/school`."""
    global _pool
    if scope["type"] == "lifespan":
        while True:
            event = (await receive())["type"]
            if event == "lifespan.startup":
                arguments = asyncpg_arguments(os.environ["TALENT_DATABASE_OWNER_URL"])
                _pool = await asyncpg.create_pool(**arguments, min_size=2, max_size=4, reset=_keep)
            elif _pool is not None:
                await _pool.close()
            await send({"type": f"{event}.complete"})
            if event == "lifespan.shutdown":
                return
    assert _pool is not None
    if scope["path"] == "/livez":
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})
        return
    _, pupil, limit = scope["path"].split("/")
    whole = {"picture": _PICTURE, "conversation": conversation.SQL, "school": school.SQL}.get(limit)
    body = await (_pool.fetchval(whole, pupil) if whole else _pool.fetchval(_SQL, pupil, int(limit)))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
