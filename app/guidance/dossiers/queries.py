"""Pages of dossiers: one's own, one that was handed in, a school's, and what home reads."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Text,
    Uuid,
    and_,
    any_,
    case,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from app.guidance.activities.policy import guided_groups
from app.guidance.dossiers.models import DossierChecklist, DossierHandIn, DossierPart, DossierPdf, HandInState
from app.guidance.dossiers.policy import is_dean_there, may_read, missing, place, reads_along, shown_at_school
from app.guidance.questions.policy import own_schools
from app.people.models import Group, GroupMembership, Person, Placement, Role, School, StaffRole
from app.people.projections import full_name, group_ref, person_ref, runs, school_ref
from app.platform.reads import HOME, NOW, TODAY, VIEWER, Read, json_list, json_object, parameter
from app.portfolio.models import Entry
from app.portfolio.policy import PAGE
from app.reference.codes import Competency

_HAND_IN_ID = parameter("hand_in_id", Uuid())
_SCHOOL_ID = parameter("school_id", Uuid())
_PUPIL_ID = parameter("pupil_id", Uuid())
_TRUE: ColumnElement[bool] = literal_column("true")
_NO_TEXT: ColumnElement[str] = literal_column("''")
_ITSELF: ColumnElement[Any] = literal_column("'{}'")
_ONE: ColumnElement[int] = literal_column("1")
_THIS_YEAR = func.school_year_of(TODAY)


def _is(state: HandInState) -> ColumnElement[bool]:
    return DossierHandIn.state == literal_column(f"'{state.value}'")


# --- one's own ---------------------------------------------------------------------------------------

_place = place(VIEWER, TODAY)
_lies = func.dossier_lies_at_school()
_codes = (
    func.unnest(literal_column("array[" + ", ".join(f"'{code.value}'" for code in Competency) + "]"))
    .table_valued(column("competency", Text()), with_ordinality="place")
    .render_derived("code")
)
_evidence = (
    func.dossier_evidence()
    .table_valued(column("entry_id", Uuid()), column("competency", Text()), column("reflects", Boolean()))
    .render_derived("evidence")
)


def _needs(school_id: Any, name: str) -> ColumnElement[Any]:
    return func.dossier_needs(school_id, _THIS_YEAR, type_=JSONB).op("->")(literal_column(f"'{name}'"))


def _part_evidence() -> ColumnElement[Any]:
    return (
        select(
            json_list(
                json_object(
                    id=Entry.id,
                    title=Entry.title,
                    kind=Entry.kind,
                    happened_on=Entry.happened_on,
                    reflects=_evidence.c.reflects,
                ),
                Entry.sort_on.desc(),
                Entry.id.desc(),
            )
        )
        .select_from(_evidence)
        .join(Entry, Entry.id == _evidence.c.entry_id)
        .where(_evidence.c.competency == _codes.c.competency)
        .correlate(_codes)
        .scalar_subquery()
    )


def _chosen() -> ColumnElement[Any]:
    """The chosen ones that count today, in the pupil's order."""
    chosen = (
        func.unnest(DossierPart.entry_ids)
        .table_valued(column("id", Uuid()), with_ordinality="place")
        .render_derived("chosen")
    )
    counts = exists(
        select(_evidence.c.entry_id)
        .where(_evidence.c.entry_id == chosen.c.id, _evidence.c.competency == DossierPart.competency)
        .correlate(chosen, DossierPart)
    )
    return select(json_list(chosen.c.id, chosen.c.place)).where(counts).correlate(DossierPart).scalar_subquery()


def _parts() -> ColumnElement[Any]:
    own = and_(DossierPart.pupil_id == VIEWER, DossierPart.competency == _codes.c.competency)
    return (
        select(
            json_list(
                json_object(
                    competency=_codes.c.competency,
                    need=_needs(_place.c.school_id, "needs").op("->")(_codes.c.competency),
                    text=func.coalesce(DossierPart.text, _NO_TEXT),
                    entry_ids=case((DossierPart.pupil_id.is_not(None), _chosen()), else_=literal_column("'[]'::json")),
                    evidence=_part_evidence(),
                    version=func.coalesce(DossierPart.version, literal_column("0")),
                ),
                _codes.c.place,
            )
        )
        .select_from(_codes.outerjoin(DossierPart, own))
        .where(_place.c.school_id.is_not(None))
        .correlate(_place)
        .scalar_subquery()
    )


def _lacks() -> ColumnElement[Any]:
    lack = missing()
    return select(
        json_list(json_object(competency=lack.c.competency, what=lack.c.what), lack.c.place)
    ).scalar_subquery()


def _hand_ins() -> ColumnElement[Any]:
    closer, at, school = aliased(Person), aliased(Placement), aliased(School)
    return (
        select(
            json_list(
                json_object(
                    id=DossierHandIn.id,
                    number=DossierHandIn.number,
                    state=DossierHandIn.state,
                    school=school_ref(school),
                    handed_in_at=DossierHandIn.handed_in_at,
                    opened=DossierHandIn.opened_at.is_not(None),
                    reason=DossierHandIn.reason,
                    closed_at=DossierHandIn.closed_at,
                    closed_by=full_name(closer),
                ),
                DossierHandIn.number.desc(),
            )
        )
        .select_from(DossierHandIn)
        .join(at, at.id == DossierHandIn.placement_id)
        .join(school, school.id == at.school_id)
        .outerjoin(closer, closer.id == DossierHandIn.closed_by)
        .where(DossierHandIn.pupil_id == VIEWER)
        .scalar_subquery()
    )


