"""What a kind of notice is made of."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import DateTime, cast, func, literal_column
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.notices.models import NoticeKind

Reader = Literal["pupil", "older", "keeper", "mover", "guardian", "staff", "dean", "admin"]
"""What somebody is here, for which kinds there are: one can be several. `older`: a pupil of 12 and more, who may ask
somebody outside; `keeper`: a pupil who keeps a loopbaandossier; `mover`: a pupil of more than one school."""

_NOTHING: ColumnElement[Any] = literal_column("null::text")
_NO_NUMBER: ColumnElement[Any] = literal_column("null::integer")
_ITS_DAY: ColumnElement[Any] = literal_column("null::date")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `opens`: whether this reader may still know of it; `title`: what the thing is called today."""

    code: NoticeKind
    readers: tuple[Reader, ...]
    opens: ColumnElement[bool]
    title: ColumnElement[Any] = _NOTHING
    number: ColumnElement[Any] = _NO_NUMBER
    day: ColumnElement[Any] = _ITS_DAY
    """Of what it is about, where that has one."""
    fixed: bool = False
    """It cannot be switched off in the app, and comes through in quiet times."""


def day_began(day: Any) -> ColumnElement[Any]:
    """The first moment of a day in The Hague."""
    return func.timezone(literal_column("'Europe/Amsterdam'"), cast(day, DateTime()))
