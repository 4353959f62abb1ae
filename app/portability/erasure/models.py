"""Erasures, what stays of them, corrections that were asked, and until when somebody is kept (migration 0036)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person, School
from app.platform.orm import Base, Id, Moment


class ErasureState(StrEnum):
    """asked → taken_back; or, after its days: running (rows go) → clearing (objects go) → done."""

    ASKED = "asked"
    TAKEN_BACK = "taken_back"
    RUNNING = "running"
    CLEARING = "clearing"
    DONE = "done"


class AskedAs(StrEnum):
    """Who wanted it: the person, who has custody, the school on request; or a term that ended."""

    SELF = "self"
    GUARDIAN = "guardian"
    SCHOOL = "school"
    TERM = "term"


class Evidence(StrEnum):
    """What stays, without who it was."""

    CONSENT = "consent"
    DOSSIER = "dossier"


class CorrectionAbout(StrEnum):
    """What the school keeps, and only the school corrects."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    GROUP = "group"
    PLACEMENT = "placement"
    GUARDIAN = "guardian"
    OTHER = "other"


class CorrectionState(StrEnum):
    """asked → corrected, or not changed, with the reason why."""

    ASKED = "asked"
    CORRECTED = "corrected"
    NOT_CHANGED = "not_changed"


def _in(column: str, values: type[StrEnum]) -> str:
    return f"{column} in ({', '.join(repr(value.value) for value in values)})"


class Erasure(Base):
    """Somebody is to be forgotten. Ids only, and no keys to people: they go, and this stays for a while.

    Its own id is the number that the person is given; with it what stays as evidence can be found.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint(_in("asked_as", AskedAs), name="asked_as"),
        CheckConstraint(_in("state", ErasureState), name="state"),
        CheckConstraint("length(why) <= 500", name="why"),
        Index(
            "ix_erasure_under_way",
            "person_id",
            unique=True,
            postgresql_where=text("state in ('asked', 'running', 'clearing')"),
        ),
        Index(None, "school_id", "asked_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID | None] = mapped_column(doc="null once no backup can hold them any more")
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey(School.id), doc="whose admins read of it")
    asked_by: Mapped[UUID | None]
    asked_as: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, server_default="", doc="the school's reason, until it is done")
    asked_at: Mapped[Moment]
    due_on: Mapped[date] = mapped_column(doc="the first day on which it may begin; until then it can be taken back")
    state: Mapped[str] = mapped_column(Text, server_default="asked")
    taken_back_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    begun_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    who: Mapped[str | None] = mapped_column(Text, doc="pupil, guardian or staff, when it began")
    was_closed: Mapped[bool] = mapped_column(server_default="false", doc="the account was closed before it began")
    whole: Mapped[bool | None] = mapped_column(doc="the person goes as well; false: still at a school")
    rows_gone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ErasureEvidence(Base):
    """What has to be shown later, with nothing in it that says who it was."""

    __tablename__ = "erasure_evidence"
    __table_args__ = (CheckConstraint(_in("what", Evidence), name="what"),)

    id: Mapped[Id]
    erasure_id: Mapped[UUID] = mapped_column(ForeignKey(Erasure.id, ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    keep_until: Mapped[date]


class ErasureObject(Base):
    """An object of the store that is to go; the row goes when nothing can bring the object back."""

    __tablename__ = "erasure_object"

    erasure_id: Mapped[UUID] = mapped_column(ForeignKey(Erasure.id, ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    upload_id: Mapped[str | None] = mapped_column(Text)


class Correction(Base):
    """Something that the school keeps is not right: asked of the school, and answered."""

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint(_in("about", CorrectionAbout), name="about"),
        CheckConstraint(_in("state", CorrectionState), name="state"),
        CheckConstraint("length(said) between 1 and 500 and length(answer) <= 500", name="text"),
        CheckConstraint(
            "(state = 'asked') = (answered_at is null) and (state <> 'not_changed' or answer <> '')", name="answer"
        ),
        Index(None, "school_id", "asked_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey(School.id))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    about: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[Moment]
    state: Mapped[str] = mapped_column(Text, server_default="asked")
    answer: Mapped[str] = mapped_column(Text, server_default="")
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Keeping(Base):
    """Until when is kept what there is of somebody who left; written by the night, read by the person."""

    __tablename__ = "keeping"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    goes_on: Mapped[date]
    kept_until: Mapped[date | None] = mapped_column(doc="the person asked for a year more")
    told_on: Mapped[date | None]
    told_again_on: Mapped[date | None]
