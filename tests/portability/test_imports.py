"""Bringing in: our own export whole, Leap2A of others as drafts, twice as harmless as once; and nothing hostile."""

import asyncio
import io
import json
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests

from app.platform.jobs import run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from app.portability.exports.by_hand import export_to_file
from app.portability.imports import own, parcel
from app.portability.imports.brought import Report, text_of
from app.portability.imports.by_hand import import_from_file
from app.portability.imports.leap2a import Feed
from tests.ids import new_id
from tests.portability.filled import bring, export_of, files_of, fill, keep_file, photo, speech, told_in, zipped
from tests.world import World, empty

MAHARA = Path(__file__).with_name("mahara-22.10.xml")


@pytest.fixture(autouse=True)
def storage(settings: Settings) -> Storage:
    made = Storage(settings)
    made.ensure_bucket([settings.origin])
    return made


_SAME = ("title", "body", "kind", "happenedOn", "answers", "tags", "competencies", "workFields", "feeling", "sortOn")


def _entries(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: {key: each[key] for key in _SAME} for each in told["entries"]}


def _counts(told: dict[str, Any]) -> dict[str, int]:
    """Of everything that comes along: by part, here or brought."""
    parts = {key for key, rows in told.items() if isinstance(rows, list)}
    counted = {part: len(told[part]) for part in parts - {"brought", "people", "leftOut", "files", "entries"}}
    for record in told["brought"]:
        if record["part"] != "entries":
            counted[record["part"]] = counted.get(record["part"], 0) + 1
    # Of the pupil at this school, not of the portfolio.
    for part in ("placements", "groups", "guardians"):
        counted.pop(part, None)
    return {part: count for part, count in counted.items() if count}


def _of_the_way(after: dict[str, int], before: dict[str, int]) -> set[str]:
    """Parts of which there are not as many; an export and an import are told of as well."""
    return {part for part in after.keys() | before.keys() if after.get(part) != before.get(part)}


async def test_an_export_comes_in_whole_on_an_empty_installation(
    world: World, settings: Settings, storage: Storage
) -> None:
    fill(world, storage)
    first = await export_of(world, settings)
    before = told_in(first)
    content = first.fp
    assert content is not None
    content.seek(0)
    whole = content.read()

    await world.close()
    empty(settings)
    anew = World(settings, world.app, world.clock)
    try:
        brought = await bring(anew, settings, whole)
        assert (brought["state"], brought["refusal"]) == ("done", None)
        report = brought["report"]
        assert (report["kind"], report["of"], report["entries"]) == ("own", "Yara de Wit", len(before["entries"]))
        assert {each["why"] for each in report["skipped"]} == {"file_missing"}
        alone = ("steps", "words", "choiceMoments", "showcasePages", "showcaseDocuments")
        assert {part: many for part, many in report["ownParts"].items() if part in alone} == {
            "steps": sum(step["who"] == "pupil" for step in before["steps"]),
            "choiceMoments": 1,
            "showcasePages": 1,
            "showcaseDocuments": 1,
        }
        assert sum(report["ownParts"].values()) == report["own"]
        second = await export_of(anew, settings)
        after = told_in(second)
        assert _entries(after) == _entries(before)
        new = _of_the_way(_counts(after), _counts(before))
        assert new <= {"notices", "looks"}, "told of what happened here"
        rows = {"choiceMoments", "choiceOptions", "choicePicks", "choiceSureness", "showcasePages", "showcaseDocuments"}
        for part in rows:
            assert len(after[part]) == len(before[part]) > 0, part
        assert [step["text"] for step in after["steps"]] == [
            step["text"] for step in before["steps"] if step["who"] == "pupil"
        ]
        assert all(moment["ring"] == 0 for moment in after["choiceMoments"])
        hashes = {file["fileSha256"] for file in before["files"] if file["path"]}
        assert {file["fileSha256"] for file in after["files"] if file["path"]} == hashes
        states = {each["state"] for each in after["entries"]}
        assert states == {"draft", "trashed"}, "nothing is shared by itself"
        assert all(each["ring"] == 0 for each in after["entries"])

        again = await bring(anew, settings, whole)
        report = again["report"]
        assert (report["entries"], report["files"], report["records"], report["ownParts"]) == (0, 0, 0, {})
        assert (report["entriesBefore"], report["filesBefore"]) == (len(before["entries"]), len(hashes))
        records = (await anew.client(anew.pupil).get("/v1/me/brought-records")).json()["items"]
        (said,) = [each for each in records if each["part"] == "feedback"]
        assert (said["content"]["text"], said["content"]["author"]) == ("Wat zag je daar?", "Joost de Wit")
        assert anew.scalar("select count(*) from feedback") == 0, "it is nobody's voice here"
        await _said_of_it_is_read_at_the_story(anew, UUID(said["entryId"]))
        (card,) = [each for each in records if each["part"] == "homework"]
        await _said_aloud_is_heard_again(anew, card)
        path = f"/v1/me/brought-records/{said['id']}"
        assert (await anew.client(anew.classmate).delete(path)).status_code == 404
        assert (await anew.client(anew.pupil).delete(path)).status_code == 204
    finally:
        await anew.close()


