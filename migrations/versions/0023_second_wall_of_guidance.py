"""The second wall of guidance says what the first one says.

Who is nobody signs nobody off; how many places are left is for pupils who may sign up, how many come for the city; a
story about an activity opens no activity of another school; groups are invited to what one plans; who was absent was
invited; a word is given in one's own name. Stories about an organisation are told from ten pupils on, not ten stories.
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MAY_SIGN = """
create or replace function may_sign(of_activity uuid, pupil uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select {own} or exists (
        select from activity_group invited
        join guided_groups(viewer_id(), app_today()) guided on guided.group_id = invited.group_id
        join group_membership member on member.group_id = invited.group_id
        join placement on placement.id = member.placement_id
        where invited.activity_id = of_activity and placement.pupil_id = pupil);
end;
"""

PLACES_LEFT = """
create or replace function places_left(of_activity uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case when places is not null then greatest(places - places_taken(of_activity), 0) end
    from activity where id = of_activity {mine};
end;
"""

CITY_COUNT = """
create or replace function city_count(of_activity uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case when taken = 0 or taken >= 10 then taken end
    from activity, places_taken(of_activity) taken where id = of_activity and school_id is null {mine};
end;
"""

SIGNING = """
create or replace function sign_up(of_activity uuid, pupil uuid, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare plan activity;
begin
    select * into plan from activity where id = of_activity for no key update;
    if plan.id is null or not plan.sign_up or {unknown} or not may_sign(of_activity, pupil)
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
    elsif {full} then
        return 'full';
    end if;
    insert into activity_sign_up (activity_id, pupil_id, signed_by, signed_at)
    values (of_activity, pupil, viewer_id(), at);
    return 'done';
end $$;

create or replace function sign_off(of_activity uuid, pupil uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare plan activity;
begin
    select * into plan from activity where id = of_activity for no key update;
    if plan.id is null or not plan.sign_up or {unknown} or not may_sign(of_activity, pupil) then
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

STORIES = """
create or replace function organisation_stories(which uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case when count({whose}) >= 10 then count(*)::integer end
    from activity join entry on entry.details ->> 'activityId' = activity.id::text
    where activity.organisation_id = which and entry.state in ('shared', 'asked_back', 'seen')
      and keeps_directory(viewer_id(), app_today());
end;
"""

BY_PUPIL = """
drop policy by_pupil on activity;
create policy by_pupil on activity for select to talent_app using (
    {known} and (
        id in (
            select invited.activity_id from activity_group invited
            join group_membership member on member.group_id = invited.group_id
            join placement on placement.id = member.placement_id
            where placement.pupil_id = (select viewer_id()))
        or (school_id is null and bands && (select pupil_bands(viewer_id(), app_today())))
        or id in (select signed.activity_id from activity_sign_up signed where signed.pupil_id = (select viewer_id()))
        or (id::text in (
            select entry.details ->> 'activityId' from entry
            where entry.pupil_id = (select viewer_id()) and entry.details ->> 'activityId' is not null) {near}))
);
"""

POLICIES = """
create policy in_ones_own_name on activity as restrictive for insert to talent_app
with check (planned_by = (select viewer_id()));
revoke update on activity from talent_app;
grant update (
    school_id, state, title, form, work_fields, organisation, organisation_id, place, happens_on, ends_on, starts_at,
    bring, ask_before, questions, logbook, sign_up, places, sign_up_until, bands, offered_by, changed_by, published_at,
    version, updated_at
) on activity to talent_app;

drop policy groups_invite on activity_group;
create policy groups_invite on activity_group for insert to talent_app with check (
    (group_id, (select plan.school_id from activity plan where plan.id = activity_id)) in (
        select guided.group_id, guided.school_id from guided_groups((select viewer_id()), (select app_today())) guided)
    and exists (
        select from activity plan where plan.id = activity_id and (
            plan.planned_by = (select viewer_id()) or plan.id in (
                select invited.activity_id from activity_group invited
                join guided_groups((select viewer_id()), (select app_today())) guided
                  on guided.group_id = invited.group_id)))
);

drop policy absence_by_staff on activity_absence;
create policy absence_by_staff on activity_absence for all to talent_app using (
    exists (select from activity_group invited where invited.activity_id = activity_absence.activity_id
            and invited.group_id = any (array(
                select group_id from guided_groups((select viewer_id()), (select app_today())))))
) with check (
    exists (select from activity_group invited where invited.activity_id = activity_absence.activity_id
            and invited.group_id = any (array(
                select group_id from guided_groups((select viewer_id()), (select app_today())))))
    and invited_on_the_day(activity_id, pupil_id)
);

drop policy send on reminder;
create policy send on reminder for insert to talent_app with check (
    sent_by = (select viewer_id()) and sent_on = (select app_today()) and seen_at is null
    and exists (select from placement where placement.pupil_id = reminder.pupil_id
                and placement.id = any ((select running_placements())::uuid[]))
    and (activity_id is null or invited_on_the_day(activity_id, pupil_id))
);

drop policy word_give on talent_word;
create policy word_give on talent_word for insert to talent_app
with check (author_id = (select viewer_id()) and exists (
    select from entry where entry.id = entry_id and case
        when entry.pupil_id = (select viewer_id()) then voice in ('pupil', 'outside')
        when voice = 'school' then entry.placement_id = any ((select running_placements())::uuid[])
        else voice = 'home' and entry.pupil_id = any ((select home_children())::uuid[]) end));
drop policy word_again on talent_word;
create policy word_again on talent_word for update to talent_app
using (author_id = (select viewer_id()) and exists (select from entry where entry.id = entry_id))
with check (author_id = (select viewer_id()));
"""

POLICIES_BEFORE = """
drop policy in_ones_own_name on activity;
grant update on activity to talent_app;

drop policy groups_invite on activity_group;
create policy groups_invite on activity_group for insert to talent_app with check (
    group_id = any (array(select group_id from guided_groups((select viewer_id()), (select app_today()))))
);

drop policy absence_by_staff on activity_absence;
create policy absence_by_staff on activity_absence for all to talent_app using (
    exists (select from activity_group invited where invited.activity_id = activity_absence.activity_id
            and invited.group_id = any (array(
                select group_id from guided_groups((select viewer_id()), (select app_today())))))
);

drop policy send on reminder;
create policy send on reminder for insert to talent_app with check (
    sent_by = (select viewer_id()) and sent_on = (select app_today()) and seen_at is null
    and exists (select from placement where placement.pupil_id = reminder.pupil_id
                and placement.id = any ((select running_placements())::uuid[]))
);

drop policy word_give on talent_word;
create policy word_give on talent_word for insert to talent_app
with check (author_id = (select viewer_id()) and exists (
    select from entry where entry.id = entry_id and (voice <> 'outside' or entry.pupil_id = (select viewer_id()))));
drop policy word_again on talent_word;
create policy word_again on talent_word for update to talent_app
using (author_id = (select viewer_id())) with check (author_id = (select viewer_id()));
"""

# Only the functions themselves ask these.
INNER = "places_taken(uuid), may_sign(uuid, uuid)"

UNKNOWN = "plan.state = 'draft' or (plan.state = 'cancelled' and plan.published_at is null)"
FOR_WHOM = """and case when school_id is null then bands && pupil_bands(viewer_id(), app_today())
        else invited_on_the_day(id, viewer_id()) end"""
NEAR = """and (
            school_id is null or school_id in (
                select placement.school_id from placement where placement.pupil_id = (select viewer_id())))"""


def upgrade() -> None:
    op.execute(MAY_SIGN.format(own="coalesce(pupil = viewer_id(), false)"))
    op.execute(SIGNING.format(unknown=UNKNOWN, full="plan.places <= places_taken(of_activity)"))
    op.execute(PLACES_LEFT.format(mine=FOR_WHOM))
    op.execute(CITY_COUNT.format(mine="and coordinates_city(viewer_id(), app_today())"))
    op.execute(STORIES.format(whose="distinct entry.pupil_id"))
    op.execute(
        BY_PUPIL.format(known="(state = 'published' or (state = 'cancelled' and published_at is not null))", near=NEAR)
    )
    op.execute(POLICIES)
    op.execute(f"revoke execute on function {INNER} from talent_app")


def downgrade() -> None:
    op.execute(f"grant execute on function {INNER} to talent_app")
    op.execute(POLICIES_BEFORE)
    op.execute(BY_PUPIL.format(known="state <> 'draft'", near=""))
    op.execute(STORIES.format(whose="*"))
    op.execute(CITY_COUNT.format(mine=""))
    op.execute(PLACES_LEFT.format(mine=""))
    op.execute(SIGNING.format(unknown="plan.state = 'draft'", full="places_left(of_activity) = 0"))
    op.execute(MAY_SIGN.format(own="pupil = viewer_id()"))
