"""The pupil takes chosen things along to another school: nothing is copied, an entry is opened to one school more.

`entry.taken_to` is worked out by triggers from what was accepted and not taken back; nobody writes it. How a transfer
stands is derived from its facts by one function. It moves on by functions that ask who the viewer is: a pupil sends,
a guardian says yes or no, a mentor or dean of the new school accepts or refuses.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

RULES = Path(__file__).with_suffix(".sql").read_text("utf-8")

TO_APP = (
    "transfer_state(uuid, date)",
    "transfer_asks_home(uuid)",
    "transfer_decides(uuid)",
    "transfer_opens(uuid)",
    "transfer_fits(uuid, text, uuid)",
    "transfer_summary(uuid)",
    "transfer_carried(uuid)",
    "transfer_has_guardian(uuid)",
    "transfer_notice_opens(uuid, text)",
    "transfer_school(uuid)",
    "transfer_last_day(uuid)",
    "transfer_send(uuid, integer, timestamptz)",
    "transfer_answer(uuid, text, integer, timestamptz)",
    "transfer_decide(uuid, boolean, text, timestamptz)",
    "transfer_withdraw(uuid, timestamptz)",
    "transfer_goes_along(uuid, text, uuid, boolean, timestamptz)",
)
TO_WORKER = ("tell_of_transfers(date, timestamptz)",)
INNER = (
    "notice_of_transfer()",
    "notice_of_transfer_consent()",
    "keep_taken_items()",
    "keep_taken()",
    "refuse_taken()",
    "keep_taken_of(uuid)",
    "transfer_deciders(uuid, date)",
    "transfer_allowed(uuid, date)",
    "transfer_guardians(uuid)",
    "transfer_young(uuid, date)",
)


def upgrade() -> None:
    # Empty in every row that is there: no table is written anew. With its index it is there before the rest, so that a
    # second try finds what the first one left.
    op.execute("alter table entry add column if not exists taken_to uuid[]")
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_entry_taken_to")
        op.execute(
            "create index concurrently ix_entry_taken_to on entry using gin (taken_to) where taken_to is not null"
        )
    _tables()
    op.execute(RULES)
    op.execute(f"revoke execute on function {', '.join((*TO_APP, *TO_WORKER, *INNER))} from public")
    op.execute(f"grant execute on function {', '.join(TO_APP)} to talent_app")
    op.execute(f"grant execute on function {', '.join(TO_WORKER)} to talent_worker")


def downgrade() -> None:
    for policy, table in (
        ("brought_along", "entry"),
        ("taken_change", "entry"),
        ("taken_by_transfer", "entry"),
        ("word_give_taken", "talent_word"),
    ):
        op.execute(f"drop policy {policy} on {table}")
    op.execute("drop trigger guard_taken on entry")
    op.execute("delete from notice where kind like 'transfer\\_%'")
    # Of the functions that are kept whole, some read the tables; of the policies, some ask functions.
    for table in ("transfer_consent", "transfer_item", "transfer"):
        op.execute(f"""do $$ declare p record; begin
            for p in select policyname from pg_policies where tablename = '{table}' loop
                execute format('drop policy %I on {table}', p.policyname);
            end loop; end $$""")
    for trigger, table in (
        ("tell", "transfer_consent"),
        ("tell", "transfer"),
        ("keep_taken", "transfer"),
        ("keep_taken", "transfer_item"),
    ):
        op.execute(f"drop trigger {trigger} on {table}")
    for function in reversed((*INNER[::-1], *TO_APP, *TO_WORKER)):
        op.execute(f"drop function {function}")
    for table in ("transfer_consent", "transfer_item", "transfer"):
        op.drop_table(table)
    op.drop_index("ix_entry_taken_to", "entry")
    op.drop_column("entry", "taken_to")


def _moment(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _tables() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        _moment("made_at", nullable=False),
        _moment("changed_at", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("sent_at"),
        sa.Column("expires_on", sa.Date(), nullable=True),
        _moment("accepted_at"),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        _moment("ended_at"),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("end_reason in ('withdrawn', 'home', 'school')", name=op.f("ck_transfer_end_reason")),
        sa.CheckConstraint("(ended_at is null) = (end_reason is null)", name=op.f("ck_transfer_ended")),
        sa.CheckConstraint("(sent_at is null) = (expires_on is null)", name=op.f("ck_transfer_sent")),
        sa.CheckConstraint(
            "sent_at is not null or (accepted_at is null and ended_at is null)", name=op.f("ck_transfer_draft")
        ),
        sa.CheckConstraint(
            "coalesce(end_reason, '') <> 'school' or (accepted_at is null and length(refusal) between 1 and 500)",
            name=op.f("ck_transfer_refusal"),
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_transfer_pupil_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_transfer_placement_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_transfer_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index(op.f("ix_transfer_pupil_id"), "transfer", ["pupil_id"])
    op.create_index(op.f("ix_transfer_placement_id"), "transfer", ["placement_id"])
    op.create_table(
        "transfer_item",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column(
            "entry_id",
            sa.Uuid(),
            sa.Computed("case when kind = 'entry' then thing_id end", persisted=True),
            nullable=True,
        ),
        _moment("taken_back_at"),
        sa.CheckConstraint("kind in ('entry', 'words', 'step', 'talk')", name=op.f("ck_transfer_item_kind")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_item_transfer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_transfer_item_entry_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("transfer_id", "kind", "thing_id", name=op.f("pk_transfer_item")),
    )
    op.create_index(
        op.f("ix_transfer_item_entry_id"),
        "transfer_item",
        ["entry_id"],
        postgresql_where=sa.text("entry_id is not null"),
    )
    op.create_table(
        "transfer_consent",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        _moment("answered_at", nullable=False),
        sa.CheckConstraint("answer in ('yes', 'no')", name=op.f("ck_transfer_consent_answer")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_consent_transfer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_transfer_consent_person_id")),
        sa.PrimaryKeyConstraint("transfer_id", "person_id", name=op.f("pk_transfer_consent")),
    )
