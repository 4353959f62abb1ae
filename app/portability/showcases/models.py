"""Pages of an etalage, the links that show one, who agreed, how often they were opened, and the two papers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, Id, Moment


class PaperKind(StrEnum):
    """What is made of a page on paper."""

    CV = "cv"
    PLUS = "plus"


class PaperState(StrEnum):
    """asked → ready, or failed: the pupil asks again."""

    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"


class ShareEnd(StrEnum):
    """Why a link ended before its last day."""

    REVOKED = "revoked"
    REFUSED = "refused"


class ShowcasePage(Base):
    """A page of a pupil's etalage. `content` is schemas.PageContent, `version` its ETag.

    Ids of stories and files in it are wishes: what is shown is worked out each time (`showcase_shown`).
    """

    __tablename__ = "showcase_page"

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    removed_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), doc="thrown away; gone after thirty days"
    )


class ShowcaseShare(Base):
    """A link to one page, for some days. Of its secret and its code only hashes are kept (codes.py).

    The app's role does not read the hashes and `agreed_content`: who holds the secret asks functions (migration 0034).
    """

    __tablename__ = "showcase_share"
    __table_args__ = (
        CheckConstraint("length(who) <= 80", name="who"),
        CheckConstraint("ends_on >= starts_on and ends_on <= starts_on + 366", name="days"),
        CheckConstraint("has_code = (code_hash is not null)", name="code"),
        CheckConstraint("end_reason in ('revoked', 'refused')", name="end_reason"),
        CheckConstraint("(ended_at is null) = (end_reason is null)", name="ended"),
    )

    id: Mapped[Id]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    page_id: Mapped[UUID] = mapped_column(ForeignKey(ShowcasePage.id, ondelete="CASCADE"), index=True)
    who: Mapped[str] = mapped_column(Text, doc="for whom it is, for the pupil alone")
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(doc="the last day")
    made_at: Mapped[Moment]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True, deferred=True, doc="SHA-256")
    has_code: Mapped[bool] = mapped_column(Boolean)
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, doc="argon2id, with the pepper")
    misses: Mapped[int] = mapped_column(SmallInteger, server_default="0", doc="wrong codes, ever")
    agreed_content: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, deferred=True, doc="under 16: the page as a parent agreed to it, which is what a visitor sees"
    )
    agreed_version: Mapped[int | None] = mapped_column(Integer)
    agreed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    end_reason: Mapped[str | None] = mapped_column(Text)


class ShowcaseConsent(Base):
    """What one parent said about one link, and to which version of the page. Written by `answer_showcase` alone."""

    __tablename__ = "showcase_consent"
    __table_args__ = (CheckConstraint("answer in ('yes', 'no')", name="answer"),)

    share_id: Mapped[UUID] = mapped_column(ForeignKey(ShowcaseShare.id, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(SmallInteger, doc="of the text that was shown")
    page_version: Mapped[int] = mapped_column(Integer)
    answered_at: Mapped[Moment]


class ShowcaseVisit(Base):
    """A browser that opened a link, for an hour. Says nothing of who that is; the app's role reads none."""

    __tablename__ = "showcase_visit"

    id: Mapped[Id]
    share_id: Mapped[UUID] = mapped_column(ForeignKey(ShowcaseShare.id, ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, doc="SHA-256 of the cookie's value")
    expires_at: Mapped[Moment]


class ShowcaseCount(Base):
    """How often a link was opened on a day."""

    __tablename__ = "showcase_count"

    share_id: Mapped[UUID] = mapped_column(ForeignKey(ShowcaseShare.id, ondelete="CASCADE"), primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(Integer)


class ShowcaseDocument(Base):
    """The lines of a CV or a plusdocument, as the pupil has them. `content` is schemas.PaperContent."""

    __tablename__ = "showcase_document"
    __table_args__ = (CheckConstraint("kind in ('cv', 'plus')", name="kind"),)

    page_id: Mapped[UUID] = mapped_column(ForeignKey(ShowcasePage.id, ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(Integer)
    updated_at: Mapped[Moment]


class ShowcasePdf(Base):
    """The PDF of a document, made when it is asked for."""

    __tablename__ = "showcase_pdf"
    __table_args__ = (
        CheckConstraint("state in ('asked', 'ready', 'failed')", name="state"),
        ForeignKeyConstraint(
            ["page_id", "kind"], ["showcase_document.page_id", "showcase_document.kind"], ondelete="CASCADE"
        ),
    )

    page_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[Moment]
    of_version: Mapped[int] = mapped_column(Integer, doc="of the document")
    object_key: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int | None] = mapped_column(BigInteger, doc="bytes")
    made_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
