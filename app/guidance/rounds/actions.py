"""Talks of a class are planned in one go, and taken back as long as nobody counts on them."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from app.guidance.activities.policy import guided_groups
from app.guidance.conversations.models import Conversation
from app.guidance.rounds.queries import round_partners, staff_times, year_start
from app.guidance.rounds.schemas import RoundContent, RoundOut, RoundTakeBack, RoundTalk, TakenBack
from app.people.models import GroupMembership, Placement
from app.people.projections import runs
from app.platform.db import Transaction
from app.platform.errors import AlreadyDifferent, Invalid, NotFound
from app.platform.ids import check_client_id

AHEAD = timedelta(days=400)
"""So far ahead a talk is planned, as one by one."""


async def plan(tx: Transaction, group_id: UUID, wanted: RoundContent) -> RoundOut:
    """Plans all of them or none; under the same ids again it is the same. Of two at once the second sees the first's.

    Raises NotFound (404), AlreadyDifferent (409), Invalid (422): who is not of the class, a day that passed, a time at
    which the member of staff has another talk.
    """
    await _require_group(tx, group_id)
    placements = await _placements(tx, group_id)
    for place, talk in enumerate(wanted.talks):
        if talk.pupil_id not in placements:
            raise Invalid("not_in_group", f"/talks/{place}/pupilId")
    await _hold_times(tx, wanted)
    before = await _before(tx, wanted)
    new = [talk for talk in wanted.talks if talk.id not in before]
    have = await _have_one(tx, wanted, [placements[talk.pupil_id] for talk in new])
    left_out = {talk.pupil_id for talk in new if placements[talk.pupil_id] in have}
    new = [talk for talk in new if talk.pupil_id not in left_out]
    if new:
        await _check(tx, group_id, wanted, new)
        common = wanted.model_dump(include={"kind", "held_with", "minutes", "place", "with_home"}, by_alias=False)
        common |= {"planned_by": tx.viewer, "made_at": tx.now, "changed_at": tx.now, "changed_by": tx.viewer}
        common |= {"changed_on": tx.today, "version": 1}
        rows = [
            {"placement_id": placements[talk.pupil_id], **talk.model_dump(by_alias=False), **common} for talk in new
        ]
        made = insert(Conversation).values(rows).on_conflict_do_nothing().returning(Conversation.id)
        if len((await tx.session.scalars(made)).all()) < len(rows):
            raise AlreadyDifferent  # an id that is somebody else's
    planned = [talk.id for talk in wanted.talks if talk.pupil_id not in left_out]
    return RoundOut(planned=planned, left_out=[talk.pupil_id for talk in wanted.talks if talk.pupil_id in left_out])


async def take_back(tx: Transaction, group_id: UUID, asked: RoundTakeBack) -> TakenBack:
    """Removes what one planned today and nobody prepared or changed; again is harmless. Raises NotFound (404)."""
    await _require_group(tx, group_id)
    placements = await _placements(tx, group_id)
    gone = delete(Conversation).where(
        Conversation.id.in_(asked.ids),
        Conversation.placement_id.in_(placements.values()),
        Conversation.planned_by == tx.viewer,
        Conversation.changed_on == tx.today,
        Conversation.version == 1,
        Conversation.prepared_at.is_(None),
        Conversation.record_version == 0,
        ~func.talk_begun(Conversation.id),
    )
    removed = set((await tx.session.scalars(gone.returning(Conversation.id))).all())
    there = set(await tx.session.scalars(select(Conversation.id).where(Conversation.id.in_(asked.ids))))
    return TakenBack(
        taken_back=[one for one in asked.ids if one in removed], stayed=[one for one in asked.ids if one in there]
    )


async def _require_group(tx: Transaction, group_id: UUID) -> None:
    guided = guided_groups(tx.viewer, tx.today).subquery()
    if await tx.session.scalar(select(guided.c.group_id).where(guided.c.group_id == group_id)) is None:
        raise NotFound


async def _placements(tx: Transaction, group_id: UUID) -> dict[UUID, UUID]:
    """Who is in the class today: pupil and placement."""
    rows = await tx.session.execute(
        select(Placement.pupil_id, Placement.id)
        .join(GroupMembership, GroupMembership.placement_id == Placement.id)
        .where(GroupMembership.group_id == group_id, runs(GroupMembership, tx.today), runs(Placement, tx.today))
    )
    return {row[0]: row[1] for row in rows}


async def _hold_times(tx: Transaction, wanted: RoundContent) -> None:
    # One at a time for one member of staff: two who plan at once do not give two pupils the same quarter of an hour.
    await tx.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('talks with ' || cast(:staff as text), 0))"),
        {"staff": wanted.held_with},
    )


async def _before(tx: Transaction, wanted: RoundContent) -> set[UUID]:
    """Those that an answer of before, which got lost, planned already. Raises AlreadyDifferent (409)."""
    ids = {talk.id: talk for talk in wanted.talks}
    known = (await tx.session.scalars(select(Conversation).where(Conversation.id.in_(ids)))).all()
    for one in known:
        asked = ids[one.id]
        same = (asked.pupil_id, asked.on_day, asked.at_time, wanted.kind.value, wanted.held_with)
        if (one.pupil_id, one.on_day, one.at_time, one.kind, one.held_with) != same or one.planned_by != tx.viewer:
            raise AlreadyDifferent
    return {one.id for one in known}


async def _have_one(tx: Transaction, wanted: RoundContent, placements: list[UUID]) -> set[UUID]:
    """Placements with a talk of this kind that is planned and was not held yet."""
    planned = select(Conversation.placement_id).where(
        Conversation.placement_id.in_(placements),
        Conversation.kind == wanted.kind,
        Conversation.on_day >= year_start(tx.today),
        Conversation.cancelled_at.is_(None),
        Conversation.held_at.is_(None),
        Conversation.id.not_in([talk.id for talk in wanted.talks]),
    )
    return set(await tx.session.scalars(planned))


async def _check(tx: Transaction, group_id: UUID, wanted: RoundContent, new: list[RoundTalk]) -> None:
    partner = round_partners(group_id, tx.today)
    known = select(partner.c.person_id).where(partner.c.person_id == wanted.held_with)
    if await tx.session.scalar(known) is None:
        raise Invalid("no_partner", "/heldWith")
    place_of = {talk.id: place for place, talk in enumerate(wanted.talks)}
    for talk in new:
        pointer = f"/talks/{place_of[talk.id]}"
        check_client_id(talk.id, tx.now, f"{pointer}/id")
        if talk.on_day < tx.today:
            raise Invalid("day_passed", f"{pointer}/onDay")
        if talk.on_day > tx.today + AHEAD:
            raise Invalid("too_far_ahead", f"{pointer}/onDay")
    times = staff_times(group_id)
    rows = await tx.session.execute(
        select(times.c.on_day, times.c.at_time, times.c.minutes).where(times.c.held_with == wanted.held_with)
    )
    taken = [_span(on_day, at_time, minutes) for on_day, at_time, minutes in rows]
    for talk in sorted(new, key=lambda each: (each.on_day, each.at_time)):
        span = _span(talk.on_day, talk.at_time, wanted.minutes)
        if any(begins < span[1] and span[0] < ends for begins, ends in taken):
            raise Invalid("time_taken", f"/talks/{place_of[talk.id]}/atTime")
        taken.append(span)


def _span(day: date, clock: time, minutes: int) -> tuple[datetime, datetime]:
    begins = datetime.combine(day, clock)
    return begins, begins + timedelta(minutes=minutes)
