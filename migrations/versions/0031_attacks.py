"""What an attack on talks, home, mail and links from outside got through, and does no more.

Who says yes for a pupil of 12 to 15 has no part in it from the 16th birthday on: no address, no word, no end. A parent
throws away no card on which another parent said something. Whether a sheet was begun is told to who planned the talk.
With another mailbox comes another secret: who reads the old one switches nothing.
"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

DECIDERS = """
create or replace function outside_deciders(of_link uuid, today date) returns table (person_id uuid, side text)
language sql stable security definer set search_path = public, pg_temp rows 4
begin atomic
    with asked as (
        select link.pupil_id, placement.id placement_id, placement.school_id
        from outside_link link join entry on entry.id = link.entry_id
         and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
        join placement on placement.id = entry.placement_id
         and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
        {young}
        where link.id = of_link
    ), teaches as (
        select role.person_id, bool_or(assignment.is_mentor) mentor
        from asked join group_membership member on member.placement_id = asked.placement_id
         and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today)
        join group_assignment assignment on assignment.group_id = member.group_id
         and assignment.starts_on <= today and (assignment.ends_on is null or assignment.ends_on >= today)
        join staff_role role on role.id = assignment.staff_role_id and role.role = 'teacher'
         and role.school_id = asked.school_id
         and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
        group by role.person_id
    )
    select teaches.person_id, 'school' from teaches
    where teaches.mentor or not exists (select from teaches other where other.mentor)
    union all
    select role.person_id, 'school' from asked join staff_role role on role.school_id = asked.school_id
     and role.role = 'dean' and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
    where not exists (select from teaches)
    union all
    select tie.guardian_id, 'home' from asked join guardianship tie on tie.pupil_id = asked.pupil_id
     and tie.state = 'confirmed' and tie.custody = 'yes' and tie.guardian_id <> asked.pupil_id;
end;
"""
YOUNG = """join person on person.id = link.pupil_id
         and years_old(person.birth_date, today) >= 12 and years_old(person.birth_date, today) < 16"""

REMOVE = """
drop policy homework_remove on homework;
create policy homework_remove on homework for delete to talent_app using (
    pupil_id = (select viewer_id())
    or (state = 'draft' and begun_by = (select viewer_id()) and coalesce(child_by, begun_by) = begun_by
        {alone}and pupil_id = any ((select home_children())::uuid[]))
);
"""
ALONE = "and coalesce(home_by, begun_by) = begun_by\n        "

BEGUN = """
create or replace function talk_begun(talk uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from prep_sheet {planned} where conversation_id = talk);
end;
"""
PLANNED = """join conversation on conversation.id = conversation_id
                   and conversation.planned_by = viewer_id()"""

CONFIRM = """
create or replace function confirm_mail_address(code text, at_moment timestamptz) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    mine mail_address;
begin
    select * into mine from mail_address where person_id = viewer_id() for update;
    if mine.pending is null or mine.code_hash is null or mine.misses >= 5 or at_moment > mine.code_until then
        return 'gone';
    end if;
    if sha256(convert_to(mine.person_id || code, 'UTF8')) <> mine.code_hash then
        update mail_address set misses = misses + 1 where person_id = mine.person_id;
        return 'wrong';
    end if;
    update mail_address
    set address = pending, confirmed_at = at_moment, pending = null, code_hash = null, misses = 0, bounces = 0,
        stopped_at = null, weekly = true{anew}
    where person_id = mine.person_id;
    return 'done';
end $$;
"""
ANEW = """,
        off_secret = case when lower(address) = lower(pending) then off_secret else new_off_secret() end"""


def upgrade() -> None:
    op.execute(DECIDERS.format(young=YOUNG))
    op.execute(REMOVE.format(alone=ALONE))
    op.execute(BEGUN.format(planned=PLANNED))
    op.execute(CONFIRM.format(anew=ANEW))


def downgrade() -> None:
    op.execute(CONFIRM.format(anew=""))
    op.execute(BEGUN.format(planned=""))
    op.execute(REMOVE.format(alone=""))
    op.execute(DECIDERS.format(young=""))
