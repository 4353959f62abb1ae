"""What the operator sees: logs, figures and traces of requests and jobs; never content, names or ids of people."""

from app.platform.telemetry.doing import Doing, current, statement
from app.platform.telemetry.logs import configure_logging

__all__ = ["Doing", "configure_logging", "current", "statement"]
