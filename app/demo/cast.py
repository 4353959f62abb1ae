"""Who a visitor can be."""

from dataclasses import dataclass
from datetime import datetime

from app.access.factors.codes import base32, code_at
from app.demo.rows import data
from app.people.models import Role

PASSWORD = "schelpen-aan-zee"  # noqa: S105 - of fictional people only; the demo prints it
"""Everybody's password in the demo region."""

PASSWORD_HASH = "$argon2id$v=19$m=65536,t=3,p=4$FY8oC+uWISrTYr1gny8aow$iQ7f2vGy9N8WUAyf4hVIIEFPIIg3LARI+wrqvSw8HAE"  # noqa: S105
"""argon2id of PASSWORD, computed once: a hash for each of 800 people would take minutes."""

APP_SECRET = b"talentportfolio demo"
"""What the app with codes holds of everybody whose role asks for a second factor."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A fictional person to sign in as."""

    name: str
    role: str
    school: str
    username: str
    gives_code: bool = False


def demo_code(now: datetime) -> str:
    """The six figures that their app shows at this moment."""
    return code_at(APP_SECRET, now)


def demo_secret() -> str:
    """For an app of one's own, base32."""
    return base32(APP_SECRET)


def demo_people() -> list[DemoPerson]:
    """The people of the story, pupils first."""
    cast = data("cast.toml")
    schools = {code: school["name"] for code, school in cast["schools"].items()}
    pupil_schools = {each["username"]: schools[_school_after(each["behind"])] for each in cast["pupil"]}
    pupils = [
        DemoPerson(
            f"{each['given']} {each['family']}",
            each["role"],
            pupil_schools[each["username"]],
            each["username"],
        )
        for each in cast["pupil"]
    ]
    guardians = [
        DemoPerson(
            f"{each['given']} {each['family']}",
            each["role"],
            " · ".join(dict.fromkeys(pupil_schools[child] for child in each["children"])),
            each["username"],
        )
        for each in cast["guardian"]
    ]
    staff = [
        DemoPerson(
            each["name"],
            each["role"],
            schools.get(each.get("school", ""), ""),
            each["username"],
            gives_code=any(role != Role.TEACHER for role in each["roles"]),
        )
        for each in cast["staff"]
    ]
    return pupils + staff + guardians


def demo_cards() -> dict[str, str]:
    """The secrets of cards to try, by given name; nobody chose a PIN yet. Real ones are random and known to no one."""
    return {each["given"]: each["card"] for each in data("cast.toml")["pupil"] if "card" in each}


def _school_after(years: int) -> str:
    """The kind of school so many years after groep 7."""
    return "po" if years < 2 else "vmbo" if years < 6 else "mbo"
