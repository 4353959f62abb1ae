"""A CV and a plusdocument on paper: what `showcase_paper` gives, as their templates want it. Words are in words.json.

Made of an etalage, which holds no marks and nothing that others said but words that the pupil picked.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.platform.pdf.letters import UNKNOWN, legible, line, paragraphs
from app.portability.showcases.models import PaperKind

_HERE = Path(__file__).parent
TEMPLATES = {PaperKind.CV: _HERE / "cv.typ", PaperKind.PLUS: _HERE / "plus.typ"}
LANGUAGE = "nl"

MAX_PICTURES = 4
"""Of one story on paper."""


def value_of(kind: PaperKind, paper: Mapping[str, Any], pictures: Mapping[str, str]) -> dict[str, Any]:
    """The value for the template of this kind. `pictures`: names of picture files, by the id of the file."""
    name = f"{paper['givenName']} {paper['familyName']}"
    title = _say(f"{kind.value}.title", name=name)
    parts = [_part(part, pictures, paper["givenName"]) for part in paper["parts"]]
    value = {
        "lang": LANGUAGE,
        "title": legible(title),
        "author": legible(name),
        "name": line(name),
        "eyebrow": _say(f"{kind.value}.eyebrow"),
        "under": legible(paper["title"]) if kind is PaperKind.PLUS else "",
        "footer": legible(title),
        "contact": paragraphs(paper["contact"]),
        "contact_title": _say("contact"),
        "about": paragraphs(paper["about"]),
        "about_title": _say(f"{kind.value}.about"),
        "words": [_word(word) for word in paper["words"]],
        "words_title": _say("words"),
        "parts": [part for part in parts if part["text"] or part["items"]],
    }
    value["unknown"] = _say("unknown") if UNKNOWN in json.dumps(value, ensure_ascii=False) else ""
    return value


def _part(part: Mapping[str, Any], pictures: Mapping[str, str], given_name: str) -> dict[str, Any]:
    return {
        "heading": line(part["heading"]),
        "text": paragraphs(part["text"]),
        "items": [_item(item, pictures, given_name) for item in part["items"]],
    }


def _item(item: Mapping[str, Any], pictures: Mapping[str, str], given_name: str) -> dict[str, Any]:
    shown = [picture for picture in item["pictures"] if picture["id"] in pictures][:MAX_PICTURES]
    return {
        "title": line(item["title"]),
        "line": line(item["line"] or item["title"]),
        "text": paragraphs(item["text"]),
        "pictures": [
            {"path": pictures[one["id"]], "alt": legible(_alt(one, item, given_name)), "tall": one["tall"]}
            for one in shown
        ],
    }


def _alt(picture: Mapping[str, Any], item: Mapping[str, Any], given_name: str) -> str:
    what = picture["alt"].strip()
    if picture["kind"] == "film":
        return _say("alt_described_film", what=what) if what else _say("alt_film", title=item["title"])
    return what or _say("alt_photo", title=item["title"], name=given_name)


def _word(word: Mapping[str, Any]) -> dict[str, Any]:
    voices = ", ".join(_say(f"voice_{voice}") for voice in word["voices"])
    return {"word": line(word["word"]), "voices": voices}


@cache
def _words() -> dict[str, str]:
    package = "app.portability.showcases"
    read: dict[str, str] = json.loads(files(package).joinpath("words.json").read_text("utf-8"))
    return read


def _say(key: str, **values: str) -> str:
    return _words()[key].format(**values)
