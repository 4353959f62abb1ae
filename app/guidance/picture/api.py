"""The talent picture: read as one page, changed word by word."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access.viewer import Write, page
from app.guidance.picture import actions, queries
from app.guidance.picture.schemas import Picture, WordChange, WordGiven, WordReceipt
from app.platform.errors import problems

router = APIRouter(prefix="/v1", tags=["picture"])


@router.get("/pupils/{pupil_id}/picture", response_model=Picture, responses=problems(401, 404, 422))
async def read_picture(request: Request, pupil_id: UUID) -> Response:
    """The pupil's talent picture as far as the viewer may see it; the look is logged."""
    return await page(request, queries.PICTURE, pupil_id=pupil_id)


@router.post("/entries/{entry_id}/words", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def give_word(tx: Write, entry_id: UUID, given: WordGiven) -> WordReceipt:
    """A word for what an entry shows, by its pupil, school or home; or, noted by its pupil, by somebody outside."""
    return await actions.give(tx, entry_id, given)


@router.delete("/words/{word_id}", status_code=204, responses=problems(401, 404, 422))
async def take_word_back(tx: Write, word_id: UUID) -> None:
    """Removes a word that one gave."""
    await actions.take_back(tx, word_id)


@router.put("/me/words", status_code=204, responses=problems(401, 422))
async def choose_word(tx: Write, change: WordChange) -> None:
    """How a word stands in one's own picture: hidden, under another name, or as it was given."""
    await actions.choose(tx, change)
