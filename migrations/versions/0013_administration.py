"""What a school's admin may change, and the list of what admins did.

An admin reaches the own schools (`admin_schools`) and whom they administer there; what a pupil made is in none of these
tables. A card that the school prints lets nobody choose a PIN (`may_choose_pin`), and admins never reach the PINs.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = (
    "pupil_added", "staff_added", "corrected", "placed", "moved", "placement_ended", "role_given", "role_ended",
    "role_cancelled", "assigned", "assignment_ended", "assignment_cancelled", "group_made", "group_renamed",
    "cards_printed", "sessions_ended", "closed", "reopened", "undone",
)  # fmt: skip

FUNCTIONS = """
-- Whom this viewer administers on this day: who has a role or a placement at an own school that has not ended.
create function administered(viewer uuid, today date) returns table (person_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 2000
begin atomic
    select role.person_id from admin_schools(viewer, today) own
    join staff_role role on role.school_id = own.school_id and (role.ends_on is null or role.ends_on >= today)
    union
    select placement.pupil_id from admin_schools(viewer, today) own
    join placement on placement.school_id = own.school_id and (placement.ends_on is null or placement.ends_on >= today);
end;

-- Everybody of a school on this day, once, with what they are there: `school_people` with its reasons. `placement_id`
-- runs, or is yet to begin, or ended last; `group_id` is of today; `ended_on` is filled where nothing is left.
create function school_register(of_school uuid, today date) returns table (
    person_id uuid, is_pupil boolean, is_staff boolean, is_guardian boolean, placed boolean, group_id uuid,
    roles text[], ended_on date
) language sql stable set search_path = public, pg_temp rows 2000
begin atomic
    with pupil as (
        select distinct on (placement.pupil_id) placement.pupil_id as id, placement.id as placement_id,
            placement.ends_on,
            placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today) as placed
        from placement
        where placement.school_id = of_school
          and (placement.ends_on is null or today <= school_year_end(placement.ends_on))
        order by placement.pupil_id, placed desc, placement.starts_on desc
    ), own_group as (
        select distinct on (membership.placement_id) membership.placement_id, membership.group_id
        from pupil join group_membership membership on membership.placement_id = pupil.placement_id
        where pupil.placed and membership.starts_on <= today
          and (membership.ends_on is null or membership.ends_on >= today)
        order by membership.placement_id, membership.starts_on desc
    ), tie as (
        select pupil.id, true as is_pupil, false as is_staff, false as is_guardian, pupil.placed, own_group.group_id,
            null::text[] as roles, pupil.ends_on
        from pupil left join own_group on own_group.placement_id = pupil.placement_id
        union all
        select staff_role.person_id, false, true, false, false, null,
            array_agg(distinct staff_role.role)
                filter (where staff_role.ends_on is null or staff_role.ends_on >= today),
            case when bool_and(staff_role.ends_on is not null) then max(staff_role.ends_on) end
        from staff_role where staff_role.school_id = of_school group by staff_role.person_id
        union all
        select guardianship.guardian_id, false, false, true, false, null, null, null
        from pupil join guardianship on guardianship.pupil_id = pupil.id and guardianship.state <> 'ended'
        where pupil.placed
    )
    select tie.id, bool_or(tie.is_pupil), bool_or(tie.is_staff), bool_or(tie.is_guardian), bool_or(tie.placed),
        max(tie.group_id::text)::uuid,
        coalesce(max(tie.roles), '{}'),
        case when bool_and(tie.ends_on is not null and tie.ends_on < today) then max(tie.ends_on) end
    from tie group by tie.id;
end;

-- Whether this pupil has a PIN; to admins of the own school, who never reach the PIN itself.
create function pin_chosen(pupil uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from pupil_pin where pupil_id = pupil)
       and exists (select from administered(viewer_id(), app_today()) own where own.person_id = pupil);
end;

