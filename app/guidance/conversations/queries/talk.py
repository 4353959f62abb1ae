"""One talk with all that belongs to it, in one statement."""

from typing import Any

from sqlalchemy import (
    Date,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.choices.models import ChoiceMoment
from app.guidance.choices.queries import choices_of
from app.guidance.conversations.models import Conversation, ConversationAgreement, ConversationRecord, PrepSheet
from app.guidance.conversations.policy import (
    as_staff,
    is_agreed,
    may_see,
    reads_at_home,
)
from app.guidance.conversations.queries.lists import partners, placement_runs, shown_state, viewer_of
from app.guidance.homework.models import Homework
from app.guidance.homework.queries import homework_of
from app.guidance.picture.queries import drawn
from app.guidance.steps.models import NextStep
from app.people.models import Person
from app.people.projections import person_ref
from app.platform.reads import RUNNING, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.models import OPEN_STATES, Entry
from app.portfolio.policy import PAGE
from app.portfolio.policy import may_see as may_see_entry
from app.portfolio.queries.projections import Gate, card, pupil_head

_TRUE: ColumnElement[bool] = literal_column("true")
_NONE: ColumnElement[Any] = literal_column("'[]'::json")
_EARLIER: ColumnElement[int] = literal_column("3")
_YOUNG: ColumnElement[int] = literal_column("12")

CONVERSATION_ID = parameter("conversation_id", Uuid())

Talk = Conversation
_with, _planner, _changer = aliased(Person), aliased(Person), aliased(Person)


_PUPIL: ColumnElement[Any] = literal_column("conversation.pupil_id", Uuid())
"""Whose talk it is, by the name of the page's row: so selects of any depth start from it, and none looks it up."""

_ON_DAY: ColumnElement[Any] = literal_column("conversation.on_day", Date())

_as_self = Talk.pupil_id == VIEWER
_as_school = and_(~_as_self, as_staff(PAGE))
_as_home = and_(~_as_self, ~as_staff(PAGE))
_reads_record = or_(_as_self, as_staff(PAGE), reads_at_home(PAGE))


def _sheet() -> ColumnElement[Any]:
    chosen = (
        func.unnest(PrepSheet.entry_ids)
        .table_valued(column("id", Uuid()), with_ordinality="place")
        .render_derived("chosen")
    )
    shown = (
        select(json_list(card(), chosen.c.place))
        .select_from(chosen)
        .join(Entry, Entry.id == chosen.c.id)
        .where(may_see_entry(PAGE), or_(~_as_self, Entry.state != literal_column("'trashed'")))
        .correlate(PrepSheet, Talk)
        .scalar_subquery()
    )
    # What school does not see of it, told to the pupil only: others would learn of a draft by its number.
    gone = (
        select(func.count())
        .select_from(chosen)
        .outerjoin(Entry, Entry.id == chosen.c.id)
        .where(
            _as_self,
            or_(Entry.id.is_(None), Entry.state.not_in(OPEN_STATES), Entry.placement_id != Talk.placement_id),
        )
        .correlate(PrepSheet, Talk)
        .scalar_subquery()
    )
    return (
        select(
            json_object(
                entry_ids=case((_as_self, func.to_json(PrepSheet.entry_ids)), else_=_NONE),
                shown=shown,
                hidden=gone,
                found_out=PrepSheet.found_out,
                doubt=PrepSheet.doubt,
                ask=PrepSheet.ask,
                maybe_next=PrepSheet.maybe_next,
                ready_at=PrepSheet.ready_at,
                updated_at=PrepSheet.updated_at,
                version=PrepSheet.version,
            )
        )
        .where(
            PrepSheet.conversation_id == Talk.id,
            or_(_as_self, and_(as_staff(PAGE), PrepSheet.ready_at.is_not(None))),
        )
        .correlate(Talk)
        .scalar_subquery()
    )


def _step_state(step: Any) -> ColumnElement[str]:
    return case(
        (step.done_at.is_not(None), literal_column("'done'")),
        (step.let_go_at.is_not(None), literal_column("'let_go'")),
        else_=literal_column("'open'"),
    )


def _recorded_steps(record: Any) -> ColumnElement[Any]:
    """Steps as they stand in a version of the record, with what became of those that were agreed."""
    told = (
        func.jsonb_array_elements(record.steps)
        .table_valued(column("value"), with_ordinality="place", joins_implicitly=True)
        .render_derived("told")
    )

    def field(name: str, of_type: Any = Text) -> ColumnElement[Any]:
        return cast(told.c.value.op("->>")(literal_column(f"'{name}'")), of_type)

    step, doer = aliased(NextStep), aliased(Person)
    agreed = step.id.is_not(None)
    return (
        select(
            json_list(
                json_object(
                    id=field("id", Uuid),
                    text=field("text"),
                    who=field("who"),
                    staff=case((doer.id.is_not(None), person_ref(doer))),
                    due_on=field("dueOn", Date),
                    remind_on=field("remindOn", Date),
                    state=_step_state(step),
                    ended_at=func.coalesce(step.done_at, step.let_go_at),
                    version=case((agreed, step.version)),
                ),
                told.c.place,
            )
        )
        .select_from(told)
        .outerjoin(step, and_(step.id == field("id", Uuid), step.conversation_id == record.conversation_id))
        .outerjoin(doer, doer.id == field("staffId", Uuid))
        .correlate(record)
        .scalar_subquery()
    )


def _record() -> ColumnElement[Any]:
    writer, record = aliased(Person), ConversationRecord
    return (
        select(
            json_object(
                version=record.version,
                pupil_voice=record.pupil_voice,
                staff_voice=record.staff_voice,
                steps=_recorded_steps(record),
                written_by=person_ref(writer),
                written_at=record.written_at,
            )
        )
        .join(writer, writer.id == record.written_by)
        .where(record.conversation_id == Talk.id, record.version == Talk.record_version, _reads_record)
        .correlate(Talk)
        .scalar_subquery()
    )


def _agreement() -> ColumnElement[Any]:
    said = ConversationAgreement
    return (
        select(
            json_object(
                record_version=said.record_version,
                words=said.words,
                ring=said.ring,
                way=said.way,
                agreed_at=said.agreed_at,
            )
        )
        .where(said.conversation_id == Talk.id, said.record_version == Talk.agreed_version, _reads_record)
        .correlate(Talk)
        .scalar_subquery()
    )


def _earlier() -> ColumnElement[Any]:
    """Agreed talks before this one, as far as this viewer may see each of them."""
    talk, partner, record = aliased(Conversation), aliased(Person), aliased(ConversationRecord)
    newest = (
        select(
            talk.on_day.label("on_day"),
            talk.id.label("id"),
            json_object(
                id=talk.id,
                kind=talk.kind,
                on_day=talk.on_day,
                held_with=person_ref(partner),
                pupil_voice=record.pupil_voice,
                steps=_recorded_steps(record),
            ).label("told"),
        )
        .select_from(talk)
        .join(partner, partner.id == talk.held_with)
        .join(record, and_(record.conversation_id == talk.id, record.version == talk.record_version))
        .where(
            talk.pupil_id == _PUPIL,
            talk.id != CONVERSATION_ID,
            is_agreed(talk),
            or_(talk.pupil_id == VIEWER, as_staff(PAGE, talk)),
            # With its day: what was agreed later is not 'earlier'.
            talk.on_day <= _ON_DAY,
        )
        .order_by(talk.on_day.desc(), talk.id.desc())
        .limit(_EARLIER)
        .subquery("newest")
    )
    return select(
        func.coalesce(func.json_agg(aggregate_order_by(newest.c.told, newest.c.on_day.desc())), _NONE)
    ).scalar_subquery()


def _rights() -> ColumnElement[Any]:
    waits = and_(Talk.cancelled_at.is_(None), Talk.held_at.is_(None))
    runs_here = Talk.placement_id == any_(RUNNING)
    staff = and_(~_as_self, runs_here)
    recorded = Talk.record_version > literal_column("0")
    return json_object(
        change=and_(Talk.held_at.is_(None), or_(staff, and_(_as_self, Talk.planned_by == VIEWER))),
        prepare=and_(_as_self, waits),
        write=and_(staff, Talk.cancelled_at.is_(None)),
        speak=and_(_as_self, recorded, ~is_agreed()),
        agree=and_(_as_self, recorded, Talk.cancelled_at.is_(None)),
    )


_gate = Gate(Person.id)


_inside = or_(_as_self, _as_school)


def _of_talk(*shown: ColumnElement[Any]) -> Select[Any]:
    """Selects from the one talk, where this viewer may see it."""
    return (
        select(*shown)
        .select_from(Talk)
        .join(Person, Person.id == Talk.pupil_id)
        .join(_gate.on, _TRUE)
        .where(Talk.id == CONVERSATION_ID, may_see(PAGE))
    )


def _part(shown: ColumnElement[Any], seen: ColumnElement[bool]) -> Read:
    """What most talks lack, by itself."""
    return Read(_of_talk(_gate.opens(shown).label("body")).where(seen))


CONVERSATION = Read(
    _of_talk(
        _gate.opens(
            json_object(
                id=Talk.id,
                kind=Talk.kind,
                state=shown_state(Talk),
                on_day=Talk.on_day,
                at_time=Talk.at_time,
                minutes=Talk.minutes,
                place=Talk.place,
                with_home=Talk.with_home,
                was_on_day=Talk.was_on_day,
                was_at_time=Talk.was_at_time,
                cancelled_at=Talk.cancelled_at,
                held_at=Talk.held_at,
                prepared_at=case((_inside, Talk.prepared_at)),
                pupil=pupil_head(),
                held_with=person_ref(_with),
                planned_by=person_ref(_planner),
                changed_by=person_ref(_changer),
                ended=~placement_runs(Talk),
                home_open=func.home_open(Person.birth_date, Person.home_sharing_since, TODAY),
                young=func.coalesce(func.years_old(Person.birth_date, TODAY) < _YOUNG, _TRUE),
                viewer=viewer_of(),
                rights=_rights(),
                partners=case((_inside, partners(_PUPIL)), else_=_NONE),
                sheet=_sheet(),
                record=_record(),
                agreement=_agreement(),
                earlier=case((_inside, _earlier()), else_=_NONE),
                picture=case((_inside, drawn(_PUPIL))),
                version=Talk.version,
            )
        ).label("body"),
        Talk.version.label("version"),
        _gate.ask_why.label("ask_why"),
        # At home nothing of the pupil is shown before there is a record to read: then it is no look.
        case((or_(~_as_home, reads_at_home(PAGE)), _gate.opens(Person.id))).label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        viewer_of().label("rule"),
        and_(_inside, exists(select(ChoiceMoment.id).where(ChoiceMoment.pupil_id == _PUPIL))).label("choices"),
        and_(_reads_record, exists(select(Homework.id).where(Homework.pupil_id == _PUPIL))).label("homework"),
    )
    .join(_with, _with.id == Talk.held_with)
    .join(_planner, _planner.id == Talk.planned_by)
    .join(_changer, _changer.id == Talk.changed_by),
    choices=_part(choices_of(Person.id), _inside),
    # At home with the record, as all of the pupil's: before that nothing is shown, and it is no look.
    homework=_part(homework_of(Person.id), _reads_record),
)
"""GET /v1/conversations/{conversationId}, as schemas.ConversationPage."""
