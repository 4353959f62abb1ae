"""Organisations as they are written down and shown."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.guidance.activities.models import ActivityState
from app.people.schemas import SchoolRef
from app.platform.http import STORABLE, VISIBLE, Model
from app.portfolio.schemas import Line
from app.reference.codes import ExperienceForm, WorkField

OrganisationName = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=200)]
Website = Annotated[
    str,
    StringConstraints(max_length=300, pattern=r"^(https://[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+(:[0-9]{1,5})?([/?#][!-~]*)?)?$"),
]  # fmt: skip
Remark = Annotated[str, STORABLE, StringConstraints(max_length=500)]


class OrganisationContent(Model):
    """Who they are, what work one sees there, and what they offer."""

    name: OrganisationName
    place: Line = ""
    website: Website = Field(default="", description="https only")
    work_fields: Annotated[list[WorkField], Field(max_length=5)] = []
    forms: Annotated[list[ExperienceForm], Field(max_length=len(ExperienceForm))] = []
    note: Remark = Field(default="", description="for colleagues, about the organisation; never about pupils")


class OrganisationReceipt(Model):
    id: UUID
    version: int
    archived: bool


class OrganisationRow(Model):
    """An organisation in the directory."""

    id: UUID
    name: str
    place: str
    work_fields: list[WorkField]
    forms: list[ExperienceForm]
    archived: bool = Field(description="takes no part any more")


class OrganisationList(Model):
    """By name."""

    items: list[OrganisationRow]
    next_cursor: str | None


class Offered(Model):
    """How often a school went there for this, in one school year. Of the city's own activities there is no school."""

    school: SchoolRef | None
    school_year: int
    form: ExperienceForm | None
    times: int


class OwnActivity(Model):
    """An activity there that one plans, or planned."""

    id: UUID
    title: str
    state: ActivityState
    happens_on: date
    ends_on: date | None
    shared: int = Field(description="stories of it that one may see")


class OrganisationPage(OrganisationContent):
    """One organisation, what it offered, and how many looked back on that: in numbers, never marks."""

    id: UUID
    archived: bool
    version: int
    stories: int | None = Field(
        description="shared stories of all schools; null while fewer than ten pupils wrote them"
    )
    offered: list[Offered] = Field(description="the newest year first")
    own: list[OwnActivity] = Field(description="at most fifty, the latest first")
