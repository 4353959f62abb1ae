"""Asking for consent, answering, and reading the register."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.access.cards.policy import group_pupils, require_group
from app.access.consents.models import Consent
from app.access.consents.policy import consent_state
from app.access.consents.schemas import (
    Answer,
    ConsentAnswer,
    ConsentLine,
    ConsentOut,
    ConsentPage,
    ConsentState,
    Decider,
    GroupConsents,
    PupilConsent,
)
from app.people.models import Custody, Guardianship, Person, Placement
from app.people.policy import home_pupils
from app.people.schemas import PersonRef
from app.platform.db import Transaction
from app.platform.errors import AgeRule, Conflict, NotFound
from app.reference.catalogue import Purpose, purpose_of, purposes
from app.reference.codes import PurposeCode

PUPIL_DECIDES_FROM = 16


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody who may read the consents of one pupil: that pupil, or a guardian to whom home is open."""

    pupil: Person
    age: int | None
    is_pupil: bool
    has_custody: bool

    def may_answer(self, purpose: Purpose) -> bool:
        """Whether the answer is this person's to give."""
        if decider(purpose, self.age) == "guardian":
            return self.has_custody
        return self.is_pupil and self.age is not None and self.age >= PUPIL_DECIDES_FROM


def decider(purpose: Purpose, age: int | None) -> Decider:
    """Whose answer counts at this age (whole years); a child whose age is not known counts as young."""
    return "guardian" if purpose.guardians_until and (age is None or age < purpose.guardians_until) else "pupil"


async def _reader(tx: Transaction, pupil_id: UUID) -> _Reader:
    """Raises NotFound (404) where this person may not know of the pupil's consents."""
    home = home_pupils(tx.viewer, tx.today)
    custody = (
        select(Guardianship.custody)
        .where(Guardianship.guardian_id == tx.viewer, Guardianship.pupil_id == Person.id)
        .where(exists().select_from(home).where(home.c.pupil_id == Person.id))
        .correlate(Person)
        .scalar_subquery()
    )
    is_pupil = (Person.id == tx.viewer) & exists().where(Placement.pupil_id == Person.id)
    age = func.years_old(Person.birth_date, tx.today)
    found = (
        await tx.session.execute(select(Person, age, is_pupil, custody).where(Person.id == pupil_id))
    ).one_or_none()
    if found is None or not (found[2] or found[3]):
        raise NotFound
    pupil, years, own, tie = found
    return _Reader(pupil, years, own, tie == Custody.YES)


async def read(tx: Transaction, pupil_id: UUID) -> ConsentPage:
    """The consents of a pupil, and the register. What is open and this person's to answer is asked by this.

    Raises NotFound (404).
    """
    reader = await _reader(tx, pupil_id)
    await _ask(tx, reader)
    lines = (
        await tx.session.scalars(select(Consent).where(Consent.pupil_id == pupil_id).order_by(Consent.asked_at.desc()))
    ).all()
    asked = [purpose for purpose in purposes() if (reader.age or 0) >= purpose.applies_from]
    states = (
        await tx.session.execute(
            select(*(consent_state(purpose, tx.today) for purpose in asked)).where(Person.id == pupil_id)
        )
    ).one()
    return ConsentPage(
        pupil=_ref(reader.pupil),
        items=[
            _shown(tx, reader, purpose, state, [line for line in lines if line.purpose == purpose.code])
            for purpose, state in zip(asked, states, strict=True)
        ],
    )


async def _ask(tx: Transaction, reader: _Reader) -> None:
    """Notes that this text was put before this person; once."""
    mine = [purpose for purpose in purposes() if reader.may_answer(purpose)]
    if mine:
        values = [
            {"pupil_id": reader.pupil.id, "purpose": purpose.code, "version": purpose.version,
             "asked_of": tx.viewer, "asked_at": tx.now}
            for purpose in mine
        ]  # fmt: skip
        await tx.session.execute(insert(Consent).values(values).on_conflict_do_nothing())


def _shown(tx: Transaction, reader: _Reader, purpose: Purpose, state: ConsentState, lines: list[Consent]) -> ConsentOut:
    own = [line for line in lines if line.asked_of == tx.viewer and line.ended_at is None]
    last = next((line for line in own if line.version == purpose.version), None)
    return ConsentOut(
        purpose=purpose.code,
        version=purpose.version,
        title=purpose.title,
        text=purpose.self if reader.is_pupil else purpose.text,
        state=state,
        decides=decider(purpose, reader.age),
        may_answer=reader.may_answer(purpose),
        own=last.answer if last else None,
        register_lines=[
            ConsentLine(
                of="pupil" if line.asked_of == reader.pupil.id else "guardian",
                own=line.asked_of == tx.viewer,
                version=line.version,
                asked_at=line.asked_at,
                answer=line.answer,
                answered_at=line.answered_at,
                ended_at=line.ended_at,
            )
            for line in lines
        ],
    )


async def answer(tx: Transaction, pupil_id: UUID, code: PurposeCode, given: ConsentAnswer) -> None:
    """Keeps an answer; the one before ends.

    Raises NotFound (404), AgeRule (403) where somebody else decides, Conflict (409) where the text has changed.
    """
    purpose = purpose_of(code)
    reader = await _reader(tx, pupil_id)
    if not reader.may_answer(purpose):
        raise AgeRule
    if given.version != purpose.version:
        raise Conflict("text_changed")
    await keep(tx, pupil_id, purpose, given.answer)


async def keep(tx: Transaction, pupil_id: UUID, purpose: Purpose, given: Answer) -> None:
    """Writes the signed-in person's answer in the register. The same answer again changes nothing."""
    mine = (
        Consent.pupil_id == pupil_id,
        Consent.purpose == purpose.code,
        Consent.asked_of == tx.viewer,
        Consent.ended_at.is_(None),
    )
    said = exists().where(*mine, Consent.version == purpose.version, Consent.answer == given)
    holds = consent_state(purpose, tx.today) == given
    if await tx.session.scalar(select(said & holds).where(Person.id == pupil_id)):
        return
    await tx.session.execute(update(Consent).where(*mine, Consent.answer.is_not(None)).values(ended_at=tx.now))
    line = {"answer": given, "answered_at": tx.now}
    await tx.session.execute(
        insert(Consent)
        .values(pupil_id=pupil_id, purpose=purpose.code, version=purpose.version, asked_of=tx.viewer,
                asked_at=tx.now, **line)
        .on_conflict_do_update(
            index_elements=[Consent.pupil_id, Consent.purpose, Consent.version, Consent.asked_of],
            index_where=Consent.ended_at.is_(None),
            set_=line,
        )
    )  # fmt: skip
    if purpose.code is PurposeCode.HOME_SHARING:
        since = tx.today if given == "yes" else None
        await tx.session.execute(update(Person).where(Person.id == pupil_id).values(home_sharing_since=since))


async def of_group(tx: Transaction, group_id: UUID) -> GroupConsents:
    """Who in a class of one's own may be recognisable, by name. Raises NotFound (404)."""
    await require_group(tx, group_id)
    purpose = purpose_of(PurposeCode.RECOGNISABLE)
    members = group_pupils(group_id, tx.today)
    rows = await tx.session.execute(
        select(Person, consent_state(purpose, tx.today))
        .join(members, members.c.pupil_id == Person.id)
        .order_by(Person.given_name, Person.family_name)
    )
    return GroupConsents(
        purpose=purpose.code, items=[PupilConsent(pupil=_ref(pupil), state=state) for pupil, state in rows]
    )


def _ref(person: Person) -> PersonRef:
    return PersonRef(id=person.id, name=person.name, given_name=person.given_name)
