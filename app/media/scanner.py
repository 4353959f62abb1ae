"""The virus scanner (clamd), where one is configured."""

from pathlib import Path

from clamav_client.scanner import ClamdScanner

from app.media.renditions.made import Refused

_TIMEOUT_S = 60.0
_TOO_MUCH = ("Heuristics.Limits", "size limit exceeded")


class ScannerAway(Exception):
    """No clear answer: the file waits, and is asked about again."""


def scan(clamd: str | None, source: Path) -> bool:
    """Whether the file was scanned, and is clean. `clamd`: path of a socket, or host:port; None: there is no scanner.

    Raises Refused ('virus', 'too_complex'), ScannerAway.
    """
    if not clamd:
        return False
    try:
        found = ClamdScanner({"address": clamd, "timeout": _TIMEOUT_S, "stream": True}).scan(str(source))
    except Exception as error:  # the library raises what sockets raise, and errors of its own
        raise ScannerAway(str(error)) from error
    details = str(found.details or "")
    if found.passed:
        return True
    if any(words in details for words in _TOO_MUCH):
        raise Refused("too_complex")
    if found.state == "FOUND":
        raise Refused("virus")
    raise ScannerAway(details)
