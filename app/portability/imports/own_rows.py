"""What the pupil alone made, of our own export, as rows that this installation may keep.

Steps, own words, what was set aside, pages of the etalage with their papers, and moments of choosing with all that
hangs on one. Each is looked at with the same models as what comes from a screen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from app.guidance.choices.catalogue import motive_codes, suggestion_codes
from app.guidance.choices.models import ChoiceKind
from app.guidance.choices.policy import OPTIONS_EVER, PICKS_EVER, SURE_EVER
from app.guidance.choices.schemas import LookBack, MotivesContent, OptionContent, PickContent, SureContent
from app.guidance.steps.schemas import StepContent
from app.portability.imports.brought import Record, clean
from app.portability.showcases.models import PaperKind
from app.portability.showcases.schemas import PageContent, PaperContent, kept, misfit
from app.reference.codes import WorkField

Row = dict[str, Any]
Id = Callable[[Any], UUID]

UNFIT = (ValueError, LookupError, TypeError, AttributeError, OverflowError)
"""What a row raises that does not fit; pydantic's errors are ValueErrors."""

ALONE = ("steps", "words", "wordChoices", "fieldChoices", "showcasePages", "showcaseDocuments")
CHOICES = ("choiceMoments", "choiceOptions", "choiceOptionEntries", "choicePicks", "choiceSureness")
MOST_CHOICES = 5_000
"""Rows of choosing that are held at a time; of more all are kept as records."""
_WORD = 40


@dataclass(slots=True)
class Own:
    """One thing of the pupil's own. `key`: how the database names it; `otherwise`: kept where it has no place."""

    part: str
    key: str
    values: Row
    otherwise: list[Record] = field(default_factory=list)


def row_alone(part: str, row: Row, pupil: str, id_of: Id) -> tuple[str, Row] | None:
    """The key and the row; None where it is not the pupil's alone. Raises one of UNFIT."""
    match part:
        case "steps":
            return _step(row, id_of) if row.get("who", "pupil") == "pupil" else None
        case "words":
            return _word(row, id_of) if row["voice"] == "pupil" and str(row["authorId"]) == pupil else None
        case "wordChoices":
            key, shown = _short(row["key"]), row.get("shownAs")
            return key, {"key": key, "shown_as": shown and _short(shown), "hidden": row["hidden"] is True}
        case "fieldChoices":
            code = WorkField(row["field"]).value
            return code, {"field": code, "not_for_me_on": _day(row["notForMeOn"])}
        case "showcasePages":
            key = str(id_of(row["id"]))
            values = {"id": key, "content": _page(row["content"], id_of), "made_at": _moment(row["madeAt"])}
            return key, values | {"removed": bool(row.get("removedAt"))}
        case _:
            page, kind = str(id_of(row["pageId"])), PaperKind(row["kind"]).value
            return f"{page}|{kind}", {"page_id": page, "kind": kind, "content": _paper(row["content"], id_of)}


def _step(row: Row, id_of: Id) -> tuple[str, Row]:
    told = StepContent.model_validate({name: row.get(name) for name in ("text", "dueOn", "remindOn")})
    key = str(id_of(row["id"]))
    return key, {
        "id": key,
        "text": told.text,
        "due_on": told.due_on and told.due_on.isoformat(),
        "remind_on": told.remind_on and told.remind_on.isoformat(),
        "entry_id": str(id_of(row["entryId"])) if row.get("entryId") else None,
        "made_at": _moment(row["madeAt"]),
        "done_at": _maybe(row.get("doneAt")),
        "let_go_at": _maybe(row.get("letGoAt")),
    }


def _word(row: Row, id_of: Id) -> tuple[str, Row]:
    key = str(id_of(row["id"]))
    entry = str(id_of(row["entryId"]))
    return key, {"id": key, "entry_id": entry, "word": _short(row["word"]), "given_at": _moment(row["givenAt"])}


def _page(content: Row, id_of: Id) -> Row:
    page = PageContent.model_validate(content)
    if misfit(page):
        raise ValueError
    for part in page.sections:
        for story in part.stories:
            story.entry_id = id_of(story.entry_id)
            story.file_ids = [id_of(each) for each in story.file_ids]
    return kept(page)


def _paper(content: Row, id_of: Id) -> Row:
    paper = PaperContent.model_validate(content)
    for part in paper.parts:
        for item in part.items:
            item.entry_id = id_of(item.entry_id)
    return kept(paper)


