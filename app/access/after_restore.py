"""Sessions of a backup are over: one that was ended since would be open again."""

import psycopg
from sqlalchemy import make_url

from app.platform.backup.shelf import Run
from app.platform.settings import Settings


def end_sessions(settings: Settings, run: Run) -> None:
    """Signs everybody out, as the owner of the database."""
    assert settings.database_owner_url
    url = make_url(settings.database_owner_url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        connection.execute("delete from session")
