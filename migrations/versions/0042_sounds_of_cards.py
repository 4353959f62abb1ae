"""What was said aloud on a card from home comes along: a file may belong to something that was brought from elsewhere.

Expand only: the version before goes on as it did. Such files come in by the worker's function alone, and are heard by
the pupil alone (`attachment_read` of 0002).
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

HERE = Path(__file__).parent
GIVE_FILES = {
    "0029_outside.py": ("outside_files(", "outside_file("),
    "0034_showcases.sql": ("showcase_shown_file(", "showcase_asked_file(", "showcase_file("),
}
"""Functions that return rows of the table: with `file.*` they hold the columns of the day they were made."""

POLICIES = """
create policy only_the_worker_brings on attachment as restrictive for insert to talent_app
with check (brought_id is null);
create policy what_was_brought_stays on attachment as restrictive for update to talent_app
using (brought_id is null) with check (brought_id is null);
create policy worker_finds on brought_record for select to talent_worker using (true);
grant select (id, pupil_id, part, source_id) on brought_record to talent_worker;
"""

BRING_FILES = """
-- Files of those entries, and what was said aloud on cards from home that came in as records, as if they had just been
-- sent: they are looked at as every upload is.
create or replace function bring_files(import uuid, brought jsonb, at_moment timestamptz) returns setof uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    pupil uuid := import_pupil(import);
begin
    if pupil is null then
        raise exception 'this import is over' using errcode = 'TA034';
    end if;
    return query
    insert into attachment (id, entry_id, brought_id, pupil_id, kind, media_type, name, alt, size, position, state,
                            object_key, captions, created_at, received_at)
    select one.id, entry.id, case when entry.id is null then record.id end, pupil, one.kind, one.media_type, one.name,
           one.alt, one.size, one.position, 'received', one.object_key, one.captions, at_moment, at_moment
    from jsonb_to_recordset(brought) one (
        id uuid, entry_id uuid, card text, kind text, media_type text, name text, alt text, size bigint,
        position smallint, object_key text, captions text)
    left join entry on entry.id = one.entry_id and entry.pupil_id = pupil
    left join brought_record record
      on record.pupil_id = pupil and record.part = 'homework' and record.source_id = one.card and one.kind = 'sound'
    where coalesce(entry.id, record.id) is not null
    on conflict do nothing
    returning attachment.id;
end $$;
"""


def upgrade() -> None:
    op.add_column("attachment", sa.Column("brought_id", sa.Uuid(), nullable=True))
    # Not valid: the rows of before are looked at after, beside running users; all of them have one place.
    op.execute(
        "alter table attachment add constraint fk_attachment_brought_id foreign key (brought_id)"
        " references brought_record (id) on delete cascade not valid"
    )
    op.execute(
        "alter table attachment drop constraint ck_attachment_place, add constraint ck_attachment_place"
        " check (num_nonnulls(entry_id, homework_id, brought_id) = 1) not valid"
    )
    _give_files("select file from")
    op.execute(POLICIES)
    op.execute(BRING_FILES)
    with op.get_context().autocommit_block():
        for name in ("fk_attachment_brought_id", "ck_attachment_place"):
            op.execute(f"alter table attachment validate constraint {name}")
        op.execute("drop index concurrently if exists ix_attachment_brought_id")
        op.execute(
            "create index concurrently ix_attachment_brought_id on attachment (brought_id) where brought_id is not null"
        )


def downgrade() -> None:
    op.execute(_function("0035_exports.sql", "bring_files(", "end $$;"))
    op.execute("delete from attachment where brought_id is not null")
    op.execute("revoke select (id, pupil_id, part, source_id) on brought_record from talent_worker")
    op.execute("drop policy worker_finds on brought_record")
    op.execute("drop policy only_the_worker_brings on attachment")
    op.execute("drop policy what_was_brought_stays on attachment")
    op.execute(
        "alter table attachment drop constraint ck_attachment_place, drop column brought_id, add constraint"
        " ck_attachment_place check ((entry_id is null) <> (homework_id is null))"
    )
    _give_files("select file.* from")


def _give_files(select: str) -> None:
    for file, names in GIVE_FILES.items():
        for name in names:
            op.execute(_function(file, name, "end;").replace("select file.* from", select))


def _function(file: str, name: str, ends: str) -> str:
    whole = (HERE / file).read_text("utf-8")
    begin = whole.index(f"create function {name}")
    found = whole[begin : whole.index(ends, begin) + len(ends)]
    return found.replace("create function", "create or replace function", 1)
