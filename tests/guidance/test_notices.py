"""Notices: told by the facts themselves, once a day about one thing, to whom may know; quiet at night."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from uuid_utils.compat import uuid7

from app.access.factors.models import FactorChange
from app.guidance.activities.models import ActivitySignUp
from app.guidance.notices.kinds import KINDS
from app.guidance.notices.quiet import quiet_at
from app.guidance.notices.tasks import MOST, UNREAD_OF_A_KIND, sweep, tell_of_the_day
from app.platform.clock import AMSTERDAM
from app.reference.catalogue import school_holidays
from tests.ids import new_id
from tests.portfolio.test_entries import problem
from tests.world import World


async def listed(world: World, who: UUID) -> list[dict[str, Any]]:
    answer = await world.client(who).get("/v1/me/notices")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def kinds(world: World, who: UUID) -> list[str]:
    return [one["kind"] for one in await listed(world, who)]


async def count(world: World, who: UUID) -> int:
    found: int = (await world.client(who).get("/v1/me/notice-count")).json()["unread"]
    return found


async def says(world: World, who: UUID, entry: UUID, **body: Any) -> httpx.Response:
    content = {"id": str(new_id(world)), "kind": "comment", "text": "Mooi."} | body
    answer = await world.client(who).post(
        f"/v1/entries/{entry}/feedback", json=content, headers={"Idempotency-Key": str(new_id(world))}
    )
    assert answer.status_code in (200, 201), answer.text
    return answer


async def share(world: World, title: str = "Bij de bakker", ring: int = 2, who: UUID | None = None) -> UUID:
    """A story of the pupil, made and shared as a pupil does."""
    entry, pupil = new_id(world), world.client(who or world.pupil)
    content = {"title": title, "details": {"kind": "experience"}, "body": "Ik zag brood."}
    (await pupil.put(f"/v1/entries/{entry}", json=content)).raise_for_status()
    answer = await pupil.put(f"/v1/entries/{entry}/audience", json={"ring": ring}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    return entry


async def plan(world: World, act: str, activity: UUID, version: int = 1, **changes: Any) -> None:
    client = world.client(world.teacher)
    headers = {"If-Match": f'"{version}"'}
    if act == "change":
        page = (await client.get(f"/v1/activities/{activity}")).json()
        content = {
            "title": page["title"],
            "happensOn": page["happensOn"],
            "groupIds": [group["id"] for group in page["groups"]],
            "questions": page["questions"],
        } | changes
        answer = await client.put(f"/v1/activities/{activity}", json=content, headers=headers)
    else:
        answer = await client.post(f"/v1/activities/{activity}/{act}", headers=headers)
    assert answer.status_code == 200, answer.text


# --- what is told, and to whom ------------------------------------------------------------------------


async def test_a_reaction_of_school_is_told_with_the_story_and_the_name_and_nothing_that_was_said(
    world: World,
) -> None:
    entry = world.new_entry("Bezoek aan de haven")
    await says(world, world.teacher, entry, text="Wat zag je daar precies?")
    [notice] = await listed(world, world.pupil)
    assert (notice["kind"], notice["title"], notice["actor"]) == (
        "entry_feedback",
        "Bezoek aan de haven",
        "Joost de Wit",
    )
    assert (notice["aboutId"], notice["read"], notice["day"]) == (str(entry), False, "2026-11-24")
    assert "precies" not in str(notice)
    assert await count(world, world.pupil) == 1
    for other in (world.classmate, world.teacher, world.guardian, world.admin):
        assert await listed(world, other) == []


async def test_the_same_fact_twice_is_one_notice_and_unread_again(world: World) -> None:
    entry, pupil = world.new_entry(), world.client(world.pupil)
    await says(world, world.teacher, entry)
    [notice] = await listed(world, world.pupil)
    assert (await pupil.put(f"/v1/me/notices/{notice['id']}/read")).status_code == 204
    assert await count(world, world.pupil) == 0
    await says(world, world.dean, entry)
    [again] = await listed(world, world.pupil)
    assert (again["id"], again["actor"], again["read"]) == (notice["id"], "Samira de Wit", False)
    world.at(date(2026, 11, 25))
    await says(world, world.teacher, entry)
    assert len(await listed(world, world.pupil)) == 2, "another day is another notice"


async def test_a_question_back_a_look_and_a_reaction_of_home_are_kinds_of_their_own(world: World) -> None:
    entry = world.new_entry()
    await says(world, world.guardian, entry, kind="reaction", reaction="proud", text="")
    (await world.client(world.teacher).get(f"/v1/entries/{entry}")).raise_for_status()
    seen = await world.client(world.teacher).put(f"/v1/entries/{entry}/seen")
    assert seen.status_code in (200, 204), seen.text
    asked = world.new_entry("Nog een")
    await says(world, world.teacher, asked, kind="ask_back", text="Wat deed jij?")
    assert set(await kinds(world, world.pupil)) == {"home_reaction", "entry_seen", "entry_asked_back"}


async def test_what_was_taken_back_was_not_said(world: World) -> None:
    entry = world.new_entry()
    body = (await says(world, world.teacher, entry)).json()
    await says(world, world.dean, entry)
    client = world.client(world.teacher)
    assert (await client.delete(f"/v1/feedback/{body['id']}")).status_code == 204
    assert await kinds(world, world.pupil) == ["entry_feedback"], "the dean's is still there"
    world.change("delete from notice")
    other = world.new_entry()
    body = (await says(world, world.teacher, other)).json()
    assert (await client.delete(f"/v1/feedback/{body['id']}")).status_code == 204
    assert await kinds(world, world.pupil) == []


async def test_a_teacher_gets_one_notice_a_day_with_a_number_that_is_true(world: World) -> None:
    first = await share(world, "Een", ring=1)
    await share(world, "Twee", ring=1)
    await share(world, "Drie", ring=1, who=world.classmate)
    [notice] = await listed(world, world.teacher)
    assert (notice["kind"], notice["number"], notice["title"]) == ("review_waiting", 3, None)
    assert await listed(world, world.other_teacher) == []
    assert await listed(world, world.dean) == [], "a dean looks when they look"
    teacher = world.client(world.teacher)
    (await teacher.get(f"/v1/entries/{first}")).raise_for_status()
    (await teacher.put(f"/v1/entries/{first}/seen")).raise_for_status()
    assert [one["number"] for one in await listed(world, world.teacher)] == [2]
    world.change("update entry set state = 'seen'")
    assert await listed(world, world.teacher) == [], "where nothing waits there is nothing to tell"


async def test_a_parent_hears_once_a_day_that_there_is_something_new_and_nothing_after_custody_ended(
    world: World,
) -> None:
    await share(world, "Een")
    entry = await share(world, "Twee")
    await share(world, "Alleen school", ring=1)
    [notice] = await listed(world, world.guardian)
    assert (notice["kind"], notice["title"], notice["aboutId"]) == ("home_new", "Yara", str(world.pupil))
    for other in (world.other_guardian, world.no_custody, world.unconfirmed):
        assert await listed(world, other) == []
    world.change("update guardianship set custody = 'no' where guardian_id = :g", g=world.guardian)
    assert await listed(world, world.guardian) == []
    assert await count(world, world.guardian) == 0
    world.change("update guardianship set custody = 'yes' where guardian_id = :g", g=world.guardian)
    world.change("update entry set ring = 1 where ring = 2")
    assert await listed(world, world.guardian) == [], f"the pupil took {entry} back to school"


async def test_from_the_sixteenth_birthday_home_hears_nothing_until_the_pupil_says_yes(world: World) -> None:
    await share(world)
    world.change("update person set birth_date = '2010-11-25' where id = :p", p=world.pupil)
    assert await kinds(world, world.guardian) == ["home_new"]
    world.at(date(2026, 11, 25))
    assert await kinds(world, world.guardian) == []
    await share(world, "Na de verjaardag")
    assert await kinds(world, world.guardian) == []


async def test_an_activity_is_told_when_it_is_ready_moved_and_cancelled(world: World) -> None:
    activity = world.new_activity(world.group, state="draft", published_at=None, happens_on=date(2026, 12, 1))
    assert await listed(world, world.pupil) == []
    await plan(world, "publish", activity)
    assert await kinds(world, world.pupil) == await kinds(world, world.classmate) == ["activity_ready"]
    assert await kinds(world, world.other_pupil) == []
    await plan(world, "change", activity, 2, title="Anders genoemd")
    assert await kinds(world, world.pupil) == ["activity_ready"], "another title moves nobody"
    await plan(world, "change", activity, 3, happensOn="2026-12-02")
    assert sorted(await kinds(world, world.pupil)) == ["activity_moved", "activity_ready"]
    await plan(world, "cancel", activity, 4)
    assert await kinds(world, world.pupil) == ["activity_cancelled"], "what does not go on is not ready"


async def test_of_an_activity_with_places_who_comes_is_told_and_who_loses_the_place(world: World) -> None:
    activity = world.new_activity(world.group, sign_up=True, places=2, happens_on=date(2026, 12, 1))
    world.add(ActivitySignUp(activity_id=activity, pupil_id=world.pupil, signed_by=world.pupil,
                             signed_at=world.clock.now()))  # fmt: skip
    await plan(world, "change", activity, 1, happensOn="2026-12-02", signUp=True, places=2)
    assert await kinds(world, world.pupil) == ["activity_moved"]
    assert await kinds(world, world.classmate) == []
    teacher = world.client(world.teacher)
    assert (await teacher.delete(f"/v1/activities/{activity}/sign-ups/{world.pupil}")).status_code == 204
    assert await kinds(world, world.pupil) == ["place_lost"]
    assert (await teacher.put(f"/v1/activities/{activity}/sign-ups/{world.pupil}")).status_code == 204
    assert "place_lost" not in await kinds(world, world.pupil), "the place is there again"


async def test_who_signs_off_oneself_is_not_told(world: World) -> None:
    activity = world.new_activity(world.group, sign_up=True, happens_on=date(2026, 12, 1))
    pupil = world.client(world.pupil)
    assert (await pupil.put(f"/v1/me/activities/{activity}/sign-up")).status_code == 204
    assert (await pupil.delete(f"/v1/me/activities/{activity}/sign-up")).status_code == 204
    assert await kinds(world, world.pupil) == []


async def test_a_claimed_link_is_told_to_the_admins_and_a_confirmed_one_to_the_parent(world: World) -> None:
    from tests.access.claiming import claim

    made = await claim(world, world.new_invitation(world.pupil))
    assert made.status_code == 201
    [notice] = await listed(world, world.admin)
    assert (notice["kind"], notice["title"], notice["number"]) == ("link_asked", "Kustlijn", 2), "with Lot, who waits"
    parent = UUID(made.json()["id"])
    link = world.scalar("select id from guardianship where guardian_id = :p", p=parent)
    decided = await world.client(world.admin).put(
        f"/v1/guardianships/{link}/decision", json={"state": "confirmed", "custody": "yes"}
    )
    assert decided.status_code == 204, decided.text
    assert set(await kinds(world, parent)) == {"link_confirmed", "consent_asked"}
    assert (await listed(world, world.admin))[0]["number"] == 1
    world.change("update guardianship set state = 'ended' where id = :l", l=link)
    assert await kinds(world, parent) == []


async def test_a_change_of_the_second_factor_is_always_told(world: World) -> None:
    world.add(FactorChange(id=uuid7(), person_id=world.teacher, what="removed", name="Telefoon", at=world.clock.now()))
    assert await kinds(world, world.teacher) == ["factor_changed"]


async def of_the_day(world: World) -> None:
    await as_worker(world, tell_of_the_day, world.clock.now(), world.clock.today())


async def as_worker(world: World, act: Any, *values: Any) -> Any:
    """Does something in the worker's own role."""
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    engine = create_async_engine(world.settings.database_worker_url or "")
    try:
        async with async_sessionmaker(engine).begin() as session:
            return await act(session, *values)
    finally:
        await engine.dispose()


