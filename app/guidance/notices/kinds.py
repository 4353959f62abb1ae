"""The kinds of notices: for whom, when a notice may still be read, and what it is about. Permission is part of each.

A kind more is an entry here, a line in each catalogue, and a trigger that calls `tell_notice` (docs/notices.md).
"""

from typing import Any

from sqlalchemy import Integer, and_, any_, case, column, exists, func, literal_column, or_, select, table
from sqlalchemy.sql.elements import ColumnElement

from app.access.consents.models import Consent
from app.access.invitations.policy import admin_schools
from app.guidance.activities.models import Activity, ActivityState
from app.guidance.activities.policy import comes, has_signed_up, is_invited
from app.guidance.notices.data_kinds import DATA_KINDS
from app.guidance.notices.guidance_kinds import GUIDANCE_KINDS
from app.guidance.notices.kind import Kind, Reader, day_began
from app.guidance.notices.models import Notice, NoticeKind
from app.people.models import Guardianship, Person, Placement, School
from app.people.projections import full_name, runs
from app.platform.reads import HOME, NOW, RUNNING, TODAY, VIEWER
from app.portfolio.models import OPEN_STATES, Entry, EntryState, Ring
from app.portfolio.policy import PAGE, shown_at_home
from app.reference.catalogue import purpose_of
from app.reference.codes import PurposeCode

_TRUE: ColumnElement[bool] = literal_column("true")

_own_story: Any = and_(Entry.id == Notice.about_id, Entry.pupil_id == VIEWER, Entry.state != EntryState.TRASHED)
_story_opens = exists().where(_own_story)
_story_title = select(Entry.title).where(_own_story).scalar_subquery()


def _activity(*conditions: ColumnElement[bool]) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    found = and_(Activity.id == Notice.about_id, *conditions)
    return exists().where(found).correlate(Notice), select(Activity.title).where(found).scalar_subquery()


def _state(state: ActivityState) -> ColumnElement[bool]:
    return Activity.state == literal_column(f"'{state.value}'")


_ready = _activity(_state(ActivityState.PUBLISHED), Activity.school_id.is_not(None), is_invited(VIEWER))
_moved = _activity(_state(ActivityState.PUBLISHED), comes(VIEWER))
_cancelled = _activity(_state(ActivityState.CANCELLED), Activity.published_at.is_not(None), comes(VIEWER))
_lost = _activity(
    _state(ActivityState.PUBLISHED), ~has_signed_up(VIEWER), or_(Activity.school_id.is_(None), is_invited(VIEWER))
)

_waiting = (
    select(func.count().cast(Integer))
    .select_from(Entry)
    .where(
        Entry.placement_id == any_(RUNNING),
        Entry.state == literal_column(f"'{EntryState.SHARED.value}'"),
        Entry.ring >= Ring.SCHOOL,
        Entry.shared_at >= day_began(Notice.on_day),
        Entry.shared_at < day_began(Notice.on_day + literal_column("1")),
    )
    .correlate(Notice)
    .scalar_subquery()
)

_shown_since = exists().where(
    Entry.pupil_id == Notice.about_id,
    Entry.state.in_(OPEN_STATES),
    Entry.updated_at >= day_began(Notice.on_day),
    shown_at_home(PAGE),
)

_own_schools = admin_schools(VIEWER, TODAY)
_claims = (
    select(func.count(Guardianship.id.distinct()).cast(Integer))
    .select_from(Guardianship)
    .join(Placement, Placement.pupil_id == Guardianship.pupil_id)
    .where(
        Guardianship.state == literal_column("'claimed'"),
        Placement.school_id == Notice.about_id,
        runs(Placement, TODAY),
        Placement.school_id.in_(select(_own_schools.c.school_id)),
    )
    .correlate(Notice)
    .scalar_subquery()
)

