"""Three pupils whose talent pictures are looked at: with one entry, with twelve, and with 400 of ten school years.

    TALENT_VAR_DIR=var/look talentportfolio demo          (and leave it running)
    TALENT_VAR_DIR=var/look python -m bench.pictures

They join the demo region that is there as `een`, `twaalf` and `vierhonderd`, with the password of all demo people.
Never part of the region itself.
"""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import make_url
from uuid_utils.compat import uuid7

from app.demo.cast import PASSWORD_HASH
from app.demo.rows import data, school_year_of, year_end, year_start
from app.platform.clock import system_clock
from app.platform.embedded import embedded_engines
from app.platform.settings import Settings
from app.reference.codes import Competency, Feeling

PUPILS = (("een", "Sem", 1, 1), ("twaalf", "Noor", 12, 4), ("vierhonderd", "Wilhelmina", 400, 10))
"""Username, name, entries, school years."""
STAGES = (*(("po", 7 + step) for step in range(2)), *(("vmbo", 1 + step) for step in range(4)),
          *(("mbo", 1 + step) for step in range(4)))  # fmt: skip
BRINS = {"po": "98ZA", "vmbo": "98ZB", "mbo": "98ZC"}
WORDS = (
    "rustig blijven", "handig met handen", "samenwerken", "uitzoeken hoe het werkt", "zorgen voor een ander",
    "verhalen maken", "doorzetten", "luisteren", "plannen", "netjes werken", "dingen repareren", "uitleggen",
    "nieuwsgierig", "op tijd zijn", "grapjes maken als het spannend is", "rekenen in mijn hoofd", "vragen stellen",
    "sterk", "geduld hebben met kleine kinderen", "tekenen", "buiten werken", "mensen op hun gemak stellen",
    "opruimen", "leiding nemen", "snel leren", "foto’s maken", "klanten helpen", "eerlijk zijn", "goed kijken",
    "talen spreken", "fouten durven maken", "voorzichtig met dieren", "koken voor veel mensen", "programmeren",
    "bouwen", "organiseren", "muziek maken", "troosten", "onderhandelen", "schrijven", "veilig werken", "meten",
    "nadenken voor ik begin", "hulp vragen", "hulp geven", "alleen kunnen werken", "presenteren", "improviseren",
    "dingen onthouden", "ritme houden", "contact maken", "ruimtelijk inzicht", "zelf beslissen", "sporten",
    "kleuren kiezen", "computers instellen", "verkopen", "plezier maken", "afspraken nakomen", "moed", "lassen",
    "zagen en schaven", "netwerken", "de weg vinden", "overzicht houden",
)  # fmt: skip
ROLES = ("mijn begeleider bij de haven", "een klant in de winkel", "de chef van de keuken")
COPIED = ("id", "pupil_id", "placement_id", "school_year", "kind", "state", "ring", "title", "happened_on", "sort_on",
          "body", "details", "answers", "competencies", "work_fields", "feeling", "version", "changed_on", "updated_at",
          "shared_at", "tags")  # fmt: skip


def main() -> None:
    """Adds those who are not there yet."""
    with embedded_engines(Settings()) as settings:
        url = make_url(settings.database_owner_url or "").set(drivername="postgresql")
        with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
            for username, name, entries, years in PUPILS:
                if not connection.execute("select from account where username = %s", [username]).fetchone():
                    _Filler(connection, username, name, years).fill(entries)
            connection.execute("analyze")


