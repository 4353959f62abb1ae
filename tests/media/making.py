"""Films, sounds and documents for tests, made here."""

import io
import subprocess
import zipfile
from pathlib import Path

import imageio_ffmpeg
from fpdf import FPDF

PLACE = "+52.0705+004.3007/"
"""As phones write in a film where it was made."""


def ffmpeg(*arguments: str | Path) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    subprocess.run(command, check=True)


def film(path: Path, size: str = "640x360", seconds: float = 2, sound: bool = True) -> Path:
    """A test picture with a tone, with the place where it was made."""
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"] if sound else []
    ffmpeg(
        "-f", "lavfi", "-i", f"testsrc=size={size}:rate=25:duration={seconds}", *tone,
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
        "-metadata", f"location={PLACE}", "-metadata", "make=Telefoonmaker",
        "-metadata", f"com.apple.quicktime.location.ISO6709={PLACE}", "-movflags", "+use_metadata_tags", path,
    )  # fmt: skip
    assert PLACE.encode() in path.read_bytes()
    return path


def sound(path: Path, seconds: float = 2) -> Path:
    """A tone that is silent in its second half."""
    loud = f"volume=enable='gt(t,{seconds / 2})':volume=0"
    source = f"sine=frequency=440:duration={seconds}"
    ffmpeg("-f", "lavfi", "-i", source, "-af", loud, "-metadata", "artist=Yara Bensaid", path)
    return path


def pdf(words: str = "Verslag") -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=24)
    page.cell(text=words)
    return bytes(page.output())


def office(**members: str | bytes) -> bytes:
    """A zip with these members; a Word document when nothing is said."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in ({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"} | members).items():
            packed.writestr(name, content)
    return out.getvalue()
