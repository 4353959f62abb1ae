"""The pupil's own imports, and what was brought with them."""

from typing import Any

from sqlalchemy import DateTime, Integer, Text, Uuid, case, exists, func, literal_column, or_, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from app.media.models import Attachment
from app.people.models import Placement
from app.platform.reads import ONE_MORE, VIEWER, Read, cursor_of, json_list, json_object, paged, parameter
from app.portability.imports.models import BringState, BroughtRecord, PortfolioImport
from app.portfolio.models import Entry

_SHOWN: ColumnElement[int] = literal_column("20", Integer())
_ANNOUNCED: ColumnElement[str] = literal_column(f"'{BringState.ANNOUNCED.value}'", Text())
_IMPORT_ID = parameter("import_id", Uuid())
_is_pupil = exists().where(Placement.pupil_id == VIEWER)

_FIELDS = (
    *("kind", "source", "of", "entries", "files", "records", "own", "own_parts", "entries_before"),
    *("files_before", "shortened", "skipped", "skipped_count", "unknown"),
)
_report = case(
    (
        PortfolioImport.report.is_not(None),
        json_object(**{name: PortfolioImport.report[literal_column(f"'{name}'")] for name in _FIELDS}),
    )
)
_import = json_object(
    id=PortfolioImport.id,
    state=PortfolioImport.state,
    name=PortfolioImport.name,
    made_at=PortfolioImport.made_at,
    done_at=PortfolioImport.done_at,
    done=PortfolioImport.done,
    total=PortfolioImport.total,
    refusal=PortfolioImport.refusal,
    report=_report,
)
_newest = (
    select(PortfolioImport.id)
    .where(PortfolioImport.pupil_id == VIEWER, PortfolioImport.state != _ANNOUNCED)
    .order_by(PortfolioImport.made_at.desc(), PortfolioImport.id.desc())
    .limit(_SHOWN)
    .subquery("newest")
)

MY_IMPORTS = Read(
    select(
        json_object(
            items=select(json_list(_import, PortfolioImport.made_at.desc(), PortfolioImport.id.desc()))
            .where(PortfolioImport.id.in_(select(_newest.c.id)))
            .scalar_subquery()
        ).label("body")
    ).where(_is_pupil)
)
"""GET /v1/me/imports, as schemas.BringList; for who is or was a pupil."""

MY_IMPORT = Read(
    select(_import.label("body")).where(PortfolioImport.id == _IMPORT_ID, PortfolioImport.pupil_id == VIEWER)
)
"""GET /v1/me/imports/{import_id}, as schemas.BringOut."""

_AFTER_AT, _AFTER_ID = parameter("after_at", DateTime(timezone=True)), parameter("after_id", Uuid())
_ENTRY_ID = parameter("entry_id", Uuid())
# Shown are words; what stands beside a story as it was (when it was shared, its versions) is in the next export.
_WORDS = ("feedback", "words", "outsideAnswers", "conversationRecords", "prepSheets", "homework", "steps", "leap2a")
_records = (
    select(
        BroughtRecord.id,
        BroughtRecord.part,
        BroughtRecord.entry_id,
        BroughtRecord.content,
        BroughtRecord.brought_at,
        cursor_of(BroughtRecord.brought_at, BroughtRecord.id).label("cursor"),
        func.row_number().over(order_by=(BroughtRecord.brought_at.desc(), BroughtRecord.id.desc())).label("place"),
    )
    .where(
        BroughtRecord.pupil_id == VIEWER,
        BroughtRecord.part.in_([literal_column(f"'{part}'") for part in _WORDS]),
        or_(_ENTRY_ID.is_(None), BroughtRecord.entry_id == _ENTRY_ID),
        or_(_AFTER_AT.is_(None), tuple_(BroughtRecord.brought_at, BroughtRecord.id) < tuple_(_AFTER_AT, _AFTER_ID)),
    )
    .order_by(BroughtRecord.brought_at.desc(), BroughtRecord.id.desc())
    .limit(ONE_MORE)
    .subquery("records")
)
_sound = json_object(id=Attachment.id, state=Attachment.state, refusal=Attachment.refusal)
_record: ColumnElement[Any] = json_object(
    id=_records.c.id,
    part=_records.c.part,
    entry_id=_records.c.entry_id,
    entry_title=Entry.title,
    content=_records.c.content,
    sounds=select(json_list(_sound, Attachment.position, Attachment.id))
    .where(Attachment.brought_id == _records.c.id)
    .scalar_subquery(),
    brought_at=_records.c.brought_at,
)
_page = paged(_records, _record, (Entry, Entry.id == _records.c.entry_id), maybe=True)

BROUGHT = Read(
    select(json_object(items=_page.c.listed, next_cursor=_page.c.next_cursor).label("body"), _page.c.next_cursor).where(
        _is_pupil
    )
)
"""GET /v1/me/brought-records, as schemas.BroughtPage."""
