"""All pages of the readable part: which there are, what they are called, and how one comes from one to the other."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files as resources

from app.portability.exports import pages
from app.portability.exports.html import bullets, day_of, esc, own, page, say, section, slug
from app.portability.exports.papers import Paper
from app.portability.exports.story_page import Row, Told, name_of, names, story, when_of
from app.reference import catalogue

FOLDER = "verhalen"
_STORY_PARTS = ("entryVersions", "feedback", "words", "brought")


class Site:
    """The pages of one portfolio. `rows`: by part, with the `path` of each file that is in the zip."""

    def __init__(
        self, pupil: Row, people: list[Row], rows: dict[str, list[Row]], made_at: datetime, papers: list[Paper]
    ) -> None:
        self._pupil, self._rows, self._at, self._papers = pupil, rows, made_at, papers
        self._people = {person["id"]: person for person in people} | {pupil["id"]: pupil}
        self._name = f"{pupil['given_name']} {pupil['family_name']}".strip()
        self._titles = {entry["id"]: (path_of(entry), name_of(entry)) for entry in rows["entries"]}
        self._menu = [("index.html", say("start")), ("talentbeeld.html", say("picture"))]
        for part, address, label in (
            ("conversations steps", "gesprekken.html", "talks"),
            ("choiceMoments", "keuzes.html", "choices"),
            ("dossierParts dossierHandIns", "dossier.html", "dossier"),
            ("homework", "thuis.html", "home"),
            ("brought", "van-elders.html", "elsewhere"),
        ):
            if any(rows[each] for each in part.split()):
                self._menu.append((address, say(label)))
        self._menu.append(("over.html", say("about")))

    def pages(self) -> Iterator[tuple[str, str]]:
        """Path and HTML of each page."""
        yield "stijl.css", resources("app.portability.exports").joinpath("site.css").read_text("utf-8")
        yield "index.html", self._page(say("title", name=self._name), "index.html", self._start())
        told = self._told()
        entries = self._rows["entries"]
        for place, entry in enumerate(entries):
            inside = story(entry, told[entry["id"]], self._people, self._titles, "../") + self._turn(place)
            yield path_of(entry), self._page(name_of(entry), "", inside, "../")
        inside_of = {
            "talentbeeld.html": lambda: pages.picture(
                entries, self._rows["words"], self._rows["wordChoices"], self._titles
            ),
            "gesprekken.html": lambda: pages.talks(self._rows, self._people, self._titles),
            "keuzes.html": lambda: pages.choices(self._rows, self._titles),
            "dossier.html": lambda: pages.dossier(self._rows, self._titles),
            "thuis.html": lambda: pages.home(self._rows["homework"], self._files_of("homework_id")),
            "van-elders.html": lambda: pages.elsewhere(
                self._rows["brought"], self._files_of("brought_id"), self._titles
            ),
            "over.html": lambda: pages.about(self._rows, self._pupil, self._missing()),
        }
        for address, label in self._menu[1:]:
            yield address, self._page(label, address, inside_of[address]())

    def _page(self, title: str, here: str, inside: str, up: str = "") -> str:
        return page(title, self._name, self._menu, here, inside, up)

    def _start(self) -> str:
        made = say("made", day=day_of(self._at.isoformat()), given=self._pupil["given_name"])
        entries = self._rows["entries"]
        kinds = names(catalogue.kinds())
        by_year: dict[int, list[Row]] = defaultdict(list)
        for entry in entries:
            by_year[entry["school_year"]].append(entry)
        years = "".join(
            section(say("year", year=f"{year}–{year + 1}"), self._list(of_year, kinds))
            for year, of_year in sorted(by_year.items(), reverse=True)
        )
        count = esc(say("stories.count", count=len(entries))) if entries else esc(say("stories.none"))
        return f"<p>{own(made)}</p><p class='soft'>{esc(say('howto'))}</p>{self._on_paper()}<p>{count}</p>{years}"

    def _on_paper(self) -> str:
        """A CV and a plusdocument, where there is an etalage."""
        links = bullets(
            f'<a href="{esc(paper.path)}" type="application/pdf" hreflang="nl">'
            f"{own(say(f'paper.{paper.kind.value}', page=_alone(paper.title)))}</a>"
            for paper in self._papers
        )
        told = esc(say("paper.text", given=self._pupil["given_name"]))
        return section(say("paper"), f"<p class='soft'>{told}</p>{links}") if links else ""

    def _list(self, entries: list[Row], kinds: dict[str, str]) -> str:
        items = "".join(
            f'<li><a href="{esc(path_of(entry))}">{own(name_of(entry))}</a><span>{esc(kinds[entry["kind"]])} ·'
            f" {esc(when_of(entry))}{self._standing(entry)}</span></li>"
            for entry in entries
        )
        return f'<ul class="stories">{items}</ul>'

    def _standing(self, entry: Row) -> str:
        put_away = entry["state"] in ("draft", "archived", "trashed")
        return f" · {esc(say('state.' + entry['state']))}" if put_away else ""

    def _turn(self, place: int) -> str:
        entries = self._rows["entries"]
        links = [
            f'<a rel="{rel}" href="../{esc(path_of(entries[other]))}">{esc(say(key))}:'
            f" {own(name_of(entries[other]))}</a>"
            for rel, key, other in (("prev", "before", place - 1), ("next", "next", place + 1))
            if 0 <= other < len(entries)
        ]
        return f'<nav class="turn" aria-label="{esc(say("stories"))}">{"".join(links)}</nav>' if links else ""

    def _told(self) -> dict[str, Told]:
        told: dict[str, Told] = defaultdict(Told)
        for entry_id, files in self._files_of("entry_id").items():
            told[entry_id].files = files
        for part, of in zip(_STORY_PARTS, ("versions", "feedback", "words", "brought"), strict=True):
            for row in self._rows[part]:
                if row["entry_id"]:
                    getattr(told[row["entry_id"]], of).append(row)
        asked_at = {link["id"]: link["entry_id"] for link in self._rows["outsideLinks"]}
        for answer in self._rows["outsideAnswers"]:
            told[asked_at[answer["link_id"]]].outside.append(answer)
        return told

    def _files_of(self, column: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for file in self._rows["files"]:
            if file[column]:
                found[file[column]].append(file)
        return found

    def _missing(self) -> int:
        return sum(not file.get("path") for file in self._rows["files"])


def path_of(entry: Row) -> str:
    """Where the page of an entry is: by day and name, and by its id so that two are never the same."""
    return f"{FOLDER}/{entry['sort_on']}-{slug(name_of(entry))}-{entry['id'][-12:]}.html"


def _alone(title: str) -> str:
    """A title that goes its own way within a line, also in a language that is written the other way."""
    return f"\u2068{title}\u2069"
