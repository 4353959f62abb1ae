-- The functions of migration 0030: notices of talks, dossiers, cards from home, somebody outside, and steps.

-- A talk that is planned: to the pupil, to home where parents are invited, and to who holds it. The last hears it once
-- a day, with a number: a whole class may be planned in one go.
create function notice_of_planned_talk() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    by_whom uuid := coalesce(new.changed_by, new.planned_by);
begin
    if tg_op = 'INSERT' or old.cancelled_at is not null then
        perform tell_notice(new.pupil_id, 'talk_planned', new.id, new.pupil_id, by_whom, new.changed_at);
    end if;
    if tg_op = 'INSERT' or old.cancelled_at is not null or new.held_with <> old.held_with then
        perform tell_notice(new.held_with, 'talks_planned', null, null, by_whom, new.changed_at);
    end if;
    if new.with_home and (tg_op = 'INSERT' or old.cancelled_at is not null or not old.with_home) then
        perform tell_notice(home.guardian_id, 'talk_planned', new.id, new.pupil_id, by_whom, new.changed_at)
        from (select guardian_id from open_guardians(new.pupil_id, app_today()) order by guardian_id) home;
    end if;
    return null;
end $$;
create trigger tell_planned after insert on conversation for each row
when (viewer_id() is not null and new.cancelled_at is null and new.held_at is null and new.on_day >= app_today())
execute function notice_of_planned_talk();
create trigger tell_planned_anew after update on conversation for each row
when (viewer_id() is not null and new.cancelled_at is null and new.held_at is null and new.on_day >= app_today()
      and (old.cancelled_at is not null or new.held_with <> old.held_with or (new.with_home and not old.with_home)))
execute function notice_of_planned_talk();

-- Moved, or called off: to all who take part.
create function notice_of_changed_talk() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    of_kind text := case when new.cancelled_at is null then 'talk_moved' else 'talk_cancelled' end;
begin
    perform tell_notice(part.person_id, of_kind, new.id, new.pupil_id, new.changed_by, new.changed_at)
    from (
        select new.pupil_id as person_id
        union select new.held_with where new.held_with = old.held_with  -- another one hears that it is planned
        union select guardian_id from open_guardians(new.pupil_id, app_today()) where new.with_home
        order by person_id
    ) part;
    return null;
end $$;
create trigger tell_changed after update on conversation for each row
when (viewer_id() is not null and new.held_at is null and new.record_version = 0 and new.on_day >= app_today()
      and ((new.cancelled_at is not null and old.cancelled_at is null)
           or (new.cancelled_at is null and old.cancelled_at is null
               and (new.on_day, new.at_time, new.place, new.held_with)
                   is distinct from (old.on_day, old.at_time, old.place, old.held_with))))
execute function notice_of_changed_talk();

-- The pupil's sheet is ready: once a day with a number to who holds the talk.
create function notice_of_prepared_talk() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(new.held_with, 'talks_prepared', null, null, new.pupil_id, new.prepared_at);
    return null;
end $$;
create trigger tell_prepared after update of prepared_at on conversation for each row
when (viewer_id() is not null and new.prepared_at is not null and old.prepared_at is null)
execute function notice_of_prepared_talk();

-- What school wrote waits for the pupil's akkoord.
create function notice_of_record() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(talk.pupil_id, 'talk_recorded', talk.id, talk.pupil_id, new.written_by, new.written_at)
    from conversation talk where talk.id = new.conversation_id;
    return null;
end $$;
create trigger tell after insert on conversation_record for each row when (viewer_id() is not null)
execute function notice_of_record();

