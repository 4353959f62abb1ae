"""Figures as they come in a file, and as the screens show them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.platform.http import STORABLE, Model
from app.reference.codes import WorkField

Line = Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=300)]
Grade = Annotated[int, Field(ge=1, le=5, description="1 little chance … 5 good chance, as SBB words it")]


class Chance(Model):
    """Of finding work after this education: as a whole, by level, and by way of learning."""

    all: Grade
    mbo2: Grade | None = None
    mbo3: Grade | None = None
    mbo4: Grade | None = None
    bbl: Grade | None = None
    bol: Grade | None = None


class DomainChance(Model):
    domain: Line = Field(description="of vocational education, as the source names it")
    chance: Chance


class JobChancesFile(Model):
    """What a municipality brings in."""

    region: Line
    year: Annotated[int, Field(ge=2010, le=2100)]
    source: Line
    domains: Annotated[list[DomainChance], Field(min_length=1, max_length=100)]


class FieldChances(Model):
    field: WorkField
    domains: list[DomainChance]


class JobChancesOut(Model):
    """The newest figures, by work field; a field without any is left out."""

    region: str
    year: int
    source: str
    fields: list[FieldChances]
