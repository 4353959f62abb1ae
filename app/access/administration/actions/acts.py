"""Every act is written down with what it changed, and can be undone on the same day by the admins of the school."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, exists, func, insert, literal_column, select, text, update
from uuid_utils.compat import uuid7

from app.access.administration.models import ActKind, AdminAct
from app.access.administration.policy import at_school
from app.access.administration.schemas import ActFacts
from app.people.models import Group, GroupAssignment, GroupMembership, Person, Placement, Role, StaffRole
from app.platform.clock import AMSTERDAM
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotAllowed, NotFound
from app.platform.orm import Base

Row = dict[str, Any]

_TABLES: dict[str, Table] = {
    model.__tablename__: model.metadata.tables[model.__tablename__]
    for model in (Group, GroupAssignment, GroupMembership, Person, Placement, StaffRole)
}

NOT_UNDONE = (
    ActKind.PUPIL_ADDED, ActKind.STAFF_ADDED, ActKind.PLACED, ActKind.GROUP_MADE, ActKind.CARDS_PRINTED,
    ActKind.SESSIONS_ENDED, ActKind.CLOSED, ActKind.REOPENED, ActKind.UNDONE,
)  # fmt: skip
"""Cannot be taken back (a card was printed), or has a way back of its own (a placement is ended)."""


_ENDINGS = (ActKind.ROLE_ENDED, ActKind.ROLE_CANCELLED, ActKind.ASSIGNMENT_ENDED, ActKind.ASSIGNMENT_CANCELLED)


class Act:
    """One act of an admin: changes rows and remembers them, then writes itself down."""

    def __init__(self, tx: Transaction, school_id: UUID, kind: ActKind, person_id: UUID | None = None) -> None:
        self.tx, self.school_id, self.kind, self.person_id = tx, school_id, kind, person_id
        self.group_id: UUID | None = None
        self.rows: list[Row] = []

    async def add(self, model: type[Base], **values: Any) -> UUID:
        """A new row; its id."""
        row_id = uuid7()
        table = _TABLES[model.__tablename__]
        await self.tx.session.execute(insert(table).values(id=row_id, **values))
        self._keep(table, row_id, None, await _row(self.tx, table, row_id))
        return row_id

    async def change(self, model: type[Base], row_id: UUID, **values: Any) -> None:
        """Sets columns of a row."""
        table = _TABLES[model.__tablename__]
        before = await _row(self.tx, table, row_id)
        await _set(self.tx, table, row_id, values)
        after = await _row(self.tx, table, row_id)
        assert before is not None
        assert after is not None
        self._keep(table, row_id, {name: before[name] for name in values}, {name: after[name] for name in values})

    async def remove(self, model: type[Base], row_id: UUID) -> None:
        """Takes away a row that never came to mean anything."""
        table = _TABLES[model.__tablename__]
        before = await _row(self.tx, table, row_id)
        await self.tx.session.execute(delete(table).where(table.c.id == row_id))
        self._keep(table, row_id, before, None)

    def _keep(self, table: Table, row_id: UUID, before: Row | None, after: Row | None) -> None:
        self.rows.append({"table": table.name, "id": str(row_id), "before": before, "after": after})

    async def write(self, facts: ActFacts | None = None, undoes: UUID | None = None) -> UUID:
        """Writes the act down; its id. Raises Conflict (409) where the school would be left in no good state."""
        await _check(self.tx, self.school_id, self.rows)
        act_id = uuid7()
        await self.tx.session.execute(
            insert(AdminAct).values(
                id=act_id,
                school_id=self.school_id,
                actor_id=self.tx.viewer,
                person_id=self.person_id,
                group_id=self.group_id,
                kind=self.kind.value,
                at=self.tx.now,
                facts=(facts or ActFacts()).model_dump(mode="json", by_alias=True, exclude_none=True),
                rows=self.rows,
                undoes=undoes,
            )
        )
        return act_id


async def undo(tx: Transaction, school_id: UUID, act_id: UUID) -> None:
    """Everything this act changed is as it was before; that is an act too.

    Raises NotFound (404), NotAllowed (403) where it would give oneself something back, and Conflict (409) after its
    day, a second time, or where somebody changed it since.
    """
    await at_school(tx, school_id)
    act = await tx.session.scalar(select(AdminAct).where(AdminAct.id == act_id, AdminAct.school_id == school_id))
    if act is None:
        raise NotFound
    if act.kind in NOT_UNDONE or await tx.session.scalar(select(exists().where(AdminAct.undoes == act_id))):
        raise Conflict("wrong_state")
    if act.at.astimezone(AMSTERDAM).date() != tx.today:
        raise Conflict("undo_too_late")
    if act.person_id == tx.viewer and act.kind in _ENDINGS:
        raise NotAllowed
    undoing = Act(tx, school_id, ActKind.UNDONE, act.person_id)
    undoing.group_id = act.group_id
    for row in reversed(act.rows):
        await _put_back(tx, _TABLES[row["table"]], UUID(row["id"]), row["before"], row["after"])
        undoing.rows.append({**row, "before": row["after"], "after": row["before"]})
    await undoing.write(ActFacts(**{**act.facts, "undone": act.kind}), undoes=act_id)


async def _put_back(tx: Transaction, table: Table, row_id: UUID, before: Row | None, after: Row | None) -> None:
    current = await _row(tx, table, row_id)
    if (current is None) != (after is None) or (current or {}) | (after or {}) != (current or {}):
        raise Conflict("changed_since")
    if before is None:
        await tx.session.execute(delete(table).where(table.c.id == row_id))
    elif after is None:
        await tx.session.execute(insert(table).values(_typed(table, before)))
    else:
        await _set(tx, table, row_id, _typed(table, before))


async def _set(tx: Transaction, table: Table, row_id: UUID, values: Row) -> None:
    """Sets columns of one row. Raises Conflict (409) where it is out of the admin's reach by now."""
    changed = await tx.session.execute(update(table).where(table.c.id == row_id).values(**values).returning(table.c.id))
    if changed.first() is None:
        raise Conflict("changed_since")


