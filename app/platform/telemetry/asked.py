"""Figures that are asked from the database when somebody looks."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure out of the database: its name, what it says, its labels, and a statement.

    The statement's rows are the labels and then the value. It is not asked anew within `fresh_s`.
    """

    name: str
    says: str
    labels: Sequence[str]
    sql: str
    fresh_s: float = 15


ASKED: list[Asked] = [
    Asked(
        "talent_jobs",
        "Jobs in the queue; todo: may begin now, later: waits for its time, failed: was given up",
        ("task", "state"),
        "select task_name, case when status = 'todo' and scheduled_at > now() then 'later' else status::text end,"
        " count(*) from procrastinate_jobs where status in ('todo', 'doing', 'failed') group by 1, 2",
    ),
    Asked(
        "talent_job_oldest_seconds",
        "How long the oldest job that may begin now has waited, by queue",
        ("queue",),
        "select queue_name, extract(epoch from now() - min(greatest(at, scheduled_at)))::float8"
        " from procrastinate_jobs job join procrastinate_events on job_id = job.id and type in"
        " ('deferred', 'deferred_for_retry') where status = 'todo' and (scheduled_at is null or scheduled_at <= now())"
        " group by 1",
    ),
    Asked(
        "talent_mails_waiting",
        "Mails in the queue, those that wait to be tried again among them",
        (),
        "select count(*) from procrastinate_jobs where status in ('todo', 'doing') and task_name like '%mail%'"
        " and task_name not like 'plan%'",
    ),
    Asked(
        "talent_worker_heartbeat_seconds",
        "How long ago a worker was last heard of",
        (),
        "select extract(epoch from now() - max(last_heartbeat))::float8 from procrastinate_workers having count(*) > 0",
    ),
    Asked("talent_database_bytes", "Size of the database", (), "select pg_database_size(current_database())"),
    Asked(
        "talent_database_connections",
        "Connections to this database, by role",
        ("role",),
        "select usename, count(*) from pg_stat_activity where datname = current_database() and usename is not null"
        " group by 1",
    ),
]
"""What a worker tells of the whole installation; floors above add theirs."""
