"""What is owed, and one's own second factor."""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.factors.models import Factor, FactorChange, RecoveryCode
from app.access.factors.policy import find_holder
from app.access.factors.schemas import FactorDue
from app.access.models import Account
from app.people.models import Person, StaffRole
from app.people.projections import runs
from app.platform.reads import NOW, TODAY, VIEWER, Read, json_list, json_object


async def what_is_due(session: AsyncSession, token_hash: bytes, now: datetime, today: date) -> FactorDue:
    """What whoever holds this session owes, and may give. Raises SignInNeeded (401)."""
    holder = await find_holder(session, token_hash, now, today)
    mine = Factor.person_id == holder.person_id
    unused = (RecoveryCode.person_id == holder.person_id, RecoveryCode.used_at.is_(None))
    has = (
        await session.execute(
            select(
                exists().where(mine, Factor.kind == "passkey").label("passkey"),
                exists().where(mine, Factor.kind == "app").label("app"),
                exists().where(*unused).label("recovery_code"),
                and_(
                    literal(not holder.has_factor and not holder.is_fresh(now)),
                    exists().where(Account.person_id == holder.person_id),
                ).label("password"),
            )
        )
    ).one()
    return FactorDue(
        due=holder.due,
        given_name=holder.given_name,
        device=holder.session.device,
        ways=[way for way, there in has._asdict().items() if there],
    )


_ITEMS = (
    select(
        json_list(
            json_object(
                id=Factor.id,
                kind=Factor.kind,
                name=Factor.name,
                created_at=Factor.created_at,
                last_used_at=Factor.last_used_at,
                backed_up=Factor.backed_up,
            ),
            Factor.created_at,
            Factor.id,
        )
    )
    .where(Factor.person_id == VIEWER)
    .scalar_subquery()
)
_LEFT = select(func.count()).where(RecoveryCode.person_id == VIEWER, RecoveryCode.used_at.is_(None)).scalar_subquery()
_CHANGES = (
    select(
        json_list(
            json_object(what=FactorChange.what, name=FactorChange.name, at=FactorChange.at),
            FactorChange.at.desc(),
            FactorChange.id.desc(),
        )
    )
    .where(FactorChange.person_id == VIEWER, FactorChange.at > NOW - literal(timedelta(days=90)))
    .scalar_subquery()
)
_REQUIRED = exists().where(StaffRole.person_id == VIEWER, runs(StaffRole, TODAY), func.asks_factor(StaffRole.role))

FACTORS = Read(
    select(
        json_object(items=_ITEMS, recovery_codes_left=_LEFT, required=_REQUIRED, changes=_CHANGES).label("body")
    ).where(Person.id == VIEWER)
)
"""GET /v1/me/factors, as schemas.Factors."""
