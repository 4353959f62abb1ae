"""A pupil moves to another school and takes along what the pupil chooses: who says yes, who sees what, until when."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import create_engine, text

from app.platform.jobs import run_worker
from tests.guidance.test_second_wall import Bare
from tests.ids import new_id
from tests.test_access_document import table
from tests.world import World

SIXTEEN = date(2010, 3, 2)


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


def move(world: World) -> UUID:
    """The pupil leaves Kustlijn yesterday and is at Duinrand from today on."""
    yesterday = world.clock.today() - timedelta(days=1)
    world.change("update placement set ends_on = :day where id = :id", day=yesterday, id=world.placement)
    world.change(
        "update group_membership set ends_on = :day where placement_id = :id", day=yesterday, id=world.placement
    )
    return world.place(world.pupil, world.duin, world.far_group, world.clock.today())


def entry(thing: UUID) -> dict[str, str]:
    return {"kind": "entry", "id": str(thing)}


async def choose(world: World, place: UUID, *things: dict[str, str], known: UUID | None = None) -> UUID:
    transfer = known or new_id(world)
    body = {"placementId": str(place), "items": list(things)}
    kept = await world.client(world.pupil).put(f"/v1/me/transfers/{transfer}", json=body)
    assert kept.status_code == 201, kept.text
    return transfer


async def send(world: World, transfer: UUID, version: int = 1) -> Response:
    return await world.client(world.pupil).put(
        f"/v1/me/transfers/{transfer}/sending", headers={"If-Match": f'"{version}"'}
    )


async def say(world: World, transfer: UUID, answer: str, who: UUID | None = None) -> int:
    body = {"version": 1, "answer": answer}
    parent = world.client(who or world.guardian)
    return (await parent.put(f"/v1/transfers/{transfer}/consent", json=body)).status_code


async def decide(world: World, transfer: UUID, who: UUID, why: str | None = None) -> int:
    body: dict[str, Any] = {"decision": "refused", "why": why} if why else {"decision": "accepted"}
    return (await world.client(who).put(f"/v1/transfers/{transfer}/decision", json=body)).status_code


async def titles(world: World, who: UUID) -> set[str]:
    page = await world.client(who).get(f"/v1/pupils/{world.pupil}/portfolio")
    return {item["title"] for item in page.json()["items"]} if page.status_code == 200 else set()


async def state(world: World, transfer: UUID) -> str:
    found = await world.client(world.pupil).get(f"/v1/me/transfers/{transfer}")
    return str(found.json()["state"])


async def test_what_was_chosen_and_nothing_else_opens_to_the_new_school(world: World) -> None:
    chosen, left = world.new_entry("Haven"), world.new_entry("Bakker")
    place = move(world)
    transfer = await choose(world, place, entry(chosen))
    mentor = world.client(world.far_teacher)
    assert (await mentor.get("/v1/transfers")).json()["items"] == [], "nobody knows of a draft"
    assert (await send(world, transfer)).json()["state"] == "asked"
    assert await decide(world, transfer, world.far_teacher) == 404, "no parent said yes"

    asked = (await world.client(world.guardian).get("/v1/me/transfer-requests")).json()["items"][0]
    assert [story["title"] for story in asked["summary"]["stories"]] == ["Haven"]
    assert await say(world, transfer, "yes", world.no_custody) == 404
    assert await say(world, transfer, "yes") == 204

    (offered,) = (await mentor.get("/v1/transfers")).json()["items"]
    assert (offered["state"], offered["fromSchools"]) == ("offered", ["Kustlijn"])
    assert await titles(world, world.far_teacher) == set(), "an offer opens nothing"
    assert (await mentor.get(f"/v1/transfers/{transfer}/view")).status_code == 404
    before = (await world.client(world.pupil).get(f"/v1/transfers/{transfer}/view")).json()

    assert await decide(world, transfer, world.far_teacher) == 204
    assert await titles(world, world.far_teacher) == {"Haven"}
    after = (await mentor.get(f"/v1/transfers/{transfer}/view")).json()
    assert after == before | {"state": "accepted", "acceptedAt": after["acceptedAt"]}, (
        "the look beforehand was this page"
    )
    for path in (f"/v1/entries/{left}", f"/v1/entries/{left}/versions"):
        assert (await mentor.get(path)).status_code == 404
    said = {"id": str(new_id(world)), "kind": "comment", "text": "Welkom. Wat deed je daar?"}
    key = {"Idempotency-Key": str(new_id(world))}
    assert (await mentor.post(f"/v1/entries/{chosen}/feedback", json=said, headers=key)).status_code == 201
    assert (await mentor.post(f"/v1/entries/{chosen}/words", json={"word": "durf"})).status_code == 201
    page = (await mentor.get(f"/v1/entries/{chosen}")).json()
    assert page["rights"]["feedback"], "as with any story that is shared"
    looks = (await world.client(world.pupil).get("/v1/me/looks")).json()["items"]
    assert any(look["viewerName"].startswith("Hans") for look in looks)


async def test_drafts_what_is_put_away_and_what_is_of_others_cannot_be_chosen(world: World) -> None:
    world.new_entry()
    wrong = [
        world.new_draft(),
        world.new_entry("Weg", state="trashed"),
        world.new_entry("Bewaard", state="archived"),
        world.new_entry("Van Omar", pupil_id=world.classmate),
        new_id(world),
    ]
    place = move(world)
    wrong.append(world.new_entry("Al van hier", placement_id=place))
    page = (await world.client(world.pupil).get(f"/v1/me/transfer-choices/{place}")).json()
    assert [story["card"]["title"] for story in page["stories"]] == ["Bezoek aan de haven"]
    for thing in wrong:
        body = {"placementId": str(place), "items": [entry(thing)]}
        refused = await world.client(world.pupil).put(f"/v1/me/transfers/{new_id(world)}", json=body)
        assert refused.status_code == 422, thing
    for kind in ("step", "talk", "words"):
        body = {"placementId": str(place), "items": [{"kind": kind, "id": str(new_id(world))}]}
        refused = await world.client(world.pupil).put(f"/v1/me/transfers/{new_id(world)}", json=body)
        assert refused.status_code == 422, kind


async def test_a_story_that_is_taken_back_to_draft_does_not_go(world: World) -> None:
    story = world.new_entry(ring=1)
    place = move(world)
    transfer = await choose(world, place, entry(story))
    await send(world, transfer)
    asked = (await world.client(world.guardian).get("/v1/me/transfer-requests")).json()["items"][0]["summary"]
    assert (asked["stories"], asked["untitled"]) == ([], 1), "what stays at school has no title at home"
    await say(world, transfer, "yes")
    world.change("update entry set state = 'draft', ring = 0")
    assert await decide(world, transfer, world.far_dean) == 204
    assert await titles(world, world.far_teacher) == set()
    view = await world.client(world.far_teacher).get(f"/v1/transfers/{transfer}/view")
    assert view.json()["stories"] == []


async def test_words_steps_and_a_talk_go_along_as_they_are_read(world: World) -> None:
    story = world.new_entry(tags=["Haven"], competencies=["networking"])
    world.new_word(story, world.teacher, "rustig", voice="school")
    world.new_word(story, world.teacher, "stil", voice="school")
    world.new_entry("Rekenen", kind="result", details={"kind": "result"}, competencies=["networking"])
    world.change("insert into word_choice (pupil_id, key, hidden) values (:pupil, 'stil', true)", pupil=world.pupil)
    step, done = world.new_step(world.pupil), world.new_step(world.pupil, "Klaar", done_at=world.clock.now())
    talk = world.new_agreed_conversation()
    sheet_only = world.new_conversation(planned_by=world.teacher)
    place = move(world)
    page = (await world.client(world.pupil).get(f"/v1/me/transfer-choices/{place}")).json()
    assert page["words"] == ["Haven", "rustig"]
    assert {one["card"]["title"]: one["proposed"] for one in page["stories"]} == {
        "Bezoek aan de haven": True, "Rekenen": False,
    }, "a result goes along only where the pupil picks it"  # fmt: skip
    assert str(done) not in str(page)
    assert str(sheet_only) not in str(page)
    assert [one["id"] for one in page["talks"]] == [str(talk)]
    things = [
        {"kind": "words", "id": str(world.pupil)},
        {"kind": "step", "id": str(step)},
        {"kind": "talk", "id": str(talk)},
    ]
    transfer = await choose(world, place, *things)
    await send(world, transfer)
    await say(world, transfer, "yes")
    await decide(world, transfer, world.far_teacher)
    carried = (await world.client(world.far_teacher).get(f"/v1/transfers/{transfer}/view")).json()["carried"]
    assert [(one["word"], one["voices"]) for one in carried["words"]] == [("Haven", ["pupil"]), ("rustig", ["school"])]
    assert [one["text"] for one in carried["steps"]] == ["Tante Fatima bellen"]
    assert carried["talks"][0]["record"]["pupilVoice"]
    assert await titles(world, world.far_teacher) == set(), "no story goes along with it"


async def test_from_sixteen_on_the_pupil_sends_it_alone_also_by_a_birthday_in_between(world: World) -> None:
    story = world.new_entry()
    place = move(world)
    transfer = await choose(world, place, entry(story))
    assert (await send(world, transfer)).json()["state"] == "asked"
    birthday = world.clock.today() + timedelta(days=10)
    world.change(
        "update person set birth_date = :born where id = :id", id=world.pupil, born=birthday.replace(year=2010)
    )
    world.at(birthday - timedelta(days=1))
    assert await state(world, transfer) == "asked"
    world.at(birthday)
    assert await state(world, transfer) == "offered"
    assert await say(world, transfer, "no") == 404, "a parent has no part in it any more"
    assert await decide(world, transfer, world.far_teacher) == 204
    assert await titles(world, world.far_teacher) == {"Bezoek aan de haven"}


async def test_one_no_of_two_parents_ends_it_and_closes_what_was_open(world: World) -> None:
    other = world.new_guardian("Youssef", world.pupil)
    story = world.new_entry()
    place = move(world)
    transfer = await choose(world, place, entry(story))
    await send(world, transfer)
    assert await say(world, transfer, "yes") == 204
    assert await decide(world, transfer, world.far_teacher) == 204
    assert await say(world, transfer, "no", other) == 204
    assert await say(world, transfer, "no", other) == 204, "a retry is the same"
    assert await say(world, transfer, "yes") == 409
    assert await state(world, transfer) == "refused"
    assert await titles(world, world.far_teacher) == set()
    mine = (await world.client(world.pupil).get(f"/v1/me/transfers/{transfer}")).json()
    assert mine["refusedBy"] == "home"
    assert str(other) not in str(mine), "whose no it was is not told"


async def test_a_yes_counts_as_long_as_there_is_custody(world: World) -> None:
    story = world.new_entry()
    transfer = await choose(world, move(world), entry(story))
    await send(world, transfer)
    await say(world, transfer, "yes")
    world.change("update guardianship set custody = 'limited' where guardian_id = :id", id=world.guardian)
    assert await state(world, transfer) == "asked"
    assert await decide(world, transfer, world.far_teacher) == 404


async def test_the_school_refuses_in_words_and_the_pupil_begins_anew(world: World) -> None:
    story = world.new_entry()
    place = move(world)
    transfer = await choose(world, place, entry(story))
    await send(world, transfer)
    await say(world, transfer, "yes")
    body = {"decision": "refused"}
    bare = await world.client(world.far_dean).put(f"/v1/transfers/{transfer}/decision", json=body)
    assert bare.status_code == 422
    assert await decide(world, transfer, world.far_dean, "Kies je er nog iets bij over techniek?") == 204
    assert await decide(world, transfer, world.far_teacher) == 409
    mine = (await world.client(world.pupil).get(f"/v1/me/transfers/{transfer}")).json()
    assert (mine["state"], mine["refusedBy"]) == ("refused", "school")
    assert mine["refusal"] == "Kies je er nog iets bij over techniek?"
    await choose(world, place, entry(story))


async def test_the_pupil_takes_one_thing_back_or_all_of_it_also_after_it_was_accepted(world: World) -> None:
    first, second = world.new_entry("Haven"), world.new_entry("Bakker")
    transfer = await choose(world, move(world), entry(first), entry(second))
    await send(world, transfer)
    await say(world, transfer, "yes")
    pupil = world.client(world.pupil)
    item = f"/v1/me/transfers/{transfer}/items/entry/{first}"
    assert (await pupil.put(item, json={"goesAlong": False})).status_code == 409, "not accepted yet: withdraw it"
    await decide(world, transfer, world.far_teacher)
    assert (await pupil.put(item, json={"goesAlong": False})).status_code == 204
    assert await titles(world, world.far_teacher) == {"Bakker"}
    assert (await pupil.put(item, json={"goesAlong": True})).status_code == 204
    assert await titles(world, world.far_teacher) == {"Haven", "Bakker"}
    unknown = f"/v1/me/transfers/{transfer}/items/entry/{new_id(world)}"
    assert (await pupil.put(unknown, json={"goesAlong": True})).status_code == 404
    for _ in range(2):
        assert (await pupil.delete(f"/v1/me/transfers/{transfer}")).status_code == 204
    assert await titles(world, world.far_teacher) == set()
    assert await state(world, transfer) == "withdrawn"
    assert world.scalar("select count(*) from entry where taken_to is not null") == 0


async def test_after_sixty_days_it_is_over_and_counts_from_the_first_day_at_school(world: World) -> None:
    story = world.new_entry()
    start = world.clock.today() + timedelta(days=30)
    place = world.place(world.pupil, world.duin, world.far_group, start)
    transfer = await choose(world, place, entry(story))
    await send(world, transfer)
    await say(world, transfer, "yes")
    assert await decide(world, transfer, world.far_teacher) == 404, "the pupil is not there yet"
    world.at(start + timedelta(days=60))
    assert await state(world, transfer) == "offered"
    world.at(start + timedelta(days=61))
    assert await state(world, transfer) == "expired"
    assert await decide(world, transfer, world.far_teacher) == 409
    assert (await world.client(world.far_teacher).get("/v1/transfers")).json()["items"] == []
    await choose(world, place, entry(story))


async def test_a_placement_that_ends_closes_what_was_offered_and_what_was_accepted(world: World) -> None:
    first, second = world.new_entry("Haven"), world.new_entry("Bakker")
    place = move(world)
    accepted = await choose(world, place, entry(first))
    await send(world, accepted)
    await say(world, accepted, "yes")
    await decide(world, accepted, world.far_teacher)
    offered = await choose(world, place, entry(second))
    await send(world, offered)
    await say(world, offered, "yes")
    world.change("update placement set ends_on = :day where id = :id", day=world.clock.today(), id=place)
    world.at(world.clock.today() + timedelta(days=1))
    assert await state(world, offered) == "closed"
    assert await decide(world, offered, world.far_dean) == 404
    assert await titles(world, world.far_teacher) == set(), "what was taken along closes with the last day there"
    mine = (await world.client(world.pupil).get(f"/v1/me/transfers/{accepted}")).json()
    assert not mine["schoolSees"]
    assert await send(world, offered) is not None


async def test_two_schools_at_once_each_get_what_was_chosen_for_them(world: World) -> None:
    third = world.new_school("Strandweg", "03CC")
    group = world.new_group(third, "1A")
    teacher = world.new_teacher("Puck", third, group)
    story, other = world.new_entry("Haven"), world.new_entry("Bakker")
    places = [move(world), world.place(world.pupil, third, group, world.clock.today())]
    for place, things in zip(places, ([story, other], [story]), strict=True):
        transfer = await choose(world, place, *map(entry, things))
        await send(world, transfer)
        await say(world, transfer, "yes")
        assert await decide(world, transfer, world.far_teacher if place == places[0] else teacher) == 204
    assert await titles(world, world.far_teacher) == {"Haven", "Bakker"}
    assert await titles(world, teacher) == {"Haven"}


async def test_two_tabs_do_not_undo_each_other_and_a_retry_is_the_same(world: World) -> None:
    story, other = world.new_entry("Haven"), world.new_entry("Bakker")
    place = move(world)
    pupil, transfer = world.client(world.pupil), new_id(world)
    path = f"/v1/me/transfers/{transfer}"
    body = {"placementId": str(place), "items": [entry(story)]}
    assert [(await pupil.put(path, json=body)).status_code for _ in range(2)] == [201, 200]
    another = {"placementId": str(place), "items": [entry(other)]}
    assert (await pupil.put(path, json=another)).status_code == 409
    statuses = await asyncio.gather(*(
        pupil.put(path, json={"placementId": str(place), "items": things}, headers={"If-Match": '"1"'})
        for things in ([entry(other)], [entry(story), entry(other)])
    ))  # fmt: skip
    assert sorted(answer.status_code for answer in statuses) == [200, 412]
    twin = {"placementId": str(place), "items": []}
    assert (await pupil.put(f"/v1/me/transfers/{new_id(world)}", json=twin)).status_code == 409, "one at a time"
    assert (await send(world, transfer)).status_code == 412
    assert (await send(world, transfer, 2)).status_code == 200
    assert (await send(world, transfer, 2)).status_code == 200
    assert (await pupil.put(path, json=body, headers={"If-Match": '"3"'})).status_code == 409, "it was sent"
    empty = await choose(world, world.place(world.pupil, world.new_school("Verweg", "04DD"), world.group))
    assert (await send(world, empty)).status_code == 409


async def test_of_two_who_decide_at_the_same_moment_one_decides(world: World) -> None:
    story = world.new_entry()
    transfer = await choose(world, move(world), entry(story))
    await send(world, transfer)
    await say(world, transfer, "yes")
    answers = await asyncio.gather(
        decide(world, transfer, world.far_teacher),
        decide(world, transfer, world.far_dean, "Liever later"),
        world.client(world.pupil).delete(f"/v1/me/transfers/{transfer}"),
    )
    assert answers[2].status_code == 204
    assert {answers[0], answers[1]} <= {204, 409}
    assert (answers[0], answers[1]) != (204, 204)
    assert await titles(world, world.far_teacher) == set(), "withdrawn, whoever was first"


async def test_each_is_told_what_waits_for_them_and_no_longer(world: World) -> None:
    async def kinds(who: UUID) -> list[str]:
        found = (await world.client(who).get("/v1/me/notices")).json()["items"]
        return [one["kind"] for one in found if one["kind"].startswith("transfer")]

    story = world.new_entry()
    transfer = await choose(world, move(world), entry(story))
    await send(world, transfer)
    assert await kinds(world.guardian) == ["transfer_asked"]
    assert await kinds(world.far_teacher) == []
    await say(world, transfer, "yes")
    assert await kinds(world.guardian) == []
    assert await kinds(world.far_teacher) == await kinds(world.far_dean) == ["transfer_offered"]
    tell = text("select tell_of_transfers(:today, :now)")
    soon = world.clock.today() + timedelta(days=55)
    with world.engine.begin() as connection:
        for _ in range(2):
            connection.execute(tell, {"today": soon, "now": world.clock.now()})
    world.at(soon)
    assert await kinds(world.pupil) == ["transfer_expiring", "transfer_agreed"]
    await decide(world, transfer, world.far_teacher)
    assert await kinds(world.pupil) == ["transfer_accepted"]
    assert await kinds(world.far_dean) == []


async def test_what_a_school_change_changes_is_what_the_document_says(world: World) -> None:
    await run_worker(world.settings, until_empty=True)
    stated = table("What was taken along")
    before = world.clock.today() - timedelta(days=3)
    chosen, left = (world.new_entry(title, changed_on=before) for title in ("gekozen", "niet gekozen"))
    transfer = await choose(world, move(world), entry(chosen))
    await send(world, transfer)
    await say(world, transfer, "yes")
    world.say_why(world.far_dean, world.pupil)
    columns: dict[str, set[str]] = {}

    async def who_opens(thing: UUID) -> set[str]:
        found = set()
        for who in stated:
            answer = await world.client(getattr(world, who)).get(f"/v1/entries/{thing}")
            found |= {who} if answer.status_code == 200 else set()
        return found

    columns["offered"] = await who_opens(chosen)
    await decide(world, transfer, world.far_teacher)
    columns["accepted"] = await who_opens(chosen)
    columns["not chosen"] = await who_opens(left)
    today = world.clock.today()
    world.change("update entry set changed_on = :day where id = :id", day=today, id=chosen)
    columns["accepted, changed since"] = await who_opens(chosen)
    world.change("update placement set ends_on = :day where school_id = :duin", day=today, duin=world.duin)
    world.at(today + timedelta(days=1))
    columns["after the last day there"] = await who_opens(chosen)
    assert {column: {who for who in stated if stated[who][column] == "yes"} for column in columns} == columns


BARE = (
    "update entry set taken_to = array[:place] where id = :story",
    "insert into entry (id, pupil_id, school_year, kind, title, sort_on, version, changed_on, updated_at, taken_to)"
    " select gen_random_uuid(), pupil_id, school_year, kind, title, sort_on, 1, changed_on, updated_at, array[:place]"
    " from entry where id = :story",
    "update transfer set sent_at = now(), expires_on = current_date",
    "update transfer set accepted_at = now()",
    "update transfer set ended_at = null, end_reason = null",
    "update transfer set pupil_id = pupil_id",
    "update transfer set placement_id = placement_id",
    "delete from transfer",
    "insert into transfer_consent values (:transfer, :guardian, 'yes', 1, now())",
    "update transfer_consent set answer = 'yes'",
    "delete from transfer_consent",
    "update transfer_item set taken_back_at = null",
    "insert into transfer (id, pupil_id, placement_id, made_at, changed_at, version, sent_at, expires_on)"
    " values (gen_random_uuid(), :pupil, :place, now(), now(), 1, now(), current_date)",
    "select keep_taken_of(:story)",
    "select transfer_allowed(:transfer, current_date)",
    "select tell_of_transfers(current_date, now())",
)


async def test_with_bare_sql_nobody_passes_by_the_parent_or_the_school(world: World, bare: Bare) -> None:
    story, other = world.new_entry(), world.new_entry("Niet gekozen")
    place = move(world)
    transfer = await choose(world, place, entry(story))
    ids = {"story": story, "place": place, "transfer": transfer, "guardian": world.guardian, "pupil": world.pupil}
    for statement in BARE:
        used = {name: value for name, value in ids.items() if f":{name}" in statement}
        for who in ("pupil", "guardian", "far_teacher"):
            assert bare(who, statement, **used) in (0, "refused"), (who, statement)
    seen = "select count(*) from transfer"
    assert [bare(who, seen) for who in ("pupil", "guardian", "far_teacher", "far_dean")] == [1, 0, 0, 0]
    await send(world, transfer)
    assert [bare(who, seen) for who in ("pupil", "guardian", "far_teacher", "no_custody")] == [1, 1, 0, 0]
    late = "insert into transfer_item (transfer_id, kind, thing_id) values (:transfer, 'entry', :story)"
    assert bare("pupil", late, transfer=transfer, story=other) == "refused", "a parent was asked about the others"
    assert bare("pupil", "delete from transfer_item") == 0
    acts = {
        "select transfer_answer(:id, 'yes', 1, now())": {"guardian"},
        "select transfer_decide(:id, true, '', now())": set(),
        "select transfer_withdraw(:id, now())": {"pupil"},
    }
    everybody = (
        "pupil",
        "guardian",
        "no_custody",
        "other_guardian",
        "teacher",
        "far_teacher",
        "far_dean",
        "admin",
        "nobody",
    )
    for statement, allowed in acts.items():
        assert {who for who in everybody if bare(who, statement, id=transfer) == "done"} == allowed, statement
    await say(world, transfer, "yes")
    accepts = "select transfer_decide(:id, true, '', now())"
    assert {who for who in everybody if bare(who, accepts, id=transfer) == "done"} == {"far_teacher", "far_dean"}
    for part in ("transfer_summary", "transfer_carried"):
        read = {who for who in everybody if bare(who, f"select {part}(:id)", id=transfer) is not None}
        assert read == ({"pupil", "guardian", "far_teacher", "far_dean"} if part == "transfer_summary" else {"pupil"})
    await decide(world, transfer, world.far_teacher)
    entries = "select string_agg(title, ',' order by title) from entry where pupil_id = :pupil"
    assert bare("far_teacher", entries, pupil=world.pupil) == "Bezoek aan de haven"
    assert bare("far_teacher", "update entry set title = 'Anders' where id = :story", story=story) == "refused"
    wrong = "insert into talent_word (id, entry_id, author_id, voice, word, key, given_at) values"
    wrong += " (gen_random_uuid(), :story, :author, :voice, 'slim', 'slim', now())"
    for voice, expected in (("school", 1), ("pupil", "refused"), ("home", "refused")):
        assert bare("far_teacher", wrong, story=story, author=world.far_teacher, voice=voice) == expected
