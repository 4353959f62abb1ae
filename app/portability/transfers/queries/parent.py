"""What a parent is asked about a transfer."""

from sqlalchemy import and_, any_, literal_column, or_, select

from app.people.models import Person
from app.people.projections import person_ref
from app.platform.reads import HOME, TODAY, VIEWER, Read, json_list, json_object
from app.portability.transfers.models import Transfer, TransferConsent, TransferState
from app.portability.transfers.policy import TEXT_VERSION, asks_home, state_of
from app.portability.transfers.queries.projections import state_is, summary, to_school

_said_self = (
    select(TransferConsent.answer)
    .where(TransferConsent.transfer_id == Transfer.id, TransferConsent.person_id == VIEWER)
    .correlate(Transfer)
    .scalar_subquery()
)
_waits_here = and_(_said_self.is_(None), state_is(TransferState.ASKED))

REQUESTS = Read(
    select(
        json_object(
            items=select(
                json_list(
                    json_object(
                        id=Transfer.id,
                        pupil=person_ref(),
                        school=to_school,
                        state=state_of(TODAY),
                        sent_at=Transfer.sent_at,
                        expires_on=Transfer.expires_on,
                        own=_said_self,
                        summary=summary,
                        version=literal_column(str(TEXT_VERSION)),
                    ),
                    ~_waits_here,
                    Transfer.sent_at.desc(),
                    Transfer.id,
                )
            )
            .select_from(Transfer)
            .join(Person, Person.id == Transfer.pupil_id)
            .where(
                Transfer.pupil_id == any_(HOME),
                Transfer.sent_at.is_not(None),
                asks_home(),
                or_(state_is(TransferState.ASKED, TransferState.OFFERED, TransferState.ACCEPTED)),
            )
            .scalar_subquery()
        ).label("body")
    )
)
"""GET /v1/me/transfer-requests, as schemas.TransferRequests."""