-- The akkoord: to who held the talk, unless it was given on that person's own screen; to home once it reads the record.
create function notice_of_agreement() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if tg_op = 'INSERT' and new.way = 'own' then
        perform tell_notice(talk.held_with, 'talk_agreed', talk.id, talk.pupil_id, new.pupil_id, new.agreed_at)
        from conversation talk where talk.id = new.conversation_id;
    end if;
    if new.ring = 2 then
        perform tell_notice(home.guardian_id, 'talk_agreed', new.conversation_id, new.pupil_id, new.pupil_id,
                            case when tg_op = 'INSERT' then new.agreed_at end)
        from (select guardian_id from open_guardians(new.pupil_id, app_today()) order by guardian_id) home;
    end if;
    return null;
end $$;
create trigger tell after insert on conversation_agreement for each row when (viewer_id() is not null)
execute function notice_of_agreement();
create trigger tell_home after update of ring on conversation_agreement for each row
when (viewer_id() is not null and new.ring = 2 and old.ring <> 2) execute function notice_of_agreement();

-- A dossier at school: to the deans once a day with a number, also when its second reader has read it; to that reader;
-- and to the pupil how it was closed.
create function notice_of_dossier() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    today date := app_today();
begin
    if new.state in ('done', 'returned') then
        perform tell_notice(new.pupil_id, 'dossier_' || new.state, new.id, new.pupil_id, new.closed_by, new.closed_at);
    elsif tg_op = 'INSERT' or new.reader_agrees is not null then
        perform tell_notice(dean.person_id, 'dossiers_waiting', dean.school_id, null, viewer_id(),
                            coalesce(new.reader_at, new.handed_in_at))
        from (
            select distinct role.person_id, role.school_id
            from placement join staff_role role on role.school_id = placement.school_id and role.role = 'dean'
            where placement.id = new.placement_id
              and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today)
            order by role.person_id, role.school_id
        ) dean;
    else
        -- No pupil: a second reader may have nothing else to do with this one.
        perform tell_notice(new.reader_id, 'dossier_to_read', new.id, null, viewer_id(),
                            coalesce(request_moment(), new.handed_in_at));
    end if;
    return null;
end $$;
create trigger tell_new after insert on dossier_hand_in for each row
when (viewer_id() is not null and new.state = 'handed_in') execute function notice_of_dossier();
create trigger tell after update on dossier_hand_in for each row
when (viewer_id() is not null and (
    (new.state in ('done', 'returned') and new.state <> old.state)
    or (new.state = 'handed_in' and (
        (new.reader_agrees is not null and old.reader_agrees is null)
        or (new.reader_id is not null and new.reader_id is distinct from old.reader_id)))
)) execute function notice_of_dossier();

-- A card for home that is put ready for a class: to its pupils.
create function notice_of_offer() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(meant.pupil_id, 'homework_offered', new.id, meant.pupil_id, new.offered_by, new.offered_at)
    from (
        select distinct placement.pupil_id
        from group_membership member join placement on placement.id = member.placement_id
        where member.group_id = new.group_id
          and member.starts_on <= app_today() and (member.ends_on is null or member.ends_on >= app_today())
          and placement.starts_on <= app_today() and (placement.ends_on is null or placement.ends_on >= app_today())
        order by placement.pupil_id
    ) meant;
    return null;
end $$;
create trigger tell after insert on homework_offer for each row when (viewer_id() is not null)
execute function notice_of_offer();

-- Home said something on a card: to the pupil. The pupil shared one: to home, but who answered it there; with school:
-- to who looks after the class, once a day for a class with a number.
create function notice_of_homework() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    today date := app_today();
begin
    if new.home_by <> new.pupil_id and (tg_op = 'INSERT' or
        (new.home_text, new.home_sound) is distinct from (old.home_text, old.home_sound)) then
        perform tell_notice(new.pupil_id, 'homework_answered', new.id, new.pupil_id, new.home_by, new.updated_at);
    end if;
    if tg_op = 'INSERT' or new.state <> 'shared' then
        return null;
    end if;
    if old.state <> 'shared' then
        perform tell_notice(home.guardian_id, 'homework_shared', new.id, new.pupil_id, new.pupil_id, new.shared_at)
        from (select guardian_id from open_guardians(new.pupil_id, today) order by guardian_id) home
        where home.guardian_id is distinct from new.home_by;
    end if;
    if new.with_school and not old.with_school then
        perform tell_notice(mentor.person_id, 'homework_at_school', mentor.group_id, null, new.pupil_id, new.shared_at)
        from (
            select looks.person_id, min(member.group_id::text)::uuid as group_id
            from mentors_of(new.placement_id, today) looks
            join staff_role role on role.person_id = looks.person_id and role.role = 'teacher'
            join group_assignment given on given.staff_role_id = role.id
             and given.starts_on <= today and (given.ends_on is null or given.ends_on >= today)
            join group_membership member on member.group_id = given.group_id
             and member.placement_id = new.placement_id
             and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today)
            group by looks.person_id order by looks.person_id
        ) mentor;
    end if;
    return null;
