"""Accounts by a code: user names, passwords, colleagues, a new password by letter."""

from uuid import UUID

import pytest

from app.access.invitations.actions.by_school import NewLetter
from app.access.invitations.actions.codes import new_code
from app.people.models import StaffRole
from tests.access.claiming import NEW_PASSWORD, browser, claim, field, problem
from tests.ids import new_id
from tests.world import PASSWORD, YEAR_START, World


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort", "password_short"),
        ("twaalftekst"[:11], "password_short"),
        ("Welkom123456!", "password_common"),
        ("W@chtw00rd2026", "password_common"),
        ("123456789012", "password_common"),
        ("qwertyuiop12", "password_common"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("abcabcabcabcabc", "password_common"),
        ("zomerzomer2026", "password_common"),
        ("ik hou van jou", "password_common"),
        ("DenHaag-Den-Haag-070", "password_common"),
        ("Haddad-en-de-laarzen", "password_own_name"),
        ("s4lma in het bos daar", "password_own_name"),
        ("de kustlijn vanaf hier", "password_own_name"),
    ],
)
async def test_a_password_that_others_try_first_is_not_taken(password: str, why: str, world: World) -> None:
    code = world.new_invitation(world.pupil)
    assert field(await claim(world, code, password=password)) == (422, "/password", why)
    assert world.scalar("select count(*) from invitation where claimed_at is not null") == 0


@pytest.mark.parametrize(
    "password",
    [
        NEW_PASSWORD,
        "kG7#pw9!zQ2m",
        "849302847561",
        "أربعة أحذية جافة",
        "trompetlawaai op zolder",
        "  trompetlawaai op zolder ",
        "x" * 5 + "Q9!rt&dvbn",
    ],
)
async def test_any_other_long_password_is_taken_whatever_signs_it_holds(password: str, world: World) -> None:
    answer = await claim(world, world.new_invitation(world.pupil), password=password)
    assert answer.status_code == 201, answer.text
    signed_in = await world.client(None).post(
        "/v1/sessions", json={"username": "Salma.Haddad", "password": password, "device": "own"}
    )
    assert signed_in.status_code == 201


async def test_a_user_name_that_is_taken_costs_no_code(world: World) -> None:
    code = world.new_invitation(world.pupil)
    assert field(await claim(world, code, username="NADIA")) == (422, "/username", "username_taken")
    assert world.scalar("select count(*) from person where family_name = 'Haddad'") == 0
    assert (await claim(world, code)).status_code == 201


async def test_user_names_are_told_to_nobody_without_a_code(world: World) -> None:
    known = await claim(world, new_code(), username="nadia")
    unknown = await claim(world, new_code(), username="niemand")
    assert problem(known) == problem(unknown) == (410, "/problems/code-invalid")


async def test_a_colleague_activates_the_account_that_the_school_made(world: World, printed: list[NewLetter]) -> None:
    person = world.add_person("Bente", "Hart")
    world.add(StaffRole(id=new_id(world), person_id=person, school_id=world.kust, role="teacher", starts_on=YEAR_START))
    path = f"/v1/schools/{world.kust}/account-letters"
    (await world.client(world.admin).post(path, json={"personId": str(person)})).raise_for_status()
    code = printed[-1].code
    assert (await world.client(None).post("/v1/invitations/look", json={"code": code})).json() == {"kind": "account"}
    assert field(await claim(world, code)) == (422, "/parent", "invalid"), "a colleague is not somebody new"
    assert field(await claim(world, code, parent=None, password="bente hart 1234")) == (
        422, "/password", "password_own_name",
    )  # fmt: skip
    answer = await claim(world, code, parent=None, username="b.hart")
    assert (answer.status_code, answer.json()["name"]) == (201, "Bente Hart")
    assert answer.json()["roles"][0]["role"] == "teacher"
    assert UUID(answer.json()["id"]) == person
    assert problem(await claim(world, code, parent=None, username="b.hart2")) == (410, "/problems/code-invalid")


