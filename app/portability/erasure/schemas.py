"""What goes in and out about one's data: what is held, corrections, erasure, and the school's list of requests."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Secret, StringConstraints

from app.people.schemas import GroupRef, PersonRef, SchoolRef
from app.platform.http import STORABLE, VISIBLE, Model
from app.portability.erasure.models import AskedAs, CorrectionAbout, CorrectionState, ErasureState
from app.portability.erasure.plan import Kind

Said = Annotated[str, StringConstraints(min_length=1, max_length=500), STORABLE, VISIBLE]
Answer = Annotated[str, StringConstraints(max_length=500), STORABLE]
Shown = Annotated[
    Secret[Annotated[str, StringConstraints(max_length=200, strip_whitespace=False)]],
    Field(json_schema_extra={"default": "", "format": "password", "writeOnly": True}),
]
"""A password or PIN just as it was typed, or nothing."""


class Held(Model):
    """One kind of what is held. `count` is how many rows; null to others than the person: it would tell of drafts."""

    kind: Kind
    count: int | None


class KeptUntil(Model):
    """The day on which all goes, of somebody who left. `told`: it is near, and can be put off by a year."""

    goes_on: date
    told: bool


class ErasureShown(Model):
    """An erasure as its person, who asked it and who may know of it read it. `id` is the number they keep."""

    id: UUID
    state: ErasureState
    asked_as: AskedAs
    asked_by: str | None = Field(description="the name of who asked, where that is not the person")
    mine: bool = Field(description="who reads this asked it")
    asked_at: datetime
    due_on: date
    ended_at: datetime | None


class CorrectionShown(Model):
    """What was asked to be put right, and the school's answer."""

    id: UUID
    about: CorrectionAbout
    said: str
    asked_at: datetime
    answer_by: date = Field(description="the school answers within a month")
    mine: bool
    state: CorrectionState
    answer: str
    answered_at: datetime | None


class DataPage(Model):
    """All that is held about somebody, in kinds: to that person, and under 16 to who has custody."""

    person: PersonRef
    own: bool
    is_pupil: bool
    is_guardian: bool
    is_staff: bool
    birth_date: date | None
    school: SchoolRef | None = Field(description="which school answers for these data")
    group: GroupRef | None
    held: list[Held]
    kept_until: KeptUntil | None
    whole: bool = Field(description="an erasure takes the person as well; false: name and class stay while at school")
    may_erase: AskedAs | None = Field(description="as what the viewer may ask an erasure")
    first_day: date = Field(description="the day on which an erasure that is asked now begins")
    erasure: ErasureShown | None
    corrections: list[CorrectionShown]


class ErasureAsked(Model):
    """Whom it is about. `secret`: the asker's own password or PIN; who signs in elsewhere has signed in just now."""

    person_id: UUID
    secret: Shown = Field(default_factory=lambda: Secret(""))
    why: Answer = Field(default="", description="on request of whom, and how; only the school says so")


class ErasureReceipt(Model):
    """`due_on` is the first day on which it may begin."""

    id: UUID
    state: ErasureState
    due_on: date


class CorrectionAsked(Model):
    """What is not right, in own words."""

    person_id: UUID
    about: CorrectionAbout
    said: Said


class CorrectionReceipt(Model):
    id: UUID
    state: CorrectionState


class CorrectionAnswer(Model):
    """What the school did. Why not is said in words."""

    outcome: Literal["corrected", "not_changed"]
    answer: Answer = ""


class Kept(Model):
    """Until when everything is kept now."""

    goes_on: date


class RequestedCorrection(Model):
    """A correction as the school's admin reads it."""

    id: UUID
    person: PersonRef
    asked_by: str
    about: CorrectionAbout
    said: str
    asked_at: datetime
    answer_by: date
    state: CorrectionState
    answer: str
    answered_at: datetime | None
    answered_by: str | None


class RequestedErasure(Model):
    """An erasure as the school's admin reads it; of who is gone nothing but the number."""

    id: UUID
    person: PersonRef | None
    asked_as: AskedAs
    asked_at: datetime
    due_on: date
    state: ErasureState
    whole: bool | None
    ended_at: datetime | None


class DataRequests(Model):
    """What people asked about their data at this school: open ones first, then those of the last year."""

    school: SchoolRef
    corrections: list[RequestedCorrection]
    erasures: list[RequestedErasure]


class ErasableShown(Model):
    """Whom a school's admin may have erased on request, and what goes."""

    person: PersonRef
    whole: bool
    first_day: date
    under_way: bool
