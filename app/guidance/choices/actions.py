"""The pupil begins a choice moment, fills its list, says how sure, chooses, chooses anew, and looks back."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.guidance.choices.catalogue import motive_codes, suggestion_codes
from app.guidance.choices.models import (
    ChoiceKind,
    ChoiceMoment,
    ChoiceOption,
    ChoiceOptionEntry,
    ChoicePick,
    ChoiceSureness,
)
from app.guidance.choices.policy import (
    LIST_ROOM,
    OPTIONS_EVER,
    PICKS_EVER,
    SURE_EVER,
    may_look_back,
    offered_choices,
)
from app.guidance.choices.schemas import (
    ChoiceBegin,
    ChoiceReceipt,
    LookBack,
    MotivesContent,
    OptionContent,
    OptionPlace,
    OptionReceipt,
    PickContent,
    SureContent,
)
from app.people.models import Person
from app.platform.clock import AMSTERDAM
from app.platform.db import Transaction
from app.platform.errors import (
    AgeRule,
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotFound,
    PreconditionNeeded,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portfolio.law import Actor, rings
from app.portfolio.models import Entry, EntryState, Ring


async def begin(tx: Transaction, choice_id: UUID, wanted: ChoiceBegin) -> tuple[ChoiceReceipt, bool]:
    """Begins a moment that fits the pupil's class; the same again is harmless. Returns whether it is new, too.

    Raises NotFound (404) where no such moment fits, AlreadyDifferent and Conflict (409) where another device began it.
    """
    known = await tx.session.scalar(_own().where(ChoiceMoment.id == choice_id))
    if known is not None:
        if known.kind != wanted.kind:
            raise AlreadyDifferent
        return _receipt(known), False
    offered = offered_choices(tx.viewer, tx.today)
    placement = await tx.session.scalar(select(offered.c.placement_id).where(offered.c.kind == wanted.kind.value))
    if placement is None:
        raise NotFound
    check_client_id(choice_id, tx.now, "/id")
    making = insert(ChoiceMoment).values(
        id=choice_id,
        pupil_id=tx.viewer,
        placement_id=placement,
        kind=wanted.kind,
        school_year=func.school_year_of(tx.today),
        version=1,
        made_at=tx.now,
        updated_at=tx.now,
        changed_on=tx.today,
    )
    made = await tx.session.scalar(making.on_conflict_do_nothing().returning(ChoiceMoment))
    if made is None:
        # Of two at the same moment with one id the other was first; of two with two ids that one counts.
        again = await tx.session.scalar(_own().where(ChoiceMoment.id == choice_id))
        if again is not None:
            return _receipt(again), False
        this_year = (ChoiceMoment.kind == wanted.kind, ChoiceMoment.school_year == func.school_year_of(tx.today))
        if await tx.session.scalar(_own().where(*this_year)) is None:
            raise NotFound  # the id is somebody else's
        raise Conflict("choice_begun")
    return _receipt(made), True


async def say_why(tx: Transaction, choice_id: UUID, content: MotivesContent, if_match: str | None) -> ChoiceReceipt:
    """Keeps the motives. Raises NotFound (404), VersionConflict (412), Invalid (422), PreconditionNeeded (428)."""
    known = motive_codes()
    for place, code in enumerate(content.motives):
        if code not in known:
            raise Invalid("unknown_code", f"/motives/{place}")
    moment = await _hold(tx, choice_id)
    motives = [code for code in known if code in content.motives]
    if (moment.motives, moment.own_motive) != (motives, content.own_motive):
        _require_version(moment, if_match)
        moment.motives, moment.own_motive = motives, content.own_motive
        await _changed(tx, moment)
    return _receipt(moment)


async def let_see(tx: Transaction, choice_id: UUID, ring: int, if_match: str | None) -> ChoiceReceipt:
    """Who looks along. Under 12 school alone is no choice, as with stories.

    Raises AgeRule (403), NotFound (404), VersionConflict (412), PreconditionNeeded (428).
    """
    moment = await _hold(tx, choice_id)
    if moment.ring != ring:
        _require_version(moment, if_match)
        birth_date = await tx.session.scalar(select(Person.birth_date).where(Person.id == tx.viewer))
        if Ring(ring) not in rings(Actor(tx.viewer, birth_date), moment, tx.today):
            raise AgeRule
        moment.ring = ring
        await _changed(tx, moment)
    return _receipt(moment)


async def put_option(
    tx: Transaction, choice_id: UUID, option_id: UUID, content: OptionContent, if_match: str | None
) -> tuple[OptionReceipt, bool]:
    """Puts something on the list, or changes it from the version one had; the same again is harmless.

    Raises NotFound (404), AlreadyDifferent and Conflict (409), VersionConflict (412), Invalid (422).
    """
    moment = await _hold(tx, choice_id)
    if content.code is not None and content.code not in suggestion_codes(ChoiceKind(moment.kind)):
        raise Invalid("unknown_code", "/code")
    values = content.model_dump(by_alias=False, exclude={"entry_ids"})
    option = await tx.session.scalar(
        select(ChoiceOption).where(ChoiceOption.id == option_id, ChoiceOption.moment_id == moment.id)
    )
    is_new = option is None
    if option is None:
        if if_match is not None:
            raise NotFound
        check_client_id(option_id, tx.now, "/id")
        await _require_room(tx, moment, content.code)
        making = insert(ChoiceOption).values(id=option_id, moment_id=moment.id, version=1, made_at=tx.now, **values)
        option = await tx.session.scalar(making.on_conflict_do_nothing().returning(ChoiceOption))
        if option is None:
            raise NotFound  # the id is somebody else's
        await _show(tx, option, content.entry_ids)
    else:
        shown = await _shown(tx, option)
        if {name: getattr(option, name) for name in values} == values and shown == set(content.entry_ids):
            return OptionReceipt(id=option.id, version=option.version), False
        if if_match is None:
            raise AlreadyDifferent
        _require_version(option, if_match)
        if content.code != option.code:
            await _require_other(tx, moment, content.code)
        for name, value in values.items():
            setattr(option, name, value)
        option.version += 1
        await _show(tx, option, content.entry_ids)
    _touch(tx, moment)
    await tx.session.flush()
    return OptionReceipt(id=option.id, version=option.version), is_new


async def place(
    tx: Transaction, choice_id: UUID, option_id: UUID, wanted: OptionPlace, if_match: str | None
) -> OptionReceipt:
    """Takes an option off the list, or brings it back; the same again is harmless.

    Raises NotFound (404), Conflict (409) where it is chosen or the list is full, VersionConflict (412),
    PreconditionNeeded (428).
    """
    moment = await _hold(tx, choice_id)
    option = await tx.session.scalar(
        select(ChoiceOption).where(ChoiceOption.id == option_id, ChoiceOption.moment_id == moment.id)
    )
    if option is None:
        raise NotFound
    why = "" if wanted.on_list else wanted.why
    if (option.off_at is None, option.off_why) != (wanted.on_list, why):
        _require_version(option, if_match)
        if wanted.on_list:
            await _require_place(tx, moment)
        elif option.id in await _chosen(tx, moment):
            raise Conflict("choice_is_plan")
        option.off_at = None if wanted.on_list else option.off_at or tx.now
        option.off_why = why
        option.version += 1
        _touch(tx, moment)
        await tx.session.flush()
    return OptionReceipt(id=option.id, version=option.version)


async def say_how_sure(tx: Transaction, choice_id: UUID, sure_id: UUID, content: SureContent) -> bool:
    """One row more in time; the same again is harmless. Returns whether it is new.

    Raises NotFound (404), AlreadyDifferent and Conflict (409), Invalid (422).
    """
    moment = await _hold(tx, choice_id)
    return await _append(
        tx, moment, ChoiceSureness, sure_id, content.model_dump(by_alias=False), SURE_EVER, "too_many_sure"
    )


async def take_sure_back(tx: Transaction, choice_id: UUID, sure_id: UUID) -> None:
    """Takes back what one said today. Raises NotFound (404)."""
    moment = await _hold(tx, choice_id)
    said = await tx.session.scalar(
        select(ChoiceSureness).where(ChoiceSureness.id == sure_id, ChoiceSureness.moment_id == moment.id)
    )
    if said is None or said.at.astimezone(AMSTERDAM).date() != tx.today:
        raise NotFound
    await tx.session.execute(delete(ChoiceSureness).where(ChoiceSureness.id == sure_id))
    _touch(tx, moment)


async def pick(
    tx: Transaction, choice_id: UUID, pick_id: UUID, content: PickContent, if_match: str | None
) -> tuple[ChoiceReceipt, bool]:
    """Chooses, chooses anew, or opens the choice again; what was chosen before stays in view.

    Raises NotFound (404), AlreadyDifferent and Conflict (409), VersionConflict (412), Invalid (422),
    PreconditionNeeded (428).
    """
    moment = await _hold(tx, choice_id)
    values = content.model_dump(by_alias=False)
    known = await tx.session.scalar(
        select(ChoicePick).where(ChoicePick.id == pick_id, ChoicePick.moment_id == moment.id)
    )
    if known is None:
        _require_version(moment, if_match)
        on_list = set(
            await tx.session.scalars(
                select(ChoiceOption.id).where(ChoiceOption.moment_id == moment.id, ChoiceOption.off_at.is_(None))
            )
        )
        for name, plan in (("planA", content.plan_a), ("planB", content.plan_b)):
            if plan is not None and plan not in on_list:
                raise Invalid("not_on_list", f"/{name}")
    is_new = await _append(tx, moment, ChoicePick, pick_id, values, PICKS_EVER, "too_many_picks")
    if is_new:
        await _changed(tx, moment)
    return _receipt(moment), is_new


async def look_back(tx: Transaction, choice_id: UUID, content: LookBack, if_match: str | None) -> ChoiceReceipt:
    """Keeps what one thinks of it a year later.

    Raises NotFound (404), Conflict (409) where it is too early, VersionConflict (412), PreconditionNeeded (428).
    """
    moment = await _hold(tx, choice_id)
    told = content.model_dump(mode="json", by_alias=False)
    if moment.look_back != told:
        _require_version(moment, if_match)
        if not await tx.session.scalar(select(may_look_back(tx.today)).where(ChoiceMoment.id == moment.id)):
            raise Conflict("look_back_early")
        moment.look_back, moment.looked_back_at = told, tx.now
        await _changed(tx, moment)
    return _receipt(moment)


# --- parts ------------------------------------------------------------------------------------------


def _own() -> Any:
    return select(ChoiceMoment).where(ChoiceMoment.pupil_id == func.viewer_id())


async def _hold(tx: Transaction, choice_id: UUID) -> ChoiceMoment:
    """The own moment, one device at a time."""
    moment: ChoiceMoment | None = await tx.session.scalar(
        select(ChoiceMoment).where(ChoiceMoment.id == choice_id, ChoiceMoment.pupil_id == tx.viewer).with_for_update()
    )
    if moment is None:
        raise NotFound
    return moment


def _require_version(row: ChoiceMoment | ChoiceOption, if_match: str | None) -> None:
    if if_match is None:
        raise PreconditionNeeded
    if if_match.strip('"') != str(row.version):
        raise VersionConflict(row.version)


def _touch(tx: Transaction, moment: ChoiceMoment) -> None:
    """Something of it changed; the moment's own fields did not."""
    moment.updated_at, moment.changed_on = tx.now, tx.today


