"""The etalage: pages of a pupil, links that show one, a parent's yes under 16, a CV and a plusdocument.

Who holds a link is nobody here: functions that ask for the secret give back the one page behind it, worked out anew
each time. The app's role reads no secret and no code, writes no yes of a parent, and counts no visit by hand. Ids in a
page are wishes: of a story that is not the pupil's own, or not shared any more, nothing is shown.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text("utf-8")

TO_APP = (
    "showcase_allowed(uuid, date)",
    "showcase_preview(uuid, date)",
    "showcase_decides(uuid)",
    "showcase_asked(uuid)",
    "showcase_asked_file(uuid, uuid)",
    "answer_showcase(uuid, integer, integer, text, timestamptz)",
    "open_showcase(bytea, bytea, uuid, bytea, timestamptz, date)",
    "read_showcase(uuid, bytea, timestamptz, date)",
    "showcase_file(uuid, bytea, uuid, timestamptz, date)",
)
TO_WORKER = ("showcase_paper(uuid, text, date)",)
INNER = (
    "showcase_visited(uuid, bytea, timestamptz, date)",
    "showcase_opens(uuid, date)",
    "showcase_shown_file(uuid, jsonb, uuid)",
    "showcase_shown(uuid, jsonb, date)",
    "showcase_stories(uuid, jsonb)",
    "showcase_words(uuid, jsonb)",
    "showcase_said(uuid)",
)
"""Of a function the ones that call it come first: so they are dropped."""

TABLES = (
    "showcase_page",
    "showcase_share",
    "showcase_consent",
    "showcase_visit",
    "showcase_count",
    "showcase_document",
    "showcase_pdf",
)

POLICIES = """
create policy own on showcase_page for select to talent_app using (pupil_id = (select viewer_id()));
create policy compose on showcase_page for insert to talent_app with check (
    pupil_id = (select viewer_id()) and removed_at is null and version = 1
    and exists (select from placement where placement.pupil_id = (select viewer_id())));
create policy change on showcase_page for update to talent_app
using (pupil_id = (select viewer_id())) with check (pupil_id = (select viewer_id()));

create policy own on showcase_share for select to talent_app using (pupil_id = (select viewer_id()));
create policy asked_along on showcase_share for select to talent_app using (showcase_decides(id));
create policy share on showcase_share for insert to talent_app with check (
    pupil_id = (select viewer_id()) and ended_at is null
    and starts_on >= (select app_today()) and ends_on <= (select app_today()) + 366
    and exists (select from person where person.id = (select viewer_id())
                and years_old(person.birth_date, (select app_today())) >= 12)
    and exists (select from showcase_page page where page.id = page_id and page.pupil_id = (select viewer_id())
                and page.removed_at is null));
create policy revoke on showcase_share for update to talent_app
using (pupil_id = (select viewer_id()) and ended_at is null)
with check (pupil_id = (select viewer_id()) and ended_at is not null and end_reason = 'revoked');

create policy said on showcase_consent for select to talent_app using (
    person_id = (select viewer_id())
    or exists (select from showcase_share share where share.id = share_id and share.pupil_id = (select viewer_id())));
create policy own on showcase_count for select to talent_app using (
    exists (select from showcase_share share where share.id = share_id and share.pupil_id = (select viewer_id())));

create policy own on showcase_document for select to talent_app using (
    exists (select from showcase_page page where page.id = page_id));
create policy write on showcase_document for insert to talent_app with check (
    version = 1 and exists (select from showcase_page page where page.id = page_id));
create policy write_again on showcase_document for update to talent_app
using (exists (select from showcase_page page where page.id = page_id)) with check (true);
create policy own on showcase_pdf for select to talent_app using (
    exists (select from showcase_page page where page.id = page_id));
create policy ask on showcase_pdf for insert to talent_app with check (
    state = 'asked' and object_key is null and exists (select from showcase_page page where page.id = page_id));
create policy ask_again on showcase_pdf for update to talent_app
using (exists (select from showcase_page page where page.id = page_id)) with check (state = 'asked');

create policy worker_all on showcase_page for all to talent_worker using (true) with check (true);
create policy worker_all on showcase_share for select to talent_worker using (true);
create policy worker_all on showcase_visit for all to talent_worker using (true) with check (true);
create policy worker_all on showcase_pdf for all to talent_worker using (true) with check (true);

grant select, insert (id, pupil_id, content, version, made_at, updated_at),
    update (content, version, updated_at, removed_at) on showcase_page to talent_app;
grant select (id, pupil_id, page_id, who, starts_on, ends_on, made_at, has_code, misses, agreed_version, agreed_at,
              ended_at, end_reason),
    insert (id, pupil_id, page_id, who, starts_on, ends_on, made_at, token_hash, has_code, code_hash),
    update (ended_at, end_reason) on showcase_share to talent_app;
