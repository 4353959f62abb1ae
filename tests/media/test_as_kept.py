"""A film or sound of ours stays byte for byte when it is brought along; anything else in it, and it is made anew."""

import subprocess
from contextlib import suppress
from pathlib import Path

import imageio_ffmpeg
import pytest

from app.media.renditions import films, sounds
from app.media.renditions.made import Refused


def _source(folder: Path) -> Path:
    path = folder / "phone.mp4"
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i",
            "testsrc2=size=320x240:rate=25:duration=2",
            "-f", "lavfi", "-i", "sine=duration=2",
            "-c:v", "libx264", "-c:a", "aac", "-metadata", "title=hoi", path,
        ],
        check=True,
    )  # fmt: skip
    return path


def _film(source: Path, folder: Path) -> Path | None:
    folder.mkdir(exist_ok=True)
    return films.make(source, folder, "video/mp4").file


def test_a_film_and_a_sound_that_we_made_are_kept_as_they_are(tmp_path: Path) -> None:
    source = _source(tmp_path)
    film = _film(source, tmp_path / "first")
    assert film, "of a phone: made anew"
    assert _film(film, tmp_path / "again") is None
    sound = sounds.make(source, tmp_path, "video/mp4").file
    assert sound
    assert sounds.make(sound, tmp_path / "again", "audio/mp4").file is None


@pytest.mark.parametrize("what", ["behind", "a box", "tags", "frames"])
def test_a_film_with_something_else_in_it_is_made_anew(tmp_path: Path, what: str) -> None:
    film = _film(_source(tmp_path), tmp_path / "first")
    assert film
    content = bytearray(film.read_bytes())
    match what:
        case "behind":
            content += b"MZ"
        case "a box":
            content += b"\0\0\0\x10freeGPS=52,4"
        case "tags":
            content[content.find(b"udta") + 50] = 65
        case _:
            content[-400:-300] = b"\xff" * 100
    changed = tmp_path / "changed.mp4"
    changed.write_bytes(content)
    with suppress(Refused):
        assert _film(changed, tmp_path / "again") is not None
