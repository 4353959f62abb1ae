"""The pupil gives a link to a page and takes it back; a parent of a pupil of 12 to 15 says yes or no."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.access.actions import count_tries, hash_of, in_turn
from app.media.models import Attachment
from app.people.models import Person
from app.platform.db import Transaction
from app.platform.errors import (
    AgeRule,
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotFound,
    TooManyRequests,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portability.showcases.codes import code_hash, code_of, secret_of
from app.portability.showcases.models import ShareEnd, ShowcasePage, ShowcaseShare
from app.portability.showcases.policy import (
    DAYS,
    MAX_OPEN,
    SHARES_A_DAY,
    TEXT_VERSION,
    allowed,
    law,
)
from app.portability.showcases.schemas import ShareAddress, ShareAsked, ShareReceipt, SharingLaw, ShowcaseAnswer

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where this deployment is, and what its secrets are worked out of."""

    origin: str
    pepper: str


async def share(tx: Transaction, share_id: UUID, asked: ShareAsked, place: Place) -> tuple[ShareReceipt, bool]:
    """A new link to one's own page; the same again is harmless. Returns whether it is new, too.

    Raises NotFound (404), AgeRule (403) under 12, AlreadyDifferent and Conflict (409), Invalid (422),
    TooManyRequests (429).
    """
    own = (ShowcaseShare.id == share_id, ShowcaseShare.pupil_id == tx.viewer)
    # One at a time for one pupil: pressed twice it is one link, and two tabs do not make the eleventh together.
    await in_turn(tx.session, [tx.viewer])
    known = await tx.session.scalar(select(ShowcaseShare).where(*own))
    values: dict[str, Any] = {
        "page_id": asked.page_id,
        "who": asked.who,
        "starts_on": asked.starts_on,
        "ends_on": asked.ends_on,
        "has_code": asked.with_code,
    }
    if known is not None:
        if any(getattr(known, name) != value for name, value in values.items()):
            raise AlreadyDifferent
        return await _receipt(tx, known.id, known.has_code, place), False
    await _require_page(tx, asked.page_id)
    if await tx.session.scalar(select(law(tx.today)).where(Person.id == tx.viewer)) == SharingLaw.NOT_YET:
        raise AgeRule
    check_client_id(share_id, tx.now, "/id")
    _require_days(tx, asked)
    await _require_room(tx)
    held = hash_of(secret_of(place.pepper, share_id))
    code = code_hash(place.pepper, held, code_of(place.pepper, share_id)) if asked.with_code else None
    making = insert(ShowcaseShare).values(
        id=share_id, pupil_id=tx.viewer, made_at=tx.now, token_hash=held, code_hash=code, **values
    )
    made = await tx.session.scalar(making.on_conflict_do_nothing().returning(ShowcaseShare.id))
    if made is None:
        raise AlreadyDifferent
    return await _receipt(tx, share_id, asked.with_code, place), True


def _require_days(tx: Transaction, asked: ShareAsked) -> None:
    if asked.starts_on < tx.today:
        raise Invalid("day_over", "/startsOn")
    if asked.ends_on < asked.starts_on:
        raise Invalid("end_before_start", "/endsOn")
    if asked.ends_on > tx.today + timedelta(days=DAYS):
        raise Invalid("showcase_too_long", "/endsOn")


async def _require_page(tx: Transaction, page_id: UUID) -> None:
    own = (ShowcasePage.id == page_id, ShowcasePage.pupil_id == tx.viewer, ShowcasePage.removed_at.is_(None))
    if await tx.session.scalar(select(ShowcasePage.id).where(*own)) is None:
        raise NotFound


async def _require_room(tx: Transaction) -> None:
    runs = (ShowcaseShare.pupil_id == tx.viewer, ShowcaseShare.ended_at.is_(None), ShowcaseShare.ends_on >= tx.today)
    if (await tx.session.scalar(select(func.count()).select_from(ShowcaseShare).where(*runs)) or 0) >= MAX_OPEN:
        raise Conflict("too_many_shares")
    if wait := await count_tries(tx.session, {f"showcase-shares:{tx.viewer}": SHARES_A_DAY}, tx.now, every=_DAY):
        raise TooManyRequests(wait)


async def _receipt(tx: Transaction, share_id: UUID, has_code: bool, place: Place) -> ShareReceipt:
    goes = await tx.session.scalar(select(allowed(tx.today)).where(ShowcaseShare.id == share_id))
    given = _address(share_id, has_code, place)
    return ShareReceipt(id=share_id, address=given.address, code=given.code, waits=not goes)


def _address(share_id: UUID, has_code: bool, place: Place) -> ShareAddress:
    # Behind the # it goes to no server, no log and no next page.
    address = f"{place.origin}/etalage#{secret_of(place.pepper, share_id)}"
    return ShareAddress(id=share_id, address=address, code=code_of(place.pepper, share_id) if has_code else None)


async def address(tx: Transaction, share_id: UUID, place: Place) -> ShareAddress:
    """The address of one's own link, and its code. Raises NotFound (404), also once it ended."""
    runs = (
        ShowcaseShare.id == share_id,
        ShowcaseShare.pupil_id == tx.viewer,
        ShowcaseShare.ended_at.is_(None),
        ShowcaseShare.ends_on >= tx.today,
    )
    has_code = await tx.session.scalar(select(ShowcaseShare.has_code).where(*runs))
    if has_code is None:
        raise NotFound
    return _address(share_id, has_code, place)


async def revoke(tx: Transaction, share_id: UUID) -> None:
    """The link opens nothing from now on, also where it is open; again is harmless. Raises NotFound (404)."""
    own = (ShowcaseShare.id == share_id, ShowcaseShare.pupil_id == tx.viewer)
    if await tx.session.scalar(select(ShowcaseShare.id).where(*own)) is None:
        raise NotFound
    ends = update(ShowcaseShare).where(*own, ShowcaseShare.ended_at.is_(None))
    await tx.session.execute(ends.values(ended_at=tx.now, end_reason=ShareEnd.REVOKED.value))


_ANSWER = text("select answer_showcase(:share, :seen, :version, :answer, :now)")


async def answer(tx: Transaction, share_id: UUID, given: ShowcaseAnswer) -> None:
    """A parent says yes to the page as it was read, or no; at any time again.

    Raises NotFound (404), also from the pupil's 16th birthday on; Conflict (409) where the link ended or the text is
    another; VersionConflict (412) where the page changed since it was read.
    """
    values = {"share": share_id, "seen": given.page_version, "version": given.version, "answer": given.answer}
    if given.version != TEXT_VERSION:
        if not await tx.session.scalar(select(func.showcase_decides(share_id))):
            raise NotFound
        raise Conflict("text_changed")
    said = await tx.session.scalar(_ANSWER, values | {"now": tx.now})
    if said == "stale":
        raise VersionConflict(int(await tx.session.scalar(_VERSION, {"share": share_id}) or 0))
    if said == "over":
        raise Conflict("wrong_state")
    if said != "done":
        raise NotFound


_VERSION = text("select page_version from showcase_asked(:share)")
_FILE = text("select * from showcase_asked_file(:share, :which)")


async def asked_file(tx: Transaction, share_id: UUID, attachment_id: UUID) -> Attachment:
    """A photo or film on a page that waits for one's yes; the look is logged. Raises NotFound (404)."""
    found: Attachment | None = await tx.session.scalar(
        select(Attachment).from_statement(_FILE), {"share": share_id, "which": attachment_id}
    )
    if found is None:
        raise NotFound
    await tx.session.execute(select(func.log_look(found.pupil_id, None, "home", tx.now)))
    return found
