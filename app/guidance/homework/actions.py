"""Child and parent begin a card, write on it together; the pupil shares it, takes that back, or throws it away."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select, text
from sqlalchemy.dialects.postgresql import insert

from app.guidance.homework.models import Homework, HomeworkOffer, HomeworkState
from app.guidance.homework.policy import is_for, may_read, may_remove, may_write_child, may_write_home
from app.guidance.homework.schemas import HomeworkContent, HomeworkReceipt, Reach
from app.media import actions as media
from app.media.models import Attachment
from app.people.models import Placement
from app.people.policy import home_pupils
from app.people.projections import runs
from app.platform.db import Transaction
from app.platform.errors import (
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    PreconditionNeeded,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portfolio.policy import sight_of
from app.reference import catalogue

MAX_DRAFTS = 30
"""Cards of one pupil that are not shared, at a time."""

_HOME, _CHILD = ("home_text", "home_sound"), ("child_text", "child_sound")


async def put(
    tx: Transaction, homework_id: UUID, content: HomeworkContent, if_match: str | None
) -> tuple[HomeworkReceipt, bool]:
    """Begins a card, or changes it from the version one had; the same again is harmless. Tells whether it is new.

    Raises NotFound (404), NotAllowed (403: somebody else's answer), Conflict and AlreadyDifferent (409),
    VersionConflict (412), Invalid (422).
    """
    if if_match is None:
        made = await _begin(tx, homework_id, content)
        if made is not None:
            return receipt(made), True
        there = await find(tx, homework_id)
        if any(getattr(there, name) != value for name, value in content.model_dump(by_alias=False).items()):
            raise AlreadyDifferent
        return receipt(there), False
    card = await hold(tx, homework_id)
    if any(getattr(card, name) != getattr(content, name) for name in ("pupil_id", "card", "card_version")):
        raise AlreadyDifferent
    changed = [name for name in (*_HOME, *_CHILD, "language") if getattr(card, name) != getattr(content, name)]
    if changed:
        _require_version(card, if_match)
        await _write(tx, card, content, changed)
    return receipt(card), False


async def share(tx: Transaction, homework_id: UUID, reach: Reach, if_match: str | None) -> HomeworkReceipt:
    """The pupil lets it reach home, or school as well, or nobody; the same again is harmless.

    Raises NotFound (404), NotAllowed (403: only the pupil shares), Conflict (409: nothing on it, no school),
    VersionConflict (412), PreconditionNeeded (428).
    """
    card = await hold(tx, homework_id)
    if card.pupil_id != tx.viewer:
        raise NotAllowed
    if receipt(card).reach is reach:
        return receipt(card)
    if if_match is None:
        raise PreconditionNeeded
    _require_version(card, if_match)
    if reach is not Reach.NOBODY and card.home_by is None and card.child_by is None:
        raise Conflict("nothing_to_share")
    placement = await _placement(tx) if reach is Reach.SCHOOL else None
    if reach is Reach.NOBODY:
        card.state, card.shared_at = HomeworkState.DRAFT, None
    else:
        card.state, card.shared_at = HomeworkState.SHARED, tx.now
    card.with_school, card.placement_id = placement is not None, placement
    card.version += 1
    card.updated_at = tx.now
    await tx.session.flush()
    return receipt(card)


async def remove(tx: Transaction, homework_id: UUID) -> None:
    """Throws a card away, with what was said on it. Raises NotFound (404), NotAllowed (403)."""
    card = await hold(tx, homework_id)
    if not await _may(tx, homework_id, may_remove(sight_of(tx.viewer, tx.today))):
        raise NotAllowed
    await media.let_go_all(tx, Attachment.homework_id == homework_id)
    await tx.session.delete(card)
    await tx.session.flush()


async def _begin(tx: Transaction, homework_id: UUID, content: HomeworkContent) -> Homework | None:
    """None where this id is taken by a card that one may know of."""
    if await tx.session.scalar(_visible(tx).where(Homework.id == homework_id)) is not None:
        return None
    await _require_own(tx, content.pupil_id)
    check_client_id(homework_id, tx.now, "/id")
    require_card(content.card, content.card_version)
    if content.home_sound is not None or content.child_sound is not None:
        raise Invalid("no_sound_yet", "/homeSound" if content.home_sound else "/childSound")
    if content.offer_id is not None:
        meant = select(HomeworkOffer.id).where(
            HomeworkOffer.id == content.offer_id,
            HomeworkOffer.card == content.card,
            is_for(content.pupil_id, tx.today),
        )
        if await tx.session.scalar(meant) is None:
            raise Invalid("not_offered", "/offerId")
    await _require_room(tx, content.pupil_id)
    values = content.model_dump(by_alias=False)
    making = insert(Homework).values(
        id=homework_id,
        begun_by=tx.viewer,
        home_by=tx.viewer if content.home_text else None,
        child_by=tx.viewer if content.child_text else None,
        changed_on=tx.today,
        begun_at=tx.now,
        updated_at=tx.now,
        version=1,
        **values,
    )
    made = await tx.session.scalar(making.on_conflict_do_nothing().returning(Homework))
    if made is None and await tx.session.scalar(_visible(tx).where(Homework.id == homework_id)) is None:
        raise AlreadyDifferent
    return made


async def _write(tx: Transaction, card: Homework, content: HomeworkContent, changed: list[str]) -> None:
    sight = sight_of(tx.viewer, tx.today)
    rules = {"home": may_write_home(sight), "child": may_write_child(sight)}
    sides = [side for side in rules if any(name.startswith(f"{side}_") for name in changed)]
    # All is asked before anything is written: a question would send what is half done.
    for side in sides:
        if not await _may(tx, card.id, rules[side]):
            raise NotAllowed
        await _require_own_sound(tx, card, f"{side}_sound", content)
    replaced = [getattr(card, name) for name in changed if name.endswith("_sound") and getattr(card, name)]
    for name in changed:
        setattr(card, name, getattr(content, name))
    for side in sides:
        said = getattr(card, f"{side}_text") or getattr(card, f"{side}_sound")
        setattr(card, f"{side}_by", tx.viewer if said else None)
        card.changed_on = tx.today
    card.version += 1
    card.updated_at = tx.now
    await tx.session.flush()
    for sound in await tx.session.scalars(
        select(Attachment).where(Attachment.id.in_(replaced), Attachment.sent_by == tx.viewer)
    ):
        await media.remove(tx, sound)


async def _require_own_sound(tx: Transaction, card: Homework, name: str, content: HomeworkContent) -> None:
    sound: UUID | None = getattr(content, name)
    if sound is None or sound == getattr(card, name):
        return
    own = exists().where(Attachment.id == sound, Attachment.homework_id == card.id, Attachment.sent_by == tx.viewer)
    if not await tx.session.scalar(select(own)):
        raise Invalid("not_own_sound", "/homeSound" if name == "home_sound" else "/childSound")


async def _require_own(tx: Transaction, pupil_id: UUID) -> None:
    """One's own, or of a child whose home is open. Raises NotFound (404)."""
    if pupil_id == tx.viewer:
        known: Select[Any] = select(Placement.id).where(Placement.pupil_id == pupil_id).limit(1)
    else:
        home = home_pupils(tx.viewer, tx.today)
        known = select(home.c.pupil_id).where(home.c.pupil_id == pupil_id)
    if await tx.session.scalar(known) is None:
        raise NotFound


async def _require_room(tx: Transaction, pupil_id: UUID) -> None:
    # One at a time for one pupil: two devices do not begin the last one together.
    await tx.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('homework ' || cast(:pupil as text), 0))"),
        {"pupil": pupil_id},
    )
    drafts = _visible(tx).where(Homework.pupil_id == pupil_id, Homework.state == HomeworkState.DRAFT)
    if (await tx.session.scalar(select(func.count()).select_from(drafts.subquery())) or 0) >= MAX_DRAFTS:
        raise Conflict("too_many_homework")


