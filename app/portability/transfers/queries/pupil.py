"""A pupil's own transfers, and what can be chosen."""

from typing import Any

from sqlalchemy import Integer, Text, and_, any_, case, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.conversations.models import Conversation
from app.guidance.conversations.policy import is_agreed
from app.guidance.picture.models import TalentWord, WordChoice
from app.guidance.steps.models import NextStep
from app.people.models import Person, Placement, School
from app.people.projections import runs, school_ref
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object
from app.portability.transfers.models import EndReason, Transfer, TransferItem
from app.portability.transfers.policy import (
    ALONE_FROM,
    NEW_FOR_DAYS,
    PROPOSED,
    entry_fits,
    state_of,
    step_fits,
    talk_fits,
)
from app.portability.transfers.queries.projections import (
    FALSE,
    PLACEMENT_ID,
    TRANSFER_ID,
    TRUE,
    summary,
    to_school,
    word,
)
from app.portfolio.models import OPEN_STATES, Entry, Feedback, Ring
from app.portfolio.queries.projections import card
from app.reference.codes import Kind

_items = (
    select(
        json_list(
            json_object(
                kind=TransferItem.kind, id=TransferItem.thing_id, goes_along=TransferItem.taken_back_at.is_(None)
            ),
            TransferItem.kind,
            TransferItem.thing_id,
        )
    )
    .where(TransferItem.transfer_id == Transfer.id)
    .correlate(Transfer)
    .scalar_subquery()
)


def _own() -> ColumnElement[Any]:
    at = aliased(Placement)
    here = exists().where(at.id == Transfer.placement_id, runs(at, TODAY)).correlate(Transfer)
    is_open = and_(Transfer.accepted_at.is_not(None), Transfer.ended_at.is_(None))
    by = case((Transfer.end_reason != word(EndReason.WITHDRAWN.value), Transfer.end_reason))
    return json_object(
        id=Transfer.id,
        placement_id=Transfer.placement_id,
        school=to_school,
        state=state_of(TODAY),
        version=Transfer.version,
        made_at=Transfer.made_at,
        sent_at=Transfer.sent_at,
        expires_on=Transfer.expires_on,
        accepted_at=Transfer.accepted_at,
        ended_at=Transfer.ended_at,
        refused_by=by,
        refusal=Transfer.refusal,
        school_sees=and_(is_open, here),
        items=_items,
        summary=summary,
    )


_fitting = (
    select(func.count().cast(Integer))
    .select_from(Entry)
    .where(entry_fits(VIEWER, Placement), ~func.coalesce(Placement.id == any_(Entry.taken_to), FALSE))
    .correlate(Placement)
    .scalar_subquery()
)
_elsewhere = aliased(Placement)
_can_go = and_(
    Placement.pupil_id == VIEWER,
    or_(Placement.ends_on.is_(None), Placement.ends_on >= TODAY),
    exists().where(_elsewhere.pupil_id == VIEWER, _elsewhere.school_id != Placement.school_id).correlate(Placement),
)
_later = aliased(Placement)
_is_newest = ~exists().where(
    _later.pupil_id == VIEWER, _later.starts_on > Placement.starts_on, _later.school_id != Placement.school_id
).correlate(Placement)
_is_new = and_(_is_newest, Placement.starts_on > TODAY - literal_column(str(NEW_FOR_DAYS)))
_places = (
    select(
        json_list(
            json_object(
                placement_id=Placement.id,
                school=school_ref(),
                starts_on=Placement.starts_on,
                is_new=_is_new,
                stories=_fitting,
            ),
            Placement.starts_on.desc(),
            Placement.id,
        )
    )
    .select_from(Placement)
    .join(School, School.id == Placement.school_id)
    .where(_can_go)
    .scalar_subquery()
)

_needs_parent = (
    select(func.coalesce(func.years_old(Person.birth_date, TODAY) < literal_column(str(ALONE_FROM)), TRUE))
    .where(Person.id == VIEWER)
    .scalar_subquery()
)

MY_TRANSFERS = Read(
    select(
        json_object(
            places=_places,
            items=select(json_list(_own(), Transfer.made_at.desc(), Transfer.id))
            .where(Transfer.pupil_id == VIEWER)
            .scalar_subquery(),
            needs_parent=_needs_parent,
            has_parent=func.transfer_has_guardian(VIEWER),
        ).label("body")
    )
)
"""GET /v1/me/transfers, as schemas.MyTransfers."""

OWN_TRANSFER = Read(
    select(_own().label("body"), Transfer.version.label("version")).where(
        Transfer.id == TRANSFER_ID, Transfer.pupil_id == VIEWER
    )
)
"""GET /v1/me/transfers/{transferId}, as schemas.OwnTransfer."""

