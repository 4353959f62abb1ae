"""What stands in whose calendar."""

from sqlalchemy import and_, exists, or_
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.models import Activity, ActivityState
from app.guidance.activities.policy import comes, near_anybody, plans_at_school, plans_for_city
from app.guidance.conversations.models import Conversation
from app.guidance.conversations.policy import as_staff, is_invited_home
from app.guidance.steps.models import NextStep, Who
from app.guidance.steps.queries import IS_OPEN, IS_TO_DO
from app.people.policy import Today, Viewer, as_uuid
from app.portfolio.policy import Sight


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


def own_talks(sight: Sight) -> ColumnElement[bool]:
    """The talks of a pupil, those that a member of staff holds, and those to which home is invited."""
    viewer = as_uuid(sight.viewer)
    return or_(
        Conversation.pupil_id == viewer,
        and_(Conversation.held_with == viewer, as_staff(sight)),
        is_invited_home(sight),
    )


def agreed_by(sight: Sight) -> ColumnElement[bool]:
    """What a member of staff agreed to do in a talk, is open and has a day."""
    known = exists().where(Conversation.id == NextStep.conversation_id, as_staff(sight)).correlate(NextStep)
    return and_(
        NextStep.staff_id == as_uuid(sight.viewer),
        NextStep.who == Who.STAFF.value,
        IS_OPEN,
        NextStep.due_on.is_not(None),
        known,
    )
