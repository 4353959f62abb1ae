"""Home: cards that child and parent fill in together, which school puts ready, and when a parent last looked.

A card that the pupil began is the pupil's alone until it is shared; one that a guardian began is seen by that guardian
and the pupil. Whoever wrote an answer on an own device is the only one who changes it: a trigger keeps the voices
apart. Only the pupil shares. A spoken answer is a file of the card: it belongs to no entry.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

GUARD = """
-- Who says what: the pupil's answer is changed by the pupil, or by the guardian on whose device both began, as long as
-- the pupil did not write it; what home says by whoever said it. Sharing is the pupil's.
create function guard_homework() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
    me uuid := viewer_id();
    own boolean := old.pupil_id is not distinct from viewer_id();
    spoke boolean := false;
begin
    if new.version <> old.version + 1 then
        raise insufficient_privilege using message = 'a change is the next version';
    end if;
    if (new.child_text, new.child_sound) is distinct from (old.child_text, old.child_sound) then
        spoke := true;
        if not (own or (old.state = 'draft' and old.begun_by = me and coalesce(old.child_by, me) = me)) then
            raise insufficient_privilege using message = 'the child says this';
        end if;
        if new.child_by is distinct from (
            case when new.child_text = '' and new.child_sound is null then null else me end) then
            raise insufficient_privilege using message = 'in ones own name';
        end if;
    elsif new.child_by is distinct from old.child_by then
        raise insufficient_privilege using message = 'in ones own name';
    end if;
    if (new.home_text, new.home_sound) is distinct from (old.home_text, old.home_sound) then
        spoke := true;
        if coalesce(old.home_by, me) <> me then
            raise insufficient_privilege using message = 'home says this';
        end if;
        if new.home_by is distinct from (
            case when new.home_text = '' and new.home_sound is null then null else me end) then
            raise insufficient_privilege using message = 'in ones own name';
        end if;
    elsif new.home_by is distinct from old.home_by then
        raise insufficient_privilege using message = 'in ones own name';
    end if;
    if exists (
        select from unnest(array[
            case when new.child_sound is distinct from old.child_sound then new.child_sound end,
            case when new.home_sound is distinct from old.home_sound then new.home_sound end]) said(sound)
        where said.sound is not null and not exists (
            select from attachment
            where attachment.id = said.sound and attachment.homework_id = old.id and attachment.sent_by = me))
    then
        raise insufficient_privilege using message = 'somebody else said this';
    end if;
    if (spoke and new.changed_on is distinct from app_today()) or (not spoke and new.changed_on <> old.changed_on) then
        raise insufficient_privilege using message = 'what is said is said today';
    end if;
    if (new.state, new.with_school, new.placement_id, new.shared_at)
       is distinct from (old.state, old.with_school, old.placement_id, old.shared_at) then
        if not own then
            raise insufficient_privilege using message = 'the pupil shares';
        end if;
        if new.placement_id is distinct from old.placement_id and new.placement_id is not null and not exists (
            select from placement where placement.id = new.placement_id and placement.pupil_id = me
              and placement.starts_on <= app_today()
              and (placement.ends_on is null or placement.ends_on >= app_today()))
        then
            raise insufficient_privilege using message = 'shared with the school of today';
        end if;
    end if;
    return new;
end $$;
revoke execute on function guard_homework() from public;
create trigger guard_homework before update on homework for each row when (current_user = 'talent_app')
execute function guard_homework();
"""

POLICIES = """
alter table homework enable row level security;
alter table homework_offer enable row level security;
alter table home_visit enable row level security;

create policy offer_at_school on homework_offer for select to talent_app using (
    group_id = any (array(select group_id from guided_groups((select viewer_id()), (select app_today()))))
);
create policy offer_for_pupil on homework_offer for select to talent_app using (
    group_id in (
        select member.group_id from group_membership member join placement on placement.id = member.placement_id
        where (placement.pupil_id = (select viewer_id())
               or placement.pupil_id = any ((select home_children())::uuid[]))
          and member.starts_on <= (select app_today())
          and (member.ends_on is null or member.ends_on >= (select app_today()))
          and placement.starts_on <= (select app_today())
          and (placement.ends_on is null or placement.ends_on >= (select app_today())))
);
create policy offer on homework_offer for insert to talent_app with check (
    offered_by = (select viewer_id())
    and group_id = any (array(select group_id from guided_groups((select viewer_id()), (select app_today()))))
);
create policy take_back on homework_offer for delete to talent_app using (
    group_id = any (array(select group_id from guided_groups((select viewer_id()), (select app_today()))))
);

