"""Notices that something happened, filled by the facts themselves; and the weekly mail.

Nobody writes a notice: triggers on the facts call `tell_notice`, which no role may call. A person reads the own ones
and says which were read. A notice holds who, what kind and about which thing, and nothing of what was said or shown.

An address for mail becomes good by a code that the worker makes and mails; the app's role reads neither that code nor
the secret with which a mail is switched off.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TELLING = """
-- The moment of this request, to the minute; for facts that leave no moment behind.
create function request_moment() returns timestamptz
language sql stable security definer set search_path = public, pg_temp
return (select max(last_seen_at) from session where person_id = viewer_id());

-- Puts a notice in somebody's list: the same fact about the same thing on one day is one notice, unread again. Within a
-- request its day is the day of that request, whatever the fact says. Nobody is told what they did themselves.
create function tell_notice(
    to_person uuid, of_kind text, about uuid, pupil uuid, actor uuid, at_moment timestamptz
) returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    moment timestamptz := coalesce(at_moment, request_moment());
begin
    if to_person is null or to_person = actor then
        return;
    end if;
    if (moment at time zone 'Europe/Amsterdam')::date <> app_today() then
        moment := coalesce(request_moment(), app_today()::timestamp at time zone 'Europe/Amsterdam');
    end if;
    insert into notice (id, person_id, kind, about_id, pupil_id, actor_id, on_day, at)
    values (uuidv7(), to_person, of_kind, about, pupil, actor, (moment at time zone 'Europe/Amsterdam')::date, moment)
    on conflict (person_id, kind, about_id, on_day) do update
    set at = greatest(notice.at, excluded.at), actor_id = excluded.actor_id, read_at = null;
end $$;

