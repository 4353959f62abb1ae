"""What a pupil does not want to be pointed to."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base


class FieldChoice(Base):
    """ "Niet voor mij": the pupil's own, for nobody else to read or to count. Taking it back removes the row."""

    __tablename__ = "field_choice"

    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True, doc="code of a work field")
    not_for_me_on: Mapped[date]
