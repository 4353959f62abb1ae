"""Our own portfolio.json, read a row at a time: also one of a hundred megabytes is never held as a whole."""

import json
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

import ijson
from ijson.common import ObjectBuilder
from pydantic import ValidationError
from pydantic.alias_generators import to_camel

from app.media.captions import captions_of
from app.media.policy import ACCEPTED
from app.platform.errors import Invalid
from app.portability.exports.html import named
from app.portability.exports.parts import PARTS, Part
from app.portability.exports.schema import FORMAT, VERSION
from app.portability.imports.brought import (
    CARDS,
    MOST_ENTRIES,
    MOST_RECORD,
    MOST_RECORDS,
    File,
    Record,
    Report,
    Story,
    clean_json,
    day_of,
    moment_of,
    own_id,
)
from app.portability.imports.own_rows import ALONE, CHOICES, MOST_CHOICES, UNFIT, Choices, Own, row_alone
from app.portability.imports.parcel import BringRefused, Parcel
from app.portfolio.schemas import EntryContent

Row = dict[str, Any]

_NATIVE = frozenset(("entries", "files", "brought"))
_WITH_ID = frozenset(("entries", "files", "steps", "words", "showcasePages", *CHOICES)) - {"choiceOptionEntries"}
_DEEPEST = 60
_MOST_EVENTS = 200_000
_AS_IT_WAS = (
    "state", "ring", "version", "schoolYear", "placementId", "createdAt", "updatedAt", "sharedAt", "seenAt", "seenBy",
)  # fmt: skip
_NAMES = ("authorId", "heldWith", "plannedBy", "writtenBy", "seenBy", "closedBy", "begunBy", "homeBy", "staffId")
_PUT_AWAY = ("archived", "trashed")
_CONTENT = tuple(to_camel(name) for name in EntryContent.model_fields)


