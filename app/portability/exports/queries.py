"""The pupil's own exports."""

from typing import Any

from sqlalchemy import BigInteger, Integer, and_, case, cast, exists, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Placement
from app.platform.reads import NOW, VIEWER, Read, json_list, json_object
from app.portability.exports.models import ExportState, PortfolioExport

_SHOWN: ColumnElement[int] = literal_column("10", Integer())


def _state(state: ExportState) -> ColumnElement[str]:
    return literal_column(f"'{state.value}'")


def _count(key: str) -> ColumnElement[Any]:
    return cast(PortfolioExport.counts[literal_column(f"'{key}'")].astext, Integer)


_newest = (
    select(PortfolioExport)
    .where(PortfolioExport.pupil_id == VIEWER)
    .order_by(PortfolioExport.asked_at.desc(), PortfolioExport.id.desc())
    .limit(_SHOWN)
    .subquery("newest")
)
_over = and_(PortfolioExport.state == _state(ExportState.READY), PortfolioExport.expires_at <= NOW)
_export = json_object(
    id=PortfolioExport.id,
    state=case((_over, _state(ExportState.GONE)), else_=PortfolioExport.state),
    asked_at=PortfolioExport.asked_at,
    done=PortfolioExport.done,
    total=PortfolioExport.total,
    size=cast(PortfolioExport.size, BigInteger),
    stories=_count("stories"),
    files=_count("files"),
    missing=_count("missing"),
    ready_at=PortfolioExport.ready_at,
    expires_at=PortfolioExport.expires_at,
    fetched_at=PortfolioExport.fetched_at,
)

MY_EXPORTS = Read(
    select(
        json_object(
            items=select(json_list(_export, PortfolioExport.asked_at.desc(), PortfolioExport.id.desc()))
            .where(PortfolioExport.id.in_(select(_newest.c.id)))
            .scalar_subquery()
        ).label("body")
    ).where(exists().where(Placement.pupil_id == VIEWER))
)
"""GET /v1/me/exports, as schemas.ExportList; for who is or was a pupil."""
