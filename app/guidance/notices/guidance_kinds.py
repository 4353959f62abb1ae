"""Kinds about talks, steps, dossiers, cards from home, and somebody outside; who may know is what their pages say."""

from typing import Any

from sqlalchemy import Boolean, Integer, and_, any_, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.conversations.models import Conversation
from app.guidance.conversations.policy import is_agreed, is_invited_home, reads_at_home
from app.guidance.dossiers.models import DossierHandIn, HandInState
from app.guidance.dossiers.policy import reads_along
from app.guidance.homework.models import Homework, HomeworkOffer
from app.guidance.homework.policy import IS_SHARED, is_for, shown_to_home
from app.guidance.notices.kind import Kind, day_began
from app.guidance.notices.models import Notice, NoticeKind
from app.guidance.outside.models import AnswerState, OutsideAnswer, OutsideConsent, OutsideLink
from app.guidance.outside.policy import needs_yes, own_side
from app.guidance.steps.models import NextStep, Who
from app.guidance.steps.queries import IS_OPEN, IS_TO_DO
from app.people.models import Group, GroupMembership, Person, Placement, Role, School, StaffRole
from app.people.projections import full_name, runs
from app.platform.reads import NOW, RUNNING, TODAY, VIEWER
from app.portfolio.models import Entry, EntryState
from app.portfolio.policy import PAGE

_ZERO, _ONE = (literal_column(figure, Integer()) for figure in "01")
_pupil_name = select(full_name()).where(Person.id == Notice.pupil_id).scalar_subquery()
_given_name = select(Person.given_name).where(Person.id == Notice.pupil_id).scalar_subquery()


def _is(value: Any) -> ColumnElement[str]:
    return literal_column(f"'{value.value}'")


def _in_its_day(moment: Any) -> ColumnElement[bool]:
    """Within the day that a notice gathers."""
    return and_(moment >= day_began(Notice.on_day), moment < day_began(Notice.on_day + _ONE))


def _count(of: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count(of.distinct()).cast(Integer)).where(*conditions)
    return counted.correlate(Notice).scalar_subquery()


# --- talks ------------------------------------------------------------------------------------------

_holds = and_(Conversation.held_with == VIEWER, Conversation.placement_id == any_(RUNNING))
_takes_part = or_(Conversation.pupil_id == VIEWER, _holds, is_invited_home(PAGE))
_on = and_(Conversation.cancelled_at.is_(None), Conversation.held_at.is_(None), Conversation.on_day >= TODAY)
_off = and_(Conversation.cancelled_at.is_not(None), Conversation.on_day >= TODAY)
_to_agree = and_(Conversation.pupil_id == VIEWER, Conversation.record_version > _ZERO, ~is_agreed())
_agreed = and_(is_agreed(), or_(_holds, reads_at_home(PAGE)))
_talk_day = select(Conversation.on_day).where(Conversation.id == Notice.about_id).scalar_subquery()


def _talk(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Conversation.id == Notice.about_id, condition).correlate(Notice)


_planned = _count(
    Conversation.id,
    _holds,
    _on,
    Conversation.planned_by != VIEWER,
    or_(_in_its_day(Conversation.made_at), _in_its_day(Conversation.changed_at)),
)
_prepared = _count(
    Conversation.id,
    _holds,
    Conversation.cancelled_at.is_(None),
    Conversation.held_at.is_(None),
    _in_its_day(Conversation.prepared_at),
)

# --- steps ------------------------------------------------------------------------------------------

_of_staff = and_(
    NextStep.who == _is(Who.STAFF),
    NextStep.staff_id == VIEWER,
    exists().where(Conversation.id == NextStep.conversation_id, Conversation.placement_id == any_(RUNNING)),
)
_due = and_(
    NextStep.id == Notice.about_id,
    IS_OPEN,
    func.coalesce(NextStep.remind_on, NextStep.due_on) == Notice.on_day,
    or_(and_(NextStep.pupil_id == VIEWER, IS_TO_DO), _of_staff),
)
_step_text = select(NextStep.text).where(_due).scalar_subquery()

# --- dossiers ---------------------------------------------------------------------------------------

_later = aliased(DossierHandIn)


