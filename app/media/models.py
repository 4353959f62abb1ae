"""Attachments: the row is the truth, the object in S3 follows."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, ForeignKey, Index, SmallInteger, Text
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
    """uploading → received (all bytes are there) → ready (inspected, fit to show), or refused (with a reason).

    Others than the pupil know of a file once it is ready.
    """

    UPLOADING = "uploading"
    RECEIVED = "received"
    READY = "ready"
    REFUSED = "refused"


class Attachment(Base):
    """A file of an entry, or a spoken answer of a card from home: one here, or one that was brought from elsewhere.

    Object keys are random ids; the name given by the user is for showing only.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(f"kind in ({', '.join(repr(k.value) for k in MediaKind)})", name="kind"),
        CheckConstraint(f"state in ({', '.join(repr(s.value) for s in AttachmentState)})", name="state"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("num_nonnulls(entry_id, homework_id, brought_id) = 1", name="place"),
        CheckConstraint("(homework_id is null) = (sent_by is null)", name="sent_by"),
        Index(None, "entry_id", "position"),
        Index(None, "pupil_id"),
        Index(None, "homework_id", postgresql_where="homework_id is not null"),
        Index(None, "brought_id", postgresql_where="brought_id is not null"),
    )

    id: Mapped[Id]
    # They live on floors above; the keys are declared in the migrations.
    entry_id: Mapped[UUID | None]
    homework_id: Mapped[UUID | None]
    brought_id: Mapped[UUID | None]
    sent_by: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id), doc="who spoke, on a card from home: not always the pupil"
    )
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    alt: Mapped[str] = mapped_column(Text, server_default="", doc="what can be seen or heard, in the pupil's words")
    size: Mapped[int] = mapped_column(BigInteger, doc="bytes, as declared and checked on completion")
    position: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    state: Mapped[str] = mapped_column(Text, server_default="uploading")
    refusal: Mapped[str | None] = mapped_column(Text, doc="code of the reason when refused")
    upload_id: Mapped[str | None] = mapped_column(
        Text, doc="of the multipart upload while it runs; a file of one part has none"
    )
    object_key: Mapped[str] = mapped_column(Text, unique=True)
    sha256s: Mapped[list[str] | None] = mapped_column(ARRAY(Text), doc="hex, of each part as the device counted them")
    file_key: Mapped[str | None] = mapped_column(Text, doc="the whole file as it is kept and served, once ready")
    file_type: Mapped[str | None] = mapped_column(Text)
    file_size: Mapped[int | None] = mapped_column(BigInteger, doc="bytes")
    file_sha256: Mapped[str | None] = mapped_column(Text, doc="hex")
    thumbnail_key: Mapped[str | None] = mapped_column(Text, doc="begin of the keys of all its thumbnails")
    placeholder: Mapped[str | None] = mapped_column(Text, doc="data: URI of a tiny picture")
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_ms: Mapped[int | None]
    peaks: Mapped[list[int] | None] = mapped_column(ARRAY(SmallInteger), doc="waveform of a sound: 64 values, 0 to 100")
    caution: Mapped[str | None] = mapped_column(Text, doc="code of what people are told before they fetch it")
    captions: Mapped[str | None] = mapped_column(Text, doc="WebVTT")
    scanned_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), doc="passed the virus scan; null: there was none"
    )
    created_at: Mapped[CreatedAt]
    received_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class KeptFile(Base):
    """A file that something keeps as it was, also after it left its entry: its objects stay as long as this row.

    `keeper_id` says what keeps it (a dossier that was handed in). Sweeps and removals ask here before they delete.
    """

    __tablename__ = "kept_file"
    __table_args__ = (Index(None, "object_key"),)

    keeper_id: Mapped[UUID] = mapped_column(primary_key=True)
    attachment_id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID]
    pupil_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    object_key: Mapped[str] = mapped_column(Text)
    file_key: Mapped[str] = mapped_column(Text)
    file_type: Mapped[str] = mapped_column(Text)
    file_size: Mapped[int | None] = mapped_column(BigInteger, doc="bytes")
    file_sha256: Mapped[str | None] = mapped_column(Text, doc="hex")
    thumbnail_key: Mapped[str | None] = mapped_column(Text)
