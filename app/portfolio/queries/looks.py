"""'Wie keek er?': who looked at what of mine, by day."""

from sqlalchemy import ARRAY, Date, Uuid, any_, case, func, literal_column, or_, select, tuple_

from app.access.models import AccessLog
from app.access.reasons.models import LookReason
from app.people.models import Person, Role, StaffRole
from app.people.projections import full_name, runs
from app.platform.reads import ONE_MORE, VIEWER, Read, cursor_of, json_list, json_object, paged, parameter
from app.portfolio.models import Entry

_AFTER_DAY = parameter("after_day", Date())
_AFTER_VIEWER = parameter("after_id", Uuid())

_days = (
    select(
        AccessLog.on_date,
        AccessLog.viewer_id,
        func.min(AccessLog.rule).label("voice"),
        func.array_agg(AccessLog.reason_id, type_=ARRAY(Uuid)).label("reason_ids"),
        cursor_of(AccessLog.on_date, AccessLog.viewer_id).label("cursor"),
        json_list(
            json_object(entry_id=AccessLog.entry_id, title=case((AccessLog.entry_id.is_not(None), Entry.title))),
            AccessLog.at,
        ).label("things"),
        func.row_number().over(order_by=(AccessLog.on_date.desc(), AccessLog.viewer_id.desc())).label("place"),
    )
    .outerjoin(Entry, Entry.id == AccessLog.entry_id)
    .where(
        AccessLog.pupil_id == VIEWER,
        or_(
            _AFTER_DAY.is_(None),
            tuple_(AccessLog.on_date, AccessLog.viewer_id) < tuple_(_AFTER_DAY, _AFTER_VIEWER),
        ),
    )
    .group_by(AccessLog.on_date, AccessLog.viewer_id)
    .order_by(AccessLog.on_date.desc(), AccessLog.viewer_id.desc())
    .limit(ONE_MORE)
    .subquery("days")
)
_reason = (
    select(json_object(why=LookReason.why, note=LookReason.note))
    .where(LookReason.id == any_(_days.c.reason_ids))
    .order_by(LookReason.given_at.desc())
    .limit(literal_column("1"))
    .scalar_subquery()
)
_role = (
    select(StaffRole.role)
    .where(StaffRole.person_id == _days.c.viewer_id, runs(StaffRole, _days.c.on_date), _days.c.voice == "school")
    .order_by(StaffRole.role == Role.DEAN, StaffRole.starts_on)
    .limit(literal_column("1"))
    .scalar_subquery()
)
_look = json_object(
    on=_days.c.on_date,
    viewer_id=_days.c.viewer_id,
    viewer_name=full_name(),
    voice=_days.c.voice,
    role=_role,
    reason=_reason,
    things=_days.c.things,
)
_page = paged(_days, _look, (Person, Person.id == _days.c.viewer_id))

LOOKS = Read(
    select(json_object(items=_page.c.listed, next_cursor=_page.c.next_cursor).label("body"), _page.c.next_cursor)
)
"""GET /v1/me/looks, as access.schemas.LookPage."""
