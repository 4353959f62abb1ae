"""The reference data of the product, read once from the files beside this one."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from app.reference.codes import Band, Competency, ExperienceForm, Feeling, Kind, PurposeCode, ReactionCode, WorkField

Language = Literal["nl", "en"]
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


class Question(BaseModel):
    """A question as it was asked since a day; another wording is another version."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: int
    competency: Competency | None
    text: dict[str, str]


class Replacement(Question):
    """How havo and vwo ask the question `replaces`: of a profile and a study."""

    replaces: str


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


def questions_for(band: Band, kind: Kind, rotation: int = 0, level: SchoolLevel | None = None) -> list[Question]:
    """All questions of a band in the order to ask them: each next one from another competency, best fitting first.

    `rotation` (0, 1, …) starts every competency at its next question, so that who adds more is not asked the same.
    havo and vwo get their own wording of some questions.
    """
    theirs = _havo_vwo() if level in ("havo", "vwo") else {}
    fitting = next(item.competencies for item in kinds() if item.code is kind)
    columns = [
        [theirs.get(question.id, question) for question in _sets()[band] if question.competency is code]
        for code in fitting
    ]
    turned = [column[rotation % len(column) :] + column[: rotation % len(column)] for column in columns]
    return [column[place] for place in range(max(map(len, turned))) for column in turned if place < len(column)]


def age_band(level: str, study_year: int) -> Band:
    """The band of a group: A primary school, B the first two years after it, C the later ones, D mbo."""
    if level == "po":
        return Band.A
    if level == "mbo":
        return Band.D
    return Band.B if study_year <= 2 else Band.C
