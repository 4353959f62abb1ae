"""Films and sounds that are already as we keep them: brought along from another school, they stay byte for byte.

Made anew each time, a film would fade with every move, and nobody could tell that it is the same one.
"""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from app.media.renditions import ffmpeg

_LONGEST_HEAD = 16_000_000
"""Bytes before the frames themselves; of twenty minutes some 2 MB."""
_PIECE = 1024 * 1024
_FEW = 96
_ROOM = ("mvhd", "tkhd", "elst", "stsd")
"""Where two that were written of the same frames differ in a few figures: how time is counted, and bits a second."""
_INSIDE = ("moov", "trak", "mdia", "minf", "stbl", "edts")
_OUR_X264 = (b"x264 - core ", b" crf=23.0 ", b" vbv_maxrate=3000 ")
_FILM = re.compile(r": Video: h264 [^\n]*yuv420p[^\n]*?, (\d+)x(\d+)[^\n]*?, ([\d.]+) fps")
_SOUND = re.compile(r": Audio: aac \(LC\)")


def film_is(source: Path, folder: Path, lines: int) -> bool:
    """Whether `films.make` would have written this, of at most so many `lines`."""
    told = ffmpeg.run(*ffmpeg.source_of(source, "video/mp4")).stderr.decode(errors="replace")
    found = _FILM.search(told)
    if not found or min(int(found[1]), int(found[2])) > lines or float(found[3]) > 30.01:
        return False
    if ": Audio:" in told and not _SOUND.search(told):
        return False
    with source.open("rb") as file:
        head = file.read(_LONGEST_HEAD)
    # What the encoder says of itself stands with the first frame.
    first = head[head.find(b"mdat") :][:65_536]
    if not all(word in first for word in _OUR_X264):
        return False
    return _is_written_by_us(source, folder / "again.mp4", ("-map", "0:v:0", "-map", "0:a:0?"))


def sound_is(source: Path, folder: Path) -> bool:
    """Whether `sounds.make` would have written this."""
    told = ffmpeg.run(*ffmpeg.source_of(source, "audio/mp4")).stderr.decode(errors="replace")
    found = _SOUND.search(told)
    if not found or ", mono," not in told or ": Video:" in told:
        return False
    return _is_written_by_us(source, folder / "again.m4a", ("-map", "0:a:0"))


def _is_written_by_us(source: Path, again: Path, streams: tuple[str, ...]) -> bool:
    """Whether all frames can be read, and these frames written once more give the same file.

    So there is no room in it for anything but frames: no tags, no place, nothing between them, nothing behind them.
    """
    opened = ffmpeg.source_of(source, "video/mp4")
    read = ffmpeg.run("-xerror", *opened, *streams, "-f", "null", "-")
    if read.returncode != 0:
        return False
    done = ffmpeg.run(
        *opened, *streams, "-map_metadata", "-1", "-map_chapters", "-1", "-c", "copy", "-fflags", "+bitexact",
        "-flags", "+bitexact", "-movflags", "+faststart", again,
    )  # fmt: skip
    try:
        return done.returncode == 0 and _are_alike(source, again)
    finally:
        again.unlink(missing_ok=True)


def _are_alike(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    apart: list[int] = []
    with one.open("rb") as first, other.open("rb") as second:
        at = 0
        while piece := first.read(_PIECE):
            beside = second.read(_PIECE)
            if piece != beside:
                apart += [at + place for place in range(len(piece)) if piece[place] != beside[place]]
                if len(apart) > _FEW:
                    return False
            at += len(piece)
    with one.open("rb") as file:
        head = file.read(_LONGEST_HEAD)
    room = [*_boxes(head, 0, len(head))]
    return all(any(begin <= at < end for begin, end in room) for at in apart)


def _boxes(head: bytes, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Begin and end of the boxes in which figures may differ."""
    while at + 8 <= end:
        size, code = struct.unpack_from(">L4s", head, at)
        name = code.decode("latin-1")
        if size < 8:
            return
        if name in _ROOM:
            yield at + 8, at + size
        elif name in _INSIDE:
            yield from _boxes(head, at + 8, min(at + size, end))
        at += size
