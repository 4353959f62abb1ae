"""What the first load of the pupil's home weighs, packed by gzip."""

import gzip
import json
from pathlib import Path


def measure() -> dict[str, float]:
    """kB of script (`js`) and of style (`css`): all that index.html asks for, and the home's own chunk."""
    dist = Path("frontend/dist")
    manifest = json.loads((dist / ".vite" / "manifest.json").read_text())
    wanted = [key for key, chunk in manifest.items() if chunk.get("isEntry")]
    wanted += [key for key in manifest if "features/home/" in key and "index" in key]
    files: set[str] = set()
    seen: set[str] = set()
    while wanted:
        key = wanted.pop()
        if key in seen:
            continue
        seen.add(key)
        chunk = manifest[key]
        files |= {chunk["file"], *chunk.get("css", [])}
        wanted += chunk.get("imports", [])

    def weight(ending: str) -> float:
        return sum(len(gzip.compress((dist / file).read_bytes(), 9)) for file in files if file.endswith(ending)) / 1000

    return {"js": weight(".js"), "css": weight(".css")}
