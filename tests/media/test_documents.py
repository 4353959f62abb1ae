"""Documents stay as they came; what could do harm is told or refused."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.media.renditions import documents
from app.media.renditions.made import Made, Refused
from tests.media import making

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def made(content: bytes, folder: Path, media_type: str = "application/pdf") -> Made:
    source = folder / "source"
    source.write_bytes(content)
    return documents.make(source, folder, media_type)


def changed(change: str) -> bytes:
    """A PDF with something in it that is not for reading."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(making.pdf())) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        if change == "script":
            pdf.Root.OpenAction = script
        elif change == "button":
            pdf.pages[0].obj.AA = pikepdf.Dictionary(O=pdf.make_indirect(script))
        elif change == "attachment":
            pdf.attachments["a.txt"] = b"hallo"
        locked = pikepdf.Encryption(owner="a", user="b") if change == "locked" else False
        pdf.save(out, encryption=locked)
    return out.getvalue()


def test_of_a_pdf_the_first_page_is_shown_and_the_file_stays_as_it_came(tmp_path: Path) -> None:
    of_pdf = made(making.pdf(), tmp_path)
    assert (of_pdf.file, of_pdf.caution) == (None, None)
    assert of_pdf.picture
    with Image.open(of_pdf.picture) as page:
        assert 1.3 < page.height / page.width < 1.5
        assert len(set(page.convert("L").resize((200, 280)).tobytes())) > 3, "there are words on it"


@pytest.mark.parametrize(
    ("change", "caution"),
    [("script", "pdf_script"), ("button", "pdf_script"), ("attachment", "pdf_attachment"), ("locked", "pdf_encrypted")],
)
def test_a_pdf_that_can_do_more_than_be_read_is_told_of(change: str, caution: str, tmp_path: Path) -> None:
    of_pdf = made(changed(change), tmp_path)
    assert of_pdf.caution == caution
    assert (of_pdf.picture is None) == (change == "locked")


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(2_000), making.pdf()[:120]])
def test_a_broken_pdf_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="unreadable"):
        made(content, tmp_path)


def test_a_page_of_kilometres_becomes_a_small_picture(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(making.pdf())) as pdf:
        pdf.pages[0].MediaBox = [0, 0, 14_000, 14_000_000]
        pdf.save(out)
    picture = made(out.getvalue(), tmp_path).picture
    if picture:
        with Image.open(picture) as page:
            assert max(page.size) <= 4 * documents.PAGE_PX


def test_a_word_document_is_kept_and_a_macro_told_of(tmp_path: Path) -> None:
    assert made(making.office(), tmp_path, WORD).caution is None
    assert made(making.office(**{"word/vbaProject.bin": b"x"}), tmp_path, WORD).caution == "office_macro"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04" + bytes(100), "unreadable"),
        (making.office(**{"word/document.xml": bytes(50_000_000)}), "too_complex"),
        (making.office(**{f"word/{n}.xml": "" for n in range(2_100)}), "too_complex"),
        (making.office(**{"../../evil.xml": "x"}), "unsupported_type"),
    ],
    ids=["broken", "bomb", "thousands", "outside"],
)
def test_a_zip_that_only_looks_like_a_document_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=code):
        made(content, tmp_path, WORD)


def test_any_zip_is_no_word_document(tmp_path: Path) -> None:
    sheet = making.office().replace(b"word/", b"evil/")
    with pytest.raises(Refused, match="unsupported_type"):
        made(sheet, tmp_path, WORD)
