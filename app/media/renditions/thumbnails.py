"""Small pictures of a picture, and one so small that it stands in the page itself."""

import base64
import io
from pathlib import Path

from PIL import Image

from app.media.renditions.made import PICTURE_PX, THUMBNAIL_TYPES, Width
from app.media.renditions.photos import upright, without_metadata

_BLUR_PX = 20
_QUALITY = {"webp": 76, "jpg": 80}
_FORMAT = {"webp": "WEBP", "jpg": "JPEG"}


def make(picture: Path, folder: Path) -> str:
    """Writes each of `thumbnail_names()` to the folder; a data: URI of it, tiny and blurred. Raises Refused."""
    image = without_metadata(upright(picture, PICTURE_PX))
    for width in reversed(Width):
        image.thumbnail((width, PICTURE_PX), Image.Resampling.LANCZOS)
        for ending in THUMBNAIL_TYPES:
            image.save(folder / f"{width}.{ending}", _FORMAT[ending], quality=_QUALITY[ending])
    image.thumbnail((_BLUR_PX, _BLUR_PX))
    tiny = io.BytesIO()
    image.save(tiny, "WEBP", quality=20)
    return f"data:image/webp;base64,{base64.b64encode(tiny.getvalue()).decode()}"
