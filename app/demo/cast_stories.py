"""What the people of the cast wrote themselves, from data/cast_stories.toml."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from app.demo.entries import Remark, Scribe, Story
from app.demo.media import Made
from app.demo.people import People, Pupil, Year
from app.demo.rows import Dice, data, school_year_of
from app.platform.clock import Clock
from app.portfolio.models import EntryState, FeedbackKind, Ring, Voice
from app.reference.catalogue import Question, question_set
from app.reference.codes import Band


@cache
def _questions() -> dict[str, Question]:
    return {question.id: question for band in Band for question in question_set(band)}


class CastStories:
    """Tells for the people that a visitor can be."""

    def __init__(self, people: People, scribe: Scribe, made: dict[str, list[Made]], clock: Clock) -> None:
        self._people = people
        self._scribe = scribe
        self._made = made
        self._today = clock.today()

    def tell(self, pupil: Pupil) -> None:
        """All entries of this pupil."""
        mine = [each for each in data("cast_stories.toml")["entry"] if each["pupil"] == pupil.username]
        for number, told in enumerate(mine):
            day = self._day(told)
            year = pupil.years.get(school_year_of(day))
            if year:
                self._scribe.write(self._story(pupil, year, told, day), Dice(f"{pupil.username} {number}"))

    def _day(self, told: dict[str, Any]) -> date:
        if "ago" in told:
            return self._today - timedelta(days=told["ago"])
        month, day = map(int, told["day"].split("-"))
        return date(self._people.year - told["year"] + (month < 8), month, day)

    def _story(self, pupil: Pupil, year: Year, told: dict[str, Any], day: date) -> Story:
        answers = _answers(told)
        return Story(
            pupil,
            day,
            {
                "title": told["title"],
                "happened_on": day,
                "ended_on": day + timedelta(days=told["days"] - 1) if "days" in told else None,
                "body": told["body"],
                "feeling": told.get("feeling"),
                "details": _details(told, day),
                "answers": answers,
                "competencies": list(dict.fromkeys(each["competency"] for each in answers)),
                "work_fields": told.get("fields", []),
                "tags": told.get("tags", []),
            },
            EntryState(told["state"]),
            Ring(told.get("ring", Ring.PUPIL)),
            [self._file(name) for name in told.get("files", [])],
            [self._remark(pupil, year, each) for each in told.get("said", [])],
            day_files={
                line: written["files"] for line, written in enumerate(told.get("logbook", [])) if "files" in written
            },
        )

    def _file(self, name: str) -> Made:
        of, _, number = name.partition(":")
        return self._made[of][int(number or 0)]

    def _remark(self, pupil: Pupil, year: Year, told: dict[str, Any]) -> Remark:
        author: UUID = year.mentor if told["by"] == "mentor" else self._people.by_username[told["by"]]
        kind = FeedbackKind(told["kind"])
        home = kind is FeedbackKind.REACTION
        voice = Voice.PUPIL if author == pupil.id else Voice.HOME if home else Voice.SCHOOL
        return Remark(author, voice, kind, told["text"], told["after"], told.get("reaction"))


def _answers(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "question_id": question.id,
            "question_version": question.version,
            "competency": question.competency,
            "question": question.text["nl"],
            "text": text,
        }
        for question_id, text in told.get("answers", {}).items()
        if (question := _questions().get(question_id))
    ]


def _details(told: dict[str, Any], day: date) -> dict[str, Any]:
    own = {"kind": told["kind"], **told.get("details", {})}
    own |= {name: told[name] for name in ("form", "organisation", "hours") if name in told}
    if "expectation" in told:
        own["expectation"] = dict(told["expectation"])
    if "logbook" in told:
        own["logbook"] = [
            {"on": on, "text": written["text"], "hours": written.get("hours")}
            for on, written in zip(_working_days(day), told["logbook"], strict=False)
        ]
    return own


def _working_days(since: date) -> Iterator[date]:
    """From this day on, from Monday to Friday."""
    for number in count():
        day = since + timedelta(days=number)
        if day.weekday() <= calendar.FRIDAY:
            yield day
