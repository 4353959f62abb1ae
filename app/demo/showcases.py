"""Etalages of the cast: one that is shared with a code, and one that waits for a yes from home."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.access.actions import hash_of
from app.access.models import Account
from app.demo.rows import Dice, Rows, data
from app.guidance.notices.models import Notice, NoticeKind
from app.media.models import Attachment, MediaKind
from app.platform.clock import AMSTERDAM, Clock
from app.portability.showcases.codes import code_hash, code_of, secret_of
from app.portability.showcases.models import ShowcaseCount, ShowcasePage, ShowcaseShare
from app.portability.showcases.schemas import PageContent, kept
from app.portfolio.models import OPEN_STATES, Entry

_SHOWN = (MediaKind.PHOTO.value, MediaKind.FILM.value)


def add_showcases(rows: Rows, pepper: str, clock: Clock) -> None:
    """Makes the rows, after the stories and words that stand on the pages."""
    people = {account["username"]: account["person_id"] for account in rows.by_table[Account]}
    for number, told in enumerate(data("showcases.toml")["page"]):
        _page(rows, people, told, pepper, clock, Dice(f"showcase {number}"))


def _page(rows: Rows, people: dict[str, UUID], told: dict[str, Any], pepper: str, clock: Clock, dice: Dice) -> None:
    pupil = people[told["pupil"]]
    made_on = clock.today() + timedelta(told["made"])
    content = PageContent.model_validate(
        {
            "template": told["template"],
            "title": told["title"],
            "intro": told["intro"],
            "shows_school": told.get("shows_school", False),
            "words": told.get("words", []),
            "sections": [_section(rows, pupil, part, dice.id(_moment(made_on))) for part in told["section"]],
        }
    )
    page = dice.id(_moment(made_on))
    rows.add(
        ShowcasePage,
        id=page,
        pupil_id=pupil,
        content=kept(content),
        version=1,
        made_at=_moment(made_on),
        updated_at=_moment(made_on),
    )
    for given in told.get("share", []):
        share = _share(rows, pupil, page, given, made_on, pepper, clock.today(), dice)
        for guardian in given.get("asked", []):
            _asked(rows, people[guardian], share, pupil, _moment(made_on), dice)


def _section(rows: Rows, pupil: UUID, part: dict[str, Any], id_: UUID) -> dict[str, Any]:
    stories = [story for told in part.get("story", []) if (story := _story(rows, pupil, told))]
    return {
        "id": id_,
        "prompt": part["prompt"],
        "heading": part["heading"],
        "text": part.get("text", ""),
        "stories": stories,
    }


def _story(rows: Rows, pupil: UUID, told: dict[str, Any]) -> dict[str, Any] | None:
    entry = next(
        (
            each["id"]
            for each in rows.by_table[Entry]
            if each["pupil_id"] == pupil and each["title"] == told["title"] and each["state"] in OPEN_STATES
        ),
        None,
    )
    if entry is None:  # not written yet, in the first days of a school year
        return None
    files = [
        file["id"]
        for file in rows.by_table[Attachment]
        if file.get("entry_id") == entry and file["kind"] in _SHOWN and file["state"] == "ready"
    ]
    return {"entry_id": entry, "text": told["text"], "file_ids": files[: told.get("files", 0)]}


def _share(
    rows: Rows, pupil: UUID, page: UUID, given: dict[str, Any], made_on: date, pepper: str, today: date, dice: Dice
) -> UUID:
    share = dice.id(_moment(made_on))
    held = hash_of(secret_of(pepper, share))
    has_code = given.get("code", False)
    rows.add(
        ShowcaseShare,
        id=share,
        pupil_id=pupil,
        page_id=page,
        who=given["who"],
        starts_on=made_on,
        ends_on=made_on + timedelta(given["days"]),
        made_at=_moment(made_on),
        token_hash=held,
        has_code=has_code,
        code_hash=code_hash(pepper, held, code_of(pepper, share)) if has_code else None,
    )
    for opened in given.get("opened", []):
        rows.add(ShowcaseCount, share_id=share, on_date=today - timedelta(opened["ago"]), times=opened["times"])
    return share


def _asked(rows: Rows, guardian: UUID, share: UUID, pupil: UUID, at: datetime, dice: Dice) -> None:
    """At home they are asked for a yes, and have not looked yet."""
    rows.add(
        Notice,
        id=dice.id(at),
        person_id=guardian,
        kind=NoticeKind.SHOWCASE_ASKED.value,
        about_id=share,
        pupil_id=pupil,
        actor_id=pupil,
        on_day=at.astimezone(AMSTERDAM).date(),
        at=at,
        read_at=None,
    )


def _moment(day: date) -> datetime:
    """Half past four in The Hague."""
    return datetime.combine(day, time(16, 30), AMSTERDAM)
