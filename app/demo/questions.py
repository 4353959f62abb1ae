"""The questions that one of the schools asks besides those of the product, from data/questions.toml."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from app.demo.rows import Dice, Rows, data, school_year_of
from app.guidance.questions.models import SchoolQuestion, SchoolQuestionVersion


def add_questions(rows: Rows, school_id: UUID, dean_id: UUID, today: date) -> None:
    """A small set: one question was worded anew, one is asked no more."""
    dice, year = Dice("questions"), school_year_of(today)
    first = datetime.combine(date(year - 1, 10, 6), time(14, 20), UTC)
    anew = min(datetime.combine(date(year, 9, 8), time(15, 5), UTC), datetime.combine(today, time(6), UTC))
    for number, told in enumerate(data("questions.toml")["question"]):
        made = first + timedelta(minutes=4 * number)
        question_id = dice.id(made)
        whom = {name: told[name] for name in ("bands", "competency", "kinds")}
        wordings = [(told["first"], made), (told["text"], anew)] if "first" in told else [(told["text"], made)]
        rows.add(
            SchoolQuestion,
            id=question_id,
            school_id=school_id,
            text=told["text"],
            version=len(wordings),
            since=wordings[-1][1],
            made_by=dean_id,
            withdrawn_at=anew if told.get("withdrawn") else None,
            **whom,
        )
        for version, (words, since) in enumerate(wordings, 1):
            rows.add(
                SchoolQuestionVersion,
                question_id=question_id,
                version=version,
                content=whom | {"text": words},
                since=since,
                made_by=dean_id,
            )
