"""The bucket: browsers send and fetch by signed addresses, each good for one thing and some minutes."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from app.platform.settings import Settings
from app.platform.storage import Storage

MINUTES = timedelta(minutes=10)
PART = 5 * 1024 * 1024


@pytest.fixture(scope="module")
def storage(settings: Settings) -> Storage:
    """The bucket of the running tests."""
    return Storage(settings)


@pytest.fixture
def key(storage: Storage) -> Iterator[str]:
    """A name that nobody has used."""
    name = f"test/{uuid4()}"
    yield name
    storage.delete(name)


def test_a_file_in_parts_arrives_whole_however_often_a_part_is_sent(storage: Storage, key: str) -> None:
    upload = storage.start_upload(key, "video/mp4")
    assert storage.uploaded_parts(key, upload) == []
    sizes = {1: PART, 2: 100}
    for number in (1, 2, 1):
        httpx.put(storage.part_url(key, upload, number, sizes[number]), content=bytes(sizes[number])).raise_for_status()
    there = storage.uploaded_parts(key, upload) or []
    assert [(part.number, part.size) for part in there] == [(1, PART), (2, 100)]
    parts = [(part.number, part.etag) for part in there]
    assert storage.finish_upload(key, upload, parts)
    assert storage.finish_upload(key, upload, parts), "an answer that got lost may be asked for again"
    assert storage.size(key) == PART + 100
    assert storage.uploaded_parts(key, upload) is None


def test_a_part_of_another_length_or_another_number_is_refused(storage: Storage, key: str) -> None:
    upload = storage.start_upload(key, "image/jpeg")
    address = storage.part_url(key, upload, 1, 100)
    assert httpx.put(address, content=bytes(101)).status_code == 403
    assert httpx.put(address.replace("partNumber=1", "partNumber=2"), content=bytes(100)).status_code == 403
    assert httpx.put(address, content=bytes(100)).status_code == 200
    assert not storage.finish_upload(key, upload, [(1, '"00000000000000000000000000000000"')])
    storage.abort_upload(key, upload)
    assert storage.uploaded_parts(key, upload) is None
    assert storage.size(key) is None


def test_a_link_serves_what_it_says_for_some_minutes_and_only_this_object(storage: Storage, key: str) -> None:
    storage.put(key, b"<script>0123456789", "text/html")
    address = storage.download_url(key, MINUTES, "image/webp", "inline")
    answer = httpx.get(address)
    assert answer.content == b"<script>0123456789"
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "private, no-store"
    assert httpx.get(address, headers={"Range": "bytes=8-11"}).content == b"0123"
    assert httpx.get(address.split("?")[0]).status_code == 403
    assert httpx.get(address.replace(key, "another")).status_code == 403
    assert httpx.get(address.replace("image%2Fwebp", "text%2Fhtml")).status_code == 403
    over = storage.download_url(key, timedelta(seconds=-1), "image/webp", "inline")
    assert httpx.get(over).status_code in (400, 403)


def test_only_pages_of_our_own_origin_may_send(storage: Storage, settings: Settings, key: str) -> None:
    def asked_from(origin: str) -> httpx.Response:
        headers = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
        return httpx.options(storage.part_url(key, "x", 1), headers=headers)

    assert asked_from(settings.origin).headers["access-control-allow-origin"] == settings.origin
    assert "access-control-allow-origin" not in asked_from("https://elsewhere.example").headers


def test_the_first_bytes_are_read_without_the_rest(storage: Storage, key: str) -> None:
    storage.put(key, b"%PDF-1.7" + bytes(1000), "application/pdf")
    assert storage.head(key, 8) == (1008, b"%PDF-1.7")
    storage.put(key, b"", "application/pdf")
    assert storage.head(key, 8) == (0, b"")
