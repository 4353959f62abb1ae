"""What the database itself refuses about invitations, links and passwords."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import make_url

from tests.conftest import NOON
from tests.world import World


def _app(world: World, viewer: UUID | None = None, claim: str = "") -> psycopg.Connection[Any]:
    """A connection as the app's role, with what a transaction says of itself."""
    url = make_url(world.settings.database_url or "").set(drivername="postgresql")
    app = psycopg.connect(url.render_as_string(hide_password=False))
    said = {"app.viewer": str(viewer or ""), "app.today": "2026-11-24", "app.claim": claim}
    for name, value in said.items():
        app.execute("select set_config(%s, %s, false)", [name, value])
    app.commit()
    return app


@pytest.mark.parametrize(
    ("viewer", "sees"), [("admin", 2), ("guardian", 0), ("teacher", 0), ("dean", 0), ("far_teacher", 0), (None, 0)]
)
async def test_only_the_school_s_admin_reaches_invitations(viewer: str | None, sees: int, world: World) -> None:
    codes = [world.new_invitation(world.pupil, letter=letter) for letter in (1, 2)]
    person = getattr(world, viewer) if viewer else None
    with _app(world, person) as app:
        assert app.execute("select count(*) from invitation").fetchone() == (sees,)
    with _app(world, person, codes[0][:4]) as app:
        assert app.execute("select count(*) from invitation").fetchone() == (max(sees, 1),), "and of a code its own"


REFUSED = (psycopg.errors.InsufficientPrivilege,)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (
            "insert into guardianship (id, guardian_id, pupil_id, custody, state)"
            " values (uuidv7(), %(other)s, %(pupil)s, 'no', 'claimed')",
            "no claim",
        ),
        ("insert into account values (%(guardian)s, 'x', 'y')", "no claim"),
        ("update guardianship set guardian_id = %(other)s", "no such right"),
        ("update invitation set secret_hash = 'x'", "no such right"),
        ("update account set username = 'x'", "no such right"),
        ("delete from guardianship_decision", "no such right"),
        ("update guardianship_decision set reason = 'x'", "no such right"),
    ],
)
async def test_the_app_writes_nothing_of_this_without_a_claim(statement: str, why: str, world: World) -> None:
    ids = {"other": world.teacher, "pupil": world.pupil, "guardian": world.guardian}
    for viewer in (world.admin, world.guardian, None):
        with _app(world, viewer) as app, pytest.raises(REFUSED):
            app.execute(statement, ids)


async def test_who_is_no_admin_adds_nobody_without_a_claim(world: World) -> None:
    statement = "insert into person (id, given_name, family_name, search_name) values (uuidv7(), 'A', 'B', 'a b')"
    for viewer in (world.teacher, world.guardian, None):
        with _app(world, viewer) as app, pytest.raises(REFUSED):
            app.execute(statement)


async def test_a_claim_makes_nothing_but_a_link_that_waits_for_its_own_child(world: World) -> None:
    code = world.new_invitation(world.pupil, claimed_by=world.teacher, claimed_at=NOON)
    insert = (
        "insert into guardianship (id, guardian_id, pupil_id, custody, state, opened_on)"
        " values (uuidv7(), %s, %s, %s, %s, %s)"
    )
    right: list[Any] = [world.teacher, world.pupil, "no", "claimed", None]
    wrong = [(0, world.dean), (1, world.classmate), (2, "yes"), (3, "confirmed"), (4, "2026-11-24")]
    for place, value in wrong:
        with _app(world, world.teacher, code[:4]) as app, pytest.raises(REFUSED):
            app.execute(insert, [*right[:place], value, *right[place + 1 :]])
    with _app(world, world.teacher, code[:4]) as app:
        app.execute(insert, right)


@pytest.mark.parametrize("viewer", ["guardian", "unconfirmed", "teacher", "dean", "coordinator", "far_admin", None])
async def test_nobody_but_the_school_s_admin_changes_a_link(viewer: str | None, world: World) -> None:
    far_admin = world.new_staff("Bea", world.duin, "admin")
    person = far_admin if viewer == "far_admin" else getattr(world, viewer) if viewer else None
    with _app(world, person) as app:
        changed = app.execute("update guardianship set state = 'confirmed', custody = 'yes'")
        assert changed.rowcount == 0


async def test_a_password_is_changed_by_its_own_person_or_by_a_code_for_it(world: World) -> None:
    reset = world.new_invitation(world.guardian, "reset", claimed_by=world.guardian, claimed_at=NOON)
    guardian = world.new_invitation(world.pupil, claimed_by=world.guardian, claimed_at=NOON)
    for viewer, selector, changed in (
        (world.teacher, "", 1), (None, "", 0), (world.admin, "", 1), (None, reset[:4], 1), (None, guardian[:4], 0),
    ):  # fmt: skip
        with _app(world, viewer, selector) as app:
            assert app.execute("update account set password_hash = 'x'").rowcount == changed
            app.rollback()
