"""Notices of talks, steps, dossiers, cards from home and somebody outside: to whom, and gone when they do not hold."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.dossiers import fill_dossier, third_year
from tests.guidance.test_conversations import IN_A_WEEK, plan, put, step
from tests.guidance.test_notices import as_worker, count, here, kinds, listed, of_the_day
from tests.ids import new_id
from tests.world import World

NOBODY_ELSE = ("classmate", "other_pupil", "other_teacher", "far_teacher", "former_teacher", "far_dean", "admin",
               "no_custody", "unconfirmed", "other_guardian", "coordinator")  # fmt: skip


async def planned(world: World, by: str = "teacher", **fields: Any) -> UUID:
    talk = new_id(world)
    asked = {"pupilId": world.pupil, "heldWith": world.dean, "withHome": True} | fields
    answer = await plan(world.client(getattr(world, by)), talk, **asked)
    assert answer.status_code == 201, answer.text
    return talk


async def recorded(world: World, talk: UUID, version: int = 0, **fields: Any) -> None:
    said = {"pupilVoice": "Zorg.", "staffVoice": "Yara zoekt.", "steps": []} | fields
    answer = await put(world.client(world.dean), talk, "record", version, **said)
    assert answer.status_code == 200, answer.text


async def agreed(world: World, talk: UUID, ring: int = 2) -> None:
    answer = await put(world.client(world.pupil), talk, "agreement", 1, ring=ring)
    assert answer.status_code == 200, answer.text


async def in_mail(world: World, who: UUID) -> tuple[int, int]:
    """Notices and children that the weekly mail would count for this person today."""

    async def ask(session: AsyncSession) -> Any:
        counted = text("select notices, children from news_for(:who, '2000-01-01', '2100-01-01', :today)")
        return (await session.execute(counted, {"who": who, "today": world.clock.today()})).one()

    found = await as_worker(world, ask)
    return found.notices, found.children


async def shared_card(world: World, reach: str = "home", by: UUID | None = None) -> UUID:
    card, pupil = new_id(world), world.client(world.pupil)
    content = {"pupilId": str(world.pupil), "card": "dream", "cardVersion": 1, "language": "tr", "childText": "Ja!"}
    made = await world.client(by or world.pupil).put(f"/v1/homework/{card}", json=content)
    assert made.status_code == 201, made.text
    shared = await pupil.put(f"/v1/homework/{card}/sharing", json={"reach": reach}, headers={"If-Match": '"1"'})
    assert shared.status_code == 200, shared.text
    return card


async def asked_outside(world: World, pupil: UUID | None = None) -> UUID:
    """A link as the app's role makes it for this pupil."""
    link, entry = world.new_id(), world.new_entry()
    me = pupil or world.pupil
    with world.engine.begin() as connection:
        connection.execute(
            text("select set_config('app.viewer', :me, true), set_config('app.today', :today, true)"),
            {"me": str(me), "today": str(world.clock.today())},
        )
        connection.execute(
            text(
                "insert into outside_link (id, pupil_id, entry_id, who, mail_to, locale, asked_at, expires_at)"
                " values (:id, :me, :entry, 'mijn begeleider', 'coach@example.nl', 'nl', :now, :until)"
            ),
            {"id": link, "me": me, "entry": entry, "now": world.clock.now(),
             "until": world.clock.now() + timedelta(days=30)},
        )  # fmt: skip
    return link


async def all_kinds(world: World, *others: str) -> dict[str, list[str]]:
    """Whoever was told anything, and what."""
    people = ("pupil", "teacher", "dean", "guardian", *NOBODY_ELSE, *others)
    told = {who: sorted(await kinds(world, getattr(world, who))) for who in people}
    return {who: what for who, what in told.items() if what}


# --- talks --------------------------------------------------------------------------------------------


async def test_a_planned_talk_is_told_to_the_pupil_to_home_that_is_asked_and_to_who_holds_it(world: World) -> None:
    talk = await planned(world)
    assert await all_kinds(world) == {"pupil": ["talk_planned"], "dean": ["talks_planned"],
                                      "guardian": ["talk_planned"]}  # fmt: skip
    [notice] = await listed(world, world.guardian)
    assert (notice["aboutId"], notice["day"], notice["title"]) == (str(talk), IN_A_WEEK, "Yara de Wit")
    assert (await listed(world, world.dean))[0]["number"] == 1
    assert await in_mail(world, world.guardian) == (1, 1)


