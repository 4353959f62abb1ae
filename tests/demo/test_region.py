"""The demo region: the same every time, whole, and true to the rules of the product."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from app.access.actions import PASSWORDS
from app.demo import PASSWORD, demo_people, is_loaded, load_region
from app.demo.cast import PASSWORD_HASH
from app.demo.load import make_rows
from app.demo.media import Made
from app.demo.rows import Rows
from app.platform.clock import FixedClock
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portfolio.schemas import Answer, EntryContent
from tests.world import empty

TUESDAY = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
FIRST_SCHOOL_DAY = datetime(2026, 8, 3, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def region(settings: Settings, files: dict[str, list[Made]]) -> Iterator[Engine]:
    """The region in an empty database."""
    empty(settings)
    Storage(settings).ensure_bucket([settings.origin])
    load_region(settings, FixedClock(TUESDAY), lambda done, total: None, files)
    assert settings.database_owner_url
    engine = create_engine(settings.database_owner_url)
    yield engine
    engine.dispose()
    empty(settings)


def value(region: Engine, query: str, **values: Any) -> Any:
    with region.connect() as connection:
        return connection.scalar(text(query), values)


def test_it_is_a_region_of_three_schools_and_some_four_hundred_pupils(region: Engine) -> None:
    assert value(region, "select count(*) from school") == 3
    assert 350 <= value(region, "select count(distinct pupil_id) from placement") <= 450
    assert 2_500 <= value(region, "select count(*) from entry") <= 4_000
    assert value(region, "select count(distinct kind) from entry") == 6
    assert value(region, "select count(distinct state) from entry") == 6
    assert value(region, "select count(distinct locale) from person") >= 8


def test_loading_it_again_changes_nothing(region: Engine, settings: Settings) -> None:
    before = value(region, "select count(*) from entry")
    load_region(settings, FixedClock(TUESDAY), lambda done, total: None)
    assert is_loaded(settings)
    assert value(region, "select count(*) from entry") == before


def test_the_same_moment_gives_the_same_region(files: dict[str, list[Made]]) -> None:
    first, again = (Rows() for _ in range(2))
    objects = [key for key, _ in make_rows(first, files, FixedClock(TUESDAY))]
    assert objects == [key for key, _ in make_rows(again, files, FixedClock(TUESDAY))]
    assert first.by_table == again.by_table


def test_nothing_has_happened_yet_that_is_still_to_come(region: Engine) -> None:
    for table, column in (("entry", "updated_at"), ("feedback", "created_at"), ("access_log", "at")):
        assert value(region, f"select max({column}) from {table}") <= TUESDAY


def test_it_can_be_made_on_the_first_day_of_a_school_year(files: dict[str, list[Made]]) -> None:
    rows = Rows()
    make_rows(rows, files, FixedClock(FIRST_SCHOOL_DAY))
    assert all(len(of_table) > 0 for of_table in rows.by_table.values())


def test_everybody_to_be_is_there_with_one_password(region: Engine) -> None:
    people = demo_people()
    assert len(PASSWORD) >= 12
    assert PASSWORDS.verify(PASSWORD, PASSWORD_HASH)
    name = "select given_name || ' ' || family_name from person join account on person_id = id where username = :name"
    for person in people:
        assert value(region, name, name=person.username) == person.name
    roles = "yara ilyas isa cagla mats bensaid koster verhulst elidrissi landveld deruiter gopal"
    assert set(roles.split()) <= {person.username for person in people}


def test_one_portfolio_runs_from_groep_7_into_the_mbo(region: Engine) -> None:
    levels = """select string_agg(level || study_year, ' ' order by school_year) from (
        select distinct level, study_year, g.school_year from entry e
        join group_membership m on m.placement_id = e.placement_id
        join school_group g on g.id = m.group_id and g.school_year = e.school_year
        join account on person_id = e.pupil_id where username = 'cagla') x"""
    assert value(region, levels) == "po7 po8 vmbo1 vmbo2 vmbo3 vmbo4 mbo1"
    count = "select count(*) from entry join account on person_id = pupil_id where username = 'cagla'"
    assert value(region, count) >= 40


def test_no_two_of_a_class_tell_the_same(region: Engine) -> None:
    same = """select count(*) from (
        select 1 from entry e join group_membership m on m.placement_id = e.placement_id
        join school_group g on g.id = m.group_id and g.school_year = e.school_year
        where e.ring > 0 group by g.id, e.body having count(*) > 1) x"""
    assert value(region, same) == 0


def test_every_entry_is_one_that_the_product_takes(region: Engine) -> None:
    with region.connect() as connection:
        rows = connection.execute(text("select * from entry")).mappings().all()
    for row in rows:
        content = EntryContent.model_validate(
            {name: row[name] for name in EntryContent.model_fields if name in row}, by_name=True
        )
        assert content.title
        assert all(isinstance(answer, Answer) for answer in content.answers)


def test_every_state_has_what_belongs_to_it(region: Engine) -> None:
    wrong = """select count(*) from entry where
        (state = 'seen') and (seen_at is null or seen_by is null or seen_at < shared_at)
        or state in ('draft', 'trashed') and ring > 0
        or state = 'asked_back' and not exists (
            select from feedback where entry_id = entry.id and kind = 'ask_back')
        or ring > 0 and not exists (
            select from entry_version v where v.entry_id = entry.id and v.version = entry.version)
    """
    assert value(region, wrong) == 0


def test_yara_has_a_question_to_answer_and_her_mentor_has_something_to_look_at(region: Engine) -> None:
    of_yara = (
        "select count(*) from entry join account on person_id = pupil_id where username = 'yara' and state = :state"
    )
    for state in ("asked_back", "shared", "draft", "trashed", "seen"):
        assert value(region, of_yara, state=state) >= 1


def test_a_parent_speaks_only_where_the_link_is_open(region: Engine) -> None:
    closed = """select count(*) from feedback f join entry e on e.id = f.entry_id
        where f.kind = 'reaction' and (e.ring < 2 or not exists (
            select from guardianship g where g.guardian_id = f.author_id and g.pupil_id = e.pupil_id
            and g.state = 'confirmed' and (g.custody = 'yes' or g.opened_on is not null)))"""
    assert value(region, closed) == 0
    assert value(region, "select count(distinct (state, custody)) from guardianship") >= 5


def test_every_file_is_in_the_store(region: Engine, settings: Settings) -> None:
    storage = Storage(settings)
    with region.connect() as connection:
        rows = connection.execute(text("select * from attachment order by id")).mappings().all()
    assert {row["kind"] for row in rows} == {"photo", "film", "sound", "document"}
    for row in rows[::25]:
        assert storage.size(row["file_key"]) == row["file_size"]
        assert row["thumbnail_key"] is None or storage.size(f"{row['thumbnail_key']}-640.webp")


def test_few_activities_wait_for_each_pupil_of_the_story(region: Engine) -> None:
    """Of school, by group: what comes and what stands ready; of the city: what one may join."""
    of_school = """select count(*) from activity a join activity_group g on g.activity_id = a.id
        join group_membership m on m.group_id = g.group_id join placement p on p.id = m.placement_id
        join account on person_id = p.pupil_id where username = :who and a.state = 'published' and not a.sign_up
        and a.happens_on >= date '2026-08-01'
        and not exists (select from entry e where e.pupil_id = p.pupil_id and e.details->>'activityId' = a.id::text)"""
    for who in ("yara", "isa", "ilyas", "cagla"):
        assert 1 <= value(region, f"{of_school} and happens_on > :today", who=who, today=TUESDAY.date()) <= 2
        assert value(region, f"{of_school} and happens_on <= :today", who=who, today=TUESDAY.date()) <= 1
    assert value(region, "select count(*) from activity where school_id is null") == 3


def test_who_told_about_a_visit_told_about_the_activity(region: Engine) -> None:
    told = "select count(*) from entry e join activity a on a.id::text = e.details->>'activityId'"
    assert value(region, f"{told} where a.title = 'Kijken op de containerterminal'") >= 1
    assert value(region, f"{told} where a.title = 'Open dagen mbo De Vuurtoren'") >= 10


def test_one_pupil_was_thought_of_yesterday_about_what_is_open(region: Engine) -> None:
    reminded = """select string_agg(username, ' ') from reminder r join account on person_id = r.pupil_id
        join activity a on a.id = r.activity_id join activity_sign_up s on s.activity_id = a.id
        and s.pupil_id = r.pupil_id where r.sent_on = :today - 1 and a.happens_on < :today"""
    assert value(region, reminded, today=TUESDAY.date()) == "isa"


def test_at_home_a_card_was_filled_in_in_two_languages_and_another_stands_ready(region: Engine) -> None:
    told = "select language from homework join account on person_id = pupil_id where username = :who and with_school"
    assert value(region, told, who="yara") == "ar"
    assert value(region, told, who="cagla") == "tr"
    assert value(region, "select count(*) from homework_offer where on_day > :today", today=TUESDAY.date()) == 3
    assert value(region, "select count(*) from home_visit") == 4
