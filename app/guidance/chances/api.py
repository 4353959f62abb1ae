"""Chances on work: one small page, the same for everybody who is signed in."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import Text, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import JSON

from app.access.viewer import page
from app.guidance.chances.figures import packaged
from app.guidance.chances.models import JobChances
from app.guidance.chances.schemas import JobChancesOut
from app.platform.errors import problems
from app.platform.reads import Read, parameter

router = APIRouter(prefix="/v1", tags=["picture"])

_newest = select(JobChances.figures).order_by(JobChances.year.desc()).limit(literal_column("1")).scalar_subquery()
_READ = Read(select(func.coalesce(cast(_newest, JSON), cast(parameter("packaged", Text()), JSON)).label("body")))


@router.get("/job-chances", response_model=JobChancesOut, responses=problems(401, 404))
async def read_job_chances(request: Request) -> Response:
    """The newest figures about chances on work, by work field, with region, year and source."""
    return await page(request, _READ, packaged=packaged())
