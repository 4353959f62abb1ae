"""The small world of the tests: one pupil, and everybody who stands in some relation to that pupil."""

import hashlib
import json
import secrets
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session as OrmSession
from uuid_utils.compat import uuid7

from app.access.cards.models import ClassWindow, PupilCard
from app.access.factors.codes import base32, new_recovery_codes, recovery_hash, seal
from app.access.factors.models import Factor, RecoveryCode
from app.access.invitations.actions.codes import new_code
from app.access.invitations.models import Invitation
from app.access.models import Account, Session
from app.access.reasons.models import LookReason
from app.access.roster_imports.models import RosterImport
from app.guidance.activities.models import Activity, ActivityGroup
from app.guidance.calendar.models import CalendarFeed
from app.guidance.care.models import Reminder
from app.guidance.choices.models import ChoiceMoment, ChoiceOption, ChoicePick, ChoiceSureness
from app.guidance.conversations.models import Conversation, ConversationAgreement, ConversationRecord, PrepSheet
from app.guidance.homework.models import Homework, HomeworkOffer
from app.guidance.notices.models import Notice
from app.guidance.organisations.models import Organisation
from app.guidance.outside.models import OutsideAnswer, OutsideLink
from app.guidance.picture.models import TalentWord, WordVoice, key_of
from app.guidance.questions.models import SchoolQuestion, SchoolQuestionVersion
from app.guidance.steps.models import NextStep
from app.guidance.weekly_mail.actions import token_of
from app.guidance.weekly_mail.models import MailAddress
from app.insight.models import Publication, PublishedFigure
from app.media.models import Attachment
from app.people.models import (
    Group,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    Person,
    Placement,
    School,
    SchoolYear,
    StaffRole,
)
from app.people.names import fold
from app.platform.clock import Clock
from app.platform.orm import Base
from app.platform.settings import Settings
from app.portability.erasure.models import Correction, Erasure
from app.portability.transfers.models import Transfer, TransferConsent, TransferItem
from app.portfolio.models import Entry, EntryVersion, Feedback

PASSWORD = "een lang wachtwoord"
CODES = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
"""As cheap as it can be: what a code or a password costs to check is of the product, not of the tests."""
PASSWORD_HASH = CODES.hash(PASSWORD)
YEAR_START = date(2026, 8, 1)


@cache
def _engine(url: str) -> Engine:
    # Kept from test to test; one that died with its database is made anew.
    return create_engine(url, pool_pre_ping=True)


def _owner(settings: Settings) -> Engine:
    assert settings.database_owner_url
    return _engine(settings.database_owner_url)


_OF_JOBS = ("procrastinate_events", "procrastinate_periodic_defers", "procrastinate_jobs")


def hasten(settings: Settings) -> None:
    """Commits do not wait for the disk: what a power cut would lose here, the next test makes anew.

    All tables are emptied by a plan that is made once, and no reference is looked up meanwhile: sixty tables point to
    a person.
    """
    engine = _owner(settings)
    password = json.loads((settings.var_dir / "engines" / "passwords.json").read_text())["postgres"]
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    emptied = "; ".join(f"delete from public.{table}" for table in (*_OF_JOBS, *tables))
    with create_engine(engine.url.set(username="postgres", password=password)).begin() as connection:
        connection.exec_driver_sql(f"grant set on parameter session_replication_role to {engine.url.username}")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"alter database {engine.url.database} set synchronous_commit = off; create schema if not exists tests;"
            " create or replace function tests.empty() returns void language plpgsql as $$ begin"
            f" perform set_config('session_replication_role', 'replica', true); {emptied}; end $$"
        )
    # Whoever is connected by now goes on as before.
    engine.dispose()


def empty(settings: Settings) -> None:
    """Removes all rows, as the database's owner; with few of them that is quicker than new files for every table."""
    with _owner(settings).begin() as connection:
        connection.execute(text("select tests.empty()"))


