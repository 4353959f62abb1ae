"""Ids that a device makes before it has spoken with us."""

from datetime import datetime, timedelta
from uuid import UUID

from app.platform.errors import Invalid

_AHEAD = timedelta(hours=24)


def check_client_id(value: UUID, now: datetime, pointer: str) -> None:
    """Refuses a new id that is not a UUIDv7, or whose time lies more than a day ahead. Raises Invalid (422)."""
    if value.version != 7:
        raise Invalid("uuid_version", pointer)
    made_at_ms = value.int >> 80
    if made_at_ms > (now + _AHEAD).timestamp() * 1000:
        raise Invalid("clock_skew", pointer)
