"""The parent's page: the children, the newest of what they share with home, and what is new since last time."""

from typing import Any

from sqlalchemy import Date, and_, case, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.access.consents.policy import consent_state
from app.guidance.conversations.models import Conversation, ConversationAgreement
from app.guidance.conversations.policy import reads_at_home
from app.guidance.conversations.queries import invited_talk
from app.guidance.family.models import HomeVisit
from app.guidance.homework.models import Homework
from app.guidance.homework.policy import IS_SHARED, shown_to_home
from app.guidance.homework.queries import first_waiting
from app.people.models import Guardianship, Person
from app.people.projections import full_name
from app.platform.reads import NOW, TODAY, VIEWER, Read, json_list, json_object
from app.portfolio.models import Entry, Feedback, Voice
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


def _news() -> ColumnElement[Any]:
    """As schemas.ChildNews. A visit that goes on keeps its news: it ends an hour after the page was last on screen."""
    since = case(
        (HomeVisit.seen_at < NOW - literal_column("interval '1 hour'"), HomeVisit.seen_at), else_=HomeVisit.since
    )
    visit = (
        select(since.label("since"))
        .where(HomeVisit.guardian_id == VIEWER, HomeVisit.pupil_id == Person.id)
        .correlate(Person)
        .subquery("visit")
    )
    shown = and_(Entry.pupil_id == Person.id, shown_at_home(PAGE))

    def count(statement: Any) -> ColumnElement[Any]:
        return statement.correlate(Person, visit).scalar_subquery()  # type: ignore[no-any-return]

    stories = select(func.count(Entry.id)).where(shown, Entry.shared_at > visit.c.since)
    replies = (
        select(func.count(Feedback.id))
        .join(Entry, Entry.id == Feedback.entry_id)
        .where(
            shown,
            Feedback.voice == literal_column(f"'{Voice.SCHOOL.value}'"),
            Feedback.withdrawn_at.is_(None),
            Feedback.created_at > visit.c.since,
        )
    )
    cards = select(func.count(Homework.id)).where(
        Homework.pupil_id == Person.id, IS_SHARED, shown_to_home(PAGE), Homework.shared_at > visit.c.since
    )
    talks = (
        select(func.count(Conversation.id))
        .join(
            ConversationAgreement,
            and_(
                ConversationAgreement.conversation_id == Conversation.id,
                ConversationAgreement.record_version == Conversation.agreed_version,
            ),
        )
        .where(
            Conversation.pupil_id == Person.id,
            reads_at_home(PAGE),
            ConversationAgreement.agreed_at > visit.c.since,
        )
    )
    return (
        select(
            json_object(
                since=visit.c.since,
                stories=count(stories),
                replies=count(replies),
                homework=count(cards),
                talks=count(talks),
            )
        )
        .where(visit.c.since.is_not(None))
        .scalar_subquery()
    )


def _fields() -> ColumnElement[Any]:
    """Kinds of work of which home sees something, by what was last."""
    field = func.unnest(Entry.work_fields).column_valued("field")
    last = (
        select(field.label("code"), func.max(Entry.sort_on).label("last_on"))
        .where(Entry.pupil_id == Person.id, shown_at_home(PAGE), Entry.sort_on <= TODAY)
        .group_by(field)
        .correlate(Person)
        .subquery("seen_fields")
    )
    return select(json_list(last.c.code, last.c.last_on.desc(), last.c.code)).scalar_subquery()


_head = pupil_head()
_child = json_object(
    id=Person.id,
    name=case((_named, full_name())),
    given_name=case((_named, Person.given_name)),
    state=_state,
    since=func.timezone("Europe/Amsterdam", Guardianship.created_at).cast(Date),
    school=case((_open, _head.op("->")(literal_column("'school'")))),
    group=case((_open, _head.op("->")(literal_column("'group'")))),
    home_closes_on=case((_open, func.home_closes_on(Person.birth_date, TODAY))),
    recognisable=case((_open, consent_state(_RECOGNISABLE, TODAY))),
    may_answer=and_(
        _open,
        Guardianship.custody == "yes",
        func.coalesce(func.years_old(Person.birth_date, TODAY), 0) < literal_column(str(_RECOGNISABLE.guardians_until)),
    ),
    news=case((_open, _news())),
    fields=_fields(),
    talk=case((_open, invited_talk(Person.id))),
    card_ready=case((_open, first_waiting(Person.id))),
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
        json_object(as_of=NOW, children=_children).label("body"),
        _shown.label("pupil_ids"),
        literal_column("'home'").label("rule"),
    )
)
"""GET /v1/home, as schemas.HomePage."""
