"""What tests of guidance share."""

from collections.abc import Iterator

import pytest

from tests.guidance.coach import Inbox
from tests.mail_server import mail_server
from tests.world import World


@pytest.fixture
def inbox(world: World) -> Iterator[Inbox]:
    made = Inbox()
    with mail_server(world, made):
        yield made
