"""A directory of organisations, and addresses for calendar apps.

The directory is of teachers, deans and the city. Of what other schools did there, and of the stories about it, only
numbers leave the database, and no number of stories below ten. A calendar address opens by the hash of its secret: the
person behind it becomes the viewer of that one transaction, so that row-level security holds there too.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FUNCTIONS = """
create function keeps_directory(viewer uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from staff_role role
        where role.person_id = viewer and role.role in ('teacher', 'dean', 'coordinator')
          and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today));
end;

-- What schools did with an organisation: how often, for what, in which year.
create function organisation_offers(which uuid)
returns table (school_id uuid, school_year integer, form text, times bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select activity.school_id, school_year_of(activity.happens_on), activity.form, count(*)
    from activity
    where activity.organisation_id = which and activity.state = 'published'
      and keeps_directory(viewer_id(), app_today())
    group by 1, 2, 3;
end;

-- How many stories are shared of that, of all schools; nothing below ten.
create function organisation_stories(which uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case when count(*) >= 10 then count(*)::integer end
    from activity join entry on entry.details ->> 'activityId' = activity.id::text
    where activity.organisation_id = which and entry.state in ('shared', 'asked_back', 'seen')
      and keeps_directory(viewer_id(), app_today());
end;

-- Whose calendar address this is, who then is the viewer of this transaction; nobody where the account is closed.
create function begin_calendar(secret_hash bytea, today date) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    viewer uuid;
begin
    select feed.person_id into viewer
    from calendar_feed feed join person on person.id = feed.person_id
    where feed.secret_hash = begin_calendar.secret_hash and person.closed_at is null
      and not exists (select from account where account.person_id = person.id and account.closed_at is not null);
    perform set_config('app.viewer', coalesce(viewer::text, ''), true), set_config('app.today', today::text, true);
    return viewer;
end $$;

revoke execute on function keeps_directory(uuid, date), organisation_offers(uuid), organisation_stories(uuid),
    begin_calendar(bytea, date) from public;
grant execute on function keeps_directory(uuid, date), organisation_offers(uuid), organisation_stories(uuid),
    begin_calendar(bytea, date) to talent_app;
"""

POLICIES = """
alter table organisation enable row level security;
alter table calendar_feed enable row level security;

create policy directory_read on organisation for select to talent_app
using ((select keeps_directory(viewer_id(), app_today())));
create policy directory_add on organisation for insert to talent_app
with check (added_by = (select viewer_id()) and (select keeps_directory(viewer_id(), app_today())));
create policy directory_change on organisation for update to talent_app
using ((select keeps_directory(viewer_id(), app_today())));

create policy feed_own on calendar_feed for all to talent_app
using (person_id = (select viewer_id())) with check (person_id = (select viewer_id()));

grant select, insert on organisation to talent_app;
grant update (name, name_key, place, place_key, website, work_fields, forms, note, archived_at, version, updated_at)
    on organisation to talent_app;
grant select, insert, update, delete on calendar_feed to talent_app;
"""

ENTRY_INDEX = """
create index concurrently ix_entry_activity on entry ((details ->> 'activityId'))
    where (details ->> 'activityId') is not null
"""


def upgrade() -> None:
    # Beside running users, and without a half-made one of an earlier try.
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_entry_activity")
        op.execute(ENTRY_INDEX)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("place_key", sa.Text(), server_default="", nullable=False),
        sa.Column("website", sa.Text(), server_default="", nullable=False),
        sa.Column("work_fields", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("forms", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_organisation_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name_key", "place_key", name=op.f("uq_organisation_name_key_place_key")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feed_secret_hash")),
    )
    op.add_column("activity", sa.Column("organisation_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_activity_organisation_id"), "activity", "organisation", ["organisation_id"], ["id"],
        postgresql_not_valid=True,
    )  # fmt: skip
    op.execute("alter table activity validate constraint fk_activity_organisation_id")
    op.create_index("ix_activity_organisation_id", "activity", ["organisation_id"])
    op.create_index("ix_activity_happens_on", "activity", ["happens_on"])
    op.execute(FUNCTIONS)
    op.execute(POLICIES)


def downgrade() -> None:
    for function in ("begin_calendar(bytea, date)", "organisation_stories(uuid)", "organisation_offers(uuid)"):
        op.execute(f"drop function {function}")
    op.drop_index("ix_activity_happens_on", "activity")
    op.drop_column("activity", "organisation_id")
    op.drop_table("calendar_feed")
    op.drop_table("organisation")
    op.execute("drop function keeps_directory(uuid, date)")
    op.drop_index("ix_entry_activity", "entry")
