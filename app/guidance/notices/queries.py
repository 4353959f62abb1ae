"""Pages of notices: the list, the count in the bar, and the settings. All permission stands in `kinds`."""

from typing import Any

from sqlalchemy import (
    Boolean,
    DateTime,
    Integer,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    values,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.dossiers.policy import place
from app.guidance.notices.kind import Reader
from app.guidance.notices.kinds import EVERYBODY, FIXED, KINDS, actor_name, by_kind
from app.guidance.notices.models import Notice, NoticeSetting
from app.guidance.outside.policy import FROM_AGE
from app.people.models import Guardianship, Person, Placement, Role, StaffRole
from app.people.projections import runs
from app.platform.reads import (
    ONE_MORE,
    TODAY,
    VIEWER,
    Read,
    cursor_of,
    json_list,
    json_object,
    paged,
    parameter,
)

MOST = 10
"""So far unread ones are counted."""

_FALSE: ColumnElement[bool] = literal_column("false")
_QUIET_SINCE = parameter("quiet_since", DateTime(timezone=True))
_QUIET_UNTIL = parameter("quiet_until", DateTime(timezone=True))
_is_fixed = Notice.kind.in_([literal_column(f"'{kind.value}'") for kind in FIXED])
_silenced = exists().where(NoticeSetting.person_id == VIEWER, NoticeSetting.kind == Notice.kind, ~NoticeSetting.in_app)
_shown = and_(
    Notice.person_id == VIEWER,
    or_(_QUIET_SINCE.is_(None), Notice.at < _QUIET_SINCE, _is_fixed),
    ~_silenced,
    by_kind("opens", _FALSE),
)


def _unread() -> ColumnElement[int]:
    first = select(Notice.id).where(_shown, Notice.read_at.is_(None)).limit(literal_column(str(MOST))).subquery("first")
    return select(func.count().cast(Integer)).select_from(first).scalar_subquery()


COUNT = Read(select(json_object(unread=_unread(), quiet_until=_QUIET_UNTIL).label("body")))
"""GET /v1/me/notice-count, as schemas.NoticeCount."""

_after = tuple_(parameter("after_time", DateTime(timezone=True)), parameter("after_id", Uuid()))
_found = (
    select(Notice.id, Notice.at)
    .where(
        _shown,
        or_(
            parameter("after_id", Uuid()).is_(None),
            tuple_(Notice.at, Notice.id) < _after,
        ),
    )
    .order_by(Notice.at.desc(), Notice.id.desc())
    .limit(ONE_MORE)
    .subquery("found")
)
_rows = select(
    Notice,
    func.row_number().over(order_by=(_found.c.at.desc(), _found.c.id.desc())).label("place"),
    cursor_of(Notice.at, Notice.id).label("cursor"),
    by_kind("title", literal_column("null::text")).label("title"),
    by_kind("number", literal_column("null::integer")).label("number"),
    func.coalesce(by_kind("day", literal_column("null::date")), Notice.on_day).label("day"),
    actor_name().label("actor"),
).join(_found, _found.c.id == Notice.id)


def _list() -> Any:
    rows = _rows.subquery("rows")
    item = json_object(
        id=rows.c.id,
        kind=rows.c.kind,
        about_id=rows.c.about_id,
        pupil_id=rows.c.pupil_id,
        title=rows.c.title,
        number=rows.c.number,
        actor=rows.c.actor,
        day=rows.c.day,
        at=rows.c.at,
        read=rows.c.read_at.is_not(None),
    )
    return paged(rows, item)


_page = _list()
NOTICES = Read(
    select(
        json_object(
            items=_page.c.listed, next_cursor=_page.c.next_cursor, unread=_unread(), quiet_until=_QUIET_UNTIL
        ).label("body"),
        _page.c.next_cursor,
    )
)
"""GET /v1/me/notices, as schemas.NoticePage."""


# --- settings ---------------------------------------------------------------------------------------

_elsewhere = aliased(Placement)
_IS: dict[Reader, ColumnElement[bool]] = {
    "pupil": exists().where(Placement.pupil_id == VIEWER),
    "older": exists().where(
        Placement.pupil_id == VIEWER,
        Person.id == VIEWER,
        func.years_old(Person.birth_date, TODAY) >= literal_column(str(FROM_AGE)),
    ),
    "mover": exists().where(
        Placement.pupil_id == VIEWER, _elsewhere.pupil_id == VIEWER, _elsewhere.school_id != Placement.school_id
    ),
    "keeper": exists().select_from(place(VIEWER, TODAY)),
    "guardian": exists().where(Guardianship.guardian_id == VIEWER),
    "staff": exists().where(
        StaffRole.person_id == VIEWER, StaffRole.role.in_([Role.TEACHER, Role.DEAN]), runs(StaffRole, TODAY)
    ),
    "dean": exists().where(StaffRole.person_id == VIEWER, StaffRole.role == Role.DEAN, runs(StaffRole, TODAY)),
    "admin": exists().where(StaffRole.person_id == VIEWER, StaffRole.role == Role.ADMIN, runs(StaffRole, TODAY)),
}
_all_kinds: Any = values(
    column("kind", Text()), column("place", Integer()), column("fixed", Boolean()), name="kinds", literal_binds=True
).data([(kind.code.value, place, kind.fixed) for place, kind in enumerate(KINDS)])
_readers = case(
    *(
        (_all_kinds.c.kind == literal_column(f"'{kind.code.value}'"), or_(*(_IS[reader] for reader in kind.readers)))
        for kind in KINDS
        if kind.readers != EVERYBODY
    ),
    else_=literal_column("true"),
)

SETTINGS = Read(
    select(
        json_object(
            items=json_list(
                json_object(
                    kind=_all_kinds.c.kind,
                    fixed=_all_kinds.c.fixed,
                    in_app=func.coalesce(NoticeSetting.in_app, literal_column("true")),
                    by_mail=func.coalesce(NoticeSetting.by_mail, literal_column("true")),
                ),
                _all_kinds.c.place,
            )
        ).label("body")
    )
    .select_from(_all_kinds)
    .outerjoin(
        NoticeSetting,
        and_(NoticeSetting.person_id == VIEWER, NoticeSetting.kind == cast(_all_kinds.c.kind, Text)),
    )
    .where(_readers)
)
"""GET /v1/me/notice-settings, as schemas.NoticeSettings."""
