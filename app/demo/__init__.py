"""A fictional region to try the product with: three schools, their people, and the portfolios of years."""

from app.demo.cast import PASSWORD, DemoPerson, demo_cards, demo_code, demo_people, demo_secret
from app.demo.load import is_loaded, load_region

__all__ = [
    "PASSWORD",
    "DemoPerson",
    "demo_cards",
    "demo_code",
    "demo_people",
    "demo_secret",
    "is_loaded",
    "load_region",
]
