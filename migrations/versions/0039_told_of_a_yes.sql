-- The rules of migration 0039: who is told that a yes is asked or was given, and until when that holds.

-- Whether a yes of a parent is still asked for a link on this day: none counts, or the page is another than was read.
create function showcase_waits(of_share uuid, today date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from showcase_share share
        join showcase_page page on page.id = share.page_id and page.removed_at is null
        join person on person.id = share.pupil_id and person.closed_at is null
         and years_old(person.birth_date, today) between 12 and 15
        where share.id = of_share and share.ended_at is null and share.ends_on >= today
          and (share.agreed_version is distinct from page.version or not showcase_allowed(share.id, today)));
end;

-- Whether a notice about a link still holds for the viewer.
create function showcase_notice_opens(of_share uuid, of_kind text) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce((
        select case of_kind
            when 'showcase_asked' then showcase_decides(share.id) and showcase_waits(share.id, app_today())
            when 'showcase_agreed' then share.pupil_id = viewer_id() and share.ended_at is null
                and share.ends_on >= app_today() and showcase_allowed(share.id, app_today())
            when 'showcase_refused' then share.pupil_id = viewer_id() and share.end_reason = 'refused'
            else false end
        from showcase_share share join showcase_page page on page.id = share.page_id and page.removed_at is null
        where share.id = of_share), false);
end;

-- What the page of one's own link is called.
create function showcase_title(of_share uuid) returns text
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select page.content ->> 'title' from showcase_share share join showcase_page page on page.id = share.page_id
    where share.id = of_share and share.pupil_id = viewer_id();
end;

-- A link under 16 asks a parent.
create function notice_of_share() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if showcase_waits(new.id, app_today()) then
        perform tell_notice(who.person_id, 'showcase_asked', new.id, new.pupil_id, new.pupil_id, new.made_at)
        from (select person_id from transfer_guardians(new.pupil_id) order by person_id) who;
    end if;
    return null;
end $$;
create trigger tell after insert on showcase_share for each row
when (viewer_id() is not null) execute function notice_of_share();

-- It was answered, or stopped: it waits for nobody any more, and the pupil is told, not by whom.
create function notice_of_answered_share() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    delete from notice where about_id = new.id and kind in ('showcase_asked', 'showcase_agreed');
    if new.end_reason = 'refused' then
        perform tell_notice(new.pupil_id, 'showcase_refused', new.id, new.pupil_id, null, new.ended_at);
    elsif new.ended_at is null then
        perform tell_notice(new.pupil_id, 'showcase_agreed', new.id, new.pupil_id, null, new.agreed_at);
    end if;
    return null;
end $$;
create trigger tell_answer after update of agreed_at, ended_at on showcase_share for each row
when (viewer_id() is not null and (new.agreed_at, new.ended_at) is distinct from (old.agreed_at, old.ended_at))
execute function notice_of_answered_share();

-- What hours bring: a page that was changed after a yes and rests since an hour, a parent whose link was confirmed
-- later, a yes of somebody who has no custody any more. Who was told since the last change is not told again, and what
-- is answered or over waits for nobody.
create function tell_of_showcases(today date, at_moment timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), who.person_id, 'showcase_asked', share.id, share.pupil_id, today, at_moment
    from showcase_share share
    join showcase_page page on page.id = share.page_id
    cross join lateral transfer_guardians(share.pupil_id) who
    where share.ended_at is null and share.ends_on >= today
      and page.updated_at <= at_moment - interval '1 hour' and showcase_waits(share.id, today)
      and not exists (
        select from notice told where told.person_id = who.person_id and told.kind = 'showcase_asked'
          and told.about_id = share.id and told.at >= page.updated_at)
    on conflict (person_id, kind, about_id, on_day) do update set at = excluded.at, read_at = null;

    delete from notice using showcase_share share
    where notice.about_id = share.id and notice.kind in ('showcase_asked', 'showcase_agreed')
      and case notice.kind
          when 'showcase_asked' then not showcase_waits(share.id, today)
          else share.ended_at is not null or share.ends_on < today or not showcase_allowed(share.id, today) end;
end;

-- --- a transfer ---------------------------------------------------------------------------------------

-- Whether the viewer's own transfer waits for the new school after a yes at home.
create function transfer_agreed(of_transfer uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from transfer moving
        where moving.id = of_transfer and moving.pupil_id = viewer_id()
          and transfer_state(moving.id, app_today()) = 'offered'
          and exists (select from transfer_consent said where said.transfer_id = moving.id and said.answer = 'yes'));
end;

-- The first yes is told to the pupil, not whose it was.
create function notice_of_agreed_transfer() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if transfer_state(new.transfer_id, app_today()) = 'offered' then
        perform tell_notice(moving.pupil_id, 'transfer_agreed', moving.id, moving.pupil_id, null, new.answered_at)
        from transfer moving
        where moving.id = new.transfer_id and not exists (
            select from notice told where told.person_id = moving.pupil_id and told.kind = 'transfer_agreed'
              and told.about_id = moving.id);
    end if;
    return null;
end $$;
create trigger tell_pupil after insert or update on transfer_consent for each row
when (viewer_id() is not null and new.answer = 'yes') execute function notice_of_agreed_transfer();

-- A parent whose link was confirmed, or who got custody, after it was sent; and a yes that was followed by an answer of
-- the school is no news any more. Run again, it adds nothing.
create function tell_of_asked_transfers(today date, at_moment timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into notice (id, person_id, kind, about_id, pupil_id, on_day, at)
    select uuidv7(), who.person_id, 'transfer_asked', moving.id, moving.pupil_id, today, at_moment
    from transfer moving cross join lateral transfer_guardians(moving.pupil_id) who
    where moving.sent_at is not null and moving.accepted_at is null and moving.ended_at is null
      and moving.expires_on >= today and transfer_state(moving.id, today) = 'asked'
      and not exists (select from notice told where told.person_id = who.person_id
                      and told.kind = 'transfer_asked' and told.about_id = moving.id)
    on conflict (person_id, kind, about_id, on_day) do nothing;

    delete from notice using transfer moving
    where notice.about_id = moving.id and notice.kind = 'transfer_agreed'
      and transfer_state(moving.id, today) <> 'offered';
end;