async def _changed(tx: Transaction, moment: ChoiceMoment) -> None:
    _touch(tx, moment)
    moment.version += 1
    await tx.session.flush()


async def _append(
    tx: Transaction,
    moment: ChoiceMoment,
    table: type[ChoiceSureness] | type[ChoicePick],
    row_id: UUID,
    values: dict[str, Any],
    most: int,
    too_many: str,
) -> bool:
    known: Any = await tx.session.scalar(select(table).where(table.id == row_id, table.moment_id == moment.id))
    if known is not None:
        if any(getattr(known, name) != value for name, value in values.items()):
            raise AlreadyDifferent
        return False
    check_client_id(row_id, tx.now, "/id")
    count = select(func.count()).select_from(table).where(table.moment_id == moment.id)
    if (await tx.session.scalar(count) or 0) >= most:
        raise Conflict(too_many)
    making = insert(table).values(id=row_id, moment_id=moment.id, at=tx.now, **values)
    if await tx.session.scalar(making.on_conflict_do_nothing().returning(table.id)) is None:
        raise NotFound  # the id is somebody else's
    _touch(tx, moment)
    return True


async def _chosen(tx: Transaction, moment: ChoiceMoment) -> set[UUID | None]:
    newest = (
        select(ChoicePick.plan_a, ChoicePick.plan_b)
        .where(ChoicePick.moment_id == moment.id)
        .order_by(ChoicePick.at.desc(), ChoicePick.id.desc())
        .limit(1)
    )
    found = (await tx.session.execute(newest)).first()
    return set(found) if found else set()


