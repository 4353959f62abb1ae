"""The pupil says "niet voor mij", and takes it back."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app.guidance.suggestion.models import FieldChoice
from app.guidance.suggestion.schemas import FieldChoiceChange
from app.platform.db import Transaction
from app.reference.codes import WorkField


async def choose(tx: Transaction, field: WorkField, change: FieldChoiceChange) -> None:
    """From now on one is pointed to this kind of work, or not. Again changes nothing."""
    if change.not_for_me:
        kept = insert(FieldChoice).values(pupil_id=tx.viewer, field=field, not_for_me_on=tx.today)
        await tx.session.execute(kept.on_conflict_do_nothing())
        return
    await tx.session.execute(delete(FieldChoice).where(FieldChoice.pupil_id == tx.viewer, FieldChoice.field == field))
