"""Files go from the device straight to the store, are looked at, and come back to whoever may see them."""

import hashlib
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from app.media import actions as media_actions
from app.media import policy as media_policy
from app.media.actions import PART_SIZE
from app.platform.clock import FixedClock
from app.platform.jobs import run_worker
from app.platform.settings import Settings
from app.platform.storage import Storage
from tests.ids import new_id
from tests.media.making import pdf
from tests.media.test_renditions import encoded, phone_photo
from tests.portfolio.test_entries import EXPERIENCE, problem
from tests.world import World

PDF = b"%PDF-1.7\n" + bytes(PART_SIZE + 1_000)
"""Two parts."""


@pytest.fixture
async def store() -> AsyncIterator[httpx.AsyncClient]:
    """The way from a browser to the object store, without our cookies."""
    async with httpx.AsyncClient() as client:
        yield client


async def announce(
    client: httpx.AsyncClient, world: World, entry_id: UUID, data: bytes, media_type: str, **fields: Any
) -> httpx.Response:
    body = {"id": str(new_id(world)), "name": "kraan.jpg", "mediaType": media_type, "size": len(data)} | fields
    return await client.post(
        f"/v1/entries/{entry_id}/attachments", json=body, headers={"Idempotency-Key": str(body["id"])}
    )


async def send(store: httpx.AsyncClient, plan: dict[str, Any], data: bytes) -> list[dict[str, Any]]:
    """Sends the parts that the plan asks for; number and ETag of each."""
    sent = []
    for part in plan["parts"]:
        start = (part["number"] - 1) * plan["partSize"]
        answer = await store.put(part["url"], content=data[start : start + plan["partSize"]])
        assert answer.status_code == 200, answer.text
        sent.append({"number": part["number"], "etag": answer.headers["etag"]})
    return sent


async def complete(client: httpx.AsyncClient, file_id: str, parts: list[dict[str, Any]]) -> httpx.Response:
    return await client.post(
        f"/v1/attachments/{file_id}/complete", json={"parts": parts}, headers={"Idempotency-Key": str(uuid4())}
    )


async def upload(
    client: httpx.AsyncClient,
    store: httpx.AsyncClient,
    world: World,
    entry_id: UUID,
    data: bytes,
    media_type: str = "image/jpeg",
    **fields: Any,
) -> httpx.Response:
    """The whole way; the answer to the last step."""
    plan = (await announce(client, world, entry_id, data, media_type, **fields)).json()
    return await complete(client, plan["id"], await send(store, plan, data))


def attachment(world: World, column: str) -> Any:
    return world.scalar(f"select {column} from attachment")


# --- sending ----------------------------------------------------------------------------------------


async def test_a_photo_takes_three_requests_and_is_shown_upright_without_place(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id, photo = world.client(world.pupil), new_id(world), phone_photo()
    assert (await pupil.put(f"/v1/entries/{entry_id}", json=EXPERIENCE)).status_code == 201
    received = await upload(pupil, store, world, entry_id, photo)
    assert (received.status_code, received.json()["state"]) == (200, "received")
    await run_worker(settings, until_empty=True)
    [shown] = (await pupil.get(f"/v1/entries/{entry_id}")).json()["attachments"]
    assert (shown["state"], shown["hasThumbnail"], shown["width"], shown["height"]) == ("ready", True, 300, 400)
    kept = await store.get((await pupil.get(f"/v1/attachments/{shown['id']}/file")).headers["location"])
    assert kept.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(kept.content)).size == (300, 400)
    assert b"Telefoonmaker" not in kept.content
    await run_worker(settings, until_empty=True)
    original = Storage(settings).size(attachment(world, "object_key"))
    assert original is None, "what came from the phone, place and all, is not kept"


@pytest.mark.parametrize(
    ("accepts", "media_type"), [("image/avif,image/webp,*/*", "image/webp"), ("*/*", "image/jpeg")]
)
@pytest.mark.parametrize("width", [320, 640, 1280])
async def test_a_thumbnail_comes_as_the_browser_knows_it(
    world: World, settings: Settings, store: httpx.AsyncClient, accepts: str, media_type: str, width: int
) -> None:
    pupil = world.client(world.pupil)
    file_id = (await upload(pupil, store, world, world.new_entry(), phone_photo(1600, 1200, 1))).json()["id"]
    await run_worker(settings, until_empty=True)
    there = await pupil.get(f"/v1/attachments/{file_id}/thumbnail?width={width}", headers={"Accept": accepts})
    assert there.headers["vary"] == "Cookie, Accept"
    got = await store.get(there.headers["location"])
    assert got.headers["content-type"] == media_type
    assert Image.open(io.BytesIO(got.content)).width == width
    assert problem(await pupil.get(f"/v1/attachments/{file_id}/thumbnail?width=4000")) == (422, "validation")


