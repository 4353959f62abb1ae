"""What goes in and out of an etalage: the pupil's pages and links, a parent's yes, the visitor's page, two papers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, Secret, StrictBool, StringConstraints

from app.guidance.picture.models import WordVoice
from app.people.schemas import PersonRef
from app.platform.http import STORABLE, VISIBLE, Model
from app.portability.showcases.models import PaperKind, PaperState
from app.reference.codes import Kind

# Lengths first: the person then reads that a text is too long, not that there are too many of something.
MAX_NAME, MAX_WORDS, MAX_PARTS = 120, 2_000, 12
Name = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME), STORABLE, VISIBLE]
Heading = Annotated[str, StringConstraints(max_length=MAX_NAME), STORABLE]
Line = Annotated[str, StringConstraints(max_length=200), STORABLE]
Words = Annotated[str, StringConstraints(max_length=MAX_WORDS), STORABLE]
Few = Annotated[str, StringConstraints(max_length=1_000), STORABLE]
WordKey = Annotated[str, StringConstraints(min_length=1, max_length=40), STORABLE]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]

MAX_FILES = 60
"""Photos and films on one page."""


class Template(StrEnum):
    """With what a page was begun; the screens have its words."""

    INTERNSHIP = "internship"
    OPEN_DAY = "open_day"
    ABOUT_ME = "about_me"
    BLANK = "blank"


class Prompt(StrEnum):
    """What a section of a template asks for; the screens have the words."""

    STRENGTHS = "strengths"
    DID = "did"
    LOOKING_FOR = "looking_for"
    CHOSE = "chose"
    SAW = "saw"
    ASK = "ask"
    PROUD = "proud"
    LIKE = "like"
    LATER = "later"


class ShowcaseStory(Model):
    """One own story on a page, with words for who reads it here, and the photos and films that go with it."""

    entry_id: UUID
    text: Few = ""
    file_ids: Annotated[list[UUID], Field(max_length=MAX_PARTS)] = []


class ShowcaseSection(Model):
    """A part of a page. `id` is made by the device, so that a part can be moved."""

    id: UUID
    prompt: Prompt | None = None
    heading: Heading = ""
    text: Words = ""
    stories: Annotated[list[ShowcaseStory], Field(max_length=MAX_PARTS)] = []


class WordPick(Model):
    """A word of the talent picture that the pupil puts on a page, with the voices that the pupil lets be heard."""

    key: WordKey = Field(description="the word in small letters, as the talent picture has it")
    voices: Annotated[list[WordVoice], Field(min_length=1, max_length=4)]


class PageContent(Model):
    """All that a page holds; a visitor sees this and nothing else."""

    template: Template = Template.BLANK
    title: Name
    intro: Words = ""
    shows_family_name: StrictBool = False
    shows_school: StrictBool = False
    words: Annotated[list[WordPick], Field(max_length=12)] = []
    sections: Annotated[list[ShowcaseSection], Field(max_length=MAX_PARTS)] = []


class PageReceipt(Model):
    id: UUID
    version: int


class SharingLaw(StrEnum):
    """Who says yes to a link at the pupil's age: nobody may (under 12), a parent (12 to 15), the pupil."""

    NOT_YET = "not_yet"
    PARENT = "parent"
    PUPIL = "pupil"


class ShareState(StrEnum):
    """How a link stands today. `waiting`: no parent has said yes. `locked`: a wrong code was typed too often."""

    WAITING = "waiting"
    COMING = "coming"
    OPEN = "open"
    ENDED = "ended"
    REVOKED = "revoked"
    REFUSED = "refused"
    LOCKED = "locked"


class OpenedOn(Model):
    on: date
    times: int


class ShowcaseShareOut(Model):
    """A link as its pupil sees it; the address and the code are asked for apart."""

    id: UUID
    who: str
    starts_on: date
    ends_on: date
    has_code: bool
    state: ShareState
    parent_reads_first: bool = Field(description="under 16: the page changed after a parent said yes to it")
    times: int = Field(description="how often it was opened")
    opened: list[OpenedOn] = Field(description="by day, the newest first; nothing is kept of who that was")


class PageLine(Model):
    """A page in the list."""

    id: UUID
    title: str
    template: Template
    updated_at: datetime
    open_links: int


class RemovedPage(Model):
    """A page that was thrown away; it can come back for thirty days."""

    id: UUID
    title: str
    removed_at: datetime


class MyShowcases(Model):
    law: SharingLaw
    pages: list[PageLine] = Field(description="the last one changed first")
    removed: list[RemovedPage]


class ShownFile(Model):
    """A photo or a film on a page."""

    id: UUID
    kind: Literal["photo", "film"]
    alt: str
    has_thumbnail: bool
    placeholder: str | None
    width: int | None
    height: int | None
    captions: str | None = Field(description="what is said in a film, WebVTT")


class ShownStory(Model):
    title: str
    kind: Kind
    form: str | None
    organisation: str
    happened_on: date | None
    ended_on: date | None
    hours: float | None
    text: str
    files: list[ShownFile]


class ShownWord(Model):
    """A word and whose voices said it; who they are is not told."""

    word: str
    voices: list[WordVoice]


class ShownSection(Model):
    heading: str
    text: str
    stories: list[ShownStory]


