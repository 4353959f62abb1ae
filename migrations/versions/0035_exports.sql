-- The functions of migration 0035: what a portfolio holds, part by part, for who makes its export; and what an import
-- brings in. The worker reads and writes nothing of a pupil but through these, and only while the pupil's own row says
-- that it is being made, or brought in.

-- Whose export this is, while it is being made and the account is open.
create function export_pupil(export uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select made.pupil_id from portfolio_export made join person on person.id = made.pupil_id
    where made.id = export_pupil.export and made.state = 'making' and person.closed_at is null
      and not exists (select from account where account.person_id = person.id and account.closed_at is not null);
end;

-- Whose import this is, while it is being brought in and the account is open.
create function import_pupil(import uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select brought.pupil_id from portfolio_import brought join person on person.id = brought.pupil_id
    where brought.id = import_pupil.import and brought.state = 'reading' and person.closed_at is null
      and not exists (select from account where account.person_id = person.id and account.closed_at is not null);
end;

-- One part of a portfolio: rows as they are kept, as far as the pupil reads them in the product too. Which of their
-- columns go out is said in app/portability/exports/parts.py.
create function portfolio_part(export uuid, part text) returns setof jsonb
language plpgsql stable security definer set search_path = public, pg_temp rows 1000 as $$
declare
    pupil uuid := export_pupil(export);
begin
    if pupil is null then
        return;
    end if;
    case part
    when 'pupil' then return query
        select to_jsonb(person) || jsonb_build_object('username', account.username)
        from person left join account on account.person_id = person.id where person.id = pupil;
    when 'placements' then return query
        select to_jsonb(placement) || jsonb_build_object(
            'school_name', school.name, 'school_brin', school.brin, 'school_site', school.site)
        from placement join school on school.id = placement.school_id
        where placement.pupil_id = pupil order by placement.starts_on, placement.id;
    when 'groups' then return query
        select to_jsonb(it) || jsonb_build_object('name', school_group.name, 'level', school_group.level,
            'study_year', school_group.study_year, 'school_year', school_group.school_year)
        from group_membership it join placement on placement.id = it.placement_id
        join school_group on school_group.id = it.group_id
        where placement.pupil_id = pupil order by it.starts_on, it.id;
    when 'guardians' then return query
        select to_jsonb(it) from guardianship it
        where it.pupil_id = pupil and it.state = 'confirmed' order by it.created_at, it.id;
    when 'entries' then return query
        select to_jsonb(entry) from entry where entry.pupil_id = pupil order by entry.sort_on desc, entry.id desc;
    when 'entryVersions' then return query
        select to_jsonb(it) from entry_version it join entry on entry.id = it.entry_id
        where entry.pupil_id = pupil order by it.entry_id, it.version;
    when 'feedback' then return query
        select to_jsonb(it) from feedback it join entry on entry.id = it.entry_id
        where entry.pupil_id = pupil and it.withdrawn_at is null order by it.created_at, it.id;
    when 'files' then return query
        select to_jsonb(it) from attachment it
        where it.pupil_id = pupil and it.state <> 'refused' order by it.entry_id, it.position, it.id;
    when 'keptFiles' then return query
        select to_jsonb(it) from kept_file it where it.pupil_id = pupil order by it.keeper_id, it.attachment_id;
    when 'words' then return query
        select to_jsonb(it) from talent_word it join entry on entry.id = it.entry_id
        where entry.pupil_id = pupil order by it.given_at, it.id;
    when 'wordChoices' then return query
        select to_jsonb(it) from word_choice it where it.pupil_id = pupil order by it.key;
    when 'fieldChoices' then return query
        select to_jsonb(it) from field_choice it where it.pupil_id = pupil order by it.field;
    when 'conversations' then return query
        select to_jsonb(it) from conversation it where it.pupil_id = pupil order by it.on_day, it.id;
    when 'prepSheets' then return query
        select to_jsonb(it) from prep_sheet it where it.pupil_id = pupil order by it.conversation_id;
    when 'conversationRecords' then return query
        select to_jsonb(it) from conversation_record it join conversation talk on talk.id = it.conversation_id
        where talk.pupil_id = pupil order by it.conversation_id, it.version;
    when 'conversationAgreements' then return query
        select to_jsonb(it) from conversation_agreement it
        where it.pupil_id = pupil order by it.conversation_id, it.record_version;
    when 'steps' then return query
        select to_jsonb(it) from next_step it where it.pupil_id = pupil order by it.made_at, it.id;
    when 'choiceMoments' then return query
        select to_jsonb(it) from choice_moment it where it.pupil_id = pupil order by it.made_at, it.id;
    when 'choiceOptions' then return query
        select to_jsonb(it) from choice_option it join choice_moment moment on moment.id = it.moment_id
        where moment.pupil_id = pupil order by it.made_at, it.id;
    when 'choiceOptionEntries' then return query
        select to_jsonb(it) from choice_option_entry it join choice_option option on option.id = it.option_id
        join choice_moment moment on moment.id = option.moment_id
        where moment.pupil_id = pupil order by it.option_id, it.entry_id;
    when 'choicePicks' then return query
        select to_jsonb(it) from choice_pick it join choice_moment moment on moment.id = it.moment_id
        where moment.pupil_id = pupil order by it.at, it.id;
    when 'choiceSureness' then return query
        select to_jsonb(it) from choice_sureness it join choice_moment moment on moment.id = it.moment_id
        where moment.pupil_id = pupil order by it.at, it.id;
    when 'dossierParts' then return query
        select to_jsonb(it) from dossier_part it where it.pupil_id = pupil order by it.competency;
    when 'dossierHandIns' then return query
        select to_jsonb(it) from dossier_hand_in it where it.pupil_id = pupil order by it.number;
    when 'homework' then return query
        select to_jsonb(it) from homework it where it.pupil_id = pupil order by it.begun_at, it.id;
    when 'activities' then return query
        select to_jsonb(activity) || jsonb_build_object('signed_up_at', signed.signed_at,
            'was_absent', absence.pupil_id is not null)
        from activity
        left join activity_sign_up signed on signed.activity_id = activity.id and signed.pupil_id = pupil
        left join activity_absence absence on absence.activity_id = activity.id and absence.pupil_id = pupil
        where signed.pupil_id is not null or absence.pupil_id is not null or activity.id::text in (
            select entry.details ->> 'activityId' from entry
            where entry.pupil_id = pupil and entry.details ->> 'activityId' is not null)
        order by activity.happens_on, activity.id;
    when 'outsideLinks' then return query
        select to_jsonb(it) from outside_link it where it.pupil_id = pupil order by it.asked_at, it.id;
    when 'outsideAnswers' then return query
        select to_jsonb(it) from outside_answer it join outside_link link on link.id = it.link_id
        where link.pupil_id = pupil order by it.sent_at, it.link_id;
    when 'outsideConsents' then return query
        select to_jsonb(it) from outside_consent it join outside_link link on link.id = it.link_id
        where link.pupil_id = pupil order by it.answered_at, it.link_id;
    when 'outsideLooks' then return query
        select to_jsonb(it) from outside_look it where it.pupil_id = pupil order by it.on_date, it.link_id;
    when 'consents' then return query
        select to_jsonb(it) || jsonb_build_object('of_pupil', it.asked_of = pupil)
        from consent it where it.pupil_id = pupil order by it.asked_at, it.id;
    when 'looks' then return query
        select to_jsonb(it) || jsonb_build_object('why', reason.why, 'note', reason.note)
        from access_log it left join look_reason reason on reason.id = it.reason_id
        where it.pupil_id = pupil order by it.at, it.id;
    when 'notices' then return query
        select to_jsonb(it) from notice it where it.person_id = pupil order by it.at, it.id;
    when 'noticeSettings' then return query
        select to_jsonb(it) from notice_setting it where it.person_id = pupil order by it.kind;
    when 'mailAddress' then return query
        select to_jsonb(it) from mail_address it where it.person_id = pupil;
    when 'reminders' then return query
        select to_jsonb(it) from reminder it where it.pupil_id = pupil order by it.sent_at, it.id;
    when 'transfers' then return query
        select to_jsonb(it) from transfer it where it.pupil_id = pupil order by it.made_at, it.id;
    when 'transferItems' then return query
        select to_jsonb(it) from transfer_item it join transfer on transfer.id = it.transfer_id
        where transfer.pupil_id = pupil order by it.transfer_id, it.kind, it.thing_id;
    when 'showcasePages' then return query
        select to_jsonb(it) from showcase_page it where it.pupil_id = pupil order by it.made_at, it.id;
    when 'showcaseDocuments' then return query
        select to_jsonb(it) from showcase_document it join showcase_page page on page.id = it.page_id
        where page.pupil_id = pupil order by it.page_id, it.kind;
    when 'showcaseShares' then return query
        select to_jsonb(it) from showcase_share it where it.pupil_id = pupil order by it.made_at, it.id;
    when 'showcaseCounts' then return query
        select to_jsonb(it) from showcase_count it join showcase_share share on share.id = it.share_id
        where share.pupil_id = pupil order by it.share_id, it.on_date;
    when 'brought' then return query
        select to_jsonb(it) from brought_record it
        where it.pupil_id = pupil order by it.part, it.source_id;
    else raise exception 'no part of a portfolio: %', part;
    end case;
end $$;

-- The names of people that a portfolio names by their id. Of those alone whom the pupil reads of in the product.
create function portfolio_people(export uuid) returns table (id uuid, given_name text, family_name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    pupil uuid := export_pupil(export);
begin
    return query
    select person.id, person.given_name, person.family_name from person where person.id in (
        select guardian_id from guardianship tie where tie.pupil_id = pupil and tie.state = 'confirmed'
        union select said.author_id from feedback said join entry on entry.id = said.entry_id
              where entry.pupil_id = pupil and said.withdrawn_at is null
        union select entry.seen_by from entry where entry.pupil_id = pupil
        union select word.author_id from talent_word word join entry on entry.id = word.entry_id where entry.pupil_id = pupil
        union select held_with from conversation talk where talk.pupil_id = pupil
        union select planned_by from conversation talk where talk.pupil_id = pupil
        union select decided_by from transfer where transfer.pupil_id = pupil
        union select changed_by from conversation talk where talk.pupil_id = pupil
        union select record.written_by from conversation_record record
              join conversation talk on talk.id = record.conversation_id where talk.pupil_id = pupil
        union select staff_id from next_step step where step.pupil_id = pupil
        union select closed_by from dossier_hand_in given where given.pupil_id = pupil
        union select begun_by from homework card where card.pupil_id = pupil
        union select child_by from homework card where card.pupil_id = pupil
        union select home_by from homework card where card.pupil_id = pupil
        union select file.sent_by from attachment file where file.pupil_id = pupil
        union select look.viewer_id from access_log look where look.pupil_id = pupil
        union select sent.sent_by from reminder sent where sent.pupil_id = pupil
        union select told.actor_id from notice told where told.person_id = pupil
    ) and person.id <> pupil order by person.id;
end $$;

-- Writes down how far it is, and says whether to go on: no for one that was thrown away, begun anew, or whose account
-- was closed meanwhile.
create function export_goes_on(export uuid, in_attempt uuid, so_far integer, in_all integer) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if export_pupil(export) is null then
        return false;
    end if;
    update portfolio_export set done = so_far, total = in_all where id = export and attempt = in_attempt;
    return found;
end $$;

-- The pupil of this user name or id, for an operator on the command line; null where there is none.
create function pupil_called(who text) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select person.id from person left join account on account.person_id = person.id
    where (account.username = pupil_called.who or person.id::text = pupil_called.who)
      and exists (select from placement where placement.pupil_id = person.id);
end;

-- Tells the pupil that it is ready, or that what was brought is in.
create function tell_of_takeaway(person uuid, of_kind text, about uuid, at_moment timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    insert into notice (id, person_id, kind, about_id, pupil_id, actor_id, on_day, at)
    values (uuidv7(), person, of_kind, about, person, null, (at_moment at time zone 'Europe/Amsterdam')::date, at_moment)
    on conflict (person_id, kind, about_id, on_day) do update
    set at = greatest(notice.at, excluded.at), read_at = null;
end $$;

-- --- bringing in --------------------------------------------------------------------------------------

-- Which of these ids of entries and files belong to somebody else: those are given another one.
create function ids_of_others(import uuid, ids uuid[]) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    pupil uuid := import_pupil(import);
begin
    if pupil is not null then
        return query
        select entry.id from entry where entry.id = any (ids) and entry.pupil_id <> pupil
        union all select file.id from attachment file where file.id = any (ids) and file.pupil_id <> pupil;
    end if;
end $$;

-- Entries as drafts of the pupil's own, or put away; which of them are new. Those that are there stay as they are.
create function bring_entries(import uuid, brought jsonb, today date, at_moment timestamptz) returns setof uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    pupil uuid := import_pupil(import);
begin
    if pupil is null then
        raise exception 'this import is over' using errcode = 'TA034';
    end if;
    return query
    insert into entry (id, pupil_id, school_year, kind, state, ring, title, happened_on, ended_on, sort_on, body, feeling,
                       details, answers, competencies, work_fields, tags, version, changed_on, created_at, updated_at,
                       trashed_at, state_before_trash)
    select one.id, pupil, (
               select coalesce(max(year.start_year) filter (where year.starts_on <= one.sort_on), min(year.start_year))
               from school_year year),
           one.kind, case when one.state in ('archived', 'trashed') then one.state else 'draft' end, 0,
           one.title, one.happened_on, one.ended_on, one.sort_on, one.body, one.feeling, one.details, one.answers,
           one.competencies, one.work_fields, one.tags, 1, today, least(one.created_at, at_moment), at_moment,
           case when one.state = 'trashed' then at_moment end,
           case when one.state in ('archived', 'trashed') then 'draft' end
    from jsonb_to_recordset(brought) one (
        id uuid, kind text, state text, title text, happened_on date, ended_on date, sort_on date, body text,
        feeling text, details jsonb, answers jsonb, competencies text[], work_fields text[], tags text[],
        created_at timestamptz)
    on conflict do nothing
    returning entry.id;
end $$;

-- Files of those entries, as if they had just been sent: they are looked at as every upload is.
create function bring_files(import uuid, brought jsonb, at_moment timestamptz) returns setof uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    pupil uuid := import_pupil(import);
begin
    if pupil is null then
        raise exception 'this import is over' using errcode = 'TA034';
    end if;
    return query
    insert into attachment (id, entry_id, pupil_id, kind, media_type, name, alt, size, position, state, object_key,
                            captions, created_at, received_at)
    select one.id, one.entry_id, pupil, one.kind, one.media_type, one.name, one.alt, one.size, one.position, 'received',
           one.object_key, one.captions, at_moment, at_moment
    from jsonb_to_recordset(brought) one (
        id uuid, entry_id uuid, kind text, media_type text, name text, alt text, size bigint, position smallint,
        object_key text, captions text)
    join entry on entry.id = one.entry_id and entry.pupil_id = pupil
    on conflict do nothing
    returning attachment.id;
end $$;

-- What others said and what school kept, as text to read again: nobody's voice here.
create function bring_records(import uuid, brought jsonb, at_moment timestamptz) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    pupil uuid := import_pupil(import);
    many integer;
begin
    if pupil is null then
        raise exception 'this import is over' using errcode = 'TA034';
    end if;
    insert into brought_record (id, pupil_id, import_id, part, source_id, entry_id, content, brought_at)
    select uuidv7(), pupil, import, one.part, one.source_id, entry.id, one.content, at_moment
    from jsonb_to_recordset(brought) one (part text, source_id text, entry_id uuid, content jsonb)
    left join entry on entry.id = one.entry_id and entry.pupil_id = pupil
    on conflict do nothing;
    get diagnostics many = row_count;
    return many;
end $$;
