"""Notices about one's data: what goes soon, what somebody asked, what school answered.

What they are about stands on a floor above; here only the names of its tables are known, and row-level security says
who may know of a row.
"""

from typing import Any

from sqlalchemy import Date, Text, Uuid, and_, any_, column, exists, func, literal_column, or_, select, table
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.notices.kind import Kind
from app.guidance.notices.models import Notice, NoticeKind
from app.people.models import Person
from app.platform.reads import HOME, TODAY, VIEWER
from app.portfolio.models import Entry, EntryState

_ERASURE = table("erasure", column("id", Uuid()), column("state", Text()), column("due_on", Date()))
_CORRECTION = table("correction", column("id", Uuid()), column("asked_by", Uuid()), column("state", Text()))
_KEEPING = table("keeping", column("person_id", Uuid()), column("goes_on", Date()))

_thrown: Any = and_(
    Entry.id == Notice.about_id,
    Entry.pupil_id == VIEWER,
    Entry.state == literal_column(f"'{EntryState.TRASHED.value}'"),
    Notice.on_day > TODAY,
)
_mine_or_my_childs = or_(
    Notice.pupil_id == VIEWER,
    Notice.pupil_id == any_(HOME),
    func.data_known(VIEWER, Notice.pupil_id, TODAY),
)
_ends = and_(
    exists().where(_KEEPING.c.person_id == Notice.about_id, _KEEPING.c.goes_on == Notice.on_day), _mine_or_my_childs
)
_asked = and_(_ERASURE.c.id == Notice.about_id, _ERASURE.c.state == literal_column("'asked'"))
_answered = exists().where(
    _CORRECTION.c.id == Notice.about_id,
    _CORRECTION.c.asked_by == VIEWER,
    _CORRECTION.c.state != literal_column("'asked'"),
)
_whose: ColumnElement[Any] = select(Person.given_name).where(Person.id == Notice.pupil_id).scalar_subquery()
_begins: ColumnElement[Any] = select(_ERASURE.c.due_on).where(_asked).scalar_subquery()

DATA_KINDS: tuple[Kind, ...] = (
    Kind(
        NoticeKind.TRASH_GOES, ("pupil",), exists().where(_thrown), select(Entry.title).where(_thrown).scalar_subquery()
    ),
    Kind(NoticeKind.KEEPING_ENDS, ("pupil", "guardian"), _ends, _whose, fixed=True),
    Kind(
        NoticeKind.ERASURE_ASKED,
        ("pupil", "guardian"),
        and_(exists().where(_asked), _mine_or_my_childs),
        _whose,
        day=_begins,
        fixed=True,
    ),
    Kind(NoticeKind.CORRECTION_ANSWERED, ("pupil", "guardian", "staff", "admin"), _answered),
)
