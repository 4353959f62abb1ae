"""Whose word counts, and until when: of a parent who lost the child, of two parents, of a school that was left."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import create_engine

from tests.guidance.test_second_wall import Bare
from tests.showcases import Visitor, content, link_to, new_page, problem
from tests.world import World

GONE = (410, "showcase-gone")


@pytest.fixture
def bare(world: World) -> Iterator[Bare]:
    engine = create_engine(world.settings.database_url or "")
    yield Bare(world, engine)
    engine.dispose()


@pytest.mark.parametrize(
    "lost",
    [
        "update guardianship set custody = 'no' where pupil_id = :pupil",
        "update guardianship set state = 'ended' where pupil_id = :pupil",
        "update person set birth_date = '2010-11-24' where id = :pupil",
    ],
)
async def test_what_a_school_answers_after_a_parent_lost_the_child_is_not_told_to_that_parent(
    world: World, bare: Bare, lost: str
) -> None:
    mine = world.new_correction(world.pupil, asked_by=world.guardian, about="group")
    assert bare("guardian", "select said from correction") == "Met een ij."
    world.change(lost, pupil=world.pupil)
    said = {"outcome": "not_changed", "answer": "Zij is nu in 2B."}
    path = f"/v1/schools/{world.kust}/corrections/{mine}/answer"
    assert (await world.client(world.admin).put(path, json=said)).status_code == 204
    guardian = world.client(world.guardian)
    assert (await guardian.get(f"/v1/people/{world.pupil}/data")).status_code == 404
    assert (await guardian.get("/v1/me/notices")).json()["items"] == []
    assert bare("guardian", "select answer from correction") is None
    assert bare("pupil", "select answer from correction") == "Zij is nu in 2B."


async def test_a_yes_to_an_earlier_page_does_not_carry_the_one_that_another_parent_agreed_to(world: World) -> None:
    other = world.new_guardian("Mo", world.pupil)
    page = await new_page(world)
    share_id, link, _ = await link_to(world, page)

    async def agree(who: UUID, version: int) -> None:
        body = {"version": 1, "pageVersion": version, "answer": "yes"}
        said = await world.client(who).put(f"/v1/showcase-shares/{share_id}/consent", json=body)
        assert said.status_code == 204, said.text

    await agree(world.guardian, 1)
    changed = content(world, title="Iets anders")
    path = f"/v1/me/showcases/{page}"
    assert (await world.client(world.pupil).put(path, json=changed, headers={"If-Match": '"1"'})).status_code == 200
    await agree(other, 2)
    visitor = Visitor(world)
    await visitor.opens(link)
    assert (await visitor.reads()).json()["page"]["title"] == "Iets anders"
    world.change("update guardianship set custody = 'no' where guardian_id = :mo", mo=other)
    assert problem(await visitor.reads()) == GONE, "who still has custody never read this one"
    [asked] = (await world.client(world.guardian).get("/v1/me/showcase-requests")).json()["items"]
    assert (asked["changed"], asked["page"]["title"]) == (True, "Iets anders")
    await agree(world.guardian, 2)
    assert (await visitor.reads()).status_code == 200


def test_with_bare_sql_the_school_of_before_does_not_ask_that_all_of_it_goes(world: World, bare: Bare) -> None:
    asks = ("insert into erasure (id, person_id, school_id, asked_by, asked_as, asked_at, due_on) values"
            " (uuidv7(), :pupil, :school, :admin, 'school', now(), app_today() + 7)")  # fmt: skip
    ids = {"pupil": world.pupil, "admin": world.admin}
    assert bare("admin", asks, school=world.kust, **ids) == 1
    world.change("update placement set ends_on = '2026-10-01' where pupil_id = :id", id=world.pupil)
    assert bare("admin", asks, school=world.kust, **ids) == 1, "nobody else answers for the pupil"
    world.place(world.pupil, world.duin, world.far_group, date(2026, 10, 2))
    for school in (world.kust, world.duin):
        assert bare("admin", asks, school=school, **ids) == "refused"
