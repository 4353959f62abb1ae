"""What the answers come to. Who decides at which age is worked out in the database (`consent_state`)."""

from sqlalchemy import Text, and_, case, exists, func, literal, select
from sqlalchemy.sql.elements import ColumnElement

from app.access.consents.models import Consent
from app.people.models import Person
from app.people.policy import Today, as_date
from app.reference.catalogue import Purpose
from app.reference.codes import PurposeCode


def consent_state(purpose: Purpose, today: Today) -> ColumnElement[str]:
    """'yes', 'no' or 'open' for a Person on this day, for the newest text.

    Under the age of the purpose guardians with custody decide: one no is no, else one yes is yes. From then on the
    pupil alone. Home is open as the age rules say (ADR 005), which ask again at 18.
    """
    answered = func.consent_state(
        Person.id,
        literal(purpose.code.value, Text()),
        literal(purpose.version),
        literal(purpose.guardians_until),
        as_date(today),
    )
    if purpose.code is PurposeCode.HOME_SHARING:
        is_open = func.home_open(Person.birth_date, Person.home_sharing_since, as_date(today))
        return case((is_open, literal("yes")), (_declined(today), literal("no")), else_=literal("open"))
    return answered


def home_asked(today: Today) -> ColumnElement[bool]:
    """Whether a Person is of an age to choose about home, home is closed, and nothing was answered since."""
    is_open = func.home_open(Person.birth_date, Person.home_sharing_since, as_date(today))
    return and_(func.coalesce(func.years_old(Person.birth_date, as_date(today)), 0) >= 16, ~is_open, ~_declined(today))


def _declined(today: Today) -> ColumnElement[bool]:
    """The pupil said no since the last birthday that asks."""
    years = func.years_old(Person.birth_date, as_date(today))
    asked_on = func.birthday(Person.birth_date, case((years < 18, literal(16)), else_=literal(18)))
    return exists(
        select(Consent.id)
        .where(
            Consent.pupil_id == Person.id,
            Consent.asked_of == Person.id,
            Consent.purpose == PurposeCode.HOME_SHARING.value,
            Consent.answer == "no",
            Consent.ended_at.is_(None),
            func.timezone("Europe/Amsterdam", Consent.answered_at) >= asked_on,
        )
        .correlate(Person)
    )
