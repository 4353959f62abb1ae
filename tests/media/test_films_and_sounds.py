"""Films and sounds that play everywhere, without a place."""

import threading
from pathlib import Path

import pytest
from PIL import Image

from app.media.models import MediaKind
from app.media.renditions import apart, ffmpeg, films, sounds, thumbnails
from app.media.renditions.made import Refused, thumbnail_names
from tests.media import making


@pytest.mark.parametrize(
    ("size", "ending", "media_type", "shown"),
    [
        ("1920x1080", "mp4", "video/mp4", (1280, 720)),
        ("1080x1920", "mov", "video/quicktime", (720, 1280)),
        ("321x241", "webm", "video/webm", (320, 240)),
    ],
)
def test_a_film_plays_everywhere(
    size: str, ending: str, media_type: str, shown: tuple[int, int], tmp_path: Path
) -> None:
    source = tmp_path / f"source.{ending}"
    making.ffmpeg(
        "-f", "lavfi", "-i", f"testsrc=size={size}:rate=25:duration=2", "-f", "lavfi", "-i", "sine=duration=2",
        "-pix_fmt", "yuv444p" if ending == "webm" else "yuv420p", *(["-b:v", "200k"] if ending == "webm" else []),
        source,
    )  # fmt: skip
    made = films.make(source, tmp_path, media_type)
    assert made.file
    assert made.picture
    assert (made.file_type, made.width, made.height) == ("video/mp4", *shown)
    assert made.duration_ms == pytest.approx(2000, abs=120)
    data = made.file.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "it plays from the first byte on"
    assert Image.open(made.picture).size == shown
    assert b"avc1" in data
    assert b"mp4a" in data


def test_no_place_and_no_maker_are_left(tmp_path: Path) -> None:
    made = films.make(making.film(tmp_path / "source.mp4"), tmp_path, "video/mp4")
    assert made.file
    assert made.picture
    thumbnails.make(made.picture, tmp_path)
    for path in (made.file, made.picture, *(tmp_path / name for name in thumbnail_names())):
        for trace in (making.PLACE, "52.07", "Telefoonmaker"):
            assert trace.encode() not in path.read_bytes()


def test_a_film_without_sound_stays_silent(tmp_path: Path) -> None:
    made = films.make(making.film(tmp_path / "source.mp4", sound=False), tmp_path, "video/mp4")
    assert made.file
    assert b"mp4a" not in made.file.read_bytes()


def test_a_film_without_a_picture_is_refused(tmp_path: Path) -> None:
    source = making.sound(tmp_path / "source.m4a")
    with pytest.raises(Refused, match="no_picture"):
        films.make(source, tmp_path, "video/mp4")


def test_a_film_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    source = making.film(tmp_path / "whole.mp4", seconds=4)
    early = tmp_path / "early.mp4"
    making.ffmpeg("-i", source, "-c", "copy", "-movflags", "+faststart", early)
    for path in (source, early):
        cut = tmp_path / "source"
        cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(Refused, match="unreadable"):
            films.make(cut, tmp_path, "video/mp4")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8\xff" + bytes(500), b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", bytes(range(256)) * 40],
    ids=["empty", "jpeg", "playlist", "noise"],
)
def test_what_is_no_film_is_refused(content: bytes, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(content)
    for make, media_type in ((films.make, "video/mp4"), (films.make, "video/webm"), (sounds.make, "audio/mpeg")):
        with pytest.raises(Refused):
            make(source, tmp_path, media_type)


def test_a_film_of_hours_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "MAX_S", 1)
    with pytest.raises(Refused, match="too_long"):
        films.make(making.film(tmp_path / "source.mp4"), tmp_path, "video/mp4")


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [("m4a", "audio/mp4"), ("mp3", "audio/mpeg"), ("ogg", "audio/ogg"), ("wav", "audio/wav"), ("webm", "audio/webm")],
)
def test_a_sound_plays_everywhere_and_shows_how_loud_it_was(ending: str, media_type: str, tmp_path: Path) -> None:
    made = sounds.make(making.sound(tmp_path / f"source.{ending}"), tmp_path, media_type)
    assert made.file
    assert made.peaks
    assert made.file_type == "audio/mp4"
    assert made.duration_ms == pytest.approx(2000, abs=150)
    assert len(made.peaks) == 64
    assert min(made.peaks[4:28]) > 40
    assert max(made.peaks[36:]) < 10
    assert b"Yara" not in made.file.read_bytes()


def test_a_film_may_not_cost_the_worker_more_than_it_has(tmp_path: Path) -> None:
    """A film of 4K in a decoder of its own, within the bounds of all."""
    source = making.film(tmp_path / "source.mp4", size="3840x2160", seconds=1)
    rendered = apart.render(MediaKind.FILM, source, tmp_path, "video/mp4", threading.Event())
    assert (rendered.made.width, rendered.made.height) == (1280, 720)
    assert rendered.placeholder
