"""A portfolio out of here in one file, and into another: 40 and 400 entries with as many photos."""

import asyncio
import io
import json
import os
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import asyncpg
from PIL import Image
from uuid_utils.compat import uuid7

from app.platform.db import asyncpg_arguments
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.exports.by_hand import export_to_file
from app.portability.imports.by_hand import import_from_file

PX = (1280, 960)
TEXT = "Ik mocht mee met de ploeg en zag hoe alles ging. " * 12


def _photo(number: int) -> bytes:
    """Some 400 kB, as a photo of a phone is kept."""
    out = io.BytesIO()
    small = Image.frombytes("RGB", (320, 240), os.urandom(320 * 240 * 3))
    small.paste((number % 256, 90, 140), (0, 100, 320, 240))
    small.resize(PX, Image.Resampling.BICUBIC).save(out, "JPEG", quality=85, progressive=True, optimize=True)
    return out.getvalue()


async def fill(settings: Settings, count: int, *, etalage: bool = False) -> UUID:
    """A pupil with so many entries, each with a photo; the id. `etalage`: with a page of which papers are made."""
    storage = Storage(settings)
    connection = await asyncpg.connect(**asyncpg_arguments(settings.database_owner_url or ""))
    pupil, school = uuid7(), uuid7()
    await connection.execute("insert into school_year values (2026, '2026-08-01', '2027-07-31') on conflict do nothing")
    await connection.execute("insert into school (id, name, brin, site) values ($1, 'Meting', $2, '00')", school,
                             f"{count % 100:02}XY")  # fmt: skip
    await connection.execute(
        "insert into person (id, given_name, family_name, search_name) values ($1, 'Vol', 'Portfolio', 'vol')", pupil
    )
    await connection.execute(
        "insert into placement (id, pupil_id, school_id, starts_on) values ($1, $2, $3, '2026-08-01')",
        uuid7(), pupil, school,
    )  # fmt: skip
    photos = [_photo(number) for number in range(10)]
    for number in range(count):
        entry, random, photo = uuid7(), uuid7(), photos[number % 10] + os.urandom(8)
        await connection.execute(
            "insert into entry (id, pupil_id, school_year, kind, title, happened_on, sort_on, body, details, version,"
            " changed_on, updated_at) values ($1, $2, 2026, 'experience', $3, '2026-11-01', '2026-11-01', $4,"
            """ '{"kind": "experience"}', 1, '2026-11-01', now())""",
            entry, pupil, f"Een dag mee {number}", TEXT,
        )  # fmt: skip
        storage.put(f"file/{random}", photo, "image/jpeg")
        await connection.execute(
            "insert into attachment (id, entry_id, pupil_id, kind, media_type, name, size, state, object_key, file_key,"
            " file_type, file_size, file_sha256) values ($1, $2, $3, 'photo', 'image/jpeg', 'foto.jpg', $4, 'ready',"
            " $5, $6, 'image/jpeg', $4, encode(sha256($7), 'hex'))",
            uuid7(), entry, pupil, len(photo), f"original/{random}", f"file/{random}", photo,
        )  # fmt: skip
    if etalage:
        page = {"template": "blank", "title": "Wie ben ik", "intro": TEXT, "words": [], "sections": [
            {"id": str(uuid7()), "heading": "Dit deed ik", "text": TEXT, "stories": []}]}  # fmt: skip
        await connection.execute(
            "insert into showcase_page (id, pupil_id, content, version, made_at, updated_at)"
            " values ($1, $2, $3, 1, now(), now())", uuid7(), pupil, json.dumps(page),
        )  # fmt: skip
    await connection.close()
    return pupil


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Exports and imports one portfolio, of which the id, the file and the other pupil come as arguments."""
    settings = Settings()
    what, pupil, name = sys.argv[1:4]
    path = Path(name)
    began = time.perf_counter()
    if what == "export":
        export_to_file(settings, settings.database_worker_url or "", pupil, path, lambda done, total: None)
    else:
        asyncio.run(import_from_file(settings, settings.database_worker_url or "", pupil, path, lambda *_: None))
    assert threading.active_count() >= 1
    sys.stdout.write(json.dumps({"s": time.perf_counter() - began, "peak_mb": _peak_mb()}))


async def _apart(environment: dict[str, str], *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.takeaway", *arguments]
    process = await asyncio.create_subprocess_exec(
        *command, env=os.environ | environment, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    found: dict[str, float] = json.loads(out)
    return found


async def measure(settings: Settings, environment: dict[str, str]) -> dict[str, float]:
    """Seconds of the exports, of the larger one its peak (MB) and how much more that is, and of the import.

    `40_papers_s`: with an etalage, so with a CV and a plusdocument.
    """
    with TemporaryDirectory(prefix="takeaway-") as folder:
        few = await _apart(environment, "export", str(await fill(settings, 40)), f"{folder}/40.zip")
        shown = await fill(settings, 40, etalage=True)
        papers = await _apart(environment, "export", str(shown), f"{folder}/papers.zip")
        many = await _apart(environment, "export", str(await fill(settings, 400)), f"{folder}/400.zip")
        empty = await fill(settings, 0)
        back = await _apart(environment, "import", str(empty), f"{folder}/400.zip")
    return {"40_s": few["s"], "40_papers_s": papers["s"], "400_s": many["s"], "400_peak_mb": many["peak_mb"],
            "peak_ratio": many["peak_mb"] / few["peak_mb"], "import_s": back["s"]}  # fmt: skip


if __name__ == "__main__":
    main()
