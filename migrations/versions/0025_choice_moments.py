"""Choice moments: a list, reasons, how sure through time, what was chosen, and a look back; and talks of a class.

A moment reaches as an entry does: its pupil, from ring 1 the school of the placement it began at, from ring 2 home.
What belongs to a moment is seen by who sees the moment, and written by its pupil alone. How sure and what was chosen
are rows that are added on the day itself and not changed: the way there stays in view.

Of talks: who plans for a class learns when staff are taken, and not with whom; what one planned today and nobody
prepared can be taken back; a calendar address shows staff the talks that they hold.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- Which moment belongs to a class; null where none does.
create function choice_kind(level text, study_year integer) returns text language sql immutable parallel safe
return case
    when level = 'vmbo' and study_year = 2 or level in ('havo', 'vwo') and study_year = 3 then 'direction'
    when level = 'vmbo' and study_year = 4 or level = 'havo' and study_year = 5 or level = 'vwo' and study_year = 6
        or level = 'mbo' then 'study'
    when level = 'po' and study_year = 8 then 'transfer' end;

-- The moments that fit the classes a pupil is in today; one of a kind, of the class that began last.
create function offered_choices(pupil uuid, today date)
returns table (kind text, placement_id uuid, level text, study_year smallint)
language sql stable security definer set search_path = public, pg_temp rows 1
begin atomic
    select distinct on (choice_kind(grp.level, grp.study_year))
        choice_kind(grp.level, grp.study_year), placement.id, grp.level, grp.study_year
    from placement
    join group_membership member on member.placement_id = placement.id
    join school_group grp on grp.id = member.group_id and grp.school_year = school_year_of(today)
    where placement.pupil_id = pupil and choice_kind(grp.level, grp.study_year) is not null
      and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
      and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today)
    order by choice_kind(grp.level, grp.study_year), member.starts_on desc, placement.id;
end;
revoke execute on function offered_choices(uuid, date) from public;
grant execute on function offered_choices(uuid, date) to talent_app;

create function own_choice(which uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from choice_moment where id = which and pupil_id = viewer_id());
end;
revoke execute on function own_choice(uuid) from public;
grant execute on function own_choice(uuid) to talent_app;

-- Under 12 'school only' is no choice of the child alone; as the law of entries says it.
create function guard_choice_ring() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if new.ring = 1 and coalesce((select years_old(birth_date, app_today()) < 12 from person
                                  where id = new.pupil_id), true) then
        raise insufficient_privilege using message = 'under 12 a choice reaches nobody, or school and home';
    end if;
    return new;
end $$;
revoke execute on function guard_choice_ring() from public;
"""

ROUNDS = """
-- With whom talks of a class can be: its teachers, and deans of the school; for who guides it.
create function round_partners(of_group uuid, today date)
returns table (person_id uuid, is_dean boolean, is_mentor boolean)
language sql stable security definer set search_path = public, pg_temp rows 10
begin atomic
    select role.person_id, bool_or(role.role = 'dean'), bool_or(coalesce(assignment.is_mentor, false))
    from school_group grp
    join staff_role role on role.school_id = grp.school_id and role.role in ('teacher', 'dean')
     and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
    left join group_assignment assignment on assignment.staff_role_id = role.id and role.role = 'teacher'
     and assignment.group_id = grp.id
     and assignment.starts_on <= today and (assignment.ends_on is null or assignment.ends_on >= today)
    where grp.id = of_group and (role.role = 'dean' or assignment.id is not null)
      and of_group in (select group_id from guided_groups(viewer_id(), app_today()))
    group by role.person_id;
end;

-- When those have talks from today on: times, and nobody's name.
create function staff_times(of_group uuid)
returns table (held_with uuid, on_day date, at_time time, minutes smallint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select talk.held_with, talk.on_day, talk.at_time, talk.minutes
    from round_partners(of_group, app_today()) partner
    join conversation talk on talk.held_with = partner.person_id
    where talk.on_day >= app_today() and talk.at_time is not null and talk.cancelled_at is null;
end;

-- Whether a pupil has begun to prepare: then the talk is not taken away from under it.
create function talk_begun(talk uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from prep_sheet where conversation_id = talk);
end;
revoke execute on function round_partners(uuid, date), staff_times(uuid), talk_begun(uuid) from public;
grant execute on function round_partners(uuid, date), staff_times(uuid), talk_begun(uuid) to talent_app;

create policy talk_take_back on conversation for delete to talent_app using (
    planned_by = (select viewer_id()) and changed_on = (select app_today()) and version = 1
    and prepared_at is null and held_at is null and record_version = 0 and not talk_begun(id)
    and placement_id = any ((select running_placements())::uuid[])
);
grant delete on conversation to talent_app;
"""

