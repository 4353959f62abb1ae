"""The secret behind a link and the code that goes by mouth: worked out of the server's pepper, kept as hashes.

So the pupil can look both up again, and the database alone gives neither away.
"""

import hmac
import unicodedata
from base64 import urlsafe_b64encode
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

FIGURES = 6
_MEMORY_KIB, _ROUNDS, _LANES, _BYTES = 19_456, 2, 1, 32


def secret_of(pepper: str, share_id: UUID) -> str:
    """What stands behind the # of the address: 256 bits that nobody can work out without the pepper."""
    made = hmac.digest(pepper.encode(), b"showcase link" + share_id.bytes, "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")


def code_of(pepper: str, share_id: UUID) -> str:
    """Six figures."""
    made = hmac.digest(pepper.encode(), b"showcase code" + share_id.bytes, "sha256")
    return f"{int.from_bytes(made) % 10**FIGURES:0{FIGURES}}"


def code_hash(pepper: str, link_hash: bytes, code: str) -> bytes:
    """What is kept of a code: slow to work out (argon2id), worthless without the pepper, and with any other link."""
    mixed = hmac.digest(pepper.encode(), b"code of a showcase" + link_hash + code.encode(), "sha256")
    return hash_secret_raw(mixed, link_hash[:16], _ROUNDS, _MEMORY_KIB, _LANES, _BYTES, Type.ID)


def figures(typed: str) -> str:
    """Six figures, however they were typed, also as Arabic writes them."""
    return "".join(str(unicodedata.digit(char)) for char in typed if unicodedata.digit(char, None) is not None)
