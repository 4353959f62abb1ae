"""Signing in with a school account, against a real OpenID provider that also lies when it is told to."""

import queue
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from sqlalchemy import text
from uuid_utils.compat import uuid7

from app.access.actions import hash_of
from app.access.school_accounts.claims import asserted
from app.access.school_accounts.protocol import Secrets, _Kept
from app.access.school_accounts.providers import ProviderConfig, read_providers
from app.main import create_app
from app.people.models import PersonAlias
from tests.access.oidc import SECRET, School, configuration, query, running_school
from tests.world import World

ECKID = "https://ketenid.nl/201703/" + "a1" * 64
PUPIL = {"eckId": ECKID, "eduPersonAffiliation": "student", "nlEduPersonHomeOrganizationId": "01AA"}
TEACHER = {
    "uid": "j.dewit@kust",
    "eduPersonAffiliation": ["employee"],
    "nlEduPersonHomeOrganizationId": "01AA",
    "nlEduPersonHomeOrganizationBranchId": "01AA00",
}


@pytest.fixture(scope="module")
def logouts() -> Iterator["queue.Queue[str]"]:
    """What the provider posts when somebody signs out there: forms, as they came."""
    heard: queue.Queue[str] = queue.Queue()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.put(self.rfile.read(int(self.headers["content-length"])).decode())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing: this is no server of ours."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        heard.address = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield heard
        server.shutdown()


@pytest.fixture(scope="module")
def entree(logouts: "queue.Queue[str]") -> Iterator[School]:
    with running_school("entree", logouts.address) as school:  # type: ignore[attr-defined]
        yield school


@pytest.fixture(scope="module")
def surf() -> Iterator[School]:
    with running_school("surf") as school:
        yield school


SURF = """
        [provider.claims]
        school = ["schac_home_organization"]
        affiliation = "eduperson_affiliation"
        login = "uids"
        eckid = ""
        [provider.schools]
        "duinrand.example" = "02BB"
        [provider.second_factor]
        acr = ["http://schemas.microsoft.com/claims/multipleauthn"]
        amr = ["mfa"]
"""


