"""Photos made fit to show: upright, at most so large, in screen colours, and without any metadata."""

import io
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from app.media.renditions.made import PICTURE_PX, Made, Refused

MEDIA_TYPE = "image/jpeg"
MAX_PIXELS = 110_000_000
"""A 12,000 × 9,000 photo is 108 million. A JPEG is read at half its size; others have to be held whole in memory."""
MAX_PIXELS_WHOLE = 50_000_000

_SAVED: dict[str, Any] = {"quality": 85, "progressive": True, "optimize": True}
_APP0, _SCAN = 0xE0, 0xDA
_PLAIN_MARKERS = frozenset((_APP0, 0xDB, 0xC2, 0xC4, _SCAN))
"""JFIF, tables, a progressive frame, and its scans."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_SRGB = ImageCms.createProfile("sRGB")

register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def make(source: Path, folder: Path, media_type: str) -> Made:
    """The photo as a JPEG of at most 2560 px. Raises Refused ('unreadable', 'too_many_pixels')."""
    image = upright(source, PICTURE_PX)
    if _is_as_we_keep_it(source):
        # Brought along from another school: made anew each time, a photo would fade with every move.
        return Made(None, MEDIA_TYPE, source, image.width, image.height)
    kept = folder / "photo.jpg"
    without_metadata(image).save(kept, "JPEG", **_SAVED)
    return Made(kept, MEDIA_TYPE, kept, image.width, image.height)


def _is_as_we_keep_it(source: Path) -> bool:
    """A JPEG as `make` writes it: its tables, no place for anything but the picture, and nothing after it."""
    with source.open("rb") as file:
        if file.read(2) != b"\xff\xd8":
            return False
        data = file.read()
    at = 0
    while True:
        marker = data[at : at + 2]
        if len(marker) < 2 or marker[0] != 0xFF or marker[1] not in _PLAIN_MARKERS:
            return False
        length = int.from_bytes(data[at + 2 : at + 4])
        if marker[1] == _APP0 and data[at + 4 : at + 9] + bytes((length,)) != b"JFIF\x00\x10":
            return False
        at += 2 + length
        if marker[1] == _SCAN:
            # The picture itself runs to the next marker that is not part of it.
            while (at := data.find(b"\xff", at)) >= 0 and data[at + 1 : at + 2] == b"\x00":
                at += 2
            if at < 0:
                return False
            if data[at : at + 2] == b"\xff\xd9":
                break
    if at + 2 != len(data):
        return False
    with Image.open(source, formats=("JPEG",)) as image:
        fits = image.mode == "RGB" and max(image.size) <= PICTURE_PX and not image.getexif()
        return bool(fits and image.info.get("progressive") and getattr(image, "quantization", None) == _our_tables())


@cache
def _our_tables() -> dict[int, list[int]]:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG", **_SAVED)
    with Image.open(out) as image:
        return dict(image.quantization)  # type: ignore[attr-defined]


def upright(source: Path, longest: int) -> Image.Image:
    """A new RGB image, at most `longest` px, upright; of an animation the first frame. Raises Refused."""
    try:
        with warnings.catch_warnings(), Image.open(source, formats=_FORMATS) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > (MAX_PIXELS if image.format == "JPEG" else MAX_PIXELS_WHOLE):
                raise Refused("too_many_pixels")
            # Reduce before anything else: a large JPEG is read at a part of its size, and nothing is held twice.
            twice = 2 * longest / max(image.size)
            image.draft(None, (int(image.width * twice), int(image.height * twice)))
            image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
            return _screen_colours(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("too_many_pixels") from error
    except Refused:
        raise
    except Exception as error:  # decoders raise whatever their format brings up: struct, zlib, index, value errors
        raise Refused("unreadable") from error


def without_metadata(image: Image.Image) -> Image.Image:
    """The same pixels in an image that knows nothing else."""
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    return clean


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
