"""The start of every action: the talk, if this person may know of it, and locked where it is written."""

from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import Select, exists, select

from app.access.reasons.policy import must_say_why
from app.guidance.conversations.models import (
    Conversation,
)
from app.guidance.conversations.policy import may_see
from app.people.models import Person
from app.people.policy import staff_placements
from app.platform.db import Transaction
from app.platform.errors import (
    Conflict,
    NotFound,
    ReasonNeeded,
    VersionConflict,
)
from app.portfolio.policy import sight_of


async def see(tx: Transaction, conversation_id: UUID) -> Conversation:
    """The talk, if this person may know of it. Raises NotFound (404)."""
    seen: Select[Any] = select(Conversation).where(
        Conversation.id == conversation_id, may_see(sight_of(tx.viewer, tx.today))
    )
    talk = await tx.session.scalar(seen)
    if talk is None:
        raise NotFound
    return talk  # type: ignore[no-any-return]


async def own_talk(tx: Transaction, conversation_id: UUID) -> Conversation:
    """The pupil's own talk, locked. Raises NotFound (404)."""
    talk = await see(tx, conversation_id)
    if talk.pupil_id != tx.viewer:
        raise NotFound
    return await lock(tx, talk)


async def lock(tx: Transaction, talk: Conversation) -> Conversation:
    """Until the transaction ends nobody else changes this talk; anew as it is then. ReasonNeeded (403)."""
    await require_reason(tx, talk)
    locked = select(Conversation).where(Conversation.id == talk.id).with_for_update()
    found = await tx.session.scalar(locked.execution_options(populate_existing=True))
    return found or _gone()


def _gone() -> NoReturn:
    raise NotFound


async def teaches(tx: Transaction, talk: Conversation) -> bool:
    """Whether this person is staff of the talk's placement, while it runs."""
    found = staff_placements(tx.viewer, tx.today)
    there = exists().select_from(found).where(found.c.placement_id == talk.placement_id, found.c.cutoff.is_(None))
    return bool(await tx.session.scalar(select(there)))


async def require_reason(tx: Transaction, talk: Conversation) -> None:
    if talk.pupil_id == tx.viewer:
        return
    if await tx.session.scalar(select(must_say_why(tx.viewer, talk.pupil_id, tx.today))):
        pupil = await tx.session.get_one(Person, talk.pupil_id)
        raise ReasonNeeded({"id": str(pupil.id), "name": pupil.name, "givenName": pupil.given_name})


def require_version(version: int, if_match: str) -> None:
    if if_match.strip('"') != str(version):
        raise VersionConflict(version)


def require_open(talk: Conversation) -> None:
    """Raises Conflict (409) where it was held or called off."""
    if talk.cancelled_at is not None:
        raise Conflict("talk_cancelled")
    if talk.held_at is not None:
        raise Conflict("talk_held")
