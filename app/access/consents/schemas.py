"""What goes in and out of the consent register."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.people.schemas import PersonRef
from app.platform.http import Model
from app.reference.codes import PurposeCode

Answer = Literal["yes", "no"]
ConsentState = Literal["yes", "no", "open"]
Decider = Literal["pupil", "guardian"]


class ConsentLine(Model):
    """A line of the register; the name of who answered stands with one's own lines only."""

    of: Decider
    own: bool
    version: int
    asked_at: datetime
    answer: Answer | None
    answered_at: datetime | None
    ended_at: datetime | None


class ConsentOut(Model):
    """One thing that is asked, and how it stands today."""

    purpose: PurposeCode
    version: int
    title: dict[str, str] = Field(description="by language")
    text: dict[str, str] = Field(description="by language, in the words for who reads it")
    state: ConsentState
    decides: Decider
    may_answer: bool
    own: Answer | None = Field(description="what this person answered last")
    register_lines: list[ConsentLine] = Field(description="newest first")


class ConsentPage(Model):
    pupil: PersonRef
    items: list[ConsentOut]


class ConsentAnswer(Model):
    """The answer to the text of this version."""

    version: int
    answer: Answer


class PupilConsent(Model):
    pupil: PersonRef
    state: ConsentState


class GroupConsents(Model):
    """Who in a class may be recognisable in photos and films."""

    purpose: PurposeCode
    items: list[PupilConsent]
