"""An etalage: a pupil composes a page, gives a link away, and what somebody without an account sees of it."""

import asyncio
import hashlib
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.portability.showcases.schemas import ShowcaseRequests, VisitPage
from tests.ids import new_id
from tests.showcases import (
    SIXTEEN,
    Visitor,
    content,
    link_to,
    new_page,
    problem,
    section,
    share,
    story,
    turns,
)
from tests.world import World

GONE = (410, "showcase-gone")


async def titles(visitor: Visitor) -> list[str]:
    page = (await visitor.reads()).json()["page"]
    return [one["title"] for part in page["sections"] for one in part["stories"]]


async def write(world: World, page: UUID, version: int | None, body: dict[str, Any]) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await world.client(world.pupil).put(f"/v1/me/showcases/{page}", json=body, headers=headers)


# --- composing ---------------------------------------------------------------------------------------


async def test_a_page_is_kept_as_it_was_written_and_changed_from_the_version_that_was_read(world: World) -> None:
    entry = world.new_entry()
    body = content(world, story(entry, world.new_file(entry)), template="open_day", showsSchool=True)
    page, client = new_id(world), world.client(world.pupil)
    first = await write(world, page, None, body)
    assert (first.status_code, first.headers["etag"]) == (201, '"1"')
    assert (await write(world, page, None, body)).json() == first.json()
    changed = body | {"intro": "Dag!"}
    assert problem(await write(world, page, None, changed)) == (409, "already-exists-different")
    assert (await write(world, page, 1, changed)).json()["version"] == 2
    stale = await write(world, page, 1, body | {"intro": "Hallo"})
    assert (problem(stale), stale.json()["current"]) == ((412, "version-conflict"), 2)
    read = await client.get(f"/v1/me/showcases/{page}")
    assert (read.headers["etag"], read.json()["content"]["intro"]) == ('"2"', "Dag!")
    assert read.json()["shown"]["school"] == "Kustlijn"
    for somebody in (world.classmate, world.teacher, world.guardian, world.dean):
        assert (await world.client(somebody).get(f"/v1/me/showcases/{page}")).status_code == 404
        taken = await world.client(somebody).put(f"/v1/me/showcases/{page}", json=body, headers={"If-Match": '"2"'})
        assert taken.status_code in (404, 409, 422)


async def test_two_tabs_that_write_at_once_leave_one_version(world: World) -> None:
    page = await new_page(world)
    both = await asyncio.gather(*(write(world, page, 1, content(world, intro=word)) for word in ("Een", "Twee")))
    assert sorted(answer.status_code for answer in both) == [200, 412]


async def test_pressed_twice_at_once_it_is_one_page_and_one_link(world: World) -> None:
    page, link, client = new_id(world), new_id(world), world.client(world.pupil)
    body = content(world)
    made = await asyncio.gather(*(write(world, page, None, body) for _ in range(3)))
    assert sorted(answer.status_code for answer in made) == [200, 200, 201]
    given = await asyncio.gather(*(share(world, page, link) for _ in range(3)))
    assert sorted(answer.status_code for answer in given) == [200, 200, 201]
    assert len({answer.text for answer in given}) == 1
    assert len((await client.get(f"/v1/me/showcases/{page}")).json()["shares"]) == 1


@pytest.mark.parametrize(
    ("whose", "pointer"),
    [("draft", "/sections/0/stories/0/entryId"), ("archived", "/sections/0/stories/0/entryId"),
     ("trashed", "/sections/0/stories/0/entryId"), ("result", "/sections/0/stories/0/entryId"),
     ("another", "/sections/0/stories/0/entryId"), ("file", "/sections/0/stories/0/fileIds")],
)  # fmt: skip
async def test_what_comes_onto_a_page_is_ones_own_shared_and_no_mark(world: World, whose: str, pointer: str) -> None:
    mine = world.new_entry()
    other = world.new_entry("Van Omar", pupil_id=world.classmate)
    wanted = {
        "draft": lambda: story(world.new_draft()),
        "archived": lambda: story(world.new_entry(state="archived")),
        "trashed": lambda: story(world.new_entry(state="trashed")),
        "result": lambda: story(world.new_entry(kind="result", details={"kind": "result", "result": "8"})),
        "another": lambda: story(other),
        "file": lambda: story(mine, world.new_file(other, pupil_id=world.classmate)),
    }
    answer = await write(world, new_id(world), None, content(world, wanted[whose]()))
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])


