"""Which new passwords are taken: long ones that are not among what everybody tries first (ASVS 5.0, 6.2).

No rules about signs and figures. What counts is what is left when figures, signs and the usual swaps (`@` for `a`) are
taken away: a password of one, two or three words of the list, or with a name of the person or the school, is refused.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise

from app.people.names import fold

SHORTEST, LONGEST = 12, 200

_SWAPS = str.maketrans("@4831!|05$7+€", "aabeiiiosstte")
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qwertzuiop", "abcdefghijklmnopqrstuvwxyz")
_FEW = 5
"""A password with fewer different signs than this is a pattern."""
_OWN = 4
"""Words of somebody's own, or of the school, count from this length on."""


@cache
def _common() -> frozenset[str]:
    text = files("app.access").joinpath("common_words.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def why_weak(password: str, own: Iterable[str]) -> str | None:
    """The code of the field's problem, or None where the password is taken. `own`: of the person and the school."""
    if len(password) < SHORTEST:
        return "password_short"
    folded = fold(password).replace(" ", "")
    if len(set(folded)) < _FEW or _is_run(folded) or _is_repeat(folded):
        return "password_common"
    words = {word for name in own for word in re.findall(r"\w+", fold(name)) if len(word) >= _OWN}
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    spellings = {re.sub(r"[\W\d_]", "", spelt) for spelt in (folded, folded.translate(_SWAPS), bare.translate(_SWAPS))}
    if any(word in spelt for spelt in spellings for word in words):
        return "password_own_name"
    return "password_common" if any(_is_common(spelt) for spelt in spellings) else None


def _is_common(letters: str) -> bool:
    """One, two or three words of the list, and nothing else."""
    words = _common()
    reach = {0}
    for _ in range(3):
        reach = {end for start in reach for end in range(start + 1, len(letters) + 1) if letters[start:end] in words}
        if letters and len(letters) in reach:
            return True
    return False


def _is_run(password: str) -> bool:
    """Along the rows of a keyboard or the alphabet, forwards or back, from start to end."""
    rows = [row * 2 for row in _ROWS]
    rows += [row[::-1] for row in rows]
    steps = sum(any(a + b in row for row in rows) for a, b in pairwise(password))
    return steps >= len(password) - 3


def _is_repeat(password: str) -> bool:
    """One piece of at most half, again and again."""
    return any(
        (password[:size] * len(password))[: len(password)] == password for size in range(1, len(password) // 2 + 1)
    )
