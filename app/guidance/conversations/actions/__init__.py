"""Talks are planned, moved, called off and prepared; recorded version by version; and the pupil says akkoord."""

from app.guidance.conversations.actions.planning import move, put
from app.guidance.conversations.actions.records import agree, move_step, pupil_beside, put_record
from app.guidance.conversations.actions.sheets import put_sheet

__all__ = ["agree", "move", "move_step", "pupil_beside", "put", "put_record", "put_sheet"]
