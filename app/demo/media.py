"""The files of the region, all made here: pictures, reports, a film and a spoken answer. No child is in them."""

import io
import math
import subprocess
import tempfile
import wave
from array import array
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import imageio_ffmpeg
from fpdf import FPDF
from PIL import Image

from app.demo import scenes_inside, scenes_outside, scenes_people
from app.demo.paint import LIGHTS, Board
from app.demo.rows import Dice, data
from app.media.models import MediaKind
from app.media.renditions import documents, films, photos, sounds, thumbnails
from app.media.renditions.made import THUMBNAIL_TYPES, thumbnail_names
from app.media.renditions.made import Made as Rendition

VARIATIONS = 3
"""Of every scene."""

SCENES = {
    scene.__name__: scene
    for scene in (
        scenes_inside.bakery, scenes_people.care_home, scenes_people.classroom, scenes_inside.garage,
        scenes_people.home, scenes_inside.hospital, scenes_inside.kitchen, scenes_people.salon, scenes_inside.screens,
        scenes_inside.shop, scenes_inside.studio, scenes_inside.workshop, scenes_outside.bees, scenes_outside.field,
        scenes_outside.fire, scenes_outside.greenhouse, scenes_outside.harbour, scenes_outside.site,
        scenes_outside.townhall, scenes_outside.tram,
    )
}  # fmt: skip

_DECODERS = {
    MediaKind.PHOTO: photos,
    MediaKind.FILM: films,
    MediaKind.SOUND: sounds,
    MediaKind.DOCUMENT: documents,
}

_FILM = (640, 360)
_FRAMES_A_SECOND = 15
_SAMPLES_A_SECOND = 16_000


@dataclass(frozen=True, slots=True)
class File:
    """Bytes with their media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file as an attachment needs it: what was sent, what the product keeps of it, its thumbnails by name."""

    kind: MediaKind
    name: str
    alt: str
    original: File
    kept: File
    made: Rendition
    thumbnails: dict[str, File]
    placeholder: str | None


def make_files() -> dict[str, list[Made]]:
    """By what they are of: a scene's name, or the code of a report, the film and the sound."""
    words = data("files.toml")
    asked = [(scene, number) for scene in SCENES for number in range(VARIATIONS)]
    with ThreadPoolExecutor() as pool:
        film = pool.submit(_film)
        sound = pool.submit(_sound)
        photos = pool.map(lambda each: _photo(each[0], each[1], words["scene"][each[0]]), asked)
        made: dict[str, list[Made]] = {}
        for (scene, _), photo in zip(asked, photos, strict=True):
            made.setdefault(scene, []).append(photo)
        for code, report in words["report"].items():
            content = _report(report, [made[scene][1] for scene in report["scenes"]])
            made[code] = [_made(MediaKind.DOCUMENT, report["name"], "", File(content, "application/pdf"))]
        made["film"] = [_made(MediaKind.FILM, **words["film"], original=File(film.result(), "video/mp4"))]
        made["sound"] = [_made(MediaKind.SOUND, **words["sound"], original=File(sound.result(), "audio/mp4"))]
    return made


def paint(scene: str, variation: int) -> Image.Image:
    """A picture of a scene, 1600 × 1200; another number gives other light and another arrangement."""
    dice = Dice(f"{scene}-{variation}")
    board = Board(dice, "#fbf9f4")
    SCENES[scene](board)
    return board.lit(dice.choice(list(LIGHTS)))


def phone_photo() -> bytes:
    """A JPEG as a phone makes it: some 4 MB, 4032 × 3024, lying on its side, with the place where it was taken."""
    size = (4032, 3024)
    # Sensors are noisy; that is what makes such files large.
    noise = Image.effect_noise((size[0] // 2, size[1] // 2), 60).resize(size).convert("RGB")
    photo = Image.blend(paint("harbour", 7).resize(size, Image.Resampling.LANCZOS), noise, 0.18)
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: a quarter turn
    exif[0x010F], exif[0x0110] = "Telefoon", "Model 1"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 4.0, 12.5), 3: "E", 4: (4.0, 16.0, 48.2)})
    return _jpeg(photo, 93, exif=exif)


def _jpeg(image: Image.Image, quality: int, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, **more)
    return out.getvalue()


def _photo(scene: str, variation: int, words: dict[str, Any]) -> Made:
    original = _jpeg(paint(scene, variation), 84)
    return _made(MediaKind.PHOTO, words["name"], words["alt"], File(original, "image/jpeg"))


