"""A calendar address: whoever knows its secret reads what comes for one person."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Moment


class CalendarFeed(Base):
    """A person's one address. Only the SHA-256 of its secret is kept; a new one takes the place of the old."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_at: Mapped[Moment]
