"""Planning: two questions, signing up, and activities of the city.

Who signs up goes through functions that hold the activity's row, so that of two who want the last place one gets it;
the app itself adds and removes nothing there. Of an activity of the city nobody but the pupils themselves sees who
comes: the coordinator gets a count, and none below ten.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- The same as app.reference.catalogue.age_band.
create function age_band(level text, study_year integer) returns text language sql immutable parallel safe
return case when level = 'po' then 'A' when level = 'mbo' then 'D' when study_year <= 2 then 'B' else 'C' end;

-- The bands of the groups a pupil is in today.
create function pupil_bands(pupil uuid, today date) returns text[]
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce(array_agg(distinct age_band(grp.level, grp.study_year)), '{}')
    from placement
    join group_membership member on member.placement_id = placement.id
    join school_group grp on grp.id = member.group_id
    where placement.pupil_id = pupil
      and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
      and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today);
end;

-- The schools where somebody is teacher or dean today.
create function guided_schools(viewer uuid, today date) returns table (school_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select distinct role.school_id from staff_role role
    where role.person_id = viewer and role.role in ('teacher', 'dean')
      and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today);
end;

create function coordinates_city(viewer uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from staff_role role
        where role.person_id = viewer and role.role = 'coordinator'
          and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today));
end;

-- Whether a pupil is in a group that the activity is for, on its first day.
create function invited_on_the_day(of_activity uuid, pupil uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from activity
        join activity_group invited on invited.activity_id = activity.id
        join group_membership member on member.group_id = invited.group_id
        join placement on placement.id = member.placement_id
        where activity.id = of_activity and placement.pupil_id = pupil
          and placement.starts_on <= happens_on and (placement.ends_on is null or placement.ends_on >= happens_on)
          and member.starts_on <= happens_on and (member.ends_on is null or member.ends_on >= happens_on));
end;

-- How many come; who left school before that day makes room.
create function places_taken(of_activity uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select count(*)::integer from activity_sign_up signed join activity on activity.id = signed.activity_id
    where signed.activity_id = of_activity
      and (activity.school_id is null or invited_on_the_day(of_activity, signed.pupil_id));
end;

-- Null where there is room for everybody.
create function places_left(of_activity uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case when places is not null then greatest(places - places_taken(of_activity), 0) end
    from activity where id = of_activity;
end;

-- What the city may know of who comes: none, or ten and more; null in between.
create function city_count(of_activity uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case when taken = 0 or taken >= 10 then taken end
    from activity, places_taken(of_activity) taken where id = of_activity and school_id is null;
end;

-- The viewer is the pupil, or guides a group of the activity that the pupil is in.
create function may_sign(of_activity uuid, pupil uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select pupil = viewer_id() or exists (
        select from activity_group invited
        join guided_groups(viewer_id(), app_today()) guided on guided.group_id = invited.group_id
        join group_membership member on member.group_id = invited.group_id
        join placement on placement.id = member.placement_id
        where invited.activity_id = of_activity and placement.pupil_id = pupil);
end;

-- done | none (not there for this viewer) | cancelled | closed | full. Again is done; staff may after the last day.
create function sign_up(of_activity uuid, pupil uuid, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare plan activity;
begin
    select * into plan from activity where id = of_activity for no key update;
    if plan.id is null or not plan.sign_up or plan.state = 'draft' or not may_sign(of_activity, pupil)
       or not (case when plan.school_id is null then plan.bands && pupil_bands(pupil, app_today())
                    else invited_on_the_day(of_activity, pupil) end) then
        return 'none';
    elsif plan.state = 'cancelled' then
        return 'cancelled';
    elsif exists (select from activity_sign_up signed where signed.activity_id = of_activity
                  and signed.pupil_id = sign_up.pupil) then
        return 'done';
    elsif pupil = viewer_id() and app_today() > coalesce(plan.sign_up_until, plan.happens_on - 1) then
        return 'closed';
    elsif places_left(of_activity) = 0 then
        return 'full';
    end if;
    insert into activity_sign_up (activity_id, pupil_id, signed_by, signed_at)
    values (of_activity, pupil, viewer_id(), at);
    return 'done';
end $$;

-- done | none | closed, as above.
create function sign_off(of_activity uuid, pupil uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare plan activity;
begin
    select * into plan from activity where id = of_activity for no key update;
    if plan.id is null or not plan.sign_up or plan.state = 'draft' or not may_sign(of_activity, pupil) then
        return 'none';
    elsif not exists (select from activity_sign_up signed where signed.activity_id = of_activity
                      and signed.pupil_id = sign_off.pupil) then
        return case when plan.school_id is null and plan.bands && pupil_bands(pupil, app_today())
                      or invited_on_the_day(of_activity, pupil) then 'done' else 'none' end;
    elsif pupil = viewer_id() and app_today() > coalesce(plan.sign_up_until, plan.happens_on - 1) then
        return 'closed';
    end if;
    delete from activity_sign_up signed where signed.activity_id = of_activity and signed.pupil_id = sign_off.pupil;
    return 'done';
end $$;
"""

