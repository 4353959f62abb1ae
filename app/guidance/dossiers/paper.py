"""A dossier on paper: what was handed in, as the template dossier.typ wants it. All words of it are in words.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.platform.clock import AMSTERDAM
from app.platform.pdf.letters import UNKNOWN, legible, line, paragraphs
from app.reference import catalogue

TEMPLATE = Path(__file__).parent / "dossier.typ"
LANGUAGE = "nl"

MAX_PICTURES = 4
"""Of one story on paper; the others are named."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a PDF is made of: the snapshot (schemas.DossierSnapshot), and how it went on."""

    snapshot: Mapping[str, Any]
    handed_in_on: date
    closed_on: date | None
    closed_by: str | None


def pictured(snapshot: Mapping[str, Any]) -> list[str]:
    """Ids of the files of which paper shows a picture."""
    return [file["id"] for entry in snapshot["entries"] for file in _pictures(entry)]


def value_of(handed_in: HandedIn, pictures: Mapping[str, str]) -> dict[str, Any]:
    """The value for dossier.typ. `pictures`: names of picture files, by the id of the file; without one it is named."""
    snapshot = handed_in.snapshot
    name = snapshot["pupil"]["name"]
    entries = {entry["id"]: entry for entry in snapshot["entries"]}
    questions = {each.code.value: each for each in catalogue.competencies()}
    first_at: dict[str, str] = {}
    parts = []
    for part in snapshot["parts"]:
        asked = questions[part["competency"]]
        question = asked.question[LANGUAGE]
        told = []
        for entry_id in part["entryIds"]:
            entry = entries[entry_id]
            if entry_id in first_at:
                told.append({"title": line(entry["title"]), "again": _say("again", question=first_at[entry_id])})
                continue
            first_at[entry_id] = question
            told.append(_entry(entry, pictures, snapshot["pupil"]["givenName"]))
        parts.append(
            {"question": question, "name": asked.name[LANGUAGE], "own": paragraphs(part["text"]), "entries": told}
        )
    value = {
        "lang": LANGUAGE,
        "title": legible(_say("title", name=name)),
        "author": legible(name),
        "name": line(name),
        "eyebrow": _say("eyebrow"),
        "under": legible(_say("under", school=snapshot["school"]["name"], group=snapshot["group"]["name"])),
        "footer": legible(_say("title", name=name)),
        "facts": _facts(handed_in),
        "inside": _say("inside"),
        "columns": [_say("question"), _say("stories")],
        "own_title": _say("own"),
        "said_title": _say("said"),
        "parts": parts,
    }
    value["unknown"] = _say("unknown") if UNKNOWN in json.dumps(value, ensure_ascii=False) else ""
    return value


def _facts(handed_in: HandedIn) -> list[list[str]]:
    snapshot = handed_in.snapshot
    facts = [
        [_say("school"), legible(snapshot["school"]["name"])],
        [_say("group"), legible(snapshot["group"]["name"])],
        [_say("handed_in"), day_in_words(handed_in.handed_in_on)],
    ]
    if handed_in.closed_on is not None and handed_in.closed_by is not None:
        closed = _say("closed_by", day=day_in_words(handed_in.closed_on), person=handed_in.closed_by)
        facts.append([_say("closed"), legible(closed)])
    return facts


def _entry(entry: Mapping[str, Any], pictures: Mapping[str, str], given_name: str) -> dict[str, Any]:
    shown = [file for file in _pictures(entry) if file["id"] in pictures]
    there = {file["id"] for file in shown}
    others = [
        _say(f"file_{file['kind']}", what=file["alt"] or file["name"])
        for file in entry["files"]
        if file["id"] not in there
    ]
    blocks = [*_own_fields(entry), {"head": None, "text": paragraphs(entry["body"])}, *_answers(entry)]
    if others:
        blocks.append({"head": line(_say("files")), "text": [line(other) for other in others]})
    return {
        "title": line(entry["title"]),
        "facts": line(" · ".join(_entry_facts(entry))),
        "pictures": [
            {"path": pictures[file["id"]], "alt": legible(_alt(file, entry, given_name)), "tall": _is_tall(file)}
            for file in shown
        ],
        "blocks": [block for block in blocks if block["text"]],
        "said": [_said(each) for each in entry["feedback"]],
    }


