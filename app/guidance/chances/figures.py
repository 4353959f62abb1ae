"""Figures by work field, out of a file of domains."""

import json
from functools import cache
from importlib.resources import files

from pydantic import ValidationError
from sqlalchemy import create_engine
from sqlalchemy.dialects.postgresql import insert

from app.guidance.chances.models import JobChances
from app.guidance.chances.schemas import FieldChances, JobChancesFile, JobChancesOut
from app.reference.catalogue import work_fields


class FiguresRefused(Exception):
    """Where the file is no good: a sentence for who brings it in."""


def read_figures(text: str | bytes) -> JobChancesOut:
    """The figures of a file, by work field. Raises FiguresRefused, also for a domain that no work field gathers."""
    try:
        told = JobChancesFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(map(str, first["loc"])) or "the file"
        raise FiguresRefused(f"{where}: {first['msg']}") from error
    fields = [
        FieldChances(field=field.code, domains=[one for one in told.domains if one.domain in field.domains])
        for field in work_fields()
    ]
    known = {name for field in work_fields() for name in field.domains}
    if strange := [one.domain for one in told.domains if one.domain not in known]:
        raise FiguresRefused(f"not a domain that a work field gathers: {', '.join(strange)}")
    names = [one.domain for one in told.domains]
    if double := sorted({name for name in names if names.count(name) > 1}):
        raise FiguresRefused(f"there twice, so it is not clear which holds: {', '.join(double)}")
    return JobChancesOut(
        region=told.region, year=told.year, source=told.source, fields=[field for field in fields if field.domains]
    )


@cache
def packaged() -> str:
    """The figures that come with the product, as JSON."""
    told = files("app.reference").joinpath("data", "job_chances.json").read_text("utf-8")
    return read_figures(told).model_dump_json()


def keep(owner_url: str, figures: JobChancesOut) -> None:
    """Keeps the figures of a year, in place of those that were there. Raises sqlalchemy.exc.OperationalError."""
    told = {"year": figures.year, "figures": json.loads(figures.model_dump_json())}
    statement = insert(JobChances).values(told)
    statement = statement.on_conflict_do_update(index_elements=["year"], set_={"figures": statement.excluded.figures})
    engine = create_engine(owner_url)
    with engine.begin() as connection:
        connection.execute(statement)
    engine.dispose()
