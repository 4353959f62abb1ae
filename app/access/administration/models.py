"""What admins did. Lines are only ever added."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Group, Person, School
from app.platform.orm import Base, Id, Moment


class ActKind(StrEnum):
    """What was done; the screens have a sentence for each."""

    PUPIL_ADDED = "pupil_added"
    STAFF_ADDED = "staff_added"
    CORRECTED = "corrected"
    PLACED = "placed"
    MOVED = "moved"
    PLACEMENT_ENDED = "placement_ended"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    ROLE_CANCELLED = "role_cancelled"
    ASSIGNED = "assigned"
    ASSIGNMENT_ENDED = "assignment_ended"
    ASSIGNMENT_CANCELLED = "assignment_cancelled"
    GROUP_MADE = "group_made"
    GROUP_RENAMED = "group_renamed"
    CARDS_PRINTED = "cards_printed"
    SESSIONS_ENDED = "sessions_ended"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNDONE = "undone"


_KINDS = ", ".join(repr(kind.value) for kind in ActKind)


class AdminAct(Base):
    """Who did what, about whom, when. `facts` are for reading; `rows` are what the rows were, before and after."""

    __tablename__ = "admin_act"
    __table_args__ = (
        CheckConstraint(f"kind in ({_KINDS})", name="kind"),
        Index(None, "person_id"),
        Index(None, "school_id", "at"),
    )

    id: Mapped[Id]
    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id))
    actor_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey(Group.id))
    kind: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    undoes: Mapped[UUID | None] = mapped_column(ForeignKey("admin_act.id"), unique=True, doc="an act is undone once")
