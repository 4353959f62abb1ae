"""The second wall costs less, and says the same.

What a policy asks once per statement becomes a node of the plan each time its table is read, and a talk reads some
forty times. What is seldom true (a placement that has ended, a child at home) is looked for in the text of the setting
instead; who looks at a school still has its placements worked out once, for tables of which many rows are read.

`staff_placements` begins with the groups of this member of staff, whatever the planner believes of small tables.
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- Whether staff may still see what was last changed on this day, of a placement that has ended this school year.
create function staff_saw(placement uuid, on_day date) returns boolean language sql stable parallel safe
return strpos(current_setting('app.ended', true), placement::text) > 0
    and on_day <= (ended_cutoffs())[array_position(ended_placements(), placement)];

-- Whether this placement's staff is who looks: for few rows; for many, compare with running_placements() once.
create function staff_sees(placement uuid, on_day date) returns boolean language sql stable parallel safe
return strpos(current_setting('app.running', true), placement::text) > 0 or staff_saw(placement, on_day);

create function home_sees(pupil uuid) returns boolean language sql stable parallel safe
return strpos(current_setting('app.home', true), pupil::text) > 0;
"""

_OWN = "pupil_id = (select viewer_id())"
_RUNNING = "placement_id = any ((select running_placements())::uuid[])"
_AGREED_AT_HOME = "talk.agreed_version = talk.record_version and talk.agreed_ring = 2 and home_sees(talk.pupil_id)"
_TALK_IS = "exists (select from conversation talk where talk.id = conversation_id and "


def _record(table: str) -> str:
    at_home = f"({_AGREED_AT_HOME} and talk.record_version = {table}.record_version)"
    at_home = at_home.replace("conversation_record.record_version", "conversation_record.version")
    return f"{_TALK_IS}(talk.pupil_id = viewer_id() or staff_sees(talk.placement_id, talk.changed_on) or {at_home}))"


POLICIES = {
    ("entry", "entry_read"): f"""{_OWN} or (state in ('shared', 'asked_back', 'seen') and (
        (ring >= 1 and ({_RUNNING} or staff_saw(placement_id, changed_on))) or (ring >= 2 and home_sees(pupil_id))))""",
    ("choice_moment", "read"): f"""{_OWN} or (ring >= 2 and home_sees(pupil_id))
        or (ring >= 1 and ({_RUNNING} or staff_saw(placement_id, changed_on)))""",
    ("conversation", "talk_read"): f"""{_OWN} or {_RUNNING} or staff_saw(placement_id, changed_on)
        or (home_sees(pupil_id) and (with_home or (agreed_version = record_version and agreed_ring = 2)))""",
    (
        "prep_sheet",
        "sheet_ready",
    ): f"ready_at is not null and {_TALK_IS}staff_sees(talk.placement_id, talk.changed_on))",
    ("conversation_record", "record_read"): _record("conversation_record"),
    ("conversation_agreement", "agreement_read"): _record("conversation_agreement"),
    ("next_step", "agreed"): f"""case when conversation_id is null or pupil_id = viewer_id() then false
        else {_TALK_IS}(staff_sees(talk.placement_id, talk.changed_on) or ({_AGREED_AT_HOME}))) end""",
    ("dossier_hand_in", "by_staff"): f"state <> 'withdrawn' and ({_RUNNING} or staff_saw(placement_id, handed_in_on))",
    ("homework", "homework_read"): f"""{_OWN} or (state = 'shared' and with_school
        and ({_RUNNING} or staff_saw(placement_id, changed_on)))
        or (home_sees(pupil_id) and (state = 'shared' or begun_by = viewer_id()))""",
}

_ENDED = """(placement_id = any ((select ended_placements())::uuid[]) and {day} <= ((select ended_cutoffs())::date[])[
    array_position((select ended_placements())::uuid[], placement_id)])"""
_THERE = f"({_RUNNING} or {_ENDED.format(day='changed_on')})"
_TALK_THERE = _THERE.replace("placement_id", "talk.placement_id").replace("changed_on", "talk.changed_on")
_CHILD = "pupil_id = any ((select home_children())::uuid[])"
_AGREED_BEFORE = f"talk.{_CHILD} and talk.agreed_version = talk.record_version and talk.agreed_ring = 2"


