"""Figures as the screens show them."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.insight.models import Family
from app.people.models import Level
from app.people.schemas import SchoolRef
from app.platform.http import Model
from app.reference.codes import WorkField


class Set(Model):
    """One publication."""

    id: UUID
    school_year: int
    quarter: int = Field(ge=1, le=4)
    set_on: date = Field(description="counted is what was shared before this day")
    fictional: bool = Field(description="figures of a city that does not exist, to show what a page looks like")


class FigureOut(Model):
    """At least so many; 0 pupils means fewer than ten."""

    level: Level
    family: Family
    code: str = Field(description="`placed` or `shared`, a field of work, or a form of experience")
    pupils: int = Field(multiple_of=10)
    times: int | None = Field(description="none: not told, or it says nothing")


class YearOfFigures(Model):
    """The last figures of a school year."""

    school_year: int
    set_on: date
    fictional: bool
    figures: list[FigureOut]


class FieldStudents(Model):
    """Students of vocational education in the domains of one field of work."""

    field: WorkField
    students: int


class Report(Model):
    """What the report on choosing an education found in this region; context, no comparison of pupils."""

    region: str
    school_year: int
    source: str
    total: int
    fields: list[FieldStudents]


class Counts(Model):
    """A publication, which others there are, and the last one of each school year."""

    school: SchoolRef | None = Field(description="none: the city")
    sets: list[Set] = Field(description="newest first")
    shown: Set | None
    figures: list[FigureOut]
    years: list[YearOfFigures] = Field(description="newest first")
    report: Report | None
