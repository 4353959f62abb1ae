"""What a pupil does not want to be pointed to, and words that somebody outside said.

A choice about a kind of work is the pupil's own: nobody else reads it. A word from outside is noted by the pupil, with
the role of who said it; the same word can have the pupil's own voice as well.

The index that keeps a word once stays as it was: a process of before this migration goes on giving words by it. What
was said outside stands beside the pupil's own by a key of its own (app/guidance/picture/models.py).
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

POLICIES = """
alter table field_choice enable row level security;
create policy choice_own on field_choice for all to talent_app
using (pupil_id = (select viewer_id())) with check (pupil_id = (select viewer_id()));
grant select, insert, delete on field_choice to talent_app;

drop policy word_give on talent_word;
create policy word_give on talent_word for insert to talent_app
with check (author_id = (select viewer_id()) and exists (
    select from entry where entry.id = entry_id and (voice <> 'outside' or entry.pupil_id = (select viewer_id()))));
grant update (said_by) on talent_word to talent_app;
"""

POLICIES_BEFORE = """
drop policy word_give on talent_word;
create policy word_give on talent_word for insert to talent_app
with check (author_id = (select viewer_id()) and exists (select from entry where entry.id = entry_id));
"""


def upgrade() -> None:
    op.create_table(
        "field_choice",
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("not_for_me_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_field_choice_pupil_id")),
        sa.PrimaryKeyConstraint("pupil_id", "field", name=op.f("pk_field_choice")),
    )
    op.add_column("talent_word", sa.Column("said_by", sa.Text(), nullable=True))
    # Wider than it was, so every row fits.
    _voices("'pupil', 'school', 'home', 'outside'")
    op.execute(
        "alter table talent_word add constraint ck_talent_word_said_by"
        " check (said_by is null or voice = 'outside') not valid"
    )
    op.execute("alter table talent_word validate constraint ck_talent_word_said_by")
    op.execute(POLICIES)


def downgrade() -> None:
    op.execute("delete from talent_word where voice = 'outside'")
    op.execute(POLICIES_BEFORE)
    op.drop_constraint("ck_talent_word_said_by", "talent_word")
    _voices("'pupil', 'school', 'home'")
    op.drop_column("talent_word", "said_by")
    op.drop_table("field_choice")


def _voices(known: str) -> None:
    op.drop_constraint("ck_talent_word_voice", "talent_word")
    op.execute(f"alter table talent_word add constraint ck_talent_word_voice check (voice in ({known})) not valid")
    op.execute("alter table talent_word validate constraint ck_talent_word_voice")