def require_card(code: str, version: int) -> None:
    """Raises Invalid (422) for a card that there is not, or in words that are no longer asked."""
    if not any((card.code, card.version) == (code, version) for card in catalogue.homework_cards()):
        raise Invalid("unknown_card", "/card")


async def _placement(tx: Transaction) -> UUID:
    today = (
        select(Placement.id)
        .where(Placement.pupil_id == tx.viewer, runs(Placement, tx.today))
        .order_by(Placement.starts_on.desc(), Placement.id)
        .limit(1)
    )
    if (found := await tx.session.scalar(today)) is None:
        raise Conflict("no_school")
    return found


def _visible(tx: Transaction) -> Select[Any]:
    return select(Homework).where(may_read(sight_of(tx.viewer, tx.today)))


async def find(tx: Transaction, homework_id: UUID) -> Homework:
    card: Homework | None = await tx.session.scalar(_visible(tx).where(Homework.id == homework_id))
    if card is None:
        raise NotFound
    return card


async def hold(tx: Transaction, homework_id: UUID) -> Homework:
    """A card that one may write on, until the end of the transaction. Raises NotFound (404), NotAllowed (403)."""
    held = _visible(tx).where(Homework.id == homework_id).with_for_update(of=Homework)
    card: Homework | None = await tx.session.scalar(held.execution_options(populate_existing=True))
    if card is None:
        # Row-level security gives no lock to who may only read.
        await find(tx, homework_id)
        raise NotAllowed
    return card


async def _may(tx: Transaction, homework_id: UUID, allowed: Any) -> bool:
    return bool(await tx.session.scalar(select(exists().where(Homework.id == homework_id, allowed))))


def _require_version(card: Homework, if_match: str) -> None:
    if if_match.strip('"') != str(card.version):
        raise VersionConflict(card.version)


def receipt(card: Homework) -> HomeworkReceipt:
    """What is kept, in short."""
    shared = Reach.SCHOOL if card.with_school else Reach.HOME
    reach = shared if card.state == HomeworkState.SHARED else Reach.NOBODY
    return HomeworkReceipt(id=card.id, version=card.version, state=HomeworkState(card.state), reach=reach)
