"""Setting the figures of a quarter: counted school by school, told in tens, kept once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from app.insight import protection
from app.insight.days import Reference
from app.insight.models import Family, Publication, PublishedFigure
from app.insight.protection import Count, Figure, own_blocks
from app.people.models import Group, Level
from app.reference.codes import ExperienceForm, WorkField

CODES: tuple[tuple[Family, str], ...] = (
    (Family.ALL, "placed"),
    (Family.ALL, "shared"),
    *((Family.FIELD, field.value) for field in WorkField),
    *((Family.FORM, form.value) for form in ExperienceForm),
)
"""What every publication tells, in the order of the screens; also where there is nobody."""

PARTICIPATION = text("select level, family, code, pupils, times from participation(:school, :year, :until)")

Cell = tuple[str, str, str]
"""Level, family and code."""


async def publish(session: AsyncSession, reference: Reference, now: datetime) -> UUID | None:
    """Counts and keeps the figures, in one transaction; None where they are there, or where there is nobody.

    Figures of before the last that were set are not made any more: a clock that was set back makes no second table.
    """
    # One worker at a time; another leaves it to this one.
    if not await session.scalar(text("select pg_try_advisory_xact_lock(hashtext('insight'))")):
        return None
    newest = await session.scalar(select(func.max(Publication.set_on)))
    if newest is not None and newest >= reference.set_on:
        return None
    by_school: dict[UUID, dict[Cell, Count]] = {}
    schools = select(Group.school_id).where(Group.school_year == reference.school_year).distinct()
    for school in (await session.scalars(schools)).all():
        asked = {"school": school, "year": reference.school_year, "until": reference.set_on}
        if counted := counts_of(await session.execute(PARTICIPATION, asked)):
            by_school[school] = counted
    if not by_school:
        return None
    publication = uuid7()
    session.add(Publication(id=publication, **asdict(reference), made_at=now))
    await session.flush()
    before = await session.execute(
        select(PublishedFigure.school_id, PublishedFigure.level)
        .join(Publication, Publication.id == PublishedFigure.publication_id)
        .where(Publication.school_year == reference.school_year, PublishedFigure.code == "placed")
    )
    for rows in _in_parts(figures_of(publication, by_school, [(school, level) for school, level in before])):
        await session.execute(insert(PublishedFigure), rows)
    return publication


def counts_of(rows: Iterable[Any]) -> dict[Cell, Count]:
    """A school's counts out of what the database found, with a nought where it found nobody."""
    found = {(level, family, code): Count(pupils, times) for level, family, code, pupils, times in rows}
    return {
        (level, family, code): found.get((level, family, code), Count(0, None if code == "placed" else 0))
        for level in Level
        if (level, Family.ALL, "placed") in found
        for family, code in CODES
    }


def figures_of(
    publication: UUID, by_school: Mapping[UUID, Mapping[Cell, Count]], before: Collection[tuple[UUID | None, str]]
) -> Iterator[dict[str, Any]]:
    """Rows to keep. `before`: of which schools (None: the city) and levels figures were told in this school year."""
    for level in Level:
        placed_cell = (level, Family.ALL, "placed")
        placed = {
            school: counted[placed_cell].pupils for school, counted in by_school.items() if placed_cell in counted
        }
        if not placed:
            continue
        own = own_blocks(placed, {school for school, of in before if of == level} if before else None)
        for family, code in CODES:
            cell = (level, family, code)
            schools, city = protection.publish({school: by_school[school][cell] for school in placed}, own)
            for school, figure in (*schools.items(), (None, city)):
                yield _row(publication, school, cell, figure)


def _row(publication: UUID, school: UUID | None, cell: Cell, figure: Figure) -> dict[str, Any]:
    level, family, code = cell
    names = {"publication_id": publication, "school_id": school, "level": level, "family": family, "code": code}
    return {"id": uuid7(), **names, "pupils": figure.pupils, "times": figure.times}


def _in_parts(rows: Iterator[dict[str, Any]], size: int = 2_000) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
