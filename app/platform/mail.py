"""Mail, over the SMTP server that the settings name. Only the worker sends."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from app.platform.settings import Settings

_TIMEOUT_S = 20


def send_mail(
    settings: Settings,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Sends one message, as plain text and where given as HTML with the same words; blocks.

    Raises OSError and smtplib.SMTPException, and ValueError for an odd address or a header with a line break.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, to, subject
    message["Auto-Submitted"] = "auto-generated"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    server = urlsplit(settings.smtp_url.get_secret_value())
    host, user, password = server.hostname or "", unquote(server.username or ""), unquote(server.password or "")
    secure = ssl.create_default_context()
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=_TIMEOUT_S, context=secure)
    else:
        connection = smtplib.SMTP(host, server.port or 587, timeout=_TIMEOUT_S)
    with connection:
        if user:
            if server.scheme != "smtps":
                connection.starttls(context=secure)
            connection.login(user, password)
        connection.send_message(message)
