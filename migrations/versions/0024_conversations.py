"""The choice conversation: the talk, the pupil's sheet, the record in versions, the akkoord; and steps out of a talk.

Who sees a talk: the pupil; staff of the placement with which it was planned, as for entries; home that it is planned,
where parents are invited, and the record once its last version is agreed and reaches home. A sheet is read by nobody
else before the pupil says that it is ready. Records are added and never changed; an akkoord is written in the pupil's
own name only, on the version that is the last at that moment, and makes the steps of that version.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

FIT = """
-- [{id, text, who, staffId, dueOn, remindOn}]: at most ten, each of which can become a row of next_step.
create function fit_for_steps(steps jsonb) returns boolean
language plpgsql immutable set search_path = public, pg_temp as $$
declare step jsonb;
begin
    if jsonb_typeof(steps) <> 'array' or jsonb_array_length(steps) > 10 then
        return false;
    end if;
    for step in select value from jsonb_array_elements(steps) loop
        perform (step ->> 'id')::uuid, (step ->> 'staffId')::uuid, (step ->> 'dueOn')::date,
                (step ->> 'remindOn')::date;
        if step ->> 'id' is null or length(step ->> 'text') not between 1 and 200 or step ->> 'text' is null
           or step ->> 'who' is null or step ->> 'who' not in ('pupil', 'staff', 'home')
           or (step ->> 'who' = 'staff') <> (step ->> 'staffId' is not null) then
            return false;
        end if;
    end loop;
    return (select count(distinct value ->> 'id') = count(*) from jsonb_array_elements(steps));
exception when others then
    return false;
end $$;
"""

FUNCTIONS = """
-- With whom a pupil of this placement can talk: teachers of the groups it is in on that day, and deans of the school.
create function talk_partners(of_placement uuid, today date)
returns table (person_id uuid, is_dean boolean, is_mentor boolean)
language sql stable set search_path = public, pg_temp rows 10
begin atomic
    select role.person_id, bool_or(role.role = 'dean'), bool_or(coalesce(assignment.is_mentor, false))
    from placement
    join staff_role role on role.school_id = placement.school_id and role.role in ('teacher', 'dean')
     and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
    left join (
        group_assignment assignment
        join group_membership member on member.group_id = assignment.group_id
         and member.placement_id = of_placement
         and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today)
    ) on assignment.staff_role_id = role.id and role.role = 'teacher'
     and assignment.starts_on <= today and (assignment.ends_on is null or assignment.ends_on >= today)
    where placement.id = of_placement and (role.role = 'dean' or assignment.id is not null)
    group by role.person_id;
end;

-- What is planned is changed by the pupil who planned it, or by staff; once it was held it stays.
create function guard_conversation() returns trigger language plpgsql as $$
begin
    if new.version <> old.version + 1 or new.changed_by is distinct from viewer_id() then
        raise insufficient_privilege using message = 'one change after the other, in one''s own name';
    end if;
    if old.record_version > 0 or (old.held_at is not null and new.held_at is not distinct from old.held_at) then
        raise insufficient_privilege using message = 'a talk that was held stays as it is';
    end if;
    if old.pupil_id = viewer_id() and (old.planned_by <> viewer_id() or new.held_at is distinct from old.held_at) then
        raise insufficient_privilege using message = 'a pupil changes what the pupil planned, before it is held';
    end if;
    if new.held_with <> old.held_with
       and new.held_with not in (select person_id from talk_partners(new.placement_id, app_today())) then
        raise insufficient_privilege using message = 'a talk is with staff of the pupil';
    end if;
    new.changed_on := app_today();
    return new;
end $$;
create trigger guard before update on conversation for each row when (current_user = 'talent_app')
execute function guard_conversation();

create function note_sheet() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    update conversation set prepared_at = new.ready_at, changed_on = coalesce(app_today(), changed_on)
    where id = new.conversation_id and prepared_at is distinct from new.ready_at;
    return null;
end $$;
create trigger note after insert or update on prep_sheet for each row execute function note_sheet();

