"""Exports as they are shown."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from app.platform.http import Model
from app.portability.exports.models import ExportState


class ExportOut(Model):
    """One export: how far it is, or what is in it and until when it can be fetched."""

    id: UUID
    state: ExportState
    asked_at: datetime
    done: int = Field(description="stories and files that are in it")
    total: int = Field(description="of how many; 0 while that is not known yet")
    size: int | None = Field(description="bytes, once it is ready")
    stories: int | None
    files: int | None
    missing: int | None = Field(description="files that were not ready when it was made")
    ready_at: datetime | None
    expires_at: datetime | None
    fetched_at: datetime | None = Field(description="when it was fetched last, by whoever was signed in as the pupil")


class ExportList(Model):
    """The newest first."""

    items: list[ExportOut]
