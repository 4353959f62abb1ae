"""Nobody forgotten: what was shared since when is found by an index; kind reminders; the pupil's own small steps.

A reminder is read by its pupil and by staff of the pupil today, never at home. Whoever sends it, a pupil gets one in
seven days at most: the trigger waits for who is sending at the same moment, and leaves out the second. Steps are the
pupil's own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- The first day of the term: 1 August, 1 January or 1 April.
create function term_start(on_day date) returns date language sql immutable parallel safe
return make_date(extract(year from on_day)::integer, case
    when extract(month from on_day) >= 8 then 8 when extract(month from on_day) >= 4 then 4 else 1 end, 1);

-- Facts about what was shared with school since 1 August, one row for each of these placements that the viewer sees as
-- staff today. The rule is that of `entry_read`, asked once a placement: asked for every entry of 2,000 pupils it
-- would take most of the time. Entries of earlier years are not touched; what waits to be looked at waits since it was
-- shared, also before 1 August: the index of what is to be looked at gives the first, however much there is.
create function shared_this_year(placements uuid[], today date)
returns table (placement_id uuid, in_term boolean, waiting_since date, about text[], fields text)
language sql stable security definer set search_path = public, pg_temp rows 500
begin atomic
    with span as materialized (
        select (term_start(today)::timestamp at time zone 'Europe/Amsterdam') term_began,
               (make_date(school_year_of(today), 8, 1)::timestamp at time zone 'Europe/Amsterdam') year_began
    )
    select mine.id, coalesce(told.in_term, false), (
        select (entry.shared_at at time zone 'Europe/Amsterdam')::date from entry
        where entry.placement_id = mine.id and entry.state = 'shared' and entry.ring >= 1
        order by entry.shared_at limit 1
    ), told.about, told.fields
    from span cross join unnest(running_placements()) mine(id) cross join lateral (
        select bool_or(entry.kind = 'experience' and entry.shared_at >= span.term_began) in_term,
               array_agg(entry.details ->> 'activityId')
                   filter (where entry.details ->> 'activityId' is not null) about,
               string_agg(array_to_string(entry.work_fields, ','), ',')
                   filter (where entry.school_year = school_year_of(today) and entry.work_fields <> '{}') fields
        from entry
        where entry.placement_id = mine.id and entry.shared_at >= span.year_began
          and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
    ) told
    where mine.id in (select unnest(placements));
end;
revoke execute on function shared_this_year(uuid[], date) from public;
grant execute on function shared_this_year(uuid[], date) to talent_app;

-- Sees reminders of other schools too: to a pupil it is the same week.
create function one_reminder_a_week() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('reminder ' || new.pupil_id, 0));
    if exists (select from reminder where pupil_id = new.pupil_id and sent_on > new.sent_on - 7) then
        return null;
    end if;
    return new;
end $$;
revoke execute on function one_reminder_a_week() from public;
create trigger one_a_week before insert on reminder for each row execute function one_reminder_a_week();
"""

POLICIES = """
alter table reminder enable row level security;
alter table next_step enable row level security;

create policy own on reminder for select to talent_app using (pupil_id = (select viewer_id()));
create policy by_staff on reminder for select to talent_app using (
    exists (select from placement where placement.pupil_id = reminder.pupil_id
            and placement.id = any ((select running_placements())::uuid[]))
);
create policy send on reminder for insert to talent_app with check (
    sent_by = (select viewer_id()) and sent_on = (select app_today()) and seen_at is null
    and exists (select from placement where placement.pupil_id = reminder.pupil_id
                and placement.id = any ((select running_placements())::uuid[]))
);
create policy close on reminder for update to talent_app
using (pupil_id = (select viewer_id())) with check (pupil_id = (select viewer_id()));
create policy take_back on reminder for delete to talent_app
using (sent_by = (select viewer_id()) and sent_on = (select app_today()) and seen_at is null);

create policy own on next_step for all to talent_app
using (pupil_id = (select viewer_id())) with check (
    pupil_id = (select viewer_id())
    and (entry_id is null or exists (
        select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id())))
);

grant select, insert, delete on reminder to talent_app;
grant update (seen_at) on reminder to talent_app;
grant select, insert on next_step to talent_app;
grant update (text, due_on, remind_on, done_at, let_go_at, version) on next_step to talent_app;
"""


def upgrade() -> None:
    # Beside running users. It begins as the other one does, which is then only a way to choose wrong.
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_entry_placement_id_shared_at")
        op.execute("create index concurrently ix_entry_placement_id_shared_at on entry (placement_id, shared_at)")
        op.execute("drop index concurrently if exists ix_entry_placement_id")
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('open', 'quiet')", name=op.f("ck_reminder_kind")),
        sa.CheckConstraint("(kind = 'open') = (activity_id is not null)", name=op.f("ck_reminder_about")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_reminder_pupil_id")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_reminder_activity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_reminder_sent_by")),
        sa.PrimaryKeyConstraint("id", "pupil_id", name=op.f("pk_reminder")),
    )
    op.create_index("ix_reminder_pupil_id_sent_on", "reminder", ["pupil_id", "sent_on"])
    op.create_table(
        "next_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("let_go_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(text) between 1 and 200", name=op.f("ck_next_step_text")),
        sa.CheckConstraint("done_at is null or let_go_at is null", name=op.f("ck_next_step_one_end")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_next_step_pupil_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_next_step_entry_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
    )
    op.create_index("ix_next_step_pupil_id", "next_step", ["pupil_id"])
    op.create_index("ix_next_step_entry_id", "next_step", ["entry_id"])
    op.execute(FUNCTIONS)
    op.execute(POLICIES)


def downgrade() -> None:
    op.drop_table("next_step")
    op.drop_table("reminder")
    for function in ("one_reminder_a_week()", "shared_this_year(uuid[], date)", "term_start(date)"):
        op.execute(f"drop function {function}")
    op.create_index("ix_entry_placement_id", "entry", ["placement_id"])
    op.drop_index("ix_entry_placement_id_shared_at", "entry")
