"""A handful of notices for the cast, of what really happened in the region; and three addresses for mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.demo.people import People
from app.demo.rows import Dice, Rows
from app.guidance.activities.models import Activity, ActivityGroup, ActivityState
from app.guidance.conversations.models import Conversation, ConversationAgreement, ConversationRecord, PrepSheet
from app.guidance.homework.models import Homework, HomeworkOffer, HomeworkState
from app.guidance.notices.models import Notice, NoticeKind
from app.guidance.notices.quiet import quiet_at
from app.guidance.weekly_mail.models import MailAddress
from app.people.models import GroupAssignment, GroupMembership, Guardianship, Placement, School, StaffRole
from app.platform.clock import AMSTERDAM, Clock
from app.portfolio.models import OPEN_STATES, Entry, EntryState, Feedback, FeedbackKind, Ring, Voice

_RECENT = timedelta(days=45)
_EACH = 4


def add_notices(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows, after everything that they are about."""
    told = _Told(rows, people, clock)
    for username in ("yara", "ilyas", "isa", "cagla"):
        told.pupil(people.by_username[username])
    for username in ("bensaid", "youssef", "vink", "gulay"):
        told.guardian(people.by_username[username])
    for username in ("verhulst", "spaans"):
        told.teacher(people.by_username[username])
    told.holder(people.by_username["elidrissi"])
    told.admin(people.by_username["deruiter"])
    _addresses(rows, people, clock)


