"""Which files are taken."""

import io
import zipfile

import pytest
from PIL import Image

from app.media.policy import ACCEPTED, LIMITS, Family, clean_name, family_of


def _image(file_format: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, file_format)
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "family"),
    [
        (_image("JPEG"), Family.JPEG),
        (_image("PNG"), Family.PNG),
        (_image("GIF"), Family.GIF),
        (_image("WEBP"), Family.WEBP),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Family.HEIF),
        (b"\0\0\0\x18ftypisom\0\0\0\0", Family.MP4),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", Family.MP4),
        (b"\0\0\0\x1cftypM4A \0\0\0\0", Family.MP4),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81", Family.MATROSKA),
        (b"OggS\0\x02", Family.OGG),
        (b"RIFF\x24\0\0\0WAVEfmt ", Family.WAVE),
        (b"ID3\x04\0", Family.MPEG_AUDIO),
        (b"\xff\xfb\x90\x64", Family.MPEG_AUDIO),
        (b"\xff\xf1\x50\x80", Family.MPEG_AUDIO),
        (b"%PDF-1.7\n", Family.PDF),
        (_zip(), Family.ZIP),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<!doctype html>", None),
        (b"MZ\x90\0", None),
        (b"RIFF\x24\0\0\0AVI LIST", None),
        (b"", None),
    ],
)
def test_the_first_bytes_say_what_a_file_is(head: bytes, family: Family | None) -> None:
    assert family_of(head) is family


def test_files_that_can_carry_script_are_not_taken() -> None:
    assert not {"image/svg+xml", "text/html", "application/xhtml+xml", "application/zip"} & ACCEPTED.keys()


def test_every_kind_has_a_limit() -> None:
    assert {accepted.kind for accepted in ACCEPTED.values()} == LIMITS.keys()


PHOTO, PDF = "image/jpeg", "application/pdf"


@pytest.mark.parametrize(
    ("given", "media_type", "kept"),
    [
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("C:\\Users\\yara\\foto.jpg", PHOTO, "foto.jpg"),
        ("FOTO.JPEG", PHOTO, "FOTO.JPEG"),
        ("reçu 📎 été.pdf", PDF, "reçu 📎 été.pdf"),
        ("foto\u202egpj.exe", PHOTO, "fotogpj.exe.jpg"),
        ("a\r\nSet-Cookie: x.png", "image/png", "aSet-Cookie: x.png"),
        ("werkstuk.hta", PDF, "werkstuk.hta.pdf"),
        ("werkstuk.pdf.bat", PDF, "werkstuk.pdf.bat.pdf"),
        ("werkstuk.pdf. ", PDF, "werkstuk.pdf"),
        ("....", PDF, "file.pdf"),
        (" .pdf", PDF, "pdf.pdf"),
        ("", PDF, "file.pdf"),
        ("x" * 300 + ".jpeg", PHOTO, "x" * 115 + ".jpeg"),
        ("y" * 300, PHOTO, "y" * 116 + ".jpg"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_files_of_its_type_do(given: str, media_type: str, kept: str) -> None:
    assert clean_name(given, ACCEPTED[media_type]) == kept
    assert clean_name(kept, ACCEPTED[media_type]) == kept
