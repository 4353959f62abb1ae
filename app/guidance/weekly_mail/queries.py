"""Pages of mail: one's own settings, and a school's parents in counts."""

from sqlalchemy import Boolean, Integer, Uuid, column, func, literal_column, select

from app.access.invitations.policy import admin_schools
from app.guidance.weekly_mail.models import MailAddress
from app.people.models import School
from app.platform.reads import TODAY, VIEWER, Read, json_object, parameter

_mine = (
    select(
        MailAddress.address,
        MailAddress.pending,
        MailAddress.weekly,
        MailAddress.stopped_at,
    )
    .where(MailAddress.person_id == VIEWER)
    .lateral("mine")
)
_one = select(literal_column("1").label("one")).subquery("one")

MAIL = Read(
    select(
        json_object(
            mails=parameter("mails", Boolean()),
            address=_mine.c.address,
            pending=_mine.c.pending,
            weekly=func.coalesce(_mine.c.weekly, literal_column("false")),
            stopped_at=_mine.c.stopped_at,
        ).label("body")
    ).select_from(_one.outerjoin(_mine, literal_column("true")))
)
"""GET /v1/me/mail, as schemas.MailState."""

_SCHOOL_ID = parameter("school_id", Uuid())
_NAMES = ("weekly", "off", "waiting", "stopped")
_counts = (
    func.mail_counts(_SCHOOL_ID).table_valued(*(column(name, Integer()) for name in _NAMES)).render_derived("counts")
)
_own = admin_schools(VIEWER, TODAY)

SCHOOL_MAIL = Read(
    select(json_object(**{name: _counts.c[name] for name in _NAMES}).label("body"))
    .select_from(School)
    .join(_counts, literal_column("true"))
    .where(School.id == _SCHOOL_ID, School.id.in_(select(_own.c.school_id)))
)
"""GET /v1/schools/{schoolId}/weekly-mail, as schemas.SchoolMail."""
