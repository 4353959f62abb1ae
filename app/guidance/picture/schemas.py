"""The talent picture as it is shown and changed."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from app.guidance.picture.models import WordVoice
from app.people.schemas import PersonRef
from app.platform.http import STORABLE, VISIBLE, Model
from app.portfolio.models import EntryState
from app.portfolio.schemas import Expectation, PortfolioPupil, PortfolioYear
from app.reference.codes import Competency, Feeling, Kind, WorkField

Word = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Role = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]


class Evidence(Model):
    """An entry, as far as the picture is drawn from it."""

    id: UUID
    kind: Kind
    state: EntryState
    title: str
    on: date
    school_year: int
    work_fields: list[WorkField]
    competencies: list[Competency]
    feeling: Feeling | None
    expectation: Expectation | None


class Said(Model):
    """Who gave a word, and at which entry."""

    voice: WordVoice
    entry_id: UUID
    by: PersonRef | None = Field(description="who wrote it down; null for a tag of the pupil, and what came by a link")
    said_by: str | None = Field(description="who said it outside, by what they are to the pupil")
    themselves: bool = Field(description="said outside, and written there: it came by a link")
    word_id: UUID | None = Field(description="where it is the viewer's own, to take it back")


class WordOut(Model):
    """A word, with everybody who gave it; the newest first."""

    key: str
    word: str
    hidden: bool = Field(description="only the pupil knows of it")
    said: list[Said]


class Picture(Model):
    """All that a pupil's talent picture is made of, as far as this viewer may see it; oldest entries first."""

    pupil: PortfolioPupil
    viewer: Literal["self", "school", "home"]
    years: list[PortfolioYear]
    entries: list[Evidence]
    words: list[WordOut]


class WordGiven(Model):
    """A word for what an entry shows."""

    word: Word
    said_by: Role | None = Field(
        default=None, description="somebody outside said it: what they are to the pupil, no name needed; the pupil only"
    )


class WordReceipt(Model):
    id: UUID
    word: str


class WordChange(Model):
    """How the pupil wants to have a word: under another name, hidden, or (both empty) as it was given."""

    key: Word
    shown_as: Word | None = None
    hidden: StrictBool = False
