"""Which of three hundred routes a request is for, found by what its path begins with and how deep it is."""

from collections import defaultdict
from collections.abc import Coroutine, Iterable
from typing import Any, Protocol

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

_Place = tuple[str, int]


class _App(Protocol):
    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Coroutine[Any, Any, None]: ...


def by_place(routes: Iterable[APIRoute], elsewhere: _App) -> _App:
    """An app that asks only the routes at the place of a path, in their order; `elsewhere` for a place without any.

    A route's path begins with two fixed parts (`/v1/entries/{entry_id}`), which with its depth are its place.
    """
    places: dict[_Place, APIRouter] = defaultdict(lambda: APIRouter(redirect_slashes=False, default=elsewhere))
    for route in routes:
        places[_place(route.path)].routes.append(route)
    known = dict(places)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found = known.get(_place(scope["path"])) if scope["type"] == "http" else None
        await (found.app if found else elsewhere)(scope, receive, send)

    return app


def _place(path: str) -> _Place:
    parts = path.split("/")
    return parts[2] if len(parts) > 2 else "", len(parts)
