"""The second wall around what is asked outside."""

from sqlalchemy import create_engine

from tests.guidance.coach import decide
from tests.guidance.test_second_wall import Bare
from tests.test_access_document import table
from tests.world import World

# --- the second wall -------------------------------------------------------------------------------


async def test_a_select_without_any_condition_shows_what_the_document_says(world: World) -> None:
    engine = create_engine(world.settings.database_url or "")
    bare = Bare(world, engine)
    entry = world.new_entry()
    waits = world.new_outside(entry, {})
    taken = world.new_outside(entry, {"state": "accepted"})
    world.change("insert into outside_look select id, asked_at, pupil_id, entry_id, who, asked_at from outside_link")
    count = "select count(*) from outside_answer where link_id = :link"
    stated = table("Somebody from outside")
    tried = {
        who: {
            "that somebody was asked": bare(who, "select count(*) from outside_link"),
            "address": bare(who, "select outside_address(:link)", link=waits),
            "answer that waits": bare(who, count, link=waits),
            "answer that was taken in": bare(who, count, link=taken),
            "look": bare(who, "select count(*) from outside_look"),
        }
        for who in stated
    }
    said = {who: {name: "yes" if found else "no" for name, found in row.items()} for who, row in tried.items()}
    engine.dispose()
    assert said == stated


async def test_with_the_first_wall_taken_away_nobody_does_what_the_actions_forbid(world: World) -> None:
    engine = create_engine(world.settings.database_url or "")
    bare = Bare(world, engine)
    entry = world.new_entry()
    link = world.new_outside(entry, {"words": ["rustig"]})
    everybody = ("pupil", "teacher", "guardian", "dean", "classmate", "admin", "nobody")
    for statement in (
        "select mail_to from outside_link",
        "select token_hash from outside_link",
        "select * from outside_session",
        "update outside_session set tries = 0",
        "update outside_answer set good = 'Top'",
        "update outside_answer set state = 'accepted'",
        "delete from outside_answer",
        "insert into outside_answer (link_id) select id from outside_link",
        "update outside_link set expires_at = expires_at + interval '1 day'",
        "update outside_link set mailed_at = null",
        "update outside_link set ended_at = now(), end_reason = 'decided'",
        "delete from outside_link",
        "delete from outside_consent",
        "update outside_consent set person_id = person_id",
        "insert into outside_look (link_id, on_date, pupil_id, entry_id, who, at)"
        " select id, current_date, pupil_id, entry_id, 'x', now() from outside_link",
        "delete from outside_look",
        "select outside_link_of('x', now(), current_date)",
        "select outside_open(id, now(), current_date) from outside_link",
    ):
        for who in everybody:
            assert bare(who, statement) in ("refused", 0), (who, statement)
    forged = (
        "insert into talent_word (id, entry_id, author_id, voice, word, key, given_at, via_link)"
        " values (gen_random_uuid(), :entry, :pupil, 'outside', 'top', 'top', now(), :link)"
    )
    assert bare("pupil", forged, entry=entry, pupil=world.pupil, link=link) == "refused"
    yes = (
        "insert into outside_consent (link_id, person_id, side, answer, version, answered_at)"
        " values (:link, :person, :side, 'yes', 1, now())"
    )
    for who in (*everybody, "no_custody", "unconfirmed", "other_teacher", "former_teacher"):
        if who == "nobody":
            continue
        for side in ("school", "home"):
            may = (who, side) in {("teacher", "school"), ("guardian", "home")}
            done = bare(who, yes, link=link, person=getattr(world, who), side=side)
            assert (done == 1) == may, (who, side)
    assert bare("teacher", yes, link=link, person=world.guardian, side="home") == "refused"
    seen = {who: bare(who, "select count(*) from outside_link") for who in everybody}
    assert seen == dict.fromkeys(everybody, 0) | dict.fromkeys(("pupil", "teacher", "guardian", "dean"), 1)
    assert {who: bare(who, "select count(*) from outside_answer") for who in everybody} == dict.fromkeys(
        everybody, 0
    ) | {"pupil": 1}
    for who in ("teacher", "guardian", "classmate", "nobody"):
        taken = bare(who, "select now_version from outside_decide(:link, 1, 'accepted', false, now())", link=link)
        assert taken is None, who
    await decide(world, link, "accepted")
    assert bare("pupil", "update talent_word set word = 'briljant' where via_link is not null") == 0
    again = "update outside_link set ended_at = null, end_reason = null"
    assert all(bare(who, again) in ("refused", 0) for who in everybody)
    engine.dispose()
