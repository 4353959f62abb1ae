"""The page of one entry: what it tells, its files, what others said, and what it was before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.portability.exports.html import (
    asked,
    bullets,
    card,
    day_of,
    esc,
    facts,
    in_words,
    named,
    number,
    own,
    paragraphs,
    say,
    section,
)
from app.reference import catalogue

Row = dict[str, Any]


@dataclass(slots=True)
class Told:
    """What belongs to one entry."""

    files: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)
    feedback: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)
    outside: list[Row] = field(default_factory=list)
    brought: list[Row] = field(default_factory=list)


def name_of(entry: Row) -> str:
    """What it is called."""
    return entry["title"] or say("untitled")


def names(items: Any) -> dict[str, str]:
    """Codes of reference data with their names."""
    return {str(each.code): in_words(each.name) for each in items}


def when_of(entry: Row) -> str:
    """The day or days it was, or the day it was made."""
    if entry["ended_on"] and entry["happened_on"] and entry["ended_on"] != entry["happened_on"]:
        return say("until", **{"from": day_of(entry["happened_on"]), "to": day_of(entry["ended_on"])})
    return day_of(entry["happened_on"] or entry["sort_on"])


def story(entry: Row, told: Told, people: dict[str, Row], titles: dict[str, tuple[str, str]], up: str) -> str:
    """What stands on the page. `titles`: address and name of entries, by id."""
    return "".join(
        (
            f'<p class="soft">{esc(names(catalogue.kinds())[entry["kind"]])} · {esc(when_of(entry))}</p>',
            paragraphs(entry["body"]),
            _facts(entry, titles, up),
            section(say("expectation"), _expectation(entry["details"].get("expectation"))),
            section(say("logbook"), _logbook(entry["details"].get("logbook") or [])),
            section(say("conversation"), _exchanges(entry["details"].get("exchanges") or [])),
            section(say("answers"), "".join(_answer(each) for each in entry["answers"])),
            section(say("files"), "".join(shown_file(each, up) for each in told.files)),
            section(say("words"), bullets(_word(each) for each in told.words)),
            section(say("said"), "".join(_said(each, people) for each in told.feedback)),
            section(say("outside"), "".join(_outside(each) for each in told.outside)),
            section(say("elsewhere"), "".join(brought(each) for each in told.brought)),
            section(say("versions"), "".join(_version(each) for each in told.versions)),
        )
    )


def _facts(entry: Row, titles: dict[str, tuple[str, str]], up: str) -> str:
    details = entry["details"]
    feelings, forms = names(catalogue.feelings()), names(catalogue.forms())
    fields, competencies = names(catalogue.work_fields()), names(catalogue.competencies())
    back = titles.get(details.get("entryId") or "")
    looks_back = f'<a href="{up}{esc(back[0])}">{own(back[1])}</a>' if back else own(details.get("about") or "")
    together = details.get("together")
    return facts(
        (
            ("form", esc(forms.get(details.get("form") or "", ""))),
            ("where", own(details["organisation"]) if details.get("organisation") else None),
            ("hours", esc(number(details.get("hours")))),
            ("subject", own(details.get("occasion") or details.get("subject") or "") if _any(details) else None),
            ("together", esc(say(f"together.{together}")) if together else None),
            ("role", own(details["role"]) if details.get("role") else None),
            ("source", own(details["source"]) if details.get("source") else None),
            ("publisher", own(details["publisher"]) if details.get("publisher") else None),
            ("published", esc(day_of(details.get("publishedOn")))),
            ("why", paragraphs(details.get("why")) if entry["kind"] == "article" else None),
            ("result", own(details["result"]) if details.get("result") else None),
            ("by", own(details["by"]) if details.get("by") else None),
            ("looksback", looks_back if back or details.get("about") else None),
            ("feeling", esc(feelings.get(entry["feeling"] or "", ""))),
            ("fields", esc(say("comma").join(fields.get(code, code) for code in entry["work_fields"]))),
            ("competencies", esc(say("comma").join(competencies.get(code, code) for code in entry["competencies"]))),
            ("tags", say("comma").join(own(tag) for tag in entry["tags"])),
            ("standing", esc(say(f"state.{entry['state']}"))),
            ("who", esc(say(f"ring.{entry['ring'] if entry['state'] in _OPEN else 0}"))),
        )
    )


_OPEN = ("shared", "asked_back", "seen")


def _any(details: Row) -> bool:
    return bool(details.get("occasion") or details.get("subject"))


def _expectation(told: Row | None) -> str:
    if not told:
        return ""
    choice = told.get("listChoice")
    return "".join(
        (
            asked(told.get("beforeQuestion") or say("expectation.before"), told.get("before")),
            *(asked(say(f"expectation.{key}"), told.get(key)) for key in ("who", "surprised", "after")),
            asked(say("expectation.list"), say(f"expectation.list.{choice}") if choice else None),
            asked(say("expectation.why"), told.get("why")),
        )
    )


def _logbook(days: list[Row]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{esc(day_of(day.get("on")))}</th><td>{esc(number(day.get("hours")))}</td>'
        f"<td>{paragraphs(day.get('text'))}</td></tr>"
        for day in days
    )
    heads = "".join(f'<th scope="col">{esc(say(f"logbook.{key}"))}</th>' for key in ("day", "hours", "text"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""


def _exchanges(exchanges: list[Row]) -> str:
    return "".join(
        f"<h3 dir='auto'>{esc(each.get('question') or '')}</h3>{paragraphs(each.get('answer'))}" for each in exchanges
    )


def _answer(answer: Row) -> str:
    question = f"<h3 dir='auto'>{esc(answer.get('question') or '')}</h3>"
    if answer.get("skipped"):
        return f"{question}<p class='soft'>{esc(say('skipped'))}</p>"
    spoken = f"<p class='soft'>{esc(say('spoken'))}</p>" if answer.get("attachmentId") else ""
    return question + paragraphs(answer.get("text")) + spoken


def shown_file(file: Row, up: str) -> str:
    """A file that shows or plays here; it lies beside the pages."""
    path = file.get("path")
    if not path:
        return f"<p class='soft'>{esc(say('file.none', name=file['name']))}</p>"
    at, name, alt = esc(up + path), esc(file["name"]), file.get("alt") or ""
    said = f"<figcaption dir='auto'>{esc(alt)}</figcaption>" if alt else ""
    label = esc(alt or file["name"])
    match file["kind"]:
        case "photo":
            size = f' width="{file["width"]}" height="{file["height"]}"' if file.get("width") else ""
            described = esc(alt or say("file.noalt"))
            return f'<figure><img src="{at}" alt="{described}"{size}>{said}</figure>'
        case "film":
            player = f'<video src="{at}" controls preload="metadata" aria-label="{label}"></video>'
        case "sound":
            player = f'<audio src="{at}" controls preload="metadata" aria-label="{label}"></audio>'
        case _:
            player = ""
    text = ""
    if file.get("captions"):
        text = f"<details><summary>{esc(say('file.captions'))}</summary><pre>{esc(file['captions'])}</pre></details>"
    link = f'<p><a href="{at}">{esc(say("file.open", name=file["name"]))}</a></p>'
    return f'<figure aria-label="{name}">{player}{said}{text}{link}</figure>'


def _word(word: Row) -> str:
    who = word.get("said_by") or say(f"voice.{word['voice']}")
    return own(say("words.by", word=word["word"], voice=who))


def _said(said: Row, people: dict[str, Row]) -> str:
    who = named(people.get(said["author_id"]))
    line = say("said.line", name=who, voice=say(f"voice.{said['voice']}"), day=day_of(said["created_at"]))
    reactions = names(catalogue.reactions())
    reaction = f"<p>{esc(reactions.get(said['reaction'], said['reaction']))}</p>" if said.get("reaction") else ""
    kind = f"<b>{esc(say('said.' + said['kind']))}</b> " if said["kind"] in ("ask_back", "answer") else ""
    about = esc(say("said.version", version=said["version"]))
    return (
        f'<article class="said"><p class="soft">{kind}{own(line)}</p>{paragraphs(said["text"])}{reaction}'
        f'<p class="soft">{about}</p></article>'
    )


def _outside(answer: Row) -> str:
    note = say(f"outside.state.{answer['state']}") if answer["state"] != "accepted" else ""
    inside = "".join(asked(say(f"outside.{key}"), answer.get(key)) for key in ("good", "grew", "tip"))
    words = bullets(own(word) for word in answer.get("words") or [])
    soft = f'<p class="soft">{esc(note)}</p>' if note else ""
    return card(f"<p>{own(answer['said_by'])}, {esc(day_of(answer['sent_at']))}</p>{inside}{words}{soft}")


def brought(record: Row, files: Iterable[Row] = ()) -> str:
    """What somebody said elsewhere, with the name it came with."""
    content = record["content"]
    keys = ("text", "body", "good", "grew", "tip", "childText", "homeText")
    said = "".join(paragraphs(content.get(key)) for key in keys) + "".join(shown_file(file, "") for file in files)
    who = content.get("author") or content.get("saidBy") or ""
    return card(f"<p class='soft'>{own(who)}</p>{said}") if said else ""


def _version(version: Row) -> str:
    content = version["content"]
    label = say("version", version=version["version"], day=day_of(version["made_at"]))
    inside = f"<p><b>{own(content.get('title') or '')}</b></p>{paragraphs(content.get('body'))}"
    answers = "".join(_answer(each) for each in content.get("answers") or [])
    return f"<details><summary>{esc(label)}</summary>{inside}{answers}</details>"
