"""Who may see what, in the database: the rules as functions, and row-level security on the content tables.

The functions are the one statement of the rules in SQL; the selects of the app's policies and the row-level
policies both call them. They run as the owner, because an app role that is held to the rules could not
evaluate them, and they take the viewer and the day as arguments or from settings that `begin_request` made.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FUNCTIONS = """
create function viewer_id() returns uuid language sql stable parallel safe
return nullif(current_setting('app.viewer', true), '')::uuid;

create function app_today() returns date language sql stable parallel safe
return nullif(current_setting('app.today', true), '')::date;

-- Whole years; who is born on 29 February has the birthday on 1 March in other years.
create function years_old(birth_date date, on_day date) returns integer language sql immutable parallel safe
return extract(year from age(on_day, birth_date))::integer;

create function school_year_of(on_day date) returns integer language sql immutable parallel safe
return extract(year from on_day)::integer - (extract(month from on_day) < 8)::integer;

create function school_year_end(on_day date) returns date language sql immutable parallel safe
return make_date(school_year_of(on_day) + 1, 7, 31);

-- Ring 2 reaches home: under 16 by itself; from 16, and anew from 18, only after the pupil's own yes.
create function home_open(birth_date date, said_yes_on date, on_day date) returns boolean
language sql immutable parallel safe
return coalesce(case
    when years_old(birth_date, on_day) < 16 then true
    when years_old(birth_date, on_day) < 18 then said_yes_on <= on_day and years_old(birth_date, said_yes_on) >= 16
    else said_yes_on <= on_day and years_old(birth_date, said_yes_on) >= 18
end, false);

-- The placements whose shared entries this member of staff may see on this day. `cutoff`: the placement has
-- ended; until the end of that school year what was there stays visible, nothing newer.
create function staff_placements(viewer uuid, today date)
returns table (placement_id uuid, pupil_id uuid, school_id uuid, cutoff date)
language sql stable security definer set search_path = public, pg_temp rows 40
begin atomic
    with running_role as (
        select id, school_id, role from staff_role
        where person_id = viewer and role in ('teacher', 'dean')
          and starts_on <= today and (ends_on is null or ends_on >= today)
    ), reach as (
        select placement.pupil_id, placement.school_id, placement.ends_on
        from running_role join placement on placement.school_id = running_role.school_id
        where running_role.role = 'dean' and placement.starts_on <= today
          and (placement.ends_on is null or placement.ends_on >= today or today <= school_year_end(placement.ends_on))
        union all
        select placement.pupil_id, placement.school_id, placement.ends_on
        from running_role
        join group_assignment assignment on assignment.staff_role_id = running_role.id
         and assignment.starts_on <= today and (assignment.ends_on is null or assignment.ends_on >= today)
        join group_membership membership on membership.group_id = assignment.group_id and membership.starts_on <= today
        join placement on placement.id = membership.placement_id and placement.school_id = running_role.school_id
         and placement.starts_on <= today
        where running_role.role = 'teacher' and (
            case when placement.ends_on is null or placement.ends_on >= today
                then membership.ends_on is null or membership.ends_on >= today
                else (membership.ends_on is null or membership.ends_on >= placement.ends_on)
                     and today <= school_year_end(placement.ends_on)
            end)
    ), pupil as (
        select reach.pupil_id, reach.school_id,
               case when bool_or(reach.ends_on is null or reach.ends_on >= today) then null
                   else max(reach.ends_on) end cutoff
        from reach group by reach.pupil_id, reach.school_id
    )
    select placement.id, pupil.pupil_id, pupil.school_id, pupil.cutoff
    from pupil join placement on placement.pupil_id = pupil.pupil_id and placement.school_id = pupil.school_id;
end;

