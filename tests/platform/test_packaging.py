"""Dockerfile, compose.yaml and docs/operations.md say what the code does; none of them is run in these tests."""

import re
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner

from app.cli import app
from app.platform.db import asyncpg_arguments
from app.platform.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
KNOWN = {f"talent_{name}" for name in Settings.model_fields}


def given(service: dict[str, Any]) -> set[str]:
    """The settings that a service is given, in variables and files."""
    files = {each["target"] for each in service.get("secrets", []) if isinstance(each, dict)}
    return {name.lower() for name in service.get("environment", {})} | files


def test_every_service_gets_settings_that_there_are_and_no_password_in_a_variable(tmp_path: Path) -> None:
    ours = {name: each for name, each in COMPOSE["services"].items() if "talentportfolio" in each["image"]}
    assert ours.keys() == {"app", "worker", "migrate", "backup"}
    for service in ours.values():
        assert given(service) <= KNOWN
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    for service in COMPOSE["services"].values():
        assert not [name for name in service.get("environment", {}) if re.search("SECRET|PASSWORD$|PEPPER", name)]
    assert {"talent_database_url", "talent_pin_pepper", "talent_s3_secret_key"} <= given(ours["app"])
    assert "talent_database_owner_url" not in given(ours["app"]) | given(ours["worker"])

    done = CliRunner().invoke(app, ["new-secrets", str(tmp_path / "secrets")])
    assert done.exit_code == 0, done.output
    wanted = {Path(each["file"]).name for each in COMPOSE["secrets"].values()}
    assert {path.name for path in (tmp_path / "secrets").iterdir()} == wanted
    before = (tmp_path / "secrets" / "pin_pepper").read_text()
    assert CliRunner().invoke(app, ["new-secrets", str(tmp_path / "secrets")]).exit_code == 1
    assert (tmp_path / "secrets" / "pin_pepper").read_text() == before


def test_only_a_proxy_on_the_same_machine_reaches_a_port() -> None:
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert not [port for port in published if re.search("9100|9101|3310|5432|18333", port)]


def test_the_image_runs_as_nobody_holds_what_it_needs_and_nothing_of_development() -> None:
    stages = {
        stage.splitlines()[0].rpartition(" ")[2]: stage
        for stage in re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
        if " AS " in stage.splitlines()[0]
    }
    for name in ("app", "backup"):
        assert re.findall(r"^USER (\S+)", stages[name], re.MULTILINE)[-1] == "10001"
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    assert "requirements-dev" not in DOCKERFILE
    assert "/livez" in DOCKERFILE
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {"app", "migrations", "alembic.ini", "requirements.txt", "frontend"} <= kept
    assert not kept & {"secrets", "backups", "var", "tests", ".env"}
    assert "app/demo" in (ROOT / ".dockerignore").read_text().splitlines()


def test_pages_come_over_the_same_tls_as_all_else() -> None:
    plain = "postgresql+psycopg://talent_app:x@db.example/talentportfolio"
    assert "dsn" not in asyncpg_arguments(plain)
    told = asyncpg_arguments(f"{plain}?sslmode=verify-full&sslrootcert=/etc/ca.pem")
    assert told["dsn"] == "postgresql:///?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
    assert (told["host"], told["port"], told["database"]) == ("db.example", 5432, "talentportfolio")


def test_no_log_of_the_database_holds_a_value_that_was_refused() -> None:
    compose = (ROOT / "compose.yaml").read_text()
    for setting in ("log_error_verbosity=terse", "log_min_error_statement=panic"):
        assert setting in compose


def test_the_table_of_settings_is_that_of_the_code() -> None:
    document = (ROOT / "docs" / "operations.md").read_text()
    told = dict(re.findall(r"^\| `(TALENT_[A-Z0-9_]+)` \|([^|]*)\|", document, re.MULTILINE))
    assert {name.lower() for name in told} - {"talent_secrets_dir"} == KNOWN
    for name, field in Settings.model_fields.items():
        default = field.get_default()
        shown = getattr(default, "get_secret_value", lambda: default)()  # noqa: B023 - called at once
        if name != "frontend_dir":
            assert told[f"TALENT_{name.upper()}"].strip(" `") == ("" if shown in (None, "") else str(shown))
