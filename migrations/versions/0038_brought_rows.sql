-- Which of these ids belong to somebody else: those are given another one.
create or replace function ids_of_others(import uuid, ids uuid[]) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    pupil uuid := import_pupil(import);
begin
    if pupil is not null then
        return query
        select entry.id from entry where entry.id = any (ids) and entry.pupil_id <> pupil
        union all select file.id from attachment file where file.id = any (ids) and file.pupil_id <> pupil
        union all select step.id from next_step step where step.id = any (ids) and step.pupil_id <> pupil
        union all select page.id from showcase_page page where page.id = any (ids) and page.pupil_id <> pupil
        union all select word.id from talent_word word join entry on entry.id = word.entry_id
                  where word.id = any (ids) and entry.pupil_id <> pupil
        union all select moment.id from choice_moment moment where moment.id = any (ids) and moment.pupil_id <> pupil
        union all select it.id from choice_option it join choice_moment moment on moment.id = it.moment_id
                  where it.id = any (ids) and moment.pupil_id <> pupil
        union all select it.id from choice_pick it join choice_moment moment on moment.id = it.moment_id
                  where it.id = any (ids) and moment.pupil_id <> pupil
        union all select it.id from choice_sureness it join choice_moment moment on moment.id = it.moment_id
                  where it.id = any (ids) and moment.pupil_id <> pupil;
    end if;
end $$;

-- What the pupil alone made: steps, words, choices, pages. Nobody else sees any of it by itself: a moment has ring 0, a
-- page no link, a step no talk. Gives back what is here now, and whether it was not before; the rest does not fit.
create function bring_own(import uuid, part text, brought jsonb, today date, at_moment timestamptz)
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
    -- Two imports of one pupil do not run beside each other; a screen may write at the same moment.
    case part
    when 'steps' then return query
        with one as (select * from jsonb_to_recordset(brought) told (
                id uuid, text text, due_on date, remind_on date, entry_id uuid, made_at timestamptz,
                done_at timestamptz, let_go_at timestamptz)),
        new as (
            insert into next_step (id, pupil_id, text, due_on, remind_on, entry_id, made_at, done_at, let_go_at, version)
            select one.id, pupil, one.text, one.due_on, one.remind_on, entry.id, least(one.made_at, at_moment),
                   case when one.done_at is not null then least(one.done_at, at_moment) end,
                   case when one.done_at is null and one.let_go_at is not null then least(one.let_go_at, at_moment) end, 1
            from one left join entry on entry.id = one.entry_id and entry.pupil_id = pupil
            on conflict do nothing returning id)
        select one.id::text, new.id is not null from one left join new on new.id = one.id
        where new.id is not null
           or exists (select from next_step step where step.id = one.id and step.pupil_id = pupil);
    when 'words' then return query
        with one as (select * from jsonb_to_recordset(brought) told (
                id uuid, entry_id uuid, word text, given_at timestamptz)),
        new as (
            insert into talent_word (id, entry_id, author_id, voice, word, key, given_at)
            select one.id, entry.id, pupil, 'pupil', one.word, lower(one.word), least(one.given_at, at_moment)
            from one join entry on entry.id = one.entry_id and entry.pupil_id = pupil
            on conflict do nothing returning id)
        select one.id::text, new.id is not null from one left join new on new.id = one.id
        where new.id is not null
           or exists (select from talent_word word where word.id = one.id and word.author_id = pupil);
    when 'wordChoices' then return query
        with one as (select * from jsonb_to_recordset(brought) told (key text, shown_as text, hidden boolean)),
        new as (
            insert into word_choice (pupil_id, key, shown_as, hidden)
            select pupil, one.key, one.shown_as, one.hidden from one on conflict do nothing returning key)
        select one.key, new.key is not null from one left join new on new.key = one.key;
    when 'fieldChoices' then return query
        with one as (select * from jsonb_to_recordset(brought) told (field text, not_for_me_on date)),
        new as (
            insert into field_choice (pupil_id, field, not_for_me_on)
            select pupil, one.field, least(one.not_for_me_on, today) from one on conflict do nothing returning field)
        select one.field, new.field is not null from one left join new on new.field = one.field;
    when 'showcasePages' then
        perform pg_advisory_xact_lock(hashtextextended(pupil::text, 0));
        return query
        with one as (select * from jsonb_to_recordset(brought) told (
                id uuid, content jsonb, made_at timestamptz, removed boolean)),
        new as (
            insert into showcase_page (id, pupil_id, content, version, made_at, updated_at, removed_at)
            select one.id, pupil, one.content, 1, least(one.made_at, at_moment), at_moment,
                   case when one.removed then at_moment end
            from one where not exists (select from showcase_page page where page.id = one.id)
            limit greatest(0, 20 - (select count(*) from showcase_page page
                                    where page.pupil_id = pupil and page.removed_at is null))
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