async def test_a_birthday_that_closes_home_is_told_thirty_days_before_once(world: World) -> None:
    world.change("update person set birth_date = '2010-12-24' where id = :p", p=world.pupil)
    world.at(date(2026, 11, 23))
    await of_the_day(world)
    assert "home_closes" not in await kinds(world, world.pupil), "31 days"
    world.at(date(2026, 11, 24))
    for _ in ("told", "again"):
        await of_the_day(world)
    for who in (world.pupil, world.guardian):
        [notice] = [one for one in await listed(world, who) if one["kind"] == "home_closes"]
        assert (notice["day"], notice["title"]) == ("2026-12-24", "Yara")
    assert "home_closes" not in await kinds(world, world.no_custody)
    world.at(date(2026, 12, 24))
    assert "home_closes" not in await kinds(world, world.pupil)


async def test_consent_that_is_open_is_asked_once_in_ninety_days_until_it_is_answered(world: World) -> None:
    for _ in ("told", "again"):
        await of_the_day(world)
    assert await kinds(world, world.guardian) == ["consent_asked"]
    assert await kinds(world, world.no_custody) == await kinds(world, world.unconfirmed) == []
    answer = await world.client(world.guardian).put(
        f"/v1/pupils/{world.pupil}/consents/recognisable", json={"version": 1, "answer": "no"}
    )
    assert answer.status_code == 204
    assert await kinds(world, world.guardian) == []
    world.at(date(2027, 2, 22))
    await of_the_day(world)
    assert await kinds(world, world.guardian) == [], "answered is answered"
    assert world.scalar("select count(*) from notice where person_id = :g", g=world.other_guardian) == 2


