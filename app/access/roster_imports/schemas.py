"""What goes in and out of roster imports."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app.access.roster_imports.models import ImportState
from app.people.schemas import SchoolRef
from app.platform.http import STORABLE, VISIBLE, Model

MOST_BYTES = 50_000_000

Kind = Literal["school", "group", "pupil", "person", "member", "staff", "assignment", "guardian"]


class ImportStart(Model):
    """A file that is about to be sent."""

    name: Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=200)]
    size: Annotated[int, Field(ge=1, le=MOST_BYTES, description="bytes")]


class ImportPlan(Model):
    """Where the file goes: one PUT; its ETag comes back with `read`."""

    id: UUID
    url: str


class ImportSent(Model):
    """The file has arrived."""

    etag: Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=100)]


class ImportApply(Model):
    """Have it done: without broken rows, and though many would end, where that was asked."""

    skip_broken: bool = False
    end_many: bool = False


class Changes(Model):
    """What happens to one kind of thing, with the first fifty names of each."""

    kind: Kind
    added: int = 0
    changed: int = 0
    ended: int = 0
    names_added: list[str] = []
    names_changed: list[str] = []
    names_ended: list[str] = []


class BrokenRow(Model):
    file: str
    line: int = Field(description="from 1; 0: the file as a whole")
    code: str
    value: str


class ManyEnd(Model):
    """So many pupils of a school would end at once."""

    school: str
    ending: int
    running: int


class ImportOut(Model):
    """An import as it stands."""

    id: UUID
    school: SchoolRef
    state: ImportState
    name: str
    made_by: str
    made_at: datetime
    done_at: datetime | None
    progress: int
    refusal: str | None
    pupils: int
    changes: list[Changes]
    problems: list[BrokenRow] = Field(description="the first thousand")
    problem_count: int
    many: list[ManyEnd]
    ignored: dict[str, int]


class ImportList(Model):
    items: list[ImportOut]
