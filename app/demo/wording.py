"""How a pupil of some age tells something: topics from the data files, put together in other words every time."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.demo.rows import Dice, data
from app.reference.catalogue import questions_for
from app.reference.codes import Band, Kind

_MIDDLE = {Band.A: (1, 2), Band.B: (2, 2), Band.C: (2, 2), Band.D: (2, 3)}
"""Sentences of the middle part, at least and at most."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to tell about, with the sentences it can be told in."""

    bands: str
    titles: list[str]
    start: list[str]
    middle: list[str]
    end: list[str]
    fields: list[str]
    kind: str = "experience"
    forms: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    scene: str = ""
    file: str = ""
    person: str = ""
    task: str = ""
    place: str = ""
    programme: str = ""
    trip: bool = False
    paired: bool = False
    hours: list[int] = field(default_factory=lambda: [2, 5])
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)

    def suits(self, band: Band, group_name: str) -> bool:
        """Whether pupils of this age and group can have lived it."""
        return band in self.bands and group_name.startswith(self.programme)

    def filled(self, sentence: str) -> str:
        """The sentence with this topic's person, task and place in it."""
        words = sentence.format(persoon=self.person, taak=self.task, plek=self.place)
        return words[:1].upper() + words[1:]


@cache
def topics() -> list[Topic]:
    """All topics, in the order of the files."""
    names = ("experiences_young.toml", "experiences_older.toml", "other_kinds.toml")
    return [Topic(**each) for name in names for each in data(name)["topic"]]


@cache
def said() -> dict[str, Any]:
    """What is answered, and what others say."""
    return data("said.toml")


def body(dice: Dice, topic: Topic, band: Band) -> tuple[str, str, str]:
    """Title, what is told, and how it was told at first, when it was shorter.

    Of a paired topic the first sentences belong to the title in the same place; the rest goes with any title.
    """
    number = dice.randrange(len(topic.titles))
    if topic.paired:
        belongs = len(topic.titles)
        start = topic.start[number] if len(topic.start) == belongs else dice.choice(topic.start)
        middle = [topic.middle[number], *dice.some(topic.middle[belongs:], 0, _MIDDLE[band][1] - 1)]
    else:
        start, middle = dice.choice(topic.start), dice.some(topic.middle, *_MIDDLE[band])
    first = [start, *middle]
    last = [dice.choice(topic.end)] if band is not Band.A or dice.happens(0.7) else []
    between = "\n\n" if band is Band.D else " "
    whole = between.join(filter(None, (" ".join(first), " ".join(last))))
    return topic.titles[number], whole, " ".join(first)


def answers(dice: Dice, topic: Topic, band: Band, rotation: int) -> list[dict[str, Any]]:
    """Answers to the first questions asked of this kind; now and then one is skipped."""
    given = []
    for question in questions_for(band, Kind(topic.kind), rotation)[: dice.randint(1, 3)]:
        choices = [each for each in said()["answers"].get(question.id, []) if topic.person or "{" not in each]
        if choices:
            skipped = dice.happens(0.12)
            given.append(
                {
                    "question_id": question.id,
                    "question_version": question.version,
                    "competency": question.competency,
                    "question": question.text["nl"],
                    "text": "" if skipped else topic.filled(dice.choice(choices)),
                    "skipped": skipped,
                }
            )
    return given


def details(dice: Dice, topic: Topic, band: Band) -> dict[str, Any]:
    """The kind's own fields."""
    if topic.kind != "experience":
        return {"kind": topic.kind, **topic.details}
    own: dict[str, Any] = {
        "kind": topic.kind,
        "form": dice.choice(topic.forms),
        "organisation": dice.choice(topic.organisations),
        "hours": dice.randint(*topic.hours),
    }
    if topic.before and dice.happens(0.6):
        own["expectation"] = {
            "before": dice.choice(topic.before),
            "after": dice.choice(topic.after),
            "list_choice": dice.choices(("on", "unsure", "off"), (4, 4, 2))[0],
        }
    if own["form"] == "internship" and band in (Band.C, Band.D) and dice.happens(0.5):
        own["logbook"] = [{"text": sentence} for sentence in dice.some(topic.middle, 2, 4)]
    return own
