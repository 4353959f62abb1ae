"""Photos made fit to show: upright, at most so large, in screen colours, and without any metadata.

Decoders are where files do harm. `render_apart` runs them in a process of their own, with a bound on memory and time,
and without our passwords: `python -m app.media.renditions` reads a photo and writes what it made of it.
"""

import io
import os
import resource
import signal
import struct
import subprocess
import sys
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

MEDIA_TYPE = "image/jpeg"
"""Of everything that is made here."""

DISPLAY_PX = 2_048
THUMBNAIL_PX = 640
MAX_PIXELS = 100_000_000

MEMORY_BYTES = 2_000_000_000
CPU_S = 60
_WAIT_S = 180
"""What one photo may cost. A photo of 100 million pixels takes some 600 MB and 5 seconds."""

_BROKEN = 3
_HEAD = struct.Struct("!III")
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_SRGB = ImageCms.createProfile("sRGB")

register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class BrokenPhoto(Exception):
    """The bytes cannot be shown as a photo; `code` says why: 'unreadable' or 'too_many_pixels'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Renditions:
    """JPEG bytes of both sizes; width and height in pixels are those of `display`."""

    display: bytes
    thumbnail: bytes
    width: int
    height: int


def render(original: bytes) -> Renditions:
    """Both sizes of a photo. Raises BrokenPhoto."""
    display = _upright(original, DISPLAY_PX)
    thumbnail = display.copy()
    thumbnail.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS)
    return Renditions(_jpeg(display), _jpeg(thumbnail), display.width, display.height)


def render_apart(original: bytes) -> Renditions:
    """As `render`, in a process of its own.

    Raises BrokenPhoto, also for a photo that it does not survive; RuntimeError where the fault is not the photo's.
    """
    try:
        child = subprocess.run(
            [sys.executable, "-m", "app.media.renditions", str(MEMORY_BYTES), str(CPU_S)],
            input=original,
            capture_output=True,
            env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for us, and must not make a photo look broken
            timeout=_WAIT_S,
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenPhoto("unreadable") from error
    if child.returncode == _BROKEN:
        raise BrokenPhoto(child.stdout.decode())
    if child.returncode < 0 and -child.returncode not in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        raise BrokenPhoto("unreadable")
    if child.returncode != 0:
        raise RuntimeError(f"the decoder ended with {child.returncode}")
    width, height, size = _HEAD.unpack_from(child.stdout)
    made = memoryview(child.stdout)[_HEAD.size :]
    return Renditions(bytes(made[:size]), bytes(made[size:]), width, height)


def _main(memory_bytes: int, cpu_s: int) -> int:
    """In the process of its own: a photo in, both sizes out, or the code of what is wrong with it."""
    for kind, limit in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, cpu_s), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (limit, limit))
    try:
        made = render(sys.stdin.buffer.read())
    except BrokenPhoto as broken:
        sys.stdout.write(broken.code)
        return _BROKEN
    sys.stdout.buffer.write(_HEAD.pack(made.width, made.height, len(made.display)) + made.display + made.thumbnail)
    return 0


def make_display(original: bytes) -> bytes:
    """The photo as a JPEG of at most 2048 px. Raises BrokenPhoto."""
    return _jpeg(_upright(original, DISPLAY_PX))


def make_thumbnail(original: bytes) -> bytes:
    """The photo as a JPEG of at most 640 px. Raises BrokenPhoto."""
    return _jpeg(_upright(original, THUMBNAIL_PX))


def _upright(original: bytes, longest: int) -> Image.Image:
    """A new RGB image, at most `longest` px, upright; of an animation the first frame."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(original), formats=_FORMATS) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > MAX_PIXELS:
                raise BrokenPhoto("too_many_pixels")
            # Reduce before anything else: the largest photos are never held in memory twice.
            image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
            return _screen_colours(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BrokenPhoto("too_many_pixels") from error
    except BrokenPhoto:
        raise
    except Exception as error:  # decoders raise whatever their format brings up: struct, zlib, index, value errors
        raise BrokenPhoto("unreadable") from error


def _screen_colours(image: Image.Image) -> Image.Image:
    """RGB in sRGB on white. Phones photograph in wider colours, which fade when only the profile is dropped."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
        except ImageCms.PyCMSError:
            pass  # a broken profile costs some colour, not the photo
    if image.has_transparency_data:
        on_white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(on_white, image.convert("RGBA"))
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=82, progressive=True, optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1]), int(sys.argv[2])))
