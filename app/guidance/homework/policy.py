"""Who may read a card, write on it and share it; the same rules as the row-level policies (migration 0027)."""

from typing import Any

from sqlalchemy import and_, any_, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.homework.models import Homework, HomeworkOffer, HomeworkState
from app.people.models import GroupMembership, Placement
from app.people.policy import Today, as_uuid
from app.people.projections import runs
from app.portfolio.policy import Sight

IS_SHARED: ColumnElement[bool] = Homework.state == literal_column(f"'{HomeworkState.SHARED.value}'")


def shown_to_home(sight: Sight) -> ColumnElement[bool]:
    """Shared by the pupil, or begun by this guardian, where the link to the pupil is open on that day."""
    return and_(Homework.pupil_id == any_(sight.home), or_(IS_SHARED, Homework.begun_by == as_uuid(sight.viewer)))


def shown_to_school(sight: Sight) -> ColumnElement[bool]:
    """Shared with a school where this viewer is staff for the pupil, now or until the end of that school year."""
    cutoff = sight.cutoffs[func.array_position(sight.ended, Homework.placement_id)]
    return and_(
        IS_SHARED,
        Homework.with_school,
        or_(
            Homework.placement_id == any_(sight.running),
            and_(Homework.placement_id == any_(sight.ended), Homework.changed_on <= cutoff),
        ),
    )


def may_read(sight: Sight) -> ColumnElement[bool]:
    """Own, or shown at home, or shown at school."""
    return or_(Homework.pupil_id == as_uuid(sight.viewer), shown_to_home(sight), shown_to_school(sight))


def may_write(sight: Sight) -> ColumnElement[bool]:
    """Whether this viewer may write on it at all; which of both answers, say the two below."""
    return or_(Homework.pupil_id == as_uuid(sight.viewer), shown_to_home(sight))


def may_write_home(sight: Sight) -> ColumnElement[bool]:
    """What home says is changed by nobody but who said it."""
    viewer = as_uuid(sight.viewer)
    return and_(may_write(sight), func.coalesce(Homework.home_by, viewer) == viewer)


def may_write_child(sight: Sight) -> ColumnElement[bool]:
    """The pupil; and on whose device both began, as long as the pupil has not said it and it is not shared."""
    viewer = as_uuid(sight.viewer)
    together = and_(
        shown_to_home(sight),
        ~IS_SHARED,
        Homework.begun_by == viewer,
        func.coalesce(Homework.child_by, viewer) == viewer,
    )
    return or_(Homework.pupil_id == viewer, together)


def may_remove(sight: Sight) -> ColumnElement[bool]:
    """The pupil; or who began it, as long as nobody else said something on it."""
    viewer = as_uuid(sight.viewer)
    alone = and_(may_write_child(sight), func.coalesce(Homework.home_by, viewer) == viewer)
    return or_(Homework.pupil_id == viewer, alone)


def is_for(pupil: Any, today: Today) -> ColumnElement[bool]:
    """Whether a card was put ready for a group that this pupil is in on this day."""
    group = (
        select(GroupMembership.group_id)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .where(Placement.pupil_id == pupil, runs(GroupMembership, today), runs(Placement, today))
        .correlate_except(GroupMembership, Placement)
    )
    return HomeworkOffer.group_id.in_(group)
