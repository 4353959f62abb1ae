"""Notices of talks, steps, dossiers, cards from home and somebody outside; the weekly mail counts those that hold.

As in 0028 nobody writes them: triggers on the facts do. A fact that the owner brings in tells nothing.
"""

from pathlib import Path

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

FACTS = Path(__file__).with_suffix(".sql").read_text("utf-8")

# As in 0028; `{holds}` is what else is asked of a notice, with `{running}` for it.
NEWS = """
create or replace function news_for(person uuid, since timestamptz, before timestamptz, today date,
                                    out notices integer, out children integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    with home as materialized (select pupil_id from home_pupils(news_for.person, today)),
{running}    news as (
        select notice.kind, notice.pupil_id, notice.pupil_id in (select pupil_id from home) is_child
        from notice
        where notice.person_id = news_for.person and notice.read_at is null
          and not exists (select from person closed where closed.id = news_for.person and closed.closed_at is not null)
          and not exists (
              select from account where account.person_id = news_for.person and account.closed_at is not null)
          and notice.at >= since and notice.at < before
          and not exists (select from notice_setting setting where setting.person_id = news_for.person
                          and setting.kind = notice.kind and not setting.by_mail)
          and (notice.pupil_id is null or notice.pupil_id = news_for.person or notice.kind = 'link_confirmed'
               or notice.pupil_id in (select pupil_id from home)
               or notice.pupil_id in (select staff.pupil_id from staff_placements(news_for.person, today) staff))
          and (notice.kind <> 'home_new' or exists (
              select from entry where entry.pupil_id = notice.pupil_id and entry.ring >= 2
              and entry.state in ('shared', 'asked_back', 'seen')
              and entry.updated_at >= (notice.on_day::timestamp at time zone 'Europe/Amsterdam')))
{holds}    )
    select count(*)::integer, count(distinct news.pupil_id) filter (where news.is_child)::integer from news;
end;
"""
RUNNING = """    runs as materialized (
        select staff.placement_id from staff_placements(news_for.person, today) staff where staff.cutoff is null),
"""
HOLDS = """          and notice_holds(notice.kind, notice.about_id, notice.on_day, news_for.person,
                           array(select pupil_id from home), array(select placement_id from runs), today)
"""

TRIGGERS = (
    ("tell_planned", "conversation"),
    ("tell_planned_anew", "conversation"),
    ("tell_changed", "conversation"),
    ("tell_prepared", "conversation"),
    ("tell", "conversation_record"),
    ("tell", "conversation_agreement"),
    ("tell_home", "conversation_agreement"),
    ("tell_new", "dossier_hand_in"),
    ("tell", "dossier_hand_in"),
    ("tell", "homework_offer"),
    ("tell_new", "homework"),
    ("tell", "homework"),
    ("tell", "outside_link"),
    ("tell", "outside_answer"),
)
FUNCTIONS = (
    "notice_of_planned_talk()",
    "notice_of_changed_talk()",
    "notice_of_prepared_talk()",
    "notice_of_record()",
    "notice_of_agreement()",
    "notice_of_dossier()",
    "notice_of_offer()",
    "notice_of_homework()",
    "notice_of_outside_link()",
    "notice_of_outside_answer()",
    "tell_of_steps(date, timestamptz)",
    "notice_holds(text, uuid, date, uuid, uuid[], uuid[], date)",
)


def upgrade() -> None:
    op.execute(FACTS)
    op.execute(f"revoke execute on function {', '.join(FUNCTIONS)} from public")
    op.execute("grant execute on function tell_of_steps(date, timestamptz) to talent_worker")
    op.execute(NEWS.replace("{running}", RUNNING).replace("{holds}", HOLDS))


def downgrade() -> None:
    op.execute(NEWS.replace("{running}", "").replace("{holds}", ""))
    for trigger, table in TRIGGERS:
        op.execute(f"drop trigger {trigger} on {table}")
    for function in FUNCTIONS:
        op.execute(f"drop function {function}")
