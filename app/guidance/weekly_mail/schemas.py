"""Mail settings as they are read and changed."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

from app.access.invitations.schemas import MailAddress
from app.platform.http import STORABLE, Model


class MailState(Model):
    """Where mail for the signed-in person goes, if anywhere."""

    mails: bool = Field(description="whether mail can be sent from here at all")
    address: str | None = Field(description="shown to be one's own")
    pending: str | None = Field(description="waits for the code that was mailed to it")
    weekly: bool
    stopped_at: datetime | None = Field(description="mail to the address came back; nothing is sent since")


class AddressAsked(Model):
    address: MailAddress


class CodeTyped(Model):
    """The code out of the mail: eight figures, spaces as one likes."""

    code: Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)]


class WeeklyChoice(Model):
    weekly: StrictBool


class SchoolMail(Model):
    """A school's parents and the weekly mail, in counts."""

    weekly: int = Field(description="get it")
    off: int = Field(description="switched it off")
    waiting: int = Field(description="gave an address and did not fill in its code yet")
    stopped: int = Field(description="gave an address that sends mail back")