-- Each version comes after the one before it, however many write at the same moment. The pupil changes the own voice.
create function guard_record() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare talk conversation; before conversation_record;
begin
    select * into talk from conversation where id = new.conversation_id for no key update;
    if new.version <> talk.record_version + 1 or talk.cancelled_at is not null then
        raise insufficient_privilege using message = 'not the version after the last one';
    end if;
    if talk.pupil_id = viewer_id() then
        select * into before from conversation_record
        where conversation_id = talk.id and version = talk.record_version;
        if (new.staff_voice, new.steps) is distinct from (before.staff_voice, before.steps)
           or talk.agreed_version = talk.record_version then
            raise insufficient_privilege using message = 'a pupil writes in the own voice';
        end if;
    end if;
    if exists (
        select from jsonb_array_elements(new.steps) step
        where step ->> 'staffId' is not null and not exists (
            select from staff_role role join placement on placement.school_id = role.school_id
            where placement.id = talk.placement_id and role.person_id::text = step ->> 'staffId')
    ) then
        raise insufficient_privilege using message = 'a step of staff is of staff of that school';
    end if;
    return new;
end $$;
create trigger guard before insert on conversation_record for each row when (current_user = 'talent_app')
execute function guard_record();

create function note_record() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    update conversation set record_version = new.version, held_at = coalesce(held_at, new.written_at),
        changed_on = coalesce(app_today(), changed_on)
    where id = new.conversation_id;
    -- Of one sitting the last version stays, and what somebody agreed to.
    delete from conversation_record earlier
    where earlier.conversation_id = new.conversation_id and earlier.version = new.version - 1
      and earlier.written_by = new.written_by and earlier.written_at > new.written_at - interval '30 minutes'
      and not exists (
        select from conversation_agreement said
        where said.conversation_id = earlier.conversation_id and said.record_version = earlier.version);
    return null;
end $$;
create trigger note after insert on conversation_record for each row execute function note_record();

-- Only on what is the last version at that moment; below twelve home reads along, as with stories.
create function guard_agreement() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare talk conversation;
begin
    select * into talk from conversation where id = new.conversation_id for no key update;
    if new.record_version <> talk.record_version or new.pupil_id <> talk.pupil_id then
        raise insufficient_privilege using message = 'akkoord is on the last version, by the pupil';
    end if;
    if new.ring < 2 and not exists (
        select from person
        where id = talk.pupil_id and years_old(birth_date, coalesce(app_today(), talk.changed_on)) >= 12
    ) then
        raise insufficient_privilege using message = 'below twelve home reads along';
    end if;
    return new;
end $$;
create trigger guard before insert or update on conversation_agreement
for each row when (current_user = 'talent_app') execute function guard_agreement();

create function note_agreement() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    update conversation set agreed_version = new.record_version, agreed_ring = new.ring, agreed_at = new.agreed_at,
        changed_on = coalesce(app_today(), changed_on)
    where id = new.conversation_id;
    if tg_op = 'INSERT' then
        insert into next_step (id, pupil_id, text, due_on, remind_on, made_at, version, conversation_id, who, staff_id)
        select (step ->> 'id')::uuid, new.pupil_id, step ->> 'text', (step ->> 'dueOn')::date,
               (step ->> 'remindOn')::date, new.agreed_at, 1, new.conversation_id, step ->> 'who',
               (step ->> 'staffId')::uuid
        from conversation_record record, jsonb_array_elements(record.steps) step
        where record.conversation_id = new.conversation_id and record.version = new.record_version
        on conflict (id) do update set text = excluded.text, due_on = excluded.due_on, who = excluded.who,
            remind_on = excluded.remind_on, staff_id = excluded.staff_id, version = next_step.version + 1
        where next_step.conversation_id = excluded.conversation_id
          and (next_step.text, next_step.due_on, next_step.remind_on, next_step.who, next_step.staff_id)
              is distinct from
              (excluded.text, excluded.due_on, excluded.remind_on, excluded.who, excluded.staff_id);
        -- What is agreed anew without a step lets that step go.
        update next_step set let_go_at = new.agreed_at, version = next_step.version + 1
        where conversation_id = new.conversation_id and done_at is null and let_go_at is null and not exists (
            select from conversation_record record, jsonb_array_elements(record.steps) step
            where record.conversation_id = new.conversation_id and record.version = new.record_version
              and (step ->> 'id')::uuid = next_step.id);
    end if;
    return null;
end $$;
create trigger note after insert or update on conversation_agreement
for each row execute function note_agreement();

-- A step of a talk is done or let go by whose it is; only a step of the pupil's own is put in other words.
create function guard_step() returns trigger language plpgsql as $$
begin
    if old.conversation_id is not null and (
        (old.pupil_id = viewer_id() and old.who = 'staff')
        or ((old.pupil_id is distinct from viewer_id() or old.who <> 'pupil')
            and (new.text, new.due_on, new.remind_on) is distinct from (old.text, old.due_on, old.remind_on))
    ) then
        raise insufficient_privilege using message = 'only whose step it is changes it';
    end if;
    return new;
