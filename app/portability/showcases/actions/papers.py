"""The PDF of a CV or a plusdocument: asked for, made in the background, fetched."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from app.people.models import Person
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotFound
from app.platform.jobs import enqueue
from app.platform.storage import Storage
from app.portability.showcases.models import PaperKind, PaperState, ShowcaseDocument, ShowcasePage, ShowcasePdf
from app.portability.showcases.schemas import PaperPdf
from app.portability.showcases.tasks import make_showcase_pdf

_URL_TTL = timedelta(minutes=10)
_PATIENCE = timedelta(minutes=5)
"""After so long without an answer the PDF can be asked for once more: the worker may have been away."""

_NAMES = {PaperKind.CV: "Cv", PaperKind.PLUS: "Plusdocument"}


async def ask_pdf(tx: Transaction, page_id: UUID, kind: PaperKind) -> PaperPdf:
    """Has the PDF made of the lines as they are now, unless that is under way or there. Raises NotFound (404)."""
    version = await _find(tx, page_id, kind)
    asked = {"state": PaperState.ASKED, "asked_at": tx.now, "of_version": version}
    making = insert(ShowcasePdf).values(page_id=page_id, kind=kind.value, **asked)
    # A page that was changed may show other stories with the same lines: one that is ready is made anew as well.
    again = making.on_conflict_do_update(
        index_elements=[ShowcasePdf.page_id, ShowcasePdf.kind],
        set_=asked,
        where=or_(ShowcasePdf.state != PaperState.ASKED, ShowcasePdf.asked_at < tx.now - _PATIENCE),
    )
    if await tx.session.scalar(again.returning(ShowcasePdf.page_id)) is not None:
        await enqueue(tx.session, make_showcase_pdf, page_id=str(page_id), kind=kind.value)
    pdf = await tx.session.get_one(ShowcasePdf, (page_id, kind.value), populate_existing=True)
    return PaperPdf(state=PaperState(pdf.state), size=pdf.size, made_at=pdf.made_at, outdated=pdf.of_version != version)


async def pdf_address(tx: Transaction, storage: Storage, page_id: UUID, kind: PaperKind) -> str:
    """A link for some minutes to the PDF. Raises NotFound (404), Conflict (409) while it is not there."""
    await _find(tx, page_id, kind)
    pdf = await tx.session.get(ShowcasePdf, (page_id, kind.value))
    if pdf is None or pdf.state != PaperState.READY or pdf.object_key is None:
        raise Conflict("not_ready")
    pupil = await tx.session.get_one(Person, tx.viewer)
    name = quote(f"{_NAMES[kind]} {pupil.name}.pdf", safe="")
    return storage.download_url(pdf.object_key, _URL_TTL, "application/pdf", f"attachment; filename*=UTF-8''{name}")


async def _find(tx: Transaction, page_id: UUID, kind: PaperKind) -> int:
    """The version of the lines."""
    version: int | None = await tx.session.scalar(
        select(ShowcaseDocument.version)
        .join(ShowcasePage, ShowcasePage.id == ShowcaseDocument.page_id)
        .where(
            ShowcaseDocument.page_id == page_id,
            ShowcaseDocument.kind == kind.value,
            ShowcasePage.pupil_id == tx.viewer,
            ShowcasePage.removed_at.is_(None),
        )
    )
    if version is None:
        raise NotFound
    return version