MY_DOSSIER = Read(
    select(
        json_object(
            state=func.coalesce(_lies, literal_column("'open'")),
            may_write=and_(_place.c.school_id.is_not(None), _lies.is_(None)),
            school=case((School.id.is_not(None), school_ref())),
            note=func.coalesce(_needs(_place.c.school_id, "note").op("#>>")(_ITSELF), _NO_TEXT),
            parts=_parts(),
            missing=_lacks(),
            hand_ins=_hand_ins(),
        ).label("body")
    )
    .select_from(Person)
    .outerjoin(_place, _TRUE)
    .outerjoin(School, School.id == _place.c.school_id)
    .where(
        Person.id == VIEWER,
        or_(_place.c.school_id.is_not(None), exists().where(DossierHandIn.pupil_id == VIEWER)),
    )
)
"""GET /v1/me/dossier, as schemas.MyDossier."""


# --- what was handed in ------------------------------------------------------------------------------

_reader, _closer, _at = aliased(Person), aliased(Person), aliased(Placement)
_own = DossierHandIn.pupil_id == VIEWER
_waits = _is(HandInState.HANDED_IN)
_dean = is_dean_there(DossierHandIn.placement_id)


def _colleagues() -> ColumnElement[Any]:
    someone = aliased(Person)
    return (
        select(json_list(person_ref(someone), someone.family_name, someone.given_name, someone.id))
        .where(
            someone.id != VIEWER,
            exists().where(
                StaffRole.person_id == someone.id,
                StaffRole.school_id == _at.school_id,
                StaffRole.role.in_((Role.TEACHER, Role.DEAN)),
                runs(StaffRole, TODAY),
            ),
        )
        .correlate(_at)
        .scalar_subquery()
    )


_EMPTY_LIST: ColumnElement[Any] = literal_column("'[]'::json")

HAND_IN = Read(
    select(
        json_object(
            id=DossierHandIn.id,
            number=DossierHandIn.number,
            state=DossierHandIn.state,
            handed_in_at=DossierHandIn.handed_in_at,
            opened_at=func.open_dossier(DossierHandIn.id, NOW),
            snapshot=DossierHandIn.snapshot,
            reader=case(
                (
                    and_(_reader.id.is_not(None), ~_own),
                    json_object(
                        person=person_ref(_reader),
                        agrees=DossierHandIn.reader_agrees,
                        remark=DossierHandIn.reader_remark,
                        at=DossierHandIn.reader_at,
                    ),
                )
            ),
            colleagues=case((and_(_waits, _dean), _colleagues()), else_=_EMPTY_LIST),
            reason=DossierHandIn.reason,
            closed_by=full_name(_closer),
            closed_at=DossierHandIn.closed_at,
            pdf=json_object(state=DossierPdf.state, size=DossierPdf.size, made_at=DossierPdf.made_at),
            rights=json_object(
                withdraw=and_(_own, _waits, DossierHandIn.opened_at.is_(None)),
                close=and_(_waits, _dean),
                name_reader=and_(_waits, _dean),
                note=and_(_waits, func.coalesce(reads_along(VIEWER), literal_column("false"))),
            ),
            version=DossierHandIn.version,
        ).label("body"),
        DossierHandIn.version.label("version"),
        DossierHandIn.pupil_id.label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        case((_own, literal_column("'self'")), else_=literal_column("'school'")).label("rule"),
    )
    .select_from(DossierHandIn)
    .join(_at, _at.id == DossierHandIn.placement_id)
    .outerjoin(_reader, _reader.id == DossierHandIn.reader_id)
    .outerjoin(_closer, _closer.id == DossierHandIn.closed_by)
    .outerjoin(DossierPdf, DossierPdf.hand_in_id == DossierHandIn.id)
    .where(DossierHandIn.id == _HAND_IN_ID, may_read(PAGE))
)
"""GET /v1/dossiers/{handInId}, as schemas.HandInPage; the look is logged, and from then on it is not taken back."""


# --- a school's overview -----------------------------------------------------------------------------

_guided = guided_groups(VIEWER, TODAY).subquery("guided")
_is_dean = exists().where(
    StaffRole.person_id == VIEWER,
    StaffRole.school_id == School.id,
    StaffRole.role == literal_column("'dean'"),
    runs(StaffRole, TODAY),
)


