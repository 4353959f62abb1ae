"""Puts the region where it belongs: rows by COPY as the database's owner, files into the store."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Table, make_url
from sqlalchemy.dialects.postgresql import JSONB
from uuid_utils.compat import uuid7

from app.access.factors.codes import seal
from app.access.factors.models import Factor, FactorKind
from app.access.models import Account
from app.demo.activities import plan_activities
from app.demo.care import add_care
from app.demo.cast import APP_SECRET, PASSWORD_HASH, demo_people
from app.demo.cast_stories import CastStories
from app.demo.choices import add_choices
from app.demo.conversations import add_conversations
from app.demo.counts import set_figures
from app.demo.dossiers import HandingIn, add_dossiers, hand_in_all
from app.demo.entries import Scribe
from app.demo.home import add_home
from app.demo.media import File, Made, make_files
from app.demo.notices import add_notices
from app.demo.organisations import add_organisations
from app.demo.outside import add_outside
from app.demo.people import People
from app.demo.privacy import add_privacy
from app.demo.questions import add_questions
from app.demo.rows import Rows, data
from app.demo.showcases import add_showcases
from app.demo.stories import DILIGENT, Stories
from app.demo.transfers import add_transfers
from app.media.models import Attachment
from app.people.models import School
from app.platform.clock import Clock
from app.platform.orm import Base
from app.platform.settings import Settings
from app.platform.storage import Storage

OnProgress = Callable[[int, int], None]
"""Is told how much is done, of how much."""

_SENDERS = 16
_PICTURES, _LAST = 45, 95
"""Parts of a hundred: when the files are made, and when they are in the store."""


def is_loaded(settings: Settings) -> bool:
    """Whether the region is there already, whole: its rows come in one transaction, after its files."""
    with _owner(settings) as connection:
        brins = [school["brin"] for school in data("cast.toml")["schools"].values()]
        found = connection.execute("select exists (select from school where brin = any(%s))", [brins]).fetchone()
        return bool(found and found[0])


def load_region(
    settings: Settings, clock: Clock, on_progress: OnProgress, made: dict[str, list[Made]] | None = None
) -> None:
    """Makes the region and loads it; does nothing when it is there. `made`: its files, where they are at hand.

    The same moment gives the same region. Raises psycopg.Error, and what Storage raises.
    """
    if is_loaded(settings):
        return
    on_progress(0, 100)
    made = made or make_files()
    on_progress(_PICTURES, 100)
    rows = Rows()
    handing_in: list[HandingIn] = []
    objects = make_rows(rows, made, clock, handing_in)
    add_apps(rows, settings.pin_pepper.get_secret_value(), clock)
    add_showcases(rows, settings.pin_pepper.get_secret_value(), clock)
    for number, _ in enumerate(_send(Storage(settings), objects), 1):
        on_progress(_PICTURES + (_LAST - _PICTURES) * number // len(objects), 100)
    with _owner(settings) as connection:
        for model in sorted(rows.by_table, key=_place):
            for alike in _alike(rows.by_table[model]):
                _copy(connection, model, alike)
        hand_in_all(connection, handing_in)
        set_figures(connection, clock)
        connection.execute("analyze")
    on_progress(100, 100)


def make_rows(
    rows: Rows, made: dict[str, list[Made]], clock: Clock, handing_in: list[HandingIn] | None = None
) -> list[tuple[str, File]]:
    """Makes all rows; returns the objects that go with them, by key. `handing_in` gets what is done afterwards."""
    people = People(rows, clock.today(), PASSWORD_HASH)
    scribe = Scribe(rows, clock)
    cast, others = CastStories(people, scribe, made, clock), Stories(people, scribe, made, clock)
    own = {each["username"] for each in data("cast.toml")["pupil"]}
    for pupil in people.pupils:
        if pupil.username in own:
            cast.tell(pupil)
        if pupil.username not in own or pupil.username in DILIGENT:
            others.tell(pupil)
    dean = people.by_username["elidrissi"]
    add_organisations(rows, dean, clock.today())
    plan_activities(rows, people, clock.today())
    brin = data("cast.toml")["schools"]["vmbo"]["brin"]
    school = next(each["id"] for each in rows.by_table[School] if each["brin"] == brin)
    add_questions(rows, school, dean, clock.today())
    add_care(rows, people, clock)
    add_outside(rows, people, clock)
    dossiers = add_dossiers(rows, people, clock)
    if handing_in is not None:
        handing_in += dossiers
    add_home(rows, people, clock)
    add_choices(rows, people, clock)
    add_conversations(rows, people, clock)
    add_notices(rows, people, clock)
    add_privacy(rows, people, clock)
    add_transfers(rows, people, clock)
    return scribe.objects


def add_apps(rows: Rows, pepper: str, clock: Clock) -> None:
    """An app with codes for those of the story whose role asks for a second factor; others set one up themselves."""
    known = {person.username for person in demo_people() if person.gives_code}
    for account in rows.by_table[Account]:
        if account["username"] in known:
            rows.add(
                Factor,
                id=uuid7(),
                person_id=account["person_id"],
                kind=FactorKind.APP.value,
                name="Telefoon",
                created_at=clock.now(),
                sealed_secret=seal(APP_SECRET, account["person_id"], pepper),
                last_step=0,
            )


def _place(model: type[Base]) -> tuple[bool, int]:
    # Attachments come last: the model does not know that they hang on entries, which live on a floor above.
    return model is Attachment, Base.metadata.sorted_tables.index(_table(model))


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


def _owner(settings: Settings) -> psycopg.Connection[Any]:
    if not settings.database_owner_url:
        raise RuntimeError("set TALENT_DATABASE_OWNER_URL as well: the demo region is loaded by the owner")
    url = make_url(settings.database_owner_url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False))


def _alike(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """Rows by the columns that they name: what one leaves out is as the table has it by itself."""
    by_names: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        by_names.setdefault(tuple(row), []).append(row)
    return by_names.values()


def _copy(connection: psycopg.Connection[Any], model: type[Base], rows: list[dict[str, Any]]) -> None:
    table = _table(model)
    names = list(rows[0])
    json_names = {name for name in names if isinstance(table.c[name].type, JSONB)}
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with connection.cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row([Jsonb(value) if name in json_names else value for name, value in row.items()])


def _send(storage: Storage, objects: Iterable[tuple[str, File]]) -> Iterable[None]:
    """Sends every object under its key, some at a time; yields after each."""

    def send(item: tuple[str, File]) -> None:
        key, file = item
        storage.put(key, file.content, file.media_type)

    with ThreadPoolExecutor(_SENDERS) as pool:
        yield from pool.map(send, objects)
