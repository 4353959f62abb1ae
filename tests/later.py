"""Some minutes pass for who is signed in at a running demo: python -m tests.later USERNAME MINUTES."""

import sys
from datetime import timedelta

import psycopg
from sqlalchemy import make_url

from app.platform.embedded import embedded_engines
from app.platform.settings import Settings

PASS = """
update session set created_at = created_at - %(time)s, proved_at = proved_at - %(time)s
where person_id = (select person_id from account where username = %(name)s)
"""


def let_pass(username: str, minutes: int) -> None:
    """As if this person had signed in, and gave a second factor, so many minutes earlier."""
    with embedded_engines(Settings()) as running:
        owner = make_url(running.database_owner_url or "").set(drivername="postgresql")
        with psycopg.connect(owner.render_as_string(hide_password=False)) as connection:
            connection.execute(PASS, {"time": timedelta(minutes=minutes), "name": username})


if __name__ == "__main__":
    let_pass(sys.argv[1], int(sys.argv[2]))
