"""What a worker tells the operator about files."""

from app.platform.telemetry.asked import ASKED, Asked

ASKED.append(
    Asked(
        "talent_uploads",
        "Files that are on their way, that wait to be looked at, and that were refused",
        ("state",),
        "select state, count(*) from attachment where state <> 'ready' group by 1",
        fresh_s=300,  # reads all rows: a second, with the files of a city
    )
)
