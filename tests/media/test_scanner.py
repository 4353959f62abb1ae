"""The virus scanner: a real clamd with signatures written here."""

import io
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.media.renditions.made import Refused
from app.media.scanner import ScannerAway, scan
from app.platform.jobs import run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.media import making
from tests.media.test_tasks import jobs, queue
from tests.world import World

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless text that every scanner knows as a virus (https://www.eicar.org)."""

CONFIG = """
Foreground yes
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
StreamMaxLength 1M
MaxScanSize 20M
MaxFiles 500
MaxRecursion 10
AlertExceedsMax yes
ConcurrentDatabaseReload no
"""


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    assert Path(program).exists(), "the tests need clamd: apt-get install clamav-daemon"
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "local.ndb").write_text(f"Test-Signature:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(CONFIG.format(folder=folder))
    for path in (folder, folder / "signatures"):
        path.chmod(0o755)
    with subprocess.Popen([program, "-c", folder / "clamd.conf"], stdout=subprocess.DEVNULL) as daemon:
        try:
            socket = folder / "clamd.sock"
            until = time.monotonic() + 20
            while not socket.exists() and daemon.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
            assert socket.exists(), "clamd did not start"
            yield str(socket)
        finally:
            daemon.terminate()


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [EICAR, EICAR + bytes(9_000), zipped(EICAR), zipped(zipped(EICAR)), making.office(**{"word/a.bin": EICAR})],
    ids=["plain", "with a tail", "zip", "zip in zip", "word"],
)
def test_a_known_virus_is_refused(content: bytes, clamd: str, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(content)
    with pytest.raises(Refused, match="virus"):
        scan(clamd, tmp_path / "source")


def test_a_clean_file_passes_and_without_a_scanner_none_is_claimed(clamd: str, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(making.pdf())
    assert scan(clamd, tmp_path / "source") is True
    assert scan(None, tmp_path / "source") is False


def test_a_file_that_the_scanner_gives_up_on_is_too_complex(clamd: str, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(zipped(bytes(60_000_000)))
    with pytest.raises(Refused, match="too_complex"):
        scan(clamd, tmp_path / "source")


@pytest.mark.parametrize("clamd_at", ["/nowhere/clamd.sock", "127.0.0.1:9"])
def test_a_scanner_that_is_away_is_asked_again_and_nothing_passes(clamd_at: str, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"x")
    with pytest.raises(ScannerAway):
        scan(clamd_at, tmp_path / "source")


def document(world: World, settings: Settings, content: bytes) -> None:
    Storage(settings).put("original/scanned", content, "application/pdf")
    world.new_file(
        world.new_entry(), kind="document", media_type="application/pdf", name="a.pdf", size=len(content),
        state="received", object_key="original/scanned", file_key=None, file_type=None, thumbnail_key=None,
    )  # fmt: skip


async def test_a_virus_never_becomes_ready_and_leaves_the_store(world: World, settings: Settings, clamd: str) -> None:
    document(world, settings, making.pdf() + EICAR)
    await queue(world, world.scalar("select id from attachment"))
    scanning = settings.model_copy(update={"clamd": clamd})
    for _ in ("looks at it", "clears away"):
        await run_worker(scanning, until_empty=True)
    assert world.scalar("select state || ' ' || refusal from attachment") == "refused virus"
    assert Storage(settings).size("original/scanned") is None


async def test_while_the_scanner_is_away_the_file_waits(world: World, settings: Settings, clamd: str) -> None:
    document(world, settings, making.pdf())
    await queue(world, world.scalar("select id from attachment"))
    await run_worker(settings.model_copy(update={"clamd": "127.0.0.1:9"}), until_empty=True)
    assert world.scalar("select state from attachment") == "received"
    assert jobs(world) == 1
    world.change("update procrastinate_jobs set scheduled_at = null")
    await run_worker(settings.model_copy(update={"clamd": clamd}), until_empty=True)
    assert world.scalar("select state from attachment") == "ready"
    assert world.scalar("select scanned_at is not null from attachment")
