"""What each pupil shared with a school is counted by one function, for the overview of a school of thousands.

The rule is that of `entry_read`, asked once a placement. Functions only: no table is touched.
"""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

FUNCTION = """
-- Of each pupil whom the viewer sees as staff, now or until the end of that school year, and who shared something:
-- whether it is of this school year, and how much waits to be looked at. Who has neither has no row. Asked for every
-- entry of 2,000 pupils, the rule of `entry_read` would look through 2,000 placements each time. The newest comes
-- first, so of who shares one row is read.
create function shared_by_pupil(today date)
returns table (pupil_id uuid, this_year boolean, to_review bigint)
language sql stable security definer set search_path = public, pg_temp rows 500
begin atomic
    with mine as (
        select running.id, null::date cutoff from unnest(running_placements()) running(id)
        union all
        select ended.id, ended.cutoff from unnest(ended_placements(), ended_cutoffs()) ended(id, cutoff)
    )
    select coalesce(told.pupil_id, waiting.pupil_id), bool_or(told.pupil_id is not null), sum(waiting.entries)::bigint
    from mine
    left join lateral (
        select entry.pupil_id from entry
        where entry.placement_id = mine.id and entry.school_year = school_year_of(today)
          and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
          and (mine.cutoff is null or entry.changed_on <= mine.cutoff)
        order by entry.shared_at desc limit 1
    ) told on true
    cross join lateral (
        select (array_agg(entry.pupil_id))[1] pupil_id, count(*) entries from entry
        where entry.placement_id = mine.id and entry.state = 'shared' and entry.ring >= 1
          and (mine.cutoff is null or entry.changed_on <= mine.cutoff)
    ) waiting
    where told.pupil_id is not null or waiting.pupil_id is not null
    group by 1;
end;
revoke execute on function shared_by_pupil(date) from public;
grant execute on function shared_by_pupil(date) to talent_app;
"""


def upgrade() -> None:
    op.execute(FUNCTION)


def downgrade() -> None:
    op.execute("drop function shared_by_pupil(date)")
