"""How entries look inside a page's JSON."""

from typing import Any

from sqlalchemy import and_, any_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.access.reasons.policy import must_say_why
from app.media.models import Attachment
from app.people.models import Group, GroupMembership, Person, Placement, School
from app.people.projections import full_name, group_ref, person_ref, runs, school_ref
from app.platform.reads import ENDED, HOME, RUNNING, TODAY, VIEWER, json_list, json_object
from app.portfolio.models import Entry, EntryState, Feedback, FeedbackKind
from app.portfolio.policy import PAGE, hears_until, is_heard

_SNIPPET = 200


def attachments() -> ColumnElement[Any]:
    """The files of an entry, in order; of others than the pupil's own only those that are ready."""
    return (
        select(
            json_list(
                json_object(
                    id=Attachment.id,
                    kind=Attachment.kind,
                    name=Attachment.name,
                    media_type=Attachment.media_type,
                    size=Attachment.size,
                    alt=Attachment.alt,
                    state=Attachment.state,
                    refusal=Attachment.refusal,
                    caution=Attachment.caution,
                    has_thumbnail=Attachment.thumbnail_key.is_not(None),
                    placeholder=Attachment.placeholder,
                    width=Attachment.width,
                    height=Attachment.height,
                    duration_ms=Attachment.duration_ms,
                    peaks=Attachment.peaks,
                    has_captions=Attachment.captions.is_not(None),
                ),
                Attachment.position,
                Attachment.id,
            )
        )
        .where(
            Attachment.entry_id == Entry.id,
            or_(Attachment.state == "ready", Attachment.pupil_id == VIEWER),
        )
        .correlate(Entry)
        .scalar_subquery()
    )


def _open_question() -> ColumnElement[Any]:
    author = aliased(Person)
    last = (
        select(
            json_object(author_name=full_name(author), text=Feedback.text, created_at=Feedback.created_at),
        )
        .join(author, author.id == Feedback.author_id)
        .where(
            Feedback.entry_id == Entry.id,
            Feedback.kind == FeedbackKind.ASK_BACK,
            Feedback.withdrawn_at.is_(None),
            is_heard(hears_until(PAGE), Feedback.created_at, Feedback.author_id),
        )
        .order_by(Feedback.created_at.desc())
        .limit(literal_column("1"))
        .correlate(Entry)
        .scalar_subquery()
    )
    return case((Entry.state == EntryState.ASKED_BACK, last))


def _feedback_count() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Feedback)
        .where(
            Feedback.entry_id == Entry.id,
            Feedback.withdrawn_at.is_(None),
            is_heard(hears_until(PAGE), Feedback.created_at, Feedback.author_id),
        )
        .correlate(Entry)
        .scalar_subquery()
    )


def _excerpt() -> ColumnElement[str]:
    first_answer = func.jsonb_path_query_first(Entry.answers, literal_column("""'$[*].text ? (@ != "")'""")).op("#>>")(
        literal_column("'{}'")
    )
    return func.left(
        func.coalesce(func.nullif(Entry.body, literal_column("''")), first_answer, literal_column("''")),
        literal_column(str(_SNIPPET)),
    )


def _expectation(name: str) -> ColumnElement[str]:
    path: ColumnElement[str] = literal_column("'{expectation," + name + "}'")
    return func.coalesce(Entry.details.op("#>>")(path), literal_column("''"))


def _detail(name: str) -> ColumnElement[str]:
    return Entry.details.op("->>")(literal_column(f"'{name}'"))


def card() -> ColumnElement[Any]:
    """An entry as schemas.EntryCard."""
    return json_object(
        id=Entry.id,
        kind=Entry.kind,
        state=Entry.state,
        ring=Entry.ring,
        title=Entry.title,
        happened_on=Entry.happened_on,
        ended_on=Entry.ended_on,
        school_year=Entry.school_year,
        form=_detail("form"),
        hours=Entry.details.op("->")(literal_column("'hours'")),
        organisation=func.coalesce(_detail("organisation"), literal_column("''")),
        work_fields=Entry.work_fields,
        competencies=Entry.competencies,
        excerpt=_excerpt(),
        different=or_(*(_expectation(name) != literal_column("''") for name in ("surprised", "after"))),
        attachments=attachments(),
        open_question=_open_question(),
        feedback_count=_feedback_count(),
        version=Entry.version,
        updated_at=Entry.updated_at,
        shared_at=Entry.shared_at,
    )


def _is_staff(pupil_id: Any) -> ColumnElement[bool]:
    return exists().where(
        Placement.pupil_id == pupil_id, or_(Placement.id == any_(RUNNING), Placement.id == any_(ENDED))
    )


def relation(pupil_id: Any) -> ColumnElement[str]:
    """'self', 'school' or 'home': in whose name this viewer looks at a pupil they may see."""
    return case(
        (pupil_id == VIEWER, literal_column("'self'")),
        (_is_staff(pupil_id), literal_column("'school'")),
        else_=literal_column("'home'"),
    )


class Gate:
    """Before a page with content of one pupil: who looks outside the own classes has said why.

    The page joins `on`; what it shows goes through `opens`, and `ask_why` is the pupil where the reason is missing.
    """

    def __init__(self, pupil_id: Any) -> None:
        must = and_(pupil_id != VIEWER, must_say_why(VIEWER, pupil_id, TODAY))
        # `offset 0`: asked once, however often it is used.
        self.on = select(must.label("must")).offset(literal_column("0")).correlate(Person, Entry).lateral("gate")
        self.ask_why = case((self.on.c.must, person_ref()))

    def opens(self, shown: Any) -> ColumnElement[Any]:
        """Null as long as the reason is missing."""
        return case((~self.on.c.must, shown))


def pupil_known(pupil_id: Any) -> ColumnElement[bool]:
    """Whether this viewer may know of a pupil: oneself, by school, by home."""
    return or_(pupil_id == VIEWER, _is_staff(pupil_id), pupil_id == any_(HOME))


def placement_known(placement: Any = Placement) -> ColumnElement[bool]:
    """Whether this viewer may know of a placement: one's own, as staff there, or as guardian."""
    return or_(
        placement.pupil_id == VIEWER,
        placement.id == any_(RUNNING),
        placement.id == any_(ENDED),
        placement.pupil_id == any_(HOME),
    )


def pupil_head(person: Any = Person) -> ColumnElement[Any]:
    """A pupil as schemas.PortfolioPupil; the school and group of today, where this viewer may know them."""
    now_at = (
        select(school_ref().label("school"), case((Group.id.is_not(None), group_ref())).label("group"))
        .select_from(Placement)
        .join(School, School.id == Placement.school_id)
        .outerjoin(
            GroupMembership,
            and_(GroupMembership.placement_id == Placement.id, runs(GroupMembership, TODAY)),
        )
        .outerjoin(Group, Group.id == GroupMembership.group_id)
        .where(Placement.pupil_id == person.id, runs(Placement, TODAY), placement_known())
        .order_by(Placement.starts_on.desc())
        .limit(literal_column("1"))
        .correlate(person)
    )
    nobody = select(literal_column("1").label("one")).subquery()
    place = now_at.lateral()
    return (
        select(
            json_object(
                id=person.id,
                name=full_name(person),
                given_name=person.given_name,
                school=place.c.school,
                group=place.c.group,
            )
        )
        .select_from(nobody.outerjoin(place, literal_column("true")))
        .correlate(person)
        .scalar_subquery()
    )
