"""What comes out of a file, whichever it was: stories, files, and words of others; and the report of it."""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from html import unescape
from typing import Any
from uuid import UUID, uuid5

import nh3

from app.portfolio.schemas import EntryContent

CARDS = "homework"
"""The part of the file that cards from home stand in."""
MOST_ENTRIES = 5_000
MOST_RECORDS = 100_000
MOST_RECORD = 2_000_000
"""Characters of one record, as JSON."""
_MOST_TOLD = 300
_MOST_UNKNOWN = 60
_FIRST, _LAST = 1990, 2100


@dataclass(slots=True)
class Story:
    """An entry to be: always a draft, or put away as it was."""

    id: UUID
    content: EntryContent
    state: str = "draft"
    created_at: datetime | None = None
    sort_on: date | None = None


@dataclass(slots=True)
class File:
    """A file of an entry to be, or of a card from home (its `source_id` as a record), by its name in the zip."""

    id: UUID
    entry_id: UUID | None
    member: str
    name: str
    media_type: str | None
    card: str | None = None
    alt: str = ""
    captions: str | None = None
    sha256: str | None = None
    """What it has to be; None where the file does not say."""
    position: int = 0


@dataclass(slots=True)
class Record:
    """What others said, or was kept elsewhere."""

    part: str
    source_id: str
    content: dict[str, Any]
    entry_id: UUID | None = None


@dataclass(slots=True)
class Report:
    """What was taken in, what was here already, and what was not taken, with why."""

    kind: str
    source: str = ""
    """The system that it comes from."""
    of: str = ""
    """Whose portfolio it says it is."""
    entries: int = 0
    files: int = 0
    records: int = 0
    own: int = 0
    """Steps, words, choices and pages: rows of the pupil's own, beside the stories."""
    own_parts: Counter[str] = field(default_factory=Counter)
    """The same, by the part of the file that they stood in."""
    entries_before: int = 0
    files_before: int = 0
    shortened: int = 0
    skipped: list[dict[str, str]] = field(default_factory=list)
    skipped_count: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    def skip(self, what: str, why: str) -> None:
        """Tells of something that was not taken; of very many only how many."""
        self.skipped_count += 1
        if len(self.skipped) < _MOST_TOLD:
            self.skipped.append({"what": clean(what)[:200], "why": why})

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        counted = {"own_parts": dict(self.own_parts), "unknown": dict(self.unknown.most_common(_MOST_UNKNOWN))}
        return asdict(self) | counted


def own_id(pupil_id: UUID, *source: str) -> UUID:
    """An id that is the same each time this pupil brings the same thing."""
    return uuid5(pupil_id, "\n".join(source))


_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "blockquote", "pre"}
_TAGS = _BLOCKS | {"br", "td", "th"}
_HIDDEN = {"script", "style", "svg", "math", "iframe", "object", "template", "noscript", "head", "title", "textarea"}


def text_of(html: str) -> str:
    """What one reads of HTML, without anything that a browser would do with it."""
    safe = nh3.clean(re.sub(r"\s+", " ", html), tags=_TAGS, clean_content_tags=_HIDDEN, attributes={}, link_rel=None)
    lines = re.sub(r"<br\s*/?>", "\n", safe)
    lines = re.sub(r"<li>", "\n• ", lines)
    lines = re.sub(r"</(?:td|th)>", " ", lines)
    lines = re.sub(r"</?(?:p|div|h[1-6]|ul|ol|table|blockquote|pre)>", "\n\n", lines)
    lines = re.sub(r"</?tr>", "\n", lines)
    plain = unescape(re.sub(r"<[^>]*>", "", lines)).replace("\xa0", " ")
    trimmed = "\n".join(line.strip() for line in plain.split("\n"))
    return clean(re.sub(r"\n{3,}", "\n\n", trimmed).strip())


def moment_of(value: Any) -> datetime | None:
    """A moment as it stands in a file; None where it is none, without a zone, or of no time that a pupil lived in."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo and _FIRST <= found.year <= _LAST else None


def day_of(value: Any) -> date | None:
    """The same for a day."""
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return found if _FIRST <= found.year <= _LAST else None


def clean(text: str) -> str:
    """Without what PostgreSQL cannot keep."""
    return "".join(char for char in text if char != "\x00" and not "\ud800" <= char <= "\udfff")


def clean_json(value: Any) -> Any:
    """The same for all texts in a JSON value."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): clean_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [clean_json(each) for each in value]
    return value
