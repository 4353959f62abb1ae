"""How secrets are kept, and what is checked where there is nobody: so a name that does not exist takes as long."""

import base64
import secrets

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher


def nobodys_hash(memory_kib: int, rounds: int, lanes: int) -> str:
    """An argon2id hash that nothing fits, checked where there is nobody, so that it takes as long.

    Made up, not worked out: a server that starts has no time for it.
    """
    salt, digest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={memory_kib},t={rounds},p={lanes}${salt}${digest}"


SECRETS = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
"""For PINs and the codes of letters, of which few tries are given."""

NO_SECRET = nobodys_hash(19_456, 2, 1)
"""Checked where there is no PIN or letter, so that it takes as long."""
