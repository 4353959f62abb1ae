"""A dean adds questions to the school's own set, changes them, withdraws them and brings them back."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.guidance.questions.models import SchoolQuestion, SchoolQuestionVersion
from app.guidance.questions.policy import own_schools
from app.guidance.questions.schemas import SchoolQuestionContent, SchoolQuestionReceipt
from app.people.models import Role
from app.platform.db import Transaction
from app.platform.errors import (
    AlreadyDifferent,
    Conflict,
    NotAllowed,
    NotFound,
    PreconditionNeeded,
    VersionConflict,
)
from app.platform.ids import check_client_id

ROOM = 200
"""So many questions of its own a school can have in use."""


async def put(
    tx: Transaction, school_id: UUID, question_id: UUID, content: SchoolQuestionContent, if_match: str | None
) -> tuple[SchoolQuestionReceipt, bool]:
    """Adds a question, or makes its next version from the one that the dean had. Returns whether it is new.

    What is there already in the same words is answered with its receipt, so a retry is harmless. Raises NotAllowed
    (403) for who may only read, NotFound (404), AlreadyDifferent, Conflict (409: withdrawn, or the set is full),
    VersionConflict (412), Invalid (422).
    """
    await _change_of(tx, school_id)
    columns = content.model_dump(mode="json", by_alias=False)
    question = await _find(tx, school_id, question_id)
    if question is None:
        if if_match is not None:
            raise NotFound
        check_client_id(question_id, tx.now, "/id")
        await _check_room(tx, school_id)
        made = insert(SchoolQuestion).values(
            id=question_id, school_id=school_id, version=1, since=tx.now, made_by=tx.viewer, **columns
        )
        question = await tx.session.scalar(made.on_conflict_do_nothing().returning(SchoolQuestion))
        if question is None:  # the id is another school's
            raise NotFound
        _keep(tx, question, content)
        return _receipt(question), True
    if all(getattr(question, name) == value for name, value in columns.items()):
        return _receipt(question), False
    if if_match is None:
        raise AlreadyDifferent
    _require_version(question, if_match)
    if question.withdrawn_at is not None:
        raise Conflict("question_withdrawn")
    for name, value in columns.items():
        setattr(question, name, value)
    question.version += 1
    question.since, question.made_by = tx.now, tx.viewer
    _keep(tx, question, content)
    return _receipt(question), False


async def withdraw(tx: Transaction, school_id: UUID, question_id: UUID, if_match: str | None) -> SchoolQuestionReceipt:
    """It is asked no more; what was answered to it stays as it is. Again is harmless.

    Raises NotAllowed (403), NotFound (404), VersionConflict (412), PreconditionNeeded (428).
    """
    question = await _hold(tx, school_id, question_id)
    if question.withdrawn_at is None:
        _require(question, if_match)
        question.withdrawn_at = tx.now
    return _receipt(question)


async def bring_back(
    tx: Transaction, school_id: UUID, question_id: UUID, if_match: str | None
) -> SchoolQuestionReceipt:
    """It is asked again. Again is harmless.

    Raises NotAllowed (403), NotFound (404), Conflict (409: the set is full), VersionConflict (412),
    PreconditionNeeded (428).
    """
    question = await _hold(tx, school_id, question_id)
    if question.withdrawn_at is not None:
        _require(question, if_match)
        await _check_room(tx, school_id)
        question.withdrawn_at = None
    return _receipt(question)


async def _change_of(tx: Transaction, school_id: UUID) -> None:
    own = own_schools(tx.viewer, tx.today).subquery()
    roles = set(await tx.session.scalars(select(own.c.role).where(own.c.school_id == school_id)))
    if Role.DEAN in roles:
        return
    raise NotAllowed if Role.TEACHER in roles else NotFound


async def _find(tx: Transaction, school_id: UUID, question_id: UUID) -> SchoolQuestion | None:
    found: SchoolQuestion | None = await tx.session.scalar(
        select(SchoolQuestion)
        .where(SchoolQuestion.id == question_id, SchoolQuestion.school_id == school_id)
        .with_for_update()
    )
    return found


async def _hold(tx: Transaction, school_id: UUID, question_id: UUID) -> SchoolQuestion:
    await _change_of(tx, school_id)
    question = await _find(tx, school_id, question_id)
    if question is None:
        raise NotFound
    return question


async def _check_room(tx: Transaction, school_id: UUID) -> None:
    """Deans of one school add in turn, so that two at once do not pass the last place together."""
    await tx.session.execute(select(func.pg_advisory_xact_lock(school_id.int % 2**63)))
    in_use = select(func.count()).where(SchoolQuestion.school_id == school_id, SchoolQuestion.withdrawn_at.is_(None))
    if (await tx.session.scalar(in_use) or 0) >= ROOM:
        raise Conflict("too_many_questions", room=ROOM)


def _keep(tx: Transaction, question: SchoolQuestion, content: SchoolQuestionContent) -> None:
    kept: dict[str, Any] = content.model_dump(mode="json", by_alias=True)
    tx.session.add(
        SchoolQuestionVersion(
            question_id=question.id, version=question.version, content=kept, since=tx.now, made_by=tx.viewer
        )
    )


def _require(question: SchoolQuestion, if_match: str | None) -> None:
    if if_match is None:
        raise PreconditionNeeded
    _require_version(question, if_match)


def _require_version(question: SchoolQuestion, if_match: str) -> None:
    if if_match.strip().strip('"') != str(question.version):
        raise VersionConflict(question.version)


def _receipt(question: SchoolQuestion) -> SchoolQuestionReceipt:
    return SchoolQuestionReceipt(id=question.id, version=question.version, withdrawn=question.withdrawn_at is not None)
