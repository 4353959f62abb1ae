"""Films that play everywhere: H.264 and AAC in MP4, at most 720 lines, from the first byte on, without a place."""

from pathlib import Path

from app.media.renditions import as_kept, ffmpeg
from app.media.renditions.made import Made, Refused
from app.media.renditions.photos import upright

MEDIA_TYPE = "video/mp4"
LINES = 720
_SCALE = (
    f"scale='if(gt(iw,ih),-2,trunc(min({LINES},iw)/2)*2)':'if(gt(iw,ih),trunc(min({LINES},ih)/2)*2,-2)',"
    "setsar=1,format=yuv420p"
)
"""The shorter side counts: a film of a phone that was held upright keeps its sharpness."""


def make(source: Path, folder: Path, media_type: str) -> Made:
    """The film anew, and a picture of its first second. Raises Refused ('unreadable', 'no_picture', 'too_long')."""
    heard = ffmpeg.probe(source, media_type)
    if not heard.has_video:
        raise Refused("no_picture")
    if media_type == MEDIA_TYPE and as_kept.film_is(source, folder, LINES):
        return _shown(None, source, heard, folder)
    film = folder / "film.mp4"
    done = ffmpeg.run(
        *ffmpeg.source_of(source, media_type),
        "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1", "-t", str(ffmpeg.MAX_S),
        "-vf", _SCALE, "-fpsmax", "30", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23",
        "-maxrate", "3M", "-bufsize", "6M", "-threads", "1",
        "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-fflags", "+bitexact", "-flags", "+bitexact",
        "-movflags", "+faststart", film,
    )  # fmt: skip
    if done.returncode != 0 or not film.exists():
        raise Refused("unreadable")
    return _shown(film, film, heard, folder)


def _shown(kept: Path | None, film: Path, heard: ffmpeg.Heard, folder: Path) -> Made:
    """With a picture of its first second. `kept`: the film where it was made anew."""
    poster = folder / "poster.jpg"
    made_ms = ffmpeg.require_whole(heard, ffmpeg.probe(film, MEDIA_TYPE).duration_ms)
    at = min(1.0, made_ms / 2000)
    ffmpeg.run("-ss", f"{at:.3f}", *ffmpeg.source_of(film, MEDIA_TYPE), "-frames:v", "1", "-q:v", "3", poster)
    if not poster.exists():
        raise Refused("unreadable")
    with upright(poster, LINES * 4) as picture:
        return Made(kept, MEDIA_TYPE, poster, picture.width, picture.height, made_ms)
