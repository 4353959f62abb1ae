"""Talks in lists, and what stands on the pupil's home: nothing of what was written or said."""

from typing import Any

from sqlalchemy import (
    Select,
    Uuid,
    and_,
    any_,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.conversations.models import Conversation
from app.guidance.conversations.policy import (
    as_staff,
    is_agreed,
    is_invited_home,
    may_see,
    state_of,
    talk_partners,
)
from app.people.models import Person, Placement
from app.people.policy import Viewer
from app.people.projections import person_ref, runs
from app.platform.reads import HOME, RUNNING, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.policy import PAGE
from app.portfolio.queries.projections import pupil_known, relation

_TRUE: ColumnElement[bool] = literal_column("true")
_BEHIND: ColumnElement[int] = literal_column("50")

Talk = Conversation
_with = aliased(Person)


def viewer_of(talk: Any = Conversation) -> ColumnElement[str]:
    """'self', 'school' or 'home': in whose name this viewer looks at a talk that they may see."""
    return case(
        (talk.pupil_id == VIEWER, literal_column("'self'")),
        (as_staff(PAGE, talk), literal_column("'school'")),
        else_=literal_column("'home'"),
    )


def shown_state(talk: Any) -> ColumnElement[str]:
    """Where it stands; whether the pupil has prepared is between pupil and school."""
    home = viewer_of(talk) == literal_column("'home'")
    at_home = and_(state_of(talk) == literal_column("'prepared'"), home)
    return case((at_home, literal_column("'planned'")), else_=state_of(talk))


def placement_runs(talk: Any) -> ColumnElement[bool]:
    placed = aliased(Placement)
    return exists().where(placed.id == talk.placement_id, runs(placed, TODAY)).correlate(talk)


# --- lists ------------------------------------------------------------------------------------------


def item(pupil: Any, held_with: Any, talk: Any = Conversation) -> ColumnElement[Any]:
    """A talk as schemas.ConversationItem."""
    return json_object(
        id=talk.id,
        kind=talk.kind,
        state=shown_state(talk),
        on_day=talk.on_day,
        at_time=talk.at_time,
        minutes=talk.minutes,
        place=talk.place,
        with_home=talk.with_home,
        was_on_day=talk.was_on_day,
        was_at_time=talk.was_at_time,
        pupil=person_ref(pupil),
        held_with=person_ref(held_with),
        ended=and_(talk.held_at.is_(None), ~placement_runs(talk)),
        version=talk.version,
    )


_to_come = and_(Talk.held_at.is_(None), Talk.on_day >= TODAY)
_waits = and_(Talk.cancelled_at.is_(None), ~is_agreed(), or_(Talk.held_at.is_not(None), Talk.on_day < TODAY))


def _listed(which: ColumnElement[bool], *order: Any, limit: ColumnElement[int] | None = None) -> ColumnElement[Any]:
    pupil = aliased(Person)
    rows: Select[Any] = (
        select(
            item(pupil, _with).label("item"),
            func.row_number().over(order_by=order).label("place"),
        )
        .select_from(Talk)
        .join(pupil, pupil.id == Talk.pupil_id)
        .join(_with, _with.id == Talk.held_with)
        .where(which, may_see(PAGE))
        .order_by(*order)
    )
    found = rows.limit(limit if limit is not None else literal_column("200")).subquery()
    return select(json_list(found.c.item, found.c.place)).scalar_subquery()


def _lists(of: ColumnElement[bool]) -> dict[str, ColumnElement[Any]]:
    forth = (Talk.on_day, Talk.at_time.asc().nulls_first(), Talk.id)
    back = (Talk.on_day.desc(), Talk.id.desc())
    return {
        "coming": _listed(and_(of, _to_come), *forth),
        "open": _listed(and_(of, _waits), *forth),
        "behind": _listed(and_(of, ~_to_come, ~_waits), *back, limit=_BEHIND),
    }


MY_CONVERSATIONS = Read(
    select(
        json_object(
            **_lists(
                or_(
                    Talk.pupil_id == VIEWER,
                    and_(Talk.held_with == VIEWER, as_staff(PAGE)),
                    Talk.pupil_id == any_(HOME),
                )
            )
        ).label("body")
    )
)
"""GET /v1/me/conversations, as schemas.ConversationLists: one's own, those one holds, and of one's children."""


def partners(pupil: Any) -> ColumnElement[Any]:
    """With whom at school a talk can be planned by this viewer, as schemas.Partner; the mentor first."""
    placed, partner = aliased(Placement), aliased(Person)
    found = talk_partners(placed.id, TODAY)
    known = (
        select(
            found.c.person_id,
            func.bool_or(found.c.is_mentor).label("is_mentor"),
            func.bool_or(found.c.is_dean).label("is_dean"),
        )
        .select_from(placed)
        .join(found, _TRUE)
        .where(
            placed.pupil_id == pupil,
            runs(placed, TODAY),
            or_(placed.pupil_id == VIEWER, placed.id == any_(RUNNING)),
        )
        .group_by(found.c.person_id)
        .subquery("known")
    )
    return (
        select(
            json_list(
                json_object(
                    id=partner.id,
                    name=partner.given_name + " " + partner.family_name,
                    given_name=partner.given_name,
                    is_mentor=known.c.is_mentor,
                    is_dean=known.c.is_dean,
                ),
                known.c.is_mentor.desc(),
                known.c.is_dean.desc(),
                partner.given_name,
                partner.id,
            )
        )
        .select_from(known)
        .join(partner, partner.id == known.c.person_id)
        .scalar_subquery()
    )


_PUPIL_ID = parameter("pupil_id", Uuid())

PUPIL_CONVERSATIONS = Read(
    select(
        json_object(
            pupil=person_ref(),
            viewer=relation(Person.id),
            partners=partners(_PUPIL_ID),
            **_lists(Talk.pupil_id == _PUPIL_ID),
        ).label("body")
    ).where(Person.id == _PUPIL_ID, pupil_known(Person.id))
)
"""GET /v1/pupils/{pupilId}/conversations, as schemas.PupilConversations. It shows no content: nothing is logged."""


def next_talk(viewer: Viewer, within: ColumnElement[int]) -> ColumnElement[Any]:
    """The pupil's first talk from today on, within so many days, as schemas.ConversationItem; also one called off."""
    pupil, partner, talk = aliased(Person), aliased(Person), aliased(Conversation)
    return (
        select(item(pupil, partner, talk))
        .select_from(talk)
        .join(pupil, pupil.id == talk.pupil_id)
        .join(partner, partner.id == talk.held_with)
        .where(
            talk.pupil_id == viewer,
            talk.on_day.between(TODAY, TODAY + within),
            talk.held_at.is_(None),
            placement_runs(talk),
        )
        .order_by(talk.on_day, talk.at_time.asc().nulls_first(), talk.id)
        .limit(literal_column("1"))
        .scalar_subquery()
    )


def invited_talk(pupil_id: Any) -> ColumnElement[Any]:
    """The first talk from today on to which this viewer is invited as a guardian, as schemas.ConversationItem."""
    pupil, partner, talk = aliased(Person), aliased(Person), aliased(Conversation)
    return (
        select(item(pupil, partner, talk))
        .select_from(talk)
        .join(pupil, pupil.id == talk.pupil_id)
        .join(partner, partner.id == talk.held_with)
        .where(
            talk.pupil_id == pupil_id,
            is_invited_home(PAGE, talk),
            talk.on_day >= TODAY,
            talk.held_at.is_(None),
            talk.cancelled_at.is_(None),
            placement_runs(talk),
        )
        .order_by(talk.on_day, talk.at_time.asc().nulls_first(), talk.id)
        .limit(literal_column("1"))
        .correlate_except(pupil, partner, talk)
        .scalar_subquery()
    )


def to_agree(viewer: Viewer) -> ColumnElement[Any]:
    """The pupil's last talk that is recorded and waits for an akkoord, as schemas.ConversationItem."""
    pupil, partner, talk = aliased(Person), aliased(Person), aliased(Conversation)
    return (
        select(item(pupil, partner, talk))
        .select_from(talk)
        .join(pupil, pupil.id == talk.pupil_id)
        .join(partner, partner.id == talk.held_with)
        .where(talk.pupil_id == viewer, talk.record_version > literal_column("0"), ~is_agreed(talk))
        .order_by(talk.on_day.desc(), talk.id)
        .limit(literal_column("1"))
        .scalar_subquery()
    )
