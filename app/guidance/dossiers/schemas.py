"""The dossier as it is asked for, filled, handed in and read."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app.guidance.dossiers.models import HandInState, PdfState
from app.media.models import MediaKind
from app.people.schemas import GroupRef, PersonRef, SchoolRef
from app.platform.http import STORABLE, Model
from app.portfolio.models import FeedbackKind, Voice
from app.reference.codes import Competency, Feeling, Kind, ReactionCode, WorkField

OwnWords = Annotated[str, STORABLE, StringConstraints(max_length=3_000)]
Said = Annotated[str, STORABLE, StringConstraints(max_length=2_000)]


class DossierLack(Model):
    """Something that the dossier still needs before it can be handed in."""

    competency: Competency
    what: Literal["entries", "reflection", "text"]


class DossierNeed(Model):
    """What a school asks for one competency."""

    entries: Annotated[int, Field(ge=1, le=5)] = Field(default=1, description="stories, at least")
    reflection: bool = Field(default=False, description="one of them looks back, or answers a question of it")
    text: bool = Field(default=True, description="a text in the pupil's own words")


class ChecklistContent(Model):
    """What a dean writes."""

    needs: dict[Competency, DossierNeed] = Field(description="one that is left out asks what the product asks")
    note: Annotated[str, STORABLE, StringConstraints(max_length=500)] = Field(
        default="", description="in the school's own words, above the pupils' dossier"
    )


class SchoolChecklist(ChecklistContent):
    """What a school asks this school year."""

    school: SchoolRef
    school_year: int
    from_year: int | None = Field(description="the school year that the list was made in; null: the product's own")
    version: int = Field(description="0: there is none of this school year yet")
    changed_by: str | None
    changed_at: datetime | None
    may_change: bool


class ChecklistReceipt(Model):
    school_year: int
    version: int


class AskedInSnapshot(Model):
    needs: dict[Competency, DossierNeed]
    note: str
    school_year: int | None


class CountingStory(Model):
    """A story of one's own that counts for a competency."""

    id: UUID
    title: str
    kind: Kind
    happened_on: date | None
    reflects: bool


class MyPart(Model):
    """One competency of one's own dossier. `version` 0: nothing was written yet."""

    competency: Competency
    need: DossierNeed
    text: str
    entry_ids: list[UUID] = Field(description="chosen, and counting today")
    evidence: list[CountingStory] = Field(description="the newest first")
    version: int


class HandInLine(Model):
    """One time that it was handed in."""

    id: UUID
    number: int
    state: HandInState
    school: SchoolRef
    handed_in_at: datetime
    opened: bool
    reason: str
    closed_at: datetime | None
    closed_by: str | None


class MyDossier(Model):
    """One's own dossier as it is now."""

    state: Literal["open", "handed_in", "done"]
    may_write: bool = Field(description="in year 3 or 4 of the vmbo, and not at school just now")
    school: SchoolRef | None = Field(description="to whom it is handed in")
    note: str
    parts: list[MyPart]
    missing: list[DossierLack]
    hand_ins: list[HandInLine] = Field(description="the last one first")


class PartContent(Model):
    """What a pupil puts in for one competency."""

    text: OwnWords = ""
    entry_ids: Annotated[list[UUID], Field(max_length=10)] = []


class PartReceipt(Model):
    competency: Competency
    version: int


class HandInReceipt(Model):
    id: UUID
    number: int
    state: HandInState
    version: int


# --- what was handed in ------------------------------------------------------------------------------


class SnapshotFile(Model):
    id: UUID
    kind: MediaKind
    name: str
    alt: str
    size: int | None
    sha256: str | None
    has_thumbnail: bool
    width: int | None
    height: int | None
    duration_ms: int | None
    caution: str | None


class SnapshotFeedback(Model):
    kind: FeedbackKind
    voice: Voice
    author: str
    text: str
    reaction: ReactionCode | None
    version: int
    created_at: datetime


class SnapshotEntry(Model):
    """A story as it was on that day, with what was said of it."""

    id: UUID
    version: int
    kind: Kind
    ring: int
    title: str
    happened_on: date | None
    ended_on: date | None
    body: str
    feeling: Feeling | None
    details: dict[str, Any]
    answers: list[dict[str, Any]]
    competencies: list[Competency]
    work_fields: list[WorkField]
    tags: list[str]
    files: list[SnapshotFile]
    feedback: list[SnapshotFeedback]


class SnapshotPart(Model):
    competency: Competency
    text: str
    entry_ids: list[UUID]


class DossierSnapshot(Model):
    """All that was in it when it was handed in. Nothing that happens later changes it."""

    pupil: PersonRef
    school: SchoolRef
    group: GroupRef
    checklist: AskedInSnapshot
    parts: list[SnapshotPart]
    entries: list[SnapshotEntry]


class SecondReader(Model):
    person: PersonRef
    agrees: bool | None = Field(description="null: has not said anything yet")
    remark: str
    at: datetime | None


class DossierPdfOut(Model):
    """`state` null: nobody asked for it yet."""

    state: PdfState | None
    size: int | None = None
    made_at: datetime | None = None


class HandInRights(Model):
    withdraw: bool
    close: bool
    name_reader: bool
    note: bool


class HandInPage(Model):
    """A dossier that was handed in."""

    id: UUID
    number: int
    state: HandInState
    handed_in_at: datetime
    opened_at: datetime | None
    snapshot: DossierSnapshot
    reader: SecondReader | None = Field(description="for school only")
    colleagues: list[PersonRef] = Field(description="who can be second reader; for who may name one")
    reason: str
    closed_by: str | None
    closed_at: datetime | None
    pdf: DossierPdfOut
    rights: HandInRights
    version: int


class DossierClosing(Model):
    """How a dean closes it: good, or to be added to, with the reason."""

    outcome: Literal["done", "returned"]
    reason: Said = ""


class ReaderChoice(Model):
    """The second reader; null: none."""

    person_id: UUID | None


class ReaderNote(Model):
    agrees: bool
    remark: Said = ""


# --- a school's overview -----------------------------------------------------------------------------


class DossierRow(Model):
    """A pupil and how the dossier stands. Of what is in it nothing."""

    pupil: PersonRef
    state: Literal["open", "handed_in", "returned", "done"]
    hand_in_id: UUID | None = Field(description="the last one at this school")
    since: datetime | None
    reader_waits: bool = Field(description="the second reader has not said anything yet")


class DossierGroup(Model):
    group: GroupRef
    pupils: list[DossierRow] = Field(description="by name")


class ToRead(Model):
    """A dossier that one was asked to read as second reader."""

    hand_in_id: UUID
    pupil: PersonRef
    group_name: str
    handed_in_at: datetime
    noted: bool


class SchoolDossiers(Model):
    """The groups of vmbo 3 and 4 that one guides, and what one was asked to read."""

    school: SchoolRef
    is_dean: bool
    groups: list[DossierGroup]
    to_read: list[ToRead]


# --- at home -----------------------------------------------------------------------------------------


class HomeDossierStory(Model):
    id: UUID
    title: str
    kind: Kind
    happened_on: date | None


class HomeDossierPart(Model):
    competency: Competency
    text: str
    entries: list[HomeDossierStory]


class HomeDossier(Model):
    """A child's dossier that was closed as good, without the stories that stay at school."""

    pupil: PersonRef
    school: SchoolRef
    group: GroupRef
    handed_in_at: datetime
    closed_at: datetime
    parts: list[HomeDossierPart]
