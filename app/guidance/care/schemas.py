"""What staff see of whom nothing was heard, and the reminders they send."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.guidance.care.models import ReminderKind
from app.people.schemas import GroupRef, PersonRef
from app.platform.http import Model
from app.reference.codes import WorkField


class OpenActivity(Model):
    """An activity of more than ten days ago of which nothing is shared."""

    id: UUID
    title: str
    happens_on: date
    ends_on: date | None


class CarePupil(PersonRef):
    """A pupil for whom something can be done. Drafts are the pupil's own and change nothing here."""

    quiet: bool = Field(description="no experience shared this term")
    open: list[OpenActivity] = Field(description="the first day first")
    waiting_since: date | None = Field(description="shared more than ten days ago and not looked at yet")
    reminded_on: date | None = Field(description="the last reminder of this term or week, by whoever sent it")
    may_remind: bool = Field(description="quiet or open, and not reminded in the last seven days")


class GroupCare(Model):
    """One group: only pupils for whom something can be done, by name; and what the class saw as a whole."""

    group: GroupRef
    term_started_on: date
    pupils: list[CarePupil]
    fields: list[WorkField] = Field(description="kinds of work of which somebody shared something this school year")


class CareRow(GroupRef):
    """A group among those of a school, in numbers of pupils."""

    pupil_count: int
    quiet: int = Field(description="pupils who shared no experience this term")
    open: int = Field(description="pupils for whom an activity is open for more than ten days")
    waiting: int = Field(description="pupils of whom something waits to be looked at for more than ten days")
    fields: list[WorkField]


class SchoolCare(Model):
    """The groups of a dean's school, or a teacher's own, by year and name."""

    term_started_on: date
    groups: list[CareRow]


class RemindPupils(Model):
    """Whom to remind. What to say is found by what stands open for each."""

    group_id: UUID
    pupil_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)]


class Reminded(Model):
    """A pupil who was reminded: now, or in the week before by this or another member of staff."""

    pupil_id: UUID
    on: date
    kind: ReminderKind


class RemindersOut(Model):
    """What one tap did."""

    id: UUID
    sent: list[Reminded]
    already: list[Reminded] = Field(description="were reminded in the last seven days; they get no second one")
    not_needed: list[UUID] = Field(description="for whom nothing stands open any more")
