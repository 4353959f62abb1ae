"""What is the pupil's own comes in as rows: steps, choices, own words, what was set aside, pages of the etalage.

Functions only: no table is touched.
"""

from pathlib import Path

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text("utf-8")
BEFORE = Path(__file__).with_name("0035_exports.sql")
BRING = "bring_own(uuid, text, jsonb, date, timestamptz)"


def upgrade() -> None:
    op.execute(FUNCTIONS)
    op.execute(f"revoke all on function {BRING} from public")
    op.execute(f"grant execute on function {BRING} to talent_worker")


def downgrade() -> None:
    op.execute(f"drop function {BRING}")
    whole = BEFORE.read_text("utf-8")
    begin = whole.index("create function ids_of_others")
    was = whole[begin : whole.index("end $$;", begin) + len("end $$;")]
    op.execute(was.replace("create function", "create or replace function", 1))
