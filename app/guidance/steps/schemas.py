"""A pupil's steps as they are written and shown."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.guidance.steps.models import Who
from app.platform.http import STORABLE, VISIBLE, Model
from app.portfolio.schemas import Day

StepText = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class StepState(StrEnum):
    """open → done or let_go, and back."""

    OPEN = "open"
    DONE = "done"
    LET_GO = "let_go"


class StepContent(Model):
    """What the pupil wants to do, and when."""

    text: StepText
    due_on: Day | None = Field(default=None, description="the last day for it")
    remind_on: Day | None = Field(default=None, description="from this day it stands on the pupil's home")
    entry_id: UUID | None = Field(default=None, description="the own story that it came from; fixed when it is made")

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.due_on is not None and self.remind_on is not None and self.remind_on > self.due_on:
            raise PydanticCustomError("remind_order", "the reminder comes after the day itself")
        return self


class StepChange(Model):
    """Done, let go, or open again."""

    state: StepState


class StepReceipt(Model):
    id: UUID
    version: int
    state: StepState


class Step(Model):
    """One step."""

    id: UUID
    text: str
    due_on: date | None
    remind_on: date | None
    entry_id: UUID | None
    entry_title: str | None = Field(description="of the story that it came from, as long as that is there")
    state: StepState
    ended_at: datetime | None = Field(description="when it was done or let go")
    who: Literal[Who.PUPIL, Who.HOME] = Field(description="who does it; home only where it was agreed in a talk")
    conversation_id: UUID | None = Field(description="the talk in which it was agreed")
    version: int


class StepList(Model):
    """The pupil's own steps."""

    open: list[Step] = Field(description="the first day first, those without a day last")
    behind: list[Step] = Field(description="the newest fifty that were done or let go, the last first")
