"""The parent's page: the children, and the newest of what they share with home."""

from typing import Any

from sqlalchemy import and_, case, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.access.consents.policy import consent_state
from app.people.models import Guardianship, Person
from app.people.projections import full_name
from app.platform.reads import TODAY, VIEWER, Read, json_list, json_object
from app.portfolio.models import Entry
from app.portfolio.policy import PAGE, shown_at_home
from app.portfolio.queries.projections import card, pupil_head
from app.reference.catalogue import purpose_of
from app.reference.codes import PurposeCode

_RECOGNISABLE = purpose_of(PurposeCode.RECOGNISABLE)
_NEWEST: ColumnElement[int] = literal_column("5")

_state = case(
    (Guardianship.state == "claimed", literal_column("'waiting'")),
    (
        and_(Guardianship.custody != "yes", or_(Guardianship.opened_on.is_(None), Guardianship.opened_on > TODAY)),
        literal_column("'closed'"),
    ),
    (~func.home_open(Person.birth_date, Person.home_sharing_since, TODAY), literal_column("'pupil_decides'")),
    else_=literal_column("'open'"),
)
_open = _state == literal_column("'open'")
_named = _state != literal_column("'waiting'")


def _newest() -> ColumnElement[Any]:
    newest = (
        select(card().label("card"), Entry.sort_on, Entry.id)
        .where(Entry.pupil_id == Person.id, shown_at_home(PAGE))
        .order_by(Entry.sort_on.desc(), Entry.id.desc())
        .limit(_NEWEST)
        .correlate(Person)
        .subquery("newest")
    )
    return select(json_list(newest.c.card, newest.c.sort_on.desc(), newest.c.id.desc())).scalar_subquery()


_total = (
    select(func.count())
    .select_from(Entry)
    .where(Entry.pupil_id == Person.id, shown_at_home(PAGE))
    .correlate(Person)
    .scalar_subquery()
)
_head = pupil_head()
_child = json_object(
    id=Person.id,
    name=case((_named, full_name())),
    given_name=case((_named, Person.given_name)),
    state=_state,
    school=case((_open, _head.op("->")(literal_column("'school'")))),
    group=case((_open, _head.op("->")(literal_column("'group'")))),
    home_closes_on=case((_open, func.home_closes_on(Person.birth_date, TODAY))),
    recognisable=case((_open, consent_state(_RECOGNISABLE, TODAY))),
    may_answer=and_(
        _open,
        Guardianship.custody == "yes",
        func.coalesce(func.years_old(Person.birth_date, TODAY), 0) < literal_column(str(_RECOGNISABLE.guardians_until)),
    ),
    items=_newest(),
    total=_total,
)
_children = (
    select(json_list(_child, Person.birth_date, Person.id).label("children"))
    .select_from(Guardianship)
    .join(Person, Person.id == Guardianship.pupil_id)
    .where(Guardianship.guardian_id == VIEWER, Guardianship.state != "ended")
    .scalar_subquery()
)

_shown = (
    select(func.array_agg(Guardianship.pupil_id))
    .join(Person, Person.id == Guardianship.pupil_id)
    .where(Guardianship.guardian_id == VIEWER, Guardianship.state != "ended", _open, _total > literal_column("0"))
    .scalar_subquery()
)

HOME = Read(
    select(
        json_object(children=_children).label("body"),
        _shown.label("pupil_ids"),
        literal_column("'home'").label("rule"),
    )
)
"""GET /v1/home, as schemas.HomePage."""
