"""A roster brought in over a connection of its own, in the worker's role."""

from collections.abc import Callable, Sequence
from datetime import date

from app.people.rosters.bring_in import Outcome, Progress, bring_in, only_schools
from app.people.rosters.roster import Roster


def bring_in_as_worker(
    database_url: str,
    roster: Roster,
    today: date,
    *,
    keep: Callable[[Outcome], bool],
    schools: Sequence[str] | None = None,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Brings the roster in and keeps it, or not: then it is a preview. Blocks for up to a minute.

    `database_url` is that of the worker's role. `keep` looks at what it did: since a preview was shown, much may
    have changed.

    `schools`: only these (BRIN and site), which must be there already; without, schools are added.
    Raises RosterRefused, psycopg.Error.
    """
    import psycopg
    from sqlalchemy import make_url

    if schools is not None:
        roster = only_schools(roster, schools)
    url = make_url(database_url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        outcome = bring_in(connection, roster, today, may_add_schools=schools is None, progress=progress)
        connection.commit() if keep(outcome) else connection.rollback()
    return outcome
