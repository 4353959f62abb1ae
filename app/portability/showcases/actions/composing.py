"""The pupil composes pages, throws one away and takes it back, and writes the lines of a paper."""

from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from app.access.actions import in_turn
from app.media.models import Attachment, MediaKind
from app.people.models import Placement
from app.platform.db import Transaction
from app.platform.errors import (
    AlreadyDifferent,
    Conflict,
    Invalid,
    NotFound,
    PreconditionNeeded,
    VersionConflict,
)
from app.platform.ids import check_client_id
from app.portability.showcases.models import PaperKind, ShowcaseDocument, ShowcasePage
from app.portability.showcases.policy import MAX_PAGES, may_be_shown
from app.portability.showcases.schemas import (
    PageContent,
    PageReceipt,
    PaperContent,
    PaperItem,
    PaperReceipt,
    ShowcaseStory,
    kept,
    misfit,
)
from app.portfolio.models import Entry


async def write_page(
    tx: Transaction, page_id: UUID, content: PageContent, if_match: str | None
) -> tuple[PageReceipt, bool]:
    """Makes a page under an id of the device, or changes it from the version one had; the same again is harmless.

    What was on it before may stay, also where it is not shown any more. Returns whether it is new, too. Raises
    NotFound (404) for who is no pupil, AlreadyDifferent and Conflict (409), VersionConflict (412), Invalid (422).
    """
    own = (ShowcasePage.id == page_id, ShowcasePage.pupil_id == tx.viewer)
    page = await tx.session.scalar(select(ShowcasePage).where(*own).with_for_update())
    values = kept(content)
    if page is None:
        return await _make(tx, page_id, content, if_match)
    if page.removed_at is not None:
        raise NotFound
    if page.content == values:
        return PageReceipt(id=page_id, version=page.version), False
    if if_match is None:
        raise AlreadyDifferent
    require_version(page.version, if_match)
    await _require_own(tx, content, PageContent.model_validate(page.content))
    page.content, page.version, page.updated_at = values, page.version + 1, tx.now
    await tx.session.flush()
    return PageReceipt(id=page_id, version=page.version), False


async def _make(tx: Transaction, page_id: UUID, content: PageContent, if_match: str | None) -> tuple[PageReceipt, bool]:
    if if_match is not None and _number(if_match) != 0:
        raise NotFound
    if not await tx.session.scalar(select(exists().where(Placement.pupil_id == tx.viewer))):
        raise NotFound
    check_client_id(page_id, tx.now, "/id")
    await _require_own(tx, content, None)
    await _require_room(tx)
    values = {"id": page_id, "pupil_id": tx.viewer, "content": kept(content), "version": 1}
    making = insert(ShowcasePage).values(**values, made_at=tx.now, updated_at=tx.now)
    made = await tx.session.scalar(making.on_conflict_do_nothing().returning(ShowcasePage.id))
    if made is None:  # the same, sent twice at once
        same = (ShowcasePage.id == page_id, ShowcasePage.pupil_id == tx.viewer, ShowcasePage.content == kept(content))
        version = await tx.session.scalar(select(ShowcasePage.version).where(*same))
        if version is None:
            raise AlreadyDifferent
        return PageReceipt(id=page_id, version=version), False
    return PageReceipt(id=page_id, version=1), True


async def remove_page(tx: Transaction, page_id: UUID) -> None:
    """Throws a page away: its links open nothing. Again is harmless. Raises NotFound (404)."""
    page = await _find(tx, page_id, also_removed=True)
    page.removed_at = page.removed_at or tx.now


async def restore_page(tx: Transaction, page_id: UUID) -> None:
    """Takes it back, with its links. Again is harmless. Raises NotFound (404), Conflict (409) with too many pages."""
    page = await _find(tx, page_id, also_removed=True)
    if page.removed_at is not None:
        await _require_room(tx)
        page.removed_at = None


async def _require_room(tx: Transaction) -> None:
    # One at a time for one pupil: two tabs do not make the twenty-first together.
    await in_turn(tx.session, [tx.viewer])
    mine = (ShowcasePage.pupil_id == tx.viewer, ShowcasePage.removed_at.is_(None))
    if (await tx.session.scalar(select(func.count()).select_from(ShowcasePage).where(*mine)) or 0) >= MAX_PAGES:
        raise Conflict("too_many_showcases")


