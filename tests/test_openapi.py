"""What the OpenAPI document says is what the app does: for made-up requests of every kind, as every role.

Each operation is called with what its schema allows and with what it forbids. The allowed requests get ids that
exist, so that they reach past the door. TALENT_FUZZ_EXAMPLES makes more of them.
"""

import base64
import hashlib
import itertools
import json
import os
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import requests
import schemathesis
import uvicorn
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, Phase
from hypothesis import settings as effort
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import text
from uuid_utils.compat import uuid7

from app.access.administration.models import AdminAct
from app.access.administration.schemas import AdminGroupFile, AdminGroupList, Overview, PeoplePage, PersonFile
from app.access.cards.models import PinMisses
from app.access.cards.schemas import GroupSignIn
from app.access.factors.models import FactorChange
from app.access.factors.schemas import Factors
from app.access.invitations.models import GuardianshipDecision
from app.access.invitations.schemas import LettersPage, LinkPage, ParentsPage
from app.access.schemas import LookPage, Me, SessionList
from app.guidance.activities.models import ActivitySignUp
from app.guidance.activities.schemas import ActivityList, ActivityPage, CityList, CityPage, MyActivity, WaitingList
from app.guidance.calendar.schemas import Calendar, CalendarFeedState
from app.guidance.care.schemas import GroupCare, SchoolCare
from app.guidance.chances.schemas import JobChancesOut
from app.guidance.choices.models import ChoiceOptionEntry
from app.guidance.choices.schemas import MyChoices, PupilChoices
from app.guidance.conversations.schemas import ConversationLists, ConversationPage, PupilConversations
from app.guidance.dossiers.models import DossierHandIn, DossierPdf
from app.guidance.dossiers.schemas import HandInPage, HomeDossier, MyDossier, SchoolChecklist, SchoolDossiers
from app.guidance.family.models import HomeVisit
from app.guidance.family.schemas import HomePage
from app.guidance.homework.schemas import GroupHomework, HomeworkList
from app.guidance.homework.schemas import Homework as HomeworkPage
from app.guidance.notices.schemas import NoticeCount, NoticePage, NoticeSettings
from app.guidance.organisations.schemas import OrganisationList, OrganisationPage
from app.guidance.outside.models import OutsideConsent, OutsideSession
from app.guidance.outside.schemas import EntryOutside, OwnLinks, Requests
from app.guidance.picture.models import TalentWord
from app.guidance.picture.schemas import Picture
from app.guidance.questions.schemas import EarlierAnswers, SchoolQuestions
from app.guidance.rounds.schemas import AgreedSteps, GroupRounds, SchoolRounds
from app.guidance.steps.schemas import StepList
from app.guidance.suggestion.models import FieldChoice
from app.guidance.suggestion.schemas import SuggestionPage
from app.guidance.today.schemas import Today
from app.guidance.weekly_mail.schemas import MailState, SchoolMail
from app.insight.schemas import Counts
from app.main import create_app
from app.people.models import Guardianship
from app.people.schemas import GroupPage, PupilPage, SchoolPage
from app.platform.clock import FixedClock
from app.platform.http import Model
from app.platform.orm import Base
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.erasure.models import Keeping
from app.portability.erasure.schemas import DataPage, DataRequests, ErasableShown
from app.portability.exports.schemas import ExportList
from app.portability.imports.schemas import BringList, BringOut, BroughtPage
from app.portability.showcases.models import ShowcaseConsent, ShowcaseCount, ShowcaseVisit
from app.portability.showcases.schemas import (
    MyShowcases,
    PageContent,
    ShowcaseMaterial,
    ShowcasePageOut,
    ShowcaseRequests,
    kept,
)
from app.portability.transfers.models import TransferItem
from app.portability.transfers.schemas import (
    Choosable,
    MyTransfers,
    OfferedTransfer,
    OfferedTransfers,
    OwnTransfer,
    PupilTransfers,
    TransferRequests,
    TransferView,
)
from app.portfolio.schemas import (
    EntryCardList,
    EntryPage,
    PortfolioPage,
    ReviewQueue,
    RunningLogbooks,
    VersionList,
)
from tests.dossiers import file_of, fill_dossier, new_hand_in
from tests.ids import new_id
from tests.portability.filled import new_bringing, new_brought, new_brought_sound, new_export
from tests.showcases import content, page_of, paper_of, share_of, story
from tests.world import World

FEW = 5
EXAMPLES = int(os.environ.get("TALENT_FUZZ_EXAMPLES", FEW))
ROLES = ("nobody", "outside", "coordinator", "admin", "guardian", "teacher", "dean", "pupil")
"""Those who may least come first: what one changes, the next finds."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
OURS = {"X-Requested-By": "portfolio", "Sec-Fetch-Site": "same-origin"}

api = schemathesis.openapi.from_dict(create_app(Settings()).openapi())
api.config.generation.update(with_security_parameters=False)  # the roles bring their own cookies
# Refusals that come before the fields are looked at, or after: too large, of no known type, another state.
api.config.checks.negative_data_rejection.expected_statuses = [
    "400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(settings: Settings, clock: FixedClock) -> Iterator[str]:
    """The app behind a real server, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, clock), log_level="critical", lifespan="on", server_header=False)
    )
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


KEPT = (
    "person",
    "account",
    "school_group",
    "placement",
    "group_membership",
    "staff_role",
    "group_assignment",
    "guardianship",
    "look_reason",
    "consent",
    "session",
    "entry",
    "entry_version",
    "homework_offer",
    "homework",
    "home_visit",
    "attachment",
    "feedback",
    "organisation",
    "calendar_feed",
    "dossier_checklist",
    "dossier_part",
    "dossier_hand_in",
    "dossier_pdf",
    "kept_file",
    "activity",
    "activity_group",
    "activity_absence",
    "activity_sign_up",
    "school_question",
    "school_question_version",
    "reminder",
    "conversation",
    "next_step",
    "transfer",
    "transfer_item",
    "transfer_consent",
    "outside_link",
    "outside_consent",
    "outside_session",
    "outside_answer",
    "outside_look",
    "showcase_page",
    "showcase_share",
    "showcase_consent",
    "showcase_visit",
    "showcase_count",
    "showcase_document",
    "showcase_pdf",
    "choice_moment",
    "choice_option",
    "choice_option_entry",
    "choice_sureness",
    "choice_pick",
    "prep_sheet",
    "conversation_record",
    "conversation_agreement",
    "talent_word",
    "word_choice",
    "field_choice",
    "access_log",
    "idempotency_key",
    "sign_in_attempts",
    "pupil_card",
    "pupil_pin",
    "pin_misses",
    "class_window",
    "roster_import",
    "class_arrival",
    "invitation",
    "guardianship_decision",
    "admin_act",
    "second_factor",
    "recovery_code",
    "factor_challenge",
    "factor_misses",
    "factor_change",
    "notice",
    "notice_setting",
    "mail_address",
    "portfolio_export",
    "portfolio_import",
    "brought_record",
    "erasure",
    "correction",
    "keeping",
)


