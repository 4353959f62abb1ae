"""The operator's commands: an empty installation gets a school and its administrator; rosters come in each night."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from app.platform.clock import system_clock
from tests.people.bundles import Bundle
from tests.world import World


async def _operator(world: World, *arguments: str, typed: str = "") -> tuple[int, str, str]:
    """The command line, on these engines: its status, what it says, and what it says went wrong."""
    settings = world.settings
    environment = {
        "TALENT_DATABASE_URL": settings.database_url or "",
        "TALENT_DATABASE_OWNER_URL": settings.database_owner_url or "",
        "TALENT_DATABASE_WORKER_URL": settings.database_worker_url or "",
        "TALENT_S3_ENDPOINT_URL": settings.s3_endpoint_url or "",
        "TALENT_S3_ACCESS_KEY": settings.s3_access_key,
        "TALENT_S3_SECRET_KEY": settings.s3_secret_key.get_secret_value(),
        "TALENT_PIN_PEPPER": settings.pin_pepper.get_secret_value(),
    }
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "app.cli", *arguments],
        env=outside | environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


WHO = ("--given-name", "Bea", "--family-name", "de Begin", "--username", "bea.begin")


async def test_an_empty_installation_gets_a_school_and_somebody_who_administers_it(world: World) -> None:
    assert (await _operator(world, "school", "add", "--brin", "77bb", "--name", "Het Begin"))[0] == 0
    assert (await _operator(world, "school", "add", "--brin", "77BB00", "--name", "Nog eens"))[2] == (
        "talentportfolio: This school is there already.\n"
    )
    status, _, _ = await _operator(world, "school", "admin", "--brin", "77BB", *WHO, typed="vier losse natte kwallen\n")
    assert status == 0
    world.at(system_clock.today())
    answer = await world.client(None).post(
        "/v1/sessions", json={"username": "Bea.Begin", "password": "vier losse natte kwallen", "device": "own"}
    )
    assert answer.json()["due"] == "enrol", "nothing opens before a second factor is there"
    assert world.scalar(
        "select count(*) from staff_role r join school s on s.id = r.school_id where brin = '77BB' and role = 'admin'"
    ) == 1  # fmt: skip


async def test_what_cannot_begin_is_said_in_one_line(world: World) -> None:
    good = "vier losse natte kwallen\n"
    for arguments, typed, said in (
        (("admin", "--brin", "77BB", *WHO), good, "This school is not there yet: add it first."),
        (("admin", "--brin", "01AA", *WHO), "kort\n", "Use 12 characters or more."),
        (("admin", "--brin", "01AA", *WHO), "begin begin 2026!\n", "There is a name in it"),
        (("admin", "--brin", "1AA", *WHO), good, "A BRIN looks like 01AB"),
        (("admin", "--brin", "01AA", *WHO[:-1], "Ans"), good, "Somebody has this name already."),
    ):
        status, _, wrong = await _operator(world, "school", *arguments, typed=typed)
        assert (status, wrong.count("\n")) == (1, 1)
        assert said in wrong
    assert world.scalar("select count(*) from person where given_name = 'Bea'") == 0


async def test_the_operator_brings_a_roster_in_each_night(world: World, tmp_path: Path) -> None:
    def file(bundle: Bundle) -> str:
        at = tmp_path / "rooster.zip"
        at.write_bytes(bundle.zip().read())
        return str(at)

    import_ = ("roster", "import")
    status, said, _ = await _operator(world, *import_, file(Bundle(pupils=30)), typed="n\n")
    assert (status, world.scalar("select count(*) from person where given_name = 'Kind1'")) == (0, 0)
    assert "30 pupils in the file" in said
    assert (await _operator(world, *import_, file(Bundle(pupils=30)), "--yes"))[0] == 0
    assert "up to date" in (await _operator(world, *import_, file(Bundle(pupils=30)), "--yes"))[1]
    broken = Bundle(pupils=30)
    broken.pupil("P99", "Stuk", born="2013-02-31")
    status, said, wrong = await _operator(world, *import_, file(broken), "--yes")
    assert (status, wrong) == (
        1, "talentportfolio: 2 rows are broken: nothing was changed (--skip-broken goes on)\n"
    )  # fmt: skip
    assert "users.csv, line 32: This is not a date: 2013-02-31." in said
    half = file(Bundle(pupils=3))
    status, said, wrong = await _operator(world, *import_, half, "--yes", "--school", "01aa")
    assert (status, "27 of 32 pupils would end" in said, wrong.count("\n")) == (1, True, 1)
    assert (await _operator(world, *import_, half, "--yes", "--end-many"))[0] == 0
    wrong_file = tmp_path / "leeg.zip"
    wrong_file.write_bytes(b"PK nothing")
    status, _, wrong = await _operator(world, *import_, str(wrong_file))
    assert (status, wrong) == (1, "talentportfolio: This zip file cannot be read.\n")
    elsewhere = await _operator(world, *import_, half, "--school", "88XX", "--skip-broken")
    assert (elsewhere[0], elsewhere[2]) == (1, "talentportfolio: There is no school in this file that is known here.\n")
