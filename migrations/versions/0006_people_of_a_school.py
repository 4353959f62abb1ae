"""What registers call people, and whom an admin administers: the ground for rosters, school accounts and admin screens.

People and their ties stay readable to the app's role: who may see them is part of every query. What may be written is
said by policies, each added with the room that writes; none is there yet. The worker brings rosters in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PEOPLE = (
    "person",
    "school",
    "school_group",
    "placement",
    "group_membership",
    "staff_role",
    "group_assignment",
    "guardianship",
    "person_alias",
)

FUNCTIONS = """
-- The schools that this viewer administers on this day.
create function admin_schools(viewer uuid, today date) returns table (school_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 1
begin atomic
    select distinct role.school_id from staff_role role
    where role.person_id = viewer and role.role = 'admin'
      and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today);
end;

-- The people of a school on this day: staff, pupils (until the end of the year in which they left), their guardians.
create function school_people(of_school uuid, today date) returns table (person_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 2000
begin atomic
    select person_id from staff_role where school_id = of_school
    union
    select pupil_id from placement
    where school_id = of_school and (ends_on is null or today <= school_year_end(ends_on))
    union
    select guardianship.guardian_id
    from placement join guardianship on guardianship.pupil_id = placement.pupil_id and guardianship.state <> 'ended'
    where placement.school_id = of_school and (placement.ends_on is null or placement.ends_on >= today);
end;
"""

GRANTS = """
revoke execute on function admin_schools(uuid, date), school_people(uuid, date) from public;
grant execute on function admin_schools(uuid, date), school_people(uuid, date) to talent_app, talent_worker;
grant select on person_alias to talent_app;
grant select, insert, update on person, school, school_year, school_group, placement, group_membership, staff_role,
    group_assignment, guardianship, person_alias to talent_worker;
grant delete on person_alias to talent_worker;
"""


def upgrade() -> None:
    op.create_table(
        "person_alias",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("kind in ('roster', 'eckid', 'login')", name=op.f("ck_person_alias_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_alias_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_person_alias_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_alias")),
        sa.UniqueConstraint("school_id", "kind", "value", name=op.f("uq_person_alias_school_id_kind_value")),
    )
    op.create_index(op.f("ix_person_alias_person_id"), "person_alias", ["person_id"])
    op.execute(FUNCTIONS)
    op.execute(GRANTS)
    for table in PEOPLE:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy read_all on {table} for select to talent_app using (true)")
        op.execute(f"create policy worker_all on {table} for all to talent_worker using (true) with check (true)")
    op.execute(
        "create policy change_self on person for update to talent_app"
        " using (id = (select viewer_id())) with check (id = (select viewer_id()))"
    )


def downgrade() -> None:
    op.execute("drop policy change_self on person")
    for table in PEOPLE:
        op.execute(f"drop policy read_all on {table}")
        op.execute(f"drop policy worker_all on {table}")
        op.execute(f"alter table {table} disable row level security")
    op.execute(
        "revoke all on person, school, school_year, school_group, placement, group_membership, staff_role,"
        " group_assignment, guardianship from talent_worker"
    )
    op.drop_table("person_alias")
    op.execute("drop function school_people(uuid, date)")
    op.execute("drop function admin_schools(uuid, date)")
