"""What may be told of a count: tens, rounded down, so that nobody works out a group of one to nine. Pure functions.

Why this holds (ADR 031): every school is in one block: itself, or the smaller schools together. Of a block a
reader knows a window of ten values in a row, such as 0 to 9 or 20 to 29. Ten values do not fit between 1 and 9, so no
window says "between one and nine", nor do two windows that are subtracted, whatever else is known: that a row is part
of another, that counts grow, how many pupils there are. Every sum that is told is a sum of what is told of blocks, so
there is nothing to subtract from it. Blocks stay the same for a school year.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

STEP = 10
"""Groups smaller than this are never told."""

OWN = 100
"""So many pupils of a level a school has at least to be a block of its own; of fewer, little would be left to tell."""

School = TypeVar("School")


@dataclass(frozen=True, slots=True)
class Count:
    """What is true: pupils, and how often (None where that says nothing)."""

    pupils: int
    times: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What is told: at least so many pupils, and at least so often. 0 pupils is read as "fewer than ten"."""

    pupils: int
    times: int | None


def down(value: int) -> int:
    """To tens, downwards."""
    return value - value % STEP


def told(counts: Iterable[Count]) -> Figure:
    """The figure of a block: of one school, or of several together. How often is told only of groups that are."""
    pupils, times = 0, 0
    knows_times = True
    for count in counts:
        pupils += count.pupils
        times += count.times or 0
        knows_times = knows_times and count.times is not None
    return Figure(down(pupils), down(times) if knows_times and pupils >= STEP else None)


def together(blocks: Sequence[Figure]) -> Figure:
    """The city's figure: the sum of what is told of blocks, and of nothing else."""
    times = [figure.times for figure in blocks if figure.times is not None]
    return Figure(sum(figure.pupils for figure in blocks), sum(times) if times else None)


def own_blocks(placed: Mapping[School, int], before: Collection[object] | None) -> set[School]:
    """Which schools are a block of their own, of a level at which they have so many pupils.

    `before`: which were, earlier in this school year; then it is those. None: nothing was told of this year yet. Of a
    level that one school alone has, that school is the block.
    """
    if before is not None:
        return {school for school in placed if school in before}
    return {school for school, pupils in placed.items() if pupils >= OWN or len(placed) == 1}


def publish(counts: Mapping[School, Count], own: Collection[School]) -> tuple[dict[School, Figure], Figure]:
    """The figures of the schools that are a block of their own, and the city's."""
    blocks: dict[School | None, list[Count]] = defaultdict(list)
    for school, count in counts.items():
        blocks[school if school in own else None].append(count)
    figures = {school: told(block) for school, block in blocks.items()}
    return {school: one for school, one in figures.items() if school is not None}, together(list(figures.values()))
