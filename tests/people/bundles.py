"""Files as administrations export them, of fictional people."""

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import Any

TABLES = {
    "manifest": "propertyName value",
    "orgs": "sourcedId status name type identifier",
    "academicSessions": "sourcedId status title type startDate endDate schoolYear",
    "classes": "sourcedId status title grades schoolSourcedId termSourcedIds",
    "users": "sourcedId status enabledUser role username userIds givenName familyName middleName agentSourcedIds",
    "demographics": "sourcedId birthDate",
    "roles": "sourcedId status userSourcedId roleType role orgSourcedId",
    "enrollments": "sourcedId status classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
}


def table(name: str, rows: Iterable[dict[str, Any]], delimiter: str = ",") -> str:
    """One CSV table; columns that a row does not have are empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, TABLES[name].split(), restval="", delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Bundle:
    """A OneRoster bundle of one school with one class; tests take rows out and put others in."""

    def __init__(self, brin: str = "01AA", pupils: int = 3) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {
            "manifest": [{"propertyName": "oneroster.version", "value": "1.1"}]
            + [{"propertyName": f"file.{name}", "value": "bulk"} for name in ("users", "enrollments")],
            "orgs": [{"sourcedId": "S1", "name": "Kustlijn", "type": "school", "identifier": brin}],
            "academicSessions": [
                {"sourcedId": "Y26", "title": "2026-2027", "type": "schoolYear", "startDate": "2026-08-01",
                 "endDate": "2027-07-31", "schoolYear": "2027"}
            ],
            "classes": [
                {"sourcedId": "K1", "title": "2B", "grades": "vmbo-2", "schoolSourcedId": "S1", "termSourcedIds": "Y26"}
            ],
            "users": [],
            "demographics": [],
            "enrollments": [],
        }  # fmt: skip
        for number in range(1, pupils + 1):
            self.pupil(f"P{number}", f"Kind{number}")

    def pupil(self, key: str, given: str, family: str = "Duin", group: str = "K1", **fields: Any) -> None:
        """A pupil in a class."""
        born = fields.pop("born", "2013-05-04")
        enrolled = {name: fields.pop(name) for name in ("beginDate", "endDate") if name in fields}
        self.user(key, "student", given, family, **fields)
        self.rows["demographics"].append({"sourcedId": key, "birthDate": born})
        self.enrol(key, group, **enrolled)

    def user(self, key: str, role: str, given: str, family: str = "Duin", **fields: Any) -> None:
        """Anybody."""
        self.rows["users"].append(
            {"sourcedId": key, "enabledUser": "true", "role": role, "givenName": given, "familyName": family,
             "username": f"{key.lower()}@kustlijn"} | fields
        )  # fmt: skip

    def enrol(self, key: str, group: str, role: str = "student", **fields: Any) -> None:
        """Somebody in a class."""
        self.rows["enrollments"].append(
            {"sourcedId": f"{key}-{group}", "classSourcedId": group, "schoolSourcedId": "S1", "userSourcedId": key,
             "role": role} | fields
        )  # fmt: skip

    def without(self, key: str) -> "Bundle":
        """The bundle of a night in which this person is no longer in it."""
        for name, column in (("users", "sourcedId"), ("enrollments", "userSourcedId"), ("demographics", "sourcedId")):
            self.rows[name] = [row for row in self.rows[name] if row[column] != key]
        return self

    def zip(self, encoding: str = "utf-8", delimiter: str = ",") -> io.BytesIO:
        """The bundle as a file."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, rows in self.rows.items():
                bundle.writestr(f"{name}.csv", table(name, rows, delimiter).encode(encoding))
        made.seek(0)
        return made


EDEXML = """<?xml version="1.0" encoding="{encoding}"?>
<EDEX>
  <school key="s"><schooljaar>2026-2027</schooljaar><brincode>{brin}</brincode>
    <dependancecode>00</dependancecode></school>
  <groepen>
    <groep key="g5"><naam>5</naam><jaargroep>5</jaargroep></groep>
    <groep key="g7"><naam>7A</naam><jaargroep>7</jaargroep></groep>
  </groepen>
  <leerlingen>
    <leerling key="1"><achternaam>Öztürk</achternaam><roepnaam>Çağla</roepnaam><geboortedatum>2016-03-02</geboortedatum>
      <jaargroep>7</jaargroep><groep key="g7"/><eckid>https://ketenid.example/abc</eckid></leerling>
    <leerling key="2"><achternaam>Berg</achternaam><voorvoegsel>van den</voorvoegsel><roepnaam>Bo</roepnaam>
      <geboortedatum>2016-04-05</geboortedatum><jaargroep>7</jaargroep><groep key="g7"/></leerling>
    <leerling key="3"><achternaam>Klein</achternaam><roepnaam>Jan</roepnaam>
      <jaargroep>5</jaargroep><groep key="g5"/></leerling>
  </leerlingen>
  <leerkrachten>
    <leerkracht key="1"><achternaam>Bos</achternaam><roepnaam>Amina</roepnaam>
      <groepen><groep key="g7"/></groepen></leerkracht>
  </leerkrachten>
</EDEX>
"""


def edexml(brin: str = "01AA", encoding: str = "utf-8") -> io.BytesIO:
    """A primary school with groep 5 and 7."""
    return io.BytesIO(EDEXML.format(brin=brin, encoding=encoding).encode(encoding))