def _own_hand_in(state: HandInState) -> ColumnElement[bool]:
    """Closed so, and not handed in anew since."""
    anew = exists().where(
        _later.pupil_id == VIEWER,
        _later.number > DossierHandIn.number,
        _later.state != _is(HandInState.WITHDRAWN),
    )
    found = exists().where(
        DossierHandIn.id == Notice.about_id, DossierHandIn.pupil_id == VIEWER, DossierHandIn.state == _is(state), ~anew
    )
    return found.correlate(Notice)


# What waits for its second reader does not wait for the dean.
_dossiers = _count(
    DossierHandIn.id,
    DossierHandIn.state == _is(HandInState.HANDED_IN),
    or_(DossierHandIn.reader_id.is_(None), DossierHandIn.reader_agrees.is_not(None)),
    DossierHandIn.placement_id == any_(RUNNING),
    Placement.id == DossierHandIn.placement_id,
    Placement.school_id == Notice.about_id,
    exists().where(
        StaffRole.person_id == VIEWER,
        StaffRole.school_id == Placement.school_id,
        StaffRole.role == _is(Role.DEAN),
        runs(StaffRole, TODAY),
    ),
)
_to_read = and_(DossierHandIn.id == Notice.about_id, reads_along(VIEWER), DossierHandIn.reader_agrees.is_(None))
_whose_dossier = (
    select(full_name())
    .select_from(DossierHandIn)
    .join(Person, Person.id == DossierHandIn.pupil_id)
    .where(_to_read)
    .scalar_subquery()
)
_school = select(School.name).where(School.id == Notice.about_id).scalar_subquery()

# --- cards from home --------------------------------------------------------------------------------

_offered = and_(
    HomeworkOffer.id == Notice.about_id,
    HomeworkOffer.on_day >= TODAY,
    is_for(VIEWER, TODAY),
    ~exists().where(Homework.offer_id == HomeworkOffer.id, Homework.pupil_id == VIEWER),
)
_answered = and_(Homework.id == Notice.about_id, Homework.pupil_id == VIEWER, Homework.home_by != VIEWER)
_at_home = and_(Homework.id == Notice.about_id, IS_SHARED, shown_to_home(PAGE))
_at_school = _count(
    Homework.id,
    and_(IS_SHARED, Homework.with_school),
    Homework.placement_id == any_(RUNNING),
    _in_its_day(Homework.shared_at),
    GroupMembership.placement_id == Homework.placement_id,
    GroupMembership.group_id == Notice.about_id,
    runs(GroupMembership, TODAY),
)
_group = select(Group.name).where(Group.id == Notice.about_id).scalar_subquery()

# --- outside ----------------------------------------------------------------------------------------

_said = and_(
    OutsideLink.id == Notice.about_id,
    OutsideLink.pupil_id == VIEWER,
    OutsideAnswer.link_id == OutsideLink.id,
    OutsideAnswer.state == _is(AnswerState.SENT),
    Entry.id == OutsideLink.entry_id,
    Entry.state != _is(EntryState.TRASHED),
)
_about_which = select(Entry.title).where(_said).scalar_subquery()
# The database is asked who decides for a link that is there and open, not for each that is gone.
_yes_or_no = and_(
    OutsideLink.id == Notice.about_id,
    OutsideLink.ended_at.is_(None),
    OutsideLink.expires_at > NOW,
    exists().where(Person.id == OutsideLink.pupil_id, needs_yes(TODAY)),
    ~exists().where(OutsideConsent.link_id == OutsideLink.id, OutsideConsent.person_id == VIEWER),
    own_side().is_not(None),
)


