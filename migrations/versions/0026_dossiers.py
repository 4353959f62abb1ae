"""The loopbaandossier: a school's checklist, what a pupil puts in, and each hand-in, frozen.

What was handed in is put together by the database itself, out of what is there at that moment: nobody writes a
snapshot, a teacher's words in it, or a state. A hand-in is read by its pupil, by staff of the pupil as long as entries
are, and by a second reader while it waits. Home reads through `dossier_at_home` alone: what was closed as good, without
stories that stay at school. Files that a snapshot holds are kept as they were (`kept_file`) until the snapshot goes.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text("utf-8")

ASKED_BY_THE_APP = (
    "dossier_place(uuid, date)",
    "dossier_needs(uuid, integer)",
    "dossier_evidence()",
    "dossier_missing()",
    "dossier_lies_at_school()",
    "hand_in_dossier(uuid, timestamptz)",
    "withdraw_dossier(uuid)",
    "dossier_dean(uuid)",
    "dossier_colleague(uuid, uuid)",
    "open_dossier(uuid, timestamptz)",
    "name_dossier_reader(uuid, integer, uuid)",
    "note_dossier(uuid, integer, boolean, text, timestamptz)",
    "close_dossier(uuid, integer, text, text, timestamptz)",
    "dossier_at_home(uuid)",
)
INNER = ("dossier_snapshot(uuid, uuid, uuid)",)

POLICIES = """
alter table dossier_checklist enable row level security;
alter table dossier_part enable row level security;
alter table dossier_hand_in enable row level security;
alter table dossier_pdf enable row level security;
alter table kept_file enable row level security;

create policy checklist_read on dossier_checklist for select to talent_app using (
    school_id = any (array(
        select own.school_id from own_schools((select viewer_id()), (select app_today())) own
        where own.role in ('dean', 'teacher')))
);
create policy checklist_make on dossier_checklist for insert to talent_app with check (
    changed_by = (select viewer_id()) and school_year = (select school_year_of(app_today())) and version = 1
    and school_id = any (array(
        select own.school_id from own_schools((select viewer_id()), (select app_today())) own where own.role = 'dean'))
);
create policy checklist_change on dossier_checklist for update to talent_app using (
    school_year = (select school_year_of(app_today())) and school_id = any (array(
        select own.school_id from own_schools((select viewer_id()), (select app_today())) own where own.role = 'dean'))
) with check (changed_by = (select viewer_id()));

create policy own on dossier_part for select to talent_app using (pupil_id = (select viewer_id()));
create policy begin_part on dossier_part for insert to talent_app with check (
    pupil_id = (select viewer_id()) and exists (select from dossier_place((select viewer_id()), (select app_today())))
    and (select dossier_lies_at_school()) is null
);
create policy write_part on dossier_part for update to talent_app using (
    pupil_id = (select viewer_id()) and exists (select from dossier_place((select viewer_id()), (select app_today())))
    and (select dossier_lies_at_school()) is null
) with check (pupil_id = (select viewer_id()));

create policy own on dossier_hand_in for select to talent_app using (pupil_id = (select viewer_id()));
create policy by_staff on dossier_hand_in for select to talent_app using (
    state <> 'withdrawn' and (
        placement_id = any ((select running_placements())::uuid[])
        or (placement_id = any ((select ended_placements())::uuid[])
            and handed_in_on <= ((select ended_cutoffs())::date[])[
                array_position((select ended_placements())::uuid[], placement_id)]))
);
create policy by_second_reader on dossier_hand_in for select to talent_app using (
    reader_id = (select viewer_id()) and state = 'handed_in' and dossier_colleague((select viewer_id()), placement_id)
);

create policy pdf_read on dossier_pdf for select to talent_app
using (exists (select from dossier_hand_in given where given.id = hand_in_id));
create policy pdf_ask on dossier_pdf for insert to talent_app with check (
    state = 'asked' and asked_by = (select viewer_id()) and object_key is null
    and exists (select from dossier_hand_in given where given.id = hand_in_id)
);
create policy pdf_ask_again on dossier_pdf for update to talent_app
using (exists (select from dossier_hand_in given where given.id = hand_in_id))
with check (state = 'asked' and asked_by = (select viewer_id()));

create policy kept_read on kept_file for select to talent_app
using (exists (select from dossier_hand_in given where given.id = keeper_id));

create policy worker_read on dossier_hand_in for select to talent_worker using (true);
create policy worker_read on kept_file for select to talent_worker using (true);
create policy worker_make on dossier_pdf for all to talent_worker using (true) with check (true);