class OwnFile:
    """One export of ours. Ids stay as they are, but for those that are somebody else's here."""

    def __init__(self, parcel: Parcel, pupil_id: UUID, report: Report) -> None:
        """Looks through it once. Raises BringRefused."""
        self._parcel, self._pupil_id, self._report = parcel, pupil_id, report
        self._parts = {part.name: part for part in PARTS}
        self._people: dict[str, str] = {}
        self._pupil = ""
        self._asked_at: dict[str, str] = {}
        """The story that somebody outside was asked about, by the link they were asked with."""
        self._cards: dict[str, str] = {}
        """Which card from home something brought before is, by its id in the file."""
        self._told_before: set[str] = set()
        """Stories whose state at a school before is among what was brought there."""
        self._others: frozenset[UUID] = frozenset()
        self.entries = 0
        self.files = 0
        self._look_through()

    def _look_through(self) -> None:
        head: Row = {}
        seen: set[str] = set()
        for records, (key, row) in enumerate(self._rows(head)):
            if key == "pupil":
                self._pupil = str(row.get("id"))
                self._report.of = named(
                    {"given_name": row.get("givenName", ""), "family_name": row.get("familyName", "")}
                )
            elif key == "people":
                self._people[str(row.get("id"))] = f"{row.get('givenName', '')} {row.get('familyName', '')}".strip()
            elif key == "entries":
                self.entries += 1
                if str(row.get("id")) in seen:
                    raise BringRefused("twice")
                seen.add(str(row.get("id")))
            elif key == "files":
                self.files += 1
            elif key == "outsideLinks" and row.get("entryId"):
                self._asked_at[str(row.get("id"))] = str(row["entryId"])
            elif key == "brought" and row.get("part") == "entries":
                self._told_before.add(str(row.get("sourceId")))
            elif key == "brought" and row.get("part") == CARDS:
                self._cards[str(row.get("id"))] = str(row.get("sourceId"))
            if self.entries > MOST_ENTRIES or records >= MOST_RECORDS:
                raise BringRefused("too_many")
        if head.get("format") != FORMAT or not isinstance(head.get("version"), int):
            raise BringRefused("nothing_known")
        if head["version"] > VERSION:
            raise BringRefused("newer")
        self._report.source = str(head.get("madeBy") or "")[:200]

    def _rows(self, head: Row | None = None) -> Iterator[tuple[str, Row]]:
        """Every object at the top, and in the lists at the top, with the key it is under. Raises BringRefused."""
        try:
            with self._parcel.text() as file:
                yield from _walk(file, head if head is not None else {})
        except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
            raise BringRefused("broken_json") from error

    def ids(self) -> list[UUID]:
        """Ids that have to be the pupil's own here."""
        return [self._plain_id(row.get("id")) for key, row in self._rows() if key in _WITH_ID]

    def give_others(self, others: frozenset[UUID]) -> None:
        """Ids that are somebody else's here: theirs become others."""
        self._others = others

    def _plain_id(self, value: Any) -> UUID:
        try:
            return UUID(str(value))
        except ValueError:
            return own_id(self._pupil_id, "talentportfolio", str(value))

    def _id(self, value: Any) -> UUID:
        plain = self._plain_id(value)
        return own_id(self._pupil_id, "talentportfolio", str(plain)) if plain in self._others else plain

    def stories(self) -> Iterator[Story]:
        """Entries, as drafts or put away; what does not fit is told in the report."""
        for key, row in self._rows():
            if key != "entries":
                continue
            try:
                yield self._story(row)
            except (ValidationError, LookupError, ValueError, TypeError, AttributeError, OverflowError):
                self._report.skip(str(row.get("title") or row.get("id") or ""), "story_invalid")

    def _story(self, row: Row) -> Story:
        told = {name: row[name] for name in _CONTENT if name in row}
        told["details"] = self._details(dict(told["details"]))
        told["answers"] = [self._answer(dict(answer)) for answer in told.get("answers") or []]
        content = EntryContent.model_validate(told)
        made = row.get("createdAt")
        return Story(
            id=self._id(row.get("id")),
            content=content,
            state=row["state"] if row.get("state") in _PUT_AWAY else "draft",
            created_at=moment_of(made),
            sort_on=day_of(row.get("sortOn")),
        )

    def _details(self, details: Row) -> Row:
        # An activity of another school is not one here.
        details.pop("activityId", None)
        if details.get("entryId"):
            details["entryId"] = str(self._id(details["entryId"]))
        for day in details.get("logbook") or []:
            day["attachmentIds"] = [str(self._id(id_)) for id_ in day.get("attachmentIds") or []]
        return details

    def _answer(self, answer: Row) -> Row:
        if answer.get("attachmentId"):
            answer["attachmentId"] = str(self._id(answer["attachmentId"]))
        return answer

    def carried(self) -> Iterator[File]:
        """Files of entries, and what was said aloud on cards from home."""
        for key, row in self._rows():
            if key != "files":
                continue
            name = _named_as_kept(str(row.get("name") or ""), str(row.get("fileType") or ""))
            card = row.get("homeworkId") or self._cards.get(str(row.get("broughtId")))
            if not isinstance(row.get("path"), str):
                self._report.skip(name, "file_missing")
            else:
                yield File(
                    id=self._id(row.get("id")),
                    entry_id=self._id(row["entryId"]) if row.get("entryId") else None,
                    card=_source(str(card)) if card else None,
                    member=row["path"],
                    name=name,
                    media_type=str(row.get("fileType") or row.get("mediaType") or ""),
                    alt=clean_json(str(row.get("alt") or ""))[:1_000],
                    captions=_captions(row.get("captions")),
                    sha256=row.get("fileSha256"),
                    position=row["position"] if isinstance(row.get("position"), int) else 0,
                )

    def records(self) -> Iterator[Record | Own]:
        """What is the pupil's alone; and what others said and school kept, with the names it was said under."""
        choices = Choices(self._id)
        for key, row in self._rows():
            if key == "entries":
                if str(row.get("id")) not in self._told_before:
                    yield self._record(self._parts[key], row, {name: row.get(name) for name in _AS_IT_WAS})
            elif key == "brought":
                yield from self._again(row)
            elif (part := self._parts.get(key)) and key not in _NATIVE:
                record = self._record(part, row, row)
                if len(json.dumps(record.content)) > MOST_RECORD:
                    self._report.skip(f"{key} {record.source_id}", "record_too_large")
                elif key in CHOICES and choices.count < MOST_CHOICES:
                    choices.add(key, row, record)
                else:
                    yield (self._own(key, row, record) if key in ALONE else None) or record
            elif key not in _NATIVE | {"pupil", "people", "leftOut"}:
                self._report.unknown[clean_json(key)[:60]] += 1
        yield from choices.whole()

    def _own(self, part: str, row: Row, record: Record) -> Own | None:
        try:
            found = row_alone(part, row, self._pupil, self._id)
        except UNFIT:
            return None
        return Own(part, *found, [record]) if found else None

    def _record(self, part: Part, row: Row, content: Row) -> Record:
        named_by = (str(row[key]) for key in _NAMES if row.get(key))
        who = next((self._people[id_] for id_ in named_by if id_ in self._people), None)
        entry = row.get("id") if part.name == "entries" else row.get(to_camel(part.at_entry or "-"))
        if part.name == "outsideAnswers":
            entry = self._asked_at.get(str(row.get("linkId")))
        source = "|".join(str(row.get(to_camel(column))) for column in part.key)
        return Record(
            part=part.name,
            source_id=_source(source),
            content=clean_json({**self._heard(content), "author": who}),
            entry_id=self._id(entry) if entry else None,
        )

    def _again(self, row: Row) -> Iterator[Record]:
        if isinstance(row.get("content"), dict) and isinstance(row.get("part"), str):
            yield Record(
                part=clean_json(row["part"])[:60],
                source_id=_source(str(row.get("sourceId"))),
                content=clean_json(self._heard(row["content"])),
                entry_id=self._id(row["entryId"]) if row.get("entryId") else None,
            )

    def _heard(self, content: Row) -> Row:
        """What was said aloud, by the id that it has here."""
        return content | {key: str(self._id(content[key])) for key in ("childSound", "homeSound") if content.get(key)}


