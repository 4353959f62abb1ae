"""The pupil's day."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.guidance.activities.schemas import Waiting
from app.guidance.care.models import ReminderKind
from app.guidance.choices.schemas import TodaysChoice
from app.guidance.conversations.schemas import ConversationItem
from app.guidance.steps.schemas import Step
from app.platform.http import Model
from app.portfolio.schemas import EntryCard


class ReminderOut(Model):
    """Somebody at school thinks of the pupil."""

    id: UUID
    kind: ReminderKind
    by: str = Field(description="the name of who sent it")
    sent_on: date
    activity: Waiting | None = Field(description="what still waits, where it is about that")


class YearAgo(Model):
    """Something of one's own that happened a whole number of years ago."""

    years: int
    on_the_day: bool = Field(description="today, not some days before or after")
    entry: EntryCard


class Today(Model):
    """At most one of each; all empty for who is no pupil."""

    reminder: ReminderOut | None
    talk: ConversationItem | None = Field(description="the next talk within two weeks; also one that was called off")
    to_agree: ConversationItem | None = Field(description="a talk of which the record waits for the pupil's akkoord")
    step: Step | None = Field(description="open, and its day or reminder is today or was before; the first of them")
    choice: TodaysChoice | None = Field(description="what this year asks to choose, as long as nothing is chosen")
    year_ago: YearAgo | None
