"""A pupil's own entries: keep, share, take back, put away, bring back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from app.people.models import Person, Placement, SchoolYear
from app.people.projections import runs
from app.platform.clock import AMSTERDAM
from app.platform.db import Transaction
from app.platform.errors import (
    AgeRule,
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotAllowed,
    PreconditionNeeded,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portfolio.actions.standing import Standing, hold
from app.portfolio.law import Action, rings
from app.portfolio.models import OPEN_STATES, Entry, EntryState, EntryVersion, Ring
from app.portfolio.schemas import EntryContent, EntryReceipt

_AHEAD = timedelta(days=366)


def receipt(entry: Entry) -> EntryReceipt:
    """What a write of this entry answers with."""
    return EntryReceipt(
        id=entry.id, version=entry.version, state=EntryState(entry.state), ring=entry.ring, updated_at=entry.updated_at
    )


async def put(
    tx: Transaction, entry_id: UUID, content: EntryContent, if_match: str | None
) -> tuple[EntryReceipt, bool]:
    """Makes an entry, or changes it from the version the pupil had. Returns the receipt and whether it is new.

    What is there already in the same words is answered with its receipt, so a retry is harmless. Raises NotFound
    (404), NotAllowed (403), AlreadyDifferent, Conflict (409), VersionConflict (412), Invalid (422).
    """
    if if_match is None and (made := await _make(tx, entry_id, content)):
        return receipt(made), True
    # Without a version: the same request came before; or the id is somebody else's, which is 404.
    standing = await hold(tx, entry_id, Action.EDIT)
    return await _change(tx, standing.entry, content, if_match), False


async def _make(tx: Transaction, entry_id: UUID, content: EntryContent) -> Entry | None:
    check_client_id(entry_id, tx.now, "/id")
    school_year = await _school_year(tx, content)
    return await tx.session.scalar(
        insert(Entry)
        .values(
            id=entry_id,
            pupil_id=tx.viewer,
            school_year=school_year,
            sort_on=content.happened_on or tx.today,
            version=1,
            changed_on=tx.today,
            created_at=tx.now,
            updated_at=tx.now,
            **_columns(content),
        )
        .on_conflict_do_nothing()
        .returning(Entry)
    )


async def _change(tx: Transaction, entry: Entry, content: EntryContent, if_match: str | None) -> EntryReceipt:
    columns = _columns(content)
    # As it would be kept today: what was kept before a field existed is the same words without it.
    if _columns(_content(entry)) == columns:
        return receipt(entry)
    if if_match is None:
        raise AlreadyDifferent
    _check_version(entry, if_match)
    if entry.shared_at and entry.kind != content.details.kind:
        raise Conflict("kind_fixed")
    entry.school_year = await _school_year(tx, content)
    entry.sort_on = content.happened_on or entry.created_at.astimezone(AMSTERDAM).date()
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.changed_on, entry.updated_at = tx.today, tx.now
    if entry.state in OPEN_STATES:
        _check_title(entry)
        if entry.state == EntryState.SEEN:
            share_again(tx, entry)
        _keep_version(tx, entry)
    return receipt(entry)


async def choose_ring(tx: Transaction, entry_id: UUID, ring: int, if_match: str | None) -> EntryReceipt:
    """Lets an entry reach as far as this ring, or takes it back (ring 0).

    Raises NotFound (404), NotAllowed, AgeRule (403), Conflict (409), VersionConflict (412), Invalid (422: sharing
    asks for a title), PreconditionNeeded (428).
    """
    standing = await hold(tx, entry_id, Action.CHOOSE_RING)
    entry = standing.entry
    if if_match is None:
        raise PreconditionNeeded
    _check_version(entry, if_match)
    if ring not in rings(standing.actor, entry, tx.today):
        raise AgeRule if standing.own else NotAllowed
    if ring == entry.ring:
        return receipt(entry)
    entry.ring, entry.updated_at = ring, tx.now
    if ring == Ring.PUPIL:
        entry.state, entry.seen_at, entry.seen_by = EntryState.DRAFT, None, None
    elif entry.state == EntryState.DRAFT:
        await _share(tx, entry)
    return receipt(entry)


async def _share(tx: Transaction, entry: Entry) -> None:
    _check_title(entry)
    entry.placement_id = await tx.session.scalar(
        select(Placement.id)
        .where(Placement.pupil_id == tx.viewer, runs(Placement, tx.today))
        .order_by(Placement.starts_on.desc(), Placement.id)
        .limit(1)
    )
    if entry.placement_id is None:
        raise Conflict("no_school")
    share_again(tx, entry)
    if await tx.session.get(EntryVersion, (entry.id, entry.version)) is None:
        _keep_version(tx, entry)


def share_again(tx: Transaction, entry: Entry) -> None:
    """Puts an entry in the teacher's queue, as not looked at."""
    entry.state, entry.shared_at, entry.updated_at = EntryState.SHARED, tx.now, tx.now
    entry.seen_at, entry.seen_by = None, None


