"""What all pupils kept over the years: trips with the class, things of their own, and what was said of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.demo.entries import Remark, Scribe, Story
from app.demo.media import Made
from app.demo.people import People, Pupil, Year
from app.demo.rows import Dice, school_day, year_end
from app.demo.wording import Topic, answers, body, details, said, topics
from app.platform.clock import Clock
from app.portfolio.law import years_old
from app.portfolio.models import EntryState, FeedbackKind, Ring, Voice
from app.reference.catalogue import age_band
from app.reference.codes import Band

_WITH_FILES = 0.36
"""Of the entries of this and the last school year that can have a picture; of earlier years a tenth of that."""

_OF_THEIR_OWN = {"experience": 9, "work_sample": 3, "interview": 2, "article": 1, "result": 2, "reflection": 2}
"""How often each kind, among what a pupil keeps besides trips."""

DILIGENT = {"cagla", "noor"}
"""Who kept something almost every month: one from groep 7 into the mbo, one who takes it along to the vmbo."""

_FEELINGS = {"very_nice": 5, "nice": 8, "okay": 4, "meh": 2, "not_nice": 1}

_STATES_AT_FIRST = {
    EntryState.SHARED: 48,
    EntryState.SEEN: 30,
    EntryState.DRAFT: 14,
    EntryState.ASKED_BACK: 8,
}
_STATES_LATER = {
    EntryState.SEEN: 88,
    EntryState.DRAFT: 8,
    EntryState.SHARED: 1,
    EntryState.ASKED_BACK: 2,
    EntryState.TRASHED: 1,
}


@dataclass(frozen=True, slots=True)
class _Trip:
    topic: Topic
    day: date


class Stories:
    """Tells for every pupil but those of the cast who tell themselves."""

    def __init__(self, people: People, scribe: Scribe, made: dict[str, list[Made]], clock: Clock) -> None:
        self._people = people
        self._scribe = scribe
        self._made = made
        self._today = clock.today()
        self._trips: dict[tuple[UUID, int], list[_Trip]] = {}
        self._told: dict[UUID, set[str]] = defaultdict(set)

    def tell(self, pupil: Pupil) -> None:
        """All entries of a pupil, year by year."""
        dice = Dice(f"stories of {pupil.username}")
        diligence = 2.2 if pupil.username in DILIGENT else dice.uniform(0.3, 1.5)
        for school_year, year in pupil.years.items():
            for trip in self._trips_of(year, school_year):
                if dice.happens(0.5 * diligence):
                    self._write(dice, pupil, year, trip.topic, trip.day)
            for _ in range(round(dice.uniform(0.5, 2.7) * diligence)):
                day = school_day(dice, school_year, self._today)
                if day:
                    self._write(dice, pupil, year, self._topic(dice, year), day)

    def _trips_of(self, year: Year, school_year: int) -> list[_Trip]:
        """Where the class went that year."""
        key = (year.group_id, school_year)
        if key not in self._trips:
            dice = Dice(f"trips of {year.group_name} in {school_year - self._people.year}")
            band = age_band(year.level, year.study_year)
            fitting = [topic for topic in topics() if topic.trip and topic.suits(band, year.group_name)]
            days = [school_day(dice, school_year, self._today) for _ in range(2)]
            chosen = dice.sample(fitting, min(len(days), len(fitting)))
            self._trips[key] = [_Trip(topic, day) for topic, day in zip(chosen, days, strict=False) if day]
        return self._trips[key]

    def _topic(self, dice: Dice, year: Year) -> Topic:
        band = age_band(year.level, year.study_year)
        kind = dice.weighted(_OF_THEIR_OWN)
        return dice.choice([each for each in topics() if each.kind == kind and each.suits(band, year.group_name)])

    def _write(self, dice: Dice, pupil: Pupil, year: Year, topic: Topic, day: date) -> None:
        band = age_band(year.level, year.study_year)
        for _ in range(20):
            title, told, first = body(dice, topic, band)
            if title not in self._told[pupil.id] and told not in self._told[year.group_id]:
                break
        else:
            return
        self._told[pupil.id].add(title)
        self._told[year.group_id].add(told)
        answered = answers(dice, topic, band, rotation=len(self._told[pupil.id]) % 3)
        state = self._state(dice, day)
        ring = Ring.PUPIL if state in (EntryState.DRAFT, EntryState.TRASHED) else self._ring(dice, pupil, day)
        story = Story(
            pupil,
            day,
            {
                "title": title,
                "happened_on": day,
                "body": told if ring else first,
                "feeling": dice.weighted(_FEELINGS) if topic.kind == "experience" else None,
                "details": details(dice, topic, band),
                "answers": answered,
                "competencies": list(dict.fromkeys(each["competency"] for each in answered if not each["skipped"])),
                "work_fields": topic.fields,
                "tags": [],
            },
            state,
            ring,
            self._files(dice, topic, day),
        )
        if ring:
            self._discuss(dice, story, year, band, first)
        self._scribe.write(story, dice)

    def _state(self, dice: Dice, day: date) -> EntryState:
        age = (self._today - day).days
        if age > 120:
            return EntryState.ARCHIVED if dice.happens(0.02) else EntryState.SEEN
        states = _STATES_LATER if age > 21 else _STATES_AT_FIRST
        return dice.weighted(states)

    def _ring(self, dice: Dice, pupil: Pupil, day: date) -> Ring:
        age = years_old(pupil.birth_date, day)
        if age < 12:
            home = 0.92
        elif age < 16:
            home = 0.66
        else:
            home = 0.6 if pupil.home_yes else 0.1
        return Ring.HOME if dice.happens(home) else Ring.SCHOOL

    def _files(self, dice: Dice, topic: Topic, day: date) -> list[Made]:
        recent = day > year_end(self._people.year - 2)
        if not dice.happens(_WITH_FILES if recent else _WITH_FILES / 10):
            return []
        if topic.file:
            return self._made[topic.file]
        pictures = self._made.get(topic.scene, [])
        return dice.some(pictures, 1, 2 if dice.happens(0.2) else 1)

    def _discuss(self, dice: Dice, story: Story, year: Year, band: Band, first: str) -> None:
        """What mentor, pupil and parents said of it."""
        words = said()
        if story.state == EntryState.ASKED_BACK:
            story.remarks.append(self._asks(dice, year, band))
        elif story.state == EntryState.SEEN and dice.happens(0.12):
            self._ask_and_answer(dice, story, year, band, first)
        elif story.state == EntryState.SEEN and dice.happens(0.45):
            author = dice.choice([year.mentor, year.mentor, *self._people.subject_teachers[year.group_id]])
            text = dice.choice(words["comments"][band])
            story.remarks.append(Remark(author, Voice.SCHOOL, FeedbackKind.COMMENT, text, dice.randint(1, 9)))
        if story.ring == Ring.HOME:
            self._react(dice, story)

    def _asks(self, dice: Dice, year: Year, band: Band) -> Remark:
        question = dice.choice(said()["ask_backs"][band])
        return Remark(year.mentor, Voice.SCHOOL, FeedbackKind.ASK_BACK, question, dice.randint(1, 4))

    def _ask_and_answer(self, dice: Dice, story: Story, year: Year, band: Band, first: str) -> None:
        words = said()
        number = dice.randrange(min(len(words["ask_backs"][band]), len(words["replies"][band])))
        asked = dice.randint(1, 4)
        story.remarks += [
            Remark(year.mentor, Voice.SCHOOL, FeedbackKind.ASK_BACK, words["ask_backs"][band][number], asked),
            Remark(story.pupil.id, Voice.PUPIL, FeedbackKind.ANSWER, words["replies"][band][number], asked + 2),
        ]
        if dice.happens(0.5):
            story.first_body = first

    def _react(self, dice: Dice, story: Story) -> None:
        open_on = story.day + timedelta(days=3)
        young = years_old(story.pupil.birth_date, self._today) < 16
        for guardian in story.pupil.guardians:
            if not guardian.sees or not (young or story.pupil.home_yes) or not dice.happens(0.22):
                continue
            reaction = dice.choice(said()["reactions"])
            text = dice.choice(reaction.get(guardian.language, reaction["nl"] if guardian.language == "nl" else [""]))
            after = dice.randint(1, 6)
            if open_on <= self._today:
                story.remarks.append(
                    Remark(guardian.id, Voice.HOME, FeedbackKind.REACTION, text, after, reaction["code"])
                )
