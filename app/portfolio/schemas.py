"""Entries as they are written and shown. The kinds differ only in `details`."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.media.schemas import AttachmentOut
from app.people.models import Level
from app.people.schemas import GroupRef, PersonRef, SchoolRef
from app.platform.http import STORABLE, VISIBLE, Model
from app.portfolio.models import EntryState, FeedbackKind, Voice
from app.reference.codes import Competency, ExperienceForm, Feeling, Kind, ReactionCode, WorkField

Title = Annotated[str, STORABLE, VISIBLE, StringConstraints(max_length=200)]
Line = Annotated[str, STORABLE, StringConstraints(max_length=200)]
Paragraph = Annotated[str, STORABLE, StringConstraints(max_length=5_000)]
Story = Annotated[str, STORABLE, StringConstraints(max_length=20_000)]
Tag = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=40)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]

_HOURS_OF_A_DAY = 24


# --- the kinds' own fields -------------------------------------------------------------------------


class LogbookDay(Model):
    """What was done on a day; two lines may stand on one day, a morning here and an afternoon there."""

    on: Day | None = None
    hours: Annotated[float, Field(ge=0.25, le=24, multiple_of=0.25, allow_inf_nan=False)] | None = None
    text: Paragraph = ""
    attachment_ids: Annotated[list[UUID], Field(max_length=3)] = Field(
        default=[], description="photos among the entry's own files; one that is not there is not shown"
    )


class Expectation(Model):
    """A boundary experience: what I thought before, what I think now. They stand side by side, never added up."""

    before_question: Line = Field(
        default="", description="the teacher's own question, which `before` answers; else: what do I know of this work"
    )
    before: Paragraph = ""
    who: Paragraph = Field(default="", description="who do this work, I think, and why")
    looking_forward: Feeling | None = None
    surprised: Paragraph = ""
    after: Paragraph = Field(default="", description="what was different from what I thought")
    list_choice: Literal["on", "off", "unsure"] | None = Field(
        default=None, description="is this work on my list now: put on, taken off, do not know"
    )
    why: Paragraph = Field(default="", description="why on the list, off it, or not yet known")


class ExperienceDetails(Model):
    kind: Literal[Kind.EXPERIENCE] = Kind.EXPERIENCE
    form: ExperienceForm | None = None
    activity_id: UUID | None = Field(default=None, description="the activity of school that it was made of")
    organisation: Line = ""
    hours: Annotated[float, Field(gt=0, le=2_000, allow_inf_nan=False)] | None = Field(
        default=None, description="the sum of the logbook's hours where it has any, whatever is sent"
    )
    logbook: Annotated[list[LogbookDay], Field(max_length=60)] = []
    expectation: Expectation | None = None

    @model_validator(mode="after")
    def _hours_of_the_days(self) -> Self:
        by_day: dict[date, float] = {}
        for day in self.logbook:
            if day.on and day.hours:
                by_day[day.on] = by_day.get(day.on, 0) + day.hours
        if any(hours > _HOURS_OF_A_DAY for hours in by_day.values()):
            raise PydanticCustomError("day_too_long", "more hours on a day than it has")
        if hours := sum(day.hours or 0 for day in self.logbook):
            self.hours = hours
        return self


class WorkSampleDetails(Model):
    kind: Literal[Kind.WORK_SAMPLE] = Kind.WORK_SAMPLE
    occasion: Line = Field(default="", description="subject or occasion")
    together: Literal["alone", "together"] | None = None


class Exchange(Model):
    question: Line
    answer: Paragraph = ""


class InterviewDetails(Model):
    kind: Literal[Kind.INTERVIEW] = Kind.INTERVIEW
    role: Line = Field(default="", description="what the person does; no name needed")
    exchanges: Annotated[list[Exchange], Field(max_length=30)] = []


class ArticleDetails(Model):
    kind: Literal[Kind.ARTICLE] = Kind.ARTICLE
    source: Line = ""
    publisher: Line = ""
    published_on: Day | None = None
    why: Paragraph = Field(default="", description="why I kept it")


class ResultDetails(Model):
    kind: Literal[Kind.RESULT] = Kind.RESULT
    subject: Line = Field(default="", description="subject or test")
    result: Line = Field(default="", description="in the school's own words")
    by: Line = ""


class ReflectionDetails(Model):
    kind: Literal[Kind.REFLECTION] = Kind.REFLECTION
    looks_back_on: Literal["entry", "activity", "period"] | None = None
    entry_id: UUID | None = None
    about: Line = Field(default="", description="the activity or period in words")


Details = Annotated[
    ExperienceDetails | WorkSampleDetails | InterviewDetails | ArticleDetails | ResultDetails | ReflectionDetails,
    Field(discriminator="kind"),
]


class Answer(Model):
    """An answer keeps the question as it was asked: `question_id` with its `version`."""

    question_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
    question_version: Annotated[int, Field(ge=1, le=10_000)]
    competency: Competency | None = None
    question: Line = Field(description="the words that were on screen")
    text: Paragraph = ""
    attachment_id: UUID | None = Field(default=None, description="the spoken or filmed answer")
    skipped: bool = False


class EntryContent(Model):
    """All that the pupil writes. A draft may be unfinished; sharing asks for a title."""

    title: Title = ""
    happened_on: Day | None = None
    ended_on: Day | None = None
    body: Story = ""
    feeling: Feeling | None = None
    details: Details
    answers: Annotated[list[Answer], Field(max_length=20)] = []
    competencies: Annotated[list[Competency], Field(max_length=5)] = []
    work_fields: Annotated[list[WorkField], Field(max_length=5)] = []
    tags: Annotated[list[Tag], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.ended_on and self.happened_on and self.ended_on < self.happened_on:
            raise PydanticCustomError("end_before_start", "the end lies before the start")
        return self


class EntryReceipt(Model):
    """What a write answers with; `version` is also the ETag."""

    id: UUID
    version: int
    state: EntryState
    ring: int
    updated_at: datetime


class Audience(Model):
    """Who may see the entry: 0 only me, 1 school, 2 school and home."""

    ring: Annotated[int, Field(ge=0, le=2)]


# --- shown -----------------------------------------------------------------------------------------


class OpenQuestion(Model):
    """A question back that waits for the pupil."""

    author_name: str
    text: str
    created_at: datetime


class EntryCard(Model):
    """An entry in a timeline, a queue or a parent's page."""

    id: UUID
    kind: Kind
    state: EntryState
    ring: int
    title: str
    happened_on: date | None
    ended_on: date | None
    school_year: int
    form: ExperienceForm | None
    hours: float | None
    organisation: str
    work_fields: list[WorkField]
    competencies: list[Competency]
    excerpt: str = Field(description="first 200 characters of what was told")
    different: bool = Field(description="a boundary experience: the pupil wrote what surprised, or what was different")
    attachments: list[AttachmentOut]
    open_question: OpenQuestion | None
    feedback_count: int
    version: int
    updated_at: datetime
    shared_at: datetime | None