end $$;
create trigger guard before update on next_step for each row when (current_user = 'talent_app')
execute function guard_step();

revoke execute on function guard_conversation(), note_sheet(), guard_record(), note_record(), guard_agreement(),
    note_agreement(), guard_step(), talk_partners(uuid, date) from public;
grant execute on function talk_partners(uuid, date) to talent_app;
"""

# Within a policy: staff of the talk's placement today, or until the end of the school year in which it ended.
AS_STAFF = """(
        {talk}.placement_id = any ((select running_placements())::uuid[])
        or ({talk}.placement_id = any ((select ended_placements())::uuid[])
            and {talk}.changed_on <= ((select ended_cutoffs())::date[])[
                array_position((select ended_placements())::uuid[], {talk}.placement_id)]))"""
AT_HOME = """(
        {talk}.pupil_id = any ((select home_children())::uuid[])
        and {talk}.agreed_version = {talk}.record_version and {talk}.agreed_ring = 2)"""
STAFF, HOME = AS_STAFF.format(talk="talk"), AT_HOME.format(talk="talk")

POLICIES = f"""
alter table conversation enable row level security;
alter table prep_sheet enable row level security;
alter table conversation_record enable row level security;
alter table conversation_agreement enable row level security;

create policy talk_read on conversation for select to talent_app using (
    pupil_id = (select viewer_id()) or {AS_STAFF.format(talk="conversation")}
    or (with_home and pupil_id = any ((select home_children())::uuid[])) or {AT_HOME.format(talk="conversation")}
);
create policy talk_plan on conversation for insert to talent_app with check (
    planned_by = (select viewer_id()) and changed_by = (select viewer_id()) and changed_on = (select app_today())
    and version = 1
    and (pupil_id = (select viewer_id()) or placement_id = any ((select running_placements())::uuid[]))
    and exists (
        select from placement where placement.id = conversation.placement_id
        and placement.pupil_id = conversation.pupil_id and placement.starts_on <= (select app_today())
        and (placement.ends_on is null or placement.ends_on >= (select app_today())))
    and held_with in (select person_id from talk_partners(conversation.placement_id, (select app_today())))
);
create policy talk_change on conversation for update to talent_app
using (pupil_id = (select viewer_id()) or placement_id = any ((select running_placements())::uuid[]))
with check (pupil_id = (select viewer_id()) or placement_id = any ((select running_placements())::uuid[]));

create policy sheet_own on prep_sheet for select to talent_app using (pupil_id = (select viewer_id()));
create policy sheet_ready on prep_sheet for select to talent_app using (
    ready_at is not null
    and exists (select from conversation talk where talk.id = conversation_id and {STAFF})
);
create policy sheet_add on prep_sheet for insert to talent_app with check (
    pupil_id = (select viewer_id())
    and exists (select from conversation talk where talk.id = conversation_id and talk.pupil_id = (select viewer_id())
                and talk.held_at is null and talk.cancelled_at is null)
    and not exists (select from unnest(entry_ids) shown where shown not in (
        select entry.id from entry where entry.pupil_id = (select viewer_id())))
);
create policy sheet_change on prep_sheet for update to talent_app
using (pupil_id = (select viewer_id())) with check (
    pupil_id = (select viewer_id())
    and exists (select from conversation talk where talk.id = conversation_id and talk.pupil_id = (select viewer_id())
                and talk.held_at is null and talk.cancelled_at is null)
    and not exists (select from unnest(entry_ids) shown where shown not in (
        select entry.id from entry where entry.pupil_id = (select viewer_id())))
);

create policy record_read on conversation_record for select to talent_app using (
    exists (
        select from conversation talk where talk.id = conversation_id and (
            talk.pupil_id = (select viewer_id()) or {STAFF}
            or ({HOME} and talk.record_version = conversation_record.version)))
);
create policy record_add on conversation_record for insert to talent_app with check (
    written_by = (select viewer_id())
    and exists (
        select from conversation talk where talk.id = conversation_id and talk.cancelled_at is null
        and (talk.placement_id = any ((select running_placements())::uuid[])
             or (talk.pupil_id = (select viewer_id()) and talk.record_version > 0)))
);

