"""A code: sixteen characters in groups of four. The first four find the invitation, the other twelve are its secret.

32 signs in a row that nobody takes for another (Crockford's): twelve of them are 60 bits. Below 112 bits a secret is
kept as a password is (ASVS 5.0, 6.5.2): argon2id.
"""

import asyncio
import secrets
import unicodedata
from dataclasses import dataclass

from app.access.hashes import SECRETS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SELECTOR, _SECRET = 4, 12
_MEANT = str.maketrans("OILU", "011V")

_HASHING = asyncio.Semaphore(2)


def new_code() -> str:
    """Sixteen characters by chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(_SELECTOR + _SECRET))


def selector_of(code: str) -> str:
    """The part by which an invitation is found."""
    return code[:_SELECTOR]


def in_groups(code: str) -> str:
    """`7KQM-2XNB-…`, as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def parts(typed: str) -> tuple[str, str]:
    """Selector and secret of what somebody typed: any case, any spaces and dashes, figures of any script."""
    signs = (str(unicodedata.digit(sign, sign)) for sign in typed.upper())
    code = "".join(sign for sign in signs if sign.isalnum()).translate(_MEANT)
    return code[:_SELECTOR], code[_SELECTOR:]


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code to print, and what is kept of its secret."""

    code: str
    secret_hash: str


async def new_codes(count: int) -> list[NewCode]:
    """So many codes; no connection should be held meanwhile."""
    made = [new_code() for _ in range(count)]
    hashes = await asyncio.gather(*map(hash_secret, made))
    return [NewCode(code, secret_hash) for code, secret_hash in zip(made, hashes, strict=True)]


async def hash_secret(code: str) -> str:
    """What is kept of a new code's secret."""
    async with _HASHING:
        return await asyncio.to_thread(SECRETS.hash, code[_SELECTOR:])


async def fits(secret: str, secret_hash: str) -> bool:
    """Whether this is the secret; no connection should be held meanwhile."""
    async with _HASHING:
        return await asyncio.to_thread(SECRETS.verify, secret, secret_hash)
