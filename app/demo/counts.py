"""Figures of the region: of its schools what is so, of the city what was made up (data/counts.toml), and marked so."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from uuid_utils.compat import uuid7

from app.demo.rows import data
from app.insight.actions import CODES, counts_of, figures_of
from app.insight.days import Reference, newest
from app.insight.models import Family
from app.insight.protection import down
from app.platform.clock import Clock

_PART_OF_A_YEAR = {1: 0.34, 2: 0.58, 3: 0.81, 4: 1.0}
"""How much of a school year's visits there are by the end of a quarter of it."""

_PUBLICATION = (
    "insert into insight_publication (id, school_year, quarter, set_on, made_at, fictional)"
    " values (%s, %s, %s, %s, %s, true)"
)
_FIGURE = "copy insight_figure (id, publication_id, school_id, level, family, code, pupils, times) from stdin"


def set_figures(connection: psycopg.Connection[Any], clock: Clock) -> None:
    """Sets the figures of the quarter that began last, and of the two school years before it."""
    last = newest(clock.today())
    for ago, part in ((2, 0.74), (1, 0.9), (0, 1.0)):
        year = last.school_year - ago
        over = last if ago == 0 else Reference(year, 4, date(year + 1, 8, 1))
        publication = uuid7()
        values = (publication, year, over.quarter, over.set_on, clock.now())
        connection.execute(_PUBLICATION, values)
        with connection.cursor() as cursor:
            rows = [*_of_schools(connection, publication, over), *_of_city(publication, part, over.quarter)]
            with cursor.copy(_FIGURE) as copy:
                for row in rows:
                    copy.write_row(list(row.values()))


def _of_schools(connection: psycopg.Connection[Any], publication: UUID, over: Reference) -> Iterator[dict[str, Any]]:
    asked = "select * from participation(%s, %s::integer, %s)"
    schools = connection.execute("select id from school").fetchall()
    found = {
        school: counts_of(connection.execute(asked, (school, over.school_year, over.set_on))) for (school,) in schools
    }
    rows = figures_of(publication, {school: counts for school, counts in found.items() if counts}, [])
    return (row for row in rows if row["school_id"] is not None)


def _of_city(publication: UUID, part: float, quarter: int) -> Iterator[dict[str, Any]]:
    done = part * _PART_OF_A_YEAR[quarter]
    for level, told in data("counts.toml")["level"].items():
        for family, code in CODES:
            if code == "placed":
                pupils, times = told["placed"], None
            else:
                whole = told["shared"] if family is Family.ALL else told[family].get(code, [0, 0])
                pupils, times = (down(int(number * done)) for number in whole)
            names = {"publication_id": publication, "school_id": None, "level": level, "family": family, "code": code}
            yield {"id": uuid7(), **names, "pupils": pupils, "times": times if pupils else None}