async def test_home_that_is_not_asked_hears_of_no_talk_and_who_plans_hears_nothing(world: World) -> None:
    await planned(world, "dean", withHome=False)
    assert await all_kinds(world) == {"pupil": ["talk_planned"]}


async def test_a_pupil_who_asks_for_a_talk_tells_who_holds_it(world: World) -> None:
    await planned(world, "pupil", heldWith=world.teacher, withHome=False)
    assert await all_kinds(world) == {"teacher": ["talks_planned"]}


async def test_a_talk_that_moves_is_called_off_and_is_on_again_says_what_holds_now(world: World) -> None:
    talk = await planned(world, "dean")
    dean, asked = world.client(world.dean), {"pupilId": world.pupil, "heldWith": world.dean, "withHome": True}
    assert (await plan(dean, talk, 1, onDay="2026-12-03", **asked)).status_code == 200
    assert await all_kinds(world) == {"pupil": ["talk_moved", "talk_planned"],
                                      "guardian": ["talk_moved", "talk_planned"]}  # fmt: skip
    assert {one["day"] for one in await listed(world, world.pupil)} == {"2026-12-03"}
    world.change("update notice set read_at = at")
    assert (await put(dean, talk, "state", 2, state="cancelled")).status_code == 200
    assert await all_kinds(world) == {"pupil": ["talk_cancelled"], "guardian": ["talk_cancelled"]}
    assert await in_mail(world, world.guardian) == (1, 1)
    assert (await put(dean, talk, "state", 3, state="planned")).status_code == 200
    assert "talk_cancelled" not in await kinds(world, world.pupil)
    assert await count(world, world.pupil) == 1, "that it is on again is new"


async def test_a_talk_that_was_is_not_told_as_planned(world: World) -> None:
    await planned(world)
    world.at(date(2026, 12, 2))
    assert await all_kinds(world) == {}
    assert await in_mail(world, world.guardian) == (0, 0)


async def test_a_sheet_that_is_ready_is_told_once_a_day_with_a_number(world: World) -> None:
    pupil = world.client(world.pupil)
    for kind in ("career", "progress"):
        talk = await planned(world, "dean", kind=kind)
        assert (await put(pupil, talk, "sheet", doubt="Zorg.")).status_code == 200
        assert await kinds(world, world.dean) == ([] if kind == "career" else ["talks_prepared"])
        assert (await put(pupil, talk, "sheet", 1, doubt="Zorg.", ready=True)).status_code == 200
    assert [(one["kind"], one["number"]) for one in await listed(world, world.dean)] == [("talks_prepared", 2)]
    assert await in_mail(world, world.dean) == (1, 0)
    await recorded(world, talk)
    assert [one["number"] for one in await listed(world, world.dean)] == [1]


async def test_a_record_waits_for_the_pupil_and_the_akkoord_is_told_to_school_and_home(world: World) -> None:
    talk = await planned(world, "dean")
    await recorded(world, talk)
    assert await all_kinds(world) == {"pupil": ["talk_recorded"]}
    await agreed(world, talk)
    assert await all_kinds(world) == {"dean": ["talk_agreed"], "guardian": ["talk_agreed"]}
    assert await in_mail(world, world.guardian) == (1, 1)
    await recorded(world, talk, 1, staffVoice="Anders.")
    assert await all_kinds(world) == {"pupil": ["talk_recorded"]}, "what was agreed is not the last any more"
    assert await in_mail(world, world.guardian) == (0, 0)


async def test_a_record_that_stays_at_school_is_told_to_home_when_the_pupil_lets_it(world: World) -> None:
    talk = await planned(world, "dean", withHome=False)
    await recorded(world, talk)
    await agreed(world, talk, ring=1)
    assert await kinds(world, world.guardian) == []
    await agreed(world, talk, ring=2)
    assert await kinds(world, world.guardian) == ["talk_agreed"]
    await agreed(world, talk, ring=1)
    assert (await kinds(world, world.guardian), await in_mail(world, world.guardian)) == ([], (0, 0))


async def test_an_akkoord_on_the_screen_of_who_holds_the_talk_is_no_news_there(world: World) -> None:
    talk = await planned(world, "dean")
    await recorded(world, talk)
    with world.engine.begin() as connection:
        connection.execute(
            text("select set_config('app.viewer', :me, true), set_config('app.today', '2026-11-24', true)"),
            {"me": str(world.pupil)},
        )
        connection.execute(
            text(
                "insert into conversation_agreement (conversation_id, record_version, pupil_id, ring, way, agreed_at)"
                " values (:talk, 1, :me, 2, 'beside', :now)"
            ),
            {"talk": talk, "me": world.pupil, "now": world.clock.now()},
        )
    assert await all_kinds(world) == {"guardian": ["talk_agreed"]}


