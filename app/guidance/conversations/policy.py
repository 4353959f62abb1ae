"""Who may see a talk, and where it stands: the rules of migration 0024 as the first wall."""

from typing import Any

from sqlalchemy import Integer, Uuid, and_, any_, case, column, func, literal_column, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import TableValuedAlias

from app.guidance.conversations.models import Conversation
from app.people.policy import Today, as_date, as_uuid
from app.portfolio.policy import Sight

_HOME_RING: ColumnElement[int] = literal_column("2", Integer())


def as_staff(sight: Sight, talk: Any = Conversation) -> ColumnElement[bool]:
    """Staff of the talk's placement today, or until the end of the school year in which it ended; then nothing new."""
    cutoff = sight.cutoffs[func.array_position(sight.ended, talk.placement_id)]
    return or_(
        talk.placement_id == any_(sight.running),
        and_(talk.placement_id == any_(sight.ended), talk.changed_on <= cutoff),
    )


def is_agreed(talk: Any = Conversation) -> ColumnElement[bool]:
    """Whether the pupil said akkoord on what is the last version now."""
    return func.coalesce(talk.agreed_version == talk.record_version, literal_column("false"))


def reads_at_home(sight: Sight, talk: Any = Conversation) -> ColumnElement[bool]:
    """Whether this viewer reads the record as a guardian: agreed, let through by the pupil, and home open today."""
    return and_(talk.pupil_id == any_(sight.home), is_agreed(talk), talk.agreed_ring == _HOME_RING)


def is_invited_home(sight: Sight, talk: Any = Conversation) -> ColumnElement[bool]:
    """Whether this viewer knows as a guardian that it is planned."""
    return and_(talk.pupil_id == any_(sight.home), talk.with_home)


def may_see(sight: Sight, talk: Any = Conversation) -> ColumnElement[bool]:
    """Own, as staff, or at home: invited, or with a record that home reads."""
    return or_(
        talk.pupil_id == as_uuid(sight.viewer),
        as_staff(sight, talk),
        is_invited_home(sight, talk),
        reads_at_home(sight, talk),
    )


def state_of(talk: Any = Conversation) -> ColumnElement[str]:
    """planned → prepared → held → recorded → agreed, or cancelled."""
    return case(
        (talk.cancelled_at.is_not(None), literal_column("'cancelled'")),
        (is_agreed(talk), literal_column("'agreed'")),
        (talk.record_version > literal_column("0"), literal_column("'recorded'")),
        (talk.held_at.is_not(None), literal_column("'held'")),
        (talk.prepared_at.is_not(None), literal_column("'prepared'")),
        else_=literal_column("'planned'"),
    )


def talk_partners(placement_id: Any, today: Today) -> TableValuedAlias:
    """Staff with whom a pupil of this placement can talk: (person_id, is_dean, is_mentor)."""
    return (
        func.talk_partners(placement_id, as_date(today))
        .table_valued(column("person_id", Uuid()), column("is_dean"), column("is_mentor"))
        .render_derived()
    )
