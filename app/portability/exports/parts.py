"""What portfolio.json holds: part by part, column by column; and what stays out, with the reason.

A column of the product is named here in a part, or in LEFT_OUT: a test walks all tables. Names and types of the fields
follow from the tables; the JSON Schema (schema.py) is made of the same.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.access.consents.models import Consent
from app.access.models import AccessLog, OutsideLook
from app.guidance.activities.models import Activity
from app.guidance.care.models import Reminder
from app.guidance.choices.models import ChoiceMoment, ChoiceOption, ChoiceOptionEntry, ChoicePick, ChoiceSureness
from app.guidance.conversations.models import Conversation, ConversationAgreement, ConversationRecord, PrepSheet
from app.guidance.dossiers.models import DossierHandIn, DossierPart
from app.guidance.homework.models import Homework
from app.guidance.notices.models import Notice, NoticeSetting
from app.guidance.outside.models import OutsideAnswer, OutsideConsent, OutsideLink
from app.guidance.picture.models import TalentWord, WordChoice
from app.guidance.steps.models import NextStep
from app.guidance.suggestion.models import FieldChoice
from app.guidance.weekly_mail.models import MailAddress
from app.media.models import Attachment, KeptFile
from app.people.models import GroupMembership, Guardianship, Person, Placement
from app.platform.orm import Base
from app.portability.showcases.models import ShowcaseCount, ShowcaseDocument, ShowcasePage, ShowcaseShare
from app.portability.showcases.schemas import PageContent, PaperContent
from app.portability.transfers.models import Transfer, TransferItem
from app.portfolio.models import Entry, EntryVersion, Feedback
from app.portfolio.schemas import Answer, Details, EntryContent


@dataclass(frozen=True, slots=True)
class Part:
    """One list in portfolio.json: rows of one table, with these columns of it."""

    name: str
    table: type[Base] | None
    columns: tuple[str, ...]
    says: str
    more: dict[str, Any] = field(default_factory=dict)
    """Fields that come from elsewhere, by their type."""
    typed: dict[str, Any] = field(default_factory=dict)
    """What JSON columns hold."""
    key: tuple[str, ...] = ("id",)
    """Which columns say which one it is."""
    at_entry: str | None = None
    """The column that names the entry it belongs to."""


def _part(name: str, table: type[Base] | None, columns: str, says: str, **more: Any) -> Part:
    return Part(name, table, tuple(columns.split()), says, **more)


PUPIL = _part(
    "pupil",
    Person,
    "id given_name family_name birth_date locale home_sharing_since created_at",
    "whose portfolio it is",
    more={"username": str | None},
)

PARTS: tuple[Part, ...] = (
    _part(
        "placements",
        Placement,
        "id school_id starts_on ends_on",
        "at which schools, from when until when",
        more={"school_name": str, "school_brin": str, "school_site": str},
    ),
    _part(
        "groups",
        GroupMembership,
        "id placement_id group_id starts_on ends_on",
        "in which groups",
        more={"name": str, "level": str, "study_year": int, "school_year": int},
    ),
    _part("guardians", Guardianship, "id guardian_id confirmed_at", "parents and guardians whom school confirmed"),
    _part(
        "entries",
        Entry,
        "id placement_id school_year kind state ring title happened_on ended_on sort_on body feeling details answers"
        " competencies work_fields tags version changed_on created_at updated_at shared_at seen_at seen_by trashed_at"
        " state_before_trash",
        "stories and what belongs to them, the newest first; those put away and those in the trash too",
        typed={"details": Details, "answers": list[Answer]},
    ),
    _part(
        "entryVersions",
        EntryVersion,
        "entry_id version content made_at",
        "each version since an entry was first shared",
        typed={"content": EntryContent},
        key=("entry_id", "version"),
        at_entry="entry_id",
    ),
    _part(
        "feedback",
        Feedback,
        "id entry_id version author_id voice kind text reaction created_at",
        "what others said of a version, and what was answered; without what they took back",
        at_entry="entry_id",
    ),
    _part(
        "files",
        Attachment,
        "id entry_id homework_id brought_id sent_by kind media_type name alt size position state file_type file_size"
        " file_sha256 width height duration_ms peaks caution captions created_at received_at",
        "photos, films, sounds and documents; `path` says where in the zip it is, null where it was not ready",
        more={"path": str | None},
        at_entry="entry_id",
    ),
    _part(
        "keptFiles",
        KeptFile,
        "keeper_id attachment_id entry_id kind name media_type file_type file_size file_sha256",
        "files as they were in a dossier that was handed in",
        more={"path": str | None},
        key=("keeper_id", "attachment_id"),
    ),
    _part(
        "words",
        TalentWord,
        "id entry_id author_id voice word key given_at said_by via_link",
        "words for what somebody is good at or likes, each at the story that shows it",
        at_entry="entry_id",
    ),
    _part("wordChoices", WordChoice, "key shown_as hidden", "words hidden or written otherwise", key=("key",)),
    _part("fieldChoices", FieldChoice, "field not_for_me_on", "kinds of work set aside", key=("field",)),
    _part(
        "conversations",
        Conversation,
        "id placement_id kind on_day at_time minutes place held_with planned_by with_home was_on_day was_at_time"
        " cancelled_at held_at made_at changed_at changed_by changed_on version prepared_at record_version"
        " agreed_version agreed_ring agreed_at",
        "talks about choosing",
    ),
    _part(
        "prepSheets",
        PrepSheet,
        "conversation_id entry_ids found_out doubt ask maybe_next ready_at updated_at version",
        "how a talk was prepared",
        key=("conversation_id",),
    ),
    _part(
        "conversationRecords",
        ConversationRecord,
        "conversation_id version pupil_voice staff_voice steps written_by written_at",
        "what was written down of a talk, each version",
        key=("conversation_id", "version"),
    ),
    _part(
        "conversationAgreements",
        ConversationAgreement,
        "conversation_id record_version words ring way agreed_at",
        "the pupil's yes to what was written down",
        key=("conversation_id", "record_version"),
    ),
    _part(
        "steps",
        NextStep,
        "id text due_on remind_on entry_id made_at done_at let_go_at version conversation_id who staff_id",
        "next steps, of the pupil's own and out of talks",
    ),
    _part(
        "choiceMoments",
        ChoiceMoment,
        "id placement_id kind school_year ring motives own_motive look_back looked_back_at version made_at updated_at"
        " changed_on",
        "moments of choosing",
    ),
    _part(
        "choiceOptions",
        ChoiceOption,
        "id moment_id code name plus minus seen off_at off_why version made_at",
        "what could be chosen, with what speaks for and against it",
    ),
    _part(
        "choiceOptionEntries",
        ChoiceOptionEntry,
        "option_id entry_id",
        "stories that show something of an option",
        key=("option_id", "entry_id"),
    ),
    _part("choicePicks", ChoicePick, "id moment_id plan_a plan_b why at", "what was chosen, each time"),
    _part("choiceSureness", ChoiceSureness, "id moment_id sure words at", "how sure, over time"),
    _part(
        "dossierParts",
        DossierPart,
        "competency text entry_ids version updated_at",
        "the loopbaandossier as it is now",
        key=("competency",),
    ),
    _part(
        "dossierHandIns",
        DossierHandIn,
        "id placement_id number state snapshot handed_in_at handed_in_on opened_at reason closed_by closed_at version",
        "each time it was handed in, as it was, with what school said",
    ),
    _part(
        "homework",
        Homework,
        "id begun_by card card_version offer_id language child_text child_sound child_by home_text home_sound home_by"
        " state with_school placement_id changed_on begun_at updated_at shared_at version",
        "cards filled in with home",
    ),
    _part(
        "activities",
        Activity,
        "id title form work_fields organisation place happens_on ends_on starts_at questions",
        "activities signed up for, or written about",
        more={"signed_up_at": str | None, "was_absent": bool},
    ),
    _part(
        "outsideLinks",
        OutsideLink,
        "id entry_id who locale shown_answers shows_logbook asked_at expires_at mailed_at ended_at end_reason",
        "whom somebody outside school was asked",
        at_entry="entry_id",
    ),
    _part(
        "outsideAnswers",
        OutsideAnswer,
        "link_id said_by good grew tip words sent_at version state decided_at told_at",
        "what they answered",
        key=("link_id",),
    ),
    _part(
        "outsideConsents",
        OutsideConsent,
        "link_id side answer version answered_at",
        "whether a mentor and home agreed to that",
        key=("link_id", "side", "answered_at"),
    ),
    _part(
        "outsideLooks",
        OutsideLook,
        "link_id on_date entry_id who at",
        "when somebody outside looked",
        key=("link_id", "on_date"),
    ),
    _part(
        "consents",
        Consent,
        "id purpose version asked_at answer answered_at ended_at",
        "what was asked and answered about photos and about home",
        more={"of_pupil": bool},
    ),
    _part(
        "looks",
        AccessLog,
        "id viewer_id entry_id rule on_date at",
        "who looked at what, and why",
        more={"why": str | None, "note": str | None},
    ),
    _part("notices", Notice, "id kind about_id actor_id on_day at read_at", "what was told"),
    _part("noticeSettings", NoticeSetting, "kind in_app by_mail", "what is told and how", key=("kind",)),
    _part("mailAddress", MailAddress, "address confirmed_at weekly", "the pupil's address for mail", key=("address",)),
    _part("reminders", Reminder, "id kind activity_id sent_by sent_on sent_at seen_at", "reminders of school"),
    _part(
        "transfers",
        Transfer,
        "id placement_id made_at changed_at version sent_at expires_on accepted_at decided_by ended_at end_reason"
        " refusal",
        "what was offered to another school, and what became of it",
    ),
    _part(
        "transferItems",
        TransferItem,
        "transfer_id kind thing_id taken_back_at",
        "what went along: a story, words, a step or a talk",
        key=("transfer_id", "kind", "thing_id"),
    ),
    _part(
        "showcasePages",
        ShowcasePage,
        "id content version made_at updated_at removed_at",
        "pages of the etalage, as the pupil composed them; those thrown away too",
        typed={"content": PageContent},
    ),
    _part(
        "showcaseDocuments",
        ShowcaseDocument,
        "page_id kind content version updated_at",
        "lines of a CV or a plusdocument",
        typed={"content": PaperContent},
        key=("page_id", "kind"),
    ),
    _part(
        "showcaseShares",
        ShowcaseShare,
        "id page_id who starts_on ends_on made_at has_code ended_at end_reason",
        "with whom a page was shared, from when until when",
    ),
    _part(
        "showcaseCounts",
        ShowcaseCount,
        "share_id on_date times",
        "how often a shared page was opened, by day",
        key=("share_id", "on_date"),
    ),
    # Its table lives a floor up.
    _part(
        "brought",
        None,
        "",
        "what was brought from elsewhere before: as it stood there",
        more={
            "id": str,
            "part": str,
            "source_id": str,
            "entry_id": str | None,
            "content": dict[str, Any],
            "brought_at": datetime,
        },
        at_entry="entry_id",
    ),
)

HEAVY = frozenset(("looks", "notices"))
"""They grow with every look: written into portfolio.json piece by piece, and not held in memory."""

_SIGN_IN = "how somebody signs in is for this installation only, and a secret"
_SCHOOL = "the school's own planning and administration; not about one pupil"
_DERIVED = "made by the product out of what is in the file"
_STORE = "where bytes lie in this installation's store"
_JOBS = "the product's own bookkeeping, forgotten by itself"
_OTHERS = "about somebody else, who may ask for it themselves"
_CITY = "figures in tens, of nobody"

_KEPT_OUT = {
    _SIGN_IN: """account class_arrival class_window factor_challenge factor_change factor_misses identity invitation
        pin_misses pupil_card pupil_pin recovery_code school_account_session second_factor seen_logout_token session
        sign_in_attempts started_sign_in outside_session calendar_feed showcase_visit""",
    _SCHOOL: """activity_group admin_act dossier_checklist group_assignment homework_offer job_chances organisation
        person_alias roster_import school school_group school_question school_question_version school_year
        staff_role""",
    _JOBS: "idempotency_key weekly_mail keeping erasure erasure_evidence erasure_object",
    _OTHERS: "guardianship_decision home_visit transfer_consent showcase_consent",
    _CITY: "insight_publication insight_figure",
}

LEFT_OUT: dict[str, str] = {
    **{table: why for why, tables in _KEPT_OUT.items() for table in tables.split()},
    "activity_sign_up": "in `activities`, as signedUpAt",
    "activity_absence": "in `activities`, as wasAbsent",
    "look_reason": "in `looks`, as why and note",
    "dossier_pdf": "paper made of what is in the file",
    "showcase_pdf": "made anew for this file, below `papier/`",
    "correction": "a question to school about its own register; it stands at Mijn gegevens until it is answered",
    "entry.taken_to": "in `transferItems`",
    "transfer_item.entry_id": "in thingId",
    "showcase_share.token_hash": "a secret",
    "showcase_share.code_hash": "a secret",
    "showcase_share.misses": _JOBS,
    "showcase_share.agreed_content": "the page as a parent agreed to it; `showcasePages` has it as it is now",
    "showcase_share.agreed_version": "as agreed_content",
    "showcase_share.agreed_at": "as agreed_content",
    "portfolio_export": "what makes this file",
    "portfolio_import": "of what was brought the records are in `brought`; its report stays on screen",
    "person.search_name": _DERIVED,
    "person.closed_at": "an account that is closed makes no export",
    "placement.pupil_id": "the pupil of this file, as everywhere",
    "guardianship.custody": "about the parents; ask school",
    "guardianship.opened_on": "about the parents; ask school",
    "guardianship.state": "confirmed: others are not in the file",
    "guardianship.created_at": _JOBS,
    "attachment.refusal": "files that were refused are not in the file",
    "attachment.upload_id": _STORE,
    "attachment.object_key": _STORE,
    "attachment.sha256s": "of the parts as they were sent; file_sha256 is of the whole",
    "attachment.file_key": _STORE,
    "attachment.thumbnail_key": _STORE,
    "attachment.placeholder": _DERIVED,
    "attachment.scanned_at": _JOBS,
    "kept_file.object_key": _STORE,
    "kept_file.file_key": _STORE,
    "kept_file.thumbnail_key": _STORE,
    "activity.school_id": _SCHOOL,
    "activity.planned_by": _SCHOOL,
    "activity.state": _SCHOOL,
    "activity.organisation_id": _SCHOOL,
    "activity.bring": _SCHOOL,
    "activity.ask_before": _SCHOOL,
    "activity.logbook": _SCHOOL,
    "activity.sign_up": _SCHOOL,
    "activity.places": _SCHOOL,
    "activity.sign_up_until": _SCHOOL,
    "activity.bands": _SCHOOL,
    "activity.offered_by": _SCHOOL,
    "activity.changed_by": _SCHOOL,
    "activity.published_at": _SCHOOL,
    "activity.version": _SCHOOL,
    "activity.updated_at": _SCHOOL,
    "feedback.withdrawn_at": "what was taken back is not in the file",
    "outside_link.mail_to": "somebody else's address, which is forgotten here as well",
    "outside_link.token_hash": "a secret",
    "outside_link.bounced_at": _JOBS,
    "outside_consent.person_id": "one no is a no; whose it was is not told",
    "consent.asked_of": "in ofPupil; of parents it is not told who",
    "access_log.reason_id": "in why and note",
    "notice.person_id": "the pupil of this file, as everywhere",
    "mail_address.pending": _SIGN_IN,
    "mail_address.asked_at": _SIGN_IN,
    "mail_address.code_hash": _SIGN_IN,
    "mail_address.code_until": _SIGN_IN,
    "mail_address.misses": _SIGN_IN,
    "mail_address.bounces": _JOBS,
    "mail_address.stopped_at": _JOBS,
    "mail_address.off_secret": _SIGN_IN,
    **{
        f"dossier_hand_in.{column}": "between colleagues before a dossier is closed; not shown here either"
        for column in ("reader_id", "reader_agrees", "reader_remark", "reader_at")
    },
    "brought_record.import_id": "of this installation",
}
"""A table, or a column of one that has a part, and why it is not in the file. `pupil_id` and `person_id` of the pupil
are left out of every part: the file is one pupil's."""

OF_THE_PUPIL = frozenset(("pupil_id", "person_id"))
