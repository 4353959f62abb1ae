"""Reminding: one tap, for one pupil or for several, and taking it back; the pupil closes it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from app.guidance.activities.policy import guided_groups
from app.guidance.care.models import Reminder, ReminderKind
from app.guidance.care.policy import REST_DAYS, facts
from app.guidance.care.schemas import Reminded, RemindersOut, RemindPupils
from app.people.models import Group
from app.platform.db import Transaction
from app.platform.errors import AlreadyDifferent, Invalid, NotFound
from app.platform.ids import check_client_id
from app.portfolio.policy import sight_of


async def remind(tx: Transaction, reminder_id: UUID, asked: RemindPupils) -> tuple[RemindersOut, bool]:
    """Reminds who was not reminded this week and for whom something stands open. Returns also whether it is new.

    Of two members of staff at the same moment one reminds; the other finds the pupil under `already`.
    Raises NotFound (404), Invalid (422) for who is not in the group, AlreadyDifferent (409).
    """
    guided = guided_groups(tx.viewer, tx.today).subquery()
    if await tx.session.scalar(select(guided.c.group_id).where(guided.c.group_id == asked.group_id)) is None:
        raise NotFound
    before = await _sent(tx, reminder_id)
    if before:
        return await _same(tx, reminder_id, before, asked), False
    check_client_id(reminder_id, tx.now, "/id")
    about = await _about(tx, asked)
    rows = [
        {
            "id": reminder_id,
            "pupil_id": pupil,
            "kind": ReminderKind.OPEN if activity else ReminderKind.QUIET,
            "activity_id": activity,
            "sent_by": tx.viewer,
            "sent_on": tx.today,
            "sent_at": tx.now,
        }
        for pupil, activity in sorted(about.items())  # the same order for everybody: nobody waits in a circle
    ]
    sent: list[Reminder] = []
    if rows:
        # The trigger takes a lock for each, in this order, and leaves out who was reminded this week.
        sending = insert(Reminder).values(rows).on_conflict_do_nothing().returning(Reminder)
        sent = list(await tx.session.scalars(sending))
    return await _outcome(tx, reminder_id, sent, asked, set(about)), True


async def take_back(tx: Transaction, reminder_id: UUID) -> None:
    """Takes back what one sent today and nobody closed yet. Raises NotFound (404) where nothing is left of it."""
    gone = delete(Reminder).where(
        Reminder.id == reminder_id,
        Reminder.sent_by == tx.viewer,
        Reminder.sent_on == tx.today,
        Reminder.seen_at.is_(None),
    )
    if not (await tx.session.scalars(gone.returning(Reminder.pupil_id))).all():
        raise NotFound


async def close(tx: Transaction, reminder_id: UUID) -> None:
    """The pupil read it; again is harmless. Raises NotFound (404)."""
    own = (Reminder.id == reminder_id, Reminder.pupil_id == tx.viewer)
    seen = update(Reminder).where(*own).values(seen_at=func.coalesce(Reminder.seen_at, tx.now))
    if await tx.session.scalar(seen.returning(Reminder.id)) is None:
        raise NotFound


async def _about(tx: Transaction, asked: RemindPupils) -> dict[UUID, UUID | None]:
    """For whom something stands open: the first activity, or None where nothing was told this term."""
    running = sight_of(tx.viewer, tx.today).running
    found = facts(tx.viewer, tx.today, running, Group.id == asked.group_id)
    known, opened = found.pupil, found.open
    first = (
        select(opened.c.pupil_id, opened.c.id)
        .ext(distinct_on(opened.c.pupil_id))
        .order_by(opened.c.pupil_id, opened.c.happens_on, opened.c.id)
        .subquery("first")
    )
    rows = await tx.session.execute(
        select(known.c.pupil_id, known.c.quiet, first.c.id)
        .select_from(known.outerjoin(first, first.c.pupil_id == known.c.pupil_id))
        .where(known.c.pupil_id.in_(asked.pupil_ids))
    )
    in_group = {pupil: (quiet, activity) for pupil, quiet, activity in rows}
    if not in_group.keys() >= set(asked.pupil_ids):
        raise Invalid("not_in_group", "/pupilIds")
    return {pupil: activity for pupil, (quiet, activity) in in_group.items() if quiet or activity}


async def _sent(tx: Transaction, reminder_id: UUID) -> list[Reminder]:
    own = select(Reminder).where(Reminder.id == reminder_id, Reminder.sent_by == tx.viewer)
    return list(await tx.session.scalars(own))


async def _same(tx: Transaction, reminder_id: UUID, before: list[Reminder], asked: RemindPupils) -> RemindersOut:
    """The answer once more. Raises AlreadyDifferent (409) where the id was for other pupils."""
    if not {one.pupil_id for one in before} <= set(asked.pupil_ids):
        raise AlreadyDifferent
    return await _outcome(tx, reminder_id, before, asked, set(asked.pupil_ids))


async def _outcome(
    tx: Transaction, reminder_id: UUID, sent: list[Reminder], asked: RemindPupils, meant: set[UUID]
) -> RemindersOut:
    done = {one.pupil_id for one in sent}
    earlier = await tx.session.scalars(
        select(Reminder)
        .ext(distinct_on(Reminder.pupil_id))
        .where(Reminder.pupil_id.in_(meant - done), Reminder.sent_on > tx.today - timedelta(REST_DAYS))
        .order_by(Reminder.pupil_id, Reminder.sent_on.desc())
    )
    already = [_line(one) for one in earlier]
    left = set(asked.pupil_ids) - done - {one.pupil_id for one in already}
    return RemindersOut(id=reminder_id, sent=[_line(one) for one in sent], already=already, not_needed=sorted(left))


def _line(reminder: Reminder) -> Reminded:
    return Reminded(pupil_id=reminder.pupil_id, on=reminder.sent_on, kind=ReminderKind(reminder.kind))