async def _said_aloud_is_heard_again(anew: World, card: dict[str, Any]) -> None:
    """By its pupil, as it was; by nobody else. It goes with the card."""
    (said,) = card["sounds"]
    assert (said["state"], said["id"]) == ("ready", card["content"]["childSound"])
    path = f"/v1/me/brought-sounds/{said['id']}/file"
    answer = await anew.client(anew.pupil).get(path)
    assert answer.status_code == 302
    assert (await asyncio.to_thread(requests.get, answer.headers["location"], timeout=10)).content == speech()
    for stranger in (anew.guardian, anew.teacher, anew.classmate):
        assert (await anew.client(stranger).get(path)).status_code == 404
    assert (await anew.client(anew.pupil).delete(f"/v1/me/brought-records/{card['id']}")).status_code == 204
    assert (await anew.client(anew.pupil).get(path)).status_code == 404
    assert anew.scalar("select count(*) from attachment where id = :id", id=said["id"]) == 0


async def _said_of_it_is_read_at_the_story(anew: World, entry: UUID) -> None:
    """By its pupil: what school said, and what somebody outside answered about it; by nobody else."""
    path = f"/v1/me/brought-records?entryId={entry}"
    at_story = (await anew.client(anew.pupil).get(path)).json()["items"]
    assert {each["part"] for each in at_story} == {"feedback", "words", "outsideAnswers"}
    assert {each["entryId"] for each in at_story} == {str(entry)}
    assert (await anew.client(anew.classmate).get(path)).json()["items"] == []
    for who in (anew.teacher, anew.dean, anew.guardian):
        assert (await anew.client(who).get(path)).status_code == 404


async def test_a_page_that_was_thrown_away_is_told_of_nowhere(world: World, settings: Settings) -> None:
    pages = [
        {"id": str(new_id(world)), "content": {"title": "x"}, "madeAt": "2026-01-02T10:00:00Z", "removedAt": removed}
        for removed in (None, "2026-01-03T10:00:00Z")
    ]
    report = (await bring(world, settings, zipped({"portfolio.json": _told(showcasePages=pages)})))["report"]
    assert (report["own"], report["ownParts"]) == (2, {"showcasePages": 1})


async def test_ids_of_somebody_else_become_others(world: World, settings: Settings, storage: Storage) -> None:
    entry = world.new_entry(body="Van Yara")
    keep_file(world, storage, entry, photo())
    made = await export_of(world, settings)
    assert made.fp
    made.fp.seek(0)
    report = (await bring(world, settings, made.fp.read(), world.classmate))["report"]
    assert (report["entries"], report["files"], report["of"]) == (1, 1, "Yara de Wit")
    assert world.scalar("select pupil_id from entry where id = :id", id=entry) == world.pupil
    theirs = world.scalar("select id from entry where pupil_id = :id", id=world.classmate)
    assert theirs not in (None, entry)
    assert world.scalar("select state from entry where id = :id", id=theirs) == "draft"
    assert files_of(world, world.classmate) == {"kraan.jpg": files_of(world, world.pupil)["kraan.jpg"]}


