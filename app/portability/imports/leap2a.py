"""A Leap2A feed of another portfolio (Mahara and others), read an entry at a time.

Namespaces differ with the age of the exporter, so only local names count. Ids are CURIEs whose prefix is bound to the
exporting site: they are told apart by the address behind the prefix. Everything comes in as a draft; what is `Unready`
there was one already. What has no place here is told in the report, by name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError, tostring  # the parser below is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from pydantic import ValidationError

from app.portability.imports.brought import (
    MOST_ENTRIES,
    File,
    Record,
    Report,
    Story,
    clean,
    day_of,
    moment_of,
    own_id,
    text_of,
)
from app.portability.imports.leap2a_pages import OnPage, Pages
from app.portability.imports.own_rows import Own
from app.portability.imports.parcel import BringRefused, Parcel
from app.portability.showcases.schemas import MAX_NAME, kept
from app.portfolio.schemas import EntryContent
from app.reference.codes import Kind

_ATOM = "{http://www.w3.org/2005/Atom}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ATOMS = ("title", "id", "updated", "published", "summary", "subtitle", "content", "link", "category", "author")
_KNOWN = {f"{_ATOM}{name}" for name in (*_ATOMS, "contributor", "rights")} | {f"{_RDF}type"}
_MOST_ITEMS = 25_000
_TITLE, _BODY, _TAG = 200, 20_000, 40
_PARTS = ("has_part", "has_evidence", "related", "relation", "supports", "enclosure")
_EXPORTED_AT = re.compile(r"(/export/leap/\d+/)\d+/$")
"""Mahara puts the moment of the export in the address behind its prefix: the same thing has another the next time."""

_KINDS = {
    "activity": Kind.EXPERIENCE,
    "meeting": Kind.EXPERIENCE,
    "achievement": Kind.RESULT,
    "publication": Kind.ARTICLE,
}
_TOLD = frozenset(("ability", "plan", "affiliation", "organization"))
"""Kept as what was said elsewhere: nobody here gave a word for it, nobody here agreed to a step."""
_SEEN = ("image/", "video/")
_BESIDE = frozenset(("person", "selection"))


@dataclass(slots=True)
class _Link:
    rel: str
    href: str
    media_type: str | None
    title: str = ""
    order: int | None = None


@dataclass(slots=True)
class _Item:
    """An entry of the feed."""

    id: str
    title: str
    text: str
    of_type: str
    made: str | None
    links: list[_Link] = field(default_factory=list)
    categories: list[tuple[str, str]] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    summary: str | None = None
    """Of a selection: in its content a system draws all that is on it."""

    def linked(self, *rels: str) -> list[str]:
        return [link.href for link in self.links if link.rel in rels]


class Feed:
    """One feed with the files beside it."""

    def __init__(self, parcel: Parcel, pupil_id: UUID, report: Report) -> None:
        """Looks through it once. Raises BringRefused."""
        self._parcel, self._pupil_id, self._report = parcel, pupil_id, report
        self._files: dict[str, list[File]] = {}
        """Of each resource: what it holds, not yet at an entry."""
        self._alone: set[str] = set()
        self._at: dict[str, UUID] = {}
        self._pages = Pages()
        self._marks: set[str] = set()
        """Results of school, which stand on no page of an etalage."""
        self.entries = 0
        self.files = 0
        self._look_through()

    def _look_through(self) -> None:
        claims: dict[str, str] = {}
        seen: set[str] = set()
        for item in self._items(first=True):
            if item.id in seen:
                raise BringRefused("twice")
            seen.add(item.id)
            if item.of_type == "resource":
                self._files[item.id] = self._of_resource(item)
                self.files += len(self._files[item.id])
                for whole in item.linked("is_part_of", "is_evidence_of", "reflected_on_by"):
                    claims.setdefault(item.id, whole)
            elif self._is_story(item):
                self.entries += 1
                self._at[item.id] = self._entry_id(item.id)
                for part in item.linked(*_PARTS):
                    # Who names it goes before what it names itself: that is often a page that shows it as well.
                    claims[part] = item.id
                if self._is_mark(item):
                    self._marks.add(item.id)
            elif item.of_type == "selection":
                self._note_page(item)
            if item.of_type != "selection":
                for page in item.linked("is_part_of"):
                    self._pages.names(page, item.id)
            if self.entries > MOST_ENTRIES or len(seen) > _MOST_ITEMS:
                raise BringRefused("too_many")
        if not seen:
            raise BringRefused("nothing_known")
        self._places = {part: whole for part, whole in claims.items() if part in self._files and whole in self._at}
        # A film or document that belongs to nothing is a piece of work by itself.
        self._alone = {id_ for id_, held in self._files.items() if held and id_ not in self._places}
        for id_ in self._alone:
            self._at[id_] = self._entry_id(id_)
        self.entries += len(self._alone)

    def _note_page(self, item: _Item) -> None:
        """A page, unless it says that it is something else: a weblog, a folder, a set of pages."""
        kinds = {term for term, scheme in item.categories if _local(scheme.rstrip("#")) == "selection_type"}
        parts = [OnPage(link.href, link.title, link.order) for link in item.links if link.rel == "has_part"]
        if not kinds <= {"Webpage"} or not self._pages.add(item.id, parts):
            self._report.skip(item.title, "selection")

    def _is_mark(self, item: _Item) -> bool:
        return item.of_type == "achievement" or any(term == Kind.RESULT for term, _ in item.categories)

    def _is_story(self, item: _Item) -> bool:
        return item.of_type not in _TOLD | _BESIDE | {"resource"}

    def _entry_id(self, id_: str) -> UUID:
        return own_id(self._pupil_id, "leap2a", id_)

    # --- what comes out -------------------------------------------------------------------------------

    def ids(self) -> list[UUID]:
        """None is anybody else's: they are made of the pupil's own."""
        return []

    def give_others(self, others: frozenset[UUID]) -> None:
        """Nothing to do, as there are none."""

    def stories(self) -> Iterator[Story]:
        """Entries, all as drafts; what does not fit is told in the report."""
        for item in self._items():
            if item.id not in self._at:
                continue
            try:
                yield self._story(item)
            except (ValidationError, ValueError):
                self._report.skip(item.title, "story_invalid")

    def carried(self) -> Iterator[File]:
        """The files that the resources hold, each at the entry that shows it."""
        position: dict[UUID, int] = {}
        for id_, held in self._files.items():
            for file in held:
                whole = self._at[self._places.get(id_, id_)]
                file.entry_id, file.position = whole, position.get(whole, 0)
                position[whole] = file.position + 1
                yield file

    def records(self) -> Iterator[Record | Own]:
        """Pages of the pupil's own; and what has no place here, to read again."""
        for item in self._items():
            if item.of_type == "selection":
                yield from self._page(item)
            elif item.of_type in _TOLD and (item.title or item.text):
                content = {"type": item.of_type, "title": item.title[:_TITLE], "text": item.text[:_BODY]}
                yield Record("leap2a", f"{item.id}"[:300], content | {"madeAt": item.made})

    def _page(self, item: _Item) -> Iterator[Own]:
        if not self._pages.knows(item.id):
            return
        intro = item.text if item.summary is None else item.summary
        try:
            page = self._pages.content(item.id, item.title, intro, self._pupil_id, self._on_page)
        except ValidationError:
            page = None
        if page is None:
            self._report.skip(item.title, "selection")
            return
        key, made = str(self._entry_id(item.id)), moment_of(item.made)
        values = {"id": key, "content": kept(page), "made_at": made and made.isoformat(), "removed": False}
        told = {"type": item.of_type, "title": item.title[:_TITLE], "text": intro[:_BODY], "madeAt": item.made}
        yield Own("showcasePages", key, values, [Record("leap2a", item.id[:300], told)])

    def _on_page(self, id_: str) -> tuple[UUID, UUID | None] | None:
        whole = self._places.get(id_, id_)
        if whole not in self._at or whole in self._marks:
            return None
        seen = (file.id for file in self._files.get(id_, ()) if (file.media_type or "").startswith(_SEEN))
        return self._at[whole], next(seen, None)

    def _story(self, item: _Item) -> Story:
        kind = self._kind_of(item)
        tags = [clean(term).strip()[:_TAG] for term, scheme in item.categories if not scheme]
        title, body = item.title, item.text
        if len(title) > _TITLE or len(body) > _BODY:
            self._report.shortened += 1
        start, end = day_of(item.dates.get("start")), day_of(item.dates.get("end"))
        made = moment_of(item.made)
        happened = start or (made.date() if made else None)
        content = EntryContent.model_validate(
            {
                "title": _cut(title, _TITLE),
                "body": _cut(body, _BODY),
                "happenedOn": happened,
                "endedOn": end if end and happened and end >= happened else None,
                "details": {"kind": kind, **self._details(kind, item)},
                "tags": [tag for tag in dict.fromkeys(tags) if tag][:20],
            }
        )
        return Story(self._at[item.id], content, created_at=made)

    def _details(self, kind: Kind, item: _Item) -> dict[str, Any]:
        if kind is Kind.REFLECTION:
            back = next((id_ for id_ in item.linked("reflects_on") if id_ in self._at), None)
            return {"looksBackOn": "entry", "entryId": str(self._at[back])} if back else {}
        return {"form": "project"} if kind is Kind.EXPERIENCE and item.of_type == "activity" and not item.title else {}

    def _kind_of(self, item: _Item) -> Kind:
        for term, scheme in item.categories:
            # An export of ours says which kind it was.
            if scheme.endswith("kind#") and term in tuple(Kind):
                return Kind(term)
        if item.of_type in _KINDS:
            return _KINDS[item.of_type]
        if item.linked("reflects_on") or any(term.casefold() == "reflection" for term, _ in item.categories):
            return Kind.REFLECTION
        shows = item.id in self._alone or any(whole == item.id for whole in self._places.values())
        return Kind.WORK_SAMPLE if shows else Kind.REFLECTION

    def _of_resource(self, item: _Item) -> list[File]:
        held = [
            File(
                id=own_id(self._pupil_id, "leap2a", item.id, link.href),
                entry_id=self._pupil_id,
                member=link.href,
                name=item.title or link.href.rpartition("/")[2],
                media_type=link.media_type,
                alt=_cut(item.text, 1_000),
            )
            for link in item.links
            if link.rel == "enclosure" and "://" not in link.href
        ]
        if not held:
            self._report.skip(item.title, "no_file_in_it")
        return held

    # --- reading --------------------------------------------------------------------------------------

    def _items(self, first: bool = False) -> Iterator[_Item]:
        """The entries of the feed, one at a time. Raises BringRefused. `first`: tells of what it does not know."""
        prefixes: dict[str, str] = {}
        root: Element | None = None
        events = ("start", "end", "start-ns")
        try:
            with self._parcel.text() as file:
                for event, found in iterparse(file, events=events, forbid_dtd=True):
                    if event == "start-ns":
                        prefixes[found[0]] = _EXPORTED_AT.sub(r"\1", found[1])
                    elif event == "start" and root is None:
                        root = found
                        if found.tag != f"{_ATOM}feed":
                            raise BringRefused("nothing_known")
                    elif event == "end" and root is not None and found.tag == f"{_ATOM}entry":
                        item = self._item(found, prefixes, first)
                        root.clear()
                        if item:
                            yield item
                    elif event == "end" and first and found.tag == f"{_ATOM}generator":
                        self._report.source = clean(found.text or "")[:200]
                    elif event == "end" and first and found.tag == f"{_ATOM}name" and not self._report.of:
                        self._report.of = clean(found.text or "")[:200]
        except (ParseError, DefusedXmlException, UnicodeError, LookupError, ValueError) as error:
            raise BringRefused("broken_xml") from error

    def _item(self, entry: Element, prefixes: dict[str, str], first: bool) -> _Item | None:
        id_ = _resolve(entry.findtext(f"{_ATOM}id") or "", prefixes)
        if not id_:
            if first:
                self._report.skip(entry.findtext(f"{_ATOM}title") or "", "no_id")
            return None
        links = [
            _Link(
                _local(link.get("rel") or "related"),
                _resolve(link.get("href") or "", prefixes),
                link.get("type"),
                clean(" ".join((link.get("title") or "").split()))[:MAX_NAME],
                _number(_attribute(link, "display_order")),
            )
            for link in entry.findall(f"{_ATOM}link")
        ]
        content = entry.find(f"{_ATOM}content")
        if content is not None and content.get("src"):
            links.append(_Link("enclosure", content.get("src") or "", content.get("type")))
        text, of_type = _text(content), self._rest(entry, first)
        summary = entry.find(f"{_ATOM}summary")
        return _Item(
            id=id_,
            title=clean(" ".join((entry.findtext(f"{_ATOM}title") or "").split())),
            text=text or _text(summary),
            of_type=of_type,
            made=entry.findtext(f"{_ATOM}published") or entry.findtext(f"{_ATOM}updated"),
            links=links,
            categories=[
                (clean(each.get("term") or ""), clean(each.get("scheme") or ""))
                for each in entry.findall(f"{_ATOM}category")
            ],
            dates={
                _attribute(each, "point"): (each.text or "").strip()
                for each in entry
                if _is_leap(each.tag) and _local(each.tag) == "date"
            },
            summary=None if summary is None or of_type != "selection" else _text(summary),
        )

    def _rest(self, entry: Element, first: bool) -> str:
        """Its type; elements that have no place here are counted by their name."""
        found = "entry"
        for each in entry:
            if each.tag == f"{_RDF}type":
                found = _local(each.get(f"{_RDF}resource") or "entry")
            elif first and each.tag not in _KNOWN and not (_is_leap(each.tag) and _local(each.tag) == "date"):
                self._report.unknown[clean(_local(str(each.tag)))[:60]] += 1
        return found


def _is_leap(tag: Any) -> bool:
    return isinstance(tag, str) and "leap" in tag.partition("}")[0].lower() and "mahara" not in tag.lower()


def _local(name: str) -> str:
    """The end of a CURIE, an address or a tag: `leap2:has_part` and `http://terms.leapspecs.org/has_part` are one."""
    return re.split(r"[:/#}]", name)[-1]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _number(value: str) -> int | None:
    return int(value) if re.fullmatch(r"[0-9]{1,6}", value) else None


def _resolve(curie: str, prefixes: dict[str, str]) -> str:
    """A CURIE with the address that its prefix is bound to; anything else as it is."""
    prefix, colon, rest = curie.strip().partition(":")
    return clean(prefixes[prefix] + rest if colon and prefix in prefixes else curie.strip())


def _text(content: Element | None) -> str:
    if content is None:
        return ""
    if content.get("type") == "xhtml":
        for each in content.iter():
            each.tag = str(each.tag).removeprefix(_XHTML)
        return text_of("".join(tostring(each, "unicode", method="html") for each in content))
    if content.get("type") == "html":
        return text_of(content.text or "")
    return clean((content.text or "").strip()) if (content.get("type") or "text").startswith("text") else ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