@pytest.fixture
async def there(
    world: World, entree: School, surf: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """The world, whose schools have accounts at two providers; it is now, because the providers' clock is real."""
    world.clock.set(datetime.now(UTC))
    for table in ("placement", "group_membership", "staff_role", "group_assignment"):
        world.change(f"update {table} set starts_on = '2020-01-01'")
    call(world, world.pupil, "eckid", ECKID)
    call(world, world.teacher, "login", "J.deWit@kust")
    entree.make(accounts={"p1": PUPIL, "t1": TEACHER}, attack=None, login={})
    surf.make(accounts={}, attack=None, login={})
    monkeypatch.setenv("TEST_SCHOOL_SECRET", SECRET)
    file = tmp_path / "providers.toml"
    file.write_text(configuration(entree, surf, surf=SURF))
    async for _ in with_providers(world, file):
        yield world


async def with_providers(world: World, file: Path) -> AsyncIterator[None]:
    """The app anew, with the providers of this file."""
    settings = world.settings.model_copy(update={"oidc_providers": file})
    app = create_app(settings, world.clock)
    async with app.router.lifespan_context(app):
        world.app, world.settings = app, settings
        yield


def call(world: World, person: UUID, kind: str, value: str, school: UUID | None = None) -> None:
    """What the roster of a school calls somebody."""
    world.add(PersonAlias(id=uuid7(), person_id=person, school_id=school or world.kust, kind=kind, value=value))


async def start(world: World, school: School, **fields: Any) -> tuple[httpx.AsyncClient, httpx.Response]:
    client = world.client(None)
    return client, await client.post(f"/v1/school-accounts/{school.id}/sign-in", json={"device": "own", **fields})


async def sign_in(world: World, school: School, account: str, **fields: Any) -> tuple[httpx.AsyncClient, str]:
    """There and back; the browser, and the screen on which it ends."""
    client, answer = await start(world, school, **fields)
    assert answer.status_code == 201, answer.text
    back = await school.visit(answer.json()["address"], account)
    return client, await come_back(client, back)


async def come_back(client: httpx.AsyncClient, address: str) -> str:
    answer = await client.get(address)
    assert answer.status_code == 303, answer.text
    screen: str = answer.headers["location"]
    return screen


def not_in(school: School, why: str) -> str:
    return f"/schoolaccount/{school.id}?lukte-niet={why}"


async def who(client: httpx.AsyncClient) -> str | None:
    answer = await client.get("/v1/me")
    return answer.json()["givenName"] if answer.status_code == 200 else None


# --- the way in ---------------------------------------------------------------------------------------


async def test_a_pupil_is_found_by_eck_id_and_comes_back_to_the_screen_that_was_asked_for(
    there: World, entree: School
) -> None:
    client, screen = await sign_in(there, entree, "p1", returnTo="/verhaal/1?deel=2")
    assert screen == "/verhaal/1?deel=2"
    assert await who(client) == "Yara"
    assert there.scalar("select person_id from identity where issuer = :i", i=entree.issuer) == there.pupil


async def test_a_teacher_is_found_by_login_name_whatever_its_case(there: World, entree: School) -> None:
    client, screen = await sign_in(there, entree, "t1")
    assert (screen, await who(client)) == ("/", "Joost")


async def test_the_second_time_the_account_itself_is_known(there: World, entree: School) -> None:
    await sign_in(there, entree, "p1")
    there.change("delete from person_alias")
    client, _ = await sign_in(there, entree, "p1")
    assert await who(client) == "Yara"
    assert there.scalar("select count(*) from identity") == 1


async def test_signing_in_ends_the_session_that_the_browser_had(there: World, entree: School) -> None:
    client, answer = await start(there, entree)
    client.cookies.set("sid", "chosen-by-somebody-else", domain="127.0.0.1")
    before = there.client(there.classmate)
    token = before.headers["cookie"].removeprefix("sid=")
    client.cookies.set("sid", token, domain="127.0.0.1")
    await come_back(client, await entree.visit(answer.json()["address"], "p1"))
    assert await who(client) == "Yara"
    assert client.cookies["sid"] != token
    assert await who(before) is None


async def test_on_a_shared_device_one_shows_again_who_one_is_and_the_cookie_ends_with_the_browser(
    there: World, entree: School
) -> None:
    _, own = await start(there, entree, device="own")
    assert "prompt" not in query(own.json()["address"])
    _, anew = await start(there, entree, device="own", afresh=True)
    assert query(anew.json()["address"])["prompt"] == "login"
    client, shared = await start(there, entree, device="shared")
    asked = query(shared.json()["address"])
    assert (asked["prompt"], asked["code_challenge_method"], asked["scope"]) == ("login", "S256", "openid school")
    answer = await client.get(await entree.visit(shared.json()["address"], "p1"))
    session = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("sid="))
    assert "max-age" not in session.lower()
    assert "httponly; path=/; samesite=lax" in session.lower()


async def test_a_dean_still_owes_a_second_factor_unless_the_provider_proves_one(there: World, surf: School) -> None:
    call(there, there.far_dean, "login", "peter", there.duin)
    claims = {"schac_home_organization": "duinrand.example", "eduperson_affiliation": ["employee"], "uids": ["peter"]}
    for login, status, type_ in (
        ({}, 401, "/problems/factor-needed"),
        ({"amr": ["pwd"]}, 401, "/problems/factor-needed"),
        ({"amr": ["pwd", "mfa"]}, 200, None),
    ):
        surf.make(accounts={"d1": claims}, login=login)
        client, screen = await sign_in(there, surf, "d1")
        answer = await client.get("/v1/me")
        assert (screen, answer.status_code, answer.json().get("type")) == ("/", status, type_)


# --- who does not come in -------------------------------------------------------------------------------


