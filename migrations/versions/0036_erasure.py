"""What is held about somebody: correction, erasure with seven days to take it back, terms that act by themselves.

The app asks and takes back, row by row as the policies say. What removes anything are functions of the owner that the
worker calls: they act on somebody only while an erasure of that person is under way, and that one begins when the days
to take it back are over. Nothing here names a table of content: which rows go is `app/portability/erasure/plan.py`.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

RULES = Path(__file__).with_suffix(".sql").read_text("utf-8")

TABLES = ("correction", "keeping", "erasure_object", "erasure_evidence", "erasure")

OF_THE_APP = (
    "may_ask_erasure(uuid, uuid, date)",
    "data_known(uuid, uuid, date)",
    "data_school(uuid, date)",
    "erasure_whole(uuid, date)",
    "held_about(uuid, jsonb)",
    "keep_another_year(uuid, date)",
)
OF_THE_WORKER = (
    "begin_erasure(uuid, timestamptz, date)",
    "erase_rows(uuid, text, text, text, text)",
    "erase_cells(uuid, text, text, text[])",
    "erase_mentions(uuid, text, text)",
    "erase_jobs(uuid, jsonb)",
    "collect_objects(uuid, text, text, text, text, text, text)",
    "keep_evidence(uuid, date, integer)",
    "finish_erasure(uuid, timestamptz, date)",
    "close_erasure(uuid, timestamptz)",
    "erasing(uuid)",
    "hold_erased(uuid)",
    "tell_of_keeping(timestamptz, date, integer, integer, integer)",
    "ask_due_erasures(timestamptz, date, integer, integer)",
    "tell_of_trash(timestamptz, date, integer, integer)",
    "empty_trash(date, integer, integer)",
    "sweep_old(text, timestamptz, integer)",
)
FUNCTIONS = (*OF_THE_APP, *OF_THE_WORKER, "notice_of_erasure()", "notice_of_correction()")
HEARD = """
alter table notice_setting add constraint ck_notice_setting_heard check (in_app or kind not in ({kinds})) not valid
"""
BEFORE = "'consent_asked', 'factor_changed'"
SINCE = f"{BEFORE}, 'keeping_ends', 'erasure_asked'"
NOTICES = ("erasure_asked", "correction_answered", "keeping_ends", "trash_goes")
TRIGGERS = (("tell", "erasure"), ("tell", "correction"))


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_as", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("taken_back_at", moment, nullable=True),
        sa.Column("begun_at", moment, nullable=True),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("was_closed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=True),
        sa.Column("rows_gone_at", moment, nullable=True),
        sa.Column("done_at", moment, nullable=True),
        sa.CheckConstraint("asked_as in ('self', 'guardian', 'school', 'term')", name=op.f("ck_erasure_asked_as")),
        sa.CheckConstraint(
            "state in ('asked', 'taken_back', 'running', 'clearing', 'done')", name=op.f("ck_erasure_state")
        ),
        sa.CheckConstraint("length(why) <= 500", name=op.f("ck_erasure_why")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_erasure_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(
        "ix_erasure_under_way",
        "erasure",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("state in ('asked', 'running', 'clearing')"),
    )
    op.create_index(op.f("ix_erasure_school_id_asked_at"), "erasure", ["school_id", "asked_at"])
    op.create_table(
        "erasure_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("erasure_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.CheckConstraint("what in ('consent', 'dossier')", name=op.f("ck_erasure_evidence_what")),
        sa.ForeignKeyConstraint(
            ["erasure_id"], ["erasure.id"], name=op.f("fk_erasure_evidence_erasure_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_evidence")),
    )
    op.create_index(op.f("ix_erasure_evidence_erasure_id"), "erasure_evidence", ["erasure_id"])
    op.create_table(
        "erasure_object",
        sa.Column("erasure_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["erasure_id"], ["erasure.id"], name=op.f("fk_erasure_object_erasure_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("erasure_id", "key", name=op.f("pk_erasure_object")),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.CheckConstraint(
            "about in ('name', 'birth_date', 'group', 'placement', 'guardian', 'other')",
            name=op.f("ck_correction_about"),
        ),
        sa.CheckConstraint("state in ('asked', 'corrected', 'not_changed')", name=op.f("ck_correction_state")),
        sa.CheckConstraint("length(said) between 1 and 500 and length(answer) <= 500", name=op.f("ck_correction_text")),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_at is null) and (state <> 'not_changed' or answer <> '')",
            name=op.f("ck_correction_answer"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_correction_school_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_correction_asked_by")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_correction_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_person_id"), "correction", ["person_id"])
    op.create_index(op.f("ix_correction_school_id_asked_at"), "correction", ["school_id", "asked_at"])
    op.create_table(
        "keeping",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("goes_on", sa.Date(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_again_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_keeping_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_keeping")),
    )
    op.execute(RULES)
    op.execute(f"revoke execute on function {', '.join(FUNCTIONS)} from public")
    op.execute(f"grant execute on function {', '.join(OF_THE_APP)} to talent_app")
    op.execute(f"grant execute on function {', '.join(OF_THE_WORKER)} to talent_worker")
    op.execute("alter table notice_setting drop constraint ck_notice_setting_heard")
    op.execute(HEARD.format(kinds=SINCE))
    # Beside running users, and without a half-made one of an earlier try.
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_entry_trashed_at")
        op.execute("create index concurrently ix_entry_trashed_at on entry (trashed_at) where trashed_at is not null")
        op.execute("alter table notice_setting validate constraint ck_notice_setting_heard")


def downgrade() -> None:
    op.drop_index("ix_entry_trashed_at", "entry")
    for trigger, table in TRIGGERS:
        op.execute(f"drop trigger {trigger} on {table}")
    for table in TABLES:
        # Its policies go with it; they stand on the functions.
        op.drop_table(table)
    op.execute(f"drop function {', '.join(FUNCTIONS)}")
    for table in ("notice", "notice_setting"):
        op.execute(f"delete from {table} where kind in ({', '.join(map(repr, NOTICES))})")
    op.execute("alter table notice_setting drop constraint ck_notice_setting_heard")
    op.execute(HEARD.format(kinds=BEFORE))
    op.execute("alter table notice_setting validate constraint ck_notice_setting_heard")
