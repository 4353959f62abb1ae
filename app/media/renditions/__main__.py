"""In a process of its own: one file in, what was made of it on standard output."""

import json
import resource
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from app.media.renditions import thumbnails
from app.media.renditions.apart import REFUSED
from app.media.renditions.made import Made, Refused

MODULES = {"photo": "photos", "film": "films", "sound": "sounds", "document": "documents"}


def main(kind: str, source: Path, folder: Path, media_type: str, memory_bytes: int, cpu_s: int) -> int:
    """The status to end with; 3: refused, and standard output has the code."""
    for what, limit in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, cpu_s), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (limit, limit))
    try:
        made: Made = import_module(f"app.media.renditions.{MODULES[kind]}").make(source, folder, media_type)
        placeholder = thumbnails.make(made.picture, folder) if made.picture else None
    except Refused as refused:
        sys.stdout.write(refused.code)
        return REFUSED
    except MemoryError:
        sys.stdout.write("too_complex")
        return REFUSED
    json.dump(asdict(made) | {"placeholder": placeholder}, sys.stdout, default=str)
    return 0


if __name__ == "__main__":
    kind, source, folder, media_type, memory_bytes, cpu_s = sys.argv[1:]
    sys.exit(main(kind, Path(source), Path(folder), media_type, int(memory_bytes), int(cpu_s)))