async def test_a_new_password_by_letter_ends_the_sessions_and_the_old_password(
    world: World, printed: list[NewLetter]
) -> None:
    old = world.client(world.guardian)
    path = f"/v1/schools/{world.kust}/account-letters"
    (await world.client(world.admin).post(path, json={"personId": str(world.guardian)})).raise_for_status()
    code = printed[-1].code
    assert (await world.client(None).post("/v1/invitations/look", json={"code": code})).json() == {"kind": "reset"}
    assert (await old.get("/v1/me")).status_code == 200, "until the letter is used nothing changes"
    assert problem(await claim(world, code)) == (422, "/problems/validation"), "a reset makes no account"
    body = {"code": code, "password": NEW_PASSWORD}
    short = await world.client(None).post("/v1/passwords", json=body | {"password": "nadia-nadia-nadia"})
    assert field(short)[1:] in {("/password", "password_common"), ("/password", "password_own_name")}
    answer = await world.client(None).post("/v1/passwords", json=body)
    assert (answer.status_code, answer.json()["givenName"]) == (201, "Nadia")
    assert (await old.get("/v1/me")).status_code == 401
    assert (await browser(world, answer).get("/v1/me")).status_code == 200
    for password, status in ((PASSWORD, 401), (NEW_PASSWORD, 201)):
        tried = await world.client(None).post("/v1/sessions", json={"username": "nadia", "password": password})
        assert tried.status_code == status
    assert problem(await world.client(None).post("/v1/passwords", json=body)) == (410, "/problems/code-invalid")


async def test_a_new_letter_for_an_account_ends_the_one_before(world: World, printed: list[NewLetter]) -> None:
    path = f"/v1/schools/{world.kust}/account-letters"
    for _ in range(2):
        (await world.client(world.admin).post(path, json={"personId": str(world.teacher)})).raise_for_status()
    looks = [await world.client(None).post("/v1/invitations/look", json={"code": one.code}) for one in printed]
    assert [look.status_code for look in looks] == [410, 200]


@pytest.mark.parametrize("who", ["pupil", "far_teacher", "other_guardian_of_duin", "coordinator"])
async def test_no_admin_makes_a_password_for_a_pupil_or_for_people_of_elsewhere(who: str, world: World) -> None:
    person = world.new_guardian("Lies", world.other_pupil) if who.startswith("other_g") else getattr(world, who)
    for path in ("account-letters", "mailed-invitations"):
        body = {"personId": str(person)} | (
            {"to": "x@example.nl"} if path.startswith("mail") and who != "pupil" else {}
        )
        answer = await world.client(world.admin).post(f"/v1/schools/{world.kust}/{path}", json=body)
        assert answer.status_code == 422
    assert world.scalar("select count(*) from invitation") == 0


async def test_one_s_own_password_is_changed_by_who_knows_it(world: World) -> None:
    here, there = world.client(world.teacher), world.client(world.teacher)
    path = "/v1/me/password"
    wrong = await here.put(path, json={"current": "iets anders", "password": NEW_PASSWORD})
    assert field(wrong) == (422, "/current", "password_differs")
    weak = await here.put(path, json={"current": PASSWORD, "password": "joost joost joost"})
    assert weak.status_code == 422
    school = await here.put(path, json={"current": PASSWORD, "password": "de kustlijn vanaf hier"})
    assert field(school) == (422, "/password", "password_own_name")
    assert (await here.put(path, json={"current": PASSWORD, "password": NEW_PASSWORD})).status_code == 204
    kept = world.scalar("select password_hash from account where person_id = :joost", joost=world.teacher)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert (await here.get("/v1/me")).status_code == 200
    assert (await there.get("/v1/me")).status_code == 401
    signed_in = await world.client(None).post("/v1/sessions", json={"username": "joost", "password": NEW_PASSWORD})
    assert signed_in.status_code == 201


async def test_the_old_password_is_not_guessed_from_a_session_left_open(world: World) -> None:
    here = world.client(world.teacher)
    body = {"current": "een gok misschien", "password": NEW_PASSWORD}
    statuses = [(await here.put("/v1/me/password", json=body)).status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2
