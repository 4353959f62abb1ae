"""A small load generator: keep-alive connections on loopback that ask one thing over and over for some seconds."""

import asyncio
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: answers per second, bytes of one answer, 95th percentile in ms, answers other than 2xx."""

    per_second: float
    size: int
    p95_ms: float
    errors: int


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
