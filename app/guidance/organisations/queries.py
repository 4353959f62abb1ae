"""Pages of the directory. What other schools did comes as numbers, out of functions of the database."""

from sqlalchemy import BigInteger, Boolean, Integer, Text, Uuid, any_, cast, column, func, literal_column, or_, select
from sqlalchemy import tuple_ as row_of

from app.guidance.activities.models import Activity
from app.guidance.activities.policy import plans_at_school
from app.guidance.organisations.models import Organisation
from app.guidance.organisations.policy import keeps_directory
from app.people.models import School
from app.people.projections import school_ref
from app.platform.reads import (
    ONE_MORE,
    TODAY,
    VIEWER,
    Read,
    cursor_of,
    json_list,
    json_object,
    paged,
    parameter,
)
from app.portfolio.models import Entry
from app.portfolio.policy import PAGE, shown_at_school

_WORDS, _FIELD = parameter("words", Text()), parameter("field", Text())
_ARCHIVED = parameter("archived", Boolean())
_AFTER_NAME, _AFTER_ID = parameter("after_name", Text()), parameter("after_id", Uuid())
_ORGANISATION_ID = parameter("organisation_id", Uuid())
_is_archived = Organisation.archived_at.is_not(None)

_found = (
    select(
        Organisation.name_key,
        Organisation.id,
        json_object(
            id=Organisation.id,
            name=Organisation.name,
            place=Organisation.place,
            work_fields=Organisation.work_fields,
            forms=Organisation.forms,
            archived=_is_archived,
        ).label("item"),
    )
    .where(
        _is_archived == _ARCHIVED,
        or_(_FIELD.is_(None), any_(Organisation.work_fields) == _FIELD),
        (literal_column("' '") + Organisation.name_key + literal_column("' '") + Organisation.place_key).op("~")(
            _WORDS
        ),
        or_(
            _AFTER_NAME.is_(None),
            row_of(Organisation.name_key, Organisation.id) > row_of(_AFTER_NAME, _AFTER_ID),
        ),
    )
    .order_by(Organisation.name_key, Organisation.id)
    .limit(ONE_MORE)
    .subquery("found")
)
_numbered = select(
    _found.c.item,
    cursor_of(_found.c.name_key, _found.c.id).label("cursor"),
    func.row_number().over(order_by=(_found.c.name_key, _found.c.id)).label("place"),
).subquery("numbered")
_listed = paged(_numbered, _numbered.c.item)

ORGANISATIONS = Read(
    select(
        json_object(items=_listed.c.listed, next_cursor=_listed.c.next_cursor).label("body"), _listed.c.next_cursor
    ).where(keeps_directory(VIEWER, TODAY))
)
"""GET /v1/organisations, as schemas.OrganisationList."""

_offers = (
    func.organisation_offers(Organisation.id)
    .table_valued(
        column("school_id", Uuid()), column("school_year", Integer()), column("form", Text()),
        column("times", BigInteger()),
    )
    .render_derived("offers")
)  # fmt: skip
_offered = (
    select(
        json_list(
            json_object(
                school=select(school_ref()).where(School.id == _offers.c.school_id).scalar_subquery(),
                school_year=_offers.c.school_year,
                form=_offers.c.form,
                times=_offers.c.times,
            ),
            _offers.c.school_year.desc(),
            _offers.c.times.desc(),
            _offers.c.school_id,
            _offers.c.form,
        )
    )
    .select_from(_offers)
    .correlate(Organisation)
    .scalar_subquery()
)
_latest = (
    select(Activity)
    .where(Activity.organisation_id == Organisation.id, plans_at_school(VIEWER, TODAY))
    .order_by(Activity.happens_on.desc(), Activity.id.desc())
    .limit(literal_column("50"))
    .correlate(Organisation)
    .subquery("latest")
)
_told = (
    select(func.count())
    .select_from(Entry)
    .where(
        Entry.details.op("->>")(literal_column("'activityId'")) == cast(_latest.c.id, Text),
        shown_at_school(PAGE),
    )
    .correlate(_latest)
    .scalar_subquery()
)
_own = (
    select(
        json_list(
            json_object(
                id=_latest.c.id,
                title=_latest.c.title,
                state=_latest.c.state,
                happens_on=_latest.c.happens_on,
                ends_on=_latest.c.ends_on,
                shared=_told,
            ),
            _latest.c.happens_on.desc(),
            _latest.c.id.desc(),
        )
    )
    .select_from(_latest)
    .correlate(Organisation)
    .scalar_subquery()
)

ORGANISATION = Read(
    select(
        json_object(
            id=Organisation.id,
            name=Organisation.name,
            place=Organisation.place,
            website=Organisation.website,
            work_fields=Organisation.work_fields,
            forms=Organisation.forms,
            note=Organisation.note,
            archived=_is_archived,
            version=Organisation.version,
            stories=func.organisation_stories(Organisation.id),
            offered=_offered,
            own=_own,
        ).label("body"),
        Organisation.version.label("version"),
    ).where(Organisation.id == _ORGANISATION_ID, keeps_directory(VIEWER, TODAY))
)
"""GET /v1/organisations/{organisationId}, as schemas.OrganisationPage."""
