"""Cards, PINs and class windows for pupils without e-mail.

A teacher reaches those of the own groups; who is signing in is nobody yet, so that transaction says of itself that
it signs in (`app.sign_in`). Any other transaction sees none of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("pupil_card", "pupil_pin", "pin_misses", "class_window", "class_arrival")

FUNCTIONS = """
-- A transaction that looks for who is at the door; empty otherwise.
create function signing_in() returns boolean language sql stable parallel safe
return coalesce(current_setting('app.sign_in', true), '') = 'on';

-- The groups of which this viewer is a teacher on this day.
create function teacher_groups(viewer uuid, today date) returns table (group_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 4
begin atomic
    select assignment.group_id
    from staff_role role
    join group_assignment assignment on assignment.staff_role_id = role.id
     and assignment.starts_on <= today and (assignment.ends_on is null or assignment.ends_on >= today)
    join school_group on school_group.id = assignment.group_id and school_group.school_id = role.school_id
    where role.person_id = viewer and role.role = 'teacher'
      and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today);
end;

-- Who is in this group on this day.
create function group_pupils(in_group uuid, today date) returns table (pupil_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 30
begin atomic
    select distinct placement.pupil_id
    from group_membership membership
    join placement on placement.id = membership.placement_id
     and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
    where membership.group_id = in_group
      and membership.starts_on <= today and (membership.ends_on is null or membership.ends_on >= today);
end;

-- The pupils in the groups of this teacher on this day.
create function teacher_pupils(viewer uuid, today date) returns table (pupil_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 100
begin atomic
    select distinct pupil.pupil_id
    from teacher_groups(viewer, today) own cross join lateral group_pupils(own.group_id, today) pupil;
end;
"""

POLICIES = """
alter table pupil_card enable row level security;
alter table pupil_pin enable row level security;
alter table pin_misses enable row level security;
alter table class_window enable row level security;
alter table class_arrival enable row level security;

create policy card_of_class on pupil_card for all to talent_app using (
    (select signing_in())
    or pupil_id = any (array(select pupil_id from teacher_pupils((select viewer_id()), (select app_today()))))
);
create policy pin_of_class on pupil_pin for all to talent_app using (
    (select signing_in())
    or pupil_id = any (array(select pupil_id from teacher_pupils((select viewer_id()), (select app_today()))))
);
create policy misses_of_class on pin_misses for all to talent_app using (
    (select signing_in())
    or pupil_id = any (array(select pupil_id from teacher_pupils((select viewer_id()), (select app_today()))))
);
create policy window_of_class on class_window for all to talent_app using (
    (select signing_in())
    or group_id = any (array(select group_id from teacher_groups((select viewer_id()), (select app_today()))))
);
create policy arrival_in_window on class_arrival for all to talent_app using (
    exists (select from class_window where class_window.id = window_id)
);
"""

GRANTS = """
revoke execute on function teacher_groups(uuid, date), group_pupils(uuid, date), teacher_pupils(uuid, date) from public;
grant execute on function teacher_groups(uuid, date), group_pupils(uuid, date), teacher_pupils(uuid, date)
    to talent_app;
grant select, insert on pupil_card, pupil_pin, pin_misses, class_window, class_arrival to talent_app;
grant update (revoked_at) on pupil_card to talent_app;
grant update (count, locked_until) on pin_misses to talent_app;
grant update (closes_at) on class_window to talent_app;
grant delete on pupil_pin, pin_misses, class_window to talent_app;
"""


def upgrade() -> None:
    op.create_table(
        "pupil_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_pupil_card_issued_by")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_pupil_card_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_card")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_pupil_card_secret_hash")),
    )
    op.create_index(
        "ix_pupil_card_live", "pupil_card", ["pupil_id"], unique=True, postgresql_where=sa.text("revoked_at is null")
    )
    op.create_table(
        "pupil_pin",
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_pupil_pin_pupil_id")),
        sa.PrimaryKeyConstraint("pupil_id", name=op.f("pk_pupil_pin")),
    )
    op.create_table(
        "pin_misses",
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("way in ('card', 'class')", name=op.f("ck_pin_misses_way")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_pin_misses_pupil_id")),
        sa.PrimaryKeyConstraint("pupil_id", "way", name=op.f("pk_pin_misses")),
    )
    op.create_table(
        "class_window",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["school_group.id"], name=op.f("fk_class_window_group_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_class_window_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_window")),
        sa.UniqueConstraint("code", name=op.f("uq_class_window_code")),
    )
    op.create_index(op.f("ix_class_window_group_id_closes_at"), "class_window", ["group_id", "closes_at"])
    op.create_table(
        "class_arrival",
        sa.Column("window_id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chose_pin", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_class_arrival_pupil_id")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["class_window.id"], name=op.f("fk_class_arrival_window_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("window_id", "pupil_id", name=op.f("pk_class_arrival")),
    )
    op.execute(FUNCTIONS)
    op.execute(POLICIES)
    op.execute(GRANTS)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    for function in (
        "teacher_pupils(uuid, date)",
        "group_pupils(uuid, date)",
        "teacher_groups(uuid, date)",
        "signing_in()",
    ):
        op.execute(f"drop function {function}")