class World:
    """People by what they are to the pupil; `add` puts more into it, `client` signs somebody in."""

    def __init__(self, settings: Settings, app: FastAPI, clock: Clock) -> None:
        self.settings, self.app, self.clock = settings, app, clock
        self.engine = _owner(settings)
        self._clients: list[httpx.AsyncClient] = []
        self._made = 0
        # One transaction for all of them, table by table: every test begins with this.
        self._beginning: list[Any] | None = []
        self._settle()
        rows, self._beginning = self._beginning, None
        with OrmSession(self.engine) as session, session.begin():
            for table in Base.metadata.sorted_tables:
                session.bulk_save_objects(row for row in rows if row.__table__ is table)

    def _settle(self) -> None:
        self.kust = self.add(School(id=uuid7(), name="Kustlijn", brin="01AA"))
        self.duin = self.add(School(id=uuid7(), name="Duinrand", brin="02BB"))
        for year in range(2018, 2040):
            self.add(SchoolYear(start_year=year, starts_on=date(year, 8, 1), ends_on=date(year + 1, 7, 31)))
        self.group = self.new_group(self.kust, "2A")
        self.other_group = self.new_group(self.kust, "2B")
        self.far_group = self.new_group(self.duin, "2C")

        self.pupil, self.placement = self.new_pupil("Yara", self.kust, self.group)
        self.classmate, _ = self.new_pupil("Omar", self.kust, self.group)
        self.other_pupil, _ = self.new_pupil("Bas", self.duin, self.far_group)

        self.teacher = self.new_teacher("Joost", self.kust, self.group)
        self.other_teacher = self.new_teacher("Fleur", self.kust, self.other_group)
        self.far_teacher = self.new_teacher("Hans", self.duin, self.far_group)
        self.former_teacher = self.new_teacher("Wim", self.kust, self.group, until=date(2026, 10, 31))
        self.dean = self.new_staff("Samira", self.kust, "dean")
        self.far_dean = self.new_staff("Peter", self.duin, "dean")
        self.admin = self.new_staff("Ans", self.kust, "admin")
        self.coordinator = self.new_staff("Cor", None, "coordinator")

        self.say_why(self.dean, self.pupil)

        self.guardian = self.new_guardian("Nadia", self.pupil)
        self.other_guardian = self.new_guardian("Ellen", self.classmate)
        self.no_custody = self.new_guardian("Karim", self.pupil, custody="no")
        self.unconfirmed = self.new_guardian("Lot", self.pupil, state="claimed")

    # --- making ---------------------------------------------------------------------------------

    def new_id(self) -> UUID:
        """An id as a device makes it, by the clock of this world; each comes after the one before."""
        self._made += 1
        return uuid7(nanoseconds=int(self.clock.now().timestamp() * 1000 + self._made) * 1_000_000)

    def add(self, row: Any) -> Any:
        """Keeps a row as the database's owner; returns its id where it has one."""
        if self._beginning is not None:
            self._beginning.append(row)
            return getattr(row, "id", None)
        with OrmSession(self.engine) as session, session.begin():
            session.add(row)
            session.flush()
            return getattr(row, "id", None)

    def change(self, statement: str, **values: Any) -> None:
        """Runs a statement as the database's owner."""
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def scalar(self, statement: str, **values: Any) -> Any:
        """One value, as the database's owner."""
        with self.engine.begin() as connection:
            return connection.scalar(text(statement), values)

    def add_person(self, given_name: str, family_name: str = "de Wit", birth_date: date | None = None) -> UUID:
        """Somebody without an account."""
        person = Person(
            id=uuid7(),
            given_name=given_name,
            family_name=family_name,
            search_name=fold(f"{given_name} {family_name}"),
            birth_date=birth_date,
        )
        person_id: UUID = self.add(person)
        return person_id

    def new_person(self, given_name: str, birth_date: date | None = None) -> UUID:
        person_id = self.add_person(given_name, birth_date=birth_date)
        self.add(Account(person_id=person_id, username=fold(given_name), password_hash=PASSWORD_HASH))
        return person_id

    def new_school(self, name: str, brin: str, site: str = "00") -> UUID:
        school_id: UUID = self.add(School(id=uuid7(), name=name, brin=brin, site=site))
        return school_id

    def new_group(self, school: UUID, name: str, school_year: int = 2026, level: str = "vmbo") -> UUID:
        group_id: UUID = self.add(
            Group(id=uuid7(), school_id=school, school_year=school_year, name=name, level=level, study_year=2)
        )
        return group_id

    def new_pupil(
        self,
        given_name: str,
        school: UUID,
        group: UUID,
        birth_date: date = date(2013, 3, 2),
        starts_on: date = YEAR_START,
        ends_on: date | None = None,
    ) -> tuple[UUID, UUID]:
        person = self.new_person(given_name, birth_date)
        return person, self.place(person, school, group, starts_on, ends_on)

    def place(
        self, person: UUID, school: UUID, group: UUID, starts_on: date = YEAR_START, ends_on: date | None = None
    ) -> UUID:
        placement: UUID = self.add(
            Placement(id=uuid7(), pupil_id=person, school_id=school, starts_on=starts_on, ends_on=ends_on)
        )
        self.add(
            GroupMembership(id=uuid7(), placement_id=placement, group_id=group, starts_on=starts_on, ends_on=ends_on)
        )
        return placement

    def new_staff(self, given_name: str, school: UUID | None, role: str) -> UUID:
        person = self.new_person(given_name)
        self.add(StaffRole(id=uuid7(), person_id=person, school_id=school, role=role, starts_on=date(2024, 8, 1)))
        return person

    def new_teacher(self, given_name: str, school: UUID, group: UUID, until: date | None = None) -> UUID:
        person = self.new_person(given_name)
        role = self.add(
            StaffRole(id=uuid7(), person_id=person, school_id=school, role="teacher", starts_on=date(2024, 8, 1))
        )
        self.add(
            GroupAssignment(
                id=uuid7(), staff_role_id=role, group_id=group, is_mentor=True, starts_on=YEAR_START, ends_on=until
            )
        )
        return person

    def say_why(self, viewer: UUID, pupil: UUID, **fields: Any) -> None:
        """A dean has said, for all days, why this pupil's portfolio is opened."""
        values: dict[str, Any] = {"why": "conversation", "given_at": self.clock.now()}
        values |= {"given_on": date(2020, 8, 1), "last_day": date(2040, 7, 31)}
        self.add(LookReason(id=uuid7(), viewer_id=viewer, pupil_id=pupil, **(values | fields)))

    def new_guardian(self, given_name: str, pupil: UUID, custody: str = "yes", state: str = "confirmed") -> UUID:
        person = self.new_person(given_name)
        self.add(Guardianship(id=uuid7(), guardian_id=person, pupil_id=pupil, custody=custody, state=state))
        return person

    def new_entry(self, title: str = "Bezoek aan de haven", **fields: Any) -> UUID:
        """An entry of the pupil, shared with school and home unless said otherwise."""
        now, today = self.clock.now(), self.clock.today()
        values: dict[str, Any] = {
            "pupil_id": self.pupil,
            "placement_id": self.placement,
            "school_year": 2026,
            "kind": "experience",
            "state": "shared",
            "ring": 2,
            "title": title,
            "happened_on": today,
            "sort_on": today,
            "body": "Ik zag een kraan.",
            "details": {"kind": "experience"},
            "version": 1,
            "changed_on": today,
            "updated_at": now,
            "shared_at": now,
        }
        values |= fields
        entry_id: UUID = self.add(Entry(id=self.new_id(), **values))
        self.add(EntryVersion(entry_id=entry_id, version=1, content={"title": title}, made_at=now))
        return entry_id

    def new_draft(self, title: str = "Nog niet af") -> UUID:
        return self.new_entry(title, state="draft", ring=0, placement_id=None, shared_at=None)

    def new_file(self, entry_id: UUID | None, **fields: Any) -> UUID:
        """A photo that has arrived; its object is not there."""
        values: dict[str, Any] = {
            "entry_id": entry_id,
            "pupil_id": self.pupil,
            "kind": "photo",
            "media_type": "image/jpeg",
            "name": "kraan.jpg",
            "size": 1000,
            "state": "ready",
            "object_key": uuid7().hex,
            "file_key": "file",
            "file_type": "image/jpeg",
            "thumbnail_key": "thumbnail",
        }
        file_id: UUID = self.add(Attachment(id=self.new_id(), **(values | fields)))
        return file_id

    def new_feedback(self, entry_id: UUID, author: UUID, kind: str = "comment", voice: str = "school") -> UUID:
        feedback_id: UUID = self.add(
            Feedback(
                id=self.new_id(),
                entry_id=entry_id,
                version=1,
                author_id=author,
                voice=voice,
                kind=kind,
                text="Wat zag je daar?",
                created_at=self.clock.now(),
            )
        )
        return feedback_id

    def new_word(
        self, entry_id: UUID, author: UUID, word: str = "rustig", voice: str = "pupil", said_by: str | None = None
    ) -> UUID:
        values = {"voice": voice, "word": word, "given_at": self.clock.now(), "said_by": said_by}
        key = key_of(word, WordVoice(voice))
        word_id: UUID = self.add(TalentWord(id=self.new_id(), entry_id=entry_id, author_id=author, key=key, **values))
        return word_id

    def new_activity(self, *groups: UUID, **fields: Any) -> UUID:
        """A published visit today, planned by the dean."""
        values: dict[str, Any] = {
            "school_id": self.kust,
            "planned_by": self.dean,
            "state": "published",
            "title": "Bezoek aan de haven",
            "happens_on": self.clock.today(),
            "published_at": self.clock.now(),
            "version": 1,
            "updated_at": self.clock.now(),
        }
        activity_id: UUID = self.add(Activity(id=self.new_id(), **(values | fields)))
        for group in groups:
            self.add(ActivityGroup(activity_id=activity_id, group_id=group))
        return activity_id

    def new_city_activity(self, *bands: str, **fields: Any) -> UUID:
        """A published visit in a week, planned by the coordinator, that pupils of these bands sign up for."""
        values: dict[str, Any] = {
            "school_id": None,
            "planned_by": self.coordinator,
            "bands": list(bands or "B"),
            "sign_up": True,
            "title": "Dag van de haven",
            "happens_on": self.clock.today() + timedelta(days=7),
            "published_at": self.clock.now(),
        }
        return self.new_activity(**(values | fields))

    def new_organisation(self, name: str = "Rederij Noorderkop", place: str = "Scheveningen", **fields: Any) -> UUID:
        """An organisation in the directory, added by the teacher."""
        values: dict[str, Any] = {
            "name": name,
            "name_key": fold(name),
            "place": place,
            "place_key": fold(place),
            "work_fields": ["transport"],
            "forms": ["company_visit"],
            "added_by": self.teacher,
            "version": 1,
            "updated_at": self.clock.now(),
        }
        organisation_id: UUID = self.add(Organisation(id=self.new_id(), **(values | fields)))
        return organisation_id

    def new_calendar(self, person: UUID) -> str:
        """An address for the calendar app of this person, replacing what was there; its secret."""
        secret = secrets.token_urlsafe(32)
        self.change("delete from calendar_feed where person_id = :person", person=person)
        hashed = hashlib.sha256(secret.encode()).digest()
        self.add(CalendarFeed(person_id=person, secret_hash=hashed, made_at=self.clock.now()))
        return secret

    def new_question(self, school: UUID, text: str = "Wat leerde je hier?", **fields: Any) -> UUID:
        """A question of a school for the first years after primary school, added by the dean of Kustlijn."""
        content = {"competency": "qualities", "bands": ["B"], "kinds": [], "text": text}
        content |= {name: fields.pop(name) for name in content.keys() & fields.keys()}
        made = {"version": 1, "since": self.clock.now(), "made_by": self.dean}
        row = SchoolQuestion(id=self.new_id(), school_id=school, **content, **(made | fields))
        question_id: UUID = self.add(row)
        self.add(SchoolQuestionVersion(question_id=question_id, content=content, **made))
        return question_id

    def new_reminder(self, pupil: UUID, sent_by: UUID | None = None, **fields: Any) -> UUID:
        """A kind word to a pupil of whom nothing was heard, sent today by the teacher; replaces an earlier one."""
        self.change("delete from reminder where pupil_id = :pupil", pupil=pupil)
        values: dict[str, Any] = {"kind": "quiet", "sent_on": self.clock.today(), "sent_at": self.clock.now()}
        sender = sent_by or self.teacher
        reminder_id: UUID = self.add(Reminder(id=uuid7(), pupil_id=pupil, sent_by=sender, **(values | fields)))
        return reminder_id

    def new_step(self, pupil: UUID, text: str = "Tante Fatima bellen", **fields: Any) -> UUID:
        """An open step without a day."""
        values: dict[str, Any] = {"text": text, "made_at": self.clock.now(), "version": 1}
        step_id: UUID = self.add(NextStep(id=self.new_id(), pupil_id=pupil, **(values | fields)))
        return step_id

    def new_outside(self, entry_id: UUID, answer: dict[str, Any] | None = None, **fields: Any) -> UUID:
        """A link for the pupil's coach, as it was mailed; with what the coach said, where that is given."""
        now = self.clock.now()
        values: dict[str, Any] = {
            "pupil_id": self.pupil,
            "who": "mijn begeleider bij de haven",
            "mail_to": "coach@example.nl",
            "locale": "nl",
            "asked_at": now,
            "expires_at": now + timedelta(days=30),
            "token_hash": secrets.token_bytes(32),
            "mailed_at": now,
        }
        link_id: UUID = self.add(OutsideLink(id=self.new_id(), entry_id=entry_id, **(values | fields)))
        if answer is not None:
            said = {"said_by": "Ria van de kade", "good": "Touwen", "grew": "Durf", "tip": "Vraag door", "words": []}
            said |= {"sent_at": now, "version": 1, "state": "sent"}
            self.add(OutsideAnswer(link_id=link_id, **(said | answer)))
        return link_id

    def new_transfer(self, *entries: UUID, to: UUID | None = None, **fields: Any) -> UUID:
        """The pupil offers these to Duinrand, where the pupil is placed from today on unless there is a place."""
        values: dict[str, Any] = {"pupil_id": self.pupil, "made_at": self.clock.now(), "changed_at": self.clock.now()}
        values |= {"version": 2, "sent_at": self.clock.now(), "expires_on": self.clock.today() + timedelta(days=60)}
        place = to or self.place(self.pupil, self.duin, self.far_group, self.clock.today())
        transfer_id: UUID = self.add(Transfer(id=self.new_id(), placement_id=place, **(values | fields)))
        for entry in entries:
            self.add(TransferItem(transfer_id=transfer_id, kind="entry", thing_id=entry))
        return transfer_id

    def say_yes(self, transfer_id: UUID, guardian: UUID | None = None) -> None:
        """A parent said yes to a transfer."""
        said = {"person_id": guardian or self.guardian, "answer": "yes", "version": 1, "answered_at": self.clock.now()}
        self.add(TransferConsent(transfer_id=transfer_id, **said))

    def new_homework_offer(self, group: UUID, **fields: Any) -> UUID:
        """A card from home that the teacher put ready for a group, for a week from now."""
        values: dict[str, Any] = {
            "card": "dream",
            "card_version": 1,
            "on_day": self.clock.today() + timedelta(days=7),
            "offered_by": self.teacher,
            "offered_at": self.clock.now(),
        }
        offer_id: UUID = self.add(HomeworkOffer(id=self.new_id(), group_id=group, **(values | fields)))
        return offer_id

    def new_homework(self, **fields: Any) -> UUID:
        """A card that the pupil filled in with home on one phone, in Turkish and Dutch, and shared with both."""
        now = self.clock.now()
        values: dict[str, Any] = {
            "pupil_id": self.pupil,
            "begun_by": self.pupil,
            "card": "dream",
            "card_version": 1,
            "language": "tr",
            "child_text": "Dat wist ik niet!",
            "home_text": "Pilot olmak istiyordum.",
            "state": "shared",
            "with_school": True,
            "changed_on": self.clock.today(),
            "begun_at": now,
            "updated_at": now,
            "version": 1,
        }
        values |= fields
        for side in ("home", "child"):
            values.setdefault(f"{side}_by", values["begun_by"] if values[f"{side}_text"] else None)
        values.setdefault("shared_at", now if values["state"] == "shared" else None)
        values.setdefault("placement_id", self.placement if values["with_school"] else None)
        homework_id: UUID = self.add(Homework(id=self.new_id(), **values))
        return homework_id

    def new_sound(self, homework_id: UUID, speaker: UUID, side: str, **fields: Any) -> UUID:
        """A spoken answer on a card from home, ready to be heard; its object is not there."""
        values = {"homework_id": homework_id, "sent_by": speaker, "kind": "sound"}
        values |= {"media_type": "audio/mp4", "name": "antwoord.m4a", "file_type": "audio/mp4"}
        sound_id = self.new_file(None, **(values | {"thumbnail_key": None} | fields))
        self.change(
            f"update homework set {side}_sound = :sound, {side}_by = :speaker where id = :id",
            sound=sound_id, speaker=speaker, id=homework_id,
        )  # fmt: skip
        return sound_id

    def new_notice(self, person: UUID, kind: str = "factor_changed", **fields: Any) -> UUID:
        """An unread notice of now; a trigger would have written it."""
        now = self.clock.now()
        values: dict[str, Any] = {"kind": kind, "about_id": uuid7(), "on_day": self.clock.today(), "at": now}
        notice_id: UUID = self.add(Notice(id=uuid7(), person_id=person, **(values | fields)))
        return notice_id

    def new_erasure(self, person: UUID, **fields: Any) -> UUID:
        """All of somebody is to be erased in a week, asked by that person."""
        values: dict[str, Any] = {"asked_as": "self", "asked_by": person, "asked_at": self.clock.now(),
                                  "due_on": self.clock.today() + timedelta(days=7), "school_id": self.kust}  # fmt: skip
        asked: UUID = self.add(Erasure(id=self.new_id(), person_id=person, **(values | fields)))
        return asked

    def new_correction(self, person: UUID, **fields: Any) -> UUID:
        """Asked of Kustlijn, by the person."""
        values: dict[str, Any] = {"school_id": self.kust, "asked_by": person, "about": "name",
                                  "said": "Met een ij.", "asked_at": self.clock.now()}  # fmt: skip
        asked: UUID = self.add(Correction(id=self.new_id(), person_id=person, **(values | fields)))
        return asked

    def new_mail_address(self, person: UUID, **fields: Any) -> str:
        """A confirmed address with the weekly mail on, replacing an earlier one; the secret that its mails hold."""
        self.change("delete from mail_address where person_id = :person", person=person)
        secret = secrets.token_bytes(32)
        values: dict[str, Any] = {"address": "thuis@example.nl", "confirmed_at": self.clock.now(), "weekly": True}
        values |= {"bounces": 0, "misses": 0, "off_secret": secret}
        self.add(MailAddress(person_id=person, **(values | fields)))
        return token_of(secret)

    def new_choice(self, pupil: UUID, placement: UUID, *options: str, **fields: Any) -> tuple[UUID, list[UUID]]:
        """The choice of a direction of this school year, with these on the list; 0 unless a ring is given."""
        now, today = self.clock.now(), self.clock.today()
        values: dict[str, Any] = {"kind": "direction", "school_year": 2026, "version": 1, "changed_on": today}
        values |= {"made_at": now, "updated_at": now, "pupil_id": pupil, "placement_id": placement}
        moment: UUID = self.add(ChoiceMoment(id=self.new_id(), **(values | fields)))
        told = {"moment_id": moment, "version": 1, "made_at": now}
        return moment, [self.add(ChoiceOption(id=self.new_id(), name=name, **told)) for name in options]

    def new_sureness(self, moment: UUID, sure: int, **fields: Any) -> UUID:
        """How sure the pupil is today."""
        values: dict[str, Any] = {"moment_id": moment, "sure": sure, "at": self.clock.now()}
        sure_id: UUID = self.add(ChoiceSureness(id=self.new_id(), **(values | fields)))
        return sure_id

    def new_pick(self, moment: UUID, plan_a: UUID | None, **fields: Any) -> UUID:
        """What the pupil chose today."""
        values: dict[str, Any] = {"moment_id": moment, "plan_a": plan_a, "at": self.clock.now()}
        pick_id: UUID = self.add(ChoicePick(id=self.new_id(), **(values | fields)))
        return pick_id

    def new_conversation(self, pupil: UUID | None = None, **fields: Any) -> UUID:
        """A talk about later of the pupil with the dean in a week, planned by the dean; whatever else, as said."""
        now, today = self.clock.now(), self.clock.today()
        values: dict[str, Any] = {
            "pupil_id": pupil or self.pupil,
            "placement_id": self.placement,
            "kind": "career",
            "on_day": today + timedelta(days=7),
            "at_time": time(13, 30),
            "place": "Kamer 1.12",
            "held_with": self.dean,
            "planned_by": self.dean,
            "made_at": now,
            "changed_at": now,
            "changed_by": self.dean,
            "changed_on": today,
            "version": 1,
        }
        conversation_id: UUID = self.add(Conversation(id=self.new_id(), **(values | fields)))
        return conversation_id

    def new_sheet(self, conversation: UUID, **fields: Any) -> None:
        """The pupil's sheet of a talk, ready."""
        now = self.clock.now()
        values: dict[str, Any] = {"pupil_id": self.pupil, "doubt": "Techniek of zorg.", "ready_at": now}
        values |= {"updated_at": now, "version": 1} | fields
        self.add(PrepSheet(conversation_id=conversation, **values))

    def new_record(self, conversation: UUID, version: int = 1, **fields: Any) -> None:
        """A version of the record, in both voices, written by the dean."""
        values: dict[str, Any] = {"pupil_voice": "Ik wil iets met apparaten.", "staff_voice": "Yara zoekt verder."}
        values |= {"written_by": self.dean, "written_at": self.clock.now()} | fields
        self.add(ConversationRecord(conversation_id=conversation, version=version, **values))

    def new_agreement(self, conversation: UUID, version: int = 1, **fields: Any) -> None:
        """The pupil's akkoord on a version of the record; home reads it too."""
        values: dict[str, Any] = {"pupil_id": self.pupil, "ring": 2, "way": "own", "agreed_at": self.clock.now()}
        self.add(ConversationAgreement(conversation_id=conversation, record_version=version, **(values | fields)))

    def new_figures(self, school: UUID) -> UUID:
        """Figures of a school and of the city, set on 1 October."""
        fields = {"school_year": 2026, "quarter": 1, "set_on": date(2026, 10, 1), "made_at": self.clock.now()}
        publication: UUID = self.add(Publication(id=self.new_id(), **fields))
        for whose in (school, None):
            for family, code, times in (("all", "placed", None), ("field", "zorg", 30)):
                told = {"level": "vmbo", "family": family, "code": code, "pupils": 20, "times": times}
                self.add(PublishedFigure(id=self.new_id(), publication_id=publication, school_id=whose, **told))
        return publication

    def new_agreed_conversation(self, **fields: Any) -> UUID:
        """A talk of which the record, with a step for each, is agreed."""
        conversation = self.new_conversation(**fields)
        self.new_sheet(conversation)
        steps = [
            {"id": str(self.new_id()), "text": text, "who": who, "staffId": staff, "dueOn": "2026-12-19"}
            for text, who, staff in (
                ("Meelopen in het ziekenhuis", "pupil", None),
                ("De afdeling bellen", "staff", str(self.dean)),
                ("Mee naar de open avond", "home", None),
            )
        ]
        self.new_record(conversation, steps=steps)
        self.new_agreement(conversation)
        return conversation

    def new_card(self, pupil: UUID, **fields: Any) -> str:
        """A card for this pupil, as the teacher would have made it; its secret."""
        secret = uuid7().hex.upper()
        values: dict[str, Any] = {
            "pupil_id": pupil,
            "secret_hash": hashlib.sha256(secret.encode()).digest(),
            "issued_by": self.teacher,
            "issued_at": self.clock.now(),
            "last_day": date(2027, 7, 31),
        }
        self.add(PupilCard(id=uuid7(), **(values | fields)))
        return secret

    def new_invitation(self, person: UUID, kind: str = "guardian", **fields: Any) -> str:
        """An open invitation by the admin of Kustlijn; its code."""
        code = new_code()
        now = self.clock.now()
        values: dict[str, Any] = {
            "kind": kind,
            "school_id": self.kust,
            "person_id": person,
            "letter": 1,
            "selector": code[:4],
            "secret_hash": CODES.hash(code[4:]),
            "made_by": self.admin,
            "made_at": now,
            "expires_at": now + timedelta(days=30),
        }
        self.add(Invitation(id=uuid7(), **(values | fields)))
        return code

    def new_app(self, person: UUID) -> str:
        """An app of this person that shows codes; its secret, as the app holds it."""
        secret = secrets.token_bytes(20)
        sealed = seal(secret, person, self.settings.pin_pepper.get_secret_value())
        values = {"kind": "app", "name": "Telefoon", "created_at": self.clock.now(), "last_step": 0}
        self.add(Factor(id=uuid7(), person_id=person, sealed_secret=sealed, **values))
        return base32(secret)

    def new_recovery_code(self, person: UUID) -> str:
        code = new_recovery_codes()[0]
        self.add(RecoveryCode(code_hash=recovery_hash(code), person_id=person))
        return code

    def new_window(self, group: UUID, code: str = "BCDFGH") -> str:
        """An open window for this group, replacing what was there; its code."""
        now = self.clock.now()
        self.change("delete from class_window")
        values = {"opened_by": self.teacher, "opened_at": now, "closes_at": now + timedelta(minutes=15)}
        self.add(ClassWindow(id=uuid7(), group_id=group, code=code, **values))
        return code

    def new_import(self) -> UUID:
        """A roster that was read and waits for a yes."""
        nothing: dict[str, Any] = {"counts": {}, "names": {}, "many": [], "problems": [], "ignored": {}, "pupils": 0}
        made: UUID = self.add(
            RosterImport(
                id=uuid7(),
                school_id=self.kust,
                state="ready",
                name="rooster.zip",
                object_key="roster/none",
                upload_id="none",
                made_by=self.admin,
                made_at=self.clock.now(),
                outcome=nothing,
            )
        )
        return made

    def at(self, day: date) -> None:
        """Moves the clock to noon of a day."""
        self.clock.set(datetime.combine(day, time(11), UTC))  # type: ignore[attr-defined]

    # --- asking ---------------------------------------------------------------------------------

    def client(self, person: UUID | None) -> httpx.AsyncClient:
        """A browser in which this person is signed in; None: nobody is."""
        headers = {"X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}
        if person is not None:
            token = uuid7().hex
            now = self.clock.now()
            self.add(
                Session(
                    id=uuid7(),
                    token_hash=hashlib.sha256(token.encode()).digest(),
                    person_id=person,
                    device="own",
                    label="Chrome, Android",
                    created_at=now,
                    last_seen_at=now,
                    idle_seconds=4000 * 24 * 3600,
                    expires_at=now + timedelta(days=4000),
                    proved_at=now,
                )
            )
            headers["Cookie"] = f"sid={token}"
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=self.settings.origin, headers=headers
        )
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()
