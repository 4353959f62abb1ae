"""A parent is told that a yes is asked for a link to an etalage, and the pupil what was said; for a transfer too.

Triggers on the facts tell it, as all notices. What hours bring is told by two functions of the worker.
"""

from pathlib import Path

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

RULES = Path(__file__).with_suffix(".sql").read_text("utf-8")

TO_APP = (
    "showcase_notice_opens(uuid, text)",
    "showcase_title(uuid)",
    "transfer_agreed(uuid)",
)
TO_WORKER = ("tell_of_showcases(date, timestamptz)", "tell_of_asked_transfers(date, timestamptz)")
INNER = (
    "notice_of_share()",
    "notice_of_answered_share()",
    "notice_of_agreed_transfer()",
    "showcase_waits(uuid, date)",
)
TRIGGERS = (("tell", "showcase_share"), ("tell_answer", "showcase_share"), ("tell_pupil", "transfer_consent"))
NOTICES = ("showcase_asked", "showcase_agreed", "showcase_refused", "transfer_agreed")


def upgrade() -> None:
    op.execute(RULES)
    op.execute(f"revoke execute on function {', '.join((*TO_APP, *TO_WORKER, *INNER))} from public")
    op.execute(f"grant execute on function {', '.join(TO_APP)} to talent_app")
    op.execute(f"grant execute on function {', '.join(TO_WORKER)} to talent_worker")


def downgrade() -> None:
    for trigger, table in TRIGGERS:
        op.execute(f"drop trigger {trigger} on {table}")
    for function in (*TO_APP, *TO_WORKER, *INNER):
        op.execute(f"drop function {function}")
    for table in ("notice", "notice_setting"):
        op.execute(f"delete from {table} where kind in ({', '.join(map(repr, NOTICES))})")
