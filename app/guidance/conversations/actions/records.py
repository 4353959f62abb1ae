"""The record, version by version; the pupil's akkoord on one of them; and the steps of staff that came of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.guidance.conversations.actions.standing import lock, own_talk, require_reason, require_version, see, teaches
from app.guidance.conversations.models import (
    Conversation,
    ConversationAgreement,
    ConversationRecord,
    Way,
)
from app.guidance.conversations.schemas import (
    AgreementContent,
    AgreementReceipt,
    RecordContent,
    RecordReceipt,
    StepReceiptOfTalk,
)
from app.guidance.steps.models import NextStep, Who
from app.guidance.steps.schemas import StepState
from app.people.models import Person, Placement, StaffRole
from app.platform.db import Transaction
from app.platform.errors import (
    AgeRule,
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    PreconditionNeeded,
)
from app.platform.ids import check_client_id
from app.portfolio.law import TOGETHER_UNTIL, years_old
from app.portfolio.models import Ring


async def put_record(
    tx: Transaction, conversation_id: UUID, content: RecordContent, if_match: str | None
) -> RecordReceipt:
    """Adds a version of the record after the one that one had (`"0"`: none). The same again is harmless.

    Raises NotFound (404), NotAllowed (403), ReasonNeeded (403), Conflict (409), VersionConflict (412), Invalid (422),
    PreconditionNeeded (428).
    """
    talk = await see(tx, conversation_id)
    by_pupil = talk.pupil_id == tx.viewer
    if not by_pupil and not await teaches(tx, talk):
        raise NotAllowed
    talk = await lock(tx, talk)
    last = await _last_record(tx, talk)
    steps = [step.model_dump(mode="json", by_alias=True) for step in content.steps]
    said = (content.pupil_voice, content.staff_voice, steps)
    if last is not None and (last.pupil_voice, last.staff_voice, last.steps) == said:
        return RecordReceipt(version=last.version, written_at=last.written_at)
    if if_match is None:
        raise PreconditionNeeded
    require_version(talk.record_version, if_match)
    if talk.cancelled_at is not None:
        raise Conflict("talk_cancelled")
    if by_pupil:
        _require_own_voice(talk, last, content, steps)
    else:
        await _check_steps(tx, talk, content)
    record = ConversationRecord(
        conversation_id=talk.id,
        version=talk.record_version + 1,
        pupil_voice=content.pupil_voice,
        staff_voice=content.staff_voice,
        steps=steps,
        written_by=tx.viewer,
        written_at=tx.now,
    )
    tx.session.add(record)
    await tx.session.flush()
    return RecordReceipt(version=record.version, written_at=record.written_at)


def _require_own_voice(
    talk: Conversation, last: ConversationRecord | None, content: RecordContent, steps: list[dict[str, Any]]
) -> None:
    """The pupil writes in the own voice, in what staff began, as long as there is no akkoord on it."""
    if last is None or talk.agreed_version == talk.record_version:
        raise Conflict("wrong_state")
    if (content.staff_voice, steps) != (last.staff_voice, last.steps):
        raise NotAllowed


async def _check_steps(tx: Transaction, talk: Conversation, content: RecordContent) -> None:
    wanted = {step.staff_id for step in content.steps if step.staff_id is not None}
    school = select(Placement.school_id).where(Placement.id == talk.placement_id).scalar_subquery()
    there = select(StaffRole.person_id).where(StaffRole.person_id.in_(wanted), StaffRole.school_id == school)
    known = set(await tx.session.scalars(there))
    ids = {step.id for step in content.steps}
    elsewhere = select(NextStep.id).where(
        NextStep.id.in_(ids), func.coalesce(NextStep.conversation_id != talk.id, True)
    )
    taken = set(await tx.session.scalars(elsewhere))
    for place, step in enumerate(content.steps):
        if step.staff_id is not None and step.staff_id not in known:
            raise Invalid("no_partner", f"/steps/{place}/staffId")
        if step.id in taken:
            raise AlreadyDifferent
        check_client_id(step.id, tx.now, f"/steps/{place}/id")


async def _last_record(tx: Transaction, talk: Conversation) -> ConversationRecord | None:
    last = select(ConversationRecord).where(
        ConversationRecord.conversation_id == talk.id, ConversationRecord.version == talk.record_version
    )
    return await tx.session.scalar(last)


async def agree(
    tx: Transaction, conversation_id: UUID, content: AgreementContent, if_match: str | None, way: Way
) -> AgreementReceipt:
    """The pupil's akkoord on the version of the record in `If-Match`; again it may have other words or reach.

    Raises NotFound (404) for everybody but the pupil, AgeRule (403) below twelve for school alone, Conflict (409)
    where nothing is recorded, VersionConflict (412) where the record changed, PreconditionNeeded (428).
    """
    talk = await own_talk(tx, conversation_id)
    if talk.record_version == 0:
        raise Conflict("nothing_recorded")
    if if_match is None:
        raise PreconditionNeeded
    require_version(talk.record_version, if_match)
    pupil = await tx.session.get_one(Person, tx.viewer)
    young = pupil.birth_date is None or years_old(pupil.birth_date, tx.today) < TOGETHER_UNTIL
    if young and content.ring < Ring.HOME:
        raise AgeRule
    key = {"conversation_id": talk.id, "record_version": talk.record_version}
    said = await tx.session.get(ConversationAgreement, tuple(key.values()))
    if said is None:
        said = ConversationAgreement(
            **key, pupil_id=tx.viewer, words=content.words, ring=content.ring, way=way, agreed_at=tx.now
        )
        tx.session.add(said)
    else:
        said.words, said.ring = content.words, content.ring
    await tx.session.flush()
    return AgreementReceipt(record_version=said.record_version, agreed_at=said.agreed_at)


async def pupil_beside(tx: Transaction, conversation_id: UUID, if_match: str | None) -> UUID:
    """Whose akkoord is asked on this screen, where staff may write the record and it is the version in `If-Match`.

    Raises NotFound (404), NotAllowed (403: the pupil too, who says it without), ReasonNeeded (403), Conflict (409),
    VersionConflict (412), PreconditionNeeded (428).
    """
    talk = await see(tx, conversation_id)
    if talk.pupil_id == tx.viewer or not await teaches(tx, talk):
        raise NotAllowed
    await require_reason(tx, talk)
    if talk.record_version == 0:
        raise Conflict("nothing_recorded")
    if if_match is None:
        raise PreconditionNeeded
    require_version(talk.record_version, if_match)
    return talk.pupil_id


async def move_step(
    tx: Transaction, conversation_id: UUID, step_id: UUID, state: StepState, if_match: str | None
) -> StepReceiptOfTalk:
    """A member of staff did, or let go, a step that is theirs; or brings it back. The same again is harmless.

    Raises NotFound (404), NotAllowed (403) for the step of another, VersionConflict (412), PreconditionNeeded (428).
    """
    talk = await see(tx, conversation_id)
    if talk.pupil_id == tx.viewer or not await teaches(tx, talk):
        raise NotFound
    of_talk = select(NextStep).where(NextStep.id == step_id, NextStep.conversation_id == talk.id)
    step = await tx.session.scalar(of_talk)
    if step is None:
        raise NotFound
    if step.who != Who.STAFF or step.staff_id != tx.viewer:
        raise NotAllowed
    step = (await tx.session.scalars(of_talk.with_for_update().execution_options(populate_existing=True))).one()
    is_now = (
        StepState.DONE
        if step.done_at is not None
        else StepState.LET_GO
        if step.let_go_at is not None
        else StepState.OPEN
    )
    if is_now != state:
        if if_match is None:
            raise PreconditionNeeded
        require_version(step.version, if_match)
        step.done_at = tx.now if state is StepState.DONE else None
        step.let_go_at = tx.now if state is StepState.LET_GO else None
        step.version += 1
        await tx.session.flush()
    return StepReceiptOfTalk(id=step.id, state=state, version=step.version)
