"""Reference data as it goes out: names in the reader's language."""

from app.platform.http import Model
from app.reference.codes import Competency, ExperienceForm, Feeling, Kind, ReactionCode, WorkField


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
