"""Who may say who somebody is: the providers in the file that TALENT_OIDC_PROVIDERS names, one [[provider]] each.

docs/school-accounts.md has a whole example for the Entree Federatie and for SURFconext.
"""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_safe(address: str) -> bool:
    """Whether what goes to this address is private: TLS, or this same machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(address)))


def is_loopback(address: str) -> bool:
    """Whether an address is on this machine."""
    return urlsplit(address).hostname in _LOOPBACK


def _issuer(value: str) -> str:
    if not is_safe(value) or urlsplit(value).query or urlsplit(value).fragment:
        raise ValueError("must be an https address without ? and #")
    return value


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClaimNames(_Part):
    """What the provider calls what is asked of it. Empty: it does not say."""

    school: tuple[str, ...] = ("nlEduPersonHomeOrganizationBranchId", "nlEduPersonHomeOrganizationId")
    """The first that has a value counts: BRIN with branch before BRIN."""
    affiliation: str = "eduPersonAffiliation"
    eckid: str = "eckId"
    login: str = "uid"


class Affiliations(_Part):
    """Which values of that claim are pupils, and which are staff."""

    pupil: frozenset[str] = frozenset({"student"})
    staff: frozenset[str] = frozenset({"employee", "staff", "faculty"})


class SecondFactor(_Part):
    """Which values of `acr` or `amr` prove that the provider asked for a second factor."""

    acr: frozenset[str] = frozenset()
    amr: frozenset[str] = frozenset()


Brin = Annotated[str, Field(pattern=r"^[0-9]{2}[A-Z]{2}([0-9]{2})?$")]
"""Four signs for a school, six for one of its branches."""


class ProviderConfig(_Part):
    """One provider."""

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=60)
    """What stands on the button."""
    issuer: Annotated[str, AfterValidator(_issuer)]
    client_id: str = Field(min_length=1)
    client_secret: SecretStr = Field(min_length=1)
    scopes: tuple[str, ...] = ("openid",)
    brins: frozenset[Brin] = frozenset()
    """The schools that it speaks for; none: every school that it names."""
    claims: ClaimNames = ClaimNames()
    schools: dict[str, Brin] = {}
    """What the values of the school claim mean, where they are no BRIN."""
    affiliations: Affiliations = Affiliations()
    second_factor: SecondFactor = SecondFactor()

    @model_validator(mode="after")
    def _speaks_for_a_school(self) -> "ProviderConfig":
        if not self.claims.school and not self.brins:
            raise ValueError("a provider without a claim for the school needs brins")
        if "openid" not in self.scopes:
            raise ValueError("scopes must hold openid")
        return self


def read_providers(path: Path | None) -> dict[str, ProviderConfig]:
    """The providers by id, in the order of the file; none where no file is named.

    Raises RuntimeError that says what is wrong with the file and where; never the secret.
    """
    if path is None:
        return {}
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        listed = [ProviderConfig.model_validate(_with_secret(one)) for one in raw.pop("provider", [])]
    except ValidationError as error:
        wrong = ("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())).rstrip()
        raise RuntimeError(f"{path}: {wrong}") from None
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise RuntimeError(f"{path}: {error}") from None
    if raw:
        raise RuntimeError(f"{path}: only [[provider]] is known, not {', '.join(raw)}")
    found = {one.id: one for one in listed}
    if len(found) < len(listed):
        raise RuntimeError(f"{path}: two providers have the same id")
    return found


def _with_secret(raw: dict[str, Any]) -> dict[str, Any]:
    """The secret is named, never written in the file itself: an environment variable or another file holds it."""
    rest = {key: value for key, value in raw.items() if key not in ("client_secret_env", "client_secret_file")}
    if "client_secret" in rest:
        raise ValueError("name the secret by client_secret_env or client_secret_file")
    if name := raw.get("client_secret_env"):
        return rest | {"client_secret": os.environ.get(name, "")}
    if file := raw.get("client_secret_file"):
        return rest | {"client_secret": Path(file).read_text("utf-8").strip()}
    return rest
