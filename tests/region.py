"""The demo region for the browser tests, made once; each part begins with a copy: python -m tests.region DIR."""

import sys
from pathlib import Path
from shutil import rmtree

from app.demo import load_region
from app.platform.clock import system_clock
from app.platform.db import migrate
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings
from app.platform.storage import Storage


def make(folder: Path) -> None:
    """A region of today in this folder, stopped; raises as the engines and the loading do."""
    rmtree(folder, ignore_errors=True)
    with embedded_engines(Settings().model_copy(update={"var_dir": folder, "log_level": "error"})) as settings:
        migrate(settings)
        Storage(settings).ensure_bucket([settings.origin])
        load_region(settings, system_clock, lambda done, total: None)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
