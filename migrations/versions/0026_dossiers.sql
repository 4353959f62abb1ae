-- The functions of migration 0026: what counts, what lacks, handing in, and what school does with it.

-- Where a pupil keeps a dossier today: the placement in year 3 or 4 of the vmbo that runs, if there is one.
create function dossier_place(pupil uuid, today date)
returns table (placement_id uuid, school_id uuid, group_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 1 as $$
    select placement.id, placement.school_id, grp.id
    from placement join group_membership member on member.placement_id = placement.id
    join school_group grp on grp.id = member.group_id
    where placement.pupil_id = pupil and grp.level = 'vmbo' and grp.study_year in (3, 4)
      and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
      and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today)
    order by placement.starts_on desc, placement.id, member.starts_on desc, grp.id limit 1
$$;

-- What a school asks in a school year: its own list of that year, else the last one before, else the product's.
create function dossier_needs(of_school uuid, year integer) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce((
        select jsonb_build_object('needs', list.needs, 'note', list.note, 'schoolYear', list.school_year)
        from dossier_checklist list where list.school_id = of_school and list.school_year <= year
          and of_school in (select own.school_id from own_schools(viewer_id(), app_today()) own)
        order by list.school_year desc limit 1),
        jsonb_build_object('note', '', 'schoolYear', null, 'needs', (
            select jsonb_object_agg(code, jsonb_build_object('entries', 1, 'reflection', false, 'text', true))
            from unnest(array['qualities', 'motives', 'work_exploration', 'steering', 'networking']) code)))
$$;

-- Which of the viewer's own stories count for which competency: shared with the school of today, in the pupil's own
-- choice or by an answer. `reflects`: it looks back on something, or answers a question of that competency.
create function dossier_evidence() returns table (entry_id uuid, competency text, reflects boolean)
language sql stable security definer set search_path = public, pg_temp rows 100 as $$
    select entry.id, code.competency, entry.kind = 'reflection' or told.answered
    from dossier_place(viewer_id(), app_today()) place
    join placement on placement.pupil_id = viewer_id() and placement.school_id = place.school_id
    join entry on entry.pupil_id = viewer_id() and entry.placement_id = placement.id
     and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
    cross join unnest(array['qualities', 'motives', 'work_exploration', 'steering', 'networking']) code(competency)
    cross join lateral (select exists (
        select from jsonb_array_elements(entry.answers) answer
        where answer ->> 'competency' = code.competency and answer ->> 'skipped' is distinct from 'true'
          and (btrim(coalesce(answer ->> 'text', '')) <> '' or answer ->> 'attachmentId' is not null)) answered) told
    where code.competency = any (entry.competencies) or told.answered
$$;

-- What the viewer's own dossier still lacks, in the order of the competencies. A school that comes to ask for more (a
-- talk, for one) adds its line here: the page and handing in both ask this.
create function dossier_missing() returns table (competency text, what text)
language sql stable security definer set search_path = public, pg_temp rows 5 as $$
    with asked as (
        select code.competency, code.place, list.needs -> code.competency need,
               coalesce(part.text, '') words, coalesce(part.entry_ids, '{}') chosen
        from dossier_place(viewer_id(), app_today()) place
        cross join lateral (select dossier_needs(place.school_id, school_year_of(app_today())) -> 'needs' needs) list
        cross join unnest(array['qualities', 'motives', 'work_exploration', 'steering', 'networking'])
            with ordinality code(competency, place)
        left join dossier_part part on part.pupil_id = viewer_id() and part.competency = code.competency
    ), counted as (
        select asked.*, (select count(*) from dossier_evidence() shown
                         where shown.competency = asked.competency and shown.entry_id = any (asked.chosen)) entries,
               exists (select from dossier_evidence() shown where shown.competency = asked.competency
                       and shown.entry_id = any (asked.chosen) and shown.reflects) reflects
        from asked
    )
    select lacking.competency, lacking.what from (
        select counted.competency, place, 1 step, 'entries' what from counted
        where entries < greatest(1, (need ->> 'entries')::integer)
        union all
        select counted.competency, place, 2, 'reflection' from counted
        where (need ->> 'reflection')::boolean and entries > 0 and not reflects
        union all
        select counted.competency, place, 3, 'text' from counted
        where (need ->> 'text')::boolean and btrim(words) = ''
    ) lacking order by place, step
