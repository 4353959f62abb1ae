"""What waits at a school, and what the new school has."""

from typing import Any

from sqlalchemy import ARRAY, Uuid, and_, any_, exists, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Group, GroupMembership, Person, Placement
from app.people.projections import group_ref, person_ref, runs
from app.platform.reads import NOW, RUNNING, TODAY, VIEWER, Read, json_list, json_object
from app.portability.transfers.models import ItemKind, Transfer, TransferItem
from app.portability.transfers.policy import decides, opens, state_of
from app.portability.transfers.queries.projections import (
    PUPIL_ID,
    TRANSFER_ID,
    TRUE,
    from_schools,
    summary,
    to_school,
    word,
)
from app.portfolio.models import OPEN_STATES, Entry, Ring
from app.portfolio.policy import PAGE, may_see
from app.portfolio.queries.projections import Gate, card, relation

_HALF_A_YEAR: ColumnElement[Any] = literal_column("interval '183 days'")


def _offered() -> ColumnElement[Any]:
    group = (
        select(group_ref())
        .select_from(GroupMembership)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(GroupMembership.placement_id == Transfer.placement_id, runs(GroupMembership, TODAY))
        .order_by(GroupMembership.starts_on.desc())
        .limit(literal_column("1"))
        .correlate(Transfer)
        .scalar_subquery()
    )
    return json_object(
        id=Transfer.id,
        pupil=person_ref(),
        group=group,
        from_schools=from_schools(),
        school=to_school,
        state=state_of(TODAY),
        sent_at=Transfer.sent_at,
        expires_on=Transfer.expires_on,
        accepted_at=Transfer.accepted_at,
        summary=summary,
    )


_at_school = and_(
    Transfer.placement_id == any_(RUNNING),
    Transfer.pupil_id != VIEWER,
    Transfer.sent_at.is_not(None),
    Transfer.ended_at.is_(None),
)
_waiting = and_(Transfer.accepted_at.is_(None), decides())
_lately = and_(Transfer.accepted_at > NOW - _HALF_A_YEAR, decides())

OFFERED = Read(
    select(
        json_object(
            items=select(
                json_list(_offered(), Transfer.accepted_at.desc().nulls_first(), Transfer.sent_at, Transfer.id)
            )
            .select_from(Transfer)
            .join(Person, Person.id == Transfer.pupil_id)
            .where(_at_school, or_(_waiting, _lately))
            .scalar_subquery()
        ).label("body"),
        select(func.array_agg(Transfer.pupil_id, type_=ARRAY(Uuid)))
        .where(_at_school, _waiting)
        .scalar_subquery()
        .label("pupil_ids"),
        word("school").label("rule"),
    )
)
"""GET /v1/transfers, as schemas.OfferedTransfers."""

OFFERED_ONE = Read(
    select(
        _offered().label("body"),
        Transfer.pupil_id,
        literal_column("null::uuid").label("entry_id"),
        word("school").label("rule"),
    )
    .select_from(Transfer)
    .join(Person, Person.id == Transfer.pupil_id)
    .where(Transfer.id == TRANSFER_ID, _at_school, decides())
)
"""GET /v1/transfers/{transferId}, as schemas.OfferedTransfer: who decides may look, the pupil offers it."""

PUPIL_TRANSFERS = Read(
    select(
        json_object(
            items=select(json_list(_offered(), Transfer.accepted_at.desc(), Transfer.id))
            .where(Transfer.pupil_id == Person.id, _at_school, Transfer.accepted_at.is_not(None), opens())
            .correlate(Person)
            .scalar_subquery()
        ).label("body")
    )
    .select_from(Person)
    .where(
        Person.id == PUPIL_ID,
        exists().where(Placement.pupil_id == Person.id, Placement.id == any_(RUNNING)),
    )
)
"""GET /v1/pupils/{pupilId}/transfers, as schemas.PupilTransfers."""

_chosen = exists().where(
    TransferItem.transfer_id == Transfer.id,
    TransferItem.kind == word(ItemKind.ENTRY.value),
    TransferItem.thing_id == Entry.id,
    TransferItem.taken_back_at.is_(None),
)
_shown = (
    select(json_list(card(), Entry.sort_on.desc(), Entry.id.desc()))
    .where(
        Entry.pupil_id == Transfer.pupil_id,
        Entry.state.in_(OPEN_STATES),
        Entry.ring >= Ring.SCHOOL,
        _chosen,
        may_see(PAGE),
    )
    .correlate(Transfer)
    .scalar_subquery()
)
_gate = Gate(Person.id)

VIEW = Read(
    select(
        _gate.opens(
            json_object(
                id=Transfer.id,
                pupil=person_ref(),
                from_schools=from_schools(),
                to_school=to_school,
                state=state_of(TODAY),
                accepted_at=Transfer.accepted_at,
                stories=_shown,
                carried=func.transfer_carried(Transfer.id),
            )
        ).label("body"),
        _gate.ask_why.label("ask_why"),
        _gate.opens(Transfer.pupil_id).label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        relation(Person.id).label("rule"),
    )
    .select_from(Transfer)
    .join(Person, Person.id == Transfer.pupil_id)
    .join(_gate.on, TRUE)
    .where(
        Transfer.id == TRANSFER_ID,
        or_(Transfer.pupil_id == VIEWER, and_(Transfer.placement_id == any_(RUNNING), opens())),
    )
)
"""GET /v1/transfers/{transferId}/view, as schemas.TransferView: to staff once accepted, to the pupil beforehand."""
