"""Choice moments as they are written and shown."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.guidance.choices.models import ChoiceKind
from app.people.models import Level
from app.platform.http import STORABLE, VISIBLE, Model
from app.portfolio.schemas import PortfolioPupil
from app.reference.codes import Kind

Name = Annotated[str, STORABLE, VISIBLE, StringConstraints(max_length=120, strip_whitespace=True)]
Words = Annotated[str, STORABLE, StringConstraints(max_length=1_000)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z_]{2,40}$")]
RingNumber = Annotated[int, Field(ge=0, le=2)]
Sure = Annotated[int, Field(ge=1, le=5, description="1: no idea yet; 5: very sure. Words on screen, never added up")]


# --- what goes in -----------------------------------------------------------------------------------


class ChoiceBegin(Model):
    """Which moment; it must be one that fits the pupil's class of today."""

    kind: ChoiceKind


class MotivesContent(Model):
    """Why, in words of the list and in own words."""

    motives: Annotated[list[Code], Field(max_length=20)] = []
    own_motive: Words = ""


class RingChange(Model):
    """Who looks along: 0 nobody, 1 school, 2 school and home."""

    ring: RingNumber


class OptionContent(Model):
    """A suggestion by its code or something in own words, with what speaks for it and against it."""

    code: Code | None = None
    name: Name = ""
    plus: Words = ""
    minus: Words = ""
    seen: Words = Field(default="", description="what the pupil saw of it")
    entry_ids: Annotated[list[UUID], Field(max_length=6)] = Field(default=[], description="own stories that show it")

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if (self.code is None) == (self.name == ""):
            raise PydanticCustomError("option_name", "an option has a code or a name")
        return self


class OptionPlace(Model):
    """On the list, or off it, and why."""

    on_list: bool
    why: Words = ""


class SureContent(Model):
    """How sure the pupil is today."""

    sure: Sure
    words: Words = ""


class PickContent(Model):
    """What the pupil chooses: a plan, and maybe a second one. No plan: the choice is open again."""

    plan_a: UUID | None
    plan_b: UUID | None = None
    why: Words = ""

    @model_validator(mode="after")
    def _two_plans(self) -> Self:
        if self.plan_b is not None and self.plan_b in (self.plan_a, None):
            raise PydanticCustomError("same_plans", "plan B is another one than plan A")
        if self.plan_b is not None and self.plan_a is None:
            raise PydanticCustomError("plan_b_alone", "plan B comes beside a plan A")
        return self


class LookBack(Model):
    """A year later: did it go as thought, what was different, and what would one tell somebody who chooses now."""

    again: Literal["yes", "partly", "no"] = Field(description="would you choose the same again")
    different: Words = ""
    advice: Words = ""


# --- what comes out ---------------------------------------------------------------------------------


class ChoiceReceipt(Model):
    """`version` is that of the moment."""

    id: UUID
    version: int


class OptionReceipt(Model):
    """`version` is that of the option."""

    id: UUID
    version: int


class ShownEntry(Model):
    """A story that the viewer may open."""

    id: UUID
    title: str
    kind: Kind


class Option(Model):
    id: UUID
    code: str | None
    name: str
    plus: str
    minus: str
    seen: str
    entries: list[ShownEntry]
    off_at: datetime | None = Field(description="since when it is off the list")
    off_why: str
    version: int


class SureOn(Model):
    id: UUID
    sure: Sure
    words: str
    at: datetime


class Pick(Model):
    id: UUID
    plan_a: UUID | None = Field(description="an option; none: open again")
    plan_b: UUID | None
    why: str
    at: datetime


class Choice(Model):
    """One choice moment with all that belongs to it."""

    id: UUID
    kind: ChoiceKind
    level: Level | None = Field(description="of the class in that school year")
    school_year: int
    ring: RingNumber
    motives: list[str]
    own_motive: str
    options: list[Option] = Field(description="in the order in which they came")
    sureness: list[SureOn] = Field(description="the first day first")
    picks: list[Pick] = Field(description="the newest first; that one counts")
    look_back: LookBack | None
    looked_back_at: datetime | None
    may_look_back: bool = Field(description="a year after the first choice, or at the next school")
    version: int
    updated_at: datetime


class Offered(Model):
    """A moment that fits the class of today."""

    kind: ChoiceKind
    level: Level
    study_year: int
    school_year: int
    choice_id: UUID | None = Field(description="where the pupil began with it")
    suggestions: list[str]


class MyChoices(Model):
    """The pupil's own choice moments."""

    offered: list[Offered]
    choices: list[Choice] = Field(description="the newest school year first")
    motives: list[str] = Field(description="codes of the reasons to choose from")
    rings: list[RingNumber] = Field(description="how far one may let it reach at this age")


class PupilChoices(Model):
    """What the viewer may see of a pupil's choice moments."""

    pupil: PortfolioPupil
    viewer: Literal["self", "school", "home"]
    choices: list[Choice]


class TodaysChoice(Model):
    """On the pupil's home: a moment of this school year without a choice yet, or an earlier one to look back at."""

    kind: ChoiceKind
    level: Level | None
    choice_id: UUID | None
    look_back: bool
