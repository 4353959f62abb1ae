"""Files that only the holder of a key can read: age (X25519, ChaCha20-Poly1305), a piece at a time.

The server knows whom it encrypts for and cannot open what it wrote.
"""

import errno
import hashlib
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from pyrage import DecryptError, EncryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

from app.platform.backup.errors import BackupRefused

_PIECE = 1024 * 1024


class Readable(Protocol):
    """Whatever bytes come from: a pipe, an answer of the store."""

    def read(self, amount: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file as it lies in a backup: its bytes, and their SHA-256 in hex."""

    size: int
    sha256: str


def new_identity(path: Path) -> str:
    """Writes a new key to a file for us alone; whom to encrypt for, to open it with that key."""
    identity = x25519.Identity.generate()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"# opens what is encrypted for {identity.to_public()}\n{identity}\n")
    except FileExistsError as error:
        raise BackupRefused(f"{path} is there already: a key is never overwritten") from error
    except OSError as error:
        raise BackupRefused(f"cannot write {path}: {error.strerror}") from error
    return str(identity.to_public())


def recipients_of(words: str) -> list[x25519.Recipient]:
    """Whom a setting names. Raises BackupRefused."""
    if not words.split():
        raise BackupRefused("set TALENT_BACKUP_RECIPIENT to what `talentportfolio backup-key` prints")
    try:
        return [x25519.Recipient.from_str(word) for word in words.split()]
    except RecipientError as error:
        raise BackupRefused("TALENT_BACKUP_RECIPIENT is not what `talentportfolio backup-key` printed") from error


def identities_of(path: Path | None) -> list[x25519.Identity]:
    """The keys in a file, as `age-keygen` writes it too. Raises BackupRefused."""
    if path is None:
        raise BackupRefused("say where the key is: --identity FILE, or TALENT_BACKUP_IDENTITY")
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise BackupRefused(f"cannot read {path}: {error.strerror}") from error
    except (IdentityError, UnicodeDecodeError) as error:
        raise BackupRefused(f"{path} is not a key of age") from error
    if not found:
        raise BackupRefused(f"there is no key in {path}")
    return found


class _Pieces(io.RawIOBase):
    """Reads large pieces and hands out small ones; remembers what went wrong, which age would make a word of."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._piece, self._at = b"", 0
        self.size = 0
        self.failed: BaseException | None = None

    def read(self, amount: int = -1, /) -> bytes:
        if self._at == len(self._piece):
            try:
                self._piece, self._at = self._source.read(_PIECE), 0
            except BaseException as error:
                self.failed = error
                raise
            self.size += len(self._piece)
        found = self._piece[self._at : None if amount < 0 else self._at + amount]
        self._at += len(found)
        return found


class _Counted(io.RawIOBase):
    """Writes, counts and hashes; remembers what went wrong."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._sum = hashlib.sha256()
        self.size = 0
        self.failed: BaseException | None = None

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        try:
            self._target.write(data)
        except BaseException as error:
            self.failed = error
            raise
        self._sum.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """The target is flushed by who opened it."""

    def sealed(self) -> Sealed:
        return Sealed(self.size, self._sum.hexdigest())


def seal(source: Readable, path: Path, recipients: Sequence[x25519.Recipient], size: int | None = None) -> Sealed:
    """Encrypts all that comes into a file, which is there whole or not at all.

    `size`: so many bytes have to come, or EOFError. Raises what reading raises, and BackupRefused where the folder is
    full.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    pieces = _Pieces(source)
    try:
        with draft.open("wb") as file:
            counted = _Counted(file)
            try:
                encrypt_io(pieces, counted, recipients)
            except EncryptError as error:
                raise pieces.failed or counted.failed or error from error
            if size is not None and pieces.size != size:
                raise EOFError
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise BackupRefused(f"there is no room left in {path.parent}") from error
        raise
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return counted.sealed()


def unseal(path: Path, target: IO[bytes], identities: Sequence[x25519.Identity]) -> None:
    """Decrypts a file. Raises BackupRefused where it is broken or for somebody else, and what writing raises."""
    counted = _Counted(target)
    try:
        with path.open("rb") as file:
            decrypt_io(file, counted, identities)
    except DecryptError as error:
        if counted.failed:
            raise counted.failed from error
        raise BackupRefused(f"this key does not open {path.name}") from error
    except FileNotFoundError as error:
        raise BackupRefused(f"{path} is missing") from error
    except OSError as error:
        if counted.failed:
            raise counted.failed from error
        raise BackupRefused(f"{path} is broken") from error


def hashed(path: Path) -> Sealed:
    """Size and hash of a file as it lies there. Raises FileNotFoundError."""
    with path.open("rb") as file:
        return Sealed(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())
