"""Codes by mail: sent by the worker over a real SMTP server, with a code that stands nowhere before."""

import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from app.access.invitations.tasks import mail_invitation
from app.platform.jobs import enqueue, run_worker
from app.platform.mail import send_mail
from app.platform.settings import Settings
from tests.access.claiming import claim, field, links, problem
from tests.mail_server import free_port, mail_server
from tests.world import World

TO = "thuis@example.nl"


class Inbox:
    """What a mail server took in."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        self.mails.append((envelope.rcpt_tos, message_from_bytes(content, policy=policy.default)))
        return "250 OK"


@pytest.fixture
def inbox(world: World) -> Iterator[Inbox]:
    """A mail server that the app and the worker know."""
    made = Inbox()
    with mail_server(world, made):
        yield made


async def mail(world: World, person: Any, to: str = TO) -> Any:
    path = f"/v1/schools/{world.kust}/mailed-invitations"
    return await world.client(world.admin).post(path, json={"personId": str(person), "to": to})


async def work(world: World) -> None:
    await run_worker(world.app.state.settings, until_empty=True)


def _code(text: str) -> str:
    return text.partition("/uitnodiging#")[2][:16]


async def test_a_code_by_mail_names_the_school_and_no_child_and_works(world: World, inbox: Inbox) -> None:
    assert (await mail(world, world.pupil)).status_code == 204
    assert world.scalar("select secret_hash from invitation") is None, "the code is made when the mail goes"
    arguments = world.scalar("select args::text from procrastinate_jobs")
    assert TO not in arguments
    await work(world)
    [(to, message)] = inbox.mails
    text = message.get_content()
    assert (to, message["from"], message["auto-submitted"]) == ([TO], "Talent <noreply@example.nl>", "auto-generated")
    assert "Kustlijn" in text
    assert "العربية" in text
    for hidden in ("Yara", "de Wit", " 2A", "2013"):
        assert hidden not in message.as_string() + text
    code = _code(text)
    assert f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}" in text
    assert (await claim(world, code)).status_code == 201
    [link] = await links(world, query="salma")
    assert link["letter"]["mailTo"] == TO
    assert problem(await claim(world, code)) == (410, "/problems/code-invalid")


async def test_a_mail_that_is_sent_again_makes_the_one_before_worthless(world: World, inbox: Inbox) -> None:
    await mail(world, world.pupil)
    await work(world)
    async with world.app.state.database.begin() as session:
        invitation = world.scalar("select id::text from invitation")
        await enqueue(session, mail_invitation, invitation_id=invitation)
    await work(world)
    first, second = (_code(message.get_content()) for _, message in inbox.mails)
    looks = [await world.client(None).post("/v1/invitations/look", json={"code": code}) for code in (first, second)]
    assert [look.status_code for look in looks] == [410, 200]


async def test_an_invitation_that_was_withdrawn_is_not_sent(world: World, inbox: Inbox) -> None:
    await mail(world, world.pupil)
    invitation = world.scalar("select id from invitation")
    assert (await world.client(world.admin).delete(f"/v1/invitations/{invitation}")).status_code == 204
    await work(world)
    assert inbox.mails == []


async def test_a_new_password_goes_by_mail_as_well(world: World, inbox: Inbox) -> None:
    assert (await mail(world, world.teacher)).status_code == 204
    await work(world)
    [(_, message)] = inbox.mails
    assert message["subject"] == "Een nieuw wachtwoord voor het Talentportfolio"
    look = await world.client(None).post("/v1/invitations/look", json={"code": _code(message.get_content())})
    assert look.json() == {"kind": "reset"}


@pytest.mark.parametrize(
    "to", ["geen adres", "a@b", "a@b.nl\nBcc: x@y.nl", "a@b.nl, c@d.nl", "a b@c.nl", "<a@b.nl>", "a@b..nl"]
)
async def test_an_odd_address_is_refused_before_anything_is_kept(to: str, world: World, inbox: Inbox) -> None:
    assert field(await mail(world, world.pupil, to))[:2] == (422, "/to")
    assert world.scalar("select count(*) from invitation") == 0


async def test_where_no_mail_is_set_up_there_is_no_mail(world: World) -> None:
    assert problem(await mail(world, world.pupil)) == (409, "/problems/no-mail")
    assert world.scalar("select count(*) from invitation") == 0
    assert (await world.client(world.admin).get(f"/v1/schools/{world.kust}/parents")).json()["mail"] is False


async def test_the_button_is_there_where_mail_is_set_up(world: World, inbox: Inbox) -> None:
    assert (await world.client(world.admin).get(f"/v1/schools/{world.kust}/parents")).json()["mail"] is True


def test_a_server_that_asks_who_is_there_is_spoken_to_in_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """STARTTLS with a certificate that is checked, then name and password."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    asked: list[tuple[bytes, bytes]] = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        asked.append((data.login, data.password))
        return AuthResult(success=True)

    made = Inbox()
    server = Controller(
        made, hostname="localhost", port=free_port(), tls_context=context, require_starttls=True,
        authenticator=check, auth_required=True,
    )  # fmt: skip
    server.start()
    settings = Settings(
        smtp_url=SecretStr(f"smtp://post%40example.nl:geheim%21@localhost:{server.port}"),
        mail_from="noreply@example.nl",
    )
    try:
        with pytest.raises(ssl.SSLCertVerificationError):
            send_mail(settings, TO, "Dag", "Tekst")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        send_mail(settings, TO, "Dag ☀", "Tekst met ë")
    finally:
        server.stop()
    assert asked == [(b"post@example.nl", b"geheim!")]
    [(_, message)] = made.mails
    assert (message["subject"], message.get_content()) == ("Dag ☀", "Tekst met ë\r\n")
