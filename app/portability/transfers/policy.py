"""Who takes part in a transfer, and how it stands. The rules stand in the database (migration 0033)."""

from typing import Any

from sqlalchemy import Boolean, Text, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.conversations.models import Conversation
from app.guidance.conversations.policy import is_agreed
from app.guidance.steps.queries import IS_OPEN, IS_TO_DO
from app.people.models import Placement
from app.people.policy import Today, as_date
from app.portability.transfers.models import Transfer
from app.portfolio.models import OPEN_STATES, Entry, Ring

TEXT_VERSION = 1
"""Of what a parent says yes to: `transfer.consent.v1` in the catalogues of the screens."""

ALONE_FROM = 16
"""From this age on the pupil sends it alone."""

NEW_FOR_DAYS = 120
"""So long after the first day at a school the pupil's home asks what goes along; the way there stays."""

PROPOSED = 12
"""So many stories are ticked beforehand, the newest."""

MOST = 400
"""Things in one transfer."""


def state_of(today: Today, transfer_id: Any = Transfer.id) -> ColumnElement[str]:
    """As models.TransferState."""
    return func.transfer_state(transfer_id, as_date(today), type_=Text())


def asks_home(transfer_id: Any = Transfer.id) -> ColumnElement[bool]:
    """Whether the viewer is asked for a yes as a parent."""
    return func.transfer_asks_home(transfer_id, type_=Boolean())


def decides(transfer_id: Any = Transfer.id) -> ColumnElement[bool]:
    """Whether the viewer decides about it for the new school, or could have, where that accepted it."""
    return func.transfer_decides(transfer_id, type_=Boolean())


def opens(transfer_id: Any = Transfer.id) -> ColumnElement[bool]:
    """Whether what was taken along opens to the viewer as staff."""
    return func.transfer_opens(transfer_id, type_=Boolean())


_there = aliased(Placement)


def told_elsewhere(placement: Any, told_at: Any) -> ColumnElement[bool]:
    """Whether a placement where something was told is at another school than this one."""
    return exists().where(_there.id == told_at, _there.school_id != placement.school_id).correlate_except(_there)


def entry_fits(pupil: Any, placement: Any) -> ColumnElement[bool]:
    """Whether an entry can be chosen: shared at another school, neither a draft nor put away. As `transfer_fits`."""
    return and_(
        Entry.pupil_id == pupil,
        Entry.state.in_(OPEN_STATES),
        Entry.ring >= Ring.SCHOOL,
        told_elsewhere(placement, Entry.placement_id),
    )


def step_fits() -> ColumnElement[bool]:
    """Whether a step is open, and for the pupil to do."""
    return and_(IS_OPEN, IS_TO_DO)


def talk_fits(placement: Any) -> ColumnElement[bool]:
    """Whether a talk at another school has an agreed record or a sheet that was ready."""
    return and_(
        Conversation.cancelled_at.is_(None),
        or_(is_agreed(), Conversation.prepared_at.is_not(None)),
        told_elsewhere(placement, Conversation.placement_id),
    )
