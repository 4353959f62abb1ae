"""What goes in and out of sign-in, sessions and 'who looked'."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Secret, StringConstraints

from app.access.consents.schemas import ConsentState
from app.access.reasons.schemas import Reason
from app.people.models import Level, Role
from app.people.schemas import GroupRef, SchoolRef
from app.platform.http import STORABLE, Model
from app.reference.codes import Band

Device = Literal["own", "shared"]
Locale = Literal["nl", "en", "tr", "ar", "pl", "bg"]


Password = Annotated[
    Secret[Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=False)]],
    Field(json_schema_extra={"format": "password", "writeOnly": True}),
]
"""Just as it was typed: spaces at either end are part of it (ASVS 6.2.8)."""


class SignIn(Model):
    """User name and password; `device` says whether others use it too."""

    username: Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=100)]
    password: Password
    device: Device = "own"


class RoleOut(Model):
    role: Role
    school: SchoolRef | None


class PupilSelf(Model):
    """What the pupil's own screens need to know about the pupil."""

    school: SchoolRef | None
    group: GroupRef | None
    level: Level | None
    study_year: int | None
    band: Band
    age_rule: Literal["under12", "from12", "from16", "from18"]
    home_sharing: bool = Field(description="whether ring 2 is open: by age, or because the pupil said yes")
    home_closes_on: date | None = Field(description="the birthday, within 30 days, on which home closes until a yes")
    home_asked: bool = Field(
        description="16 or older, and the question whether home may look along waits for an answer"
    )
    recognisable: ConsentState = Field(description="whether the pupil may be recognisable in photos and films")
    kid: bool = Field(description="groep 7 and 8: larger targets")


class Me(Model):
    """The signed-in person."""

    id: UUID
    name: str
    given_name: str
    locale: Locale
    device: Device
    roles: list[RoleOut]
    groups: list[GroupRef] = Field(description="groups this teacher is assigned to today")
    pupil: PupilSelf | None
    is_guardian: bool = Field(description="is or was somebody's parent here")
    has_password: bool
    school_account: str | None = Field(description="the provider with whose account one signed in here")
    factor_changed_at: datetime | None = Field(
        description="the second factor changed then, elsewhere, and the person did not say yet to have read it"
    )


class MeChange(Model):
    """Settings of one's own; only the given fields change."""

    locale: Locale | None = None


class PasswordChange(Model):
    """One's own password, by who knows the old one."""

    current: Password
    password: Password


class SessionOut(Model):
    id: UUID
    device: Device
    label: str
    created_at: datetime
    last_seen_at: datetime
    current: bool


class SessionList(Model):
    items: list[SessionOut]


class LookedAt(Model):
    entry_id: UUID | None
    title: str | None = Field(description="none: the portfolio as a whole")


class Look(Model):
    """One viewer on one day; of somebody from outside the id is the link's, and the name what the pupil called them."""

    on: date
    viewer_id: UUID
    viewer_name: str
    voice: Literal["school", "home", "outside"]
    role: Role | None = Field(description="of somebody from school: the role that opens most, on that day")
    reason: Reason | None = Field(description="why somebody looked outside the own classes")
    things: list[LookedAt]


class LookPage(Model):
    items: list[Look]
    next_cursor: str | None
