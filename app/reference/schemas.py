"""Reference data as it goes out: names in the reader's language."""

from pydantic import Field

from app.platform.http import Model
from app.reference.codes import Band, Competency, ExperienceForm, Feeling, Kind, ReactionCode, WorkField


class WorkFieldOut(Model):
    code: WorkField
    name: str
    icon: str


class CompetencyOut(Model):
    code: Competency
    name: str
    question: str


class KindOut(Model):
    code: Kind
    name: str
    phrase: str


class FormOut(Model):
    code: ExperienceForm
    name: str


class FeelingOut(Model):
    code: Feeling
    name: str


class ReactionOut(Model):
    code: ReactionCode
    name: str


class Reference(Model):
    """All lists that the screens choose from, in the order to show them."""

    work_fields: list[WorkFieldOut]
    competencies: list[CompetencyOut]
    kinds: list[KindOut]
    forms: list[FormOut]
    feelings: list[FeelingOut]
    reactions: list[ReactionOut]


class QuestionOut(Model):
    id: str
    version: int
    competency: Competency | None
    text: str


class QuestionList(Model):
    """In the order to ask them: the first two come from different competencies."""

    items: list[QuestionOut]
    before: list[QuestionOut]
    after: list[QuestionOut]


class TemplateQuestionOut(Model):
    competency: Competency
    text: str | None = Field(description="null: the question of this competency that fits the pupil's age")


class TemplateOut(Model):
    """An activity to start planning from."""

    code: str
    title: str
    form: ExperienceForm
    bands: list[Band] = Field(description="for whom it is usual")
    work_fields: list[WorkField]
    bring: str
    ask_before: str
    questions: list[TemplateQuestionOut]
    sign_up: bool
    logbook: bool
    days: int = Field(description="how many days it usually takes")


class TemplateList(Model):
    version: int
    items: list[TemplateOut]
