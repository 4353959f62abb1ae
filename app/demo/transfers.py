"""Who came to the vmbo and takes something along: chosen, with a parent's yes, and it waits for the new school."""

from datetime import datetime, time, timedelta
from typing import Any

from app.demo.people import People, Pupil
from app.demo.rows import Dice, Rows, data
from app.guidance.notices.models import Notice, NoticeKind
from app.guidance.steps.models import NextStep
from app.platform.clock import AMSTERDAM, Clock
from app.portability.transfers.models import ItemKind, Transfer, TransferConsent, TransferItem
from app.portability.transfers.policy import TEXT_VERSION
from app.portfolio.models import Entry, EntryState, Ring
from app.reference.codes import Kind

_GOOD_FOR = timedelta(days=60)
_STEP = "Vragen of ik mag meehelpen bij de techniekles"


def add_transfers(rows: Rows, people: People, clock: Clock) -> None:
    """Makes the rows, after the stories that go along."""
    pupils = {pupil.username: pupil for pupil in people.pupils}
    for number, told in enumerate(data("transfers.toml")["transfer"]):
        _transfer(rows, people, pupils[told["pupil"]], told, clock, Dice(f"transfer {number}"))


def _transfer(rows: Rows, people: People, pupil: Pupil, told: dict[str, Any], clock: Clock, dice: Dice) -> None:
    here = pupil.years[people.year]
    stories = [
        entry
        for entry in rows.by_table[Entry]
        if entry["pupil_id"] == pupil.id
        and entry["placement_id"] not in (None, here.placement_id)
        and entry["state"] == EntryState.SEEN
        and entry["ring"] == Ring.HOME
        and entry["kind"] != Kind.RESULT
    ]
    newest = sorted(stories, key=lambda entry: (entry["sort_on"], entry["id"]), reverse=True)[: told["stories"]]
    sent_at, said_at = (_moment(clock, told[name]) for name in ("sent", "yes"))
    transfer, step = dice.id(sent_at), dice.id(sent_at)
    rows.add(
        NextStep, id=step, pupil_id=pupil.id, text=_STEP, made_at=sent_at, version=1, who="pupil",
    )  # fmt: skip
    rows.add(
        Transfer,
        id=transfer,
        pupil_id=pupil.id,
        placement_id=here.placement_id,
        made_at=sent_at,
        changed_at=said_at,
        version=2,
        sent_at=sent_at,
        expires_on=sent_at.date() + _GOOD_FOR,
    )
    things = [(ItemKind.ENTRY, entry["id"]) for entry in newest]
    for kind, thing in (*things, (ItemKind.WORDS, pupil.id), (ItemKind.STEP, step)):
        rows.add(TransferItem, transfer_id=transfer, kind=kind.value, thing_id=thing)
    rows.add(
        TransferConsent,
        transfer_id=transfer,
        person_id=people.by_username[told["guardian"]],
        answer="yes",
        version=TEXT_VERSION,
        answered_at=said_at,
    )
    staff = (*(people.by_username[name] for name in told["deciders"]), here.mentor)
    told_at = [
        (people.by_username[told["guardian"]], NoticeKind.TRANSFER_ASKED, sent_at, said_at),
        (pupil.id, NoticeKind.TRANSFER_AGREED, said_at, None),
        *((person, NoticeKind.TRANSFER_OFFERED, said_at, None) for person in staff),
    ]
    for person, notice, at, read_at in told_at:
        rows.add(
            Notice,
            id=dice.id(at),
            person_id=person,
            kind=notice.value,
            about_id=transfer,
            pupil_id=pupil.id,
            # The first yes is told to the pupil, not whose it was.
            actor_id=None if person == pupil.id else pupil.id,
            on_day=at.astimezone(AMSTERDAM).date(),
            at=at,
            read_at=read_at,
        )


def _moment(clock: Clock, days_ago: int) -> datetime:
    """Four in the afternoon in The Hague, so many days ago."""
    return datetime.combine(clock.today() - timedelta(days=days_ago), time(16), AMSTERDAM)
