"""Pages of steps: all of one's own."""

from typing import Any

from sqlalchemy import and_, case, func, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.steps.models import NextStep
from app.platform.reads import VIEWER, Read, json_list, json_object
from app.portfolio.models import Entry, EntryState

_BEHIND: ColumnElement[int] = literal_column("50")
IS_TO_DO = NextStep.who != literal_column("'staff'")
"""What a pupil has to do: the own steps, and what home does; what staff does stands with the talk."""
IS_OPEN = and_(NextStep.done_at.is_(None), NextStep.let_go_at.is_(None))
_ended_at = func.coalesce(NextStep.done_at, NextStep.let_go_at)


def step() -> ColumnElement[Any]:
    """A step as schemas.Step."""
    title = (
        select(Entry.title)
        .where(
            Entry.id == NextStep.entry_id,
            Entry.pupil_id == VIEWER,
            Entry.state != literal_column(f"'{EntryState.TRASHED.value}'"),
        )
        .correlate(NextStep)
        .scalar_subquery()
    )
    state = case(
        (NextStep.done_at.is_not(None), literal_column("'done'")),
        (NextStep.let_go_at.is_not(None), literal_column("'let_go'")),
        else_=literal_column("'open'"),
    )
    return json_object(
        id=NextStep.id,
        text=NextStep.text,
        due_on=NextStep.due_on,
        remind_on=NextStep.remind_on,
        entry_id=NextStep.entry_id,
        entry_title=title,
        state=state,
        ended_at=_ended_at,
        who=NextStep.who,
        conversation_id=NextStep.conversation_id,
        version=NextStep.version,
    )


def _open() -> ColumnElement[Any]:
    return (
        select(json_list(step(), NextStep.due_on.asc().nulls_last(), NextStep.made_at, NextStep.id))
        .where(NextStep.pupil_id == VIEWER, IS_TO_DO, IS_OPEN)
        .scalar_subquery()
    )


def _behind() -> ColumnElement[Any]:
    newest = (
        select(step().label("step"), _ended_at.label("at"), NextStep.id)
        .where(NextStep.pupil_id == VIEWER, IS_TO_DO, ~IS_OPEN)
        .order_by(_ended_at.desc(), NextStep.id)
        .limit(_BEHIND)
        .subquery("newest")
    )
    return select(json_list(newest.c.step, newest.c.at.desc(), newest.c.id)).scalar_subquery()


STEPS = Read(select(json_object(open=_open(), behind=_behind()).label("body")))
"""GET /v1/me/steps, as schemas.StepList."""
