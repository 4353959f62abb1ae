"""School puts a card ready for a group, and takes that back."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.guidance.activities.policy import guided_groups
from app.guidance.homework.actions import require_card
from app.guidance.homework.models import HomeworkOffer
from app.guidance.homework.schemas import OfferContent, OfferReceipt
from app.people.models import Group
from app.people.policy import as_date
from app.platform.db import Transaction
from app.platform.errors import AlreadyDifferent, Conflict, Invalid, NotFound
from app.platform.ids import check_client_id


async def offer(tx: Transaction, offer_id: UUID, content: OfferContent) -> tuple[OfferReceipt, bool]:
    """Puts a card ready; the same again is harmless. Returns whether it is new, too.

    Raises NotFound (404), AlreadyDifferent, Conflict (409: this card is there already), Invalid (422: no such card, a
    day that is over or in another school year).
    """
    guided = guided_groups(tx.viewer, tx.today).subquery()
    this_year = Group.school_year == func.school_year_of(as_date(content.on_day))
    in_year = await tx.session.scalar(
        select(this_year).join(guided, guided.c.group_id == Group.id).where(Group.id == content.group_id)
    )
    if in_year is None:
        raise NotFound
    before = await tx.session.get(HomeworkOffer, offer_id)
    if before is not None:
        return _same(before, content), False
    check_client_id(offer_id, tx.now, "/id")
    require_card(content.card, content.card_version)
    if content.on_day < tx.today or not in_year:
        raise Invalid("day_of_this_year", "/onDay")
    values = content.model_dump(by_alias=False)
    making = insert(HomeworkOffer).values(id=offer_id, offered_by=tx.viewer, offered_at=tx.now, **values)
    made = await tx.session.scalar(making.on_conflict_do_nothing().returning(HomeworkOffer.id))
    if made is None:
        again = await tx.session.get(HomeworkOffer, offer_id)
        if again is not None:
            return _same(again, content), False
        raise Conflict("card_offered")
    return OfferReceipt(id=offer_id), True


async def take_back(tx: Transaction, offer_id: UUID) -> None:
    """Takes a card back; what was begun of it stays with who began it. Raises NotFound (404)."""
    guided = guided_groups(tx.viewer, tx.today).subquery()
    gone = delete(HomeworkOffer).where(
        HomeworkOffer.id == offer_id, HomeworkOffer.group_id.in_(select(guided.c.group_id))
    )
    if await tx.session.scalar(gone.returning(HomeworkOffer.id)) is None:
        raise NotFound


def _same(before: HomeworkOffer, content: OfferContent) -> OfferReceipt:
    if any(getattr(before, name) != value for name, value in content.model_dump(by_alias=False).items()):
        raise AlreadyDifferent
    return OfferReceipt(id=before.id)
