"""A roster from the screen: sent, compared, looked at, done by the worker; by the school's own admin only."""

from typing import Any

import httpx
import pytest

from app.platform.jobs import run_worker
from tests.people.bundles import Bundle, edexml
from tests.world import World


async def _send(world: World, content: bytes, name: str = "rooster.zip") -> str:
    """Announces and sends a file; the import's id."""
    client = world.client(world.admin)
    made = await client.post(f"/v1/schools/{world.kust}/roster-imports", json={"name": name, "size": len(content)})
    assert made.status_code == 201, made.text
    async with httpx.AsyncClient() as browser:
        put = await browser.put(made.json()["url"], content=content)
    put.raise_for_status()
    started = await client.post(f"/v1/roster-imports/{made.json()['id']}/read", json={"etag": put.headers["ETag"]})
    assert started.status_code == 204, started.text
    await run_worker(world.settings, until_empty=True)
    found: str = made.json()["id"]
    return found


async def _shown(world: World, import_id: str) -> dict[str, Any]:
    page: dict[str, Any] = (await world.client(world.admin).get(f"/v1/roster-imports/{import_id}")).json()
    return page


async def _apply(world: World, import_id: str, **asked: bool) -> int:
    answer = await world.client(world.admin).post(f"/v1/roster-imports/{import_id}/apply", json=asked)
    await run_worker(world.settings, until_empty=True)
    return answer.status_code


async def test_a_file_is_shown_first_and_then_done(world: World) -> None:
    sent = await _send(world, Bundle().zip().read())
    preview = await _shown(world, sent)
    assert (preview["state"], preview["progress"], preview["pupils"]) == ("ready", 100, 3)
    changes = {each["kind"]: (each["added"], each["namesAdded"]) for each in preview["changes"]}
    assert changes["pupil"] == (3, ["Kind1 Duin", "Kind2 Duin", "Kind3 Duin"])
    assert world.scalar("select count(*) from person where given_name like 'Kind%'") == 0
    assert await _apply(world, sent) == 204
    done = await _shown(world, sent)
    assert (done["state"], done["madeBy"]) == ("applied", "Ans de Wit")
    assert world.scalar("select count(*) from person where given_name like 'Kind%'") == 3
    assert await _apply(world, sent) == 409, "once"
    history = (await world.client(world.admin).get(f"/v1/schools/{world.kust}/roster-imports")).json()["items"]
    assert [each["id"] for each in history] == [sent]


async def test_broken_rows_are_told_and_skipped_only_when_said(world: World) -> None:
    bundle = Bundle()
    bundle.pupil("P9", "Stuk", born="2031-02-30")
    sent = await _send(world, bundle.zip().read())
    (first, *_) = (await _shown(world, sent))["problems"]
    assert first == {"file": "users.csv", "line": 5, "code": "bad_date", "value": "2031-02-30"}
    assert await _apply(world, sent) == 409
    assert await _apply(world, sent, skipBroken=True) == 204
    assert (await _shown(world, sent))["state"] == "applied"


async def test_a_file_that_would_end_half_of_the_school_stops_and_asks(world: World) -> None:
    await _apply(world, await _send(world, Bundle(pupils=30).zip().read()))
    sent = await _send(world, Bundle(pupils=3).zip().read())
    assert (await _shown(world, sent))["many"] == [{"school": "Kustlijn", "ending": 27, "running": 32}]
    assert await _apply(world, sent) == 409
    assert await _apply(world, sent, endMany=True) == 204


async def test_what_would_end_more_than_was_shown_is_shown_again_instead_of_done(world: World) -> None:
    small = await _send(world, Bundle(pupils=3).zip().read())
    assert (await _shown(world, small))["many"] == []
    await _apply(world, await _send(world, Bundle(pupils=30).zip().read()))
    assert await _apply(world, small) == 204
    again = await _shown(world, small)
    assert (again["state"], again["many"]) == ("ready", [{"school": "Kustlijn", "ending": 27, "running": 32}])
    assert world.scalar("select count(*) from placement where ends_on is not null and ends_on < '2027-01-01'") == 0
    assert await _apply(world, small, endMany=True) == 204
    assert (await _shown(world, small))["state"] == "applied"


async def test_a_file_that_is_gone_after_a_day_is_asked_for_again(world: World) -> None:
    sent = await _send(world, Bundle().zip().read())
    world.app.state.storage.delete(world.scalar("select object_key from roster_import where id = :id", id=sent))
    assert await _apply(world, sent) == 204
    shown = await _shown(world, sent)
    assert (shown["state"], shown["refusal"]) == ("refused", "file_gone")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"geen rooster", "unknown_file"), (Bundle(brin="02BB").zip().read(), "no_school")],
)
async def test_a_file_that_is_none_or_of_another_school_is_refused(world: World, content: bytes, refusal: str) -> None:
    shown = await _shown(world, await _send(world, content))
    assert (shown["state"], shown["refusal"]) == ("refused", refusal)


async def test_an_edexml_works_as_well(world: World) -> None:
    sent = await _send(world, edexml().read(), "leerlingen.xml")
    assert (await _shown(world, sent))["ignored"] == {"younger": 2}


async def test_another_schools_admin_sees_and_does_nothing(world: World) -> None:
    sent = await _send(world, Bundle().zip().read())
    far = world.client(world.new_staff("Verre", world.duin, "admin"))
    for method, path, body in (
        ("GET", f"/v1/roster-imports/{sent}", None),
        ("POST", f"/v1/roster-imports/{sent}/apply", {}),
        ("POST", f"/v1/roster-imports/{sent}/read", {"etag": "x"}),
        ("GET", f"/v1/schools/{world.kust}/roster-imports", None),
        ("POST", f"/v1/schools/{world.kust}/roster-imports", {"name": "x.zip", "size": 3}),
    ):
        assert (await far.request(method, path, json=body)).status_code == 404, path


async def test_the_file_is_gone_afterwards(world: World) -> None:
    sent = await _send(world, Bundle().zip().read())
    key = world.scalar("select object_key from roster_import where id = :id", id=sent)
    storage = world.app.state.storage
    assert storage.size(key)
    await _apply(world, sent)
    assert storage.size(key) is None