end $$;
create trigger tell_new after insert on homework for each row
when (viewer_id() is not null and new.home_by is not null) execute function notice_of_homework();
create trigger tell after update on homework for each row
when (viewer_id() is not null and (new.state, new.with_school, new.home_text, new.home_sound)
      is distinct from (old.state, old.with_school, old.home_text, old.home_sound))
execute function notice_of_homework();

-- A pupil of 12 to 15 wants to ask somebody outside: to who says yes or no.
create function notice_of_outside_link() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(decider.person_id, 'outside_asked', new.id, new.pupil_id, new.pupil_id, new.asked_at)
    from (select distinct person_id from outside_deciders(new.id, app_today()) order by person_id) decider,
         person
    where person.id = new.pupil_id and years_old(person.birth_date, app_today()) between 12 and 15;
    return null;
end $$;
create trigger tell after insert on outside_link for each row when (viewer_id() is not null)
execute function notice_of_outside_link();

-- Somebody outside answered: to the pupil. Nobody is signed in then; what comes through a function of the app is told,
-- and what the owner brings in is not.
create function notice_of_outside_answer() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    perform tell_notice(link.pupil_id, 'outside_answered', link.id, link.pupil_id, null, new.sent_at)
    from outside_link link where link.id = new.link_id;
    return null;
end $$;
create trigger tell after insert or update of sent_at on outside_answer for each row
when (session_user <> current_user and new.state = 'sent') execute function notice_of_outside_answer();

-- Steps whose day has come, to whoever does them; not those of long ago. Run again, it adds nothing.
create function tell_of_steps(today date, at_moment timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), coalesce(step.staff_id, step.pupil_id), 'step_due', step.id, step.pupil_id,
           coalesce(step.remind_on, step.due_on), at_moment
    from next_step step
    where step.done_at is null and step.let_go_at is null
      and coalesce(step.remind_on, step.due_on) between today - 2 and today
    on conflict (person_id, kind, about_id, on_day) do nothing;
end;

