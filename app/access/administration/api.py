"""What a school's admin administers: people, groups, placements, roles, cards, sessions."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from app.access.administration import queries
from app.access.administration.actions import acts, groups, people, ties
from app.access.administration.schemas import (
    AdminGroupFile,
    AdminGroupList,
    CardsPrinted,
    Done,
    GroupChange,
    LastDay,
    Move,
    NewAssignment,
    NewGroup,
    NewPlacement,
    NewPupil,
    NewRole,
    NewStaff,
    Overview,
    PeopleKind,
    PeoplePage,
    PersonChange,
    PersonFile,
)
from app.access.viewer import Write, page
from app.people.names import fold
from app.platform.errors import problems
from app.platform.reads import cursor_key, word
from app.platform.settings import Settings

router = APIRouter(prefix="/v1/schools/{school_id}", tags=["administration"])

Limit = Annotated[int, Query(ge=1, le=100, description="items on a page")]
Cursor = Annotated[str | None, Query(max_length=500, description="from `nextCursor` or the Link header")]


@router.get("/administration", response_model=Overview, responses=problems(401, 404, 422))
async def read_overview(request: Request, school_id: UUID) -> Response:
    """What needs doing at the admin's school, in counts, and what was done last."""
    settings: Settings = request.app.state.settings
    return await page(request, queries.OVERVIEW, school_id=school_id, virus_scan=settings.clamd is not None)