@pytest.mark.parametrize(
    "change",
    [{"title": ""}, {"title": "\u0000"}, {"title": "a" * 121}, {"intro": "a" * 100_000}, {"ownerId": "x"},
     {"words": [{"key": "rustig", "voices": []}]}, {"words": [{"key": "rustig", "voices": ["dean"]}]},
     {"words": [{"key": "rustig", "voices": ["pupil"]}] * 2}, {"sections": [{}]}, {"showsSchool": "yes"}],
)  # fmt: skip
async def test_a_page_that_cannot_stay_is_refused(world: World, change: dict[str, Any]) -> None:
    answer = await write(world, new_id(world), None, content(world) | change)
    assert answer.status_code == 422, answer.text
    assert all(error["detail"] for error in answer.json()["errors"])


async def test_a_page_is_thrown_away_and_comes_back_with_its_links(world: World) -> None:
    turns(world, SIXTEEN)
    page = await new_page(world)
    _, link, _ = await link_to(world, page)
    client, visitor = world.client(world.pupil), Visitor(world)
    await visitor.opens(link)
    assert (await client.delete(f"/v1/me/showcases/{page}")).status_code == 204
    assert problem(await visitor.reads()) == GONE
    assert problem(await Visitor(world).opens(link)) == GONE
    listed = (await client.get("/v1/me/showcases")).json()
    assert (listed["pages"], [one["id"] for one in listed["removed"]]) == ([], [str(page)])
    assert (await client.post(f"/v1/me/showcases/{page}/restore")).status_code == 204
    assert (await visitor.reads()).status_code == 200
    assert [one["openLinks"] for one in (await client.get("/v1/me/showcases")).json()["pages"]] == [1]


# --- what somebody else sees -------------------------------------------------------------------------


async def test_a_visitor_sees_exactly_what_the_page_holds(world: World) -> None:
    turns(world, SIXTEEN)
    entry, other = world.new_entry("Bezoek aan de haven", tags=["Handig"]), world.new_entry("Niet op de bladzijde")
    shown, hidden, elsewhere = world.new_file(entry), world.new_file(entry), world.new_file(other)
    world.new_feedback(entry, world.teacher)
    for who, word, voice in ((world.teacher, "rustig", "school"), (world.guardian, "rustig", "home"),
                             (world.teacher, "slordig", "school")):  # fmt: skip
        world.new_word(entry, who, word, voice)
    words = [{"key": "rustig", "voices": ["school"]}, {"key": "handig", "voices": ["pupil"]}]
    page = await new_page(world, story(entry, shown), words=words)
    _, link, _ = await link_to(world, page, who="de slager")
    visitor = Visitor(world)
    opened = await visitor.opens(link)
    assert opened.status_code == 201
    read = VisitPage.model_validate_json(opened.content, strict=True).page
    assert (read.given_name, read.family_name, read.school) == ("Yara", None, None)
    assert [(one.word, one.voices) for one in read.words] == [("rustig", ["school"]), ("Handig", ["pupil"])]
    [[told]] = [part.stories for part in read.sections]
    assert (told.title, told.text, [file.id for file in told.files]) == (
        "Bezoek aan de haven", "Ik mocht de kraan zien.", [shown])  # fmt: skip
    for secret in ("Ik zag een kraan.", "de Wit", "Kustlijn", "slordig", "Wat zag je daar?", "slager", "Joost",
                   "Niet op de bladzijde", str(hidden), str(entry), str(world.pupil)):  # fmt: skip
        assert secret not in opened.text, secret
    assert (await visitor.fetches(shown, "/thumbnail?width=320")).status_code == 302
    assert (await visitor.fetches(shown)).status_code == 302
    for file in (hidden, elsewhere, new_id(world)):
        assert problem(await visitor.fetches(file)) == (404, "not-found")
    assert opened.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert (opened.headers["referrer-policy"], opened.headers["cache-control"]) == ("no-referrer", "no-store")
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    # A session of ours it is not: not one of the pages of who is signed in opens with it.
    assert (await visitor.client.get("/v1/me")).status_code == 401
    assert (await visitor.client.get(f"/v1/attachments/{shown}/file")).status_code == 401


