"""The shape of everything that crosses the wire: camelCase, nothing unknown, text that PostgreSQL can keep."""

import unicodedata
from typing import Protocol, TypeVar

from fastapi import Response
from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

# Direction overrides can make a name read as something else; isolates are harmless and stay.
_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")


class Model(BaseModel):
    """Base of every request and response body: camelCase outside, snake_case inside, unknown fields refused."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        serialize_by_alias=True,
        extra="forbid",
        str_strip_whitespace=True,
    )


def _storable(value: str) -> str:
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise PydanticCustomError("invalid_characters", "text holds characters that cannot be kept")
    return value


def _visible(value: str) -> str:
    if _BIDI_OVERRIDES.intersection(value):
        raise PydanticCustomError("invalid_characters", "text holds hidden direction marks")
    if value and all(unicodedata.category(char)[0] in "CZ" for char in value):
        raise PydanticCustomError("invalid_characters", "text holds no visible character")
    return value


STORABLE = AfterValidator(_storable)
"""Refuses NUL and lone surrogates; emoji, right-to-left and combining characters are kept."""

VISIBLE = AfterValidator(_visible)
"""For names and titles: refuses direction overrides and text that nobody can see."""


class Versioned(Protocol):
    """What a write answers with, where the next one starts from a version."""

    version: int


Receipt = TypeVar("Receipt", bound=Versioned)


def with_etag(response: Response, receipt: Receipt) -> Receipt:
    """The receipt, its version also the ETag of the answer."""
    response.headers["ETag"] = f'"{receipt.version}"'
    return receipt
