"""Pieces of pages: every text that somebody wrote goes through `esc`, and says by itself in which direction it runs."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from app.platform.clock import AMSTERDAM
from app.platform.i18n import DEFAULT, LOCALES, direction, plural
from app.reference import catalogue

_language: ContextVar[str] = ContextVar("language of the pages", default=DEFAULT)


@contextmanager
def spoken(locale: str) -> Iterator[None]:
    """Pages that are made inside speak this language; Dutch where we do not speak it."""
    before = _language.set(locale if locale in LOCALES else DEFAULT)
    try:
        yield
    finally:
        _language.reset(before)


def in_words(text: Mapping[Any, str]) -> str:
    """A text of the reference data in the language of the pages."""
    return catalogue.in_language(dict(text), _language.get())


@cache
def _words(locale: str) -> dict[str, str]:
    path = files("app.portability.exports").joinpath("words", f"{locale}.json")
    loaded: dict[str, str] = json.loads(path.read_text("utf-8"))
    return loaded


def say(key: str, **values: object) -> str:
    """A text of the pages, not escaped. With `count` the one for as many. Raises KeyError."""
    locale = _language.get()
    if isinstance(count := values.get("count"), int) and (form := f"{key}.{plural(locale, count)}") in _words(locale):
        key = form
    return _words(locale)[key].format(**values)


def esc(text: object) -> str:
    """Text as it may stand in a page, also between quotes."""
    return escape(str(text), quote=True)


def day_of(moment: str | None) -> str:
    """A moment or a day as people say it; of a moment the day in The Hague. Empty for none."""
    if not moment:
        return ""
    day = date.fromisoformat(moment) if len(moment) == 10 else _local(moment)
    return say("date", day=day.day, month=say(f"month.{day.month}"), year=day.year)


def number(value: Any) -> str:
    """A number of hours as people write it; empty for none."""
    return f"{value:g}".replace(".", say("decimal")) if value else ""


def _local(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(AMSTERDAM).date()


def paragraphs(text: str | None, lang: str | None = None) -> str:
    """What somebody wrote, each empty line a new paragraph."""
    of = f' lang="{esc(lang)}"' if lang else ""
    pieces = [piece.strip() for piece in (text or "").replace("\r", "").split("\n\n")]
    return "".join(f'<p dir="auto"{of}>{esc(piece).replace(chr(10), "<br>")}</p>' for piece in pieces if piece)


def own(text: object) -> str:
    """A few words that somebody wrote, inside a line."""
    return f'<bdi dir="auto">{esc(text)}</bdi>'


def facts(pairs: Iterable[tuple[str, str | None]]) -> str:
    """Facts as a list of terms; those without a value are left out. Values are HTML."""
    rows = "".join(f"<dt>{esc(say(key))}</dt><dd>{value}</dd>" for key, value in pairs if value)
    return f"<dl>{rows}</dl>" if rows else ""


def asked(question: str, answer: str | None) -> str:
    """A question in the pupil's language with what was answered; nothing where nothing was."""
    return f"<h3 dir='auto'>{esc(question)}</h3>{paragraphs(answer)}" if answer else ""


def section(heading: str, inside: str) -> str:
    """A part of a page with its heading; nothing where there is nothing in it."""
    return f"<section><h2>{esc(heading)}</h2>{inside}</section>" if inside else ""


def card(inside: str) -> str:
    """Something that is seen as one thing."""
    return f'<div class="card">{inside}</div>'


def bullets(items: Iterable[str], of_class: str = "") -> str:
    """A list; items are HTML. Nothing for none."""
    rows = "".join(f"<li>{item}</li>" for item in items)
    named = f' class="{of_class}"' if of_class else ""
    return f"<ul{named}>{rows}</ul>" if rows else ""


def page(title: str, name: str, menu: list[tuple[str, str]], here: str, inside: str, up: str = "") -> str:
    """A whole page. `menu`: address and name; `up`: the way to the start page from here."""
    locale = _language.get()
    links = "".join(f'<li><a href="{up}{esc(to)}"{_current(to, here)}>{esc(label)}</a></li>' for to, label in menu)
    return (
        f'<!doctype html><html lang="{locale}" dir="{direction(locale)}">'
        '<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' file: data:; script-src 'none'\">"
        '<meta name="robots" content="noindex">'
        f'<title>{esc(title)} · {esc(name)}</title><link rel="stylesheet" href="{up}stijl.css"></head><body>'
        f'<a class="skip" href="#inhoud">{esc(say("skip"))}</a>'
        f'<header><nav aria-label="{esc(say("menu"))}"><ul>{links}</ul></nav></header>'
        f'<main id="inhoud"><h1 dir="auto">{esc(title)}</h1>{inside}</main></body></html>'
    )


def _current(to: str, here: str) -> str:
    return ' aria-current="page"' if to == here else ""


def named(found: dict[str, Any] | None) -> str:
    """Somebody's name, or that it was somebody."""
    return f"{found['given_name']} {found['family_name']}".strip() if found else say("someone")


def slug(text: str, longest: int = 40) -> str:
    """Letters and figures that every computer can name a file with."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:longest].strip("-") or "x"
