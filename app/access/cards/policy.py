"""Whose cards, PINs and windows a teacher may reach: those of the own groups, on days when everything runs.

The rules themselves stand in the database (migration 0004), where row-level security asks them too.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, column, func, select
from sqlalchemy.sql.selectable import TableValuedAlias

from app.people.policy import Today, Viewer, as_date, as_uuid
from app.platform.db import Transaction
from app.platform.errors import NotFound


def teacher_groups(viewer: Viewer, today: Today) -> TableValuedAlias:
    """Groups of which this viewer is a teacher: (group_id)."""
    return func.teacher_groups(as_uuid(viewer), as_date(today)).table_valued(column("group_id", Uuid()))


def group_pupils(group_id: Any, today: Today) -> TableValuedAlias:
    """Who is in this group (an id, or a column): (pupil_id)."""
    return func.group_pupils(as_uuid(group_id), as_date(today)).table_valued(column("pupil_id", Uuid()))


async def require_group(tx: Transaction, group_id: UUID) -> None:
    """Raises NotFound (404) unless the viewer is a teacher of this group today."""
    own = teacher_groups(tx.viewer, tx.today)
    if await tx.session.scalar(select(own.c.group_id).where(own.c.group_id == group_id)) is None:
        raise NotFound


async def require_pupil(tx: Transaction, pupil_id: UUID) -> None:
    """Raises NotFound (404) unless the viewer is a teacher of this pupil today."""
    own = func.teacher_pupils(as_uuid(tx.viewer), as_date(tx.today)).table_valued(column("pupil_id", Uuid()))
    if await tx.session.scalar(select(own.c.pupil_id).where(own.c.pupil_id == pupil_id)) is None:
        raise NotFound