class _Filler:
    """One pupil, with a class in every school year."""

    def __init__(self, connection: psycopg.Connection[Any], username: str, name: str, years: int) -> None:
        self.connection = connection
        self.dice = Random(hashlib.sha256(username.encode()).digest())
        today = system_clock.today()
        self.today, self.year = today, school_year_of(today)
        self.pupil, self.teacher = uuid7(), self._one("select person_id from account where username = 'verhulst'")
        self.years = range(self.year - years + 1, self.year + 1)
        step = 3 if years <= 4 else 9
        born = date(self.year - 10 - step, 3, 14)
        self._insert("person", id=self.pupil, given_name=name, family_name="van den Berg-Oosterhuis",
                     search_name=f"{name.lower()} van den berg", birth_date=born)  # fmt: skip
        self._insert("account", person_id=self.pupil, username=username, password_hash=PASSWORD_HASH)
        self.placements = {year: self._place(year, STAGES[step - (self.year - year)]) for year in self.years}

    def fill(self, count: int) -> None:
        """So many entries spread over the years, and words of four voices."""
        topics = [one for name in ("young", "older") for one in data(f"experiences_{name}.toml")["topic"]]
        self.dice.shuffle(topics)
        told = sorted(
            (self._entry(number, topic, count) for number, topic in enumerate(islice(cycle(topics), count))),
            key=lambda entry: entry["happened_on"],
        )
        for entry in told:
            self._insert("entry", **{name: entry[name] for name in COPIED})
        for number, entry in enumerate(told):
            if number % 6 == 0:
                self._word(entry["id"], WORDS[number % len(WORDS)], "school", self.teacher)
            if (count > 12 and number % 60 == 1) or (count == 12 and number % 6 == 1):
                self._word(entry["id"], WORDS[(number + 4) % len(WORDS)], "outside", self.pupil)

    def _entry(self, number: int, topic: dict[str, Any], count: int) -> dict[str, Any]:
        year = self.years[number * len(self.years) // count]
        first, last = date(year, 9, 1), min(date(year + 1, 6, 30), self.today)
        day = first + timedelta(days=self.dice.randrange(max((last - first).days, 1)))
        before, after = (self.dice.choice(topic.get(part, [""])) for part in ("before", "after"))
        expectation = {"before": before, "after": after, "listChoice": "on"} if before and number % 4 == 0 else None
        at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)
        return {
            "id": uuid7(), "pupil_id": self.pupil, "placement_id": self.placements[year], "school_year": year,
            "kind": "experience", "state": "seen", "ring": 2, "title": self.dice.choice(topic["titles"]),
            "happened_on": day, "sort_on": day, "body": " ".join(topic["start"][:1]),
            "details": json.dumps({"kind": "experience", "form": topic["forms"][0], "expectation": expectation}),
            "answers": "[]", "competencies": self.dice.sample(list(Competency), 1 + number % 2),
            "work_fields": topic["fields"], "feeling": self.dice.choice(list(Feeling)[2:]), "version": 1,
            "changed_on": day, "updated_at": at, "shared_at": at,
            "tags": [WORDS[(number * 7 + one) % len(WORDS)] for one in range(1 + number % 3)],
        }  # fmt: skip

    def _word(self, entry: UUID, word: str, voice: str, author: UUID) -> None:
        role = self.dice.choice(ROLES) if voice == "outside" else None
        self._insert("talent_word", id=uuid7(), entry_id=entry, author_id=author, voice=voice, word=word,
                     key=f" {word}" if role else word, given_at=system_clock.now(), said_by=role)  # fmt: skip

    def _place(self, year: int, stage: tuple[str, int]) -> UUID:
        level, study_year = stage
        school, placement, membership = (
            self._one("select id from school where brin = %s", BRINS[level]),
            uuid7(),
            uuid7(),
        )
        group = self._one(
            "select id from school_group where school_id = %s and school_year = %s and study_year = %s order by name"
            " desc limit 1", school, year, study_year,
        ) or self._group(school, year, level, study_year)  # fmt: skip
        until = None if year == self.year else year_end(year)
        dated = {"starts_on": year_start(year), "ends_on": until}
        self._insert("placement", id=placement, pupil_id=self.pupil, school_id=school, **dated)
        self._insert("group_membership", id=membership, placement_id=placement, group_id=group, **dated)
        return placement

    def _group(self, school: UUID, year: int, level: str, study_year: int) -> UUID:
        group, known = uuid7(), "insert into school_year values (%s, %s, %s) on conflict do nothing"
        self.connection.execute(known, [year, year_start(year), year_end(year)])
        self._insert("school_group", id=group, school_id=school, school_year=year, name=f"{study_year}Z", level=level,
                     study_year=study_year)  # fmt: skip
        return group

    def _one(self, statement: str, *values: Any) -> UUID:
        found = self.connection.execute(statement, values).fetchone()
        return found[0] if found else None  # type: ignore[return-value]

    def _insert(self, table: str, **values: Any) -> None:
        names, places = ", ".join(values), ", ".join(["%s"] * len(values))
        self.connection.execute(f"insert into {table} ({names}) values ({places})", list(values.values()))  # type: ignore[arg-type]  # fmt: skip


if __name__ == "__main__":
    main()