def _typed(table: Table, row: Row) -> Row:
    """A row out of its JSON, as the driver wants it."""
    readers: dict[type, Callable[[str], Any]] = {date: date.fromisoformat, UUID: UUID}
    kinds = {name: table.c[name].type.python_type for name in row}
    return {
        name: readers[kinds[name]](value) if value is not None and kinds[name] in readers else value
        for name, value in row.items()
    }


async def _row(tx: Transaction, table: Table, row_id: UUID) -> Row | None:
    found = select(func.to_jsonb(literal_column(table.name))).select_from(table).where(table.c.id == row_id)
    row: Row | None = await tx.session.scalar(found)
    return row


_OVERLAP = """
select exists (
    select from {table} mine join {table} other on other.id <> mine.id and {same}
     and mine.starts_on <= coalesce(other.ends_on, 'infinity') and other.starts_on <= coalesce(mine.ends_on, 'infinity')
    where mine.id = any (cast(:ids as uuid[])))
"""
_SAME = {
    "placement": "other.pupil_id = mine.pupil_id and other.school_id = mine.school_id",
    "staff_role": "other.person_id = mine.person_id and other.school_id = mine.school_id and other.role = mine.role",
    "group_assignment": "other.staff_role_id = mine.staff_role_id and other.group_id = mine.group_id",
}
_ADMIN_LEFT = text(
    "select exists (select from staff_role role join person on person.id = role.person_id and person.closed_at is null"
    " where role.school_id = :school and role.role = 'admin' and role.ends_on is null and role.starts_on <= :today)"
)


async def _check(tx: Transaction, school_id: UUID, rows: list[Row]) -> None:
    """After the changes: nothing runs twice at the same time, and there is somebody to administer tomorrow."""
    for table, same in _SAME.items():
        ids = [row["id"] for row in rows if row["table"] == table and _lasts_longer(row)]
        if ids and await tx.session.scalar(text(_OVERLAP.format(table=table, same=same)), {"ids": ids}):
            raise Conflict("overlap")
    if await _touches_an_admin(tx, school_id, rows):
        left = await tx.session.scalar(_ADMIN_LEFT, {"school": school_id, "today": tx.today})
        if not left:
            raise Conflict("last_admin")


def _lasts_longer(row: Row) -> bool:
    """Whether this row is new, or ends later than it did; what ends sooner can stand in nobody's way."""
    before, after = row["before"], row["after"]
    if before is None or after is None:
        return after is not None
    return (after.get("ends_on") or "9999") > (before.get("ends_on") or "9999")


async def _touches_an_admin(tx: Transaction, school_id: UUID, rows: list[Row]) -> bool:
    if any((row["before"] or {}).get("role") == Role.ADMIN for row in rows):
        return True
    roles = [row["id"] for row in rows if row["table"] == "staff_role" and "ends_on" in (row["before"] or {})]
    people = [row["id"] for row in rows if row["table"] == "person" and "closed_at" in (row["before"] or {})]
    admins = select(StaffRole.id).where(StaffRole.school_id == school_id, StaffRole.role == Role.ADMIN)
    touched = StaffRole.id.in_(roles) | StaffRole.person_id.in_(people)
    return bool(await tx.session.scalar(select(admins.where(touched).exists())))
