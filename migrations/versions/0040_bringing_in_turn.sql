-- Whose import this is, while it is being brought in and the account is open. Holds both until the transaction ends: an
-- erasure waits for what is being brought at that moment, and nothing is brought in after it began.
create or replace function import_pupil(import uuid) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    pupil uuid;
begin
    select brought.pupil_id into pupil
    from portfolio_import brought join person on person.id = brought.pupil_id
    where brought.id = import and brought.state = 'reading' and person.closed_at is null
      and not exists (select from account where account.person_id = person.id and account.closed_at is not null)
    for key share of brought, person;
    return pupil;
end $$;

-- What the pupil alone made: steps, words, choices, pages. Nobody else sees any of it by itself: a moment has ring 0, a
-- page no link, a step no talk, and a word comes to a story that is not shared. No more comes in than a screen takes:
-- fifty open steps, twelve words at a story, twenty pages. Gives back what is here now, and whether it was not before;
-- the rest does not fit.
create or replace function bring_own(import uuid, part text, brought jsonb, today date, at_moment timestamptz)
returns table (key text, is_new boolean)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    pupil uuid := import_pupil(import);
    made uuid[];
begin
    if pupil is null then
        raise exception 'this import is over' using errcode = 'TA034';
    end if;
    case part
    when 'steps' then
        -- The turn that a screen takes as well.
        perform pg_advisory_xact_lock(hashtextextended('next_step ' || pupil::text, 0));
        return query
        with one as (select * from jsonb_to_recordset(brought) told (
                id uuid, text text, due_on date, remind_on date, entry_id uuid, made_at timestamptz,
                done_at timestamptz, let_go_at timestamptz)),
        other as (
            select one.*, one.done_at is null and one.let_go_at is null as to_do,
                   count(*) filter (where one.done_at is null and one.let_go_at is null)
                       over (order by one.made_at, one.id) as nth
            from one where not exists (select from next_step step where step.id = one.id)),
        new as (
            insert into next_step (id, pupil_id, text, due_on, remind_on, entry_id, made_at, done_at, let_go_at, version)
            select other.id, pupil, other.text, other.due_on, other.remind_on, entry.id, least(other.made_at, at_moment),
                   case when other.done_at is not null then least(other.done_at, at_moment) end,
                   case when other.done_at is null and other.let_go_at is not null
                        then least(other.let_go_at, at_moment) end, 1
            from other left join entry on entry.id = other.entry_id and entry.pupil_id = pupil
            where not other.to_do or other.nth <= 50 - (
                select count(*) from next_step step
                where step.pupil_id = pupil and step.conversation_id is null
                  and step.done_at is null and step.let_go_at is null)
            on conflict do nothing returning id)
        select one.id::text, new.id is not null from one left join new on new.id = one.id
        where new.id is not null
           or exists (select from next_step step where step.id = one.id and step.pupil_id = pupil);
    when 'words' then return query
        with one as (select * from jsonb_to_recordset(brought) told (
                id uuid, entry_id uuid, word text, given_at timestamptz)),
        other as (
            select one.*, row_number() over (partition by one.entry_id order by one.given_at, one.id) as nth
            from one where not exists (select from talent_word word where word.id = one.id)),
        new as (
            insert into talent_word (id, entry_id, author_id, voice, word, key, given_at)
            select other.id, entry.id, pupil, 'pupil', other.word, lower(other.word), least(other.given_at, at_moment)
            from other join entry on entry.id = other.entry_id and entry.pupil_id = pupil and entry.ring = 0
            where other.nth <= 12 - (
                select count(*) from talent_word word
                where word.entry_id = entry.id and word.author_id = pupil and word.via_link is null)
            on conflict do nothing returning id)
        select one.id::text, new.id is not null from one left join new on new.id = one.id
        where new.id is not null
           or exists (select from talent_word word where word.id = one.id and word.author_id = pupil);
    when 'wordChoices' then return query
        with one as (select * from jsonb_to_recordset(brought) told (key text, shown_as text, hidden boolean)),
        new as (
            insert into word_choice (pupil_id, key, shown_as, hidden)
            select pupil, lower(one.key), one.shown_as, one.hidden from one where one.hidden or one.shown_as is not null
            on conflict do nothing returning key)
        select one.key, new.key is not null from one left join new on new.key = lower(one.key);
    when 'fieldChoices' then return query
        with one as (select * from jsonb_to_recordset(brought) told (field text, not_for_me_on date)),
        new as (
            insert into field_choice (pupil_id, field, not_for_me_on)
            select pupil, one.field, least(one.not_for_me_on, today) from one on conflict do nothing returning field)
        select one.field, new.field is not null from one left join new on new.field = one.field;
    when 'showcasePages' then
        -- The turn that a screen takes as well: the last sixty-three bits of the pupil's id.
        perform pg_advisory_xact_lock(
            (('x' || right(replace(pupil::text, '-', ''), 16))::bit(64)::bigint) & 9223372036854775807);
        return query
        with one as (select * from jsonb_to_recordset(brought) told (
                id uuid, content jsonb, made_at timestamptz, removed boolean)),
        other as (
            select one.*, row_number() over (partition by one.removed order by one.made_at, one.id) as nth
            from one where not exists (select from showcase_page page where page.id = one.id)),
        new as (
            insert into showcase_page (id, pupil_id, content, version, made_at, updated_at, removed_at)
            select other.id, pupil, other.content, 1, least(other.made_at, at_moment), at_moment,
                   case when other.removed then at_moment end
            from other
            where other.nth <= 20 - (select count(*) from showcase_page page
                                     where page.pupil_id = pupil and (page.removed_at is not null) = other.removed)
            on conflict do nothing returning id)
        select one.id::text, new.id is not null from one left join new on new.id = one.id
        where new.id is not null
           or exists (select from showcase_page page where page.id = one.id and page.pupil_id = pupil);
    when 'showcaseDocuments' then return query
        with one as (select * from jsonb_to_recordset(brought) told (page_id uuid, kind text, content jsonb)),
        new as (
            insert into showcase_document (page_id, kind, content, version, updated_at)
            select page.id, one.kind, one.content, 1, at_moment
            from one join showcase_page page on page.id = one.page_id and page.pupil_id = pupil
            on conflict do nothing returning page_id, kind)
        select one.page_id || '|' || one.kind, new.kind is not null
        from one left join new on new.page_id = one.page_id and new.kind = one.kind
        where new.kind is not null
           or exists (select from showcase_document paper join showcase_page page on page.id = paper.page_id
                      where paper.page_id = one.page_id and paper.kind = one.kind and page.pupil_id = pupil);
    when 'choiceMoments' then
        -- A moment comes with all that hangs on it, or not at all.
        with one as (select * from jsonb_to_recordset(brought) told (
                id uuid, kind text, school_year integer, motives text[], own_motive text, look_back jsonb,
                looked_back_at timestamptz, made_at timestamptz)),
        new as (
            insert into choice_moment (id, pupil_id, placement_id, kind, school_year, ring, motives, own_motive,
                                       look_back, looked_back_at, version, made_at, updated_at, changed_on)
            select one.id, pupil, place.id, one.kind, one.school_year, 0, one.motives, one.own_motive,
                   nullif(one.look_back, 'null'), case when one.looked_back_at is not null then least(one.looked_back_at, at_moment) end, 1,
                   least(one.made_at, at_moment), at_moment, today
            from one
            join school_year year on year.start_year = one.school_year
            join lateral (select id from placement where placement.pupil_id = pupil
                          order by starts_on desc, id limit 1) place on true
            on conflict do nothing returning id)
        select coalesce(array_agg(new.id), '{}') into made from new;
        insert into choice_option (id, moment_id, code, name, plus, minus, seen, off_at, off_why, version, made_at)
        select it.id, told.id, it.code, it.name, it.plus, it.minus, it.seen,
               case when it.off_at is not null then least(it.off_at, at_moment) end, it.off_why, 1,
               least(it.made_at, at_moment)
        from jsonb_to_recordset(brought) told (id uuid, options jsonb)
        cross join lateral jsonb_to_recordset(told.options) it (
            id uuid, code text, name text, plus text, minus text, seen text, off_at timestamptz, off_why text,
            made_at timestamptz)
        where told.id = any (made);
        insert into choice_option_entry (option_id, entry_id)
        select it.option_id, entry.id
        from jsonb_to_recordset(brought) told (id uuid, ties jsonb)
        cross join lateral jsonb_to_recordset(told.ties) it (option_id uuid, entry_id uuid)
        join entry on entry.id = it.entry_id and entry.pupil_id = pupil
        join choice_option option on option.id = it.option_id and option.moment_id = told.id
        where told.id = any (made) on conflict do nothing;
        insert into choice_pick (id, moment_id, plan_a, plan_b, why, at)
        select it.id, told.id, it.plan_a, it.plan_b, it.why, least(it.at, at_moment)
        from jsonb_to_recordset(brought) told (id uuid, picks jsonb)
        cross join lateral jsonb_to_recordset(told.picks) it (
            id uuid, plan_a uuid, plan_b uuid, why text, at timestamptz)
        where told.id = any (made);
        insert into choice_sureness (id, moment_id, sure, words, at)
        select it.id, told.id, it.sure, it.words, least(it.at, at_moment)
        from jsonb_to_recordset(brought) told (id uuid, sureness jsonb)
        cross join lateral jsonb_to_recordset(told.sureness) it (id uuid, sure smallint, words text, at timestamptz)
        where told.id = any (made);
        return query
        select moment.id::text, moment.id = any (made) from jsonb_to_recordset(brought) told (id uuid)
        join choice_moment moment on moment.id = told.id and moment.pupil_id = pupil;
    else raise exception 'no part that is the pupil''s own: %', part;
    end case;
