"""Which schools are the admin's, and who belongs to them. The rules stand in the database (migrations 0006, 0013)."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, ColumnElement, Date, Select, Text, Uuid, column, func, select
from sqlalchemy.sql.selectable import TableValuedAlias

from app.access.actions import in_turn
from app.people.policy import Today, Viewer, as_date, as_uuid
from app.platform.db import Transaction
from app.platform.errors import NotFound


def own_schools(viewer: Viewer, today: Today) -> Select[Any]:
    """The schools that this viewer administers."""
    schools = func.admin_schools(as_uuid(viewer), as_date(today)).table_valued(column("school_id", Uuid()))
    return select(schools.c.school_id)


def register(school_id: UUID | ColumnElement[UUID], today: Today) -> TableValuedAlias:
    """Everybody of a school, once, with what they are there; see `school_register` in migration 0013."""
    return (
        func.school_register(as_uuid(school_id), as_date(today))
        .table_valued(
            column("person_id", Uuid()),
            column("is_pupil", Boolean()),
            column("is_staff", Boolean()),
            column("is_guardian", Boolean()),
            column("placed", Boolean()),
            column("group_id", Uuid()),
            column("roles", ARRAY(Text)),
            column("ended_on", Date()),
        )
        .render_derived(name="register")
    )


async def at_school(tx: Transaction, school_id: UUID) -> None:
    """Admins of one school act one after another from here on. Raises NotFound (404) for all others."""
    await in_turn(tx.session, [school_id])
    own = own_schools(tx.viewer, tx.today).subquery()
    if await tx.session.scalar(select(own.c.school_id).where(own.c.school_id == school_id)) is None:
        raise NotFound


async def require_known(tx: Transaction, school_id: UUID, person_id: UUID) -> None:
    """Raises NotFound (404) for who does not belong to this school."""
    people = register(school_id, tx.today)
    if await tx.session.scalar(select(people.c.person_id).where(people.c.person_id == person_id)) is None:
        raise NotFound


async def require_administered(tx: Transaction, school_id: UUID, person_id: UUID) -> None:
    """Raises NotFound (404) for who has no role and no placement at this school any more."""
    people = register(school_id, tx.today)
    here = (people.c.is_pupil | people.c.is_staff) & people.c.ended_on.is_(None)
    if await tx.session.scalar(select(people.c.person_id).where(people.c.person_id == person_id, here)) is None:
        raise NotFound