create policy homework_read on homework for select to talent_app using (
    pupil_id = (select viewer_id())
    or (pupil_id = any ((select home_children())::uuid[])
        and (state = 'shared' or begun_by = (select viewer_id())))
    or (state = 'shared' and with_school and (
        placement_id = any ((select running_placements())::uuid[])
        or (placement_id = any ((select ended_placements())::uuid[])
            and changed_on <= ((select ended_cutoffs())::date[])[
                array_position((select ended_placements())::uuid[], placement_id)])))
);
create policy homework_begin on homework for insert to talent_app with check (
    begun_by = (select viewer_id()) and state = 'draft' and not with_school and placement_id is null
    and shared_at is null and version = 1 and changed_on = (select app_today())
    and child_sound is null and home_sound is null
    and (child_by is null or child_by = (select viewer_id()))
    and (home_by is null or home_by = (select viewer_id()))
    and (pupil_id = (select viewer_id()) or pupil_id = any ((select home_children())::uuid[]))
    and (offer_id is null or exists (
        select from homework_offer given join group_membership member on member.group_id = given.group_id
        join placement on placement.id = member.placement_id
        where given.id = offer_id and placement.pupil_id = homework.pupil_id))
);
create policy homework_write on homework for update to talent_app
using (
    pupil_id = (select viewer_id())
    or (pupil_id = any ((select home_children())::uuid[])
        and (state = 'shared' or begun_by = (select viewer_id())))
) with check (
    pupil_id = (select viewer_id())
    or (pupil_id = any ((select home_children())::uuid[])
        and (state = 'shared' or begun_by = (select viewer_id())))
);
create policy homework_remove on homework for delete to talent_app using (
    pupil_id = (select viewer_id())
    or (state = 'draft' and begun_by = (select viewer_id()) and coalesce(child_by, begun_by) = begun_by
        and pupil_id = any ((select home_children())::uuid[]))
);

create policy own on home_visit for all to talent_app using (guardian_id = (select viewer_id()))
with check (guardian_id = (select viewer_id()) and pupil_id = any ((select home_children())::uuid[]));

-- A spoken answer: whoever may know of the card hears it, and who said it is the only one who touches it.
create policy said_read on attachment for select to talent_app
using (homework_id is not null and exists (select from homework where homework.id = homework_id));
create policy said_add on attachment for insert to talent_app with check (
    homework_id is not null and entry_id is null and kind = 'sound' and sent_by = (select viewer_id())
    and exists (
        select from homework where homework.id = homework_id and homework.pupil_id = attachment.pupil_id
          and (homework.pupil_id = (select viewer_id())
               or homework.pupil_id = any ((select home_children())::uuid[])))
);
create policy said_change on attachment for update to talent_app
using (homework_id is not null and sent_by = (select viewer_id()))
with check (homework_id is not null and entry_id is null and sent_by = (select viewer_id()));
create policy said_remove on attachment for delete to talent_app
using (homework_id is not null and sent_by = (select viewer_id()));
create policy only_who_said_it_changes on attachment as restrictive for update to talent_app
using (homework_id is null or sent_by = (select viewer_id()))
with check ((homework_id is null) = (sent_by is null) and (homework_id is null or sent_by = (select viewer_id())));
create policy only_who_said_it_removes on attachment as restrictive for delete to talent_app
using (homework_id is null or sent_by = (select viewer_id()));

