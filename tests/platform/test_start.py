"""A server that starts anew loads only what its first answers need."""

import subprocess
import sys

import pytest

from app.access.actions import _NOBODY, PASSWORDS
from app.access.hashes import NO_SECRET, SECRETS

NOT_NEEDED = (
    *("alembic", "mako", "pygments", "boto3", "s3transfer", "icalendar", "PIL", "typst", "pikepdf"),
    *("OpenSSL", "nh3", "ijson", "defusedxml", "trustme"),
)


def test_the_app_starts_without_what_only_migrations_the_worker_and_few_pages_need() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, app.platform.embedded, app.main as m; m.create_app(); print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(NOT_NEEDED).intersection(told.stdout.split())


@pytest.mark.parametrize(
    ("hasher", "nobody"),
    [(PASSWORDS, _NOBODY), (SECRETS, NO_SECRET)],
    ids=["password", "secret"],  # the hashes have a salt of their own in each process
)
def test_the_hash_of_nobody_takes_as_long_as_one_of_somebody_and_fits_nothing(hasher, nobody) -> None:  # type: ignore[no-untyped-def]
    somebody = hasher.hash("schelpen-aan-zee")
    assert nobody.split("$")[:4] == somebody.split("$")[:4]
    assert len(nobody) == len(somebody)
    assert not hasher.verify("schelpen-aan-zee", nobody)
