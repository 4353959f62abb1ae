"""What becomes of every row that is about somebody, or was written by them, when that person is erased.

A column that leads to a person and is not named here fails the tests (tests/portability/test_erasure_plan.py). A new
table needs a line here and nothing else: the functions of migration 0036 take tables and columns as they come.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "stories",
    "feedback",
    "files",
    "picture",
    "activities",
    "choices",
    "conversations",
    "steps",
    "dossier",
    "home",
    "outside",
    "looks",
    "consents",
    "notices",
    "mail",
    "signing_in",
    "register",
    "family",
    "school_acts",
    "requests",
]
"""As *Mijn gegevens* shows it, in that order."""

KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are about a person: they go. `via`: by the rows of another table (table, column) that they hang on.

    `while_placed`: they stay, with the person, as long as the person is at a school; the school needs them.
    """

    table: str
    column: str
    kind: Kind
    via: tuple[str, str] | None = None
    while_placed: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """Rows of others that this person wrote or did: they stay, without the name. `cells` of them are emptied."""

    table: str
    column: str
    why: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objects:
    """A column with keys of the object store, of rows that go. `original`: all that was made of it has its key too."""

    table: str
    key: str
    column: str
    via: tuple[str, str] | None = None
    upload: str | None = None
    original: bool = False


ROWS: tuple[Rows, ...] = (
    Rows("transfer", "pupil_id", "picture"),
    Rows("showcase_share", "pupil_id", "outside"),
    Rows("showcase_page", "pupil_id", "picture"),
    # A page that a parent agreed to is shown on that parent's word.
    Rows("showcase_consent", "person_id", "consents"),
    Rows("transfer_consent", "person_id", "consents"),
    Rows("brought_record", "pupil_id", "files"),
    Rows("portfolio_import", "pupil_id", "files"),
    Rows("portfolio_export", "pupil_id", "files"),
    Rows("conversation_agreement", "pupil_id", "conversations"),
    Rows("conversation_record", "conversation_id", "conversations", via=("conversation", "pupil_id")),
    Rows("prep_sheet", "pupil_id", "conversations"),
    Rows("next_step", "pupil_id", "steps"),
    Rows("conversation", "pupil_id", "conversations"),
    Rows("feedback", "entry_id", "feedback", via=("entry", "pupil_id")),
    Rows("entry", "pupil_id", "stories"),
    Rows("attachment", "pupil_id", "files"),
    # What a parent said aloud on the card of a child: a voice is the parent's own.
    Rows("attachment", "sent_by", "files"),
    Rows("kept_file", "pupil_id", "files"),
    Rows("word_choice", "pupil_id", "picture"),
    Rows("field_choice", "pupil_id", "picture"),
    Rows("activity_absence", "pupil_id", "activities"),
    Rows("activity_sign_up", "pupil_id", "activities"),
    Rows("reminder", "pupil_id", "activities"),
    Rows("calendar_feed", "person_id", "activities"),
    Rows("choice_moment", "pupil_id", "choices"),
    Rows("dossier_part", "pupil_id", "dossier"),
    Rows("dossier_hand_in", "pupil_id", "dossier"),
    Rows("homework", "pupil_id", "home"),
    Rows("home_visit", "pupil_id", "home"),
    Rows("home_visit", "guardian_id", "home"),
    Rows("outside_link", "pupil_id", "outside"),
    Rows("outside_look", "pupil_id", "outside"),
    Rows("access_log", "pupil_id", "looks"),
    Rows("look_reason", "pupil_id", "looks"),
    Rows("consent", "pupil_id", "consents"),
    Rows("notice", "person_id", "notices"),
    Rows("notice", "pupil_id", "notices"),
    Rows("notice_setting", "person_id", "notices"),
    Rows("mail_address", "person_id", "mail"),
    Rows("weekly_mail", "person_id", "mail"),
    Rows("idempotency_key", "person_id", "signing_in"),
    Rows("class_arrival", "pupil_id", "signing_in"),
    Rows("account", "person_id", "signing_in", while_placed=True),
    Rows("pupil_card", "pupil_id", "signing_in", while_placed=True),
    Rows("pupil_pin", "pupil_id", "signing_in", while_placed=True),
    Rows("pin_misses", "pupil_id", "signing_in", while_placed=True),
    Rows("second_factor", "person_id", "signing_in", while_placed=True),
    Rows("recovery_code", "person_id", "signing_in", while_placed=True),
    Rows("factor_misses", "person_id", "signing_in", while_placed=True),
    Rows("factor_change", "person_id", "signing_in", while_placed=True),
    Rows("person_alias", "person_id", "register", while_placed=True),
    Rows("invitation", "person_id", "family", while_placed=True),
    Rows("invitation", "claimed_by", "family", while_placed=True),
    Rows("admin_act", "person_id", "school_acts", while_placed=True),
    Rows("correction", "person_id", "requests"),
    Rows("correction", "asked_by", "requests"),
    Rows("keeping", "person_id", "requests"),
    Rows("session", "person_id", "signing_in"),
    Rows("identity", "person_id", "signing_in", while_placed=True),
    Rows("group_membership", "placement_id", "register", via=("placement", "pupil_id"), while_placed=True),
    Rows("placement", "pupil_id", "register", while_placed=True),
    Rows("group_assignment", "staff_role_id", "register", via=("staff_role", "person_id"), while_placed=True),
    Rows("staff_role", "person_id", "register", while_placed=True),
    Rows("guardianship_decision", "guardianship_id", "family", via=("guardianship", "pupil_id"), while_placed=True),
    Rows("guardianship_decision", "guardianship_id", "family", via=("guardianship", "guardian_id"), while_placed=True),
    Rows("guardianship", "pupil_id", "family", while_placed=True),
    Rows("guardianship", "guardian_id", "family", while_placed=True),
)
"""In the order in which they go: rows that hang on others before those."""