async def test_a_story_in_the_bin_takes_its_notices_along_and_brings_them_back(world: World) -> None:
    entry = await share(world)
    await says(world, world.teacher, entry)
    pupil = world.client(world.pupil)
    assert (await pupil.delete(f"/v1/entries/{entry}")).status_code == 204
    assert await kinds(world, world.pupil) == []
    assert (await pupil.post(f"/v1/entries/{entry}/restore")).status_code == 200
    assert await kinds(world, world.pupil) == ["entry_feedback"]


# --- reading ------------------------------------------------------------------------------------------


def put_notices(world: World, how_many: int, person: UUID | None = None, **fields: Any) -> None:
    """Notices about changes of the second factor, a minute apart, the newest now."""
    world.change(
        "insert into notice (id, person_id, kind, about_id, on_day, at, read_at)"
        " select uuidv7(), :person, :kind, gen_random_uuid(), :day, cast(:now as timestamptz) - n * interval '1 minute'"
        ", cast(:read as timestamptz) from generate_series(0, :many - 1) n",
        **{"person": person or world.pupil, "kind": "factor_changed", "day": world.clock.today(),
           "now": world.clock.now(), "many": how_many, "read": None} | fields,
    )  # fmt: skip


async def test_pages_follow_each_other_without_a_gap(world: World) -> None:
    put_notices(world, 45)
    client, seen, path = world.client(world.pupil), [], "/v1/me/notices?limit=20"
    while path:
        answer = await client.get(path)
        seen += [one["id"] for one in answer.json()["items"]]
        path = answer.headers.get("link", "").partition("<")[2].partition(">")[0]
    assert len(seen) == len(set(seen)) == 45


