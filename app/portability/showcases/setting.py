"""Sets a CV or a plusdocument: the pictures come from the store, the PDF is bytes. For the screen and for an export."""

import tempfile
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.media.renditions.made import Width
from app.platform.pdf.keeping import fetch_pictures
from app.platform.pdf.making import make_pdf
from app.platform.storage import Storage
from app.portability.showcases.models import PaperKind
from app.portability.showcases.paper import TEMPLATES, value_of


def paper_pdf(
    storage: Storage,
    kind: PaperKind,
    paper: Mapping[str, Any],
    made_at: datetime,
    stopping: threading.Event | None = None,
) -> bytes:
    """The PDF of what `showcase_paper` gives. Raises what make_pdf and Storage raise."""
    with tempfile.TemporaryDirectory(prefix="showcase-") as name:
        pictures = _fetch(storage, paper, Path(name))
        value = value_of(kind, paper, {id_: path.name for id_, path in pictures.items()})
        called = {path.name: path for path in pictures.values()}
        return make_pdf(TEMPLATES[kind], value, called, made_at, stopping)


def _fetch(storage: Storage, paper: Mapping[str, Any], folder: Path) -> dict[str, Path]:
    """The pictures that paper shows, small, by the id of their file; one that is lost is left out."""
    wanted = {
        picture["id"]: f"{picture['key']}-{Width.MEDIUM}.jpg"
        for part in paper["parts"]
        for item in part["items"]
        for picture in item["pictures"]
    }
    return fetch_pictures(storage, wanted.items(), folder)