-- The pupils whose ring 2 this guardian may see on this day.
create function home_pupils(viewer uuid, today date) returns table (pupil_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 2
begin atomic
    select guardianship.pupil_id from guardianship join person on person.id = guardianship.pupil_id
    where guardianship.guardian_id = viewer and guardianship.state = 'confirmed'
      and (guardianship.custody = 'yes' or guardianship.opened_on <= today)
      and home_open(person.birth_date, person.home_sharing_since, today);
end;

-- What `begin_request` found for this transaction; empty where it was not called.
create function running_placements() returns uuid[] language sql stable parallel safe
return coalesce(nullif(current_setting('app.running', true), ''), '{}')::uuid[];

create function ended_placements() returns uuid[] language sql stable parallel safe
return coalesce(nullif(current_setting('app.ended', true), ''), '{}')::uuid[];

-- Until which day what was shared with each of those may be seen, in the same order.
create function ended_cutoffs() returns date[] language sql stable parallel safe
return coalesce(nullif(current_setting('app.cutoffs', true), ''), '{}')::date[];

create function home_children() returns uuid[] language sql stable parallel safe
return coalesce(nullif(current_setting('app.home', true), ''), '{}')::uuid[];

-- First act of every request: finds the living session, and says to this transaction who looks, what day it is,
-- and whose content that opens (worked out once, for both walls). `viewer` is null where there is no session.
create function begin_request(
    token_hash bytea, at timestamptz, today date,
    out viewer uuid, out running uuid[], out ended uuid[], out cutoffs date[], out home uuid[]
) language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    found session;
begin
    select * into found from session
    where session.token_hash = begin_request.token_hash
      and session.expires_at > at and session.last_seen_at + make_interval(secs => session.idle_seconds) > at;
    viewer := found.person_id;
    running := '{}';
    ended := '{}';
    cutoffs := '{}';
    home := '{}';
    if exists (select from staff_role where person_id = viewer) then
        select coalesce(array_agg(s.placement_id) filter (where s.cutoff is null), '{}'),
               coalesce(array_agg(s.placement_id order by s.placement_id) filter (where s.cutoff is not null), '{}'),
               coalesce(array_agg(s.cutoff order by s.placement_id) filter (where s.cutoff is not null), '{}')
        into running, ended, cutoffs from staff_placements(viewer, today) s;
    end if;
    if exists (select from guardianship where guardian_id = viewer) then
        home := array(select h.pupil_id from home_pupils(viewer, today) h);
    end if;
    perform set_config('app.viewer', coalesce(viewer::text, ''), true),
            set_config('app.today', today::text, true),
            set_config('app.running', running::text, true),
            set_config('app.ended', ended::text, true),
            set_config('app.cutoffs', cutoffs::text, true),
            set_config('app.home', home::text, true);
    if found.last_seen_at < at - interval '1 minute' then
        update session set last_seen_at = at where session.id = found.id;
    end if;
end $$;

-- One line in 'who looked' per viewer, thing and day.
create function log_look(pupil uuid, entry uuid, rule text, at timestamptz) returns void
language sql volatile
begin atomic
    insert into access_log (id, pupil_id, viewer_id, entry_id, rule, on_date, at)
    select uuidv7(), pupil, viewer_id(), entry, rule, app_today(), at
    where pupil is not null and pupil <> viewer_id()
      and not exists (
        select from access_log seen
        where seen.pupil_id = pupil and seen.on_date = app_today() and seen.viewer_id = viewer_id()
          and seen.entry_id is not distinct from entry)
    on conflict do nothing;
end;

-- Others than the pupil may move an entry on, never change what it says.
create function guard_entry() returns trigger language plpgsql as $$
begin
    if old.pupil_id is distinct from viewer_id() and
       (to_jsonb(new) - '{state,seen_at,seen_by,version,updated_at,ring,shared_at}'::text[])
       is distinct from (to_jsonb(old) - '{state,seen_at,seen_by,version,updated_at,ring,shared_at}'::text[])
    then
        raise insufficient_privilege using message = 'only the pupil changes what an entry says';
    end if;
    return new;
end $$;
create trigger guard_entry before update on entry for each row when (current_user = 'talent_app')
execute function guard_entry();
"""

POLICIES = """
alter table entry enable row level security;
alter table entry_version enable row level security;
alter table feedback enable row level security;
alter table attachment enable row level security;
alter table access_log enable row level security;

create policy entry_read on entry for select to talent_app using (
    pupil_id = (select viewer_id())
    or (state in ('shared', 'asked_back', 'seen') and (
        (ring >= 1 and placement_id = any ((select running_placements())::uuid[]))
        or (ring >= 1 and placement_id = any ((select ended_placements())::uuid[])
            and changed_on <= ((select ended_cutoffs())::date[])[
                array_position((select ended_placements())::uuid[], placement_id)])
        or (ring >= 2 and pupil_id = any ((select home_children())::uuid[]))
    ))
);
create policy entry_add on entry for insert to talent_app with check (pupil_id = (select viewer_id()));
create policy entry_change on entry for update to talent_app
using (
    pupil_id = (select viewer_id())
    or (state in ('shared', 'asked_back', 'seen') and ring >= 1
        and placement_id = any ((select running_placements())::uuid[]))
)
with check (pupil_id = (select viewer_id()) or state in ('shared', 'asked_back', 'seen'));

create policy version_read on entry_version for select to talent_app
using (exists (select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id())));
create policy version_add on entry_version for insert to talent_app
with check (exists (select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id())));