@pytest.mark.parametrize(
    "change",
    ["state = 'draft', ring = 0", "state = 'archived'", "state = 'trashed'", "ring = 0, state = 'archived'",
     "kind = 'result'"],
)  # fmt: skip
async def test_a_story_that_is_taken_back_disappears_at_once_with_its_photos_and_words(
    world: World, change: str
) -> None:
    turns(world, SIXTEEN)
    entry = world.new_entry()
    file = world.new_file(entry)
    world.new_word(entry, world.teacher, "rustig", "school")
    page = await new_page(world, story(entry, file), words=[{"key": "rustig", "voices": ["school"]}])
    _, link, _ = await link_to(world, page)
    visitor = Visitor(world)
    await visitor.opens(link)
    assert await titles(visitor) == ["Bezoek aan de haven"]
    world.change(f"update entry set {change} where id = :id", id=entry)
    now = (await visitor.reads()).json()["page"]
    assert (now["sections"], now["words"]) == ([], [])
    assert (await visitor.fetches(file)).status_code == 404
    # On the page it stays, for when it comes back.
    kept = (await world.client(world.pupil).get(f"/v1/me/showcases/{page}")).json()["content"]
    assert len(kept["sections"][0]["stories"]) == 1


async def test_of_what_others_said_nothing_shows_but_a_word_that_the_pupil_picked_and_does_not_hide(
    world: World,
) -> None:
    turns(world, SIXTEEN)
    entry = world.new_entry()
    world.new_word(entry, world.teacher, "rustig", "school")
    page = await new_page(world, story(entry), words=[{"key": "rustig", "voices": ["school"]}])
    _, link, _ = await link_to(world, page)
    visitor, client = Visitor(world), world.client(world.pupil)
    await visitor.opens(link)
    (await client.put("/v1/me/words", json={"key": "rustig", "shownAs": "kalm"})).raise_for_status()
    assert (await visitor.reads()).json()["page"]["words"] == [{"word": "kalm", "voices": ["school"]}]
    (await client.put("/v1/me/words", json={"key": "rustig", "hidden": True})).raise_for_status()
    assert (await visitor.reads()).json()["page"]["words"] == []


# --- links -------------------------------------------------------------------------------------------


async def test_a_link_has_a_first_and_a_last_day_and_says_the_same_before_after_and_when_made_up(
    world: World,
) -> None:
    turns(world, SIXTEEN)
    page = await new_page(world)
    today = world.clock.today()
    days = {"startsOn": str(today + timedelta(days=2)), "endsOn": str(today + timedelta(days=4))}
    _, link, _ = await link_to(world, page, **days)
    made_up = await Visitor(world).opens("x" * 43)
    for day, is_open in ((0, False), (1, False), (2, True), (4, True), (5, False)):
        world.at(today + timedelta(days=day))
        answer = await Visitor(world).opens(link)
        assert (answer.status_code == 201) is is_open, day
        if not is_open:
            told = {key: value for key, value in answer.json().items() if key != "requestId"}
            assert told == {key: value for key, value in made_up.json().items() if key != "requestId"}


@pytest.mark.parametrize(
    ("start", "end", "pointer"),
    [(0, 367, "/endsOn"), (3, 2, "/endsOn"), (-1, 3, "/startsOn"), (360, 380, "/endsOn")],
)
async def test_the_days_of_a_link_are_within_a_year(world: World, start: int, end: int, pointer: str) -> None:
    turns(world, SIXTEEN)
    page, today = await new_page(world), world.clock.today()
    days = {"startsOn": str(today + timedelta(days=start)), "endsOn": str(today + timedelta(days=end))}
    answer = await share(world, page, **days)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (await share(world, page, endsOn="3000-01-01")).status_code == 422


