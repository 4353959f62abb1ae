"""Who looks outside the own classes says why, and looks at lists count too."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FUNCTIONS = """
create or replace function log_look(pupil uuid, entry uuid, rule text, at timestamptz) returns void
language sql volatile
begin atomic
    insert into access_log (id, pupil_id, viewer_id, entry_id, rule, on_date, at, reason_id)
    select uuidv7(), pupil, viewer_id(), entry, rule, app_today(), at,
           (select id from look_reason said
            where rule = 'school' and said.viewer_id = viewer_id() and said.pupil_id = pupil
              and said.given_on <= app_today() and said.last_day >= app_today()
            order by said.given_at desc limit 1)
    where pupil is not null and pupil <> viewer_id()
      and not exists (
        select from access_log seen
        where seen.pupil_id = pupil and seen.on_date = app_today() and seen.viewer_id = viewer_id()
          and seen.entry_id is not distinct from entry)
    on conflict do nothing;
end;

-- A list that shows something of each of these pupils: a look at the portfolio of each.
create function log_looks(pupils uuid[], rule text, at timestamptz) returns void
language sql volatile
begin atomic
    select log_look(pupil, null, rule, at) from unnest(pupils) pupil;
end;
"""

BEFORE = """
create or replace function log_look(pupil uuid, entry uuid, rule text, at timestamptz) returns void
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
"""

POLICIES = """
alter table look_reason enable row level security;
create policy reason_read on look_reason for select to talent_app
using (viewer_id = (select viewer_id()) or pupil_id = (select viewer_id()));
create policy reason_add on look_reason for insert to talent_app
with check (viewer_id = (select viewer_id())
            and pupil_id in (select pupil_id from staff_placements((select viewer_id()), (select app_today()))));
grant select, insert on look_reason to talent_app;
revoke execute on function log_looks(uuid[], text, timestamptz) from public;
grant execute on function log_looks(uuid[], text, timestamptz) to talent_app;
"""


def upgrade() -> None:
    op.create_table(
        "look_reason",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "why in ('conversation', 'asked', 'mentor', 'dossier', 'move', 'other')", name=op.f("ck_look_reason_why")
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_look_reason_pupil_id")),
        sa.ForeignKeyConstraint(["viewer_id"], ["person.id"], name=op.f("fk_look_reason_viewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_reason")),
    )
    op.create_index(
        op.f("ix_look_reason_viewer_id_pupil_id_last_day"), "look_reason", ["viewer_id", "pupil_id", "last_day"]
    )
    op.create_index(op.f("ix_look_reason_pupil_id"), "look_reason", ["pupil_id"])
    op.add_column("access_log", sa.Column("reason_id", sa.Uuid(), nullable=True))
    # No key to look_reason: the log is the larger, and outlives it.
    op.execute(FUNCTIONS)
    op.execute(POLICIES)


def downgrade() -> None:
    op.execute("drop function log_looks(uuid[], text, timestamptz)")
    op.execute(BEFORE)
    op.drop_column("access_log", "reason_id")
    op.drop_table("look_reason")