_PUPILS = "it is another pupil's: they keep what was said to them, without the name"
_SCHOOLS = "it is the school's own record, and says nothing about this person but that somebody of school did it"

WRITTEN: tuple[Written, ...] = (
    Written("entry", "seen_by", _PUPILS),
    Written("feedback", "author_id", _PUPILS),
    Written("talent_word", "author_id", _PUPILS),
    Written("access_log", "viewer_id", "who looked stays for the pupil to read, as somebody of school or home"),
    Written("look_reason", "viewer_id", "why somebody looked stays for the pupil to read"),
    Written("notice", "actor_id", "news of others", cells=("actor_id",)),
    Written("consent", "asked_of", "the answer is evidence about the pupil, whom it protects"),
    Written("outside_consent", "person_id", "the answer is evidence about the pupil, whom it protects"),
    Written("homework", "begun_by", _PUPILS),
    Written("homework", "child_by", _PUPILS, cells=("child_sound",)),
    Written("homework", "home_by", _PUPILS, cells=("home_sound",)),
    Written("homework_offer", "offered_by", _SCHOOLS),
    Written("conversation", "held_with", _PUPILS),
    Written("conversation", "planned_by", _PUPILS),
    Written("conversation", "changed_by", _PUPILS),
    Written("conversation_record", "written_by", _PUPILS),
    Written("next_step", "staff_id", _PUPILS),
    Written("reminder", "sent_by", _PUPILS),
    Written("dossier_hand_in", "reader_id", _PUPILS),
    Written("dossier_hand_in", "closed_by", _PUPILS),
    Written("dossier_pdf", "asked_by", _PUPILS),
    Written("dossier_checklist", "changed_by", _SCHOOLS),
    Written("activity", "planned_by", _SCHOOLS),
    Written("activity", "changed_by", _SCHOOLS),
    Written("activity_sign_up", "signed_by", _SCHOOLS),
    Written("organisation", "added_by", _SCHOOLS),
    Written("school_question", "made_by", _SCHOOLS),
    Written("school_question_version", "made_by", _SCHOOLS),
    Written("class_window", "opened_by", _SCHOOLS),
    Written("pupil_card", "issued_by", _SCHOOLS),
    Written("invitation", "made_by", _SCHOOLS),
    Written("guardianship_decision", "decided_by", _SCHOOLS),
    Written("roster_import", "made_by", _SCHOOLS),
    Written("admin_act", "actor_id", _SCHOOLS),
    Written("correction", "answered_by", _PUPILS),
    Written("transfer", "decided_by", _PUPILS),
)

MENTIONS: tuple[tuple[str, str, bool], ...] = (
    ("idempotency_key", "body", False),
    ("admin_act", "rows", True),
    ("admin_act", "facts", True),
)
"""JSON in which a person's id may stand without a key: those rows go too; or (true) only with the person."""

OBJECTS: tuple[Objects, ...] = (
    Objects("attachment", "object_key", "pupil_id", upload="upload_id", original=True),
    Objects("attachment", "file_key", "pupil_id"),
    Objects("attachment", "object_key", "sent_by", upload="upload_id", original=True),
    Objects("attachment", "file_key", "sent_by"),
    Objects("kept_file", "object_key", "pupil_id", original=True),
    Objects("kept_file", "file_key", "pupil_id"),
    Objects("portfolio_export", "object_key", "pupil_id", upload="upload_id"),
    Objects("portfolio_import", "object_key", "pupil_id", upload="upload_id"),
    Objects("showcase_pdf", "object_key", "page_id", via=("showcase_page", "pupil_id")),
    Objects("dossier_pdf", "object_key", "hand_in_id", via=("dossier_hand_in", "pupil_id")),
)

OBJECTS_APART: dict[tuple[str, str], str] = {
    ("attachment", "thumbnail_key"): "the begin of keys that are made from the original's",
    ("kept_file", "thumbnail_key"): "the begin of keys that are made from the original's",
    ("roster_import", "object_key"): "a school's file, gone when it was applied or after a day",
}
"""Other columns with keys, and why they are not collected."""

APART: dict[tuple[str, str], str] = {
    ("erasure", "person_id"): "the list by which a restored backup is erased again; ids only, for 40 days",
    ("erasure", "asked_by"): "as person_id",
}
"""Columns with a person's id that stay, and why."""

JOBS: dict[str, str] = {
    "attachment": "pupil_id",
    "dossier_hand_in": "pupil_id",
    "portfolio_export": "pupil_id",
    "portfolio_import": "pupil_id",
    "showcase_page": "pupil_id",
    "entry": "pupil_id",
    "outside_link": "pupil_id",
    "invitation": "person_id",
}
"""Whose rows a waiting job may be about: table, and the column with the person."""


def counted() -> dict[str, str]:
    """Of each table that is about a person: the column that says whose it is, for *Mijn gegevens*."""
    found: dict[str, str] = {}
    for rows in ROWS:
        if rows.via is None:
            found.setdefault(rows.table, rows.column)
    return found


def tables_of(kind: Kind) -> list[str]:
    """The tables of a kind that are counted."""
    return list(dict.fromkeys(rows.table for rows in ROWS if rows.kind == kind and rows.via is None))


def going(whole: bool) -> list[Rows]:
    """What goes, in order. `whole`: the person as well."""
    return [rows for rows in ROWS if whole or not rows.while_placed]
