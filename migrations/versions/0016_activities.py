"""Activities that school plans with groups of pupils.

Staff reach those for groups that they guide today, and their own; pupils those that are published for a group they
are in on that day. Which groups an activity is for, and nothing else of it, is open: policies look it up.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- The groups that a teacher is assigned to, and all groups of a dean's school.
create function guided_groups(viewer uuid, today date) returns table (group_id uuid, school_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select distinct grp.id, grp.school_id
    from staff_role role join school_group grp on grp.school_id = role.school_id
    where role.person_id = viewer and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
      and (role.role = 'dean' or (role.role = 'teacher' and exists (
          select from group_assignment given
          where given.staff_role_id = role.id and given.group_id = grp.id
            and given.starts_on <= today and (given.ends_on is null or given.ends_on >= today))));
end;
revoke execute on function guided_groups(uuid, date) from public;
grant execute on function guided_groups(uuid, date) to talent_app;
"""

POLICIES = """
alter table activity enable row level security;
alter table activity_group enable row level security;
alter table activity_absence enable row level security;

create policy by_staff on activity for all to talent_app using (
    planned_by = (select viewer_id()) or exists (
        select from activity_group invited
        where invited.activity_id = id and invited.group_id = any (array(
            select group_id from guided_groups((select viewer_id()), (select app_today())))))
) with check (
    school_id = any (array(select school_id from guided_groups((select viewer_id()), (select app_today()))))
);
create policy by_pupil on activity for select to talent_app using (
    state <> 'draft' and exists (
        select from activity_group invited
        join group_membership member on member.group_id = invited.group_id
        join placement on placement.id = member.placement_id
        where invited.activity_id = activity.id and placement.pupil_id = (select viewer_id()))
);

create policy groups_read on activity_group for select to talent_app using (true);
create policy groups_invite on activity_group for insert to talent_app with check (
    group_id = any (array(select group_id from guided_groups((select viewer_id()), (select app_today()))))
);
create policy groups_leave on activity_group for delete to talent_app using (
    group_id = any (array(select group_id from guided_groups((select viewer_id()), (select app_today()))))
);

create policy absence_read on activity_absence for select to talent_app using (pupil_id = (select viewer_id()));
create policy absence_by_staff on activity_absence for all to talent_app using (
    exists (select from activity_group invited where invited.activity_id = activity_absence.activity_id
            and invited.group_id = any (array(
                select group_id from guided_groups((select viewer_id()), (select app_today())))))
);

grant select, insert, update on activity to talent_app;
grant select, insert, delete on activity_group, activity_absence to talent_app;
"""


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("work_fields", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("bring", sa.Text(), server_default="", nullable=False),
        sa.Column("ask_before", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('draft', 'published', 'cancelled')", name=op.f("ck_activity_state")),
        sa.CheckConstraint("ends_on is null or ends_on >= happens_on", name=op.f("ck_activity_days")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_activity_school_id")),
        sa.ForeignKeyConstraint(["planned_by"], ["person.id"], name=op.f("fk_activity_planned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_school_id_happens_on", "activity", ["school_id", "happens_on"])
    for table, column, target in (
        ("activity_group", "group_id", "school_group"),
        ("activity_absence", "pupil_id", "person"),
    ):
        op.create_table(
            table,
            sa.Column("activity_id", sa.Uuid(), nullable=False),
            sa.Column(column, sa.Uuid(), nullable=False),
            sa.ForeignKeyConstraint(
                ["activity_id"], ["activity.id"], name=op.f(f"fk_{table}_activity_id"), ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")),
            sa.PrimaryKeyConstraint("activity_id", column, name=op.f(f"pk_{table}")),
        )
    op.execute(FUNCTIONS)
    op.execute(POLICIES)


def downgrade() -> None:
    op.execute("drop policy by_staff on activity; drop policy by_pupil on activity")
    for table in ("activity_absence", "activity_group", "activity"):
        op.drop_table(table)
    op.execute("drop function guided_groups(uuid, date)")
