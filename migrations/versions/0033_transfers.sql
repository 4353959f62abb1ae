-- The rules of migration 0033: who takes part in a transfer, how it stands, what it opens, and how it moves on.

-- Under 16 a parent says yes first; who has no known birthday counts as young.
create function transfer_young(pupil uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
return coalesce((select years_old(birth_date, today) < 16 from person where id = pupil), true);

-- Who says that yes: as for consents, guardians with custody whom the school confirmed.
create function transfer_guardians(pupil uuid) returns table (person_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 2
begin atomic
    select tie.guardian_id from guardianship tie
    where tie.pupil_id = pupil and tie.state = 'confirmed' and tie.custody = 'yes' and tie.guardian_id <> pupil;
end;

-- Whether it may go to the school. A no ends it; a yes counts as long as there is custody.
create function transfer_allowed(of_transfer uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select not transfer_young(moving.pupil_id, today) or exists (
        select from transfer_consent said
        join transfer_guardians(moving.pupil_id) guardian on guardian.person_id = said.person_id
        where said.transfer_id = moving.id and said.answer = 'yes')
    from transfer moving where moving.id = of_transfer;
end;

-- The one statement of how a transfer stands on a day: draft → asked (a parent) → offered → accepted; or refused,
-- withdrawn, expired, closed (the placement ended before the school said anything).
create function transfer_state(of_transfer uuid, today date) returns text
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case
        when moving.end_reason = 'withdrawn' then 'withdrawn'
        when moving.ended_at is not null then 'refused'
        when moving.accepted_at is not null then 'accepted'
        when placement.ends_on < today or pupil.closed_at is not null then 'closed'
        when moving.sent_at is null then 'draft'
        when moving.expires_on < today then 'expired'
        when not transfer_allowed(moving.id, today) then 'asked'
        else 'offered' end
    from transfer moving join placement on placement.id = moving.placement_id
    join person pupil on pupil.id = moving.pupil_id
    where moving.id = of_transfer;
end;

-- Who decides at the new school, once the pupil is there: the mentor (without one the teachers), and its deans.
create function transfer_deciders(of_transfer uuid, today date) returns table (person_id uuid)
language sql stable security definer set search_path = public, pg_temp rows 4
begin atomic
    select mentor.person_id from transfer moving
    join placement on placement.id = moving.placement_id and placement.starts_on <= today
     and (placement.ends_on is null or placement.ends_on >= today)
    cross join lateral mentors_of(placement.id, today) mentor
    where moving.id = of_transfer and mentor.person_id <> moving.pupil_id
    union
    select role.person_id from transfer moving
    join placement on placement.id = moving.placement_id and placement.starts_on <= today
     and (placement.ends_on is null or placement.ends_on >= today)
    join staff_role role on role.school_id = placement.school_id and role.role = 'dean'
     and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
    where moving.id = of_transfer and role.person_id <> moving.pupil_id;
end;

-- Whether the viewer decides about it now, or has accepted it.
create function transfer_decides(of_transfer uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from transfer_deciders(of_transfer, app_today()) who where who.person_id = viewer_id())
       and transfer_state(of_transfer, app_today()) in ('offered', 'accepted');
end;

-- Whether the viewer is asked for a yes as a parent: from the moment it was sent until the 16th birthday.
create function transfer_asks_home(of_transfer uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from transfer moving join transfer_guardians(moving.pupil_id) guardian on true
        where moving.id = of_transfer and moving.sent_at is not null and guardian.person_id = viewer_id()
          and transfer_young(moving.pupil_id, app_today()));
end;

-- Whether what was taken along opens to the viewer as staff: accepted, as long as the pupil is there.
create function transfer_opens(of_transfer uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from transfer moving join placement on placement.id = moving.placement_id
        where moving.id = of_transfer and moving.accepted_at is not null and moving.ended_at is null
          and moving.placement_id = any (running_placements()) and moving.pupil_id <> viewer_id());
end;

create function transfer_has_guardian(pupil uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select pupil = viewer_id() and exists (select from transfer_guardians(pupil));
end;

-- Whether a thing may be chosen: the pupil's own, told at another school, and neither a draft nor put away.
create function transfer_fits(of_transfer uuid, of_kind text, of_thing uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from transfer moving join placement on placement.id = moving.placement_id
        where moving.id = of_transfer and moving.pupil_id = viewer_id()
          and moving.sent_at is null and moving.ended_at is null
          and case of_kind
            when 'entry' then exists (
                select from entry join placement there on there.id = entry.placement_id
                where entry.id = of_thing and entry.pupil_id = moving.pupil_id
                  and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
                  and there.school_id <> placement.school_id)
            when 'words' then of_thing = moving.pupil_id
            when 'step' then exists (
                select from next_step step
                where step.id = of_thing and step.pupil_id = moving.pupil_id and step.who <> 'staff'
                  and step.done_at is null and step.let_go_at is null)
            when 'talk' then exists (
                select from conversation talk join placement there on there.id = talk.placement_id
                where talk.id = of_thing and talk.pupil_id = moving.pupil_id and talk.cancelled_at is null
                  and (talk.agreed_version = talk.record_version or talk.prepared_at is not null)
                  and there.school_id <> placement.school_id)
            else false end);
end;

-- --- what goes along, as far as somebody may read it --------------------------------------------------

-- In short, before anything opens: titles and numbers. To the pupil; to a parent who is asked, without the titles of
-- stories that stay at school; to who decides at the new school. What is no longer shared does not go along.
create function transfer_summary(of_transfer uuid) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    with moving as (
        select held.id, held.pupil_id, held.pupil_id <> viewer_id() and not transfer_decides(held.id)
               and not transfer_opens(held.id) at_home
        from transfer held
        where held.id = of_transfer and (
            held.pupil_id = viewer_id() or transfer_asks_home(held.id) or transfer_decides(held.id)
            or transfer_opens(held.id))
    ), going as (
        select item.kind, item.thing_id from moving join transfer_item item on item.transfer_id = moving.id
        where item.taken_back_at is null
    ), story as (
        select entry.id, entry.title, entry.kind, entry.school_year, entry.sort_on,
               not moving.at_home or entry.ring >= 2 shown
        from moving join going on going.kind = 'entry' join entry on entry.id = going.thing_id
        where entry.pupil_id = moving.pupil_id and entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1
    )
    select json_build_object(
        'stories', coalesce((
            select json_agg(json_build_object('id', id, 'title', title, 'kind', kind, 'schoolYear', school_year)
                            order by sort_on desc, id)
            from story where shown), '[]'),
        'untitled', (select count(*) from story where not shown),
        'results', (select count(*) from story where kind = 'result'),
        'words', exists (select from going where kind = 'words'),
        'steps', (select count(*) from going join next_step step on step.id = going.thing_id
                  where going.kind = 'step' and step.done_at is null and step.let_go_at is null),
        'talks', (select count(*) from going where kind = 'talk'))
    from moving;
end;

-- What goes along beside stories, as the new school reads it: words of the talent picture with who said them, open
-- steps, and talks with the sheet that was ready and the record that was agreed. To the pupil beforehand, as a look.
create function transfer_carried(of_transfer uuid) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
    with moving as (
        select held.id, held.pupil_id from transfer held
        where held.id = of_transfer and (held.pupil_id = viewer_id() or transfer_opens(held.id))
    ), going as (
        select item.kind, item.thing_id from moving join transfer_item item on item.transfer_id = moving.id
        where item.taken_back_at is null
    ), told as (
        select entry.id, entry.tags from moving join entry on entry.pupil_id = moving.pupil_id
        where entry.state in ('shared', 'asked_back', 'seen') and entry.ring >= 1 and entry.kind <> 'result'
          and entry.sort_on <= app_today() and exists (select from going where kind = 'words')
    ), said as (
        select lower(tag) word_key, tag word, 'pupil' voice from told cross join unnest(told.tags) tag
        union all
        select lower(given.word), given.word, given.voice from told join talent_word given on given.entry_id = told.id
    ), word as (
        select coalesce(max(choice.shown_as), min(said.word)) word, array_agg(distinct said.voice order by said.voice)
               voices, count(*) times
        from moving cross join said
        left join word_choice choice on choice.pupil_id = moving.pupil_id and choice.key = said.word_key
        group by said.word_key having not coalesce(bool_or(choice.hidden), false)
    )
    select json_build_object(
        'words', (select coalesce(json_agg(json_build_object('word', word, 'voices', voices) order by word), '[]')
                  from word),
        'steps', (select coalesce(json_agg(json_build_object('id', step.id, 'text', step.text, 'dueOn', step.due_on)
                                           order by step.due_on nulls last, step.made_at, step.id), '[]')
                  from going join next_step step on step.id = going.thing_id
                  where going.kind = 'step' and step.done_at is null and step.let_go_at is null),
        'talks', (select coalesce(json_agg(json_build_object(
                        'id', talk.id, 'kind', talk.kind, 'onDay', talk.on_day, 'school', school.name,
                        'sheet', case when sheet.ready_at is not null then json_build_object(
                            'foundOut', sheet.found_out, 'doubt', sheet.doubt, 'ask', sheet.ask,
                            'maybeNext', sheet.maybe_next) end,
                        'record', case when record.version is not null then json_build_object(
                            'pupilVoice', record.pupil_voice, 'staffVoice', record.staff_voice,
                            'words', akkoord.words) end)
                        order by talk.on_day desc, talk.id), '[]')
                  from going join conversation talk on talk.id = going.thing_id and going.kind = 'talk'
                  join placement on placement.id = talk.placement_id join school on school.id = placement.school_id
                  left join prep_sheet sheet on sheet.conversation_id = talk.id
                  left join conversation_record record on record.conversation_id = talk.id
                   and record.version = talk.agreed_version and talk.agreed_version = talk.record_version
                  left join conversation_agreement akkoord on akkoord.conversation_id = talk.id
                   and akkoord.record_version = record.version
                  where talk.cancelled_at is null))
    from moving;
end;

-- --- what it opens ------------------------------------------------------------------------------------

-- An entry is open to the placements to which it was taken along, accepted, and not taken back.
create function keep_taken_of(of_entry uuid) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    update entry set taken_to = worked_out.placements
    from (select array_agg(distinct moving.placement_id) placements
          from transfer_item item join transfer moving on moving.id = item.transfer_id
          where item.entry_id = of_entry and item.taken_back_at is null
            and moving.accepted_at is not null and moving.ended_at is null) worked_out
    where entry.id = of_entry and entry.taken_to is distinct from worked_out.placements;
end;

create function keep_taken() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    -- In one order: two of them at the same moment do not wait for each other.
    perform keep_taken_of(item.entry_id) from (
        select entry_id from transfer_item where transfer_id = new.id and entry_id is not null order by entry_id) item;
    return null;
end $$;
create trigger keep_taken after insert or update of accepted_at, ended_at on transfer for each row
execute function keep_taken();

create function keep_taken_items() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform keep_taken_of(coalesce(old.entry_id, new.entry_id));
    return null;
end $$;
create trigger keep_taken after insert or delete or update of taken_back_at on transfer_item for each row
execute function keep_taken_items();

-- Asked after `entry_read`, which the name decides (the last of them comes first), and only of entries that were taken
-- along: else a dean's two thousand placements would be read out of the settings once more for each statement.
create policy brought_along on entry for select to talent_app using (
    taken_to is not null and state in ('shared', 'asked_back', 'seen') and ring >= 1
    and taken_to && (select running_placements())::uuid[]);
create policy taken_change on entry for update to talent_app using (
    state in ('shared', 'asked_back', 'seen') and ring >= 1
    and taken_to && (select running_placements())::uuid[])
with check (state in ('shared', 'asked_back', 'seen'));

-- Nobody writes it by hand, the pupil neither: under 16 that would pass by the parent.
create policy taken_by_transfer on entry as restrictive for insert to talent_app with check (taken_to is null);
create function refuse_taken() returns trigger language plpgsql as $$
begin
    raise insufficient_privilege using message = 'only an accepted transfer opens an entry to another school';
end $$;
create trigger guard_taken before update of taken_to on entry for each row
when (current_user = 'talent_app' and new.taken_to is distinct from old.taken_to) execute function refuse_taken();

-- Who teaches at the new school gives words there as at an entry of its own.
create policy word_give_taken on talent_word for insert to talent_app
with check (author_id = (select viewer_id()) and voice = 'school' and exists (
    select from entry where entry.id = entry_id and entry.pupil_id <> (select viewer_id())
    and entry.taken_to && (select running_placements())::uuid[]));

-- --- how it moves on ----------------------------------------------------------------------------------

-- The pupil sends it, from the version that was seen. `outcome`: none (no such own one), closed, changed, empty, done.
create function transfer_send(of_transfer uuid, seen integer, at timestamptz, out outcome text, out now_version integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare moving transfer; stands text;
begin
    select * into moving from transfer where id = of_transfer and pupil_id = viewer_id() for update;
    now_version := moving.version;
    stands := transfer_state(of_transfer, app_today());
    outcome := case
        when moving.id is null then 'none'
        when stands in ('asked', 'offered', 'accepted') then 'done'
        when stands <> 'draft' then 'closed'
        when moving.version is distinct from seen then 'changed'
        when not exists (select from transfer_item where transfer_id = of_transfer) then 'empty'
        else 'sends' end;
    if outcome = 'sends' then
        update transfer set sent_at = at, changed_at = at, version = version + 1, expires_on = 60 + greatest(
            app_today(), (select starts_on from placement where id = moving.placement_id))
        where id = of_transfer returning version into now_version;
        outcome := 'done';
    end if;
end $$;

-- A guardian says yes, or no, also later: a no ends it, and closes what was open. none | closed | done.
create function transfer_answer(of_transfer uuid, said text, text_version integer, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare moving transfer;
begin
    select * into moving from transfer where id = of_transfer for update;
    if moving.id is null or said not in ('yes', 'no') or not transfer_asks_home(of_transfer) then
        return 'none';
    end if;
    if moving.ended_at is not null and said = 'no' and exists (
        select from transfer_consent known
        where known.transfer_id = of_transfer and known.person_id = viewer_id() and known.answer = 'no') then
        return 'done';
    end if;
    if transfer_state(of_transfer, app_today()) not in ('asked', 'offered', 'accepted') then
        return 'closed';
    end if;
    insert into transfer_consent (transfer_id, person_id, answer, version, answered_at)
    values (of_transfer, viewer_id(), said, text_version, at)
    on conflict (transfer_id, person_id) do update
    set answer = excluded.answer, version = excluded.version, answered_at = excluded.answered_at;
    if said = 'no' then
        update transfer set ended_at = at, end_reason = 'home', changed_at = at, version = version + 1
        where id = of_transfer;
    end if;
    return 'done';
end $$;

-- Mentor or dean of the new school accepts, or refuses in words; the first of two decides. none | closed | done.
create function transfer_decide(of_transfer uuid, accepts boolean, why text, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare moving transfer; stands text;
begin
    select * into moving from transfer where id = of_transfer for update;
    if moving.id is null or not exists (
        select from transfer_deciders(of_transfer, app_today()) who where who.person_id = viewer_id()) then
        return 'none';
    end if;
    stands := transfer_state(of_transfer, app_today());
    if stands in ('draft', 'asked') or not transfer_allowed(of_transfer, app_today()) then
        return 'none';
    elsif moving.decided_by = viewer_id() and stands = (case when accepts then 'accepted' else 'refused' end) then
        return 'done';
    elsif stands <> 'offered' then
        return 'closed';
    elsif accepts then
        update transfer set accepted_at = at, decided_by = viewer_id(), changed_at = at, version = version + 1
        where id = of_transfer;
    else
        update transfer set ended_at = at, end_reason = 'school', refusal = why, decided_by = viewer_id(),
            changed_at = at, version = version + 1
        where id = of_transfer;
    end if;
    return 'done';
end $$;

-- The pupil withdraws it, also after the school accepted; a draft is gone. none | done.
create function transfer_withdraw(of_transfer uuid, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare moving transfer;
begin
    select * into moving from transfer where id = of_transfer and pupil_id = viewer_id() for update;
    if moving.id is null then
        return 'none';
    elsif moving.sent_at is null then
        delete from transfer where id = of_transfer;
    elsif moving.ended_at is null then
        update transfer set ended_at = at, end_reason = 'withdrawn', changed_at = at, version = version + 1
        where id = of_transfer;
    end if;
    return 'done';
end $$;

-- After the school accepted: the pupil takes one thing back, or lets it go along after all. none | closed | done.
create function transfer_goes_along(of_transfer uuid, of_kind text, of_thing uuid, goes boolean, at timestamptz)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare moving transfer;
begin
    select * into moving from transfer where id = of_transfer and pupil_id = viewer_id() for update;
    if moving.id is null or not exists (
        select from transfer_item where transfer_id = of_transfer and kind = of_kind and thing_id = of_thing) then
        return 'none';
    elsif moving.accepted_at is null or moving.ended_at is not null then
        return 'closed';
    end if;
    update transfer_item set taken_back_at = case when not goes then at end
    where transfer_id = of_transfer and kind = of_kind and thing_id = of_thing and (taken_back_at is null) <> goes;
    return 'done';
end $$;

-- --- who is told --------------------------------------------------------------------------------------

create function notice_of_transfer() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if new.sent_at is not null and old.sent_at is null then
        if transfer_state(new.id, app_today()) = 'asked' then
            perform tell_notice(who.person_id, 'transfer_asked', new.id, new.pupil_id, new.pupil_id, new.sent_at)
            from (select person_id from transfer_guardians(new.pupil_id) order by person_id) who;
        else
            perform tell_notice(who.person_id, 'transfer_offered', new.id, new.pupil_id, new.pupil_id, new.sent_at)
            from (select person_id from transfer_deciders(new.id, app_today()) order by person_id) who;
        end if;
        return null;
    end if;
    -- What was decided waits for nobody any more.
    delete from notice where about_id = new.id and kind in ('transfer_asked', 'transfer_offered', 'transfer_expiring');
    if new.ended_at is null then
        perform tell_notice(new.pupil_id, 'transfer_accepted', new.id, new.pupil_id, new.decided_by, new.accepted_at);
    else
        delete from notice where about_id = new.id and kind = 'transfer_accepted';
        if new.end_reason <> 'withdrawn' then
            perform tell_notice(new.pupil_id, 'transfer_refused', new.id, new.pupil_id, viewer_id(), new.ended_at);
        end if;
    end if;
    return null;
end $$;
create trigger tell after update of sent_at, accepted_at, ended_at on transfer for each row
when (viewer_id() is not null and (new.sent_at, new.accepted_at, new.ended_at)
      is distinct from (old.sent_at, old.accepted_at, old.ended_at))
execute function notice_of_transfer();

-- A parent said yes: now it waits for the new school, and no longer for the other parent.
create function notice_of_transfer_consent() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if transfer_state(new.transfer_id, app_today()) = 'offered' then
        delete from notice where about_id = new.transfer_id and kind = 'transfer_asked';
        perform tell_notice(who.person_id, 'transfer_offered', moving.id, moving.pupil_id, moving.pupil_id,
                            new.answered_at)
        from transfer moving
        cross join lateral (select person_id from transfer_deciders(moving.id, app_today()) order by person_id) who
        where moving.id = new.transfer_id;
    end if;
    return null;
end $$;
create trigger tell after insert or update on transfer_consent for each row
when (viewer_id() is not null and new.answer = 'yes') execute function notice_of_transfer_consent();

-- What days bring: a first day at school or a 16th birthday on which it comes to the school, a mentor who is new, the
-- last week before it is over; and what is over waits for nobody. Run again, it adds nothing.
create function tell_of_transfers(today date, at_moment timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), who.person_id, 'transfer_offered', moving.id, moving.pupil_id, today, at_moment
    from transfer moving cross join lateral transfer_deciders(moving.id, today) who
    where moving.sent_at is not null and moving.accepted_at is null and moving.ended_at is null
      and moving.expires_on >= today and transfer_state(moving.id, today) = 'offered'
      and not exists (select from notice told where told.person_id = who.person_id
                      and told.kind = 'transfer_offered' and told.about_id = moving.id)
    on conflict (person_id, kind, about_id, on_day) do nothing;

    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), moving.pupil_id, 'transfer_expiring', moving.id, moving.pupil_id, moving.expires_on, at_moment
    from transfer moving
    where moving.sent_at is not null and moving.accepted_at is null and moving.ended_at is null
      and moving.expires_on between today and today + 7 and transfer_state(moving.id, today) in ('asked', 'offered')
    on conflict (person_id, kind, about_id, on_day) do nothing;

    delete from notice using transfer moving
    where notice.about_id = moving.id and notice.kind in ('transfer_asked', 'transfer_offered', 'transfer_expiring')
      and transfer_state(moving.id, today) not in ('asked', 'offered');
end;

-- Whether a notice about a transfer still holds for the viewer.
create function transfer_notice_opens(of_transfer uuid, of_kind text) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce((
        select case of_kind
            when 'transfer_asked' then stands = 'asked' and transfer_asks_home(of_transfer)
            when 'transfer_offered' then stands = 'offered' and transfer_decides(of_transfer)
            when 'transfer_accepted' then stands = 'accepted' and moving.pupil_id = viewer_id()
            when 'transfer_refused' then stands = 'refused' and moving.pupil_id = viewer_id()
            when 'transfer_expiring' then stands in ('asked', 'offered') and moving.pupil_id = viewer_id()
            else false end
        from transfer moving cross join lateral transfer_state(moving.id, app_today()) stands
        where moving.id = of_transfer), false);
end;

create function transfer_school(of_transfer uuid) returns text
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select school.name from transfer moving join placement on placement.id = moving.placement_id
    join school on school.id = placement.school_id
    where moving.id = of_transfer and moving.pupil_id = viewer_id();
end;

create function transfer_last_day(of_transfer uuid) returns date
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select moving.expires_on from transfer moving where moving.id = of_transfer and moving.pupil_id = viewer_id();
end;

-- --- the second wall ----------------------------------------------------------------------------------

alter table transfer enable row level security;
alter table transfer_item enable row level security;
alter table transfer_consent enable row level security;

create policy own on transfer for select to talent_app using (pupil_id = (select viewer_id()));
create policy at_home on transfer for select to talent_app using (
    sent_at is not null and pupil_id = any ((select home_children())::uuid[]) and transfer_asks_home(id));
create policy at_school on transfer for select to talent_app using (
    sent_at is not null and ended_at is null and placement_id = any ((select running_placements())::uuid[])
    and (accepted_at is not null or transfer_decides(id)));
create policy begin on transfer for insert to talent_app with check (
    pupil_id = (select viewer_id()) and exists (
        select from placement where placement.id = placement_id and placement.pupil_id = (select viewer_id())
        and (placement.ends_on is null or placement.ends_on >= (select app_today()))));
create policy choose on transfer for update to talent_app
using (pupil_id = (select viewer_id()) and sent_at is null)
with check (pupil_id = (select viewer_id()) and sent_at is null);

-- Which things those are is the pupil's, and the school's once it accepted.
create policy own on transfer_item for select to talent_app using (exists (
    select from transfer moving where moving.id = transfer_id and moving.pupil_id = (select viewer_id())));
create policy at_school on transfer_item for select to talent_app using (exists (
    select from transfer moving where moving.id = transfer_id and moving.accepted_at is not null
    and moving.ended_at is null and moving.placement_id = any ((select running_placements())::uuid[])));
create policy choose on transfer_item for insert to talent_app with check (
    taken_back_at is null and transfer_fits(transfer_id, kind, thing_id));
create policy leave_out on transfer_item for delete to talent_app using (exists (
    select from transfer moving where moving.id = transfer_id and moving.pupil_id = (select viewer_id())
    and moving.sent_at is null));

create policy said on transfer_consent for select to talent_app using (person_id = (select viewer_id()));

grant select on transfer, transfer_item, transfer_consent to talent_app;
grant insert (id, pupil_id, placement_id, made_at, changed_at, version) on transfer to talent_app;
grant update (changed_at, version) on transfer to talent_app;
grant insert (transfer_id, kind, thing_id), delete on transfer_item to talent_app;
