"""School accounts: whose account at a provider is whose, and what is kept while somebody signs in there.

Who is signing in is nobody yet, so those transactions say of themselves that they sign in (`app.sign_in`). Any other
sees none of it, apart from the way in which the viewer's own sessions began.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("identity", "started_sign_in", "school_account_session", "seen_logout_token")

POLICIES = """
alter table identity enable row level security;
alter table started_sign_in enable row level security;
alter table school_account_session enable row level security;
alter table seen_logout_token enable row level security;

create policy identity_at_the_door on identity for all to talent_app
using ((select signing_in())) with check ((select signing_in()));
create policy started_at_the_door on started_sign_in for all to talent_app
using ((select signing_in())) with check ((select signing_in()));
create policy session_at_the_door on school_account_session for all to talent_app
using ((select signing_in())) with check ((select signing_in()));
create policy session_own on school_account_session for select to talent_app
using (exists (select from session where session.id = session_id and session.person_id = (select viewer_id())));
create policy logout_at_the_door on seen_logout_token for all to talent_app
using ((select signing_in())) with check ((select signing_in()));
"""

GRANTS = """
grant select, insert on identity, school_account_session to talent_app;
grant select, insert, delete on started_sign_in, seen_logout_token to talent_app;
"""


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
    )
    op.create_index(op.f("ix_identity_person_id"), "identity", ["person_id"])
    op.create_table(
        "started_sign_in",
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("code_verifier", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("return_to", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_started_sign_in")),
    )
    op.create_index(op.f("ix_started_sign_in_expires_at"), "started_sign_in", ["expires_at"])
    op.create_table(
        "school_account_session",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("provider_session", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_school_account_session_identity_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_school_account_session_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_school_account_session")),
    )
    op.create_index(op.f("ix_school_account_session_identity_id"), "school_account_session", ["identity_id"])
    op.create_table(
        "seen_logout_token",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_seen_logout_token")),
    )
    op.create_index(op.f("ix_seen_logout_token_expires_at"), "seen_logout_token", ["expires_at"])
    op.execute(POLICIES)
    op.execute(GRANTS)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
