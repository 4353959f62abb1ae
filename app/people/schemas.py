"""People and places as they are named on screen."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.people.models import Level
from app.platform.http import Model


class PersonRef(Model):
    id: UUID
    name: str
    given_name: str


class SchoolRef(Model):
    id: UUID
    name: str


class GroupRef(Model):
    id: UUID
    name: str
    level: Level
    study_year: int


class PupilRow(Model):
    """A pupil in a list of people."""

    id: UUID
    name: str
    given_name: str
    group: GroupRef | None
    school: SchoolRef


class PupilPage(Model):
    items: list[PupilRow]
    next_cursor: str | None


class GroupPupil(Model):
    """A pupil in the class overview; drafts are not counted anywhere."""

    id: UUID
    name: str
    given_name: str
    shared_count: int = Field(description="entries shared in this school year")
    last_shared_on: date | None
    to_review: int
    asked_back: bool = Field(description="a question back waits for the pupil")


class GroupPage(Model):
    """The class overview."""

    id: UUID
    name: str
    level: Level
    study_year: int
    school_year: int
    school: SchoolRef
    mentors: list[str]
    to_review: int
    pupils: list[GroupPupil] = Field(description="by family name")


class SchoolGroup(Model):
    id: UUID
    name: str
    level: Level
    study_year: int
    pupil_count: int
    mentors: list[str]
    shared_this_year: int = Field(description="pupils who shared something this school year")
    to_review: int


class SchoolPage(Model):
    """The dean's view of the school: counts per group."""

    id: UUID
    name: str
    school_year: int
    pupil_count: int
    groups: list[SchoolGroup]


ChildState = Literal["open", "waiting", "closed", "pupil_decides"]
