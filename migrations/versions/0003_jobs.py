"""The job queue: procrastinate's own tables, as its packaged migrations up to 3.4 make them.

The files are named here one by one, so that this revision makes the same tables whatever newer version of the
library is installed; a newer version's files get a revision of their own.
"""

from importlib.resources import files

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LAST = "03.04.00_50_post_add_retry_failed_job_procedure.sql"

GRANTS = """
grant insert, select on procrastinate_jobs to talent_app;
grant insert on procrastinate_events to talent_app;
grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq to talent_app;

grant select, insert, update, delete on procrastinate_jobs, procrastinate_events, procrastinate_workers,
    procrastinate_periodic_defers to talent_worker;
grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq, procrastinate_periodic_defers_id_seq,
    procrastinate_workers_id_seq to talent_worker;
"""


def upgrade() -> None:
    folder = files("procrastinate.sql") / "migrations"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql") and file.name <= LAST:
            # The driver itself: the files hold colons and percent signs that are not ours to read.
            op.get_bind().connection.driver_connection.execute(file.read_text("utf-8"))
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute(
        """do $$ declare name text; begin
        for name in select oid::regprocedure::text from pg_proc where proname like 'procrastinate\\_%' loop
            execute 'drop routine if exists ' || name || ' cascade';
        end loop;
        for name in select tablename from pg_tables where tablename like 'procrastinate\\_%' loop
            execute format('drop table %I cascade', name);
        end loop;
        for name in select typname from pg_type
            where typname like 'procrastinate\\_%' and typtype in ('e', 'c') and typrelid = 0
               or typname = 'procrastinate_job_to_defer_v1' loop
            execute format('drop type if exists %I cascade', name);
        end loop; end $$"""
    )
