"""Reading, and taking that back; and which kinds somebody wants. Nothing here writes a notice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.guidance.notices.kinds import FIXED
from app.guidance.notices.models import Notice, NoticeKind, NoticeSetting
from app.guidance.notices.quiet import quiet_at
from app.guidance.notices.schemas import NoticeChoice, ReadAllDone
from app.platform.db import Transaction
from app.platform.errors import Invalid, NotFound


async def mark(tx: Transaction, notice_id: UUID, *, read: bool) -> None:
    """Read, or unread again; the same again is harmless. Raises NotFound (404) for one that is not one's own."""
    own = (Notice.id == notice_id, Notice.person_id == tx.viewer)
    if await tx.session.scalar(select(Notice.id).where(*own)) is None:
        raise NotFound
    wrong = Notice.read_at.is_(None) if read else Notice.read_at.is_not(None)
    await tx.session.execute(update(Notice).where(*own, wrong).values(read_at=tx.now if read else None))


async def read_all(tx: Transaction, until: datetime) -> ReadAllDone:
    """Marks everything up to a moment; what gathers in a quiet time and was not shown stays unread."""
    quiet = quiet_at(tx.now)
    shown = (
        or_(Notice.at < quiet.since, Notice.kind.in_([kind.value for kind in FIXED])) if quiet else Notice.at <= tx.now
    )
    done: CursorResult[Any] = await tx.session.execute(  # type: ignore[assignment]
        update(Notice)
        .where(Notice.person_id == tx.viewer, Notice.read_at.is_(None), Notice.at <= until, shown)
        .values(read_at=tx.now)
    )
    return ReadAllDone(read_at=tx.now, count=done.rowcount)


async def unread_again(tx: Transaction, read_at: datetime) -> None:
    """Takes back what was marked at one moment."""
    await tx.session.execute(
        update(Notice).where(Notice.person_id == tx.viewer, Notice.read_at == read_at).values(read_at=None)
    )


async def choose(tx: Transaction, kind: NoticeKind, choice: NoticeChoice) -> None:
    """Whether a kind is told in the app and counts for the mail. Raises Invalid (422) for one that stays on."""
    if kind in FIXED and not choice.in_app:
        raise Invalid("notice_stays_on", "/inApp")
    values = choice.model_dump(by_alias=False)
    chosen = insert(NoticeSetting).values(person_id=tx.viewer, kind=kind.value, **values)
    await tx.session.execute(chosen.on_conflict_do_update(index_elements=["person_id", "kind"], set_=values))
