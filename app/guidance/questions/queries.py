"""Pages of questions: a school's set, what a pupil is asked, and what was answered to the same question before."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Integer,
    Text,
    Uuid,
    any_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.questions.models import PREFIX, SchoolQuestion, SchoolQuestionVersion
from app.guidance.questions.policy import own_schools
from app.guidance.questions.schemas import AskedQuestion, AskedQuestions
from app.media.models import Attachment
from app.people.models import Group, GroupMembership, Person, Placement, School
from app.people.projections import age_band as band_of
from app.people.projections import full_name, runs, school_ref
from app.platform.db import Transaction
from app.platform.errors import NotFound
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.models import Entry, EntryState
from app.portfolio.policy import PAGE, may_see
from app.portfolio.queries.projections import Gate, placement_known, relation
from app.reference.catalogue import (
    age_band,
    boundary_questions,
    columns_for,
    competencies_for,
    in_turn,
    turned,
)
from app.reference.codes import Competency, ExperienceForm, Kind
from app.reference.schemas import shown

_SCHOOL_ID = parameter("school_id", Uuid())
_ENTRY_ID = parameter("entry_id", Uuid())
_QUESTION_IDS = parameter("question_ids", ARRAY(Text()))
_TRUE: ColumnElement[bool] = literal_column("true")
_EACH = 3
"""Earlier answers to one question, at most."""


# --- the set of a school ------------------------------------------------------------------------------


def _before() -> ColumnElement[Any]:
    then, author = aliased(SchoolQuestionVersion), aliased(Person)
    return (
        select(
            json_list(
                json_object(version=then.version, content=then.content, since=then.since, by=full_name(author)),
                then.version.desc(),
            )
        )
        .select_from(then)
        .join(author, author.id == then.made_by)
        .where(then.question_id == SchoolQuestion.id, then.version < SchoolQuestion.version)
        .correlate(SchoolQuestion)
        .scalar_subquery()
    )


def _set() -> ColumnElement[Any]:
    author = aliased(Person)
    row = json_object(
        id=SchoolQuestion.id,
        bands=SchoolQuestion.bands,
        competency=SchoolQuestion.competency,
        kinds=SchoolQuestion.kinds,
        text=SchoolQuestion.text,
        version=SchoolQuestion.version,
        since=SchoolQuestion.since,
        by=full_name(author),
        withdrawn_at=SchoolQuestion.withdrawn_at,
        before=_before(),
    )
    return (
        select(json_list(row, SchoolQuestion.id))
        .select_from(SchoolQuestion)
        .join(author, author.id == SchoolQuestion.made_by)
        .where(SchoolQuestion.school_id == School.id)
        .correlate(School)
        .scalar_subquery()
    )


def _bands() -> ColumnElement[Any]:
    taught = (
        select(band_of().label("band"))
        .where(Group.school_id == School.id, Group.school_year == func.school_year_of(TODAY))
        .distinct()
        .correlate(School)
        .subquery("taught")
    )
    return select(json_list(taught.c.band, taught.c.band)).scalar_subquery()


_mine = own_schools(VIEWER, TODAY).subquery("mine")


def _is(*roles: str) -> ColumnElement[bool]:
    named: list[Any] = [literal_column(f"'{role}'") for role in roles]
    return exists().where(_mine.c.school_id == School.id, _mine.c.role.in_(named))


SET = Read(
    select(json_object(school=school_ref(), bands=_bands(), may_change=_is("dean"), items=_set()).label("body"))
    .select_from(School)
    .where(School.id == _SCHOOL_ID, _is("dean", "teacher"))
)
"""GET /v1/schools/{schoolId}/questions, as schemas.SchoolQuestions."""


# --- what a pupil is asked ----------------------------------------------------------------------------


async def asked(
    tx: Transaction, kind: Kind, form: ExperienceForm | None, rotation: int, language: str
) -> AskedQuestions:
    """The questions for the signed-in pupil, of the product and of the school; those of the school come first.

    Raises NotFound (404) for who was never in a group.
    """
    found = (
        await tx.session.execute(
            select(
                Group.level,
                Group.study_year,
                case((runs(Placement, tx.today), Placement.school_id)).label("school_id"),
            )
            .select_from(Placement)
            .join(GroupMembership, GroupMembership.placement_id == Placement.id)
            .join(Group, Group.id == GroupMembership.group_id)
            .where(Placement.pupil_id == tx.viewer, GroupMembership.starts_on <= tx.today)
            .order_by(GroupMembership.starts_on.desc(), GroupMembership.id.desc())
            .limit(1)
        )
    ).first()
    if found is None:
        raise NotFound
    band = age_band(found.level, found.study_year)
    ours = (
        await tx.session.scalars(
            select(SchoolQuestion)
            .where(
                SchoolQuestion.school_id == found.school_id,
                SchoolQuestion.withdrawn_at.is_(None),
                literal(band.value) == any_(SchoolQuestion.bands),
                or_(func.cardinality(SchoolQuestion.kinds) == 0, literal(kind.value) == any_(SchoolQuestion.kinds)),
            )
            .order_by(SchoolQuestion.id)
        )
    ).all()
    packaged = columns_for(band, kind, rotation, found.level, form)

    def column(code: Competency) -> list[AskedQuestion]:
        own = [
            AskedQuestion(id=f"{PREFIX}{one.id}", version=one.version, competency=code, text=one.text, of_school=True)
            for one in ours
            if one.competency == code
        ]
        theirs = [AskedQuestion(**one.model_dump(), of_school=False) for one in shown(packaged[code], language)]
        return turned(own, rotation) + theirs

    return AskedQuestions(
        items=in_turn([column(code) for code in competencies_for(kind)]),
        before=shown(boundary_questions("before"), language),
        after=shown(boundary_questions("after"), language),
    )


# --- earlier answers ----------------------------------------------------------------------------------


def _answer(name: str) -> ColumnElement[str]:
    return literal_column("answer.value", JSONB()).op("->>")(literal_column(f"'{name}'"))


def _school_year_then() -> Any:
    """In which group the pupil was then, where this viewer may know."""
    return (
        select(Group.level.label("level"), Group.study_year.label("study_year"))
        .select_from(Placement)
        .join(GroupMembership, GroupMembership.placement_id == Placement.id)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(Placement.pupil_id == Entry.pupil_id, Group.school_year == Entry.school_year, placement_known())
        .order_by(GroupMembership.starts_on.desc(), GroupMembership.id.desc())
        .limit(literal_column("1"))
        .correlate(Entry)
        .lateral("then")
    )


def _earlier(*which: ColumnElement[bool], correlate: tuple[Any, ...] = ()) -> ColumnElement[Any]:
    """Answers with words or a file in entries that this viewer may see, as a list of schemas.EarlierAnswer."""
    answers = func.jsonb_array_elements(Entry.answers).table_valued("value", name="answer").lateral("answer")
    then, question = _school_year_then(), _answer("questionId")
    file = (
        select(json_object(id=Attachment.id, kind=Attachment.kind))
        .where(
            Attachment.id == cast(_answer("attachmentId"), Uuid()),
            Attachment.entry_id == Entry.id,
            Attachment.state == literal_column("'ready'"),
        )
        .correlate(Entry)
        .scalar_subquery()
    )
    found = (
        select(
            json_object(
                question_id=question,
                question_version=cast(_answer("questionVersion"), Integer()),
                question=_answer("question"),
                text=func.coalesce(_answer("text"), literal_column("''")),
                file=file,
                entry=json_object(
                    id=Entry.id, title=Entry.title, on=Entry.sort_on, level=then.c.level, study_year=then.c.study_year
                ),
            ).label("item"),
            func.row_number()
            .over(partition_by=question, order_by=(Entry.sort_on.desc(), Entry.id.desc()))
            .label("place"),
            question.label("question"),
        )
        .select_from(Entry)
        .join(answers, _TRUE)
        .outerjoin(then, _TRUE)
        .where(
            may_see(PAGE),
            Entry.state != EntryState.TRASHED,
            func.coalesce(_answer("skipped"), literal_column("'false'")) != literal_column("'true'"),
            or_(
                func.coalesce(_answer("text"), literal_column("''")) != literal_column("''"),
                _answer("attachmentId").is_not(None),
            ),
            *which,
        )
        .correlate(*correlate)
        .subquery("found")
    )
    return (
        select(json_list(found.c.item, found.c.question, found.c.place))
        .where(found.c.place <= literal_column(str(_EACH)))
        .scalar_subquery()
    )


_BEFORE_ENTRY = parameter("before_entry", Uuid())
_this = aliased(Entry)
_not_later = exists().where(
    _this.id == _BEFORE_ENTRY,
    _this.pupil_id == VIEWER,
    tuple_(_this.sort_on, _this.id) < tuple_(Entry.sort_on, Entry.id),
)

MY_ANSWERS = Read(
    select(
        json_object(
            items=_earlier(
                Entry.pupil_id == VIEWER,
                _answer("questionId") == any_(_QUESTION_IDS),
                Entry.id.is_distinct_from(_BEFORE_ENTRY),
                ~_not_later,
            )
        ).label("body")
    )
)
"""GET /v1/me/answers, as schemas.EarlierAnswers: the pupil's own, drafts as well, of entries before the one named."""

