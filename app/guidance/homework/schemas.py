"""Cards as they are filled in, shared, put ready and shown."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app.guidance.homework.models import HomeworkState
from app.media.models import AttachmentState
from app.people.schemas import GroupRef, PersonRef
from app.platform.http import STORABLE, Model
from app.portfolio.schemas import Day
from app.reference.codes import HomeLanguage

Words = Annotated[str, STORABLE, StringConstraints(max_length=2_000)]
CardCode = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class Reach(StrEnum):
    """Who may read it: nobody else yet, home, or school as well."""

    NOBODY = "nobody"
    HOME = "home"
    SCHOOL = "school"


class HomeworkContent(Model):
    """Both answers as they stand. Of which pupil and card is fixed when it is begun."""

    pupil_id: UUID
    card: CardCode
    card_version: Annotated[int, Field(ge=1, le=1_000)]
    offer_id: UUID | None = None
    language: HomeLanguage = Field(description="beside Dutch: what the parent reads and answers in")
    home_text: Words = ""
    home_sound: UUID | None = None
    child_text: Words = ""
    child_sound: UUID | None = None


class HomeworkReceipt(Model):
    id: UUID
    version: int
    state: HomeworkState
    reach: Reach


class Sharing(Model):
    """How far the pupil lets it reach."""

    reach: Reach


class SoundStart(Model):
    """Announces a spoken answer, of a minute at most, before its bytes go to the store."""

    id: UUID
    media_type: Annotated[str, StringConstraints(pattern=r"^audio/[a-z0-9.+-]+$", max_length=100)]
    size: Annotated[int, Field(gt=0, le=1_000_000_000_000, description="bytes; 5 MB at most")]


class SaidAloud(Model):
    """A spoken answer; whoever has not said it hears it once it is ready."""

    id: UUID
    state: AttachmentState
    refusal: str | None
    duration_ms: int | None


class SideAnswer(Model):
    """What one of both said. `by`: on whose device, so a parent is named only where it was an own one."""

    text: str
    sound: SaidAloud | None
    by: PersonRef | None


class HomeworkRights(Model):
    """What this viewer may do with it."""

    write_home: bool
    write_child: bool
    share: bool
    remove: bool


class Homework(Model):
    """One card with both answers."""

    id: UUID
    pupil: PersonRef
    card: str
    card_version: int
    offer_id: UUID | None
    on_day: date | None = Field(description="for which day school put it ready")
    language: HomeLanguage
    state: HomeworkState
    reach: Reach
    home: SideAnswer
    child: SideAnswer
    begun_by: PersonRef
    updated_at: datetime
    shared_at: datetime | None
    version: int
    viewer: Literal["self", "home", "school"]
    rights: HomeworkRights


class WaitingCard(Model):
    """A card that school put ready and that was not begun, as far as this viewer may know."""

    id: UUID
    card: str
    card_version: int
    on_day: date
    offered_by: PersonRef


class HomeworkList(Model):
    """The cards of one pupil, as far as this viewer may see them; the newest sixty, the last one first."""

    pupil: PersonRef
    viewer: Literal["self", "home", "school"]
    band: Literal["A", "B", "C", "D"] | None = Field(description="of the class of today, for which cards fit")
    may_begin: bool
    waiting: list[WaitingCard]
    items: list[Homework]


class OfferContent(Model):
    """A card for a group, and the day it is for."""

    group_id: UUID
    card: CardCode
    card_version: Annotated[int, Field(ge=1, le=1_000)]
    on_day: Day


class OfferReceipt(Model):
    id: UUID


class SharedCard(Model):
    """A pupil who shared this card with school."""

    id: UUID
    pupil: PersonRef


class Offered(Model):
    """A card that was put ready, and who shared it with school, by name. Drafts are not counted."""

    id: UUID
    card: str
    card_version: int
    on_day: date
    offered_by: PersonRef
    shared: list[SharedCard]


class GroupHomework(Model):
    """The cards of one group this school year, the last day first."""

    group: GroupRef
    pupil_count: int
    offers: list[Offered]
