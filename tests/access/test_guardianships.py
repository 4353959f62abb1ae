"""The school's word opens a link between parent and child, and closes it."""

from datetime import date

from app.people.models import Guardianship
from tests.access.claiming import child, decide, field, links, problem, waiting_link
from tests.ids import new_id
from tests.world import World


async def test_custody_says_what_opens_and_a_change_holds_at_once(world: World) -> None:
    entry = world.new_entry()
    parent, link = await waiting_link(world)

    async def state() -> tuple[str, int]:
        return (await child(parent))["state"], (await parent.get(f"/v1/entries/{entry}")).status_code

    assert await state() == ("waiting", 404)
    for custody in ("no", "limited"):
        assert (await decide(world, link, custody=custody)).status_code == 204
        assert await state() == ("closed", 404)
        by_hand = {"custody": custody, "openedOn": "2026-11-24"}
        assert field(await decide(world, link, **by_hand)) == (422, "/reason", "reason_missing")
        assert (await decide(world, link, **by_hand, reason="Afgesproken met beide ouders")).status_code == 204
        assert await state() == ("open", 200)
        [shown] = await links(world, "confirmed", query="salma")
        assert (shown["openedOn"], shown["reason"]) == ("2026-11-24", "Afgesproken met beide ouders")
    assert (await decide(world, link)).status_code == 204
    assert await state() == ("open", 200)
    assert (await decide(world, link, custody="no")).status_code == 204
    assert await state() == ("closed", 404)
    assert (await decide(world, link, state="claimed", custody="no")).status_code == 204
    assert await state() == ("waiting", 404)
    assert (await decide(world, link)).status_code == 204
    assert (await decide(world, link, state="ended")).status_code == 204
    assert (await parent.get("/v1/home")).json()["children"] == []
    assert (await parent.get(f"/v1/entries/{entry}")).status_code == 404
    kept = "select count(*) from guardianship_decision where guardianship_id = :link and decided_by = :admin"
    assert world.scalar(kept, link=link, admin=world.admin) == 9


async def test_a_link_opened_by_hand_opens_on_its_day(world: World) -> None:
    parent, link = await waiting_link(world)
    opened = {"custody": "no", "openedOn": "2026-12-01", "reason": "Na het gesprek op 1 december"}
    assert (await decide(world, link, **opened)).status_code == 204
    assert (await child(parent))["state"] == "closed"
    world.change("update session set last_seen_at = '2026-12-01 11:00+00', expires_at = '2026-12-09'")
    world.at(date(2026, 12, 1))
    assert (await child(parent))["state"] == "open"
    far = opened | {"openedOn": "2028-01-01"}
    assert field(await decide(world, link, **far)) == (422, "/openedOn", "too_far_ahead")


async def test_who_is_refused_is_out_and_may_be_invited_again(world: World) -> None:
    parent, link = await waiting_link(world)
    assert (await decide(world, link, state="ended", custody="no")).status_code == 204
    me = (await parent.get("/v1/me")).json()
    assert me["isGuardian"] is True, "their page says that no child is there"
    assert (await parent.get("/v1/home")).json()["children"] == []
    world.change("update guardianship set custody = 'yes', opened_on = '2026-11-01' where id = :link", link=link)
    code = world.new_invitation(world.pupil)
    assert (await parent.post("/v1/me/children", json={"code": code, "relation": "mother"})).status_code == 204
    [again] = [one for one in await links(world) if one["id"] == link]
    assert (again["custody"], again["openedOn"]) == ("no", None)
    assert (await child(parent))["state"] == "waiting"


async def test_a_link_from_the_register_waits_for_the_school_as_well(world: World) -> None:
    parent = world.client(world.unconfirmed)
    assert (await child(parent))["state"] == "waiting"
    [link] = await links(world, query="lot")
    assert (link["relation"], link["letter"], link["parent"]["username"]) == (None, None, "lot")
    assert (await decide(world, link["id"])).status_code == 204
    assert (await child(parent))["state"] == "open"


async def test_links_are_found_by_either_name_and_come_a_page_at_a_time(world: World) -> None:
    for number in range(5):
        world.new_guardian(f"Ouder{number}", world.pupil, state="claimed")
    path = f"/v1/schools/{world.kust}/guardianships"
    admin = world.client(world.admin)
    got: list[str] = []
    cursor = None
    while True:
        params = {"state": "claimed", "limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await admin.get(path, params=params)).raise_for_status().json()
        got += [one["parent"]["givenName"] for one in page["items"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert sorted(got) == ["Lot", *(f"Ouder{number}" for number in range(5))]
    assert len(await links(world, query="OUDER3 de")) == 1
    assert len(await links(world, query="yara")) == 6
    assert await links(world, query="yara omar") == []
    assert await links(world, query="(?=.*") == []


async def test_the_admin_of_another_school_reaches_nothing(world: World) -> None:
    _, link = await waiting_link(world)
    world.new_invitation(world.pupil, letter=2)
    invitation = world.scalar("select id from invitation where letter = 2")
    far = world.client(world.new_staff("Bea", world.duin, "admin"))
    asks = [
        await far.get(f"/v1/schools/{world.kust}/parents"),
        await far.get(f"/v1/groups/{world.group}/letters"),
        await far.get(f"/v1/schools/{world.kust}/guardianships?state=claimed"),
        await far.post(f"/v1/schools/{world.kust}/letters", json={"pupilIds": [str(world.pupil)]}),
        await far.post(f"/v1/schools/{world.kust}/account-letters", json={"personId": str(world.teacher)}),
        await far.delete(f"/v1/invitations/{invitation}"),
        await far.put(f"/v1/guardianships/{link}/decision", json={"state": "confirmed", "custody": "yes"}),
    ]
    assert {answer.status_code for answer in asks} == {404}
    own = await far.post(f"/v1/schools/{world.duin}/letters", json={"pupilIds": [str(world.pupil)]})
    assert field(own) == (422, "/pupilIds", "invalid")
    assert (await far.get(f"/v1/schools/{world.duin}/guardianships?state=claimed")).json()["items"] == []


async def test_after_a_change_of_school_the_new_school_decides(world: World) -> None:
    _, link = await waiting_link(world)
    far_admin = world.new_staff("Bea", world.duin, "admin")
    world.change("update placement set ends_on = '2026-11-23' where id = :placement", placement=world.placement)
    world.place(world.pupil, world.duin, world.far_group, starts_on=date(2026, 11, 24))
    assert (await decide(world, link)).status_code == 404
    assert all(one["id"] != link for one in await links(world))
    assert (await decide(world, link, far_admin)).status_code == 204


async def test_nobody_decides_about_a_link_of_their_own(world: World) -> None:
    world.add(
        Guardianship(id=new_id(world), guardian_id=world.admin, pupil_id=world.pupil, custody="no", state="claimed")
    )
    [own] = [one for one in await links(world) if one["own"]]
    assert problem(await decide(world, own["id"])) == (403, "/problems/not-allowed")
    colleague = world.new_staff("Anton", world.kust, "admin")
    assert (await decide(world, own["id"], colleague)).status_code == 204


async def test_an_admin_whose_role_ended_decides_nothing(world: World) -> None:
    _, link = await waiting_link(world)
    world.change("update staff_role set ends_on = '2026-11-23' where person_id = :admin", admin=world.admin)
    assert (await decide(world, link)).status_code == 404
