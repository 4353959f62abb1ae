"""Pages of cards: one, those of a pupil, those of a group; and what was shared, for other pages to show."""

from typing import Any

from sqlalchemy import Uuid, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.policy import guided_groups
from app.guidance.homework.models import Homework, HomeworkOffer
from app.guidance.homework.policy import (
    IS_SHARED,
    is_for,
    may_read,
    may_remove,
    may_write_child,
    may_write_home,
    shown_to_school,
)
from app.media.models import Attachment
from app.people.models import Group, GroupMembership, Person, Placement
from app.people.projections import age_band, group_ref, person_ref, runs
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.policy import PAGE
from app.portfolio.queries.projections import Gate, pupil_known, relation

_NEWEST: ColumnElement[int] = literal_column("60")
_NEWEST_BESIDE: ColumnElement[int] = literal_column("3")
_PUPIL_ID = parameter("pupil_id", Uuid())
_GROUP_ID = parameter("group_id", Uuid())


def _named(person_id: Any) -> ColumnElement[Any]:
    person = aliased(Person)
    return select(person_ref(person)).where(person.id == person_id).correlate_except(person).scalar_subquery()


def _sound(sound_id: Any) -> ColumnElement[Any]:
    """A spoken answer of this very card; of somebody else once it is ready."""
    return (
        select(
            json_object(
                id=Attachment.id,
                state=Attachment.state,
                refusal=Attachment.refusal,
                duration_ms=Attachment.duration_ms,
            )
        )
        .where(
            Attachment.id == sound_id,
            Attachment.homework_id == Homework.id,
            or_(Attachment.state == literal_column("'ready'"), Attachment.sent_by == VIEWER),
        )
        .correlate(Homework)
        .scalar_subquery()
    )


def _on_day() -> ColumnElement[Any]:
    return (
        select(HomeworkOffer.on_day).where(HomeworkOffer.id == Homework.offer_id).correlate(Homework).scalar_subquery()
    )


def homework() -> ColumnElement[Any]:
    """A card as schemas.Homework."""
    return json_object(
        id=Homework.id,
        pupil=_named(Homework.pupil_id),
        card=Homework.card,
        card_version=Homework.card_version,
        offer_id=Homework.offer_id,
        on_day=_on_day(),
        language=Homework.language,
        state=Homework.state,
        reach=case(
            (~IS_SHARED, literal_column("'nobody'")),
            (Homework.with_school, literal_column("'school'")),
            else_=literal_column("'home'"),
        ),
        home=json_object(text=Homework.home_text, sound=_sound(Homework.home_sound), by=_named(Homework.home_by)),
        child=json_object(text=Homework.child_text, sound=_sound(Homework.child_sound), by=_named(Homework.child_by)),
        begun_by=_named(Homework.begun_by),
        updated_at=Homework.updated_at,
        shared_at=Homework.shared_at,
        version=Homework.version,
        viewer=relation(Homework.pupil_id),
        rights=json_object(
            write_home=may_write_home(PAGE),
            write_child=may_write_child(PAGE),
            share=Homework.pupil_id == VIEWER,
            remove=may_remove(PAGE),
        ),
    )


def homework_of(pupil_id: Any) -> ColumnElement[Any]:
    """What a pupil shared of the cards, the newest three, as far as this viewer may see it: a list of schemas.Homework.

    For a page that shows more than cards, such as that of a conversation.
    """
    newest = (
        select(homework().label("card"), Homework.shared_at, Homework.id)
        .where(Homework.pupil_id == pupil_id, IS_SHARED, may_read(PAGE))
        .order_by(Homework.shared_at.desc(), Homework.id.desc())
        .limit(_NEWEST_BESIDE)
        .correlate_except(Homework)
        .subquery("shared_cards")
    )
    return select(json_list(newest.c.card, newest.c.shared_at.desc(), newest.c.id.desc())).scalar_subquery()


_card_gate = Gate(Person.id)

HOMEWORK = Read(
    select(
        _card_gate.opens(homework()).label("body"),
        Homework.version,
        _card_gate.ask_why.label("ask_why"),
        case((~_card_gate.on.c.must, Homework.pupil_id)).label("pupil_id"),
        literal_column("null::uuid", Uuid()).label("entry_id"),
        relation(Homework.pupil_id).label("rule"),
    )
    .select_from(Homework)
    .join(Person, Person.id == Homework.pupil_id)
    .join(_card_gate.on, literal_column("true"))
    .where(Homework.id == parameter("homework_id", Uuid()), may_read(PAGE))
)
"""GET /v1/homework/{homework_id}, as schemas.Homework."""


