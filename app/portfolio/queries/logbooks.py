"""Logbooks of one's own that run: what a day can be added to today."""

from sqlalchemy import Date, Text, and_, cast, column, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object
from app.portfolio.models import Entry, EntryState

_STILL = 14
"""So many days a logbook stays at hand."""

_WRITTEN = """'$ ? (@.text != "" || @.hours > 0 || @.attachmentIds.size() > 0)'"""

_line = (
    func.jsonb_path_query(Entry.details, literal_column("'$.logbook[*]'"))
    .table_valued(column("value", JSONB()), with_ordinality="number")
    .render_derived(name="line")
)
_on = _line.c.value.op("->>")(literal_column("'on'"))
_written = func.jsonb_path_exists(_line.c.value, literal_column(_WRITTEN))
_today = cast(TODAY, Text)
_last_weeks = cast(TODAY - literal_column(str(_STILL)), Date)

_lines = (
    select(
        func.count().label("begun"),
        func.count(func.coalesce(_on, cast(_line.c.number, Text)).distinct()).filter(_written).label("days"),
        func.coalesce(func.bool_or(and_(_on == _today, _written)), literal_column("false")).label("today"),
        func.max(_on).filter(_on <= _today).label("last"),
        func.bool_or(and_(_on <= _today, ~_written)).label("open"),
    )
    .select_from(_line)
    .correlate(Entry)
    .lateral("lines")
)

LOGBOOKS = Read(
    select(
        json_object(
            items=select(
                json_list(
                    json_object(
                        id=Entry.id,
                        title=Entry.title,
                        organisation=func.coalesce(
                            Entry.details.op("->>")(literal_column("'organisation'")), literal_column("''")
                        ),
                        work_fields=Entry.work_fields,
                        days=_lines.c.days,
                        hours=Entry.details.op("->")(literal_column("'hours'")),
                        today=_lines.c.today,
                        over=func.coalesce(Entry.ended_on < TODAY, literal_column("false")),
                    ),
                    Entry.sort_on.desc(),
                    Entry.id.desc(),
                )
            )
            .select_from(Entry)
            .join(_lines, _lines.c.begun > literal_column("0"))
            .where(
                Entry.pupil_id == VIEWER,
                Entry.state.not_in((EntryState.ARCHIVED, EntryState.TRASHED)),
                Entry.sort_on <= TODAY,
                or_(
                    Entry.ended_on >= TODAY,
                    and_(Entry.ended_on.is_(None), _lines.c.last >= cast(_last_weeks, Text)),
                    and_(Entry.ended_on >= _last_weeks, _lines.c.open),
                ),
            )
            .scalar_subquery()
        ).label("body")
    )
)
"""GET /v1/me/logbooks, as schemas.RunningLogbooks.

A stage runs until its last day, and two weeks longer where a day is still open; what has no last day runs until two
weeks after its newest line.
"""
