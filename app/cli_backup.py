"""`talentportfolio new-secrets`, `backup-key`, `backup`, `verify-backup` and `restore`."""

import asyncio
import secrets
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TransferSpeedColumn

from app.platform.clock import system_clock
from app.platform.settings import Settings

if TYPE_CHECKING:
    from app.media.reconcile import Report
    from app.platform.backup.making import Tell
    from app.platform.backup.shelf import Run

_console = Console()

Folder = Annotated[Path, typer.Argument(help="The folder that the backups lie in.")]
Chosen = Annotated[str | None, typer.Option("--run", help="This one, as 20261127T054817Z; else the newest.")]
Identity = Annotated[Path | None, typer.Option(help="The file with the key; else TALENT_BACKUP_IDENTITY.")]


def backups(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("new-secrets")(new_secrets)
    app.command("backup-key")(backup_key)
    app.command("backup")(backup)
    app.command("verify-backup")(verify_backup)
    app.command("restore")(restore)


def new_secrets(
    folder: Annotated[Path, typer.Argument(help="Where the files are written; only its owner may enter it.")],
    database_host: Annotated[str, typer.Option(help="Where PostgreSQL is.")] = "database",
) -> None:
    """Make the passwords of a new installation, a file each, as compose.yaml wants them. Nothing is overwritten."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = {role: secrets.token_urlsafe(24) for role in ("database", "owner", "app", "worker")}
    files = {f"{role}_password": password for role, password in made.items()}
    for role in ("owner", "app", "worker"):
        files[f"{role}_url"] = f"postgresql+psycopg://talent_{role}:{made[role]}@{database_host}/talentportfolio"
    files |= {"s3_secret_key": secrets.token_urlsafe(24), "pin_pepper": secrets.token_urlsafe(36), "smtp_url": ""}
    if there := [name for name in files if (folder / name).exists()]:
        raise RuntimeError(f"{folder / there[0]} is there already: secrets are never overwritten")
    for name, text in files.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o444)  # the services run as different users; the folder is closed
    print(f"{len(files)} files in {folder}. smtp_url is empty: fill it in to send mail. Keep pin_pepper elsewhere too.")


def backup_key(file: Annotated[Path, typer.Argument(help="Where the key is written: keep it elsewhere.")]) -> None:
    """Make the key that backups are opened with, and print whom to encrypt for (TALENT_BACKUP_RECIPIENT)."""
    from app.platform.backup.sealing import new_identity

    print(new_identity(file))
    print(f"Keep {file} where the server is not, twice: without it no backup can be read.", file=sys.stderr)


def backup(
    to: Folder,
    keep_days: Annotated[int, typer.Option(min=1, help="Backups older than this go; the newest never does.")] = 35,
) -> None:
    """Back up the database and the files, encrypted; only files that are new are copied. Safe while people work."""
    from app.platform.backup.making import back_up
    from app.platform.backup.shelf import Shelf

    with _engines(Settings()) as running, _progress() as tell:
        run = back_up(running, Shelf(to), system_clock.now(), timedelta(days=keep_days), tell)
    _console.print(f"Backup {run.at} is whole: the database, and {run.objects} files of {run.bytes:,} bytes.")


def verify_backup(folder: Folder, run: Chosen = None, identity: Identity = None) -> None:
    """Read a backup through and compare its checksums; with the key all is decrypted too. Ends with 1 when broken."""
    from app.platform.backup.restoring import verify
    from app.platform.backup.sealing import identities_of
    from app.platform.backup.shelf import Shelf

    shelf, key = Shelf(folder), identity or Settings().backup_identity
    name = shelf.chosen(run)
    with _progress(shelf.run(name)) as tell:
        wrong = verify(shelf, name, identities_of(key) if key else None, tell)
    for words in wrong[:20]:
        _console.print(words, soft_wrap=True)
    if wrong:
        raise RuntimeError(f"backup {name} is broken in {len(wrong)} places")
    _console.print(f"Backup {name} is as it was written{' and can be opened' if key else ''}.")


def restore(
    folder: Folder,
    run: Chosen = None,
    identity: Identity = None,
    pepper_to: Annotated[
        Path | None,
        typer.Option(help="Only write the pepper of that installation to this file, for TALENT_PIN_PEPPER."),
    ] = None,
) -> None:
    """Restore a backup into an empty installation. Nobody may be let in meanwhile."""
    from app.platform.backup.restoring import require_restorable, secrets_of
    from app.platform.backup.restoring import restore as bring_back
    from app.platform.backup.sealing import identities_of
    from app.platform.backup.shelf import Shelf
    from app.platform.embedded import adopt_pepper
    from app.platform.storage import Storage

    base, shelf = Settings(), Shelf(folder)
    identities = identities_of(identity or base.backup_identity)
    name = shelf.chosen(run)
    pepper = secrets_of(shelf, name, identities)["pin_pepper"]
    if pepper_to:
        pepper_to.touch(mode=0o600, exist_ok=False)
        pepper_to.write_text(pepper)
        return
    own = not base.database_url and not base.pin_pepper
    if not own and base.pin_pepper.get_secret_value() != pepper:
        raise RuntimeError(
            "TALENT_PIN_PEPPER is not that of the backup, so no PIN and no code would be right;"
            " --pepper-to FILE writes it down"
        )
    with _engines(base) as running:
        found = require_restorable(running, shelf, name)
        if own:
            adopt_pepper(base, pepper)
        Storage(running).ensure_bucket([running.origin])
        with _progress(found) as tell:
            done = bring_back(running, shelf, name, identities, tell)
        report = asyncio.run(_reconcile(running))
    _console.print(f"Restored as it was at {done.moment:%Y-%m-%d %H:%M} UTC: {done.objects} files.")
    if report.left:
        counted = ", ".join(f"{count} {kind}" for kind, count in report.left.items())
        raise RuntimeError(f"restored, but database and store do not agree: {counted}; see talentportfolio reconcile")
    _console.print("Database and store agree. Everybody signs in again.")


async def _reconcile(settings: Settings) -> "Report":
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    from app.media.reconcile import reconcile
    from app.platform.storage import Storage

    if not settings.database_worker_url:
        raise RuntimeError("restored; set TALENT_DATABASE_WORKER_URL and run talentportfolio reconcile")
    engine = create_async_engine(settings.database_worker_url)
    try:
        return await reconcile(async_sessionmaker(engine), Storage(settings), system_clock.now(), mend=False)
    finally:
        await engine.dispose()


@contextmanager
def _engines(settings: Settings) -> Iterator[Settings]:
    """Settings of running engines. Told to stop, it ends through every `finally`, so nothing is left half-done."""
    from app.platform.embedded import embedded_engines

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    with embedded_engines(settings) as running:
        yield running


@contextmanager
def _progress(of: "Run | None" = None) -> Iterator["Tell"]:
    """A bar for each of what is told, in bytes, as far as this backup says how many; several threads tell."""
    totals = {"Objects": of.bytes} if of else {}
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    bars, lock = {}, Lock()
    with Progress(*columns, TimeElapsedColumn(), console=_console) as progress:

        def tell(what: str, done: int) -> None:
            with lock:
                if what not in bars:
                    bars[what] = progress.add_task(what, total=totals.get(what))
            progress.advance(bars[what], done)

        yield tell
