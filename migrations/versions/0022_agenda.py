"""What comes and what waits, found by an index: activities by who planned them, and by what of the city they take over.

What waits to be looked at waits since it was shared, also when that was before 1 August: of each placement the index
of what is to be looked at gives the first, however much there is.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_activity_planned_by": "activity (planned_by)",
    "ix_activity_offered_by": "activity (offered_by)",
}

# As in 0021, but for what stands in the braces.
FUNCTION = """
create or replace function shared_this_year(placements uuid[], today date)
returns table (placement_id uuid, in_term boolean, waiting_since date, about text[], fields text)
language sql stable security definer set search_path = public, pg_temp rows 500
begin atomic
    with span as materialized (
        select (term_start(today)::timestamp at time zone 'Europe/Amsterdam') term_began,
               (make_date(school_year_of(today), 8, 1)::timestamp at time zone 'Europe/Amsterdam') year_began
    )
    select mine.id, coalesce(told.in_term, false), {waiting}, told.about, told.fields
    from span cross join unnest(running_placements()) mine(id) cross join lateral (
        select bool_or(entry.kind = 'experience' and entry.shared_at >= span.term_began) in_term,
               (min(entry.shared_at) filter (where entry.state = 'shared') at time zone 'Europe/Amsterdam')::date
                   waiting_since,
               array_agg(entry.details ->> 'activityId')
                   filter (where entry.details ->> 'activityId' is not null) about,
               string_agg(array_to_string(entry.work_fields, ','), ',')
                   filter (where entry.school_year = school_year_of(today)) fields
        from entry
        where entry.placement_id = mine.id and entry.shared_at >= span.year_began
          and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
    ) told
    where mine.id in (select unnest(placements));
end
"""
FIRST = """(
        select (entry.shared_at at time zone 'Europe/Amsterdam')::date from entry
        where entry.placement_id = mine.id and entry.state = 'shared' and entry.ring >= 1
        order by entry.shared_at limit 1)"""


def upgrade() -> None:
    # Beside running users, and without a half-made one of an earlier try.
    with op.get_context().autocommit_block():
        for name, on in INDEXES.items():
            op.execute(f"drop index concurrently if exists {name}")
            op.execute(f"create index concurrently {name} on {on}")
    op.execute(FUNCTION.format(waiting=FIRST))


def downgrade() -> None:
    op.execute(FUNCTION.format(waiting="told.waiting_since"))
    for name in INDEXES:
        op.drop_index(name)
