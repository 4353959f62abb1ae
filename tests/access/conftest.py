"""What several tests of this folder need."""

from typing import Any

import pytest

from app.access.invitations.actions import letter
from app.access.invitations.actions.by_school import NewLetter
from app.access.invitations.actions.letter import letters_pdf


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[NewLetter]:
    """The letters that went to print, last one last."""
    seen: list[NewLetter] = []

    def note(letters: list[NewLetter], *rest: Any) -> bytes:
        seen.extend(letters)
        return letters_pdf(letters, *rest)

    monkeypatch.setattr(letter, "letters_pdf", note)
    return seen
