"""OpenID Connect with one provider: authorization code with PKCE, and what its tokens prove.

Authlib and joserfc bring the rules, httpx the requests; they are imported when somebody signs in, not before. What is
kept between requests is the provider's metadata and keys. Specifications: OpenID Connect Core 1.0, Discovery 1.0,
RP-Initiated Logout 1.0 and Back-Channel Logout 1.0; RFC 6749, 7636 (PKCE), 9207 (issuer in the answer).
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from app.access.school_accounts.claims import Asserted, asserted
from app.access.school_accounts.providers import ProviderConfig, is_loopback, is_safe
from app.platform.errors import Unavailable

if TYPE_CHECKING:
    import httpx
    from joserfc.jwk import KeySet
    from joserfc.jwt import Token

log = logging.getLogger(__name__)

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that only the provider can make. Never `none`, nor those with a shared secret."""

LEEWAY_S = 60
"""So far two clocks may be apart."""

KEPT = timedelta(hours=1)
KEYS_AGAIN = timedelta(seconds=30)
"""An unknown key is looked up at once, but a stream of made-up ones is not passed on."""

PATIENCE_S = 8
_LOGGED_OUT = "http://schemas.openid.net/event/backchannel-logout"
_LOGOUT_HEARD = timedelta(minutes=10)

_LOGOUT_TYPES = frozenset(("logout+jwt", "jwt"))
_ID_TYPES = frozenset(("jwt",))
"""What the header of a token may say it is, where it says so: the standards only recommend a word of their own, and
many a provider writes `JWT`. One meant for something else (`at+jwt`, or each for the other) is not believed."""


