"""Pages of links: the pupil's own, those at an entry, and what waits for a yes of a mentor or a parent."""

from typing import Any

from sqlalchemy import Date, Text, and_, any_, case, cast, exists, func, literal_column, not_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.outside.models import AnswerState, OutsideAnswer, OutsideConsent, OutsideLink, Side
from app.guidance.outside.policy import TEXT_VERSION, allowed, needs_yes, own_side
from app.people.models import Custody, Guardianship, GuardianshipState, Person, Placement
from app.people.projections import person_ref, runs
from app.platform.reads import HOME, NOW, RUNNING, TODAY, VIEWER, Read, json_list, json_object
from app.portfolio.models import OPEN_STATES, Entry
from app.portfolio.policy import PAGE, hears_until, is_heard, may_see
from app.portfolio.queries.entry import ENTRY_ID
from app.portfolio.queries.projections import Gate, relation


def _word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", Text())


_until = cast(func.timezone(_word("Europe/Amsterdam"), OutsideLink.expires_at), Date)
_address = func.outside_address(OutsideLink.id)
_seen_outside = and_(
    Entry.state.in_([literal_column(f"'{state.value}'") for state in OPEN_STATES]),
    Entry.ring >= literal_column("1"),
    exists().where(Placement.id == Entry.placement_id, runs(Placement, TODAY)),
)


def _said(shown: ColumnElement[bool]) -> ColumnElement[Any]:
    answer = OutsideAnswer
    return (
        select(
            json_object(
                said_by=answer.said_by,
                good=answer.good,
                grew=answer.grew,
                tip=answer.tip,
                words=answer.words,
                sent_at=answer.sent_at,
                version=answer.version,
                state=answer.state,
                told_at=answer.told_at,
            )
        )
        .where(answer.link_id == OutsideLink.id, shown)
        .correlate(OutsideLink, Entry)
        .scalar_subquery()
    )


def _state() -> ColumnElement[str]:
    """As schemas.LinkState. What was answered waits for the pupil, also when the link has ended since."""
    waits = exists().where(
        OutsideAnswer.link_id == OutsideLink.id, OutsideAnswer.state == _word(AnswerState.SENT.value)
    )
    return case(
        (waits, _word("answered")),
        (OutsideLink.end_reason.is_not(None), OutsideLink.end_reason),
        (OutsideLink.expires_at <= NOW, _word("expired")),
        (not_(_seen_outside), _word("closed")),
        (not_(allowed(TODAY)), _word("waiting")),
        (OutsideLink.bounced_at.is_not(None), _word("bounced")),
        (OutsideLink.mailed_at.is_(None), _word("ready")),
        else_=_word("sent"),
    )


def _yes(side: Side) -> ColumnElement[Any]:
    """What a side said: one no is a no, and a yes of home counts as long as there is custody."""
    counts: ColumnElement[bool] = literal_column("true")
    if side is Side.HOME:
        counts = (
            exists()
            .where(
                Guardianship.guardian_id == OutsideConsent.person_id,
                Guardianship.pupil_id == OutsideLink.pupil_id,
                Guardianship.state == _word(GuardianshipState.CONFIRMED.value),
                Guardianship.custody == _word(Custody.YES.value),
            )
            .correlate(OutsideConsent, OutsideLink)
        )
    answer = (
        select(func.min(OutsideConsent.answer))
        .where(OutsideConsent.link_id == OutsideLink.id, OutsideConsent.side == _word(side.value), counts)
        .correlate(OutsideLink)
        .scalar_subquery()
    )
    return json_object(side=_word(side.value), answer=answer)


def _own() -> ColumnElement[Any]:
    needs = func.json_build_array(_yes(Side.SCHOOL), _yes(Side.HOME))
    return json_object(
        id=OutsideLink.id,
        entry_id=OutsideLink.entry_id,
        entry_title=Entry.title,
        who=OutsideLink.who,
        to=_address,
        state=_state(),
        asked_at=OutsideLink.asked_at,
        until=_until,
        mailed_at=OutsideLink.mailed_at,
        needs=case((needs_yes(TODAY), needs), else_=literal_column("'[]'::json")),
        answer=_said(literal_column("true")),
    )


_newest = (OutsideLink.asked_at.desc(), OutsideLink.id)

