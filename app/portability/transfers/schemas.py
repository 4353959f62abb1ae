"""What goes in and out where a pupil takes things along to another school."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from app.guidance.conversations.models import ConversationKind
from app.guidance.picture.models import WordVoice
from app.people.schemas import GroupRef, PersonRef, SchoolRef
from app.platform.http import STORABLE, VISIBLE, Model
from app.portability.transfers.models import ItemKind, TransferState
from app.portability.transfers.policy import MOST
from app.portfolio.schemas import EntryCard
from app.reference.codes import Kind

# Lengths first: the person then reads that a text is too long, not that there are too many of something.
Refusal = Annotated[str, StringConstraints(min_length=1, max_length=500), STORABLE, VISIBLE]


class Thing(Model):
    """One thing that goes along; of `words` the id is the pupil's."""

    kind: ItemKind
    id: UUID


class TransferContent(Model):
    """To which placement, and what goes along: all of it, each time."""

    placement_id: UUID
    items: Annotated[list[Thing], Field(max_length=MOST)]


class TransferReceipt(Model):
    id: UUID
    state: TransferState
    version: int


class SummaryStory(Model):
    id: UUID
    title: str
    kind: Kind
    school_year: int


class Summary(Model):
    """What goes along in short, newest story first."""

    stories: list[SummaryStory]
    untitled: int = Field(description="to a parent: stories that stay at school, without their titles")
    results: int = Field(description="so many of the stories are results of school")
    words: bool
    steps: int
    talks: int


class OwnItem(Model):
    kind: ItemKind
    id: UUID
    goes_along: bool = Field(description="false: the pupil took it back after the school accepted")


class OwnTransfer(Model):
    """A transfer as its pupil sees it."""

    id: UUID
    placement_id: UUID
    school: SchoolRef
    state: TransferState
    version: int
    made_at: datetime
    sent_at: datetime | None
    expires_on: date | None
    accepted_at: datetime | None
    ended_at: datetime | None
    refused_by: Literal["home", "school"] | None
    refusal: str
    school_sees: bool = Field(description="accepted, and the pupil is at this school today")
    items: list[OwnItem]
    summary: Summary


class Place(Model):
    """A school of the pupil to which something can go along, the newest first."""

    placement_id: UUID
    school: SchoolRef
    starts_on: date
    is_new: bool = Field(description="since some months: the pupil's home asks")
    stories: int = Field(description="so many could be chosen")


class MyTransfers(Model):
    """Where the pupil can take things along to, and each transfer, the newest first."""

    places: list[Place]
    items: list[OwnTransfer]
    needs_parent: bool = Field(description="under 16: a parent says yes first")
    has_parent: bool = Field(description="a parent who can say so has an account here")


class ChoosableStory(Model):
    """`proposed`: ticked beforehand. `taken`: goes along already."""

    card: EntryCard
    school: SchoolRef
    proposed: bool
    taken: bool


class ChoosableStep(Model):
    id: UUID
    text: str
    due_on: date | None


class ChoosableTalk(Model):
    id: UUID
    kind: ConversationKind
    on_day: date
    school: SchoolRef
    has_sheet: bool
    has_record: bool
    proposed: bool


class Choosable(Model):
    """All that can go along to a school; stories newest first. Steps and words are proposed."""

    placement_id: UUID
    school: SchoolRef
    starts_on: date
    pupil_id: UUID
    stories: list[ChoosableStory]
    words: list[str] = Field(description="of the talent picture, as it is today")
    steps: list[ChoosableStep]
    talks: list[ChoosableTalk]


class CarriedWord(Model):
    word: str
    voices: list[WordVoice]


class CarriedSheet(Model):
    found_out: str
    doubt: str
    ask: str
    maybe_next: str


class CarriedRecord(Model):
    pupil_voice: str
    staff_voice: str
    words: str = Field(description="the pupil's own sentence with the akkoord")


class CarriedTalk(Model):
    id: UUID
    kind: ConversationKind
    on_day: date
    school: str
    sheet: CarriedSheet | None
    record: CarriedRecord | None


class Carried(Model):
    """What goes along beside stories."""

    words: list[CarriedWord]
    steps: list[ChoosableStep]
    talks: list[CarriedTalk]


class TransferView(Model):
    """What the new school has: the same page for its staff, and for the pupil as a look beforehand."""

    id: UUID
    pupil: PersonRef
    from_schools: list[str]
    to_school: SchoolRef
    state: TransferState
    accepted_at: datetime | None
    stories: list[EntryCard]
    carried: Carried


class TransferRequest(Model):
    """A parent is asked, or has answered."""

    id: UUID
    pupil: PersonRef
    school: SchoolRef
    state: TransferState
    sent_at: datetime
    expires_on: date
    own: Literal["yes", "no"] | None
    summary: Summary
    version: int = Field(description="of the text that is answered")


class TransferRequests(Model):
    """Those that wait first, then the newest."""

    items: list[TransferRequest]


class RequestAnswer(Model):
    """The answer to the text of this version."""

    version: int
    answer: Literal["yes", "no"]


class OfferedTransfer(Model):
    """A transfer as it waits at the new school, or was accepted there."""

    id: UUID
    pupil: PersonRef
    group: GroupRef | None
    from_schools: list[str]
    school: SchoolRef
    state: Literal["offered", "accepted"]
    sent_at: datetime
    expires_on: date
    accepted_at: datetime | None
    summary: Summary


class OfferedTransfers(Model):
    """Those that wait first, the longest waiting at the top; then what was accepted in the last half year."""

    items: list[OfferedTransfer]


class PupilTransfers(Model):
    """For staff: what this pupil took along to the school; nothing where there is none."""

    items: list[OfferedTransfer]


class SchoolDecision(Model):
    """`why` is read by the pupil; asked with a refusal."""

    decision: Literal["accepted", "refused"]
    why: Refusal | None = None


class GoesAlong(Model):
    goes_along: StrictBool
