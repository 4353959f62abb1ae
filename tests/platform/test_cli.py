"""The command line: what keeps it from starting is said in one line, with status 1."""

import os
import socket
import subprocess
import sys

import pytest

NOBODY_LISTENS = "postgresql+psycopg://talent_app:x@127.0.0.1:1/talentportfolio"
ELSEWHERE = {
    "TALENT_DATABASE_URL": NOBODY_LISTENS,
    "TALENT_S3_ENDPOINT_URL": "http://127.0.0.1:1",
    "TALENT_PORT": "0",
}


@pytest.mark.parametrize(
    ("command", "settings", "said"),
    [
        ("serve", ELSEWHERE, "Connection refused"),
        ("worker", ELSEWHERE | {"TALENT_DATABASE_WORKER_URL": NOBODY_LISTENS}, "Connection refused"),
        ("migrate", ELSEWHERE, "set TALENT_DATABASE_OWNER_URL as well"),
        ("serve", {"TALENT_PORT": "eight thousand"}, "TALENT_PORT: "),
        ("worker", {"TALENT_VAR_DIR": "/dev/null"}, "cannot use /dev/null/engines: Not a directory"),
    ],
)
def test_what_keeps_a_command_from_starting_is_said_in_one_line(
    command: str, settings: dict[str, str], said: str
) -> None:
    assert said in _refusal(command, settings)


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"127.0.0.1:{port} cannot be used" in _refusal("serve", {"TALENT_PORT": str(port)})


def _refusal(command: str, settings: dict[str, str]) -> str:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", command],
        env=outside | settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("talentportfolio: ")
    assert done.stderr.count("\n") == 1
    return done.stderr