async def refused(world: World, school: School, account: str) -> bool:
    """Whether this account comes to the screen that says to ask the school, with nobody signed in or tied."""
    identities = world.scalar("select count(*) from identity")
    persons = world.scalar("select count(*) from person")
    client, screen = await sign_in(world, school, account)
    assert world.scalar("select count(*) from person") == persons
    if screen == not_in(school, "vraag-school"):
        return await who(client) is None and world.scalar("select count(*) from identity") == identities
    return False


@pytest.mark.parametrize(
    "claims",
    [
        PUPIL | {"eckId": ECKID + "f"},
        PUPIL | {"nlEduPersonHomeOrganizationId": "02BB"},
        PUPIL | {"nlEduPersonHomeOrganizationBranchId": "01AA01"},
        PUPIL | {"nlEduPersonHomeOrganizationId": "Kustlijn"},
        PUPIL | {"nlEduPersonHomeOrganizationId": 1},
        PUPIL | {"eduPersonAffiliation": "employee"},
        PUPIL | {"eduPersonAffiliation": "affiliate"},
        PUPIL | {"eckId": [ECKID, ECKID + "f"]},
        PUPIL | {"eckId": "", "email": "yara@kust.example"},
        PUPIL | {"eckId": "\x00"},
        TEACHER | {"eduPersonAffiliation": ["student"]},
        {"eckId": ECKID},
        {},
    ],
    ids=str,
)  # fmt: skip
async def test_whoever_is_not_just_one_person_of_that_school_asks_the_school(
    claims: dict[str, Any], there: World, entree: School
) -> None:
    entree.make(accounts={"x": claims})
    assert await refused(there, entree, "x")


async def test_two_people_called_the_same_are_not_chosen_between(there: World, entree: School) -> None:
    other = there.new_school("Kustlijn Noord", "01AA", "01")
    twin, _ = there.new_pupil("Twee", other, there.new_group(other, "2N"))
    call(there, twin, "eckid", ECKID, other)
    assert await refused(there, entree, "p1")
    entree.make(accounts={"p1": PUPIL | {"nlEduPersonHomeOrganizationBranchId": "01AA00"}})
    client, _ = await sign_in(there, entree, "p1")
    assert await who(client) == "Yara"


async def test_a_login_name_that_was_handed_on_opens_nothing(there: World, entree: School) -> None:
    named = {key: value for key, value in PUPIL.items() if key != "eckId"} | {"uid": "yara@kust"}
    call(there, there.pupil, "login", "yara@kust")
    entree.make(accounts={"p1": named, "p2": named, "p3": named | {"eckId": ECKID + "f"}, "p4": PUPIL})
    assert await refused(there, entree, "p3"), "the roster knows another ECK iD"
    client, _ = await sign_in(there, entree, "p1")
    assert await who(client) == "Yara"
    assert await refused(there, entree, "p2"), "somebody has this name already"
    client, _ = await sign_in(there, entree, "p4")
    assert await who(client) == "Yara", "the ECK iD is enough for a new account"


async def test_the_eck_id_of_another_sector_does_not_stand_in_the_way(there: World, entree: School) -> None:
    call(there, there.classmate, "eckid", ECKID + "0", there.duin)
    call(there, there.classmate, "login", "omar@kust")
    entree.make(accounts={"o1": PUPIL | {"eckId": ECKID + "1", "uid": "omar@kust"}})
    client, _ = await sign_in(there, entree, "o1")
    assert await who(client) == "Omar"


async def test_who_left_the_school_does_not_come_in_with_its_account(there: World, entree: School) -> None:
    await sign_in(there, entree, "p1")
    there.change("update placement set ends_on = :d where pupil_id = :p", d=there.clock.today(), p=there.pupil)
    client, _ = await sign_in(there, entree, "p1")
    assert await who(client) == "Yara", "the last day counts"
    there.change(
        "update placement set ends_on = :d where pupil_id = :p",
        d=there.clock.today() - timedelta(days=1),
        p=there.pupil,
    )
    there.place(there.pupil, there.duin, there.far_group, there.clock.today())
    assert await refused(there, entree, "p1"), "the former school says nothing any more"


