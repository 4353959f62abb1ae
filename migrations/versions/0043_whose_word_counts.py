"""A school asks that a pupil is erased while it answers for that pupil; an answer about a child is read by who may know
of the child; and a page is shown as long as a parent's yes stands for that very page.

Policies and functions only: no table is touched.
"""

from pathlib import Path

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

HERE = Path(__file__).parent
ERASURE = HERE / "0036_erasure.sql"
SHOWCASES = HERE / "0034_showcases.sql"

_HERE = "school_id = any (array(select school_id from admin_schools((select viewer_id()), (select app_today()))))"
_MINE = "data_known((select viewer_id()), person_id, (select app_today()))"

POLICIES = f"""
-- The school before, which the pupil left for another, does not ask that all of it goes.
create policy ask_here on erasure as restrictive for insert to talent_app with check (asked_as <> 'school' or {_HERE});

-- Who lost custody, or whose child is sixteen by now, does not read what the school answers after that.
alter policy known on correction using (
    person_id = (select viewer_id()) or {_HERE} or (asked_by = (select viewer_id()) and {_MINE}));
"""

BEFORE = f"""
drop policy ask_here on erasure;
alter policy known on correction using (
    asked_by = (select viewer_id()) or person_id = (select viewer_id()) or {_HERE});
"""

_TELLS = "    perform tell_notice(new.asked_by, 'correction_answered'"


def upgrade() -> None:
    op.execute(POLICIES)
    answered = _function(ERASURE, "notice_of_correction(", "end $$;")
    told = f"    if not data_known(new.asked_by, new.person_id, app_today()) then return null; end if;\n{_TELLS}"
    op.execute(answered.replace(_TELLS, told))
    # Of two parents one may have said yes to a page of before: that says nothing about the one that is shown.
    allowed = _function(SHOWCASES, "showcase_allowed(", "end;")
    agreed = "said.answer = 'yes' and said.page_version = share.agreed_version"
    op.execute(allowed.replace("bool_or(said.answer = 'yes')", f"bool_or({agreed})"))


def downgrade() -> None:
    op.execute(_function(SHOWCASES, "showcase_allowed(", "end;"))
    op.execute(_function(ERASURE, "notice_of_correction(", "end $$;"))
    op.execute(BEFORE)


def _function(path: Path, name: str, ends: str) -> str:
    """A function as that migration made it, to be put in place of the one that there is."""
    whole = path.read_text("utf-8")
    begin = whole.index(f"create function {name}")
    return whole[begin : whole.index(ends, begin) + len(ends)].replace(
        "create function", "create or replace function", 1
    )
