"""The second factor: passkeys, apps, recovery codes; a session that still owes one is not recognised.

Who signs in is nobody yet, so that transaction says of itself that it signs in (`app.sign_in`), as with cards. Others
reach what is their own; a school's admin takes away what a colleague lost.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("second_factor", "recovery_code", "factor_challenge", "factor_misses", "factor_change")

FUNCTIONS = """
-- Whether who has this role must give a second factor.
create function asks_factor(role text) returns boolean language sql immutable parallel safe
return role in ('dean', 'admin', 'coordinator');

-- Whether this person is asked for a second factor at sign-in: a role says so, or there is one.
create function owes_factor(of_person uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (
    select from staff_role where person_id = of_person and asks_factor(role)
    and starts_on <= today and (ends_on is null or ends_on >= today)
) or exists (select from second_factor where person_id = of_person);

-- Whether this viewer administers a school of this person on this day; nobody administers oneself.
create function administers(viewer uuid, of_person uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
return of_person <> viewer and exists (
    select from admin_schools(viewer, today) own cross join lateral school_people(own.school_id, today) people
    where people.person_id = of_person
);
"""

BEGIN = """
create or replace function begin_request(
    token_hash bytea, at timestamptz, today date,
    out viewer uuid, out running uuid[], out ended uuid[], out cutoffs date[], out home uuid[]
) language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    found session;
begin
    select * into found from session
    where session.token_hash = begin_request.token_hash and not session.factor_due
      and session.expires_at > at and session.last_seen_at + make_interval(secs => session.idle_seconds) > at;
    viewer := found.person_id;
    running := '{}';
    ended := '{}';
    cutoffs := '{}';
    home := '{}';
    if exists (select from staff_role where person_id = viewer) then
        -- A role that came after sign-in asks for what was not asked then.
        if found.proved_at is null and exists (
            select from staff_role where person_id = viewer and asks_factor(role)
            and starts_on <= today and (ends_on is null or ends_on >= today)
        ) then
            viewer := null;
        else
            select coalesce(array_agg(s.placement_id) filter (where s.cutoff is null), '{}'),
                   coalesce(array_agg(s.placement_id order by s.placement_id) filter (where s.cutoff is not null),
                            '{}'),
                   coalesce(array_agg(s.cutoff order by s.placement_id) filter (where s.cutoff is not null), '{}')
            into running, ended, cutoffs from staff_placements(viewer, today) s;
        end if;
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
    if viewer is not null and found.last_seen_at < at - interval '1 minute' then
        update session set last_seen_at = at where session.id = found.id;
    end if;
end $$;
"""

BEGIN_BEFORE = """
create or replace function begin_request(
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
"""

POLICIES = """
alter table second_factor enable row level security;
alter table recovery_code enable row level security;
alter table factor_challenge enable row level security;
alter table factor_misses enable row level security;
alter table factor_change enable row level security;

create policy factor_own on second_factor for all to talent_app
using ((select signing_in()) or person_id = (select viewer_id()));
create policy factor_lost on second_factor for select to talent_app
using (administers((select viewer_id()), person_id, (select app_today())));
create policy factor_reset on second_factor for delete to talent_app
using (administers((select viewer_id()), person_id, (select app_today())));

create policy code_own on recovery_code for all to talent_app
using ((select signing_in()) or person_id = (select viewer_id()));
create policy code_lost on recovery_code for select to talent_app
using (administers((select viewer_id()), person_id, (select app_today())));
create policy code_reset on recovery_code for delete to talent_app
using (administers((select viewer_id()), person_id, (select app_today())));

create policy challenge_own on factor_challenge for all to talent_app using ((select signing_in()));

create policy misses_own on factor_misses for all to talent_app using ((select signing_in()));
create policy misses_lost on factor_misses for select to talent_app
using (administers((select viewer_id()), person_id, (select app_today())));
create policy misses_reset on factor_misses for delete to talent_app
using (administers((select viewer_id()), person_id, (select app_today())));

create policy change_own on factor_change for all to talent_app
using ((select signing_in()) or person_id = (select viewer_id()));
create policy change_reset on factor_change for insert to talent_app
with check (what = 'reset' and administers((select viewer_id()), person_id, (select app_today())));
"""

GRANTS = """
revoke execute on function owes_factor(uuid, date), administers(uuid, uuid, date) from public;
grant execute on function owes_factor(uuid, date), administers(uuid, uuid, date) to talent_app;
grant select, insert, delete on second_factor, recovery_code, factor_challenge, factor_misses to talent_app;
grant select, insert on factor_change to talent_app;
grant update (name, last_used_at, sign_count, backed_up, last_step) on second_factor to talent_app;
grant update (used_at) on recovery_code to talent_app;
grant update (value, expires_at) on factor_challenge to talent_app;
grant update (count, locked_until) on factor_misses to talent_app;
grant update (told) on factor_change to talent_app;
"""


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.add_column("session", sa.Column("factor_due", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("session", _moment("proved_at", nullable=True))
    op.create_table(
        "second_factor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _moment("created_at"),
        _moment("last_used_at", nullable=True),
        sa.Column("credential_id", sa.LargeBinary(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("sign_count", sa.BigInteger(), nullable=True),
        sa.Column("backed_up", sa.Boolean(), nullable=True),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "case kind when 'passkey' then num_nulls(credential_id, public_key, sign_count, backed_up) = 0"
            " when 'app' then num_nulls(sealed_secret, last_step) = 0 else false end",
            name=op.f("ck_second_factor_kind"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_second_factor_credential_id")),
    )
    op.create_index(op.f("ix_second_factor_person_id"), "second_factor", ["person_id"])
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        _moment("used_at", nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"])
    op.create_table(
        "factor_challenge",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        _moment("expires_at"),
        sa.CheckConstraint(
            "purpose in ('give_passkey', 'add_passkey', 'add_app')", name=op.f("ck_factor_challenge_purpose")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_factor_challenge_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "purpose", name=op.f("pk_factor_challenge")),
    )
    op.create_table(
        "factor_misses",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _moment("locked_until", nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_factor_misses_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_factor_misses")),
    )
    op.create_table(
        "factor_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        _moment("at"),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("told", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "what in ('added', 'removed', 'new_codes', 'code_used', 'reset')", name=op.f("ck_factor_change_what")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_factor_change_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_change")),
    )
    op.create_index(op.f("ix_factor_change_person_id_at"), "factor_change", ["person_id", "at"])
    op.execute(FUNCTIONS)
    op.execute(BEGIN)
    op.execute(POLICIES)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("delete from session where factor_due")
    op.execute(BEGIN_BEFORE)
    op.execute("drop function owes_factor(uuid, date)")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("drop function administers(uuid, uuid, date)")
    op.execute("drop function asks_factor(text)")
    op.drop_column("session", "proved_at")
    op.drop_column("session", "factor_due")
