"""What a school's admin does: makes and withdraws letters, and decides about who is whose parent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from app.access.invitations.actions.codes import NewCode, new_code, new_codes, selector_of
from app.access.invitations.models import GuardianshipDecision, Invitation, InvitationKind
from app.access.invitations.policy import require_link, require_people, require_school
from app.access.invitations.schemas import Decision
from app.access.models import Account
from app.people.models import (
    Custody,
    Group,
    GroupMembership,
    GuardianshipState,
    Person,
    Placement,
    School,
)
from app.people.projections import runs
from app.platform.clock import AMSTERDAM
from app.platform.db import Transaction
from app.platform.errors import Invalid, NotFound

GOOD_FOR = timedelta(days=30)
KEPT = timedelta(days=30)
"""So long a code that nobody used is kept after its last day."""
_AHEAD = timedelta(days=366)
"""A link is not opened by hand for a day further ahead."""


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to print; its code is known now and never again. Of a child it has the given name and the group."""

    kind: InvitationKind
    name: str
    group: str | None
    level: str | None
    school: str
    home: int
    homes: int
    code: str


async def require_pupils(tx: Transaction, school_id: UUID, pupil_ids: Sequence[UUID]) -> None:
    """Raises NotFound (404), and Invalid (422) for a pupil who is not placed at this school."""
    await require_school(tx, school_id)
    await require_people(tx, school_id, InvitationKind.GUARDIAN, pupil_ids, "/pupilIds")


async def letters_for_parents(
    tx: Transaction, school_id: UUID, pupil_ids: Sequence[UUID], homes: int, replace: bool, codes: Sequence[NewCode]
) -> list[NewLetter]:
    """Letters for the parents of these pupils, by group and name; with `replace` the open ones stop working.

    `codes`: one for each pupil and home. Raises as `require_pupils` does.
    """
    await require_pupils(tx, school_id, pupil_ids)
    pupils = await _pupils(tx, school_id, pupil_ids)
    if replace:
        await _end(tx, school_id, pupil_ids)
    await _forget_old(tx, school_id)
    letters = [(pupil, home) for pupil in pupils for home in range(1, homes + 1)]
    return [
        NewLetter(
            kind=InvitationKind.GUARDIAN,
            name=pupil.given_name,
            group=pupil.group,
            level=pupil.level,
            school=pupil.school,
            home=home,
            homes=homes,
            code=await _keep(tx, school_id, pupil.id, InvitationKind.GUARDIAN, home, code),
        )
        for (pupil, home), code in zip(letters, codes, strict=False)
    ]


async def account_letter(tx: Transaction, school_id: UUID, person_id: UUID) -> NewLetter:
    """A letter for an account, or for a new password where there is one; the ones before stop working.

    Raises NotFound (404), and Invalid (422) for who is not at this school, or is a pupil: those have cards and a PIN.
    """
    await require_school(tx, school_id)
    kind = await _account_kind(tx, school_id, person_id)
    await _end(tx, school_id, [person_id])
    person = await tx.session.get_one(Person, person_id)
    school = await tx.session.get_one(School, school_id)
    [code] = await new_codes(1)
    kept = await _keep(tx, school_id, person_id, kind, 1, code)
    return NewLetter(kind, f"{person.given_name} {person.family_name}", None, None, school.name, 1, 1, kept)


async def mailed_invitation(tx: Transaction, school_id: UUID, person_id: UUID, to: str) -> UUID:
    """An invitation that the worker is to send; its code is made when it goes. Raises as the letters do."""
    await require_school(tx, school_id)
    is_pupil = exists().where(
        Placement.pupil_id == person_id, Placement.school_id == school_id, runs(Placement, tx.today)
    )
    if await tx.session.scalar(select(is_pupil)):
        kind = InvitationKind.GUARDIAN
    else:
        kind = await _account_kind(tx, school_id, person_id)
        await _end(tx, school_id, [person_id])
    invitation = await _insert(tx, school_id, person_id, kind, 1, new_code(), mail_to=to)
    return invitation.id


async def withdraw(tx: Transaction, invitation_id: UUID) -> None:
    """This code stops working. Raises NotFound (404) where it is not open, or another school's."""
    ended = await tx.session.scalar(
        update(Invitation)
        .where(Invitation.id == invitation_id, *_open())
        .values(ended_at=tx.now)
        .returning(Invitation.id)
    )
    if ended is None:
        raise NotFound


