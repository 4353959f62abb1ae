"""With the first wall taken away: what the app's role reads and writes of etalages, in whoever's name."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from app.portability.showcases.models import ShowcaseCount
from tests.guidance.test_second_wall import EVERYBODY, Bare
from tests.ids import new_id
from tests.showcases import SIXTEEN, content, page_of, paper_of, share_of, story, turns
from tests.test_access_document import table
from tests.world import World


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


def fill(world: World) -> dict[str, object]:
    """A page of somebody of thirteen with a photo, a link that waits, and a CV."""
    entry = world.new_entry()
    file = world.new_file(entry)
    page = page_of(world, story(entry, file))
    share = share_of(world, page, "held")
    paper_of(world, page, entry, state="ready", object_key="showcase/x.pdf")
    world.add(ShowcaseCount(share_id=share, on_date=world.clock.today(), times=1))
    return {"page": page, "share": share, "file": file, "entry": entry}


COUNT = "select count(*) from {}"


async def test_a_select_without_any_condition_shows_what_the_document_says(world: World, bare: Bare) -> None:
    made = fill(world)
    stated = table("An etalage, and who reads it")
    tried: dict[str, dict[str, str]] = {}
    for who in stated:
        asked = {
            "page": bare(who, COUNT.format("showcase_page")),
            "link": bare(who, COUNT.format("showcase_share")),
            "how often it was opened": bare(who, COUNT.format("showcase_count")),
            "lines of a paper, its PDF": bare(who, COUNT.format("showcase_document"))
            and bare(who, COUNT.format("showcase_pdf")),
            "the page, before saying yes": bare(
                who, "select page is not null from showcase_asked(:share)", share=made["share"]
            ),
        }
        tried[who] = {column: "yes" if found else "no" for column, found in asked.items()}
    assert tried == stated


REFUSED = (
    "select token_hash from showcase_share",
    "select code_hash from showcase_share",
    "select agreed_content from showcase_share",
    "select * from showcase_visit",
    "insert into showcase_visit values (gen_random_uuid(), :share, 'x', now() + interval '1 hour')",
    "insert into showcase_consent values (:share, :pupil, 'yes', 1, 1, now())",
    "update showcase_consent set answer = 'yes'",
    "update showcase_share set agreed_version = 1",
    "update showcase_share set ends_on = ends_on + 300",
    "update showcase_share set misses = 0",
    "update showcase_share set token_hash = 'x'",
    "update showcase_share set page_id = page_id",
    "delete from showcase_share",
    "update showcase_count set times = 0",
    "delete from showcase_page",
    "update showcase_page set pupil_id = pupil_id",
    "update showcase_pdf set object_key = 'file/other'",
    "select showcase_shown(:pupil, '{}', current_date)",
    "select showcase_shown_file(:pupil, '{}', :file)",
    "select showcase_visited(:page, 'x', now(), current_date)",
    "select showcase_paper(:page, 'cv', current_date)",
    "select showcase_said(:pupil)",
)


async def test_what_no_page_writes_nobody_can(world: World, bare: Bare) -> None:
    about = fill(world) | {"pupil": world.pupil}
    for statement in REFUSED:
        used = {name: value for name, value in about.items() if f":{name}" in statement}
        for who in ("pupil", "teacher", "guardian", "nobody"):
            assert bare(who, statement, **used) == "refused", (who, statement)


SHARE = (
    "insert into showcase_share (id, pupil_id, page_id, who, starts_on, ends_on, made_at, token_hash, has_code)"
    " values (:id, :pupil, :page, '', :first, :last, now(), :hash, false)"
)


async def test_a_link_is_made_by_the_pupil_of_the_page_for_a_year_at_most_and_not_under_twelve(
    world: World, bare: Bare
) -> None:
    today = world.clock.today()
    good = {"id": new_id(world), "pupil": world.pupil, "page": page_of(world), "hash": b"secret"}
    good |= {"first": today, "last": today + timedelta(days=366)}
    other = page_of(world, pupil_id=world.classmate)
    assert bare("pupil", SHARE, **good) == 1
    for who, change in (
        ("classmate", {}),
        ("guardian", {}),
        ("teacher", {}),
        ("classmate", {"pupil": world.classmate}),
        ("pupil", {"page": other}),
        ("pupil", {"first": today - timedelta(days=1)}),
        ("pupil", {"first": today + timedelta(days=9), "last": today + timedelta(days=370)}),
    ):
        assert bare(who, SHARE, **(good | change)) == "refused", (who, change)
    world.change("update person set birth_date = '2015-06-01' where id = :pupil", pupil=world.pupil)
    assert bare("pupil", SHARE, **good) == "refused"


async def test_a_link_ends_in_the_hands_of_its_pupil_and_a_yes_is_of_a_parent_with_custody(
    world: World, bare: Bare
) -> None:
    made = fill(world)
    end = "update showcase_share set ended_at = now(), end_reason = 'revoked'"
    for who in EVERYBODY:
        assert bare(who, end) == int(who == "pupil"), who
    assert bare("pupil", end.replace("revoked", "refused")) == "refused"
    said = "select answer_showcase(:share, 1, 1, 'yes', now())"
    agreed = {who for who in EVERYBODY if bare(who, said, share=made["share"]) == "done"}
    assert agreed == {"guardian"}
    turns(world, SIXTEEN)
    assert bare("guardian", said, share=made["share"]) == "none"


async def test_what_is_not_the_pupils_own_is_not_shown_whatever_stands_in_a_page(world: World, bare: Bare) -> None:
    """Put there past every rule of the app: a page holds wishes, and the database knows whose each thing is."""
    theirs = world.new_entry("Van Omar", pupil_id=world.classmate)
    file = world.new_file(theirs, pupil_id=world.classmate)
    draft, mine = world.new_draft(), world.new_entry()
    page = page_of(world)
    wished = content(world, story(theirs, file), story(draft), story(mine, file), words=[])
    wished |= {"showsFamilyName": False, "showsSchool": False, "template": "blank"}
    put = "update showcase_page set content = cast(:content as jsonb) where id = :page"
    world.change(put, content=json.dumps(wished), page=page)
    shown = bare("pupil", "select showcase_preview(:page, :today)", page=page, today=world.clock.today())
    stories = [one for part in shown["sections"] for one in part["stories"]]
    assert [(one["title"], one["files"]) for one in stories] == [("Bezoek aan de haven", [])]
    for who in set(EVERYBODY) - {"pupil"}:
        assert bare(who, "select showcase_preview(:page, :today)", page=page, today=world.clock.today()) is None


async def test_who_holds_a_link_with_a_code_opens_nothing_without_it_also_with_bare_hands(
    world: World, bare: Bare
) -> None:
    turns(world, SIXTEEN)
    share_of(world, page_of(world), "held", has_code=True, code_hash=b"right")
    opened = "select open_showcase(:link, :typed, :visit, 'x', :at, :today)"
    values = {"link": hashlib.sha256(b"held").digest(), "visit": new_id(world)}
    values |= {"at": world.clock.now(), "today": world.clock.today()}
    for typed, said in ((None, "code"), (b"wrong", "wrong"), (b"right", "open")):
        assert bare("nobody", opened, typed=typed, **values) == said
    read = "select read_showcase(:visit, 'x', :at, :today)"
    without = {name: value for name, value in values.items() if name != "link"}
    assert bare("nobody", read, **without) is None
