"""A passkey in software, and an app that shows codes: what a person would hold in the hand."""

import base64
import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

import pyotp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import encode_cbor


def _b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


class Authenticator:
    """One passkey. What a test wants wrong, it changes before use."""

    def __init__(self, origin: str) -> None:
        self.origin, self.rp_id = origin, origin.split("//")[1].split(":")[0]
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.count = 0
        self.verifies = True
        self.backed_up = False

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """As `navigator.credentials.create`."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + encode_cbor(cose)
        data = self._data(0x40) + attested
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer(clientDataJSON=_b64(client), attestationObject=_b64(attestation), transports=["internal"])

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """As `navigator.credentials.get`."""
        self.count += 1
        data = self._data()
        client = self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=_b64(client), authenticatorData=_b64(data), signature=_b64(signature), userHandle=None
        )

    def _data(self, flags: int = 0) -> bytes:
        flags |= 0x01 | (0x04 if self.verifies else 0) | (0x18 if self.backed_up else 0)
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, **response: Any) -> dict[str, Any]:
        name = _b64(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
        }


def code_of(secret: str, moment: datetime) -> str:
    """The six figures that an app with this secret (base32, spaces or not) shows at that moment."""
    return pyotp.TOTP(secret.replace(" ", "")).at(moment)
