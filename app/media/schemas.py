"""Files as they are announced, sent, shown and described."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.media.models import AttachmentState, MediaKind
from app.platform.http import STORABLE, Model


class AttachmentOut(Model):
    id: UUID
    kind: MediaKind
    name: str
    media_type: str
    size: int
    alt: str
    state: AttachmentState
    refusal: str | None
    caution: str | None = Field(description="kept, but tell people before they fetch it: 'pdf_script' and so on")
    has_thumbnail: bool
    placeholder: str | None = Field(description="data: URI of a tiny picture, until the thumbnail is there")
    width: int | None
    height: int | None
    duration_ms: int | None
    peaks: list[int] | None = Field(description="waveform of a sound: 64 values, 0 to 100")
    has_captions: bool


class UploadStart(Model):
    """Announces a file before its bytes go to the store."""

    id: UUID
    name: Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=300)]
    media_type: Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=100)]
    size: Annotated[int, Field(gt=0, le=1_000_000_000_000, description="bytes; the limit depends on the kind")]


class UploadPart(Model):
    number: int
    url: str = Field(description="presigned PUT, for exactly the bytes of this part")


class UploadedPart(Model):
    number: Annotated[int, Field(ge=1, le=10_000)]
    etag: Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=200)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="of this part, as the device counted it"
    )


class UploadPlan(Model):
    """How to send the file: parts of `part_size` bytes, the last one shorter; `uploaded` is there already."""

    id: UUID
    state: AttachmentState
    part_size: int
    uploaded: list[UploadedPart]
    parts: list[UploadPart] = Field(description="still to send")


class UploadFinish(Model):
    parts: Annotated[list[UploadedPart], Field(min_length=1, max_length=10_000)]


class AttachmentChange(Model):
    alt: Annotated[str, STORABLE, StringConstraints(max_length=200)]


class Captions(Model):
    """What is said in a film, as WebVTT; empty takes it away."""

    vtt: Annotated[str, STORABLE, StringConstraints(max_length=200_000)]
