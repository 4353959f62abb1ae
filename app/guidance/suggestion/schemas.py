"""The suggestion as a pupil sees it, and what the pupil says to it."""

from datetime import date, time
from uuid import UUID

from pydantic import Field, StrictBool

from app.people.schemas import GroupRef
from app.platform.http import Model
from app.reference.codes import ExperienceForm, WorkField


class Planned(Model):
    """An activity that comes, as far as a suggestion tells it."""

    id: UUID
    title: str
    form: ExperienceForm | None
    organisation: str
    place: str
    happens_on: date
    ends_on: date | None
    starts_at: time | None
    groups: list[GroupRef] = Field(description="the pupil's own that go")


class Suggestion(Model):
    """A kind of work that the pupil has not seen, and what is planned there."""

    field: WorkField
    activity: Planned


class SuggestionPage(Model):
    """The same the whole week, as long as it holds; null where there is nothing to point to."""

    suggestion: Suggestion | None
    not_for_me: list[WorkField] = Field(description="what the pupil does not want to be pointed to")


class FieldChoiceChange(Model):
    """Whether the pupil wants to be pointed to this kind of work."""

    not_for_me: StrictBool
