"""Organisations are added, changed, and put aside when they take no part any more; never removed."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from app.guidance.organisations.models import Organisation
from app.guidance.organisations.policy import keeps_directory
from app.guidance.organisations.schemas import OrganisationContent, OrganisationReceipt
from app.people.names import fold
from app.platform.db import Transaction
from app.platform.errors import AlreadyDifferent, Conflict, NotFound, PreconditionNeeded, VersionConflict
from app.platform.ids import check_client_id


async def put(
    tx: Transaction, organisation_id: UUID, content: OrganisationContent, if_match: str | None
) -> tuple[OrganisationReceipt, bool]:
    """Adds an organisation, or changes it from the version one had. Returns the receipt and whether it is new.

    Raises NotFound (404), Conflict (409) where there is one of this name and place already, AlreadyDifferent (409),
    VersionConflict (412), Invalid (422).
    """
    columns = content.model_dump(by_alias=False)
    columns |= {"name_key": fold(content.name), "place_key": fold(content.place)}
    if if_match is not None:
        organisation = await _find(tx, organisation_id)
        _require_version(organisation, if_match)
        await _change(tx, organisation, columns)
        return _receipt(organisation), False
    await _may(tx)
    check_client_id(organisation_id, tx.now, "/id")
    made = insert(Organisation).values(id=organisation_id, added_by=tx.viewer, version=1, updated_at=tx.now, **columns)
    added = await tx.session.scalar(made.on_conflict_do_nothing().returning(Organisation))
    if added is not None:
        return _receipt(added), True
    known = await tx.session.get(Organisation, organisation_id)
    if known is None:
        raise await _there_is(tx, organisation_id, columns)
    if any(getattr(known, name) != value for name, value in columns.items()):
        raise AlreadyDifferent
    return _receipt(known), False


async def put_aside(
    tx: Transaction, organisation_id: UUID, if_match: str | None, *, archived: bool
) -> OrganisationReceipt:
    """They take no part any more, or do again. Again changes nothing.

    Raises NotFound (404), VersionConflict (412), PreconditionNeeded (428).
    """
    organisation = await _find(tx, organisation_id)
    if (organisation.archived_at is not None) != archived:
        if if_match is None:
            raise PreconditionNeeded
        _require_version(organisation, if_match)
        await _change(tx, organisation, {"archived_at": tx.now if archived else None})
    return _receipt(organisation)


async def _may(tx: Transaction) -> None:
    if not await tx.session.scalar(select(keeps_directory(tx.viewer, tx.today))):
        raise NotFound


async def _find(tx: Transaction, organisation_id: UUID) -> Organisation:
    found = select(Organisation).where(Organisation.id == organisation_id, keeps_directory(tx.viewer, tx.today))
    organisation = await tx.session.scalar(found.with_for_update())
    if organisation is None:
        raise NotFound
    return organisation


async def _change(tx: Transaction, organisation: Organisation, columns: dict[str, Any]) -> None:
    organisation_id = organisation.id
    try:
        async with tx.session.begin_nested():
            for name, value in columns.items():
                setattr(organisation, name, value)
            organisation.version += 1
            organisation.updated_at = tx.now
    except IntegrityError:
        raise await _there_is(tx, organisation_id, columns) from None


async def _there_is(tx: Transaction, organisation_id: UUID, columns: dict[str, Any]) -> Conflict:
    """Says which one has this name, in this place, already."""
    keys = {name: columns[name] for name in ("name_key", "place_key")}
    other = (
        await tx.session.scalars(select(Organisation).filter_by(**keys).where(Organisation.id != organisation_id))
    ).one()
    where = ", ".join(filter(None, (other.name, other.place)))
    return Conflict("organisation_exists", existing=other.id, organisation=where)


def _require_version(organisation: Organisation, if_match: str) -> None:
    if if_match.strip('"') != str(organisation.version):
        raise VersionConflict(organisation.version)


def _receipt(organisation: Organisation) -> OrganisationReceipt:
    return OrganisationReceipt(
        id=organisation.id, version=organisation.version, archived=organisation.archived_at is not None
    )