async def test_planning_thirty_talks_makes_one_notice_for_each_pupil_and_one_for_who_holds_them(world: World) -> None:
    pupils = [world.pupil, world.classmate]
    pupils += [world.new_pupil(f"Leerling {n}", world.kust, world.group)[0] for n in range(28)]
    talks = [
        {"id": str(new_id(world)), "pupilId": str(pupil), "onDay": f"2026-12-{1 + n // 10:02}",
         "atTime": f"{9 + n % 10 // 2:02}:{n % 2 * 30:02}"}
        for n, pupil in enumerate(pupils)
    ]  # fmt: skip
    common = {"kind": "progress", "minutes": 15, "place": "", "withHome": False, "heldWith": str(world.dean)}
    path = f"/v1/groups/{world.group}/conversations"
    for _ in ("planned", "again"):
        answer = await world.client(world.teacher).post(path, json=common | {"talks": talks})
        assert answer.status_code == 201, answer.text
    assert world.scalar("select count(*) from notice where kind = 'talk_planned'") == 30
    assert world.scalar("select count(distinct person_id) from notice where kind = 'talk_planned'") == 30
    [notice] = await listed(world, world.dean)
    assert (notice["kind"], notice["number"]) == ("talks_planned", 30)


@pytest.mark.parametrize(
    "change",
    [
        "update guardianship set custody = 'no' where guardian_id = :g",
        "update guardianship set state = 'ended' where guardian_id = :g",
        "update person set birth_date = '2010-11-24' where id = :p",
    ],
)
async def test_who_may_not_look_along_any_more_keeps_no_notice_of_talk_card_or_question(
    change: str, world: World
) -> None:
    talk = await planned(world, "dean")
    await asked_outside(world)
    await shared_card(world)
    other = await planned(world, "dean", kind="progress")
    await recorded(world, other)
    await agreed(world, other)
    before = ["homework_shared", "outside_asked", "talk_agreed", "talk_planned"]
    assert sorted(await kinds(world, world.guardian)) == before, talk
    assert await in_mail(world, world.guardian) == (4, 1)
    world.change(change, **({"g": world.guardian} if ":g" in change else {"p": world.pupil}))
    assert (await kinds(world, world.guardian), await in_mail(world, world.guardian)) == ([], (0, 0))


async def test_who_left_the_school_keeps_no_notice_of_its_pupils(world: World) -> None:
    talk = await planned(world, "pupil")
    await recorded(world, talk, steps=[step(world, who="staff", staffId=str(world.dean), dueOn="2026-11-24")])
    await agreed(world, talk)
    await of_the_day(world)
    assert sorted(await kinds(world, world.dean)) == ["step_due", "talk_agreed"]
    assert await in_mail(world, world.dean) == (2, 0)
    world.change("update staff_role set ends_on = '2026-11-23' where person_id = :d", d=world.dean)
    assert (await kinds(world, world.dean), await in_mail(world, world.dean)) == ([], (0, 0))


# --- steps --------------------------------------------------------------------------------------------


async def test_a_step_is_told_on_its_day_to_whoever_does_it_once(world: World) -> None:
    talk = await planned(world, "dean", withHome=False)
    steps = [
        step(world, dueOn="2026-12-19", remindOn="2026-12-12"),
        step(world, "De afdeling bellen", who="staff", staffId=str(world.teacher), dueOn="2026-12-12"),
        step(world, "Mee naar de open avond", who="home", dueOn="2026-12-12"),
    ]
    await recorded(world, talk, steps=steps)
    await agreed(world, talk, ring=1)
    world.change("delete from notice")
    world.at(date(2026, 12, 11))
    await of_the_day(world)
    assert not world.scalar("select count(*) from notice where kind = 'step_due'")
    world.at(date(2026, 12, 12))
    for _ in ("told", "again"):
        await of_the_day(world)
    told = {who: sorted(one["title"] for one in await listed(world, getattr(world, who)) if one["kind"] == "step_due")
            for who in ("pupil", "teacher", "dean", "guardian", "classmate")}  # fmt: skip
    assert told == {"pupil": ["Mee naar de open avond", "Meelopen in het ziekenhuis"],
                    "teacher": ["De afdeling bellen"], "dean": [], "guardian": [], "classmate": []}  # fmt: skip
    assert await in_mail(world, world.teacher) == (1, 0)


