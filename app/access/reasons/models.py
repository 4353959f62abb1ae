"""A reason to look."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment


class Why(StrEnum):
    """What a dean looks for; `OTHER` says it in own words."""

    CONVERSATION = "conversation"
    ASKED = "asked"
    MENTOR = "mentor"
    DOSSIER = "dossier"
    MOVE = "move"
    OTHER = "other"


class LookReason(Base):
    """Why this viewer opens this pupil's portfolio, good from the day it is given up to and including `last_day`."""

    __tablename__ = "look_reason"
    __table_args__ = (
        CheckConstraint(f"why in ({', '.join(repr(why.value) for why in Why)})", name="why"),
        Index(None, "viewer_id", "pupil_id", "last_day"),
        Index(None, "pupil_id"),
    )

    id: Mapped[Id]
    viewer_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    why: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, server_default="", doc="in own words; the pupil reads it")
    given_at: Mapped[Moment]
    given_on: Mapped[date]
    last_day: Mapped[date]