_own_link = exists().where(
    Guardianship.id == Notice.about_id,
    Guardianship.guardian_id == VIEWER,
    Guardianship.state == literal_column("'confirmed'"),
)
_asked = purpose_of(PurposeCode.RECOGNISABLE)
_unanswered = and_(
    exists().where(
        Guardianship.pupil_id == Notice.about_id,
        Guardianship.guardian_id == VIEWER,
        Guardianship.state == literal_column("'confirmed'"),
        Guardianship.custody == literal_column("'yes'"),
    ),
    ~exists().where(
        Consent.pupil_id == Notice.about_id,
        Consent.asked_of == VIEWER,
        Consent.purpose == literal_column(f"'{_asked.code.value}'"),
        Consent.version == literal_column(str(_asked.version)),
        Consent.ended_at.is_(None),
        Consent.answer.is_not(None),
    ),
    Notice.about_id == any_(HOME),
)
_child = select(Person.given_name).where(Person.id == Notice.pupil_id).scalar_subquery()
_school = select(School.name).where(School.id == Notice.about_id).scalar_subquery()

# Two floors up (app/portability/exports); asked by its name.
_export = table("portfolio_export", column("id"), column("pupil_id"), column("state"), column("expires_at")).c
_export_waits = exists().where(
    _export.id == Notice.about_id,
    _export.pupil_id == VIEWER,
    _export.state == literal_column("'ready'"),
    _export.expires_at > NOW,
)

EVERYBODY: tuple[Reader, ...] = ("pupil", "guardian", "staff", "admin")

KINDS: tuple[Kind, ...] = (
    Kind(NoticeKind.ENTRY_FEEDBACK, ("pupil",), _story_opens, _story_title),
    Kind(NoticeKind.ENTRY_ASKED_BACK, ("pupil",), _story_opens, _story_title),
    Kind(NoticeKind.ENTRY_SEEN, ("pupil",), _story_opens, _story_title),
    Kind(NoticeKind.HOME_REACTION, ("pupil",), _story_opens, _story_title),
    Kind(NoticeKind.ACTIVITY_READY, ("pupil",), *_ready),
    Kind(NoticeKind.ACTIVITY_MOVED, ("pupil",), *_moved),
    Kind(NoticeKind.ACTIVITY_CANCELLED, ("pupil",), *_cancelled),
    Kind(NoticeKind.PLACE_LOST, ("pupil",), *_lost),
    *GUIDANCE_KINDS,
    Kind(NoticeKind.REVIEW_WAITING, ("staff",), _waiting > literal_column("0"), number=_waiting),
    Kind(NoticeKind.HOME_NEW, ("guardian",), _shown_since, _child),
    Kind(
        NoticeKind.HOME_CLOSES,
        ("pupil", "guardian"),
        and_(Notice.on_day > TODAY, or_(Notice.pupil_id == VIEWER, Notice.pupil_id == any_(HOME))),
        _child,
    ),
    Kind(NoticeKind.LINK_CONFIRMED, ("guardian",), _own_link, _child),
    Kind(NoticeKind.CONSENT_ASKED, ("guardian",), _unanswered, _child, fixed=True),
    Kind(NoticeKind.LINK_ASKED, ("admin",), _claims > literal_column("0"), _school, _claims),
    *DATA_KINDS,
    Kind(NoticeKind.FACTOR_CHANGED, EVERYBODY, _TRUE, fixed=True),
    Kind(NoticeKind.EXPORT_READY, ("pupil",), _export_waits),
    Kind(NoticeKind.IMPORT_DONE, ("pupil",), Notice.person_id == VIEWER),
)
"""In the order of the settings."""

FIXED = tuple(kind.code for kind in KINDS if kind.fixed)


def by_kind(part: str, otherwise: ColumnElement[Any]) -> ColumnElement[Any]:
    """A CASE over the kinds: for each notice only what its own kind asks is worked out."""
    parts = [(Notice.kind == literal_column(f"'{kind.code.value}'"), getattr(kind, part)) for kind in KINDS]
    return case(*parts, else_=otherwise)


def actor_name() -> ColumnElement[Any]:
    """Who did it last."""
    return select(full_name()).where(Person.id == Notice.actor_id).scalar_subquery()
