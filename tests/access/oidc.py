"""A real OpenID provider beside the tests, and a browser that goes there and back."""

import json
import re
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

ORIGIN = "http://127.0.0.1:8000"
SECRET = "a secret with : and + in it"
_SCRIPT = Path(__file__).parents[2] / "frontend" / "e2e" / "oidc-provider.mjs"
_START_S = 20


class School:
    """A provider that runs, known to us as `id`."""

    def __init__(self, name: str, issuer: str) -> None:
        self.id, self.issuer = name, issuer

    def make(self, **changed: Any) -> None:
        """Changes what it does from now on: accounts (claims by subject), attack, login (acr and amr)."""
        httpx.post(f"{self.issuer}/test", json=changed).raise_for_status()

    def browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=20)

    async def visit(self, address: str, account: str, browser: httpx.AsyncClient | None = None) -> str:
        """Signs in there; the address on which the provider sends the browser back. An empty account gives up."""
        async with self.browser() if browser is None else nullcontext(browser) as here:
            for _ in range(9):
                if "/interaction/" in address:
                    address = f"{address}?account={account}"
                answer = await here.get(address)
                if answer.status_code not in (302, 303):
                    raise AssertionError(answer.text)
                address = urljoin(address, answer.headers["location"])
                if address.startswith(ORIGIN):
                    return address
        raise AssertionError("never came back")

    async def sign_out(self, address: str, browser: httpx.AsyncClient) -> None:
        """Confirms that one signs out there; the provider then says so to whoever wants to know."""
        page = await browser.get(address)
        xsrf = re.search(r'name="xsrf" value="([^"]+)"', page.text)
        assert xsrf, page.text
        confirm = urljoin(self.issuer, "/session/end/confirm")
        answer = await browser.post(confirm, data={"xsrf": xsrf[1], "logout": "yes"})
        assert answer.status_code in (302, 303), answer.text


@contextmanager
def running_school(name: str, logouts: str = "http://127.0.0.1:9") -> Iterator[School]:
    """Starts a provider (node, in memory) and stops it; `logouts` is where it posts its logout tokens."""
    client = {
        "client_id": "portfolio",
        "client_secret": SECRET,
        "redirect_uris": [f"{ORIGIN}/v1/school-accounts/{name}/callback"],
        "post_logout_redirect_uris": [f"{ORIGIN}/"],
        "backchannel_logout_uri": f"{logouts}/v1/school-accounts/{name}/logouts",
        "backchannel_logout_session_required": True,
    }
    argv = ["node", str(_SCRIPT), json.dumps({"clients": [client]})]
    process = _started(argv) or _started(argv)
    assert process, "the provider does not start"
    assert process.stdout
    try:
        yield School(name, json.loads(process.stdout.readline())["issuer"])
    finally:
        process.kill()
        process.communicate()


def _started(argv: list[str]) -> "subprocess.Popen[bytes] | None":
    """The process, once it says something; None where it is silent: node was seen to stand still at its start."""
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if select.select([process.stdout], [], [], _START_S)[0]:
        return process
    process.kill()
    process.communicate()
    return None


def configuration(*schools: School, **more: str) -> str:
    """The file that names these providers; `more` are lines of TOML for one of them, by its id."""
    return "\n".join(
        f"""
        [[provider]]
        id = "{school.id}"
        name = "School {school.id}"
        issuer = "{school.issuer}"
        client_id = "portfolio"
        client_secret_env = "TEST_SCHOOL_SECRET"
        scopes = ["openid", "school"]
        {more.get(school.id, "")}
        """
        for school in schools
    )


def query(address: str) -> dict[str, str]:
    """What stands behind the ? of an address."""
    return dict(parse_qsl(urlsplit(address).query))