async def test_who_was_closed_does_not_come_in(there: World, entree: School) -> None:
    there.change("update account set closed_at = now() where person_id = :p", p=there.pupil)
    assert await refused(there, entree, "p1")


async def test_the_same_subject_at_another_provider_is_somebody_else(
    there: World, entree: School, surf: School
) -> None:
    await sign_in(there, entree, "p1")
    surf.make(accounts={"p1": {"schac_home_organization": "duinrand.example", "eduperson_affiliation": ["student"]}})
    assert await refused(there, surf, "p1")
    call(there, there.other_pupil, "login", "bas", there.duin)
    mbo = {"schac_home_organization": "duinrand.example", "eduperson_affiliation": ["student"], "uids": ["bas"]}
    surf.make(accounts={"p1": mbo})
    client, _ = await sign_in(there, surf, "p1")
    assert await who(client) == "Bas"
    client, _ = await sign_in(there, entree, "p1")
    assert await who(client) == "Yara"


async def test_a_provider_speaks_only_for_its_own_schools(
    there: World, entree: School, surf: School, tmp_path: Path
) -> None:
    file = tmp_path / "narrow.toml"
    file.write_text(configuration(entree, entree='brins = ["02BB", "01AA01"]'))
    async for _ in with_providers(there, file):
        assert await refused(there, entree, "p1")
    file.write_text(configuration(entree, entree='brins = ["01AA"]\n[provider.claims]\nschool = []'))
    async for _ in with_providers(there, file):
        client, _ = await sign_in(there, entree, "p1")
        assert await who(client) == "Yara"


# --- attacks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        "none", "hs256", "foreign key", "unknown key", "altered", "another nonce", "no nonce", "another audience",
        "another party", "no party", "another issuer", "expired", "from the future", "never ends",
        "another access token", "no subject", "another person",
    ],
)  # fmt: skip
async def test_a_token_that_is_not_wholly_right_lets_nobody_in(attack: str, there: World, entree: School) -> None:
    entree.make(attack=attack)
    client, screen = await sign_in(there, entree, "p1")
    assert screen == not_in(entree, "opnieuw")
    assert await who(client) is None
    assert there.scalar("select count(*) from identity") == 0
    entree.make(attack=None)
    client, _ = await sign_in(there, entree, "p1")
    assert await who(client) == "Yara"


async def test_a_new_key_of_the_provider_is_looked_up(there: World, entree: School) -> None:
    await sign_in(there, entree, "p1")
    entree.make(attack="new key")
    there.clock.set(there.clock.now() + timedelta(seconds=31))
    client, _ = await sign_in(there, entree, "p1")
    assert await who(client) == "Yara"


@pytest.mark.parametrize(("apart", "comes_in"), [(-40, True), (-90, False), (340, True), (390, False)])
async def test_clocks_may_be_a_minute_apart_and_no_more(
    apart: int, comes_in: bool, there: World, entree: School
) -> None:
    """A token of the provider lives for 300 seconds."""
    there.clock.set(there.clock.now() + timedelta(seconds=apart))
    client, screen = await sign_in(there, entree, "p1")
    assert screen == ("/" if comes_in else not_in(entree, "opnieuw"))
    assert (await who(client) is not None) == comes_in


async def test_an_answer_counts_once(there: World, entree: School) -> None:
    client, answer = await start(there, entree)
    state = client.cookies["school-account"]
    back = await entree.visit(answer.json()["address"], "p1")
    assert await come_back(client, back) == "/"
    assert "school-account" not in client.cookies
    assert await come_back(client, back) == not_in(entree, "opnieuw")
    client.cookies.set("school-account", state, domain="127.0.0.1")
    assert await come_back(client, back) == not_in(entree, "opnieuw")


async def test_a_code_counts_once(there: World, entree: School) -> None:
    client, answer = await start(there, entree)
    back = await entree.visit(answer.json()["address"], "p1")
    row = there.scalar("select to_jsonb(s)::text from started_sign_in s")
    state = client.cookies["school-account"]
    assert await come_back(client, back) == "/"
    there.change(
        "insert into started_sign_in select * from jsonb_populate_record(null::started_sign_in, cast(:r as jsonb))",
        r=row,
    )
    other = there.client(None)
    other.cookies.set("school-account", state, domain="127.0.0.1")
    assert await come_back(other, back) == not_in(entree, "opnieuw")


