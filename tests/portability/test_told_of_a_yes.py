"""Who is told that a yes of a parent is asked, for a link to an etalage or a transfer, and what was said."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tests.portability.test_transfers import choose, entry, move, say, send
from tests.showcases import SIXTEEN, content, link_to, new_page, story, turns
from tests.world import World


async def told(world: World, who: UUID) -> list[tuple[str, str | None]]:
    found = (await world.client(who).get("/v1/me/notices")).json()["items"]
    return [(one["kind"], one["title"]) for one in found if one["kind"].startswith(("showcase", "transfer"))]


async def answer(world: World, share: UUID, said: str, page: int = 1) -> None:
    body = {"answer": said, "version": 1, "pageVersion": page}
    given = await world.client(world.guardian).put(f"/v1/showcase-shares/{share}/consent", json=body)
    assert given.status_code in (200, 204), given.text


def hour_of(world: World) -> None:
    with world.engine.begin() as connection:
        for _ in range(2):
            values = {"today": world.clock.today(), "now": world.clock.now() + timedelta(hours=2)}
            connection.execute(text("select tell_of_showcases(:today, :now)"), values)


async def test_a_parent_is_told_that_a_page_waits_and_the_pupil_what_was_said(world: World) -> None:
    page = await new_page(world, story(world.new_entry()))
    share, _, _ = await link_to(world, page)
    name = world.scalar("select given_name from person where id = :pupil", pupil=world.pupil)
    assert await told(world, world.guardian) == [("showcase_asked", name)]
    for other in (world.pupil, world.teacher, world.dean, world.classmate):
        assert await told(world, other) == []
    await answer(world, share, "yes")
    assert (await told(world, world.guardian), await told(world, world.pupil)) == (
        [],
        [("showcase_agreed", "Wie ben ik")],
    )
    notices = (await world.client(world.pupil).get("/v1/me/notices")).json()["items"]
    assert notices[0]["actor"] is None, "not which parent"
    await answer(world, share, "no")
    assert await told(world, world.pupil) == [("showcase_refused", "Wie ben ik")]


async def test_a_page_that_changed_after_a_yes_asks_again_once_it_rests(world: World) -> None:
    page = await new_page(world, story(world.new_entry()))
    share, _, _ = await link_to(world, page)
    await answer(world, share, "yes")
    hour_of(world)
    assert await told(world, world.guardian) == [], "nothing changed"
    changed = await world.client(world.pupil).put(
        f"/v1/me/showcases/{page}", json=content(world, intro="Dag!"), headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 200, changed.text
    assert await told(world, world.guardian) == [], "the pupil may be writing still"
    hour_of(world)
    assert [kind for kind, _ in await told(world, world.guardian)] == ["showcase_asked"]
    await answer(world, share, "yes", page=2)
    hour_of(world)
    assert await told(world, world.guardian) == []


async def test_a_link_that_the_pupil_stopped_asks_nobody(world: World) -> None:
    share, _, _ = await link_to(world, await new_page(world))
    assert (await world.client(world.pupil).delete(f"/v1/me/showcase-shares/{share}")).status_code == 204
    hour_of(world)
    assert await told(world, world.guardian) == await told(world, world.pupil) == []


async def test_from_sixteen_nobody_at_home_is_asked(world: World) -> None:
    turns(world, SIXTEEN)
    await link_to(world, await new_page(world))
    hour_of(world)
    assert await told(world, world.guardian) == []


async def test_a_parent_who_wants_none_is_shown_none(world: World) -> None:
    off = await world.client(world.guardian).put(
        "/v1/me/notice-settings/showcase_asked", json={"inApp": False, "byMail": False}
    )
    assert off.status_code == 204
    await link_to(world, await new_page(world))
    assert await told(world, world.guardian) == []


async def test_the_pupil_is_told_that_home_said_yes_to_a_transfer_until_the_school_decides(world: World) -> None:
    transfer = await choose(world, move(world), entry(world.new_entry()))
    await send(world, transfer)
    assert await told(world, world.pupil) == []
    await say(world, transfer, "yes")
    assert [kind for kind, _ in await told(world, world.pupil)] == ["transfer_agreed"]
    with world.engine.begin() as connection:
        values = {"today": world.clock.today(), "now": world.clock.now()}
        connection.execute(text("select tell_of_asked_transfers(:today, :now)"), values)
    assert [kind for kind, _ in await told(world, world.pupil)] == ["transfer_agreed"]
    assert (await told(world, world.guardian)) == []


async def test_a_parent_whose_link_is_confirmed_later_is_told_of_a_transfer(world: World) -> None:
    transfer = await choose(world, move(world), entry(world.new_entry()))
    await send(world, transfer)
    world.change("delete from notice")
    with world.engine.begin() as connection:
        for _ in range(2):
            values = {"today": world.clock.today(), "now": world.clock.now()}
            connection.execute(text("select tell_of_asked_transfers(:today, :now)"), values)
    assert [kind for kind, _ in await told(world, world.guardian)] == ["transfer_asked"]


@pytest.mark.parametrize(
    "call",
    [
        "tell_of_showcases(app_today(), now())",
        "tell_of_asked_transfers(app_today(), now())",
        "showcase_waits(:share, app_today())",
        "tell_notice(:pupil, 'showcase_agreed', :share, :pupil, null, null)",
    ],
)
async def test_with_bare_sql_nobody_tells_anything(call: str, world: World) -> None:
    share, _, _ = await link_to(world, await new_page(world))
    with pytest.raises(DBAPIError, match="permission denied"):
        asked_by(world, world.pupil, call, share)


async def test_with_bare_sql_a_link_of_somebody_else_says_nothing(world: World) -> None:
    share, _, _ = await link_to(world, await new_page(world))
    for other in (world.classmate, world.teacher, world.admin, world.guardian):
        assert asked_by(world, other, "showcase_title(:share)", share) is None
        assert asked_by(world, other, "showcase_notice_opens(:share, 'showcase_agreed')", share) is False
    for other in (world.classmate, world.teacher, world.admin, world.pupil):
        assert asked_by(world, other, "showcase_notice_opens(:share, 'showcase_asked')", share) is False
    assert asked_by(world, world.pupil, "showcase_title(:share)", share) == "Wie ben ik"


def asked_by(world: World, who: UUID, call: str, share: UUID) -> object:
    """What a function of the database says to somebody with bare SQL."""
    app = create_engine(world.settings.database_url or "", poolclass=NullPool)
    with app.begin() as connection:
        connection.execute(
            text("select set_config('app.viewer', :me, true), set_config('app.today', :today, true)"),
            {"me": str(who), "today": world.clock.today().isoformat()},
        )
        values = {name: value for name, value in {"share": share, "pupil": world.pupil}.items() if f":{name}" in call}
        return connection.scalar(text(f"select {call}"), values)