def _record_before(version: str) -> str:
    at_home = f"({_AGREED_BEFORE} and talk.record_version = {version})"
    return f"{_TALK_IS}(talk.{_OWN} or {_TALK_THERE} or {at_home}))"


BEFORE = {
    ("entry", "entry_read"): f"""{_OWN} or (state in ('shared', 'asked_back', 'seen') and (
        (ring >= 1 and {_THERE}) or (ring >= 2 and {_CHILD})))""",
    ("choice_moment", "read"): f"{_OWN} or (ring >= 1 and {_THERE}) or (ring >= 2 and {_CHILD})",
    ("conversation", "talk_read"): f"""{_OWN} or {_THERE} or (with_home and {_CHILD})
        or ({_CHILD} and agreed_version = record_version and agreed_ring = 2)""",
    ("prep_sheet", "sheet_ready"): f"ready_at is not null and {_TALK_IS}{_TALK_THERE})",
    ("conversation_record", "record_read"): _record_before("conversation_record.version"),
    ("conversation_agreement", "agreement_read"): _record_before("conversation_agreement.record_version"),
    ("next_step", "agreed"): f"""case when conversation_id is null or {_OWN} then false
        else {_TALK_IS}({_TALK_THERE} or ({_AGREED_BEFORE}))) end""",
    ("dossier_hand_in", "by_staff"): f"""state <> 'withdrawn'
        and ({_RUNNING} or {_ENDED.format(day="handed_in_on")})""",
    ("homework", "homework_read"): f"""{_OWN} or (state = 'shared' and with_school and {_THERE})
        or ({_CHILD} and (state = 'shared' or begun_by = (select viewer_id())))""",
}

_STAFF_PLACEMENTS = """
create or replace function staff_placements(viewer uuid, today date)
returns table (placement_id uuid, pupil_id uuid, school_id uuid, cutoff date)
language sql stable security definer set search_path = public, pg_temp rows 40
begin atomic
    with running_role as {kept} (
        select id, school_id, role from staff_role
        where person_id = viewer and role in ('teacher', 'dean')
          and starts_on <= today and (ends_on is null or ends_on >= today)
    ), assigned as {kept} (
        select assignment.group_id, running_role.school_id
        from running_role join group_assignment assignment on assignment.staff_role_id = running_role.id
        where running_role.role = 'teacher'
          and assignment.starts_on <= today and (assignment.ends_on is null or assignment.ends_on >= today)
    ), reach as (
        select placement.pupil_id, placement.school_id, placement.ends_on
        from running_role join placement on placement.school_id = running_role.school_id
        where running_role.role = 'dean' and placement.starts_on <= today
          and (placement.ends_on is null or placement.ends_on >= today or today <= school_year_end(placement.ends_on))
        union all
        select placement.pupil_id, placement.school_id, placement.ends_on
        from assigned
        join group_membership membership on membership.group_id = assigned.group_id and membership.starts_on <= today
        join placement on placement.id = membership.placement_id and placement.school_id = assigned.school_id
         and placement.starts_on <= today
        where case when placement.ends_on is null or placement.ends_on >= today
            then membership.ends_on is null or membership.ends_on >= today
            else (membership.ends_on is null or membership.ends_on >= placement.ends_on)
                 and today <= school_year_end(placement.ends_on)
            end
    ), pupil as (
        select reach.pupil_id, reach.school_id,
               case when bool_or(reach.ends_on is null or reach.ends_on >= today) then null
                   else max(reach.ends_on) end cutoff
        from reach group by reach.pupil_id, reach.school_id
    )
    select placement.id, pupil.pupil_id, pupil.school_id, pupil.cutoff
    from pupil join placement on placement.pupil_id = pupil.pupil_id and placement.school_id = pupil.school_id;
end;
"""


def _alter(policies: dict[tuple[str, str], str]) -> None:
    for (table, policy), using in policies.items():
        op.execute(f"alter policy {policy} on {table} using ({using})")


def upgrade() -> None:
    op.execute(FUNCTIONS)
    _alter(POLICIES)
    op.execute(_STAFF_PLACEMENTS.format(kept="materialized"))


def downgrade() -> None:
    op.execute(_STAFF_PLACEMENTS.format(kept=""))
    _alter(BEFORE)
    op.execute("drop function home_sees(uuid), staff_sees(uuid, date), staff_saw(uuid, date)")
