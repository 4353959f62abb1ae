"""Exports, as the pupil follows them. The file itself goes by itself after a week."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment


class ExportState(StrEnum):
    """Asked for, being made by the worker, ready to fetch; or it failed; or it is gone, thrown away or too old."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    GONE = "gone"


class PortfolioExport(Base):
    """One export of one pupil; of those that are asked for or being made there is one at most."""

    __tablename__ = "portfolio_export"
    __table_args__ = (
        CheckConstraint(f"state in ({', '.join(repr(state.value) for state in ExportState)})", name="state"),
        CheckConstraint(
            "state <> 'ready' or (object_key is not null and size is not null and expires_at is not null)",
            name="ready",
        ),
        Index(None, "pupil_id", "asked_at"),
        Index(
            "ix_portfolio_export_one_at_a_time",
            "pupil_id",
            unique=True,
            postgresql_where="state in ('asked', 'making')",
        ),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    state: Mapped[str] = mapped_column(Text, server_default="asked")
    asked_at: Mapped[Moment]
    attempt: Mapped[UUID | None] = mapped_column(doc="who makes it now: a worker that was thought dead has to stop")
    done: Mapped[int] = mapped_column(server_default="0", doc="stories and files that are in it")
    total: Mapped[int] = mapped_column(server_default="0")
    object_key: Mapped[str | None] = mapped_column(Text)
    upload_id: Mapped[str | None] = mapped_column(Text, doc="of the multipart upload while it is made")
    size: Mapped[int | None] = mapped_column(BigInteger, doc="bytes")
    counts: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), doc="stories, files, files that were not ready"
    )
    ready_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    fetched_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="the last time")
