"""From what a provider says about somebody to what is asked of it: which school, pupil or staff, known as whom."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access.school_accounts.providers import ProviderConfig

_BRIN = re.compile(r"[0-9]{2}[A-Z]{2}([0-9]{2})?")
_MOST_VALUES = 20
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Asserted:
    """What a provider said, as far as it is believed. Nothing else is kept of its claims."""

    issuer: str
    subject: str
    provider_session: str | None
    brins: frozenset[str]
    is_pupil: bool
    is_staff: bool
    eckid: str | None
    login: str | None
    second_factor: bool


def asserted(config: ProviderConfig, proven: Mapping[str, Any], further: Mapping[str, Any]) -> Asserted:
    """Reads the claims of an ID token (`proven`) and, for what is not in there, those of userinfo (`further`)."""
    names, known = config.claims, {**further, **proven}
    affiliations = {value.lower().split("@")[0] for value in _values(known, names.affiliation)}
    unsaid = not names.affiliation
    return Asserted(
        issuer=config.issuer,
        subject=proven["sub"],
        provider_session=_one(proven, "sid"),
        brins=_brins(config, known),
        is_pupil=unsaid or not affiliations.isdisjoint(config.affiliations.pupil),
        is_staff=unsaid or not affiliations.isdisjoint(config.affiliations.staff),
        eckid=_one(known, names.eckid),
        login=_one(known, names.login),
        second_factor=_one(proven, "acr") in config.second_factor.acr
        or not config.second_factor.amr.isdisjoint(_values(proven, "amr")),
    )


def _brins(config: ProviderConfig, known: Mapping[str, Any]) -> frozenset[str]:
    """The schools, or branches of schools, that it names and may speak for."""
    if not config.claims.school:
        return config.brins
    said = next(filter(None, (_values(known, name) for name in config.claims.school)), [])
    named = {config.schools.get(value, value).upper() for value in said}
    return frozenset().union(*(_within(brin, config.brins) for brin in named if _BRIN.fullmatch(brin)))


def _within(brin: str, allowed: frozenset[str]) -> frozenset[str]:
    """What is allowed of it: a branch of a school that is, or those branches that are of a school named as a whole."""
    if not allowed or any(brin.startswith(one) for one in allowed):
        return frozenset({brin})
    return frozenset(one for one in allowed if one.startswith(brin))


def _values(claims: Mapping[str, Any], name: str) -> list[str]:
    """A claim's values, whether it is one or a list of them; what is no text is left out."""
    value = claims.get(name) if name else None
    listed = value if isinstance(value, list) else [value]
    texts = [one.strip() for one in listed[:_MOST_VALUES] if isinstance(one, str)]
    return [text for text in texts if text and len(text) <= _LONGEST and "\x00" not in text]


def _one(claims: Mapping[str, Any], name: str) -> str | None:
    """A claim's only value; where there are several, none is meant."""
    values = _values(claims, name)
    return values[0] if len(values) == 1 else None
