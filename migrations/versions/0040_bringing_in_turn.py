"""What is brought in stays within what screens allow, and never slips past an erasure or a second tab; and a page of
the etalage has its papers before lines were written for them, for who takes everything along.

Functions only: no table is touched.
"""

from pathlib import Path

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text("utf-8")
HERE = Path(__file__).parent
BRING = HERE / "0038_brought_rows.sql"
EXPORTS = HERE / "0035_exports.sql"
SHOWCASES = HERE / "0034_showcases.sql"


def upgrade() -> None:
    op.execute(FUNCTIONS)


def downgrade() -> None:
    op.execute(_replaced(SHOWCASES.read_text("utf-8"), "showcase_paper(", "end;"))
    op.execute(_replaced(BRING.read_text("utf-8"), "bring_own(", "end $$;"))
    op.execute(_replaced(EXPORTS.read_text("utf-8"), "import_pupil(", "end;"))


def _replaced(whole: str, name: str, ends: str) -> str:
    begin = whole.index(f"create function {name}")
    return whole[begin : whole.index(ends, begin) + len(ends)].replace(
        "create function", "create or replace function", 1
    )
