"""What stands in a mail: the same sentences as plain text and as HTML, in six languages. Never what it is about."""

import json
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from app.platform.i18n import DEFAULT, direction, plural

LANGUAGES = ("nl", "en", "tr", "pl", "ar", "bg")

_PAGE = (
    '<!DOCTYPE html>\n<html lang="{lang}" dir="{dir}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light">\n'
    "<title>{subject}</title>\n</head>\n"
    '<body style="margin:0;padding:24px 16px;background:#f6f1e7;color:#1d2b36;'
    'font:18px/1.5 Verdana,Tahoma,sans-serif">\n'
    '<main style="max-width:34em;margin:0 auto;padding:24px;background:#ffffff;border-radius:16px">\n'
    '<h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">{subject}</h1>\n{body}\n</main>\n</body>\n</html>\n'
)
_LINE = '<p style="margin:0 0 16px">{}</p>'
_SMALL = '<p style="margin:0 0 12px;font-size:15px;color:#44545f">{}</p>'
_BUTTON = (
    '<p style="margin:24px 0"><a href="{address}" style="display:inline-block;padding:14px 24px;border-radius:999px;'
    'background:#1a6b3c;color:#ffffff;font-weight:bold;text-decoration:none">{words}</a></p>'
)
_LINK = '<a href="{address}" style="color:#1a5a86">{words}</a>'
_CODE = '<p style="margin:0 0 16px;font-size:24px"><b>{}</b></p>'


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail without its address."""

    subject: str
    text: str
    html: str


def language_of(locale: str) -> str:
    """The language that a person reads, if mail is written in it; Dutch otherwise."""
    return locale if locale in LANGUAGES else DEFAULT


@cache
def words(language: str) -> dict[str, Any]:
    """All sentences of one language."""
    text = files("app.guidance.weekly_mail").joinpath("letters", f"{language}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def weekly_letter(locale: str, notices: int, children: int, site: str, off: str) -> Letter:
    """That something is new, and how to be rid of this mail. `children`: 0 where it is about no child of the reader."""
    language = language_of(locale)
    say = words(language)
    lines = [say["notices"][plural(language, notices)].format(count=notices)]
    if children:
        lines.insert(0, say["children"][plural(language, children)])
    plain = [say["hello"], " ".join(lines), f"{say['open']}:\n{site}", say["private"], say["rhythm"]]
    body = [
        *(_LINE.format(escape(line)) for line in (say["hello"], " ".join(lines))),
        _BUTTON.format(address=escape(site), words=escape(say["open"])),
        *(_SMALL.format(escape(say[key])) for key in ("private", "rhythm")),
        _SMALL.format(_LINK.format(address=escape(off), words=escape(say["off"]))),
    ]
    return _letter(language, say["subject"], [*plain, f"{say['off']}:\n{off}"], body)


def code_letter(locale: str, code: str) -> Letter:
    """The code that shows that an address is somebody's own."""
    language = language_of(locale)
    say = words(language)
    parts = [say["hello"], say["code"].format(code=code), say["code_where"], say["code_not_asked"]]
    body = [
        _LINE.format(escape(parts[0])),
        _CODE.format(escape(parts[1])),
        *(_LINE.format(escape(part)) for part in parts[2:]),
    ]
    return _letter(language, say["code_subject"], parts, body)


def _letter(language: str, subject: str, plain: list[str], body: list[str]) -> Letter:
    page = _PAGE.format(
        lang=language,
        dir=direction(language),
        subject=escape(subject),
        body="\n".join(body),
    )
    return Letter(subject, "\n\n".join(plain) + "\n", page)
