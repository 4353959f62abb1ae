"""An organisation that shows pupils its work. It belongs to no school: all schools of the city read the same."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment


class Organisation(Base):
    """A company or other place with work to see. `version` is the ETag; the keys are folded: no case, no accents."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("name_key", "place_key"),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, server_default="")
    place_key: Mapped[str] = mapped_column(Text, server_default="")
    website: Mapped[str] = mapped_column(Text, server_default="", doc="https only, or empty")
    work_fields: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    forms: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}", doc="what they offer")
    note: Mapped[str] = mapped_column(Text, server_default="", doc="for colleagues; never about pupils")
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), doc="since then they take no part")
    added_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    version: Mapped[int] = mapped_column(Integer)
    updated_at: Mapped[Moment]
