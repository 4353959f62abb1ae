"""Pages of transfers: the pupil's own, what can be chosen, a parent's requests, what waits at school, and the view."""

from typing import Any

from sqlalchemy import ARRAY, Integer, Text, Uuid, and_, any_, case, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.conversations.models import Conversation
from app.guidance.conversations.policy import is_agreed
from app.guidance.picture.models import TalentWord, WordChoice
from app.guidance.steps.models import NextStep
from app.people.models import Group, GroupMembership, Person, Placement, School
from app.people.projections import group_ref, person_ref, runs, school_ref
from app.platform.reads import HOME, NOW, RUNNING, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portability.transfers.models import EndReason, ItemKind, Transfer, TransferConsent, TransferItem, TransferState
from app.portability.transfers.policy import (
    ALONE_FROM,
    NEW_FOR_DAYS,
    PROPOSED,
    TEXT_VERSION,
    asks_home,
    decides,
    entry_fits,
    opens,
    state_of,
    step_fits,
    talk_fits,
)
from app.portfolio.models import OPEN_STATES, Entry, Feedback, Ring
from app.portfolio.policy import PAGE, may_see
from app.portfolio.queries.projections import Gate, card, relation
from app.reference.codes import Kind

TRANSFER_ID = parameter("transfer_id", Uuid())
PLACEMENT_ID = parameter("placement_id", Uuid())
PUPIL_ID = parameter("pupil_id", Uuid())

_TRUE: ColumnElement[bool] = literal_column("true")
_FALSE: ColumnElement[bool] = literal_column("false")


def _word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", Text())


def _state_is(*states: TransferState) -> ColumnElement[bool]:
    return state_of(TODAY).in_([_word(state.value) for state in states])


_summary = func.transfer_summary(Transfer.id)
_goes_to = aliased(School)
_at = aliased(Placement)
_school = (
    select(school_ref(_goes_to))
    .join(_at, _at.school_id == _goes_to.id)
    .where(_at.id == Transfer.placement_id)
    .correlate(Transfer)
    .scalar_subquery()
)
_origin, _origin_at = aliased(School), aliased(Placement)


def _from_schools() -> ColumnElement[Any]:
    """Names of the schools where what goes along was told; of others than the pupil only the earlier schools."""
    other = and_(
        _origin_at.pupil_id == Transfer.pupil_id,
        _origin_at.school_id
        != select(_at.school_id).where(_at.id == Transfer.placement_id).correlate(Transfer).scalar_subquery(),
        _origin_at.starts_on <= TODAY,
    )
    names = (
        select(_origin.name, func.max(_origin_at.starts_on).label("since"))
        .join(_origin_at, _origin_at.school_id == _origin.id)
        .where(other)
        .group_by(_origin.name)
        .correlate(Transfer)
        .lateral("names")
    )
    return select(json_list(names.c.name, names.c.since.desc(), names.c.name)).correlate(Transfer).scalar_subquery()


# --- the pupil ---------------------------------------------------------------------------------------

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
    here = exists().where(_at.id == Transfer.placement_id, runs(_at, TODAY)).correlate(Transfer)
    is_open = and_(Transfer.accepted_at.is_not(None), Transfer.ended_at.is_(None))
    by = case((Transfer.end_reason != _word(EndReason.WITHDRAWN.value), Transfer.end_reason))
    return json_object(
        id=Transfer.id,
        placement_id=Transfer.placement_id,
        school=_school,
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
        summary=_summary,
    )


_fitting = (
    select(func.count().cast(Integer))
    .select_from(Entry)
    .where(entry_fits(VIEWER, Placement), ~func.coalesce(Placement.id == any_(Entry.taken_to), _FALSE))
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
    select(func.coalesce(func.years_old(Person.birth_date, TODAY) < literal_column(str(ALONE_FROM)), _TRUE))
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
    Entry.kind != _word(Kind.RESULT.value),
    func.cardinality(Entry.competencies) > literal_column("0"),
    or_(
        exists().where(
            Feedback.entry_id == Entry.id, Feedback.voice != _word("pupil"), Feedback.withdrawn_at.is_(None)
        ),
        exists().where(TalentWord.entry_id == Entry.id, TalentWord.voice != _word("pupil")),
    ),
)
"""Strong in the talent picture: it shows a competency, and somebody else said something about it."""
_is_taken = func.coalesce(Placement.id == any_(Entry.taken_to), _FALSE)
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
    Entry.kind != _word(Kind.RESULT.value),
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
    .having(~func.coalesce(func.bool_or(WordChoice.hidden), _FALSE))
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

# --- a parent ----------------------------------------------------------------------------------------

_said_self = (
    select(TransferConsent.answer)
    .where(TransferConsent.transfer_id == Transfer.id, TransferConsent.person_id == VIEWER)
    .correlate(Transfer)
    .scalar_subquery()
)
_waits_here = and_(_said_self.is_(None), _state_is(TransferState.ASKED))

