-- As what this viewer may ask that this person is erased: self, guardian or school; null: not. A pupil from 16 asks
-- alone, under 16 who has custody does; the school's admin on request, for its own pupils. Who works here does not: their
-- account ends with the roster.
create function may_ask_erasure(viewer uuid, of_person uuid, today date) returns text
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case
        when exists (select from staff_role where person_id = of_person and (ends_on is null or ends_on >= today)) then null
        when viewer = of_person and (
            years_old(person.birth_date, today) >= 16
            or not exists (select from placement where pupil_id = of_person)) then 'self'
        when viewer <> of_person and coalesce(years_old(person.birth_date, today), 0) < 16 and exists (
            select from guardianship tie where tie.guardian_id = viewer and tie.pupil_id = of_person
            and tie.state = 'confirmed' and tie.custody = 'yes') then 'guardian'
        when viewer <> of_person and exists (
            select from placement join admin_schools(viewer, today) own on own.school_id = placement.school_id
            where placement.pupil_id = of_person
            and (placement.ends_on is null or today <= school_year_end(placement.ends_on))) then 'school'
        end
    from person where person.id = of_person;
end;

-- Whose data this viewer may know of as a whole: one's own, and those of a child under 16 of whom one has custody.
create function data_known(viewer uuid, of_person uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
return of_person is not null and coalesce(viewer = of_person or exists (
    select from guardianship tie join person on person.id = tie.pupil_id
    where tie.guardian_id = viewer and tie.pupil_id = of_person and tie.state = 'confirmed' and tie.custody = 'yes'
      and coalesce(years_old(person.birth_date, today), 0) < 16), false);

-- Which school answers for somebody: where the pupil is, or was last; where somebody works; where the child is.
create function data_school(of_person uuid, today date) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select school_id from (
        select placement.school_id, 1 place, placement.ends_on, placement.starts_on
        from placement where placement.pupil_id = of_person and placement.starts_on <= today
        union all
        select role.school_id, 2, role.ends_on, role.starts_on from staff_role role
        where role.person_id = of_person and role.school_id is not null
        union all
        select placement.school_id, 3, placement.ends_on, placement.starts_on
        from guardianship tie join placement on placement.pupil_id = tie.pupil_id
        where tie.guardian_id = of_person and tie.state <> 'ended'
    ) known
    order by coalesce(ends_on >= today, true) desc, place, ends_on desc nulls first, starts_on desc limit 1;
end;

-- Whether the person goes as well: nothing ties them to a school any more, today or later.
create function erasure_whole(of_person uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
return not exists (select from placement where pupil_id = of_person and (ends_on is null or ends_on >= today))
   and not exists (select from staff_role where person_id = of_person and (ends_on is null or ends_on >= today));

-- How many rows of each table are about somebody, to that person alone: a number would tell of drafts. Tables and their
-- columns come from the plan; only a key to a person counts.
create function held_about(of_person uuid, of_tables jsonb) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    named record;
    counted bigint;
    found jsonb := '{}';
begin
    if viewer_id() is distinct from of_person then
        return null;
    end if;
    for named in
        select class.relname::text as of_table, attribute.attname::text as by_column
        from jsonb_each_text(of_tables) wanted
        join pg_class class on class.oid = to_regclass(wanted.key)
        join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attname = wanted.value
        join pg_constraint tie on tie.conrelid = class.oid and tie.contype = 'f'
         and tie.confrelid = 'person'::regclass and tie.conkey = array[attribute.attnum]
    loop
        execute format('select count(*) from %I where %I = $1', named.of_table, named.by_column)
        into counted using of_person;
        found := found || jsonb_build_object(named.of_table, counted);
    end loop;
    return found;
end $$;

-- --- asking ------------------------------------------------------------------------------------------------------

alter table erasure enable row level security;
alter table erasure_evidence enable row level security;
alter table erasure_object enable row level security;
alter table correction enable row level security;
alter table keeping enable row level security;

create policy known on erasure for select to talent_app using (
    person_id = (select viewer_id()) or asked_by = (select viewer_id())
    or school_id = any (array(select school_id from admin_schools((select viewer_id()), (select app_today()))))
    or data_known((select viewer_id()), person_id, (select app_today()))
);
create policy ask on erasure for insert to talent_app with check (
    asked_by = (select viewer_id()) and state = 'asked' and due_on >= (select app_today()) + 7
    and asked_as = may_ask_erasure((select viewer_id()), person_id, (select app_today()))
    and school_id is not distinct from data_school(person_id, (select app_today()))
);
-- Whoever may know of it stops it: a pupil of any age, the parents, the school.
create policy take_back on erasure for update to talent_app using (state = 'asked') with check (state = 'taken_back');
grant select, insert (id, person_id, school_id, asked_by, asked_as, why, asked_at, due_on),
    update (state, taken_back_at) on erasure to talent_app;
create policy worker_read on erasure for select to talent_worker using (true);
grant select on erasure to talent_worker;
create policy worker_all on erasure_object for all to talent_worker using (true) with check (true);
grant select, insert, delete on erasure_object to talent_worker;

create policy known on correction for select to talent_app using (
    asked_by = (select viewer_id()) or person_id = (select viewer_id())
    or school_id = any (array(select school_id from admin_schools((select viewer_id()), (select app_today()))))
);
create policy ask on correction for insert to talent_app with check (
    asked_by = (select viewer_id()) and state = 'asked'
    and data_known((select viewer_id()), person_id, (select app_today()))
    and school_id = data_school(person_id, (select app_today()))
);
create policy answer on correction for update to talent_app
using (
    state = 'asked'
    and school_id = any (array(select school_id from admin_schools((select viewer_id()), (select app_today()))))
)
with check (
    state <> 'asked' and answered_by = (select viewer_id()) and asked_by <> (select viewer_id())
    and school_id = any (array(select school_id from admin_schools((select viewer_id()), (select app_today()))))
);
create policy take_back on correction for delete to talent_app
using (asked_by = (select viewer_id()) and state = 'asked');
grant select, insert (id, person_id, school_id, asked_by, about, said, asked_at),
    update (state, answer, answered_by, answered_at), delete on correction to talent_app;

create policy known on keeping for select to talent_app using (
    person_id = (select viewer_id()) or data_known((select viewer_id()), person_id, (select app_today()))
);
grant select on keeping to talent_app;

-- Who is warned that a term ends keeps what there is for a year more, as often as they like.
create function keep_another_year(of_person uuid, today date) returns date
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    later date;
begin
    if not data_known(viewer_id(), of_person, today) or today is distinct from app_today() then
        return null;
    end if;
    delete from notice where kind = 'keeping_ends' and about_id = of_person
        and exists (select from keeping where person_id = of_person and told_on is not null);
    update keeping
    set goes_on = goes_on + interval '1 year', kept_until = goes_on + interval '1 year', told_on = null,
        told_again_on = null
    where person_id = of_person and told_on is not null
      and not exists (select from erasure where erasure.person_id = of_person and state in ('asked', 'running', 'clearing'))
    returning goes_on into later;
    return later;
end $$;

-- Told to the person, and to who has custody under 16, unless they asked it themselves; taken back, it was not told.
create function notice_of_erasure() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        delete from notice where kind = 'erasure_asked' and about_id = new.id;
        return null;
    end if;
    perform tell_notice(told.person_id, 'erasure_asked', new.id, new.person_id, new.asked_by, new.asked_at)
    from (
        select new.person_id
        union
        select tie.guardian_id from guardianship tie join person on person.id = tie.pupil_id
        where tie.pupil_id = new.person_id and tie.state = 'confirmed' and tie.custody = 'yes'
          and coalesce(years_old(person.birth_date, app_today()), 0) < 16
        order by 1
    ) told;
    return null;
end $$;
create trigger tell after insert or update of state on erasure for each row when (viewer_id() is not null)
execute function notice_of_erasure();

create function notice_of_correction() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(new.asked_by, 'correction_answered', new.id, null, new.answered_by, new.answered_at);
    return null;
end $$;
create trigger tell after update of state on correction for each row when (viewer_id() is not null)
execute function notice_of_correction();

-- --- erasing -----------------------------------------------------------------------------------------------------

-- Begins an erasure of which the days to take it back are over: nobody comes in as this person any more. Whether the
-- person goes as well, or only what they made; null where there is nothing to do.
create function begin_erasure(of_erasure uuid, at_moment timestamptz, today date) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    mine erasure;
    as_whole boolean;
begin
    select * into mine from erasure where id = of_erasure for update;
    if mine.state = 'running' then
        delete from session where person_id = mine.person_id;
        return mine.whole;
    end if;
    if mine.state is distinct from 'asked' or mine.due_on > today or mine.asked_at > at_moment then
        return null;
    end if;
    -- A parent's word counts as long as it is a parent's to give: not from the 16th birthday on, nor without custody.
    if mine.asked_as = 'guardian'
       and may_ask_erasure(mine.asked_by, mine.person_id, today) is distinct from 'guardian' then
        update erasure set state = 'taken_back', taken_back_at = at_moment where id = of_erasure;
        delete from notice where kind = 'erasure_asked' and about_id = of_erasure;
        return null;
    end if;
    if not exists (select from person where id = mine.person_id for update) then
        update erasure set state = 'clearing', whole = true, begun_at = at_moment, rows_gone_at = at_moment
        where id = of_erasure;
        return null;
    end if;
    as_whole := erasure_whole(mine.person_id, today);
    update erasure
    set state = 'running', begun_at = at_moment, whole = as_whole,
        was_closed = (select closed_at is not null from person where id = mine.person_id),
        who = case
            when exists (select from staff_role where person_id = mine.person_id) then 'staff'
            when exists (select from placement where pupil_id = mine.person_id) then 'pupil'
            else 'guardian' end
    where id = of_erasure;
    update person set closed_at = coalesce(closed_at, at_moment) where id = mine.person_id;
    delete from session where person_id = mine.person_id;
    return as_whole;
end $$;

-- Of whom an erasure is under way now; raises where it is not.
create function erasing(of_erasure uuid) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    found uuid := (select person_id from erasure where id = of_erasure and state = 'running');
begin
    if found is null then
        raise insufficient_privilege using message = 'no erasure is under way';
    end if;
    return found;
end $$;

-- Holds the erasure and the person until the transaction ends; false where another did the rest meanwhile.
create function hold_erased(of_erasure uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    mine erasure;
begin
    select * into mine from erasure where id = of_erasure for update;
    if mine.state is distinct from 'running' then
        return false;
    end if;
    perform from person where id = mine.person_id for update;
    return found;
end $$;

-- Rows of a table with this person in a column; or that hang on such rows of `via_table`.
create function erase_rows(of_erasure uuid, of_table text, by_column text, via_table text, via_column text)
returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    gone integer;
begin
    if via_table is null then
        execute format('delete from %I where %I = $1', of_table, by_column) using erasing(of_erasure);
    else
        execute format('delete from %I where %I in (select id from %I where %I = $1)',
                       of_table, by_column, via_table, via_column) using erasing(of_erasure);
    end if;
    get diagnostics gone = row_count;
    return gone;
end $$;

-- Cells of rows of others: emptied where this person is in `by_column`.
create function erase_cells(of_erasure uuid, of_table text, by_column text, cells text[]) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    gone integer;
begin
    execute format('update %I set %s where %I = $1', of_table,
                   (select string_agg(format('%I = null', cell), ', ') from unnest(cells) cell), by_column)
    using erasing(of_erasure);
    get diagnostics gone = row_count;
    return gone;
end $$;

-- Rows whose text or JSON in a column has this person's id in it.
create function erase_mentions(of_erasure uuid, of_table text, in_column text) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    gone integer;
begin
    execute format('delete from %I where strpos(%I::text, $1::text) > 0', of_table, in_column)
    using erasing(of_erasure);
    get diagnostics gone = row_count;
    return gone;
end $$;

-- Jobs that wait and are about this person: by their id, or by that of a row of theirs (`of_tables`: table to column).
-- What such a job was to remove from the store is removed with the rest.
create function erase_jobs(of_erasure uuid, of_tables jsonb) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    gone_person uuid := erasing(of_erasure);
    ids text[] := array[gone_person::text];
    named record;
    more text[];
    gone integer;
begin
    for named in select key, value from jsonb_each_text(of_tables) loop
        execute format('select array_agg(id::text) from %I where %I = $1', named.key, named.value)
        into more using gone_person;
        ids := ids || coalesce(more, '{}');
    end loop;
    insert into erasure_object (erasure_id, key, upload_id)
    select distinct on (removed.key) of_erasure, removed.key, job.args ->> 'upload_id'
    from procrastinate_jobs job cross join lateral jsonb_array_elements_text(job.args -> 'keys') removed (key)
    where job.task_name = 'remove_objects' and job.args ->> 'owner_id' = gone_person::text
    order by removed.key
    on conflict do nothing;
    delete from procrastinate_jobs where status not in ('doing', 'succeeded') and id in (
        select job.id from procrastinate_jobs job cross join lateral jsonb_path_query(job.args, '$.**') said
        where jsonb_typeof(said) = 'string' and said #>> '{}' = any (ids));
    get diagnostics gone = row_count;
    return gone;
end $$;

-- Notes which objects of the store go, from a column with their keys.
create function collect_objects(
    of_erasure uuid, of_table text, key_column text, upload_column text, by_column text, via_table text, via_column text
) returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    noted integer;
begin
    execute format(
        'insert into erasure_object (erasure_id, key, upload_id)'
        ' select distinct on (%2$I) $1, %2$I, %3$s from %1$I where %2$I is not null and %4$s order by %2$I'
        ' on conflict do nothing',
        of_table, key_column, case when upload_column is null then 'null::text' else format('%I', upload_column) end,
        case when via_table is null then format('%I = $2', by_column)
            else format('%I in (select id from %I where %I = $2)', by_column, via_table, via_column) end)
    using of_erasure, erasing(of_erasure);
    get diagnostics noted = row_count;
    return noted;
end $$;

-- What has to be shown later stays, without who it was: which text was answered how and when, and that a dossier was
-- found good. Only this erasure's number ties them, which the person was given.
create function keep_evidence(of_erasure uuid, today date, years integer) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    gone_person uuid := erasing(of_erasure);
    until date := today + make_interval(years => years);
begin
    if exists (select from erasure_evidence where erasure_id = of_erasure) then
        return;
    end if;
    insert into erasure_evidence (id, erasure_id, what, facts, keep_until)
    select uuidv7(), of_erasure, 'consent', jsonb_build_object(
        'purpose', purpose, 'version', version, 'answer', answer,
        'answeredOn', (answered_at at time zone 'Europe/Amsterdam')::date,
        'endedOn', (ended_at at time zone 'Europe/Amsterdam')::date), until
    from consent where pupil_id = gone_person and answer is not null
    union all
    select uuidv7(), of_erasure, 'dossier', jsonb_build_object(
        'closedOn', (given.closed_at at time zone 'Europe/Amsterdam')::date, 'schoolId', placement.school_id), until
    from dossier_hand_in given join placement on placement.id = given.placement_id
    where given.pupil_id = gone_person and given.state = 'done';
end $$;

-- The end of the rows, in the transaction that holds the person: the person goes, or stays without a name where rows of
-- others need one; or goes on, with an empty portfolio.
create function finish_erasure(of_erasure uuid, at_moment timestamptz, today date) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    mine erasure;
    tie record;
    needed boolean := false;
begin
    perform erasing(of_erasure);
    select * into mine from erasure where id = of_erasure for update;
    if not mine.whole then
        update person
        set home_sharing_since = null, closed_at = case when mine.was_closed then closed_at end
        where id = mine.person_id;
    else
        for tie in
            select held.conrelid::regclass as of_table, attribute.attname as by_column
            from pg_constraint held
            join pg_attribute attribute on attribute.attrelid = held.conrelid and attribute.attnum = held.conkey[1]
            where held.contype = 'f' and held.confrelid = 'person'::regclass
        loop
            execute format('select exists (select from %s where %I = $1)', tie.of_table, tie.by_column)
            into needed using mine.person_id;
            exit when needed;
        end loop;
        if needed then
            update person
            set given_name = 'Iemand', birth_date = null, locale = 'nl', home_sharing_since = null,
                family_name = case mine.who when 'staff' then 'van school' when 'guardian' then 'van thuis'
                    else 'van vroeger' end,
                search_name = case mine.who when 'staff' then 'iemand van school' when 'guardian'
                    then 'iemand van thuis' else 'iemand van vroeger' end
            where id = mine.person_id;
        else
            delete from person where id = mine.person_id;
        end if;
    end if;
    update erasure
    set state = 'clearing', rows_gone_at = at_moment, why = '',
        asked_by = case when asked_by = mine.person_id then null else asked_by end
    where id = of_erasure;
    return case when not mine.whole then 'emptied' when needed then 'nameless' else 'gone' end;
end $$;

create function close_erasure(of_erasure uuid, at_moment timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update erasure set state = 'done', done_at = at_moment
    where id = of_erasure and state = 'clearing'
      and not exists (select from erasure_object where erasure_id = of_erasure);
    return found;
end $$;

-- --- terms -------------------------------------------------------------------------------------------------------

-- Whose last tie to a school ended gets a day on which all goes; told `first` and `last` days before, never sooner
-- after. Some at a time; how many were noted or told.
create function tell_of_keeping(at_moment timestamptz, today date, years integer, first integer, last integer)
returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    done integer;
    total integer;
begin
    delete from notice using keeping
    where notice.kind = 'keeping_ends' and notice.about_id = keeping.person_id
      and not erasure_whole(keeping.person_id, today);
    delete from keeping where not erasure_whole(person_id, today);

    insert into keeping (person_id, goes_on)
    select person.id, greatest(coalesce(ended.on_day + make_interval(years => years), today + make_interval(years => years))::date,
                               today + first)
    from person
    cross join lateral (
        select max(ends_on) on_day from (
            select ends_on from placement where pupil_id = person.id
            union all select ends_on from staff_role where person_id = person.id) tie
    ) ended
    where not exists (select from keeping where keeping.person_id = person.id)
      and erasure_whole(person.id, today)
      and not exists (select from guardianship where guardian_id = person.id and state <> 'ended')
      and (exists (select from account where person_id = person.id) or ended.on_day is not null)
    limit 500;
    get diagnostics total = row_count;

    with told as (
        update keeping set goes_on = greatest(goes_on, today + first), told_on = today
        where person_id in (
            select person_id from keeping where told_on is null and goes_on <= today + first limit 500)
        returning person_id, goes_on
    )
    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), reader.person_id, 'keeping_ends', told.person_id, told.person_id, told.goes_on, at_moment
    from told cross join lateral (
        select told.person_id
        union
        select tie.guardian_id from guardianship tie join person on person.id = tie.pupil_id
        where tie.pupil_id = told.person_id and tie.state = 'confirmed' and tie.custody = 'yes'
          and coalesce(years_old(person.birth_date, today), 0) < 16
    ) reader
    on conflict (person_id, kind, about_id, on_day) do update set at = excluded.at, read_at = null;
    get diagnostics done = row_count;
    total := total + done;

    with told as (
        update keeping set goes_on = greatest(goes_on, today + last), told_again_on = today
        where person_id in (
            select person_id from keeping
            where told_on < today and told_again_on is null and goes_on <= today + last limit 500)
        returning person_id, goes_on
    )
    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), reader.person_id, 'keeping_ends', told.person_id, told.person_id, told.goes_on, at_moment
    from told cross join lateral (
        select told.person_id
        union
        select tie.guardian_id from guardianship tie join person on person.id = tie.pupil_id
        where tie.pupil_id = told.person_id and tie.state = 'confirmed' and tie.custody = 'yes'
          and coalesce(years_old(person.birth_date, today), 0) < 16
    ) reader
    on conflict (person_id, kind, about_id, on_day) do update set at = excluded.at, read_at = null;
    get diagnostics done = row_count;
    return total + done;
end $$;

-- Terms that ended, of people who were told twice, the last time `last` days ago or more.
create function ask_due_erasures(at_moment timestamptz, today date, last integer, most integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    asked integer;
begin
    insert into erasure (id, person_id, school_id, asked_as, asked_at, due_on)
    select uuidv7(), person_id, data_school(person_id, today), 'term', at_moment, today
    from keeping
    where goes_on <= today and told_again_on <= today - last and erasure_whole(person_id, today)
    order by goes_on limit most
    on conflict (person_id) where state in ('asked', 'running', 'clearing') do nothing;
    get diagnostics asked = row_count;
    return asked;
end $$;

-- A word to the pupil some days before something in the trash goes.
create function tell_of_trash(at_moment timestamptz, today date, days integer, before integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    told integer;
begin
    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), pupil_id, 'trash_goes', id, pupil_id,
           (trashed_at at time zone 'Europe/Amsterdam')::date + days, at_moment
    from entry
    where state = 'trashed' and trashed_at < at_moment - make_interval(days => days - before - 1)
      and (trashed_at at time zone 'Europe/Amsterdam')::date + days between today + 1 and today + before
    on conflict (person_id, kind, about_id, on_day) do nothing;
    get diagnostics told = row_count;
    return told;
end $$;

-- Entries that lay in the trash so long go, some at a time; which objects of theirs are left.
create function empty_trash(today date, days integer, most integer, out entries integer, out files jsonb)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    old uuid[] := array(
        select id from entry
        where state = 'trashed' and trashed_at is not null
          and (trashed_at at time zone 'Europe/Amsterdam')::date + days <= today
        order by trashed_at limit most for update skip locked);
begin
    files := coalesce((
        select jsonb_agg(jsonb_build_object('key', object_key, 'upload', upload_id, 'owner', pupil_id))
        from attachment where entry_id = any (old)), '[]');
    delete from notice where kind = 'trash_goes' and about_id = any (old);
    delete from entry where id = any (old);
    entries := coalesce(cardinality(old), 0);
end $$;

-- What is kept for a time only, by the rule's name (retention.toml); at most so many rows.
create function sweep_old(rule text, before timestamptz, most integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    day date := (before at time zone 'Europe/Amsterdam')::date;
    gone integer;
begin
    case rule
    when 'session' then
        delete from session where id in (select id from session where expires_at < before limit most);
    when 'sign_in_attempts' then
        delete from sign_in_attempts where (subject, window_start) in (
            select subject, window_start from sign_in_attempts where window_start < before limit most);
    when 'idempotency_key' then
        delete from idempotency_key where (person_id, key) in (
            select person_id, key from idempotency_key where created_at < before limit most);
    when 'class_window' then
        delete from class_window where id in (select id from class_window where closes_at < before limit most);
    when 'pupil_card' then
        delete from pupil_card where id in (
            select id from pupil_card where revoked_at < before or last_day < day limit most);
    when 'invitation' then
        delete from invitation where id in (
            select id from invitation
            where claimed_at is null and coalesce(ended_at, expires_at) < before limit most);
    when 'roster_import' then
        delete from roster_import where id in (
            select id from roster_import where coalesce(done_at, made_at) < before limit most);
    when 'access_log' then
        delete from access_log where id in (select id from access_log where on_date < day limit most);
    when 'outside_look' then
        delete from outside_look where (link_id, on_date) in (
            select link_id, on_date from outside_look where on_date < day limit most);
    when 'look_reason' then
        delete from look_reason where id in (select id from look_reason where last_day < day limit most);
    when 'factor_change' then
        delete from factor_change where id in (select id from factor_change where told and at < before limit most);
    when 'admin_act' then
        delete from admin_act where id in (
            select id from admin_act act where at < before
            and not exists (select from admin_act later where later.undoes = act.id and later.at >= before) limit most);
    when 'correction' then
        delete from correction where id in (select id from correction where answered_at < before limit most);
    when 'failed_job' then
        delete from procrastinate_jobs where id in (
            select job.id from procrastinate_jobs job where job.status in ('failed', 'cancelled', 'aborted')
            and (select max(at) from procrastinate_events where job_id = job.id) < before limit most);
    when 'erased_id' then
        update erasure set person_id = null, asked_by = null where id in (
            select id from erasure where person_id is not null
            and (done_at < before or taken_back_at < before) limit most);
    when 'erasure_evidence' then
        delete from erasure_evidence where id in (select id from erasure_evidence where keep_until < day limit most);
    when 'erasure' then
        delete from erasure where id in (
            select id from erasure where coalesce(done_at, taken_back_at) < before
            and not exists (select from erasure_evidence kept where kept.erasure_id = erasure.id) limit most);
    else
        raise invalid_parameter_value using message = format('no rule %s', rule);
    end case;
    get diagnostics gone = row_count;
    return gone;
end $$;
