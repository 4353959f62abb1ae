"""Words in the talent picture, and figures about chances on work.

A word is read and given where its entry may be read; what the pupil made of it is known to who reads any entry.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

POLICIES = """
alter table talent_word enable row level security;
alter table word_choice enable row level security;
alter table job_chances enable row level security;

create policy word_read on talent_word for select to talent_app
using (exists (select from entry where entry.id = entry_id));
create policy word_give on talent_word for insert to talent_app
with check (author_id = (select viewer_id()) and exists (select from entry where entry.id = entry_id));
create policy word_again on talent_word for update to talent_app
using (author_id = (select viewer_id())) with check (author_id = (select viewer_id()));
create policy word_back on talent_word for delete to talent_app using (author_id = (select viewer_id()));

create policy choice_read on word_choice for select to talent_app
using (pupil_id = (select viewer_id()) or exists (select from entry where entry.pupil_id = word_choice.pupil_id));
create policy choice_make on word_choice for all to talent_app
using (pupil_id = (select viewer_id())) with check (pupil_id = (select viewer_id()));

create policy chances_read on job_chances for select to talent_app using (true);

grant select, insert, delete on talent_word to talent_app;
grant update (word) on talent_word to talent_app;
grant select, insert, update, delete on word_choice to talent_app;
grant select on job_chances to talent_app;
"""


def upgrade() -> None:
    op.create_table(
        "talent_word",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("voice in ('pupil', 'school', 'home')", name=op.f("ck_talent_word_voice")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_talent_word_entry_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_talent_word_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talent_word")),
    )
    op.create_index("uq_talent_word_once", "talent_word", ["entry_id", "author_id", "key"], unique=True)
    op.create_table(
        "word_choice",
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("shown_as", sa.Text(), nullable=True),
        sa.Column("hidden", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_word_choice_pupil_id")),
        sa.PrimaryKeyConstraint("pupil_id", "key", name=op.f("pk_word_choice")),
    )
    op.create_table(
        "job_chances",
        sa.Column("year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("figures", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_job_chances")),
    )
    op.execute(POLICIES)


def downgrade() -> None:
    for table in ("job_chances", "word_choice", "talent_word"):
        op.drop_table(table)
