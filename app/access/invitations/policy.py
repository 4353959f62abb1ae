"""Whom an admin may invite, and about whose links a school decides: the own school's, while they are there.

The rules themselves stand in the database (migration 0012), where row-level security asks them too.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, column, func, select
from sqlalchemy.sql.selectable import TableValuedAlias

from app.people.models import Guardianship
from app.people.policy import Today, Viewer, as_date, as_uuid
from app.platform.db import Transaction
from app.platform.errors import Invalid, NotAllowed, NotFound


def admin_schools(viewer: Viewer, today: Today) -> TableValuedAlias:
    """Schools that this viewer administers: (school_id)."""
    return func.admin_schools(as_uuid(viewer), as_date(today)).table_valued(column("school_id", Uuid()))


async def require_school(tx: Transaction, school_id: UUID) -> None:
    """Raises NotFound (404) unless the viewer administers this school today."""
    own = admin_schools(tx.viewer, tx.today)
    if await tx.session.scalar(select(own.c.school_id).where(own.c.school_id == school_id)) is None:
        raise NotFound


async def require_link(tx: Transaction, guardianship_id: UUID) -> Guardianship:
    """The link, for an admin of a school where the pupil is placed.

    Raises NotFound (404), and NotAllowed (403) for a link of the admin's own: that is for a colleague.
    """
    own = func.administers_pupil(tx.viewer, Guardianship.pupil_id, tx.today)
    found = await tx.session.scalar(select(Guardianship).where(Guardianship.id == guardianship_id, own))
    if found is None:
        raise NotFound
    if found.guardian_id == tx.viewer:
        raise NotAllowed
    return found


async def require_people(tx: Transaction, school_id: UUID, kind: str, people: Sequence[UUID], pointer: str) -> None:
    """Raises Invalid (422) where one of these is not at this school, as a pupil (guardian) or as one of its people."""
    asked = func.unnest(list(people)).table_valued(column("id", Uuid())).render_derived()
    holds = select(func.count()).select_from(asked).where(func.invitation_holds(school_id, asked.c.id, kind, tx.today))
    if await tx.session.scalar(holds) != len(people):
        raise Invalid("invalid", pointer)
