"""pg_dump and pg_restore: those that come with the embedded database, or those of the machine."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
from sqlalchemy import make_url

from app.platform.backup.errors import BackupRefused
from app.platform.embedded import EngineError, postgres_binaries
from app.platform.settings import Settings

_SYSTEM = Path("/usr/lib/postgresql")


def owner_url(settings: Settings) -> str:
    """The database as its owner, as psycopg takes it. Raises BackupRefused."""
    if not settings.database_owner_url:
        raise BackupRefused("set TALENT_DATABASE_OWNER_URL as well: only the owner may read and make all tables")
    return make_url(settings.database_owner_url).set(drivername="postgresql").render_as_string(hide_password=False)


def server_major(connection: psycopg.Connection) -> int:
    """The major version of the server: 18."""
    return connection.info.server_version // 10000


def tool(name: str, at_least: int) -> str:
    """The path of pg_dump or pg_restore of this major version or a newer one. Raises BackupRefused."""
    found = []
    for path in _candidates(name):
        version = _major(path)
        if version >= at_least:
            return str(path)
        found.append(str(version))
    seen = f"only of version {', '.join(found)}" if found else "not on this machine"
    raise BackupRefused(f"{name} {at_least} or newer is needed, and it is {seen}: install postgresql-client-{at_least}")


def _candidates(name: str) -> Iterator[Path]:
    # Those of the machine first: the embedded ones speak no TLS.
    if on_path := shutil.which(name):
        yield Path(on_path)
    for folder in sorted(_SYSTEM.glob("*/bin"), reverse=True):
        if (folder / name).exists():
            yield folder / name
    with suppress(EngineError):
        yield postgres_binaries() / name


def _major(path: Path) -> int:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)", done.stdout)
    return int(found[1]) if found else 0


@contextmanager
def dumping(settings: Settings, major: int) -> Iterator[IO[bytes]]:
    """The dump as it comes. Raises BackupRefused at the end, where pg_dump says that it is not whole."""
    argv = [tool("pg_dump", major), "--format=custom", "--compress=1", "--no-owner", "--lock-wait-timeout=30s"]
    with _run(argv, settings, "pg_dump", stdout=subprocess.PIPE) as process:
        assert process.stdout
        yield process.stdout


@contextmanager
def restoring(settings: Settings, major: int) -> Iterator[IO[bytes]]:
    """Where a dump goes: all of it or nothing. Raises BackupRefused at the end, where pg_restore refuses it."""
    argv = [tool("pg_restore", major), "--no-owner", "--single-transaction", "--exit-on-error"]
    argv += ["--dbname", str(make_url(owner_url(settings)).database)]
    with _run(argv, settings, "pg_restore", stdin=subprocess.PIPE) as process:
        assert process.stdin
        yield process.stdin


@contextmanager
def _run(
    argv: list[str], settings: Settings, name: str, stdin: int | None = None, stdout: int | None = None
) -> "Iterator[subprocess.Popen[bytes]]":
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            argv,
            stdin=stdin if stdin is not None else subprocess.DEVNULL,
            stdout=stdout if stdout is not None else subprocess.DEVNULL,
            stderr=said,
            env=_environment(settings),
        )
        try:
            yield process
            if process.stdin:
                process.stdin.close()
        except BrokenPipeError:
            process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            for end in (process.stdin, process.stdout):
                if end and not end.closed:
                    try:
                        end.close()
                    except BrokenPipeError:
                        process.wait()
        if process.wait() != 0:
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines()
            told = next((line for line in lines if "error:" in line), lines[-1] if lines else "it says nothing")
            raise BackupRefused(f"{name} failed: {told.partition('error: ')[2] or told}")


def _environment(settings: Settings) -> dict[str, str]:
    """What libpq needs to know; no password stands in the list of processes."""
    url = make_url(owner_url(settings))
    query = {key: value if isinstance(value, str) else value[0] for key, value in url.query.items()}
    known = {
        "PGHOST": query.get("host") or url.host,
        "PGPORT": str(query.get("port") or url.port or 5432),
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("sslmode"),
        "PGSSLROOTCERT": query.get("sslrootcert"),
    }
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
    return outside | {name: value for name, value in known.items() if value}