def _made(kind: MediaKind, name: str, alt: str, original: File) -> Made:
    """What the product makes of it, by the same decoders."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / "source"
        source.write_bytes(original.content)
        made = _DECODERS[kind].make(source, folder, original.media_type)
        placeholder = thumbnails.make(made.picture, folder) if made.picture else None
        small = {
            each: File((folder / each).read_bytes(), THUMBNAIL_TYPES[each.rpartition(".")[2]])
            for each in thumbnail_names()
            if made.picture
        }
        kept = File(made.file.read_bytes(), made.file_type) if made.file else original
        return Made(kind, name, alt, original, kept, made, small, placeholder)


def _report(words: dict[str, Any], pictures: list[Made]) -> bytes:
    """A report of two pages as PDF."""
    pdf = FPDF()
    pdf.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))
    pdf.set_title(words["title"])
    pdf.set_lang("nl-NL")
    pdf.set_margin(22)
    for number, (page, picture) in enumerate(zip(words["pages"], pictures, strict=True)):
        pdf.add_page()
        pdf.set_text_color("#12332a")
        pdf.set_font("Helvetica", "B", 28 if number == 0 else 20)
        pdf.multi_cell(0, 13, words["title"] if number == 0 else page["head"], new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
        shown = io.BytesIO(picture.kept.content)
        pdf.image(shown, w=pdf.epw if number == 0 else pdf.epw * 0.7, alt_text=picture.alt)
        pdf.ln(6)
        pdf.set_font("Helvetica", size=13)
        for paragraph in page["text"]:
            pdf.multi_cell(0, 7.4, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
            pdf.ln(3)
    return bytes(pdf.output())


def _film() -> bytes:
    """Ten seconds of film (H.264 in MP4, plays from the first byte on): from the shop to the oven to the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        writer = imageio_ffmpeg.write_frames(
            str(path), _FILM, fps=_FRAMES_A_SECOND, codec="libx264", macro_block_size=8, ffmpeg_log_level="error",
            output_params=["-preset", "veryfast", "-movflags", "+faststart", "-fflags", "+bitexact"],
        )  # fmt: skip
        writer.send(None)
        for frame in _frames():
            writer.send(frame.tobytes())
        writer.close()
        return path.read_bytes()


def _frames() -> Iterator[Image.Image]:
    shots = [paint(scene, 9).reduce(2) for scene in ("shop", "bakery", "home")]
    seconds, overlap = 4.0, 1.0
    length, step = round(seconds * _FRAMES_A_SECOND), round((seconds - overlap) * _FRAMES_A_SECOND)
    for frame in range(step * (len(shots) - 1) + length):
        number, at = min(frame // step, len(shots) - 1), frame % step
        at += (frame // step - number) * step
        view = _view(shots[number], at / length)
        if number and at < length - step:
            before = _view(shots[number - 1], (at + step) / length)
            view = Image.blend(before, view, at / (length - step))
        yield view


def _view(picture: Image.Image, part: float) -> Image.Image:
    """The camera moves in and to the right, slowly at both ends."""
    eased = part * part * (3 - 2 * part)
    wide = picture.width * (0.98 - 0.26 * eased)
    high = wide * _FILM[1] / _FILM[0]
    left, top = (picture.width - wide) * (0.2 + 0.5 * eased), (picture.height - high) * 0.6
    return picture.resize(_FILM, Image.Resampling.BILINEAR, (left, top, left + wide, top + high))


def _sound() -> bytes:
    """Eleven seconds (AAC in M4A) that sound like somebody who tells something, in four breaths."""
    samples = array("h", _speech())
    with tempfile.TemporaryDirectory() as folder:
        raw, path = Path(folder) / "sound.wav", Path(folder) / "sound.m4a"
        with wave.open(str(raw), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_SAMPLES_A_SECOND)
            file.writeframes(samples.tobytes())
        arguments = ["-v", "error", "-i", raw, "-c:a", "aac", "-b:a", "48k", "-fflags", "+bitexact", path]
        subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *map(str, arguments)], check=True)
        return path.read_bytes()


def _speech() -> Iterator[int]:
    dice = Dice("speech")
    vowels = [_vowel(*formants) for formants in ((750, 1250), (430, 2000), (320, 2300), (480, 900), (350, 750))]
    for _ in range(4):
        syllables = dice.randint(8, 12)
        for number in range(syllables):
            period = dice.choice(vowels)
            pitch = 235 - 60 * number / syllables + dice.uniform(-14, 14)
            length = int(_SAMPLES_A_SECOND * dice.uniform(0.12, 0.24))
            phase = 0.0
            for step in range(length):
                phase = (phase + pitch * len(period) / _SAMPLES_A_SECOND) % len(period)
                swell = math.sin(math.pi * step / length) ** 0.6
                yield round(9_000 * swell * period[int(phase)])
            yield from [0] * int(_SAMPLES_A_SECOND * dice.uniform(0.01, 0.06))
        yield from [0] * (_SAMPLES_A_SECOND // 2)


def _vowel(first: float, second: float) -> list[float]:
    """One period of a voice at 200 Hz whose overtones are strong near two frequencies (Hz)."""
    size = 160
    loud = [
        sum(strength / (1 + ((200 * tone - near) / 180) ** 2) for near, strength in ((first, 1.0), (second, 0.5)))
        / tone**0.3
        for tone in range(1, 16)
    ]
    wave_form = [
        sum(part * math.sin(2 * math.pi * tone * step / size) for tone, part in enumerate(loud, 1))
        for step in range(size)
    ]
    peak = max(map(abs, wave_form))
    return [value / peak for value in wave_form]
