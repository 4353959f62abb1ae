"""Paper: tagged as PDF/UA-1 asks, whatever people wrote; no markup of theirs is carried out, and nothing is fetched."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from app.platform.pdf.letters import UNKNOWN, legible, line, paragraphs, reads_from_right
from app.platform.pdf.making import NotSet, make_pdf

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
TEMPLATE = """
#import "house.typ": *
#let value = json("value.json")
#show: sheet.with(value)
#opening(value)
#facts(value.facts)
#heading(level: 1, said(value.head))
#pictures(value.pictures)
#lines(value.text)
"""
MARKUP = '#set text(red) *vet* _schuin_ $x^2$ @label <label> `code` \\ #read("/etc/passwd") = kop // weg [haak] ~ -- "'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.typ"
    path.write_text(TEMPLATE, "utf-8")
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (640, 427), "teal").save(path)
    return path


def value(*texts: str, pictures: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "lang": "nl", "title": "Proef van Yara", "author": "Yara", "eyebrow": "Proef", "name": line("Yara"),
        "under": "Kustlijn", "footer": "Proef", "facts": [["School", "Kustlijn"], ["Klas", "4B"]],
        "head": line("Wat kan ik?"), "pictures": pictures or [],
        "text": [each for text in texts for each in paragraphs(text)],
    }  # fmt: skip


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Everything in the tree of tags."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def check_tags(pdf: bytes) -> list[str]:
    """Holds a file against what PDF/UA-1 asks and a library can see; the tags in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked), "tagged"
        assert str(root.Lang) == "nl"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as meta:
            assert meta["dc:title"]
            assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert not root.get("/AcroForm")
        assert "/JavaScript" not in root.get("/Names", {})
        tags = list(elements(root.StructTreeRoot.K))
        names = [str(each.S).strip("/") for each in tags]
        for each in tags:
            if str(each.S) == "/Figure":
                assert str(each.get("/Alt", "")).strip(), "every picture says what can be seen"
            if str(each.S) == "/TH":
                assert "/A" in each, "a heading of a table says of what"
        depth = 0
        for name in names:
            if found := re.fullmatch(r"H(\d)", name):
                assert int(found[1]) <= depth + 1, "no level of heading is left out"
                depth = int(found[1])
        for page in document.pages:
            assert str(page.obj.get("/Tabs", "")) == "/S"
            assert "/StructParents" in page.obj
            for font in page.resources.get("/Font", {}).values():
                assert "/ToUnicode" in font, "letters can be copied and read aloud"
                (inner,) = font.DescendantFonts
                assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()), "the letters are in the file"
        return names


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_it_is_tagged_as_everybody_can_read_it(template: Path, photo: Path) -> None:
    shown = [{"path": "photo.jpg", "alt": "De zee bij Scheveningen", "tall": False}]
    made = make_pdf(template, value("Ik zag een kraan.\nEn de zee.", pictures=shown), {"photo.jpg": photo}, NOW)
    names = check_tags(made)
    assert {"Table", "TR", "TH", "TD", "H1", "P", "Figure"} <= set(names)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.Outlines.Count >= 1, "there are bookmarks"


def test_what_people_write_is_words_and_never_markup(template: Path) -> None:
    made = make_pdf(template, value(MARKUP), {}, NOW)
    check_tags(made)
    assert MARKUP.split()[-3] in text_of(made)
    assert "root:" not in text_of(made)
    assert " ".join(text_of(made).split()).count('#read("/etc/passwd")') == 1


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا يا جدتي (2026)", "Çağla, Łódź, İstanbul", "Привет, Ελλάδα", "😀 👩‍🔧 🇳🇱 👍🏽", "→ ✓ ≥ ½ ①",
        "e\u0301a\u0323\u0301", "ﬁ \U0001d49c ﷺ", "漢字 हिन्दी 한국어",
        "\u202etxt\u2066x\u2069", "\ufeff\u00ad\u200b\u200d",
        "Z\u0300\u0316\u0300\u0316algo", "a" * 20_000, "\U000e0001\ue000\uffff",
    ],
)  # fmt: skip
def test_every_kind_of_letter_gets_on_paper_or_is_marked(template: Path, text: str) -> None:
    check_tags(make_pdf(template, value(text), {}, NOW))


def test_arabic_is_set_from_the_right_and_can_be_copied(template: Path) -> None:
    assert reads_from_right("  (مرحبا)")
    assert not reads_from_right("2026 Haven مرحبا")
    assert "مرحبا" in text_of(make_pdf(template, value("مرحبا"), {}, NOW))


def test_letters_that_nobody_has_are_marked_and_look_alikes_stand_in() -> None:
    assert legible("漢a") == f"{UNKNOWN}a"
    assert legible("ﬁets \U0001d49c") == "fiets A"
    assert legible("a\u202eb\u0000c") == "abc"
    assert line("  een\n twee ") == {"text": "een twee", "rtl": False}
    assert [each["text"] for each in paragraphs("een\n\n  \ntwee")] == ["een", "twee"]


def test_a_template_finds_nothing_outside_its_folder_and_no_packages(tmp_path: Path) -> None:
    for reaching in ('#read("/../../etc/hostname")', '#read("../../../etc/hostname")', '#import "@preview/cetz:0.3.0"'):
        template = tmp_path / "reaching.typ"
        template.write_text(f'#set document(title: "x")\n{reaching}', "utf-8")
        with pytest.raises(NotSet):
            make_pdf(template, {}, {}, NOW)


def test_what_everybody_cannot_read_is_not_made(tmp_path: Path, photo: Path) -> None:
    template = tmp_path / "silent.typ"
    template.write_text('#set document(title: "x")\n#image("photo.jpg")', "utf-8")
    with pytest.raises(NotSet, match="alt"):
        make_pdf(template, {}, {"photo.jpg": photo}, NOW)


def test_a_picture_that_is_none_is_no_pdf(template: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0niets")
    shown = [{"path": "broken.jpg", "alt": "Niets", "tall": False}]
    with pytest.raises(NotSet):
        make_pdf(template, value(pictures=shown), {"broken.jpg": broken}, NOW)
