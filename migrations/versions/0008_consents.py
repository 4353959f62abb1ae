"""The register of consent, and when a birthday asks something of a pupil."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- How a consent stands: under `guardians_until` guardians with custody decide, and one no is no; then the pupil alone.
create function consent_state(pupil uuid, of_purpose text, of_version integer, guardians_until integer, today date)
returns text language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce(min(answer), 'open')  -- 'no' sorts before 'yes'
    from consent
    where consent.pupil_id = pupil and purpose = of_purpose and version = of_version and ended_at is null
      and case
          when (select coalesce(years_old(birth_date, today) < guardians_until, guardians_until > 0)
                from person where id = pupil)
          then exists (select from guardianship tie
                       where tie.guardian_id = consent.asked_of and tie.pupil_id = pupil
                         and tie.state = 'confirmed' and tie.custody = 'yes')
          else consent.asked_of = pupil
      end;
end;

-- The day of this birthday; who is born on 29 February has it on 1 March in other years.
create function birthday(birth_date date, age integer) returns date language sql immutable parallel safe
return (birth_date + make_interval(years => age))::date
    + (extract(day from birth_date + make_interval(years => age)) <> extract(day from birth_date))::integer;

-- The birthday on which home closes until the pupil says yes, when it is at most 30 days away.
create function home_closes_on(birth_date date, today date) returns date language sql immutable parallel safe
return case
    when today between birthday(birth_date, 16) - 30 and birthday(birth_date, 16) - 1 then birthday(birth_date, 16)
    when today between birthday(birth_date, 18) - 30 and birthday(birth_date, 18) - 1 then birthday(birth_date, 18)
end;
"""

POLICIES = """
alter table consent enable row level security;
create policy consent_read on consent for select to talent_app
using (pupil_id = (select viewer_id()) or asked_of = (select viewer_id())
       or pupil_id = any ((select home_children())::uuid[]));
create policy consent_add on consent for insert to talent_app
with check (asked_of = (select viewer_id())
            and (pupil_id = (select viewer_id()) or pupil_id = any ((select home_children())::uuid[])));
create policy consent_change on consent for update to talent_app
using (asked_of = (select viewer_id())) with check (asked_of = (select viewer_id()));
grant select, insert on consent to talent_app;
grant update (answer, answered_at, ended_at) on consent to talent_app;
revoke execute on function consent_state(uuid, text, integer, integer, date) from public;
grant execute on function consent_state(uuid, text, integer, integer, date) to talent_app;
"""


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("asked_of", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answer in ('yes', 'no')", name=op.f("ck_consent_answer")),
        sa.CheckConstraint("(answer is null) = (answered_at is null)", name=op.f("ck_consent_answered")),
        sa.ForeignKeyConstraint(["asked_of"], ["person.id"], name=op.f("fk_consent_asked_of")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_consent_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        "ix_consent_current",
        "consent",
        ["pupil_id", "purpose", "version", "asked_of"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index(op.f("ix_consent_asked_of"), "consent", ["asked_of"])
    op.execute(FUNCTIONS)
    op.execute(POLICIES)


def downgrade() -> None:
    for function in (
        "home_closes_on(date, date)",
        "birthday(date, integer)",
        "consent_state(uuid, text, integer, integer, date)",
    ):
        op.execute(f"drop function {function}")
    op.drop_table("consent")