$$;

-- 'handed_in' while the viewer's dossier waits at school, 'done' for the rest of the school year that it was handed in;
-- else null: then the parts can be written.
create function dossier_lies_at_school() returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select given.state from dossier_place(viewer_id(), app_today()) place
    join placement on placement.school_id = place.school_id and placement.pupil_id = viewer_id()
    join dossier_hand_in given on given.placement_id = placement.id and given.pupil_id = viewer_id()
    where given.state = 'handed_in'
       or (given.state = 'done' and school_year_of(given.handed_in_on) = school_year_of(app_today()))
    order by given.number desc limit 1
$$;

create function dossier_snapshot(pupil uuid, of_group uuid, of_school uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'pupil', (select jsonb_build_object('id', person.id, 'name', person.given_name || ' ' || person.family_name,
                                            'givenName', person.given_name) from person where person.id = pupil),
        'school', (select jsonb_build_object('id', id, 'name', name) from school where id = of_school),
        'group', (select jsonb_build_object('id', id, 'name', name, 'level', level, 'studyYear', study_year)
                  from school_group where id = of_group),
        'checklist', dossier_needs(of_school, school_year_of(app_today())),
        'parts', (
            select jsonb_agg(jsonb_build_object(
                'competency', code.competency, 'text', coalesce(part.text, ''),
                'entryIds', coalesce((
                    select jsonb_agg(chosen.id order by chosen.place)
                    from unnest(part.entry_ids) with ordinality chosen(id, place)
                    where exists (select from dossier_evidence() shown
                                  where shown.entry_id = chosen.id and shown.competency = code.competency)), '[]'))
                order by code.place)
            from unnest(array['qualities', 'motives', 'work_exploration', 'steering', 'networking'])
                with ordinality code(competency, place)
            left join dossier_part part on part.pupil_id = pupil and part.competency = code.competency),
        'entries', coalesce((
            select jsonb_agg(jsonb_build_object(
                'id', entry.id, 'version', entry.version, 'kind', entry.kind, 'ring', entry.ring,
                'title', entry.title, 'happenedOn', entry.happened_on, 'endedOn', entry.ended_on,
                'body', entry.body, 'feeling', entry.feeling, 'details', entry.details, 'answers', entry.answers,
                'competencies', to_jsonb(entry.competencies), 'workFields', to_jsonb(entry.work_fields),
                'tags', to_jsonb(entry.tags),
                'files', coalesce((
                    select jsonb_agg(jsonb_build_object(
                        'id', file.id, 'kind', file.kind, 'name', file.name, 'alt', file.alt, 'size', file.file_size,
                        'sha256', file.file_sha256, 'hasThumbnail', file.thumbnail_key is not null,
                        'width', file.width, 'height', file.height, 'durationMs', file.duration_ms,
                        'caution', file.caution) order by file.position, file.id)
                    from attachment file where file.entry_id = entry.id and file.state = 'ready'
                      and file.file_key is not null), '[]'),
                'feedback', coalesce((
                    select jsonb_agg(jsonb_build_object(
                        'kind', said.kind, 'voice', said.voice, 'text', said.text,
                        'author', author.given_name || ' ' || author.family_name,
                        'reaction', said.reaction, 'version', said.version,
                        'createdAt', said.created_at) order by said.created_at, said.id)
                    from feedback said join person author on author.id = said.author_id
                    where said.entry_id = entry.id and said.withdrawn_at is null), '[]'))
                order by entry.sort_on, entry.id)
            from entry where entry.pupil_id = pupil and entry.id in (
                select shown.entry_id from dossier_part part
                join dossier_evidence() shown on shown.competency = part.competency
                 and shown.entry_id = any (part.entry_ids)
                where part.pupil_id = pupil)), '[]'))
$$;

