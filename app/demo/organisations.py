"""The directory of organisations with which schools plan, from data/organisations.toml."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from app.demo.rows import Dice, Rows, data, school_year_of, year_start
from app.guidance.organisations.models import Organisation
from app.people.names import fold

_YEARS_BACK = 2


def add_organisations(rows: Rows, dean_id: UUID, today: date) -> None:
    """Keeps them as they were added two school years ago."""
    dice, made_at = (
        Dice("organisations"),
        datetime.combine(year_start(school_year_of(today) - _YEARS_BACK), time(9), UTC),
    )
    for told in data("organisations.toml")["organisation"]:
        rows.add(
            Organisation,
            id=dice.id(made_at),
            name=told["name"],
            name_key=fold(told["name"]),
            place=told["place"],
            place_key=fold(told["place"]),
            website=told["website"],
            work_fields=told["fields"],
            forms=told["forms"],
            note=told["note"],
            archived_at=datetime.combine(today, time(6), UTC) if told.get("archived") else None,
            added_by=dean_id,
            version=1,
            updated_at=made_at,
        )
