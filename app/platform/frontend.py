"""Serves the built frontend: small; each file is read and compressed once, when it is first asked for."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.platform.errors import MethodNotAllowed, NotFound

_TEXT = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")
_YEAR = "public, max-age=31536000, immutable"
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True)
class _File:
    """Half of them are screens and languages that a school never asks for."""

    path: Path
    media_type: str
    cache: str

    @cached_property
    def body(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    @cached_property
    def packed(self) -> bytes | None:
        """With gzip, where that makes it smaller."""
        return gzip.compress(self.body, 9, mtime=0) if self.media_type.startswith(_TEXT) else None


class Frontend:
    """Every path that is not a file is a screen of the app, and gets index.html."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": _found(path, folder)
            for path in folder.rglob("*")
            if path.is_file() and ".vite" not in path.parts
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed
        await self._answer(request)(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        file = self._files.get(request.url.path)
        if file is None and "." not in request.url.path.rsplit("/", 1)[-1]:
            file = self._files.get("/index.html")
        if file is None:
            raise NotFound
        headers = {"ETag": file.etag, "Cache-Control": file.cache, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == file.etag:
            return Response(status_code=304, headers=headers)
        packed = file.packed if "gzip" in request.headers.get("accept-encoding", "") else None
        if packed is not None:
            return Response(packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.media_type)
        return Response(file.body, headers=headers, media_type=file.media_type)


def _found(path: Path, folder: Path) -> _File:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.endswith("+xml"):
        media_type += "; charset=utf-8"
    named_by_content = path.relative_to(folder).parts[0] == "assets"
    return _File(path, media_type, _YEAR if named_by_content else "no-cache")
