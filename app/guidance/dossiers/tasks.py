"""The PDF of a dossier, made in the background; what was asked for and is not needed any more goes by itself."""

import asyncio
import logging
import tempfile
from pathlib import Path
from uuid import UUID, uuid4

from procrastinate import JobContext
from sqlalchemy import select

from app.guidance.dossiers.models import DossierHandIn, DossierPdf, HandInState, PdfState
from app.guidance.dossiers.paper import TEMPLATE, HandedIn, pictured, value_of
from app.media.kept import picture_key
from app.media.models import KeptFile
from app.people.models import Person
from app.platform.clock import AMSTERDAM, system_clock
from app.platform.jobs import Tools, jobs, tools
from app.platform.pdf.keeping import fetch_pictures, sweep_pdfs
from app.platform.pdf.making import make_pdf
from app.platform.storage import Storage

log = logging.getLogger(__name__)

PREFIX = "dossier/"


@jobs.task(name="make_dossier_pdf", pass_context=True)
async def make_dossier_pdf(context: JobContext, hand_in_id: str) -> None:
    """Makes the PDF and keeps it; where that fails, the page says so and people ask again."""
    found = tools(context)
    which = UUID(hand_in_id)
    async with found.sessions() as session:
        pdf = await session.get(DossierPdf, which)
        if pdf is None or pdf.state != PdfState.ASKED:
            return
        asked_at = pdf.asked_at
        given = await session.get_one(DossierHandIn, which)
        closer = await session.get(Person, given.closed_by) if given.closed_by else None
        kept = list(await session.scalars(select(KeptFile).where(KeptFile.keeper_id == which)))
    handed_in = HandedIn(
        snapshot=given.snapshot,
        handed_in_on=given.handed_in_on,
        closed_on=given.closed_at.astimezone(AMSTERDAM).date() if given.closed_at and _is_done(given) else None,
        closed_by=closer.name if closer and _is_done(given) else None,
    )
    try:
        made = await asyncio.to_thread(_make, found, handed_in, kept)
        change = {"state": PdfState.READY, "object_key": made[0], "size": made[1]}
    except Exception:  # whatever it is: somebody waits for an answer
        if found.stopping.is_set():
            raise
        log.exception("no PDF of dossier %s", which)
        change = {"state": PdfState.FAILED}
    async with found.sessions.begin() as session:
        there = await session.get(DossierPdf, which, with_for_update=True)
        # Closed or asked for anew meanwhile: what was made is not what is wanted, and is swept away.
        if there is None or there.asked_at != asked_at:
            return
        for name, value in change.items():
            setattr(there, name, value)
        there.made_at = system_clock.now()


def _is_done(given: DossierHandIn) -> bool:
    return given.state == HandInState.DONE


def _make(found: Tools, handed_in: HandedIn, kept: list[KeptFile]) -> tuple[str, int]:
    """The key of the PDF in the store, and its size in bytes. Raises what make_pdf and Storage raise."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as name:
        pictures = _fetch(found.storage, handed_in, kept, Path(name))
        value = value_of(handed_in, {id_: path.name for id_, path in pictures.items()})
        called = {path.name: path for path in pictures.values()}
        pdf = make_pdf(TEMPLATE, value, called, system_clock.now(), found.stopping)
    key = f"{PREFIX}{uuid4()}.pdf"
    found.storage.put(key, pdf, "application/pdf")
    return key, len(pdf)


def _fetch(storage: Storage, handed_in: HandedIn, kept: list[KeptFile], folder: Path) -> dict[str, Path]:
    """The pictures that paper shows, small, by the id of their file; one that is lost is left out."""
    keys = {str(each.attachment_id): picture_key(each) for each in kept}
    wanted = [(id_, key) for id_ in pictured(handed_in.snapshot) if (key := keys.get(id_))]
    return fetch_pictures(storage, wanted, folder)


@jobs.periodic(cron="47 3 * * *")
@jobs.task(name="sweep_dossier_pdfs", queueing_lock="sweep_dossier_pdfs", pass_context=True)
async def sweep_dossier_pdfs(context: JobContext, timestamp: int) -> None:
    """Removes PDFs of a day ago that no row names: of before a dossier was closed, or of one that is gone."""
    found = tools(context)
    removed = await sweep_pdfs(found.sessions, found.storage, PREFIX, DossierPdf.object_key, system_clock.now())
    log.info("swept: %s PDFs of dossiers", len(removed))
