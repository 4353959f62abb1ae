"""The law: who may do what with an entry, in plain words. policy.py and row-level security say the same in SQL."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from app.portfolio.models import OPEN_STATES, EntryState, Ring

TOGETHER_UNTIL = 12
"""Below this age child and teacher choose together what stays at school."""


class Action(StrEnum):
    """What can be done with an entry."""

    READ = "read"
    EDIT = "edit"
    PUT_AWAY = "put_away"
    CHOOSE_RING = "choose_ring"
    FEEDBACK = "feedback"
    ASK_BACK = "ask_back"
    MARK_SEEN = "mark_seen"
    REACT = "react"


class Subject(Protocol):
    """What the law asks of an entry."""

    @property
    def pupil_id(self) -> UUID: ...
    @property
    def state(self) -> str: ...
    @property
    def ring(self) -> int: ...
    @property
    def changed_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class _Moved:
    """An entry as it would be in another state."""

    pupil_id: UUID
    state: str
    ring: int
    changed_on: date


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, as they stand on a day to the pupil of one entry and to the schools it is shared with.

    `staff`: teaches this pupil, or is dean, where the entry is shared; `until`: that placement ended on this day. Where
    the pupil took it along to another school, its staff have no such day as long as the pupil is there.
    `home`: guardian whose link is open. `owes_reason`: is no teacher of this pupil, and has not said why to look.
    `birth_date`: of the pupil; where it is unknown the child counts as young.
    """

    id: UUID
    birth_date: date | None
    staff: bool = False
    until: date | None = None
    home: bool = False
    owes_reason: bool = False


def years_old(birth_date: date, day: date) -> int:
    """Whole years; who was born on 29 February has the birthday on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_young(actor: Actor, today: date) -> bool:
    """Whether the pupil is of an age at which the teacher chooses along."""
    return actor.birth_date is None or years_old(actor.birth_date, today) < TOGETHER_UNTIL


def can(actor: Actor, action: Action, entry: Subject, today: date) -> bool:
    """Whether this actor may do this with this entry on this day."""
    own = entry.pupil_id == actor.id
    is_open = entry.state in OPEN_STATES
    at_school = actor.staff and not actor.owes_reason and not own and is_open and entry.ring >= Ring.SCHOOL
    teaches = at_school and actor.until is None
    at_home = actor.home and not actor.owes_reason and not own and is_open and entry.ring >= Ring.HOME

    match action:
        case Action.READ:
            taught = at_school and actor.until is not None and entry.changed_on <= actor.until
            return own or teaches or taught or at_home
        case Action.EDIT:
            return own and entry.state not in (EntryState.ARCHIVED, EntryState.TRASHED)
        case Action.PUT_AWAY:
            return own
        case Action.CHOOSE_RING:
            return bool(rings(actor, entry, today))
        case Action.FEEDBACK:
            return teaches or (own and is_open)
        case Action.ASK_BACK:
            return teaches and entry.state != EntryState.ASKED_BACK
        case Action.MARK_SEEN:
            return teaches and entry.state == EntryState.SHARED
        case Action.REACT:
            return at_home and not actor.staff


def could(actor: Actor, action: Action, entry: Subject, today: date) -> bool:
    """Whether this actor might do this if only the entry were in another state: the difference between 409 and 403."""
    moved = (_Moved(entry.pupil_id, state, entry.ring, entry.changed_on) for state in EntryState)
    return any(can(actor, action, entry_then, today) for entry_then in moved)


def rings(actor: Actor, entry: Subject, today: date) -> tuple[Ring, ...]:
    """How far this actor may let the entry reach. Under 12, 'school only' is chosen by the teacher with the child."""
    young = is_young(actor, today)
    if can(actor, Action.EDIT, entry, today):
        return (Ring.PUPIL, Ring.HOME) if young else (Ring.PUPIL, Ring.SCHOOL, Ring.HOME)
    if young and can(actor, Action.FEEDBACK, entry, today):
        return (Ring.SCHOOL, Ring.HOME)
    return ()
