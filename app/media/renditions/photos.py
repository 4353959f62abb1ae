"""Photos made fit to show: upright, at most so large, in screen colours, and without any metadata."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from app.media.renditions.made import PICTURE_PX, Made, Refused

MEDIA_TYPE = "image/jpeg"
MAX_PIXELS = 110_000_000
"""A 12,000 × 9,000 photo is 108 million. A JPEG is read at half its size; others have to be held whole in memory."""
MAX_PIXELS_WHOLE = 50_000_000

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_SRGB = ImageCms.createProfile("sRGB")

register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def make(source: Path, folder: Path, media_type: str) -> Made:
    """The photo as a JPEG of at most 2560 px. Raises Refused ('unreadable', 'too_many_pixels')."""
    image = upright(source, PICTURE_PX)
    kept = folder / "photo.jpg"
    without_metadata(image).save(kept, "JPEG", quality=85, progressive=True, optimize=True)
    return Made(kept, MEDIA_TYPE, kept, image.width, image.height)


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