async def trash(tx: Transaction, entry_id: UUID) -> None:
    """Puts an entry in the trash; once there, again is harmless. Raises NotFound (404), NotAllowed (403)."""
    await _put_away(tx, await hold(tx, entry_id, Action.PUT_AWAY), EntryState.TRASHED)


async def archive(tx: Transaction, entry_id: UUID) -> EntryReceipt:
    """Puts an entry in the archive. Raises NotFound (404), NotAllowed (403), Conflict (409) for one in the trash."""
    standing = await hold(tx, entry_id, Action.PUT_AWAY)
    if standing.entry.state == EntryState.TRASHED:
        raise Conflict("wrong_state")
    await _put_away(tx, standing, EntryState.ARCHIVED)
    return receipt(standing.entry)


async def _put_away(tx: Transaction, standing: Standing, state: EntryState) -> None:
    entry = standing.entry
    if entry.state == state:
        return
    entry.state_before_trash, entry.state, entry.updated_at = entry.state, state, tx.now
    entry.trashed_at = tx.now if state == EntryState.TRASHED else None


async def restore(tx: Transaction, entry_id: UUID) -> EntryReceipt:
    """Brings an entry back from trash or archive, as it was; one that is not away stays as it is.

    Raises NotFound (404), NotAllowed (403).
    """
    entry = (await hold(tx, entry_id, Action.PUT_AWAY)).entry
    if entry.state in (EntryState.TRASHED, EntryState.ARCHIVED):
        entry.state, entry.state_before_trash = _state_before(entry), None
        entry.trashed_at, entry.updated_at = None, tx.now
    return receipt(entry)


def _state_before(entry: Entry) -> str:
    if entry.state_before_trash and entry.state_before_trash != entry.state:
        return entry.state_before_trash
    # Archived, trashed and restored before: what it was then is to be read from the rest of the row.
    if entry.ring == Ring.PUPIL:
        return EntryState.DRAFT
    return EntryState.SEEN if entry.seen_at else EntryState.SHARED


async def _school_year(tx: Transaction, content: EntryContent) -> int:
    """The school year it belongs to. Raises NotAllowed (403) for who is no pupil, Invalid (422) for its dates."""
    day = content.happened_on or tx.today
    starts = day.year - (day.month < 8)
    known = func.coalesce(
        func.max(SchoolYear.start_year).filter(SchoolYear.start_year <= starts), func.min(SchoolYear.start_year)
    )
    birth_date, is_pupil, school_year = (
        await tx.session.execute(
            select(
                Person.birth_date,
                exists().where(Placement.pupil_id == Person.id),
                select(known).scalar_subquery(),
            ).where(Person.id == tx.viewer)
        )
    ).one()
    if not is_pupil:
        raise NotAllowed
    _check_dates(content, birth_date, tx.today)
    return int(school_year)


def _check_dates(content: EntryContent, birth_date: date | None, today: date) -> None:
    for pointer, day in (("/happenedOn", content.happened_on), ("/endedOn", content.ended_on)):
        if day is None:
            continue
        if day > today + _AHEAD:
            raise Invalid("too_far_ahead", pointer)
        if birth_date and day < birth_date:
            raise Invalid("before_birth", pointer)


def _check_title(entry: Entry) -> None:
    if not entry.title:
        raise Invalid("title_missing", "/title")


def _check_version(entry: Entry, if_match: str) -> None:
    if if_match.strip() != f'"{entry.version}"':
        raise VersionConflict(entry.version)


def _columns(content: EntryContent) -> dict[str, Any]:
    """The content as the table keeps it; the kind's own fields and the answers stay JSON as on the wire."""
    as_json = content.model_dump(mode="json", by_alias=True, include={"details", "answers"})
    return {
        "kind": content.details.kind,
        "title": content.title,
        "happened_on": content.happened_on,
        "ended_on": content.ended_on,
        "body": content.body,
        "feeling": content.feeling,
        **as_json,
        "competencies": [str(code) for code in content.competencies],
        "work_fields": [str(code) for code in content.work_fields],
        "tags": content.tags,
    }


def _content(entry: Entry) -> EntryContent:
    return EntryContent.model_validate({name: getattr(entry, name) for name in EntryContent.model_fields}, by_name=True)


def _keep_version(tx: Transaction, entry: Entry) -> None:
    tx.session.add(
        EntryVersion(
            entry_id=entry.id,
            version=entry.version,
            content=_content(entry).model_dump(mode="json", by_alias=True),
            made_at=tx.now,
        )
    )
