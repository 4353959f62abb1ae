"""The engines: they keep data, outlive kills, run as anybody, and let nobody in without a key."""

import os
import pwd
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import boto3
import httpx
import psycopg
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from sqlalchemy import make_url

from app.platform import embedded
from app.platform.embedded import EngineError, embedded_engines
from app.platform.settings import Settings
from app.platform.storage import Storage

NOTE = "engines-keep-this"


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of its own below one that only its owner may enter, as a closed home is."""
    with tempfile.TemporaryDirectory(prefix="talent-") as folder:
        os.chmod(folder, 0o700)
        yield Path(folder) / "checkout" / "var"


def _at(var_dir: Path) -> Settings:
    return Settings(var_dir=var_dir, database_url=None, s3_endpoint_url=None, log_level="error")


def _connect(settings: Settings, role: str = "database_owner_url") -> "psycopg.Connection[tuple[object, ...]]":
    url = make_url(getattr(settings, role)).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


def _leave_a_note(settings: Settings) -> None:
    with closing(_connect(settings)) as connection:
        connection.execute("create table if not exists note (words text)")
        connection.execute("insert into note values (%s)", [NOTE])
    storage = Storage(settings)
    storage.ensure_bucket([settings.origin])
    storage.put("note", NOTE.encode(), "text/plain")


def _notes(settings: Settings) -> tuple[int, str]:
    with closing(_connect(settings)) as connection:
        found = connection.execute("select count(*) from note where words = %s", [NOTE]).fetchone()
    assert found
    return int(str(found[0])), Storage(settings).get("note").decode()


def _pid(var_dir: Path, engine: str) -> int:
    return int((var_dir / "engines" / engine / "pid").read_text())


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_data_stay_between_starts_below_a_closed_folder_and_the_last_one_out_stops_the_engines(home: Path) -> None:
    with embedded_engines(_at(home)) as first:
        _leave_a_note(first)
        with embedded_engines(_at(home)) as second:
            assert _notes(second) == (1, NOTE)
        assert _notes(first) == (1, NOTE)
        running = [_pid(home, engine) for engine in ("postgres", "s3")]
        assert all(map(_alive, running))
    assert not any(map(_alive, running))
    with embedded_engines(_at(home)) as again:
        assert _notes(again) == (1, NOTE)


def test_who_starts_at_the_same_moment_shares_one_pair_of_engines(home: Path) -> None:
    together = Barrier(2, timeout=60)

    def take_part(leaves_a_note: bool) -> tuple[tuple[int, str], list[int]]:
        together.wait()
        with embedded_engines(_at(home)) as running:
            if leaves_a_note:
                _leave_a_note(running)
            together.wait()
            found = _notes(running), [_pid(home, engine) for engine in ("postgres", "s3")]
            together.wait()
            return found

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(take_part, (True, False))
    assert one == other
    assert one[0] == (1, NOTE)
    assert not any(map(_alive, one[1]))


def test_after_kill_9_of_both_engines_and_of_who_started_them_the_next_start_has_everything(home: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from app.platform.embedded import embedded_engines\n"
        "from tests.platform.test_embedded import _at, _leave_a_note\n"
        "with embedded_engines(_at(Path(sys.argv[1]))) as running:\n"
        "    _leave_a_note(running); print('ready', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as starter:
        assert starter.stdout
        assert starter.stdout.readline() == b"ready\n"
        for pid in (_pid(home, "s3"), _pid(home, "postgres"), starter.pid):
            os.kill(pid, signal.SIGKILL)
    with embedded_engines(_at(home)) as again:
        assert _notes(again) == (1, NOTE)


def test_two_deployments_on_one_machine_do_not_meet(home: Path) -> None:
    with embedded_engines(_at(home)) as one, embedded_engines(_at(home.with_name("other"))) as other:
        assert one.s3_endpoint_url != other.s3_endpoint_url
        _leave_a_note(one)
        Storage(other).ensure_bucket([other.origin])
        with pytest.raises(ClientError):
            Storage(other).get("note")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else; then every other test is this one")
def test_a_plain_user_runs_them_too() -> None:
    nobody = pwd.getpwnam("nobody")
    binaries, weed = embedded._postgres_binaries(), embedded._weed_binary()
    with tempfile.TemporaryDirectory(prefix="talent-") as folder:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        child = os.fork()
        if child == 0:  # this interpreter may lie where only root may enter, so a new one would not start
            status = 1
            try:
                os.setgroups([])
                os.setgid(nobody.pw_gid)
                os.setuid(nobody.pw_uid)
                embedded._postgres_binaries, embedded._weed_binary = (lambda: binaries), (lambda: weed)
                with embedded_engines(_at(Path(folder) / "var")) as running:
                    _leave_a_note(running)
                    status = int(_notes(running) != (1, NOTE))
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert (Path(folder) / "var" / "engines" / "postgres").stat().st_uid == nobody.pw_uid


def test_no_port_lets_anybody_in_without_a_key(settings: Settings) -> None:
    """`settings` are those of the running tests: PostgreSQL has no port at all, SeaweedFS's inner ones want a
    certificate, and S3 a key."""
    engines = settings.var_dir / "engines"
    ports = _listening(_pid(settings.var_dir, "s3"))
    s3 = int(str(settings.s3_endpoint_url).rpartition(":")[2])
    assert s3 in ports
    assert not _listening(_pid(settings.var_dir, "postgres"))
    for port in ports - {s3}:
        for address in (f"http://127.0.0.1:{port}/", f"https://127.0.0.1:{port}/"):
            try:
                answer = httpx.get(address, verify=False, timeout=3)  # noqa: S501 - as somebody who does not care
            except (httpx.TransportError, ssl.SSLError):
                continue
            assert answer.status_code in (400, 403), (address, answer.status_code, answer.text[:100])
    stranger = boto3.client(
        "s3", endpoint_url=settings.s3_endpoint_url, region_name="x", config=Config(signature_version=UNSIGNED)
    )
    with pytest.raises(ClientError) as refused:
        stranger.list_buckets()
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert oct((engines / "passwords.json").stat().st_mode & 0o777) == "0o600"


def _listening(pid: int) -> set[int]:
    """TCP ports on which this process listens, after /proc; and all of them on the loopback address only."""
    sockets = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        target = os.readlink(descriptor)
        if target.startswith("socket:["):
            sockets.add(target[8:-1])
    ports = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            address, port = fields[1].split(":")
            if fields[3] == "0A" and fields[9] in sockets:
                assert socket.inet_ntoa(bytes.fromhex(address)[::-1]) == "127.0.0.1"
                ports.add(int(port, 16))
    return ports


@pytest.mark.parametrize("role", ["database_url", "database_worker_url"])
def test_the_app_and_the_worker_may_neither_pass_the_walls_nor_change_tables(settings: Settings, role: str) -> None:
    with closing(_connect(settings, role)) as connection:
        may = connection.execute(
            "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"
        ).fetchone()
        assert may == (False, False, False, False)
        # A roster is compared in tables of the worker's own transaction.
        temporary = ["create temporary table sneaky (id int)"] if role == "database_url" else []
        for statement in (
            *temporary,
            "create table sneaky (id int)",
            "alter table entry disable row level security",
            "drop policy entry_read on entry",
            "set role talent_owner",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_engines_of_somebody_else_are_used_as_they_are(settings: Settings) -> None:
    """With addresses in the settings nothing is started: the same code, on other servers."""
    elsewhere = settings.model_copy(update={"var_dir": Path("/nonexistent")})
    with embedded_engines(elsewhere) as running:
        assert running == elsewhere


def test_a_folder_that_cannot_be_used_is_named(home: Path) -> None:
    home.parent.mkdir()
    home.write_text("a file stands in the way")
    with pytest.raises(EngineError, match=r"cannot use .*engines"), embedded_engines(_at(home)):
        pass
