"""Objects in S3: browsers send and fetch the bytes themselves, by signed addresses; here only small ones pass.

Signing is arithmetic; everything else is a blocking network call, for asyncio.to_thread. Whatever fails on the way
raises botocore's BotoCoreError (server away) or ClientError (server refuses).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from app.platform.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 3},
    # Browsers cannot add the checksums that newer clients send on their own.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_UPLOAD_TTL = timedelta(hours=1)
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an upload that has arrived: number from 1, ETag, size in bytes."""

    number: int
    etag: str
    size: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as the store lists it; another ETag means other bytes."""

    key: str
    etag: str
    size: int


class Storage:
    """The bucket of this deployment. One object serves all threads."""

    def __init__(self, settings: Settings) -> None:
        self._bucket = settings.s3_bucket
        self._client = _client(settings, settings.s3_endpoint_url)
        self._signer = _client(settings, settings.s3_public_url) if settings.s3_public_url else self._client

    def check(self) -> None:
        """Returns when the bucket is there and may be used."""
        self._client.head_bucket(Bucket=self._bucket)

    def ensure_bucket(self, origins: Sequence[str]) -> None:
        """Makes the bucket where it is missing; pages of these origins may send and fetch by signed addresses."""
        try:
            self.check()
        except ClientError as error:
            if _status(error) != 404:
                raise
            self._client.create_bucket(Bucket=self._bucket)
        self._client.put_bucket_cors(
            Bucket=self._bucket,
            CORSConfiguration={
                "CORSRules": [
                    {
                        "AllowedOrigins": list(origins),
                        "AllowedMethods": ["GET", "HEAD", "PUT"],
                        "AllowedHeaders": ["*"],
                        "ExposeHeaders": ["ETag"],
                        "MaxAgeSeconds": 3600,
                    }
                ]
            },
        )

    def start_upload(self, key: str, media_type: str) -> str:
        """Opens a multipart upload; its id."""
        return self._client.create_multipart_upload(Bucket=self._bucket, Key=key, ContentType=media_type)["UploadId"]

    def part_url(self, key: str, upload_id: str, number: int, size: int | None = None) -> str:
        """Address for a PUT of part `number` (from 1), for an hour; with `size`, of exactly so many bytes."""
        params: dict[str, str | int] = {
            "Bucket": self._bucket,
            "Key": key,
            "UploadId": upload_id,
            "PartNumber": number,
        }
        if size is not None:
            params["ContentLength"] = size
        return self._signer.generate_presigned_url("upload_part", Params=params, ExpiresIn=_seconds(_UPLOAD_TTL))

    def whole_url(self, key: str, size: int) -> str:
        """Address for a PUT of an object of exactly `size` bytes at once, for an hour: then also a second time."""
        params = {"Bucket": self._bucket, "Key": key, "ContentLength": size}
        return self._signer.generate_presigned_url("put_object", Params=params, ExpiresIn=_seconds(_UPLOAD_TTL))

    def etag(self, key: str) -> str | None:
        """The ETag of an object, or None when there is none."""
        try:
            return self._client.head_object(Bucket=self._bucket, Key=key)["ETag"]
        except ClientError as error:
            if _status(error) != 404:
                raise
            return None

    def uploaded_parts(self, key: str, upload_id: str) -> list[Part] | None:
        """What has arrived, in order; None when the upload is not known (any more)."""
        found: dict[int, Part] = {}
        try:
            for page in self._client.get_paginator("list_parts").paginate(
                Bucket=self._bucket, Key=key, UploadId=upload_id
            ):
                # A part that was sent twice is listed twice by SeaweedFS; the last one counts.
                for part in page.get("Parts", []):
                    found[part["PartNumber"]] = Part(part["PartNumber"], part["ETag"], part["Size"])
        except ClientError as error:
            if _status(error) != 404:
                raise
            return None
        return [found[number] for number in sorted(found)]

    def send_part(self, key: str, upload_id: str, number: int, body: bytes) -> str:
        """Sends a part (from 1; all but the last at least 5 MB) from here; its ETag."""
        sent = self._client.upload_part(Bucket=self._bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=body)
        return sent["ETag"]

    def finish_upload(self, key: str, upload_id: str, parts: Iterable[tuple[int, str]]) -> bool:
        """Puts the parts (number and ETag, in order) together; False when one is missing or the upload is unknown.

        True as well when the object is there already, because an earlier answer got lost.
        """
        listed = [{"PartNumber": number, "ETag": etag} for number, etag in parts]
        try:
            self._client.complete_multipart_upload(
                Bucket=self._bucket,
                Key=key,
                UploadId=upload_id,
                MultipartUpload={"Parts": listed},  # type: ignore[typeddict-item]
            )
        except ClientError as error:
            if _status(error) == 404:
                return self.size(key) is not None
            if _status(error) == 400:
                return False
            raise
        return True

    def abort_upload(self, key: str, upload_id: str) -> None:
        """Throws away the parts of an upload; nothing happens when it is not known (any more)."""
        try:
            self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload_id)
        except ClientError as error:
            if _status(error) != 404:
                raise

    def size(self, key: str) -> int | None:
        """Bytes of an object, or None when there is none."""
        try:
            return self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"]
        except ClientError as error:
            if _status(error) == 404:
                return None
            raise

    def head(self, key: str, length: int) -> tuple[int, bytes] | None:
        """Size of an object and its first `length` bytes, or None when there is none."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key, Range=f"bytes=0-{length - 1}")
        except ClientError as error:
            if _status(error) == 404:
                return None
            if _status(error) == 416:  # no range of nothing can be asked for
                return 0, b""
            raise
        return int(answer["ContentRange"].rpartition("/")[2]), answer["Body"].read()

    def fetch(self, key: str, path: Path) -> None:
        """Writes an object to a file, a piece at a time. Raises ClientError (404) when there is none."""
        body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
        with path.open("wb") as file:
            for piece in body.iter_chunks(_PIECE):
                file.write(piece)

    def keep(self, key: str, path: Path, media_type: str) -> None:
        """Keeps a file as an object, a piece at a time; an earlier one of that key is replaced."""
        with path.open("rb") as file:
            self.keep_stream(key, file, media_type)

    def keep_stream(self, key: str, file: IO[bytes], media_type: str) -> None:
        """The same with what is read from an open file, from where it stands."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=file, ContentType=media_type)

    def pieces(self, key: str) -> Iterator[bytes]:
        """An object, a piece at a time. Raises ClientError (404) when there is none."""
        yield from self._client.get_object(Bucket=self._bucket, Key=key)["Body"].iter_chunks(_PIECE)

    def sha256(self, key: str) -> str:
        """SHA-256 of an object in hex, read a piece at a time. Raises ClientError (404) when there is none."""
        counted = hashlib.sha256()
        for piece in self._client.get_object(Bucket=self._bucket, Key=key)["Body"].iter_chunks(_PIECE):
            counted.update(piece)
        return counted.hexdigest()

    def older(self, prefix: str, than: datetime) -> Iterator[list[str]]:
        """Keys below `prefix` that were last written before `than`, some at a time."""
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
            yield [found["Key"] for found in page.get("Contents", []) if found["LastModified"] < than]

    def listed(self) -> Iterator[Listed]:
        """All objects, as the store lists them, which is by key."""
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket):
            for found in page.get("Contents", []):
                yield Listed(found["Key"], found["ETag"].strip('"'), found["Size"])

    def stream(self, key: str) -> tuple[IO[bytes], str]:
        """An object's bytes as they come, and its type. Raises ClientError (404) when there is none."""
        answer = self._client.get_object(Bucket=self._bucket, Key=key)
        return cast("IO[bytes]", answer["Body"]), answer["ContentType"]

    def media_type(self, key: str) -> str:
        """The type that an object was kept with. Raises ClientError (404) when there is none."""
        return self._client.head_object(Bucket=self._bucket, Key=key)["ContentType"]

    def put_file(self, key: str, file: IO[bytes], media_type: str) -> None:
        """Keeps an open file as an object, read from where it stands."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=file, ContentType=media_type)

    def running_uploads(self, than: datetime) -> list[tuple[str, str]]:
        """Key and id of uploads that were begun before `than` and are neither finished nor broken off."""
        pages = self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self._bucket)
        return [
            (found["Key"], found["UploadId"])
            for page in pages
            for found in page.get("Uploads", [])
            if found["Initiated"] < than
        ]

    def get(self, key: str) -> bytes:
        """An object's bytes. Raises ClientError (404) when there is none."""
        return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def put(self, key: str, body: bytes, media_type: str) -> None:
        """Keeps an object; an earlier one of that key is replaced."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=media_type)

    def delete(self, key: str) -> None:
        """Removes an object; nothing happens when there is none."""
        self._client.delete_object(Bucket=self._bucket, Key=key)

    def download_url(self, key: str, ttl: timedelta, media_type: str, disposition: str) -> str:
        """Address for a GET within `ttl`, answered with this Content-Type and Content-Disposition."""
        params = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentType": media_type,
            "ResponseContentDisposition": disposition,
            "ResponseCacheControl": "private, no-store",
        }
        return self._signer.generate_presigned_url("get_object", Params=params, ExpiresIn=_seconds(ttl))


def _client(settings: Settings, endpoint: str | None) -> "S3Client":
    client = _session().create_client(
        "s3",
        endpoint_url=endpoint or None,
        aws_access_key_id=settings.s3_access_key,
        aws_secret_access_key=settings.s3_secret_key.get_secret_value(),
        region_name=settings.s3_region,
        config=_CONFIG,
    )
    return cast("S3Client", client)


@cache
def _session() -> botocore.session.Session:
    """One for the process: what it knows of S3 is read once, and takes 15 MB."""
    return botocore.session.get_session()


def _seconds(ttl: timedelta) -> int:
    return int(ttl.total_seconds())


def _status(error: ClientError) -> int:
    return error.response["ResponseMetadata"]["HTTPStatusCode"]
