"""The front door of the serving process: `create_app()`."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from botocore.exceptions import BotoCoreError, ClientError
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from app.access.administration.api import router as administration
from app.access.api import router as access
from app.access.cards.api import router as cards
from app.access.consents.api import router as consents
from app.access.factors.api import router as factors
from app.access.invitations.api import router as invitations
from app.access.reasons.api import router as reasons
from app.access.roster_imports.api import router as roster_imports
from app.access.school_accounts.api import FROM_SERVERS
from app.access.school_accounts.api import router as school_accounts
from app.access.school_accounts.protocol import OpenIdProvider
from app.access.school_accounts.providers import read_providers
from app.guidance.activities.api import router as activities
from app.guidance.calendar.api import router as calendar
from app.guidance.care.api import router as care
from app.guidance.chances.api import router as chances
from app.guidance.choices.api import router as choices
from app.guidance.conversations.api import router as conversations
from app.guidance.dossiers.api import router as dossiers
from app.guidance.family.api import router as family
from app.guidance.homework.api import router as homework
from app.guidance.notices.api import router as notices
from app.guidance.organisations.api import router as organisations
from app.guidance.outside.api import router as outside
from app.guidance.picture.api import router as picture
from app.guidance.questions.api import router as questions
from app.guidance.rounds.api import router as rounds
from app.guidance.steps.api import router as steps
from app.guidance.suggestion.api import router as suggestion
from app.guidance.today.api import router as today
from app.guidance.weekly_mail.api import ONE_CLICK
from app.guidance.weekly_mail.api import router as weekly_mail
from app.insight.api import router as insight
from app.media.actions import ask_store
from app.platform.clock import Clock, system_clock
from app.platform.db import Database, head_revision
from app.platform.errors import (
    BadRequest,
    InvalidFields,
    MethodNotAllowed,
    NotFound,
    Problem,
    ProblemOut,
    Unavailable,
)
from app.platform.frontend import Frontend
from app.platform.guard import Guard, send_problem
from app.platform.jobs import worker_is_there
from app.platform.routes import by_place
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.platform.telemetry import configure_logging
from app.platform.telemetry.requests import Requests
from app.portability.erasure.api import router as erasure
from app.portability.exports.api import router as exports
from app.portability.imports.api import router as imports
from app.portability.showcases.api import router as showcases
from app.portability.transfers.api import router as transfers
from app.portfolio.api import router as portfolio
from app.portfolio.pages_api import router as pages
from app.reference.api import router as reference

log = logging.getLogger(__name__)

_AWAY = (OperationalError, PoolTimeout, OSError, BotoCoreError, asyncpg.InterfaceError,
         asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, asyncpg.InsufficientResourcesError,
         asyncpg.LockNotAvailableError, asyncpg.TransactionRollbackError, asyncpg.InternalClientError)  # fmt: skip
"""The database or the store is away, stopped, full, or did not answer in time: passes by itself.