grant select on showcase_consent, showcase_count to talent_app;
grant select, insert, update (content, version, updated_at) on showcase_document to talent_app;
grant select, insert (page_id, kind, state, asked_at, of_version), update (state, asked_at, of_version)
    on showcase_pdf to talent_app;
grant select (id, removed_at), delete on showcase_page to talent_worker;
grant select (id, expires_at), delete on showcase_visit to talent_worker;
grant select, update (state, object_key, size, made_at) on showcase_pdf to talent_worker;
"""


def upgrade() -> None:
    _tables()
    op.execute(FUNCTIONS)
    op.execute(f"revoke execute on function {', '.join((*TO_APP, *TO_WORKER, *INNER))} from public")
    op.execute(f"revoke execute on function {', '.join((*TO_WORKER, *INNER))} from talent_app")
    op.execute(f"grant execute on function {', '.join(TO_APP)} to talent_app")
    op.execute(f"grant execute on function {', '.join(TO_WORKER)} to talent_worker")
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
    op.execute(POLICIES)


def downgrade() -> None:
    op.execute("drop policy asked_along on showcase_share")
    for function in (*TO_WORKER, *reversed(TO_APP[1:]), *INNER, TO_APP[0]):
        op.execute(f"drop function {function}")
    for table in reversed(TABLES):
        op.drop_table(table)


def _moment(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of(table: str, column: str, of: str, cascade: bool = False) -> sa.ForeignKeyConstraint:
    rule = {"ondelete": "CASCADE"} if cascade else {}
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"), **rule)


def _tables() -> None:
    op.create_table(
        "showcase_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("made_at", nullable=False),
        _moment("updated_at", nullable=False),
        _moment("removed_at"),
        _of("showcase_page", "pupil_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_page")),
    )
    op.create_index(op.f("ix_showcase_page_pupil_id"), "showcase_page", ["pupil_id"])
    op.create_table(
        "showcase_share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        _moment("made_at", nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("has_code", sa.Boolean(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("misses", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("agreed_content", JSONB(), nullable=True),
        sa.Column("agreed_version", sa.Integer(), nullable=True),
        _moment("agreed_at"),
        _moment("ended_at"),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("length(who) <= 80", name=op.f("ck_showcase_share_who")),
        sa.CheckConstraint("ends_on >= starts_on and ends_on <= starts_on + 366", name=op.f("ck_showcase_share_days")),
        sa.CheckConstraint("has_code = (code_hash is not null)", name=op.f("ck_showcase_share_code")),
        sa.CheckConstraint("end_reason in ('revoked', 'refused')", name=op.f("ck_showcase_share_end_reason")),
        sa.CheckConstraint("(ended_at is null) = (end_reason is null)", name=op.f("ck_showcase_share_ended")),
        _of("showcase_share", "pupil_id", "person"),
        _of("showcase_share", "page_id", "showcase_page", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_share")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_showcase_share_token_hash")),
    )
    op.create_index(op.f("ix_showcase_share_pupil_id"), "showcase_share", ["pupil_id"])
    op.create_index(op.f("ix_showcase_share_page_id"), "showcase_share", ["page_id"])
    op.create_table(
        "showcase_consent",
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("page_version", sa.Integer(), nullable=False),
        _moment("answered_at", nullable=False),
        sa.CheckConstraint("answer in ('yes', 'no')", name=op.f("ck_showcase_consent_answer")),
        _of("showcase_consent", "share_id", "showcase_share", cascade=True),
        _of("showcase_consent", "person_id", "person"),
        sa.PrimaryKeyConstraint("share_id", "person_id", name=op.f("pk_showcase_consent")),
    )
    op.create_table(
        "showcase_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        _moment("expires_at", nullable=False),
        _of("showcase_visit", "share_id", "showcase_share", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_visit")),
    )
    op.create_index(op.f("ix_showcase_visit_share_id"), "showcase_visit", ["share_id"])
    op.create_table(
        "showcase_count",
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        _of("showcase_count", "share_id", "showcase_share", cascade=True),
        sa.PrimaryKeyConstraint("share_id", "on_date", name=op.f("pk_showcase_count")),
    )
    op.create_table(
        "showcase_document",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("updated_at", nullable=False),
        sa.CheckConstraint("kind in ('cv', 'plus')", name=op.f("ck_showcase_document_kind")),
        _of("showcase_document", "page_id", "showcase_page", cascade=True),
        sa.PrimaryKeyConstraint("page_id", "kind", name=op.f("pk_showcase_document")),
    )
    op.create_table(
        "showcase_pdf",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _moment("asked_at", nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        _moment("made_at"),
        sa.CheckConstraint("state in ('asked', 'ready', 'failed')", name=op.f("ck_showcase_pdf_state")),
        sa.ForeignKeyConstraint(
            ["page_id", "kind"],
            ["showcase_document.page_id", "showcase_document.kind"],
            name=op.f("fk_showcase_pdf_page_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("page_id", "kind", name=op.f("pk_showcase_pdf")),
    )