class ShownPage(Model):
    """A page as somebody else sees it, today."""

    given_name: str
    family_name: str | None
    school: str | None
    title: str
    intro: str
    words: list[ShownWord]
    sections: list[ShownSection]


# --- papers ------------------------------------------------------------------------------------------


class PaperItem(Model):
    """A story on paper: one line, and words where there are some."""

    entry_id: UUID
    line: Line = ""
    text: Few = ""


class PaperPart(Model):
    heading: Heading = ""
    text: Words = ""
    items: Annotated[list[PaperItem], Field(max_length=20)] = []


class PaperContent(Model):
    """The lines of a CV or a plusdocument. A story that is not shared any more is left out when it is made."""

    about: Words = ""
    contact: Annotated[str, StringConstraints(max_length=300), STORABLE] = Field(
        default="", description="how somebody can reach the pupil, as the pupil wants it; a line each"
    )
    shows_words: StrictBool = True
    parts: Annotated[list[PaperPart], Field(max_length=12)] = []


class PaperReceipt(Model):
    kind: PaperKind
    version: int


class PaperPdf(Model):
    """`state` null: nobody asked for it yet. `outdated`: the lines changed after it was made."""

    state: PaperState | None
    size: int | None = None
    made_at: datetime | None = None
    outdated: bool = False


class Paper(Model):
    kind: PaperKind
    content: PaperContent
    version: int
    pdf: PaperPdf


class ShowcasePageOut(Model):
    """One page of the pupil's own, with all that hangs on it."""

    id: UUID
    content: PageContent
    version: int
    updated_at: datetime
    law: SharingLaw
    shown: ShownPage = Field(description="what somebody else sees of it today")
    shares: list[ShowcaseShareOut] = Field(description="the newest first")
    papers: list[Paper]


class MaterialFile(Model):
    id: UUID
    kind: Literal["photo", "film"]
    name: str
    alt: str
    has_thumbnail: bool
    placeholder: str | None
    width: int | None
    height: int | None


class MaterialStory(Model):
    """An own story that can be put on a page: shared, and no mark of school."""

    id: UUID
    title: str
    kind: Kind
    form: str | None
    organisation: str
    happened_on: date | None
    ended_on: date | None
    hours: float | None
    text: str = Field(description="its beginning, to start from")
    files: list[MaterialFile]


class MaterialWord(Model):
    key: str
    word: str
    voices: list[WordVoice]


class ShowcaseMaterial(Model):
    """What a pupil can put on a page."""

    stories: list[MaterialStory] = Field(description="the newest first")
    words: list[MaterialWord] = Field(description="by the alphabet")


# --- links -------------------------------------------------------------------------------------------


class ShareAsked(Model):
    """A link to a page: from when, until when, and whether a code is asked. The last day is at most a year away."""

    page_id: UUID
    who: Annotated[str, StringConstraints(max_length=80), STORABLE] = Field(
        default="", description="for whom: not shown to who opens it"
    )
    starts_on: Day
    ends_on: Day
    with_code: StrictBool = False


class ShareAddress(Model):
    """What the pupil gives away: the address, and the code by mouth where there is one."""

    id: UUID
    address: str
    code: str | None


class ShareReceipt(ShareAddress):
    """`waits`: a parent says yes first; until then the address opens nothing."""

    waits: bool


class ShowcaseRequest(Model):
    """A link that waits for a parent's yes, with the page as it is now."""

    id: UUID
    pupil: PersonRef
    who: str
    starts_on: date
    ends_on: date
    has_code: bool
    own: Literal["yes", "no"] | None
    changed: bool = Field(description="one said yes before, and the page changed since")
    page: ShownPage
    page_version: int
    version: int = Field(description="of the text that is answered")


class ShowcaseRequests(Model):
    items: list[ShowcaseRequest]


class ShowcaseAnswer(Model):
    """Yes to the page of this version, or no; to the text of this version."""

    version: int
    page_version: Annotated[int, Field(ge=0, le=2**31 - 1)]
    answer: Literal["yes", "no"]


# --- who holds a link --------------------------------------------------------------------------------


class VisitBegin(Model):
    """What stands behind the # of the address, and the code where one is asked."""

    link: Secret[Annotated[str, StringConstraints(min_length=1, max_length=100)]]
    code: Secret[Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=20)]] | None = None


class VisitPage(Model):
    """The one page, and the last day on which it opens."""

    visit: UUID
    until: date
    page: ShownPage


def misfit(content: PageContent) -> tuple[str, str] | None:
    """What no page may have, though each part of it is right: code and place of the first; None where it fits."""
    if len({part.id for part in content.sections}) != len(content.sections):
        return "same_part", "/sections"
    for at, part in enumerate(content.sections):
        if len({story.entry_id for story in part.stories}) != len(part.stories):
            return "same_story", f"/sections/{at}/stories"
    if sum(len(story.file_ids) for part in content.sections for story in part.stories) > MAX_FILES:
        return "showcase_files", "/sections"
    if len({pick.key for pick in content.words}) != len(content.words):
        return "same_word", "/words"
    return None


def kept(content: PageContent | PaperContent) -> dict[str, Any]:
    """As it is kept in the database: whole, with the names of the outside."""
    return content.model_dump(mode="json", by_alias=True)
