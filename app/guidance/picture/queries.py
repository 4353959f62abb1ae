"""The talent picture in one statement: what grew is derived from entries each time, nothing is counted up."""

from typing import Any

from sqlalchemy import Text, and_, case, cast, func, literal_column, or_, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.picture.models import TalentWord, WordChoice
from app.people.models import Person
from app.people.projections import person_ref
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object
from app.portfolio.models import Entry
from app.portfolio.queries.portfolio import PUPIL, on_the_timeline, years
from app.portfolio.queries.projections import Gate, pupil_head, pupil_known, relation
from app.reference.codes import Kind

_TRUE: ColumnElement[bool] = literal_column("true")
_NULL: ColumnElement[Any] = literal_column("null")


def _in_the_picture(pupil: ColumnElement[Any]) -> ColumnElement[bool]:
    """Results of school stand beside the picture, never in it; what is thought before a visit is no visit yet."""
    no_result = Entry.kind != literal_column(f"'{Kind.RESULT.value}'")
    return and_(on_the_timeline(pupil), no_result, Entry.sort_on <= TODAY)


def evidence(pupil: ColumnElement[Any] = PUPIL) -> ColumnElement[Any]:
    """The entries that the picture of this pupil is drawn from, as schemas.Evidence; oldest first."""
    expectation = Entry.details.op("->")(literal_column("'expectation'"))
    return (
        select(
            json_list(
                json_object(
                    id=Entry.id,
                    kind=Entry.kind,
                    state=Entry.state,
                    title=Entry.title,
                    on=Entry.sort_on,
                    school_year=Entry.school_year,
                    work_fields=Entry.work_fields,
                    competencies=Entry.competencies,
                    feeling=Entry.feeling,
                    expectation=func.nullif(expectation, literal_column("'null'::jsonb")),
                ),
                Entry.sort_on,
                Entry.id,
            )
        )
        .where(_in_the_picture(pupil))
        .scalar_subquery()
    )


def words(pupil: ColumnElement[Any] = PUPIL) -> ColumnElement[Any]:
    """Tags of the pupil and words of everybody, put together by the word itself, without its capitals."""
    author = aliased(Person)
    tag = func.unnest(Entry.tags).column_valued("tag")
    tags = (
        select(
            func.lower(tag).label("key"),
            cast(tag, Text).label("word"),
            cast(Entry.sort_on, Text).label("on"),
            json_object(
                voice=literal_column("'pupil'"),
                entry_id=Entry.id,
                by=_NULL,
                said_by=_NULL,
                themselves=literal_column("false"),
                word_id=_NULL,
            ).label("said"),
        )
        .select_from(Entry)
        .where(_in_the_picture(pupil))
    )
    given = (
        select(
            func.lower(TalentWord.word).label("key"),
            TalentWord.word,
            cast(TalentWord.given_at, Text).label("on"),
            json_object(
                voice=TalentWord.voice,
                entry_id=TalentWord.entry_id,
                by=case((TalentWord.via_link.is_(None), person_ref(author))),
                said_by=TalentWord.said_by,
                themselves=TalentWord.via_link.is_not(None),
                word_id=case((and_(TalentWord.author_id == VIEWER, TalentWord.via_link.is_(None)), TalentWord.id)),
            ).label("said"),
        )
        .join(Entry, Entry.id == TalentWord.entry_id)
        .join(author, author.id == TalentWord.author_id)
        .where(_in_the_picture(pupil))
    )
    said = union_all(tags, given).subquery("said")
    hidden = func.coalesce(func.bool_or(WordChoice.hidden), literal_column("false"))
    newest = func.max(said.c.on)
    word = (
        select(
            newest.label("newest"),
            json_object(
                key=said.c.key,
                word=func.coalesce(func.max(WordChoice.shown_as), func.min(said.c.word)),
                hidden=hidden,
                said=func.json_agg(aggregate_order_by(said.c.said, said.c.on.desc())),
            ).label("word"),
        )
        .select_from(said)
        .outerjoin(WordChoice, and_(WordChoice.pupil_id == pupil, WordChoice.key == said.c.key))
        .group_by(said.c.key)
        .having(or_(pupil == VIEWER, ~hidden))
        .subquery("word")
    )
    return select(json_list(word.c.word, word.c.newest.desc())).scalar_subquery()


_gate = Gate(Person.id)

PICTURE = Read(
    select(
        _gate.opens(
            json_object(
                pupil=pupil_head(),
                viewer=relation(Person.id),
                years=years(),
                entries=evidence(),
                words=words(),
            )
        ).label("body"),
        _gate.ask_why.label("ask_why"),
        _gate.opens(Person.id).label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        relation(Person.id).label("rule"),
    )
    .select_from(Person)
    .join(_gate.on, _TRUE)
    .where(Person.id == PUPIL, pupil_known(Person.id))
)
"""GET /v1/pupils/{pupilId}/picture, as schemas.Picture."""