def _there(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # Not `select *`: of some tables the app's role does not read all.
    return select(_ONE).where(condition).correlate(Notice).exists()


# --- the etalage --------------------------------------------------------------------------------------

# Told on a floor above: the database says whether it holds (migration 0039).
_of_page = func.showcase_title(Notice.about_id)


def _showcase(code: NoticeKind) -> ColumnElement[bool]:
    return func.showcase_notice_opens(Notice.about_id, _is(code), type_=Boolean())


# --- another school ---------------------------------------------------------------------------------

# As above (migrations 0033 and 0039).
_to_school = func.transfer_school(Notice.about_id)
_last_day = func.transfer_last_day(Notice.about_id)


def _transfer(code: NoticeKind) -> ColumnElement[bool]:
    return func.transfer_notice_opens(Notice.about_id, _is(code), type_=Boolean())


GUIDANCE_KINDS: tuple[Kind, ...] = (
    Kind(NoticeKind.TALK_PLANNED, ("pupil", "guardian"), _talk(and_(_on, _takes_part)), _pupil_name, day=_talk_day),
    Kind(
        NoticeKind.TALK_MOVED,
        ("pupil", "guardian", "staff"),
        _talk(and_(_on, _takes_part)),
        _pupil_name,
        day=_talk_day,
    ),
    Kind(
        NoticeKind.TALK_CANCELLED,
        ("pupil", "guardian", "staff"),
        _talk(and_(_off, _takes_part)),
        _pupil_name,
        day=_talk_day,
    ),
    Kind(NoticeKind.TALK_RECORDED, ("pupil",), _talk(_to_agree), day=_talk_day),
    Kind(NoticeKind.TALK_AGREED, ("guardian", "staff"), _talk(_agreed), _pupil_name, day=_talk_day),
    Kind(NoticeKind.TALKS_PLANNED, ("staff",), _planned > _ZERO, number=_planned),
    Kind(NoticeKind.TALKS_PREPARED, ("staff",), _prepared > _ZERO, number=_prepared),
    Kind(NoticeKind.STEP_DUE, ("pupil", "staff"), _there(_due), _step_text),
    Kind(NoticeKind.DOSSIER_DONE, ("keeper",), _own_hand_in(HandInState.DONE)),
    Kind(NoticeKind.DOSSIER_RETURNED, ("keeper",), _own_hand_in(HandInState.RETURNED)),
    Kind(NoticeKind.DOSSIERS_WAITING, ("dean",), _dossiers > _ZERO, _school, _dossiers),
    Kind(NoticeKind.DOSSIER_TO_READ, ("staff",), _there(_to_read), _whose_dossier),
    Kind(
        NoticeKind.HOMEWORK_OFFERED,
        ("pupil",),
        _there(_offered),
        day=select(HomeworkOffer.on_day).where(HomeworkOffer.id == Notice.about_id).scalar_subquery(),
    ),
    Kind(NoticeKind.HOMEWORK_ANSWERED, ("pupil",), _there(_answered)),
    Kind(NoticeKind.HOMEWORK_SHARED, ("guardian",), _there(_at_home), _given_name),
    Kind(NoticeKind.HOMEWORK_AT_SCHOOL, ("staff",), _at_school > _ZERO, _group, _at_school),
    Kind(NoticeKind.OUTSIDE_ANSWERED, ("older",), _there(_said), _about_which),
    Kind(NoticeKind.OUTSIDE_ASKED, ("guardian", "staff"), _there(_yes_or_no), _pupil_name),
    Kind(NoticeKind.SHOWCASE_ASKED, ("guardian",), _showcase(NoticeKind.SHOWCASE_ASKED), _given_name),
    *(
        Kind(code, ("older",), _showcase(code), _of_page)
        for code in (NoticeKind.SHOWCASE_AGREED, NoticeKind.SHOWCASE_REFUSED)
    ),
    Kind(NoticeKind.TRANSFER_ASKED, ("guardian",), _transfer(NoticeKind.TRANSFER_ASKED), _given_name),
    Kind(NoticeKind.TRANSFER_OFFERED, ("staff",), _transfer(NoticeKind.TRANSFER_OFFERED), _pupil_name),
    Kind(
        NoticeKind.TRANSFER_AGREED,
        ("mover",),
        func.transfer_agreed(Notice.about_id, type_=Boolean()),
        _to_school,
        day=_last_day,
    ),
    *(
        Kind(code, ("mover",), _transfer(code), _to_school, day=_last_day)
        for code in (NoticeKind.TRANSFER_ACCEPTED, NoticeKind.TRANSFER_REFUSED, NoticeKind.TRANSFER_EXPIRING)
    ),
)
"""In the order of the settings."""
