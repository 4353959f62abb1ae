"""Files that something keeps as they were, also after they left their entry (models.KeptFile)."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.media.models import KeptFile, MediaKind
from app.media.policy import ACCEPTED, clean_name
from app.media.renditions.made import THUMBNAIL_TYPES, Width
from app.platform.errors import NotFound
from app.platform.storage import Storage

_URL_TTL = timedelta(minutes=10)


async def kept_originals(session: AsyncSession, originals: Iterable[str]) -> dict[str, str]:
    """Of these keys of originals those of which something keeps the file: with the key of the file that is kept."""
    keeping = select(KeptFile.object_key, KeptFile.file_key).where(KeptFile.object_key.in_(set(originals)))
    return {row.object_key: row.file_key for row in await session.execute(keeping)}


def original_of(key: str) -> str:
    """The key that the row of this object has: `thumbnail/abc-320.webp` belongs to `original/abc`."""
    random = key.partition("/")[2]
    return f"original/{random[:36]}"


def left_over(key: str, original: str, file_key: str | None) -> bool:
    """Whether this is what a file was made of, while what was made of it is kept; or of an older way of keeping."""
    return (key == original and file_key not in (None, original)) or key.startswith("display/")


def file_address(storage: Storage, kept: KeptFile) -> str:
    """A link for some minutes to the file as it is kept."""
    way = "attachment" if kept.kind == MediaKind.DOCUMENT else "inline"
    name = clean_name(kept.name, ACCEPTED.get(kept.file_type, ACCEPTED[kept.media_type]))
    disposition = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
    return storage.download_url(kept.file_key, _URL_TTL, kept.file_type, disposition)


def thumbnail_address(storage: Storage, kept: KeptFile, width: Width, webp: bool) -> str:
    """A link for some minutes to a small picture of it. Raises NotFound (404)."""
    if kept.thumbnail_key is None:
        raise NotFound
    ending = "webp" if webp else "jpg"
    return storage.download_url(f"{kept.thumbnail_key}-{width}.{ending}", _URL_TTL, THUMBNAIL_TYPES[ending], "inline")


def picture_key(kept: KeptFile) -> str | None:
    """Where a small JPEG of it lies, wide enough for half a page of paper; None: there is nothing to see of it."""
    return f"{kept.thumbnail_key}-{Width.MEDIUM}.jpg" if kept.thumbnail_key else None
