"""The folder that backups lie in: one folder a run, and the objects of all runs beside them, each once.

    objects/ab/ab12….age       an object, encrypted; named after its key, size and ETag, so never written anew
    runs/20261127T054817Z/     one backup: database.age, secrets.age, objects.jsonl, and run.json, written last

A run is moved to its name when it is whole, so whatever breaks off leaves the earlier ones as they were.
"""

import fcntl
import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.platform.backup.errors import BackupRefused
from app.platform.backup.sealing import Sealed
from app.platform.storage import Listed

FORMAT = 1
_NAME = "%Y%m%dT%H%M%SZ"
_NEW = ".new"

_READ_ME = """\
Backups of Talentportfolio. All that is said of anybody is encrypted with age (age-encryption.org).

  talentportfolio verify-backup THIS-FOLDER                     is all there, as it was written? (needs no key)
  talentportfolio restore THIS-FOLDER --identity KEY-FILE       into an empty installation

Without Talentportfolio: `age -d -i KEY-FILE runs/…/database.age | pg_restore …`; each line of objects.jsonl says which
file below objects/ is which object of the bucket.
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """One object in a backup: what it was, and how its encrypted copy lies here."""

    key: str
    size: int
    type: str
    copy: str
    sealed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """One backup, as run.json says it."""

    format: int
    at: str
    revision: str
    postgres: int
    database: Sealed
    secrets: Sealed
    objects: int
    bytes: int
    list: Sealed
    proof: str = ""

    @property
    def moment(self) -> datetime:
        """When it was made: of then the database is."""
        return datetime.strptime(self.at, _NAME).replace(tzinfo=UTC)

    def proved(self, pepper: str) -> "Run":
        """The same with a proof that who made it knew the pepper: of this, and so of all whose hashes stand in it."""
        told = json.dumps(asdict(replace(self, proof="")), sort_keys=True).encode()
        return replace(self, proof=hmac.new(f"backup {pepper}".encode(), told, "sha256").hexdigest())


class Shelf:
    """A folder of backups. What cannot be read or written there raises BackupRefused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def open(self) -> Iterator[None]:
        """Made where it is missing, and ours alone meanwhile; what an earlier run left half-done is removed."""
        try:
            for each in (self.folder, self.folder / "runs", self.folder / "objects"):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / "READ-ME.txt").write_text(_READ_ME)
            lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise BackupRefused(f"cannot write in {self.folder}: {error.strerror}") from error
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BackupRefused(f"another backup to {self.folder} runs") from error
            shutil.rmtree(self.folder / "runs" / _NEW, ignore_errors=True)
            for draft in (self.folder / "objects").glob("*/.*"):
                draft.unlink(missing_ok=True)
            yield
        finally:
            os.close(lock)

    def names(self) -> list[str]:
        """All runs that are whole, the newest last."""
        try:
            return sorted(path.parent.name for path in (self.folder / "runs").glob("[0-9]*/run.json"))
        except OSError as error:
            raise BackupRefused(f"cannot read {self.folder}: {error.strerror}") from error

    def chosen(self, name: str | None) -> str:
        """This run, or the newest. Raises BackupRefused where there is none."""
        names = self.names()
        if not names:
            raise BackupRefused(f"there is no backup in {self.folder}")
        if name and name not in names:
            raise BackupRefused(f"there is no backup {name} in {self.folder}; the newest is {names[-1]}")
        return name or names[-1]

    def path(self, name: str) -> Path:
        """The folder of a run."""
        return self.folder / "runs" / name

    def copy_path(self, copy: str) -> Path:
        """Where an encrypted object lies. Raises BackupRefused for a name that is none of ours."""
        if len(copy) != 64 or not set(copy) <= set("0123456789abcdef"):
            raise BackupRefused(f"{self.folder} holds a list that was not written by a backup")
        return self.folder / "objects" / copy[:2] / f"{copy}.age"

    def run(self, name: str) -> Run:
        """What run.json says. Raises BackupRefused where it is of a newer format, or broken."""
        try:
            said = json.loads((self.path(name) / "run.json").read_text())
            if said["format"] > FORMAT:
                raise BackupRefused(f"backup {name} was made by a newer version: install that one first")
            return Run(**(said | {part: Sealed(**said[part]) for part in ("database", "secrets", "list")}))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise BackupRefused(f"{self.path(name) / 'run.json'} is broken") from error

    def copies(self, name: str) -> Iterator[Copy]:
        """The objects of a run, as the store listed them. Raises BackupRefused."""
        try:
            with (self.path(name) / "objects.jsonl").open() as lines:
                for line in lines:
                    yield Copy(**json.loads(line))
        except (OSError, ValueError, TypeError) as error:
            raise BackupRefused(f"{self.path(name) / 'objects.jsonl'} is broken") from error

    def begin(self) -> Path:
        """The folder of a run that is being made."""
        path = self.folder / "runs" / _NEW
        path.mkdir(mode=0o700)
        return path

    def keep(self, run: Run) -> None:
        """The run that was being made is whole from now on."""
        draft = self.folder / "runs" / _NEW
        with (draft / "run.json").open("w") as file:
            json.dump(asdict(run), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.path(run.at))
        _settle(self.folder / "runs")

    def prune(self, now: datetime, keep: timedelta) -> int:
        """Removes runs older than `keep`, but the newest, and objects that no run needs; how many runs.

        Every run marks the copies that it needs with its own time (`mark`): what is older than all is needed by none.
        """
        names = self.names()
        old = [name for name in names[:-1] if self.run(name).moment < now - keep]
        for name in old:
            shutil.rmtree(self.path(name))
        left = self.names()
        if left:
            oldest = self.run(left[0]).moment.timestamp()
            for path in (self.folder / "objects").glob("*/*.age"):
                if path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)
        return len(old)

    def mark(self, copy: str, moment: datetime) -> int | None:
        """Says that a run of this moment needs a copy; its size, or None where it is not there."""
        path = self.copy_path(copy)
        try:
            os.utime(path, (moment.timestamp(), moment.timestamp()))
            return path.stat().st_size
        except FileNotFoundError:
            return None


def name_of(moment: datetime) -> str:
    """What a run of this moment is called."""
    return moment.astimezone(UTC).strftime(_NAME)


def copy_name(listed: Listed) -> str:
    """What the copy of an object is called; other bytes under the same key have another name."""
    return hashlib.sha256(f"{listed.key}\n{listed.etag}\n{listed.size}".encode()).hexdigest()


def _settle(folder: Path) -> None:
    """What was renamed in a folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
