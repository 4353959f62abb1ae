"""Filling a dossier, handing it in, and what school does with it.

What was handed in is written by functions in the database (migration 0026); here their answers become problems.
"""

from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from app.guidance.dossiers.models import DossierChecklist, DossierHandIn, DossierPart, HandInState
from app.guidance.dossiers.policy import may_read, missing, place
from app.guidance.dossiers.schemas import (
    ChecklistContent,
    ChecklistReceipt,
    DossierClosing,
    DossierNeed,
    HandInReceipt,
    PartContent,
    PartReceipt,
    ReaderChoice,
    ReaderNote,
)
from app.guidance.questions.policy import own_schools
from app.people.models import Role
from app.platform.db import Transaction
from app.platform.errors import (
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    PreconditionNeeded,
    Problem,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portfolio.models import Entry
from app.portfolio.policy import sight_of
from app.reference.codes import Competency

_AT_SCHOOL = {"handed_in": "dossier_handed_in", "done": "dossier_done"}
"""Why a dossier cannot be written: by what `dossier_lies_at_school` says."""


# --- the pupil ---------------------------------------------------------------------------------------


async def write_part(
    tx: Transaction, competency: Competency, content: PartContent, if_match: str | None
) -> tuple[PartReceipt, bool]:
    """Writes one competency, from the version one had; the same again is harmless. Returns whether it is new, too.

    Raises NotFound (404) for who keeps no dossier, Conflict (409) while school has it, AlreadyDifferent (409),
    VersionConflict (412), Invalid (422) for a story that is not one's own.
    """
    await _take_turn(tx)
    await _require_place(tx)
    part = await tx.session.get(DossierPart, (tx.viewer, competency.value), with_for_update=True)
    if part is not None and part.text == content.text and part.entry_ids == content.entry_ids:
        return _part_receipt(part), False
    lies = await tx.session.scalar(select(func.dossier_lies_at_school()))
    if lies is not None:
        raise Conflict(_AT_SCHOOL[lies])
    await _require_own(tx, content.entry_ids)
    if part is None:
        if if_match is not None and _version_in(if_match) != "0":
            raise NotFound
        made = DossierPart(
            pupil_id=tx.viewer,
            competency=competency.value,
            version=1,
            updated_at=tx.now,
            **content.model_dump(by_alias=False),
        )
        tx.session.add(made)
        await tx.session.flush()
        return _part_receipt(made), True
    if if_match is None:
        raise AlreadyDifferent
    _require_version(part.version, if_match)
    part.text, part.entry_ids = content.text, content.entry_ids
    part.version, part.updated_at = part.version + 1, tx.now
    await tx.session.flush()
    return _part_receipt(part), False


async def hand_in(tx: Transaction, hand_in_id: UUID) -> tuple[HandInReceipt, bool]:
    """Hands in one's own dossier as it is now. Returns whether it is new, too; again is harmless.

    Raises NotFound (404) for who keeps no dossier, Conflict (409): it lacks something (named in `errors`), school has
    it, or a file in it is not ready yet; Invalid (422).
    """
    said = await tx.session.scalar(select(func.hand_in_dossier(hand_in_id, tx.now)))
    if said == "new":
        check_client_id(hand_in_id, tx.now, "/handInId")
    if said in ("new", "again"):
        return _receipt(await _read(tx, hand_in_id)), said == "new"
    if said == "incomplete":
        lack = missing()
        lacking = await tx.session.execute(select(lack.c.competency, lack.c.what).order_by(lack.c.place))
        raise Conflict(
            "dossier_incomplete",
            errors=[(f"/parts/{code}/{what}", f"dossier_lacks_{code}_{what}") for code, what in lacking],
        )
    if said == "files":
        raise Conflict("dossier_files")
    raise Conflict(_AT_SCHOOL[said]) if said in _AT_SCHOOL else NotFound


async def withdraw(tx: Transaction, hand_in_id: UUID) -> HandInReceipt:
    """Takes it back before anybody of school looked. Again is harmless.

    Raises NotFound (404), Conflict (409) where somebody looked, or it was closed.
    """
    said = await tx.session.scalar(select(func.withdraw_dossier(hand_in_id)))
    if said in ("done", "again"):
        return _receipt(await _read(tx, hand_in_id))
    refusals = {"opened": "dossier_opened", "state": "dossier_closed"}
    raise Conflict(refusals[said]) if said in refusals else NotFound


async def _take_turn(tx: Transaction) -> None:
    """One at a time for one pupil: what is handed in is not changed meanwhile."""
    await tx.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('dossier ' || cast(:pupil as text), 0))"),
        {"pupil": tx.viewer},
    )


async def _require_place(tx: Transaction) -> None:
    here = place(tx.viewer, tx.today)
    if await tx.session.scalar(select(here.c.placement_id)) is None:
        raise NotFound


async def _require_own(tx: Transaction, entry_ids: list[UUID]) -> None:
    if len(set(entry_ids)) != len(entry_ids):
        raise Invalid("same_story", "/entryIds")
    own = select(func.count()).where(Entry.id.in_(entry_ids), Entry.pupil_id == tx.viewer)
    if entry_ids and await tx.session.scalar(own) != len(entry_ids):
        raise Invalid("not_own_entry", "/entryIds")


