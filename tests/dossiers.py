"""Dossiers for the small world: the classes of the two schools become third years, and parts and hand-ins are made."""

from typing import Any
from uuid import UUID

from app.guidance.dossiers.models import DossierHandIn, DossierPart
from app.media.models import KeptFile
from app.reference.codes import Competency
from tests.world import World

CODES = [code.value for code in Competency]
NEED = {"entries": 1, "reflection": False, "text": True}


def third_year(world: World) -> None:
    """Everybody of the two schools is in the third year of the vmbo."""
    world.change("update school_group set study_year = 3 where school_year = 2026")


def fill_dossier(world: World, *without: str) -> UUID:
    """One story that shows all competencies, chosen for each, with own words; its id. `without`: codes left out."""
    entry = world.new_entry(competencies=CODES)
    for code in CODES:
        if code not in without:
            row = {"competency": code, "text": "Dit kan ik goed.", "entry_ids": [entry]}
            world.add(DossierPart(pupil_id=world.pupil, version=1, updated_at=world.clock.now(), **row))
    return entry


def snapshot_of(world: World, entry: UUID, file: UUID | None = None) -> dict[str, Any]:
    """What the database makes of a dossier with one story, in short."""
    files = [
        {"id": str(file), "kind": "photo", "name": "kraan.jpg", "alt": "", "size": 1000, "sha256": None,
         "hasThumbnail": True, "width": 640, "height": 427, "durationMs": None, "caution": None}
    ] if file else []  # fmt: skip
    told = {
        "id": str(entry), "version": 1, "kind": "experience", "ring": 2, "title": "Bezoek aan de haven",
        "happenedOn": "2026-11-24", "endedOn": None, "body": "Ik zag een kraan.", "feeling": None,
        "details": {"kind": "experience"}, "answers": [], "competencies": CODES, "workFields": [], "tags": [],
        "files": files, "feedback": [],
    }  # fmt: skip
    return {
        "pupil": {"id": str(world.pupil), "name": "Yara de Wit", "givenName": "Yara"},
        "school": {"id": str(world.kust), "name": "Kustlijn"},
        "group": {"id": str(world.group), "name": "2A", "level": "vmbo", "studyYear": 3},
        "checklist": {"needs": dict.fromkeys(CODES, NEED), "note": "", "schoolYear": None},
        "parts": [{"competency": code, "text": "Dit kan ik goed.", "entryIds": [str(entry)]} for code in CODES],
        "entries": [told],
    }


def new_hand_in(world: World, state: str = "handed_in", **fields: Any) -> UUID:
    """The pupil's dossier, handed in today at Kustlijn, with one photo; an earlier one that waits or is good goes."""
    third_year(world)
    world.change("delete from dossier_pdf")
    world.change("delete from kept_file")
    world.change("delete from dossier_hand_in")
    entry = world.new_entry(competencies=CODES)
    file = world.new_file(entry)
    values: dict[str, Any] = {
        "pupil_id": world.pupil, "placement_id": world.placement, "number": 1, "state": state,
        "snapshot": snapshot_of(world, entry, file), "handed_in_at": world.clock.now(),
        "handed_in_on": world.clock.today(), "version": 1,
    }  # fmt: skip
    if state in ("returned", "done"):
        values |= {"closed_by": world.dean, "closed_at": world.clock.now()}
        values |= {"reason": "Vertel nog wie je hielp." if state == "returned" else ""}
    hand_in: UUID = world.add(DossierHandIn(id=world.new_id(), **(values | fields)))
    kept = {"kind": "photo", "name": "kraan.jpg", "media_type": "image/jpeg", "object_key": f"original/{file}"}
    kept |= {"file_key": f"file/{file}", "file_type": "image/jpeg", "thumbnail_key": f"thumbnail/{file}"}
    world.add(KeptFile(keeper_id=hand_in, attachment_id=file, entry_id=entry, pupil_id=world.pupil, **kept))
    return hand_in


def file_of(world: World, hand_in: UUID) -> UUID:
    """The photo that a hand-in keeps."""
    file: UUID = world.scalar("select attachment_id from kept_file where keeper_id = :id", id=hand_in)
    return file