async def test_a_portfolio_of_mahara_comes_in_as_drafts(world: World, settings: Settings) -> None:
    members: dict[str, bytes | str] = {"portfolio-1/leap2a.xml": MAHARA.read_bytes()}
    members["portfolio-1/export_info/files/1175-photo-1.jpg"] = photo()
    found = await bring(world, settings, zipped(members))
    report = found["report"]
    assert (report["kind"], report["source"], report["of"]) == ("leap2a", "Mahara", "Stu6 Dent6")
    assert (report["entries"], report["files"]) == (3, 1)
    assert {"artefactplugin", "view", "persondata"} <= set(report["unknown"])
    assert {each["why"] for each in report["skipped"]} == {"selection", "file_missing"}
    client = world.client(world.pupil)
    states = world.scalar("select array_agg(distinct state || ring) from entry where pupil_id = :id", id=world.pupil)
    assert states == ["draft0"]
    entry = world.scalar("select id from entry where title = 'Entry 1: what I did'")
    page = (await client.get(f"/v1/entries/{entry}")).json()
    assert page["body"].startswith("Next week I want to improve")
    assert "\n\nWorking in a group of four" in page["body"]
    assert "<" not in page["body"]
    assert (page["kind"], page["happenedOn"], page["tags"]) == ("reflection", "2025-10-20", ["reflection", "week1"])
    assert [file["name"] for file in page["attachments"]] == ["photo-1.jpg"]
    again = (await bring(world, settings, zipped(members)))["report"]
    assert (again["entries"], again["entriesBefore"]) == (0, 3)


OLDER = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:l="http://wiki.cetis.ac.uk/2009-03/LEAP2A_predicates#" xmlns:leaptype="http://terms.leapspecs.org/"
  xmlns:portfolio="http://oud.example/export/leap/7/1111111111/">
 <id>x</id><generator>Andere</generator><author><name>Bo</name></author>
 <entry><id>portfolio:1</id><title>Stage</title><content type="html">&lt;p onclick="x()"&gt;Hoi&lt;script&gt;alert(1)
 &lt;/script&gt; &lt;b&gt;daar&lt;/b&gt;&lt;/p&gt;</content><published>2019-03-04T10:00:00Z</published>
 <rdf:type rdf:resource="leaptype:activity"/><l:date l:point="start">2019-03-01</l:date>
 <category term="Unready" scheme="categories:readiness#"/>
 <link rel="l:has_part" href="portfolio:2"/><link rel="leaptype:reflected_on_by" href="portfolio:3"/></entry>
 <entry><id>portfolio:2</id><title>plan.pdf</title><rdf:type rdf:resource="leaptype:resource"/>
 <content src="files/a%20b.jpg" type="image/jpeg"/><link rel="l:is_part_of" href="portfolio:1"/></entry>
 <entry><id>portfolio:3</id><title>Terugblik</title><content>Leuk</content>
 <rdf:type rdf:resource="leaptype:entry"/><link rel="l:reflects_on" href="portfolio:1"/></entry>
 <entry><id>portfolio:4</id><title>Lassen</title><content>Kan ik</content>
 <rdf:type rdf:resource="leaptype:ability"/></entry>