def _source(value: str) -> str:
    """Which one a record is there, as it is kept."""
    return str(clean_json(value))[:300]


def _walk(file: IO[bytes], head: Row) -> Iterator[tuple[str, Row]]:
    depth, key = 0, ""
    builder: ObjectBuilder | None = None
    until = events = 0
    for event, value in ijson.basic_parse(file, use_float=True):
        opens, closes = event in ("start_map", "start_array"), event in ("end_map", "end_array")
        if closes:
            depth -= 1
        if builder is None:
            if event == "map_key" and depth == 1:
                key = value
            elif event == "start_map" and depth in (1, 2):
                builder, until, events = ObjectBuilder(), depth, 0
            elif depth == 1 and not opens and not closes:
                head[key] = value
        if builder is not None:
            events += 1
            if events > _MOST_EVENTS or depth > _DEEPEST:
                raise BringRefused("too_large")
            builder.event(event, value)
            if closes and depth == until:
                yield key, builder.value
                builder = None
        if opens:
            depth += 1
            if depth > _DEEPEST:
                raise BringRefused("too_large")


def _named_as_kept(name: str, file_type: str) -> str:
    """With the ending of what is kept: a PNG is a JPEG by now, and is not called `.png.jpg` here."""
    stem, dot, ending = name.rpartition(".")
    kept = ACCEPTED.get(file_type)
    known = {each for accepted in ACCEPTED.values() for each in accepted.endings.split()}
    if kept is None or not dot or ending.lower() not in known or ending.lower() in kept.endings.split():
        return name
    return f"{stem}.{kept.endings.split()[0]}"


def _captions(value: Any) -> str | None:
    text = clean_json(str(value))[:100_000] if value else ""
    try:
        return captions_of(text) if text else None
    except Invalid:
        return None
