"""Talks by class: in numbers, by pupil, and as they are planned in one go."""

from datetime import date, time
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from app.guidance.conversations.models import ConversationKind, ConversationState
from app.guidance.conversations.schemas import Place, ShownTime
from app.guidance.steps.schemas import StepState
from app.people.schemas import GroupRef, PersonRef
from app.platform.http import Model
from app.portfolio.schemas import Day

# --- what goes in -----------------------------------------------------------------------------------


class RoundTalk(Model):
    """One talk of the round, under the id that the device made."""

    id: UUID
    pupil_id: UUID
    on_day: Day
    at_time: Annotated[time, Field(description="by the clock in The Hague")]

    @model_validator(mode="after")
    def _by_the_minute(self) -> Self:
        if self.at_time.tzinfo is not None or self.at_time.second or self.at_time.microsecond:
            raise PydanticCustomError("invalid", "a time is hours and minutes")
        return self


class RoundContent(Model):
    """Talks with pupils of one class, all of one kind and with one member of staff."""

    kind: ConversationKind
    held_with: UUID = Field(description="a teacher of the class, or a dean")
    minutes: Annotated[int, Field(ge=5, le=240)] = 20
    place: Place = ""
    with_home: StrictBool = Field(default=False, description="parents are invited, as far as home may look along then")
    talks: Annotated[list[RoundTalk], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name in ("id", "pupil_id"):
            if len({getattr(talk, name) for talk in self.talks}) != len(self.talks):
                raise PydanticCustomError("invalid", "a talk and a pupil stand in a round once")
        return self


class RoundTakeBack(Model):
    """Which talks one takes back, as long as nobody prepared them."""

    ids: Annotated[list[UUID], Field(min_length=1, max_length=40)]


# --- what comes out ---------------------------------------------------------------------------------


class RoundOut(Model):
    """What one call planned, and whom it left out."""

    planned: list[UUID] = Field(description="ids of the talks")
    left_out: list[UUID] = Field(description="pupils who have a talk of this kind planned already")


class TakenBack(Model):
    taken_back: list[UUID]
    stayed: list[UUID] = Field(description="prepared or changed since, so somebody counts on it")


class KindCount(Model):
    """Talks of one kind this school year; held counts what is recorded and waits for an akkoord as well."""

    kind: ConversationKind
    planned: int
    prepared: int
    held: int
    agreed: int


class RoundRow(GroupRef):
    """A class in numbers."""

    pupil_count: int
    without: int = Field(description="pupils of today without a talk this school year: none planned, none held")
    kinds: list[KindCount]


class SchoolRounds(Model):
    """The classes of a dean's school, or a teacher's own, by year and name."""

    groups: list[RoundRow]


class RoundItem(Model):
    """A talk as the class list has it: no content."""

    id: UUID
    kind: ConversationKind
    state: ConversationState
    on_day: date
    at_time: ShownTime | None
    held_with: str = Field(description="a name")


class RoundPupil(PersonRef):
    talks: list[RoundItem] = Field(description="of this school year, the first day first; without what was called off")


class RoundPartner(PersonRef):
    """With whom talks of this class can be."""

    is_dean: bool
    is_mentor: bool


class Taken(Model):
    """A time at which a member of staff has a talk; with whom is not said."""

    held_with: UUID
    on_day: date
    at_time: ShownTime
    minutes: int


class ClassActivity(Model):
    """What the class does from today on."""

    title: str
    happens_on: date
    ends_on: date | None
    starts_at: ShownTime | None


class GroupRounds(Model):
    """One class: its pupils by name with their talks, and what planning asks."""

    group: GroupRef
    pupils: list[RoundPupil]
    partners: list[RoundPartner] = Field(description="mentors first")
    taken: list[Taken]
    activities: list[ClassActivity]


class AgreedStep(Model):
    """What a member of staff agreed to do."""

    id: UUID
    conversation_id: UUID
    pupil: PersonRef
    text: str
    due_on: date | None
    remind_on: date | None
    state: StepState
    version: int


class AgreedSteps(Model):
    """Open steps of one's own out of talks whose day, or reminder, is today or was before."""

    today: list[AgreedStep]
    later: int = Field(description="how many more are open")
