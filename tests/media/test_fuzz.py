"""Files that were harmed in all ways: each is made fit to show or refused, and nothing of the place is ever left.

A few in the whole run; `TALENT_FUZZ=5000` tries that many.
"""

import io
import os
import random
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from PIL import Image

from app.media.renditions import documents, films, photos, sounds, thumbnails
from app.media.renditions.made import Made, Refused, thumbnail_names
from tests.media import making

TRIES = int(os.environ.get("TALENT_FUZZ", "150"))
DECODED = 1, 20
"""Of films and sounds, which cost a tenth of a second each, one in so many."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>{making.PLACE}</exif:GPSLatitude></x:xmpmeta>'


def located(file_format: str, latitude: float = 52.07, longitude: float = 4.3) -> bytes:
    """A photo of this format with its place in all ways that the format has."""
    image = Image.effect_noise((96, 64), 60).convert("RGB")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (latitude, 0.0, 0.0), 3: "E", 4: (longitude, 0.0, 0.0)})
    out = io.BytesIO()
    ways = {"xmp": XMP.encode()} if file_format in ("JPEG", "WEBP", "HEIF") else {}
    image.save(out, file_format, exif=exif, **ways)
    assert b"GPSLatitude" in out.getvalue() or not ways
    return out.getvalue()


def sources(folder: Path) -> list[tuple[ModuleType, str, bytes]]:
    whole = [
        (photos, "image/jpeg", located("JPEG")),
        (photos, "image/png", located("PNG")),
        (photos, "image/webp", located("WEBP")),
        (photos, "image/heic", located("HEIF")),
        (documents, "application/pdf", making.pdf()),
        (documents, WORD, making.office()),
    ]
    decoded = [
        (films, "video/mp4", making.film(folder / "a.mp4", "64x48", 0.4).read_bytes()),
        (sounds, "audio/mpeg", making.sound(folder / "b.mp3", 0.4).read_bytes()),
        (sounds, "audio/webm", making.sound(folder / "c.webm", 0.4).read_bytes()),
    ]
    return whole * (DECODED[1] // len(whole)) + decoded * DECODED[0]


def harmed(data: bytes, dice: random.Random) -> bytes:
    """Bytes changed, cut out, doubled, swapped, set to the largest, or all after a place lost."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 8, 40))):
        at, length = dice.randrange(len(changed)), dice.choice((1, 2, 4, 64))
        match dice.randrange(5):
            case 0:
                changed[at] = dice.randrange(256)
            case 1:
                changed[at : at + length] = b"\xff" * length
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length]
            case _:
                other = dice.randrange(len(changed))
                changed[at : at + length], changed[other : other + length] = (
                    changed[other : other + length], changed[at : at + length],
                )  # fmt: skip
        if len(changed) < 2:
            break
    if dice.random() < 0.2:
        del changed[dice.randrange(1, len(changed) + 1) :]
    return bytes(changed)


def test_harmed_files_are_made_or_refused_and_nothing_else(tmp_path: Path) -> None:
    dice = random.Random(int(os.environ.get("TALENT_FUZZ_SEED", "4")))
    kinds = sources(tmp_path)
    accepted = 0
    for number in range(TRIES):
        module, media_type, data = kinds[number % len(kinds)]
        source = tmp_path / "source"
        source.write_bytes(harmed(data, dice))
        try:
            made = module.make(source, tmp_path, media_type)
        except Refused:
            continue
        accepted += 1
        require_fit(made, source)
    assert 0 < accepted < TRIES, "some harm is great, some is not"


def require_fit(made: Made, source: Path) -> None:
    """What is kept is what it says, and can be read."""
    kept = made.file or source
    data = kept.read_bytes()
    assert making.PLACE.encode() not in data
    if made.file_type == "image/jpeg":
        with Image.open(kept) as image:
            image.load()
            assert (image.format, image.size) == ("JPEG", (made.width, made.height))
    elif made.file_type in ("video/mp4", "audio/mp4"):
        assert data[4:8] == b"ftyp"
        assert made.duration_ms
    elif made.file_type == "application/pdf" and made.caution != "pdf_encrypted":
        # As browsers open it; a file whose pages only some programs find is one that people can read.
        with pypdfium2.PdfDocument(kept) as pdf:
            assert len(pdf) > 0


# --- place ----------------------------------------------------------------------------------------------


def segments(jpeg: bytes) -> Iterator[int]:
    """The markers of a JPEG up to its picture."""
    at = 2
    while jpeg[at + 1] != 0xDA:
        yield jpeg[at + 1]
        at += 2 + int(struct.unpack(">H", jpeg[at + 2 : at + 4])[0])


def chunks(webp: bytes) -> Iterator[bytes]:
    at = 12
    while at < len(webp):
        yield webp[at : at + 4]
        size = int(struct.unpack("<I", webp[at + 4 : at + 8])[0])
        at += 8 + size + size % 2


PICTURE_ONLY = {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD}
"""JFIF, tables and frame. Exif and XMP would be in 0xE1, IPTC in 0xED, words in 0xFE."""


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_but_the_picture_is_left_of_a_photo(file_format: str, tmp_path: Path) -> None:
    dice = random.Random(7)
    for _ in range(5):
        source = tmp_path / "source"
        source.write_bytes(located(file_format, dice.uniform(0, 90), dice.uniform(0, 90)))
        made = photos.make(source, tmp_path, "image/jpeg")
        assert made.file
        thumbnails.make(made.file, tmp_path)
        for path in (made.file, *(tmp_path / name for name in thumbnail_names())):
            data = path.read_bytes()
            if data.startswith(b"RIFF"):
                assert set(chunks(data)) <= {b"VP8 ", b"VP8L"}, path
            else:
                assert set(segments(data)) <= PICTURE_ONLY, path


@pytest.mark.parametrize(
    ("make", "module", "media_type"),
    [
        (lambda folder: making.film(folder / "source.mp4", "64x48", 1), films, "video/mp4"),
        (lambda folder: making.film(folder / "source.mov", "64x48", 1), films, "video/quicktime"),
        (lambda folder: making.sound(folder / "source.mp3", 1), sounds, "audio/mpeg"),
    ],
)
def test_no_box_for_place_or_words_is_left_of_films_and_sounds(
    make: Callable[[Path], Path], module: ModuleType, media_type: str, tmp_path: Path
) -> None:
    made = module.make(make(tmp_path), tmp_path, media_type)
    data = made.file.read_bytes()
    for box in (b"\xa9xyz", b"loci", b"GPS", b"\xa9mak", b"ISO6709", b"Yara", making.PLACE.encode()):
        assert box not in data
