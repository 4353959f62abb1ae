"""Persons and places in time, accounts and sessions, entries with versions, feedback and attachments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("locale", sa.Text(), server_default="nl", nullable=False),
        sa.Column("home_sharing_since", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(
        "ix_person_search_name",
        "person",
        ["search_name"],
        unique=False,
        postgresql_ops={"search_name": "text_pattern_ops"},
    )
    op.create_table(
        "school",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("brin", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), server_default="00", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
    )
    op.create_table(
        "school_year",
        sa.Column("start_year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("start_year", name=op.f("pk_school_year")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "window_start", name=op.f("pk_sign_in_attempts")),
    )
    op.create_table(
        "access_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_access_log_pupil_id")),
        sa.ForeignKeyConstraint(["viewer_id"], ["person.id"], name=op.f("fk_access_log_viewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index(
        "ix_access_log_once_a_day",
        "access_log",
        ["pupil_id", "on_date", "viewer_id", "entry_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="uploading", nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("upload_id", sa.Text(), nullable=True),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("display_key", sa.Text(), nullable=True),
        sa.Column("thumbnail_key", sa.Text(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('photo', 'film', 'sound', 'document')", name=op.f("ck_attachment_kind")),
        sa.CheckConstraint("state in ('uploading', 'received', 'ready', 'refused')", name=op.f("ck_attachment_state")),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_size")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_attachment_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("object_key", name=op.f("uq_attachment_object_key")),
    )
    op.create_index(op.f("ix_attachment_entry_id_position"), "attachment", ["entry_id", "position"], unique=False)
    op.create_index(op.f("ix_attachment_pupil_id"), "attachment", ["pupil_id"], unique=False)
    op.create_table(
        "guardianship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("custody", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="claimed", nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("custody in ('yes', 'limited', 'no')", name=op.f("ck_guardianship_custody")),
        sa.CheckConstraint("state in ('claimed', 'confirmed', 'ended')", name=op.f("ck_guardianship_state")),
        sa.ForeignKeyConstraint(["guardian_id"], ["person.id"], name=op.f("fk_guardianship_guardian_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_guardianship_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianship")),
    )
    op.create_index(
        op.f("ix_guardianship_guardian_id_pupil_id"), "guardianship", ["guardian_id", "pupil_id"], unique=True
    )
    op.create_index(op.f("ix_guardianship_pupil_id"), "guardianship", ["pupil_id"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_idempotency_key_person_id")),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_placement_dates")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_placement_pupil_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_placement_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_pupil_id"), "placement", ["pupil_id"], unique=False)
    op.create_index(op.f("ix_placement_school_id_pupil_id"), "placement", ["school_id", "pupil_id"], unique=False)
    op.create_table(
        "school_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("school_year", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("study_year", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("level in ('po', 'vmbo', 'havo', 'vwo', 'mbo')", name=op.f("ck_school_group_level")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_group_school_id")),
        sa.ForeignKeyConstraint(["school_year"], ["school_year.start_year"], name=op.f("fk_school_group_school_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_group")),
    )
    op.create_index(
        op.f("ix_school_group_school_id_school_year"), "school_group", ["school_id", "school_year"], unique=False
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_seconds", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("device in ('own', 'shared')", name=op.f("ck_session_device")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"], unique=False)
    op.create_table(
        "staff_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(role = 'coordinator') = (school_id is null)", name=op.f("ck_staff_role_school")),
        sa.CheckConstraint("role in ('teacher', 'dean', 'admin', 'coordinator')", name=op.f("ck_staff_role_role")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_role_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_staff_role_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
    )
    op.create_index(op.f("ix_staff_role_person_id"), "staff_role", ["person_id"], unique=False)
    op.create_index(op.f("ix_staff_role_school_id"), "staff_role", ["school_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("school_year", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("ring", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("sort_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("feeling", sa.Text(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("competencies", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("work_fields", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_before_trash", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind in ('experience', 'work_sample', 'interview', 'article', 'result', 'reflection')",
            name=op.f("ck_entry_kind"),
        ),
        sa.CheckConstraint(
            "state in ('draft', 'shared', 'asked_back', 'seen', 'archived', 'trashed')", name=op.f("ck_entry_state")
        ),
        sa.CheckConstraint(
            "state not in ('shared', 'asked_back', 'seen') or (ring > 0 and placement_id is not null)",
            name=op.f("ck_entry_shared_somewhere"),
        ),
        sa.CheckConstraint("ring between 0 and 2", name=op.f("ck_entry_ring")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_entry_placement_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_entry_pupil_id")),
        sa.ForeignKeyConstraint(["school_year"], ["school_year.start_year"], name=op.f("fk_entry_school_year")),
        sa.ForeignKeyConstraint(["seen_by"], ["person.id"], name=op.f("fk_entry_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_placement_id"), "entry", ["placement_id"], unique=False)
    op.create_index(op.f("ix_entry_pupil_id_sort_on_id"), "entry", ["pupil_id", "sort_on", "id"], unique=False)
    op.create_index(
        "ix_entry_to_review", "entry", ["placement_id", "shared_at"], unique=False, postgresql_where="state = 'shared'"
    )
    op.create_table(
        "group_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_role_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("is_mentor", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["school_group.id"], name=op.f("fk_group_assignment_group_id")),
        sa.ForeignKeyConstraint(["staff_role_id"], ["staff_role.id"], name=op.f("fk_group_assignment_staff_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_assignment")),
    )
    op.create_index(op.f("ix_group_assignment_group_id"), "group_assignment", ["group_id"], unique=False)
    op.create_index(op.f("ix_group_assignment_staff_role_id"), "group_assignment", ["staff_role_id"], unique=False)
    op.create_table(
        "group_membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["school_group.id"], name=op.f("fk_group_membership_group_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_group_membership_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_membership")),
    )
    op.create_index(op.f("ix_group_membership_group_id"), "group_membership", ["group_id"], unique=False)
    op.create_index(op.f("ix_group_membership_placement_id"), "group_membership", ["placement_id"], unique=False)
    op.create_table(
        "entry_version",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_version_entry_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_entry_version")),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("reaction", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('comment', 'ask_back', 'answer', 'reaction')", name=op.f("ck_feedback_kind")),
        sa.CheckConstraint("voice in ('pupil', 'school', 'home')", name=op.f("ck_feedback_voice")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_feedback_author_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_feedback_entry_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_entry_id"), "feedback", ["entry_id"], unique=False)

    # Declared here and not on the model: attachments live on a floor below entries.
    op.create_foreign_key("fk_attachment_entry_id", "attachment", "entry", ["entry_id"], ["id"], ondelete="CASCADE")


def downgrade() -> None:
    op.drop_constraint("fk_attachment_entry_id", "attachment")
    op.drop_index(op.f("ix_feedback_entry_id"), table_name="feedback")
    op.drop_table("feedback")
    op.drop_table("entry_version")
    op.drop_index(op.f("ix_group_membership_placement_id"), table_name="group_membership")
    op.drop_index(op.f("ix_group_membership_group_id"), table_name="group_membership")
    op.drop_table("group_membership")
    op.drop_index(op.f("ix_group_assignment_staff_role_id"), table_name="group_assignment")
    op.drop_index(op.f("ix_group_assignment_group_id"), table_name="group_assignment")
    op.drop_table("group_assignment")
    op.drop_index("ix_entry_to_review", table_name="entry", postgresql_where="state = 'shared'")
    op.drop_index(op.f("ix_entry_pupil_id_sort_on_id"), table_name="entry")
    op.drop_index(op.f("ix_entry_placement_id"), table_name="entry")
    op.drop_table("entry")
    op.drop_index(op.f("ix_staff_role_school_id"), table_name="staff_role")
    op.drop_index(op.f("ix_staff_role_person_id"), table_name="staff_role")
    op.drop_table("staff_role")
    op.drop_index(op.f("ix_session_person_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_school_group_school_id_school_year"), table_name="school_group")
    op.drop_table("school_group")
    op.drop_index(op.f("ix_placement_school_id_pupil_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_pupil_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_table("idempotency_key")
    op.drop_index(op.f("ix_guardianship_pupil_id"), table_name="guardianship")
    op.drop_index(op.f("ix_guardianship_guardian_id_pupil_id"), table_name="guardianship")
    op.drop_table("guardianship")
    op.drop_index(op.f("ix_attachment_pupil_id"), table_name="attachment")
    op.drop_index(op.f("ix_attachment_entry_id_position"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_table("account")
    op.drop_index("ix_access_log_once_a_day", table_name="access_log", postgresql_nulls_not_distinct=True)
    op.drop_table("access_log")
    op.drop_table("sign_in_attempts")
    op.drop_table("school_year")
    op.drop_table("school")
    op.drop_index("ix_person_search_name", table_name="person", postgresql_ops={"search_name": "text_pattern_ops"})
    op.drop_table("person")
