"""What a school asks, what a pupil puts in, and each time that it was handed in, frozen (migration 0026)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Index, Integer, SmallInteger, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person, Placement, School, SchoolYear
from app.platform.orm import Base, Id, Moment
from app.reference.codes import Competency


class HandInState(StrEnum):
    """handed_in → done or returned (add something, and hand in anew), or taken back before anybody looked."""

    HANDED_IN = "handed_in"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    DONE = "done"


class PdfState(StrEnum):
    """asked → ready, or failed: whoever wants it asks again."""

    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"


def _in(column: str, values: type[StrEnum]) -> str:
    return f"{column} in ({', '.join(repr(value.value) for value in values)})"


class DossierChecklist(Base):
    """What a school asks for each competency, from a school year on. No row: as in the function `dossier_needs`."""

    __tablename__ = "dossier_checklist"

    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id), primary_key=True)
    school_year: Mapped[int] = mapped_column(ForeignKey(SchoolYear.start_year), primary_key=True, autoincrement=False)
    needs: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="by competency, as schemas.DossierNeed")
    note: Mapped[str] = mapped_column(Text, server_default="", doc="in the school's own words, to pupils")
    version: Mapped[int] = mapped_column(Integer)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    changed_at: Mapped[Moment]


class DossierPart(Base):
    """What a pupil puts in for one competency: chosen stories and own words. `version` is its ETag."""

    __tablename__ = "dossier_part"
    __table_args__ = (
        CheckConstraint(_in("competency", Competency), name="competency"),
        CheckConstraint("length(text) <= 3000", name="text"),
        CheckConstraint("cardinality(entry_ids) <= 10", name="entries"),
    )

    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    competency: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str] = mapped_column(Text, server_default="")
    entry_ids: Mapped[list[UUID]] = mapped_column(ARRAY(UuidType), server_default="{}")
    version: Mapped[int] = mapped_column(Integer)
    updated_at: Mapped[Moment]


class DossierHandIn(Base):
    """A dossier as it was when it was handed in. Only functions in the database write here (migration 0026).

    `version` counts what school does with it, and is the ETag.
    """

    __tablename__ = "dossier_hand_in"
    __table_args__ = (
        CheckConstraint(_in("state", HandInState), name="state"),
        CheckConstraint("state <> 'returned' or reason <> ''", name="reason"),
        Unique("pupil_id", "number"),
        Index(None, "placement_id", "number"),
        Index("ix_dossier_hand_in_reader", "reader_id", postgresql_where="reader_id is not null"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey(Placement.id), doc="to which school: the placement of that day"
    )
    number: Mapped[int] = mapped_column(SmallInteger, doc="1 is the pupil's first")
    state: Mapped[str] = mapped_column(Text)
    snapshot: Mapped[dict[str, Any]] = mapped_column(
        JSONB, doc="as schemas.DossierSnapshot; its files are kept_file rows"
    )
    handed_in_at: Mapped[Moment]
    handed_in_on: Mapped[date]
    opened_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="when school first looked")
    reader_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), doc="the second reader, where there is one")
    reader_agrees: Mapped[bool | None] = mapped_column(doc="null: has not said anything yet")
    reader_remark: Mapped[str] = mapped_column(Text, server_default="")
    reader_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str] = mapped_column(Text, server_default="", doc="what the dean said when it was closed")
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column(Integer)


class DossierPdf(Base):
    """The PDF of a hand-in: made when it is asked for, and anew after the dossier was closed."""

    __tablename__ = "dossier_pdf"
    __table_args__ = (CheckConstraint(_in("state", PdfState), name="state"),)

    hand_in_id: Mapped[UUID] = mapped_column(ForeignKey(DossierHandIn.id, ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    asked_at: Mapped[Moment]
    object_key: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int | None] = mapped_column(BigInteger, doc="bytes")
    made_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
