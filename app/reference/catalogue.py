"""The reference data of the product, read once from the files beside this one."""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from app.platform.i18n import DEFAULT
from app.reference.codes import (
    Band,
    Competency,
    ExperienceForm,
    Feeling,
    HomeLanguage,
    Kind,
    PurposeCode,
    ReactionCode,
    WorkField,
)

T = TypeVar("T")
SchoolLevel = Literal["po", "vmbo", "havo", "vwo", "mbo"]


class Named(BaseModel):
    """A code with its name per language (ISO 639-1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    name: dict[str, str]


class NamedForm(Named):
    code: ExperienceForm


class NamedFeeling(Named):
    code: Feeling


class NamedReaction(Named):
    code: ReactionCode


class Field(Named):
    """A kind of work; `domains` are the domains of vocational education in the source report that it gathers.

    `near` are the kinds of work that lie beside it, each of the other.
    """

    code: WorkField
    icon: str
    domains: list[str]
    near: list[WorkField]


class CareerCompetency(Named):
    """One of the five; `question` is how a child would ask it."""

    code: Competency
    question: dict[str, str]


class EntryKind(Named):
    """A kind of entry; `phrase` is how a child says it, `competencies` go from what fits best to what fits least."""

    code: Kind
    phrase: dict[str, str]
    competencies: list[Competency]


class Purpose(BaseModel):
    """What consent is asked for, in the words of its newest version; another wording is another version.

    It is asked from the age `applies_from` on; guardians decide until `guardians_until`. `text` is for them, `self` for
    the pupil.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: PurposeCode
    version: int
    guardians_until: int
    applies_from: int
    title: dict[str, str]
    text: dict[str, str]
    self: dict[str, str]


class TemplateQuestion(BaseModel):
    """One of the two of an activity: in these words, or (null) what fits the age."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    competency: Competency
    text: dict[str, str] | None


class ActivityTemplate(BaseModel):
    """An activity to start planning from: for which bands it is usual, by signing up or not, for how many days."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    title: dict[str, str]
    form: ExperienceForm
    bands: list[Band]
    work_fields: list[WorkField]
    bring: dict[str, str]
    ask_before: dict[str, str]
    questions: list[TemplateQuestion]
    sign_up: bool
    logbook: bool
    days: int


class Wording(BaseModel):
    """The words of a question in a version before the one of today."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    text: dict[str, str]


class Question(BaseModel):
    """A question as it is asked now; another wording is another version, and the words of before stay in `earlier`.

    It fits the kinds of entries in `kinds` (none named: all). Of experiences it fits the forms in `forms` (none
    named: all) that are not in `not_forms`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: int
    competency: Competency | None
    kinds: tuple[Kind, ...] = ()
    forms: tuple[ExperienceForm, ...] = ()
    not_forms: tuple[ExperienceForm, ...] = ()
    text: dict[str, str]
    earlier: tuple[Wording, ...] = ()

    def fits(self, kind: Kind, form: ExperienceForm | None = None) -> bool:
        """Whether it makes sense after something of this kind, and for an experience of this form."""
        if self.kinds and kind not in self.kinds:
            return False
        if kind is not Kind.EXPERIENCE:
            return True
        return form not in self.not_forms and (not self.forms or form in self.forms)


class Replacement(Question):
    """How havo and vwo ask the question `replaces`: of a profile and a study."""

    replaces: str