-- Whose last role or placement at any school has ended is signed out where they still were: everybody who came in
-- before that, or this person wherever they are. Who left can come in again; a pupil keeps what is theirs.
create function sign_out_leavers(today date, person uuid) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    delete from session using (
        select tie.person_id, max(tie.ends_on) as last_day
        from (select person_id, ends_on from staff_role union all select pupil_id, ends_on from placement) tie
        where person is null or tie.person_id = person
        group by tie.person_id
        having bool_and(tie.ends_on is not null and tie.ends_on < today)
    ) leaver
    where session.person_id = leaver.person_id
      and (person is not null or (session.created_at at time zone 'Europe/Amsterdam')::date <= leaver.last_day)
      and not exists (
        select from guardianship where guardian_id = session.person_id and guardianship.state <> 'ended');
end;

-- Names, birth dates and closing are an admin's; language and what home may see are one's own.
create function guard_person() returns trigger language plpgsql as $$
begin
    if (new.locale, new.home_sharing_since) is distinct from (old.locale, old.home_sharing_since)
       and old.id is distinct from viewer_id() then
        raise insufficient_privilege using message = 'only the person changes own settings';
    end if;
    if (new.given_name, new.family_name, new.search_name, new.birth_date, new.closed_at)
       is distinct from (old.given_name, old.family_name, old.search_name, old.birth_date, old.closed_at)
       and not exists (select from administered(viewer_id(), app_today()) own where own.person_id = old.id) then
        raise insufficient_privilege using message = 'only an admin of the own school corrects a person';
    end if;
    return new;
end $$;
create trigger guard_person before update on person for each row when (current_user = 'talent_app')
execute function guard_person();

-- Nobody makes the own role, or the own time with a group, last longer.
create function guard_own_rights() returns trigger language plpgsql as $$
begin
    if coalesce(new.ends_on, 'infinity') > coalesce(old.ends_on, 'infinity') and viewer_id() = coalesce(
        (to_jsonb(old) ->> 'person_id')::uuid,
        (select person_id from staff_role where id = (to_jsonb(old) ->> 'staff_role_id')::uuid)) then
        raise insufficient_privilege using message = 'nobody makes the own role last longer';
    end if;
    return new;
end $$;
create trigger guard_own_rights before update on staff_role for each row when (current_user = 'talent_app')
execute function guard_own_rights();
create trigger guard_own_rights before update on group_assignment for each row when (current_user = 'talent_app')
execute function guard_own_rights();
"""

OWN = "any (array(select school_id from admin_schools((select viewer_id()), (select app_today()))))"
THEIRS = "any (array(select person_id from administered((select viewer_id()), (select app_today()))))"

POLICIES = f"""
create policy admin_adds on person for insert to talent_app
with check (exists (select from admin_schools((select viewer_id()), (select app_today()))));
create policy admin_corrects on person for update to talent_app using (id = {THEIRS}) with check (id = {THEIRS});

create policy admin_adds on school_group for insert to talent_app with check (school_id = {OWN});
create policy admin_changes on school_group for update to talent_app
using (school_id = {OWN}) with check (school_id = {OWN});

create policy admin_adds on placement for insert to talent_app with check (school_id = {OWN});
create policy admin_changes on placement for update to talent_app
using (school_id = {OWN}) with check (school_id = {OWN});

create policy admin_adds on group_membership for insert to talent_app with check (exists (
    select from placement join school_group on school_group.school_id = placement.school_id
    where placement.id = placement_id and school_group.id = group_id and placement.school_id = {OWN}));
create policy admin_changes on group_membership for update to talent_app using (exists (
    select from placement where placement.id = placement_id and placement.school_id = {OWN}));
create policy admin_removes on group_membership for delete to talent_app using (exists (
    select from placement where placement.id = placement_id and placement.school_id = {OWN}));

-- Nobody gives a role or a group to oneself: content would be one act away.
create policy admin_adds on staff_role for insert to talent_app
with check (school_id = {OWN} and person_id <> (select viewer_id()));
create policy admin_changes on staff_role for update to talent_app
using (school_id = {OWN}) with check (school_id = {OWN});
create policy admin_removes on staff_role for delete to talent_app using (school_id = {OWN});

create policy admin_adds on group_assignment for insert to talent_app with check (exists (
    select from staff_role join school_group on school_group.school_id = staff_role.school_id
    where staff_role.id = staff_role_id and school_group.id = group_id and staff_role.school_id = {OWN}
      and staff_role.person_id <> (select viewer_id())));
