"""The pages of talks, each one statement."""

from app.guidance.conversations.queries.lists import (
    MY_CONVERSATIONS,
    PUPIL_CONVERSATIONS,
    invited_talk,
    item,
    next_talk,
    partners,
    to_agree,
    viewer_of,
)
from app.guidance.conversations.queries.talk import CONVERSATION

__all__ = [
    "CONVERSATION",
    "MY_CONVERSATIONS",
    "PUPIL_CONVERSATIONS",
    "invited_talk",
    "item",
    "next_talk",
    "partners",
    "to_agree",
    "viewer_of",
]