class CardWording(BaseModel):
    """The words of a card: what it is called, what the parent is asked and what the child is asked, per language."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    title: dict[HomeLanguage, str]
    home: dict[HomeLanguage, str]
    child: dict[HomeLanguage, str]


class HomeworkCard(CardWording):
    """A card as it is asked now, and for which bands; another wording is another version, that of before is kept."""

    code: str
    bands: list[Band]
    earlier: tuple[CardWording, ...] = ()


def in_language(text: dict[str, str], language: str) -> str:
    """A text for this reader. What school asks is there in Dutch and English: who reads another language gets Dutch."""
    return text.get(language, text[DEFAULT])


def _data(name: str) -> Any:
    return json.loads(files("app.reference").joinpath("data", name).read_text("utf-8"))


@cache
def work_fields() -> list[Field]:
    """The fields in the order of the screens."""
    return [Field.model_validate(item) for item in _data("work_fields.json")["fields"]]


@cache
def competencies() -> list[CareerCompetency]:
    """The five career competencies."""
    return [CareerCompetency.model_validate(item) for item in _data("competencies.json")]


@cache
def kinds() -> list[EntryKind]:
    """The six kinds of entries."""
    return [EntryKind.model_validate(item) for item in _data("kinds.json")]


@cache
def forms() -> list[NamedForm]:
    """Forms of experiences."""
    return [NamedForm.model_validate(item) for item in _data("forms.json")]


@cache
def feelings() -> list[NamedFeeling]:
    """Five faces, from not nice to very nice."""
    return [NamedFeeling.model_validate(item) for item in _data("feelings.json")]


@cache
def reactions() -> list[NamedReaction]:
    """What a parent can say with one tap."""
    return [NamedReaction.model_validate(item) for item in _data("reactions.json")]


@cache
def _sets() -> dict[Band, list[Question]]:
    return {
        Band(one["band"]): [Question.model_validate(item) for item in one["questions"]]
        for one in _data("question_sets.json")["sets"]
    }


@cache
def _havo_vwo() -> dict[str, Question]:
    items = [Replacement.model_validate(item) for item in _data("question_sets.json")["havo_vwo"]]
    return {item.replaces: item for item in items}


@cache
def boundary_questions(when: Literal["before", "after"]) -> list[Question]:
    """For an experience outside the known: what do you think beforehand, what do you think now."""
    return [Question.model_validate(item) for item in _data("question_sets.json")["boundary"][when]]


@cache
def purposes() -> list[Purpose]:
    """What consent is asked for."""
    return [Purpose.model_validate(item) for item in _data("consents.json")]


def purpose_of(code: PurposeCode) -> Purpose:
    """One of them."""
    return next(purpose for purpose in purposes() if purpose.code is code)


@cache
def activity_templates() -> tuple[int, list[ActivityTemplate]]:
    """The version of the file, and its templates in the order of the screens."""
    read = _data("activity_templates.json")
    return read["version"], [ActivityTemplate.model_validate(item) for item in read["templates"]]


@cache
def homework_cards() -> list[HomeworkCard]:
    """The cards for child and parent together, in the order of the screens."""
    return [HomeworkCard.model_validate(item) for item in _data("homework_cards.json")]


def question_set(band: Band) -> list[Question]:
    """All questions of a band, by competency; those of havo and vwo are in `replacements`."""
    return list(_sets()[band])


def replacements() -> dict[str, Question]:
    """How havo and vwo ask some questions, by the id of the question that they replace."""
    return dict(_havo_vwo())


def questions_for(
    band: Band, kind: Kind, rotation: int = 0, level: str | None = None, form: ExperienceForm | None = None
) -> list[Question]:
    """The questions of a band that fit, in the order to ask them: each next one from another competency, best first.

    `rotation` (0, 1, …) starts every competency at its next question, so that who adds more is not asked the same.
    havo and vwo get their own wording of some questions. A competency with nothing that fits is left out.
    """
    columns = columns_for(band, kind, rotation, level, form)
    return in_turn([columns[code] for code in competencies_for(kind)])


def competencies_for(kind: Kind) -> list[Competency]:
    """From what fits this kind best to what fits it least."""
    return next(item.competencies for item in kinds() if item.code is kind)


def columns_for(
    band: Band, kind: Kind, rotation: int = 0, level: str | None = None, form: ExperienceForm | None = None
) -> dict[Competency, list[Question]]:
    """The questions that fit, by competency, each list turned `rotation` places."""
    theirs = _havo_vwo() if level in ("havo", "vwo") else {}
    fitting = [theirs.get(question.id, question) for question in _sets()[band] if question.fits(kind, form)]
    return {
        code: turned([question for question in fitting if question.competency is code], rotation) for code in Competency
    }


def turned(items: list[T], rotation: int) -> list[T]:
    """The same list, started `rotation` places further on."""
    start = rotation % len(items) if items else 0
    return items[start:] + items[:start]


def in_turn(columns: list[list[T]]) -> list[T]:
    """The first of every column, then the second of every column, and so on."""
    deepest = max(map(len, columns), default=0)
    return [column[place] for place in range(deepest) for column in columns if place < len(column)]


def age_band(level: str, study_year: int) -> Band:
    """The band of a group: A primary school, B the first two years after it, C the later ones, D mbo."""
    if level == "po":
        return Band.A
    if level == "mbo":
        return Band.D
    return Band.B if study_year <= 2 else Band.C


@cache
def school_holidays() -> tuple[tuple[date, date], ...]:
    """School holidays of the region that The Hague is in, as (first day, last day); the source stands in the file."""
    days = _data("school_holidays.json")["holidays"]
    return tuple((date.fromisoformat(one["from"]), date.fromisoformat(one["until"])) for one in days)


def in_school_holiday(day: date) -> bool:
    """Whether schools in The Hague have a holiday; no where the dates of that year are not known here."""
    return any(first <= day <= last for first, last in school_holidays())
