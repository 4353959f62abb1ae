"""Who keeps and reads a dossier, as SQL. The rules themselves stand in the database (migration 0026)."""

from typing import Any

from sqlalchemy import Text, Uuid, and_, any_, column, func, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import TableValuedAlias

from app.guidance.dossiers.models import DossierHandIn, HandInState
from app.people.policy import Today, Viewer, as_date, as_uuid
from app.portfolio.policy import Sight


def place(viewer: Viewer, today: Today) -> TableValuedAlias:
    """Where this pupil keeps a dossier today: (placement_id, school_id, group_id), or no row."""
    return (
        func.dossier_place(as_uuid(viewer), as_date(today))
        .table_valued(column("placement_id", Uuid()), column("school_id", Uuid()), column("group_id", Uuid()))
        .render_derived("place")
    )


def missing() -> TableValuedAlias:
    """What the viewer's own dossier lacks: (competency, what, ordinality)."""
    return (
        func.dossier_missing()
        .table_valued(column("competency", Text()), column("what", Text()), with_ordinality="place")
        .render_derived("missing")
    )


def shown_at_school(sight: Sight) -> ColumnElement[bool]:
    """Handed in where this viewer is staff for the pupil: now, or to the end of the year that the placement ended."""
    cutoff = sight.cutoffs[func.array_position(sight.ended, DossierHandIn.placement_id)]
    return and_(
        DossierHandIn.state != HandInState.WITHDRAWN,
        or_(
            DossierHandIn.placement_id == any_(sight.running),
            and_(DossierHandIn.placement_id == any_(sight.ended), DossierHandIn.handed_in_on <= cutoff),
        ),
    )


def reads_along(viewer: Viewer) -> ColumnElement[bool]:
    """Waits for this person as second reader."""
    return and_(
        DossierHandIn.reader_id == as_uuid(viewer),
        DossierHandIn.state == HandInState.HANDED_IN,
        func.dossier_colleague(as_uuid(viewer), DossierHandIn.placement_id),
    )


def may_read(sight: Sight) -> ColumnElement[bool]:
    """One's own, or as staff of the pupil, or as second reader while it waits."""
    return or_(DossierHandIn.pupil_id == as_uuid(sight.viewer), shown_at_school(sight), reads_along(sight.viewer))


def is_dean_there(placement_id: Any) -> ColumnElement[bool]:
    """Whether the viewer is dean where this placement runs."""
    return func.dossier_dean(placement_id)
