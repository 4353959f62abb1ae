"""Mail, over the SMTP server that the settings name. Only the worker sends."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from app.platform.settings import Settings

_TIMEOUT_S = 20


def send_mail(settings: Settings, to: str, subject: str, text: str) -> None:
    """Sends one plain message; blocks. Raises OSError and smtplib.SMTPException, and ValueError for an odd address."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, to, subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
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
