"""Talks as they are planned, prepared, recorded and read."""

import re
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    BeforeValidator,
    Field,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from app.access.schemas import Password
from app.guidance.choices.schemas import Choice
from app.guidance.conversations.models import MAX_SHOWN, MAX_STEPS, ConversationKind, ConversationState, Way
from app.guidance.homework.schemas import Homework
from app.guidance.picture.schemas import Evidence, WordOut
from app.guidance.steps.models import Who
from app.guidance.steps.schemas import StepState, StepText
from app.people.schemas import PersonRef
from app.platform.http import STORABLE, Model
from app.portfolio.schemas import Day, EntryCard, PortfolioPupil, PortfolioYear

Place = Annotated[str, STORABLE, StringConstraints(max_length=120)]
Answer = Annotated[str, STORABLE, StringConstraints(max_length=1_000)]
Voiced = Annotated[str, STORABLE, StringConstraints(max_length=4_000)]
OwnWords = Annotated[str, STORABLE, StringConstraints(max_length=500)]


# --- what goes in -----------------------------------------------------------------------------------


_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:00)?"


def _on_the_clock(value: Any) -> Any:
    if not isinstance(value, time) and not (isinstance(value, str) and re.fullmatch(_CLOCK, value)):
        raise PydanticCustomError("time_zone", "a time by the clock is hours and minutes")
    return value


# Not `format: time`: that asks for a zone, and a talk is by the clock on the wall.
ShownTime = Annotated[time, WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK}$"})]
ClockTime = Annotated[ShownTime, BeforeValidator(_on_the_clock)]


class ConversationContent(Model):
    """What is planned: with whom, about what, when and where."""

    pupil_id: UUID
    kind: ConversationKind
    on_day: Day
    at_time: ClockTime | None = Field(default=None, description="by the clock in The Hague")
    minutes: Annotated[int, Field(ge=5, le=240)] = 30
    place: Place = ""
    held_with: UUID = Field(description="a teacher or dean of the pupil")
    with_home: StrictBool = Field(default=False, description="parents are invited, as far as home may look along then")


class ConversationMove(Model):
    """Called off, on again, or held."""

    state: Literal[ConversationState.PLANNED, ConversationState.HELD, ConversationState.CANCELLED]


class SheetContent(Model):
    """The pupil's gespreksblad; others read it once it is `ready`."""

    entry_ids: Annotated[list[UUID], Field(max_length=MAX_SHOWN)] = Field(
        default=[], description="own stories to show, in order; one that is gone for good is left out"
    )
    found_out: Answer = ""
    doubt: Answer = ""
    ask: Answer = ""
    maybe_next: Answer = ""
    ready: StrictBool = False

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.entry_ids)) != len(self.entry_ids):
            raise PydanticCustomError("invalid", "a story stands on the sheet once")
        return self


class RecordStep(Model):
    """A step as it is agreed: what, who, when."""

    id: UUID
    text: StepText
    who: Who
    staff_id: UUID | None = Field(default=None, description="with `staff`: which of them")
    due_on: Day | None = None
    remind_on: Day | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.who is Who.STAFF) != (self.staff_id is not None):
            raise PydanticCustomError("invalid", "staff_id belongs to staff")
        if self.due_on is not None and self.remind_on is not None and self.remind_on > self.due_on:
            raise PydanticCustomError("remind_order", "the reminder comes after the day itself")
        return self


class RecordContent(Model):
    """What was said, in two voices, and what was agreed. The pupil changes the own voice only."""

    pupil_voice: Voiced = ""
    staff_voice: Voiced = ""
    steps: Annotated[list[RecordStep], Field(max_length=MAX_STEPS)] = []

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({step.id for step in self.steps}) != len(self.steps):
            raise PydanticCustomError("invalid", "a step stands in the record once")
        return self


class AgreementContent(Model):
    """The pupil's akkoord; `words` stand beside the record, where the pupil wants to add something."""

    words: OwnWords = ""
    ring: Literal[1, 2] = Field(default=2, description="1: school reads it, 2: home as well")


class AgreementBeside(AgreementContent):
    """The same, on the screen of staff: with the pupil's own PIN or password."""

    secret: Password


# --- what comes out ---------------------------------------------------------------------------------


class ConversationReceipt(Model):
    id: UUID
    state: ConversationState
    version: int


class SheetReceipt(Model):
    version: int
    ready_at: datetime | None


class RecordReceipt(Model):
    version: int
    written_at: datetime


class AgreementReceipt(Model):
    record_version: int
    agreed_at: datetime