async def decide(tx: Transaction, guardianship_id: UUID, decision: Decision) -> None:
    """What the school says of a link; it holds from the next request on, and the decision is written down.

    Raises NotFound (404), NotAllowed (403) for a link of one's own, and Invalid (422) where a link is opened by hand
    without a reason, or for a day too far ahead.
    """
    link = await require_link(tx, guardianship_id)
    by_hand = decision.state == GuardianshipState.CONFIRMED and decision.custody != Custody.YES
    opened_on = decision.opened_on if by_hand else None
    if opened_on is not None and not decision.reason:
        raise Invalid("reason_missing", "/reason")
    if opened_on is not None and opened_on > tx.today + _AHEAD:
        raise Invalid("too_far_ahead", "/openedOn")
    link.state, link.custody, link.opened_on = decision.state.value, decision.custody.value, opened_on
    if decision.state == GuardianshipState.CLAIMED:
        link.confirmed_at = None
    elif decision.state == GuardianshipState.CONFIRMED:
        link.confirmed_at = link.confirmed_at or tx.now
    tx.session.add(
        GuardianshipDecision(
            guardianship_id=link.id,
            decided_by=tx.viewer,
            decided_at=tx.now,
            state=link.state,
            custody=link.custody,
            opened_on=opened_on,
            reason=decision.reason,
        )
    )


async def _pupils(tx: Transaction, school_id: UUID, pupil_ids: Sequence[UUID]) -> list[Any]:
    """Each once, in the order in which letters are handed out."""
    in_group = and_(GroupMembership.placement_id == Placement.id, runs(GroupMembership, tx.today))
    found = await tx.session.execute(
        select(Person.id, Person.given_name, Group.name.label("group"), Group.level, School.name.label("school"))
        .join(Placement, Placement.pupil_id == Person.id)
        .join(School, School.id == Placement.school_id)
        .outerjoin(GroupMembership, in_group)
        .outerjoin(Group, Group.id == GroupMembership.group_id)
        .where(Person.id.in_(pupil_ids), School.id == school_id, runs(Placement, tx.today))
        .order_by(Group.name, Person.family_name, Person.given_name, Person.id)
    )
    return list({row.id: row for row in found}.values())


async def _account_kind(tx: Transaction, school_id: UUID, person_id: UUID) -> InvitationKind:
    await require_people(tx, school_id, InvitationKind.ACCOUNT, [person_id], "/personId")
    if await tx.session.scalar(select(exists().where(Placement.pupil_id == person_id))):
        raise Invalid("pupils_have_cards", "/personId")
    account = await tx.session.get(Account, person_id)
    if account is not None and account.closed_at is not None:
        raise Invalid("account_closed", "/personId")
    return InvitationKind.RESET if account else InvitationKind.ACCOUNT


def last_moment(today: date) -> datetime:
    """Until when a code of this day is good: the whole of its thirtieth day."""
    return datetime.combine(today + GOOD_FOR, time(23, 59, 59), AMSTERDAM)


def _open() -> tuple[Any, ...]:
    return Invitation.claimed_at.is_(None), Invitation.ended_at.is_(None)


async def _end(tx: Transaction, school_id: UUID, people: Sequence[UUID]) -> None:
    here = (Invitation.school_id == school_id, Invitation.person_id.in_(people), *_open())
    await tx.session.execute(update(Invitation).where(*here).values(ended_at=tx.now))


async def _forget_old(tx: Transaction, school_id: UUID) -> None:
    """Codes that nobody used are not kept for ever."""
    old = (Invitation.school_id == school_id, Invitation.claimed_at.is_(None), Invitation.expires_at < tx.now - KEPT)
    await tx.session.execute(delete(Invitation).where(*old))


async def _keep(
    tx: Transaction, school_id: UUID, person_id: UUID, kind: InvitationKind, home: int, code: NewCode
) -> str:
    """Keeps an invitation; its code, whose first part is another where that was taken."""
    invitation = await _insert(tx, school_id, person_id, kind, home, code.code, secret_hash=code.secret_hash)
    return invitation.selector + code.code[len(invitation.selector) :]


async def _insert(
    tx: Transaction, school_id: UUID, person_id: UUID, kind: InvitationKind, home: int, code: str, **how: str
) -> Invitation:
    """Keeps an invitation under the code's selector, or under another where that is taken."""
    values = {"kind": kind, "school_id": school_id, "person_id": person_id, "letter": home, **how}
    values |= {"made_by": tx.viewer, "made_at": tx.now, "expires_at": last_moment(tx.today)}
    kept: Invitation | None = None
    while kept is None:
        kept = await tx.session.scalar(
            insert(Invitation)
            .values(id=uuid7(), selector=selector_of(code), **values)
            .on_conflict_do_nothing()
            .returning(Invitation)
        )
        code = new_code()
    return kept
