"""A dossier of forty stories with a picture each, on paper. Alone, its own figures: python -m bench.dossier"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter

from app.guidance.dossiers.paper import TEMPLATE, HandedIn, value_of
from app.platform.clock import system_clock
from app.platform.pdf.making import make_pdf
from app.reference.codes import Competency

STORIES = 40
SIZE = (640, 480)
"""Of the rendition that paper takes."""


def _photo(path: Path) -> None:
    noise = Image.frombytes("RGB", SIZE, os.urandom(SIZE[0] * SIZE[1] * 3)).filter(ImageFilter.GaussianBlur(2))
    noise.save(path, quality=80)


def _entry(number: int) -> dict[str, Any]:
    photo = {"id": f"photo-{number}", "kind": "photo", "name": "foto.jpg", "alt": "De kraan tilt een container.",
             "hasThumbnail": True, "width": SIZE[0], "height": SIZE[1]}  # fmt: skip
    said = {"voice": "school", "author": "Joost Verhulst", "text": "Wat zou je de volgende keer anders doen?",
            "reaction": None, "createdAt": "2026-11-24T11:00:00+00:00"}  # fmt: skip
    return {
        "id": f"entry-{number}", "kind": "experience", "title": f"Een dag mee op de haven {number}", "feeling": "nice",
        "happenedOn": "2026-11-12", "endedOn": None, "body": "Ik mocht mee met de ploeg en zag hoe alles ging. " * 12,
        "details": {"kind": "experience", "form": "internship", "organisation": "Haven", "hours": 7.5},
        "answers": [{"question": "Welke taak kon je zonder hulp?", "text": "De lijnen vastmaken. " * 8}],
        "files": [photo], "feedback": [said],
    }  # fmt: skip


def main() -> None:
    """Makes it three times; prints the median seconds, the peak of the process that sets it (MB), and its size (MB)."""
    each = STORIES // len(Competency)
    snapshot = {
        "pupil": {"name": "Yara Bensaïd", "givenName": "Yara"},
        "school": {"name": "Kustlijn College"},
        "group": {"name": "4B"},
        "entries": [_entry(number) for number in range(STORIES)],
        "parts": [
            {"competency": code.value, "text": "Ik werk graag met mijn handen. " * 8,
             "entryIds": [f"entry-{number}" for number in range(at * each, (at + 1) * each)]}
            for at, code in enumerate(Competency)
        ],
    }  # fmt: skip
    handed_in = HandedIn(snapshot, date(2026, 11, 20), date(2026, 11, 24), "Samira El Idrissi")
    with tempfile.TemporaryDirectory() as name:
        pictures = {f"photo-{number}": Path(name) / f"photo-{number}.jpg" for number in range(STORIES)}
        for path in pictures.values():
            _photo(path)
        spent = []
        for _ in range(3):
            start = time.perf_counter()
            value = value_of(handed_in, {id_: path.name for id_, path in pictures.items()})
            made = make_pdf(TEMPLATE, value, {path.name: path for path in pictures.values()}, system_clock.now())
            spent.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"s": sorted(spent)[1], "peak_mb": peak, "size_mb": len(made) / 1e6}))


def measure() -> dict[str, float]:
    """The same in a process of its own, whose children are those of the PDF alone."""
    done = subprocess.run([sys.executable, "-m", "bench.dossier"], check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
