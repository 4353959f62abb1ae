"""A calendar as it is shown, and the address that it can be read at."""

from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.guidance.activities.models import ActivityState
from app.platform.http import Model


class CalendarItem(Model):
    """Something on a day, or on some days. `kind` says what the id is of."""

    kind: Literal["activity", "goal", "conversation", "agreed"] = Field(
        description="goal: an open step of the viewer's own, on its day; agreed: one of staff, out of a talk"
    )
    id: UUID
    title: str = Field(description="of a talk: its kind")
    starts_on: date
    ends_on: date = Field(description="the last day")
    starts_at: time | None = Field(description="by the clock in The Hague")
    place: str
    state: ActivityState | None = Field(description="of an activity; of a talk that was called off")
    entry_id: UUID | None = Field(description="what the viewer made of the activity")
    conversation_id: UUID | None = Field(description="the talk itself, or the one in which a step was agreed")


class Calendar(Model):
    """Everything between two days, the first day first."""

    items: list[CalendarItem]


class CalendarFeedState(Model):
    """Whether one has an address, and since when; the address itself is kept nowhere."""

    made_at: datetime | None


class CalendarAddress(Model):
    """A new address, told this once. Whoever knows it reads what comes."""

    address: str
    made_at: datetime
