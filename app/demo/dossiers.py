"""Loopbaandossiers of klas 4: one that is open, and some that were handed in, by the product's own functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import psycopg

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data
from app.guidance.dossiers.models import DossierPart
from app.platform.clock import AMSTERDAM, Clock
from app.portfolio.models import OPEN_STATES, Entry, Ring
from app.reference.codes import Competency

_LAST_YEAR = 4
_TALKED_DAYS = 30
_STORIES = 2
"""With one question, at most."""


@dataclass(frozen=True, slots=True)
class HandingIn:
    """A dossier to hand in once its rows are there, and what the dean makes of it."""

    pupil_id: UUID
    placement_id: UUID
    dean_id: UUID
    handed_in_at: datetime
    told: dict[str, Any]


def add_dossiers(rows: Rows, people: People, clock: Clock) -> list[HandingIn]:
    """Makes the parts; returns what is to be handed in afterwards."""
    told = data("dossiers.toml")
    stories = _stories(rows)
    handing_in: list[HandingIn] = []
    for pupil in people.pupils:
        year = pupil.years.get(people.year)
        if year is None or (year.level, year.study_year) != ("vmbo", _LAST_YEAR):
            continue
        shared = stories.get((pupil.id, year.placement_id), [])
        if pupil.username == told["open"]:
            chosen = _chosen(shared)
            _add_parts(rows, pupil, {code: ids for code, ids in chosen.items() if ids}, told["own"], clock)
        elif len(handing_in) < len(told["handed_in"]):
            plan = told["handed_in"][len(handing_in)]
            # What is told of them was said before it was handed in, too.
            long_before = clock.today() - timedelta(plan["days"] + _TALKED_DAYS)
            chosen = _chosen([entry for entry in shared if entry["sort_on"] < long_before])
            if not all(chosen.values()):
                continue
            _add_parts(rows, pupil, chosen, told["own"], clock)
            at = _moment(clock.today() - timedelta(plan["days"]))
            dean = people.by_username["elidrissi"]
            handing_in.append(HandingIn(pupil.id, year.placement_id, dean, at, plan))
    return handing_in


def hand_in_all(connection: psycopg.Connection[Any], handing_in: Iterable[HandingIn]) -> None:
    """Hands in and closes, each in the name of who does it and on the day that it was."""
    for each in handing_in:
        hand_in_id = Dice(f"dossier {each.pupil_id}").id(each.handed_in_at)
        _act(connection, each.pupil_id, each.handed_in_at.date(), [])
        connection.execute("select hand_in_dossier(%s, %s)", [hand_in_id, each.handed_in_at])
        if "outcome" in each.told:
            closed_at = each.handed_in_at + timedelta(each.told["closed_after"])
            _act(connection, each.dean_id, closed_at.date(), [each.placement_id])
            closing = [hand_in_id, each.told["outcome"], each.told["reason"], closed_at]
            connection.execute("select close_dossier(%s, 1, %s, %s, %s)", closing)


def _act(connection: psycopg.Connection[Any], viewer: UUID, today: date, running: list[UUID]) -> None:
    placements = "{" + ",".join(map(str, running)) + "}"
    for name, value in (("viewer", str(viewer)), ("today", today.isoformat()), ("running", placements)):
        connection.execute("select set_config(%s, %s, true)", [f"app.{name}", value])


def _stories(rows: Rows) -> dict[tuple[UUID, UUID | None], list[dict[str, Any]]]:
    """What was shared, by pupil and placement, the newest first."""
    found: dict[tuple[UUID, UUID | None], list[dict[str, Any]]] = {}
    for entry in rows.by_table[Entry]:
        if entry["state"] in OPEN_STATES and entry["ring"] >= Ring.SCHOOL:
            found.setdefault((entry["pupil_id"], entry["placement_id"]), []).append(entry)
    for told in found.values():
        told.sort(key=lambda entry: (entry["sort_on"], entry["id"]), reverse=True)
    return found


def _chosen(stories: list[dict[str, Any]]) -> dict[str, list[UUID]]:
    return {code: [entry["id"] for entry in stories if code in entry["competencies"]][:_STORIES] for code in Competency}


def _add_parts(rows: Rows, pupil: Pupil, chosen: dict[str, list[UUID]], own: dict[str, str], clock: Clock) -> None:
    for code, entry_ids in chosen.items():
        rows.add(
            DossierPart,
            pupil_id=pupil.id,
            competency=str(code),
            text=own[code],
            entry_ids=entry_ids,
            version=1,
            updated_at=_moment(clock.today() - timedelta(30)),
        )


def _moment(day: date) -> datetime:
    """Four o'clock in The Hague."""
    return datetime.combine(day, time(16), AMSTERDAM)
