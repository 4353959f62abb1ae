"""Pages of another portfolio (selections of Leap2A) as pages of the etalage: what stood on them, in its order.

A page shows stories, so what it had beside those (whatever a system draws around them) is left. A weblog or a set of
pages is no page: its parts come in by themselves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from app.portability.imports.brought import own_id
from app.portability.showcases.schemas import (
    MAX_FILES,
    MAX_NAME,
    MAX_PARTS,
    MAX_WORDS,
    PageContent,
    ShowcaseSection,
    ShowcaseStory,
    Template,
)

MOST_PAGES = 200
"""That are looked at; of those that have stories the database takes as many as a screen does."""
_MOST_PARTS = 500
_MOST_NAMED = 50_000

Found = Callable[[str], tuple[UUID, UUID | None] | None]
"""The story that stands for something in the feed, and the photo or film where it is one."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """One thing that a page shows. `order`: as the page says; those without one follow, as they stand in the feed."""

    id: str
    heading: str = ""
    order: int | None = None


class Pages:
    """Those of one feed; ids are those of the feed."""

    def __init__(self) -> None:
        self._on: dict[str, list[OnPage]] = {}
        self._named: dict[str, list[str]] = {}
        self._many = 0

    def add(self, page: str, parts: list[OnPage]) -> bool:
        """A page with what it names itself; False where there are too many."""
        if len(self._on) >= MOST_PAGES:
            return False
        last = len(parts)
        self._on[page] = sorted(parts, key=lambda part: last if part.order is None else part.order)[:_MOST_PARTS]
        return True

    def knows(self, page: str) -> bool:
        """Whether it is one of those."""
        return page in self._on

    def names(self, page: str, part: str) -> None:
        """Something that says itself that it is on a page, before or after the page stands in the feed."""
        if self._many < _MOST_NAMED and len(on := self._named.setdefault(page, [])) < _MOST_PARTS:
            on.append(part)
            self._many += 1

    def _parts_of(self, page: str) -> Iterator[OnPage]:
        told = set()
        for part in self._on.get(page, []):
            told.add(part.id)
            yield part
        yield from (OnPage(each) for each in self._named.get(page, []) if each not in told)

    def content(self, page: str, title: str, intro: str, pupil_id: UUID, found: Found) -> PageContent | None:
        """The page as it is kept here; None where no story of it came along. Raises ValidationError."""
        sections: list[ShowcaseSection] = []
        at: dict[tuple[str, UUID], ShowcaseStory] = {}
        files = 0
        for part in self._parts_of(page):
            what = found(part.id)
            if what is None:
                continue
            entry_id, file_id = what
            story = at.get((part.heading, entry_id))
            if story is None:
                if not sections or sections[-1].heading != part.heading or len(sections[-1].stories) == MAX_PARTS:
                    if len(sections) == MAX_PARTS:
                        break
                    new = own_id(pupil_id, "leap2a", page, f"part {len(sections)}")
                    sections.append(ShowcaseSection(id=new, heading=part.heading))
                story = at[part.heading, entry_id] = ShowcaseStory(entry_id=entry_id)
                sections[-1].stories.append(story)
            if file_id and file_id not in story.file_ids and len(story.file_ids) < MAX_PARTS and files < MAX_FILES:
                story.file_ids.append(file_id)
                files += 1
        if not at:
            return None
        return PageContent(template=Template.BLANK, title=title[:MAX_NAME], intro=intro[:MAX_WORDS], sections=sections)