async def test_a_link_that_is_taken_back_closes_the_page_where_it_is_open(world: World) -> None:
    turns(world, SIXTEEN)
    page = await new_page(world)
    share_id, link, _ = await link_to(world, page)
    visitor, client = Visitor(world), world.client(world.pupil)
    await visitor.opens(link)
    for _ in range(2):
        assert (await client.delete(f"/v1/me/showcase-shares/{share_id}")).status_code == 204
    assert problem(await visitor.reads()) == GONE
    assert problem(await visitor.opens(link)) == GONE
    assert (await client.get(f"/v1/me/showcase-shares/{share_id}/address")).status_code == 404
    [[state]] = [[one["state"] for one in (await client.get(f"/v1/me/showcases/{page}")).json()["shares"]]]
    assert state == "revoked"


async def test_asked_twice_it_is_one_link_and_its_pupil_reads_the_address_again(world: World) -> None:
    turns(world, SIXTEEN)
    page, share_id = await new_page(world), new_id(world)
    first = await share(world, page, share_id, withCode=True)
    again = await share(world, page, share_id, withCode=True)
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    assert problem(await share(world, page, share_id)) == (409, "already-exists-different")
    path = f"/v1/me/showcase-shares/{share_id}/address"
    address = (await world.client(world.pupil).get(path)).json()
    assert (address["address"], address["code"]) == (first.json()["address"], first.json()["code"])
    for other in (world.classmate, world.teacher, world.guardian):
        assert (await world.client(other).get(path)).status_code == 404
    secret = address["address"].partition("#")[2]
    assert len(secret) == 43
    kept = world.scalar("select to_jsonb(showcase_share)::text from showcase_share")
    assert secret not in kept
    assert hashlib.sha256(secret.encode()).hexdigest() in kept


async def test_a_code_opens_it_and_what_is_guessed_counts_over_days(world: World) -> None:
    turns(world, SIXTEEN)
    entry = world.new_entry()
    page = await new_page(world, story(entry, world.new_file(entry)))
    share_id, link, code = await link_to(world, page, withCode=True)
    assert code
    visitor = Visitor(world)
    assert problem(await visitor.opens(link)) == (403, "showcase-code-needed")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    many = await asyncio.gather(*(visitor.opens(link, wrong) for _ in range(5)))
    assert {problem(answer) for answer in many} == {(403, "showcase-code-wrong")}
    assert world.scalar("select misses from showcase_share") == 5
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert (await visitor.opens(link, f" {arabic[:3]} {arabic[3:]} ")).status_code == 201
    assert world.scalar("select misses from showcase_share") == 5
    # Nor does it help to come back each hour: with the hundredth wrong code the link is over, for good.
    world.change("update showcase_share set misses = 99")
    world.at(world.clock.today() + timedelta(days=1))
    assert problem(await visitor.opens(link, wrong)) == (403, "showcase-code-wrong")
    assert problem(await visitor.opens(link, code)) == GONE
    assert problem(await visitor.reads()) == GONE
    [one] = (await world.client(world.pupil).get(f"/v1/me/showcases/{page}")).json()["shares"]
    assert (one["id"], one["state"]) == (str(share_id), "locked")


async def test_guessing_stops_within_the_hour_and_so_does_opening_from_one_address(world: World) -> None:
    turns(world, SIXTEEN)
    _, link, _ = await link_to(world, await new_page(world), withCode=True)
    world.change(
        "insert into sign_in_attempts values (sha256(convert_to(:subject, 'UTF8')), :hour, 20)",
        subject=f"showcase-codes:{hashlib.sha256(link.encode()).hexdigest()}",
        hour=world.clock.now().replace(minute=0, second=0, microsecond=0),
    )
    answer = await Visitor(world).opens(link, "000000")
    assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
    assert world.scalar("select misses from showcase_share") == 0
    world.change("update sign_in_attempts set count = 120")
    assert (await Visitor(world).opens("made up")).status_code == 429


async def test_how_often_it_was_opened_is_counted_by_day_and_nothing_of_who_that_was(world: World) -> None:
    turns(world, SIXTEEN)
    page = await new_page(world)
    _, link, _ = await link_to(world, page)
    await asyncio.gather(*(Visitor(world).opens(link) for _ in range(3)))
    world.at(world.clock.today() + timedelta(days=1))
    visitor = Visitor(world)
    await visitor.opens(link)
    await visitor.reads()
    [one] = (await world.client(world.pupil).get(f"/v1/me/showcases/{page}")).json()["shares"]
    assert (one["times"], [day["times"] for day in one["opened"]]) == (4, [1, 3])
    world.clock.set(world.clock.now() + timedelta(hours=1))  # type: ignore[attr-defined]
    assert problem(await visitor.reads()) == GONE, "after an hour a browser opens the link again"