REQUESTS = Read(
    select(
        json_object(
            items=select(
                json_list(
                    json_object(
                        id=Transfer.id,
                        pupil=person_ref(),
                        school=_school,
                        state=state_of(TODAY),
                        sent_at=Transfer.sent_at,
                        expires_on=Transfer.expires_on,
                        own=_said_self,
                        summary=_summary,
                        version=literal_column(str(TEXT_VERSION)),
                    ),
                    ~_waits_here,
                    Transfer.sent_at.desc(),
                    Transfer.id,
                )
            )
            .select_from(Transfer)
            .join(Person, Person.id == Transfer.pupil_id)
            .where(
                Transfer.pupil_id == any_(HOME),
                Transfer.sent_at.is_not(None),
                asks_home(),
                or_(_state_is(TransferState.ASKED, TransferState.OFFERED, TransferState.ACCEPTED)),
            )
            .scalar_subquery()
        ).label("body")
    )
)
"""GET /v1/me/transfer-requests, as schemas.TransferRequests."""

# --- school ------------------------------------------------------------------------------------------

_HALF_A_YEAR: ColumnElement[Any] = literal_column("interval '183 days'")


def _offered() -> ColumnElement[Any]:
    group = (
        select(group_ref())
        .select_from(GroupMembership)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(GroupMembership.placement_id == Transfer.placement_id, runs(GroupMembership, TODAY))
        .order_by(GroupMembership.starts_on.desc())
        .limit(literal_column("1"))
        .correlate(Transfer)
        .scalar_subquery()
    )
    return json_object(
        id=Transfer.id,
        pupil=person_ref(),
        group=group,
        from_schools=_from_schools(),
        school=_school,
        state=state_of(TODAY),
        sent_at=Transfer.sent_at,
        expires_on=Transfer.expires_on,
        accepted_at=Transfer.accepted_at,
        summary=_summary,
    )


_at_school = and_(
    Transfer.placement_id == any_(RUNNING),
    Transfer.pupil_id != VIEWER,
    Transfer.sent_at.is_not(None),
    Transfer.ended_at.is_(None),
)
_waiting = and_(Transfer.accepted_at.is_(None), decides())
_lately = and_(Transfer.accepted_at > NOW - _HALF_A_YEAR, decides())

OFFERED = Read(
    select(
        json_object(
            items=select(
                json_list(_offered(), Transfer.accepted_at.desc().nulls_first(), Transfer.sent_at, Transfer.id)
            )
            .select_from(Transfer)
            .join(Person, Person.id == Transfer.pupil_id)
            .where(_at_school, or_(_waiting, _lately))
            .scalar_subquery()
        ).label("body"),
        select(func.array_agg(Transfer.pupil_id, type_=ARRAY(Uuid)))
        .where(_at_school, _waiting)
        .scalar_subquery()
        .label("pupil_ids"),
        _word("school").label("rule"),
    )
)
"""GET /v1/transfers, as schemas.OfferedTransfers."""

OFFERED_ONE = Read(
    select(
        _offered().label("body"),
        Transfer.pupil_id,
        literal_column("null::uuid").label("entry_id"),
        _word("school").label("rule"),
    )
    .select_from(Transfer)
    .join(Person, Person.id == Transfer.pupil_id)
    .where(Transfer.id == TRANSFER_ID, _at_school, decides())
)
"""GET /v1/transfers/{transferId}, as schemas.OfferedTransfer: who decides may look, the pupil offers it."""

PUPIL_TRANSFERS = Read(
    select(
        json_object(
            items=select(json_list(_offered(), Transfer.accepted_at.desc(), Transfer.id))
            .where(Transfer.pupil_id == Person.id, _at_school, Transfer.accepted_at.is_not(None), opens())
            .correlate(Person)
            .scalar_subquery()
        ).label("body")
    )
    .select_from(Person)
    .where(
        Person.id == PUPIL_ID,
        exists().where(Placement.pupil_id == Person.id, Placement.id == any_(RUNNING)),
    )
)
"""GET /v1/pupils/{pupilId}/transfers, as schemas.PupilTransfers."""

# --- what the new school has -------------------------------------------------------------------------

_chosen = exists().where(
    TransferItem.transfer_id == Transfer.id,
    TransferItem.kind == _word(ItemKind.ENTRY.value),
    TransferItem.thing_id == Entry.id,
    TransferItem.taken_back_at.is_(None),
)
_shown = (
    select(json_list(card(), Entry.sort_on.desc(), Entry.id.desc()))
    .where(
        Entry.pupil_id == Transfer.pupil_id,
        Entry.state.in_(OPEN_STATES),
        Entry.ring >= Ring.SCHOOL,
        _chosen,
        may_see(PAGE),
    )
    .correlate(Transfer)
    .scalar_subquery()
)
_gate = Gate(Person.id)

VIEW = Read(
    select(
        _gate.opens(
            json_object(
                id=Transfer.id,
                pupil=person_ref(),
                from_schools=_from_schools(),
                to_school=_school,
                state=state_of(TODAY),
                accepted_at=Transfer.accepted_at,
                stories=_shown,
                carried=func.transfer_carried(Transfer.id),
            )
        ).label("body"),
        _gate.ask_why.label("ask_why"),
        _gate.opens(Transfer.pupil_id).label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        relation(Person.id).label("rule"),
    )
    .select_from(Transfer)
    .join(Person, Person.id == Transfer.pupil_id)
    .join(_gate.on, _TRUE)
    .where(
        Transfer.id == TRANSFER_ID,
        or_(Transfer.pupil_id == VIEWER, and_(Transfer.placement_id == any_(RUNNING), opens())),
    )
)
"""GET /v1/transfers/{transferId}/view, as schemas.TransferView: to staff once accepted, to the pupil beforehand."""
