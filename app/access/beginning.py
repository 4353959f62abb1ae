"""An empty installation gets its first school, and that school its first administrator. For the operator only."""

import re
from datetime import date

from sqlalchemy import create_engine, exists, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from app.access.models import Account
from app.access.passwords import why_weak
from app.people.models import Person, Role, School, StaffRole
from app.people.names import fold

_KEY = re.compile(r"(\d{2}[A-Z]{2})(\d{2})$")
SHORTEST_NAME = 3


class BeginningRefused(Exception):
    """What cannot be begun like this; `code` stands in the catalogues."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def school_key(text: str) -> tuple[str, str]:
    """BRIN and site out of '01ab' or '01AB00'. Raises BeginningRefused."""
    found = _KEY.match(text.strip().upper().ljust(6, "0"))
    if found is None:
        raise BeginningRefused("beginning.format")
    return found[1], found[2]


def add_school(owner_url: str, key: str, name: str) -> None:
    """Adds a school, as the owner of the database. Raises BeginningRefused where it is there already."""
    brin, site = school_key(key)
    engine = create_engine(owner_url)
    with engine.begin() as connection:
        if connection.scalar(select(exists().where(School.brin == brin, School.site == site))):
            raise BeginningRefused("beginning.school_taken")
        connection.execute(insert(School).values(id=uuid7(), brin=brin, site=site, name=name))


def require_strong(password: str, *own: str) -> None:
    """Raises BeginningRefused for a password that others would try. `own`: names of the person and the school."""
    if weak := why_weak(password, own):
        raise BeginningRefused(f"field.{weak}")


def add_admin(
    owner_url: str, key: str, given_name: str, family_name: str, username: str, password_hash: str, today: date
) -> None:
    """A new person who administers this school from today; a second factor is asked at the first sign-in.

    Raises BeginningRefused where there is no such school, or where somebody has this user name.
    """
    brin, site = school_key(key)
    name = fold(username)
    if len(name) < SHORTEST_NAME:
        raise BeginningRefused("beginning.username_short")
    person_id = uuid7()
    with Session(create_engine(owner_url)) as session, session.begin():
        school_id = session.scalar(select(School.id).where(School.brin == brin, School.site == site))
        if school_id is None:
            raise BeginningRefused("beginning.no_school")
        if session.scalar(select(exists().where(Account.username == name))):
            raise BeginningRefused("field.username_taken")
        search_name = fold(f"{given_name} {family_name}")
        session.execute(
            insert(Person).values(id=person_id, given_name=given_name, family_name=family_name, search_name=search_name)
        )
        session.execute(
            insert(StaffRole).values(
                id=uuid7(), person_id=person_id, school_id=school_id, role=Role.ADMIN, starts_on=today
            )
        )
        session.execute(insert(Account).values(person_id=person_id, username=name, password_hash=password_hash))
