"""Pages of a school's admin, each one statement."""

from app.access.administration.queries.groups import GROUP, GROUPS
from app.access.administration.queries.people import OVERVIEW, PEOPLE
from app.access.administration.queries.person import PERSON

__all__ = ["GROUP", "GROUPS", "OVERVIEW", "PEOPLE", "PERSON"]