class Choices:
    """Moments of choosing, put together again of the parts that they lie in."""

    def __init__(self, id_of: Id) -> None:
        self._id = id_of
        self._moments: list[tuple[Row, Record]] = []
        self._hanging: dict[str, dict[str, list[tuple[Row, Record]]]] = {
            part: defaultdict(list) for part in CHOICES[1:]
        }
        self._moment_of: dict[str, str] = {}
        self.count = 0

    def add(self, part: str, row: Row, record: Record) -> None:
        """One row, in the order of the file: options before what hangs on them."""
        self.count += 1
        if part == "choiceMoments":
            self._moments.append((row, record))
            return
        moment = str(row.get("momentId"))
        if part == "choiceOptions":
            self._moment_of[str(row.get("id"))] = moment
        elif part == "choiceOptionEntries":
            moment = self._moment_of.get(str(row.get("optionId")), "")
        self._hanging[part][moment].append((row, record))

    def whole(self) -> Iterator[Own | Record]:
        """Each moment with all of it; as records what does not fit, or hangs on none."""
        for row, record in self._moments:
            hanging = {part: self._hanging[part].pop(str(row.get("id")), []) for part in CHOICES[1:]}
            otherwise = [record, *(each for rows in hanging.values() for _, each in rows)]
            try:
                values = self._values(row, {part: [each for each, _ in rows] for part, rows in hanging.items()})
            except UNFIT:
                yield from otherwise
            else:
                yield Own("choiceMoments", values["id"], values, otherwise)
        for parts in self._hanging.values():
            for rows in parts.values():
                yield from (record for _, record in rows)

    def _values(self, row: Row, hanging: dict[str, list[Row]]) -> Row:
        kind = ChoiceKind(row["kind"])
        why = MotivesContent.model_validate({"motives": row["motives"], "ownMotive": row["ownMotive"]})
        options = [self._option(each, kind) for each in hanging["choiceOptions"]]
        picks = [self._pick(each) for each in hanging["choicePicks"]]
        sureness = [self._sure(each) for each in hanging["choiceSureness"]]
        back = LookBack.model_validate(row["lookBack"]).model_dump(mode="json") if row.get("lookBack") else None
        ids = {option["id"] for option in options}
        codes = [option["code"] for option in options if option["code"]]
        plans = {plan for pick in picks for plan in (pick["plan_a"], pick["plan_b"]) if plan}
        if not set(why.motives) <= set(motive_codes()) or len(set(codes)) < len(codes) or not plans <= ids:
            raise ValueError
        if len(options) > OPTIONS_EVER or len(picks) > PICKS_EVER or len(sureness) > SURE_EVER:
            raise ValueError
        return {
            "id": str(self._id(row["id"])),
            "kind": kind.value,
            "school_year": _year(row["schoolYear"]),
            "motives": why.motives,
            "own_motive": why.own_motive,
            "look_back": back,
            "looked_back_at": _moment(row["lookedBackAt"]) if back else None,
            "made_at": _moment(row["madeAt"]),
            "options": options,
            "ties": [
                {"option_id": str(self._id(each["optionId"])), "entry_id": str(self._id(each["entryId"]))}
                for each in hanging["choiceOptionEntries"]
            ],
            "picks": picks,
            "sureness": sureness,
        }

    def _option(self, row: Row, kind: ChoiceKind) -> Row:
        told = OptionContent.model_validate({name: row.get(name) for name in ("code", "name", "plus", "minus", "seen")})
        if told.code is not None and told.code not in suggestion_codes(kind):
            raise ValueError
        values = told.model_dump(by_alias=False, exclude={"entry_ids"})
        off = {"off_at": _maybe(row.get("offAt")), "off_why": clean(str(row.get("offWhy") or ""))[:1_000]}
        return values | off | {"id": str(self._id(row["id"])), "made_at": _moment(row["madeAt"])}

    def _pick(self, row: Row) -> Row:
        plans = {name: row.get(name) and self._id(row[name]) for name in ("planA", "planB")}
        told = PickContent.model_validate({**plans, "why": row["why"]})
        return told.model_dump(mode="json", by_alias=False) | self._at(row)

    def _sure(self, row: Row) -> Row:
        told = SureContent.model_validate({"sure": row["sure"], "words": row["words"]})
        return told.model_dump(by_alias=False) | self._at(row)

    def _at(self, row: Row) -> Row:
        return {"id": str(self._id(row["id"])), "at": _moment(row["at"])}


def _short(value: Any) -> str:
    text = clean(value) if isinstance(value, str) else ""
    if not 1 <= len(text) <= _WORD:
        raise ValueError
    return text


def _year(value: Any) -> int:
    if not isinstance(value, int) or not 2000 <= value <= 2100:
        raise ValueError
    return value


def _day(value: Any) -> str:
    found = date.fromisoformat(value)
    if not 1990 <= found.year <= 2100:
        raise ValueError
    return found.isoformat()


def _moment(value: Any) -> str:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None or not 1990 <= found.year <= 2100:
        raise ValueError
    return found.astimezone(UTC).isoformat()


def _maybe(value: Any) -> str | None:
    return _moment(value) if value else None
