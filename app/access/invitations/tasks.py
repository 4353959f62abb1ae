"""Invitations by mail. The code is made when the mail goes, so that it stands nowhere before."""

import asyncio
from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import select, update

from app.access.invitations.actions.codes import hash_secret, in_groups, new_code, selector_of
from app.access.invitations.models import Invitation
from app.people.models import School
from app.platform.clock import AMSTERDAM, system_clock
from app.platform.i18n import DEFAULT, say
from app.platform.jobs import RETRY, jobs, tools
from app.platform.mail import send_mail


@jobs.task(name="mail_invitation", retry=RETRY, pass_context=True)
async def mail_invitation(context: JobContext, invitation_id: str) -> None:
    """Sends a code to the address that the admin gave; it names the school and no child.

    Run again, it sends another mail: the code of the last one is the one that works.
    """
    settings = tools(context).settings
    code = new_code()
    secret_hash = await hash_secret(code)
    wanted = select(Invitation, School.name).join(School, School.id == Invitation.school_id)
    async with tools(context).sessions.begin() as session:
        row = (await session.execute(wanted.where(Invitation.id == UUID(invitation_id)))).first()
        if row is None:
            return
        invitation, school = row
        to = invitation.mail_to
        if invitation.ended_at or invitation.claimed_at or to is None:
            return
        await session.execute(
            update(Invitation)
            .where(Invitation.id == invitation.id)
            .values(secret_hash=secret_hash, mailed_at=system_clock.now())
        )
    code = invitation.selector + code[len(selector_of(code)) :]
    values = {
        "school": school,
        "code": in_groups(code),
        "address": f"{settings.origin}/uitnodiging#{code}",
        "site": f"{settings.origin}/uitnodiging",
        "day": f"{invitation.expires_at.astimezone(AMSTERDAM):%d-%m-%Y}",
    }
    texts = (say(DEFAULT, f"mail.{invitation.kind}.{part}", **values) for part in ("subject", "text"))
    await asyncio.to_thread(send_mail, settings, to, *texts)
