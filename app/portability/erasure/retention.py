"""The terms as data (retention.toml), and what the night does with them."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.media.actions import all_keys
from app.media.tasks import OBJECTS_STAY, remove_objects
from app.platform.jobs import enqueue

YEARS = 2
FIRST, LAST = 60, 14
"""Years after the last tie to a school; days before the end on which people are told."""
TRASH_DAYS, TRASH_WARNS = 30, 7
TAKE_BACK_DAYS = 7
ANSWER_DAYS = 30
"""A month to answer a question (AVG art. 12(3))."""

_SOME = 500
_TELL = text("select tell_of_keeping(:now, :today, :years, :first, :last)")
_ASK = text("select ask_due_erasures(:now, :today, :last, :most)")
_TELL_TRASH = text("select tell_of_trash(:now, :today, :days, :before)")
_EMPTY = text("select entries, files from empty_trash(:today, :days, :most)")
_SWEEP = text("select sweep_old(:rule, :before, :most)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One term. `sweep`: the rule of the night; else `by` says what does it."""

    code: str
    days: int
    since: str
    source: str
    by: str
    sweep: str | None
    warns: tuple[int, ...]
    own_day: bool
    """The row says itself until when it is kept."""


@cache
def rules() -> tuple[Rule, ...]:
    """All terms, in the order of the file."""
    raw = tomllib.loads(files("app.portability.erasure").joinpath("retention.toml").read_text("utf-8"))
    return tuple(
        Rule(
            code=one["code"],
            days=one["days"],
            since=one["from"],
            source=one["source"],
            by=one.get("by", "app/portability/erasure/tasks.py: keep_terms"),
            sweep=one.get("sweep"),
            warns=tuple(one.get("warns", ())),
            own_day="days_in" in one,
        )
        for one in raw["rule"]
    )


Sessions = async_sessionmaker[AsyncSession]


async def sweep(sessions: Sessions, now: datetime) -> dict[str, int]:
    """What is older than its term goes, some at a time; how many of each. Killed, the next night goes on."""
    gone: dict[str, int] = {}
    for rule in rules():
        if rule.sweep is None:
            continue
        before = now if rule.own_day else now - timedelta(days=rule.days)
        while True:
            async with sessions.begin() as session:
                found = await session.scalar(_SWEEP, {"rule": rule.sweep, "before": before, "most": _SOME})
            gone[rule.code] = gone.get(rule.code, 0) + (found or 0)
            if not found or found < _SOME:
                break
    return {code: count for code, count in gone.items() if count}


async def keep_terms(sessions: Sessions, now: datetime, today: date) -> int:
    """Who left gets a last day and is told of it; terms that ended become erasures. How many of those."""
    while True:
        async with sessions.begin() as session:
            values = {"now": now, "today": today, "years": YEARS, "first": FIRST, "last": LAST}
            if not await session.scalar(_TELL, values):
                break
    async with sessions.begin() as session:
        values = {"now": now, "today": today, "last": LAST, "most": _SOME}
        return int(await session.scalar(_ASK, values) or 0)


async def empty_trash(sessions: Sessions, now: datetime, today: date) -> int:
    """Tells of what goes in a week, and lets go of what lay in the trash for thirty days; how many entries."""
    async with sessions.begin() as session:
        values = {"now": now, "today": today, "days": TRASH_DAYS, "before": TRASH_WARNS}
        await session.execute(_TELL_TRASH, values)
    total: int = 0
    while True:
        async with sessions.begin() as session:
            found = (await session.execute(_EMPTY, {"today": today, "days": TRASH_DAYS, "most": _SOME})).one()
            for file in found.files:
                await enqueue(
                    session,
                    remove_objects,
                    after=OBJECTS_STAY,
                    keys=[*all_keys(file["key"])],
                    upload_id=file["upload"],
                    owner_id=file["owner"],
                )
        total += int(found.entries)
        if found.entries < _SOME:
            return total
