"""What goes in and out of invitations: codes, accounts, and the school's side of it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Secret, StringConstraints

from app.access.invitations.models import InvitationKind, Relation
from app.access.schemas import Device, Locale
from app.people.models import Custody, GuardianshipState, Level
from app.people.schemas import GroupRef, PersonRef
from app.platform.http import STORABLE, VISIBLE, Model

Code = Secret[Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=100)]]
"""As it stands on the letter, or behind the # of its QR code: sixteen characters, spaces and dashes as one likes."""
# In this order: what stands behind a check of ours would cut spaces after all.
NewPassword = Secret[Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=False), STORABLE]]
Name = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=100)]
UserName = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=3, max_length=100)]
MailAddress = Annotated[str, StringConstraints(max_length=254, pattern=r"^[!-?A-~]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+$")]


class CodeLook(Model):
    code: Code


class CodeFound(Model):
    """A code says what it is for; not about whom."""

    kind: InvitationKind


class NewParent(Model):
    """Who this is, in their own words; the school decides what it opens."""

    given_name: Name
    family_name: Name
    relation: Relation


class NewAccount(Model):
    """An account by invitation. `parent` with a code for a child, and only then."""

    code: Code
    username: UserName
    password: NewPassword
    parent: NewParent | None = None
    locale: Locale = "nl"
    device: Device = "own"


class NewPasswordByCode(Model):
    code: Code
    password: NewPassword
    device: Device = "own"


class ChildAdded(Model):
    """Another child for an account that is there."""

    code: Code
    relation: Relation


class LettersAsked(Model):
    """Letters for parents, one page each."""

    pupil_ids: list[UUID] = Field(min_length=1, max_length=50)
    homes: Literal[1, 2] = Field(default=1, description="2: two letters for each pupil, for two homes")
    replace: bool = Field(default=False, description="letters that are open stop working")


class AccountLetterAsked(Model):
    """For somebody of the school: an account where there is none, else a new password."""

    person_id: UUID


class MailAsked(Model):
    """As a letter, by mail: for a pupil's parent, or for somebody who needs an account or a new password."""

    person_id: UUID
    to: MailAddress


class Decision(Model):
    """How a link stands, in full; what it was before is said the same way to go back."""

    state: GuardianshipState
    custody: Custody
    opened_on: date | None = Field(default=None, description="opened by hand from this day, without full custody")
    reason: Annotated[str, STORABLE, StringConstraints(max_length=500)] | None = None


class ParentsGroup(Model):
    id: UUID
    name: str
    level: Level
    study_year: int
    pupil_count: int
    linked_count: int = Field(description="pupils with a parent whom the school confirmed")
    letter_count: int = Field(description="pupils with a letter that is open")
    guessed_count: int = Field(
        description="pupils with an open letter whose code was tried wrongly three times or more"
    )


class ParentsPage(Model):
    """A school and its parents, in counts."""

    id: UUID
    name: str
    mail: bool = Field(description="whether codes can be mailed from here")
    waiting: int
    groups: list[ParentsGroup]


class LetterOut(Model):
    """A code that is open."""

    id: UUID
    letter: int
    made_at: datetime
    expires_at: datetime
    mail_to: str | None
    misses: int = Field(description="wrong tries with this letter's code")


class LettersPupil(Model):
    id: UUID
    name: str
    given_name: str
    linked: int
    waiting: int
    letters: list[LetterOut]


class LettersPage(Model):
    """The letters of a group."""

    id: UUID
    name: str
    level: Level
    study_year: int
    pupils: list[LettersPupil] = Field(description="by family name")


class LinkParent(Model):
    id: UUID
    name: str
    given_name: str
    username: str | None = Field(description="none: there is no account yet")


class LinkLetter(Model):
    letter: int
    made_at: datetime
    mail_to: str | None


class Link(Model):
    """Who says to be what of whom, and what the school made of it."""

    id: UUID
    state: GuardianshipState
    custody: Custody
    opened_on: date | None
    reason: str | None
    since: datetime
    relation: Relation | None = Field(description="none: from the school's own register")
    letter: LinkLetter | None
    parent: LinkParent
    pupil: PersonRef
    group: GroupRef | None
    own: bool = Field(description="the admin's own link: a colleague decides")


class LinkPage(Model):
    items: list[Link]
    next_cursor: str | None