grant select, insert on dossier_checklist to talent_app;
grant update (needs, note, version, changed_by, changed_at) on dossier_checklist to talent_app;
grant select, insert on dossier_part to talent_app;
grant update (text, entry_ids, version, updated_at) on dossier_part to talent_app;
grant select on dossier_hand_in, kept_file, dossier_pdf to talent_app;
grant insert (hand_in_id, state, asked_by, asked_at) on dossier_pdf to talent_app;
grant update (state, asked_by, asked_at) on dossier_pdf to talent_app;
grant select on dossier_hand_in, kept_file, dossier_pdf to talent_worker;
grant update (state, object_key, size, made_at) on dossier_pdf to talent_worker;
"""


def upgrade() -> None:
    op.create_table(
        "dossier_checklist",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("school_year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("needs", JSONB(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_dossier_checklist_school_id")),
        sa.ForeignKeyConstraint(
            ["school_year"], ["school_year.start_year"], name=op.f("fk_dossier_checklist_school_year")
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_dossier_checklist_changed_by")),
        sa.PrimaryKeyConstraint("school_id", "school_year", name=op.f("pk_dossier_checklist")),
    )
    op.create_table(
        "dossier_part",
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("entry_ids", ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "competency in ('qualities', 'motives', 'work_exploration', 'steering', 'networking')",
            name=op.f("ck_dossier_part_competency"),
        ),
        sa.CheckConstraint("length(text) <= 3000", name=op.f("ck_dossier_part_text")),
        sa.CheckConstraint("cardinality(entry_ids) <= 10", name=op.f("ck_dossier_part_entries")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_dossier_part_pupil_id")),
        sa.PrimaryKeyConstraint("pupil_id", "competency", name=op.f("pk_dossier_part")),
    )
    op.create_table(
        "dossier_hand_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("snapshot", JSONB(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column("reader_agrees", sa.Boolean(), nullable=True),
        sa.Column("reader_remark", sa.Text(), server_default="", nullable=False),
        sa.Column("reader_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('handed_in', 'withdrawn', 'returned', 'done')", name=op.f("ck_dossier_hand_in_state")
        ),
        sa.CheckConstraint("state <> 'returned' or reason <> ''", name=op.f("ck_dossier_hand_in_reason")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_dossier_hand_in_pupil_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_dossier_hand_in_placement_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["person.id"], name=op.f("fk_dossier_hand_in_reader_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_dossier_hand_in_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_hand_in")),
        sa.UniqueConstraint("pupil_id", "number", name=op.f("uq_dossier_hand_in_pupil_id_number")),
    )
    op.create_index("ix_dossier_hand_in_placement_id_number", "dossier_hand_in", ["placement_id", "number"])
    op.create_index(
        "ix_dossier_hand_in_reader",
        "dossier_hand_in",
        ["reader_id"],
        postgresql_where=sa.text("reader_id is not null"),
    )
    op.create_table(
        "dossier_pdf",
        sa.Column("hand_in_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('asked', 'ready', 'failed')", name=op.f("ck_dossier_pdf_state")),
        sa.ForeignKeyConstraint(
            ["hand_in_id"], ["dossier_hand_in.id"], name=op.f("fk_dossier_pdf_hand_in_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_dossier_pdf_asked_by")),
        sa.PrimaryKeyConstraint("hand_in_id", name=op.f("pk_dossier_pdf")),
    )
    op.create_table(
        "kept_file",
        sa.Column("keeper_id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("file_type", sa.Text(), nullable=False),
        sa.Column("file_size", sa.BigInteger(), nullable=True),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("thumbnail_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_kept_file_pupil_id")),
        sa.PrimaryKeyConstraint("keeper_id", "attachment_id", name=op.f("pk_kept_file")),
    )
    op.create_index("ix_kept_file_object_key", "kept_file", ["object_key"])
    op.execute(FUNCTIONS)
    names = ", ".join((*ASKED_BY_THE_APP, *INNER))
    op.execute(f"revoke execute on function {names} from public")
    op.execute(f"revoke execute on function {', '.join(INNER)} from talent_app")
    op.execute(f"grant execute on function {', '.join(ASKED_BY_THE_APP)} to talent_app")
    op.execute(POLICIES)


def downgrade() -> None:
    # What is asked of one table by another's rules goes with the tables.
    for table in ("kept_file", "dossier_pdf", "dossier_hand_in", "dossier_part", "dossier_checklist"):
        op.execute(f"drop table {table} cascade")
    for function in reversed((*ASKED_BY_THE_APP, *INNER)):
        op.execute(f"drop function {function}")
