"""What the pages of transfers share."""

from typing import Any

from sqlalchemy import Text, Uuid, and_, func, literal_column, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Placement, School
from app.people.projections import school_ref
from app.platform.reads import TODAY, json_list, parameter
from app.portability.transfers.models import Transfer, TransferState
from app.portability.transfers.policy import state_of

TRANSFER_ID = parameter("transfer_id", Uuid())
PLACEMENT_ID = parameter("placement_id", Uuid())
PUPIL_ID = parameter("pupil_id", Uuid())

TRUE: ColumnElement[bool] = literal_column("true")
FALSE: ColumnElement[bool] = literal_column("false")


def word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", Text())


def state_is(*states: TransferState) -> ColumnElement[bool]:
    return state_of(TODAY).in_([word(state.value) for state in states])


summary = func.transfer_summary(Transfer.id)
_goes_to = aliased(School)
_at = aliased(Placement)
to_school = (
    select(school_ref(_goes_to))
    .join(_at, _at.school_id == _goes_to.id)
    .where(_at.id == Transfer.placement_id)
    .correlate(Transfer)
    .scalar_subquery()
)
_origin, _origin_at = aliased(School), aliased(Placement)


def from_schools() -> ColumnElement[Any]:
    """Names of the schools where what goes along was told; of others than the pupil only the earlier schools."""
    other = and_(
        _origin_at.pupil_id == Transfer.pupil_id,
        _origin_at.school_id
        != select(_at.school_id).where(_at.id == Transfer.placement_id).correlate(Transfer).scalar_subquery(),
        _origin_at.starts_on <= TODAY,
    )
    names = (
        select(_origin.name, func.max(_origin_at.starts_on).label("since"))
        .join(_origin_at, _origin_at.school_id == _origin.id)
        .where(other)
        .group_by(_origin.name)
        .correlate(Transfer)
        .lateral("names")
    )
    return select(json_list(names.c.name, names.c.since.desc(), names.c.name)).correlate(Transfer).scalar_subquery()