def _keeping() -> str:
    """Two functions of the database: all rows are kept as they are, and put back; no trigger and no reference minds."""
    made, keep, put_back = [], [], [f"delete from public.{table};" for table in reversed(KEPT)]
    for table in KEPT:
        columns = ", ".join(one.name for one in Base.metadata.tables[table].columns if one.computed is None)
        made.append(f"create table tests.{table} as select {columns} from public.{table} with no data;")
        keep.append(f"delete from tests.{table}; insert into tests.{table} select {columns} from public.{table};")
        put_back.append(f"insert into public.{table} ({columns}) select {columns} from tests.{table};")
    begin = "returns void language plpgsql as $$ begin perform set_config('session_replication_role', 'replica', true);"
    for name, lines in (("keep", keep), ("put_back", put_back)):
        made.append(f"create function tests.{name}() {begin} {' '.join(lines)} end $$;")
    return " ".join(made)


class Visit:
    """Everybody signed in, and what the requests are about: put back as it was before each of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        entry = world.new_entry(competencies=["networking"], tags=["haven"])
        world.new_draft()
        world.new_feedback(entry, world.guardian, kind="reaction", voice="home")
        self.ids = {
            "entry_id": entry,
            "pupil_id": world.pupil,
            "group_id": world.group,
            "school_id": world.kust,
            "placement_id": world.placement,
            "role_id": world.scalar("select id from staff_role where person_id = :dean", dean=world.dean),
            "assignment_id": world.scalar("select id from group_assignment where group_id = :g", g=world.group),
            "act_id": world.add(_act(world)),
            "activity_id": world.new_activity(world.group, happens_on=date(2026, 12, 1), sign_up=True),
            "attachment_id": world.new_file(entry),
            "feedback_id": world.new_feedback(entry, world.teacher),
            "guardianship_id": world.scalar(
                "select id from guardianship where guardian_id = :lot", lot=world.unconfirmed
            ),
            "person_id": world.teacher,
            "organisation_id": world.new_organisation(),
            "secret": world.new_calendar(world.pupil),
            "question_id": world.new_question(world.kust),
            "reminder_id": world.new_reminder(world.pupil),
            "step_id": world.new_step(world.pupil),
            "link_id": _outside(world, entry),
            "hand_in_id": new_hand_in(world),
            "notice_id": world.new_notice(world.pupil),
            "token": world.new_mail_address(world.guardian),
            "homework_id": world.new_homework(),
            "offer_id": world.new_homework_offer(world.group),
            "transfer_id": _transfer(world),
            "conversation_id": world.new_agreed_conversation(),
            "erasure_id": world.new_erasure(world.classmate),
            "correction_id": world.new_correction(world.pupil),
        }
        # The photo of what was handed in lies both in a story and in the dossier.
        self.ids["attachment_id"] = file_of(world, self.ids["hand_in_id"])
        self.ids |= _showcase(world, self.ids["attachment_id"]) | {"kind": "cv"}
        self.ids["sound_id"] = world.new_sound(self.ids["homework_id"], world.pupil, "child")
        choice, (option,) = world.new_choice(world.pupil, world.placement, "Zorg", ring=2)
        self.ids |= {"choice_id": choice, "option_id": option, "sure_id": world.new_sureness(choice, 3)}
        self.ids["pick_id"] = world.new_pick(choice, option)
        world.new_conversation(planned_by=world.pupil)
        letter, reset = world.new_invitation(world.pupil), world.new_invitation(world.guardian, "reset")
        self.codes = dict.fromkeys(("/v1/invitations/look", "/v1/accounts", "/v1/me/children"), letter)
        self.codes["/v1/passwords"] = reset
        self.ids["invitation_id"] = world.scalar("select id from invitation order by id limit 1")
        world.new_app(world.dean)
        world.new_figures(world.kust)
        self.ids["factor_id"] = world.scalar("select id from second_factor")
        self.known = {
            "secret": world.new_card(world.pupil),
            "code": world.new_window(world.group),
            "pupilId": str(world.pupil),
            "pupilIds": [str(world.pupil)],
            "groupId": str(world.other_group),
            "entryId": str(entry),
            "placementId": str(world.placement),
            "link": "held",
            "personId": str(world.other_teacher),
            "card": "dream",
            "cardVersion": 1,
            "offerId": None,
            "pageId": str(self.ids["page_id"]),
            "startsOn": "2026-11-24",
            "endsOn": "2026-12-24",
            "pageVersion": 1,
            "export_id": new_export(world),
            "import_id": new_bringing(world),
            "record_id": new_brought(world, entry),
        }
        self.headers = {role: OURS | _cookie(world, role) for role in ROLES}
        self.ids["session_id"] = world.scalar("select id from session where person_id = :pupil", pupil=world.pupil)
        self.turn = itertools.cycle(ROLES)
        self._connection = world.engine.connect()
        if not self._connection.scalar(text("select to_regproc('tests.keep') is not null")):
            self._connection.exec_driver_sql(_keeping())
        self._connection.execute(text("select tests.keep()"))
        self._connection.commit()

    def begin(self) -> None:
        """Everything as it was."""
        self._connection.execute(text("select tests.put_back()"))
        self._connection.commit()

    def point(self, case: schemathesis.Case) -> None:
        """Gives a well-formed request ids that exist, and what only a device that read the page before can know."""
        for name in case.path_parameters:
            case.path_parameters[name] = str(self.ids.get(name, case.path_parameters[name]))
        case.headers.update({"If-Match": '"1"', "Idempotency-Key": str(new_id(self.world))})
        if isinstance(case.body, dict) and "id" in case.body:
            case.body["id"] = str(new_id(self.world))
        if isinstance(case.body, dict):
            # A card, a window and a pupil that exist.
            case.body |= {key: value for key, value in self.known.items() if key in case.body}
        if isinstance(case.body, dict) and case.path in self.codes:
            case.body["code"] = self.codes[case.path]
        if isinstance(case.body, dict) and "mediaType" in case.body:
            spoken = case.path.endswith("/sounds")
            case.body |= {"mediaType": "audio/webm" if spoken else "image/jpeg", "size": 1000}

    def close(self) -> None:
        self._connection.close()


def _transfer(world: World) -> UUID:
    """Something of primary school that waits for Kustlijn, with a parent's yes."""
    primary = world.new_group(world.duin, "8", 2025, "po")
    before = world.place(world.pupil, world.duin, primary, date(2025, 8, 1), date(2026, 7, 31))
    transfer = world.new_transfer(world.new_entry("Groep 8", placement_id=before), to=world.placement)
    world.say_yes(transfer)
    return transfer


