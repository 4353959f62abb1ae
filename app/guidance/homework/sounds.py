"""Spoken answers: announced by who says it, sent to the store, heard by whoever may read the card."""

from uuid import UUID

from sqlalchemy import func, select

from app.access.reasons.policy import must_say_why
from app.guidance.homework.actions import find, hold
from app.guidance.homework.models import Homework
from app.guidance.homework.schemas import SoundStart
from app.media import actions as media
from app.media.models import Attachment
from app.media.schemas import AttachmentOut, UploadFinish, UploadPlan, UploadStart
from app.people.models import Person
from app.people.policy import home_pupils
from app.platform.db import Transaction
from app.platform.errors import NotAllowed, NotFound, ReasonNeeded, TooLarge
from app.platform.storage import Storage

MAX_BYTES = 5_000_000
"""A minute of speech as browsers record it is a fifth of this."""


async def start(tx: Transaction, storage: Storage, homework_id: UUID, announced: SoundStart) -> UploadPlan:
    """Announces something said, by whoever writes on the card. The same again gives the same plan.

    Raises NotFound (404), NotAllowed (403), TooLarge (413), and as media.start.
    """
    card = await hold(tx, homework_id)
    if announced.size > MAX_BYTES:
        raise TooLarge(MAX_BYTES)
    place = media.Place(card.pupil_id, homework_id=card.id)
    told = UploadStart(id=announced.id, name="antwoord", media_type=announced.media_type, size=announced.size)
    return await media.start(tx, storage, place, told)


async def complete(tx: Transaction, storage: Storage, sound_id: UUID, finish: UploadFinish) -> AttachmentOut:
    """Checks what arrived of one's own words. Raises NotFound (404), NotAllowed (403), and as media.complete."""
    return await media.complete(tx, storage, await _own(tx, sound_id), finish)


async def address(tx: Transaction, storage: Storage, sound_id: UUID) -> str:
    """A link to what was said, for some minutes; a look by somebody else than the pupil is logged.

    Raises NotFound (404), ReasonNeeded (403), for who said it Conflict (409) while it is not there.
    """
    sound = await tx.session.get(Attachment, sound_id)
    if sound is None or sound.homework_id is None:
        raise NotFound
    card = await find(tx, sound.homework_id)
    if card.pupil_id != tx.viewer:
        await _look(tx, card)
    return media.file_address(storage, sound, own=sound.sent_by == tx.viewer)


async def _look(tx: Transaction, card: Homework) -> None:
    if await tx.session.scalar(select(must_say_why(tx.viewer, card.pupil_id, tx.today))):
        pupil = await tx.session.get_one(Person, card.pupil_id)
        raise ReasonNeeded({"id": str(pupil.id), "name": pupil.name, "givenName": pupil.given_name})
    home = home_pupils(tx.viewer, tx.today)
    at_home = await tx.session.scalar(select(home.c.pupil_id).where(home.c.pupil_id == card.pupil_id))
    await tx.session.execute(select(func.log_look(card.pupil_id, None, "home" if at_home else "school", tx.now)))


async def _own(tx: Transaction, sound_id: UUID) -> Attachment:
    mine = select(Attachment).where(
        Attachment.id == sound_id, Attachment.homework_id.is_not(None), Attachment.sent_by == tx.viewer
    )
    sound = await tx.session.scalar(mine.with_for_update())
    if sound is None or sound.homework_id is None:
        other = await tx.session.get(Attachment, sound_id)
        if other is None or other.homework_id is None:
            raise NotFound
        await find(tx, other.homework_id)
        raise NotAllowed
    await find(tx, sound.homework_id)
    return sound
