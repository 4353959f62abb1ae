"""The figures of the report of 2016 that lie beside ours, by field of work."""

import json
from functools import cache
from importlib.resources import files

from app.insight.schemas import FieldStudents, Report
from app.reference.catalogue import work_fields


@cache
def report() -> str:
    """As JSON. Domains that no field gathers are in the total only."""
    told = json.loads(files("app.insight").joinpath("data", "haaglanden_2016.json").read_text("utf-8"))
    students = {one["domain"]: one["students"] for one in told["domains"]}
    fields = [
        FieldStudents(field=field.code, students=sum(students.get(domain, 0) for domain in field.domains))
        for field in work_fields()
        if field.domains
    ]
    return Report(
        region=told["region"],
        school_year=told["schoolYear"],
        source=told["source"],
        total=told["total"],
        fields=fields,
    ).model_dump_json()