def _outside(world: World, entry: UUID) -> UUID:
    """A link that mentor and parent agreed to, and what came back by it; who holds it, holds `held`."""
    link = world.new_outside(entry, {"words": ["rustig"]}, token_hash=hashlib.sha256(b"held").digest())
    for person, side in ((world.teacher, "school"), (world.guardian, "home")):
        said = {"answer": "yes", "version": 1, "answered_at": world.clock.now()}
        world.add(OutsideConsent(link_id=link, person_id=person, side=side, **said))
    until = world.clock.now() + timedelta(hours=1)
    opened = {"tries": 0, "asked_at": world.clock.now(), "code_until": until, "opened_at": world.clock.now()}
    token = hashlib.sha256(b"held").digest()
    world.add(OutsideSession(id=new_id(world), link_id=link, token_hash=token, expires_at=until, **opened))
    return link


def _showcase(world: World, file: UUID) -> dict[str, UUID]:
    """A page with a link that a parent agreed to, opened in a browser; who holds it, holds `held`."""
    entry: UUID = world.scalar("select entry_id from attachment where id = :file", file=file)
    page = page_of(world, story(entry, file))
    share = share_of(world, page, "held")
    said = {"answer": "yes", "version": 1, "page_version": 1, "answered_at": world.clock.now()}
    world.add(ShowcaseConsent(share_id=share, person_id=world.guardian, **said))
    world.change("update showcase_share set agreed_version = 1, agreed_content = (select content from showcase_page)")
    visit = {"expires_at": world.clock.now() + timedelta(hours=1), "token_hash": hashlib.sha256(b"held").digest()}
    paper_of(world, page, entry, state="ready", object_key="showcase/x.pdf")
    return {
        "page_id": page,
        "share_id": share,
        "visit_id": world.add(ShowcaseVisit(id=new_id(world), share_id=share, **visit)),
    }


def _act(world: World) -> AdminAct:
    """What an admin did today, and can take back."""
    fields = {"school_id": world.kust, "actor_id": world.admin, "person_id": world.pupil, "group_id": world.group}
    facts = {"group": "2A", "level": "vmbo", "startsOn": "2026-11-24"}
    return AdminAct(id=new_id(world), **fields, kind="moved", at=world.clock.now(), facts=facts, rows=[])


def _cookie(world: World, role: str) -> dict[str, str]:
    if role == "outside":
        return {"cookie": "outside=held"}
    person = None if role == "nobody" else getattr(world, role)
    return {name: value for name, value in world.client(person).headers.items() if name == "cookie"}


@pytest.fixture
def visit(world: World) -> Iterator[Visit]:
    made = Visit(world)
    yield made
    made.close()


@pytest.fixture(scope="module")
def asked() -> Iterator[Counter[str]]:
    """How often each role asked, and what was answered; shown by `pytest -s` with more examples."""
    told: Counter[str] = Counter()
    yield told
    if EXAMPLES > FEW:
        print("", *(f"{what:20} {many}" for what, many in sorted(told.items())), sep="\n")


