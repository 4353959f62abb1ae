"""Reference data as it goes out: names in the reader's language."""

from collections.abc import Iterable

from pydantic import Field

from app.platform.http import Model
from app.reference.catalogue import Question, in_language
from app.reference.codes import Band, Competency, ExperienceForm, Feeling, HomeLanguage, Kind, ReactionCode, WorkField


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


def shown(questions: Iterable[Question], language: str) -> list[QuestionOut]:
    """Questions in English for who reads that, else in Dutch."""
    return [
        QuestionOut(id=item.id, version=item.version, competency=item.competency, text=in_language(item.text, language))
        for item in questions
    ]


class PackagedQuestion(Model):
    """A question of the product, with what it is for."""

    id: str
    version: int
    band: Band
    competency: Competency | None
    text: str
    havo_vwo: str | None = Field(description="how havo and vwo ask it, where that is another question")
    kinds: list[Kind] = Field(description="none: all")
    forms: list[ExperienceForm] = Field(description="of an experience; none: all")


class QuestionSets(Model):
    """The product's own questions, by age band and competency."""

    items: list[PackagedQuestion]


class CardWordingOut(Model):
    """The words of a card in one version, in all languages: two of them stand on the screen at once."""

    version: int
    title: dict[HomeLanguage, str]
    home: dict[HomeLanguage, str] = Field(description="what the parent is asked")
    child: dict[HomeLanguage, str] = Field(description="what the child is asked")


class HomeworkCardOut(CardWordingOut):
    code: str
    bands: list[Band]
    earlier: list[CardWordingOut] = Field(description="as it was asked before, for answers of then")


class HomeworkCards(Model):
    """All cards for child and parent together, in the order to show them."""

    items: list[HomeworkCardOut]
