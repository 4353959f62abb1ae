"""The talent picture in one statement: what grew is derived from entries each time, nothing is counted up."""

from typing import Any

from sqlalchemy import CTE, Text, and_, case, cast, func, literal_column, or_, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.picture.models import TalentWord, WordChoice
from app.people.models import Person
from app.people.projections import person_ref
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object
from app.portfolio.models import Entry
from app.portfolio.policy import PAGE, hears_until, is_heard
from app.portfolio.queries.portfolio import PUPIL, on_the_timeline, years
from app.portfolio.queries.projections import Gate, pupil_head, pupil_known, relation
from app.reference.codes import Kind

_TRUE: ColumnElement[bool] = literal_column("true")
_NULL: ColumnElement[Any] = literal_column("null")


def _on_the_timeline(pupil: ColumnElement[Any]) -> CTE:
    """The entries of this pupil that this viewer sees, looked up once for all parts of the picture."""
    return (
        select(
            Entry.id,
            Entry.kind,
            Entry.state,
            Entry.title,
            Entry.sort_on,
            Entry.school_year,
            Entry.work_fields,
            Entry.competencies,
            Entry.feeling,
            Entry.tags,
            Entry.details.op("->")(literal_column("'expectation'")).label("expectation"),
            # Results of school stand beside the picture, never in it; what is thought before a visit is no visit yet.
            and_(Entry.kind != literal_column(f"'{Kind.RESULT.value}'"), Entry.sort_on <= TODAY).label("drawn"),
            hears_until(PAGE).label("until"),
        )
        .where(on_the_timeline(pupil))
        .cte("shown")
        .prefix_with("MATERIALIZED")
    )


def _evidence(shown: CTE) -> ColumnElement[Any]:
    """What the picture is drawn from, as schemas.Evidence; oldest first."""
    entry = shown.c
    return (
        select(
            json_list(
                json_object(
                    id=entry.id,
                    kind=entry.kind,
                    state=entry.state,
                    title=entry.title,
                    on=entry.sort_on,
                    school_year=entry.school_year,
                    work_fields=entry.work_fields,
                    competencies=entry.competencies,
                    feeling=entry.feeling,
                    expectation=func.nullif(entry.expectation, literal_column("'null'::jsonb")),
                ),
                entry.sort_on,
                entry.id,
            )
        )
        .where(entry.drawn)
        .scalar_subquery()
    )


def _words(pupil: ColumnElement[Any], shown: CTE) -> ColumnElement[Any]:
    """Tags of the pupil and words of everybody, put together by the word itself, without its capitals."""
    author = aliased(Person)
    tag = func.unnest(shown.c.tags).column_valued("tag")
    tags = (
        select(
            func.lower(tag).label("key"),
            cast(tag, Text).label("word"),
            cast(shown.c.sort_on, Text).label("on"),
            json_object(
                voice=literal_column("'pupil'"),
                entry_id=shown.c.id,
                by=_NULL,
                said_by=_NULL,
                themselves=literal_column("false"),
                word_id=_NULL,
            ).label("said"),
        )
        .select_from(shown)
        .where(shown.c.drawn)
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
        .join(shown, shown.c.id == TalentWord.entry_id)
        .join(author, author.id == TalentWord.author_id)
        .where(shown.c.drawn, is_heard(shown.c.until, TalentWord.given_at, TalentWord.author_id))
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


def drawn(of: ColumnElement[Any], **fields: ColumnElement[Any]) -> ColumnElement[Any]:
    """The picture of this pupil as JSON, with these fields before it: years, entries and words."""
    shown = _on_the_timeline(of)
    parts = json_object(**fields, years=years(of, shown), entries=_evidence(shown), words=_words(of, shown))
    return select(parts).add_cte(shown, nest_here=True).correlate(Person).scalar_subquery()


_gate = Gate(Person.id)

PICTURE = Read(
    select(
        _gate.opens(drawn(PUPIL, pupil=pupil_head(), viewer=relation(Person.id))).label("body"),
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