class NotProven(Exception):
    """What came back does not prove who somebody is. The reason is for the log: one word, nothing personal."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What one sign-in is known by: to the browser, in the token, and at the exchange of the code."""

    state: str
    nonce: str
    code_verifier: str


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Who signed out at the provider: everybody of this session there, or of this account."""

    issuer: str
    subject: str | None
    provider_session: str | None
    token_id: str
    until: datetime


@dataclass(slots=True)
class _Kept:
    value: Any
    at: datetime


class OpenIdProvider:
    """A provider, as this deployment is registered with it."""

    def __init__(self, config: ProviderConfig, origin: str) -> None:
        self.config = config
        self.callback = f"{origin}/v1/school-accounts/{config.id}/callback"
        self._home = f"{origin}/"
        self._http: httpx.AsyncClient | None = None
        self._metadata: _Kept | None = None
        self._keys: _Kept | None = None

    async def close(self) -> None:
        """Ends the connections."""
        if self._http is not None:
            await self._http.aclose()

    async def sign_in_address(self, secrets: Secrets, afresh: bool, now: datetime) -> str:
        """Where the browser goes to sign in; `afresh`: also who is signed in there shows again who they are.

        Raises Unavailable (503).
        """
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        metadata = await self._described(now)
        address: str = prepare_grant_uri(
            metadata["authorization_endpoint"],
            self.config.client_id,
            "code",
            redirect_uri=self.callback,
            scope=" ".join(self.config.scopes),
            state=secrets.state,
            nonce=secrets.nonce,
            code_challenge=create_s256_code_challenge(secrets.code_verifier),
            code_challenge_method="S256",
            prompt="login" if afresh else None,
        )
        return address

    async def sign_out_address(self, now: datetime) -> str | None:
        """Where one signs out there; None where the provider has no such place. Raises Unavailable (503)."""
        end: str | None = (await self._described(now)).get("end_session_endpoint")
        if end is None:
            return None
        query = urlencode({"client_id": self.config.client_id, "post_logout_redirect_uri": self._home})
        return f"{end}{'&' if '?' in end else '?'}{query}"

    async def redeem(self, code: str, issuer: str | None, secrets: Secrets, now: datetime) -> Asserted:
        """Who signed in, proven by the code that the browser brought back. `issuer` is the answer's `iss`.

        Raises NotProven, and Unavailable (503).
        """
        metadata = await self._described(now)
        needed = metadata.get("authorization_response_iss_parameter_supported")
        if (issuer is not None or needed) and issuer != self.config.issuer:
            raise NotProven("issuer")
        tokens = await self._exchange(metadata["token_endpoint"], code, secrets.code_verifier, metadata)
        claims = await self._id_token(tokens, secrets.nonce, now)
        return asserted(self.config, claims, await self._userinfo(metadata, tokens, claims["sub"]))

    async def signed_out(self, logout_token: str, now: datetime) -> SignedOut:
        """What a logout token says. Raises NotProven, and Unavailable (503). That it comes once is for the caller."""
        from joserfc.errors import JoseError
        from joserfc.jwt import JWTClaimsRegistry

        token = await self._signed(logout_token, _LOGOUT_TYPES, now)
        claims = token.claims
        rules = JWTClaimsRegistry(
            int(now.timestamp()),
            LEEWAY_S,
            iss={"essential": True, "value": self.config.issuer},
            aud={"essential": True, "value": self.config.client_id},
            iat={"essential": True},
            jti={"essential": True},
        )
        try:
            rules.validate(claims)
        except JoseError:
            raise NotProven("claims") from None
        events, session, subject = claims.get("events"), claims.get("sid"), claims.get("sub")
        until = datetime.fromtimestamp(claims["iat"], now.tzinfo) + _LOGOUT_HEARD
        if not isinstance(events, dict) or not isinstance(events.get(_LOGGED_OUT), dict) or "nonce" in claims:
            raise NotProven("kind")
        if until < now or not (subject or session) or not isinstance(session, str | None):
            raise NotProven("claims")
        return SignedOut(self.config.issuer, subject, session, claims["jti"], until + timedelta(seconds=LEEWAY_S))

    async def _id_token(self, tokens: Mapping[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import JoseError

        token = await self._signed(tokens.get("id_token"), _ID_TYPES, now)
        claims = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "value": self.config.issuer},
                "aud": {"essential": True, "value": self.config.client_id},
            },
            {"nonce": nonce, "client_id": self.config.client_id, "access_token": tokens.get("access_token")},
        )
        try:
            claims.validate(int(now.timestamp()), LEEWAY_S)
        except JoseError as error:
            raise NotProven(str(getattr(error, "claim", None) or "claims")) from None
        if not claims["sub"] or len(claims["sub"]) > 255 or "\x00" in claims["sub"]:
            raise NotProven("sub")
        return dict(claims)

    async def _signed(self, token: object, types: frozenset[str], now: datetime) -> "Token":
        """A token whose signature is the provider's own, of one of these types where it names one."""
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError, JoseError

        if not isinstance(token, str):
            raise NotProven("token")
        for again in (False, True):
            try:
                proven = jwt.decode(token, await self._own_keys(now, again), algorithms=ALGORITHMS)
            except InvalidKeyIdError:
                continue
            except (JoseError, ValueError, TypeError):
                raise NotProven("signature") from None
            if str(proven.header.get("typ", "JWT")).lower().removeprefix("application/") not in types:
                raise NotProven("typ")
            return proven
        raise NotProven("key")

    async def _own_keys(self, now: datetime, again: bool) -> "KeySet":
        from joserfc.errors import JoseError
        from joserfc.jwk import JWKRegistry, KeySet

        kept = self._keys
        if kept is None or now - kept.at > (KEYS_AGAIN if again else KEPT):
            found = await self._get((await self._described(now))["jwks_uri"])
            keys = []
            for raw in found.get("keys", []):
                if raw.get("kty") in ("RSA", "EC") and raw.get("use", "sig") == "sig":
                    try:
                        keys.append(JWKRegistry.import_key(raw))
                    except (JoseError, ValueError):
                        continue  # a kind of key that is not known here is not needed here
            kept = self._keys = _Kept(KeySet(keys), now)
        key_set: KeySet = kept.value
        return key_set

    async def _described(self, now: datetime) -> dict[str, Any]:
        """The provider's metadata: its own, complete, and on addresses that keep a secret."""
        if self._metadata is None or now - self._metadata.at > KEPT:
            issuer = self.config.issuer
            found = await self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            needed = [found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
            offered = [found[name] for name in ("userinfo_endpoint", "end_session_endpoint") if found.get(name)]
            if found.get("issuer") != issuer or not all(self._is_fit(address) for address in needed + offered):
                log.error("metadata of a school account provider is not fit", extra={"provider": self.config.id})
                raise Unavailable
            self._metadata = _Kept(found, now)
        metadata: dict[str, Any] = self._metadata.value
        return metadata

    def _is_fit(self, address: object) -> bool:
        return (
            isinstance(address, str)
            and is_safe(address)
            and (address.startswith("https://") or is_loopback(self.config.issuer))
        )

    async def _exchange(self, address: str, code: str, verifier: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
        """The tokens for a code. A refusal (4xx) proves nothing; anything else unexpected passes by itself."""
        name, secret = self.config.client_id, self.config.client_secret.get_secret_value()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.callback}
        form["code_verifier"] = verifier
        ways = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_basic" in ways:
            answer = await self._ask("POST", address, data=form, auth=(quote(name, safe=""), quote(secret, safe="")))
        else:
            answer = await self._ask("POST", address, data=form | {"client_id": name, "client_secret": secret})
        if answer.status_code == 401:
            log.error("a school account provider does not know our secret", extra={"provider": self.config.id})
        if answer.is_client_error:
            raise NotProven("code")
        return self._json(answer)

    async def _userinfo(self, metadata: Mapping[str, Any], tokens: Mapping[str, Any], subject: str) -> dict[str, Any]:
        if not metadata.get("userinfo_endpoint"):
            return {}
        headers = {"Authorization": f"Bearer {tokens.get('access_token')}", "Accept": "application/json"}
        found = self._json(await self._ask("GET", metadata["userinfo_endpoint"], headers=headers))
        if found.get("sub") != subject:
            raise NotProven("userinfo")
        return found

    async def _get(self, address: str) -> dict[str, Any]:
        return self._json(await self._ask("GET", address, headers={"Accept": "application/json"}))

    def _json(self, answer: "httpx.Response") -> dict[str, Any]:
        """The object in an answer. Raises Unavailable (503) for anything else."""
        try:
            found = answer.json() if answer.status_code == 200 else None
        except ValueError:
            found = None
        if not isinstance(found, dict):
            log.warning("a school account provider answers oddly", extra={"provider": self.config.id})
            raise Unavailable
        return found

    async def _ask(self, method: str, address: str, **parts: Any) -> "httpx.Response":
        """One request; redirects are not followed. Raises Unavailable (503) where no answer comes in time."""
        import httpx

        if self._http is None:
            # What a provider sets for one person's request is not sent along with the next one's.
            no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
            self._http = httpx.AsyncClient(timeout=PATIENCE_S, cookies=no_cookies)
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._http.request(method, address, **parts)
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            log.warning("a school account provider is away", extra={"provider": self.config.id})
            raise Unavailable from error
