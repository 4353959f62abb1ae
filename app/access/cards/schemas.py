"""What goes in and out of signing in with a card or a class code, and of the teacher's page about it."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, Secret, StringConstraints

from app.access.schemas import Device
from app.people.models import Level
from app.people.schemas import SchoolRef
from app.platform.http import STORABLE, Model

CardSecret = Secret[Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=100)]]
"""What stands behind the # of the QR code's address."""
ClassCode = Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=20)]


class CardLook(Model):
    secret: CardSecret


class CardFound(Model):
    """A card says nothing about whose it is."""

    choose_pin: bool = Field(description="there is no PIN yet: the pupil chooses one")


class ClassLook(Model):
    code: ClassCode


class ClassMate(Model):
    id: UUID
    name: str = Field(description="given name; with a letter more where two would be the same")
    choose_pin: bool


class ClassFound(Model):
    """Who may sign in by this code, by name."""

    group: str
    level: Level
    school: str
    closes_at: datetime
    pupils: list[ClassMate]


class PinIn(Model):
    pin: Secret[Annotated[str, StringConstraints(pattern=r"^[0-9]{4,6}$", strip_whitespace=False)]]
    choose_pin: bool = Field(default=False, description="this becomes the PIN; only where there is none")
    device: Device = "shared"


class SignInByCard(PinIn):
    secret: CardSecret


class SignInByClass(PinIn):
    code: ClassCode
    pupil_id: UUID


class CardsAsked(Model):
    pupil_ids: list[UUID] | None = Field(default=None, max_length=100, description="none: the whole group")


class Arrival(Model):
    id: UUID
    name: str
    at: datetime
    chose_pin: bool


class ClassWindowOut(Model):
    code: str
    closes_at: datetime
    arrivals: list[Arrival] = Field(description="last one first")


class GroupSignInPupil(Model):
    id: UUID
    name: str
    given_name: str
    card_since: date | None = Field(description="none: no card that works")
    has_pin: bool
    locked_until: datetime | None


class GroupSignIn(Model):
    """How the pupils of a group come in."""

    id: UUID
    name: str
    level: Level
    study_year: int
    school: SchoolRef
    window: ClassWindowOut | None = Field(description="none: not open now")
    pupils: list[GroupSignInPupil] = Field(description="by family name")
