"""Minutes, or days of them, pass for somebody at a running demo: python -m tests.later USERNAME MINUTES."""

import sys
from datetime import timedelta

import psycopg
from sqlalchemy import make_url

from app.platform.embedded import embedded_engines
from app.platform.settings import Settings

PASS = """
with somebody as (select person_id as id from account where username = %(name)s),
reasons as (
    update look_reason set given_on = given_on - %(days)s, last_day = last_day - %(days)s
    from somebody where viewer_id = somebody.id)
update session set created_at = created_at - %(time)s, proved_at = proved_at - %(time)s
from somebody where person_id = somebody.id
"""


def let_pass(username: str, minutes: int) -> None:
    """As if this person had signed in, gave a second factor, and said why they look, so much earlier."""
    with embedded_engines(Settings()) as running:
        owner = make_url(running.database_owner_url or "").set(drivername="postgresql")
        with psycopg.connect(owner.render_as_string(hide_password=False)) as connection:
            time = timedelta(minutes=minutes)
            connection.execute(PASS, {"time": time, "days": time.days, "name": username})


if __name__ == "__main__":
    let_pass(sys.argv[1], int(sys.argv[2]))
