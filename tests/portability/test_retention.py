"""Terms that act by themselves and warn before; corrections; and the table of terms that people read."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.platform.settings import Settings
from app.portability.erasure.retention import empty_trash, keep_terms, rules, sweep
from tests.ids import new_id
from tests.portability.test_erasure_plan import erase, sessions
from tests.world import World

__all__ = ["sessions"]

Sessions = async_sessionmaker[AsyncSession]
ROOT = Path(__file__).parents[2]


async def night(sessions: Sessions, day: date) -> int:
    """The night before this day; how many terms ended."""
    return await keep_terms(sessions, datetime.combine(day, datetime.min.time(), UTC), day)


def left(world: World) -> None:
    """The pupil left school nearly two years ago."""
    dates = "starts_on = '2023-08-01', ends_on = '2024-12-31'"
    world.change(f"update placement set {dates} where pupil_id = :id", id=world.pupil)


async def told(world: World, who: Any) -> list[str]:
    """The days of which somebody was told that everything goes then."""
    items = (await world.client(who).get("/v1/me/notices")).json()["items"]
    return [one["day"] for one in items if one["kind"] == "keeping_ends"]


async def test_two_years_after_school_it_goes_and_twice_it_is_said_before(
    world: World, sessions: Sessions, settings: Settings
) -> None:
    left(world)
    await night(sessions, date(2026, 11, 24))
    page = (await world.client(world.pupil).get(f"/v1/people/{world.pupil}/data")).json()
    assert page["keptUntil"] == {"goesOn": "2027-01-23", "told": True}, "60 days after it was said, never sooner"
    assert await told(world, world.pupil) == ["2027-01-23"] == await told(world, world.guardian)
    assert await told(world, world.no_custody) == []
    world.change("update notice set read_at = now()")
    assert await night(sessions, date(2027, 1, 8)) == 0
    assert world.scalar("select count(*) from notice where kind = 'keeping_ends' and read_at is null") == 0
    assert await night(sessions, date(2027, 1, 9)) == 0
    assert world.scalar("select count(*) from notice where kind = 'keeping_ends' and read_at is null") == 2
    assert await night(sessions, date(2027, 1, 22)) == 0
    assert await night(sessions, date(2027, 1, 23)) == 1
    assert await night(sessions, date(2027, 1, 23)) == 0, "killed and run again it asks nothing twice"
    world.clock.set(datetime(2027, 1, 23, 3, tzinfo=UTC))  # type: ignore[attr-defined]
    await erase(world, sessions, settings)
    assert world.scalar("select count(*) from person where id = :id", id=world.pupil) == 0


async def test_who_wants_it_keeps_everything_a_year_more(world: World, sessions: Sessions) -> None:
    left(world)
    await night(sessions, date(2026, 11, 24))
    path = f"/v1/people/{world.pupil}/keeping"
    assert (await world.client(world.pupil).put(path)).json() == {"goesOn": "2028-01-23"}
    assert (await world.client(world.pupil).put(path)).status_code == 409, "a double click is one year"
    assert await night(sessions, date(2027, 2, 1)) == 0
    assert await told(world, world.pupil) == []


async def test_who_comes_to_a_school_again_is_kept(world: World, sessions: Sessions) -> None:
    left(world)
    await night(sessions, date(2026, 11, 24))
    world.place(world.pupil, world.duin, world.far_group, starts_on=date(2026, 12, 1))
    await night(sessions, date(2026, 12, 1))
    assert world.scalar("select count(*) from keeping where person_id = :id", id=world.pupil) == 0
    assert await told(world, world.pupil) == []


async def test_a_clock_that_jumps_ten_years_tells_first_and_takes_nobody_by_surprise(
    world: World, sessions: Sessions
) -> None:
    world.change("update placement set ends_on = '2026-10-01' where pupil_id = :id", id=world.pupil)
    for day in (date(2036, 11, 24), date(2036, 11, 25), date(2037, 1, 1)):
        assert await night(sessions, day) == 0
    await night(sessions, date(2026, 11, 24))
    assert world.scalar("select count(*) from erasure") == 0


async def test_a_teacher_who_left_loses_the_name_and_pupils_keep_what_was_said(
    world: World, sessions: Sessions, settings: Settings
) -> None:
    entry = world.new_entry()
    world.new_feedback(entry, world.former_teacher)
    world.change("update staff_role set ends_on = '2024-10-31' where person_id = :id", id=world.former_teacher)
    for day in (date(2026, 11, 24), date(2027, 1, 9), date(2027, 1, 23)):
        await night(sessions, day)
    world.clock.set(datetime(2027, 1, 23, 3, tzinfo=UTC))  # type: ignore[attr-defined]
    await erase(world, sessions, settings)
    page = (await world.client(world.pupil).get(f"/v1/entries/{entry}")).json()
    assert [said["author"]["name"] for said in page["feedback"]] == ["Iemand van school"]
    assert world.scalar("select count(*) from account where person_id = :id", id=world.former_teacher) == 0


async def test_the_trash_says_so_a_week_before_and_lets_go_after_thirty_days(world: World, sessions: Sessions) -> None:
    now = world.clock.now()
    entry = world.new_entry("Weg ermee", state="trashed", state_before_trash="draft", trashed_at=now)
    file = world.new_file(entry)
    world.new_feedback(entry, world.teacher)
    kept = world.new_entry("Blijft")
    for days, there in ((22, True), (23, True), (29, True), (30, False)):
        at = now + timedelta(days=days)
        await empty_trash(sessions, at, at.date())
        assert bool(world.scalar("select count(*) from entry where id = :id", id=entry)) is there, days
        news = "select count(*) from notice where kind = 'trash_goes'"
        assert world.scalar(news) == (1 if days in (23, 29) else 0), days
    args = world.scalar("select args from procrastinate_jobs where task_name = 'remove_objects'")
    assert args["owner_id"] == str(world.pupil)
    assert world.scalar("select count(*) from attachment where id = :id", id=file) == 0
    assert world.scalar("select count(*) from entry where id = :id", id=kept) == 1


async def test_what_is_brought_back_from_the_trash_is_not_told_of(world: World, sessions: Sessions) -> None:
    now = world.clock.now() - timedelta(days=24)
    entry = world.new_entry("Toch niet", state="trashed", state_before_trash="shared", trashed_at=now)
    await empty_trash(sessions, world.clock.now(), world.clock.today())

    async def kinds() -> list[str]:
        return [one["kind"] for one in (await world.client(world.pupil).get("/v1/me/notices")).json()["items"]]

    assert await kinds() == ["trash_goes"]
    (await world.client(world.pupil).post(f"/v1/entries/{entry}/restore")).raise_for_status()
    assert await kinds() == []


async def test_what_is_older_than_its_term_goes_and_the_rest_stays(world: World, sessions: Sessions) -> None:
    world.client(world.pupil)
    world.client(world.teacher)
    now = world.clock.now()
    world.change("update session set expires_at = :old where person_id = :id",
                 old=now - timedelta(days=31), id=world.pupil)  # fmt: skip
    world.change("insert into access_log (id, pupil_id, viewer_id, rule, on_date, at) values"
                 " (uuidv7(), :p, :t, 'school', '2021-11-20', now()),"
                 " (uuidv7(), :p, :t, 'school', '2021-12-20', now())",
                 p=world.pupil, t=world.teacher)  # fmt: skip
    world.new_erasure(world.classmate, state="done", done_at=now - timedelta(days=41))
    assert await sweep(sessions, now) == {"session": 1, "access_log": 1, "erased_id": 1}
    assert await sweep(sessions, now) == {}
    assert world.scalar("select count(*) from session") == 1
    assert world.scalar("select person_id is null and asked_by is null from erasure")


def test_the_table_of_terms_is_what_the_code_does() -> None:
    page = (ROOT / "docs/privacy/retention.md").read_text("utf-8")
    for rule in rules():
        assert f"| `{rule.code}` | {rule.days} |" in page, f"docs/privacy/retention.md lacks {rule.code}"
        path = rule.by.partition(":")[0]
        assert (ROOT / path).exists(), f"{rule.code}: {path} is not there"


def test_measures_of_the_dpia_stand_in_files_that_are_there() -> None:
    for name in ("dpia.md", "register.md"):
        page = (ROOT / "docs/privacy" / name).read_text("utf-8")
        named = {word for word in page.replace("(", " ").replace(")", " ").split("`")[1::2] if "/" in word}
        paths = {
            word.partition(":")[0] for word in named if word.startswith(("app/", "tests/", "migrations/", "docs/"))
        }
        assert paths, name
        assert [path for path in paths if not (ROOT / path).exists() and "*" not in path] == []


async def test_a_school_answers_what_is_not_right_and_who_asked_reads_it(world: World) -> None:
    path = f"/v1/corrections/{new_id(world)}"
    body = {"personId": str(world.pupil), "about": "birth_date", "said": "Ik ben op 3 maart geboren."}
    guardian, admin = world.client(world.guardian), world.client(world.admin)
    assert (await guardian.put(path, json=body)).status_code == 201
    assert (await guardian.put(path, json=body)).status_code == 200
    assert (await guardian.put(path, json=body | {"said": "anders"})).status_code == 409
    [request] = (await admin.get(f"/v1/schools/{world.kust}/data-requests")).json()["corrections"]
    assert (request["askedBy"], request["answerBy"]) == ("Nadia de Wit", "2026-12-24")
    answer = f"/v1/schools/{world.kust}{path.removeprefix('/v1')}/answer"
    refused = await admin.put(answer, json={"outcome": "not_changed", "answer": ""})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/answer")
    said = {"outcome": "not_changed", "answer": "Zo staat het op de akte."}
    assert [(await admin.put(answer, json=said)).status_code for _ in range(2)] == [204, 204]
    assert (await admin.put(answer, json={"outcome": "corrected"})).status_code == 409
    assert (await guardian.delete(path)).status_code == 409
    [shown] = (await guardian.get(f"/v1/people/{world.pupil}/data")).json()["corrections"]
    assert (shown["state"], shown["answer"]) == ("not_changed", "Zo staat het op de akte.")
    kinds = [one["kind"] for one in (await guardian.get("/v1/me/notices")).json()["items"]]
    assert "correction_answered" in kinds