def _rows() -> ColumnElement[Any]:
    """The pupils of a group, each with the last that was handed in at this school."""
    before = aliased(Placement)
    last = (
        select(
            DossierHandIn.id,
            DossierHandIn.state,
            func.coalesce(DossierHandIn.closed_at, DossierHandIn.handed_in_at).label("since"),
            and_(DossierHandIn.reader_id.is_not(None), DossierHandIn.reader_agrees.is_(None), _waits).label("waits"),
            func.school_year_of(DossierHandIn.handed_in_on).label("year"),
        )
        .join(before, before.id == DossierHandIn.placement_id)
        .where(
            before.pupil_id == Placement.pupil_id,
            before.school_id == Placement.school_id,
            shown_at_school(PAGE),
        )
        .order_by(DossierHandIn.number.desc())
        .limit(_ONE)
        .correlate(Placement)
        .lateral("last")
    )
    # Good is good for the school year that it was handed in; the next one begins with what is there.
    stale = and_(last.c.state == literal_column("'done'"), last.c.year != _THIS_YEAR)
    state = case((or_(last.c.state.is_(None), stale), literal_column("'open'")), else_=last.c.state)
    return (
        select(
            json_list(
                json_object(
                    pupil=person_ref(),
                    state=state,
                    hand_in_id=last.c.id,
                    since=last.c.since,
                    reader_waits=func.coalesce(last.c.waits, literal_column("false")),
                ),
                Person.family_name,
                Person.given_name,
                Person.id,
            )
        )
        .select_from(GroupMembership)
        .join(Placement, Placement.id == GroupMembership.placement_id)
        .join(Person, Person.id == Placement.pupil_id)
        .outerjoin(last, _TRUE)
        .where(
            GroupMembership.group_id == Group.id,
            runs(GroupMembership, TODAY),
            runs(Placement, TODAY),
            Placement.id == any_(PAGE.running),
        )
        .correlate(Group)
        .scalar_subquery()
    )


def _groups() -> ColumnElement[Any]:
    return (
        select(json_list(json_object(group=group_ref(), pupils=_rows()), Group.study_year, Group.name, Group.id))
        .where(
            Group.id.in_(select(_guided.c.group_id)),
            Group.school_id == School.id,
            Group.school_year == _THIS_YEAR,
            Group.level == literal_column("'vmbo'"),
            Group.study_year.in_((3, 4)),
        )
        .correlate(School)
        .scalar_subquery()
    )


def _to_read() -> ColumnElement[Any]:
    group_name = DossierHandIn.snapshot.op("#>>")(literal_column("'{group,name}'"))
    at = aliased(Placement)
    return (
        select(
            json_list(
                json_object(
                    hand_in_id=DossierHandIn.id,
                    pupil=person_ref(),
                    group_name=group_name,
                    handed_in_at=DossierHandIn.handed_in_at,
                    noted=DossierHandIn.reader_agrees.is_not(None),
                ),
                DossierHandIn.handed_in_at,
                DossierHandIn.id,
            )
        )
        .join(Person, Person.id == DossierHandIn.pupil_id)
        .join(at, at.id == DossierHandIn.placement_id)
        .where(at.school_id == School.id, reads_along(VIEWER))
        .correlate(School)
        .scalar_subquery()
    )


def _works_at(school_id: Any) -> ColumnElement[bool]:
    own = own_schools(VIEWER, TODAY).subquery("own")
    return exists(
        select(own.c.school_id).where(own.c.school_id == school_id, own.c.role.in_((Role.TEACHER, Role.DEAN)))
    )


SCHOOL_DOSSIERS = Read(
    select(
        json_object(school=school_ref(), is_dean=_is_dean, groups=_groups(), to_read=_to_read()).label("body")
    ).where(School.id == _SCHOOL_ID, _works_at(School.id))
)
"""GET /v1/schools/{schoolId}/dossiers, as schemas.SchoolDossiers. Names and states are no content, so no look."""


_maker, _list = aliased(Person), aliased(DossierChecklist)
_asked = func.dossier_needs(School.id, _THIS_YEAR, type_=JSONB)
CHECKLIST = Read(
    select(
        json_object(
            school=school_ref(),
            school_year=_THIS_YEAR,
            from_year=_asked.op("->")(literal_column("'schoolYear'")),
            needs=_asked.op("->")(literal_column("'needs'")),
            note=_asked.op("->")(literal_column("'note'")),
            version=func.coalesce(_list.version, literal_column("0")),
            changed_by=full_name(_maker),
            changed_at=_list.changed_at,
            may_change=_is_dean,
        ).label("body"),
        func.coalesce(_list.version, literal_column("0")).label("version"),
    )
    .select_from(School)
    .outerjoin(_list, and_(_list.school_id == School.id, _list.school_year == _THIS_YEAR))
    .outerjoin(_maker, _maker.id == _list.changed_by)
    .where(School.id == _SCHOOL_ID, _works_at(School.id))
)
"""GET /v1/schools/{schoolId}/dossier-checklist, as schemas.SchoolChecklist."""


# --- at home -----------------------------------------------------------------------------------------

_at_home = func.dossier_at_home(Person.id)
HOME_DOSSIER = Read(
    select(
        _at_home.label("body"),
        Person.id.label("pupil_id"),
        literal_column("null::uuid").label("entry_id"),
        literal_column("'home'").label("rule"),
    ).where(Person.id == _PUPIL_ID, Person.id == any_(HOME), _at_home.is_not(None))
)
"""GET /v1/children/{pupilId}/dossier, as schemas.HomeDossier."""
