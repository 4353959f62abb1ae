"""Imports of rosters, as the admin follows them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person, School
from app.platform.orm import Base, Id, Moment


class ImportState(StrEnum):
    """Announced, then read by the worker; ready to be looked at, applied by the worker; or refused as a whole."""

    ANNOUNCED = "announced"
    READING = "reading"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"


class RosterImport(Base):
    """One file for one school. The file itself is gone when it was applied, or after a day."""

    __tablename__ = "roster_import"
    __table_args__ = (
        CheckConstraint(f"state in ({', '.join(repr(state.value) for state in ImportState)})", name="state"),
        Index(None, "school_id", "made_at"),
    )

    id: Mapped[Id]
    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id))
    state: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    object_key: Mapped[str] = mapped_column(Text)
    upload_id: Mapped[str] = mapped_column(Text)
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[Moment]
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    progress: Mapped[int] = mapped_column(SmallInteger, server_default="0", doc="per cent")
    skip_broken: Mapped[bool] = mapped_column(server_default="false")
    end_many: Mapped[bool] = mapped_column(server_default="false")
    refusal: Mapped[str | None] = mapped_column(Text, doc="why the file as a whole cannot be read")
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSONB, doc="people.rosters.bring_in.Outcome")