class StepReceiptOfTalk(Model):
    id: UUID
    state: StepState
    version: int


class Partner(PersonRef):
    """Somebody at school with whom this pupil can talk."""

    is_mentor: bool
    is_dean: bool


class ConversationItem(Model):
    """A talk in a list: nothing of what was written or said."""

    id: UUID
    kind: ConversationKind
    state: ConversationState
    on_day: date
    at_time: ShownTime | None
    minutes: int
    place: str
    with_home: bool
    was_on_day: date | None = Field(description="it was moved: the day before that")
    was_at_time: ShownTime | None
    pupil: PersonRef
    held_with: PersonRef
    ended: bool = Field(description="the pupil left that school before the talk was held")
    version: int


class ConversationLists(Model):
    """Talks to come, those that still wait for something, and those behind."""

    coming: list[ConversationItem] = Field(description="from today on and not held yet, the first day first")
    open: list[ConversationItem] = Field(description="the day passed or it was held, and it is not agreed yet")
    behind: list[ConversationItem] = Field(description="the newest fifty that are agreed or were called off")


class PupilConversations(ConversationLists):
    """The talks of one pupil, and with whom one can be planned; no partners: this viewer plans none."""

    pupil: PersonRef
    viewer: Literal["self", "school", "home"]
    partners: list[Partner]


class Sheet(Model):
    """The gespreksblad."""

    entry_ids: list[UUID] = Field(description="empty for others than the pupil")
    shown: list[EntryCard] = Field(description="those of the stories that this viewer may see, in the pupil's order")
    hidden: int = Field(description="stories that the pupil chose and school does not see: a draft, put away")
    found_out: str
    doubt: str
    ask: str
    maybe_next: str
    ready_at: datetime | None
    updated_at: datetime
    version: int


class StepOfTalk(Model):
    """A step of a talk: as it was recorded, and what came of it since it was agreed."""

    id: UUID
    text: str
    who: Who
    staff: PersonRef | None
    due_on: date | None
    remind_on: date | None
    state: StepState
    ended_at: datetime | None
    version: int | None = Field(description="null until the pupil agreed")


class RecordOut(Model):
    """The last version of the record."""

    version: int
    pupil_voice: str
    staff_voice: str
    steps: list[StepOfTalk]
    written_by: PersonRef
    written_at: datetime


class AgreementOut(Model):
    """The pupil's last akkoord. Where `record_version` is not that of the record, it was about an earlier one."""

    record_version: int
    words: str
    ring: int
    way: Way
    agreed_at: datetime


class EarlierTalk(Model):
    """An agreed talk of before, and what came of its steps."""

    id: UUID
    kind: ConversationKind
    on_day: date
    held_with: PersonRef
    pupil_voice: str
    steps: list[StepOfTalk]


class PictureOfTalk(Model):
    """The talent picture as in schemas.Picture, as far as this viewer may see it."""

    years: list[PortfolioYear]
    entries: list[Evidence]
    words: list[WordOut]


class ConversationRights(Model):
    """What this viewer can do now."""

    change: bool = Field(description="move it, call it off")
    prepare: bool
    write: bool = Field(description="record both voices and steps")
    speak: bool = Field(description="the pupil: change the own voice in the record")
    agree: bool = Field(description="the pupil: say akkoord on the last version")


class ConversationPage(Model):
    """All of one talk, as far as this viewer may see it."""

    id: UUID
    kind: ConversationKind
    state: ConversationState
    on_day: date
    at_time: ShownTime | None
    minutes: int
    place: str
    with_home: bool
    was_on_day: date | None
    was_at_time: ShownTime | None
    cancelled_at: datetime | None
    held_at: datetime | None
    prepared_at: datetime | None
    pupil: PortfolioPupil
    held_with: PersonRef
    planned_by: PersonRef
    changed_by: PersonRef
    ended: bool = Field(description="the pupil is not at that school any more")
    home_open: bool = Field(description="home may look along with this pupil today")
    young: bool = Field(description="below twelve: home reads along")
    viewer: Literal["self", "school", "home"]
    rights: ConversationRights
    partners: list[Partner] = Field(description="staff who can take a step or the talk; empty for home")
    sheet: Sheet | None
    record: RecordOut | None
    agreement: AgreementOut | None
    earlier: list[EarlierTalk] = Field(description="the newest three before this one; empty for home")
    choices: list[Choice] = Field(description="choice moments that the viewer may see; empty for home")
    homework: list[Homework] = Field(
        description="the newest three cards from home that the viewer may see; for home with the record"
    )
    picture: PictureOfTalk | None = Field(description="null for home")
    version: int
