"""Runs migrations as the database's owner, each in its own transaction, never waiting long for a lock.

One process at a time: two servers that start with a new version do not meet.
"""

from alembic import context
from sqlalchemy import NullPool, create_engine, text

import app.access.administration.models
import app.access.cards.models
import app.access.factors.models
import app.access.models
import app.access.school_accounts.models
import app.guidance.activities.models
import app.guidance.calendar.models
import app.guidance.care.models
import app.guidance.chances.models
import app.guidance.choices.models
import app.guidance.conversations.models
import app.guidance.dossiers.models
import app.guidance.family.models
import app.guidance.homework.models
import app.guidance.notices.models
import app.guidance.organisations.models
import app.guidance.outside.models
import app.guidance.picture.models
import app.guidance.questions.models
import app.guidance.steps.models
import app.guidance.weekly_mail.models
import app.insight.models
import app.media.models
import app.people.models
import app.portability.erasure.models
import app.portability.exports.models
import app.portability.imports.models
import app.portability.showcases.models
import app.portability.transfers.models
import app.portfolio.models  # noqa: F401
from app.platform.db import MigrationRuns
from app.platform.orm import Base
from app.platform.settings import Settings

_LOCK = 7_305_808_870


def _url() -> str:
    url = context.config.attributes.get("url") or Settings().database_owner_url
    if not url:
        raise SystemExit("Set TALENT_DATABASE_OWNER_URL, or use `talentportfolio migrate`.")
    return str(url)


def _run_online() -> None:
    engine = create_engine(_url(), poolclass=NullPool)  # its lock goes with the connection, also where it fails
    with engine.connect() as connection:
        connection.execute(text(f"set lock_timeout = '{context.config.attributes.get('lock_s', 3)}s'"))
        # Asked, not waited for: who waits here would keep `create index concurrently` of the other from its end.
        if not connection.scalar(text(f"select pg_try_advisory_lock({_LOCK})")):
            raise MigrationRuns("another process migrates this database")
        connection.commit()
        context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()


def _run_offline() -> None:
    context.configure(dialect_name="postgresql", target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _run_offline()
else:
    _run_online()