create policy feedback_read on feedback for select to talent_app
using (exists (select from entry where entry.id = entry_id));
create policy feedback_add on feedback for insert to talent_app
with check (author_id = (select viewer_id()) and exists (select from entry where entry.id = entry_id));
create policy feedback_withdraw on feedback for update to talent_app
using (author_id = (select viewer_id())) with check (author_id = (select viewer_id()));

create policy attachment_read on attachment for select to talent_app
using (pupil_id = (select viewer_id()) or exists (select from entry where entry.id = entry_id));
create policy attachment_add on attachment for insert to talent_app
with check (pupil_id = (select viewer_id())
            and exists (select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id())));
create policy attachment_change on attachment for update to talent_app
using (pupil_id = (select viewer_id())) with check (pupil_id = (select viewer_id()));
create policy attachment_remove on attachment for delete to talent_app using (pupil_id = (select viewer_id()));

create policy look_read on access_log for select to talent_app
using (pupil_id = (select viewer_id()) or viewer_id = (select viewer_id()));
create policy look_add on access_log for insert to talent_app with check (viewer_id = (select viewer_id()));

create policy worker_attachment on attachment for all to talent_worker using (true) with check (true);
create policy worker_entry on entry for select to talent_worker using (true);
"""

GRANTS = """
revoke execute on function begin_request(bytea, timestamptz, date), staff_placements(uuid, date),
    home_pupils(uuid, date), log_look(uuid, uuid, text, timestamptz) from public;
grant execute on function begin_request(bytea, timestamptz, date), staff_placements(uuid, date),
    home_pupils(uuid, date), log_look(uuid, uuid, text, timestamptz) to talent_app;
grant select on person, school, school_year, school_group, placement, group_membership, staff_role,
    group_assignment, guardianship, account, alembic_version to talent_app;
grant update (locale, home_sharing_since) on person to talent_app;
grant update (password_hash) on account to talent_app;
grant select, insert, update, delete on session, sign_in_attempts, idempotency_key to talent_app;
grant select, insert, update on entry, feedback to talent_app;
grant select, insert on entry_version, access_log to talent_app;
grant select, insert, update, delete on attachment to talent_app;
grant select, update, delete on attachment to talent_worker;
grant select on entry, alembic_version to talent_worker;
"""


def upgrade() -> None:
    op.execute(FUNCTIONS)
    op.execute(POLICIES)
    op.execute(GRANTS)


def downgrade() -> None:
    for table in ("entry", "entry_version", "feedback", "attachment", "access_log"):
        op.execute(
            f"""do $$ declare p record; begin
            for p in select policyname from pg_policies where tablename = '{table}' loop
                execute format('drop policy %I on {table}', p.policyname);
            end loop; end $$"""
        )
        op.execute(f"alter table {table} disable row level security")
    op.execute("drop trigger guard_entry on entry")
    op.execute("revoke all on all tables in schema public from talent_app, talent_worker")
    for function in (
        "guard_entry()",
        "log_look(uuid, uuid, text, timestamptz)",
        "begin_request(bytea, timestamptz, date)",
        "running_placements()",
        "ended_placements()",
        "ended_cutoffs()",
        "home_children()",
        "home_pupils(uuid, date)",
        "staff_placements(uuid, date)",
        "home_open(date, date, date)",
        "school_year_end(date)",
        "school_year_of(date)",
        "years_old(date, date)",
        "app_today()",
        "viewer_id()",
    ):
        op.execute(f"drop function {function}")
