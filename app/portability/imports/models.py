"""Imports, as the pupil follows them, and what others said elsewhere."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment
from app.portfolio.models import Entry


class BringState(StrEnum):
    """Announced, sent and being brought in by the worker, done with a report; or refused as a whole."""

    ANNOUNCED = "announced"
    READING = "reading"
    DONE = "done"
    REFUSED = "refused"


class PortfolioImport(Base):
    """One file that a pupil brings. The file itself is gone once it was read, or after a day."""

    __tablename__ = "portfolio_import"
    __table_args__ = (
        CheckConstraint(f"state in ({', '.join(repr(state.value) for state in BringState)})", name="state"),
        CheckConstraint("size > 0", name="size"),
        Index(None, "pupil_id", "made_at"),
        Index("ix_portfolio_import_one_at_a_time", "pupil_id", unique=True, postgresql_where="state = 'reading'"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    state: Mapped[str] = mapped_column(Text, server_default="announced")
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger, doc="bytes, as announced and signed for")
    object_key: Mapped[str] = mapped_column(Text)
    upload_id: Mapped[str] = mapped_column(Text)
    made_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    done: Mapped[int] = mapped_column(server_default="0", doc="stories and files that were gone through")
    total: Mapped[int] = mapped_column(server_default="0")
    refusal: Mapped[str | None] = mapped_column(Text, doc="why the file as a whole cannot be read")
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), doc="bringing.Report")


class BroughtRecord(Base):
    """What others said, or school kept, elsewhere: as it stood in the file, to read again. Nobody's voice here."""

    __tablename__ = "brought_record"
    __table_args__ = (
        UniqueConstraint("pupil_id", "part", "source_id"),
        Index(None, "entry_id"),
        Index(None, "import_id"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    import_id: Mapped[UUID] = mapped_column(ForeignKey(PortfolioImport.id))
    part: Mapped[str] = mapped_column(Text, doc="of portfolio.json that it stood in")
    source_id: Mapped[str] = mapped_column(Text, doc="which one it is there: the same again is not kept twice")
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey(Entry.id, ondelete="CASCADE"))
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    brought_at: Mapped[Moment]
