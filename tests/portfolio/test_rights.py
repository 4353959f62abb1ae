"""What the page says one may do is what the law says."""

from datetime import date
from uuid import UUID

import pytest

from app.portfolio.law import Action, Actor, can, rings
from app.portfolio.models import Entry, EntryState, Ring
from tests.world import World

RIGHTS = {
    "edit": Action.EDIT,
    "feedback": Action.FEEDBACK,
    "askBack": Action.ASK_BACK,
    "markSeen": Action.MARK_SEEN,
    "react": Action.REACT,
}
CASES = [
    *((state, ring) for state in ("shared", "asked_back", "seen") for ring in (Ring.SCHOOL, Ring.HOME)),
    ("draft", Ring.PUPIL),
    ("archived", Ring.HOME),
    ("trashed", Ring.HOME),
]


@pytest.mark.parametrize("birth_date", [date(2013, 3, 2), date(2016, 5, 1)], ids=["of 13", "of 10"])
@pytest.mark.parametrize(("state", "ring"), CASES)
async def test_page_and_law_agree(world: World, birth_date: date, state: EntryState, ring: Ring) -> None:
    world.change("update person set birth_date = :day where id = :pupil", day=birth_date, pupil=world.pupil)
    entry_id = world.new_entry(state=state, ring=ring)
    today = world.clock.today()
    entry = Entry(pupil_id=world.pupil, state=state, ring=ring, changed_on=today)
    actors: dict[UUID, Actor] = {
        world.pupil: Actor(world.pupil, birth_date),
        world.teacher: Actor(world.teacher, birth_date, staff=True),
        world.dean: Actor(world.dean, birth_date, staff=True),
        world.guardian: Actor(world.guardian, birth_date, home=True),
        world.classmate: Actor(world.classmate, birth_date),
    }
    for person, actor in actors.items():
        page = await world.client(person).get(f"/v1/entries/{entry_id}")
        assert (page.status_code == 200) == can(actor, Action.READ, entry, today)
        if page.status_code == 200:
            says = page.json()["rights"]
            audience = says.pop("audience")
            assert says == {name: can(actor, action, entry, today) for name, action in RIGHTS.items()}
            assert tuple(audience) == rings(actor, entry, today)
