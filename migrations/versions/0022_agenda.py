"""What comes, found by an index: activities by who planned them, and by what of the city they take over."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_activity_planned_by": "activity (planned_by)",
    "ix_activity_offered_by": "activity (offered_by)",
}


def upgrade() -> None:
    # Beside running users, and without a half-made one of an earlier try.
    with op.get_context().autocommit_block():
        for name, on in INDEXES.items():
            op.execute(f"drop index concurrently if exists {name}")
            op.execute(f"create index concurrently {name} on {on}")


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name)
