"""'Wie keek er?': who looked at what of mine, by day."""

from typing import Any

from sqlalchemy import ARRAY, Date, Text, Uuid, any_, case, cast, func, literal_column, or_, select, tuple_, union_all
from sqlalchemy.sql.elements import ColumnElement

from app.access.models import AccessLog, OutsideLook
from app.access.reasons.models import LookReason
from app.people.models import Person, Role, StaffRole
from app.people.projections import full_name, runs
from app.platform.reads import ONE_MORE, VIEWER, Read, cursor_of, json_list, json_object, paged, parameter
from app.portfolio.models import Entry

_AFTER_DAY = parameter("after_day", Date())
_AFTER_VIEWER = parameter("after_id", Uuid())

_nothing: ColumnElement[Any] = literal_column("null")
_from_outside: ColumnElement[str] = literal_column("'outside'", Text())
_lines = union_all(
    select(
        AccessLog.on_date,
        AccessLog.viewer_id,
        AccessLog.rule,
        cast(_nothing, Text).label("who"),
        AccessLog.reason_id,
        AccessLog.entry_id,
        AccessLog.at,
    ).where(AccessLog.pupil_id == VIEWER),
    select(
        OutsideLook.on_date,
        OutsideLook.link_id,
        _from_outside,
        OutsideLook.who,
        cast(_nothing, Uuid),
        OutsideLook.entry_id,
        OutsideLook.at,
    ).where(OutsideLook.pupil_id == VIEWER),
).subquery("line")
_line = _lines.c

_days = (
    select(
        _line.on_date,
        _line.viewer_id,
        func.min(_line.rule).label("voice"),
        func.min(_line.who).label("who"),
        func.array_agg(_line.reason_id, type_=ARRAY(Uuid)).label("reason_ids"),
        cursor_of(_line.on_date, _line.viewer_id).label("cursor"),
        json_list(
            json_object(entry_id=_line.entry_id, title=case((_line.entry_id.is_not(None), Entry.title))), _line.at
        ).label("things"),
        func.row_number().over(order_by=(_line.on_date.desc(), _line.viewer_id.desc())).label("place"),
    )
    .select_from(_lines)
    .outerjoin(Entry, Entry.id == _line.entry_id)
    .where(or_(_AFTER_DAY.is_(None), tuple_(_line.on_date, _line.viewer_id) < tuple_(_AFTER_DAY, _AFTER_VIEWER)))
    .group_by(_line.on_date, _line.viewer_id)
    .order_by(_line.on_date.desc(), _line.viewer_id.desc())
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
    viewer_name=func.coalesce(_days.c.who, full_name()),
    voice=_days.c.voice,
    role=_role,
    reason=_reason,
    things=_days.c.things,
)
_page = paged(_days, _look, (Person, Person.id == _days.c.viewer_id), maybe=True)

LOOKS = Read(
    select(json_object(items=_page.c.listed, next_cursor=_page.c.next_cursor).label("body"), _page.c.next_cursor)
)
"""GET /v1/me/looks, as access.schemas.LookPage."""