create policy admin_changes on group_assignment for update to talent_app using (exists (
    select from staff_role where staff_role.id = staff_role_id and staff_role.school_id = {OWN}));
create policy admin_removes on group_assignment for delete to talent_app using (exists (
    select from staff_role where staff_role.id = staff_role_id and staff_role.school_id = {OWN}));

create policy card_for_admin on pupil_card for select to talent_app using (pupil_id = {THEIRS});
create policy admin_prints on pupil_card for insert to talent_app
with check (pupil_id = {THEIRS} and issued_by = (select viewer_id()) and not may_choose_pin);
create policy admin_revokes on pupil_card for update to talent_app
using (pupil_id = {THEIRS}) with check (pupil_id = {THEIRS} and revoked_at is not null);

alter table admin_act enable row level security;
create policy act_read on admin_act for select to talent_app using (school_id = {OWN});
create policy act_add on admin_act for insert to talent_app
with check (school_id = {OWN} and actor_id = (select viewer_id()));
"""

ADMINISTERED_TABLES = ("person", "school_group", "placement", "group_membership", "staff_role", "group_assignment")

GRANTS = """
revoke execute on function administered(uuid, date), school_register(uuid, date), pin_chosen(uuid) from public;
grant execute on function administered(uuid, date), school_register(uuid, date), pin_chosen(uuid) to talent_app;
grant insert (id, given_name, family_name, search_name, birth_date), update (given_name, family_name, search_name,
    birth_date, closed_at) on person to talent_app;
grant insert, update (name) on school_group to talent_app;
grant insert, update (ends_on) on placement to talent_app;
grant insert, update (ends_on), delete on group_membership, staff_role, group_assignment to talent_app;
grant select, insert on admin_act to talent_app;
revoke execute on function sign_out_leavers(date, uuid) from public;
grant execute on function sign_out_leavers(date, uuid) to talent_app, talent_worker;
"""


def upgrade() -> None:
    op.add_column("person", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "pupil_card", sa.Column("may_choose_pin", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.create_table(
        "admin_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("rows", JSONB(), nullable=False),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"kind in ({', '.join(map(repr, KINDS))})", name=op.f("ck_admin_act_kind")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_admin_act_actor_id")),
        sa.ForeignKeyConstraint(["group_id"], ["school_group.id"], name=op.f("fk_admin_act_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_admin_act_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_admin_act_school_id")),
        sa.ForeignKeyConstraint(["undoes"], ["admin_act.id"], name=op.f("fk_admin_act_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_act")),
        sa.UniqueConstraint("undoes", name=op.f("uq_admin_act_undoes")),
    )
    op.create_index(op.f("ix_admin_act_person_id"), "admin_act", ["person_id"])
    op.create_index(op.f("ix_admin_act_school_id_at"), "admin_act", ["school_id", "at"])
    op.execute(FUNCTIONS)
    op.execute(POLICIES)
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_table("admin_act")
    for policy in ("card_for_admin", "admin_prints", "admin_revokes"):
        op.execute(f"drop policy {policy} on pupil_card")
    for table in ADMINISTERED_TABLES:
        for policy in ("admin_adds", "admin_changes", "admin_corrects", "admin_removes"):
            op.execute(f"drop policy if exists {policy} on {table}")
    op.execute(
        "revoke insert, delete on person, school_group, placement, group_membership, staff_role, group_assignment"
        " from talent_app"
    )
    op.execute(
        "revoke update on school_group, placement, group_membership, staff_role, group_assignment from talent_app"
    )
    op.execute("revoke update (given_name, family_name, search_name, birth_date, closed_at) on person from talent_app")
    op.execute("drop trigger guard_person on person")
    for table in ("staff_role", "group_assignment"):
        op.execute(f"drop trigger guard_own_rights on {table}")
    for function in (
        "guard_own_rights()",
        "guard_person()",
        "pin_chosen(uuid)",
        "school_register(uuid, date)",
        "administered(uuid, date)",
        "sign_out_leavers(date, uuid)",
    ):
        op.execute(f"drop function {function}")
    op.drop_column("pupil_card", "may_choose_pin")
    op.drop_column("person", "closed_at")
