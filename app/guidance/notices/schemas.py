"""Notices as they are read, and which of them somebody wants."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.guidance.notices.models import NoticeKind
from app.platform.http import Model


class NoticeOut(Model):
    """Something happened. The words are the reader's: they stand in the catalogues, by kind."""

    id: UUID
    kind: NoticeKind
    about_id: UUID | None = Field(description="the entry, activity, pupil or school that the kind is about")
    pupil_id: UUID | None
    title: str | None = Field(
        description="what it is called today: of a story or activity its title, of a child a name"
    )
    number: int | None = Field(description="how many there are now, where the kind counts")
    actor: str | None = Field(description="who did it last")
    day: date = Field(description="the day it gathers; with home_closes the birthday")
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

    until: datetime


class ReadAllDone(Model):
    """What to send to take it back."""

    read_at: datetime
    count: int


class NoticeChoice(Model):
    """Whether a kind is told in the app, and counts for the weekly mail."""

    in_app: bool
    by_mail: bool


class NoticeKindSetting(NoticeChoice):
    kind: NoticeKind
    fixed: bool = Field(description="cannot be switched off in the app, and is told in quiet times too")


class NoticeSettings(Model):
    """The kinds that there are for what one is here."""

    items: list[NoticeKindSetting]