InternalClientError is what the driver makes of a connection that breaks amid an answer.
"""


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The whole HTTP app, on engines that the settings name. Nothing is opened before it starts up."""
    settings = settings or Settings()
    requests = Requests(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(settings.log_level)
        if len(settings.pin_pepper) < 32:
            raise RuntimeError("set TALENT_PIN_PEPPER to 32 random characters or more, and never change it")
        providers = read_providers(settings.oidc_providers)
        database = Database(settings)
        await database.open()
        app.state.settings, app.state.clock = settings, clock or system_clock
        app.state.database, app.state.storage = database, Storage(settings)
        app.state.school_accounts = {id_: OpenIdProvider(one, settings.origin) for id_, one in providers.items()}
        try:
            with requests.open(database):
                yield
        finally:
            for provider in app.state.school_accounts.values():
                await provider.close()
            await database.close()

    app = FastAPI(
        title="Talentportfolio",
        version="1.0.0",
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,
    )
    for router in (
        *(pages, today, family, picture, activities, questions, suggestion, steps, conversations, choices, rounds),
        *(notices, care, calendar, chances, access, cards, homework, outside, dossiers, weekly_mail),
        *(invitations, factors, consents, reasons, organisations, roster_imports, portfolio, reference),
        *(administration, school_accounts, transfers, showcases, exports, imports, erasure, insight),
    ):
        # As they are: an included router is asked twice whether it knows the path, and each of its routes with it.
        for route in router.routes:
            assert isinstance(route, APIRoute)
            route.operation_id = route.name
            app.router.routes.append(route)
    _health(app)
    _problems(app)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    if settings.frontend_dir.joinpath("index.html").exists():
        app.router.default = _fallback(Frontend(settings.frontend_dir))
    app.router.middleware_stack = by_place(app.router)
    servers = f"{FROM_SERVERS}|{ONE_CLICK}"
    app.add_middleware(Guard, settings=lambda: settings, from_servers=servers, requests=requests)
    return app


def _fallback(frontend: Frontend) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"].startswith("/v1/"):
            raise NotFound
        await frontend(scope, receive, send)

    return app


def _health(app: FastAPI) -> None:
    @app.get("/livez", include_in_schema=False)
    async def livez() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    checked: dict[str, Any] = {"at": 0.0, "storage": False}

    @app.get("/readyz", include_in_schema=False)
    async def readyz(request: Request, response: Response) -> dict[str, str]:
        """Database within a second and at this code's migration, and storage (asked every ten seconds).

        Whether a worker is there is told, and keeps nobody out: pages and texts need none.
        """
        state = {"database": "ok", "migration": "ok", "storage": "ok"}
        worker = "unknown"
        try:
            async with asyncio.timeout(1), request.app.state.database.begin() as session:
                revision = await session.scalar(text("select version_num from alembic_version"))
                worker = "ok" if await worker_is_there(session) else "away"
            if revision != head_revision():
                state["migration"] = "behind"
        except (DBAPIError, TimeoutError, OSError):
            state["database"] = "away"
        if time.monotonic() - checked["at"] > 10:
            checked["at"] = time.monotonic()
            try:
                await ask_store(request.app.state.storage.check)
                checked["storage"] = True
            except Exception:
                checked["storage"] = False
        if not checked["storage"]:
            state["storage"] = "away"
        if set(state.values()) != {"ok"}:
            response.status_code = 503
        return state | {"worker": worker}


_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "too_long": "too_many",
    "invalid_characters": "invalid_characters",
    "end_before_start": "end_before_start",
    "day_too_long": "day_too_long",
    "reaction_missing": "reaction_missing",
    "text_missing": "text_missing",
    "note_missing": "note_missing",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "multiple_of": "out_of_range",
}
_MOST_ERRORS = 50
"""So many are named: a body full of unknown fields must not be answered with one many times its size."""


def _problems(app: FastAPI) -> None:
    async def answer(request: Request, problem: Problem) -> Response:
        return _Answer(problem)

    async def validation(request: Request, error: RequestValidationError) -> Response:
        if any(one["type"] == "json_invalid" for one in error.errors()):
            return _Answer(BadRequest())
        fields = [
            ("/" + "/".join(str(part) for part in one["loc"][1:]), _CODES.get(one["type"], "invalid"))
            for one in error.errors()[:_MOST_ERRORS]
        ]
        return _Answer(InvalidFields(errors=fields))

    async def http(request: Request, error: HTTPException) -> Response:
        known: dict[int, type[Problem]] = {400: BadRequest, 404: NotFound, 405: MethodNotAllowed}
        return _Answer(known.get(error.status_code, NotFound)(headers=dict(error.headers or {})))

    async def away(request: Request, error: Exception) -> Response:
        log.warning("the database or the store is away", exc_info=error)
        return _Answer(Unavailable())

    async def refused(request: Request, error: ClientError) -> Response:
        """The object store said no: busy or broken (5xx) passes by itself, anything else is a fault of ours."""
        if error.response["ResponseMetadata"]["HTTPStatusCode"] < 500:
            raise error
        log.warning("the store is busy or broken", exc_info=error)
        return _Answer(Unavailable())

    app.add_exception_handler(ClientError, refused)  # type: ignore[arg-type]
    app.add_exception_handler(Problem, answer)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, validation)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, http)  # type: ignore[arg-type]
    for kind in _AWAY:
        app.add_exception_handler(kind, away)


class _Answer(Response):
    """A problem as a response; its text is made when the reader's language is known."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(status_code=problem.status)
        self._problem = problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send_problem(self._problem, scope, send)


_PROBLEM = {
    "description": "Problem",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
}


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the problems that any operation may answer."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title=app.title,
        version=app.version,
        routes=app.routes,
        license_info=app.license_info,
        summary="Digital talent portfolio for pupils of 10 to 20",
    )
    schemas = document["components"]["schemas"]
    problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["ProblemOut"] = problem
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    document["components"]["securitySchemes"] = {"session": {"type": "apiKey", "in": "cookie", "name": "sid"}}
    for path in document["paths"].values():
        for method, operation in path.items():
            answers = operation["responses"]
            extra = ["400", "405", "503"] if method == "get" else ["400", "403", "405", "413", "415", "422", "503"]
            if "422" in answers or method != "get":
                extra.append("422")
            answers |= {status: _PROBLEM for status in extra if status not in answers or status == "422"}
            if "401" in answers:
                operation["security"] = [{"session": []}]
    app.openapi_schema = document
    return document