def _waiting() -> ColumnElement[Any]:
    """What school put ready for a class of today and was not begun; not for staff."""
    begun = aliased(Homework)
    return (
        select(
            json_list(
                json_object(
                    id=HomeworkOffer.id,
                    card=HomeworkOffer.card,
                    card_version=HomeworkOffer.card_version,
                    on_day=HomeworkOffer.on_day,
                    offered_by=_named(HomeworkOffer.offered_by),
                ),
                HomeworkOffer.on_day,
                HomeworkOffer.id,
            )
        )
        .where(
            is_for(Person.id, TODAY),
            ~exists().where(begun.offer_id == HomeworkOffer.id, begun.pupil_id == Person.id),
            relation(Person.id) != literal_column("'school'"),
        )
        .correlate(Person)
        .scalar_subquery()
    )


def first_waiting(pupil_id: Any) -> ColumnElement[Any]:
    """The first card that school put ready for a pupil and nobody began, as far as this viewer may know: id and day."""
    begun = aliased(Homework)
    return (
        select(json_object(id=HomeworkOffer.id, card=HomeworkOffer.card, on_day=HomeworkOffer.on_day))
        .where(is_for(pupil_id, TODAY), ~exists().where(begun.offer_id == HomeworkOffer.id, begun.pupil_id == pupil_id))
        .order_by(HomeworkOffer.on_day, HomeworkOffer.id)
        .limit(literal_column("1"))
        .correlate_except(HomeworkOffer, begun)
        .scalar_subquery()
    )


def _band() -> ColumnElement[Any]:
    return (
        select(age_band())
        .select_from(Placement)
        .join(GroupMembership, GroupMembership.placement_id == Placement.id)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(Placement.pupil_id == Person.id, runs(Placement, TODAY), runs(GroupMembership, TODAY))
        .order_by(GroupMembership.starts_on.desc(), GroupMembership.id.desc())
        .limit(literal_column("1"))
        .correlate(Person)
        .scalar_subquery()
    )


def _items() -> ColumnElement[Any]:
    newest = (
        select(homework().label("card"), Homework.updated_at, Homework.id)
        .where(Homework.pupil_id == Person.id, may_read(PAGE))
        .order_by(Homework.updated_at.desc(), Homework.id.desc())
        .limit(_NEWEST)
        .correlate(Person)
        .subquery("cards")
    )
    return select(json_list(newest.c.card, newest.c.updated_at.desc(), newest.c.id.desc())).scalar_subquery()


_list_gate = Gate(Person.id)
_is_pupil = exists().where(Placement.pupil_id == Person.id).correlate(Person)

CARDS_OF_PUPIL = Read(
    select(
        _list_gate.opens(
            json_object(
                pupil=person_ref(),
                viewer=relation(Person.id),
                band=_band(),
                may_begin=relation(Person.id) != literal_column("'school'"),
                waiting=_waiting(),
                items=_items(),
            )
        ).label("body"),
        _list_gate.ask_why.label("ask_why"),
        case((~_list_gate.on.c.must, Person.id)).label("pupil_id"),
        literal_column("null::uuid", Uuid()).label("entry_id"),
        relation(Person.id).label("rule"),
    )
    .select_from(Person)
    .join(_list_gate.on, literal_column("true"))
    .where(Person.id == _PUPIL_ID, pupil_known(Person.id), _is_pupil)
)
"""GET /v1/pupils/{pupil_id}/homework, as schemas.HomeworkList."""


def _shared_cards() -> ColumnElement[Any]:
    pupil = aliased(Person)
    return (
        select(
            json_list(
                json_object(id=Homework.id, pupil=person_ref(pupil)), pupil.given_name, pupil.family_name, Homework.id
            )
        )
        .select_from(Homework)
        .join(pupil, pupil.id == Homework.pupil_id)
        .where(Homework.offer_id == HomeworkOffer.id, shown_to_school(PAGE))
        .correlate(HomeworkOffer)
        .scalar_subquery()
    )


def _offers() -> ColumnElement[Any]:
    return (
        select(
            json_list(
                json_object(
                    id=HomeworkOffer.id,
                    card=HomeworkOffer.card,
                    card_version=HomeworkOffer.card_version,
                    on_day=HomeworkOffer.on_day,
                    offered_by=_named(HomeworkOffer.offered_by),
                    shared=_shared_cards(),
                ),
                HomeworkOffer.on_day.desc(),
                HomeworkOffer.id,
            )
        )
        .where(HomeworkOffer.group_id == Group.id)
        .correlate(Group)
        .scalar_subquery()
    )


_guided = guided_groups(VIEWER, TODAY).subquery("guided")
_pupil_count = (
    select(func.count())
    .select_from(GroupMembership)
    .join(Placement, Placement.id == GroupMembership.placement_id)
    .where(and_(GroupMembership.group_id == Group.id, runs(GroupMembership, TODAY), runs(Placement, TODAY)))
    .correlate(Group)
    .scalar_subquery()
)

CARDS_OF_GROUP = Read(
    select(json_object(group=group_ref(), pupil_count=_pupil_count, offers=_offers()).label("body"))
    .select_from(_guided)
    .join(Group, Group.id == _guided.c.group_id)
    .where(Group.id == _GROUP_ID)
)
"""GET /v1/groups/{group_id}/homework, as schemas.GroupHomework."""