async def test_a_step_that_is_done_let_go_or_put_off_is_not_told(world: World) -> None:
    steps = {name: world.new_step(world.pupil, name, due_on=world.clock.today()) for name in ("a", "b", "c", "d")}
    world.new_step(world.pupil, "lang geleden", due_on=date(2026, 11, 1))
    world.new_step(world.pupil, "zonder dag")
    await of_the_day(world)
    assert await kinds(world, world.pupil) == ["step_due"] * 4
    world.change("update next_step set done_at = made_at where id = :s", s=steps["a"])
    world.change("update next_step set let_go_at = made_at where id = :s", s=steps["b"])
    world.change("update next_step set due_on = '2026-12-01' where id = :s", s=steps["c"])
    assert [one["title"] for one in await listed(world, world.pupil)] == ["d"]
    assert (await in_mail(world, world.pupil))[0] == 1
    world.at(date(2026, 12, 1))
    await of_the_day(world)
    assert [one["title"] for one in await listed(world, world.pupil)] == ["c", "d"], "its new day has come"


async def test_a_step_of_the_day_waits_for_the_morning(world: World) -> None:
    world.new_step(world.pupil, "Tante bellen", due_on=date(2026, 11, 25))
    world.clock.set(here("2026-11-25T00:11"))  # type: ignore[attr-defined]
    await of_the_day(world)
    assert (await kinds(world, world.pupil), await count(world, world.pupil)) == ([], 0)
    world.clock.set(here("2026-11-25T07:00"))  # type: ignore[attr-defined]
    assert (await kinds(world, world.pupil), await count(world, world.pupil)) == (["step_due"], 1)


# --- dossiers -----------------------------------------------------------------------------------------


async def handed_in(world: World) -> UUID:
    third_year(world)
    fill_dossier(world)
    hand_in = new_id(world)
    answer = await world.client(world.pupil).put(f"/v1/me/dossier/hand-ins/{hand_in}")
    assert answer.status_code in (200, 201), answer.text
    return hand_in


async def closed(world: World, hand_in: UUID, version: int, outcome: str) -> None:
    answer = await world.client(world.dean).put(
        f"/v1/dossiers/{hand_in}/closing",
        json={"outcome": outcome, "reason": "Vertel nog wie je hielp."},
        headers={"If-Match": f'"{version}"'},
    )
    assert answer.status_code in (200, 204), answer.text


async def test_a_dossier_goes_from_the_dean_by_the_second_reader_back_to_the_pupil(world: World) -> None:
    hand_in = await handed_in(world)
    assert await all_kinds(world) == {"dean": ["dossiers_waiting"]}
    [notice] = await listed(world, world.dean)
    assert (notice["number"], notice["title"], notice["aboutId"]) == (1, "Kustlijn", str(world.kust))
    dean, reader = world.client(world.dean), world.client(world.other_teacher)
    named = await dean.put(
        f"/v1/dossiers/{hand_in}/reader", json={"personId": str(world.other_teacher)}, headers={"If-Match": '"1"'}
    )
    assert named.status_code in (200, 204), named.text
    assert await all_kinds(world) == {"other_teacher": ["dossier_to_read"]}, "it waits for the reader, not for the dean"
    assert (await listed(world, world.other_teacher))[0]["title"] == "Yara de Wit"
    assert await in_mail(world, world.other_teacher) == (1, 0)
    noted = await reader.put(
        f"/v1/dossiers/{hand_in}/note", json={"agrees": True, "remark": ""}, headers={"If-Match": '"2"'}
    )
    assert noted.status_code in (200, 204), noted.text
    assert await all_kinds(world) == {"dean": ["dossiers_waiting"]}
    await closed(world, hand_in, 3, "done")
    assert await all_kinds(world) == {"pupil": ["dossier_done"]}
    assert await in_mail(world, world.pupil) == (1, 0)


async def test_what_is_to_be_added_is_told_until_it_is_handed_in_anew(world: World) -> None:
    await closed(world, await handed_in(world), 1, "returned")
    assert await all_kinds(world) == {"pupil": ["dossier_returned"]}
    answer = await world.client(world.pupil).put(f"/v1/me/dossier/hand-ins/{new_id(world)}")
    assert answer.status_code in (200, 201), answer.text
    assert await all_kinds(world) == {"dean": ["dossiers_waiting"]}
    assert await in_mail(world, world.pupil) == (0, 0)
