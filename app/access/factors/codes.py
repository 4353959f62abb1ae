"""Figures of an app (TOTP, RFC 6238) and codes on paper; how their secrets are kept."""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

STEP_S: Final = 30
RECOVERY_CODES: Final = 10
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O and U."""
_LENGTH: Final = 24
"""Of a recovery code: 120 bits, so that one hash is enough and nobody guesses one."""
_NONCE: Final = 12


def seal(secret: bytes, person_id: UUID, pepper: str) -> bytes:
    """A secret as it is kept: AES-GCM, of this person alone. Without the server's pepper nobody reads it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key(pepper)).encrypt(nonce, secret, person_id.bytes)


def unseal(sealed: bytes, person_id: UUID, pepper: str) -> bytes | None:
    """What `seal` kept; None where the pepper or the person is another."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_key(pepper)).decrypt(sealed[:_NONCE], sealed[_NONCE:], person_id.bytes)
    except InvalidTag:
        return None


def _key(pepper: str) -> bytes:
    return hmac.digest(pepper.encode(), b"secrets of second factors", "sha256")


def step_of(secret: bytes | None, typed: str, after: int, now: datetime) -> int | None:
    """The half minute (before, of or after `now`) whose code was typed, if it is later than `after`; else None.

    A secret that cannot be read (`unseal`) fits nothing.
    """
    import pyotp

    if secret is None:
        return None
    totp = pyotp.TOTP(base32(secret), interval=STEP_S)
    this = int(now.timestamp()) // STEP_S
    figures = "".join(typed.split())
    fitting = [
        step
        for step in (this - 1, this, this + 1)
        if hmac.compare_digest(totp.generate_otp(step).encode(), figures.encode())
    ]
    return max((step for step in fitting if step > after), default=None)


def code_at(secret: bytes, moment: datetime) -> str:
    """The six figures that an app shows at a moment."""
    import pyotp

    return pyotp.TOTP(base32(secret), interval=STEP_S).at(moment)


def base32(secret: bytes) -> str:
    """A secret as apps take it."""
    import base64

    return base64.b32encode(secret).decode().rstrip("=")


def new_recovery_codes() -> list[str]:
    """Ten codes, in groups of four as they stand on paper."""
    return ["".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]


def in_groups(code: str) -> str:
    """'ABCD-EFGH-…'."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def recovery_hash(typed: str) -> bytes:
    """What is kept of a recovery code; how it was typed does not matter, nor O for 0 or I for 1."""
    plain = "".join(filter(str.isalnum, typed)).upper().translate(str.maketrans("OIL", "011"))
    return hashlib.sha256(plain.encode()).digest()
