"""Sounds that play everywhere: AAC in M4A, without tags, with a waveform to look at."""

import subprocess
from array import array
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg

from app.media.renditions import as_kept, ffmpeg
from app.media.renditions.made import Made, Refused

MEDIA_TYPE = "audio/mp4"
BARS = 64
_RATE = 8_000
_LOUDEST = 32_768


def make(source: Path, folder: Path, media_type: str) -> Made:
    """The sound anew, with its waveform. Raises Refused ('unreadable', 'no_sound', 'too_long')."""
    heard = ffmpeg.probe(source, media_type)
    if not heard.has_audio:
        raise Refused("no_sound")
    if media_type == MEDIA_TYPE and as_kept.sound_is(source, folder):
        made_ms = ffmpeg.require_whole(heard, heard.duration_ms)
        return Made(None, MEDIA_TYPE, None, duration_ms=made_ms, peaks=_peaks(source))
    sound = folder / "sound.m4a"
    done = ffmpeg.run(
        *ffmpeg.source_of(source, media_type),
        "-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1", "-t", str(ffmpeg.MAX_S), "-c:a", "aac",
        "-b:a", "96k", "-ac", "1", "-fflags", "+bitexact", "-flags", "+bitexact", "-movflags", "+faststart", sound,
    )  # fmt: skip
    if done.returncode != 0 or not sound.exists():
        raise Refused("unreadable")
    made_ms = ffmpeg.require_whole(heard, ffmpeg.probe(sound, MEDIA_TYPE).duration_ms)
    return Made(sound, MEDIA_TYPE, None, duration_ms=made_ms, peaks=_peaks(sound))


def _peaks(sound: Path) -> list[int]:
    """How loud each of 64 equal stretches is at most, 0 to 100 of the loudest of them."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-threads", "1",
        *map(str, ffmpeg.source_of(sound, MEDIA_TYPE)), "-f", "s16le", "-ac", "1", "-ar", str(_RATE), "-",
    ]  # fmt: skip
    decoded = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).stdout
    samples = array("h", decoded[: len(decoded) // 2 * 2])
    if not samples:
        raise Refused("unreadable")
    edges = [len(samples) * bar // BARS for bar in range(BARS + 1)]
    loud = [
        max(max(stretch), -min(stretch)) if (stretch := samples[start:end]) else 0 for start, end in pairwise(edges)
    ]
    return [min(100, round(100 * one / (max(loud) or _LOUDEST))) for one in loud]
