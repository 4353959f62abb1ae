"""The app's role may change no more than the app does: of feedback that it is taken back, of an account nothing."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("revoke update on feedback from talent_app")
    op.execute("grant update (withdrawn_at) on feedback to talent_app")
    op.execute("revoke update (password_hash) on account from talent_app")


def downgrade() -> None:
    op.execute("grant update (password_hash) on account to talent_app")
    op.execute("revoke update (withdrawn_at) on feedback from talent_app")
    op.execute("grant update on feedback to talent_app")
