"""What goes in and out of signing in with a school account."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.access.schemas import Device
from app.platform.http import STORABLE, Model

_OWN = re.compile(r"/(?![/\\]|v1/)[^\\\x00-\x20\x7f]*")


def _own_path(value: str) -> str:
    if not _OWN.fullmatch(value):
        raise PydanticCustomError("invalid", "not a screen of ours")
    return value


OwnPath = Annotated[str, STORABLE, StringConstraints(max_length=500), AfterValidator(_own_path)]
"""A screen of ours: never an address of another site, however it is written."""


class SchoolAccountProvider(Model):
    id: str
    name: str = Field(description="what stands on the button")


class SchoolAccountProviders(Model):
    """Where one may sign in with a school account; empty where this deployment has none."""

    items: list[SchoolAccountProvider]


class SchoolAccountSignIn(Model):
    device: Device
    return_to: OwnPath = Field(default="/", description="the screen to come back to")
    afresh: bool = Field(default=False, description="also who is signed in there shows again who they are")


class ElsewhereOut(Model):
    address: str = Field(description="where the browser goes now")


class SignOutElsewhere(Model):
    address: str | None = Field(description="where one signs out of the school account; none: not offered there")
