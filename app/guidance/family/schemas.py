"""A parent's page as it is read, and that it was seen."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.access.consents.schemas import ConsentState
from app.guidance.conversations.schemas import ConversationItem
from app.people.schemas import ChildState, GroupRef, SchoolRef
from app.platform.http import Model
from app.portfolio.schemas import EntryCard
from app.reference.codes import WorkField


class ChildNews(Model):
    """What came since this parent last saw the page of the child, in numbers that the screen says in words."""

    since: datetime
    stories: int = Field(description="shared with home since then")
    replies: int = Field(description="what school said at stories that home sees")
    homework: int = Field(description="cards that the child shared since then")
    talks: int = Field(description="records of talks that the child agreed to since then")


class CardReady(Model):
    """The first card that school put ready and nobody of home or the child began."""

    id: UUID
    card: str
    on_day: date


class Child(Model):
    """A child on the parent's page, without a name while the school has not confirmed the link (`waiting`).

    `closed`: no custody and not opened by the school; `pupil_decides`: 16 or older and no yes.
    """

    id: UUID
    name: str | None
    given_name: str | None
    state: ChildState
    since: date = Field(description="the day on which the parent asked, or the school's register said so")
    school: SchoolRef | None
    group: GroupRef | None
    home_closes_on: date | None = Field(description="the birthday, within 30 days, on which the pupil decides")
    recognisable: ConsentState | None = Field(description="photos and films; none while the page is closed")
    may_answer: bool = Field(description="whether this guardian decides about that")
    news: ChildNews | None = Field(description="none at the first visit, and while the page is closed")
    fields: list[WorkField] = Field(description="kinds of work of which home sees something, the newest first")
    talk: ConversationItem | None = Field(description="the first to come to which this parent is invited")
    card_ready: CardReady | None
    items: list[EntryCard] = Field(description="the newest five")
    total: int


class HomePage(Model):
    """`as_of` is what a parent has seen up to, once the page was on screen."""

    as_of: datetime
    children: list[Child]


class Seen(Model):
    """The page of a child was on screen, as it was at this moment (`asOf`)."""

    as_of: datetime
