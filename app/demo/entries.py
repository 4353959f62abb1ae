"""One entry with all that hangs on it: its versions, files, what was said of it, and who looked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.access.models import AccessLog
from app.demo.media import File, Made
from app.demo.people import Pupil
from app.demo.rows import Dice, Rows, school_year_of
from app.media.models import Attachment, AttachmentState
from app.media.tasks import made_keys
from app.platform.clock import AMSTERDAM, Clock
from app.portfolio.models import Entry, EntryState, EntryVersion, Feedback, FeedbackKind, Ring, Voice
from app.portfolio.schemas import EntryContent


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said, so many days after the entry was shared."""

    author: UUID
    voice: Voice
    kind: FeedbackKind
    text: str
    after: int
    reaction: str | None = None


@dataclass(slots=True)
class Story:
    """An entry to be written down. `first_body`: what it said when it was first shared, where that was less.

    `day_files`: which of its files, by place, stand with which line of its logbook.
    """

    pupil: Pupil
    day: date
    content: dict[str, Any]
    state: EntryState
    ring: Ring = Ring.PUPIL
    files: Sequence[Made] = ()
    remarks: list[Remark] = field(default_factory=list)
    first_body: str | None = None
    day_files: dict[int, list[int]] = field(default_factory=dict)


class Scribe:
    """Writes stories as rows, and gathers the objects that belong into the store: `objects`, as key and file."""

    def __init__(self, rows: Rows, clock: Clock) -> None:
        self.objects: list[tuple[str, File]] = []
        self._rows = rows
        self._now = clock.now()
        self._looks: set[tuple[UUID, date, UUID, UUID]] = set()

    def write(self, story: Story, dice: Dice) -> None:
        """Keeps a story; one of a school year that the pupil is not known in is left out."""
        year = story.pupil.years.get(school_year_of(story.day))
        if year is None:
            return
        made_at = self._past(dice.moment(story.day, 14, 20))
        shared_at = self._past(made_at + timedelta(hours=dice.randint(0, 30)))
        remarks = [(remark, self._past(shared_at + timedelta(days=remark.after))) for remark in story.remarks]
        versions = self._versions(story, shared_at, remarks)
        version, changed_at = len(versions), versions[-1][1]
        file_ids = [dice.id(made_at) for _ in story.files]
        for line, places in story.day_files.items():
            story.content["details"]["logbook"][line]["attachment_ids"] = [file_ids[place] for place in places]
        content = EntryContent.model_validate(story.content, by_name=True)
        as_json = content.model_dump(mode="json", by_alias=True)
        is_shared = story.ring > Ring.PUPIL
        seen_at = self._past(max([changed_at, *(at for _, at in remarks)]) + timedelta(days=2, hours=1))
        is_seen = story.state in (EntryState.SEEN, EntryState.ARCHIVED) and is_shared
        entry_id = dice.id(made_at)
        thrown_at = self._now - timedelta(days=4) if story.state == EntryState.TRASHED else None
        self._rows.add(
            Entry,
            id=entry_id,
            pupil_id=story.pupil.id,
            placement_id=year.placement_id if is_shared else None,
            school_year=school_year_of(story.day),
            kind=content.details.kind,
            state=story.state,
            ring=story.ring,
            title=content.title,
            happened_on=content.happened_on,
            ended_on=content.ended_on,
            sort_on=story.day,
            body=content.body,
            feeling=content.feeling,
            details=as_json["details"],
            answers=as_json["answers"],
            competencies=as_json["competencies"],
            work_fields=as_json["workFields"],
            tags=content.tags,
            version=version,
            changed_on=changed_at.astimezone(AMSTERDAM).date(),
            created_at=made_at,
            updated_at=thrown_at or (seen_at if is_seen else changed_at),
            shared_at=changed_at if is_shared else None,
            seen_at=seen_at if is_seen else None,
            seen_by=year.mentor if is_seen else None,
            trashed_at=thrown_at,
            state_before_trash=self._before(story),
        )
        if is_shared:
            for number, (body, at) in enumerate(versions, 1):
                self._rows.add(
                    EntryVersion, entry_id=entry_id, version=number, content=as_json | {"body": body}, made_at=at
                )
        if is_seen:
            self._look(dice, story, entry_id, year.mentor, Voice.SCHOOL, seen_at)
        for remark, at in remarks:
            said_of = sum(changed <= at for _, changed in versions)
            self._say(dice, story, entry_id, remark, at, said_of)
        for position, (file_id, made) in enumerate(zip(file_ids, story.files, strict=True)):
            self._attach(dice, story, entry_id, file_id, made, position, made_at)

    def _versions(
        self, story: Story, shared_at: datetime, remarks: list[tuple[Remark, datetime]]
    ) -> list[tuple[str, datetime]]:
        """What it said and since when; told anew after the question back, where it was less at first."""
        body = story.content["body"]
        asked = [at for remark, at in remarks if remark.kind == FeedbackKind.ASK_BACK]
        if story.first_body and asked:
            return [(story.first_body, shared_at), (body, self._past(asked[0] + timedelta(hours=20)))]
        return [(body, shared_at)]

    @staticmethod
    def _before(story: Story) -> EntryState | None:
        match story.state:
            case EntryState.TRASHED:
                return EntryState.DRAFT
            case EntryState.ARCHIVED:
                return EntryState.SEEN
        return None

    def _say(self, dice: Dice, story: Story, entry_id: UUID, remark: Remark, at: datetime, version: int) -> None:
        self._rows.add(
            Feedback,
            id=dice.id(at),
            entry_id=entry_id,
            version=version,
            author_id=remark.author,
            voice=remark.voice,
            kind=remark.kind,
            text=remark.text,
            reaction=remark.reaction,
            created_at=at,
        )
        if remark.voice != Voice.PUPIL:
            self._look(dice, story, entry_id, remark.author, remark.voice, at)

    def _look(self, dice: Dice, story: Story, entry_id: UUID, viewer: UUID, voice: Voice, at: datetime) -> None:
        on_date = at.astimezone(AMSTERDAM).date()
        if (key := (story.pupil.id, on_date, viewer, entry_id)) in self._looks:
            return
        self._looks.add(key)
        self._rows.add(
            AccessLog,
            id=dice.id(at),
            pupil_id=story.pupil.id,
            viewer_id=viewer,
            entry_id=entry_id,
            rule=voice,
            on_date=on_date,
            at=at,
        )

    def _attach(
        self, dice: Dice, story: Story, entry_id: UUID, file_id: UUID, made: Made, position: int, at: datetime
    ) -> None:
        object_key = f"original/{dice.id(at)}"
        file_key, thumbnail_key = made_keys(object_key)
        if made.made.file is None:
            file_key = object_key
        self.objects.append((file_key, made.kept))
        self.objects += [(f"{thumbnail_key}-{each}", file) for each, file in made.thumbnails.items()]
        self._rows.add(
            Attachment,
            id=file_id,
            entry_id=entry_id,
            pupil_id=story.pupil.id,
            kind=made.kind,
            media_type=made.original.media_type,
            name=made.name,
            alt=made.alt,
            size=len(made.original.content),
            position=position,
            state=AttachmentState.READY,
            object_key=object_key,
            file_key=file_key,
            file_type=made.kept.media_type,
            file_size=len(made.kept.content),
            file_sha256=hashlib.sha256(made.kept.content).hexdigest(),
            thumbnail_key=thumbnail_key if made.thumbnails else None,
            placeholder=made.placeholder,
            width=made.made.width,
            height=made.made.height,
            duration_ms=made.made.duration_ms,
            peaks=made.made.peaks,
            created_at=at,
            received_at=at,
        )

    def _past(self, moment: datetime) -> datetime:
        """That moment, or just now when it has not come yet."""
        return min(moment, self._now - timedelta(minutes=5))