-- The guardians who see ring 2 of this pupil on this day.
create function open_guardians(pupil uuid, today date) returns table (guardian_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 2
begin atomic
    select tie.guardian_id from guardianship tie join person on person.id = tie.pupil_id
    where tie.pupil_id = pupil and tie.state = 'confirmed' and (tie.custody = 'yes' or tie.opened_on <= today)
      and home_open(person.birth_date, person.home_sharing_since, today);
end;

-- Who looks after this placement on this day: its mentors, or where there is none, its teachers.
create function mentors_of(of_placement uuid, today date) returns table (person_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 2
begin atomic
    with teacher as (
        select role.person_id, bool_or(given.is_mentor) is_mentor
        from group_membership member
        join group_assignment given on given.group_id = member.group_id
        join staff_role role on role.id = given.staff_role_id and role.role = 'teacher'
        where member.placement_id = of_placement
          and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today)
          and given.starts_on <= today and (given.ends_on is null or given.ends_on >= today)
          and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
        group by role.person_id
    )
    select teacher.person_id from teacher
    where teacher.is_mentor or not exists (select from teacher other where other.is_mentor);
end;

-- Who takes part in an activity: of the groups on its first day; who signed up, where one signs up (`only_who_come`).
create function activity_pupils(of_activity uuid, only_who_come boolean) returns table (pupil_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select distinct placement.pupil_id
    from activity
    join activity_group invited on invited.activity_id = activity.id
    join group_membership member on member.group_id = invited.group_id
    join placement on placement.id = member.placement_id
    where activity.id = of_activity
      and placement.starts_on <= happens_on and (placement.ends_on is null or placement.ends_on >= happens_on)
      and member.starts_on <= happens_on and (member.ends_on is null or member.ends_on >= happens_on)
      and (not only_who_come or not activity.sign_up or exists (
          select from activity_sign_up signed
          where signed.activity_id = activity.id and signed.pupil_id = placement.pupil_id))
    union
    select signed.pupil_id from activity join activity_sign_up signed on signed.activity_id = activity.id
    where activity.id = of_activity and activity.school_id is null and only_who_come;
end;
"""

FACTS = """
create function notice_of_feedback() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    pupil uuid := (select pupil_id from entry where id = new.entry_id);
    of_kind text := case
        when new.voice = 'home' then 'home_reaction'
        when new.kind = 'ask_back' then 'entry_asked_back' else 'entry_feedback' end;
begin
    if tg_op = 'INSERT' then
        perform tell_notice(pupil, of_kind, new.entry_id, pupil, new.author_id, new.created_at);
    elsif not exists (
        select from feedback other
        where other.entry_id = new.entry_id and other.id <> new.id and other.voice = new.voice
          and other.kind = new.kind and other.withdrawn_at is null
          and (other.created_at at time zone 'Europe/Amsterdam')::date
              = (new.created_at at time zone 'Europe/Amsterdam')::date
    ) then
        -- What was taken back was not said.
        delete from notice
        where person_id = pupil and notice.kind = of_kind and about_id = new.entry_id
          and on_day = (new.created_at at time zone 'Europe/Amsterdam')::date;
    end if;
    return null;
end $$;
create trigger tell after insert on feedback for each row
when (viewer_id() is not null and new.voice <> 'pupil') execute function notice_of_feedback();
create trigger take_back after update of withdrawn_at on feedback for each row
when (new.withdrawn_at is not null and old.withdrawn_at is null and new.voice <> 'pupil')
execute function notice_of_feedback();

create function notice_of_entry() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    today date := app_today();
    was_open boolean := old.state in ('shared', 'asked_back', 'seen');
    is_open boolean := new.state in ('shared', 'asked_back', 'seen');
begin
    if new.state = 'seen' and old.state <> 'seen' then
        perform tell_notice(new.pupil_id, 'entry_seen', new.id, new.pupil_id, new.seen_by, new.seen_at);
    elsif new.state = 'shared' and old.state <> 'shared' and new.ring >= 1 then
        perform tell_notice(mentor.person_id, 'review_waiting', null, null, new.pupil_id, new.shared_at)
        from (select person_id from mentors_of(new.placement_id, today) order by person_id) mentor;
    end if;
    if is_open and new.ring >= 2 and not (was_open and old.ring >= 2) then
        perform tell_notice(guardian.guardian_id, 'home_new', new.pupil_id, new.pupil_id, new.pupil_id, new.updated_at)
        from (select guardian_id from open_guardians(new.pupil_id, today) order by guardian_id) guardian;
    end if;
    return null;
end $$;
create trigger tell after update of state, ring on entry for each row
when (viewer_id() is not null and (new.state, new.ring) is distinct from (old.state, old.ring))
execute function notice_of_entry();

create function notice_of_activity() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    of_kind text := case
        when new.state = 'cancelled' then 'activity_cancelled'
        when old.state = 'published' then 'activity_moved' else 'activity_ready' end;
begin
    if of_kind = 'activity_ready' and new.school_id is null then
        return null;  -- the city offers; one looks for oneself
    end if;
    perform tell_notice(
        coming.pupil_id, of_kind, new.id, coming.pupil_id, coalesce(new.changed_by, new.planned_by), new.updated_at)
    from (select pupil_id from activity_pupils(new.id, of_kind <> 'activity_ready') order by pupil_id) coming;
    return null;
end $$;
create trigger tell after update on activity for each row when (
    viewer_id() is not null and coalesce(new.ends_on, new.happens_on) >= app_today() and (
        (new.state = 'published' and old.state <> 'published')
        or (new.state = 'cancelled' and old.state = 'published')
        or (new.state = 'published' and old.state = 'published'
            and (new.happens_on, new.ends_on, new.starts_at, new.place)
                is distinct from (old.happens_on, old.ends_on, old.starts_at, old.place)))
) execute function notice_of_activity();

-- A group that is invited later.
create function notice_of_invited_group() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(placement.pupil_id, 'activity_ready', plan.id, placement.pupil_id, viewer_id(), null)
    from activity plan
    join group_membership member on member.group_id = new.group_id
    join placement on placement.id = member.placement_id
    where plan.id = new.activity_id and plan.state = 'published' and plan.school_id is not null
      and coalesce(plan.ends_on, plan.happens_on) >= app_today()
      and placement.starts_on <= plan.happens_on
      and (placement.ends_on is null or placement.ends_on >= plan.happens_on)
      and member.starts_on <= plan.happens_on and (member.ends_on is null or member.ends_on >= plan.happens_on)
      and not exists (select from notice told where told.person_id = placement.pupil_id
                      and told.kind = 'activity_ready' and told.about_id = plan.id);
    return null;
end $$;
create trigger tell after insert on activity_group for each row when (viewer_id() is not null)
execute function notice_of_invited_group();

-- Signed off by somebody else. Who signs off oneself knows.
create function notice_of_lost_place() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(old.pupil_id, 'place_lost', old.activity_id, old.pupil_id, viewer_id(), null)
    from activity plan where plan.id = old.activity_id and plan.state = 'published' and plan.happens_on >= app_today();
    return null;
end $$;
create trigger tell after delete on activity_sign_up for each row
when (viewer_id() is not null and viewer_id() is distinct from old.pupil_id)
execute function notice_of_lost_place();

-- Claimed with a code: the school's admins; confirmed by the school: the parent, who is asked for consent as well.
create function notice_of_link() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    today date := coalesce(app_today(), (new.created_at at time zone 'Europe/Amsterdam')::date);
begin
    if new.state = 'claimed' then
        perform tell_notice(admin.person_id, 'link_asked', admin.school_id, null, new.guardian_id, new.created_at)
        from (
            select distinct role.person_id, role.school_id
            from placement join staff_role role on role.school_id = placement.school_id and role.role = 'admin'
            where placement.pupil_id = new.pupil_id
              and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
              and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
            order by role.person_id, role.school_id
        ) admin;
        return null;
    end if;
    if new.custody = 'yes' or new.opened_on <= today then
        perform tell_notice(new.guardian_id, 'link_confirmed', new.id, new.pupil_id, viewer_id(), null);
    end if;
    if new.custody = 'yes' then
        perform tell_notice(new.guardian_id, 'consent_asked', new.pupil_id, new.pupil_id, viewer_id(), null)
        from person where person.id = new.pupil_id and coalesce(years_old(birth_date, today), 0) < 16;
    end if;
    return null;
end $$;
create trigger tell_new after insert on guardianship for each row
when (new.state = 'claimed' and claimed_selector() is not null) execute function notice_of_link();
create trigger tell after update on guardianship for each row when (
    (new.state = 'claimed' and old.state <> 'claimed' and claimed_selector() is not null)
    or (new.state = 'confirmed' and viewer_id() is not null
        and (old.state, old.custody, old.opened_on) is distinct from (new.state, new.custody, new.opened_on))
) execute function notice_of_link();

create function notice_of_factor() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(new.person_id, 'factor_changed', null, null, null, new.at);
    return null;
end $$;
create trigger tell after insert on factor_change for each row execute function notice_of_factor();

-- What days bring: a birthday that closes home, told from 30 days before; a consent that is open, once in 90 days.
-- `purpose`, `version` and `guardians_until` are of the consent that guardians give. Run again, it adds nothing.
create function tell_of_the_day(
    today date, at_moment timestamptz, of_purpose text, of_version integer, guardians_until integer
) returns void language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), told.person_id, 'home_closes', pupil.id, pupil.id, home_closes_on(pupil.birth_date, today),
           at_moment
    from person pupil
    cross join lateral (
        select pupil.id as person_id union select guardian_id from open_guardians(pupil.id, today)
    ) told
    where home_closes_on(pupil.birth_date, today) is not null
      and exists (select from placement where placement.pupil_id = pupil.id and placement.starts_on <= today
                  and (placement.ends_on is null or placement.ends_on >= today))
    on conflict (person_id, kind, about_id, on_day) do nothing;

    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), tie.guardian_id, 'consent_asked', tie.pupil_id, tie.pupil_id, today, at_moment
    from guardianship tie join person pupil on pupil.id = tie.pupil_id
    where tie.state = 'confirmed' and tie.custody = 'yes'
      and coalesce(years_old(pupil.birth_date, today), 0) < guardians_until
      and exists (select from placement where placement.pupil_id = pupil.id and placement.starts_on <= today
                  and (placement.ends_on is null or placement.ends_on >= today))
      and not exists (select from consent where consent.pupil_id = tie.pupil_id and consent.purpose = of_purpose
                      and consent.version = of_version and consent.asked_of = tie.guardian_id
                      and consent.ended_at is null and consent.answer is not null)
      and not exists (select from notice told where told.person_id = tie.guardian_id and told.kind = 'consent_asked'
                      and told.about_id = tie.pupil_id and told.on_day > today - 90)
    on conflict (person_id, kind, about_id, on_day) do nothing;