-- Hands in what the viewer's own dossier is now, under an id that the device made. One at a time for one pupil.
create function hand_in_dossier(hand_in uuid, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    pupil uuid := viewer_id();
    place record;
    lies text;
begin
    if pupil is null then
        return 'none';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('dossier ' || pupil, 0));
    if exists (select from dossier_hand_in where id = hand_in) then
        return case when exists (select from dossier_hand_in where id = hand_in and pupil_id = pupil)
                    then 'again' else 'none' end;
    end if;
    select * into place from dossier_place(pupil, app_today());
    if place.placement_id is null then
        return 'none';
    end if;
    lies := dossier_lies_at_school();
    if lies is not null then
        return lies;
    elsif exists (select from dossier_missing()) then
        return 'incomplete';
    elsif exists (
        select from attachment file
        join dossier_part part on part.pupil_id = pupil and file.entry_id = any (part.entry_ids)
        where file.pupil_id = pupil and file.state = 'received') then
        return 'files';
    end if;
    -- What still waited at a school where the pupil is no more will not be looked at.
    update dossier_hand_in set state = 'withdrawn', version = version + 1
    where pupil_id = pupil and state = 'handed_in';
    insert into dossier_hand_in (id, pupil_id, placement_id, number, state, snapshot, handed_in_at, handed_in_on,
                                 version)
    values (hand_in, pupil, place.placement_id,
            (select coalesce(max(number), 0) + 1 from dossier_hand_in where pupil_id = pupil), 'handed_in',
            dossier_snapshot(pupil, place.group_id, place.school_id), at, app_today(), 1);
    insert into kept_file (keeper_id, attachment_id, entry_id, pupil_id, kind, name, media_type, object_key, file_key,
                           file_type, file_size, file_sha256, thumbnail_key)
    select hand_in, file.id, file.entry_id, pupil, file.kind, file.name, file.media_type, file.object_key,
           file.file_key, file.file_type, file.file_size, file.file_sha256, file.thumbnail_key
    from dossier_hand_in given
    cross join jsonb_array_elements(given.snapshot -> 'entries') entry
    cross join jsonb_array_elements(entry -> 'files') shown
    join attachment file on file.id = (shown ->> 'id')::uuid
    where given.id = hand_in;
    return 'new';
end $$;

