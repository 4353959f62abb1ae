"""Reference data for the screens: the same for everybody, so it may be kept by browsers."""

import hashlib
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from app.platform.errors import problems
from app.platform.i18n import locale_of
from app.reference import catalogue
from app.reference.catalogue import in_language
from app.reference.codes import Band, ExperienceForm, Kind
from app.reference.schemas import (
    CompetencyOut,
    FeelingOut,
    FormOut,
    HomeworkCards,
    KindOut,
    PackagedQuestion,
    QuestionList,
    QuestionSets,
    ReactionOut,
    Reference,
    TemplateList,
    TemplateOut,
    TemplateQuestionOut,
    WorkFieldOut,
    shown,
)

router = APIRouter(prefix="/v1", tags=["reference"])

_KEEP = {"Cache-Control": "public, max-age=3600", "Vary": "Accept-Language"}


@cache
def _reference(language: str) -> tuple[bytes, str]:
    body = Reference(
        work_fields=[
            WorkFieldOut(code=item.code, name=item.name[language], icon=item.icon) for item in catalogue.work_fields()
        ],
        competencies=[
            CompetencyOut(code=item.code, name=item.name[language], question=item.question[language])
            for item in catalogue.competencies()
        ],
        kinds=[
            KindOut(code=item.code, name=item.name[language], phrase=item.phrase[language])
            for item in catalogue.kinds()
        ],
        forms=[FormOut(code=item.code, name=item.name[language]) for item in catalogue.forms()],
        feelings=[FeelingOut(code=item.code, name=item.name[language]) for item in catalogue.feelings()],
        reactions=[ReactionOut(code=item.code, name=item.name[language]) for item in catalogue.reactions()],
    ).model_dump_json()
    return _tagged(body)


@cache
def _templates(language: str) -> tuple[bytes, str]:
    version, templates = catalogue.activity_templates()
    items = [
        TemplateOut(
            code=item.code, title=in_language(item.title, language), form=item.form, bands=item.bands,
            work_fields=item.work_fields, bring=in_language(item.bring, language),
            ask_before=in_language(item.ask_before, language),
            questions=[
                TemplateQuestionOut(competency=one.competency, text=one.text and in_language(one.text, language))
                for one in item.questions
            ],
            sign_up=item.sign_up, logbook=item.logbook, days=item.days,
        )
        for item in templates
    ]  # fmt: skip
    return _tagged(TemplateList(version=version, items=items).model_dump_json())


@cache
def _cards() -> tuple[bytes, str]:
    items = [item.model_dump(mode="json") for item in catalogue.homework_cards()]
    return _tagged(HomeworkCards.model_validate({"items": items}).model_dump_json())


def _tagged(body: str) -> tuple[bytes, str]:
    return body.encode(), f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'


def _kept(body: bytes, etag: str, if_none_match: str | None) -> Response:
    known = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    if etag in known or "*" in known:
        return Response(status_code=304, headers=_KEEP | {"ETag": etag})
    return Response(body, media_type="application/json", headers=_KEEP | {"ETag": etag})


@router.get("/reference", response_model=Reference, responses={304: {"description": "Not changed"}})
async def read_reference(
    accept_language: Annotated[str | None, Header()] = None, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """Work fields, competencies, kinds, forms, feelings and reactions, in the reader's language."""
    return _kept(*_reference(locale_of(accept_language)), if_none_match)


@router.get("/activity-templates", response_model=TemplateList, responses={304: {"description": "Not changed"}})
async def read_templates(
    accept_language: Annotated[str | None, Header()] = None, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """Activities to start planning from, in Dutch or English."""
    return _kept(*_templates(locale_of(accept_language)), if_none_match)


@router.get("/homework-cards", response_model=HomeworkCards, responses={304: {"description": "Not changed"}})
async def read_homework_cards(if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """The cards that child and parent fill in together, in every language of home."""
    return _kept(*_cards(), if_none_match)


@router.get("/questions", response_model=QuestionList, responses=problems(422))
async def list_questions(
    response: Response,
    band: Band,
    kind: Kind,
    form: ExperienceForm | None = None,
    level: catalogue.SchoolLevel | None = None,
    rotation: Annotated[int, Query(ge=0, le=10_000, description="start further on in each competency")] = 0,
    accept_language: Annotated[str | None, Header()] = None,
) -> QuestionList:
    """The product's own questions that fit an age band and a kind of entry, and for an experience its form.

    `before` and `after` are for a boundary experience.
    """
    language = locale_of(accept_language)
    response.headers.update(_KEEP)
    return QuestionList(
        items=shown(catalogue.questions_for(band, kind, rotation, level, form), language),
        before=shown(catalogue.boundary_questions("before"), language),
        after=shown(catalogue.boundary_questions("after"), language),
    )


@router.get("/question-sets", responses=problems(422))
async def list_question_sets(
    response: Response, accept_language: Annotated[str | None, Header()] = None
) -> QuestionSets:
    """All of the product's own questions, with what each of them is for."""
    language = locale_of(accept_language)
    response.headers.update(_KEEP)
    theirs = catalogue.replacements()
    return QuestionSets(
        items=[
            PackagedQuestion(
                id=item.id,
                version=item.version,
                band=band,
                competency=item.competency,
                text=in_language(item.text, language),
                havo_vwo=in_language(theirs[item.id].text, language) if item.id in theirs else None,
                kinds=list(item.kinds),
                forms=list(item.forms),
            )
            for band in Band
            for item in catalogue.question_set(band)
        ]
    )
