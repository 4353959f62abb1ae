"""Signing in with a school account: off to the provider, back from it, and out when one signs out there."""

import logging
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.access.actions import device_label, open_session
from app.access.cards.actions.coming_in import at_the_door
from app.access.school_accounts import actions
from app.access.school_accounts.protocol import NotProven, OpenIdProvider, Secrets
from app.access.school_accounts.schemas import (
    ElsewhereOut,
    SchoolAccountProvider,
    SchoolAccountProviders,
    SchoolAccountSignIn,
    SignOutElsewhere,
)
from app.access.viewer import earlier_session, keep_cookie
from app.platform.clock import Clock
from app.platform.db import Database
from app.platform.errors import LogoutRefused, NotFound, Unavailable, problems
from app.platform.settings import Settings

router = APIRouter(prefix="/v1/school-accounts", tags=["access"])
log = logging.getLogger(__name__)

FROM_SERVERS = r"/v1/school-accounts/[a-z0-9-]{1,40}/logouts"
"""The one path to which a provider's server posts a form, and not a browser of ours."""


def _provider(request: Request, provider_id: str) -> OpenIdProvider:
    providers: dict[str, OpenIdProvider] = request.app.state.school_accounts
    if provider_id not in providers:
        raise NotFound
    return providers[provider_id]


Provider = Annotated[OpenIdProvider, Depends(_provider)]


def _state_cookie(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return "__Host-school-account" if settings.tls else "school-account"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


@router.get("", responses=problems())
async def list_school_account_providers(request: Request) -> SchoolAccountProviders:
    """Where one may sign in with a school account."""
    providers: dict[str, OpenIdProvider] = request.app.state.school_accounts
    return SchoolAccountProviders(
        items=[SchoolAccountProvider(id=each.config.id, name=each.config.name) for each in providers.values()]
    )


@router.post("/{provider_id}/sign-in", status_code=201, responses=problems(404, 422, 429))
async def go_to_school_account(
    request: Request, response: Response, provider: Provider, body: SchoolAccountSignIn
) -> ElsewhereOut:
    """Where the browser goes to sign in; it comes back once, within ten minutes, with the cookie set here."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    settings: Settings = request.app.state.settings
    now, given = clock.now(), actions.new_secrets()
    afresh = body.afresh or body.device == "shared"
    address = await provider.sign_in_address(given, afresh, now)
    async with at_the_door(database) as session:
        slow = await actions.start(
            session, provider.config.id, given, body.device, body.return_to, _address(request), now
        )
    if slow:
        raise slow
    response.set_cookie(
        _state_cookie(request),
        given.state,
        max_age=int(actions.COMES_BACK.total_seconds()),
        path="/",
        secure=settings.tls,
        httponly=True,
        samesite="lax",
    )
    return ElsewhereOut(address=address)


@router.get(
    "/{provider_id}/callback",
    status_code=303,
    response_class=RedirectResponse,
    responses=problems(404, 422),
)
async def come_back(
    request: Request,
    provider: Provider,
    state: str = "",
    code: str = "",
    iss: str | None = None,
    error: str = "",
) -> Response:
    """Where the provider sends the browser back to: on to a screen, signed in or with what to do now."""
    settings: Settings = request.app.state.settings
    try:
        response = await _come_in(request, provider, state, code, iss, error)
    except _Stopped as stopped:
        response = _go_back(provider, stopped.screen, stopped.reason)
    except (DBAPIError, PoolTimeout, OSError):
        response = _go_back(provider, "later", "database")
    response.delete_cookie(_state_cookie(request), path="/", secure=settings.tls, httponly=True, samesite="lax")
    return response


def _go_back(provider: OpenIdProvider, screen: str, reason: str) -> Response:
    """To the screen that says what to do; the browser is on its way, and can show no problem document."""
    extra = {"provider": provider.config.id, "reason": reason}
    log.info("a sign-in with a school account did not succeed", extra=extra)
    return RedirectResponse(f"/schoolaccount/{provider.config.id}?lukte-niet={screen}", 303)


class _Stopped(Exception):
    """Nobody came in: what the screen says, and for the log why."""

    def __init__(self, screen: str, reason: str) -> None:
        super().__init__(reason)
        self.screen, self.reason = screen, reason


async def _come_in(
    request: Request, provider: OpenIdProvider, state: str, code: str, iss: str | None, error: str
) -> Response:
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    now, today = clock.now(), clock.today()
    if not state or request.cookies.get(_state_cookie(request)) != state:
        raise _Stopped("opnieuw", "state")
    async with at_the_door(database) as session:
        started = await actions.take_started(session, provider.config.id, state, now)
    if started is None:
        raise _Stopped("opnieuw", "state")
    if error or not code:
        raise _Stopped("gestopt" if error == "access_denied" else "later", "refused there")
    try:
        said = await provider.redeem(code, iss, Secrets(state, started.nonce, started.code_verifier), now)
    except NotProven as reason:
        raise _Stopped("opnieuw", str(reason)) from None
    except Unavailable:
        raise _Stopped("later", "away") from None
    async with at_the_door(database) as session:
        identity = await actions.find_identity(session, said, today)
        if identity is None:
            raise _Stopped("vraag-school", "unknown here")
        label = device_label(request.headers.get("user-agent", ""))
        token, lifetime = await open_session(
            session,
            identity.person_id,
            started.device,
            label,
            earlier_session(request),
            now,
            today,
            proved_twice=said.second_factor,
        )
        await actions.remember(session, token, identity, said, provider.config.id)
    response = RedirectResponse(started.return_to, 303)
    keep_cookie(request, response, token, lifetime, started.device)
    return response


@router.get("/{provider_id}/sign-out", responses=problems(404, 422))
async def sign_out_of_school_account(request: Request, provider: Provider) -> SignOutElsewhere:
    """Where one signs out of the school account itself, after having signed out here."""
    clock: Clock = request.app.state.clock
    return SignOutElsewhere(address=await provider.sign_out_address(clock.now()))


@router.post(
    "/{provider_id}/logouts",
    status_code=204,
    responses=problems(404, 422, 429),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "required": ["logout_token"],
                        "properties": {"logout_token": {"type": "string"}},
                    }
                }
            },
        }
    },
)
async def hear_logout(request: Request, provider: Provider) -> None:
    """From the provider's server (OpenID Connect Back-Channel Logout 1.0): who signed out there is signed out here."""
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    now = clock.now()
    async with database.begin() as session:
        slow = await actions.count_refused(session, _address(request), now, tries=0)
    if slow:
        raise slow
    form = parse_qs((await request.body()).decode("ascii", "replace"), max_num_fields=20)
    try:
        out = await provider.signed_out(form.get("logout_token", [""])[0], now)
    except NotProven as reason:
        extra = {"provider": provider.config.id, "reason": str(reason)}
        log.warning("a logout token proves nothing", extra=extra)
        async with database.begin() as session:
            await actions.count_refused(session, _address(request), now, tries=1)
        raise LogoutRefused from None
    async with at_the_door(database) as session:
        if not await actions.end_sessions(session, out, now):
            raise LogoutRefused
