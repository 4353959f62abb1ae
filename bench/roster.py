"""A large OneRoster bundle: one board's export, of nobody in particular."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date

PUPILS, GROUPS, TEACHERS = 20_000, 800, 1_200


def bundle(today: date) -> bytes:
    """The zip: 20,000 pupils in 800 classes, a guardian each, 1,200 teachers."""
    year = today.year - (today.month < 8)
    tables = {
        "manifest": ["propertyName,value", "file.users,bulk", "file.enrollments,bulk"],
        "orgs": ["sourcedId,name,type,identifier", "S,Meetbestuur,school,97XX"],
        "academicSessions": ["sourcedId,startDate,endDate", f"Y,{year}-08-01,{year + 1}-07-31"],
        "classes": ["sourcedId,title,grades,schoolSourcedId,termSourcedIds", *_classes()],
        "users": ["sourcedId,enabledUser,role,username,givenName,familyName,agentSourcedIds", *_users()],
        "demographics": ["sourcedId,birthDate", *(f"P{number},{year - 13}-03-02" for number in range(PUPILS))],
        "enrollments": ["sourcedId,classSourcedId,userSourcedId,role,primary", *_enrollments()],
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name, lines in tables.items():
            into.writestr(f"{name}.csv", "\r\n".join(lines))
    return made.getvalue()


def _classes() -> Iterator[str]:
    for number in range(GROUPS):
        yield f"K{number},Klas {number},vmbo-{number % 4 + 1},S,Y"


def _users() -> Iterator[str]:
    for number in range(PUPILS):
        yield f"P{number},true,student,p{number},Kind{number},Familie{number % 5000},"
        yield f"O{number},true,guardian,,Ouder{number},Familie{number % 5000},P{number}"
    for number in range(TEACHERS):
        yield f"T{number},true,teacher,t{number},Leraar{number},Meting,"


def _enrollments() -> Iterator[str]:
    for number in range(PUPILS):
        yield f"EP{number},K{number % GROUPS},P{number},student,false"
    for number in range(TEACHERS):
        yield f"ET{number},K{number % GROUPS},T{number},teacher,true"
