"""Questions that are asked, the set of a school, and earlier answers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response

from app.access.viewer import Write, page
from app.guidance.questions import actions, queries
from app.guidance.questions.schemas import (
    AskedQuestions,
    EarlierAnswers,
    QuestionId,
    SchoolQuestionContent,
    SchoolQuestionReceipt,
    SchoolQuestions,
)
from app.platform.errors import problems
from app.platform.http import with_etag
from app.platform.i18n import locale_of
from app.portfolio.api import IfMatch
from app.reference.codes import ExperienceForm, Kind

router = APIRouter(prefix="/v1", tags=["questions"])

QuestionIds = Annotated[list[QuestionId], Query(alias="questionId", min_length=1, max_length=20)]


@router.get("/me/questions", responses=problems(401, 404, 422))
async def list_my_questions(
    tx: Write,
    kind: Kind,
    form: ExperienceForm | None = None,
    rotation: Annotated[int, Query(ge=0, le=10_000, description="start further on in each competency")] = 0,
    accept_language: Annotated[str | None, Header()] = None,
) -> AskedQuestions:
    """The questions for the signed-in pupil after something of this kind: the school's own first, then the product's.

    They are those of the pupil's age band and level today.
    """
    return await queries.asked(tx, kind, form, rotation, locale_of(accept_language))


@router.get("/me/answers", response_model=EarlierAnswers, responses=problems(401, 404, 422))
async def list_my_answers(
    request: Request,
    question_ids: QuestionIds,
    before_entry: Annotated[UUID | None, Query(alias="beforeEntry", description="only of entries before it")] = None,
) -> Response:
    """What one answered to these questions before, in any version of them."""
    return await page(request, queries.MY_ANSWERS, question_ids=question_ids, before_entry=before_entry)


@router.get(
    "/entries/{entry_id}/earlier-answers", response_model=EarlierAnswers, responses=problems(401, 403, 404, 422)
)
async def list_earlier_answers(request: Request, entry_id: UUID) -> Response:
    """What the pupil answered before to the questions of this entry, in entries that one may see."""
    return await page(request, queries.EARLIER, entry_id=entry_id)


@router.get("/schools/{school_id}/questions", response_model=SchoolQuestions, responses=problems(401, 404, 422))
async def list_school_questions(request: Request, school_id: UUID) -> Response:
    """The school's own questions, with every wording they had; for its teachers and deans."""
    return await page(request, queries.SET, school_id=school_id)


@router.put(
    "/schools/{school_id}/questions/{question_id}",
    responses={201: {"model": SchoolQuestionReceipt}, **problems(401, 403, 404, 409, 412, 422)},
)
async def put_school_question(
    tx: Write,
    response: Response,
    school_id: UUID,
    question_id: UUID,
    content: SchoolQuestionContent,
    if_match: IfMatch = None,
) -> SchoolQuestionReceipt:
    """Adds a question under the id that the device made (201), or makes its next version from that in `If-Match`."""
    receipt, is_new = await actions.put(tx, school_id, question_id, content, if_match)
    response.status_code = 201 if is_new else 200
    return with_etag(response, receipt)


@router.post("/schools/{school_id}/questions/{question_id}/withdraw", responses=problems(401, 403, 404, 412, 422, 428))
async def withdraw_school_question(
    tx: Write, response: Response, school_id: UUID, question_id: UUID, if_match: IfMatch = None
) -> SchoolQuestionReceipt:
    """It is asked no more; answers keep it. Again changes nothing."""
    return with_etag(response, await actions.withdraw(tx, school_id, question_id, if_match))


@router.post(
    "/schools/{school_id}/questions/{question_id}/bring-back", responses=problems(401, 403, 404, 409, 412, 422, 428)
)
async def bring_back_school_question(
    tx: Write, response: Response, school_id: UUID, question_id: UUID, if_match: IfMatch = None
) -> SchoolQuestionReceipt:
    """It is asked again. Again changes nothing."""
    return with_etag(response, await actions.bring_back(tx, school_id, question_id, if_match))
