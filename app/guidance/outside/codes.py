"""Codes by mail: six figures, and what is kept of them."""

import hmac
import secrets
import unicodedata


def new_code() -> str:
    """Six figures."""
    return f"{secrets.randbelow(1_000_000):06}"


def code_hash(pepper: str, token_hash: bytes, code: str) -> bytes:
    """What is kept of a code: worthless without the server's pepper, and in any other browser."""
    return hmac.digest(pepper.encode(), b"code from outside" + token_hash + code.encode(), "sha256")


def figures(typed: str) -> str:
    """Six figures, however they were typed, also as Arabic writes them."""
    return "".join(str(unicodedata.digit(char)) for char in typed if unicodedata.digit(char, None) is not None)
