-- The functions of migration 0034: what of a page is shown, who agrees, and the one page of who holds a link.

-- The words of a pupil that can be shown outside, each with the voice that gave it: at stories that are shared. A mark
-- of school is no part of an etalage.
create function showcase_said(pupil uuid) returns table (key text, word text, voice text)
language sql stable security definer set search_path = public, pg_temp rows 50
begin atomic
    select lower(tag), tag, 'pupil' from entry cross join unnest(entry.tags) tag
    where entry.pupil_id = pupil and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
      and entry.kind <> 'result'
    union all
    select lower(given.word), given.word, given.voice
    from entry join talent_word given on given.entry_id = entry.id
    where entry.pupil_id = pupil and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
      and entry.kind <> 'result';
end;

-- Words that the pupil picked, with the voices that the pupil picked, as far as they still stand there.
create function showcase_words(pupil uuid, picks jsonb) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce(json_agg(json_build_object('word', shown.word, 'voices', shown.voices) order by place), '[]')
    from jsonb_array_elements(picks) with ordinality picked(pick, place)
    cross join lateral (
        select coalesce(max(choice.shown_as), min(said.word)) word,
               array_agg(distinct said.voice order by said.voice) voices
        from showcase_said(pupil) said
        left join word_choice choice on choice.pupil_id = pupil and choice.key = said.key
        where said.key = pick ->> 'key' and pick -> 'voices' ? said.voice
        having count(*) > 0 and not coalesce(bool_or(choice.hidden), false)
    ) shown;
end;

-- The stories of a section that are shown today: one's own, shared, not put away; and of each the chosen photos and
-- films. What a page holds of anybody else's is nothing.
create function showcase_stories(pupil uuid, chosen jsonb) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce(json_agg(json_build_object(
        'title', entry.title, 'kind', entry.kind, 'form', entry.details ->> 'form',
        'organisation', coalesce(entry.details ->> 'organisation', ''),
        'happenedOn', entry.happened_on, 'endedOn', entry.ended_on, 'hours', entry.details -> 'hours',
        'text', coalesce(choice ->> 'text', ''),
        'files', coalesce((
            select json_agg(json_build_object(
                'id', file.id, 'kind', file.kind, 'alt', file.alt, 'hasThumbnail', file.thumbnail_key is not null,
                'placeholder', file.placeholder, 'width', file.width, 'height', file.height,
                'captions', file.captions) order by wish)
            from jsonb_array_elements_text(choice -> 'fileIds') with ordinality wished(file_id, wish)
            join attachment file on file.id = file_id::uuid
            where file.entry_id = entry.id and file.state = 'ready' and file.kind in ('photo', 'film')), '[]'))
        order by place), '[]')
    from jsonb_array_elements(chosen) with ordinality listed(choice, place)
    join entry on entry.id = (choice ->> 'entryId')::uuid
    where entry.pupil_id = pupil and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
      and entry.kind <> 'result';
end;

-- A page as somebody else sees it. Not for the app's role: whose page it is was asked before.
create function showcase_shown(pupil uuid, content jsonb, today date) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select json_build_object(
        'givenName', person.given_name,
        'familyName', case when content -> 'showsFamilyName' = 'true' then person.family_name end,
        'school', case when content -> 'showsSchool' = 'true' then (
            select school.name from placement join school on school.id = placement.school_id
            where placement.pupil_id = pupil and placement.starts_on <= today
              and (placement.ends_on is null or placement.ends_on >= today)
            order by placement.starts_on desc, placement.id limit 1) end,
        'title', content ->> 'title', 'intro', content ->> 'intro',
        'words', showcase_words(pupil, content -> 'words'),
        'sections', coalesce((
            select json_agg(json_build_object('heading', part ->> 'heading', 'text', part ->> 'text',
                                              'stories', stories) order by place)
            from jsonb_array_elements(content -> 'sections') with ordinality listed(part, place)
            cross join lateral showcase_stories(pupil, part -> 'stories') told(stories)
            where part ->> 'text' <> '' or json_array_length(stories) > 0), '[]'))
    from person where person.id = pupil;
end;