BEGIN_CALENDAR = """
create or replace function begin_calendar(secret_hash bytea, today date) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    viewer uuid;
begin
    select feed.person_id into viewer
    from calendar_feed feed join person on person.id = feed.person_id
    where feed.secret_hash = begin_calendar.secret_hash and person.closed_at is null
      and not exists (select from account where account.person_id = person.id and account.closed_at is not null);
    perform set_config('app.viewer', coalesce(viewer::text, ''), true), set_config('app.today', today::text, true);
{more}    return viewer;
end $$;
"""

SIGHT = """    perform set_config('app.running', coalesce((
        select array_agg(s.placement_id) from staff_placements(viewer, today) s
        where s.cutoff is null), '{}')::text, true),
        set_config('app.home', coalesce((
        select array_agg(h.pupil_id) from home_pupils(viewer, today) h), '{}')::text, true);
"""

POLICIES = """
create trigger guard_ring before update of ring on choice_moment for each row
when (current_user = 'talent_app' and new.ring is distinct from old.ring) execute function guard_choice_ring();

alter table choice_moment enable row level security;
alter table choice_option enable row level security;
alter table choice_option_entry enable row level security;
alter table choice_sureness enable row level security;
alter table choice_pick enable row level security;

create policy read on choice_moment for select to talent_app using (
    pupil_id = (select viewer_id())
    or (ring >= 1 and placement_id = any ((select running_placements())::uuid[]))
    or (ring >= 1 and placement_id = any ((select ended_placements())::uuid[])
        and changed_on <= ((select ended_cutoffs())::date[])[
            array_position((select ended_placements())::uuid[], placement_id)])
    or (ring >= 2 and pupil_id = any ((select home_children())::uuid[]))
);
create policy begin on choice_moment for insert to talent_app with check (
    pupil_id = (select viewer_id()) and ring = 0 and school_year = school_year_of((select app_today()))
    and (kind, placement_id) in (
        select offered.kind, offered.placement_id
        from offered_choices((select viewer_id()), (select app_today())) offered)
);
create policy change on choice_moment for update to talent_app
using (pupil_id = (select viewer_id())) with check (pupil_id = (select viewer_id()));

create policy read on choice_option for select to talent_app
using (exists (select from choice_moment where choice_moment.id = moment_id));
create policy add on choice_option for insert to talent_app with check (own_choice(moment_id));
create policy change on choice_option for update to talent_app
using (own_choice(moment_id)) with check (own_choice(moment_id));

create policy read on choice_option_entry for select to talent_app
using (exists (select from choice_option where choice_option.id = option_id));
create policy add on choice_option_entry for insert to talent_app with check (
    exists (select from choice_option where choice_option.id = option_id and own_choice(choice_option.moment_id))
    and exists (select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id()))
);
create policy remove on choice_option_entry for delete to talent_app using (
    exists (select from choice_option where choice_option.id = option_id and own_choice(choice_option.moment_id))
);

create policy read on choice_sureness for select to talent_app
using (exists (select from choice_moment where choice_moment.id = moment_id));
create policy add on choice_sureness for insert to talent_app with check (
    own_choice(moment_id) and (at at time zone 'Europe/Amsterdam')::date = (select app_today())
);
create policy take_back on choice_sureness for delete to talent_app using (
    own_choice(moment_id) and (at at time zone 'Europe/Amsterdam')::date = (select app_today())
);

create policy read on choice_pick for select to talent_app
using (exists (select from choice_moment where choice_moment.id = moment_id));
create policy add on choice_pick for insert to talent_app with check (
    own_choice(moment_id) and (at at time zone 'Europe/Amsterdam')::date = (select app_today())
);

grant select, insert on choice_moment, choice_option to talent_app;
grant update (ring, motives, own_motive, look_back, looked_back_at, version, updated_at, changed_on)
    on choice_moment to talent_app;
grant update (code, name, plus, minus, seen, off_at, off_why, version) on choice_option to talent_app;
grant select, insert, delete on choice_option_entry, choice_sureness to talent_app;
grant select, insert on choice_pick to talent_app;
"""


