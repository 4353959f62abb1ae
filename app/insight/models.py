"""What was set on a day: the publication, and its figures in tens. Nothing here is about a person."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Integer, SmallInteger, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import School, SchoolYear
from app.platform.orm import Base, Id, Moment


class Family(StrEnum):
    """What is counted: pupils at school and those who shared something, by field of work, by form."""

    ALL = "all"
    FIELD = "field"
    FORM = "form"


class Publication(Base):
    """The figures of a school year up to a day. Made once, and never changed."""

    __tablename__ = "insight_publication"
    __table_args__ = (
        CheckConstraint("quarter between 1 and 4", name="quarter"),
        UniqueConstraint("school_year", "quarter"),
        UniqueConstraint("set_on"),
    )

    id: Mapped[Id]
    school_year: Mapped[int] = mapped_column(ForeignKey(SchoolYear.start_year))
    quarter: Mapped[int] = mapped_column(SmallInteger)
    set_on: Mapped[date] = mapped_column(doc="counted is what was shared before this day")
    made_at: Mapped[Moment]
    fictional: Mapped[bool] = mapped_column(server_default="false", doc="the city of these figures does not exist")


class PublishedFigure(Base):
    """At least so many pupils, and at least so often; of a school, or of the city (no school)."""

    __tablename__ = "insight_figure"
    __table_args__ = (
        CheckConstraint("level in ('po', 'vmbo', 'havo', 'vwo', 'mbo')", name="level"),
        CheckConstraint("family in ('all', 'field', 'form')", name="family"),
        CheckConstraint("pupils >= 0 and pupils % 10 = 0", name="pupils_in_tens"),
        CheckConstraint("times is null or (pupils >= 10 and times >= 0 and times % 10 = 0)", name="times_in_tens"),
        UniqueConstraint("publication_id", "school_id", "level", "family", "code", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[Id]
    publication_id: Mapped[UUID] = mapped_column(ForeignKey(Publication.id))
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey(School.id))
    level: Mapped[str] = mapped_column(Text)
    family: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text, doc="'placed' or 'shared', a field of work, or a form")
    pupils: Mapped[int] = mapped_column(Integer)
    times: Mapped[int | None] = mapped_column(Integer)