-- One photo or film that a page shows today.
create function showcase_shown_file(pupil uuid, content jsonb, which uuid) returns setof attachment
language sql stable security definer set search_path = public, pg_temp rows 1
begin atomic
    select file.* from attachment file join entry on entry.id = file.entry_id
    where file.id = which and file.state = 'ready' and file.kind in ('photo', 'film')
      and entry.pupil_id = pupil and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
      and entry.kind <> 'result'
      and exists (
        select from jsonb_array_elements(content -> 'sections') part
        cross join lateral jsonb_array_elements(part -> 'stories') choice
        where (choice ->> 'entryId')::uuid = entry.id and choice -> 'fileIds' ? file.id::text);
end;

-- The pupil's own page as others see it.
create function showcase_preview(page uuid, today date) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select showcase_shown(own.pupil_id, own.content, today) from showcase_page own
    where own.id = page and own.pupil_id = viewer_id();
end;

-- Ring 3 by age: under 12 never, at 12 to 15 with a yes of a parent who has custody and no no of one; from 16 always.
create function showcase_allowed(of_share uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce(case
        when years_old(person.birth_date, today) >= 16 then true
        when years_old(person.birth_date, today) >= 12
            then bool_or(said.answer = 'yes') and not bool_or(said.answer = 'no')
    end, false)
    from showcase_share share join person on person.id = share.pupil_id
    left join guardianship tie on tie.pupil_id = share.pupil_id and tie.state = 'confirmed' and tie.custody = 'yes'
     and tie.guardian_id <> share.pupil_id
    left join showcase_consent said on said.share_id = share.id and said.person_id = tie.guardian_id
    where share.id = of_share
    group by person.id;
end;

-- Whether the viewer is asked for a yes: a parent with custody of a pupil of 12 to 15.
create function showcase_decides(of_share uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from showcase_share share
        join person on person.id = share.pupil_id
         and years_old(person.birth_date, app_today()) >= 12 and years_old(person.birth_date, app_today()) < 16
        join guardianship tie on tie.pupil_id = share.pupil_id and tie.guardian_id = viewer_id()
         and tie.state = 'confirmed' and tie.custody = 'yes' and tie.guardian_id <> share.pupil_id
        join showcase_page page on page.id = share.page_id and page.removed_at is null
        where share.id = of_share);
end;

-- The page as a parent reads it before saying yes, and its version.
create function showcase_asked(of_share uuid, out page json, out page_version integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select showcase_shown(own.pupil_id, own.content, app_today()), own.version
    from showcase_share share join showcase_page own on own.id = share.page_id
    where share.id = of_share and share.ended_at is null and share.ends_on >= app_today() and showcase_decides(of_share);
end;

create function showcase_asked_file(of_share uuid, which uuid) returns setof attachment
language sql stable security definer set search_path = public, pg_temp rows 1
begin atomic
    select file.* from showcase_share share join showcase_page own on own.id = share.page_id
    cross join lateral showcase_shown_file(own.pupil_id, own.content, which) file
    where share.id = of_share and share.ended_at is null and share.ends_on >= app_today() and showcase_decides(of_share);
end;

-- A parent says yes to the page as it was read, or no, at any time again. What was agreed to is what a visitor sees
-- until the pupil is 16. 'none': is not asked; 'over'; 'stale': the page changed since.
create function answer_showcase(of_share uuid, seen integer, text_version integer, says text, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare share showcase_share; own showcase_page;
begin
    if says not in ('yes', 'no') or not showcase_decides(of_share) then
        return 'none';
    end if;
    select * into share from showcase_share where id = of_share for update;
    if share.ended_at is not null or share.ends_on < app_today() then
        return 'over';
    end if;
    select * into own from showcase_page where id = share.page_id for share;
    if says = 'yes' and own.version is distinct from seen then
        return 'stale';
    end if;
    insert into showcase_consent (share_id, person_id, answer, version, page_version, answered_at)
    values (of_share, viewer_id(), says, text_version, own.version, at)
    on conflict (share_id, person_id) do update set
        answer = excluded.answer, version = excluded.version, page_version = excluded.page_version,
        answered_at = excluded.answered_at;
    if says = 'no' then
        update showcase_share set ended_at = at, end_reason = 'refused' where id = of_share;
    else
        update showcase_share set agreed_content = own.content, agreed_version = own.version, agreed_at = at
        where id = of_share;
    end if;
    return 'done';
end $$;

-- Whether a link opens its page on this day, code aside. After a hundred wrong codes it opens nothing any more.
create function showcase_opens(of_share uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from showcase_share share
        join showcase_page page on page.id = share.page_id and page.removed_at is null
         and page.pupil_id = share.pupil_id
        join person on person.id = share.pupil_id and person.closed_at is null
        where share.id = of_share and share.ended_at is null and share.misses < 100
          and share.starts_on <= today and share.ends_on >= today)
    and showcase_allowed(of_share, today);
end;

-- Somebody opens a link: 'gone' (also where there never was one), 'code' where one is asked, 'wrong', or 'open': then
-- this browser has the page for an hour, and the day counts one more. Of many wrong codes at once each is counted.
create function open_showcase(
    link_hash bytea, typed bytea, visit uuid, visit_hash bytea, at timestamptz, today date
) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare share showcase_share;
begin
    select * into share from showcase_share where token_hash = link_hash;
    if share.id is null or not showcase_opens(share.id, today) then
        return 'gone';
    end if;
    if share.has_code then
        if typed is null then
            return 'code';
        end if;
        select * into share from showcase_share where id = share.id for no key update;
        if share.misses >= 100 or share.ended_at is not null then
            return 'gone';
        end if;
        if share.code_hash <> typed then
            update showcase_share set misses = misses + 1 where id = share.id;
            return 'wrong';
        end if;
    end if;
    insert into showcase_visit (id, share_id, token_hash, expires_at)
    values (visit, share.id, visit_hash, at + interval '1 hour');
    insert into showcase_count as counted (share_id, on_date, times) values (share.id, today, 1)
    on conflict (share_id, on_date) do update set times = counted.times + 1;
    return 'open';
end $$;

-- The page behind a visit, while the link opens it: the pupil, and what is shown of the etalage: under 16 as a parent
-- agreed to it.
create function showcase_visited(visit uuid, visit_hash bytea, at timestamptz, today date, out pupil uuid, out content jsonb,
                                 out ends_on date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select share.pupil_id,
           case when years_old(person.birth_date, today) >= 16 then page.content else share.agreed_content end,
           share.ends_on
    from showcase_visit held
    join showcase_share share on share.id = held.share_id
    join showcase_page page on page.id = share.page_id
    join person on person.id = share.pupil_id
    where held.id = visit and held.token_hash = visit_hash and held.expires_at > at
      and showcase_opens(share.id, today);
end;

create function read_showcase(visit uuid, visit_hash bytea, at timestamptz, today date) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select json_build_object('visit', visit, 'until', held.ends_on,
                             'page', showcase_shown(held.pupil, held.content, today))
    from showcase_visited(visit, visit_hash, at, today) held where held.content is not null;
end;

create function showcase_file(visit uuid, visit_hash bytea, which uuid, at timestamptz, today date)
returns setof attachment
language sql stable security definer set search_path = public, pg_temp rows 1
begin atomic
    select file.* from showcase_visited(visit, visit_hash, at, today) held
    cross join lateral showcase_shown_file(held.pupil, held.content, which) file;
end;

-- What a paper is made of, for the worker: the lines, and of the stories in it those that are shown today, with the
-- pictures that the page shows of them.
create function showcase_paper(page uuid, of_kind text, today date) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select json_build_object(
        'givenName', person.given_name, 'familyName', person.family_name, 'title', own.content ->> 'title',
        'about', paper.content ->> 'about', 'contact', paper.content ->> 'contact', 'version', paper.version,
        'words', case when paper.content -> 'showsWords' = 'true'
                      then showcase_words(own.pupil_id, own.content -> 'words') else '[]'::json end,
        'parts', coalesce((
            select json_agg(json_build_object(
                'heading', part ->> 'heading', 'text', part ->> 'text', 'items', coalesce((
                    select json_agg(json_build_object(
                        'line', item ->> 'line', 'text', item ->> 'text', 'title', entry.title,
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
            from jsonb_array_elements(paper.content -> 'parts') with ordinality listed(part, place)), '[]'))
    from showcase_page own join person on person.id = own.pupil_id
    join showcase_document paper on paper.page_id = own.id and paper.kind = of_kind
    where own.id = page and own.removed_at is null;
end;
