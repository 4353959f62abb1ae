"""One entry with everything on it, its versions, and what the pupil has put away."""

from typing import Any

from sqlalchemy import Text, Uuid, and_, any_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.people.models import Person, Placement, School
from app.people.projections import person_ref, school_ref
from app.platform.reads import RUNNING, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.models import OPEN_STATES, Entry, EntryState, EntryVersion, Feedback
from app.portfolio.policy import PAGE, hears_until, is_heard, may_see
from app.portfolio.queries.projections import Gate, attachments, card, pupil_head, relation

ENTRY_ID = parameter("entry_id", Uuid())


def _feedback() -> ColumnElement[Any]:
    author = aliased(Person)
    return (
        select(
            json_list(
                json_object(
                    id=Feedback.id,
                    kind=Feedback.kind,
                    voice=Feedback.voice,
                    author=person_ref(author),
                    text=Feedback.text,
                    reaction=Feedback.reaction,
                    version=Feedback.version,
                    created_at=Feedback.created_at,
                    own=Feedback.author_id == VIEWER,
                ),
                Feedback.created_at,
                Feedback.id,
            )
        )
        .join(author, author.id == Feedback.author_id)
        .where(
            Feedback.entry_id == Entry.id,
            Feedback.withdrawn_at.is_(None),
            is_heard(hears_until(PAGE), Feedback.created_at, Feedback.author_id),
        )
        .correlate(Entry)
        .scalar_subquery()
    )


def _rights() -> ColumnElement[Any]:
    """The law of law.py for this viewer, as the page says it; a test holds the two equal."""
    own = Entry.pupil_id == VIEWER
    is_open = Entry.state.in_(OPEN_STATES)
    edit = and_(own, Entry.state != EntryState.TRASHED, Entry.state != EntryState.ARCHIVED)
    taken_along = func.coalesce(Entry.taken_to.bool_op("&&")(RUNNING), literal_column("false"))
    here = or_(Entry.placement_id == any_(RUNNING), taken_along)
    staff = and_(~own, is_open, Entry.ring >= 1, here)
    young = func.coalesce(func.years_old(Person.birth_date, TODAY) < 12, literal_column("true"))
    rings = case(
        (and_(edit, young), literal_column("'[0, 2]'::json")),
        (edit, literal_column("'[0, 1, 2]'::json")),
        (and_(staff, young), literal_column("'[1, 2]'::json")),
        else_=literal_column("'[]'::json"),
    )
    return json_object(
        edit=edit,
        audience=rings,
        feedback=or_(staff, and_(own, is_open)),
        ask_back=and_(staff, Entry.state != EntryState.ASKED_BACK),
        mark_seen=and_(staff, Entry.state == EntryState.SHARED),
        react=and_(~own, is_open, relation(Entry.pupil_id) == literal_column("'home'")),
    )


_earlier, _later = aliased(EntryVersion), aliased(EntryVersion)
_SITTING: ColumnElement[Any] = literal_column("interval '30 minutes'")
_told = or_(
    ~exists().where(_earlier.entry_id == EntryVersion.entry_id, _earlier.version < EntryVersion.version),
    ~exists().where(
        _later.entry_id == EntryVersion.entry_id,
        _later.version > EntryVersion.version,
        _later.made_at <= EntryVersion.made_at + _SITTING,
    ),
    exists().where(Feedback.entry_id == EntryVersion.entry_id, Feedback.version == EntryVersion.version),
)
"""Every pause in typing is kept; shown are the first, what a sitting ended with, and what somebody spoke about."""

_version_count = (
    select(func.count())
    .select_from(EntryVersion)
    .where(EntryVersion.entry_id == Entry.id, _told)
    .correlate(Entry)
    .scalar_subquery()
)
_shared_with = (
    select(school_ref())
    .select_from(Placement)
    .join(School, School.id == Placement.school_id)
    .where(Placement.id == Entry.placement_id)
    .correlate(Entry)
    .scalar_subquery()
)

_gate = Gate(Entry.pupil_id)

ENTRY = Read(
    select(
        _gate.opens(
            json_object(
                id=Entry.id,
                pupil=pupil_head(),
                kind=Entry.kind,
                state=Entry.state,
                ring=Entry.ring,
                title=Entry.title,
                happened_on=Entry.happened_on,
                ended_on=Entry.ended_on,
                school_year=Entry.school_year,
                body=Entry.body,
                feeling=Entry.feeling,
                details=Entry.details,
                answers=Entry.answers,
                competencies=Entry.competencies,
                work_fields=Entry.work_fields,
                tags=Entry.tags,
                attachments=attachments(),
                feedback=_feedback(),
                shared_with=case((Entry.ring > 0, _shared_with)),
                home_open=func.home_open(Person.birth_date, Person.home_sharing_since, TODAY),
                viewer=relation(Entry.pupil_id),
                rights=_rights(),
                version=Entry.version,
                version_count=_version_count,
                created_at=Entry.created_at,
                updated_at=Entry.updated_at,
                shared_at=Entry.shared_at,
                seen_at=Entry.seen_at,
            )
        ).label("body"),
        Entry.version.label("version"),
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
"""GET /v1/entries/{entryId}, as schemas.EntryPage."""

VERSIONS = Read(
    select(
        json_object(
            items=select(
                json_list(
                    json_object(
                        version=EntryVersion.version, made_at=EntryVersion.made_at, content=EntryVersion.content
                    ),
                    EntryVersion.version.desc(),
                )
            )
            .where(EntryVersion.entry_id == Entry.id, _told)
            .correlate(Entry)
            .scalar_subquery()
        ).label("body")
    ).where(Entry.id == ENTRY_ID, Entry.pupil_id == VIEWER)
)
"""GET /v1/entries/{entryId}/versions, as schemas.VersionList; the pupil's own only."""

_put_away = (
    select(json_list(card(), Entry.updated_at.desc()).label("items"))
    .where(Entry.pupil_id == VIEWER, Entry.state == parameter("state", Text()))
    .scalar_subquery()
)
PUT_AWAY = Read(select(json_object(items=_put_away).label("body")))
"""GET /v1/me/entries?state=trashed|archived|draft, as schemas.EntryCardList."""