async def test_two_etalages_side_by_side_do_not_shut_each_other_and_a_visit_is_of_one_browser(world: World) -> None:
    turns(world, SIXTEEN)
    links = [(await link_to(world, await new_page(world, title=title)))[1] for title in ("Een", "Twee")]
    visitor = Visitor(world)
    visits = [(await visitor.opens(link)).json()["visit"] for link in links]
    read = [(await visitor.client.get(f"/v1/showcase/visits/{visit}")).json()["page"]["title"] for visit in visits]
    assert read == ["Een", "Twee"]
    assert problem(await Visitor(world).client.get(f"/v1/showcase/visits/{visits[0]}")) == GONE


async def test_ten_links_at_a_time_also_from_two_tabs_at_once(world: World) -> None:
    turns(world, SIXTEEN)
    page = await new_page(world)
    answers = await asyncio.gather(*(share(world, page) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [409] * 2


# --- under sixteen -----------------------------------------------------------------------------------


async def requests(world: World, person: UUID) -> list[dict[str, Any]]:
    answer = await world.client(person).get("/v1/me/showcase-requests")
    read = ShowcaseRequests.model_validate_json(answer.content, strict=True)
    return [one.model_dump(mode="json", by_alias=True) for one in read.items]


async def agree(world: World, person: UUID, share_id: UUID, seen: int, answer: str = "yes", version: int = 1) -> Any:
    said = {"version": version, "pageVersion": seen, "answer": answer}
    return await world.client(person).put(f"/v1/showcase-shares/{share_id}/consent", json=said)


async def test_under_sixteen_a_parent_reads_the_page_and_says_yes_first(world: World) -> None:
    entry = world.new_entry(ring=1)
    file = world.new_file(entry)
    page = await new_page(world, story(entry, file))
    made = await share(world, page)
    assert (made.status_code, made.json()["waits"]) == (201, True)
    share_id, link = UUID(made.json()["id"]), made.json()["address"].partition("#")[2]
    assert problem(await Visitor(world).opens(link)) == GONE
    [asked] = await requests(world, world.guardian)
    assert asked["page"]["sections"][0]["stories"][0]["title"] == "Bezoek aan de haven"
    path = f"/v1/showcase-shares/{share_id}/files/{file}"
    assert (await world.client(world.guardian).get(f"{path}/thumbnail")).status_code == 302
    for other in (world.no_custody, world.unconfirmed, world.other_guardian, world.teacher, world.dean, world.pupil):
        assert await requests(world, other) == []
        assert (await world.client(other).get(path)).status_code == 404
        assert (await agree(world, other, share_id, 1)).status_code == 404
    assert problem(await agree(world, world.guardian, share_id, 1, version=2)) == (409, "text-changed")
    assert (await agree(world, world.guardian, share_id, 1)).status_code == 204
    assert (await Visitor(world).opens(link)).status_code == 201
    looked = "select count(*) from access_log where viewer_id = :parent and pupil_id = :pupil"
    assert world.scalar(looked, parent=world.guardian, pupil=world.pupil) == 1


async def test_what_a_parent_agreed_to_is_what_a_visitor_sees_until_a_parent_read_what_changed(world: World) -> None:
    page = await new_page(world)
    share_id, link, _ = await link_to(world, page)
    await agree(world, world.guardian, share_id, 1)
    visitor = Visitor(world)
    await visitor.opens(link)
    entry = world.new_entry()
    later = content(world, story(entry), title="Iets anders")
    assert (await write(world, page, 1, later)).status_code == 200
    assert (await visitor.reads()).json()["page"]["title"] == "Wie ben ik"
    [mine] = (await world.client(world.pupil).get(f"/v1/me/showcases/{page}")).json()["shares"]
    assert (mine["state"], mine["parentReadsFirst"]) == ("open", True)
    [asked] = await requests(world, world.guardian)
    assert (asked["changed"], asked["page"]["title"], asked["own"]) == (True, "Iets anders", "yes")
    stale = await agree(world, world.guardian, share_id, 1)
    assert (problem(stale), stale.json()["current"]) == ((412, "version-conflict"), 2)
    assert (await agree(world, world.guardian, share_id, 2)).status_code == 204
    assert await titles(visitor) == ["Bezoek aan de haven"]
    # From sixteen on a parent has no part in it, and the page is as its pupil has it.
    turns(world, SIXTEEN)
    await write(world, page, 2, content(world, title="Zestien"))
    assert (await visitor.reads()).json()["page"]["title"] == "Zestien"
    assert (await agree(world, world.guardian, share_id, 3, "no")).status_code == 404
    assert await requests(world, world.guardian) == []


@pytest.mark.parametrize(
    "lost", ["a no", "custody", "the tie", "eleven", "unknown birthday", "closed account", "another parent says no"]
)
async def test_who_loses_the_yes_loses_the_link(world: World, lost: str) -> None:
    other = world.new_guardian("Mo", world.pupil)
    page = await new_page(world)
    share_id, link, _ = await link_to(world, page)
    await agree(world, world.guardian, share_id, 1)
    visitor = Visitor(world)
    assert (await visitor.opens(link)).status_code == 201
    match lost:
        case "a no":
            assert (await agree(world, world.guardian, share_id, 1, "no")).status_code == 204
            assert problem(await agree(world, world.guardian, share_id, 1)) == (409, "wrong-state")
        case "another parent says no":
            assert (await agree(world, other, share_id, 1, "no")).status_code == 204
        case "custody":
            world.change("update guardianship set custody = 'limited' where guardian_id = :g", g=world.guardian)
        case "the tie":
            world.change("update guardianship set state = 'ended' where guardian_id = :g", g=world.guardian)
        case "eleven":
            turns(world, date(2015, 6, 1))
        case "unknown birthday":
            world.change("update person set birth_date = null where id = :pupil", pupil=world.pupil)
        case "closed account":
            world.change("update person set closed_at = now() where id = :pupil", pupil=world.pupil)
    assert problem(await visitor.reads()) == GONE
    assert problem(await Visitor(world).opens(link)) == GONE


async def test_under_twelve_a_page_is_made_and_not_shared_outside(world: World) -> None:
    turns(world, date(2015, 6, 1))
    page = await new_page(world)
    assert (await world.client(world.pupil).get("/v1/me/showcases")).json()["law"] == "not_yet"
    assert problem(await share(world, page)) == (403, "age-rule")


async def test_a_page_of_somebody_else_is_not_shared(world: World) -> None:
    turns(world, SIXTEEN)
    page = await new_page(world)
    body = {"pageId": str(page), "startsOn": "2026-11-24", "endsOn": "2026-12-24"}
    for other in (world.classmate, world.teacher, world.guardian):
        answer = await world.client(other).put(f"/v1/me/showcase-shares/{new_id(world)}", json=body)
        assert answer.status_code == 404
    gone = await share(world, new_id(world))
    assert gone.status_code == 404


async def test_material_is_what_can_be_shown_and_nothing_else(world: World) -> None:
    entry = world.new_entry(tags=["haven"])
    photo = world.new_file(entry)
    world.new_file(entry, kind="document", media_type="application/pdf")
    world.new_file(entry, state="received")
    world.new_draft()
    world.new_entry(kind="result", details={"kind": "result"}, tags=["acht"])
    world.new_entry(state="archived")
    for who, voice in ((world.teacher, "school"), (world.pupil, "pupil")):
        world.new_word(entry, who, "Rustig", voice)
    found = (await world.client(world.pupil).get("/v1/me/showcase-material")).json()
    assert [(one["id"], [file["id"] for file in one["files"]]) for one in found["stories"]] == [
        (str(entry), [str(photo)])
    ]
    assert [(one["key"], one["voices"]) for one in found["words"]] == [
        ("haven", ["pupil"]),
        ("rustig", ["pupil", "school"]),
    ]
    assert (await write(world, new_id(world), None, content(world, sections=[section(world, story(entry, photo))]))
            ).status_code == 201  # fmt: skip