OWN_LINKS = Read(
    select(
        json_object(
            items=select(json_list(_own(), *_newest))
            .select_from(OutsideLink)
            .join(Entry, Entry.id == OutsideLink.entry_id)
            .join(Person, Person.id == OutsideLink.pupil_id)
            .where(OutsideLink.pupil_id == VIEWER)
            .scalar_subquery()
        ).label("body")
    )
)
"""GET /v1/me/outside-links, as schemas.OwnLinks."""

_at_the_entry = OutsideLink.entry_id == Entry.id
_told_here = and_(OutsideAnswer.told_at.is_not(None), Entry.placement_id == any_(RUNNING))
_shown = and_(
    or_(OutsideAnswer.state == _word(AnswerState.ACCEPTED.value), _told_here),
    is_heard(hears_until(PAGE), func.coalesce(OutsideAnswer.decided_at, OutsideAnswer.sent_at)),
)
_asked_outside = (
    select(
        json_list(
            json_object(id=OutsideLink.id, who=OutsideLink.who, asked_at=OutsideLink.asked_at, answer=_said(_shown)),
            *_newest,
        )
    )
    .where(
        _at_the_entry,
        OutsideLink.mailed_at.is_not(None),
        or_(OutsideLink.end_reason.is_(None), OutsideLink.end_reason == _word("decided")),
        is_heard(hears_until(PAGE), OutsideLink.asked_at),
    )
    .correlate(Entry)
    .scalar_subquery()
)
_own_here = select(json_list(_own(), *_newest)).where(_at_the_entry).correlate(Entry, Person).scalar_subquery()
_is_own = Entry.pupil_id == VIEWER
_gate = Gate(Entry.pupil_id)

ENTRY_LINKS = Read(
    select(
        _gate.opens(
            json_object(
                own=case((_is_own, _own_here)),
                items=case((not_(_is_own), _asked_outside), else_=literal_column("'[]'::json")),
            )
        ).label("body"),
        _gate.ask_why.label("ask_why"),
        _gate.opens(Entry.pupil_id).label("pupil_id"),
        Entry.id.label("entry_id"),
        relation(Entry.pupil_id).label("rule"),
    )
    .select_from(Entry)
    .join(Person, Person.id == Entry.pupil_id)
    .join(_gate.on, literal_column("true"))
    .where(Entry.id == ENTRY_ID, may_see(PAGE))
)
"""GET /v1/entries/{entryId}/outside, as schemas.EntryOutside."""

_mine = (
    select(OutsideConsent.answer)
    .where(OutsideConsent.link_id == OutsideLink.id, OutsideConsent.person_id == VIEWER)
    .correlate(OutsideLink)
    .scalar_subquery()
)
_waiting = (
    select(
        OutsideLink.id,
        OutsideLink.asked_at,
        _mine.label("own"),
        json_object(
            id=OutsideLink.id,
            pupil=person_ref(),
            who=OutsideLink.who,
            to=_address,
            entry_id=Entry.id,
            entry_title=Entry.title,
            side=own_side(),
            asked_at=OutsideLink.asked_at,
            until=_until,
            shows_answers=func.cardinality(OutsideLink.shown_answers) > literal_column("0"),
            shows_logbook=OutsideLink.shows_logbook,
            own=_mine,
            version=literal_column(str(TEXT_VERSION)),
        ).label("item"),
    )
    .select_from(OutsideLink)
    .join(Person, Person.id == OutsideLink.pupil_id)
    .outerjoin(Entry, and_(Entry.id == OutsideLink.entry_id, may_see(PAGE)))
    .where(
        or_(
            OutsideLink.pupil_id == any_(HOME),
            OutsideLink.pupil_id.in_(select(Placement.pupil_id).where(Placement.id == any_(RUNNING))),
        ),
        OutsideLink.ended_at.is_(None),
        OutsideLink.expires_at > NOW,
        needs_yes(TODAY),
        or_(OutsideLink.mailed_at.is_(None), _mine.is_not(None)),
        own_side().is_not(None),
    )
    .subquery("waiting")
)
REQUESTS = Read(
    select(
        json_object(
            items=select(
                json_list(_waiting.c.item, _waiting.c.own.is_not(None), _waiting.c.asked_at, _waiting.c.id)
            ).scalar_subquery()
        ).label("body")
    )
)
"""GET /v1/me/outside-requests, as schemas.Requests."""