async def test_an_answer_comes_within_ten_minutes(there: World, entree: School) -> None:
    client, answer = await start(there, entree)
    back = await entree.visit(answer.json()["address"], "p1")
    there.clock.set(there.clock.now() + timedelta(minutes=10))
    assert await come_back(client, back) == not_in(entree, "opnieuw")


async def test_nobody_is_signed_in_by_the_link_of_another(there: World, entree: School) -> None:
    """Login CSRF: the answer to a sign-in that another browser began."""
    _, answer = await start(there, entree)
    back = await entree.visit(answer.json()["address"], "p1")
    victim = there.client(None)
    assert await come_back(victim, back) == not_in(entree, "opnieuw")
    client, _ = await start(there, entree)
    assert await come_back(client, back) == not_in(entree, "opnieuw"), "with a cookie of its own"
    assert await who(victim) is await who(client) is None


@pytest.mark.parametrize("change", ["iss=https%3A%2F%2Felsewhere.example", ""])
async def test_the_answer_of_another_issuer_is_not_taken(change: str, there: World, entree: School) -> None:
    """RFC 9207: a provider that says who it is says so always."""
    client, answer = await start(there, entree)
    back = httpx.URL(await entree.visit(answer.json()["address"], "p1"))
    assert back.params["iss"] == entree.issuer
    changed = str(back.copy_remove_param("iss")) + (f"&{change}" if change else "")
    assert await come_back(client, changed) == not_in(entree, "opnieuw")
    assert await who(client) is None


async def test_the_answer_of_one_provider_is_not_taken_for_that_of_another(
    there: World, entree: School, surf: School
) -> None:
    client, answer = await start(there, entree)
    back = await entree.visit(answer.json()["address"], "p1")
    elsewhere = back.replace("/entree/", "/surf/")
    assert await come_back(client, elsewhere) == not_in(surf, "opnieuw")


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "verhaal",
        "/\t/elsewhere.example", "/\n/elsewhere.example", "javascript:alert(1)", "", "/a\r\nSet-Cookie: x=1",
        "/v1/school-accounts/entree/callback", "/a" * 300, "/é\x00",
    ],
)  # fmt: skip
async def test_one_comes_back_to_a_screen_of_ours_only(address: str, there: World, entree: School) -> None:
    _, answer = await start(there, entree, returnTo=address)
    assert answer.status_code == 422


async def test_another_site_cannot_start_it(there: World, entree: School) -> None:
    client = there.client(None)
    path = f"/v1/school-accounts/{entree.id}/sign-in"
    assert (
        await client.post(path, json={"device": "own"}, headers={"Sec-Fetch-Site": "cross-site"})
    ).status_code == 403


async def test_who_gives_up_there_reads_so_here(there: World, entree: School) -> None:
    client, screen = await sign_in(there, entree, "")
    assert screen == not_in(entree, "gestopt")
    assert "school-account" not in client.cookies


# --- when the provider is away --------------------------------------------------------------------------


async def test_a_provider_that_is_away_is_said_to_be_and_nothing_else_stops(there: World, tmp_path: Path) -> None:
    file = tmp_path / "gone.toml"
    with running_school("gone") as gone:
        file.write_text(configuration(gone))
    async for _ in with_providers(there, file):
        client, answer = await start(there, gone)
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/try-later")
        assert answer.headers["retry-after"] == "5"
        assert (await client.get("/v1/school-accounts")).json() == {"items": [{"id": "gone", "name": "School gone"}]}
        out = await client.post(
            "/v1/school-accounts/gone/logouts", data={"logout_token": "eyJhbGciOiJSUzI1NiJ9.e30.AA"}
        )
        assert out.status_code == 503