async def test_the_badge_counts_to_ten_and_all_are_read_at_once_and_that_is_taken_back(world: World) -> None:
    put_notices(world, 25)
    client = world.client(world.pupil)
    page = (await client.get("/v1/me/notices")).json()
    assert page["unread"] == await count(world, world.pupil) == 10
    done = await client.post("/v1/me/notices/read", json={"until": page["items"][0]["at"]})
    assert done.json()["count"] == 25
    assert await count(world, world.pupil) == 0
    undo = {"readAt": done.json()["readAt"]}
    assert (await client.post("/v1/me/notices/unread", json=undo)).status_code == 204
    assert await count(world, world.pupil) == 10


async def test_what_comes_while_one_reads_stays_unread(world: World) -> None:
    put_notices(world, 3)
    client = world.client(world.pupil)
    newest = (await client.get("/v1/me/notices")).json()["items"][0]["at"]
    world.clock.set(world.clock.now() + timedelta(minutes=5))  # type: ignore[attr-defined]
    put_notices(world, 1)
    assert (await client.post("/v1/me/notices/read", json={"until": newest})).json()["count"] == 3
    assert await count(world, world.pupil) == 1


async def test_one_is_read_and_unread_again_by_its_reader_alone(world: World) -> None:
    put_notices(world, 1)
    [notice] = await listed(world, world.pupil)
    path = f"/v1/me/notices/{notice['id']}/read"
    for other in (world.classmate, world.teacher, world.guardian):
        assert (await world.client(other).put(path)).status_code == 404
        assert (await world.client(other).delete(path)).status_code == 404
    pupil = world.client(world.pupil)
    for method, unread in ((pupil.put, 0), (pupil.put, 0), (pupil.delete, 1), (pupil.delete, 1)):
        assert (await method(path)).status_code == 204
        assert await count(world, world.pupil) == unread