async def test_while_a_file_is_looked_at_only_its_pupil_knows_of_it(world: World, store: httpx.AsyncClient) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    file_id = (await upload(pupil, store, world, entry_id, phone_photo())).json()["id"]
    for person in (world.teacher, world.guardian):
        client = world.client(person)
        assert (await client.get(f"/v1/entries/{entry_id}")).json()["attachments"] == []
        for rendition in ("file", "thumbnail"):
            answer = await client.get(f"/v1/attachments/{file_id}/{rendition}")
            assert problem(answer) == (404, "not-found")
    [own] = (await pupil.get(f"/v1/entries/{entry_id}")).json()["attachments"]
    assert own["state"] == "received"


async def test_parts_that_are_not_what_the_device_counted_are_refused(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, photo = world.client(world.pupil), phone_photo()
    for sha256, state in ((hashlib.sha256(photo).hexdigest(), "ready"), ("0" * 64, "refused")):
        world.change("delete from attachment")
        plan = (await announce(pupil, world, world.new_entry(), photo, "image/jpeg")).json()
        parts = [part | {"sha256": sha256} for part in await send(store, plan, photo)]
        assert (await complete(pupil, plan["id"], parts)).status_code == 200
        await run_worker(settings, until_empty=True)
        assert attachment(world, "state") == state
    assert attachment(world, "refusal") == "upload_mismatch"


CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nDit is de kraan.\n"


async def test_a_film_gets_captions_and_loses_them(world: World) -> None:
    pupil, file_id = world.client(world.pupil), world.new_file(world.new_entry(), kind="film", media_type="video/mp4")
    address = f"/v1/attachments/{file_id}/captions"
    styled = CAPTIONS.replace("\n\n", "\n\nSTYLE\n::cue { color: red }\n\nintro\n", 1)
    assert (await pupil.put(address, json={"vtt": styled})).json()["hasCaptions"]
    got = await world.client(world.teacher).get(address)
    assert (got.text, got.headers["content-type"]) == (CAPTIONS, "text/vtt; charset=utf-8")
    assert problem(await pupil.put(address, json={"vtt": "1\nhallo"})) == (422, "validation")
    assert not (await pupil.put(address, json={"vtt": ""})).json()["hasCaptions"]
    assert problem(await pupil.get(address)) == (404, "not-found")
    photo = world.new_file(world.new_entry())
    assert problem(await pupil.put(f"/v1/attachments/{photo}/captions", json={"vtt": CAPTIONS})) == (409, "no-film")


async def test_an_upload_that_was_broken_off_goes_on_where_it_was(world: World, store: httpx.AsyncClient) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    plan = (await announce(pupil, world, entry_id, PDF, "application/pdf")).json()
    assert [part["number"] for part in plan["parts"]] == [1, 2]
    await send(store, plan | {"parts": plan["parts"][1:]}, PDF)
    resumed = (await pupil.get(f"/v1/attachments/{plan['id']}/upload")).json()
    assert [part["number"] for part in resumed["uploaded"]] == [2]
    assert [part["number"] for part in resumed["parts"]] == [1]
    sent = await send(store, resumed, PDF)
    done = await complete(pupil, plan["id"], resumed["uploaded"] + sent)
    assert (done.status_code, done.json()["state"], done.json()["size"]) == (200, "received", len(PDF))


async def test_the_same_file_announced_again_gets_the_same_plan(world: World) -> None:
    pupil, entry_id, same = world.client(world.pupil), world.new_entry(), str(new_id(world))
    plans = [(await announce(pupil, world, entry_id, PDF, "application/pdf", id=same)).json() for _ in range(2)]
    assert plans[0]["id"] == plans[1]["id"]
    assert [urlsplit(part["url"]).path for part in plans[0]["parts"]] == [
        urlsplit(part["url"]).path for part in plans[1]["parts"]
    ]
    assert attachment(world, "count(*)") == 1
    other = await announce(pupil, world, entry_id, PDF, "application/pdf", id=same, size=5)
    assert problem(other) == (409, "already-exists-different")


async def test_completing_twice_answers_the_same(world: World, store: httpx.AsyncClient) -> None:
    pupil, entry_id, photo = world.client(world.pupil), world.new_entry(), phone_photo()
    plan = (await announce(pupil, world, entry_id, photo, "image/jpeg")).json()
    parts = await send(store, plan, photo)
    first, again = [await complete(pupil, plan["id"], parts) for _ in range(2)]
    assert first.json() == again.json()
    assert world.scalar("select count(*) from procrastinate_jobs") == 1


async def test_when_the_answer_of_the_store_got_lost_completing_works_the_second_time(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    plan = (await announce(pupil, world, entry_id, PDF, "application/pdf")).json()
    parts = await send(store, plan, PDF)
    key, upload_id = attachment(world, "object_key"), attachment(world, "upload_id")
    assert Storage(settings).finish_upload(key, upload_id, [(part["number"], part["etag"]) for part in parts])
    assert (await complete(pupil, plan["id"], parts)).json()["state"] == "received"


async def test_what_was_put_together_and_never_written_down_is_not_sent_again(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    plan = (await announce(pupil, world, entry_id, PDF, "application/pdf")).json()
    parts = await send(store, plan, PDF)
    key, upload_id = attachment(world, "object_key"), attachment(world, "upload_id")
    assert Storage(settings).finish_upload(key, upload_id, [(part["number"], part["etag"]) for part in parts])
    resumed = (await pupil.get(f"/v1/attachments/{plan['id']}/upload")).json()
    assert ([part["number"] for part in resumed["uploaded"]], resumed["parts"]) == ([1, 2], [])
    assert (await complete(pupil, plan["id"], resumed["uploaded"])).json()["state"] == "received"


async def test_an_upload_that_the_store_lost_is_begun_anew(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    plan = (await announce(pupil, world, entry_id, PDF, "application/pdf")).json()
    key, upload_id = attachment(world, "object_key"), attachment(world, "upload_id")
    Storage(settings).abort_upload(key, upload_id)
    resumed = (await pupil.get(f"/v1/attachments/{plan['id']}/upload")).json()
    assert [part["number"] for part in resumed["parts"]] == [1, 2]
    parts = await send(store, resumed, PDF)
    assert (await complete(pupil, plan["id"], parts)).json()["state"] == "received"


async def test_completing_without_all_parts_leaves_the_upload_open(world: World, store: httpx.AsyncClient) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    plan = (await announce(pupil, world, entry_id, PDF, "application/pdf")).json()
    wrong = [{"number": 1, "etag": '"0123456789abcdef0123456789abcdef"'}]
    assert problem(await complete(pupil, plan["id"], wrong)) == (409, "parts-missing")
    assert attachment(world, "state") == "uploading"
    parts = await send(store, plan, PDF)
    assert (await complete(pupil, plan["id"], parts)).status_code == 200


async def test_files_do_not_change_the_version_of_the_entry(world: World, store: httpx.AsyncClient) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    await upload(pupil, store, world, entry_id, phone_photo())
    assert world.scalar("select version from entry") == 1


# --- what is not taken ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media_type", "size", "expected"),
    [
        ("image/svg+xml", 100, (415, "unsupported-type")),
        ("text/html", 100, (415, "unsupported-type")),
        ("application/zip", 100, (415, "unsupported-type")),
        ("application/vnd.ms-word.document.macroenabled.12", 100, (415, "unsupported-type")),
        ("image/jpeg", 30_000_001, (413, "too-large")),
        ("application/pdf", 50_000_001, (413, "too-large")),
        ("audio/mpeg", 50_000_001, (413, "too-large")),
        ("video/mp4", 500_000_001, (413, "too-large")),
        ("image/jpeg", 0, (422, "validation")),
    ],
)
async def test_what_is_not_taken_is_refused_before_it_is_sent(
    world: World, media_type: str, size: int, expected: tuple[int, str]
) -> None:
    answer = await announce(world.client(world.pupil), world, world.new_entry(), b"", media_type, size=size)
    assert problem(answer) == expected
    detail = answer.json()["detail"]
    assert {415: "docx", 413: " MB", 422: ""}[expected[0]] in detail
    assert attachment(world, "count(*)") == 0


async def test_an_entry_holds_twenty_files(world: World) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    for _ in range(20):
        world.new_file(entry_id)
    assert problem(await announce(pupil, world, entry_id, b"x", "image/png")) == (409, "too-many-files")


@pytest.mark.parametrize(
    "lie", [b"<svg onload='alert(1)'/>", b"MZ" + bytes(60), b"%PDF-1.7"], ids=["svg", "exe", "pdf"]
)
async def test_bytes_that_are_not_what_they_say_are_refused_and_removed(
    world: World, settings: Settings, store: httpx.AsyncClient, lie: bytes
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    refused = await upload(pupil, store, world, entry_id, lie)
    assert problem(refused) == (415, "unsupported-type")
    assert (attachment(world, "state"), attachment(world, "refusal")) == ("refused", "unsupported_type")
    assert problem(await pupil.get(f"/v1/attachments/{attachment(world, 'id')}/file")) == (409, "not-ready")
    await run_worker(settings, until_empty=True)
    assert Storage(settings).size(attachment(world, "object_key")) is None


async def test_more_or_fewer_bytes_than_announced_do_not_arrive(world: World, store: httpx.AsyncClient) -> None:
    pupil, entry_id, photo = world.client(world.pupil), world.new_entry(), phone_photo()
    plan = (await announce(pupil, world, entry_id, photo, "image/jpeg")).json()
    for other in (photo + b"x", photo[:-1]):
        assert (await store.put(plan["parts"][0]["url"], content=other)).status_code == 403


async def test_a_file_of_another_size_than_announced_is_refused(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    plan = (await announce(pupil, world, entry_id, PDF, "application/pdf")).json()
    first_only = await send(store, plan | {"parts": plan["parts"][:1]}, PDF)
    assert problem(await complete(pupil, plan["id"], first_only)) == (409, "upload-mismatch")
    assert problem(await complete(pupil, plan["id"], first_only)) == (409, "upload-mismatch")
    assert attachment(world, "state") == "refused"


async def test_a_broken_photo_is_refused_and_the_next_one_is_shown(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    await upload(pupil, store, world, entry_id, phone_photo()[:400])
    await upload(pupil, store, world, entry_id, encoded(Image.new("RGB", (30, 20)), "PNG"), "image/png")
    await run_worker(settings, until_empty=True)
    shown = (await pupil.get(f"/v1/entries/{entry_id}")).json()["attachments"]
    assert [(one["state"], one["refusal"]) for one in shown] == [("refused", "unreadable"), ("ready", None)]
    for_teacher = (await world.client(world.teacher).get(f"/v1/entries/{entry_id}")).json()["attachments"]
    assert [one["state"] for one in for_teacher] == ["ready"]


async def test_no_files_are_added_to_what_lies_in_the_trash(world: World) -> None:
    answer = await announce(world.client(world.pupil), world, world.new_entry(state="trashed"), b"x", "image/png")
    assert problem(answer) == (409, "wrong-state")


# --- opening ----------------------------------------------------------------------------------------


async def test_others_get_a_photo_without_place_and_maker_only(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    file_id = (await upload(pupil, store, world, entry_id, phone_photo())).json()["id"]
    await run_worker(settings, until_empty=True)
    for person in (world.teacher, world.dean, world.guardian):
        for rendition in ("file", "thumbnail"):
            there = await world.client(person).get(f"/v1/attachments/{file_id}/{rendition}")
            assert there.status_code == 302
            assert there.headers["cache-control"] == "private, max-age=300"
            assert b"Telefoonmaker" not in (await store.get(there.headers["location"])).content


async def test_a_document_is_saved_and_not_opened_in_the_page(world: World, store: httpx.AsyncClient) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    done = await upload(pupil, store, world, entry_id, PDF, "application/pdf", name='../mijn "reçu".pdf')
    assert done.json()["name"] == 'mijn "reçu".pdf'
    opened = await store.get((await pupil.get(f"/v1/attachments/{done.json()['id']}/file")).headers["location"])
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.headers["content-disposition"] == "attachment; filename*=UTF-8''mijn%20%22re%C3%A7u%22.pdf"


@pytest.mark.parametrize(
    "who", ["classmate", "other_teacher", "far_teacher", "far_dean", "other_guardian", "no_custody", "admin"]
)
async def test_for_all_others_the_file_is_not_there(world: World, who: str) -> None:
    client, file_id = world.client(getattr(world, who)), world.new_file(world.new_entry())
    for way in ("file", "thumbnail", "captions", "upload"):
        assert problem(await client.get(f"/v1/attachments/{file_id}/{way}")) == (404, "not-found")
    assert problem(await client.delete(f"/v1/attachments/{file_id}")) == (404, "not-found")
    assert problem(await client.patch(f"/v1/attachments/{file_id}", json={"alt": "x"})) == (404, "not-found")


@pytest.mark.parametrize("who", ["teacher", "dean", "guardian"])
async def test_who_may_look_may_not_change(world: World, who: str) -> None:
    client, entry_id = world.client(getattr(world, who)), world.new_entry()
    file_id = world.new_file(entry_id)
    for answer in (
        await client.delete(f"/v1/attachments/{file_id}"),
        await client.patch(f"/v1/attachments/{file_id}", json={"alt": "x"}),
        await client.get(f"/v1/attachments/{file_id}/upload"),
        await announce(client, world, entry_id, b"x", "image/png"),
        await complete(client, str(file_id), [{"number": 1, "etag": '"x"'}]),
    ):
        assert problem(answer) == (403, "not-allowed")


async def test_files_of_a_draft_are_the_pupils_own(world: World) -> None:
    file_id = world.new_file(world.new_draft())
    assert (await world.client(world.pupil).get(f"/v1/attachments/{file_id}/file")).status_code == 302
    assert (await world.client(world.teacher).get(f"/v1/attachments/{file_id}/file")).status_code == 404


async def test_an_address_works_for_ten_minutes_at_most(world: World) -> None:
    there = await world.client(world.pupil).get(f"/v1/attachments/{world.new_file(world.new_entry())}/file")
    [seconds] = parse_qs(urlsplit(there.headers["location"]).query)["X-Amz-Expires"]
    assert int(seconds) <= 600


async def test_opening_a_file_is_a_look_and_a_thumbnail_does_not_count_as_opening_the_entry(world: World) -> None:
    entry_id = world.new_entry()
    file_id = world.new_file(entry_id)

    def looked() -> Any:
        return world.scalar("select array_agg(entry_id order by entry_id nulls first) from access_log")

    await world.client(world.pupil).get(f"/v1/attachments/{file_id}/file")
    assert looked() is None
    teacher = world.client(world.teacher)
    await teacher.get(f"/v1/attachments/{file_id}/thumbnail")
    assert looked() == [None]
    await teacher.get(f"/v1/attachments/{file_id}/file")
    assert looked() == [None, entry_id]


# --- changing ---------------------------------------------------------------------------------------


async def test_the_pupil_says_what_can_be_seen(world: World) -> None:
    file_id = world.new_file(world.new_entry())
    said = await world.client(world.pupil).patch(f"/v1/attachments/{file_id}", json={"alt": "Een kraan"})
    assert (said.status_code, said.json()["alt"]) == (200, "Een kraan")


async def test_a_removed_file_is_gone_at_once_and_its_objects_after_thirty_days(
    world: World, settings: Settings, clock: FixedClock
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    file_id = world.new_file(entry_id)
    assert (await pupil.delete(f"/v1/attachments/{file_id}")).status_code == 204
    assert problem(await pupil.get(f"/v1/attachments/{file_id}/file")) == (404, "not-found")
    wait = world.scalar("select scheduled_at - now() from procrastinate_jobs")
    assert timedelta(days=29) < wait <= timedelta(days=30)


async def test_when_the_store_is_away_text_is_still_kept(world: World, settings: Settings) -> None:
    pupil, entry_id = world.client(world.pupil), new_id(world)
    working = world.app.state.storage
    world.app.state.storage = Storage(settings.model_copy(update={"s3_endpoint_url": "http://127.0.0.1:9"}))
    try:
        assert (await pupil.put(f"/v1/entries/{entry_id}", json=EXPERIENCE)).status_code == 201
        answer = await announce(pupil, world, entry_id, b"x", "image/png", size=PART_SIZE + 1)
        assert problem(answer) == (503, "try-later")
        assert attachment(world, "count(*)") == 0
    finally:
        world.app.state.storage = working


async def test_a_photo_that_was_removed_before_it_was_looked_at_stays_away(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    file_id = (await upload(pupil, store, world, entry_id, phone_photo())).json()["id"]
    await pupil.delete(f"/v1/attachments/{file_id}")
    await run_worker(settings, until_empty=True)
    assert attachment(world, "count(*)") == 0
    assert world.scalar("select count(*) from procrastinate_jobs where status = 'failed'") == 0


# --- with harm in mind ------------------------------------------------------------------------------


async def test_an_address_for_a_part_is_for_that_part_of_that_file_until_it_is_complete(
    world: World, store: httpx.AsyncClient
) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    plan = (await announce(pupil, world, entry_id, PDF, "application/pdf")).json()
    url = plan["parts"][0]["url"]
    evil = b"<script>".ljust(PART_SIZE)
    path = urlsplit(url).path
    for other in (
        url.replace("partNumber=1", "partNumber=2"),
        url.replace(path, path[:-1] + ("0" if path[-1] != "0" else "1")),
        url.replace("X-Amz-Expires=3600", "X-Amz-Expires=99999"),
        url.partition("?")[0],
        url.replace("uploadId=", "uploadId=0"),
    ):
        assert other != url
        assert (await store.put(other, content=evil)).status_code in (403, 404), other
    for method in ("GET", "DELETE", "POST"):
        assert (await store.request(method, url)).status_code in (403, 405), method
    parts = await send(store, plan, PDF)
    assert (await complete(pupil, plan["id"], parts)).status_code == 200
    assert (await store.put(url, content=evil)).status_code in (403, 404)
    own = (await pupil.get(f"/v1/attachments/{plan['id']}/file")).headers["location"]
    assert (await store.get(own)).content == PDF
    html = own.replace("application%2Fpdf", "text%2Fhtml")
    assert html != own
    assert (await store.get(html)).status_code == 403


async def test_an_address_for_a_small_file_is_for_that_file_and_its_size_only(
    world: World, store: httpx.AsyncClient
) -> None:
    pupil, entry_id, photo = world.client(world.pupil), world.new_entry(), phone_photo()
    url = (await announce(pupil, world, entry_id, photo, "image/jpeg")).json()["parts"][0]["url"]
    path = urlsplit(url).path
    for other in (
        url.replace(path, path[:-1] + ("0" if path[-1] != "0" else "1")),
        url.replace("X-Amz-Expires=3600", "X-Amz-Expires=99999"),
        url.partition("?")[0],
    ):
        assert other != url
        assert (await store.put(other, content=photo)).status_code == 403, other
    for method in ("GET", "DELETE", "POST"):
        assert (await store.request(method, url)).status_code in (403, 405), method
    assert (await store.put(url, content=photo + b"x")).status_code == 403


async def test_what_is_sent_again_after_the_inspection_reaches_nobody(
    world: World, settings: Settings, store: httpx.AsyncClient
) -> None:
    pupil, entry_id, document = world.client(world.pupil), world.new_entry(), pdf()
    plan = (await announce(pupil, world, entry_id, document, "application/pdf")).json()
    assert (await complete(pupil, plan["id"], await send(store, plan, document))).status_code == 200
    await run_worker(settings, until_empty=True)
    again = await store.put(plan["parts"][0]["url"], content=b"<script>".ljust(len(document)))
    assert again.status_code == 200, "the address is good for an hour; what it leads to is of no use"
    for person in (world.pupil, world.teacher):
        there = (await world.client(person).get(f"/v1/attachments/{plan['id']}/file")).headers["location"]
        assert (await store.get(there)).content == document
    assert attachment(world, "file_key") != attachment(world, "object_key")


@pytest.mark.parametrize("etag", ["x", "<a>&", "\x01", "\u202e", '"' * 200, "../.."])
async def test_parts_that_were_never_sent_complete_nothing(world: World, etag: str) -> None:
    pupil, entry_id = world.client(world.pupil), world.new_entry()
    plan = (await announce(pupil, world, entry_id, phone_photo(), "image/jpeg")).json()
    done = await complete(pupil, plan["id"], [{"number": 1, "etag": etag}, {"number": 10_000, "etag": etag}])
    assert problem(done) == (409, "parts-missing")


async def test_a_pupil_has_room_for_so_much_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil = world.client(world.pupil)
    for room, files in ((2 * len(PDF), media_policy.MAX_FILES_OF_PUPIL), (5_000_000_000, 2)):
        world.change("update school set pupil_room = :room", room=room)
        monkeypatch.setattr(media_actions, "MAX_FILES_OF_PUPIL", files)
        world.change("delete from attachment")
        for _ in range(2):
            fits = await announce(pupil, world, world.new_entry(), PDF, "application/pdf")
            assert fits.status_code == 201
        more = await announce(pupil, world, world.new_entry(), PDF, "application/pdf")
        assert problem(more) == (413, "quota")


async def test_the_address_of_a_file_is_not_kept_for_the_next_on_a_shared_device(world: World) -> None:
    file_id = world.new_file(world.new_entry())
    answer = await world.client(world.teacher).get(f"/v1/attachments/{file_id}/file")
    assert (answer.status_code, answer.headers["vary"]) == (302, "Cookie")
