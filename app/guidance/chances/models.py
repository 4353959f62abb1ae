"""The figures of a year."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.orm import Base


class JobChances(Base):
    """Figures that a municipality brought in. The newest year is shown; without any, those of the product."""

    __tablename__ = "job_chances"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="as schemas.JobChancesOut")
