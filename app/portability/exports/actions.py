"""Asking for an export, fetching it, throwing it away."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from app.people.models import Person, Placement
from app.platform.clock import AMSTERDAM
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotFound
from app.platform.jobs import enqueue
from app.platform.storage import Storage
from app.portability.exports.models import ExportState, PortfolioExport
from app.portability.exports.schemas import ExportOut
from app.portability.exports.tasks import forget_export, make_export

_URL_TTL = timedelta(minutes=10)
UNDER_WAY = (ExportState.ASKED, ExportState.MAKING)


async def ask(tx: Transaction) -> tuple[ExportOut, bool]:
    """Has an export made; while one is, that is the one. Whether it is new, too. Raises NotFound (404): no pupil."""
    if not await tx.session.scalar(select(exists().where(Placement.pupil_id == tx.viewer))):
        raise NotFound
    made = insert(PortfolioExport).values(id=uuid7(), pupil_id=tx.viewer, state=ExportState.ASKED, asked_at=tx.now)
    new = await tx.session.scalar(made.on_conflict_do_nothing().returning(PortfolioExport.id))
    if new is not None:
        await enqueue(tx.session, make_export, export_id=str(new))
        return _shown(await tx.session.get_one(PortfolioExport, new)), True
    running = select(PortfolioExport).where(
        PortfolioExport.pupil_id == tx.viewer, PortfolioExport.state.in_([state.value for state in UNDER_WAY])
    )
    found = await tx.session.scalar(running)
    # It ended between the two: whoever asks now gets the newest, which is ready, or failed and asked for again.
    if found is None:
        newest = select(PortfolioExport).where(PortfolioExport.pupil_id == tx.viewer)
        found = (await tx.session.scalars(newest.order_by(PortfolioExport.asked_at.desc()).limit(1))).one()
    return _shown(found), False


async def address(tx: Transaction, storage: Storage, export_id: UUID) -> str:
    """A link for some minutes to the zip. Raises NotFound (404), Conflict (409): not ready, or gone after a week."""
    found = await _own(tx, export_id)
    if found.state == ExportState.GONE or (found.expires_at and found.expires_at <= tx.now):
        raise Conflict("export_gone")
    if found.state != ExportState.READY or found.object_key is None:
        raise Conflict("not_ready")
    found.fetched_at = tx.now
    pupil = await tx.session.get_one(Person, tx.viewer)
    on = found.asked_at.astimezone(AMSTERDAM).date()
    name = quote(f"Portfolio {pupil.name} {on}.zip", safe="")
    return storage.download_url(found.object_key, _URL_TTL, "application/zip", f"attachment; filename*=UTF-8''{name}")


async def throw_away(tx: Transaction, export_id: UUID) -> None:
    """Stops it where it is being made, and removes it where it is there. Again is harmless. Raises NotFound (404)."""
    found = await _own(tx, export_id)
    if found.state != ExportState.GONE:
        found.state = ExportState.GONE
        await enqueue(tx.session, forget_export, export_id=str(export_id))


async def _own(tx: Transaction, export_id: UUID) -> PortfolioExport:
    own = select(PortfolioExport).where(PortfolioExport.id == export_id, PortfolioExport.pupil_id == tx.viewer)
    found: PortfolioExport | None = await tx.session.scalar(own)
    if found is None:
        raise NotFound
    return found


def _shown(found: PortfolioExport) -> ExportOut:
    counts = found.counts or {}
    return ExportOut(
        id=found.id,
        state=ExportState(found.state),
        asked_at=found.asked_at,
        done=found.done or 0,
        total=found.total or 0,
        size=found.size,
        stories=counts.get("stories"),
        files=counts.get("files"),
        missing=counts.get("missing"),
        ready_at=found.ready_at,
        expires_at=found.expires_at,
        fetched_at=found.fetched_at,
    )
