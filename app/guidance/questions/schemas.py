"""Questions as a school writes them, as a pupil is asked them, and earlier answers."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from app.media.models import MediaKind
from app.people.models import Level
from app.people.schemas import SchoolRef
from app.platform.http import STORABLE, VISIBLE, Model
from app.reference.codes import Band, Competency, Kind
from app.reference.schemas import QuestionOut

QuestionText = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=200)]
QuestionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]


def _bands(chosen: list[Band]) -> list[Band]:
    return [band for band in Band if band in chosen]


def _kinds(chosen: list[Kind]) -> list[Kind]:
    return [kind for kind in Kind if kind in chosen]


class SchoolQuestionContent(Model):
    """A question in the school's own words, and whom it is for."""

    bands: Annotated[list[Band], Field(min_length=1, max_length=4), AfterValidator(_bands)]
    competency: Competency
    kinds: Annotated[list[Kind], Field(max_length=6, description="none: all"), AfterValidator(_kinds)] = []
    text: QuestionText


class SchoolQuestionReceipt(Model):
    """What a write answers with; `version` is also the ETag."""

    id: UUID
    version: int
    withdrawn: bool


class SchoolQuestionBefore(Model):
    """An earlier version of a question."""

    version: int
    content: SchoolQuestionContent
    since: datetime
    by: str


class SchoolQuestionOut(SchoolQuestionContent):
    """A question of a school, with its earlier versions, the newest first."""

    id: UUID
    version: int
    since: datetime
    by: str = Field(description="who made this version")
    withdrawn_at: datetime | None
    before: list[SchoolQuestionBefore]


class SchoolQuestions(Model):
    """The questions of a school, those that are asked and those that were."""

    school: SchoolRef
    bands: list[Band] = Field(description="of the groups of this school year")
    may_change: bool
    items: list[SchoolQuestionOut]


class AskedQuestion(QuestionOut):
    """A question that a pupil is asked."""

    of_school: bool = Field(description="a question of the pupil's own school")


class AskedQuestions(Model):
    """In the order to ask them: the first two come from different competencies."""

    items: list[AskedQuestion]
    before: list[QuestionOut] = Field(description="for a boundary experience, beforehand")
    after: list[QuestionOut] = Field(description="for a boundary experience, afterwards")


class AnswerFile(Model):
    """What was said or filmed as an answer."""

    id: UUID
    kind: MediaKind


class AnsweredIn(Model):
    """The entry that an answer stands in, and in which year of school that was, where this viewer may know."""

    id: UUID
    title: str
    on: date
    level: Level | None
    study_year: int | None


class EarlierAnswer(Model):
    """What was answered before to the same question, in the words in which it was asked then."""

    question_id: str
    question_version: int
    question: str
    text: str
    file: AnswerFile | None = Field(description="what was said or filmed, once it is ready")
    entry: AnsweredIn


class EarlierAnswers(Model):
    """At most three to a question, the newest first."""

    items: list[EarlierAnswer]