create policy agreement_read on conversation_agreement for select to talent_app using (
    exists (
        select from conversation talk where talk.id = conversation_id and (
            talk.pupil_id = (select viewer_id()) or {STAFF}
            or ({HOME} and talk.record_version = conversation_agreement.record_version)))
);
create policy agreement_add on conversation_agreement for insert to talent_app with check (
    pupil_id = (select viewer_id())
    and exists (select from conversation talk where talk.id = conversation_id and talk.pupil_id = (select viewer_id()))
);
create policy agreement_change on conversation_agreement for update to talent_app
using (pupil_id = (select viewer_id())) with check (pupil_id = (select viewer_id()));

drop policy own on next_step;
create policy own on next_step for select to talent_app using (pupil_id = (select viewer_id()));
-- Of a pupil's own steps no talk is looked up.
create policy agreed on next_step for select to talent_app using (
    case when conversation_id is null or pupil_id = (select viewer_id()) then false
    else exists (select from conversation talk where talk.id = conversation_id and ({STAFF} or {HOME})) end
);
create policy make on next_step for insert to talent_app with check (
    pupil_id = (select viewer_id()) and conversation_id is null and who = 'pupil'
    and (entry_id is null or exists (
        select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id())))
);
create policy change on next_step for update to talent_app
using (pupil_id = (select viewer_id())) with check (
    pupil_id = (select viewer_id())
    and (entry_id is null or exists (
        select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id())))
);
create policy by_staff on next_step for update to talent_app using (
    who = 'staff' and staff_id = (select viewer_id()) and exists (
        select from conversation talk where talk.id = conversation_id
        and talk.placement_id = any ((select running_placements())::uuid[]))
) with check (who = 'staff' and staff_id = (select viewer_id()));

grant select on conversation, prep_sheet, conversation_record, conversation_agreement to talent_app;
grant insert (id, pupil_id, placement_id, kind, on_day, at_time, minutes, place, held_with, planned_by, with_home,
    made_at, changed_at, changed_by, changed_on, version) on conversation to talent_app;
grant update (kind, on_day, at_time, minutes, place, held_with, with_home, was_on_day, was_at_time, cancelled_at,
    held_at, changed_at, changed_by, changed_on, version) on conversation to talent_app;
