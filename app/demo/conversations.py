"""Talks of the cast: planned, prepared, recorded, agreed. What follows from a row the database's triggers do."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data
from app.guidance.conversations.models import Conversation, ConversationAgreement, ConversationRecord, PrepSheet, Way
from app.guidance.steps.models import NextStep, Who
from app.people.models import Placement
from app.platform.clock import AMSTERDAM, Clock
from app.portfolio.models import Entry, Ring


def add_conversations(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows, after the stories that pupils show. None for who is at no school today."""
    pupils = {pupil.username: pupil for pupil in people.pupils}
    for number, told in enumerate(data("conversations.toml")["talk"]):
        pupil = pupils[told["pupil"]]
        placement = _placement(rows, pupil, clock.today())
        if placement is not None:
            _Talk(rows, people, pupil, placement, clock, Dice(f"talk {number}")).tell(told)


def _placement(rows: Rows, pupil: Pupil, today: date) -> UUID | None:
    running = (
        row["id"]
        for row in rows.by_table[Placement]
        if row["pupil_id"] == pupil.id
        and row["starts_on"] <= today
        and (row.get("ends_on") is None or row["ends_on"] >= today)
    )
    return next(running, None)


class _Talk:
    """The rows of one talk."""

    def __init__(self, rows: Rows, people: People, pupil: Pupil, placement: UUID, clock: Clock, dice: Dice) -> None:
        self.rows, self.people, self.pupil, self.placement = rows, people, pupil, placement
        self.clock, self.dice = clock, dice

    def tell(self, told: dict[str, Any]) -> None:
        day = self._school_day(told["on"])
        planned_at = min(_at(day, time(12)) - timedelta(days=16), self.clock.now() - timedelta(days=1))
        holder = self.people.by_username[told["with"]]
        talk = self.dice.id(planned_at)
        self.rows.add(
            Conversation,
            id=talk,
            pupil_id=self.pupil.id,
            placement_id=self.placement,
            kind=told["kind"],
            on_day=day,
            at_time=time.fromisoformat(told["at"]),
            place=told["place"],
            held_with=holder,
            planned_by=holder,
            with_home=told["home"],
            was_on_day=self._school_day(told["was"]) if "was" in told else None,
            made_at=planned_at,
            changed_at=planned_at,
            changed_by=holder,
            changed_on=planned_at.astimezone(AMSTERDAM).date(),
            version=2 if "was" in told else 1,
        )
        if "sheet" in told:
            ready_at = min(_at(day, time(16)) - timedelta(days=4), self.clock.now() - timedelta(hours=2))
            self._sheet(talk, told["sheet"], ready_at)
        if "record" in told:
            held_at = _at(day, time.fromisoformat(told["at"])) + timedelta(minutes=25)
            self._record(talk, told["record"], holder, held_at)
            if "agreed" in told:
                self._agreement(talk, told["agreed"], held_at + timedelta(minutes=4))

    def _sheet(self, talk: UUID, sheet: dict[str, Any], ready_at: datetime) -> None:
        own = {row["title"]: row["id"] for row in self.rows.by_table[Entry] if row["pupil_id"] == self.pupil.id}
        shown = [own[title] for title in sheet.get("show", []) if title in own]
        texts = {name: sheet[name] for name in ("found_out", "doubt", "ask", "maybe_next")}
        self.rows.add(
            PrepSheet,
            conversation_id=talk,
            pupil_id=self.pupil.id,
            entry_ids=shown,
            ready_at=ready_at,
            updated_at=ready_at,
            version=1,
            **texts,
        )

    def _record(self, talk: UUID, record: dict[str, Any], holder: UUID, held_at: datetime) -> None:
        steps = [self._step(talk, step, held_at) for step in record.get("step", [])]
        self.rows.add(
            ConversationRecord,
            conversation_id=talk,
            version=1,
            pupil_voice=record["pupil_voice"],
            staff_voice=record["staff_voice"],
            steps=steps,
            written_by=holder,
            written_at=held_at,
        )

    def _step(self, talk: UUID, step: dict[str, Any], made_at: datetime) -> dict[str, Any]:
        """A step as it stands in the record. One that has ended is a row already: the akkoord finds it there."""
        staff = self.people.by_username.get(step["who"])
        due = self.clock.today() + timedelta(step["due"])
        made = self.dice.id(made_at)
        who = Who.STAFF if staff is not None else Who(step["who"])
        if "end" in step:
            ended_at = _at(self.clock.today() + timedelta(step["ended"]), time(15, 30))
            self.rows.add(
                NextStep,
                id=made,
                pupil_id=self.pupil.id,
                text=step["text"],
                due_on=due,
                remind_on=due,
                made_at=made_at,
                done_at=ended_at if step["end"] == "done" else None,
                let_go_at=ended_at if step["end"] == "let_go" else None,
                version=2,
                conversation_id=talk,
                who=who.value,
                staff_id=staff,
            )
        return {
            "id": str(made),
            "text": step["text"],
            "who": who.value,
            "staffId": str(staff) if staff is not None else None,
            "dueOn": due.isoformat(),
            "remindOn": due.isoformat(),
        }

    def _agreement(self, talk: UUID, agreed: dict[str, Any], at: datetime) -> None:
        self.rows.add(
            ConversationAgreement,
            conversation_id=talk,
            record_version=1,
            pupil_id=self.pupil.id,
            words=agreed["words"],
            ring=Ring.HOME.value,
            way=Way.BESIDE.value,
            agreed_at=at,
        )

    def _school_day(self, days: int) -> date:
        day = self.clock.today() + timedelta(days)
        weekend = max(0, day.isoweekday() - 5)
        return day + timedelta((3 - weekend) % 3 if days > 0 else -weekend) if weekend else day


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, AMSTERDAM)
