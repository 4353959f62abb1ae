"""Everything that can be set from outside, in one place: environment variables with the prefix TALENT_."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_SECRETS = Path(os.environ.get("TALENT_SECRETS_DIR", "/run/secrets"))

Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """One deployment's settings. Whatever is left out is chosen for a laptop, with embedded engines.

    Each may also stand in a file of its name in TALENT_SECRETS_DIR (/run/secrets): talent_pin_pepper and so on. A
    variable goes before a file. docs/operations.md lists them all.
    """

    model_config = SettingsConfigDict(
        env_prefix="TALENT_", frozen=True, secrets_dir=_SECRETS if _SECRETS.is_dir() else None
    )

    var_dir: Path = Path("var")
    """Where the embedded engines keep their data, passwords and logs."""

    database_url: str | None = None
    """postgresql+psycopg://… as the app role. When set, PostgreSQL is not started here."""
    database_owner_url: str | None = None
    """The same database as its owner; only migrations use it."""
    database_worker_url: str | None = None
    """The same database as the worker's role."""

    s3_endpoint_url: str | None = None
    """Origin of the S3 server. When set, no S3 server is started here."""
    s3_public_url: str | None = None
    """Origin where browsers reach that server, when it differs from the endpoint."""
    s3_access_key: str = ""
    s3_secret_key: SecretStr = SecretStr("")
    s3_bucket: str = "talentportfolio"
    s3_region: str = "eu-central-1"

    pin_pepper: SecretStr = SecretStr("")
    """What pupils' PINs are mixed with before they are hashed, and what seals the secrets of apps with codes; 32
    characters or more. A copy of the database alone does not give them away. It must never change. Made by itself
    beside an embedded database."""

    clamd: str | None = None
    """Where clamd listens, the virus scanner: path of its socket, or host:port. Without one files are not scanned."""

    smtp_url: SecretStr = SecretStr("")
    """smtp://name:password@host:587 (with STARTTLS), or smtps://…:465. Without it nothing is mailed."""
    mail_from: str = ""
    """The address that mail comes from, as Talentportfolio <noreply@example.nl>."""
    oidc_providers: Path | None = None
    """A TOML file with the providers of school accounts (docs/school-accounts.md); without one there are none."""

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    """Origin where browsers reach the app; default http://host:port. https makes cookies Secure and __Host-."""

    trusted_proxies: str = ""
    """Addresses, with commas, of reverse proxies whose X-Forwarded-* headers are believed."""

    frontend_dir: Path = Path(__file__).parents[2] / "frontend" / "dist"
    """The built screens."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """From which level on our own log lines are written; info has one line for each request and each job."""

    metrics_port: Port | None = None
    """Where the app answers Prometheus on /metrics; without one there are no figures."""
    worker_metrics_port: Port | None = None
    """The same of the worker, which also tells of jobs, files, mail and the database."""
    metrics_host: str = "127.0.0.1"
    """The address of both. Never one that the internet reaches: nobody is asked who they are there."""

    otlp_url: str | None = None
    """Where traces go, over OTLP/HTTP: http://collector:4318/v1/traces. Without one nothing is traced."""
    trace_share: Annotated[float, Field(ge=0, le=1)] = 1
    """The part of requests and jobs that is traced."""

    backup_recipient: str = ""
    """Whom backups are encrypted for: what `talentportfolio backup-key` printed, age1…; several with spaces."""
    backup_identity: Path | None = None
    """The file with the key that opens them; needed to restore, and not on the server."""

    @property
    def origin(self) -> str:
        """Scheme, host and port of the app as the browser sees it, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def mails(self) -> bool:
        """Whether mail can be sent from here."""
        return bool(self.smtp_url and self.mail_from)

    @property
    def storage_origin(self) -> str:
        """Scheme, host and port of the S3 server as the browser sees it, without a slash at the end."""
        return (self.s3_public_url or self.s3_endpoint_url or "").rstrip("/")

    @property
    def tls(self) -> bool:
        """Whether browsers reach the app over TLS."""
        return self.origin.startswith("https://")
