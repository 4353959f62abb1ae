"""A class comes back from a visit: thirty photos at once, while others look at portfolios."""

import asyncio
import io
import os
import statistics
import time
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from PIL import Image
from uuid_utils.compat import uuid7

PUPILS = 30
MEGAPIXELS = (4000, 3000)
LOOKS_A_SECOND = 10


def photo(number: int) -> bytes:
    """A JPEG of 12 megapixels and some 2 MB, as a phone makes it."""
    small = Image.frombytes("RGB", (500, 375), os.urandom(500 * 375 * 3))
    small.paste((number * 8, 90, 140), (0, 200, 500, 375))
    out = io.BytesIO()
    small.resize(MEGAPIXELS, Image.Resampling.BICUBIC).save(out, "JPEG", quality=88)
    return out.getvalue()


async def _until_inspected(connection: asyncpg.Connection) -> None:
    waiting = "select count(*) from attachment where state = 'received'"
    for _ in range(2400):
        if await connection.fetchval(waiting) == 0:
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


async def bring_in(origin: str, headers: list[dict[str, str]], connection: asyncpg.Connection) -> dict[str, Any]:
    """One photo alone, then one of each pupil: seconds until thumbnails, and how long pages took meanwhile (ms)."""
    photos = [photo(number) for number in range(PUPILS)]
    looks: list[float] = []
    done = asyncio.Event()
    async with httpx.AsyncClient(base_url=origin, timeout=60) as client:

        async def send(number: int) -> None:
            own = headers[number] | {"X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}
            entry, file, content = uuid7(), uuid7(), photos[number]
            told = {"title": "Meting", "details": {"kind": "experience"}}
            (await client.put(f"/v1/entries/{entry}", json=told, headers=own)).raise_for_status()
            start = {"id": str(file), "name": "foto.jpg", "mediaType": "image/jpeg", "size": len(content)}
            plan = await client.post(f"/v1/entries/{entry}/attachments", json=start, headers=own)
            sent = await client.put(plan.json()["parts"][0]["url"], content=content)
            parts = {"parts": [{"number": 1, "etag": sent.headers["etag"]}]}
            answer = await client.post(f"/v1/attachments/{file}/complete", json=parts, headers=own)
            answer.raise_for_status()

        async def look(path: str) -> None:
            while not done.is_set():
                began = time.perf_counter()
                (await client.get(path, headers=headers[0])).raise_for_status()
                looks.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(1 / LOOKS_A_SECOND)

        await send(0)
        began = time.perf_counter()
        await _until_inspected(connection)
        first = time.perf_counter() - began
        me: UUID = UUID((await client.get("/v1/me", headers=headers[0])).json()["id"])
        looking = asyncio.create_task(look(f"/v1/pupils/{me}/portfolio?limit=20"))
        began = time.perf_counter()
        await asyncio.gather(*(send(number) for number in range(PUPILS)))
        await _until_inspected(connection)
        spent = time.perf_counter() - began
        done.set()
        await looking
    return {"first_s": first, "thumbnails_s": spent, "page_p95_ms": statistics.quantiles(looks, n=20)[18]}
