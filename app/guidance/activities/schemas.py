"""Activities as they are planned and shown."""

from datetime import time
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.guidance.activities.models import ActivityState
from app.people.schemas import GroupRef, PersonRef
from app.platform.http import Model
from app.portfolio.schemas import Day, Line, Title
from app.reference.codes import ExperienceForm, WorkField


class ActivityPlan(Model):
    """What is planned."""

    title: Title
    form: ExperienceForm | None = None
    work_fields: Annotated[list[WorkField], Field(max_length=5)] = []
    organisation: Line = ""
    organisation_id: UUID | None = Field(default=None, description="where it stands in the directory")
    place: Line = ""
    happens_on: Day
    ends_on: Day | None = None
    starts_at: time | None = Field(default=None, description="by the clock in The Hague")
    bring: Line = Field(default="", description="what to take along")
    ask_before: Line = Field(default="", description="a question that pupils answer before it")

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.ends_on is not None and self.ends_on < self.happens_on:
            raise PydanticCustomError("day_order", "the last day is before the first")
        return self


class ActivityContent(ActivityPlan):
    """What is planned, and for which groups of one school year."""

    group_ids: Annotated[list[UUID], Field(min_length=1, max_length=40)]


class ActivityReceipt(Model):
    id: UUID
    version: int
    state: ActivityState
    pupils: int = Field(description="who is in these groups on that day")


class Attendance(Model):
    """Who was not there; everybody else was."""

    absent: Annotated[list[UUID], Field(max_length=2_000)]


class ActivityRow(ActivityPlan):
    """An activity in a list of staff."""

    id: UUID
    state: ActivityState
    version: int
    groups: list[GroupRef]
    pupils: int
    shared: int = Field(description="pupils who shared what they made of it")


class ActivityList(Model):
    """What a school plans and planned this year and the next, as far as it is for one's groups; the latest first."""

    items: list[ActivityRow]


class Participant(PersonRef):
    state: Literal["open", "shared", "absent"]
    entry_id: UUID | None = Field(description="what was shared of it")


class ActivityPage(ActivityRow):
    """One activity, with everybody it is for."""

    participants: list[Participant]


class Waiting(ActivityPlan):
    """An activity as it waits for a pupil."""

    id: UUID


class WaitingList(Model):
    """What comes, and what was and is not written about yet; the first day first."""

    items: list[Waiting]
