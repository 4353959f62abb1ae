"""Around a PDF made in the background: the pictures it shows come from the store, and what no row names goes."""

import asyncio
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from botocore.exceptions import ClientError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.platform.storage import Storage

log = logging.getLogger(__name__)

_FETCHERS = 8
_PATIENCE = timedelta(hours=24)


def fetch_pictures(storage: Storage, wanted: Iterable[tuple[str, str]], folder: Path) -> dict[str, Path]:
    """Pictures (id and key in the store) as files in this folder, by their id; one that is lost is left out."""

    def fetch(item: tuple[str, str]) -> tuple[str, Path] | None:
        id_, key = item
        path = folder / f"{UUID(id_)}.jpg"
        try:
            storage.fetch(key, path)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise
            log.error("the picture %s of a PDF is not in the store", key)
            return None
        return id_, path

    with ThreadPoolExecutor(_FETCHERS) as pool:
        return dict(each for each in pool.map(fetch, wanted) if each)


async def sweep_pdfs(
    sessions: async_sessionmaker[AsyncSession], storage: Storage, prefix: str, named: Any, now: datetime
) -> set[str]:
    """Removes PDFs of a day ago below this prefix that no row names in this column. Returns the keys it removed."""
    removed: set[str] = set()
    pages = storage.older(prefix, now - _PATIENCE)
    while (keys := await asyncio.to_thread(next, pages, None)) is not None:
        async with sessions() as session:
            known = set(await session.scalars(select(named).where(named.in_(keys))))
        for key in set(keys) - known:
            await asyncio.to_thread(storage.delete, key)
            removed.add(key)
    return removed
