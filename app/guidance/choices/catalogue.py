"""What can be chosen where, and why, as codes; read once from the reference data. Names stand in the screen's texts."""

import json
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.guidance.choices.models import ChoiceKind
from app.people.models import Level


class Suggestions(BaseModel):
    """What the law lets schools offer at one moment; a school may offer less. `source` is where that stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ChoiceKind
    levels: tuple[Level, ...]
    source: str
    codes: tuple[str, ...]


class Motive(BaseModel):
    """A reason as pupils word it. `comes_from` is for later research of the whole; no screen judges by it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    comes_from: Literal["inside", "outside"]


class Catalogue(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    suggestions: tuple[Suggestions, ...]
    motives: tuple[Motive, ...]


@cache
def catalogue() -> Catalogue:
    """All of it."""
    return Catalogue.model_validate(json.loads(files("app.reference.data").joinpath("choices.json").read_bytes()))


def suggested(kind: ChoiceKind, level: Level) -> list[str]:
    """Codes that fit this moment at this level, in the order of the data."""
    fitting = (each for each in catalogue().suggestions if each.kind is kind and level in each.levels)
    return [code for each in fitting for code in each.codes]


def suggestion_codes(kind: ChoiceKind) -> frozenset[str]:
    """Codes of this kind at any level: who moves to another level keeps what was on the list."""
    return frozenset(code for each in catalogue().suggestions if each.kind is kind for code in each.codes)


def motive_codes() -> tuple[str, ...]:
    """Codes of the reasons, in the order in which they are shown."""
    return tuple(motive.code for motive in catalogue().motives)
