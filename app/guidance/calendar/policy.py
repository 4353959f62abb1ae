"""What stands in whose calendar."""

from sqlalchemy import and_, or_
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityState
from app.guidance.activities.policy import comes, near_anybody, plans_at_school, plans_for_city
from app.guidance.steps.models import NextStep
from app.guidance.steps.queries import IS_OPEN, IS_TO_DO
from app.people.policy import Today, Viewer, as_uuid


def is_ready() -> ColumnElement[bool]:
    """Whether an activity is known to others than those who plan it: published, or called off after that."""
    return or_(
        Activity.state == ActivityState.PUBLISHED.value,
        and_(Activity.state == ActivityState.CANCELLED.value, Activity.published_at.is_not(None)),
    )


def on_calendar(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """What one plans, drafts as well; and what is ready and one takes part in."""
    return and_(
        near_anybody(viewer, today),
        or_(plans_at_school(viewer, today), plans_for_city(viewer, today), and_(is_ready(), comes(viewer))),
    )


def own_goals(viewer: Viewer) -> ColumnElement[bool]:
    """The pupil's own steps that are open and have a day; nobody else's."""
    return and_(NextStep.pupil_id == as_uuid(viewer), IS_TO_DO, IS_OPEN, NextStep.due_on.is_not(None))
