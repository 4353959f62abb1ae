"""Which of three hundred routes a request is for, found by what its path begins with and how deep it is."""

from collections import defaultdict
from collections.abc import Coroutine
from typing import Any, Protocol

from fastapi import APIRouter
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

_Place = tuple[str, int]


class _App(Protocol):
    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Coroutine[Any, Any, None]: ...


def by_place(router: APIRouter) -> _App:
    """What the router does, asking only the routes at the place of a path, in their order.

    A route's path begins with two fixed parts (`/v1/entries/{entry_id}`), which with its depth are its place. At a
    place without any is a file or a screen: the router's default.
    """
    default: Any = router.default
    places: dict[_Place, APIRouter] = defaultdict(lambda: APIRouter(redirect_slashes=False, default=default))
    for route in router.routes:
        assert isinstance(route, Route)
        places[_place(route.path)].routes.append(route)
    apps: dict[_Place, _App] = {place: found.app for place, found in places.items()}
    whole = router.app

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found = apps.get(_place(scope["path"]), default) if scope["type"] == "http" else whole
        await found(scope, receive, send)

    return app


def _place(path: str) -> _Place:
    parts = path.split("/")
    return parts[2] if len(parts) > 2 else "", len(parts)
