"""Ids as a device makes them."""

from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from tests.world import World


def id_at(moment: datetime) -> UUID:
    """A UUIDv7 made at that moment."""
    return uuid7(nanoseconds=int(moment.timestamp()) * 1_000_000_000)


def new_id(world: World, ahead: timedelta = timedelta(0)) -> UUID:
    """A UUIDv7 by the world's clock, of a device whose clock runs so far ahead."""
    return id_at(world.clock.now() + ahead)