@api.parametrize()
@effort(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_document_holds_for_every_role(
    case: schemathesis.Case, visit: Visit, address: str, asked: Counter[str]
) -> None:
    well_formed = case.meta is None or case.meta.generation.mode.is_positive
    if well_formed:
        visit.begin()
        visit.point(case)
    # What is malformed is refused whoever asks: one asks each time, in turn.
    with requests.Session() as browser:
        for role in ROLES if well_formed else (next(visit.turn),):
            answer = case.call(base_url=address, session=browser, headers=visit.headers[role], allow_redirects=False)
            asked.update((role, f"{role} {answer.status_code // 100}xx"))
            case.validate_response(answer, checks=CHECKS)


ODD = [
    "\x00",
    '"\x00"',
    "\x01\x7f",
    "é",
    "\xff\xfe",
    "😀",
    "",
    " ",
    ",;=,",
    "*",
    '"1',
    'W/"1"',
    '"' + "9" * 30 + '"',
    "a" * 30_000,
]
FIELDS = (
    "Cookie", "If-Match", "If-None-Match", "Idempotency-Key", "Accept-Language", "Accept", "User-Agent", "Origin",
    "Content-Length", "Content-Type", "Range", "Host", "X-Forwarded-For", "X-Request-Id", "Accept-Encoding",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
async def test_an_odd_header_is_no_failure(field: str, world: World) -> None:
    """Straight to the app: a server in front of it may let through what a browser would never send."""
    entry = world.new_entry()
    client = world.client(world.pupil)
    for value in ODD:
        for sid in ("sid=", "") if field == "Cookie" else ("",):
            headers = {field: f"{sid}{value}".encode()}
            answers = [
                await client.get(f"/v1/entries/{entry}", headers=headers),
                await client.get("/v1/reference", headers=headers),
                await client.get("/v1/nothing", headers=headers),
                await client.put(f"/v1/entries/{entry}", json={"details": {"kind": "experience"}}, headers=headers),
                await client.post(f"/v1/entries/{entry}/feedback", json=_comment(world), headers=headers),
            ]
            assert [answer.status_code for answer in answers if answer.status_code >= 500] == [], (field, value)


def _comment(world: World) -> dict[str, str]:
    return {"id": str(new_id(world)), "kind": "comment", "text": "Mooi."}


PAGED = (
    "/v1/me/looks", "/v1/me/notices", "/v1/review-queue", "/v1/pupils", "/v1/pupils/{pupil}/portfolio",
    "/v1/schools/{school}/people",
)  # fmt: skip
PARTS: list[object] = [
    "", "\x00", "\ud800", "a" * 300, None, 1, [], {}, "0001-01-01", "9999-12-31", "2026-11-24",
    "2026-11-24T11:00:00", "2026-11-24T11:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "infinity", "00000000-0000-0000-0000-000000000000", "not-an-id",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGED)
async def test_a_made_up_cursor_is_no_failure(path: str, world: World) -> None:
    client = world.client(world.admin if "schools" in path else world.pupil)
    last = "00000000-0000-0000-0000-000000000000"
    keys: list[object] = [[part, last] for part in PARTS] + [[part] for part in PARTS] + PARTS + [[[[]]]]
    cursors = [base64.urlsafe_b64encode(json.dumps(key).encode()).decode() for key in keys]
    for cursor in [*cursors, "", "=", "====", "é", "-_-_", "Ww", "a" * 501]:
        answer = await client.get(path.format(pupil=world.pupil, school=world.kust), params={"cursor": cursor})
        assert answer.status_code in (200, 400, 422), (cursor, answer.text)


@pytest.mark.parametrize(
    "query",
    [
        "(((((",
        "[",
        "\\",
        "a\\",
        "*" * 100,
        ".* " * 33,
        "a " * 50,
        "{9999}",
        "(?=",
        "😀",
        "\u202e",
        "%_",
        "ß" * 100,
        "İ" * 100,
    ],
)
async def test_an_odd_search_is_no_failure(query: str, world: World) -> None:
    for who, path in ((world.dean, "/v1/pupils"), (world.admin, f"/v1/schools/{world.kust}/people")):
        answer = await world.client(who).get(path, params={"query": query})
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("status", [500, 503])
async def test_a_store_in_trouble_is_tried_later(status: int, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What S3 itself answers when it is too busy; boto3 has tried again before."""

    def refuse(*_: object) -> str:
        meta = {"ResponseMetadata": {"HTTPStatusCode": status}, "Error": {"Code": "SlowDown"}}
        raise ClientError(meta, "CreateMultipartUpload")  # type: ignore[arg-type]

    monkeypatch.setattr(Storage, "start_upload", refuse)
    answer = await world.client(world.pupil).post(
        f"/v1/entries/{world.new_entry()}/attachments",
        json={"id": str(new_id(world)), "name": "kraan.mp4", "mediaType": "video/mp4", "size": 20_000_000},
    )
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/try-later")
    assert answer.headers["retry-after"]


# --- pages as SQL builds them ------------------------------------------------------------------------

DETAILS: list[dict[str, Any]] = [
    {"kind": "experience", "form": "internship", "organisation": "Haven", "hours": 7.5,
     "logbook": [{"on": "2026-11-02", "text": "Touwen"}, {"on": "2026-11-23", "hours": 7.5, "attachmentIds": []}],
     "expectation": {"before": "Saai", "after": "Mooi", "lookingForward": "meh", "listChoice": "on", "why": "Wind"}},
    {"kind": "work_sample", "occasion": "Techniek", "together": "together"},
    {"kind": "interview", "role": "kapitein", "exchanges": [{"question": "Waarom?", "answer": "De zee"}]},
    {"kind": "article", "source": "krant", "publishedOn": "2026-10-01", "why": "Mooi"},
    {"kind": "result", "subject": "Nederlands", "result": "goed", "by": "juf"},
    {"kind": "reflection", "looksBackOn": "period", "about": "de zomer"},
]  # fmt: skip
ANSWER = {"questionId": "B-1", "questionVersion": 1, "question": "Wat deed je?", "text": "Touwen", "skipped": False}


async def _letters(world: World) -> None:
    """An open letter, one that was used, and a link that the school opened by hand."""
    world.new_invitation(world.pupil, mail_to="thuis@example.nl")
    world.new_invitation(world.pupil, claimed_by=world.unconfirmed, claimed_at=world.clock.now(), relation="caretaker")
    link = world.scalar("select id from guardianship where guardian_id = :father", father=world.no_custody)
    decided = {"state": "confirmed", "custody": "no", "opened_on": world.clock.today(), "reason": "Afgesproken"}
    world.add(
        GuardianshipDecision(
            id=uuid7(), guardianship_id=link, decided_by=world.admin, decided_at=world.clock.now(), **decided
        )
    )


async def _rich(world: World) -> None:
    """Every kind, state, voice and kind of file; earlier years and schools; people whose ties ended or wait."""
    pupil = world.client(world.pupil)
    for number, details in enumerate(DETAILS):
        path = f"/v1/entries/{new_id(world)}"
        content = {"title": f"Ding {number}", "details": details, "answers": [ANSWER] if number % 2 else [],
                   "tags": ["haven"], "competencies": ["networking"], "feeling": "not_nice"}  # fmt: skip
        (await pupil.put(path, json=content)).raise_for_status()
        (await pupil.put(f"{path}/audience", json={"ring": 2}, headers={"If-Match": '"1"'})).raise_for_status()
        changed = content | {"body": "Nog iets", "happenedOn": "2026-11-02", "endedOn": "2026-11-03"}
        (await pupil.put(path, json=changed, headers={"If-Match": '"1"'})).raise_for_status()
    asked = world.new_entry("Gevraagd", state="asked_back", happened_on=None)
    world.new_feedback(asked, world.teacher, "ask_back")
    seen = world.new_entry("Bekeken", state="seen", seen_at=world.clock.now(), seen_by=world.teacher)
    for author, kind, voice in (
        ("teacher", "comment", "school"),
        ("pupil", "answer", "pupil"),
        ("dean", "comment", "school"),
    ):
        world.new_feedback(seen, getattr(world, author), kind, voice)
    reaction = world.new_feedback(seen, world.guardian, "reaction", "home")
    world.change("update feedback set reaction = 'proud', text = '' where id = :id", id=reaction)
    files: list[dict[str, Any]] = [
        {"state": "uploading", "file_key": None, "thumbnail_key": None, "upload_id": "x"},
        {"state": "received", "file_key": None, "thumbnail_key": None},
        {"state": "ready", "width": 800, "height": 600, "alt": "De kraan"},
        {"state": "refused", "refusal": "unsupported_type", "file_key": None, "thumbnail_key": None},
        {"kind": "document", "media_type": "application/pdf", "name": "verslag.pdf"},
        {"kind": "film", "media_type": "video/mp4", "name": "film.mp4"},
        {"kind": "sound", "media_type": "audio/mp4", "name": "geluid.m4a"},
    ]
    for fields in files:
        world.new_file(seen, **fields)
    world.new_entry("Haven", details={"kind": "experience", "activityId": str(world.new_activity(world.group))})
    coming = world.new_activity(world.group, sign_up=True, places=2, happens_on=date(2026, 12, 1),
                                questions=[{"competency": "motives", "text": None}])  # fmt: skip
    city = world.new_city_activity("A", "B")
    for signed in (coming, city):
        world.add(ActivitySignUp(activity_id=signed, pupil_id=world.pupil, signed_by=world.pupil,
                                 signed_at=world.clock.now()))  # fmt: skip
    world.new_city_activity("B", places=1)
    world.new_activity(world.group, state="cancelled")
    world.new_activity(world.group, world.other_group, starts_at=time(9, 30), work_fields=["transport"])
    there = world.new_organisation(website="https://haven.example", note="Bel naar de balie.")
    seen_there = {"starts_at": time(9, 30), "ends_on": world.clock.today() + timedelta(days=1)}
    world.new_activity(
        *(world.group, world.other_group), **seen_there, work_fields=["transport"], form="fair", organisation_id=there
    )
    spoken = world.new_file(seen, kind="sound", media_type="audio/mp4", name="antwoord.m4a")
    told = [ANSWER | {"attachmentId": str(spoken), "competency": None, "text": ""}]
    world.change("update entry set answers = cast(:told as jsonb) where id = :id", told=json.dumps(told), id=seen)
    changed = world.new_question(world.kust, "Wat leerde je?", version=2, withdrawn_at=world.clock.now())
    world.change("update school_question set text = 'Wat leerde je hier?' where id = :id", id=changed)
    for author, voice in ((world.pupil, "pupil"), (world.teacher, "school"), (world.guardian, "home")):
        world.new_word(seen, author, "Rustig blijven", voice)
    world.new_word(seen, world.pupil, "Rustig blijven", "outside", "mijn begeleider")
    over = {"ended_at": world.clock.now(), "end_reason": "decided"}
    link = world.new_outside(seen, {"state": "accepted", "decided_at": world.clock.now(), "words": ["rustig"]}, **over)
    world.change(
        "insert into outside_look select id, :today, pupil_id, entry_id, who, :now from outside_link",
        today=world.clock.today(), now=world.clock.now(),
    )  # fmt: skip
    word = {"said_by": "Ria", "via_link": link, "key": " rustig", "word": "rustig", "voice": "outside"}
    world.add(TalentWord(id=uuid7(), entry_id=seen, author_id=world.pupil, given_at=world.clock.now(), **word))
    world.new_outside(seen, mailed_at=None)
    hidden = {"state": "hidden", "told_at": world.clock.now()}
    world.new_outside(seen, hidden, mail_to=None, **over)
    world.new_activity(world.group, happens_on=world.clock.today() + timedelta(days=9), work_fields=["groen"])
    world.add(FieldChoice(pupil_id=world.pupil, field="bouw", not_for_me_on=world.clock.today()))
    _care(world, seen)
    await _dossiers(world)
    _takeaway(world, seen)
    _home(world)
    _notices(world, seen, coming)
    _choices(world, seen)
    _talks(world, seen)
    _showcases(world, seen, entry=world.new_entry("Op de bladzijde", tags=["Rustig"]))
    _data(world)
    world.new_draft()
    world.new_entry("Weg", state="trashed", state_before_trash="shared", trashed_at=world.clock.now())
    world.new_entry("Klaar", state="archived", state_before_trash="seen")
    world.new_entry("Alleen school", ring=1)
    before = world.place(
        world.pupil, world.duin, world.new_group(world.duin, "8", 2024, "po"), date(2024, 8, 1), date(2025, 7, 31)
    )
    world.new_entry("Groep 8", placement_id=before, school_year=2024, happened_on=date(2025, 5, 1))
    _transfers(world, before)
    world.new_entry("Lang geleden", placement_id=before, school_year=2019, happened_on=date(2019, 9, 1))
    world.place(world.classmate, world.duin, world.far_group, date(2026, 10, 1))
    world.change(
        "update placement set ends_on = '2026-09-30' where pupil_id = :mate and school_id = :kust",
        mate=world.classmate, kust=world.kust,
    )  # fmt: skip
    sibling, _ = world.new_pupil("Bo", world.duin, world.far_group, birth_date=date(2009, 1, 1))
    world.change("update person set birth_date = null where id = :other", other=world.other_pupil)
    for custody, state, child in (
        ("yes", "confirmed", sibling),
        ("no", "confirmed", world.classmate),
        ("yes", "claimed", world.other_pupil),
    ):
        world.add(Guardianship(id=uuid7(), guardian_id=world.guardian, pupil_id=child, custody=custody, state=state))
    await _window(world)
    await _letters(world)
    for reader in (world.teacher, world.pupil):
        world.new_app(reader)
        world.add(FactorChange(id=uuid7(), person_id=reader, what="added", name="Telefoon", at=world.clock.now()))
    for viewer in (world.teacher, world.guardian, world.dean):
        client = world.client(viewer)
        (await client.get(f"/v1/entries/{seen}")).raise_for_status()
        (await client.get(f"/v1/pupils/{world.pupil}/portfolio")).raise_for_status()


def _transfers(world: World, before: UUID) -> None:
    """From primary school to Kustlijn: one that was accepted, with everything, one that waits, one that was refused."""
    now, story = world.clock.now(), world.new_entry("Groep 7", placement_id=before, tags=["bouwen"])
    world.new_file(story)
    talk = world.new_agreed_conversation(placement_id=before)
    done = world.new_transfer(story, to=world.placement, accepted_at=now, decided_by=world.teacher)
    step = world.scalar("select id from next_step where pupil_id = :p and done_at is null limit 1", p=world.pupil)
    for kind, thing in (("words", world.pupil), ("talk", talk), ("step", step)):
        world.add(TransferItem(transfer_id=done, kind=kind, thing_id=thing))
    for _ in ("waits for a parent", "waits for the school"):
        world.say_yes(world.new_transfer(story, to=world.placement))
    world.change(
        "delete from transfer_consent where transfer_id = (select max(transfer_id::text)::uuid from transfer_item)"
    )
    refused = {"ended_at": now, "end_reason": "school", "refusal": "Liever later", "decided_by": world.dean}
    world.new_transfer(story, to=world.placement, **refused)
    world.new_transfer(to=world.placement, sent_at=None, expires_on=None)


def _care(world: World, entry: UUID) -> None:
    """Of one pupil something is open and waits, the other is reminded; steps of all kinds; and what was a year ago."""
    today, now = world.clock.today(), world.clock.now()
    late = world.new_activity(world.group, happens_on=today - timedelta(days=20), ends_on=today - timedelta(days=19))
    world.new_reminder(world.pupil, kind="open", activity_id=late)
    world.new_reminder(world.classmate)
    world.new_entry("Wacht", shared_at=now - timedelta(days=20), work_fields=["zorg"])
    for number, fields in enumerate(
        ({"due_on": today, "remind_on": today, "entry_id": entry}, {"done_at": now}, {"let_go_at": now})
    ):
        world.new_step(world.pupil, f"Stap {number}", **fields)
    day = today.replace(year=today.year - 1)
    world.new_entry("Een jaar geleden", school_year=2025, happened_on=day, sort_on=day)


async def _dossiers(world: World) -> None:
    """One that was given back, one that is good and has a second reader and a PDF; parts; and a list of the school."""
    new_hand_in(
        world, "done", number=2, reader_id=world.teacher, reader_agrees=False, reader_remark="Netwerken is mager."
    )
    earlier = world.scalar("select snapshot from dossier_hand_in")
    before = {"number": 1, "state": "returned", "reason": "Nog iets.", "closed_by": world.dean}
    at = {"handed_in_at": world.clock.now(), "handed_in_on": world.clock.today(), "closed_at": world.clock.now()}
    world.add(
        DossierHandIn(pupil_id=world.pupil, placement_id=world.placement, snapshot=earlier, version=2, **before, **at)
    )
    ready = {"state": "ready", "asked_by": world.pupil, "asked_at": world.clock.now(), "size": 1000}
    world.add(DossierPdf(hand_in_id=world.scalar("select id from dossier_hand_in where number = 2"), **ready))
    fill_dossier(world)
    needs = {"needs": {"networking": {"entries": 2, "reflection": True}}, "note": "Voor Pasen."}
    path = f"/v1/schools/{world.kust}/dossier-checklist"
    (await world.client(world.dean).put(path, json=needs, headers={"If-Match": '"0"'})).raise_for_status()


def _takeaway(world: World, entry: UUID) -> None:
    """Exports and imports of each kind, and what was brought."""
    new_export(world)
    new_export(world, state="asked", object_key=None, size=None, counts=None, ready_at=None, expires_at=None)
    new_bringing(world, state="refused", refusal="encrypted", report=None)
    new_brought(world, entry)
    new_brought(world, part="steps", content={"text": "Bellen", "id": "1"})
    new_brought_sound(world)


def _home(world: World) -> None:
    """Cards in every state, one of them spoken; one that waits; and a parent who was here before."""
    now = world.clock.now()
    offered = world.new_homework_offer(world.group)
    world.new_homework_offer(world.group, card="good_at")
    world.new_homework(offer_id=offered)
    spoken = world.new_homework(begun_by=world.guardian, state="draft", with_school=False)
    world.new_sound(spoken, world.guardian, "home")
    world.new_homework(state="draft", with_school=False)
    world.add(HomeVisit(guardian_id=world.guardian, pupil_id=world.pupil, since=None, seen_at=now - timedelta(days=3)))


def _notices(world: World, entry: UUID, activity: UUID) -> None:
    """Told to everybody: of a story, an activity, a child, a school; read and unread."""
    day = {"actor_id": world.teacher, "pupil_id": world.pupil}
    world.new_notice(world.pupil, "entry_feedback", about_id=entry, **day)
    world.new_notice(world.pupil, "entry_seen", about_id=entry, read_at=world.clock.now(), **day)
    world.new_notice(world.pupil, "activity_ready", about_id=activity, **day)
    for person in (world.guardian, world.other_guardian):
        world.new_notice(person, "consent_asked", about_id=world.pupil, pupil_id=world.pupil)
    world.new_notice(world.teacher)
    world.new_notice(world.admin, "link_asked", about_id=world.kust)
    world.new_mail_address(world.guardian, pending="nieuw@example.nl", stopped_at=world.clock.now())


def _choices(world: World, entry: UUID) -> None:
    """One with all that can be in it, of years ago, so that one may look back; and one of another pupil, begun."""
    now = world.clock.now()
    fields = {"motives": ["fun"], "look_back": {"again": "no", "different": "", "advice": ""}, "looked_back_at": now}
    moment, (care, trade) = world.new_choice(world.pupil, world.placement, "Zorg", "Handel", ring=2, **fields)
    world.add(ChoiceOptionEntry(option_id=care, entry_id=entry))
    world.change("update choice_option set off_at = :at, off_why = 'Druk' where id = :id", at=now, id=trade)
    for sure, years in ((2, 2), (4, 1)):
        world.new_sureness(moment, sure, words="Na de open dag", at=now - timedelta(days=365 * years))
    world.new_pick(moment, care, plan_b=trade, at=now - timedelta(days=400))
    world.new_pick(moment, care)
    world.new_choice(world.classmate, world.placement, ring=1)


def _showcases(world: World, seen: UUID, entry: UUID) -> None:
    """Pages with words, photos and films, one thrown away; links in every state; papers with and without a PDF."""
    film = world.new_file(entry, kind="film", media_type="video/mp4", captions="WEBVTT", placeholder="data:,")
    body = content(world, story(entry, world.new_file(entry), film), showsFamilyName=True, showsSchool=True,
                   words=[{"key": "rustig", "voices": ["pupil"]}])  # fmt: skip
    body["sections"][0]["prompt"] = "did"
    page = page_of(world, content=kept(PageContent.model_validate(body)))
    page_of(world, story(seen), removed_at=world.clock.now())
    now, today = world.clock.now(), world.clock.today()
    opened = share_of(world, page, has_code=True, code_hash=b"x", agreed_version=0, agreed_content=body)
    said = {"answer": "yes", "version": 1, "page_version": 0, "answered_at": now}
    world.add(ShowcaseConsent(share_id=opened, person_id=world.guardian, **said))
    world.add(ShowcaseCount(share_id=opened, on_date=today, times=2))
    share_of(world, page, ended_at=now, end_reason="revoked")
    share_of(world, page, who="", misses=100)
    share_of(world, page, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    paper_of(world, page, entry)
    paper_of(world, page, entry, "plus", state="ready", size=1000, made_at=now)


def _talks(world: World, entry: UUID) -> None:
    """A talk in each state, one moved, one with home; stories on a sheet; steps done and open."""
    today, now = world.clock.today(), world.clock.now()
    world.new_agreed_conversation(on_day=today - timedelta(days=60), held_with=world.teacher)
    world.change("update next_step set done_at = :now where who = 'staff'", now=now)
    world.new_agreed_conversation(with_home=True, kind="study")
    world.new_sheet(world.new_conversation(was_on_day=today, was_at_time=time(9)), entry_ids=[entry])
    world.new_conversation(cancelled_at=now, at_time=None)
    world.new_conversation(held_at=now, planned_by=world.pupil)
    world.new_record(world.new_conversation(on_day=today))


def _data(world: World) -> None:
    """Erasures and corrections in every state, and somebody whose term ends."""
    now = world.clock.now()
    world.new_erasure(world.pupil, state="taken_back", taken_back_at=now)
    world.new_erasure(world.pupil, asked_as="guardian", asked_by=world.guardian)
    world.new_erasure(uuid7(), state="done", done_at=now, whole=True)
    world.new_correction(world.pupil)
    answered = {"answered_by": world.admin, "answered_at": now}
    world.new_correction(world.pupil, state="corrected", asked_by=world.guardian, **answered)
    world.new_correction(world.teacher, state="not_changed", answer="Zo staat het op de akte.", **answered)
    world.add(Keeping(person_id=world.pupil, goes_on=world.clock.today(), told_on=world.clock.today()))


async def _window(world: World) -> None:
    """An open window: one pupil came in, another has a lock and no card."""
    world.new_card(world.pupil)
    body = {"code": world.new_window(world.group), "pupilId": str(world.pupil), "pin": "4071", "choosePin": True}
    (await world.client(None).post("/v1/sessions/by-class-code", json=body)).raise_for_status()
    misses = PinMisses(pupil_id=world.classmate, way="class", count=5)
    misses.locked_until = world.clock.now() + timedelta(minutes=5)
    world.add(misses)


PAGES: dict[str, type[Model]] = {
    "/v1/me": Me,
    "/v1/sessions": SessionList,
    "/v1/me/looks": LookPage,
    "/v1/me/factors": Factors,
    "/v1/me/entries": EntryCardList,
    "/v1/me/logbooks": RunningLogbooks,
    "/v1/home": HomePage,
    "/v1/review-queue": ReviewQueue,
    "/v1/pupils": PupilPage,
    "/v1/pupils/{pupil_id}/portfolio": PortfolioPage,
    "/v1/pupils/{pupil_id}/picture": Picture,
    "/v1/job-chances": JobChancesOut,
    "/v1/me/activities": WaitingList,
    "/v1/me/activities/{activity_id}": MyActivity,
    "/v1/city-activities": CityList,
    "/v1/city-activities/{activity_id}": CityPage,
    "/v1/organisations": OrganisationList,
    "/v1/organisations/{organisation_id}": OrganisationPage,
    "/v1/me/calendar": Calendar,
    "/v1/me/calendar-feed": CalendarFeedState,
    "/v1/me/suggestion": SuggestionPage,
    "/v1/groups/{group_id}/care": GroupCare,
    "/v1/schools/{school_id}/care": SchoolCare,
    "/v1/me/today": Today,
    "/v1/me/notice-count": NoticeCount,
    "/v1/me/notices": NoticePage,
    "/v1/me/notice-settings": NoticeSettings,
    "/v1/me/mail": MailState,
    "/v1/schools/{school_id}/weekly-mail": SchoolMail,
    "/v1/me/steps": StepList,
    "/v1/me/dossier": MyDossier,
    "/v1/dossiers/{hand_in_id}": HandInPage,
    "/v1/schools/{school_id}/dossiers": SchoolDossiers,
    "/v1/schools/{school_id}/dossier-checklist": SchoolChecklist,
    "/v1/children/{pupil_id}/dossier": HomeDossier,
    "/v1/me/choices": MyChoices,
    "/v1/schools/{school_id}/conversations": SchoolRounds,
    "/v1/groups/{group_id}/conversations": GroupRounds,
    "/v1/me/agreed-steps": AgreedSteps,
    "/v1/pupils/{pupil_id}/choices": PupilChoices,
    "/v1/me/conversations": ConversationLists,
    "/v1/pupils/{pupil_id}/conversations": PupilConversations,
    "/v1/conversations/{conversation_id}": ConversationPage,
    "/v1/activities/{activity_id}": ActivityPage,
    "/v1/schools/{school_id}/activities": ActivityList,
    "/v1/pupils/{pupil_id}/homework": HomeworkList,
    "/v1/homework/{homework_id}": HomeworkPage,
    "/v1/groups/{group_id}/homework": GroupHomework,
    "/v1/me/answers": EarlierAnswers,
    "/v1/entries/{entry_id}/earlier-answers": EarlierAnswers,
    "/v1/me/showcases": MyShowcases,
    "/v1/me/showcases/{page_id}": ShowcasePageOut,
    "/v1/me/showcase-material": ShowcaseMaterial,
    "/v1/me/showcase-requests": ShowcaseRequests,
    "/v1/me/exports": ExportList,
    "/v1/me/imports": BringList,
    "/v1/me/imports/{import_id}": BringOut,
    "/v1/me/brought-records": BroughtPage,
    "/v1/me/transfers": MyTransfers,
    "/v1/me/transfers/{transfer_id}": OwnTransfer,
    "/v1/me/transfer-choices/{placement_id}": Choosable,
    "/v1/me/transfer-requests": TransferRequests,
    "/v1/transfers": OfferedTransfers,
    "/v1/transfers/{transfer_id}": OfferedTransfer,
    "/v1/transfers/{transfer_id}/view": TransferView,
    "/v1/pupils/{pupil_id}/transfers": PupilTransfers,
    "/v1/me/outside-links": OwnLinks,
    "/v1/me/outside-requests": Requests,
    "/v1/entries/{entry_id}/outside": EntryOutside,
    "/v1/schools/{school_id}/questions": SchoolQuestions,
    "/v1/entries/{entry_id}": EntryPage,
    "/v1/entries/{entry_id}/versions": VersionList,
    "/v1/groups/{group_id}": GroupPage,
    "/v1/groups/{group_id}/sign-in": GroupSignIn,
    "/v1/groups/{group_id}/letters": LettersPage,
    "/v1/schools/{school_id}/parents": ParentsPage,
    "/v1/schools/{school_id}/guardianships": LinkPage,
    "/v1/schools/{school_id}": SchoolPage,
    "/v1/schools/{school_id}/administration": Overview,
    "/v1/schools/{school_id}/people": PeoplePage,
    "/v1/schools/{school_id}/people/{person_id}": PersonFile,
    "/v1/schools/{school_id}/groups": AdminGroupList,
    "/v1/schools/{school_id}/groups/{group_id}": AdminGroupFile,
    "/v1/city-counts": Counts,
    "/v1/schools/{school_id}/counts": Counts,
    "/v1/people/{person_id}/data": DataPage,
    "/v1/schools/{school_id}/data-requests": DataRequests,
    "/v1/schools/{school_id}/people/{person_id}/erasure": ErasableShown,
}
MADE_BY_MODELS = {
    "/v1/reference",
    "/v1/schemas/portfolio-1.json",
    "/v1/homework-cards",
    "/v1/questions",
    "/v1/weekly-mail/{token}",
    "/v1/activity-templates",
    "/v1/question-sets",
    "/v1/me/questions",
    "/v1/attachments/{attachment_id}/upload",
    "/v1/sessions/current/factor",
    "/v1/pupils/{pupil_id}/consents",
    "/v1/groups/{group_id}/consents",
    "/v1/school-accounts",
    "/v1/school-accounts/{provider_id}/sign-out",
    "/v1/schools/{school_id}/roster-imports",
    "/v1/roster-imports/{import_id}",
    "/v1/me/showcase-shares/{share_id}/address",
}
NO_JSON = {
    *(f"/v1/attachments/{{attachment_id}}/{way}" for way in ("file", "thumbnail", "captions")),
    *(
        f"/v1/dossiers/{{hand_in_id}}/{way}"
        for way in ("files/{attachment_id}", "files/{attachment_id}/thumbnail", "pdf")
    ),
    "/v1/homework-sounds/{sound_id}/file",
    "/v1/me/brought-sounds/{sound_id}/file",
    "/v1/me/exports/{export_id}/file",
    "/v1/school-accounts/{provider_id}/callback",
    *(f"/v1/outside/files/{{attachment_id}}{way}" for way in ("", "/thumbnail")),
    *(f"/v1/showcase-shares/{{share_id}}/files/{{attachment_id}}{way}" for way in ("", "/thumbnail")),
    *(f"/v1/showcase/visits/{{visit_id}}/files/{{attachment_id}}{way}" for way in ("", "/thumbnail")),
    "/v1/me/showcases/{page_id}/papers/{kind}/pdf",
    "/v1/calendars/{secret}.ics",
    "/v1/activities/{activity_id}/calendar.ics",
    "/v1/weekly-mail/{token}/off",
    "/v1/conversations/{conversation_id}/calendar.ics",
    "/v1/city-counts/sheet",
    "/v1/schools/{school_id}/counts/sheet",
}


BY_LINK = {"/v1/outside/entry", "/v1/showcase/visits/{visit_id}"}
"""Read by nobody who is signed in: held against their models in tests/guidance/test_outside.py and
tests/portability/test_showcases.py."""


def test_every_page_is_held_against_its_model() -> None:
    read = {path for path, methods in create_app(Settings()).openapi()["paths"].items() if "get" in methods}
    assert read == set(PAGES) | MADE_BY_MODELS | NO_JSON | BY_LINK


READERS = (
    *ROLES[2:], "classmate", "other_pupil", "far_teacher", "far_dean", "former_teacher", "no_custody", "unconfirmed",
)  # fmt: skip


def _addresses(world: World, path: str) -> list[str]:
    with world.engine.begin() as connection:
        every = {
            "{pupil_id}": [world.pupil, world.classmate, world.other_pupil],
            "{entry_id}": list(connection.scalars(text("select id from entry order by title"))),
            "{group_id}": list(connection.scalars(text("select id from school_group"))),
            "{school_id}": [world.kust, world.duin],
            "{activity_id}": list(connection.scalars(text("select id from activity"))),
            "{person_id}": list(connection.scalars(text("select id from person"))),
            "{hand_in_id}": list(connection.scalars(text("select id from dossier_hand_in"))),
            "{conversation_id}": list(connection.scalars(text("select id from conversation"))),
            "{organisation_id}": list(connection.scalars(text("select id from organisation"))),
            "{page_id}": list(connection.scalars(text("select id from showcase_page"))),
            "{import_id}": list(connection.scalars(text("select id from portfolio_import"))),
            "{homework_id}": list(connection.scalars(text("select id from homework"))),
            "{transfer_id}": list(connection.scalars(text("select id from transfer"))),
            "{placement_id}": list(connection.scalars(text("select id from placement"))),
        }
    found = [path]
    for place in (name for name in every if name in path):
        found = [address.replace(place, str(one)) for address in found for one in every[place]]
    if path.endswith("/guardianships"):
        return [f"{one}?state={state}&limit=1" for one in found for state in ("claimed", "confirmed", "ended")]
    if path == "/v1/me/calendar":
        return [f"{path}?from=2026-09-01&until=2027-07-31"]
    if path == "/v1/me/entries":
        return [f"{path}?state={state}" for state in ("draft", "archived", "trashed")]
    if path == "/v1/me/answers":
        return [f"{path}?questionId={ANSWER['questionId']}"]
    paged = path in PAGED or path.endswith(("portfolio", "people"))
    return [*found, *(f"{one}?limit=1" for one in found)] if paged else found


def _shape(value: Any) -> Any:
    """The keys of everything in it; details and facts stand as they were stored, without what was left out."""
    if isinstance(value, dict):
        return {key: key in ("details", "facts", "content", "unknown") or _shape(inner) for key, inner in value.items()}
    return [_shape(inner) for inner in value] if isinstance(value, list) else None


async def test_a_page_is_just_what_its_model_says(world: World) -> None:
    await _rich(world)
    world.add(_act(world))
    world.new_figures(world.kust)
    seen_by: dict[str, set[str]] = {path: set() for path in PAGES}
    for role in READERS:
        client = world.client(getattr(world, role))
        for path, model in PAGES.items():
            for address in _addresses(world, path):
                answer = await client.get(address)
                if answer.status_code not in (403, 404):
                    page = model.model_validate_json(answer.content, strict=True)
                    assert _shape(answer.json()) == _shape(page.model_dump(mode="json", by_alias=True)), (role, address)
                    seen_by[path].add(role)
    assert all(seen_by.values()), seen_by
