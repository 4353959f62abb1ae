"""Taking everything along: exports of a portfolio, imports, and what others said elsewhere, kept as text.

The worker puts an export together and brings an import in through functions that look at the pupil's own row first:
no row that says so, nothing to read and nothing to write. The app's role asks for both, stops them, and reads its own.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text("utf-8")

ASKED_BY_THE_WORKER = (
    "portfolio_part(uuid, text)",
    "portfolio_people(uuid)",
    "export_goes_on(uuid, uuid, integer, integer)",
    "pupil_called(text)",
    "tell_of_takeaway(uuid, text, uuid, timestamptz)",
    "ids_of_others(uuid, uuid[])",
    "bring_entries(uuid, jsonb, date, timestamptz)",
    "bring_files(uuid, jsonb, timestamptz)",
    "bring_records(uuid, jsonb, timestamptz)",
)
INNER = ("export_pupil(uuid)", "import_pupil(uuid)")

POLICIES = """
alter table portfolio_export enable row level security;
alter table portfolio_import enable row level security;
alter table brought_record enable row level security;

create policy own on portfolio_export for select to talent_app using (pupil_id = (select viewer_id()));
create policy ask on portfolio_export for insert to talent_app with check (
    pupil_id = (select viewer_id()) and state = 'asked'
    and exists (select from placement where placement.pupil_id = (select viewer_id()))
);
create policy have on portfolio_export for update to talent_app
using (pupil_id = (select viewer_id()) and state <> 'gone')
with check (pupil_id = (select viewer_id()) and state in ('ready', 'gone'));

create policy own on portfolio_import for select to talent_app using (pupil_id = (select viewer_id()));
create policy announce on portfolio_import for insert to talent_app with check (
    pupil_id = (select viewer_id()) and state = 'announced'
    and exists (select from placement where placement.pupil_id = (select viewer_id()))
);
create policy send on portfolio_import for update to talent_app
using (pupil_id = (select viewer_id()) and state = 'announced')
with check (pupil_id = (select viewer_id()) and state = 'reading');

create policy own on brought_record for select to talent_app using (pupil_id = (select viewer_id()));
create policy throw_away on brought_record for delete to talent_app using (pupil_id = (select viewer_id()));

create policy worker_makes on portfolio_export for all to talent_worker using (true) with check (true);
create policy worker_brings on portfolio_import for all to talent_worker using (true) with check (true);

grant select on portfolio_export, portfolio_import to talent_app;
grant select, delete on brought_record to talent_app;
grant insert (id, pupil_id, state, asked_at) on portfolio_export to talent_app;
grant update (state, fetched_at) on portfolio_export to talent_app;
grant insert (id, pupil_id, state, name, size, object_key, upload_id, made_at) on portfolio_import to talent_app;
grant update (state, sent_at) on portfolio_import to talent_app;
grant select, insert, update on portfolio_export, portfolio_import to talent_worker;
"""


def upgrade() -> None:
    op.create_table(
        "portfolio_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Uuid(), nullable=True),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("object_key", sa.Text(), nullable=True),
        sa.Column("upload_id", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("counts", JSONB(), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('asked', 'making', 'ready', 'failed', 'gone')", name=op.f("ck_portfolio_export_state")
        ),
        sa.CheckConstraint(
            "state <> 'ready' or (object_key is not null and size is not null and expires_at is not null)",
            name=op.f("ck_portfolio_export_ready"),
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_portfolio_export_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_export")),
    )
    op.create_index(op.f("ix_portfolio_export_pupil_id_asked_at"), "portfolio_export", ["pupil_id", "asked_at"])
    op.create_index(
        "ix_portfolio_export_one_at_a_time",
        "portfolio_export",
        ["pupil_id"],
        unique=True,
        postgresql_where=sa.text("state in ('asked', 'making')"),
    )
    op.create_table(
        "portfolio_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="announced", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("report", JSONB(), nullable=True),
        sa.CheckConstraint(
            "state in ('announced', 'reading', 'done', 'refused')", name=op.f("ck_portfolio_import_state")
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_portfolio_import_size")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_portfolio_import_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_import")),
    )
    op.create_index(op.f("ix_portfolio_import_pupil_id_made_at"), "portfolio_import", ["pupil_id", "made_at"])
    op.create_index(
        "ix_portfolio_import_one_at_a_time",
        "portfolio_import",
        ["pupil_id"],
        unique=True,
        postgresql_where=sa.text("state = 'reading'"),
    )
    op.create_table(
        "brought_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_brought_record_pupil_id")),
        sa.ForeignKeyConstraint(["import_id"], ["portfolio_import.id"], name=op.f("fk_brought_record_import_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_brought_record_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brought_record")),
        sa.UniqueConstraint("pupil_id", "part", "source_id", name=op.f("uq_brought_record_pupil_id_part_source_id")),
    )
    op.create_index(op.f("ix_brought_record_entry_id"), "brought_record", ["entry_id"])
    op.create_index(op.f("ix_brought_record_import_id"), "brought_record", ["import_id"])
    op.execute(FUNCTIONS)
    for function in (*ASKED_BY_THE_WORKER, *INNER):
        op.execute(f"revoke all on function {function} from public")
    for function in ASKED_BY_THE_WORKER:
        op.execute(f"grant execute on function {function} to talent_worker")
    op.execute(POLICIES)


def downgrade() -> None:
    op.execute("delete from notice where kind in ('export_ready', 'import_done')")
    for function in (*ASKED_BY_THE_WORKER, *INNER):
        op.execute(f"drop function {function}")
    for table in ("brought_record", "portfolio_import", "portfolio_export"):
        op.drop_table(table)
