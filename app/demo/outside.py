"""Whom the cast asked outside school: one answer that waits, one taken in, and a question that waits for a yes."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data
from app.guidance.outside.models import AnswerState, EndReason, OutsideAnswer, OutsideLink
from app.guidance.picture.models import TalentWord, WordVoice
from app.platform.clock import AMSTERDAM, Clock
from app.portfolio.models import Entry

_GOOD_FOR = timedelta(days=60)


def add_outside(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows, after the stories that they are about."""
    pupils = {pupil.username: pupil for pupil in people.pupils}
    for number, told in enumerate(data("outside.toml")["link"]):
        _link(rows, pupils[told["pupil"]], told, clock, Dice(f"outside {number}"))


def _link(rows: Rows, pupil: Pupil, told: dict[str, Any], clock: Clock, dice: Dice) -> None:
    story = next(
        (
            entry["id"]
            for entry in rows.by_table[Entry]
            if entry["pupil_id"] == pupil.id and entry["title"] == told["story"]
        ),
        None,
    )
    if story is None:  # not written yet, in the first days of a school year
        return
    asked_at = _moment(clock, told["asked"])
    decided_at = _moment(clock, told["decided"]) if "decided" in told else None
    link = dice.id(asked_at)
    rows.add(
        OutsideLink,
        id=link,
        pupil_id=pupil.id,
        entry_id=story,
        who=told["who"],
        mail_to=told["to"],
        locale="nl",
        shown_answers=[],
        shows_logbook=False,
        asked_at=asked_at,
        expires_at=asked_at + _GOOD_FOR,
        mailed_at=asked_at if "sent" in told else None,
        ended_at=decided_at,
        end_reason=EndReason.DECIDED.value if decided_at else None,
    )
    if "sent" in told:
        _answer(rows, pupil, story, link, told, clock, decided_at, dice)


def _answer(
    rows: Rows,
    pupil: Pupil,
    story: UUID,
    link: UUID,
    told: dict[str, Any],
    clock: Clock,
    decided_at: datetime | None,
    dice: Dice,
) -> None:
    texts = {name: told[name] for name in ("said_by", "good", "grew", "tip", "words", "state")}
    rows.add(
        OutsideAnswer, link_id=link, sent_at=_moment(clock, told["sent"]), version=1, decided_at=decided_at, **texts
    )
    if told["state"] != AnswerState.ACCEPTED or decided_at is None:
        return
    for word in told["words"]:
        rows.add(
            TalentWord,
            id=dice.id(decided_at),
            entry_id=story,
            author_id=pupil.id,
            voice=WordVoice.OUTSIDE.value,
            word=word,
            key=f" {link} {word}",
            given_at=decided_at,
            said_by=told["said_by"],
            via_link=link,
        )


def _moment(clock: Clock, days: int) -> datetime:
    """Half past three in The Hague, so many days from today."""
    return datetime.combine(clock.today() + timedelta(days), time(15, 30), AMSTERDAM)
