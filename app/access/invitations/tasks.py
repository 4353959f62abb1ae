"""Invitations by mail. The code is made when the mail goes, so that it stands nowhere before."""

import asyncio
from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import select

from app.access.invitations.actions.codes import hash_secret, in_groups, new_code
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
    async with tools(context).sessions.begin() as session:
        row = (
            await session.execute(
                select(Invitation, School.name)
                .join(School, School.id == Invitation.school_id)
                .where(
                    Invitation.id == UUID(invitation_id),
                    Invitation.ended_at.is_(None),
                    Invitation.claimed_at.is_(None),
                )
            )
        ).first()
        if row is None:
            return
        invitation, school = row
        invitation.secret_hash, invitation.mailed_at = secret_hash, system_clock.now()
        code = invitation.selector + code[len(invitation.selector) :]
        values = {
            "school": school,
            "code": in_groups(code),
            "address": f"{settings.origin}/uitnodiging#{code}",
            "site": f"{settings.origin}/uitnodiging",
            "day": f"{invitation.expires_at.astimezone(AMSTERDAM):%d-%m-%Y}",
        }
        subject, text = (say(DEFAULT, f"mail.{invitation.kind}.{part}", **values) for part in ("subject", "text"))
        to = str(invitation.mail_to)
    await asyncio.to_thread(send_mail, settings, to, subject, text)