-- The pupil takes it back, as long as nobody of school looked.
create function withdraw_dossier(hand_in uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare given dossier_hand_in;
begin
    select * into given from dossier_hand_in where id = hand_in and pupil_id = viewer_id() for no key update;
    if given.id is null then
        return 'none';
    elsif given.state = 'withdrawn' then
        return 'again';
    elsif given.state <> 'handed_in' then
        return 'state';
    elsif given.opened_at is not null then
        return 'opened';
    end if;
    update dossier_hand_in set state = 'withdrawn', version = version + 1 where id = hand_in;
    return 'done';
end $$;

-- Whether the viewer is dean where this placement runs.
create function dossier_dean(of_placement uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select of_placement = any (running_placements()) and exists (
        select from placement join staff_role role on role.school_id = placement.school_id
        where placement.id = of_placement and role.person_id = viewer_id() and role.role = 'dean'
          and role.starts_on <= app_today() and (role.ends_on is null or role.ends_on >= app_today()))
$$;

-- Whether this person works with pupils, today, at the school of a placement that runs.
create function dossier_colleague(person uuid, of_placement uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from placement join staff_role role on role.school_id = placement.school_id
        where placement.id = of_placement and role.person_id = person and role.role in ('teacher', 'dean')
          and role.starts_on <= app_today() and (role.ends_on is null or role.ends_on >= app_today())
          and placement.starts_on <= app_today() and (placement.ends_on is null or placement.ends_on >= app_today()))
$$;

-- Somebody of school who may read it looks at it: from then on it is not taken back. When it was looked at first.
create function open_dossier(hand_in uuid, at timestamptz) returns timestamptz
language plpgsql security definer set search_path = public, pg_temp as $$
declare opened timestamptz;
begin
    update dossier_hand_in given set opened_at = at
    where given.id = hand_in and given.opened_at is null and given.state = 'handed_in'
      and (given.placement_id = any (running_placements())
           or (given.reader_id = viewer_id() and dossier_colleague(viewer_id(), given.placement_id)));
    select given.opened_at into opened from dossier_hand_in given where given.id = hand_in
      and (given.pupil_id = viewer_id() or given.placement_id = any (running_placements() || ended_placements())
           or given.reader_id = viewer_id());
    return opened;
end $$;

create function name_dossier_reader(hand_in uuid, expected integer, reader uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare given dossier_hand_in;
begin
    select * into given from dossier_hand_in where id = hand_in for no key update;
    if given.id is null or given.state = 'withdrawn' or not dossier_dean(given.placement_id) then
        return 'none';
    elsif given.state = 'handed_in' and given.reader_id is not distinct from reader then
        return 'again';
    elsif given.version <> expected then
        return 'stale';
    elsif given.state <> 'handed_in' then
        return 'state';
    elsif reader is not null and (reader = viewer_id() or not dossier_colleague(reader, given.placement_id)) then
        return 'reader';
    end if;
    update dossier_hand_in set reader_id = reader, reader_agrees = null, reader_remark = '', reader_at = null,
        version = version + 1 where id = hand_in;
    return 'done';
end $$;

create function note_dossier(hand_in uuid, expected integer, agrees boolean, remark text, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare given dossier_hand_in;
begin
    select * into given from dossier_hand_in where id = hand_in for no key update;
    if given.id is null or given.state = 'withdrawn' or given.reader_id is distinct from viewer_id()
       or not dossier_colleague(viewer_id(), given.placement_id) then
        return 'none';
    elsif given.reader_agrees is not distinct from agrees and given.reader_remark = remark then
        return 'again';
    elsif given.version <> expected then
        return 'stale';
    elsif given.state <> 'handed_in' then
        return 'state';
    elsif agrees is null or (not agrees and btrim(remark) = '') or length(remark) > 2000 then
        return 'remark';
    end if;
    update dossier_hand_in set reader_agrees = agrees, reader_remark = remark, reader_at = at, version = version + 1,
        opened_at = coalesce(opened_at, at) where id = hand_in;
    return 'done';
end $$;

create function close_dossier(hand_in uuid, expected integer, outcome text, words text, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare given dossier_hand_in;
begin
    select * into given from dossier_hand_in where id = hand_in for no key update;
    if given.id is null or given.state = 'withdrawn' or not dossier_dean(given.placement_id) then
        return 'none';
    elsif given.state = outcome and given.reason = words and given.closed_by = viewer_id() then
        return 'again';
    elsif given.version <> expected then
        return 'stale';
    elsif given.state <> 'handed_in' then
        return 'state';
    elsif outcome not in ('done', 'returned') or words is null or length(words) > 2000 then
        return 'outcome';
    elsif outcome = 'returned' and btrim(words) = '' then
        return 'reason';
    elsif outcome = 'done' and given.reader_id is not null and given.reader_agrees is null then
        return 'reader';
    end if;
    update dossier_hand_in set state = outcome, reason = words, closed_by = viewer_id(), closed_at = at,
        opened_at = coalesce(opened_at, at), version = version + 1 where id = hand_in;
    -- The one that is there does not say yet how it ended.
    delete from dossier_pdf where hand_in_id = hand_in;
    return 'done';
end $$;

-- What home reads of a child's dossier: the last one that was closed as good, and of its stories those that reach home
-- today as well as then. Null where there is none.
create function dossier_at_home(child uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'pupil', given.snapshot -> 'pupil', 'school', given.snapshot -> 'school', 'group', given.snapshot -> 'group',
        'handedInAt', given.handed_in_at, 'closedAt', given.closed_at,
        'parts', (
            select jsonb_agg(jsonb_build_object(
                'competency', part.value -> 'competency', 'text', part.value -> 'text',
                'entries', coalesce((
                    select jsonb_agg(jsonb_build_object('id', told.value -> 'id', 'title', told.value -> 'title',
                        'kind', told.value -> 'kind', 'happenedOn', told.value -> 'happenedOn')
                        order by told.ordinality)
                    from jsonb_array_elements(given.snapshot -> 'entries') with ordinality told
                    join entry on entry.id = (told.value ->> 'id')::uuid and entry.pupil_id = child
                     and entry.ring >= 2 and entry.state in ('shared', 'asked_back', 'seen')
                    where part.value -> 'entryIds' ? (told.value ->> 'id') and (told.value ->> 'ring')::integer >= 2),
                    '[]'))
                order by part.ordinality)
            from jsonb_array_elements(given.snapshot -> 'parts') with ordinality part))
    from dossier_hand_in given
    where given.pupil_id = child and child = any (home_children()) and given.state = 'done'
    order by given.number desc limit 1
$$;
