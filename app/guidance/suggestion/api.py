"""The suggestion: read by the pupil, answered by the pupil."""

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.suggestion import actions, queries
from app.guidance.suggestion.schemas import FieldChoiceChange, SuggestionPage
from app.platform.errors import problems
from app.reference.codes import WorkField

router = APIRouter(prefix="/v1", tags=["picture"])


@router.get("/me/suggestion", response_model=SuggestionPage, responses=problems(401, 404))
async def read_suggestion(request: Request) -> Response:
    """One kind of work that the signed-in pupil has not seen, for which something is planned; or nothing."""
    return await page(request, queries.SUGGESTION)


@router.put("/me/fields/{field}", status_code=204, responses=problems(401, 422))
async def choose_field(tx: Write, field: WorkField, change: FieldChoiceChange) -> None:
    """Whether one wants to be pointed to a kind of work. Nobody else sees it."""
    await actions.choose(tx, field, change)
