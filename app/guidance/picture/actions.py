"""Words are given at an entry, taken back by who gave them, and the pupil decides how they are shown."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.guidance.picture.models import TalentWord, WordChoice, WordVoice, key_of
from app.guidance.picture.schemas import WordChange, WordGiven, WordReceipt
from app.platform.db import Transaction
from app.platform.errors import Conflict, NotAllowed, NotFound
from app.portfolio.actions.standing import Standing, find
from app.portfolio.law import Action, can

MAX_WORDS = 12
"""By one person, at one entry."""


async def give(tx: Transaction, entry_id: UUID, given: WordGiven) -> WordReceipt:
    """A word for what this entry shows; the same again changes nothing but its capitals and who said it.

    Raises NotFound (404), NotAllowed (403), Conflict (409) where somebody gave many already.
    """
    standing = await find(tx, entry_id)
    own = select(func.count()).where(
        TalentWord.entry_id == entry_id, TalentWord.author_id == tx.viewer, TalentWord.via_link.is_(None)
    )
    if (await tx.session.scalar(own) or 0) >= MAX_WORDS:
        raise Conflict("too_many_words")
    voice = _voice(tx, standing, given)
    values = {
        "entry_id": entry_id,
        "author_id": tx.viewer,
        "voice": voice,
        "word": given.word,
        "key": key_of(given.word, voice),
        "given_at": tx.now,
        "said_by": given.said_by,
    }
    kept = insert(TalentWord).values(**values)
    # Written over with itself, so that the row that is there comes back.
    kept = kept.on_conflict_do_update(
        index_elements=["entry_id", "author_id", "key"],
        set_={"word": kept.excluded.word, "said_by": kept.excluded.said_by},
    )
    word = (await tx.session.scalars(kept.returning(TalentWord))).one()
    return WordReceipt(id=word.id, word=word.word)


def _voice(tx: Transaction, standing: Standing, given: WordGiven) -> WordVoice:
    """In whose name a word is given. Raises NotAllowed (403): who may only look, as after a move.

    What was said outside only the pupil notes.
    """
    if standing.own:
        return WordVoice.OUTSIDE if given.said_by else WordVoice.PUPIL
    if given.said_by:
        raise NotAllowed
    if can(standing.actor, Action.FEEDBACK, standing.entry, tx.today):
        return WordVoice.SCHOOL
    if can(standing.actor, Action.REACT, standing.entry, tx.today):
        return WordVoice.HOME
    raise NotAllowed


async def take_back(tx: Transaction, word_id: UUID) -> None:
    """Removes one's own word. Raises NotFound (404)."""
    gone = delete(TalentWord).where(TalentWord.id == word_id, TalentWord.author_id == tx.viewer)
    if await tx.session.scalar(gone.returning(TalentWord.id)) is None:
        raise NotFound


async def choose(tx: Transaction, change: WordChange) -> None:
    """How one wants to have a word in one's own picture from now on."""
    key = func.lower(change.key)
    if change.shown_as is None and not change.hidden:
        await tx.session.execute(delete(WordChoice).where(WordChoice.pupil_id == tx.viewer, WordChoice.key == key))
        return
    values = {"shown_as": change.shown_as, "hidden": change.hidden}
    kept = insert(WordChoice).values(pupil_id=tx.viewer, key=key, **values)
    await tx.session.execute(kept.on_conflict_do_update(index_elements=["pupil_id", "key"], set_=values))
