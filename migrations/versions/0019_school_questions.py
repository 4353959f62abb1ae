"""Questions that a school asks besides the product's own.

Its teachers and deans read them, deans write them; its pupils read those that are asked. What was answered stands with
the entry, in the words of then, and hangs on none of this.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- The schools where this person is dean, teacher or pupil on this day.
create function own_schools(viewer uuid, today date) returns table (school_id uuid, role text)
language sql stable security definer set search_path = public, pg_temp rows 2
begin atomic
    select staff_role.school_id, staff_role.role from staff_role
    where staff_role.person_id = viewer and staff_role.role in ('dean', 'teacher')
      and staff_role.starts_on <= today and (staff_role.ends_on is null or staff_role.ends_on >= today)
    union
    select placement.school_id, 'pupil' from placement
    where placement.pupil_id = viewer
      and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today);
end;
revoke execute on function own_schools(uuid, date) from public;
grant execute on function own_schools(uuid, date) to talent_app;
"""

POLICIES = """
alter table school_question enable row level security;
alter table school_question_version enable row level security;

create policy question_read on school_question for select to talent_app using (
    school_id = any (array(
        select own.school_id from own_schools((select viewer_id()), (select app_today())) own
        where own.role in ('dean', 'teacher')))
    or (withdrawn_at is null and school_id = any (array(
        select own.school_id from own_schools((select viewer_id()), (select app_today())) own
        where own.role = 'pupil')))
);
create policy question_add on school_question for insert to talent_app with check (
    made_by = (select viewer_id()) and school_id = any (array(
        select own.school_id from own_schools((select viewer_id()), (select app_today())) own
        where own.role = 'dean'))
);
create policy question_change on school_question for update to talent_app using (
    school_id = any (array(
        select own.school_id from own_schools((select viewer_id()), (select app_today())) own
        where own.role = 'dean'))
);
create policy question_version_read on school_question_version for select to talent_app using (
    exists (
        select from school_question question
        where question.id = question_id and question.school_id = any (array(
            select own.school_id from own_schools((select viewer_id()), (select app_today())) own
            where own.role in ('dean', 'teacher'))))
);
create policy question_version_add on school_question_version for insert to talent_app with check (
    made_by = (select viewer_id()) and exists (
        select from school_question question
        where question.id = question_id and question.school_id = any (array(
            select own.school_id from own_schools((select viewer_id()), (select app_today())) own
            where own.role = 'dean')))
);

grant select, insert on school_question, school_question_version to talent_app;
grant update (competency, bands, kinds, text, version, since, made_by, withdrawn_at) on school_question to talent_app;
"""

COMPETENCIES = "'qualities', 'motives', 'work_exploration', 'steering', 'networking'"


def upgrade() -> None:
    op.create_table(
        "school_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.Text(), nullable=False),
        sa.Column("bands", ARRAY(sa.Text()), nullable=False),
        sa.Column("kinds", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"competency in ({COMPETENCIES})", name=op.f("ck_school_question_competency")),
        sa.CheckConstraint("cardinality(bands) > 0", name=op.f("ck_school_question_bands")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_question_school_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_school_question_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_question")),
    )
    op.create_index("ix_school_question_school_id", "school_question", ["school_id"])
    op.create_table(
        "school_question_version",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["school_question.id"],
            name=op.f("fk_school_question_version_question_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_school_question_version_made_by")),
        sa.PrimaryKeyConstraint("question_id", "version", name=op.f("pk_school_question_version")),
    )
    op.execute(FUNCTIONS)
    op.execute(POLICIES)


def downgrade() -> None:
    for table in ("school_question_version", "school_question"):
        op.drop_table(table)
    op.execute("drop function own_schools(uuid, date)")
