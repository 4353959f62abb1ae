"""Pages of figures: read as they were set, nothing is counted here."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, Text, Uuid, cast, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSON, distinct_on
from sqlalchemy.sql.elements import ColumnElement

from app.insight.models import Publication, PublishedFigure
from app.insight.policy import read_schools, reads_city
from app.people.models import School
from app.people.projections import school_ref
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object, parameter

_WANTED = parameter("publication_id", Uuid())
_SCHOOL_ID = parameter("school_id", Uuid())


def _set(publication: Any) -> ColumnElement[Any]:
    return json_object(
        id=publication.id,
        school_year=publication.school_year,
        quarter=publication.quarter,
        set_on=publication.set_on,
        fictional=publication.fictional,
    )


def _of(publications: Any, whose: Any) -> ScalarSelect[Any]:
    """The figures of one of these."""
    item = json_object(
        level=PublishedFigure.level,
        family=PublishedFigure.family,
        code=PublishedFigure.code,
        pupils=PublishedFigure.pupils,
        times=PublishedFigure.times,
    )
    order = PublishedFigure.level, PublishedFigure.family, PublishedFigure.code
    return (
        select(json_list(item, *order))
        .where(PublishedFigure.publication_id == publications.c.id, whose(PublishedFigure.school_id))
        .correlate(publications)
        .scalar_subquery()
    )


def _counts(whose: Any, school: ColumnElement[Any], report: ColumnElement[Any]) -> Select[Any]:
    """The page over the figures that are `whose`; no row where a publication is wanted that has none of those."""
    theirs = (
        select(Publication)
        .where(Publication.id.in_(select(PublishedFigure.publication_id).where(whose(PublishedFigure.school_id))))
        .subquery("theirs")
    )
    shown = (
        select(theirs)
        .where(or_(_WANTED.is_(None), theirs.c.id == _WANTED))
        .order_by(theirs.c.set_on.desc())
        .limit(literal_column("1"))
        .subquery("shown")
    )
    last = (
        select(theirs)
        .ext(distinct_on(theirs.c.school_year))
        .order_by(theirs.c.school_year.desc(), theirs.c.set_on.desc())
        .subquery("last")
    )
    a_year = json_object(
        school_year=last.c.school_year,
        set_on=last.c.set_on,
        fictional=last.c.fictional,
        figures=_of(last, whose),
    )
    return select(
        json_object(
            school=school,
            sets=select(json_list(_set(theirs.c), theirs.c.set_on.desc())).scalar_subquery(),
            shown=select(_set(shown.c)).scalar_subquery(),
            figures=func.coalesce(
                select(_of(shown, whose)).select_from(shown).scalar_subquery(), literal_column("'[]'::json")
            ),
            years=select(json_list(a_year, last.c.school_year.desc())).scalar_subquery(),
            report=report,
        ).label("body")
    ).where(or_(_WANTED.is_(None), select(shown.c.id).exists()))


_own = read_schools(VIEWER, TODAY)

CITY = Read(
    _counts(
        lambda school_id: school_id.is_(None),
        literal_column("null::json"),
        cast(parameter("report", Text()), JSON),
    ).where(reads_city(VIEWER, TODAY))
)
"""GET /v1/city-counts, as schemas.Counts."""

SCHOOL = Read(
    _counts(lambda school_id: school_id == _SCHOOL_ID, school_ref(), literal_column("null::json"))
    .select_from(School)
    .where(School.id == _SCHOOL_ID, School.id.in_(select(_own.c.school_id)))
)
"""GET /v1/schools/{schoolId}/counts, as schemas.Counts."""