class PortfolioYear(Model):
    """A school year of this pupil, newest first."""

    school_year: int
    school_name: str | None
    group_name: str | None
    level: Level | None
    study_year: int | None
    entry_count: int


class PortfolioPupil(PersonRef):
    school: SchoolRef | None
    group: GroupRef | None


class PortfolioPage(Model):
    """A page of a portfolio, newest first; pupil and years come with every page."""

    pupil: PortfolioPupil
    viewer: Literal["self", "school", "home"]
    years: list[PortfolioYear]
    items: list[EntryCard]
    next_cursor: str | None


class FeedbackOut(Model):
    id: UUID
    kind: FeedbackKind
    voice: Voice
    author: PersonRef
    text: str
    reaction: ReactionCode | None
    version: int
    created_at: datetime
    own: bool


class Rights(Model):
    """What this viewer may do with this entry now; the screen offers only that."""

    edit: bool
    audience: list[int] = Field(description="rings this viewer may choose")
    feedback: bool
    ask_back: bool
    mark_seen: bool
    react: bool


class EntryPage(Model):
    """One entry with everything on it."""

    id: UUID
    pupil: PortfolioPupil
    kind: Kind
    state: EntryState
    ring: int
    title: str
    happened_on: date | None
    ended_on: date | None
    school_year: int
    body: str
    feeling: Feeling | None
    details: Details
    answers: list[Answer]
    competencies: list[Competency]
    work_fields: list[WorkField]
    tags: list[str]
    attachments: list[AttachmentOut]
    feedback: list[FeedbackOut]
    shared_with: SchoolRef | None
    home_open: bool = Field(description="whether ring 2 reaches anyone: by age, or by the pupil's yes")
    viewer: Literal["self", "school", "home"]
    rights: Rights
    version: int
    version_count: int
    created_at: datetime
    updated_at: datetime
    shared_at: datetime | None
    seen_at: datetime | None


class VersionOut(Model):
    version: int
    made_at: datetime
    content: dict[str, Any] = Field(description="as EntryContent")


class VersionList(Model):
    items: list[VersionOut]


class EntryCardList(Model):
    items: list[EntryCard]


class RunningLogbook(Model):
    """A logbook of one's own that a day can be added to."""

    id: UUID
    title: str
    organisation: str
    work_fields: list[WorkField]
    days: int = Field(description="days of which something is written")
    hours: float | None
    today: bool = Field(description="whether something is written of today")
    over: bool = Field(description="the last day has been, and a day before it is still open")


class RunningLogbooks(Model):
    items: list[RunningLogbook]


class QueueItem(Model):
    pupil: PersonRef
    group: GroupRef | None
    entry: EntryCard
    answered: bool = Field(description="shared again as an answer to a question back")


class ReviewQueue(Model):
    """What waits for a teacher, oldest first."""

    items: list[QueueItem]
    total: int
    next_cursor: str | None


class FeedbackIn(Model):
    """Words of staff (`comment`, `ask_back`), of the pupil (`answer`), or a parent's `reaction`, also without words."""

    id: UUID
    kind: FeedbackKind
    text: Annotated[str, STORABLE, StringConstraints(max_length=2_000)] = ""
    reaction: ReactionCode | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.kind is FeedbackKind.REACTION:
            if self.reaction is None:
                raise PydanticCustomError("reaction_missing", "a reaction is chosen from the list")
        elif not self.text or self.reaction is not None:
            raise PydanticCustomError("text_missing", "feedback is in words")
        return self