grant select, insert, delete on homework, homework_offer to talent_app;
grant update (
    language, child_text, child_sound, child_by, home_text, home_sound, home_by, state, with_school, placement_id,
    shared_at, changed_on, updated_at, version
) on homework to talent_app;
grant select, insert on home_visit to talent_app;
grant update (since, seen_at) on home_visit to talent_app;
"""


def upgrade() -> None:
    op.create_table(
        "homework_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("card_version", sa.SmallInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["school_group.id"], name=op.f("fk_homework_offer_group_id")),
        sa.ForeignKeyConstraint(["offered_by"], ["person.id"], name=op.f("fk_homework_offer_offered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homework_offer")),
        sa.UniqueConstraint("group_id", "card", name=op.f("uq_homework_offer_group_id_card")),
    )
    op.create_table(
        "homework",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("card_version", sa.SmallInteger(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("child_text", sa.Text(), server_default="", nullable=False),
        sa.Column("child_sound", sa.Uuid(), nullable=True),
        sa.Column("child_by", sa.Uuid(), nullable=True),
        sa.Column("home_text", sa.Text(), server_default="", nullable=False),
        sa.Column("home_sound", sa.Uuid(), nullable=True),
        sa.Column("home_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("with_school", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state in ('draft', 'shared')", name=op.f("ck_homework_state")),
        sa.CheckConstraint("(state = 'shared') = (shared_at is not null)", name=op.f("ck_homework_shared")),
        sa.CheckConstraint(
            "with_school = (placement_id is not null) and (state = 'shared' or not with_school)",
            name=op.f("ck_homework_school"),
        ),
        sa.CheckConstraint(
            "(child_by is null) = (child_text = '' and child_sound is null)", name=op.f("ck_homework_child")
        ),
        sa.CheckConstraint(
            "(home_by is null) = (home_text = '' and home_sound is null)", name=op.f("ck_homework_home")
        ),
        sa.CheckConstraint("length(child_text) <= 2000 and length(home_text) <= 2000", name=op.f("ck_homework_length")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_homework_pupil_id")),
        sa.ForeignKeyConstraint(["begun_by"], ["person.id"], name=op.f("fk_homework_begun_by")),
        sa.ForeignKeyConstraint(["child_by"], ["person.id"], name=op.f("fk_homework_child_by")),
        sa.ForeignKeyConstraint(["home_by"], ["person.id"], name=op.f("fk_homework_home_by")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_homework_placement_id")),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["homework_offer.id"], name=op.f("fk_homework_offer_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homework")),
    )
    op.create_index("ix_homework_pupil_id", "homework", ["pupil_id"])
    op.create_index("ix_homework_offer_id", "homework", ["offer_id"])
    op.create_index("ix_homework_placement_id", "homework", ["placement_id"])
    op.create_table(
        "home_visit",
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["guardian_id"], ["person.id"], name=op.f("fk_home_visit_guardian_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_home_visit_pupil_id")),
        sa.PrimaryKeyConstraint("guardian_id", "pupil_id", name=op.f("pk_home_visit")),
    )
    op.add_column("attachment", sa.Column("homework_id", sa.Uuid(), nullable=True))
    op.add_column("attachment", sa.Column("sent_by", sa.Uuid(), nullable=True))
    op.alter_column("attachment", "entry_id", existing_type=sa.Uuid(), nullable=True)
    # Not valid: the rows of before are not read while the table is held, and all of them have an entry. Looking at them
    # is done after, beside running users.
    for name, rule in (
        ("fk_attachment_homework_id", "foreign key (homework_id) references homework (id) on delete cascade"),
        ("fk_attachment_sent_by", "foreign key (sent_by) references person (id)"),
        ("ck_attachment_place", "check ((entry_id is null) <> (homework_id is null))"),
        ("ck_attachment_sent_by", "check ((homework_id is null) = (sent_by is null))"),
    ):
        op.execute(f"alter table attachment add constraint {name} {rule} not valid")
    op.execute(GUARD)
    op.execute(POLICIES)
    with op.get_context().autocommit_block():
        for name in (
            "fk_attachment_homework_id",
            "fk_attachment_sent_by",
            "ck_attachment_place",
            "ck_attachment_sent_by",
        ):
            op.execute(f"alter table attachment validate constraint {name}")
        op.execute("drop index concurrently if exists ix_attachment_homework_id")
        op.execute(
            "create index concurrently ix_attachment_homework_id on attachment (homework_id) "
            "where homework_id is not null"
        )


def downgrade() -> None:
    for policy in (
        "said_read",
        "said_add",
        "said_change",
        "said_remove",
        "only_who_said_it_changes",
        "only_who_said_it_removes",
    ):
        op.execute(f"drop policy {policy} on attachment")
    op.execute("delete from attachment where homework_id is not null")
    op.drop_index("ix_attachment_homework_id", "attachment")
    op.execute("alter table attachment drop constraint ck_attachment_place, drop constraint ck_attachment_sent_by")
    op.alter_column("attachment", "entry_id", existing_type=sa.Uuid(), nullable=False)
    op.drop_column("attachment", "sent_by")
    op.drop_column("attachment", "homework_id")
    op.drop_table("home_visit")
    op.drop_table("homework")
    op.drop_table("homework_offer")
    op.execute("drop function guard_homework()")
