"""The pages of the portfolio, each one statement."""

from app.portfolio.queries.entry import ENTRY, PUT_AWAY, VERSIONS
from app.portfolio.queries.logbooks import LOGBOOKS
from app.portfolio.queries.looks import LOOKS
from app.portfolio.queries.portfolio import PORTFOLIO
from app.portfolio.queries.school import GROUP, PUPILS, REVIEW_QUEUE, SCHOOL

__all__ = [
    "ENTRY",
    "GROUP",
    "LOGBOOKS",
    "LOOKS",
    "PORTFOLIO",
    "PUPILS",
    "PUT_AWAY",
    "REVIEW_QUEUE",
    "SCHOOL",
    "VERSIONS",
]
