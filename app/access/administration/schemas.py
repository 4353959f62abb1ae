"""What goes in and out of the screens of a school's admin."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.access.administration.models import ActKind
from app.access.schemas import Device
from app.people.models import Custody, GuardianshipState, Level, Role
from app.people.schemas import GroupRef, SchoolRef
from app.platform.http import STORABLE, VISIBLE, Model

Name = Annotated[str, StringConstraints(min_length=1, max_length=100), STORABLE, VISIBLE]
GroupName = Annotated[str, StringConstraints(min_length=1, max_length=30), STORABLE, VISIBLE]
SchoolRole = Literal["teacher", "dean", "admin"]
"""What an admin can give; a coordinator is the city's."""

PeopleKind = Literal["everyone", "pupil", "staff", "guardian", "no_group", "no_way_in", "closed", "ended"]


# --- what was done ------------------------------------------------------------------------------------


class NamesThen(Model):
    """Names and birth date as they were, or became."""

    given_name: str | None = None
    family_name: str | None = None
    birth_date: date | None = None


class ActFacts(Model):
    """What a sentence about an act needs; which of them are there depends on the act."""

    before: NamesThen | None = None
    after: NamesThen | None = None
    group: str | None = None
    level: Level | None = None
    from_group: str | None = None
    role: Role | None = None
    mentor: bool | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    count: int | None = None
    undone: ActKind | None = None


class ActOut(Model):
    id: UUID
    kind: ActKind
    at: datetime
    by: str
    about: str | None = Field(description="the person, where it is not the one of this page")
    facts: ActFacts
    undoable: bool


class Done(Model):
    """What was made or changed, and the act, which can be undone on the same day."""

    id: UUID
    act_id: UUID


# --- people -------------------------------------------------------------------------------------------


class PersonRow(Model):
    """Somebody of the school in a list."""

    id: UUID
    name: str
    birth_date: date | None
    mark: str | None = Field(description="key of the roster, or the last of the id, where two are otherwise the same")
    is_pupil: bool
    is_staff: bool
    is_guardian: bool
    roles: list[Role]
    group: GroupRef | None
    ended_on: date | None
    closed: bool
    has_way_in: bool


class PeoplePage(Model):
    items: list[PersonRow]
    total: int
    next_cursor: str | None


class Overview(Model):
    """What needs doing at a school."""

    school: SchoolRef
    school_year: int
    pupils: int
    staff: int
    guardians: int
    groups: int
    no_group: int = Field(description="pupils without a group today")
    no_way_in: int = Field(description="pupils and staff without an account and without a card")
    groups_without_teacher: int
    guardians_to_confirm: int
    closed: int
    virus_scan: bool = Field(description="whether this installation scans files")
    acts: list[ActOut] = Field(description="the last ten")


class MembershipOut(Model):
    id: UUID
    group: GroupRef
    school_year: int
    starts_on: date
    ends_on: date | None


class PlacementOut(Model):
    id: UUID
    starts_on: date
    ends_on: date | None
    memberships: list[MembershipOut] = Field(description="newest first")


class AssignmentOut(Model):
    id: UUID
    group: GroupRef
    school_year: int
    is_mentor: bool
    starts_on: date
    ends_on: date | None


class RoleHere(Model):
    id: UUID
    role: Role
    starts_on: date
    ends_on: date | None
    assignments: list[AssignmentOut] = Field(description="of this school year and later, newest first")


class RelativeOut(Model):
    """A guardian of this pupil, or a child of this guardian."""

    id: UUID
    name: str
    custody: Custody
    state: GuardianshipState


class WaysIn(Model):
    """What somebody has to come in with."""

    username: str | None = Field(description="of the account with a password")
    card_since: date | None
    has_pin: bool
    school_account: bool = Field(description="came in with one before")


class DeviceOut(Model):
    id: UUID
    device: Device
    label: str
    last_seen_on: date


class PersonFile(Model):
    """One person as the admin of a school administers them; nothing of what they made."""

    id: UUID
    name: str
    given_name: str
    family_name: str
    birth_date: date | None
    mark: str | None
    is_pupil: bool
    is_staff: bool
    is_guardian: bool
    administered: bool = Field(description="no: only known here as a guardian, or left")
    is_self: bool
    ended_on: date | None
    closed_on: date | None
    last_seen_on: date | None = Field(description="as far as sessions are kept")
    ways: WaysIn
    placements: list[PlacementOut]
    roles: list[RoleHere]
    guardians: list[RelativeOut]
    children: list[RelativeOut]
    sessions: list[DeviceOut]
    acts: list[ActOut] = Field(description="what changed, newest first; at most 50")


class NewPupil(Model):
    given_name: Name
    family_name: Name
    birth_date: date
    group_id: UUID
    starts_on: date
    another: bool = Field(default=False, description="somebody with this name and birth date is another person")


class NewStaff(Model):
    given_name: Name
    family_name: Name
    role: SchoolRole
    starts_on: date
    another: bool = False


class PersonChange(Model):
    """Only the given fields change."""

    given_name: Name | None = None
    family_name: Name | None = None
    birth_date: date | None = None


class NewPlacement(Model):
    group_id: UUID
    starts_on: date


class LastDay(Model):
    ends_on: date = Field(description="the last day that counts")


class Move(Model):
    group_id: UUID
    starts_on: date = Field(description="the first day in the new group")


class NewRole(Model):
    role: SchoolRole
    starts_on: date
    ends_on: date | None = None


# --- groups -------------------------------------------------------------------------------------------


class AdminGroup(Model):
    id: UUID
    name: str
    level: Level
    study_year: int
    school_year: int
    pupil_count: int
    teachers: list[str]


class AdminGroupList(Model):
    school: SchoolRef
    school_year: int = Field(description="of the groups in this list")
    school_years: list[int] = Field(description="for which groups can be made or looked at, the last one first")
    items: list[AdminGroup]


class GroupMember(Model):
    id: UUID
    name: str
    birth_date: date | None
    mark: str | None
    since: date
    card_since: date | None
    has_pin: bool
    closed: bool


class GroupTeacher(Model):
    id: UUID
    assignment_id: UUID
    name: str
    is_mentor: bool
    starts_on: date
    ends_on: date | None


class AdminGroupFile(Model):
    """A group as an admin administers it."""

    id: UUID
    name: str
    level: Level
    study_year: int
    school_year: int
    school: SchoolRef
    starts_on: date
    ends_on: date
    members: list[GroupMember]
    teachers: list[GroupTeacher] = Field(description="today's and those to come")


class NewGroup(Model):
    name: GroupName
    level: Level
    study_year: int = Field(ge=1, le=8)
    school_year: int = Field(ge=2000, le=2100)

    @model_validator(mode="after")
    def _year_fits(self) -> Self:
        years = (7, 8) if self.level == Level.PO else (1, 6)
        if not years[0] <= self.study_year <= years[1]:
            raise PydanticCustomError("less_than_equal", "no such year at this level")
        return self


class GroupChange(Model):
    name: GroupName


class NewAssignment(Model):
    person_id: UUID
    is_mentor: bool = False
    starts_on: date
    ends_on: date | None = Field(default=None, description="none: until the end of the school year")


class CardsPrinted(Model):
    """One of the two."""

    group_id: UUID | None = None
    pupil_ids: list[UUID] | None = Field(default=None, min_length=1, max_length=100)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.group_id is None) == (self.pupil_ids is None):
            raise PydanticCustomError("missing", "a group, or pupils")
        return self
