"""With the first wall taken away: nobody writes a notice, reads another's, or makes an address good without a code."""

import asyncio
import hashlib

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.guidance.test_notices import as_worker, share
from tests.guidance.test_second_wall import EVERYBODY, Bare, bare
from tests.test_access_document import table
from tests.world import World

__all__ = ["bare"]

FORGED = (
    "insert into notice (id, person_id, kind, on_day, at) values (uuidv7(), :me, 'home_new', '2026-11-24', now())",
    "select tell_notice(:me, 'home_new', :me, :me, :me, now())",
    "select tell_of_the_day('2026-11-24', now(), 'recognisable', 1, 16)",
    "update notice set kind = 'link_confirmed'",
    "update notice set person_id = :me",
    "update notice set at = now()",
    "delete from notice",
    "select notice_of_feedback()",
    "select activity_pupils(:me, false)",
    "select * from open_guardians(:me, '2026-11-24')",
    "select * from mentors_of(:me, '2026-11-24')",
    "select * from news_for(:me, now(), now(), '2026-11-24')",
    "insert into mail_address (person_id, address, confirmed_at, weekly, bounces, misses, off_secret)"
    " values (:me, 'a@b.nl', now(), true, 0, 0, '')",
    "update mail_address set address = 'a@b.nl', confirmed_at = now()",
    "update mail_address set code_hash = ''",
    "update mail_address set stopped_at = null, bounces = 0",
    "select off_secret from mail_address",
    "select code_hash from mail_address",
    "select * from weekly_mail",
    "insert into weekly_mail values (:me, '2026-11-27', 'sent', 1, now(), null)",
    "update notice_setting set person_id = :me",
    "insert into notice_setting values (:me, 'consent_asked', false, true)",
)


@pytest.mark.parametrize("statement", FORGED)
async def test_what_the_facts_write_nobody_can(statement: str, world: World, bare: Bare) -> None:
    world.new_notice(world.pupil)
    world.new_mail_address(world.guardian)
    for who in ("pupil", "guardian", "teacher", "admin", "nobody"):
        me = world.pupil if who == "nobody" else getattr(world, who)
        assert bare(who, statement, **({"me": me} if ":me" in statement else {})) in ("refused", 0), who


async def test_everybody_reads_the_own_notices_and_address_and_no_others(world: World, bare: Bare) -> None:
    for person in (world.pupil, world.teacher):
        world.new_notice(person)
        world.new_mail_address(person)
    world.change("insert into notice_setting values (:p, 'home_new', true, false)", p=world.pupil)
    found = {who: bare(who, "select count(*) from notice") for who in EVERYBODY}
    assert {who for who, many in found.items() if many} == {"pupil", "teacher"}
    assert set(found.values()) == {0, 1}
    assert {who for who in EVERYBODY if bare(who, "select count(address) from mail_address")} == {"pupil", "teacher"}
    assert {who for who in EVERYBODY if bare(who, "select count(*) from notice_setting")} == {"pupil"}
    outside = tuple(who for who in EVERYBODY if who not in ("pupil", "teacher"))
    for statement in (
        "update notice set read_at = now()",
        "update mail_address set weekly = false",
        "delete from mail_address",
        "delete from notice_setting",
    ):
        assert {who: bare(who, statement) for who in outside} == dict.fromkeys(outside, 0), statement


async def test_the_document_says_who_reads_them(world: World, bare: Bare) -> None:
    world.new_notice(world.pupil)
    world.new_mail_address(world.pupil)
    world.change("insert into notice_setting values (:p, 'home_new', true, false)", p=world.pupil)
    stated = table("Notices and addresses for mail")
    parts = ("count(*) from notice", "count(address) from mail_address", "count(*) from notice_setting")
    tried = {}
    for who in stated:
        found = {bool(bare(who, f"select {part}")) for part in parts}
        tried[who] = {"reads the pupil's notices, address, choice": "yes" if found == {True} else "no"}
    assert tried == stated


async def test_a_moment_that_somebody_makes_up_moves_no_notice(world: World, bare: Bare) -> None:
    """Words given with a day in the year 3000 do not stay on top of the list."""
    entry = world.new_entry()
    engine = create_engine(world.settings.database_url or "")
    token = world.client(world.teacher).headers["Cookie"].removeprefix("sid=")
    with engine.begin() as connection:
        connection.execute(
            text("select begin_request(:token, :now, :today)"),
            {"token": hashlib.sha256(token.encode()).digest(), "now": world.clock.now(), "today": world.clock.today()},
        )
        connection.execute(
            text(
                "insert into feedback (id, entry_id, version, author_id, voice, kind, text, created_at)"
                " values (uuidv7(), :entry, 1, :teacher, 'school', 'comment', 'Mooi', '3000-01-01')"
            ),
            {"entry": entry, "teacher": world.teacher},
        )
    engine.dispose()
    assert world.scalar("select on_day::text from notice") == "2026-11-24"
    assert world.scalar("select at from notice") == world.clock.now()


async def test_a_bad_secret_switches_nothing_and_looking_changes_nothing(world: World, bare: Bare) -> None:
    world.new_mail_address(world.guardian)
    assert bare("nobody", "select switch_weekly_mail('', false)") is None
    assert bare("nobody", "select switch_weekly_mail(null, false)") is None
    assert bare("admin", "select weekly from mail_counts(:school)", school=world.kust) == 1
    for who in ("teacher", "dean", "guardian", "coordinator", "nobody"):
        assert bare(who, "select weekly from mail_counts(:school)", school=world.kust) == 0


async def test_a_confirmation_needs_the_code_whoever_asks(world: World, bare: Bare) -> None:
    for who in ("guardian", "nobody"):
        assert bare(who, "select confirm_mail_address('', now())") == "gone"
    assert bare("nobody", "select ask_mail_address('a@b.nl', now())") == "refused"


async def test_many_who_share_at_once_tell_one_teacher_once(world: World) -> None:
    stories = [share(world, f"Verhaal {number}", ring=2, who=world.classmate) for number in range(4)]
    stories += [share(world, f"Verhaal {number}", ring=2) for number in range(4)]
    await asyncio.gather(*stories)
    assert world.scalar("select count(*) from notice where person_id = :t", t=world.teacher) == 1
    assert world.scalar("select count(*) from notice where person_id = :g", g=world.guardian) == 1
    assert await as_worker(world, _counted) == 3


async def _counted(session: AsyncSession) -> int:
    return int(await session.scalar(text("select count(*) from notice")) or 0)
