"""Counts for the city and for each school: set on fixed days, in tens, and never changed.

The exact counts leave this database by one function that only the worker may ask; what is kept are tens, and the
tables refuse anything else. The coordinator reads rows of no school, dean and admin those of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- The schools whose figures somebody reads today: as dean, or as admin.
create function counted_schools(viewer uuid, today date) returns table (school_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 2
begin atomic
    select distinct role.school_id from staff_role role
    where role.person_id = viewer and role.role in ('dean', 'admin')
      and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today);
end;

-- How many pupils of a school took part, and how often: of who was there in that school year before `until`, what they
-- shared with this school. Who left stays, at the level of the first class: were they taken away, the difference of two
-- moments would say what those few had done.
create function participation(of_school uuid, of_year integer, until date)
returns table (level text, family text, code text, pupils integer, times integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    with placed as materialized (
        select distinct on (placement.pupil_id) placement.pupil_id, school_group.level
        from placement
        join group_membership member on member.placement_id = placement.id and member.starts_on < until
        join school_group on school_group.id = member.group_id and school_group.school_year = of_year
        where placement.school_id = of_school and placement.starts_on < until
        order by placement.pupil_id, member.starts_on, member.id
    ), shared as materialized (
        select entry.pupil_id, placed.level, entry.work_fields,
               case when entry.kind = 'experience' then entry.details ->> 'form' end form
        from placed
        join placement on placement.pupil_id = placed.pupil_id and placement.school_id = of_school
        join entry on entry.placement_id = placement.id and entry.school_year = of_year
         and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
         and entry.shared_at < (until::timestamp at time zone 'Europe/Amsterdam')
    )
    select placed.level, 'all', 'placed', count(*)::integer, null::integer from placed group by placed.level
    union all
    select shared.level, 'all', 'shared', count(distinct shared.pupil_id)::integer, count(*)::integer
    from shared group by shared.level
    union all
    select shared.level, 'field', one.field, count(distinct shared.pupil_id)::integer, count(*)::integer
    from shared cross join lateral (select distinct unnest(shared.work_fields) field) one
    group by shared.level, one.field
    union all
    select shared.level, 'form', shared.form, count(distinct shared.pupil_id)::integer, count(*)::integer
    from shared where shared.form is not null group by shared.level, shared.form;
end;

revoke execute on function counted_schools(uuid, date), participation(uuid, integer, date) from public;
grant execute on function counted_schools(uuid, date) to talent_app;
grant execute on function participation(uuid, integer, date) to talent_worker;
"""

POLICIES = """
alter table insight_publication enable row level security;
alter table insight_figure enable row level security;

create policy of_the_city on insight_publication for select to talent_app
using ((select coordinates_city(viewer_id(), app_today())));
create policy of_a_school on insight_publication for select to talent_app
using (exists (select from counted_schools((select viewer_id()), (select app_today()))));
create policy of_the_city on insight_figure for select to talent_app
using (school_id is null and (select coordinates_city(viewer_id(), app_today())));
create policy of_a_school on insight_figure for select to talent_app
using (school_id = any (array(select own.school_id
                              from counted_schools((select viewer_id()), (select app_today())) own)));
create policy set_once on insight_publication for insert to talent_worker with check (not fictional);
create policy set_once on insight_figure for insert to talent_worker with check (true);
create policy read on insight_publication for select to talent_worker using (true);
create policy read on insight_figure for select to talent_worker using (true);

grant select on insight_publication, insight_figure to talent_app;
grant select, insert on insight_publication, insight_figure to talent_worker;
"""


def upgrade() -> None:
    op.create_table(
        "insight_publication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_year", sa.SmallInteger(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fictional", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("quarter between 1 and 4", name="ck_insight_publication_quarter"),
        sa.ForeignKeyConstraint(["school_year"], ["school_year.start_year"], name="fk_insight_publication_school_year"),
        sa.PrimaryKeyConstraint("id", name="pk_insight_publication"),
        sa.UniqueConstraint("school_year", "quarter", name="uq_insight_publication_school_year_quarter"),
        sa.UniqueConstraint("set_on", name="uq_insight_publication_set_on"),
    )
    op.create_table(
        "insight_figure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.CheckConstraint("level in ('po', 'vmbo', 'havo', 'vwo', 'mbo')", name="ck_insight_figure_level"),
        sa.CheckConstraint("family in ('all', 'field', 'form')", name="ck_insight_figure_family"),
        sa.CheckConstraint("pupils >= 0 and pupils % 10 = 0", name="ck_insight_figure_pupils_in_tens"),
        sa.CheckConstraint(
            "times is null or (pupils >= 10 and times >= 0 and times % 10 = 0)", name="ck_insight_figure_times_in_tens"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["insight_publication.id"], name="fk_insight_figure_publication_id"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_insight_figure_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_insight_figure"),
        sa.UniqueConstraint(
            "publication_id",
            "school_id",
            "level",
            "family",
            "code",
            name="uq_insight_figure_publication_id_school_id_level_family_code",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.execute(FUNCTIONS)
    op.execute(POLICIES)


def downgrade() -> None:
    op.drop_table("insight_figure")
    op.drop_table("insight_publication")
    op.execute("drop function participation(uuid, integer, date)")
    op.execute("drop function counted_schools(uuid, date)")
