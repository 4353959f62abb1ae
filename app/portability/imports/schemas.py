"""Imports as they are announced, followed and reported."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app.media.models import AttachmentState
from app.platform.http import STORABLE, VISIBLE, Model
from app.portability.imports.models import BringState

MOST_BYTES = 2_000_000_000
"""Of one file from the screen; the command line has no such limit."""


class BringStart(Model):
    """A file that is about to be sent."""

    name: Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=200)]
    size: Annotated[int, Field(gt=0, le=MOST_BYTES)]


class BringPart(Model):
    number: int
    size: int = Field(description="bytes, exactly")
    url: str


class BringPlan(Model):
    """Where each part of the file goes, by PUT, within an hour."""

    id: UUID
    parts: list[BringPart]


class SentPart(Model):
    number: Annotated[int, Field(ge=1, le=10_000)]
    etag: Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=200)]


class BringSent(Model):
    """What the store answered to each part."""

    parts: Annotated[list[SentPart], Field(min_length=1, max_length=1_000)]


class Skipped(Model):
    """Something that was not taken in, and why: a code."""

    what: str
    why: str


class BringReport(Model):
    """What came in and what did not."""

    kind: Literal["own", "leap2a"]
    source: str = Field(description="the system that it comes from")
    of: str = Field(description="whose portfolio the file says it is")
    entries: int
    files: int
    records: int = Field(description="what others said and school kept there, kept as text")
    own: int | None = Field(description="steps, choices, words and pages that are the pupil's own again")
    own_parts: dict[str, int] | None = Field(
        default=None, description="how many of each came in, by the part of the file: steps, words, choiceMoments …"
    )
    entries_before: int = Field(description="were here already, and stayed as they are")
    files_before: int
    shortened: int = Field(description="stories whose title or text was longer than there is room for")
    skipped: list[Skipped]
    skipped_count: int
    unknown: dict[str, int] = Field(description="elements of the file that have no place here, by name")


class BringOut(Model):
    """One import: how far it is, why it was refused, or its report."""

    id: UUID
    state: BringState
    name: str
    made_at: datetime
    done_at: datetime | None
    done: int
    total: int
    refusal: str | None
    report: BringReport | None


class BringList(Model):
    """The newest first."""

    items: list[BringOut]


class BroughtSound(Model):
    """What was said aloud on a card from home; `content.childSound` or `content.homeSound` says by whom."""

    id: UUID
    state: AttachmentState
    refusal: str | None


class BroughtOut(Model):
    """What somebody said, or was kept, elsewhere; `content` as it stood there, `author` in it as text."""

    id: UUID
    part: str
    entry_id: UUID | None
    entry_title: str | None
    content: dict[str, Any]
    sounds: list[BroughtSound]
    brought_at: datetime


class BroughtPage(Model):
    """The newest first, as they stood in their file."""

    items: list[BroughtOut]
    next_cursor: str | None
