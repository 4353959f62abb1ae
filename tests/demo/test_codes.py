"""Trying the demo as a dean, admin or coordinator stays easy: one app with codes for all of them."""

from uuid_utils.compat import uuid7

from app.access.factors.codes import step_of, unseal
from app.access.factors.models import Factor
from app.access.models import Account
from app.demo import demo_code, demo_people
from app.demo.cast import APP_SECRET
from app.demo.load import add_apps
from app.demo.rows import Rows
from app.platform.clock import FixedClock
from tests.conftest import NOON

PEPPER = "p" * 32


def test_who_answers_for_others_gives_a_code_and_nobody_else() -> None:
    codes = {person.username for person in demo_people() if person.gives_code}
    assert codes == {"elidrissi", "brouwer", "deruiter", "gopal"}


def test_the_code_that_is_printed_fits_each_of_them() -> None:
    rows = Rows()
    for username in ("elidrissi", "gopal", "yara", "verhulst"):
        rows.add(Account, person_id=uuid7(), username=username, password_hash="")
    add_apps(rows, PEPPER, FixedClock(NOON))
    apps = rows.by_table[Factor]
    assert len(apps) == 2
    for app in apps:
        secret = unseal(app["sealed_secret"], app["person_id"], PEPPER)
        assert secret == APP_SECRET
        assert step_of(secret, demo_code(NOON), app["last_step"], NOON)
