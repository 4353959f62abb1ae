"""A parent saw the page of a child: from here on what comes is new."""

from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import insert

from app.guidance.family.models import HomeVisit
from app.guidance.family.schemas import Seen
from app.people.policy import home_pupils
from app.platform.db import Transaction
from app.platform.errors import NotFound

VISIT_ENDS = func.make_interval(0, 0, 0, 0, 1)
"""So long after the page was last on screen, the next time is another visit."""


async def see(tx: Transaction, pupil_id: UUID, seen: Seen) -> None:
    """Keeps up to when the parent saw; it never goes back, and never ahead of the clock. Again is harmless.

    Raises NotFound (404) where the page of this child is not open to this parent.
    """
    home = home_pupils(tx.viewer, tx.today)
    if await tx.session.scalar(select(home.c.pupil_id).where(home.c.pupil_id == pupil_id)) is None:
        raise NotFound
    at = min(seen.as_of, tx.now)
    keeping = insert(HomeVisit).values(guardian_id=tx.viewer, pupil_id=pupil_id, since=None, seen_at=at)
    await tx.session.execute(
        keeping.on_conflict_do_update(
            index_elements=[HomeVisit.guardian_id, HomeVisit.pupil_id],
            set_={
                "since": case(
                    (HomeVisit.seen_at < keeping.excluded.seen_at - VISIT_ENDS, HomeVisit.seen_at),
                    else_=HomeVisit.since,
                ),
                "seen_at": func.greatest(HomeVisit.seen_at, keeping.excluded.seen_at),
            },
        )
    )
