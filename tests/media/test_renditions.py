"""Photos made fit to show."""

import io
import random
import subprocess
import sys
from typing import Any

import pytest
from PIL import Image

from app.media import renditions
from app.media.renditions import BrokenPhoto, make_display, make_thumbnail, render, render_apart

ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825


def phone_photo(width: int = 400, height: int = 300, orientation: int = 6) -> bytes:
    """Red above, blue below as the sensor saw it, with the maker and the place in its metadata."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, height // 2, width, height))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "Telefoonmaker"
    exif.get_ifd(PLACE).update({1: "N", 2: (52.0, 4.0, 30.0), 3: "E", 4: (4.0, 18.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    assert b"Telefoonmaker" in out.getvalue()
    return out.getvalue()


def encoded(image: Image.Image, file_format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def test_a_photo_taken_sideways_stands_upright() -> None:
    made = render(phone_photo(orientation=6))
    assert (made.width, made.height) == (300, 400)
    shown = Image.open(io.BytesIO(made.display))
    assert shown.getpixel((280, 200))[0] > 200, "red was above; turned a quarter it is on the right"
    assert shown.getpixel((20, 200))[2] > 200


@pytest.mark.parametrize("make", [make_display, make_thumbnail])
def test_place_and_maker_stay_behind(make) -> None:
    made = make(phone_photo())
    assert not Image.open(io.BytesIO(made)).getexif()
    assert b"Exif" not in made
    assert b"Telefoonmaker" not in made


def test_a_large_photo_becomes_small_enough_for_a_phone() -> None:
    noise = Image.frombytes("L", (3000, 1500), random.Random(1).randbytes(3000 * 1500)).convert("RGB")
    made = render(encoded(noise, "JPEG"))
    assert Image.open(io.BytesIO(made.display)).size == (2048, 1024) == (made.width, made.height)
    assert Image.open(io.BytesIO(made.thumbnail)).size == (640, 320)


def test_a_small_photo_is_not_blown_up() -> None:
    assert render(encoded(Image.new("RGB", (50, 40), "green"), "PNG")).width == 50


@pytest.mark.parametrize(
    ("file_format", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *(("PNG", mode) for mode in ("RGB", "RGBA", "P", "L", "LA", "1", "I;16")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA", "L")),
        *(("GIF", mode) for mode in ("RGB", "RGBA", "P", "L")),
        *(("HEIF", mode) for mode in ("RGB", "RGBA", "L")),
    ],
)
def test_every_kind_of_photo_is_shown(file_format: str, mode: str) -> None:
    original = encoded(Image.new("RGB", (64, 48), "orange").convert(mode), file_format)
    assert Image.open(io.BytesIO(make_thumbnail(original))).size == (64, 48)


def test_what_is_see_through_becomes_white() -> None:
    made = make_display(encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    assert Image.open(io.BytesIO(made)).getpixel((10, 10)) == (255, 255, 255)


def test_of_an_animation_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue")]
    made = make_display(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert Image.open(io.BytesIO(made)).getpixel((5, 5))[0] > 200


def test_a_photo_of_400_million_pixels_is_refused_before_it_is_read() -> None:
    bomb = encoded(Image.new("1", (20_000, 20_000)), "PNG")
    with pytest.raises(BrokenPhoto, match="too_many_pixels"):
        render(bomb)


@pytest.mark.parametrize(
    "broken",
    [b"", b"hello", phone_photo()[:300], b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ids=["empty", "text", "cut off", "pdf", "svg"],
)
def test_what_cannot_be_read_is_refused(broken: bytes) -> None:
    with pytest.raises(BrokenPhoto, match="unreadable"):
        render(broken)


def test_script_hidden_in_a_photo_is_gone() -> None:
    polyglot = encoded(Image.new("RGB", (20, 20)), "JPEG", comment=b"<script>alert(1)</script>")
    assert b"script" in polyglot
    assert b"script" not in make_display(polyglot + b"<script>alert(2)</script>")


def huge_photo() -> bytes:
    """96 million pixels in some hundred kilobytes."""
    return encoded(Image.new("RGBA", (12_000, 8_000), (9, 80, 120, 255)), "PNG", compress_level=1)


def test_a_decoder_has_a_process_of_its_own_and_costs_the_worker_no_memory() -> None:
    script = (
        "import resource, sys; from app.media.renditions import render_apart; data = sys.stdin.buffer.read();"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; made = render_apart(data);"
        "print(made.width, made.height, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    worker = subprocess.run([sys.executable, "-c", script], input=huge_photo(), capture_output=True, check=True)
    width, height, grown_kb = map(int, worker.stdout.split())
    assert (width, height) == (2_048, 1_365)
    assert grown_kb < 60_000


@pytest.mark.parametrize(("limit", "value"), [("MEMORY_BYTES", 300_000_000), ("CPU_S", 1), ("_WAIT_S", 0.1)])
def test_a_photo_that_costs_too_much_is_refused(limit: str, value: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renditions, limit, value)
    with pytest.raises(BrokenPhoto):
        render_apart(huge_photo())


def test_a_decoder_knows_no_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENT_S3_SECRET_KEY", "geheim")
    seen: list[dict[str, str]] = []
    run = subprocess.run

    def spy(argv: list[str], env: dict[str, str], **more: Any) -> subprocess.CompletedProcess[bytes]:
        seen.append(env)
        return run(argv, env=env, **more)

    monkeypatch.setattr(subprocess, "run", spy)
    assert render_apart(phone_photo()).width
    assert not any(name.startswith("TALENT_") for name in seen[0])