def _pictures(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    seen = [file for file in entry["files"] if file["kind"] in ("photo", "film") and file["hasThumbnail"]]
    return seen[:MAX_PICTURES]


def _is_tall(file: Mapping[str, Any]) -> bool:
    return (file["height"] or 0) > (file["width"] or 0)


def _alt(file: Mapping[str, Any], entry: Mapping[str, Any], given_name: str) -> str:
    if file["kind"] == "film":
        what = file["alt"].strip()
        return _say("alt_described_film", what=what) if what else _say("alt_film", title=entry["title"])
    return file["alt"].strip() or _say("alt_photo", title=entry["title"], name=given_name)


def _entry_facts(entry: Mapping[str, Any]) -> list[str]:
    details = entry["details"]
    kind = next(each.name[LANGUAGE] for each in catalogue.kinds() if each.code == entry["kind"])
    facts = [kind]
    if form := details.get("form"):
        facts.append(next((each.name[LANGUAGE].lower() for each in catalogue.forms() if each.code == form), ""))
    facts.append(details.get("organisation") or details.get("source") or "")
    if start := entry["happenedOn"]:
        first, last = date.fromisoformat(start), date.fromisoformat(entry["endedOn"] or start)
        days = {"start": day_in_words(first), "end": day_in_words(last)}
        facts.append(days["start"] if first == last else _say("from_to", **days))
    if hours := details.get("hours"):
        facts.append(_say("hours", hours=f"{hours:g}".replace(".", ",")))
    if entry["feeling"]:
        name = next((each.name[LANGUAGE] for each in catalogue.feelings() if each.code == entry["feeling"]), "")
        facts.append(_say("feeling", feeling=name))
    return [fact for fact in facts if fact]


def _own_fields(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The kind's own fields, each with its words before it."""
    details = entry["details"]
    told: list[tuple[str, str]] = []
    match entry["kind"]:
        case "experience":
            thought = details.get("expectation") or {}
            told += [(_say(name), thought.get(name) or "") for name in ("before", "surprised", "after", "why")]
            told.append((_say("logbook"), "\n".join(_logbook_day(day) for day in details.get("logbook") or [])))
        case "work_sample":
            made = _say(details["together"]) if details.get("together") else ""
            told.append((_say("occasion"), ", ".join(filter(None, (details.get("occasion") or "", made)))))
        case "interview":
            told.append((_say("role"), details.get("role") or ""))
            told += [(each["question"], each.get("answer") or "") for each in details.get("exchanges") or []]
        case "article":
            told.append((_say("article_why"), details.get("why") or ""))
        case "result":
            parts = (details.get(name) or "" for name in ("subject", "result", "by"))
            told.append((_say("result"), " · ".join(filter(None, parts))))
        case "reflection":
            told.append((_say("about"), details.get("about") or ""))
    return [{"head": line(head), "text": paragraphs(text)} for head, text in told]


def _logbook_day(day: Mapping[str, Any]) -> str:
    on = day_in_words(date.fromisoformat(day["on"])) if day.get("on") else ""
    return ": ".join(filter(None, (on, " ".join((day.get("text") or "").split()))))


def _answers(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = []
    for answer in entry["answers"]:
        text = (answer.get("text") or "").strip()
        if not text and answer.get("attachmentId"):
            text = _say("spoken")
        if text and not answer.get("skipped"):
            told.append({"head": line(answer["question"]), "text": paragraphs(text)})
    return told


def _said(feedback: Mapping[str, Any]) -> dict[str, Any]:
    day = datetime.fromisoformat(feedback["createdAt"]).astimezone(AMSTERDAM).date()
    who = _say("who", author=feedback["author"], voice=_say(f"voice_{feedback['voice']}"), day=day_in_words(day))
    text = feedback["text"]
    if not text.strip() and feedback["reaction"]:
        text = next((each.name[LANGUAGE] for each in catalogue.reactions() if each.code == feedback["reaction"]), "")
    return {"who": line(who), "text": paragraphs(text)}


def day_in_words(day: date) -> str:
    """'24 november 2026'."""
    return f"{day.day} {_words()['months'].split()[day.month - 1]} {day.year}"


@cache
def _words() -> dict[str, str]:
    read: dict[str, str] = json.loads(files("app.guidance.dossiers").joinpath("words.json").read_text("utf-8"))
    return read


def _say(key: str, **values: str) -> str:
    return _words()[key].format(**values)