grant insert on prep_sheet, conversation_record, conversation_agreement to talent_app;
grant update (entry_ids, found_out, doubt, ask, maybe_next, ready_at, updated_at, version) on prep_sheet to talent_app;
grant update (words, ring) on conversation_agreement to talent_app;
"""

BEFORE = """
drop policy own on next_step;
drop policy agreed on next_step;
drop policy make on next_step;
drop policy change on next_step;
drop policy by_staff on next_step;
drop trigger guard on next_step;
create policy own on next_step for all to talent_app
using (pupil_id = (select viewer_id())) with check (
    pupil_id = (select viewer_id())
    and (entry_id is null or exists (
        select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id())))
);
-- Before there were talks, each step was the pupil's to do.
delete from next_step where who <> 'pupil';
"""


def _moment(name: str, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str) -> sa.Column[sa.Text]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    op.execute(FIT)
    op.create_table(
        "conversation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at_time", sa.Time(), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), server_default="30", nullable=False),
        _text("place"),
        sa.Column("held_with", sa.Uuid(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("with_home", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("was_on_day", sa.Date(), nullable=True),
        sa.Column("was_at_time", sa.Time(), nullable=True),
        _moment("cancelled_at", nullable=True),
        _moment("held_at", nullable=True),
        _moment("made_at"),
        _moment("changed_at"),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("prepared_at", nullable=True),
        sa.Column("record_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("agreed_version", sa.Integer(), nullable=True),
        sa.Column("agreed_ring", sa.SmallInteger(), nullable=True),
        _moment("agreed_at", nullable=True),
        sa.CheckConstraint(
            "kind in ('progress', 'career', 'sector_profile', 'study', 'transfer')", name=op.f("ck_conversation_kind")
        ),
        sa.CheckConstraint("minutes between 5 and 240", name=op.f("ck_conversation_minutes")),
        sa.CheckConstraint("length(place) <= 120", name=op.f("ck_conversation_place")),
        sa.CheckConstraint("cancelled_at is null or held_at is null", name=op.f("ck_conversation_one_end")),
        sa.CheckConstraint("agreed_version <= record_version", name=op.f("ck_conversation_agreed")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_conversation_pupil_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_conversation_placement_id")),
        sa.ForeignKeyConstraint(["held_with"], ["person.id"], name=op.f("fk_conversation_held_with")),
        sa.ForeignKeyConstraint(["planned_by"], ["person.id"], name=op.f("fk_conversation_planned_by")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_conversation_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    for column in ("pupil_id", "placement_id", "held_with"):
        op.create_index(f"ix_conversation_{column}_on_day", "conversation", [column, "on_day"])
    op.create_table(
        "prep_sheet",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("entry_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        _text("found_out"),
        _text("doubt"),
        _text("ask"),
        _text("maybe_next"),
        _moment("ready_at", nullable=True),
        _moment("updated_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cardinality(entry_ids) <= 3", name=op.f("ck_prep_sheet_entries")),
        sa.CheckConstraint(
            "length(found_out) <= 1000 and length(doubt) <= 1000 and length(ask) <= 1000"
            " and length(maybe_next) <= 1000",
            name=op.f("ck_prep_sheet_texts"),
        ),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_prep_sheet_conversation_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_prep_sheet_pupil_id")),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_prep_sheet")),
    )
    op.create_index("ix_prep_sheet_pupil_id", "prep_sheet", ["pupil_id"])
    op.create_table(
        "conversation_record",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("pupil_voice"),
        _text("staff_voice"),
        sa.Column("steps", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        _moment("written_at"),
        sa.CheckConstraint("version > 0", name=op.f("ck_conversation_record_version")),
        sa.CheckConstraint(
            "length(pupil_voice) <= 4000 and length(staff_voice) <= 4000", name=op.f("ck_conversation_record_texts")
        ),
        sa.CheckConstraint("fit_for_steps(steps)", name=op.f("ck_conversation_record_steps")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_conversation_record_conversation_id")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_conversation_record_written_by")),
        sa.PrimaryKeyConstraint("conversation_id", "version", name=op.f("pk_conversation_record")),
    )
    op.create_table(
        "conversation_agreement",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        _text("words"),
        sa.Column("ring", sa.SmallInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        _moment("agreed_at"),
        sa.CheckConstraint("length(words) <= 500", name=op.f("ck_conversation_agreement_words")),
        sa.CheckConstraint("ring in (1, 2)", name=op.f("ck_conversation_agreement_ring")),
        sa.CheckConstraint("way in ('own', 'beside')", name=op.f("ck_conversation_agreement_way")),
        sa.ForeignKeyConstraint(
            ["conversation_id", "record_version"],
            ["conversation_record.conversation_id", "conversation_record.version"],
            name=op.f("fk_conversation_agreement_conversation_id_record_version"),
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_conversation_agreement_pupil_id")),
        sa.PrimaryKeyConstraint("conversation_id", "record_version", name=op.f("pk_conversation_agreement")),
    )
    op.create_index("ix_conversation_agreement_pupil_id", "conversation_agreement", ["pupil_id"])
    op.add_column("next_step", sa.Column("conversation_id", sa.Uuid(), nullable=True))
    op.add_column("next_step", sa.Column("who", sa.Text(), server_default="pupil", nullable=False))
    op.add_column("next_step", sa.Column("staff_id", sa.Uuid(), nullable=True))
    for name, rule in (
        ("who", "who in ('pupil', 'staff', 'home')"),
        ("staff", "(who = 'staff') = (staff_id is not null)"),
        ("agreed", "who = 'pupil' or conversation_id is not null"),
    ):
        op.create_check_constraint(op.f(f"ck_next_step_{name}"), "next_step", rule)
    for column, table in (("conversation_id", "conversation"), ("staff_id", "person")):
        op.create_foreign_key(op.f(f"fk_next_step_{column}"), "next_step", table, [column], ["id"])
        op.create_index(
            f"ix_next_step_{column}", "next_step", [column], postgresql_where=sa.text(f"{column} is not null")
        )
    op.execute(FUNCTIONS)
    op.execute(POLICIES)


def downgrade() -> None:
    op.execute(BEFORE)
    for column in ("staff_id", "who", "conversation_id"):
        op.drop_column("next_step", column)
    for table in ("conversation_agreement", "conversation_record", "prep_sheet", "conversation"):
        op.drop_table(table)
    for function in (
        "guard_step()",
        "note_agreement()",
        "guard_agreement()",
        "note_record()",
        "guard_record()",
        "note_sheet()",
        "guard_conversation()",
        "talk_partners(uuid, date)",
        "fit_for_steps(jsonb)",
    ):
        op.execute(f"drop function {function}")
