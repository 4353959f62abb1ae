"""Who says why before looking: a dean, for pupils outside the classes that they teach themselves."""

from typing import Any

from sqlalchemy import Uuid, and_, column, exists, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.access.reasons.models import LookReason
from app.people.models import Placement, Role, StaffRole
from app.people.policy import Today, Viewer, as_date, as_uuid
from app.people.projections import runs


def is_dean_of(viewer: Viewer, pupil_id: Any, today: Today) -> ColumnElement[bool]:
    """Whether this viewer is dean of a school where the pupil is, or was, placed."""
    return exists(
        select(Placement.id)
        .join(StaffRole, StaffRole.school_id == Placement.school_id)
        .where(
            StaffRole.person_id == as_uuid(viewer),
            StaffRole.role == Role.DEAN,
            runs(StaffRole, today),
            Placement.pupil_id == pupil_id,
        )
        .correlate_except(Placement, StaffRole)
    )


def must_say_why(viewer: Viewer, pupil_id: Any, today: Today) -> ColumnElement[bool]:
    """Whether this member of staff has to give a reason before content of this pupil opens to them."""
    own = func.teacher_pupils(as_uuid(viewer), as_date(today)).table_valued(column("pupil_id", Uuid())).render_derived()
    said = exists(
        select(LookReason.id)
        .where(
            LookReason.viewer_id == as_uuid(viewer),
            LookReason.pupil_id == pupil_id,
            LookReason.given_on <= as_date(today),
            LookReason.last_day >= as_date(today),
        )
        .correlate_except(LookReason)
    )
    taught = exists(select(own.c.pupil_id).where(own.c.pupil_id == pupil_id).correlate_except(own))
    return and_(is_dean_of(viewer, pupil_id, today), ~said, ~taught)
