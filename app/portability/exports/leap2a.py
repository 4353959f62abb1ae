"""The portfolio as other systems read it: a Leap2A feed (2010-07), an Atom feed whose entries say what they are.

Written as Mahara 22.10 does and reads: CURIEs of an own prefix for ids, `rdf:type` by local name, readiness by
category, files as resources with an enclosure. An experience is an activity, a result an achievement, a next step a
plan, a page of the etalage a selection; what has no type there is an entry.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from app.portability.exports.story_page import Row, name_of
from app.reference.codes import Kind

TYPES = {
    Kind.EXPERIENCE: "activity",
    Kind.WORK_SAMPLE: "entry",
    Kind.INTERVIEW: "entry",
    Kind.ARTICLE: "entry",
    Kind.RESULT: "achievement",
    Kind.REFLECTION: "entry",
}
_LIVE = ("shared", "asked_back", "seen")


class Feed:
    """A feed of one pupil, in pieces. `home`: an address of one's own for the ids, with a slash at its end."""

    def __init__(self, pupil: Row, home: str, made_at: datetime) -> None:
        self._pupil, self._home, self._at = pupil, home, made_at.isoformat()

    def write(
        self, entries: Iterable[Row], files: dict[str, list[Row]], steps: Iterable[Row], pages: Iterable[Row]
    ) -> Iterator[str]:
        """The whole of it. `files`: by the id of their entry, with the path they have in the zip."""
        shown: dict[str, str] = {}
        held: set[str] = set()
        name = f"{self._pupil['given_name']} {self._pupil['family_name']}".strip()
        yield (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
            ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:leap2="http://terms.leapspecs.org/"'
            ' xmlns:categories="http://wiki.leapspecs.org/2A/categories/"'
            f" xmlns:portfolio={quoteattr(self._home)}>\n"
            "<leap2:version>http://www.leapspecs.org/2010-07/2A/</leap2:version>\n"
            f"<id>{escape(self._home)}</id><title>{_text(name)}</title><updated>{self._at}</updated>\n"
            '<generator version="1">Talentportfolio</generator>\n'
            f"<author><name>{_text(name)}</name><uri>portfolio:person</uri></author>\n"
        )
        yield self._entry(
            "person", name, "", self._pupil["created_at"], self._pupil["created_at"], "person",
            '<category term="Self" scheme="categories:person_type#"/>',
        )  # fmt: skip
        for entry in entries:
            own = [file for file in files.get(entry["id"], []) if file.get("path")]
            if entry["state"] in _LIVE and entry["kind"] != Kind.RESULT:
                shown[entry["id"]] = name_of(entry)
                held.update(file["id"] for file in own)
            yield self._story(entry, own)
            for file in own:
                yield self._resource(entry, file)
        for step in steps:
            done = "Completed" if step["done_at"] else "Inactive" if step["let_go_at"] else "Active"
            inside = f'<category term="{done}" scheme="categories:status#"/>'
            if step["entry_id"]:
                inside += f'<link rel="leap2:relation" href="portfolio:entry/{step["entry_id"]}"/>'
            if step["due_on"]:
                inside += f'<leap2:date leap2:point="target">{step["due_on"]}</leap2:date>'
            yield self._entry(
                f"step/{step['id']}", step["text"][:80], step["text"], step["made_at"], step["made_at"], "plan", inside
            )
        for page in pages:
            if page["removed_at"] is None:
                yield self._page(page, shown, held)
        yield "</feed>\n"

    def _page(self, page: Row, shown: dict[str, str], held: set[str]) -> str:
        """A page of the etalage, with what stands on it in its order. The heading of a part is its links' title.

        `shown`: stories that may stand on one, by id; what is not shared any more does not, as on the page itself.
        """
        content, parts, told = page["content"], [], []
        for section in content["sections"]:
            told.append((section["heading"] or None, section["text"]))
            for story in section["stories"]:
                if story["entryId"] not in shown:
                    continue
                told.append((None, f"{shown[story['entryId']]}\n{story['text']}".strip()))
                files = [f"file/{id_}" for id_ in story["fileIds"] if id_ in held]
                parts += [(place, section["heading"]) for place in (f"entry/{story['entryId']}", *files)]
        inside = [f'<summary type="text">{_text(content["intro"])}</summary>']
        inside += [
            f'<link rel="leap2:has_part" href="portfolio:{_text(place)}" leap2:display_order="{order}"'
            + (f" title={_attribute(heading)}/>" if heading else "/>")
            for order, (place, heading) in enumerate(parts, 1)
        ]
        inside.append('<category term="Webpage" scheme="categories:selection_type#"/>')
        body = _paragraphs([(None, content["intro"]), *told])
        at, changed = page["made_at"], page["updated_at"]
        return self._entry(
            f"page/{page['id']}", content["title"], body, at, changed, "selection", "".join(inside), xhtml=True
        )

    def _story(self, entry: Row, files: list[Row]) -> str:
        inside = [f'<link rel="leap2:has_part" href="portfolio:file/{file["id"]}"/>' for file in files]
        inside += [f'<link rel="related" href="portfolio:file/{file["id"]}"/>' for file in files]
        if back := entry["details"].get("entryId"):
            inside.append(f'<link rel="leap2:reflects_on" href="portfolio:entry/{_text(back)}"/>')
        if entry["state"] not in _LIVE:
            inside.append('<category term="Unready" scheme="categories:readiness#"/>')
        inside += [f"<category term={_attribute(tag)}/>" for tag in entry["tags"]]
        inside.append(f"<category term={_attribute(entry['kind'])} scheme={quoteattr(self._home + 'kind#')}/>")
        for point, day in (("start", entry["happened_on"]), ("end", entry["ended_on"])):
            if day:
                inside.append(f'<leap2:date leap2:point="{point}">{day}</leap2:date>')
        return self._entry(
            f"entry/{entry['id']}", name_of(entry), _xhtml(entry), entry["created_at"], entry["updated_at"],
            TYPES[Kind(entry["kind"])], "".join(inside), xhtml=True,
        )  # fmt: skip

    def _resource(self, entry: Row, file: Row) -> str:
        kind = _attribute(file["file_type"] or file["media_type"])
        inside = (
            f'<link rel="enclosure" type={kind} href={_attribute(file["path"])}/>'
            f'<link rel="leap2:is_part_of" href="portfolio:entry/{entry["id"]}"/>'
            '<category term="Offline" scheme="categories:resource_type#" label="File"/>'
        )
        at = file["created_at"]
        return self._entry(f"file/{file['id']}", file["name"], file["alt"], at, at, "resource", inside)

    def _entry(
        self, id_: str, title: str, content: str, made: str, changed: str, of_type: str, more: str, xhtml: bool = False
    ) -> str:
        body = f'type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{content}</div>' if xhtml else (
            f'type="text">{_text(content)}'
        )  # fmt: skip
        return (
            f"<entry><title>{_text(title)}</title><id>portfolio:{_text(id_)}</id>"
            f"<published>{made}</published><updated>{changed}</updated><content {body}</content>"
            f'<rdf:type rdf:resource="leap2:{of_type}"/>{more}</entry>\n'
        )


def _xhtml(entry: Row) -> str:
    """The text, and the questions with their answers, as paragraphs."""
    pieces: list[tuple[str | None, str | None]] = [(None, entry["body"])]
    details: dict[str, Any] = entry["details"]
    said = [(each.get("question"), each.get("text")) for each in entry["answers"]]
    said += [(each.get("question"), each.get("answer")) for each in details.get("exchanges") or []]
    pieces += [(question, text) for question, text in said if text]
    for key in ("organisation", "source", "why", "result", "about"):
        pieces.append((None, details.get(key)))
    return _paragraphs(pieces)


def _paragraphs(pieces: Iterable[tuple[str | None, str | None]]) -> str:
    """What is asked or stands above it, and the text."""
    out = []
    for above, text in pieces:
        if above and text is not None:
            out.append(f"<p><b>{_text(above)}</b></p>")
        out += [
            f"<p>{_text(part).replace(chr(10), '<br/>')}</p>" for part in (text or "").split("\n\n") if part.strip()
        ]
    return "".join(out)


def _text(text: str) -> str:
    return escape(_legible(text))


def _attribute(text: str) -> str:
    return quoteattr(_legible(text))


def _legible(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return "".join(char for char in str(text) if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))
