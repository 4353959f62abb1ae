"""The pages beside the stories: talent picture, talks, choices, dossier, cards from home, and what is in the file."""

import math
from collections import defaultdict
from typing import Any

from app.portability.exports.html import (
    asked,
    bullets,
    card,
    day_of,
    esc,
    in_words,
    named,
    own,
    paragraphs,
    say,
    section,
)
from app.portability.exports.parts import LEFT_OUT
from app.portability.exports.story_page import Row, brought, shown_file
from app.reference import catalogue
from app.reference.codes import PurposeCode

Titles = dict[str, tuple[str, str]]
"""Address and name of entries, by id."""


def _link(entry_id: str, titles: Titles) -> str:
    to = titles.get(entry_id)
    return f'<a href="{esc(to[0])}">{own(to[1])}</a>' if to else ""


def _by(rows: list[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


# --- the talent picture -----------------------------------------------------------------------------


def picture(entries: list[Row], words: list[Row], choices: list[Row], titles: Titles) -> str:
    """Kinds of work as islands, and the same in words; words with the voice that gave them; questions of a career."""
    shown = [entry for entry in entries if entry["state"] != "trashed" and entry["kind"] != "result"]
    hidden = {choice["key"] for choice in choices if choice["hidden"]}
    written = {choice["key"]: choice["shown_as"] for choice in choices if choice["shown_as"]}
    fields = [
        (str(field.code), in_words(field.name), at)
        for field in catalogue.work_fields()
        if (at := [entry["id"] for entry in shown if field.code in entry["work_fields"]])
    ]
    seen: dict[str, list[Row]] = defaultdict(list)
    for word in words:
        if word["key"] not in hidden and word["entry_id"] in titles:
            seen[word["key"]].append(word)
    told = "".join(
        f"<h3>{own(written.get(key) or given[0]['word'])}</h3>" + bullets(_voice(word, titles) for word in given)
        for key, given in sorted(seen.items())
    )
    thought = "".join(
        f"<h3>{esc(in_words(each.question))}</h3>" + _stories(at, titles)
        for each in catalogue.competencies()
        if (at := [entry["id"] for entry in shown if each.code in entry["competencies"]])
    )
    listed = "".join(f"<h3>{esc(name)}</h3>{_stories(at, titles)}" for _, name, at in fields)
    if not (fields or told or thought):
        return f"<p>{esc(say('picture.none'))}</p>"
    return (
        f"<p>{esc(say('picture.intro'))}</p>"
        + (_islands([(name, len(at)) for _, name, at in fields]) if fields else "")
        + section(say("picture.fields"), listed)
        + section(say("picture.words"), told)
        + section(say("picture.competencies"), thought)
    )


def _stories(ids: list[str], titles: Titles) -> str:
    return bullets(_link(id_, titles) for id_ in ids if id_ in titles)


def _voice(word: Row, titles: Titles) -> str:
    who = word["said_by"] or say(f"voice.{word['voice']}")
    return f"{own(who)}: {_link(word['entry_id'], titles)}"


_ACROSS, _EACH = 3, (220, 150)


def _islands(fields: list[tuple[str, int]]) -> str:
    """An island for each kind of work, all of one size: that there are more stories of one says nothing of the pupil.

    A dot for each story, at most twelve.
    """
    wide, high = _EACH
    rows = math.ceil(len(fields) / _ACROSS)
    drawn = []
    for place, (name, count) in enumerate(fields):
        x, y = wide * (place % _ACROSS) + wide // 2, high * (place // _ACROSS) + high // 2
        dots = "".join(
            f'<circle cx="{x + 52 * math.cos(turn):.0f}" cy="{y - 8 + 26 * math.sin(turn):.0f}" r="5" fill="#1e6c35"/>'
            for turn in (2 * math.pi * dot / min(count, 12) for dot in range(min(count, 12)))
        )
        drawn.append(
            f'<ellipse cx="{x}" cy="{y - 8}" rx="88" ry="50" fill="#f4ecd9" stroke="#7d867f" stroke-width="2"/>{dots}'
            f'<text x="{x}" y="{y + 62}" text-anchor="middle" font-size="16" fill="#12332a">{esc(name)}</text>'
        )
    label = esc(say("picture.drawing"))
    return (
        f'<svg class="islands" role="img" aria-label="{label}" viewBox="0 0 {wide * min(len(fields), _ACROSS)}'
        f' {high * rows}">{"".join(drawn)}</svg>'
    )


# --- talks and steps --------------------------------------------------------------------------------


_SHEET = ("found_out", "doubt", "ask", "maybe_next")


def talks(rows: dict[str, list[Row]], people: dict[str, Row], titles: Titles) -> str:
    """Each talk with its sheet, its records and the akkoord; and the steps."""
    sheets, records = _by(rows["prepSheets"], "conversation_id"), _by(rows["conversationRecords"], "conversation_id")
    agreed = _by(rows["conversationAgreements"], "conversation_id")
    shown = []
    for talk in reversed(rows["conversations"]):
        heading = f"{say('talk.kind.' + talk['kind'])} · {day_of(talk['on_day'])}"
        inside = [f"<p>{own(say('talk.with', name=named(people.get(talk['held_with']))))}</p>"]
        if talk["cancelled_at"]:
            inside.append(f"<p class='soft'>{esc(say('talk.cancelled'))}</p>")
        for sheet in sheets[talk["id"]]:
            chosen = bullets(_link(id_, titles) for id_ in sheet["entry_ids"] if id_ in titles)
            told = "".join(
                asked(say(f"sheet.{key}"), sheet[key]) for key in ("found_out", "doubt", "ask", "maybe_next")
            )
            show = f"<h3>{esc(say('sheet.show'))}</h3>{chosen}" if chosen else ""
            inside.append(card(f"<p><b>{esc(say('sheet'))}</b></p>{show}{told}") if show or told else "")
        inside += [_record(record, people) for record in records[talk["id"]]]
        for yes in agreed[talk["id"]]:
            head = say("agreement", day=day_of(yes["agreed_at"]))
            inside.append(card(f"<p><b>{esc(head)}</b></p>{paragraphs(yes['words'])}"))
        shown.append(section(heading, "".join(inside)))
    steps = bullets(_step(step, titles) for step in rows["steps"])
    return "".join(shown) + section(say("steps"), steps) or f"<p>{esc(say('talks.none'))}</p>"


def _record(record: Row, people: dict[str, Row]) -> str:
    by = say("record.by", name=named(people.get(record["written_by"])), day=day_of(record["written_at"]))
    steps = bullets(own(step.get("text") or "") for step in record["steps"])
    return card(
        f"<p><b>{esc(say('record.version', version=record['version']))}</b></p>"
        + asked(say("record.pupil"), record["pupil_voice"])
        + asked(say("record.staff"), record["staff_voice"])
        + steps
        + f"<p class='soft'>{own(by)}</p>"
    )


def _step(step: Row, titles: Titles) -> str:
    when = [
        say(f"step.{key}", day=day_of(step[column]))
        for key, column in (("due", "due_on"), ("done", "done_at"), ("let_go", "let_go_at"))
        if step[column]
    ]
    story = _link(step["entry_id"], titles) if step["entry_id"] else ""
    return f"{own(step['text'])} <span class='soft'>{esc(', '.join(when))}</span> {story}"


# --- choices ----------------------------------------------------------------------------------------


def choices(rows: dict[str, list[Row]], titles: Titles) -> str:
    """Each moment with its options, what was chosen and how sure, and how one looks back."""
    options, picks = _by(rows["choiceOptions"], "moment_id"), _by(rows["choicePicks"], "moment_id")
    sure, ties = _by(rows["choiceSureness"], "moment_id"), _by(rows["choiceOptionEntries"], "option_id")
    called = {option["id"]: _option_name(option) for option in rows["choiceOptions"]}
    shown = []
    for moment in rows["choiceMoments"]:
        listed = "".join(_option(option, called, ties, titles) for option in options[moment["id"]])
        motives = [say(f"motive.{code}") for code in moment["motives"]] + [moment["own_motive"]]
        chosen = bullets(_pick(pick, called) for pick in picks[moment["id"]])
        lines = bullets(
            esc(say("choice.sure.line", day=day_of(each["at"]), sure=each["sure"])) + f" {own(each['words'])}"
            for each in sure[moment["id"]]
        )
        inside = (
            listed
            + _under("choice.motives", bullets(own(motive) for motive in motives if motive))
            + _under("choice.picks", chosen)
            + _under("choice.sure", lines)
            + _look_back(moment["look_back"])
        )
        year = f"{moment['school_year']}–{moment['school_year'] + 1}"
        shown.append(section(f"{say('choice.kind.' + moment['kind'])} · {year}", inside or f"<p>{year}</p>"))
    return "".join(shown) or f"<p>{esc(say('choices.none'))}</p>"


def _under(key: str, inside: str) -> str:
    return f"<h3>{esc(say(key))}</h3>{inside}" if inside else ""


def _option_name(option: Row) -> str:
    return option["name"] or say(f"option.{option['code']}")


def _option(option: Row, called: dict[str, str], ties: dict[str, list[Row]], titles: Titles) -> str:
    told = "".join(asked(say(f"choice.option.{key}"), option[key]) for key in ("plus", "minus", "seen"))
    off = asked(say("choice.option.off"), option["off_why"] or " ") if option["off_at"] else ""
    shows = bullets(_link(tie["entry_id"], titles) for tie in ties[option["id"]] if tie["entry_id"] in titles)
    return card(f"<h3>{own(called[option['id']])}</h3>{told}{off}{shows}")


def _pick(pick: Row, called: dict[str, str]) -> str:
    plans = {"a": called.get(pick["plan_a"] or "", "–"), "b": called.get(pick["plan_b"] or "", "")}
    key = "choice.pick.b" if plans["b"] else "choice.pick"
    return f"{own(say(key, day=day_of(pick['at']), **plans))}{paragraphs(pick['why'])}"


def _look_back(told: Any) -> str:
    if not told:
        return ""
    again = say(f"choice.again.{told['again']}")
    inside = asked(say("choice.again"), again)
    inside += "".join(asked(say(f"choice.{key}"), told.get(key)) for key in ("different", "advice"))
    return _under("choice.lookback", inside)


# --- dossier ----------------------------------------------------------------------------------------


def dossier(rows: dict[str, list[Row]], titles: Titles) -> str:
    """As it is now, and each time it was handed in, whole."""
    questions = {str(each.code): in_words(each.question) for each in catalogue.competencies()}
    now = "".join(
        f"<h3>{esc(questions[part['competency']])}</h3>{paragraphs(part['text'])}{_stories(part['entry_ids'], titles)}"
        for part in rows["dossierParts"]
    )
    kept = _by(rows["keptFiles"], "keeper_id")
    handed = "".join(_hand_in(given, questions, kept[given["id"]]) for given in reversed(rows["dossierHandIns"]))
    return section(say("dossier.now"), now) + handed or f"<p>{esc(say('dossier.none'))}</p>"


def _hand_in(given: Row, questions: dict[str, str], kept: list[Row]) -> str:
    snapshot = given["snapshot"]
    called = {entry["id"]: entry["title"] for entry in snapshot.get("entries") or []}
    parts = "".join(
        f"<h3>{esc(questions.get(part['competency'], ''))}</h3>{paragraphs(part['text'])}"
        + bullets(own(called.get(id_) or say("untitled")) for id_ in part["entryIds"])
        for part in snapshot.get("parts") or []
    )
    stories = "".join(
        f"<details><summary>{own(entry['title'] or say('untitled'))}</summary>{paragraphs(entry['body'])}</details>"
        for entry in snapshot.get("entries") or []
    )
    files = "".join(shown_file({**file, "alt": ""}, "") for file in kept)
    closed = f"<p>{esc(say('dossier.state.' + given['state']))}</p>{paragraphs(given['reason'])}"
    under = f"<details><summary>{esc(say('dossier.files'))}</summary>{files}</details>" if files else ""
    return section(say("dossier.handed", day=day_of(given["handed_in_on"])), closed + parts + stories + under)


# --- cards from home, and the rest ------------------------------------------------------------------


def home(cards: list[Row], files: dict[str, list[Row]]) -> str:
    """Cards with what both said, each in the language it was said in."""
    known = {card.code: card for card in catalogue.homework_cards()}
    shown = []
    for each in reversed(cards):
        found = known.get(each["card"])
        title = in_words(found.title) if found else each["card"]
        child = paragraphs(each["child_text"])
        parent = paragraphs(each["home_text"], each["language"])
        heard = "".join(shown_file(file, "") for file in files.get(each["id"], []))
        inside = _under("home.child", child) + _under("home.parent", parent) + heard
        shown.append(section(f"{title} · {day_of(each['begun_at'])}", inside or f"<p>{esc(say('home.none'))}</p>"))
    return "".join(shown) or f"<p>{esc(say('home.none'))}</p>"


def about(rows: dict[str, list[Row]], pupil: Row, missing: int) -> str:
    """How to read it, who it is about, what was agreed to, and what is left out and why."""
    groups = {row["placement_id"]: row["name"] for row in rows["groups"]}
    where = bullets(
        own(
            say(
                "member",
                group=groups.get(row["id"]) or "",
                school=row["school_name"],
                **{"from": day_of(row["starts_on"])},
            )
        )
        for row in rows["placements"]
    )
    said = bullets(esc(_consent(row)) for row in rows["consents"])
    lacks = f"<p>{esc(say('about.missing', count=missing))}</p>" if missing else ""
    left = bullets(f"<code>{esc(what)}</code>: {esc(why)}" for what, why in sorted(LEFT_OUT.items()))
    born = f"<p>{esc(say('born', day=day_of(pupil['birth_date'])))}</p>" if pupil["birth_date"] else ""
    reading = "".join(f"<p>{esc(say(f'about.{key}'))}</p>" for key in ("read", "json", "leap", "bring"))
    return (
        reading
        + lacks
        + section(say("about.person", given=pupil["given_name"]), born + where)
        + section(say("about.consents"), said)
        + section(say("about.looks"), f"<p>{esc(say('about.looks.text'))}</p>")
        + section(say("about.left"), f'<details lang="en" dir="ltr"><summary>{len(LEFT_OUT)}</summary>{left}</details>')
    )


def _consent(row: Row) -> str:
    purposes = {purpose.code.value: purpose for purpose in catalogue.purposes()}
    what = in_words(purposes[PurposeCode(row["purpose"]).value].title)
    return say(
        "about.consent",
        what=what,
        answer=say(f"about.consent.{row['answer'] or 'none'}"),
        who=say("about.consent.pupil" if row["of_pupil"] else "about.consent.guardian"),
        day=day_of(row["answered_at"] or row["asked_at"]),
    )


def elsewhere(records: list[Row], files: dict[str, list[Row]], titles: Titles) -> str:
    """What was brought from elsewhere before, and what was said aloud there."""
    told = (
        (brought(record, files.get(record["id"], [])), _link(record["entry_id"] or "", titles)) for record in records
    )
    return "".join(f"{inside}<p>{link}</p>" for inside, link in told if inside)