NAMES = (
    "sign_off(uuid, uuid)",
    "sign_up(uuid, uuid, timestamptz)",
    "may_sign(uuid, uuid)",
    "city_count(uuid)",
    "places_left(uuid)",
    "places_taken(uuid)",
    "invited_on_the_day(uuid, uuid)",
    "coordinates_city(uuid, date)",
    "guided_schools(uuid, date)",
    "pupil_bands(uuid, date)",
)

OLD_POLICIES = """
drop policy by_staff on activity;
drop policy by_pupil on activity;
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
"""

POLICIES = """
alter table activity_sign_up enable row level security;
create policy sign_up_own on activity_sign_up for select to talent_app using (pupil_id = (select viewer_id()));
create policy sign_up_by_staff on activity_sign_up for select to talent_app using (
    activity_id in (
        select invited.activity_id from activity_group invited
        join guided_groups((select viewer_id()), (select app_today())) guided on guided.group_id = invited.group_id)
);
grant select on activity_sign_up to talent_app;

drop policy by_staff on activity;
drop policy by_pupil on activity;
create policy by_staff on activity for all to talent_app using (
    school_id = any (array(select school_id from guided_schools((select viewer_id()), (select app_today()))))
    and (planned_by = (select viewer_id()) or id in (
        select invited.activity_id from activity_group invited
        join guided_groups((select viewer_id()), (select app_today())) guided on guided.group_id = invited.group_id))
) with check (
    school_id = any (array(select school_id from guided_schools((select viewer_id()), (select app_today()))))
);
create policy by_coordinator on activity for all to talent_app
using (school_id is null and (select coordinates_city(viewer_id(), app_today())))
with check (school_id is null and (select coordinates_city(viewer_id(), app_today())));
create policy offered on activity for select to talent_app using (
    school_id is null and state = 'published'
    and (select exists (select from guided_schools(viewer_id(), app_today())))
);
create policy by_pupil on activity for select to talent_app using (
    state <> 'draft' and (
        id in (
            select invited.activity_id from activity_group invited
            join group_membership member on member.group_id = invited.group_id
            join placement on placement.id = member.placement_id
            where placement.pupil_id = (select viewer_id()))
        or (school_id is null and bands && (select pupil_bands(viewer_id(), app_today())))
        or id in (select signed.activity_id from activity_sign_up signed where signed.pupil_id = (select viewer_id()))
        or id::text in (
            select entry.details ->> 'activityId' from entry
            where entry.pupil_id = (select viewer_id()) and entry.details ->> 'activityId' is not null))
);
"""


def upgrade() -> None:
    op.alter_column("activity", "school_id", nullable=True)
    for column in (
        sa.Column("questions", JSONB(), server_default="[]", nullable=False),
        sa.Column("logbook", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("sign_up", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("sign_up_until", sa.Date(), nullable=True),
        sa.Column("bands", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("activity", column)
    op.create_foreign_key("fk_activity_offered_by", "activity", "activity", ["offered_by"], ["id"])
    op.create_foreign_key("fk_activity_changed_by", "activity", "person", ["changed_by"], ["id"])
    op.create_check_constraint(op.f("ck_activity_city"), "activity", "(school_id is null) = (cardinality(bands) > 0)")
    op.create_check_constraint(op.f("ck_activity_city_sign_up"), "activity", "school_id is not null or sign_up")
    op.create_check_constraint(op.f("ck_activity_places"), "activity", "places between 1 and 2000")
    op.execute("update activity set published_at = updated_at where state <> 'draft'")
    op.create_index("ix_activity_group_group_id", "activity_group", ["group_id"])
    op.create_table(
        "activity_sign_up",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_sign_up_activity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_activity_sign_up_pupil_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_activity_sign_up_signed_by")),
        sa.PrimaryKeyConstraint("activity_id", "pupil_id", name=op.f("pk_activity_sign_up")),
    )
    op.create_index("ix_activity_sign_up_pupil_id", "activity_sign_up", ["pupil_id"])
    op.execute(FUNCTIONS)
    names = ", ".join(NAMES)
    op.execute(f"revoke execute on function {names} from public; grant execute on function {names} to talent_app")
    op.execute(POLICIES)


def downgrade() -> None:
    op.execute("drop policy by_coordinator on activity; drop policy offered on activity")
    op.execute(OLD_POLICIES)
    for name in NAMES:
        op.execute(f"drop function {name}")
    op.execute("drop function age_band(text, integer)")
    op.drop_table("activity_sign_up")
    op.drop_index("ix_activity_group_group_id", "activity_group")
    # What the city planned has no place in the older tables.
    op.execute("update activity set offered_by = null; delete from activity where school_id is null")
    for name in (
        "published_at", "changed_by", "offered_by", "bands", "sign_up_until", "places", "sign_up", "logbook",
        "questions",
    ):  # fmt: skip
        op.drop_column("activity", name)
    op.alter_column("activity", "school_id", nullable=False)
