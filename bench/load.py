"""A small load generator: keep-alive connections on loopback, cheap enough to stand beside what it measures."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: answers per second, bytes of one answer, 95th percentile in ms, answers other than 2xx."""

    per_second: float
    size: int
    p95_ms: float
    errors: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by small letters, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """One keep-alive connection, as a browser holds it; opened anew where it was closed meanwhile."""

    def __init__(self, origin: str) -> None:
        self._host, self._port = urlsplit(origin).hostname, urlsplit(origin).port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, headers: dict[str, str], body: bytes, seconds: float) -> Answer:
        """One request. Raises OSError or TimeoutError where no whole answer came."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}:{self._port}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        try:
            async with asyncio.timeout(seconds):
                if self._ends is None or self._ends[0].at_eof():
                    self.close()
                    self._ends = await asyncio.open_connection(self._host, self._port)
                reader, writer = self._ends
                writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
                head, *told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                known = {
                    name.lower(): value.strip() for name, _, value in (line.partition(":") for line in told if line)
                }
                size = int(known.get("content-length", 0))
                return Answer(int(head.split()[1]), known, await reader.readexactly(size) if size else b"")
        except BaseException as error:
            self.close()
            if isinstance(error, asyncio.IncompleteReadError):
                raise ConnectionResetError from error
            raise

    def close(self) -> None:
        if self._ends:
            self._ends[1].close()
        self._ends = None


async def run(port: int, path: str, headers: dict[str, str], seconds: float, connections: int = 16) -> Load:
    """Asks GET `path` on 127.0.0.1:`port` for `seconds`, each connection one request at a time."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    until = time.perf_counter() + seconds
    times: list[float] = []
    sizes: set[int] = set()
    errors = 0

    async def one() -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (start := time.perf_counter()) < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            times.append(time.perf_counter() - start)
            sizes.add(length)
            errors += not head.startswith(b"HTTP/1.1 2")
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    elapsed = time.perf_counter() - began
    times.sort()
    return Load(len(times) / elapsed, max(sizes), times[int(len(times) * 0.95)] * 1000, errors)
