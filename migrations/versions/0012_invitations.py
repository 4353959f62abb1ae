"""Invitations for parents and colleagues, and the school's decisions about who is whose parent.

An admin reaches invitations of the own schools, and ties of pupils placed there. Who holds a code is nobody yet: that
transaction says which code it is about (`app.claim`), sees that invitation alone, and may write what it stands for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- The first half of the code that this transaction is about; null in all others.
create function claimed_selector() returns text language sql stable parallel safe
return nullif(current_setting('app.claim', true), '');

-- Whether this viewer administers, on this day, a school where this pupil is placed.
create function administers_pupil(viewer uuid, pupil uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from placement join admin_schools(viewer, today) own on own.school_id = placement.school_id
        where placement.pupil_id = pupil and placement.starts_on <= today
          and (placement.ends_on is null or placement.ends_on >= today));
end;

-- For whom this code may still make something today: the pupil is at that school, or the person belongs to it.
create function invitation_holds(of_school uuid, person uuid, kind text, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case when kind = 'guardian' then exists (
        select from placement
        where pupil_id = person and school_id = of_school
          and starts_on <= today and (ends_on is null or ends_on >= today))
    else exists (
        select from staff_role
        where person_id = person and school_id = of_school and (ends_on is null or ends_on >= today))
    or exists (
        select from guardianship tie join placement on placement.pupil_id = tie.pupil_id
        where tie.guardian_id = person and tie.state <> 'ended' and placement.school_id = of_school
          and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today))
    end;
end;
"""

POLICIES = """
alter table invitation enable row level security;
alter table guardianship_decision enable row level security;
alter table account enable row level security;

create policy by_school on invitation for all to talent_app using (
    school_id = any (array(select school_id from admin_schools((select viewer_id()), (select app_today()))))
);
create policy by_holder on invitation for select to talent_app using (selector = (select claimed_selector()));
create policy taken_by_holder on invitation for update to talent_app using (
    selector = (select claimed_selector()) and claimed_at is null and ended_at is null
) with check (selector = (select claimed_selector()));
create policy worker_all on invitation for all to talent_worker using (true) with check (true);

create policy decided_by_school on guardianship_decision for all to talent_app using (
    exists (select from guardianship tie where tie.id = guardianship_id
            and administers_pupil((select viewer_id()), tie.pupil_id, (select app_today())))
) with check (
    decided_by = (select viewer_id())
    and exists (select from guardianship tie where tie.id = guardianship_id
                and administers_pupil((select viewer_id()), tie.pupil_id, (select app_today())))
);

-- Nobody decides about a link of their own.
create policy decide on guardianship for update to talent_app using (
    guardian_id <> (select viewer_id())
    and administers_pupil((select viewer_id()), pupil_id, (select app_today()))
);

-- A claim opens nothing: it waits, without custody.
create policy claim on guardianship for insert to talent_app with check (
    state = 'claimed' and custody = 'no' and opened_on is null and confirmed_at is null
    and exists (select from invitation where invitation.selector = (select claimed_selector())
                and invitation.kind = 'guardian' and invitation.person_id = pupil_id
                and invitation.claimed_by = guardian_id)
);
create policy claim_again on guardianship for update to talent_app using (
    exists (select from invitation where invitation.selector = (select claimed_selector())
            and invitation.kind = 'guardian' and invitation.person_id = pupil_id
            and invitation.claimed_by = guardian_id)
) with check (
    exists (select from invitation where invitation.selector = (select claimed_selector())
            and invitation.claimed_by = guardian_id)
    and state = 'claimed' and custody = 'no' and opened_on is null and confirmed_at is null
);

create policy by_invitation on person for insert to talent_app with check (
    birth_date is null and home_sharing_since is null
    and exists (select from invitation where invitation.selector = (select claimed_selector())
                and invitation.kind = 'guardian' and invitation.claimed_at is null)
);

create policy read_all on account for select to talent_app using (true);
create policy worker_all on account for all to talent_worker using (true) with check (true);
create policy by_invitation on account for insert to talent_app with check (
    exists (select from invitation where invitation.selector = (select claimed_selector())
            and invitation.kind in ('guardian', 'account') and invitation.claimed_by = account.person_id)
);
create policy own_password on account for update to talent_app using (
    person_id = (select viewer_id())
    or exists (select from invitation where invitation.selector = (select claimed_selector())
               and invitation.kind = 'reset' and invitation.claimed_by = account.person_id)
);
"""

GRANTS = """
revoke execute on function administers_pupil(uuid, uuid, date), invitation_holds(uuid, uuid, text, date) from public;
grant execute on function administers_pupil(uuid, uuid, date), invitation_holds(uuid, uuid, text, date) to talent_app;
grant select, insert, delete on invitation to talent_app;
grant update (ended_at, misses, claimed_at, claimed_by, relation) on invitation to talent_app;
grant select, update (secret_hash, mailed_at) on invitation to talent_worker;
grant select, insert on guardianship_decision to talent_app;
grant insert on guardianship to talent_app;
grant update (state, custody, opened_on, confirmed_at, created_at) on guardianship to talent_app;
grant insert on person, account to talent_app;
grant update (password_hash) on account to talent_app;
"""


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.SmallInteger(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_to", sa.Text(), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("misses", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.CheckConstraint("kind in ('guardian', 'account', 'reset')", name=op.f("ck_invitation_kind")),
        sa.CheckConstraint(
            "relation in ('mother', 'father', 'caretaker', 'other')", name=op.f("ck_invitation_relation")
        ),
        sa.CheckConstraint("(claimed_at is null) = (claimed_by is null)", name=op.f("ck_invitation_claimed")),
        sa.ForeignKeyConstraint(["claimed_by"], ["person.id"], name=op.f("fk_invitation_claimed_by")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_invitation_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_invitation_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("selector", name=op.f("uq_invitation_selector")),
    )
    op.create_index(op.f("ix_invitation_school_id_person_id"), "invitation", ["school_id", "person_id"])
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"])
    op.create_table(
        "guardianship_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guardianship_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("custody", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_guardianship_decision_decided_by")),
        sa.ForeignKeyConstraint(
            ["guardianship_id"], ["guardianship.id"], name=op.f("fk_guardianship_decision_guardianship_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianship_decision")),
    )
    op.create_index(
        op.f("ix_guardianship_decision_guardianship_id_decided_at"),
        "guardianship_decision",
        ["guardianship_id", "decided_at"],
    )
    op.execute(FUNCTIONS)
    op.execute(POLICIES)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("revoke insert on guardianship, person, account from talent_app")
    op.execute("revoke update (state, custody, opened_on, confirmed_at, created_at) on guardianship from talent_app")
    op.execute("revoke update (password_hash) on account from talent_app")
    for policy, table in (
        ("own_password", "account"),
        ("by_invitation", "account"),
        ("read_all", "account"),
        ("worker_all", "account"),
        ("by_invitation", "person"),
        ("claim_again", "guardianship"),
        ("claim", "guardianship"),
        ("decide", "guardianship"),
    ):
        op.execute(f"drop policy {policy} on {table}")
    op.execute("alter table account disable row level security")
    op.drop_table("guardianship_decision")
    op.drop_table("invitation")
    op.execute("drop function invitation_holds(uuid, uuid, text, date)")
    op.execute("drop function administers_pupil(uuid, uuid, date)")
    op.execute("drop function claimed_selector()")
