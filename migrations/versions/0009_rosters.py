"""Rosters: what a school's administration calls its groups, and the imports that an admin starts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

POLICIES = """
-- A roster is compared with what is there as a whole, in tables of that transaction.
do $$ begin execute format('grant temporary on database %I to talent_worker', current_database()); end $$;
alter table roster_import enable row level security;
create policy import_of_school on roster_import for all to talent_app
using (school_id = any (array(select school_id from admin_schools((select viewer_id()), (select app_today())))));
create policy worker_import on roster_import for all to talent_worker using (true) with check (true);
grant select, insert on roster_import to talent_app;
grant update (state, skip_broken, end_many) on roster_import to talent_app;
grant select, update on roster_import to talent_worker;
"""


def upgrade() -> None:
    op.add_column("school_group", sa.Column("roster_key", sa.Text(), nullable=True))
    op.create_unique_constraint(
        op.f("uq_school_group_school_id_school_year_roster_key"),
        "school_group",
        ["school_id", "school_year", "roster_key"],
    )
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("skip_broken", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("end_many", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("outcome", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint(
            "state in ('announced', 'reading', 'ready', 'applying', 'applied', 'refused')",
            name=op.f("ck_roster_import_state"),
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_roster_import_made_by")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_roster_import_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_index(op.f("ix_roster_import_school_id_made_at"), "roster_import", ["school_id", "made_at"])
    op.execute(POLICIES)


def downgrade() -> None:
    op.execute(
        "do $$ begin execute format('revoke temporary on database %I from talent_worker', current_database()); end $$"
    )
    op.drop_table("roster_import")
    op.drop_constraint(op.f("uq_school_group_school_id_school_year_roster_key"), "school_group")
    op.drop_column("school_group", "roster_key")
