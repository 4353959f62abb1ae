"""Documents stay as they came: looked through for what could do harm, with a picture of the first page."""

import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.media.renditions.made import Made, Refused

PAGE_PX = 1_280
MAX_MEMBERS, MAX_UNPACKED, MAX_RATIO = 2_000, 300_000_000, 200
"""Of an Office file, which is a zip: files in it, bytes in all, and how much larger than packed one may be."""

_PDF = "application/pdf"
_SCRIPT_KEYS = frozenset(("/JS", "/JavaScript", "/Launch", "/RichMedia", "/XFA"))
_OFFICE_S = 60
_DEEP = 60
_HEART = {
    "wordprocessingml.document": "word/document.xml",
    "presentationml.presentation": "ppt/presentation.xml",
    "spreadsheetml.sheet": "xl/workbook.xml",
    "opendocument.text": "content.xml",
    "opendocument.presentation": "content.xml",
}
"""By the end of the media type: the file without which such a document is none."""


def make(source: Path, folder: Path, media_type: str) -> Made:
    """Raises Refused ('unreadable', 'too_complex', 'unsupported_type')."""
    if media_type == _PDF:
        caution = _caution_of_pdf(source)
        picture = None if caution == "pdf_encrypted" else _first_page(source, folder)
    else:
        caution = _caution_of_office(source, media_type)
        pdf = _as_pdf(source, folder)
        picture = _first_page(pdf, folder) if pdf else None
    return Made(None, media_type, picture, caution=caution)


def _caution_of_pdf(source: Path) -> str | None:
    """'pdf_encrypted', 'pdf_script', 'pdf_attachment' or nothing. Raises Refused."""
    import pikepdf

    try:
        with pikepdf.open(source) as pdf:
            found = {key for thing in pdf.objects for key in _keys(thing)}
            attached = bool(len(pdf.attachments))
    except pikepdf.PasswordError:
        return "pdf_encrypted"
    except pikepdf.PdfError as error:
        raise Refused("unreadable") from error
    if found & _SCRIPT_KEYS:
        return "pdf_script"
    return "pdf_attachment" if attached or "/EmbeddedFile" in found else None


def _keys(thing: Any, depth: int = 0) -> Iterator[str]:
    """All keys of a thing and of what stands inside it; what it points at is a thing of its own."""
    import pikepdf

    if depth > _DEEP:
        raise Refused("too_complex")
    inside: Iterable[Any] = ()
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield from thing.keys()
        inside = [value for _, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    for value in inside:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _keys(value, depth + 1)


def _first_page(source: Path, folder: Path) -> Path | None:
    """A picture of the first page, or none where it cannot be drawn. Raises Refused where there is no page at all."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(source)
        page = pdf[0]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise Refused("unreadable") from error
    try:
        wide, high = page.get_size()
        image = page.render(scale=min(PAGE_PX / max(wide, 1), 2 * PAGE_PX / max(high, 1), 4)).to_pil()
    except (pypdfium2.PdfiumError, ValueError):
        return None
    finally:
        pdf.close()
    picture = folder / "page.png"
    image.convert("RGB").save(picture)
    return picture


def _caution_of_office(source: Path, media_type: str) -> str | None:
    """'office_macro' or nothing. Raises Refused: a bomb, or a zip that is something else."""
    try:
        with zipfile.ZipFile(source) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused("unreadable") from error
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise Refused("too_complex")
    if any(member.file_size > 1_000_000 + MAX_RATIO * member.compress_size for member in members):
        raise Refused("too_complex")
    names = {member.filename for member in members}
    heart = next(name for ending, name in _HEART.items() if media_type.endswith(ending))
    if heart not in names:
        raise Refused("unsupported_type")
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise Refused("unsupported_type")
    macro = any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names)
    return "office_macro" if macro else None


def _as_pdf(source: Path, folder: Path) -> Path | None:
    """As LibreOffice prints it, where there is one."""
    office = shutil.which("soffice")
    if office is None:
        return None
    command = [
        office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
        "--outdir", str(folder), str(source),
    ]  # fmt: skip
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_OFFICE_S)
    except subprocess.TimeoutExpired:
        return None
    made = folder / f"{source.stem}.pdf"
    return made if made.exists() else None
