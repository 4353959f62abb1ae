"""The files of a dossier that was handed in, as they were; and its PDF: asked for, made, fetched."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert

from app.guidance.dossiers.models import DossierHandIn, DossierPdf, PdfState
from app.guidance.dossiers.policy import may_read
from app.guidance.dossiers.schemas import DossierPdfOut
from app.guidance.dossiers.tasks import make_dossier_pdf
from app.media.kept import file_address, thumbnail_address
from app.media.models import KeptFile
from app.media.renditions.made import Width
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotFound
from app.platform.jobs import enqueue
from app.platform.storage import Storage
from app.portfolio.policy import sight_of

_URL_TTL = timedelta(minutes=10)
_PATIENCE = timedelta(minutes=5)
"""After so long without an answer the PDF can be asked for once more: the worker may have been away."""


async def read_file(tx: Transaction, storage: Storage, hand_in_id: UUID, attachment_id: UUID) -> str:
    """A link for some minutes to a file as it was handed in. Raises NotFound (404)."""
    return file_address(storage, await _kept(tx, hand_in_id, attachment_id))


async def read_thumbnail(
    tx: Transaction, storage: Storage, hand_in_id: UUID, attachment_id: UUID, width: Width, webp: bool
) -> str:
    """The same to a small picture of it. Raises NotFound (404)."""
    return thumbnail_address(storage, await _kept(tx, hand_in_id, attachment_id), width, webp)


async def ask_pdf(tx: Transaction, hand_in_id: UUID) -> DossierPdfOut:
    """Has the PDF made, unless it is there or under way. Raises NotFound (404)."""
    await _find(tx, hand_in_id)
    asked = {"state": PdfState.ASKED, "asked_by": tx.viewer, "asked_at": tx.now}
    making = insert(DossierPdf).values(hand_in_id=hand_in_id, **asked)
    # It is asked for once: whoever comes second finds it under way.
    again = making.on_conflict_do_update(
        index_elements=[DossierPdf.hand_in_id],
        set_=asked,
        where=or_(
            DossierPdf.state == PdfState.FAILED,
            (DossierPdf.state == PdfState.ASKED) & (DossierPdf.asked_at < tx.now - _PATIENCE),
        ),
    )
    if await tx.session.scalar(again.returning(DossierPdf.hand_in_id)) is not None:
        await enqueue(tx.session, make_dossier_pdf, hand_in_id=str(hand_in_id))
    pdf = await tx.session.get_one(DossierPdf, hand_in_id, populate_existing=True)
    return DossierPdfOut(state=PdfState(pdf.state), size=pdf.size, made_at=pdf.made_at)


async def pdf_address(tx: Transaction, storage: Storage, hand_in_id: UUID) -> str:
    """A link for some minutes to the PDF. Raises NotFound (404), Conflict (409) while it is not there."""
    found = await _find(tx, hand_in_id)
    pdf = await tx.session.get(DossierPdf, hand_in_id)
    if pdf is None or pdf.state != PdfState.READY or pdf.object_key is None:
        raise Conflict("not_ready")
    await _log(tx, found)
    name = quote(f"Loopbaandossier {found.snapshot['pupil']['name']}.pdf", safe="")
    return storage.download_url(pdf.object_key, _URL_TTL, "application/pdf", f"attachment; filename*=UTF-8''{name}")


async def _kept(tx: Transaction, hand_in_id: UUID, attachment_id: UUID) -> KeptFile:
    found = await _find(tx, hand_in_id)
    kept = await tx.session.get(KeptFile, (hand_in_id, attachment_id))
    if kept is None:
        raise NotFound
    await _log(tx, found)
    return kept


async def _find(tx: Transaction, hand_in_id: UUID) -> DossierHandIn:
    readable = select(DossierHandIn).where(DossierHandIn.id == hand_in_id, may_read(sight_of(tx.viewer, tx.today)))
    found: DossierHandIn | None = await tx.session.scalar(readable)
    if found is None:
        raise NotFound
    return found


async def _log(tx: Transaction, found: DossierHandIn) -> None:
    if found.pupil_id != tx.viewer:
        await tx.session.execute(select(func.log_look(found.pupil_id, None, "school", tx.now)))
