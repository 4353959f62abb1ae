"""Photos made fit to show."""

import io
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.media.models import MediaKind
from app.media.renditions import apart, photos, thumbnails
from app.media.renditions.made import Made, Refused, thumbnail_names

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


Kept = Callable[[bytes], tuple[Made, bytes]]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """What is made of a photo, and its bytes."""

    def make(original: bytes) -> tuple[Made, bytes]:
        source = tmp_path / "source"
        source.write_bytes(original)
        made = photos.make(source, tmp_path, "image/jpeg")
        assert made.file
        return made, made.file.read_bytes()

    return make


def test_a_photo_taken_sideways_stands_upright(kept: Kept) -> None:
    made, data = kept(phone_photo(orientation=6))
    assert (made.width, made.height) == (300, 400)
    shown = Image.open(io.BytesIO(data))
    assert shown.getpixel((280, 200))[0] > 200, "red was above; turned a quarter it is on the right"
    assert shown.getpixel((20, 200))[2] > 200


def test_place_and_maker_stay_behind(kept: Kept, tmp_path: Path) -> None:
    made, data = kept(phone_photo())
    assert made.picture
    thumbnails.make(made.picture, tmp_path)
    for each in (data, *((tmp_path / name).read_bytes() for name in thumbnail_names())):
        assert not Image.open(io.BytesIO(each)).getexif()
        assert b"Exif" not in each
        assert b"Telefoonmaker" not in each


def test_a_large_photo_becomes_small_enough_for_a_phone(kept: Kept, tmp_path: Path) -> None:
    noise = Image.frombytes("L", (3000, 1500), random.Random(1).randbytes(3000 * 1500)).convert("RGB")
    made, data = kept(encoded(noise, "JPEG"))
    assert Image.open(io.BytesIO(data)).size == (2560, 1280) == (made.width, made.height)
    assert made.picture
    placeholder = thumbnails.make(made.picture, tmp_path)
    sizes = [Image.open(tmp_path / name).size for name in thumbnail_names()]
    assert sizes == [size for size in ((320, 160), (640, 320), (1280, 640)) for _ in ("webp", "jpg")]
    assert placeholder.startswith("data:image/webp;base64,")
    assert len(placeholder) <= 400


def test_a_small_photo_is_not_blown_up(kept: Kept) -> None:
    assert kept(encoded(Image.new("RGB", (50, 40), "green"), "PNG"))[0].width == 50


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
def test_every_kind_of_photo_is_shown(file_format: str, mode: str, kept: Kept) -> None:
    original = encoded(Image.new("RGB", (64, 48), "orange").convert(mode), file_format)
    assert Image.open(io.BytesIO(kept(original)[1])).size == (64, 48)


def test_what_is_see_through_becomes_white(kept: Kept) -> None:
    _, made = kept(encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    assert Image.open(io.BytesIO(made)).getpixel((10, 10)) == (255, 255, 255)


def test_of_an_animation_the_first_frame_is_shown(kept: Kept) -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue")]
    _, made = kept(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert Image.open(io.BytesIO(made)).getpixel((5, 5))[0] > 200


def test_a_photo_of_400_million_pixels_is_refused_before_it_is_read(kept: Kept) -> None:
    bomb = encoded(Image.new("1", (20_000, 20_000)), "PNG")
    with pytest.raises(Refused, match="too_many_pixels"):
        kept(bomb)


@pytest.mark.parametrize(
    "broken",
    [b"", b"hello", phone_photo()[:300], b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ids=["empty", "text", "cut off", "pdf", "svg"],
)
def test_what_cannot_be_read_is_refused(broken: bytes, kept: Kept) -> None:
    with pytest.raises(Refused, match="unreadable"):
        kept(broken)


def test_script_hidden_in_a_photo_is_gone(kept: Kept) -> None:
    polyglot = encoded(Image.new("RGB", (20, 20)), "JPEG", comment=b"<script>alert(1)</script>")
    assert b"script" in polyglot
    assert b"script" not in kept(polyglot + b"<script>alert(2)</script>")[1]


def huge_photo() -> bytes:
    """49 million pixels in some hundred kilobytes."""
    return encoded(Image.new("RGBA", (7_000, 7_000), (9, 80, 120, 255)), "PNG", compress_level=1)


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.write_bytes(huge_photo())
    return source


def test_a_decoder_has_a_process_of_its_own_and_costs_the_worker_no_memory(huge: Path, tmp_path: Path) -> None:
    script = (
        "import resource, sys, threading; from pathlib import Path; from app.media.renditions.apart import render;"
        "from app.media.models import MediaKind; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "made = render(MediaKind.PHOTO, Path(sys.argv[1]), Path(sys.argv[2]), 'image/png', threading.Event()).made;"
        "print(made.width, made.height, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    worker = subprocess.run([sys.executable, "-c", script, huge, tmp_path], capture_output=True, check=True)
    width, height, grown_kb = map(int, worker.stdout.split())
    assert (width, height) == (2_560, 2_560)
    assert grown_kb < 30_000


@pytest.mark.parametrize(("size", "file_format"), [((12_000, 9_000), "JPEG"), ((7_000, 7_000), "PNG")])
def test_the_largest_photos_cost_400_mb_at_most(size: tuple[int, int], file_format: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    Image.new("RGB", size, (9, 80, 120)).save(source, file_format)
    script = (
        "import sys; from pathlib import Path; from app.media.renditions import photos;"
        "photos.make(Path(sys.argv[1]), Path(sys.argv[2]), '');"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    child = subprocess.run([sys.executable, "-c", script, source, tmp_path], capture_output=True, check=True)
    assert int(child.stdout) < 400_000, "kB"


@pytest.mark.parametrize(
    ("memory", "cost"), [(300_000_000, apart.Cost(60, 60)), (2_000_000_000, apart.Cost(1, 60))], ids=["memory", "time"]
)
def test_a_photo_that_costs_too_much_is_refused(
    memory: int, cost: apart.Cost, huge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MEMORY_BYTES", memory)
    monkeypatch.setitem(apart.COSTS, MediaKind.PHOTO, cost)
    with pytest.raises(Refused):
        apart.render(MediaKind.PHOTO, huge, tmp_path, "image/png", threading.Event())


def test_a_decoder_that_takes_too_long_is_stopped(huge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(apart.COSTS, MediaKind.PHOTO, apart.Cost(60, 0))
    with pytest.raises(Refused, match="too_complex"):
        apart.render(MediaKind.PHOTO, huge, tmp_path, "image/png", threading.Event())


def test_a_decoder_knows_no_passwords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENT_S3_SECRET_KEY", "geheim")
    seen: list[dict[str, str]] = []
    start = subprocess.Popen

    def spy(argv: list[str], env: dict[str, str], **more: Any) -> subprocess.Popen[bytes]:
        seen.append(env)
        return start(argv, env=env, **more)

    monkeypatch.setattr(subprocess, "Popen", spy)
    source = tmp_path / "source"
    source.write_bytes(phone_photo())
    assert apart.render(MediaKind.PHOTO, source, tmp_path, "image/jpeg", threading.Event()).made.width
    assert not any(name.startswith("TALENT_") for name in seen[0])