async def test_ten_thousand_notices_are_read_by_an_index_and_swept(world: World) -> None:
    put_notices(world, 10_000)
    world.change("analyze notice")
    began = asyncio.get_running_loop().time()
    for _ in range(10):
        assert len(await listed(world, world.pupil)) == 20
    assert (asyncio.get_running_loop().time() - began) / 10 < 0.25
    await as_worker(world, sweep, world.clock.now())
    assert world.scalar("select count(*) from notice") == MOST
    assert world.scalar("select count(*) from notice where read_at is null") == UNREAD_OF_A_KIND


async def test_old_notices_go_after_a_year_and_read_ones_after_a_quarter(world: World) -> None:
    for days, read in ((366, None), (364, None), (91, world.clock.now()), (89, world.clock.now())):
        put_notices(world, 1, now=world.clock.now() - timedelta(days=days), read=read)
    await as_worker(world, sweep, world.clock.now())
    assert world.scalar("select count(*) from notice") == 2


# --- settings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("pupil", {"entry_feedback", "entry_asked_back", "entry_seen", "home_reaction", "activity_ready",
                   "activity_moved", "activity_cancelled", "place_lost", "talk_planned", "talk_moved",
                   "talk_cancelled", "talk_recorded", "step_due", "homework_offered", "homework_answered",
                   "outside_answered", "showcase_agreed", "showcase_refused", "home_closes", "factor_changed",
                   "export_ready", "import_done", "trash_goes", "keeping_ends", "erasure_asked",
                   "correction_answered"}),
        ("guardian", {"talk_planned", "talk_moved", "talk_cancelled", "talk_agreed", "homework_shared",
                      "outside_asked", "showcase_asked", "transfer_asked", "home_new", "home_closes", "link_confirmed",
                      "consent_asked",
                      "factor_changed", "keeping_ends", "erasure_asked", "correction_answered"}),
        ("teacher", {"talk_moved", "talk_cancelled", "talk_agreed", "talks_planned", "talks_prepared", "step_due",
                     "dossier_to_read", "homework_at_school", "outside_asked", "transfer_offered", "review_waiting",
                     "factor_changed", "correction_answered"}),
        ("admin", {"link_asked", "factor_changed", "correction_answered"}),
        ("coordinator", {"factor_changed", "correction_answered"}),
    ],
)  # fmt: skip
async def test_one_is_asked_about_kinds_that_there_are_for_what_one_is(
    who: str, expected: set[str], world: World
) -> None:
    items = (await world.client(getattr(world, who)).get("/v1/me/notice-settings")).json()["items"]
    assert {item["kind"] for item in items} == expected
    assert all(item["inApp"] and item["byMail"] for item in items)
    assert {item["kind"] for item in items if item["fixed"]} == expected & {
        "consent_asked", "factor_changed", "keeping_ends", "erasure_asked",
    }  # fmt: skip


async def test_a_kind_that_is_off_is_not_shown_and_comes_back_when_it_is_on(world: World) -> None:
    entry, pupil = world.new_entry(), world.client(world.pupil)
    await says(world, world.teacher, entry)
    path = "/v1/me/notice-settings/entry_feedback"
    assert (await pupil.put(path, json={"inApp": False, "byMail": True})).status_code == 204
    assert (await listed(world, world.pupil), await count(world, world.pupil)) == ([], 0)
    assert (await pupil.put(path, json={"inApp": True, "byMail": True})).status_code == 204
    assert (await kinds(world, world.pupil), await count(world, world.pupil)) == (["entry_feedback"], 1)


