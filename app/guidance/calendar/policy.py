"""What stands in whose calendar."""

from sqlalchemy import and_, or_
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityState
from app.guidance.activities.policy import invited_on_the_day, may_plan
from app.people.policy import Today, Viewer, as_uuid


def is_ready() -> ColumnElement[bool]:
    """Whether an activity is known to others than those who plan it: published, or called off after that."""
    return Activity.state != ActivityState.DRAFT.value


def on_calendar(viewer: Viewer, today: Today) -> ColumnElement[bool]:
    """What one plans, drafts as well; and what is ready for a group that one is in on the day."""
    return or_(may_plan(viewer, today), and_(is_ready(), as_uuid(viewer).in_(invited_on_the_day())))
