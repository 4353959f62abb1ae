"""The card that the demo prints can be tried."""

from datetime import UTC, date, datetime

import pytest

from app.access.cards.actions.coming_in import card_hash
from app.access.cards.models import PupilCard
from app.demo import demo_cards
from app.demo.cast import PASSWORD_HASH
from app.demo.people import People
from app.demo.rows import Rows


@pytest.mark.parametrize(
    ("today", "last_day"), [(date(2026, 11, 24), date(2027, 7, 31)), (date(2027, 8, 1), date(2028, 7, 31))]
)
def test_isa_has_a_card_without_a_pin_for_this_school_year(today: date, last_day: date) -> None:
    rows = Rows()
    people = People(rows, today, PASSWORD_HASH)
    [card] = rows.by_table[PupilCard]
    assert card["pupil_id"] == people.by_username["isa"]
    assert card["secret_hash"] == card_hash(demo_cards()["Isa"])
    assert card["issued_at"] <= datetime.combine(today, datetime.max.time(), UTC)
    assert card["last_day"] == last_day
