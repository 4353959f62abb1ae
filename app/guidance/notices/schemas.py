"""Notices as they are read, and which of them somebody wants."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, Field, StrictBool
from pydantic_core import PydanticCustomError

from app.guidance.notices.models import NoticeKind
from app.platform.http import Model


def _written(value: object) -> object:
    if isinstance(value, str | datetime):
        return value
    raise PydanticCustomError("moment", "a moment is written out")


MomentGiven = Annotated[AwareDatetime, BeforeValidator(_written)]
"""A moment with its time zone, as text: a number is none."""


class NoticeOut(Model):
    """Something happened. The words are the reader's: they stand in the catalogues, by kind."""

    id: UUID
    kind: NoticeKind
    about_id: UUID | None = Field(
        description="the entry, activity, talk, step, card, dossier, group, pupil or school that the kind is about"
    )
    pupil_id: UUID | None
    title: str | None = Field(
        description="what it is called today: of a story or activity its title, of a child a name"
    )
    number: int | None = Field(description="how many there are now, where the kind counts")
    actor: str | None = Field(description="who did it last")
    day: date = Field(
        description="of what it is about, where that has one (a talk, a birthday); else the day it gathers"
    )
    at: datetime
    read: bool


class NoticeCount(Model):
    """For the sign in the bar."""

    unread: int = Field(description="at most 10, which is shown as 9+")
    quiet_until: datetime | None = Field(description="nothing new is shown before, at night and in school holidays")


class NoticePage(NoticeCount):
    """The newest first."""

    items: list[NoticeOut]
    next_cursor: str | None


class ReadAll(Model):
    """Everything up to and including this moment: the newest that was on the screen."""

    until: MomentGiven


class ReadAllDone(Model):
    """How many, and at which moment: that takes it back."""

    read_at: datetime
    count: int


class ReadAllUndone(Model):
    """The moment at which they were marked."""

    read_at: MomentGiven


class NoticeChoice(Model):
    """Whether a kind is told in the app, and counts for the weekly mail."""

    in_app: StrictBool
    by_mail: StrictBool


class NoticeKindSetting(NoticeChoice):
    kind: NoticeKind
    fixed: bool = Field(description="cannot be switched off in the app, and is told in quiet times too")


class NoticeSettings(Model):
    """The kinds that there are for what one is here."""

    items: list[NoticeKindSetting]
