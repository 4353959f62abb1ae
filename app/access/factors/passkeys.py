"""Passkeys: what a browser is asked, and whether what it answered holds (WebAuthn level 2, py_webauthn)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from app.access.factors.models import Factor
from app.access.factors.schemas import Credential


@dataclass(frozen=True, slots=True)
class Passkey:
    """What is kept of a passkey."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    backed_up: bool


class Refused(Exception):
    """What came back does not hold: another challenge, origin or key, no user verification, a count that went back."""


def rp_id(origin: str) -> str:
    """To whom a passkey belongs: the host of the app. Browsers refuse bare addresses such as 127.0.0.1."""
    return urlsplit(origin).hostname or ""


def options_to_add(
    origin: str, person_id: UUID, username: str, name: str, challenge: bytes, known: Iterable[bytes]
) -> dict[str, Any]:
    """For `navigator.credentials.create`: a key that asks for fingerprint, face or PIN, and not one of those known."""
    from webauthn import generate_registration_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    return options_to_json_dict(
        generate_registration_options(
            rp_id=rp_id(origin),
            rp_name="Talentportfolio",
            user_id=person_id.bytes,
            user_name=username,
            user_display_name=name,
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        )
    )


def options_to_give(origin: str, challenge: bytes, known: Iterable[bytes]) -> dict[str, Any]:
    """For `navigator.credentials.get`: one of these keys."""
    from webauthn import generate_authentication_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor, UserVerificationRequirement

    return options_to_json_dict(
        generate_authentication_options(
            rp_id=rp_id(origin),
            challenge=challenge,
            allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def check_added(credential: Credential, challenge: bytes, origin: str) -> Passkey:
    """A new passkey. Raises Refused."""
    from webauthn import verify_registration_response

    try:
        made = verify_registration_response(
            credential=credential.model_dump(by_alias=True),
            expected_challenge=challenge,
            expected_rp_id=rp_id(origin),
            expected_origin=origin,
            require_user_verification=True,
        )
    except Exception as error:  # what a browser sends can be wrong in any way
        raise Refused from error
    return Passkey(made.credential_id, made.credential_public_key, made.sign_count, made.credential_backed_up)


def check_given(credential: Credential, challenge: bytes, origin: str, factor: Factor) -> Passkey:
    """A passkey that was used, with its new count. Raises Refused."""
    from webauthn import verify_authentication_response

    assert factor.public_key is not None
    assert factor.sign_count is not None
    try:
        used = verify_authentication_response(
            credential=credential.model_dump(by_alias=True),
            expected_challenge=challenge,
            expected_rp_id=rp_id(origin),
            expected_origin=origin,
            credential_public_key=factor.public_key,
            credential_current_sign_count=factor.sign_count,
            require_user_verification=True,
        )
    except Exception as error:  # what a browser sends can be wrong in any way
        raise Refused from error
    return Passkey(used.credential_id, factor.public_key, used.new_sign_count, used.credential_backed_up)
