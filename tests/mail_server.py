"""A real mail server beside the tests."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from pydantic import SecretStr

from tests.world import World


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def mail_server(world: World, inbox: Any) -> Iterator[None]:
    """A mail server that the app and the worker know; what comes in goes to `inbox`, as aiosmtpd's handlers do."""
    server = Controller(inbox, hostname="127.0.0.1", port=free_port())
    server.start()
    mailing = {"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}"), "mail_from": "Talent <noreply@example.nl>"}
    world.app.state.settings = world.settings.model_copy(update=mailing)
    yield
    world.app.state.settings = world.settings
    server.stop()