end $$;

-- What a paper is made of, for the worker: the lines, and of the stories in it those that are shown today, with the
-- pictures that the page shows of them. Before the pupil wrote lines: those of the page.
create or replace function showcase_paper(page uuid, of_kind text, today date) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select json_build_object(
        'givenName', person.given_name, 'familyName', person.family_name, 'title', own.content ->> 'title',
        'about', lines.content ->> 'about', 'contact', lines.content ->> 'contact', 'version', paper.version,
        'words', case when lines.content -> 'showsWords' = 'true'
                      then showcase_words(own.pupil_id, own.content -> 'words') else '[]'::json end,
        'parts', coalesce((
            select json_agg(json_build_object(
                'heading', part ->> 'heading', 'text', part ->> 'text', 'items', coalesce((
                    select json_agg(json_build_object(
                        'line', case when paper.page_id is not null then item ->> 'line' else left(concat_ws(
                            ', ', nullif(entry.title, ''), nullif(entry.details ->> 'organisation', '')), 200) end,
                        'text', item ->> 'text', 'title', entry.title,
                        'pictures', coalesce((
                            select json_agg(json_build_object(
                                'id', file.id, 'key', file.thumbnail_key, 'kind', file.kind, 'alt', file.alt,
                                'tall', coalesce(file.height, 0) > coalesce(file.width, 0)) order by file.position, file.id)
                            from attachment file
                            where of_kind = 'plus' and file.entry_id = entry.id and file.thumbnail_key is not null
                              and exists (select from showcase_shown_file(own.pupil_id, own.content, file.id))), '[]'))
                        order by nth)
                    from jsonb_array_elements(part -> 'items') with ordinality told(item, nth)
                    join entry on entry.id = (item ->> 'entryId')::uuid
                    where entry.pupil_id = own.pupil_id and entry.state in ('shared', 'asked_back', 'seen')
                      and entry.ring >= 1 and entry.kind <> 'result'), '[]')) order by place)
            from jsonb_array_elements(lines.content -> 'parts') with ordinality listed(part, place)), '[]'))
    from showcase_page own join person on person.id = own.pupil_id
    left join showcase_document paper on paper.page_id = own.id and paper.kind = of_kind
    cross join lateral (select coalesce(paper.content, jsonb_build_object(
        'about', own.content -> 'intro', 'contact', '', 'showsWords', true, 'parts', coalesce((
            select jsonb_agg(jsonb_build_object(
                'heading', section -> 'heading', 'text', section -> 'text', 'items', coalesce((
                    select jsonb_agg(jsonb_build_object('entryId', story -> 'entryId', 'text', story -> 'text') order by nth)
                    from jsonb_array_elements(section -> 'stories') with ordinality told(story, nth)), '[]'))
                order by place)
            from jsonb_array_elements(own.content -> 'sections') with ordinality listed(section, place)), '[]'))
    ) as content) lines
    where own.id = page and own.removed_at is null;
end;