async def write_paper(
    tx: Transaction, page_id: UUID, kind: PaperKind, content: PaperContent, if_match: str | None
) -> tuple[PaperReceipt, bool]:
    """Writes the lines of a CV or a plusdocument, from the version one had; the same again is harmless.

    Returns whether it is new, too. Raises NotFound (404), AlreadyDifferent (409), VersionConflict (412), Invalid (422).
    """
    await _find(tx, page_id)
    values = kept(content)
    paper = await tx.session.get(ShowcaseDocument, (page_id, kind.value), with_for_update=True)
    if paper is not None and paper.content == values:
        return PaperReceipt(kind=kind, version=paper.version), False
    before = {item.entry_id for part in _paper(paper).parts for item in part.items}
    wanted = {item.entry_id: at for item, at in _items(content)}
    await _require_stories(tx, {entry: at for entry, at in wanted.items() if entry not in before})
    if paper is None:
        if if_match is not None and _number(if_match) != 0:
            raise NotFound
        tx.session.add(ShowcaseDocument(page_id=page_id, kind=kind.value, content=values, version=1, updated_at=tx.now))
        await tx.session.flush()
        return PaperReceipt(kind=kind, version=1), True
    if if_match is None:
        raise AlreadyDifferent
    require_version(paper.version, if_match)
    paper.content, paper.version, paper.updated_at = values, paper.version + 1, tx.now
    await tx.session.flush()
    return PaperReceipt(kind=kind, version=paper.version), False


def _paper(paper: ShowcaseDocument | None) -> PaperContent:
    return PaperContent.model_validate(paper.content) if paper else PaperContent()


async def _find(tx: Transaction, page_id: UUID, also_removed: bool = False) -> ShowcasePage:
    own = (ShowcasePage.id == page_id, ShowcasePage.pupil_id == tx.viewer)
    page = await tx.session.scalar(select(ShowcasePage).where(*own).with_for_update())
    if page is None or (page.removed_at is not None and not also_removed):
        raise NotFound
    return page


def require_version(version: int, if_match: str | None) -> None:
    """Raises PreconditionNeeded (428) without a version, VersionConflict (412) for another than it is now."""
    if if_match is None:
        raise PreconditionNeeded
    if _number(if_match) != version:
        raise VersionConflict(version)


def _number(if_match: str) -> int:
    figures = if_match.strip().strip('"')
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) < 10 else -1


# --- one's own, and shared ---------------------------------------------------------------------------


def _stories(content: PageContent) -> list[tuple[ShowcaseStory, str]]:
    return [
        (story, f"/sections/{part_at}/stories/{at}")
        for part_at, part in enumerate(content.sections)
        for at, story in enumerate(part.stories)
    ]


def _items(content: PaperContent) -> list[tuple[PaperItem, str]]:
    return [
        (item, f"/parts/{part_at}/items/{at}")
        for part_at, part in enumerate(content.parts)
        for at, item in enumerate(part.items)
    ]


async def _require_own(tx: Transaction, content: PageContent, before: PageContent | None) -> None:
    """What comes onto a page is the pupil's own. What stood on it may stay: it may be put away for a while."""
    stories = _stories(content)
    if wrong := misfit(content):
        raise Invalid(*wrong)
    earlier = [story for story, _ in _stories(before)] if before else []
    known = {story.entry_id for story in earlier}
    await _require_stories(tx, {story.entry_id: at for story, at in stories if story.entry_id not in known})
    files = {file: f"{at}/fileIds" for story, at in stories for file in story.file_ids}
    belongs = {(story.entry_id, file) for story, _ in stories for file in story.file_ids}
    await _require_files(tx, belongs - {(one.entry_id, file) for one in earlier for file in one.file_ids}, files)


async def _require_stories(tx: Transaction, wanted: dict[UUID, str]) -> None:
    if not wanted:
        return
    own = select(Entry.id).where(Entry.id.in_(wanted), Entry.pupil_id == tx.viewer, may_be_shown())
    found = set(await tx.session.scalars(own))
    for entry_id, at in wanted.items():
        if entry_id not in found:
            raise Invalid("story_not_to_show", f"{at}/entryId")


async def _require_files(tx: Transaction, wanted: set[tuple[UUID, UUID]], at: dict[UUID, str]) -> None:
    if not wanted:
        return
    own = select(Attachment.entry_id, Attachment.id).where(
        Attachment.id.in_({file for _, file in wanted}),
        Attachment.pupil_id == tx.viewer,
        Attachment.kind.in_((MediaKind.PHOTO.value, MediaKind.FILM.value)),
    )
    found = {(entry, file) for entry, file in await tx.session.execute(own)}
    for entry_id, file_id in sorted(wanted):
        if (entry_id, file_id) not in found:
            raise Invalid("file_not_to_show", at[file_id])
