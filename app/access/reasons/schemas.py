"""What goes in and out of reasons to look."""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.access.reasons.models import Why
from app.platform.http import STORABLE, Model


class LookReasonIn(Model):
    """Why somebody looks; `note` is needed with `other`, and the pupil reads it."""

    why: Why
    note: Annotated[str, STORABLE, StringConstraints(max_length=200)] = ""

    @model_validator(mode="after")
    def _other_in_words(self) -> Self:
        if self.why == Why.OTHER and len(self.note) < 5:
            raise PydanticCustomError("note_missing", "say it in words")
        return self


class Reason(Model):
    """A reason as the pupil reads it."""

    why: Why
    note: str