class _Told:
    def __init__(self, rows: Rows, people: People, clock: Clock) -> None:
        self._rows, self._people, self._now = rows, people, clock.now()
        quiet = quiet_at(self._now)
        self._latest = (quiet.since if quiet else self._now) - timedelta(minutes=20)
        self._dice = Dice("notices")

    def _add(self, person: UUID, kind: NoticeKind, at: datetime, read: bool = False, **about: UUID | None) -> None:
        shown_at = min(at, self._latest)
        self._rows.add(
            Notice,
            id=self._dice.id(shown_at),
            person_id=person,
            kind=kind.value,
            on_day=shown_at.astimezone(AMSTERDAM).date(),
            at=shown_at,
            read_at=shown_at + timedelta(hours=1) if read else None,
            **{"about_id": None, "pupil_id": None, "actor_id": None} | about,
        )

    def pupil(self, pupil: UUID) -> None:
        """What was said at recent stories, the last two days of it unread; and an activity that comes."""
        own = {entry["id"] for entry in self._rows.by_table[Entry] if entry["pupil_id"] == pupil}
        said = [
            one
            for one in self._rows.by_table[Feedback]
            if one["entry_id"] in own and one["author_id"] != pupil and one["created_at"] > self._now - _RECENT
        ]
        newest = sorted(said, key=lambda one: one["created_at"], reverse=True)[:_EACH]
        known: set[tuple[Any, ...]] = set()
        for place, one in enumerate(newest):
            kind = _kind_of(one)
            at = min(one["created_at"], self._latest)
            key = (kind, one["entry_id"], at.astimezone(AMSTERDAM).date())
            if key not in known:
                known.add(key)
                about = {"about_id": one["entry_id"], "pupil_id": pupil, "actor_id": one["author_id"]}
                self._add(pupil, kind, at, read=place >= 2, **about)
        for activity in self._coming(pupil)[:1]:
            about = {"about_id": activity["id"], "pupil_id": pupil, "actor_id": activity["planned_by"]}
            self._add(pupil, NoticeKind.ACTIVITY_READY, self._latest - timedelta(hours=5), **about)

        self._talks(pupil)
        groups = {one["group_id"] for one in self._memberships({pupil})}
        for offer in self._rows.by_table[HomeworkOffer]:
            if offer["group_id"] in groups:
                about = {"about_id": offer["id"], "pupil_id": pupil, "actor_id": offer["offered_by"]}
                self._add(pupil, NoticeKind.HOMEWORK_OFFERED, offer["offered_at"], **about)

    def _talks(self, pupil: UUID) -> None:
        """A talk that comes, and a record that waits for an akkoord."""
        written = {one["conversation_id"]: one for one in self._rows.by_table[ConversationRecord]}
        agreed = {one["conversation_id"] for one in self._rows.by_table[ConversationAgreement]}
        for talk in self._rows.by_table[Conversation]:
            if talk["pupil_id"] != pupil or talk["id"] in agreed:
                continue
            about = {"about_id": talk["id"], "pupil_id": pupil, "actor_id": talk["held_with"]}
            if talk["id"] in written:
                self._add(pupil, NoticeKind.TALK_RECORDED, written[talk["id"]]["written_at"], **about)
            elif talk["on_day"] >= self._now.astimezone(AMSTERDAM).date():
                self._add(pupil, NoticeKind.TALK_PLANNED, talk["made_at"], read=True, **about)

    def _coming(self, pupil: UUID) -> list[dict[str, Any]]:
        groups = {one["group_id"] for one in self._memberships({pupil})}
        invited = {one["activity_id"] for one in self._rows.by_table[ActivityGroup] if one["group_id"] in groups}
        return [
            one
            for one in self._rows.by_table[Activity]
            if one["id"] in invited
            and one["state"] == ActivityState.PUBLISHED.value
            and one["happens_on"] > self._now.date()
        ]

    def _memberships(self, pupils: set[UUID]) -> Iterable[dict[str, Any]]:
        placements = {one["id"] for one in self._rows.by_table[Placement] if one["pupil_id"] in pupils}
        return (
            one
            for one in self._rows.by_table[GroupMembership]
            if one["placement_id"] in placements and one.get("ends_on") is None
        )

    def guardian(self, guardian: UUID) -> None:
        """A child that shared something lately, and the school's question."""
        for tie in self._rows.by_table[Guardianship]:
            if tie["guardian_id"] != guardian or tie["state"] != "confirmed" or tie["custody"] != "yes":
                continue
            child = {"about_id": tie["pupil_id"], "pupil_id": tie["pupil_id"]}
            shared = [
                entry["updated_at"]
                for entry in self._rows.by_table[Entry]
                if entry["pupil_id"] == tie["pupil_id"] and entry["ring"] >= 2 and entry["state"] in OPEN_STATES
            ]
            if shared:
                self._add(guardian, NoticeKind.HOME_NEW, max(shared), actor_id=tie["pupil_id"], **child)
            self._add(guardian, NoticeKind.CONSENT_ASKED, self._latest - timedelta(days=6), **child)

            self._from_child(guardian, tie["pupil_id"])

    def _from_child(self, guardian: UUID, child: UUID) -> None:
        """Records that the child agreed with and lets home read, and a card that it shared."""
        talks = {one["id"] for one in self._rows.by_table[Conversation] if one["pupil_id"] == child}
        about: dict[str, Any] = {"pupil_id": child, "actor_id": child}
        for said in self._rows.by_table[ConversationAgreement]:
            if said["conversation_id"] in talks and said["ring"] == Ring.HOME:
                talk = said["conversation_id"]
                self._add(guardian, NoticeKind.TALK_AGREED, said["agreed_at"], about_id=talk, **about)
        for card in self._rows.by_table[Homework]:
            if card["pupil_id"] == child and card["state"] == HomeworkState.SHARED and card.get("home_by") != guardian:
                self._add(guardian, NoticeKind.HOMEWORK_SHARED, card["shared_at"], about_id=card["id"], **about)

    def holder(self, staff: UUID) -> None:
        """The last day on which a pupil prepared a talk with this member of staff."""
        held = {one["conversation_id"] for one in self._rows.by_table[ConversationRecord]}
        talks = {one["id"] for one in self._rows.by_table[Conversation] if one["held_with"] == staff} - held
        ready = [
            sheet["ready_at"]
            for sheet in self._rows.by_table[PrepSheet]
            if sheet["conversation_id"] in talks and sheet["ready_at"] is not None
        ]
        if ready and max(ready) <= self._latest:
            self._add(staff, NoticeKind.TALKS_PREPARED, max(ready))

    def teacher(self, teacher: UUID) -> None:
        """The last day on which something was shared that nobody looked at yet."""
        roles = {one["id"] for one in self._rows.by_table[StaffRole] if one["person_id"] == teacher}
        groups = {one["group_id"] for one in self._rows.by_table[GroupAssignment] if one["staff_role_id"] in roles}
        placements = {one["placement_id"] for one in self._rows.by_table[GroupMembership] if one["group_id"] in groups}
        waiting = [
            entry["shared_at"]
            for entry in self._rows.by_table[Entry]
            if entry["placement_id"] in placements
            and entry["state"] == EntryState.SHARED.value
            and entry["shared_at"] <= self._latest
        ]
        if waiting:
            self._add(teacher, NoticeKind.REVIEW_WAITING, max(waiting))

    def admin(self, admin: UUID) -> None:
        """Somebody says to be a parent, and waits."""
        schools = [one["school_id"] for one in self._rows.by_table[StaffRole] if one["person_id"] == admin]
        for school in self._rows.by_table[School]:
            if school["id"] in schools:
                self._add(admin, NoticeKind.LINK_ASKED, self._latest - timedelta(days=1), about_id=school["id"])


def _kind_of(said: dict[str, Any]) -> NoticeKind:
    if said["voice"] == Voice.HOME.value:
        return NoticeKind.HOME_REACTION
    asked = said["kind"] == FeedbackKind.ASK_BACK.value
    return NoticeKind.ENTRY_ASKED_BACK if asked else NoticeKind.ENTRY_FEEDBACK


def _addresses(rows: Rows, people: People, clock: Clock) -> None:
    """One that gets the weekly mail, one that switched it off, and one whose mail came back."""
    since = clock.now() - timedelta(days=60)
    for username, weekly, bounces in (("bensaid", True, 0), ("vink", False, 0), ("gulay", True, 3)):
        rows.add(
            MailAddress,
            person_id=people.by_username[username],
            address=f"{username}@example.nl",
            confirmed_at=since,
            weekly=weekly,
            misses=0,
            bounces=bounces,
            stopped_at=since + timedelta(days=30) if bounces else None,
            off_secret=Dice(f"mail {username}").randbytes(32),
        )
