"""With the first wall taken away: what the app's role reads and writes of guidance, in whoever's name."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from app.guidance.suggestion.models import FieldChoice
from tests.ids import new_id
from tests.test_access_document import table
from tests.world import World

EVERYBODY = ("pupil", "classmate", "other_pupil", "teacher", "other_teacher", "former_teacher", "far_teacher", "dean",
             "far_dean", "guardian", "other_guardian", "no_custody", "admin", "coordinator", "nobody")  # fmt: skip


@dataclass
class Bare:
    """The app's role in somebody's name, with nothing asked but what the database asks; nothing is kept."""

    world: World
    engine: Engine

    def __call__(self, who: str, statement: str, **values: Any) -> Any:
        """One value, or how many rows were written; `refused` where the database says no."""
        person = None if who == "nobody" else getattr(self.world, who)
        token = self.world.client(person).headers.get("Cookie", "sid=none").removeprefix("sid=")
        now, today = self.world.clock.now(), self.world.clock.today()
        begun = {"token": hashlib.sha256(token.encode()).digest(), "now": now, "today": today}
        with self.engine.connect() as connection:
            connection.execute(text("select begin_request(:token, :now, :today)"), begun)
            try:
                done = connection.execute(text(statement), values)
            except DBAPIError:
                return "refused"
            return done.scalar() if done.returns_rows else done.rowcount


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


def fill(world: World) -> dict[str, UUID]:
    """Something in every table, all of it about the pupil."""
    entry = world.new_entry()
    activity = world.new_activity(world.group, sign_up=True)
    for name, more in (("activity_absence", ""), ("activity_sign_up", ", :pupil, now()")):
        world.change(f"insert into {name} values (:a, :pupil{more})", a=activity, pupil=world.pupil)
    world.new_calendar(world.pupil)
    world.add(FieldChoice(pupil_id=world.pupil, field="zorg", not_for_me_on=world.clock.today()))
    return {
        "entry": entry,
        "activity": activity,
        "reminder": world.new_reminder(world.pupil),
        "next_step": world.new_step(world.pupil, entry_id=entry),
        "talent_word": world.new_word(entry, world.teacher, voice="school"),
        "organisation": world.new_organisation(),
        "school_question": world.new_question(world.kust),
    }


SCHOOL = {"teacher", "dean"}
KEEPERS = {"other_teacher", "former_teacher", "far_teacher", "far_dean", "coordinator"} | SCHOOL
TABLES = {
    "activity for the class": ("activity",),
    "who comes, who was absent": ("activity_sign_up", "activity_absence"),
    "reminder": ("reminder",),
    "word at an entry": ("talent_word",),
    'step, "niet voor mij", address': ("next_step", "field_choice", "calendar_feed"),
    "directory": ("organisation",),
    "questions of the school": ("school_question",),
}


async def test_a_select_without_any_condition_shows_what_the_document_says(world: World, bare: Bare) -> None:
    fill(world)
    stated = table("What guidance keeps, and who reads it")
    tried: dict[str, dict[str, str]] = {who: {} for who in stated}
    for who in stated:
        for column, names in TABLES.items():
            found = {bool(bare(who, f"select count(*) from {name}")) for name in names}
            assert len(found) == 1, (who, column)
            tried[who][column] = "yes" if found == {True} else "no"
    assert tried == stated
    versions = {who for who in EVERYBODY if bare(who, "select count(*) from school_question_version")}
    assert versions == {"other_teacher", "former_teacher"} | SCHOOL, "pupils are asked, and read no earlier words"


REFUSED = (
    "update activity set planned_by = planned_by",
    "update activity set id = id",
    "delete from activity",
    "update activity_group set group_id = group_id",
    "update activity_absence set pupil_id = pupil_id",
    "insert into activity_sign_up select activity_id, :pupil, :dean, now() from activity_group",
    "update activity_sign_up set signed_by = :dean",
    "delete from activity_sign_up",
    "update reminder set sent_on = sent_on - 9",
    "update reminder set sent_by = :dean",
    "update next_step set pupil_id = :dean",
    "update next_step set entry_id = null",
    "delete from next_step",
    "update organisation set added_by = :dean",
    "delete from organisation",
    "update school_question set school_id = school_id",
    "delete from school_question",
    "update school_question_version set content = '{}'",
    "delete from school_question_version",
    "update talent_word set voice = 'pupil'",
    "update talent_word set author_id = :dean",
    "update field_choice set field = 'ict'",
    "select places_taken(:activity)",
    "select may_sign(:activity, :pupil)",
)


async def test_what_no_page_writes_or_asks_nobody_can(world: World, bare: Bare) -> None:
    about = {"pupil": world.pupil, "dean": world.dean, "activity": fill(world)["activity"]}
    for statement in REFUSED:
        used = {name: value for name, value in about.items() if f":{name}" in statement}
        for who in ("pupil", "dean", "coordinator"):
            assert bare(who, statement, **used) == "refused", (who, statement)


async def test_nobody_changes_what_is_of_others(world: World, bare: Bare) -> None:
    fill(world)
    outside = ("classmate", "other_pupil", "former_teacher", "other_teacher", "far_dean", "guardian", "nobody")
    for statement in (
        "update activity set title = 'Anders'",
        "delete from activity_group",
        "delete from activity_absence",
        "update reminder set seen_at = now()",
        "delete from reminder",
        "update next_step set done_at = now()",
        "update talent_word set word = 'lui'",
        "delete from talent_word",
        "delete from field_choice",
        "delete from calendar_feed",
        "update calendar_feed set secret_hash = ''",
        "update school_question set text = 'Anders'",
    ):
        assert {who: bare(who, statement) for who in outside} == dict.fromkeys(outside, 0), statement


async def test_one_plans_in_ones_own_name_for_ones_own_school(world: World, bare: Bare) -> None:
    plan = (
        "insert into activity (id, school_id, planned_by, title, happens_on, version, updated_at)"
        " values (uuidv7(), :school, :planner, 'Bezoek', '2026-12-01', 1, now())"
    )
    assert bare("teacher", plan, school=world.kust, planner=world.teacher) == 1
    assert bare("teacher", plan, school=world.kust, planner=world.dean) == "refused"
    assert bare("teacher", plan, school=world.duin, planner=world.teacher) == "refused"
    assert bare("coordinator", plan, school=world.kust, planner=world.coordinator) == "refused"
    assert bare("pupil", plan, school=world.kust, planner=world.pupil) == "refused"
    own = world.new_activity(world.group, planned_by=world.teacher)
    move = "update activity set school_id = :school where id = :id"
    assert bare("teacher", move, school=world.duin, id=own) == "refused"
    to_the_city = "update activity set school_id = null, bands = '{B}', sign_up = true where id = :id"
    assert bare("teacher", to_the_city, id=own) == "refused"


async def test_ones_class_is_not_put_on_the_plan_of_another(world: World, bare: Bare) -> None:
    """So nobody becomes a planner of it, and no class finds it waiting."""
    far = {"school_id": world.duin, "planned_by": world.far_dean}
    plans = {
        "own": world.new_activity(planned_by=world.teacher),
        "with a colleague": world.new_activity(world.group),
        "of a colleague": world.new_activity(world.other_group),
        "of another school": world.new_activity(world.far_group, **far),
        "of the city": world.new_city_activity(),
    }
    joins = "insert into activity_group values (:activity, :group) on conflict do nothing"
    tried = {name: bare("teacher", joins, activity=plan, group=world.group) for name, plan in plans.items()}
    assert tried == {"own": 1, "with a colleague": 0} | dict.fromkeys([*plans][2:], "refused")
    assert bare("teacher", joins, activity=plans["own"], group=world.other_group) == "refused"


async def test_only_who_was_invited_is_missed_and_reminded_of_it(world: World, bare: Bare) -> None:
    activity = world.new_activity(world.group)
    other = world.new_activity(world.other_group)
    misses = "insert into activity_absence values (:activity, :pupil)"
    assert bare("teacher", misses, activity=activity, pupil=world.classmate) == 1
    assert bare("teacher", misses, activity=activity, pupil=world.other_pupil) == "refused"
    assert bare("teacher", misses, activity=other, pupil=world.classmate) == "refused"
    reminds = (
        "insert into reminder (id, pupil_id, kind, activity_id, sent_by, sent_on, sent_at)"
        " values (uuidv7(), :pupil, 'open', :activity, :by, :day, now())"
    )
    today, by = world.clock.today(), world.teacher
    assert bare("teacher", reminds, pupil=world.pupil, activity=activity, by=by, day=today) == 1
    for wrong in (
        {"activity": other},
        {"pupil": world.other_pupil},
        {"by": world.dean},
        {"day": today - timedelta(days=7)},
    ):
        values = {"pupil": world.pupil, "activity": activity, "by": by, "day": today} | wrong
        assert bare("teacher", reminds, **values) == "refused", wrong
    assert bare("former_teacher", reminds, pupil=world.pupil, activity=activity, by=by, day=today) == "refused"


async def test_a_word_is_given_in_ones_own_voice_as_long_as_one_sees_the_entry(world: World, bare: Bare) -> None:
    entry, draft = world.new_entry(), world.new_draft()
    gives = (
        "insert into talent_word (id, entry_id, author_id, voice, word, key, given_at)"
        " values (uuidv7(), :entry, :author, :voice, 'moedig', 'moedig', now())"
    )
    voices = ("pupil", "outside", "school", "home")
    given = {
        who: {v for v in voices if bare(who, gives, entry=entry, author=getattr(world, who), voice=v) == 1}
        for who in ("pupil", "teacher", "dean", "guardian", "classmate", "former_teacher", "far_teacher", "no_custody")
    }
    assert given == {who: set() for who in given} | {
        "pupil": {"pupil", "outside"}, "teacher": {"school"}, "dean": {"school"}, "guardian": {"home"},
    }  # fmt: skip
    assert bare("teacher", gives, entry=entry, author=world.pupil, voice="school") == "refused"
    assert bare("teacher", gives, entry=draft, author=world.teacher, voice="school") == "refused"
    world.new_word(entry, world.former_teacher, voice="school")
    assert bare("former_teacher", "update talent_word set word = 'lui'") == 0


async def test_a_step_hangs_on_ones_own_story(world: World, bare: Bare) -> None:
    makes = (
        "insert into next_step (id, pupil_id, text, entry_id, made_at, version)"
        " values (uuidv7(), :pupil, 'Bellen', :entry, now(), 1)"
    )
    entry = world.new_entry()
    assert bare("pupil", makes, pupil=world.pupil, entry=entry) == 1
    assert bare("classmate", makes, pupil=world.classmate, entry=entry) == "refused"
    assert bare("teacher", makes, pupil=world.pupil, entry=entry) == "refused"


# --- functions that see more than who asks ------------------------------------------------------------


async def test_nobody_and_null_sign_nobody_up_or_off(world: World, bare: Bare) -> None:
    activity = world.new_activity(world.group, sign_up=True, happens_on=world.clock.today() + timedelta(days=7))
    world.change("insert into activity_sign_up values (:a, :p, :p, now())", a=activity, p=world.pupil)
    asked = {"sign_up": "select sign_up(:a, :p, now())", "sign_off": "select sign_off(:a, :p)"}
    for who in EVERYBODY:
        for name, statement in asked.items():
            pupil = world.classmate if name == "sign_up" else world.pupil
            own = who == ("classmate" if name == "sign_up" else "pupil")
            expected = "done" if own or who in SCHOOL else "none"
            assert bare(who, statement, a=activity, p=pupil) == expected, (who, name)
            assert bare(who, statement, a=activity, p=None) == "none", (who, name)
            assert bare(who, statement, a=new_id(world), p=pupil) == "none", (who, name)
            assert bare(who, statement, a=None, p=pupil) == "none", (who, name)


async def test_counts_are_for_who_may_know_them(world: World, bare: Bare) -> None:
    """Places left tell a pupil who may come; otherwise a coordinator would read from them what `city_count` hides."""
    school = world.new_activity(world.group, sign_up=True, places=5)
    city = world.new_city_activity("B", places=5)
    left = {who: [bare(who, "select places_left(:a)", a=a) for a in (school, city)] for who in EVERYBODY}
    assert left == {who: [None, None] for who in EVERYBODY} | {
        "pupil": [5, 5], "classmate": [5, 5], "other_pupil": [None, 5],
    }  # fmt: skip
    counted = {who: bare(who, "select city_count(:a)", a=city) for who in EVERYBODY}
    assert counted == dict.fromkeys(EVERYBODY, None) | {"coordinator": 0}


async def test_what_schools_did_somewhere_is_told_to_who_keeps_the_directory(world: World, bare: Bare) -> None:
    organisation = world.new_organisation()
    world.new_activity(world.group, organisation_id=organisation)
    offers = "select count(*) from organisation_offers(:o)"
    told = {who for who in EVERYBODY if bare(who, offers, o=organisation)}
    assert told == KEEPERS


FUNCTIONS = (
    "sign_up", "sign_off", "places_left", "places_taken", "city_count", "may_sign", "invited_on_the_day",
    "pupil_bands", "guided_groups", "guided_schools", "coordinates_city", "keeps_directory", "organisation_offers",
    "organisation_stories", "begin_calendar", "own_schools", "shared_this_year", "one_reminder_a_week",
    "shared_by_pupil",
)  # fmt: skip


async def test_no_table_of_ones_own_stands_before_ours(world: World) -> None:
    """What runs as the owner looks in our schema first, in temporary tables last, and is not for everybody."""
    guarded = (
        "select array_agg(proname::text) from pg_proc where prosecdef"
        " and 'search_path=public, pg_temp' = any(proconfig)"
        " and not exists (select from aclexplode(proacl) given where given.grantee = 0)"
    )
    assert set(FUNCTIONS) <= set(world.scalar(guarded))
    open_to_all = (
        "select array_agg(proname::text) from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"
        " and (proconfig is null or not 'search_path=public, pg_temp' = any(proconfig))"
    )
    assert world.scalar(open_to_all) is None
