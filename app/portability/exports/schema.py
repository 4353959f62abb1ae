"""The JSON Schema of portfolio.json, made of the parts: what anybody who reads the file may count on."""

from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel
from pydantic.json_schema import GenerateJsonSchema
from sqlalchemy import ARRAY
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.elements import KeyedColumnElement

from app.portability.exports.parts import LEFT_OUT, PARTS, PUPIL, Part

VERSION = 1
PATH = f"/v1/schemas/portfolio-{VERSION}.json"
FORMAT = "talentportfolio"
"""What `format` says in the file: how another installation knows it."""


class Row(BaseModel):
    """What one row looks like: camelCase, nothing that is not told here."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Named(Row):
    """Somebody who is named by `id` elsewhere in the file."""

    id: str
    given_name: str
    family_name: str


class LeftOut(Row):
    """A table, or a column of one, that is not in the file."""

    what: str
    why: str


def _type_of(column: KeyedColumnElement[Any], typed: dict[str, Any]) -> Any:
    of: Any
    if column.name in typed:
        of = typed[column.name]
    elif isinstance(column.type, JSONB):
        of = Any
    elif isinstance(column.type, ARRAY):
        of = list[_plain(column.type.item_type.python_type)]  # type: ignore[misc]
    else:
        of = _plain(column.type.python_type)
    return of | None if getattr(column, "nullable", False) and of is not Any else of


def _plain(of: type) -> Any:
    return of if of in (int, bool, float, date, datetime) else str


def _model(part: Part) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for name in part.columns:
        assert part.table is not None
        column = part.table.__table__.columns[name]
        fields[name] = (_type_of(column, part.typed), Field(description=getattr(column, "doc", None)))
    fields |= {name: (of, ...) for name, of in part.more.items()}
    name = part.name[0].upper() + part.name[1:]
    return create_model(f"{name}Row", __base__=Row, __doc__=part.says, **fields)


@cache
def models() -> dict[str, type[BaseModel]]:
    """The model of a row, by the name of its part; `pupil` as well."""
    return {part.name: _model(part) for part in (PUPIL, *PARTS)}


@cache
def portfolio_model() -> type[BaseModel]:
    """The whole file."""
    rows = models()
    fields: dict[str, Any] = {
        "schema_": (str, Field(alias="$schema", description="where this schema stands")),
        "format": (Literal["talentportfolio"], ...),
        "version": (Annotated[int, Field(ge=VERSION, le=VERSION)], Field(description="of the format")),
        "made_at": (datetime, ...),
        "made_by": (str, Field(description="the installation that it comes from")),
        "left_out": (list[LeftOut], Field(description="what the product keeps and this file lacks, and why")),
        "pupil": (rows["pupil"], ...),
        "people": (list[Named], Field(description="names of those that the rest of the file names by their id")),
    }
    for part in PARTS:
        fields[part.name] = (list[rows[part.name]], Field(alias=part.name, description=part.says))  # type: ignore[name-defined,valid-type]
    return create_model("Portfolio", __base__=Row, __doc__="A pupil's portfolio, whole.", **fields)


@cache
def json_schema(origin: str) -> dict[str, Any]:
    """JSON Schema 2020-12, with the `$id` of the installation that it stands at."""
    made = portfolio_model().model_json_schema(by_alias=True, schema_generator=GenerateJsonSchema)
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"{origin}{PATH}", **made}


def left_out() -> list[dict[str, str]]:
    """As it stands in the file."""
    return [{"what": what, "why": why} for what, why in sorted(LEFT_OUT.items())]


def row_of(part: Part, kept: dict[str, Any]) -> dict[str, Any]:
    """A row as it goes out, of one as the database gave it."""
    return {to_camel(name): kept.get(name) for name in (*part.columns, *part.more)}
