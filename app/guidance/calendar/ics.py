"""A calendar as a file (iCalendar, RFC 5545), for apps on phones and desks."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from app.guidance.calendar.queries import Happening
from app.platform.clock import AMSTERDAM
from app.platform.i18n import DEFAULT, LOCALES, say

REFRESH = timedelta(hours=4)
"""So often an app is asked to look again."""

_DAY = timedelta(days=1)
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
"""What the format has no place for, and some apps end a line at."""


def write(happenings: Iterable[Happening], host: str, locale: str | None) -> bytes:
    """One calendar with an event for each. `host` makes the ids the world's own.

    A day without a time is a whole day, and its end is the day after. With a time the end is not known: a single day
    has none, several days end with the last of them; a talk ends after its minutes.
    """
    spoken = locale if locale in LOCALES else DEFAULT
    calendar = Calendar()
    calendar.add("prodid", "-//Talentportfolio//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say(spoken, "calendar.name"))
    calendar.add("x-wr-timezone", AMSTERDAM.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(_zone())
    for each in happenings:
        calendar.add_component(_event(each, host, spoken))
    content: bytes = calendar.to_ical()
    return content


def _event(each: Happening, host: str, locale: str) -> Event:
    event = Event()
    event.add("uid", f"{each.id}@{host}")
    event.add("sequence", each.version)
    event.add("dtstamp", each.updated_at)
    event.add("last-modified", each.updated_at)
    # Some apps show nothing of the status: the title says it as well.
    spoken = say(locale, f"calendar.talk.{each.talk}") if each.talk else each.title
    title, place = (_CONTROL.sub(" ", words) for words in (spoken, each.place))
    event.add("summary", say(locale, "calendar.cancelled", title=title) if each.cancelled else title)
    event.add("status", "CANCELLED" if each.cancelled else "CONFIRMED")
    if place:
        event.add("location", place)
    if each.starts_at is None:
        event.add("dtstart", each.starts_on)
        event.add("dtend", each.ends_on + _DAY)
    else:
        begins = _at(each.starts_on, each.starts_at)
        event.add("dtstart", begins)
        if each.minutes:
            # Half an hour is half an hour, also in the night in which the clock is set.
            event.add("dtend", (begins.astimezone(UTC) + timedelta(minutes=each.minutes)).astimezone(AMSTERDAM))
        elif each.ends_on > each.starts_on:
            event.add("dtend", _at(each.ends_on + _DAY, time()))
    return event


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, AMSTERDAM)


def _zone() -> Timezone:
    """The rule of the European Union since 1996, with onsets by the clock that is left."""
    zone = Timezone()
    zone.add("tzid", AMSTERDAM.key)
    for part, name, month, before, after in (
        (TimezoneDaylight(), "CEST", 3, 1, 2),
        (TimezoneStandard(), "CET", 10, 2, 1),
    ):
        part.add("dtstart", datetime(1996, month, 31 if month == 3 else 27, 1 + before))  # noqa: DTZ001
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1su"))
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        zone.add_component(part)
    return zone