async def _require_room(tx: Transaction, moment: ChoiceMoment, code: str | None) -> None:
    await _require_place(tx, moment)
    await _require_other(tx, moment, code)
    ever = select(func.count()).select_from(ChoiceOption).where(ChoiceOption.moment_id == moment.id)
    if (await tx.session.scalar(ever) or 0) >= OPTIONS_EVER:
        raise Conflict("choice_options_ever")


async def _require_place(tx: Transaction, moment: ChoiceMoment) -> None:
    listed = (
        select(func.count())
        .select_from(ChoiceOption)
        .where(ChoiceOption.moment_id == moment.id, ChoiceOption.off_at.is_(None))
    )
    if (await tx.session.scalar(listed) or 0) >= LIST_ROOM:
        raise Conflict("choice_list_full")


async def _require_other(tx: Transaction, moment: ChoiceMoment, code: str | None) -> None:
    """A suggestion stands on a list once."""
    same = select(ChoiceOption.id).where(ChoiceOption.moment_id == moment.id, ChoiceOption.code == code)
    if code is not None and await tx.session.scalar(same) is not None:
        raise Conflict("choice_listed")


async def _shown(tx: Transaction, option: ChoiceOption) -> set[UUID]:
    found = select(ChoiceOptionEntry.entry_id).where(ChoiceOptionEntry.option_id == option.id)
    return set(await tx.session.scalars(found))


async def _show(tx: Transaction, option: ChoiceOption, entry_ids: list[UUID]) -> None:
    """Ties own stories to an option; what is tied already may be in the bin by now, and stays."""
    before, wanted = await _shown(tx, option), set(entry_ids)
    own = select(Entry.id).where(
        Entry.id.in_(wanted - before), Entry.pupil_id == tx.viewer, Entry.state != EntryState.TRASHED
    )
    if wanted - before - set(await tx.session.scalars(own)):
        raise Invalid("not_own_entry", "/entryIds")
    if before - wanted:
        gone = delete(ChoiceOptionEntry).where(
            ChoiceOptionEntry.option_id == option.id, ChoiceOptionEntry.entry_id.in_(before - wanted)
        )
        await tx.session.execute(gone)
    if wanted - before:
        rows = [{"option_id": option.id, "entry_id": entry} for entry in wanted - before]
        await tx.session.execute(insert(ChoiceOptionEntry).values(rows).on_conflict_do_nothing())


def _receipt(moment: ChoiceMoment) -> ChoiceReceipt:
    return ChoiceReceipt(id=moment.id, version=moment.version)