async def test_a_provider_that_fails_on_the_way_back_ends_on_a_screen(there: World, entree: School) -> None:
    entree.make(attack="out of order")
    _, screen = await sign_in(there, entree, "p1")
    assert screen == not_in(entree, "later")


# --- out there is out here ------------------------------------------------------------------------------


async def hear(world: World, form: str, school: str = "entree", **headers: str) -> int:
    """A post of the provider's server, which has no cookie and no header of ours."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(world.app), base_url=world.settings.origin) as server:
        given = {"Content-Type": "application/x-www-form-urlencoded"} | headers
        path = f"/v1/school-accounts/{school}/logouts"
        return (await server.post(path, content=form, headers=given)).status_code


async def test_who_signs_out_there_is_signed_out_here_and_another_device_is_not(
    there: World, entree: School, logouts: "queue.Queue[str]"
) -> None:
    other_device, _ = await sign_in(there, entree, "p1")
    teacher, _ = await sign_in(there, entree, "t1")
    by_password = there.client(there.pupil)
    async with entree.browser() as browser:
        client, answer = await start(there, entree)
        await come_back(client, await entree.visit(answer.json()["address"], "p1", browser))
        assert (await client.get("/v1/me")).json()["schoolAccount"] == "entree"
        out = (await client.get("/v1/school-accounts/entree/sign-out")).json()["address"]
        assert query(out) == {"client_id": "portfolio", "post_logout_redirect_uri": "http://127.0.0.1:8000/"}
        await entree.sign_out(out, browser)
    form = logouts.get(timeout=10)
    assert await hear(there, form) == 204
    assert await who(client) is None
    assert (await who(other_device), await who(teacher), await who(by_password)) == ("Yara", "Joost", "Yara")
    client, _ = await sign_in(there, entree, "p1")
    assert await hear(there, form) == 400, "a logout token is heard once"
    assert await who(client) == "Yara"


async def test_a_logout_token_that_is_not_wholly_right_ends_nothing(
    there: World, entree: School, surf: School, logouts: "queue.Queue[str]"
) -> None:
    async with entree.browser() as browser:
        client, answer = await start(there, entree)
        await come_back(client, await entree.visit(answer.json()["address"], "p1", browser))
        out = (await client.get("/v1/school-accounts/entree/sign-out")).json()["address"]
        await entree.sign_out(out, browser)
    form = logouts.get(timeout=10)
    head, body, signature = form.removeprefix("logout_token=").split(".")
    now = there.clock.now()
    assert await hear(there, f"logout_token={head}.{body}.{signature[:-8]}AAAAAAAA") == 400
    assert await hear(there, f"logout_token={head}.{body}.") == 400
    assert await hear(there, "logout_token=") == await hear(there, "") == await hear(there, "%00=é&;") == 400
    assert await hear(there, form, "surf") == 400, "of another provider"
    there.clock.set(now + timedelta(minutes=12))
    assert await hear(there, form) == 400, "too late"
    there.clock.set(now - timedelta(minutes=2))
    assert await hear(there, form) == 400, "too early"
    there.clock.set(now)
    assert await who(client) == "Yara"
    assert await hear(there, form) == 204
    assert await who(client) is None


async def test_an_id_token_is_no_logout_token(there: World, entree: School) -> None:
    secrets = Secrets("state", "nonce", "v" * 43)
    provider = there.app.state.school_accounts["entree"]
    now = there.clock.now()
    back = query(await entree.visit(await provider.sign_in_address(secrets, False, now), "p1"))
    metadata = await provider._described(now)
    tokens = await provider._exchange(metadata["token_endpoint"], back["code"], secrets.code_verifier, metadata)
    client, _ = await sign_in(there, entree, "p1")
    assert await hear(there, f"logout_token={tokens['id_token']}") == 400
    assert await who(client) == "Yara"


@pytest.mark.parametrize(
    ("type_", "status"),
    [
        ("logout+jwt", 204),
        ("Logout+JWT", 204),
        ("application/logout+jwt", 204),
        ("JWT", 204),
        (None, 204),
        ("at+jwt", 400),
        ("id+jwt", 400),
        ("", 400),
        ("secevent+jwt", 400),
    ],
    ids=["own", "case", "whole", "jwt", "none", "access", "id", "empty", "event"],
)
async def test_a_token_that_says_it_is_for_something_else_signs_nobody_out(
    there: World, entree: School, type_: str | None, status: int
) -> None:
    now = there.clock.now()
    provider = there.app.state.school_accounts["entree"]
    client, _ = await sign_in(there, entree, "p1")
    key = ECKey.generate_key("P-256", {"kid": "own"})
    provider._keys = _Kept(KeySet([key]), now)  # as if this provider signed with it
    subject = there.scalar("select subject from identity where person_id = :person", person=there.pupil)
    claims = {
        "iss": provider.config.issuer,
        "aud": provider.config.client_id,
        "iat": int(now.timestamp()),
        "jti": str(uuid7()),
        "sub": subject,
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }
    header = {"alg": "ES256", "kid": "own"} | ({} if type_ is None else {"typ": type_})
    token = jwt.encode(header, claims, key, default_type=None)
    assert await hear(there, f"logout_token={token}") == status
    assert await who(client) == (None if status == 204 else "Yara")


async def test_only_that_one_path_takes_a_form_and_it_takes_nothing_else(there: World, entree: School) -> None:
    assert await hear(there, "{}", **{"Content-Type": "application/json"}) == 415
    assert await hear(there, "a=b" * 400_000) == 413
    assert await hear(there, "logout_token=x", "nobody") == 404
    assert await hear(there, "logout_token=x", "entree/") == 403
    async with httpx.AsyncClient(transport=httpx.ASGITransport(there.app), base_url=there.settings.origin) as server:
        for path in ("/v1/sessions", "/v1/school-accounts/entree/sign-in", "/v1/me"):
            answer = await server.post(path, data={"logout_token": "x"})
            assert answer.status_code == 403, path


async def test_made_up_logout_tokens_are_soon_no_longer_looked_at(there: World, entree: School) -> None:
    for _ in range(61):
        assert await hear(there, "logout_token=x") == 400
    assert await hear(there, "logout_token=x") == 429


# --- what a provider says -------------------------------------------------------------------------------

CONFIG = ProviderConfig.model_validate(
    {
        "id": "surf", "name": "SURF", "issuer": "https://surf.example", "client_id": "p", "client_secret": "s",
        "brins": ["01AA", "02BB00"], "schools": {"kust.example": "01AA"},
        "second_factor": {"acr": ["loa2"], "amr": ["mfa", "otp"]},
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("proven", "proved"),
    [
        ({"acr": "loa2"}, True),
        ({"amr": ["pwd", "otp"]}, True),
        ({"acr": "loa1", "amr": ["pwd"]}, False),
        ({"acr": ["loa2", "loa1"]}, False),
        ({}, False),
    ],
)
def test_a_second_factor_is_believed_only_in_words_that_were_agreed(proven: dict[str, Any], proved: bool) -> None:
    assert asserted(CONFIG, {"sub": "x", **proven}, {}).second_factor is proved
    assert asserted(CONFIG, {"sub": "x"}, proven).second_factor is False, "userinfo says nothing about the sign-in"


@pytest.mark.parametrize(
    ("school", "brins"),
    [
        ("01AA", {"01AA"}), ("01aa07", {"01AA07"}), ("kust.example", {"01AA"}), ("02BB", {"02BB00"}),
        (["02BB00", "01AA"], {"02BB00", "01AA"}), ("02BB01", set()), ("03CC", set()), ("elsewhere.example", set()),
        ("", set()), (None, set()), (["x"] * 1000, set()),
    ],
)  # fmt: skip
def test_a_provider_is_believed_about_its_own_schools(school: Any, brins: set[str]) -> None:
    assert asserted(CONFIG, {"sub": "x"}, {"nlEduPersonHomeOrganizationId": school}).brins == brins


# --- around it ------------------------------------------------------------------------------------------


async def test_without_providers_there_is_nothing_of_it(world: World) -> None:
    client = world.client(None)
    assert (await client.get("/v1/school-accounts")).json() == {"items": []}
    assert (await client.post("/v1/school-accounts/entree/sign-in", json={"device": "own"})).status_code == 404


async def test_the_log_says_why_and_nothing_about_whom(
    there: World, entree: School, caplog: pytest.LogCaptureFixture
) -> None:
    entree.make(accounts={"x-subject": PUPIL | {"eckId": "secret-eck", "uid": "secret-login"}})
    with caplog.at_level("DEBUG", logger="app"):
        await sign_in(there, entree, "x-subject")
    ours = [record for record in caplog.records if record.name.startswith("app.")]
    told = [record for record in ours if hasattr(record, "provider")]
    assert [(record.provider, record.reason) for record in told] == [("entree", "unknown here")]  # type: ignore[attr-defined]
    said = "".join(str(vars(record)) for record in ours)
    assert not any(word in said for word in ("secret-", "x-subject", "01AA", "code="))


async def test_behind_tls_the_state_is_bound_to_this_host(there: World, entree: School, tmp_path: Path) -> None:
    there.settings = there.settings.model_copy(update={"public_url": "https://portfolio.example"})
    async for _ in with_providers(there, there.settings.oidc_providers or tmp_path):
        _, answer = await start(there, entree)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-school-account=")
        assert "; secure" in cookie.lower()
        assert query(answer.json()["address"])["redirect_uri"].startswith("https://portfolio.example/v1/")
        back = await there.client(None).get("/v1/school-accounts/entree/callback")
        gone = back.headers["set-cookie"].lower()
        assert gone.startswith('__host-school-account=""; ')
        assert "max-age=0" in gone
        assert "; secure" in gone, "a browser takes a __Host- cookie away only so"


async def test_whose_account_is_whose_shows_only_at_the_door(there: World, entree: School) -> None:
    """The second wall: one sees how the own session began, and else nothing."""
    client, _ = await sign_in(there, entree, "p1")
    await start(there, entree)
    own = hash_of(client.cookies["sid"])
    count = (
        "select (select count(*) from identity), (select count(*) from started_sign_in),"
        " (select count(*) from school_account_session)"
    )
    now, today = there.clock.now(), there.clock.today()
    database = there.app.state.database
    other = hash_of(there.client(there.classmate).headers["cookie"].removeprefix("sid="))
    for token_hash, seen in ((own, (0, 0, 1)), (other, (0, 0, 0))):
        async with database.transaction(token_hash, now, today) as tx:
            assert tuple((await tx.session.execute(text(count))).one()) == seen
    async with database.begin() as session:
        assert tuple((await session.execute(text(count))).one()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('issuer = "http://entree.example"', "issuer"),
        ('issuer = "https://entree.example/?x=1"', "issuer"),
        ('client_secret = "here"', "client_secret_env"),
        ('client_secret_env = "NOT_SET"', "client_secret"),
        ('client_secret_file = "/nowhere/secret"', "/nowhere/secret"),
        ('id = "En tree"', "id"),
        ('scopes = ["email"]', "scopes must hold openid"),
        ('brins = ["Kustlijn"]', "brins"),
        ("claims = {school = []}", "needs brins"),
        ("colour = 1", "colour"),
        ("[[provider]]\nid = 1", "name"),
        ("[providers]", "providers"),
        ("issuer =", "providers.toml: "),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_the_reason(
    lines: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "hush")
    usual = {
        "id": "entree", "name": "Entree", "issuer": "https://entree.example", "client_id": "p",
        "client_secret_env": "SECRET",
    }  # fmt: skip
    kept = {key: value for key, value in usual.items() if not lines.startswith((f"{key} ", "client_secret"))}
    if lines.startswith("client_secret"):
        kept.pop("client_secret_env", None)
    file = tmp_path / "providers.toml"
    file.write_text("\n".join(["[[provider]]", *(f'{key} = "{value}"' for key, value in kept.items()), lines]))
    with pytest.raises(RuntimeError, match=said) as caught:
        read_providers(file)
    assert "hush" not in str(caught.value)