_shown = (
    select(Entry.id, Entry.pupil_id, Entry.sort_on, Entry.answers)
    .where(Entry.id == _ENTRY_ID, may_see(PAGE))
    .subquery("shown")
)
_asked_there = func.jsonb_path_query_array(_shown.c.answers, literal_column("'$[*].questionId'"))
_items = _earlier(
    Entry.pupil_id == _shown.c.pupil_id,
    tuple_(Entry.sort_on, Entry.id) < tuple_(_shown.c.sort_on, _shown.c.id),
    _asked_there.op("?")(_answer("questionId")),
    correlate=(_shown,),
)
_listed = select(_items.label("found")).offset(literal_column("0")).lateral("listed")
_some = func.json_array_length(_listed.c.found) > literal_column("0")
_gate = Gate(Person.id)

EARLIER = Read(
    select(
        _gate.opens(json_object(items=_listed.c.found)).label("body"),
        _gate.ask_why.label("ask_why"),
        _gate.opens(case((_some, Person.id))).label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        relation(Person.id).label("rule"),
    )
    .select_from(_shown)
    .join(Person, Person.id == _shown.c.pupil_id)
    .join(_listed, _TRUE)
    .join(_gate.on, _TRUE)
)
"""GET /v1/entries/{entryId}/earlier-answers, as schemas.EarlierAnswers; a look where there are any."""
