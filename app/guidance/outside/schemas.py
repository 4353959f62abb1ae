"""What goes in and out where somebody from outside is asked, agreed to, and says something."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Secret, StrictBool, StringConstraints

from app.access.invitations.schemas import MailAddress
from app.guidance.outside.models import AnswerState, Side
from app.media.models import MediaKind
from app.people.schemas import PersonRef
from app.platform.http import STORABLE, VISIBLE, Model

# Lengths first: the person then reads that a text is too long, not that there are too many of something.
Who = Annotated[str, StringConstraints(min_length=1, max_length=80), STORABLE, VISIBLE]
Words = Annotated[str, StringConstraints(max_length=2_000), STORABLE]
Word = Annotated[str, StringConstraints(min_length=1, max_length=40), STORABLE, VISIBLE]
OutsideLanguage = Literal["nl", "en", "tr", "pl", "ar", "bg"]


class LinkState(StrEnum):
    """How a link stands today.

    `waiting`: school or home has not said yes. `ready`: may go and has not gone. `on_its_way`, `bounced`: the address
    refused it. `answered`: something waits for the pupil. `closed`: what it is about cannot be seen from outside now.
    """

    WAITING = "waiting"
    READY = "ready"
    SENT = "sent"
    BOUNCED = "bounced"
    ANSWERED = "answered"
    CLOSED = "closed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    DECIDED = "decided"


class LinkAsked(Model):
    """Whom the pupil asks about which own experience, and what comes along."""

    entry_id: UUID
    who: Who = Field(description="what they are to the pupil: 'mijn begeleider bij de bakker'")
    to: MailAddress
    language: OutsideLanguage = "nl"
    days: Annotated[int, Field(ge=1, le=90)] = 30
    shown_answers: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]], Field(max_length=20)
    ] = Field(default=[], description="ids of the questions whose answers come along; none by itself")
    shows_logbook: StrictBool = False


class LinkReceipt(Model):
    """`going`: the mail is on its way; else others say yes first."""

    id: UUID
    going: bool


class OutsideSaid(Model):
    """What somebody from outside said."""

    said_by: str
    good: str
    grew: str
    tip: str
    words: list[str]
    sent_at: datetime
    version: int
    state: AnswerState
    told_at: datetime | None = Field(description="the pupil let the mentor read what they do not want")


class Yes(Model):
    """Whether a side has said yes; who that was is not told."""

    side: Side
    answer: Literal["yes", "no"] | None


class OwnLink(Model):
    """A link as its pupil sees it."""

    id: UUID
    entry_id: UUID
    entry_title: str
    who: str
    to: str | None = Field(description="none once it was removed, some days after the end")
    state: LinkState
    asked_at: datetime
    until: date
    mailed_at: datetime | None
    needs: list[Yes] = Field(description="empty from 16 on")
    answer: OutsideSaid | None


class OwnLinks(Model):
    items: list[OwnLink]


class EntryLink(Model):
    """A link at an entry, for who may see that entry; what was said once the pupil took it in."""

    id: UUID
    who: str
    asked_at: datetime
    answer: OutsideSaid | None


class EntryOutside(Model):
    """Who was asked about an entry, newest first. `own` for its pupil, `items` for the others."""

    own: list[OwnLink] | None
    items: list[EntryLink]


class Request(Model):
    """What a mentor or a parent is asked to agree to, or agreed to."""

    id: UUID
    pupil: PersonRef
    who: str
    to: str | None
    entry_id: UUID | None = Field(description="where one may see it")
    entry_title: str | None
    side: Side
    asked_at: datetime
    until: date
    shows_answers: bool
    shows_logbook: bool
    own: Literal["yes", "no"] | None
    version: int = Field(description="of the text that is answered")


class Requests(Model):
    """Those that wait first, then by date."""

    items: list[Request]


class RequestAnswer(Model):
    """The answer to the text of this version."""

    version: int
    answer: Literal["yes", "no"]


class Decided(Model):
    """What the pupil does with an answer; with `hidden` the mentor may be let to read it."""

    decision: Literal[AnswerState.ACCEPTED, AnswerState.LEFT_OUT, AnswerState.HIDDEN]
    tell_mentor: StrictBool = False


class DecisionReceipt(Model):
    id: UUID
    state: AnswerState
    version: int


# --- who holds a link ------------------------------------------------------------------------------


class LinkHeld(Model):
    """What stands behind the # of the address."""

    link: Secret[Annotated[str, StringConstraints(min_length=1, max_length=100)]]


class CodeTyped(Model):
    code: Secret[Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=20)]]


class CodeMailed(Model):
    """A code is on its way; it works in this browser."""

    minutes: int


class OutsideOpened(Model):
    """The code was right; the page is open for so long."""

    minutes: int


class OutsideDay(Model):
    on: date | None
    text: str


class OutsideShownAnswer(Model):
    question: str
    text: str


class OutsideFile(Model):
    id: UUID
    kind: MediaKind
    name: str
    alt: str
    size: int
    caution: str | None
    has_thumbnail: bool
    width: int | None
    height: int | None


class OutsideAnswerIn(Model):
    """The three questions, each may stay empty but not all; at most three words."""

    said_by: Who
    good: Words = ""
    grew: Words = ""
    tip: Words = ""
    words: Annotated[list[Word], Field(max_length=3)] = []


class OutsideAnswerOut(Model):
    said_by: str
    good: str
    grew: str
    tip: str
    words: list[str]
    version: int


class OutsidePage(Model):
    """The one experience, as far as the pupil shows it: a given name, the name of the school, and nothing else."""

    given_name: str
    school: str
    who: str
    locale: OutsideLanguage
    until: date
    title: str
    happened_on: date | None
    ended_on: date | None
    body: str
    form: str | None
    organisation: str
    hours: float | None
    logbook: list[OutsideDay]
    answers: list[OutsideShownAnswer]
    files: list[OutsideFile]
    answer: OutsideAnswerOut | None


class OutsideReceipt(Model):
    version: int