_told_at, _told_school = aliased(Placement), aliased(School)
_is_strong = and_(
    Entry.kind != word(Kind.RESULT.value),
    func.cardinality(Entry.competencies) > literal_column("0"),
    or_(
        exists().where(Feedback.entry_id == Entry.id, Feedback.voice != word("pupil"), Feedback.withdrawn_at.is_(None)),
        exists().where(TalentWord.entry_id == Entry.id, TalentWord.voice != word("pupil")),
    ),
)
"""Strong in the talent picture: it shows a competency, and somebody else said something about it."""
_is_taken = func.coalesce(Placement.id == any_(Entry.taken_to), FALSE)
_story = (
    select(
        card().label("card"),
        school_ref(_told_school).label("school"),
        _is_strong.label("strong"),
        _is_taken.label("taken"),
        func.count()
        .filter(and_(_is_strong, ~_is_taken))
        .over(order_by=(Entry.sort_on.desc(), Entry.id.desc()))
        .label("so_far"),
        Entry.sort_on,
        Entry.id,
    )
    .join(_told_at, _told_at.id == Entry.placement_id)
    .join(_told_school, _told_school.id == _told_at.school_id)
    .where(entry_fits(VIEWER, Placement))
    .correlate(Placement)
    .lateral("story")
)
_stories = (
    select(
        json_list(
            json_object(
                card=_story.c.card,
                school=_story.c.school,
                proposed=and_(_story.c.strong, ~_story.c.taken, _story.c.so_far <= literal_column(str(PROPOSED))),
                taken=_story.c.taken,
            ),
            _story.c.sort_on.desc(),
            _story.c.id.desc(),
        )
    )
    .select_from(_story)
    .correlate(Placement)
    .scalar_subquery()
)
_counts = and_(
    Entry.pupil_id == VIEWER,
    Entry.state.in_(OPEN_STATES),
    Entry.ring >= Ring.SCHOOL,
    Entry.kind != word(Kind.RESULT.value),
    Entry.sort_on <= TODAY,
)
_tag = func.unnest(Entry.tags).column_valued("tag")
_said = (
    select(cast(_tag, Text).label("word"))
    .select_from(Entry)
    .where(_counts)
    .union(select(TalentWord.word).join(Entry, Entry.id == TalentWord.entry_id).where(_counts))
    .subquery("said")
)
_shown_word = (
    select(func.coalesce(func.max(WordChoice.shown_as), func.min(_said.c.word)).label("word"))
    .select_from(_said)
    .outerjoin(WordChoice, and_(WordChoice.pupil_id == VIEWER, WordChoice.key == func.lower(_said.c.word)))
    .group_by(func.lower(_said.c.word))
    .having(~func.coalesce(func.bool_or(WordChoice.hidden), FALSE))
    .subquery("shown_word")
)
_steps = (
    select(
        json_list(
            json_object(id=NextStep.id, text=NextStep.text, due_on=NextStep.due_on),
            NextStep.due_on.asc().nulls_last(),
            NextStep.made_at,
            NextStep.id,
        )
    )
    .where(NextStep.pupil_id == VIEWER, step_fits())
    .scalar_subquery()
)
_talk_at, _talk_school = aliased(Placement), aliased(School)
_talk = (
    select(
        Conversation.id,
        Conversation.kind,
        Conversation.on_day,
        school_ref(_talk_school).label("school"),
        Conversation.prepared_at.is_not(None).label("has_sheet"),
        is_agreed().label("has_record"),
        func.row_number().over(order_by=(Conversation.on_day.desc(), Conversation.id)).label("place"),
    )
    .join(_talk_at, _talk_at.id == Conversation.placement_id)
    .join(_talk_school, _talk_school.id == _talk_at.school_id)
    .where(Conversation.pupil_id == VIEWER, talk_fits(Placement))
    .correlate(Placement)
    .lateral("talk")
)
_talks = (
    select(
        json_list(
            json_object(
                id=_talk.c.id,
                kind=_talk.c.kind,
                on_day=_talk.c.on_day,
                school=_talk.c.school,
                has_sheet=_talk.c.has_sheet,
                has_record=_talk.c.has_record,
                proposed=_talk.c.place == literal_column("1"),
            ),
            _talk.c.place,
        )
    )
    .select_from(_talk)
    .correlate(Placement)
    .scalar_subquery()
)

CHOOSABLE = Read(
    select(
        json_object(
            placement_id=Placement.id,
            school=school_ref(),
            starts_on=Placement.starts_on,
            pupil_id=VIEWER,
            stories=_stories,
            words=select(json_list(_shown_word.c.word, _shown_word.c.word)).scalar_subquery(),
            steps=_steps,
            talks=_talks,
        ).label("body")
    )
    .select_from(Placement)
    .join(School, School.id == Placement.school_id)
    .where(Placement.id == PLACEMENT_ID, _can_go)
)
"""GET /v1/me/transfer-choices/{placementId}, as schemas.Choosable."""
