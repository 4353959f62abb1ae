"""Activities as they are planned and shown."""

from datetime import time
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.guidance.activities.models import ActivityState
from app.people.schemas import GroupRef, PersonRef
from app.platform.http import VISIBLE, Model
from app.portfolio.schemas import Day, Line, Title
from app.reference.codes import Band, Competency, ExperienceForm, WorkField

Words = Annotated[Line, VISIBLE]
"""A line that many pupils read."""


def _by_the_clock(moment: time) -> time:
    if moment.tzinfo is not None:
        raise PydanticCustomError("time_zone", "a time by the clock has no zone")
    return moment


ClockTime = Annotated[time, AfterValidator(_by_the_clock)]


class ActivityQuestion(Model):
    """One of the two that pupils answer afterwards: in own words, or the one of this competency that fits their age."""

    competency: Competency
    text: Words | None = Field(default=None, description="in the words of who planned; null: what fits the pupil")

    @model_validator(mode="after")
    def _no_words_is_none(self) -> Self:
        self.text = self.text or None
        return self


class ActivityPlan(Model):
    """What is planned."""

    title: Title
    form: ExperienceForm | None = None
    work_fields: Annotated[list[WorkField], Field(max_length=5)] = []
    organisation: Words = ""
    organisation_id: UUID | None = Field(default=None, description="where it stands in the directory")
    place: Words = ""
    happens_on: Day
    ends_on: Day | None = None
    starts_at: ClockTime | None = Field(default=None, description="by the clock in The Hague")
    bring: Words = Field(default="", description="what to take along")
    ask_before: Words = Field(default="", description="a question that pupils answer before it")
    questions: Annotated[list[ActivityQuestion], Field(max_length=2, description="none: the product chooses")] = []
    logbook: bool = Field(default=False, description="pupils keep a logbook of it, day by day")
    sign_up: bool = Field(default=False, description="only for who signs up; else for everybody of its groups")
    places: Annotated[int, Field(ge=1, le=2_000)] | None = Field(default=None, description="null: room for everybody")
    sign_up_until: Day | None = Field(default=None, description="the last day to sign up; null: the day before it")
    offered_by: UUID | None = Field(default=None, description="the activity of the city that it was taken over from")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.ends_on is not None and self.ends_on < self.happens_on:
            raise PydanticCustomError("day_order", "the last day is before the first")
        if self.sign_up_until is not None and self.sign_up_until > self.happens_on:
            raise PydanticCustomError("sign_up_after", "the last day to sign up is after the activity")
        if not self.sign_up:
            self.places = self.sign_up_until = None
        asked = [question.competency for question in self.questions if question.text is None]
        if len(asked) != len(set(asked)):
            raise PydanticCustomError("same_question", "the same question is asked twice")
        return self


class ActivityContent(ActivityPlan):
    """What is planned, and for which groups of one school year; without groups it cannot be published yet."""

    group_ids: Annotated[list[UUID], Field(max_length=40)]


class CityContent(ActivityPlan):
    """What the city plans: for ages instead of groups, always by signing up."""

    sign_up: bool = True
    bands: Annotated[list[Band], Field(min_length=1, max_length=4)]

    @model_validator(mode="after")
    def _signs_up(self) -> Self:
        if not self.sign_up:
            raise PydanticCustomError("city_signs_up", "one signs up for an activity of the city")
        self.bands = sorted(set(self.bands))
        return self


class ActivityReceipt(Model):
    id: UUID
    version: int
    state: ActivityState
    pupils: int | None = Field(description="who is in these groups on that day; null: an activity of the city")


class CopyDay(Model):
    """One copy, under the id that the device made."""

    id: UUID
    happens_on: Day


class Copies(Model):
    """The same on other days of its school year, each an activity of its own."""

    copies: Annotated[list[CopyDay], Field(min_length=1, max_length=40)]
    publish: bool = Field(default=False, description="ready for pupils at once")


class CopyReceipts(Model):
    items: list[ActivityReceipt]


class Attendance(Model):
    """Who was not there; everybody else was."""

    absent: Annotated[list[UUID], Field(max_length=2_000)]


class StaffPlan(ActivityPlan):
    """An activity as whoever plans sees it."""

    id: UUID
    state: ActivityState
    version: int
    last_sign_up_day: Day | None = Field(description="the last day on which pupils sign up or off")


class ActivityRow(StaffPlan):
    """An activity in a list of staff."""

    groups: list[GroupRef]
    pupils: int = Field(description="who is in these groups on that day")
    signed_up: int | None = Field(description="how many of them come; null: it is for all of them")
    shared: int = Field(description="pupils who shared what they made of it")


class PlannableGroup(GroupRef):
    """A group that one may plan for."""

    school_year: int
    band: Band


class Offer(ActivityPlan):
    """An activity of the city that a school may take over."""

    id: UUID
    bands: list[Band]
    last_sign_up_day: Day | None


class ActivityList(Model):
    """What a school planned last year, this year and for the next, as far as it is for one's groups; the latest first.

    With the groups to plan for, this school year and the next, and what the city offers them.
    """

    items: list[ActivityRow]
    groups: list[PlannableGroup]
    offers: list[Offer]


class Participant(PersonRef):
    state: Literal["open", "shared", "absent"]
    comes: bool = Field(description="takes part: signed up, or everybody does")
    entry_id: UUID | None = Field(description="what was shared of it")


class ActivityPage(ActivityRow):
    """One activity, with everybody it is for."""

    changed_by: PersonRef
    participants: list[Participant]


class CityActivity(StaffPlan):
    """An activity of the city, as its coordinator sees it."""

    bands: list[Band]
    signed_up: int | None = Field(description="none, or ten and more; null: fewer than ten")


class CityList(Model):
    """What the city planned last year, this year and for the next; the latest first."""

    items: list[CityActivity]


class CityPage(CityActivity):
    changed_by: PersonRef


class Waiting(ActivityPlan):
    """An activity as it waits for a pupil; `version` tells which version of its questions this is."""

    id: UUID
    version: int
    last_sign_up_day: Day | None = Field(description="the last day on which one signs up or off; null: one does not")


class ActivityInvitation(Waiting):
    """An activity that a pupil may sign up for."""

    places_left: int | None = Field(description="0: full; null: room for everybody")


class WaitingList(Model):
    """For a pupil: what comes, and what was and is not written about yet (`items`); what one may sign up for; and what
    would have come and is cancelled, until its day is over. The first day first.
    """

    items: list[Waiting]
    invitations: list[ActivityInvitation]
    cancelled: list[Waiting]


class MyActivity(Waiting):
    """An activity that is or was meant for this pupil, also after something was made of it."""

    state: Literal[ActivityState.PUBLISHED, ActivityState.CANCELLED]
    comes: bool = Field(description="takes part: signed up, or everybody does")