</feed>"""


async def test_an_older_feed_of_another_system_is_read_by_its_local_names(world: World, settings: Settings) -> None:
    report = (await bring(world, settings, zipped({"leap2a.xml": OLDER, "files/a b.jpg": photo()})))["report"]
    assert (report["entries"], report["files"], report["records"]) == (2, 1, 1)
    later = OLDER.replace("1111111111", "2222222222").encode()
    again = (await bring(world, settings, later))["report"]
    assert (again["entries"], again["entriesBefore"], again["filesBefore"]) == (0, 2, 1), "the same, exported later"
    stage, body = world.scalar("select array[id::text, body] from entry where kind = 'experience'")
    assert body == "Hoi daar"
    assert world.scalar("select details->>'entryId' from entry where kind = 'reflection'") == stage


async def test_what_others_export_of_ours_is_read_again(world: World, settings: Settings, storage: Storage) -> None:
    fill(world, storage)
    made = await export_of(world, settings)
    feed = {name: made.read(name) for name in made.namelist() if name == "leap2a.xml" or name.startswith("bestanden/")}
    report = (await bring(world, settings, zipped({**feed}), world.classmate))["report"]
    assert (report["source"], report["files"], report["skipped"]) == ("Talentportfolio", 1, [])
    kinds = "select array_agg(kind || ': ' || title order by title) from entry where pupil_id = :id and state = 'draft'"
    there = kinds.replace("and state = 'draft'", "and state <> 'trashed'")
    assert world.scalar(kinds, id=world.classmate) == world.scalar(there, id=world.pupil)


def _told(**fields: Any) -> str:
    entry = {"id": "01890000-0000-7000-8000-000000000001", "title": "Een", "details": {"kind": "reflection"}}
    whole = {"format": "talentportfolio", "version": 1, "pupil": {}, "people": [], "entries": [entry], "files": []}
    return json.dumps(whole | fields)


def _with(name: str, of: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("portfolio.json", _told())
        info = zipfile.ZipInfo(name)
        info.external_attr = of << 16
        made.writestr(info, "x")
    return out.getvalue()


def _locked() -> bytes:
    whole = bytearray(zipped({"portfolio.json": _told()}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.find(sign) + at] |= 1
    return bytes(whole)


def _long_list() -> bytes:
    whole = bytearray(zipped({"portfolio.json": _told()}))
    struct.pack_into("<L", whole, whole.rfind(b"PK\x05\x06") + 12, 400_000_000)
    return bytes(whole)


_TWICE = json.loads(_told())["entries"] * 2
_LAUGHS = (
    '<!DOCTYPE f [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">'
    "<entry><id>1</id><title>&b;</title></entry></feed>"
)
_OUTSIDE = '<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>'
_DEEP = '{"format": "talentportfolio", "version": 1, "entries": [' + '{"a":' * 5000 + "1" + "}" * 5000 + "]}"

HOSTILE: dict[str, tuple[bytes, str]] = {
    "out of the folder": (_with("../../etc/cron.d/x"), "unsafe_names"),
    "an absolute name": (_with("/etc/passwd"), "unsafe_names"),
    "a drive": (_with("C:\\x"), "unsafe_names"),
    "a link": (_with("bestanden/x", stat.S_IFLNK | 0o777), "unsafe_names"),
    "a bomb": (zipped({"portfolio.json": _told(), "bestanden/x.jpg": b"\0" * 30_000_000}), "too_large"),
    "a list of a million members": (_long_list(), "too_large"),
    "locked with a password": (_locked(), "encrypted"),
    "half a zip": (zipped({"portfolio.json": _told() * 50})[:-60], "broken_zip"),
    "something else": (b"%PDF-1.4", "unknown_file"),
    "a zip of holiday photos": (zipped({"foto.jpg": photo()}), "nothing_known"),
    "no json": (zipped({"portfolio.json": "{"}), "broken_json"),
    "json in another encoding": (zipped({"portfolio.json": _told(x="é").encode("utf-16")}), "broken_json"),
    "a newer version": (zipped({"portfolio.json": _told(version=2)}), "newer"),
    "another program's": (zipped({"portfolio.json": '{"entries": []}'}), "nothing_known"),
    "the same id twice": (zipped({"portfolio.json": _told(entries=_TWICE)}), "twice"),
    "very deep": (zipped({"portfolio.json": _DEEP}), "too_large"),
    "an XML bomb": (_LAUGHS.encode(), "broken_xml"),
    "an XML that reads files": (_OUTSIDE.encode(), "broken_xml"),
    "half an XML": (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", "broken_xml"),
    "an XML in no known encoding": (b"<?xml version='1.0' encoding='klingon'?><feed/>", "broken_xml"),
    "a web page": (b"<html><body>hoi</body></html>", "nothing_known"),
}


async def test_what_is_hostile_or_broken_is_refused_as_a_whole(tmp_path: Path, world: World) -> None:
    def read(path: Path) -> None:
        found = parcel.Parcel(path)
        reader: Any = own.OwnFile if found.kind == "own" else Feed
        reader(found, world.pupil, Report(found.kind))

    for what, (content, code) in HOSTILE.items():
        path = tmp_path / "brought"
        path.write_bytes(content)
        with pytest.raises(parcel.BringRefused) as refused:
            read(path)
        assert refused.value.code == code, what


async def test_a_refusal_is_told_and_the_file_goes(world: World, settings: Settings, storage: Storage) -> None:
    found = await bring(world, settings, HOSTILE["locked with a password"][0])
    assert (found["state"], found["refusal"], found["report"]) == ("refused", "encrypted", None)
    assert storage.size(world.scalar("select object_key from portfolio_import")) is None


async def test_what_does_not_fit_is_left_and_told(world: World, settings: Settings) -> None:
    def entry(**fields: Any) -> dict[str, Any]:
        made = {"id": str(new_id(world)), "title": "Een", "details": {"kind": "reflection"}, "answers": []}
        return made | fields

    good = entry()
    many = [entry(title="x" * 300), entry(details={"kind": "poem"}), entry(details=None), {"id": 7}, good]

    def file(name: str, **fields: Any) -> dict[str, Any]:
        made = {"id": str(new_id(world)), "entryId": good["id"], "path": name, "name": name, "fileType": "image/jpeg"}
        return made | fields

    files = [
        file("gone.jpg"), file("empty.jpg"), file("lie.jpg"), file("changed.jpg", fileSha256="0" * 64),
        file("page.html", fileType="text/html"), file("good.jpg"), file("nobody.jpg", entryId=str(new_id(world))),
        file("card.jpg", entryId=None, homeworkId=str(new_id(world))), file("nothing.jpg", entryId=None),
    ]  # fmt: skip
    members: dict[str, bytes | str] = {
        "portfolio.json": _told(entries=many, files=files, more=[{"a": 1}], feedback=[{"id": "1", "text": "a\u0000b"}]),
        "empty.jpg": b"", "lie.jpg": b"<html>", "changed.jpg": photo(), "page.html": "x", "good.jpg": photo(),
        "nobody.jpg": photo(), "card.jpg": photo(), "nothing.jpg": photo(),
    }  # fmt: skip
    report = (await bring(world, settings, zipped(members)))["report"]
    assert (report["entries"], report["files"], report["unknown"]) == (1, 1, {"more": 1})
    whys = {each["what"]: each["why"] for each in report["skipped"]}
    assert whys.pop("x" * 200) == whys.pop("Een") == whys.pop("7") == "story_invalid"
    assert whys == {"gone.jpg": "file_missing", "empty.jpg": "file_empty", "lie.jpg": "file_type",
                    "changed.jpg": "file_changed", "page.html": "file_type", "nobody.jpg": "no_story",
                    "card.jpg": "of_a_card", "nothing.jpg": "no_story"}  # fmt: skip
    assert world.scalar("select content->>'text' from brought_record where part = 'feedback'") == "ab"


async def test_one_at_a_time_and_only_what_was_announced(world: World, settings: Settings) -> None:
    client = world.client(world.pupil)
    assert (await client.post("/v1/me/imports", json={"name": "a.zip", "size": 3_000_000_000})).status_code == 422
    assert (await client.post("/v1/me/imports", json={"name": "a.zip", "size": 0})).status_code == 422
    plan = (await client.post("/v1/me/imports", json={"name": "a.zip", "size": 10})).json()
    path = f"/v1/me/imports/{plan['id']}"
    nothing = {"parts": [{"number": 1, "etag": "none"}]}
    answer = await client.post(f"{path}/sent", json=nothing)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/parts-missing")
    assert (await world.client(world.classmate).get(path)).status_code == 404
    assert (await world.client(world.classmate).post(f"{path}/sent", json=nothing)).status_code == 404
    assert (await world.client(world.teacher).get("/v1/me/imports")).status_code == 404
    world.change("update portfolio_import set state = 'reading'")
    answer = await client.post("/v1/me/imports", json={"name": "b.zip", "size": 10})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/import-running")
    world.change("update person set closed_at = now() where id = :id", id=world.pupil)
    await run_worker(settings, until_empty=True)
    assert world.scalar("select count(*) from entry where pupil_id = :id", id=world.pupil) == 0


def test_html_becomes_what_one_reads_of_it() -> None:
    html = "<h2>Kop</h2>\n <p>Een &amp; twee<br>drie</p><style>p{}</style><ul><li>a</li><li>b</li></ul><img onerror=y>"
    assert text_of(html) == "Kop\n\nEen & twee\ndrie\n\n• a\n• b"
    assert text_of("<script>1</script><svg><script>2</script></svg>&lt;b&gt;") == "<b>"


async def test_an_operator_does_both_on_the_command_line(
    world: World, settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    entry = world.new_entry()
    keep_file(world, storage, entry, photo())
    path, worker = tmp_path / "yara.zip", settings.database_worker_url or ""
    told: list[tuple[int, int]] = []
    made = await asyncio.to_thread(
        export_to_file, settings, worker, "Yara", path, lambda done, total: told.append((done, total))
    )
    assert (made.stories, made.files, told[-1]) == (1, 1, (2, 2))
    report = await import_from_file(settings, worker, "omar", path, lambda *_: None)
    assert (report["entries"], report["files"]) == (1, 1)
    with pytest.raises(RuntimeError, match="no pupil is called joost"):
        await import_from_file(settings, worker, "joost", path, lambda *_: None)
    path.write_bytes(b"PK")
    with pytest.raises(RuntimeError, match="broken zip"):
        await import_from_file(settings, worker, "omar", path, lambda *_: None)