# --- school ------------------------------------------------------------------------------------------


async def name_reader(tx: Transaction, hand_in_id: UUID, choice: ReaderChoice, if_match: str | None) -> HandInReceipt:
    """Asks a colleague to read along before it is closed, or nobody (any more).

    Raises NotFound (404), NotAllowed (403) for who is no dean, Conflict (409), VersionConflict (412),
    Invalid (422), PreconditionNeeded (428).
    """
    expected = await _expected(tx, hand_in_id, if_match)
    said = await tx.session.scalar(select(func.name_dossier_reader(hand_in_id, expected, choice.person_id)))
    return await _answer(tx, hand_in_id, said, {"reader": Invalid("not_a_colleague", "/personId")})


async def note(tx: Transaction, hand_in_id: UUID, said: ReaderNote, if_match: str | None) -> HandInReceipt:
    """What the second reader found. Raises as name_reader."""
    expected = await _expected(tx, hand_in_id, if_match)
    calling = func.note_dossier(hand_in_id, expected, said.agrees, said.remark, tx.now)
    outcome = await tx.session.scalar(select(calling))
    return await _answer(tx, hand_in_id, outcome, {"remark": Invalid("remark_missing", "/remark")})


async def close(tx: Transaction, hand_in_id: UUID, closing: DossierClosing, if_match: str | None) -> HandInReceipt:
    """Good, or to be added to with a reason. Of two deans at once one closes it. Raises as name_reader."""
    expected = await _expected(tx, hand_in_id, if_match)
    calling = func.close_dossier(hand_in_id, expected, closing.outcome, closing.reason, tx.now)
    said = await tx.session.scalar(select(calling))
    refusals: dict[str, Problem] = {
        "reason": Invalid("what_to_add_missing", "/reason"),
        "reader": Conflict("dossier_reader_waits"),
    }
    return await _answer(tx, hand_in_id, said, refusals)


async def put_checklist(
    tx: Transaction, school_id: UUID, content: ChecklistContent, if_match: str | None
) -> ChecklistReceipt:
    """Says what the school asks this school year. The same again is harmless.

    Raises NotFound (404), NotAllowed (403) for who is no dean, VersionConflict (412), PreconditionNeeded (428).
    """
    own = own_schools(tx.viewer, tx.today).subquery()
    roles = set(await tx.session.scalars(select(own.c.role).where(own.c.school_id == school_id)))
    if Role.DEAN not in roles:
        raise NotAllowed if Role.TEACHER in roles else NotFound
    if if_match is None:
        raise PreconditionNeeded
    year = tx.today.year - (tx.today.month < 8)
    needs = {code.value: content.needs.get(code, DossierNeed()).model_dump(mode="json") for code in Competency}
    values = {"needs": needs, "note": content.note, "changed_by": tx.viewer, "changed_at": tx.now}
    if _version_in(if_match) == "0":
        making = insert(DossierChecklist).values(school_id=school_id, school_year=year, version=1, **values)
        if await tx.session.scalar(making.on_conflict_do_nothing().returning(DossierChecklist.version)):
            return ChecklistReceipt(school_year=year, version=1)
    there = await tx.session.get(DossierChecklist, (school_id, year), with_for_update=True)
    if there is None:
        raise VersionConflict(0)
    if (there.needs, there.note) != (needs, content.note):
        _require_version(there.version, if_match)
        for name, value in values.items():
            setattr(there, name, value)
        there.version += 1
        await tx.session.flush()
    return ChecklistReceipt(school_year=year, version=there.version)


async def _expected(tx: Transaction, hand_in_id: UUID, if_match: str | None) -> int:
    await _read(tx, hand_in_id)
    if if_match is None:
        raise PreconditionNeeded
    version = _version_in(if_match)
    # A version that cannot be is one that is not there any more.
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1


async def _answer(tx: Transaction, hand_in_id: UUID, said: str | None, refusals: dict[str, Problem]) -> HandInReceipt:
    if said == "none":
        # Who came here may read it, and has no part in this.
        raise NotAllowed
    if said in refusals:
        raise refusals[said]
    found = await _read(tx, hand_in_id)
    if said == "stale":
        raise VersionConflict(found.version)
    if said == "state":
        raise Conflict("dossier_closed")
    return _receipt(found)


async def _read(tx: Transaction, hand_in_id: UUID) -> DossierHandIn:
    """One that this person may read, as row-level security and `may_read` say. Raises NotFound (404)."""
    readable = select(DossierHandIn).where(DossierHandIn.id == hand_in_id, may_read(sight_of(tx.viewer, tx.today)))
    found: DossierHandIn | None = await tx.session.scalar(readable.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def _version_in(if_match: str) -> str:
    return if_match.strip().strip('"')


def _require_version(version: int, if_match: str) -> None:
    if _version_in(if_match) != str(version):
        raise VersionConflict(version)


def _part_receipt(part: DossierPart) -> PartReceipt:
    return PartReceipt(competency=Competency(part.competency), version=part.version)


def _receipt(found: DossierHandIn) -> HandInReceipt:
    return HandInReceipt(id=found.id, number=found.number, state=HandInState(found.state), version=found.version)
