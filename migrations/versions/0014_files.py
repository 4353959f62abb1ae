"""What is known of files once they are inspected: what is kept, thumbnails, length, captions; and a pupil's room.

Files that were ready before are looked at anew: what they are served from is made then.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

COLUMNS = {
    "sha256s": ARRAY(sa.Text()),
    "file_type": sa.Text(),
    "file_size": sa.BigInteger(),
    "file_sha256": sa.Text(),
    "placeholder": sa.Text(),
    "duration_ms": sa.Integer(),
    "peaks": ARRAY(sa.SmallInteger()),
    "caution": sa.Text(),
    "captions": sa.Text(),
    "scanned_at": sa.DateTime(timezone=True),
}

AGAIN = """
select procrastinate_defer_jobs_v1(array_agg(row(
    case kind when 'film' then 'films' else 'default' end, 'make_renditions', 0, null, null,
    jsonb_build_object('attachment_id', id), null
)::procrastinate_job_to_defer_v1)) from attachment where state = 'ready' having count(*) > 0;
update attachment set state = 'received', file_key = null, thumbnail_key = null where state = 'ready';
"""


def upgrade() -> None:
    op.alter_column("attachment", "display_key", new_column_name="file_key")
    for name, kind in COLUMNS.items():
        op.add_column("attachment", sa.Column(name, kind, nullable=True))
    room = sa.Column("pupil_room", sa.BigInteger(), nullable=False, server_default="5000000000")
    op.add_column("school", room)
    op.execute(AGAIN)


def downgrade() -> None:
    op.drop_column("school", "pupil_room")
    for name in reversed(COLUMNS):
        op.drop_column("attachment", name)
    op.alter_column("attachment", "file_key", new_column_name="display_key")
