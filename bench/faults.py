"""`python -m bench.faults`: the same morning, and app, worker, database and store are killed once in it (kill -9).

The load generator keeps a ledger of what was confirmed; afterwards all of it is looked up. Prints a table of how long
people noticed, and what was lost or doubled.
"""

import asyncio
import json
import os
import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from app.platform.db import migrate
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings
from bench.morning import Installation, checked, driver, free_port, prepare

SECONDS = float(os.environ.get("BENCH_LOAD_SECONDS", "120"))
PARTS = ("app", "worker", "postgres", "s3")


def kill(base: Settings, installation: Installation, part: str) -> float:
    """Kill -9, and started again at once, as a supervisor does; when it was killed."""
    at = time.time()
    if process := installation.processes.get(part):
        process.kill()
        process.wait()
        installation.start(part)
        return at
    os.kill(int((base.var_dir / "engines" / part / "pid").read_text()), signal.SIGKILL)
    with embedded_engines(base):  # whoever enters starts what is not running; the last one out stops it
        pass
    return at


def noticed(failed: list[tuple[float, str]], at: float, until: float) -> tuple[float, str]:
    """From the kill to the last request that failed because of it, and what that was."""
    return max([(moment - at, what) for moment, what in failed if at <= moment < until], default=(0.0, ""))


def measure(seconds: float = SECONDS) -> dict[str, Any]:
    """The whole run, on engines of its own."""
    var = Settings().var_dir / "bench-faults"
    base = Settings(var_dir=var, database_url=None, s3_endpoint_url=None, log_level="error")
    with embedded_engines(base) as settings, tempfile.TemporaryDirectory() as name:
        migrate(settings)
        people = asyncio.run(prepare(settings))
        installation = Installation(settings, free_port())
        for part in ("app", "worker"):
            installation.start(part)
        killed: dict[str, float] = {}
        try:
            installation.wait()
            load = driver(installation, people, seconds, Path(name))
            for part in PARTS:
                threading.Event().wait(seconds / (len(PARTS) + 1))
                killed[part] = kill(base, installation, part)
            assert load.wait() == 0
            told = json.loads((Path(name) / "told.json").read_text())
            kept = asyncio.run(checked(settings, told))
        finally:
            installation.stop()
    order = [*killed.values(), float("inf")]
    return {
        **{part: noticed(told["failed"], at, order[place + 1]) for place, (part, at) in enumerate(killed.items())},
        "requests": told["requests"],
        "failed": len(told["failed"]),
        "given up": told["given_up"],
        **{f"answered {status}": many for status, many in sorted(told["statuses"].items())},
        **kept,
    }


def main() -> None:
    for what, value in measure().items():
        if what in PARTS:
            print(f"{what:20} {value[0]:10.1f} s until the last failed request: {value[1]}")
        else:
            print(f"{what:20} {value:10.1f}")


if __name__ == "__main__":
    main()
