"""Letters with codes: who gets one, how long it holds, and how it looks on paper."""

import re
import zlib
from datetime import datetime, timedelta
from itertools import groupby

import segno

from app.access.invitations.actions.by_school import NewLetter
from app.access.invitations.actions.codes import new_code
from app.access.invitations.actions.letter import letters_pdf
from app.access.invitations.models import InvitationKind
from app.access.paper import arabic
from tests.access.claiming import claim, letters
from tests.conftest import NOON
from tests.world import World


async def test_a_group_gets_a_letter_for_each_pupil_and_two_for_two_homes(
    world: World, printed: list[NewLetter]
) -> None:
    answer = await letters(world, [world.pupil, world.classmate, world.pupil], homes=2)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"
    assert [(one.name, one.group, one.home, one.homes) for one in printed] == [
        ("Omar", "2A", 1, 2), ("Omar", "2A", 2, 2), ("Yara", "2A", 1, 2), ("Yara", "2A", 2, 2),
    ]  # fmt: skip
    for number, one in enumerate(printed):
        answer = await claim(world, one.code, username=f"ouder{number}")
        assert answer.status_code == 201
    counts = "select count(*) from guardianship where state = 'claimed' and custody = 'no' and pupil_id = :pupil"
    assert world.scalar(counts, pupil=world.pupil) == 2


async def test_a_code_is_good_for_the_whole_of_its_thirtieth_day(world: World, printed: list[NewLetter]) -> None:
    await letters(world, [world.pupil])
    for moment, status in (("2026-12-24T22:59:00+00:00", 200), ("2026-12-24T23:00:00+00:00", 410)):
        world.clock.set(datetime.fromisoformat(moment))  # type: ignore[attr-defined]
        look = await world.client(None).post("/v1/invitations/look", json={"code": printed[-1].code})
        assert look.status_code == status, moment


async def test_new_letters_replace_open_ones_where_that_is_asked(world: World, printed: list[NewLetter]) -> None:
    for replace in (False, False, True):
        (await letters(world, [world.pupil], replace=replace)).raise_for_status()
    looks = [await world.client(None).post("/v1/invitations/look", json={"code": one.code}) for one in printed]
    assert [look.status_code for look in looks] == [410, 410, 200]


async def test_a_letter_is_withdrawn_once(world: World) -> None:
    code = world.new_invitation(world.pupil)
    path = f"/v1/invitations/{world.scalar('select id from invitation')}"
    admin = world.client(world.admin)
    assert [(await admin.delete(path)).status_code for _ in range(2)] == [204, 404]
    assert (await world.client(None).post("/v1/invitations/look", json={"code": code})).status_code == 410


async def test_codes_that_nobody_used_are_forgotten_a_month_after_their_last_day(world: World) -> None:
    old = {"made_at": NOON - timedelta(days=70)}
    world.new_invitation(world.pupil, expires_at=NOON - timedelta(days=31), **old)
    world.new_invitation(world.pupil, expires_at=NOON - timedelta(days=29), **old)
    used = {"claimed_at": NOON - timedelta(days=60), "claimed_by": world.guardian}
    world.new_invitation(world.pupil, expires_at=NOON - timedelta(days=31), **used, **old)
    (await letters(world, [world.classmate])).raise_for_status()
    assert world.scalar("select count(*) from invitation where person_id = :pupil", pupil=world.pupil) == 2


async def test_the_admin_sees_in_counts_where_letters_are_still_needed(world: World) -> None:
    world.new_invitation(world.pupil)
    world.new_invitation(world.classmate, expires_at=NOON)
    page = (await world.client(world.admin).get(f"/v1/schools/{world.kust}/parents")).json()
    assert (page["name"], page["mail"], page["waiting"]) == ("Kustlijn", False, 1)
    assert [(g["name"], g["pupilCount"], g["linkedCount"], g["letterCount"]) for g in page["groups"]] == [
        ("2A", 2, 2, 1)
    ]
    group = (await world.client(world.admin).get(f"/v1/groups/{world.group}/letters")).json()
    got = {one["givenName"]: (one["linked"], one["waiting"], len(one["letters"])) for one in group["pupils"]}
    assert got == {"Omar": (1, 0, 0), "Yara": (2, 1, 1)}


def test_a_letter_is_one_page_with_its_code_to_scan_whatever_the_names() -> None:
    long = "Bartholomeus Maximiliaan van Oldenbarneveldt tot Stoutenburg-Łukaszewicz"
    kinds = [
        NewLetter(
            InvitationKind.GUARDIAN, long, "Vwo-plus brugklas 1", "vwo", f"Scholengemeenschap {long}", 1, 2, new_code()
        ),
        NewLetter(InvitationKind.ACCOUNT, long, None, None, "Kustlijn", 1, 1, new_code()),
        NewLetter(InvitationKind.RESET, "Çağla Żeromska", None, None, "Kustlijn", 1, 1, new_code()),
    ]
    pdf = letters_pdf(kinds, "https://portfolio.example", NOON)
    pages = [
        zlib.decompress(part) for part in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL) if part[:1] == b"x"
    ]
    drawn = [page for page in pages if page.count(b" re f") > 100]
    assert pdf.count(b"/Type /Page\n") == len(drawn) == 3
    for page, one in zip(drawn, kinds, strict=True):
        matrix = segno.make_qr(f"https://portfolio.example/uitnodiging#{one.code}", error="m").matrix
        runs = sum(sum(1 for dark, _ in groupby(line) if dark) for line in matrix)
        assert page.count(b" re f") == runs


def test_arabic_is_joined_and_turned_around_for_paper() -> None:
    assert arabic("\u0628\u0627\u0628") == "\ufe8f\ufe8e\ufe91"
    assert arabic("\u0644\u0627") == "\ufefb"
    assert arabic("\u0628\u0644\u0627 \u0628") == "\ufe8f \ufefc\ufe91"