-- For the weekly mail: whether what was told still holds, and this person takes part in it. That the pupil is visible
-- to this person is asked beside it.
create function notice_holds(
    of_kind text, about uuid, gathers date, person uuid, home uuid[], running uuid[], today date
) returns boolean language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case
        when of_kind in ('talk_planned', 'talk_moved', 'talk_cancelled', 'talk_recorded', 'talk_agreed') then exists (
            select from conversation talk where talk.id = about
            and case of_kind
                when 'talk_recorded' then talk.record_version > 0
                    and talk.agreed_version is distinct from talk.record_version
                when 'talk_agreed' then talk.agreed_version = talk.record_version
                when 'talk_cancelled' then talk.cancelled_at is not null and talk.on_day >= today
                else talk.cancelled_at is null and talk.held_at is null and talk.on_day >= today end
            and (talk.pupil_id = person
                 or (talk.held_with = person and talk.placement_id = any (running))
                 or (talk.pupil_id = any (home)
                     and case of_kind when 'talk_agreed' then talk.agreed_ring = 2 else talk.with_home end)))
        when of_kind in ('talks_planned', 'talks_prepared') then exists (
            select from conversation talk where talk.held_with = person and talk.placement_id = any (running)
            and talk.cancelled_at is null and talk.held_at is null
            and case of_kind
                when 'talks_planned' then talk.planned_by <> person and talk.on_day >= today and gathers in (
                    (talk.made_at at time zone 'Europe/Amsterdam')::date,
                    (talk.changed_at at time zone 'Europe/Amsterdam')::date)
                else (talk.prepared_at at time zone 'Europe/Amsterdam')::date = gathers end)
        when of_kind = 'step_due' then exists (
            select from next_step step left join conversation talk on talk.id = step.conversation_id
            where step.id = about and step.done_at is null and step.let_go_at is null
            and coalesce(step.remind_on, step.due_on) = gathers
            and case step.who when 'staff' then step.staff_id = person and talk.placement_id = any (running)
                else step.pupil_id = person end)
        when of_kind in ('dossier_done', 'dossier_returned') then exists (
            select from dossier_hand_in given where given.id = about and given.pupil_id = person
            and 'dossier_' || given.state = of_kind and not exists (
                select from dossier_hand_in anew where anew.pupil_id = given.pupil_id
                and anew.number > given.number and anew.state <> 'withdrawn'))
        when of_kind = 'dossiers_waiting' then exists (
            select from dossier_hand_in given join placement on placement.id = given.placement_id
            join staff_role role on role.school_id = placement.school_id and role.role = 'dean'
            where placement.school_id = about and given.state = 'handed_in' and placement.id = any (running)
            and (given.reader_id is null or given.reader_agrees is not null) and role.person_id = person
            and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today))
        when of_kind = 'dossier_to_read' then exists (
            select from dossier_hand_in given join placement on placement.id = given.placement_id
            join staff_role role on role.school_id = placement.school_id and role.role in ('teacher', 'dean')
            where given.id = about and given.state = 'handed_in' and given.reader_id = person
            and given.reader_agrees is null and role.person_id = person
            and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
            and role.starts_on <= today and (role.ends_on is null or role.ends_on >= today))
        when of_kind = 'homework_offered' then exists (
            select from homework_offer offer join group_membership member on member.group_id = offer.group_id
            join placement on placement.id = member.placement_id
            where offer.id = about and offer.on_day >= today and placement.pupil_id = person
            and placement.starts_on <= today and (placement.ends_on is null or placement.ends_on >= today)
            and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today)
            and not exists (select from homework where offer_id = offer.id and pupil_id = person))
        when of_kind = 'homework_answered' then exists (
            select from homework card where card.id = about and card.pupil_id = person and card.home_by <> person)
        when of_kind = 'homework_shared' then exists (
            select from homework card where card.id = about and card.pupil_id = any (home) and card.state = 'shared')
        when of_kind = 'homework_at_school' then exists (
            select from homework card join group_membership member on member.placement_id = card.placement_id
            where member.group_id = about and card.placement_id = any (running) and card.state = 'shared'
            and card.with_school and (card.shared_at at time zone 'Europe/Amsterdam')::date = gathers
            and member.starts_on <= today and (member.ends_on is null or member.ends_on >= today))
        when of_kind = 'outside_answered' then exists (
            select from outside_link link join outside_answer said on said.link_id = link.id
            join entry on entry.id = link.entry_id and entry.state <> 'trashed'
            where link.id = about and link.pupil_id = person and said.state = 'sent')
        when of_kind = 'outside_asked' then exists (
            select from outside_link link join person pupil on pupil.id = link.pupil_id
            where link.id = about and link.ended_at is null
            and (link.expires_at at time zone 'Europe/Amsterdam')::date > today
            and years_old(pupil.birth_date, today) between 12 and 15
            and exists (select from outside_deciders(link.id, today) decider
                        where decider.person_id = notice_holds.person)
            and not exists (select from outside_consent said
                            where said.link_id = link.id and said.person_id = notice_holds.person))
        else true end;
end;