@pytest.mark.parametrize("kind", ["consent_asked", "factor_changed"])
async def test_consent_and_safety_cannot_be_silenced(kind: str, world: World) -> None:
    client = world.client(world.guardian)
    answer = await client.put(f"/v1/me/notice-settings/{kind}", json={"inApp": False, "byMail": False})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "notice_stays_on")
    assert (
        await client.put(f"/v1/me/notice-settings/{kind}", json={"inApp": True, "byMail": False})
    ).status_code == 204


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/me/notice-settings/niets", {"inApp": True, "byMail": True}),
        ("/v1/me/notice-settings/home_new", {"inApp": True}),
        ("/v1/me/notice-settings/home_new", {"inApp": "ja", "byMail": True}),
        ("/v1/me/notice-settings/home_new", {"inApp": True, "byMail": True, "push": True}),
    ],
)
async def test_an_odd_setting_is_refused(path: str, body: dict[str, Any], world: World) -> None:
    assert problem(await world.client(world.pupil).put(path, json=body))[0] == 422


# --- quiet --------------------------------------------------------------------------------------------


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        ("2026-11-24T19:59:59", None, None),
        ("2026-11-24T20:00:00", "2026-11-24T20:00", "2026-11-25T07:00"),
        ("2026-11-25T06:59:59", "2026-11-24T20:00", "2026-11-25T07:00"),
        ("2026-11-25T07:00:00", None, None),
        ("2026-11-28T12:00:00", None, None),
        # The night in which the clock goes back, and the one in which it goes forward.
        ("2026-10-25T02:30:00", "2026-10-16T20:00", "2026-10-26T07:00"),
        ("2027-03-28T03:30:00", "2027-03-27T20:00", "2027-03-28T07:00"),
        ("2028-03-26T06:59:00", "2028-03-25T20:00", "2028-03-26T07:00"),
        # A holiday begins with the evening before, and ends with the first morning after.
        ("2026-12-18T20:00:00", "2026-12-18T20:00", "2027-01-04T07:00"),
        ("2026-12-25T12:00:00", "2026-12-18T20:00", "2027-01-04T07:00"),
        ("2027-01-03T23:00:00", "2026-12-18T20:00", "2027-01-04T07:00"),
        ("2027-01-04T07:00:00", None, None),
        ("2026-12-18T19:59:00", None, None),
    ],
)  # fmt: skip
def test_it_is_quiet_at_night_and_in_school_holidays(now: str, since: str | None, until: str | None) -> None:
    quiet = quiet_at(here(now).astimezone(UTC))
    assert (quiet and (quiet.since, quiet.until)) == (since and until and (here(since), here(until)))


def test_holidays_follow_each_other_and_begin_on_saturday() -> None:
    days = [day for holiday in school_holidays() for day in holiday]
    assert days == sorted(days)
    assert {first.weekday() for first, _ in school_holidays()} == {5}
    assert {last.weekday() for _, last in school_holidays()} == {6}


async def test_what_happens_at_night_gathers_and_appears_in_the_morning(world: World) -> None:
    entry, client = world.new_entry(), world.client(world.pupil)
    await says(world, world.teacher, entry)
    world.clock.set(here("2026-11-24T21:00"))  # type: ignore[attr-defined]
    late = world.new_entry("Laat")
    await says(world, world.teacher, late)
    page = (await client.get("/v1/me/notices")).json()
    assert ([one["aboutId"] for one in page["items"]], page["unread"]) == ([str(entry)], 1)
    assert page["quietUntil"] == "2026-11-25T06:00:00+00:00"
    done = await client.post("/v1/me/notices/read", json={"until": "2026-11-24T22:00:00Z"})
    assert done.json()["count"] == 1, "what was not shown was not read"
    world.clock.set(here("2026-11-25T06:59:59"))  # type: ignore[attr-defined]
    assert await count(world, world.pupil) == 0
    world.clock.set(here("2026-11-25T07:00"))  # type: ignore[attr-defined]
    assert await count(world, world.pupil) == 1
    assert (await client.get("/v1/me/notice-count")).json()["quietUntil"] is None


async def test_safety_comes_through_at_night(world: World) -> None:
    world.clock.set(here("2026-11-24T23:00"))  # type: ignore[attr-defined]
    put_notices(world, 1)
    assert await count(world, world.pupil) == 1


# --- adding kinds -------------------------------------------------------------------------------------


def test_every_kind_has_its_place_once() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(type(codes[0]))
