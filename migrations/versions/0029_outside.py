"""Somebody from outside says something about one experience: the link, who agrees to it, the code, the answer.

Who holds a link is nobody here: what opens to them are functions that ask for the secret of an outside session, and
find one entry with it. The app's role reads no address, no secret and no session, writes no answer and makes no word
in somebody else's voice. A link opens nothing where the age rules, the entry, the placement or its end say no, each
time anew.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

RULES = """
-- Who says yes or no where the pupil is 12 to 15: a mentor of the class (where it has none any of its teachers, where
-- it has nobody the dean), and guardians with custody.
create function outside_deciders(of_link uuid, today date) returns table (person_id uuid, side text)
language sql stable security definer set search_path = public, pg_temp rows 4
begin atomic
    with asked as (
        select link.pupil_id, placement.id placement_id, placement.school_id
        from outside_link link join entry on entry.id = link.entry_id
         and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
        join placement on placement.id = entry.placement_id
         and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
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

-- Ring 3 by age: under 12 never, at 12 to 15 with a yes of school and one of home that still has custody, and no no.
create function outside_allowed(of_link uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce(case
        when years_old(person.birth_date, today) >= 16 then true
        when years_old(person.birth_date, today) < 12 then false
        else exists (select from outside_consent said
                     where said.link_id = link.id and said.side = 'school' and said.answer = 'yes')
         and exists (select from outside_consent said
                     join guardianship tie on tie.guardian_id = said.person_id and tie.pupil_id = link.pupil_id
                      and tie.state = 'confirmed' and tie.custody = 'yes'
                     where said.link_id = link.id and said.side = 'home' and said.answer = 'yes')
         and not exists (select from outside_consent said where said.link_id = link.id and said.answer = 'no')
    end, false)
    from outside_link link join person on person.id = link.pupil_id where link.id = of_link;
end;

-- Whether the link opens anything at this moment.
create function outside_open(of_link uuid, at timestamptz, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from outside_link link
        join person on person.id = link.pupil_id and person.closed_at is null
        join entry on entry.id = link.entry_id and entry.pupil_id = link.pupil_id and entry.kind = 'experience'
         and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
        join placement on placement.id = entry.placement_id
         and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
        where link.id = of_link and link.ended_at is null and link.expires_at > at)
    and outside_allowed(of_link, today);
end;

-- To whom it goes: known to the pupil, and to who is asked for a yes.
create function outside_address(of_link uuid) returns text
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select link.mail_to from outside_link link
    where link.id = of_link and (
        link.pupil_id = viewer_id()
        or exists (select from outside_deciders(of_link, app_today()) who where who.person_id = viewer_id()));
end;

create function outside_decides(of_link uuid, as_side text) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from outside_deciders(of_link, app_today()) who
                   where who.person_id = viewer_id() and (as_side is null or who.side = as_side));
end;
"""

HOLDER = """
-- A code is asked for with the link: a session that opens nothing yet, for the browser that asked. Null: no such link,
-- or it opens nothing.
create function outside_ask_code(link_hash bytea, session uuid, session_hash bytea, at timestamptz, today date)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare link uuid;
begin
    select id into link from outside_link where token_hash = link_hash;
    if link is null or not outside_open(link, at, today) then
        return null;
    end if;
    insert into outside_session (id, link_id, token_hash, tries, asked_at, code_until, expires_at)
    values (session, link, session_hash, 0, at, at + interval '10 minutes', at + interval '10 minutes');
    return link;
end $$;

-- One try of five. Of a hundred at the same moment the row lets five through, one after the other; the right one uses
-- the code up, and the session gets a new secret.
create function outside_prove(session_hash bytea, typed bytea, new_hash bytea, at timestamptz, today date)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare found_session outside_session;
begin
    update outside_session set tries = tries + 1
    where token_hash = session_hash and opened_at is null and tries < 5 and code_until > at and code_hash is not null
    returning * into found_session;
    if found_session.id is null or found_session.code_hash <> typed
       or not outside_open(found_session.link_id, at, today) then
        return false;
    end if;
    update outside_session
    set token_hash = new_hash, code_hash = null, opened_at = at, expires_at = at + interval '1 hour'
    where id = found_session.id;
    return true;
end $$;

-- The link behind an open session, while it opens anything.
create function outside_link_of(session_hash bytea, at timestamptz, today date) returns outside_link
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select link from outside_session held join outside_link link on link.id = held.link_id
    where held.token_hash = session_hash and held.opened_at is not null and held.expires_at > at
      and outside_open(link.id, at, today);
end;

-- The files that come along: not those of answers and logbook days that the pupil does not show.
create function outside_files(of_link outside_link) returns setof attachment
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select file.* from attachment file join entry on entry.id = file.entry_id
    where file.entry_id = of_link.entry_id and file.state = 'ready'
      and not exists (
        select from jsonb_array_elements(entry.answers) said
        where said ->> 'attachmentId' = file.id::text and not said ->> 'questionId' = any (of_link.shown_answers))
      and (of_link.shows_logbook or not coalesce(entry.details -> 'logbook', '[]') @? format(
        '$[*].attachmentIds[*] ? (@ == "%s")', file.id)::jsonpath);
end;

-- The one page of who holds a link; the look is noted, once a day.
create function outside_entry(session_hash bytea, at timestamptz, today date) returns json
language plpgsql security definer set search_path = public, pg_temp as $$
declare link outside_link; page json;
begin
    link := outside_link_of(session_hash, at, today);
    if link.id is null then
        return null;
    end if;
    insert into outside_look (link_id, on_date, pupil_id, entry_id, who, at)
    values (link.id, today, link.pupil_id, link.entry_id, link.who, at) on conflict do nothing;
    select json_build_object(
        'givenName', person.given_name, 'school', school.name, 'who', link.who, 'locale', link.locale,
        'until', (link.expires_at at time zone 'Europe/Amsterdam')::date,
        'title', entry.title, 'happenedOn', entry.happened_on, 'endedOn', entry.ended_on, 'body', entry.body,
        'form', entry.details ->> 'form', 'organisation', coalesce(entry.details ->> 'organisation', ''),
        'hours', entry.details -> 'hours',
        'logbook', coalesce((
            select json_agg(json_build_object('on', day ->> 'on', 'text', coalesce(day ->> 'text', '')) order by place)
            from jsonb_array_elements(coalesce(entry.details -> 'logbook', '[]')) with ordinality days(day, place)
            where link.shows_logbook and coalesce(day ->> 'text', '') <> ''), '[]'),
        'answers', coalesce((
            select json_agg(json_build_object('question', said ->> 'question', 'text', coalesce(said ->> 'text', ''))
                            order by place)
            from jsonb_array_elements(entry.answers) with ordinality told(said, place)
            where said ->> 'questionId' = any (link.shown_answers)
              and coalesce(said ->> 'text', '') <> ''), '[]'),
        'files', coalesce((
            select json_agg(json_build_object(
                'id', file.id, 'kind', file.kind, 'name', file.name, 'alt', file.alt, 'size', file.size,
                'caution', file.caution, 'hasThumbnail', file.thumbnail_key is not null,
                'width', file.width, 'height', file.height) order by file.position, file.id)
            from outside_files(link) file), '[]'),
        'answer', (
            select json_build_object('saidBy', said.said_by, 'good', said.good, 'grew', said.grew, 'tip', said.tip,
                                     'words', said.words, 'version', said.version)
            from outside_answer said where said.link_id = link.id))
    into page
    from entry join person on person.id = entry.pupil_id
    join placement on placement.id = entry.placement_id join school on school.id = placement.school_id
    where entry.id = link.entry_id;
    return page;
end $$;

-- One of its files.
create function outside_file(session_hash bytea, which uuid, at timestamptz, today date) returns setof attachment
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into outside_look (link_id, on_date, pupil_id, entry_id, who, at)
    select link.id, today, link.pupil_id, link.entry_id, link.who, at
    from outside_link_of(session_hash, at, today) link where link.id is not null on conflict do nothing;
    select file.* from outside_link_of(session_hash, at, today) link
    cross join lateral outside_files(link) file where link.id is not null and file.id = which;
end;

-- Keeps what was said, from the version that one had (none: the first). Null: the link opens nothing any more.
-- `version` as it is now; `kept` is false where somebody else was first.
create function outside_say(
    session_hash bytea, said_by text, good text, grew text, tip text, words text[], seen integer,
    at timestamptz, today date, out kept boolean, out now_version integer
) language plpgsql security definer set search_path = public, pg_temp as $$
declare link outside_link; before outside_answer;
begin
    link := outside_link_of(session_hash, at, today);
    if link.id is null then
        return;
    end if;
    -- Whoever decides about it at this moment is waited for, and ends the link.
    perform from outside_link where id = link.id and ended_at is null for update;
    if not found then
        return;
    end if;
    select * into before from outside_answer where link_id = link.id;
    if (before.said_by, before.good, before.grew, before.tip, before.words)
       is not distinct from (said_by, good, grew, tip, words) then
        kept := true;
        now_version := before.version;
        return;
    end if;
    if before.version is distinct from seen then
        kept := false;
        now_version := coalesce(before.version, 0);
        return;
    end if;
    insert into outside_answer as answer (link_id, said_by, good, grew, tip, words, sent_at, version, state)
    values (link.id, outside_say.said_by, outside_say.good, outside_say.grew, outside_say.tip, outside_say.words,
            at, 1, 'sent')
    on conflict (link_id) do update set
        said_by = excluded.said_by, good = excluded.good, grew = excluded.grew, tip = excluded.tip,
        words = excluded.words, sent_at = excluded.sent_at, version = answer.version + 1
    returning true, answer.version into kept, now_version;
end $$;

create function outside_leave(session_hash bytea) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    delete from outside_session where token_hash = session_hash;
end;
"""

DECISION = """
-- The pupil's word about an answer: only now its words stand in the talent picture, and the link ends. `now_version`
-- is null where there is no such answer of one's own; `done` is false where it changed since it was read.
create function outside_decide(
    of_link uuid, seen integer, decision text, tell boolean, at timestamptz, out done boolean, out now_version integer
) language plpgsql security definer set search_path = public, pg_temp as $$
declare link outside_link; answer outside_answer;
begin
    select * into link from outside_link where id = of_link and pupil_id = viewer_id() for update;
    if link.id is null or decision not in ('accepted', 'left_out', 'hidden') then
        return;
    end if;
    select * into answer from outside_answer where link_id = link.id;
    now_version := answer.version;
    done := answer.version = seen;
    if not coalesce(done, false) then
        return;
    end if;
    update outside_answer set
        state = decision, decided_at = at,
        told_at = case when decision = 'hidden' and tell then coalesce(told_at, at) end
    where link_id = link.id;
    update outside_link set ended_at = at, end_reason = 'decided' where id = link.id and ended_at is null;
    delete from talent_word where via_link = link.id;
    if decision = 'accepted' then
        insert into talent_word (id, entry_id, author_id, voice, word, key, given_at, said_by, via_link)
        select uuidv7(), link.entry_id, link.pupil_id, 'outside', word, lower(' ' || link.id || ' ' || word), at,
               answer.said_by, link.id
        from unnest(answer.words) word on conflict do nothing;
    end if;
end $$;
"""

POLICIES = """
alter table outside_link enable row level security;
alter table outside_consent enable row level security;
alter table outside_session enable row level security;
alter table outside_answer enable row level security;
alter table outside_look enable row level security;

create policy own on outside_link for select to talent_app using (pupil_id = (select viewer_id()));
create policy at_the_entry on outside_link for select to talent_app using (
    exists (select from entry where entry.id = entry_id));
create policy asked_along on outside_link for select to talent_app using (outside_decides(id, null));
create policy ask on outside_link for insert to talent_app with check (
    pupil_id = (select viewer_id()) and ended_at is null
    and expires_at <= ((select app_today()) + 91)::timestamptz
    and exists (select from person where person.id = (select viewer_id())
                and years_old(person.birth_date, (select app_today())) >= 12)
    and exists (select from entry where entry.id = entry_id and entry.pupil_id = (select viewer_id())
                and entry.kind = 'experience' and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1));
create policy end_own on outside_link for update to talent_app
using (pupil_id = (select viewer_id()) and ended_at is null)
with check (pupil_id = (select viewer_id()) and ended_at is not null and end_reason = 'withdrawn');
create policy refuse on outside_link for update to talent_app
using (ended_at is null and outside_decides(id, null))
with check (ended_at is not null and end_reason = 'refused');
create policy worker_all on outside_link for all to talent_worker using (true) with check (true);

create policy said on outside_consent for select to talent_app using (
    person_id = (select viewer_id())
    or exists (select from outside_link link where link.id = link_id and link.pupil_id = (select viewer_id())));
create policy say on outside_consent for insert to talent_app with check (
    person_id = (select viewer_id()) and outside_decides(link_id, side));
create policy say_again on outside_consent for update to talent_app
using (person_id = (select viewer_id()) and outside_decides(link_id, side))
with check (person_id = (select viewer_id()));

create policy worker_all on outside_session for all to talent_worker using (true) with check (true);

-- What was sent is the pupil's; once accepted it is read with the entry. What the pupil does not want and told school
-- about is read there too.
create policy own on outside_answer for select to talent_app using (
    exists (select from outside_link link where link.id = link_id and link.pupil_id = (select viewer_id())));
create policy with_the_entry on outside_answer for select to talent_app using (
    state = 'accepted' and exists (
        select from outside_link link join entry on entry.id = link.entry_id where link.id = link_id));
create policy told_school on outside_answer for select to talent_app using (
    told_at is not null and exists (
        select from outside_link link join entry on entry.id = link.entry_id
        where link.id = link_id and entry.placement_id = any ((select running_placements())::uuid[])));

create policy own on outside_look for select to talent_app using (pupil_id = (select viewer_id()));

-- Words that came by a link are made by the pupil's yes alone.
create policy not_by_hand on talent_word as restrictive for insert to talent_app with check (via_link is null);
create policy not_changed on talent_word as restrictive for update to talent_app
using (via_link is null) with check (via_link is null);

grant select (id, pupil_id, entry_id, who, locale, shown_answers, shows_logbook, asked_at, expires_at, mailed_at,
              bounced_at, ended_at, end_reason) on outside_link to talent_app;
grant insert (id, pupil_id, entry_id, who, mail_to, locale, shown_answers, shows_logbook, asked_at, expires_at)
    on outside_link to talent_app;
grant update (ended_at, end_reason) on outside_link to talent_app;
grant select, insert (link_id, person_id, side, answer, version, answered_at),
    update (answer, version, answered_at) on outside_consent to talent_app;
grant select on outside_answer, outside_look to talent_app;
grant select, update (token_hash, mailed_at, bounced_at, mail_to) on outside_link to talent_worker;
grant select, update (code_hash), delete on outside_session to talent_worker;
grant select on outside_answer to talent_worker;
create policy worker_reads on outside_answer for select to talent_worker using (true);
"""

TO_APP = """outside_allowed(uuid, date), outside_address(uuid), outside_decides(uuid, text),
    outside_deciders(uuid, date),
    outside_ask_code(bytea, uuid, bytea, timestamptz, date), outside_prove(bytea, bytea, bytea, timestamptz, date),
    outside_entry(bytea, timestamptz, date), outside_file(bytea, uuid, timestamptz, date),
    outside_say(bytea, text, text, text, text, text[], integer, timestamptz, date), outside_leave(bytea),
    outside_decide(uuid, integer, text, boolean, timestamptz)"""
INNER = """outside_open(uuid, timestamptz, date),
    outside_link_of(bytea, timestamptz, date), outside_files(outside_link)"""


def upgrade() -> None:
    _tables()
    op.add_column("talent_word", sa.Column("via_link", sa.Uuid(), nullable=True))
    for part in (RULES, HOLDER, DECISION, POLICIES):
        op.execute(part)
    op.execute(f"revoke execute on function {TO_APP}, {INNER} from public")
    op.execute(f"grant execute on function {TO_APP} to talent_app")
    op.execute("grant execute on function outside_allowed(uuid, date) to talent_worker")


def downgrade() -> None:
    op.execute("delete from talent_word where via_link is not null")
    op.execute("drop policy not_by_hand on talent_word")
    op.execute("drop policy not_changed on talent_word")
    op.drop_column("talent_word", "via_link")
    op.execute("drop policy refuse on outside_link; drop policy asked_along on outside_link")
    op.execute("drop policy say on outside_consent; drop policy say_again on outside_consent")
    for function in (
        "outside_decide(uuid, integer, text, boolean, timestamptz)",
        "outside_leave(bytea)",
        "outside_say(bytea, text, text, text, text, text[], integer, timestamptz, date)",
        "outside_file(bytea, uuid, timestamptz, date)",
        "outside_entry(bytea, timestamptz, date)",
        "outside_files(outside_link)",
        "outside_link_of(bytea, timestamptz, date)",
        "outside_prove(bytea, bytea, bytea, timestamptz, date)",
        "outside_ask_code(bytea, uuid, bytea, timestamptz, date)",
        "outside_decides(uuid, text)",
        "outside_address(uuid)",
        "outside_open(uuid, timestamptz, date)",
        "outside_allowed(uuid, date)",
        "outside_deciders(uuid, date)",
    ):
        op.execute(f"drop function {function}")
    op.drop_table("outside_look")
    op.drop_table("outside_answer")
    op.drop_table("outside_session")
    op.drop_table("outside_consent")
    op.drop_table("outside_link")


def _moment(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _tables() -> None:
    op.create_table(
        "outside_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("mail_to", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("shown_answers", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("shows_logbook", sa.Boolean(), server_default="false", nullable=False),
        _moment("asked_at", nullable=False),
        _moment("expires_at", nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        _moment("mailed_at"),
        _moment("bounced_at"),
        _moment("ended_at"),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("locale in ('nl', 'en', 'tr', 'pl', 'ar', 'bg')", name=op.f("ck_outside_link_locale")),
        sa.CheckConstraint(
            "end_reason in ('withdrawn', 'refused', 'decided')", name=op.f("ck_outside_link_end_reason")
        ),
        sa.CheckConstraint("(ended_at is null) = (end_reason is null)", name=op.f("ck_outside_link_ended")),
        sa.CheckConstraint(
            "expires_at > asked_at and expires_at <= asked_at + interval '91 days'", name=op.f("ck_outside_link_days")
        ),
        sa.CheckConstraint("length(who) between 1 and 80", name=op.f("ck_outside_link_who")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_outside_link_entry_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_outside_link_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_outside_link_token_hash")),
    )
    op.create_index(op.f("ix_outside_link_pupil_id"), "outside_link", ["pupil_id"])
    op.create_index(op.f("ix_outside_link_entry_id"), "outside_link", ["entry_id"])
    _hangs_on_link(
        "outside_consent",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        _moment("answered_at", nullable=False),
        sa.CheckConstraint("side in ('school', 'home')", name=op.f("ck_outside_consent_side")),
        sa.CheckConstraint("answer in ('yes', 'no')", name=op.f("ck_outside_consent_answer")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outside_consent_person_id")),
        sa.PrimaryKeyConstraint("link_id", "person_id", name=op.f("pk_outside_consent")),
    )
    _hangs_on_link(
        "outside_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        _moment("asked_at", nullable=False),
        _moment("code_until", nullable=False),
        _moment("opened_at"),
        _moment("expires_at", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_outside_session_token_hash")),
    )
    op.create_index(op.f("ix_outside_session_link_id"), "outside_session", ["link_id"])
    _hangs_on_link(
        "outside_answer",
        sa.Column("said_by", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("good", "grew", "tip")),
        sa.Column("words", ARRAY(sa.Text()), nullable=False),
        _moment("sent_at", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _moment("decided_at"),
        _moment("told_at"),
        sa.CheckConstraint("state in ('sent', 'accepted', 'left_out', 'hidden')", name=op.f("ck_outside_answer_state")),
        sa.CheckConstraint("cardinality(words) <= 3", name=op.f("ck_outside_answer_words")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_outside_answer")),
    )
    op.create_table(
        "outside_look",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        _moment("at", nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_outside_look_pupil_id")),
        sa.PrimaryKeyConstraint("link_id", "on_date", name=op.f("pk_outside_look")),
    )
    op.create_index(op.f("ix_outside_look_pupil_id_on_date"), "outside_look", ["pupil_id", "on_date"])


def _hangs_on_link(table: str, *parts: sa.schema.SchemaItem) -> None:
    key = sa.ForeignKeyConstraint(
        ["link_id"], ["outside_link.id"], name=op.f(f"fk_{table}_link_id"), ondelete="CASCADE"
    )
    op.create_table(table, sa.Column("link_id", sa.Uuid(), nullable=False), *parts, key)
