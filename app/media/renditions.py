"""Photos made fit to show: upright, at most so large, in screen colours, and without any metadata."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

MEDIA_TYPE = "image/jpeg"
"""Of everything that is made here."""

DISPLAY_PX = 2_048
THUMBNAIL_PX = 640
MAX_PIXELS = 100_000_000

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