@router.get("/people", response_model=PeoplePage, responses=problems(400, 401, 404, 422))
async def list_people(
    request: Request,
    school_id: UUID,
    query: Annotated[str, Query(max_length=100, description="parts of a name; accents and case do not matter")] = "",
    kind: PeopleKind = "everyone",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Everybody of the school, by name: pupils, staff and guardians, also who left this school year."""
    after = cursor_key(cursor, after_name=word, after_id=UUID)
    words = "".join(f"(?=.* {re.escape(part)})" for part in fold(query).split())
    found = {"words": f"^{words}", "kind": kind, "limit": limit, **after}
    return await page(request, queries.PEOPLE, school_id=school_id, **found)


@router.get("/people/{person_id}", response_model=PersonFile, responses=problems(401, 404, 422))
async def read_person(request: Request, school_id: UUID, person_id: UUID) -> Response:
    """One person: what they are here, how they come in, where they are signed in, and what changed."""
    return await page(request, queries.PERSON, school_id=school_id, person_id=person_id)


@router.post("/pupils", status_code=201, responses=problems(401, 404, 409, 422))
async def add_pupil(school_id: UUID, body: NewPupil, tx: Write) -> Done:
    """A pupil who is in no roster yet, with a group from a day on."""
    return await people.add_pupil(tx, school_id, body)


@router.post("/staff", status_code=201, responses=problems(401, 404, 409, 422))
async def add_staff(school_id: UUID, body: NewStaff, tx: Write) -> Done:
    """A colleague, with a role from a day on."""
    return await people.add_staff(tx, school_id, body)


@router.patch("/people/{person_id}", responses=problems(401, 404, 422))
async def correct_person(school_id: UUID, person_id: UUID, body: PersonChange, tx: Write) -> Done:
    """Corrects a name or a birth date. Age rules follow the new date at once."""
    return await people.correct(tx, school_id, person_id, body)


@router.put("/people/{person_id}/closure", responses=problems(401, 403, 404, 409, 422))
async def close_person(school_id: UUID, person_id: UUID, tx: Write) -> Done:
    """Closes the account: nobody comes in as this person any more, by any way, and sessions end."""
    return await people.close(tx, school_id, person_id)


@router.delete("/people/{person_id}/closure", responses=problems(401, 404, 409, 422))
async def reopen_person(school_id: UUID, person_id: UUID, tx: Write) -> Done:
    """Opens the account again, with the ways in that there were."""
    return await people.reopen(tx, school_id, person_id)


@router.delete("/people/{person_id}/sessions", responses=problems(401, 404, 422))
async def end_sessions(school_id: UUID, person_id: UUID, tx: Write) -> Done:
    """Signs this person out on every device."""
    return await people.end_sessions(tx, school_id, person_id)


@router.post("/people/{person_id}/placements", status_code=201, responses=problems(401, 404, 409, 422))
async def place_pupil(school_id: UUID, person_id: UUID, body: NewPlacement, tx: Write) -> Done:
    """A pupil who left comes back."""
    return await ties.place(tx, school_id, person_id, body)


@router.patch("/placements/{placement_id}", responses=problems(401, 404, 409, 422))
async def end_placement(school_id: UUID, placement_id: UUID, body: LastDay, tx: Write) -> Done:
    """Says which day is the pupil's last at the school."""
    return await ties.end_placement(tx, school_id, placement_id, body)


@router.post("/placements/{placement_id}/moves", status_code=201, responses=problems(401, 404, 409, 422))
async def move_pupil(school_id: UUID, placement_id: UUID, body: Move, tx: Write) -> Done:
    """The pupil goes to another group from a day on."""
    return await ties.move(tx, school_id, placement_id, body)


@router.post("/people/{person_id}/roles", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def give_role(school_id: UUID, person_id: UUID, body: NewRole, tx: Write) -> Done:
    """Gives a role to somebody else than oneself."""
    return await ties.give_role(tx, school_id, person_id, body)


@router.patch("/roles/{role_id}", responses=problems(401, 404, 409, 422))
async def end_role(school_id: UUID, role_id: UUID, body: LastDay, tx: Write) -> Done:
    """Says which day is the last of a role, and of the groups that go with it."""
    return await ties.end_role(tx, school_id, role_id, body)


@router.delete("/roles/{role_id}", responses=problems(401, 404, 409, 422))
async def cancel_role(school_id: UUID, role_id: UUID, tx: Write) -> Done:
    """Takes away a role that is yet to begin."""
    return await ties.cancel_role(tx, school_id, role_id)


@router.get("/groups", response_model=AdminGroupList, responses=problems(401, 404, 422))
async def list_groups(
    request: Request,
    school_id: UUID,
    school_year: Annotated[
        int | None, Query(alias="schoolYear", ge=2000, le=2100, description="the year it starts in; none: now")
    ] = None,
) -> Response:
    """The groups of the school in one school year."""
    return await page(request, queries.GROUPS, school_id=school_id, school_year=school_year)


@router.get("/groups/{group_id}", response_model=AdminGroupFile, responses=problems(401, 404, 422))
async def read_admin_group(request: Request, school_id: UUID, group_id: UUID) -> Response:
    """Who is in a group, who teaches it, and how its pupils come in."""
    return await page(request, queries.GROUP, school_id=school_id, group_id=group_id)


@router.post("/groups", status_code=201, responses=problems(401, 404, 409, 422))
async def make_group(school_id: UUID, body: NewGroup, tx: Write) -> Done:
    """A group for this school year, or the next."""
    return await groups.make_group(tx, school_id, body)


@router.patch("/groups/{group_id}", responses=problems(401, 404, 409, 422))
async def rename_group(school_id: UUID, group_id: UUID, body: GroupChange, tx: Write) -> Done:
    """Gives a group another name."""
    return await groups.rename_group(tx, school_id, group_id, body)


@router.post("/groups/{group_id}/assignments", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def assign_teacher(school_id: UUID, group_id: UUID, body: NewAssignment, tx: Write) -> Done:
    """A teacher for a group: for the year, or as a substitute between two days."""
    return await ties.assign(tx, school_id, group_id, body)


@router.patch("/assignments/{assignment_id}", responses=problems(401, 404, 409, 422))
async def end_assignment(school_id: UUID, assignment_id: UUID, body: LastDay, tx: Write) -> Done:
    """Says which day is the last of a teacher with a group."""
    return await ties.end_assignment(tx, school_id, assignment_id, body)


@router.delete("/assignments/{assignment_id}", responses=problems(401, 404, 409, 422))
async def cancel_assignment(school_id: UUID, assignment_id: UUID, tx: Write) -> Done:
    """Takes away a teacher of a group who is yet to begin."""
    return await ties.cancel_assignment(tx, school_id, assignment_id)


@router.post(
    "/cards",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **problems(401, 404, 422)},
)
async def print_cards(request: Request, school_id: UUID, body: CardsPrinted, tx: Write) -> Response:
    """New cards, as a sheet to print. PINs stay, and none can be chosen with such a card: see docs/sign-in.md."""
    settings: Settings = request.app.state.settings
    cards = await groups.issue_cards(tx, school_id, body)
    from app.access.cards.actions.sheet import card_sheet  # large, and needed once a year

    sheet = await run_in_threadpool(card_sheet, cards, settings.origin, tx.now)
    return Response(sheet, media_type="application/pdf")


@router.post("/acts/{act_id}/undo", status_code=204, responses=problems(401, 403, 404, 409, 422))
async def undo_act(school_id: UUID, act_id: UUID, tx: Write) -> None:
    """Takes an act of today back, while nobody changed the same since."""
    await acts.undo(tx, school_id, act_id)
