"""An attacker with every published table, of all schools and all moments, never finds a group of one to nine.

The attacker knows how many pupils each school has and which are told together, that who shared something in a field
shared something at all and did so at least once, that counts grow within a year, and that the city is its schools
together. `possible` asks an exact solver for whole numbers (HiGHS) for a world in which all of that is so; where it
finds none, there is none.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from app.insight.protection import OWN, STEP, Count, Figure, own_blocks, publish

Name = tuple[object, ...]


@dataclass
class World:
    """Numbers between bounds (the upper may be unknown), and what is known of them together: sum of x·factor ≤ most."""

    bounds: dict[Name, tuple[int, int]] = field(default_factory=dict)
    known: list[tuple[dict[Name, int], int]] = field(default_factory=list)

    def at_most(self, smaller: Name, larger: Name) -> None:
        self.known.append(({smaller: 1, larger: -1}, 0))

    def between(self, names: list[Name], low: int, high: int | None) -> None:
        self.known.append((dict.fromkeys(names, -1), -low))
        if high is not None:
            self.known.append((dict.fromkeys(names, 1), high))

    @cached_property
    def _rows(self) -> tuple[dict[Name, int], LinearConstraint, Bounds]:
        names = {name: place for place, name in enumerate(self.bounds)}
        matrix = lil_array((len(self.known), len(names)))
        for row, (factors, _) in enumerate(self.known):
            for name, factor in factors.items():
                matrix[row, names[name]] = factor
        most = [most for _, most in self.known]
        return names, LinearConstraint(matrix.tocsr(), ub=most), Bounds(*zip(*self.bounds.values(), strict=True))

    def possible(self, factors: dict[Name, int], most: int) -> bool:
        """Whether there is a world that fits all that is known, in which this sum is at most so much."""
        names, known, bounds = self._rows
        weights = np.zeros(len(names))
        for name, factor in factors.items():
            weights[names[name]] = factor
        rules = [LinearConstraint(weights, ub=most), *([known] if self.known else [])]
        found = milp(np.zeros(len(names)), integrality=np.ones(len(names)), bounds=bounds, constraints=rules)
        assert found.status in (0, 2), found.message
        return bool(found.status == 0)


CELLS = ("shared", "zorg", "ict")
Truth = list[list[dict[str, Count]]]
"""By moment, by school: what is true."""
PLACED = (8, 12, 19, 25, 31, 60)


@st.composite
def truths(draw: st.DrawFn) -> tuple[Truth, list[list[int]], set[int]]:
    """A few small schools in one school year; how many pupils each has; at each moment; the blocks of their own."""
    schools = range(draw(st.integers(1, 4)))
    placed = [draw(st.sampled_from(PLACED)) for _ in schools]
    own = draw(st.sets(st.sampled_from(schools)))
    before = [dict.fromkeys(CELLS, 0) for _ in schools]
    truth: Truth = []
    there = []
    for _ in range(draw(st.integers(1, 3))):
        placed = [pupils + draw(st.sampled_from((0, 0, 1, 7))) for pupils in placed]
        there.append(placed)
        for school in schools:
            least = before[school]
            shared = draw(st.integers(least["shared"], placed[school]))
            fields = {cell: draw(st.integers(least[cell], shared)) for cell in CELLS[1:]}
            before[school] = {"shared": shared} | fields
        truth.append([{cell: Count(one[cell], 2 * one[cell]) for cell in CELLS} for one in before])
    return truth, there, own


def published(truth: Truth, there: list[list[int]], own: set[int]) -> World:
    """What the attacker knows of each cell, school and moment, by what is told of schools and city."""
    world = World()
    for moment, (each, placed) in enumerate(zip(truth, there, strict=True)):
        for cell in CELLS:
            told, city = publish({school: counts[cell] for school, counts in enumerate(each)}, own)
            # The smaller schools together are the city less the schools that are told.
            small = [school for school in range(len(each)) if school not in own]
            rest = city.pupils - sum(figure.pupils for figure in told.values())
            for school in range(len(each)):
                pupils, times = (moment, school, cell, "pupils"), (moment, school, cell, "times")
                figure = told.get(school)
                low = figure.pupils if figure else 0
                world.bounds[pupils] = (low, min(low + STEP - 1 if figure else placed[school], placed[school]))
                knows = figure is not None and figure.times is not None
                world.bounds[times] = (figure.times, figure.times + STEP - 1) if figure and knows else (0, 999)
                world.at_most(pupils, times)
                if cell != "shared":
                    world.at_most(pupils, (moment, school, "shared", "pupils"))
                    world.at_most(times, (moment, school, "shared", "times"))
                for what in ("pupils", "times") if moment else ():
                    world.at_most((moment - 1, school, cell, what), (moment, school, cell, what))
            if small:
                world.between([(moment, school, cell, "pupils") for school in small], rest, rest + STEP - 1)
    return world


def _secret(world: World, factors: dict[Name, int], offset: int = 0) -> bool:
    """Whether it is certain that this number lies between one and nine."""
    negative = {name: -factor for name, factor in factors.items()}
    return not world.possible(factors, -offset) and not world.possible(negative, offset - STEP)


@settings(max_examples=20, deadline=None, derandomize=True, phases=[Phase.generate])
@given(truths())
def test_no_group_of_one_to_nine_is_found_in_any_table_or_between_two(
    made: tuple[Truth, list[list[int]], set[int]],
) -> None:
    truth, placed, own = made
    world = published(truth, placed, own)
    everybody = list(range(len(placed[0])))
    blocks = [[school] for school in own] + [[school for school in everybody if school not in own]]
    for schools in (*blocks, everybody):
        for moment in range(len(truth)):
            there = sum(placed[moment][school] for school in schools)
            if there < STEP:
                continue  # so many pupils there are, which anybody may know, is less than ten itself
            for cell in CELLS:
                group = {(moment, school, cell, "pupils"): 1 for school in schools}
                less = dict.fromkeys(group, -1)
                shared = {(moment, school, "shared", "pupils"): 1 for school in schools}
                before = {(moment - 1, school, cell, "pupils"): -1 for school in schools}
                assert not _secret(world, group), "a group"
                assert not _secret(world, less, there), "who is left out"
                assert cell == "shared" or not _secret(world, shared | less), "between two rows"
                assert moment == 0 or not _secret(world, group | before), "between two moments"
    for school in everybody:
        if placed[-1][school] >= STEP:
            assert not _secret(world, {(len(truth) - 1, school, "zorg", "pupils"): 1}), "one of the smaller schools"


SCHOOLS = st.dictionaries(st.integers(0, 50), st.integers(0, 400).map(lambda n: Count(n, 3 * n)), min_size=1)


@given(SCHOOLS, st.sets(st.integers(0, 50)))
def test_what_is_told_is_never_more_than_what_is_true_and_less_by_at_most_nine_a_block(
    counts: dict[int, Count], own: set[int]
) -> None:
    schools, city = publish(counts, own)
    true = sum(count.pupils for count in counts.values())
    blocks = len(schools) + 1
    assert true - (STEP - 1) * blocks <= city.pupils <= true
    assert schools.keys() == counts.keys() & own
    assert all(figure.pupils % STEP == 0 for figure in (*schools.values(), city))


@pytest.mark.parametrize(
    ("pupils", "figure"),
    [(0, Figure(0, None)), (9, Figure(0, None)), (10, Figure(10, 40)), (19, Figure(10, 40)), (20, Figure(20, 40))],
)
def test_a_school_reads_tens_and_nothing_of_fewer(pupils: int, figure: Figure) -> None:
    assert publish({"kust": Count(pupils, 47)}, {"kust"}) == ({"kust": figure}, figure)


def test_small_schools_are_told_together_and_blocks_stay_for_a_year() -> None:
    placed = {"kust": OWN, "duin": OWN - 1, "zee": 40}
    own = own_blocks(placed, None)
    assert own == {"kust"}
    assert own_blocks(placed | {"duin": 300}, own) == {"kust"}
    assert own_blocks({"zee": 40}, None) == {"zee"}, "the only one of its level"
    schools, city = publish({"kust": Count(18, 20), "duin": Count(6, 6), "zee": Count(5, 9)}, own)
    assert (schools, city) == ({"kust": Figure(10, 20)}, Figure(20, 30))


def test_the_attack_finds_what_other_ways_of_rounding_tell() -> None:
    """The attacker is no straw man: what was tried first is found at once."""
    # The true sum of 18 and 9, rounded down, beside both schools.
    world = World({("a",): (10, 19), ("b",): (0, 9)})
    world.between([("a",), ("b",)], 20, 29)
    assert _secret(world, {("b",): 1})
    # Rounded to the nearest five, the growth between two moments.
    grown = World({(0,): (18, 22), (1,): (23, 27)})
    assert _secret(grown, {(1,): 1, (0,): -1})
    # A city's true sum, lowered so that it tells on no school, and again a quarter later.
    year = World({(0, 0): (0, 9), (0, 1): (0, 9), (0, 2): (0, 8), (1, 0): (0, 9), (1, 1): (10, 12), (1, 2): (0, 8)})
    for moment in (0, 1):
        year.between([(moment, school) for school in range(3)], 10, 19)
    for school in range(3):
        year.at_most((0, school), (1, school))
    assert _secret(year, {(0, 1): 1})