def _moment_part(table: str, *columns: Any) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["moment_id"], ["choice_moment.id"], name=op.f(f"fk_{table}_moment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def upgrade() -> None:
    op.create_table(
        "choice_moment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("school_year", sa.SmallInteger(), nullable=False),
        sa.Column("ring", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("motives", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("own_motive", sa.Text(), server_default="", nullable=False),
        sa.Column("look_back", JSONB(), nullable=True),
        sa.Column("looked_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind in ('direction', 'study', 'transfer')", name=op.f("ck_choice_moment_kind")),
        sa.CheckConstraint("ring between 0 and 2", name=op.f("ck_choice_moment_ring")),
        sa.CheckConstraint("(look_back is null) = (looked_back_at is null)", name=op.f("ck_choice_moment_look_back")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_choice_moment_pupil_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_choice_moment_placement_id")),
        sa.ForeignKeyConstraint(["school_year"], ["school_year.start_year"], name=op.f("fk_choice_moment_school_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_moment")),
        sa.UniqueConstraint("pupil_id", "kind", "school_year", name=op.f("uq_choice_moment_pupil_id_kind_school_year")),
    )
    op.create_index("ix_choice_moment_placement_id", "choice_moment", ["placement_id"])
    _moment_part(
        "choice_option",
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("plus", sa.Text(), server_default="", nullable=False),
        sa.Column("minus", sa.Text(), server_default="", nullable=False),
        sa.Column("seen", sa.Text(), server_default="", nullable=False),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("off_why", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(code is null) = (length(name) > 0)", name=op.f("ck_choice_option_named")),
        sa.UniqueConstraint("moment_id", "id", name=op.f("uq_choice_option_moment_id_id")),
    )
    op.create_index(
        "ix_choice_option_code",
        "choice_option",
        ["moment_id", "code"],
        unique=True,
        postgresql_where=sa.text("code is not null"),
    )
    op.create_table(
        "choice_option_entry",
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["choice_option.id"],
            name=op.f("fk_choice_option_entry_option_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_choice_option_entry_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("option_id", "entry_id", name=op.f("pk_choice_option_entry")),
    )
    op.create_index("ix_choice_option_entry_entry_id", "choice_option_entry", ["entry_id"])
    _moment_part(
        "choice_sureness",
        sa.Column("sure", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sure between 1 and 5", name=op.f("ck_choice_sureness_sure")),
    )
    op.create_index("ix_choice_sureness_moment_id_at", "choice_sureness", ["moment_id", "at"])
    plans = (
        sa.ForeignKeyConstraint(
            ["moment_id", plan], ["choice_option.moment_id", "choice_option.id"], name=op.f(f"fk_choice_pick_{plan}")
        )
        for plan in ("plan_a", "plan_b")
    )
    _moment_part(
        "choice_pick",
        sa.Column("plan_a", sa.Uuid(), nullable=True),
        sa.Column("plan_b", sa.Uuid(), nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "plan_b is null or (plan_a is not null and plan_a <> plan_b)", name=op.f("ck_choice_pick_plans")
        ),
        *plans,
    )
    op.create_index("ix_choice_pick_moment_id_at", "choice_pick", ["moment_id", "at"])
    op.create_index("ix_choice_pick_plan_a", "choice_pick", ["plan_a"])
    op.create_index("ix_choice_pick_plan_b", "choice_pick", ["plan_b"])
    op.execute(FUNCTIONS)
    op.execute(POLICIES)
    op.execute(ROUNDS)
    op.execute(BEGIN_CALENDAR.replace("{more}", SIGHT))


def downgrade() -> None:
    op.execute(BEGIN_CALENDAR.replace("{more}", ""))
    op.execute("drop policy talk_take_back on conversation")
    op.execute("revoke delete on conversation from talent_app")
    op.execute("drop function talk_begun(uuid)")
    op.execute("drop function staff_times(uuid)")
    op.execute("drop function round_partners(uuid, date)")
    for table in ("choice_pick", "choice_sureness", "choice_option_entry", "choice_option"):
        op.drop_table(table)
    op.execute("drop function own_choice(uuid)")
    op.drop_table("choice_moment")
    for function in ("guard_choice_ring()", "offered_choices(uuid, date)", "choice_kind(text, integer)"):
        op.execute(f"drop function {function}")
