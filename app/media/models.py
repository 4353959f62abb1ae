"""Attachments: the row is the truth, the object in S3 follows."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.people.models import Person
from app.platform.orm import Base, CreatedAt, Id


class MediaKind(StrEnum):
    """What an attachment is to people."""

    PHOTO = "photo"
    FILM = "film"
    SOUND = "sound"
    DOCUMENT = "document"


class AttachmentState(StrEnum):
    """uploading → received (all bytes are there) → ready (looked at), or refused (with a reason)."""

    UPLOADING = "uploading"
    RECEIVED = "received"
    READY = "ready"
    REFUSED = "refused"


class Attachment(Base):
    """A file of an entry. Object keys are random ids; the name given by the user is for showing only."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(f"kind in ({', '.join(repr(k.value) for k in MediaKind)})", name="kind"),
        CheckConstraint(f"state in ({', '.join(repr(s.value) for s in AttachmentState)})", name="state"),
        CheckConstraint("size > 0", name="size"),
        Index(None, "entry_id", "position"),
        Index(None, "pupil_id"),
    )

    id: Mapped[Id]
    # Entry lives on the floor above; the key is declared in the migration.
    entry_id: Mapped[UUID]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    alt: Mapped[str] = mapped_column(Text, server_default="", doc="what can be seen or heard, in the pupil's words")
    size: Mapped[int] = mapped_column(BigInteger, doc="bytes, as declared and checked on completion")
    position: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    state: Mapped[str] = mapped_column(Text, server_default="uploading")
    refusal: Mapped[str | None] = mapped_column(Text, doc="code of the reason when refused")
    upload_id: Mapped[str | None] = mapped_column(Text, doc="of the multipart upload while it runs")
    object_key: Mapped[str] = mapped_column(Text, unique=True)
    display_key: Mapped[str | None] = mapped_column(Text, doc="upright photo of at most 2048 px without metadata")
    thumbnail_key: Mapped[str | None] = mapped_column(Text, doc="at most 640 px")
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[CreatedAt]
    received_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
