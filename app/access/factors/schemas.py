"""What goes in and out of giving a second factor, and of looking after one's own."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, Secret, StringConstraints

from app.access.factors.models import FactorKind, What
from app.access.schemas import Device, Me, Password
from app.platform.http import STORABLE, VISIBLE, Model

Code = Secret[Annotated[str, STORABLE, StringConstraints(min_length=1, max_length=100)]]
FactorName = Annotated[str, STORABLE, VISIBLE, StringConstraints(min_length=1, max_length=60)]


class FactorDue(Model):
    """Somebody whose password (or card, or school account) was right, and who is nobody until a second factor is given.

    Also what a whole session may give anew; then `due` is null.
    """

    due: Literal["give", "enrol"] | None = Field(description="enrol: there is none yet, and the role asks for one")
    given_name: str
    device: Device
    ways: list[Literal["passkey", "app", "recovery_code", "password"]] = Field(
        description="password: before the first factor is set up, in a session that began too long ago"
    )


Welcome = Me | FactorDue
"""The answer to any way of signing in."""


class Credential(Model):
    """What `navigator.credentials` gave, as its toJSON() writes it; what is more in it is not looked at."""

    model_config = {"extra": "ignore"}

    id: str = Field(max_length=2000)
    raw_id: str = Field(max_length=2000)
    type: Literal["public-key"]
    response: dict[str, Any]


class PasskeyGiven(Model):
    credential: Credential


class CodeGiven(Model):
    code: Code


class PasswordGiven(Model):
    password: Password


class PasskeyAdded(Model):
    name: FactorName
    credential: Credential


class AppAdded(Model):
    name: FactorName
    code: Code


class FactorRenamed(Model):
    name: FactorName


class PasskeyOptions(Model):
    """For `navigator.credentials`: WebAuthn's own JSON, binary as base64url."""

    public_key: dict[str, Any]


class AppSecret(Model):
    """A secret for an app, shown once, until a code of that app confirms it."""

    secret: str = Field(description="base32, in groups of four")
    uri: str = Field(description="otpauth://…, what the QR code says")
    qr: str = Field(description="SVG, as a data: address for an image")


class FactorOut(Model):
    id: UUID
    kind: FactorKind
    name: str
    created_at: datetime
    last_used_at: datetime | None
    backed_up: bool | None = Field(description="passkeys: also kept outside of that one device")


class FactorChangeOut(Model):
    what: What
    name: str | None
    at: datetime


class Factors(Model):
    """One's own second factor."""

    items: list[FactorOut]
    recovery_codes_left: int
    required: bool = Field(description="a role asks for it: the last one stays")
    changes: list[FactorChangeOut] = Field(description="of the last 90 days, newest first")


class NewFactor(Model):
    """What was added; with the first one come recovery codes, shown this once."""

    id: UUID
    recovery_codes: list[str] | None


class RecoveryCodes(Model):
    codes: list[str]
