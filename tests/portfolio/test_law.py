"""The law, read case by case."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from app.portfolio.law import Action, Actor, can, could, rings, years_old
from app.portfolio.models import EntryState, Ring

PUPIL, OTHER = UUID(int=1), UUID(int=2)
TODAY = date(2026, 11, 23)
TEN, FOURTEEN = date(2016, 3, 1), date(2012, 3, 1)


@dataclass(frozen=True)
class AnEntry:
    pupil_id: UUID = PUPIL
    state: str = EntryState.SHARED
    ring: int = Ring.HOME
    changed_on: date = date(2026, 10, 1)


DRAFT = AnEntry(state=EntryState.DRAFT, ring=Ring.PUPIL)
SHARED = AnEntry()
SCHOOL_ONLY = AnEntry(ring=Ring.SCHOOL)
TRASHED = AnEntry(state=EntryState.TRASHED)

pupil = Actor(PUPIL, FOURTEEN)
child = Actor(PUPIL, TEN)
teacher = Actor(OTHER, FOURTEEN, staff=True)
teacher_of_child = Actor(OTHER, TEN, staff=True)
teacher_then = Actor(OTHER, FOURTEEN, staff=True, until=date(2026, 10, 31))
parent = Actor(OTHER, FOURTEEN, home=True)
stranger = Actor(OTHER, FOURTEEN)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", EntryState)
@pytest.mark.parametrize("ring", Ring)
def test_a_stranger_may_nothing(action: Action, state: EntryState, ring: Ring) -> None:
    assert not can(stranger, action, AnEntry(state=state, ring=ring), TODAY)


@pytest.mark.parametrize("somebody", [teacher, teacher_then, parent])
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", [EntryState.DRAFT, EntryState.ARCHIVED, EntryState.TRASHED])
def test_what_the_pupil_keeps_or_puts_away_is_nobody_elses(somebody: Actor, action: Action, state: EntryState) -> None:
    assert not can(somebody, action, AnEntry(state=state), TODAY)


def test_a_teacher_reads_responds_asks_and_marks_but_does_not_write() -> None:
    allowed = {action for action in Action if can(teacher, action, SHARED, TODAY)}
    assert allowed == {Action.READ, Action.FEEDBACK, Action.ASK_BACK, Action.MARK_SEEN}


def test_a_parent_reads_and_encourages() -> None:
    assert {action for action in Action if can(parent, action, SHARED, TODAY)} == {Action.READ, Action.REACT}


def test_a_parent_does_not_see_what_is_for_school_only() -> None:
    assert not can(parent, Action.READ, SCHOOL_ONLY, TODAY)
    assert can(teacher, Action.READ, SCHOOL_ONLY, TODAY)


def test_a_former_teacher_reads_what_was_there_and_does_nothing_more() -> None:
    assert {action for action in Action if can(teacher_then, action, SHARED, TODAY)} == {Action.READ}
    assert not can(teacher_then, Action.READ, replace(SHARED, changed_on=date(2026, 11, 1)), TODAY)


def test_a_question_waits_for_its_answer_before_the_next() -> None:
    asked = replace(SHARED, state=EntryState.ASKED_BACK)
    assert not can(teacher, Action.ASK_BACK, asked, TODAY)
    assert could(teacher, Action.ASK_BACK, asked, TODAY)
    assert not could(parent, Action.ASK_BACK, asked, TODAY)


def test_the_trash_is_not_written_in() -> None:
    assert not can(pupil, Action.EDIT, TRASHED, TODAY)
    assert could(pupil, Action.EDIT, TRASHED, TODAY)
    assert can(pupil, Action.PUT_AWAY, TRASHED, TODAY)


@pytest.mark.parametrize(
    ("actor", "entry", "expected"),
    [
        (pupil, SHARED, (Ring.PUPIL, Ring.SCHOOL, Ring.HOME)),
        (pupil, DRAFT, (Ring.PUPIL, Ring.SCHOOL, Ring.HOME)),
        (child, SHARED, (Ring.PUPIL, Ring.HOME)),
        (Actor(PUPIL, None), SHARED, (Ring.PUPIL, Ring.HOME)),
        (teacher, SHARED, ()),
        (teacher_of_child, SHARED, (Ring.SCHOOL, Ring.HOME)),
        (teacher_of_child, DRAFT, ()),
        (parent, SHARED, ()),
        (pupil, TRASHED, ()),
    ],
)
def test_who_chooses_how_far_an_entry_reaches(actor: Actor, entry: AnEntry, expected: tuple[Ring, ...]) -> None:
    assert rings(actor, entry, TODAY) == expected
    assert can(actor, Action.CHOOSE_RING, entry, TODAY) == bool(expected)


def test_from_the_twelfth_birthday_the_pupil_chooses_alone() -> None:
    twelve_today = Actor(PUPIL, date(2014, 11, 23))
    assert Ring.SCHOOL in rings(twelve_today, SHARED, TODAY)
    assert Ring.SCHOOL not in rings(twelve_today, SHARED, date(2026, 11, 22))


def test_who_was_born_on_29_february_has_the_birthday_on_1_march() -> None:
    born = date(2012, 2, 29)
    assert years_old(born, date(2027, 2, 28)) == 14
    assert years_old(born, date(2027, 3, 1)) == 15
    assert years_old(born, date(2028, 2, 29)) == 16
