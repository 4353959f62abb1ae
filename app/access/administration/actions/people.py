"""People of a school: added by hand, corrected, closed and opened again, signed out."""

from datetime import date
from uuid import UUID

from sqlalchemy import and_, delete, exists, or_, select

from app.access.actions import in_turn
from app.access.administration.actions.acts import Act
from app.access.administration.actions.days import require_near
from app.access.administration.actions.ties import put_in_group
from app.access.administration.models import ActKind
from app.access.administration.policy import at_school, register, require_administered, require_known
from app.access.administration.schemas import ActFacts, Done, NamesThen, NewPupil, NewStaff, PersonChange
from app.access.models import Session
from app.people.models import Guardianship, Person, Placement, StaffRole
from app.people.names import fold
from app.platform.db import Transaction
from app.platform.errors import Conflict, Invalid, NotAllowed

OLDEST, YOUNGEST = 30, 4
"""Years old that a pupil can be."""


async def add_pupil(tx: Transaction, school_id: UUID, new: NewPupil) -> Done:
    """A pupil with a placement and a group. Raises NotFound (404), Invalid (422), and Conflict (409) for a namesake."""
    await at_school(tx, school_id)
    require_near(tx, new.starts_on)
    _require_birth_date(tx, new.birth_date)
    if not new.another:
        await _require_no_namesake(tx, school_id, new.given_name, new.family_name, new.birth_date)
    act = Act(tx, school_id, ActKind.PUPIL_ADDED)
    act.person_id = await act.add(Person, **_names(new.given_name, new.family_name), birth_date=new.birth_date)
    placement_id = await act.add(Placement, pupil_id=act.person_id, school_id=school_id, starts_on=new.starts_on)
    group = await put_in_group(act, placement_id, new.group_id, new.starts_on, None)
    facts = ActFacts(group=group.name, level=group.level, starts_on=new.starts_on)
    return Done(id=act.person_id, act_id=await act.write(facts))


async def add_staff(tx: Transaction, school_id: UUID, new: NewStaff) -> Done:
    """A colleague with a first role. Raises NotFound (404), Invalid (422), and Conflict (409) for a namesake."""
    await at_school(tx, school_id)
    require_near(tx, new.starts_on)
    if not new.another:
        await _require_no_namesake(tx, school_id, new.given_name, new.family_name, None)
    act = Act(tx, school_id, ActKind.STAFF_ADDED)
    act.person_id = await act.add(Person, **_names(new.given_name, new.family_name))
    await act.add(StaffRole, person_id=act.person_id, school_id=school_id, role=new.role, starts_on=new.starts_on)
    return Done(id=act.person_id, act_id=await act.write(ActFacts(role=new.role, starts_on=new.starts_on)))


async def correct(tx: Transaction, school_id: UUID, person_id: UUID, change: PersonChange) -> Done:
    """Another name or birth date. Raises NotFound (404), Invalid (422) for a birth date that no pupil has."""
    await at_school(tx, school_id)
    await require_administered(tx, school_id, person_id)
    person = (await tx.session.execute(select(Person).where(Person.id == person_id))).scalar_one()
    if change.birth_date is not None:
        _require_birth_date(tx, change.birth_date)
    given, family = change.given_name or person.given_name, change.family_name or person.family_name
    born = change.birth_date or person.birth_date
    before = NamesThen(given_name=person.given_name, family_name=person.family_name, birth_date=person.birth_date)
    after = NamesThen(given_name=given, family_name=family, birth_date=born)
    act = Act(tx, school_id, ActKind.CORRECTED, person_id)
    await act.change(Person, person_id, **_names(given, family), birth_date=born)
    return Done(id=person_id, act_id=await act.write(ActFacts(before=before, after=after)))


async def close(tx: Transaction, school_id: UUID, person_id: UUID) -> Done:
    """From now on nobody comes in as this person, by any way; sessions end.

    Raises NotFound (404), NotAllowed (403) for oneself, Conflict (409) for who also belongs elsewhere.
    """
    await at_school(tx, school_id)
    await require_administered(tx, school_id, person_id)
    if person_id == tx.viewer:
        raise NotAllowed
    if await _belongs_elsewhere(tx, school_id, person_id):
        raise Conflict("elsewhere_too")
    await in_turn(tx.session, [person_id])
    await _require_closed(tx, person_id, closed=False)
    act = Act(tx, school_id, ActKind.CLOSED, person_id)
    await act.change(Person, person_id, closed_at=tx.now)
    await tx.session.execute(delete(Session).where(Session.person_id == person_id))
    return Done(id=person_id, act_id=await act.write())


async def reopen(tx: Transaction, school_id: UUID, person_id: UUID) -> Done:
    """This person can come in again, as before. Raises NotFound (404), Conflict (409) where it was open."""
    await at_school(tx, school_id)
    await require_administered(tx, school_id, person_id)
    await _require_closed(tx, person_id, closed=True)
    act = Act(tx, school_id, ActKind.REOPENED, person_id)
    await act.change(Person, person_id, closed_at=None)
    return Done(id=person_id, act_id=await act.write())


async def end_sessions(tx: Transaction, school_id: UUID, person_id: UUID) -> Done:
    """Signs this person out everywhere. Raises NotFound (404)."""
    await at_school(tx, school_id)
    await require_known(tx, school_id, person_id)
    ended = await tx.session.execute(delete(Session).where(Session.person_id == person_id).returning(Session.id))
    act = Act(tx, school_id, ActKind.SESSIONS_ENDED, person_id)
    return Done(id=person_id, act_id=await act.write(ActFacts(count=len(ended.all()))))


def _names(given: str, family: str) -> dict[str, str]:
    return {"given_name": given, "family_name": family, "search_name": fold(f"{given} {family}")}


def _require_birth_date(tx: Transaction, born: date) -> None:
    age = tx.today.year - born.year
    if not YOUNGEST <= age <= OLDEST:
        raise Invalid("out_of_range", "/birthDate")


async def _require_no_namesake(tx: Transaction, school_id: UUID, given: str, family: str, born: date | None) -> None:
    people = register(school_id, tx.today)
    same = and_(
        Person.id == people.c.person_id,
        Person.search_name == fold(f"{given} {family}"),
        Person.birth_date == born if born else people.c.is_staff,
    )
    if await tx.session.scalar(select(exists().where(same))):
        raise Conflict("namesake")


async def _require_closed(tx: Transaction, person_id: UUID, *, closed: bool) -> None:
    closed_at = await tx.session.scalar(select(Person.closed_at).where(Person.id == person_id))
    if (closed_at is not None) != closed:
        raise Conflict("wrong_state")


async def _belongs_elsewhere(tx: Transaction, school_id: UUID, person_id: UUID) -> bool:
    """A role, a placement or a child at another school, or a role for the city: closing would reach there too."""
    goes_on = or_(StaffRole.ends_on.is_(None), StaffRole.ends_on >= tx.today)
    placed = and_(Placement.school_id != school_id, or_(Placement.ends_on.is_(None), Placement.ends_on >= tx.today))
    works = exists().where(StaffRole.person_id == person_id, StaffRole.school_id.is_distinct_from(school_id), goes_on)
    learns = exists().where(Placement.pupil_id == person_id, placed)
    parents = exists().where(
        Guardianship.guardian_id == person_id,
        Guardianship.state != "ended",
        Placement.pupil_id == Guardianship.pupil_id,
        placed,
    )
    return bool(await tx.session.scalar(select(or_(works, learns, parents))))