end;
"""

MAIL = """
-- A new address waits for its code, which the worker makes when it mails it. The one before stays good until then.
create function ask_mail_address(wanted text, at_moment timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if viewer_id() is null then
        raise insufficient_privilege using message = 'nobody is signed in';
    end if;
    insert into mail_address (person_id, pending, asked_at, weekly, bounces, misses, off_secret)
    values (viewer_id(), wanted, at_moment, true, 0, 0, new_off_secret())
    on conflict (person_id) do update
    set pending = excluded.pending, asked_at = excluded.asked_at, code_hash = null, misses = 0;
end $$;

create function new_off_secret() returns bytea language sql volatile
return decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');

-- done | wrong | gone (nothing waits, too old, or five times wrong).
create function confirm_mail_address(code text, at_moment timestamptz) returns text
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
        stopped_at = null, weekly = true
    where person_id = mine.person_id;
    return 'done';
end $$;

-- By who has a mail in hand: on, off, or (null) only looking. Null where no mail has this secret.
create function switch_weekly_mail(secret bytea, wanted boolean) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    outcome boolean;
begin
    if wanted is null then
        select weekly into outcome from mail_address where off_secret = secret;
    else
        update mail_address set weekly = wanted where off_secret = secret returning weekly into outcome;
    end if;
    return outcome;
end $$;

-- Whoever used a code that came by mail has that mailbox. A parent gets the weekly mail from then on.
create function address_of_invitation() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    insert into mail_address (person_id, address, confirmed_at, weekly, bounces, misses, off_secret)
    values (new.claimed_by, new.mail_to, new.claimed_at, new.kind = 'guardian', 0, 0, new_off_secret())
    on conflict (person_id) do nothing;
    return null;
end $$;
create trigger keep_address after update of claimed_by on invitation for each row
when (new.claimed_by is not null and old.claimed_by is null and new.mail_to is not null
      and new.kind in ('guardian', 'account'))
execute function address_of_invitation();

-- How many unread notices are new for somebody since a moment, and about how many own children; only of what still
-- opens to them, and of kinds that they want by mail; nothing where the account is closed.
create function news_for(person uuid, since timestamptz, before timestamptz, today date,
                         out notices integer, out children integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    with home as materialized (select pupil_id from home_pupils(news_for.person, today)),
    news as (
        select notice.kind, notice.pupil_id, notice.pupil_id in (select pupil_id from home) is_child
        from notice
        where notice.person_id = news_for.person and notice.read_at is null
          and not exists (select from person closed where closed.id = news_for.person and closed.closed_at is not null)
          and not exists (
              select from account where account.person_id = news_for.person and account.closed_at is not null)
          and notice.at >= since and notice.at < before
          and not exists (select from notice_setting setting where setting.person_id = news_for.person
                          and setting.kind = notice.kind and not setting.by_mail)
          and (notice.pupil_id is null or notice.pupil_id = news_for.person or notice.kind = 'link_confirmed'
               or notice.pupil_id in (select pupil_id from home)
               or notice.pupil_id in (select staff.pupil_id from staff_placements(news_for.person, today) staff))
          and (notice.kind <> 'home_new' or exists (
              select from entry where entry.pupil_id = notice.pupil_id and entry.ring >= 2
              and entry.state in ('shared', 'asked_back', 'seen')
              and entry.updated_at >= (notice.on_day::timestamp at time zone 'Europe/Amsterdam')))
    )
    select count(*)::integer, count(distinct news.pupil_id) filter (where news.is_child)::integer from news;
end;

-- Of a school's parents: how many get the weekly mail, switched it off, wait for a code, or have an address that sent
-- mail back. Counts, to the school's admins.
create function mail_counts(
    of_school uuid, out weekly integer, out off integer, out waiting integer, out stopped integer
) language sql stable security definer set search_path = public, pg_temp
begin atomic
    select count(*) filter (where mail.weekly and mail.confirmed_at is not null and mail.stopped_at is null)::integer,
           count(*) filter (where not mail.weekly and mail.stopped_at is null)::integer,
           count(*) filter (where mail.confirmed_at is null and mail.weekly)::integer,
           count(*) filter (where mail.stopped_at is not null)::integer
    from mail_address mail
    where of_school in (select school_id from admin_schools(viewer_id(), app_today()))
      and mail.person_id in (
          select tie.guardian_id from guardianship tie join placement on placement.pupil_id = tie.pupil_id
          where tie.state = 'confirmed' and placement.school_id = of_school
            and placement.starts_on <= app_today() and (placement.ends_on is null or placement.ends_on >= app_today()));
end;
"""

POLICIES = """
alter table notice enable row level security;
alter table notice_setting enable row level security;
alter table mail_address enable row level security;
alter table weekly_mail enable row level security;

create policy own on notice for select to talent_app using (person_id = (select viewer_id()));
create policy own_read on notice for update to talent_app
using (person_id = (select viewer_id())) with check (person_id = (select viewer_id()));
create policy worker_all on notice for all to talent_worker using (true) with check (true);

create policy own on notice_setting for all to talent_app
using (person_id = (select viewer_id())) with check (person_id = (select viewer_id()));

create policy own on mail_address for select to talent_app using (person_id = (select viewer_id()));
create policy own_weekly on mail_address for update to talent_app
using (person_id = (select viewer_id())) with check (person_id = (select viewer_id()));
create policy own_away on mail_address for delete to talent_app using (person_id = (select viewer_id()));
create policy worker_all on mail_address for all to talent_worker using (true) with check (true);
create policy worker_all on weekly_mail for all to talent_worker using (true) with check (true);

grant select on notice to talent_app;
grant update (read_at) on notice to talent_app;
grant select, update (read_at), delete on notice to talent_worker;
grant select, insert, delete on notice_setting to talent_app;
grant update (in_app, by_mail) on notice_setting to talent_app;
grant select (person_id, address, confirmed_at, pending, asked_at, weekly, stopped_at), delete on mail_address
    to talent_app;
grant update (weekly) on mail_address to talent_app;
grant select, update (code_hash, code_until, misses, bounces, stopped_at) on mail_address to talent_worker;
grant select, insert, update, delete on weekly_mail to talent_worker;

revoke execute on function request_moment(), tell_notice(uuid, text, uuid, uuid, uuid, timestamptz),
    open_guardians(uuid, date), mentors_of(uuid, date), activity_pupils(uuid, boolean), notice_of_feedback(),
    notice_of_entry(), notice_of_activity(), notice_of_invited_group(), notice_of_lost_place(), notice_of_link(),
    notice_of_factor(), tell_of_the_day(date, timestamptz, text, integer, integer), new_off_secret(),
    address_of_invitation(), ask_mail_address(text, timestamptz), confirm_mail_address(text, timestamptz),
    switch_weekly_mail(bytea, boolean), news_for(uuid, timestamptz, timestamptz, date), mail_counts(uuid) from public;
grant execute on function ask_mail_address(text, timestamptz), confirm_mail_address(text, timestamptz),
    switch_weekly_mail(bytea, boolean), mail_counts(uuid) to talent_app;
grant execute on function tell_of_the_day(date, timestamptz, text, integer, integer),
    news_for(uuid, timestamptz, timestamptz, date) to talent_worker;
"""

TRIGGERS = (
    ("keep_address", "invitation"),
    ("tell", "factor_change"),
    ("tell", "guardianship"),
    ("tell_new", "guardianship"),
    ("tell", "activity_sign_up"),
    ("tell", "activity_group"),
    ("tell", "activity"),
    ("tell", "entry"),
    ("take_back", "feedback"),
    ("tell", "feedback"),
)
FUNCTIONS = (
    "mail_counts(uuid)",
    "news_for(uuid, timestamptz, timestamptz, date)",
    "address_of_invitation()",
    "switch_weekly_mail(bytea, boolean)",
    "confirm_mail_address(text, timestamptz)",
    "ask_mail_address(text, timestamptz)",
    "new_off_secret()",
    "tell_of_the_day(date, timestamptz, text, integer, integer)",
    "notice_of_factor()",
    "notice_of_link()",
    "notice_of_lost_place()",
    "notice_of_invited_group()",
    "notice_of_activity()",
    "notice_of_entry()",
    "notice_of_feedback()",
    "activity_pupils(uuid, boolean)",
    "mentors_of(uuid, date)",
    "open_guardians(uuid, date)",
    "tell_notice(uuid, text, uuid, uuid, uuid, timestamptz)",
    "request_moment()",
)


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("pupil_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_notice_pupil_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_notice_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(
        "ix_notice_once_a_day",
        "notice",
        ["person_id", "kind", "about_id", "on_day"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_notice_person_id_at_id", "notice", ["person_id", "at", "id"])
    op.create_index("ix_notice_unread", "notice", ["person_id", "at"], postgresql_where=sa.text("read_at is null"))
    op.create_table(
        "notice_setting",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("in_app", sa.Boolean(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "in_app or kind not in ('consent_asked', 'factor_changed')", name=op.f("ck_notice_setting_heard")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_setting_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_notice_setting")),
    )
    op.create_table(
        "mail_address",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pending", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("bounces", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("off_secret", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(address is null) = (confirmed_at is null)", name=op.f("ck_mail_address_confirmed")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_address_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_address")),
        sa.UniqueConstraint("off_secret", name=op.f("uq_mail_address_off_secret")),
    )
    op.create_table(
        "weekly_mail",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("friday", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'sending', 'sent', 'nothing', 'refused', 'given_up')",
            name=op.f("ck_weekly_mail_state"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_weekly_mail_person_id")),
        sa.PrimaryKeyConstraint("person_id", "friday", name=op.f("pk_weekly_mail")),
    )
    op.create_index("ix_weekly_mail_friday", "weekly_mail", ["friday"])
    op.execute(TELLING)
    op.execute(FACTS)
    op.execute(MAIL)
    op.execute(POLICIES)


def downgrade() -> None:
    for trigger, table in TRIGGERS:
        op.execute(f"drop trigger {trigger} on {table}")
    # Of the functions that are kept whole, some read the tables.
    for function in FUNCTIONS:
        op.execute(f"drop function {function}")
    for table in ("weekly_mail", "mail_address", "notice_setting", "notice"):
        op.drop_table(table)
