"""Rosters from the screen; for admins of the school."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from app.access.roster_imports import actions
from app.access.roster_imports.schemas import ImportApply, ImportList, ImportOut, ImportPlan, ImportSent, ImportStart
from app.access.viewer import Write
from app.platform.errors import problems
from app.platform.storage import Storage

router = APIRouter(prefix="/v1", tags=["rosters"])


def _storage(request: Request) -> Storage:
    storage: Storage = request.app.state.storage
    return storage


Store = Annotated[Storage, Depends(_storage)]


@router.get("/schools/{school_id}/roster-imports", responses=problems(401, 404, 422))
async def list_roster_imports(tx: Write, school_id: UUID) -> ImportList:
    """The newest imports of the school, with what each did."""
    return await actions.of_school(tx, school_id)


@router.post("/schools/{school_id}/roster-imports", status_code=201, responses=problems(401, 404, 422, 503))
async def start_roster_import(tx: Write, store: Store, school_id: UUID, body: ImportStart) -> ImportPlan:
    """Announces a file and says where it goes."""
    return await actions.start(tx, store, school_id, body)


@router.get("/roster-imports/{import_id}", responses=problems(401, 404, 422))
async def read_roster_import(tx: Write, import_id: UUID) -> ImportOut:
    """How an import stands, and what it does or did."""
    return await actions.one(tx, import_id)


@router.post("/roster-imports/{import_id}/read", status_code=204, responses=problems(401, 404, 409, 422, 503))
async def have_roster_read(tx: Write, store: Store, import_id: UUID, body: ImportSent) -> None:
    """The file was sent: it is compared with what is there, and nothing changes yet."""
    await actions.read(tx, store, import_id, body.etag)


@router.post("/roster-imports/{import_id}/apply", status_code=204, responses=problems(401, 404, 409, 422))
async def have_roster_applied(tx: Write, import_id: UUID, body: ImportApply) -> None:
    """Has it done, as it was shown."""
    await actions.apply(tx, import_id, body)
