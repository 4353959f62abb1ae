"""Pages of transfers, each one statement."""

from app.portability.transfers.queries.parent import REQUESTS
from app.portability.transfers.queries.pupil import CHOOSABLE, MY_TRANSFERS, OWN_TRANSFER
from app.portability.transfers.queries.school import OFFERED, OFFERED_ONE, PUPIL_TRANSFERS, VIEW

__all__ = [
    "CHOOSABLE",
    "MY_TRANSFERS",
    "OFFERED",
    "OFFERED_ONE",
    "OWN_TRANSFER",
    "PUPIL_TRANSFERS",
    "REQUESTS",
    "VIEW",
]
